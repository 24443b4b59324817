//! Choosing one of many by typing: a prompt over a list, laid over part of a view. The view that
//! opened it passes actions and text on, and learns what was chosen.

use super::action::Action;
use super::fuzzy::{self, Fuzzy, Texts};
use super::glyphs::Glyph;
use super::prompt::Prompt;
use super::scroll::Scroll;
use super::text;
use super::theme::Role;
use super::view::{Ctx, prompt_line, rule};
use memchr::memchr2_iter;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

/// Rows that the picker itself takes: a rule, the prompt, a rule.
const CHROME: u16 = 3;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// What it is.
    pub value: T,
    /// What it is found by and shown as; safe to show.
    pub label: String,
    /// What is shown beside it, dimmed; found by whole stretches of it too, behind what is found by
    /// its label. Safe to show.
    pub detail: String,
}

/// What a choice is found by; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// What was typed is a word of its label.
    Name,
    /// Letters of its label.
    Letters,
    /// Some of the words only stand in its detail.
    Detail,
}

impl<T> Choice<T> {
    /// The same choice of another value.
    pub fn map<U>(self, value: impl FnOnce(T) -> U) -> Choice<U> {
        Choice {
            value: value(self.value),
            label: self.label,
            detail: self.detail,
        }
    }

    /// Where a word stands in its detail, in any case.
    fn in_detail(&self, word: &str) -> Option<usize> {
        let detail = self.detail.as_bytes();
        let first = *word.as_bytes().first()?;
        let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
        let stands = |&at: &usize| {
            let part = self.detail.get(at..at + word.len());
            part.is_some_and(|part| part.eq_ignore_ascii_case(word))
        };
        memchr2_iter(lower, upper, detail).find(stands)
    }

    /// Whether what was typed is a word of its label.
    fn is_named(&self, typed: &str) -> bool {
        let mut words = self.label.split_whitespace();
        words.any(|word| word.eq_ignore_ascii_case(typed))
    }

    /// The bytes that a query hits, counted over label, a space and detail.
    fn hits(&self, query: &str) -> Vec<usize> {
        let mut hits = Vec::new();
        for word in query.split_whitespace() {
            if let Some(hit) = Fuzzy::new().score(word, &self.label) {
                hits.extend(hit.at);
            } else if let Some(at) = self.in_detail(word) {
                let start = self.label.len() + 1 + at;
                hits.extend(start..start + word.len());
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }
}

/// What came of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked<T> {
    /// It goes on.
    Open,
    /// One was chosen.
    Chosen(T),
    /// None was.
    Cancelled,
}

/// A prompt over a list.
#[derive(Debug)]
pub struct Picker<T> {
    lead: String,
    choices: Vec<Choice<T>>,
    labels: Texts,
    prompt: Prompt,
    /// The places of the choices that the query finds, best first.
    found: Vec<usize>,
    scroll: Scroll,
    area: Rect,
}

impl<T: Clone> Picker<T> {
    /// A picker over choices; `lead` stands before the prompt. Lay it out before it is drawn.
    pub fn new(lead: impl Into<String>, choices: Vec<Choice<T>>) -> Self {
        let labels = choices.iter().map(|choice| choice.label.clone());
        let mut picker = Self {
            lead: lead.into(),
            labels: Texts::new(labels.collect()),
            choices,
            prompt: Prompt::default(),
            found: Vec::new(),
            scroll: Scroll::default(),
            area: Rect::ZERO,
        };
        picker.find();
        picker
    }

    /// Puts the cursor on the choice for which `is` holds.
    pub fn select(&mut self, is: impl Fn(&T) -> bool) {
        let at = self
            .found
            .iter()
            .position(|choice| is(&self.choices[*choice].value));
        self.scroll.to(at.unwrap_or(0));
    }

    /// Takes over the area of the view; the picker lies at its bottom, as high as it needs.
    pub fn layout(&mut self, view: Rect) {
        let rows = u16::try_from(self.choices.len()).unwrap_or(u16::MAX);
        let height = rows.saturating_add(CHROME).min(view.height);
        self.area = Rect {
            y: view.bottom() - height,
            height,
            ..view
        };
        self.scroll
            .resize(self.found.len(), usize::from(height.saturating_sub(CHROME)));
    }

