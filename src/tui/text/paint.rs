//! Styling: ranges of a policy's text → spans, by how the text is written and by what is laid over
//! it (search hits, marked words, the clause under the cursor).

use super::layout::{Layout, LineKind};
use super::unit::width;
use crate::model::{Block, BlockKind, Marker, Policy, Run, TextRange, on_one_line};
use crate::tui::glyphs::{Glyph, Glyphs};
use crate::tui::theme::{Role, Theme};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Styles laid over text, in order and without overlap. Later layers lie over earlier ones.
pub type Layer<'a> = &'a [(TextRange, Style)];

/// Turns ranges of one policy's text into styled spans.
#[derive(Clone, Copy, Debug)]
pub struct Painter<'a> {
    /// Whose text.
    pub policy: &'a Policy,
    /// The styles.
    pub theme: &'a Theme,
    /// The signs.
    pub glyphs: Glyphs,
}

impl<'a> Painter<'a> {
    /// The style that the text of a block begins from.
    pub fn base(&self, block: &Block) -> Style {
        self.theme.style(match block.kind {
            BlockKind::Title => Role::Title,
            BlockKind::Heading => Role::Heading,
            BlockKind::HeaderRow => Role::Strong,
            BlockKind::Quote => Role::Quote,
            BlockKind::Code => Role::Code,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Row => Role::Text,
        })
    }

    /// The spans of a stretch of text on one line.
    pub fn spans(&self, range: TextRange, base: Style, layers: &[Layer<'_>]) -> Vec<Span<'a>> {
        let mut spans = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let (style, end) = self.style_at(at, base, layers);
            let piece = TextRange {
                start: at,
                end: end.min(range.end),
            };
            spans.push(Span::styled(
                on_one_line(piece.of(&self.policy.text)),
                style,
            ));
            at = piece.end;
        }
        spans
    }

    /// The style at a byte, and the byte before which it holds.
    fn style_at(&self, at: u32, base: Style, layers: &[Layer<'_>]) -> (Style, u32) {
        let mut style = base;
        let mut end = u32::MAX;
        let runs = &self.policy.runs;
        let run = runs.partition_point(|run| run.text.end <= at);
        if let Some(run) = runs.get(run) {
            if run.text.contains(at) {
                style = style.patch(self.run_style(run));
                end = end.min(run.text.end);
            } else {
                end = end.min(run.text.start);
            }
        }
        for layer in layers {
            let over = layer.partition_point(|(range, _)| range.end <= at);
            let Some((range, over)) = layer.get(over) else {
                continue;
            };
            if range.contains(at) {
                style = style.patch(*over);
                end = end.min(range.end);
            } else {
                end = end.min(range.start);
            }
        }
        (style, end.max(at + 1))
    }

    fn run_style(&self, run: &Run) -> Style {
        let written = [
            (run.style.strong, Role::Strong),
            (run.style.emphasis, Role::Emphasis),
            (run.style.code, Role::Code),
            (run.style.strike, Role::Strike),
            (run.link.is_some(), Role::Link),
        ];
        written
            .into_iter()
            .filter(|(holds, _)| *holds)
            .fold(Style::new(), |style, (_, role)| {
                style.patch(self.theme.style(role))
            })
    }

    /// A visual line with its list mark or bar. A fold line is empty: its words are the view's.
    pub fn line(&self, layout: &Layout, line: usize, layers: &[Layer<'_>]) -> Line<'a> {
        let Some(place) = layout.lines().get(line) else {
            return Line::default();
        };
        let Some(block) = self.policy.blocks.get(place.block as usize) else {
            return Line::default();
        };
        let first = match place.kind {
            LineKind::Text { first } => first,
            LineKind::HeaderRule(width) => {
                let rule = self.glyphs.of(Glyph::Horizontal).repeat(width.into());
                return Line::styled(rule, self.theme.style(Role::Rule));
            }
            LineKind::Blank | LineKind::Fold(_) => return Line::default(),
        };
        let mut spans = Vec::new();
        let mut x = 0;
        if let Some(mark) = self.mark(block, first, place.indent.into()) {
            x += mark.width();
            spans.push(mark);
        }
        let base = self.base(block);
        for segment in layout.segments(line) {
            let gap = usize::from(segment.x).saturating_sub(x);
            if gap > 0 {
                spans.push(Span::raw(" ".repeat(gap)));
            }
            spans.extend(self.spans(segment.text, base, layers));
            x = usize::from(segment.x) + width(segment.text.of(&self.policy.text));
        }
        Line::from(spans)
    }

    /// What stands before the text of a block, up to its indent.
    fn mark(&self, block: &Block, first: bool, indent: usize) -> Option<Span<'static>> {
        let mark = match (block.kind, block.marker) {
            (BlockKind::Quote, _) => format!("{} ", self.glyphs.of(Glyph::Quote)),
            (BlockKind::Item, Marker::Bullet) if first => {
                let bullet = if block.depth > 1 {
                    Glyph::BulletInner
                } else {
                    Glyph::Bullet
                };
                format!("{} ", self.glyphs.of(bullet))
            }
            (BlockKind::Item, marker) if first => format!("{} ", marker.label()?),
            _ => return None,
        };
        let before = indent.checked_sub(width(&mark))?;
        let style = self.theme.style(Role::Dim);
        Some(Span::styled(format!("{}{mark}", " ".repeat(before)), style))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::sample::policy;
    use std::sync::LazyLock;

    static THEME: LazyLock<Theme> = LazyLock::new(Theme::default);

    impl<'a> Painter<'a> {
        /// A painter with the default theme.
        pub(in crate::tui) fn plain(policy: &'a Policy) -> Self {
            Painter {
                policy,
                theme: &THEME,
                glyphs: Glyphs::default(),
            }
        }
    }

    #[test]
    fn layers_lie_over_runs() {
        let policy = policy("x", "We **never** share.\n");
        let painter = Painter::plain(&policy);
        let hit = Style::new().underlined();
        let hits = [(TextRange::new(5, 10), hit)];
        let spans = painter.spans(TextRange::new(0, 15), Style::new(), &[&hits]);
        let shown: Vec<(&str, bool, bool)> = spans
            .iter()
            .map(|span| {
                let has = |m| span.style.add_modifier.contains(m);
                use ratatui::style::Modifier;
                (
                    span.content.as_ref(),
                    has(Modifier::BOLD),
                    has(Modifier::UNDERLINED),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("We ", false, false),
                ("ne", true, false),
                ("ver", true, true),
                (" s", false, true),
                ("hare.", false, false)
            ]
        );
    }
}
