//! One cell: what a site says on one subject, as a value, a sign and a style.

use super::survey::Said;
use crate::model::{Answer, Topic};
use crate::tui::glyphs::Glyph;
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::style::Style;

/// What the sites are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A question, by its place in the list of questions.
    Question(usize),
    /// How much of a policy speaks of a topic.
    Share(Topic),
}

/// Steps of a share, five per cent each; the last takes in all that is more.
pub(super) const STEPS: u8 = 8;
const STEP: usize = 5;

/// Bars for the steps, from least to most, and the same in plain ASCII.
const BARS: [&str; STEPS as usize] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_BARS: [&str; STEPS as usize] = ["1", "2", "3", "4", "5", "6", "7", "8"];

/// What a site says on a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Not known yet.
    Waiting,
    /// The silence of a text that hardly is a policy, or not in English.
    Doubtful,
    /// An answer, and whether sentences disagree on it.
    Answer(Answer, bool),
    /// The step of a share, and its topic.
    Share(u8, Topic),
}

impl Cell {
    pub(super) fn of(said: Option<&Said>, subject: Subject) -> Self {
        match (said, subject) {
            (None, _) => Cell::Waiting,
            (Some(said), Subject::Question(place)) => {
                let answer = said.answers.of(place);
                match answer.answer {
                    Answer::NotStated if said.doubtful => Cell::Doubtful,
                    given => Cell::Answer(given, answer.contradicted),
                }
            }
            (Some(said), Subject::Share(topic)) => {
                let (count, all) = said.share(topic);
                match step(count, all) {
                    0 if said.doubtful => Cell::Doubtful,
                    step => Cell::Share(step, topic),
                }
            }
        }
    }

    /// The number of the answer or the step; none when it is not known, or in doubt.
    pub(super) fn class(self) -> Option<usize> {
        match self {
            Cell::Waiting | Cell::Doubtful => None,
            Cell::Answer(answer, _) => Some(answer as usize),
            Cell::Share(step, _) => Some(usize::from(step)),
        }
    }

    /// Whether two sites say different things; not as long as one is unknown.
    pub(super) fn differs(self, other: Cell) -> bool {
        let classes = self.class().zip(other.class());
        classes.is_some_and(|(one, other)| one != other)
    }

    fn is_contradicted(self) -> bool {
        matches!(self, Cell::Answer(_, true))
    }

    /// How the cell looks: its sign, what stands behind the sign, a word for wide cells.
    pub(super) fn look(self, base: Option<Cell>, ctx: &Ctx<'_>) -> Look {
        let same = base.is_some_and(|base| self.class().is_some() && self.class() == base.class());
        let (sign, style, word) = if same {
            (ctx.glyph(Glyph::Same), ctx.style(Role::Same), "same")
        } else {
            self.own_look(base, ctx)
        };
        let mark = self.is_contradicted().then(|| ctx.glyph(Glyph::Warning));
        Look {
            sign,
            style,
            mark,
            word,
        }
    }

    fn own_look(self, base: Option<Cell>, ctx: &Ctx<'_>) -> (&'static str, Style, &'static str) {
        match (self, base.and_then(Cell::class)) {
            (Cell::Waiting, _) => (ctx.glyph(Glyph::Waiting), ctx.style(Role::Dim), ""),
            (Cell::Doubtful, _) => {
                let sign = ctx.glyph(Glyph::Doubtful);
                (sign, ctx.style(Role::NotStated), "in doubt")
            }
            (Cell::Answer(answer, _), _) => {
                let (glyph, role) = answer_signs(answer);
                (ctx.glyph(glyph), ctx.style(role), answer.label())
            }
            (Cell::Share(step, topic), Some(base)) if usize::from(step) > base => {
                let more = ctx.glyph(Glyph::Ascending);
                (more, ctx.theme.topic(topic), "more")
            }
            (Cell::Share(_, topic), Some(_)) => {
                let less = ctx.glyph(Glyph::Descending);
                (less, ctx.theme.topic(topic), "less")
            }
            (Cell::Share(0, _), None) => (ctx.glyph(Glyph::BarNone), ctx.style(Role::Dim), "none"),
            (Cell::Share(step, topic), None) => (bar(step, ctx), ctx.theme.topic(topic), ""),
        }
    }
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) sign: &'static str,
    pub(super) style: Style,
    /// Stands behind the sign where sentences disagree.
    pub(super) mark: Option<&'static str>,
    pub(super) word: &'static str,
}

/// The sign and the style of an answer.
pub(super) fn answer_signs(answer: Answer) -> (Glyph, Role) {
    match answer {
        Answer::Yes => (Glyph::Yes, Role::Yes),
        Answer::No => (Glyph::No, Role::No),
        Answer::Conditional => (Glyph::Conditional, Role::Conditional),
        Answer::NotStated => (Glyph::NotStated, Role::NotStated),
    }
}

/// The bar of a step.
pub(super) fn bar(step: u8, ctx: &Ctx<'_>) -> &'static str {
    let bars = if ctx.glyphs.ascii { ASCII_BARS } else { BARS };
    let place = usize::from(step).clamp(1, bars.len()) - 1;
    bars[place]
}

/// The step of a share of clauses: none for no clause, the first for up to five per cent, and so on.
fn step(count: usize, all: usize) -> u8 {
    let percent = (count * 100).div_ceil(all.max(1));
    u8::try_from(percent.div_ceil(STEP)).map_or(STEPS, |step| step.min(STEPS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_five_per_cent() {
        let steps = [
            (0, 100),
            (1, 1000),
            (5, 100),
            (6, 100),
            (35, 100),
            (36, 100),
            (9, 9),
            (0, 0),
        ];
        let of: Vec<u8> = steps.map(|(count, all)| step(count, all)).to_vec();
        assert_eq!(of, [0, 1, 1, 2, 7, 8, 8, 0]);
    }

    #[test]
    fn what_is_unknown_differs_from_nothing() {
        let yes = Cell::Answer(Answer::Yes, false);
        assert!(yes.differs(Cell::Answer(Answer::NotStated, false)));
        assert!(!yes.differs(Cell::Answer(Answer::Yes, true)));
        for unknown in [Cell::Waiting, Cell::Doubtful] {
            assert!(!yes.differs(unknown) && !unknown.differs(yes));
        }
    }
}