    /// Carries out an action.
    pub fn update(&mut self, action: Action) -> Picked<T> {
        match action {
            Action::Back | Action::Quit => return Picked::Cancelled,
            Action::Open => return self.chosen(),
            Action::Up => self.scroll.step(-1),
            Action::Down => self.scroll.step(1),
            Action::PageUp => self.scroll.half_pages(-2),
            Action::PageDown => self.scroll.half_pages(2),
            _ => {
                if self.prompt.update(action) {
                    self.find();
                }
            }
        }
        Picked::Open
    }

    /// Takes typed or pasted text.
    pub fn input(&mut self, text: &str) {
        self.prompt.insert(text);
        self.find();
    }

    /// A click at a cell of the screen: on a choice it chooses, outside it cancels.
    pub fn click(&mut self, column: u16, row: u16) -> Picked<T> {
        if !self.area.contains((column, row).into()) {
            return Picked::Cancelled;
        }
        match row.checked_sub(self.area.y + CHROME) {
            Some(below) if self.scroll.top() + usize::from(below) < self.found.len() => {
                self.scroll.to(self.scroll.top() + usize::from(below));
                self.chosen()
            }
            _ => Picked::Open,
        }
    }

    /// The wheel, by rows.
    pub fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    fn chosen(&self) -> Picked<T> {
        self.found
            .get(self.scroll.cursor())
            .map_or(Picked::Open, |choice| {
                Picked::Chosen(self.choices[*choice].value.clone())
            })
    }

    /// Every word of the query must stand in the label, letter behind letter, or as a whole in the detail.
    fn find(&mut self) {
        let query = self.prompt.text();
        let mut found = vec![Some((By::Letters, 0)); self.choices.len()];
        for word in query.split_whitespace() {
            let scores = self.labels.scores(word);
            for ((found, choice), score) in found.iter_mut().zip(&self.choices).zip(scores) {
                *found = found.and_then(|(by, sum)| match score {
                    Some(score) => Some((by, sum + i64::from(score))),
                    None => choice.in_detail(word).map(|_| (By::Detail, sum)),
                });
            }
        }
        let mut groups: [Vec<(usize, i64)>; 3] = Default::default();
        for (at, (by, score)) in (0..).zip(found).filter_map(|(at, it)| Some((at, it?))) {
            let named = by == By::Letters && self.choices[at].is_named(query.trim());
            groups[if named { By::Name } else { by } as usize].push((at, score));
        }
        groups.iter_mut().for_each(|group| fuzzy::sort(group));
        self.found = groups.concat().into_iter().map(|(at, _)| at).collect();
        self.scroll.resize(self.found.len(), self.scroll.height());
        self.scroll.to(0);
    }

    /// Draws the picker over the view.
    pub fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        Clear.render(self.area, buffer);
        let area = self.area;
        if area.height < CHROME {
            return;
        }
        rule(buffer, area, area.y, &[], ctx);
        let lead = format!(" {} {} ", self.lead, ctx.glyph(Glyph::Cursor));
        let line = prompt_line(&lead, &self.prompt, ctx);
        buffer.set_line(area.x, area.y + 1, &line, area.width);
        let count = format!("{} of {} ", self.found.len(), self.choices.len());
        let count_width = u16::try_from(count.len()).unwrap_or(u16::MAX);
        if line.width() + count.len() < usize::from(area.width) {
            let x = area.right() - count_width;
            buffer.set_string(x, area.y + 1, count, ctx.style(Role::Dim));
        }
        rule(buffer, area, area.y + 2, &[], ctx);
        if self.found.is_empty() && area.height > CHROME {
            let nothing = ctx.span(Role::Dim, "   Nothing here fits what was typed");
            buffer.set_span(area.x, area.y + CHROME, &nothing, area.width);
        }
        for (row, at) in self.scroll.visible().enumerate() {
            let y = area.y + CHROME + u16::try_from(row).unwrap_or(u16::MAX);
            self.render_choice(buffer, y, at, ctx);
        }
    }

    fn render_choice(&self, buffer: &mut Buffer, y: u16, at: usize, ctx: &Ctx<'_>) {
        let Some(&choice) = self.found.get(at) else {
            return;
        };
        let choice = &self.choices[choice];
        let hits = choice.hits(self.prompt.text());
        let current = at == self.scroll.cursor();
        let mut mark = "  ".to_owned();
        if current {
            mark = format!("{} ", ctx.glyph(Glyph::Cursor));
        }
        let mut spans = vec![Span::raw(" "), ctx.span(Role::Accent, mark)];
        spans.extend(matched(&choice.label, 0, &hits, Style::new(), ctx));
        spans.push(Span::raw("  "));
        let behind = choice.label.len() + 1;
        spans.extend(matched(
            &choice.detail,
            behind,
            &hits,
            ctx.style(Role::Dim),
            ctx,
        ));
        let line = Line::from(spans);
        buffer.set_line(self.area.x, y, &line, self.area.width);
        if current {
            let row = Rect::new(self.area.x, y, self.area.width, 1);
            buffer.set_style(row, ctx.style(Role::Focus));
        }
    }
}

