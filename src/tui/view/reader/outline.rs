//! The outline: the headings of a policy, the one the text stands in, and a cursor of its own.

use crate::model::{Policy, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::scroll::Scroll;
use crate::tui::text::fill;
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// A heading, or the title.
#[derive(Debug)]
struct Entry {
    section: Option<u32>,
    text: TextRange,
    indent: usize,
}

/// The headings and their cursor.
#[derive(Debug, Default)]
pub(super) struct Outline {
    entries: Vec<Entry>,
    scroll: Scroll,
    current: usize,
}

impl Outline {
    /// The outline of a policy: its beginning, and its headings.
    pub(super) fn new(policy: &Policy) -> Self {
        let sections = (0_u32..).zip(&policy.sections);
        let mut entries: Vec<Entry> = sections
            .map(|(number, section)| Entry {
                section: Some(number),
                text: section.heading,
                indent: usize::from(section.level.saturating_sub(2)).min(4) * 2,
            })
            .collect();
        if !entries.is_empty() {
            let start = Entry {
                section: None,
                text: TextRange::default(),
                indent: 0,
            };
            entries.insert(0, start);
        }
        Self {
            entries,
            ..Self::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn resize(&mut self, height: usize) {
        self.scroll.resize(self.entries.len(), height);
    }

    /// Follows the text into a section.
    pub(super) fn follow(&mut self, section: Option<u32>) {
        let at = self
            .entries
            .iter()
            .position(|entry| entry.section == section);
        self.current = at.unwrap_or(0);
        self.scroll.to(self.current);
    }

    pub(super) fn scroll_mut(&mut self) -> &mut Scroll {
        &mut self.scroll
    }

    /// The place in the text of the heading under the cursor.
    pub(super) fn target(&self) -> Option<u32> {
        let entry = self.entries.get(self.scroll.cursor())?;
        Some(entry.text.start)
    }

    /// Puts the cursor on a row of the window; whether there is a heading.
    pub(super) fn click(&mut self, row: usize) -> bool {
        let at = self.scroll.top() + row;
        let there = at < self.entries.len();
        if there {
            self.scroll.to(at);
        }
        there
    }

    pub(super) fn render(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        policy: &Policy,
        focused: bool,
        ctx: &Ctx<'_>,
    ) {
        for (y, at) in (area.y..area.bottom()).zip(self.scroll.visible()) {
            let Some(entry) = self.entries.get(at) else {
                continue;
            };
            let title = match entry.section {
                Some(_) => entry.text.of(&policy.text),
                None => &policy.title,
            };
            let mark = if at == self.current {
                ctx.glyph(Glyph::Cursor)
            } else {
                " "
            };
            let room = usize::from(area.width).saturating_sub(3 + entry.indent);
            let title = fill(&title.replace('\n', " "), room, ctx.glyph(Glyph::Ellipsis));
            let role = if at == self.current {
                Role::Accent
            } else {
                Role::Text
            };
            let line = Line::from(vec![
                Span::raw(" ".repeat(entry.indent)),
                ctx.span(Role::Accent, format!("{mark} ")),
                ctx.span(role, title),
            ]);
            buffer.set_line(area.x + 1, y, &line, area.width.saturating_sub(1));
            if focused && at == self.scroll.cursor() {
                let row = Rect::new(area.x, y, area.width, 1);
                buffer.set_style(row, ctx.style(Role::Focus));
            }
        }
    }
}