/// Text with the characters that a query matched marked. `at` are the bytes at which they begin,
/// counted from `before` bytes ahead of the text.
pub fn matched(
    text: &str,
    before: usize,
    at: &[usize],
    base: Style,
    ctx: &Ctx<'_>,
) -> Vec<Span<'static>> {
    let hit = base.patch(ctx.style(Role::Match));
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut marked = None;
    for (byte, c) in text.char_indices() {
        let is = at.binary_search(&(byte + before)).is_ok();
        match spans.last_mut() {
            Some(span) if marked == Some(is) => span.content.to_mut().push(c),
            _ => spans.push(Span::styled(c.to_string(), if is { hit } else { base })),
        }
        marked = Some(is);
    }
    spans
}

/// The choices over the policies of the library, by name, with title, host and date beside it.
pub fn policies(library: &crate::library::Library) -> Vec<Choice<crate::library::PolicyId>> {
    library
        .listed()
        .map(|(value, entry)| {
            let provenance = &entry.facts.provenance;
            let date = entry.facts.version().map(|version| version.to_string());
            let facts = [
                Some(entry.facts.title.as_str()),
                provenance.foreign_host(),
                date.as_deref(),
            ];
            let facts: Vec<&str> = facts.into_iter().flatten().collect();
            Choice {
                value,
                label: text::sanitize(&entry.name).into_owned(),
                detail: text::sanitize(&facts.join(" · ")).into_owned(),
            }
        })
        .collect()
}

/// The choices over the versions of a policy that has several, newest first, by place in its history.
pub fn versions(of: crate::library::PolicyId, ctx: &Ctx<'_>) -> Vec<Choice<usize>> {
    let history = ctx.library.get(of).and_then(|entry| entry.history.as_ref());
    let Some(history) = history.filter(|history| history.versions.len() > 1) else {
        return Vec::new();
    };
    let name = ctx.library.document_name(of).unwrap_or_default();
    let all = history.versions.len();
    let choice = |(place, version): (usize, &crate::model::Version)| {
        let when = super::history::called(history, place);
        let revision = version.origin.revision();
        let revision = revision.map_or_else(String::new, |it| format!(" · revision {it}"));
        Choice {
            value: place,
            label: text::sanitize(&format!("{name}@{when}")).into_owned(),
            detail: format!("version {} of {all}{revision}", place + 1),
        }
    };
    history
        .versions
        .iter()
        .enumerate()
        .rev()
        .map(choice)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Vec<&'static str> {
        let choice = |(label, detail): (&'static str, &str)| Choice {
            value: label,
            label: label.to_owned(),
            detail: detail.to_owned(),
        };
        let choices = [
            ("g General", "Introduction, scope, definitions: acceptance"),
            ("c Collection", "What is obtained from or about the user"),
            ("k Cookies", "Cookies, beacons and pixels"),
            ("u Use", "The purposes for which data is used"),
            ("l Location", "Where data is stored"),
        ];
        let mut picker = Picker::new("topic", choices.map(choice).to_vec());
        picker.input(query);
        let found = picker.found.iter();
        found.map(|at| picker.choices[*at].value).collect()
    }

    #[test]
    fn names_and_signs_come_before_what_is_said_beside_them() {
        assert_eq!(found("location"), ["l Location"]);
        assert_eq!(found("use"), ["u Use", "c Collection"]);
        assert_eq!(found("k")[0], "k Cookies");
        assert_eq!(found("coll")[0], "c Collection");
        assert_eq!(found("beacons"), ["k Cookies"]);
        assert_eq!(found("loc stored"), ["l Location"]);
        assert_eq!(found("zebra"), Vec::<&str>::new());
    }

    #[test]
    fn nothing_is_chosen_where_nothing_is_found() {
        let choice = Choice {
            value: (),
            label: "cookies".to_owned(),
            detail: String::new(),
        };
        let mut picker = Picker::new("topic", vec![choice]);
        picker.input("zebra");
        assert_eq!(picker.update(Action::Open), Picked::Open);
        assert_eq!(picker.update(Action::Back), Picked::Cancelled);
    }
}
