//! Where the panes of the reader lie.

use super::Focus;
use ratatui::layout::Rect;

/// The least width at which the outline stands beside the text.
const WITH_OUTLINE: u16 = 70;
/// The least height at which the provenance stands above the text.
const WITH_PROVENANCE: u16 = 14;
/// Columns beside the text: a bar at the clause under the cursor, the topic, and space.
pub(super) const GUTTER: u16 = 5;
/// Lines longer than this are hard to read.
const LONGEST: u16 = 100;

/// Rows of the panel that explains a clause, with the rule above it.
pub(super) const PANEL: u16 = 9;

/// Columns of the questions beside the text.
const QUESTIONS: std::ops::RangeInclusive<u16> = 34..=46;
/// The least columns that the text keeps beside the questions, with its gutter.
const BESIDE_QUESTIONS: u16 = 44;
/// From this height on the questions, where they are not beside the text, leave the upper half to it.
const HALVES: u16 = 16;

/// Where the questions stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// Right of the text.
    Beside,
    /// Over the lower half of the text.
    Below,
    /// Over all of it, while they have the keys.
    Over,
    /// Not on the screen.
    #[default]
    Nowhere,
}

/// Where the panes lie on the screen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Areas {
    pub(super) whole: Rect,
    pub(super) outline: Rect,
    /// The text itself, without its gutter.
    pub(super) text: Rect,
    /// The questions, with their head.
    pub(super) questions: Rect,
    pub(super) place: Place,
    pub(super) provenance: Option<u16>,
    pub(super) panel: Rect,
    /// Whether the outline stands beside the text; else it is shown in its place.
    pub(super) beside: bool,
}

impl Areas {
    /// Where the text ends on the right, its margin included.
    pub(super) fn right(&self) -> u16 {
        match self.place {
            Place::Beside => self.questions.x.saturating_sub(1),
            _ => self.whole.right(),
        }
    }

    pub(super) fn shows_outline(&self, focus: Focus) -> bool {
        self.beside || focus == Focus::Outline
    }

    pub(super) fn shows_questions(&self, focus: Focus) -> bool {
        match self.place {
            Place::Beside | Place::Below => true,
            Place::Over => focus == Focus::Questions,
            Place::Nowhere => false,
        }
    }

    /// Whether the questions, when they are shown, cover the text.
    pub(super) fn questions_cover(&self) -> bool {
        self.place == Place::Over
    }

    /// Takes from the area what the questions need.
    fn place_questions(&mut self, inner: Rect) -> Rect {
        let width = (inner.width / 3).clamp(*QUESTIONS.start(), *QUESTIONS.end());
        if inner.width > width + BESIDE_QUESTIONS {
            self.place = Place::Beside;
            self.questions = Rect {
                x: inner.right() - width,
                width,
                ..inner
            };
            return Rect {
                width: inner.width - width - 1,
                ..inner
            };
        }
        if inner.height < HALVES {
            self.place = Place::Over;
            self.questions = inner;
            return inner;
        }
        self.place = Place::Below;
        let height = inner.height / 2;
        // A rule stands between the text and the questions.
        self.questions = Rect {
            y: inner.bottom() - height,
            height,
            ..inner
        };
        Rect {
            height: inner.height - height - 1,
            ..inner
        }
    }

    pub(super) fn split(&mut self, outline: bool, panel: u16, questions: bool) {
        let whole = self.whole;
        let mut inner = Rect {
            y: whole.y + 1,
            height: whole.height.saturating_sub(2),
            ..whole
        };
        self.place = Place::Nowhere;
        if questions {
            inner = self.place_questions(inner);
        }
        let columns = (whole.width / 4).clamp(22, 36);
        let room = self.place != Place::Beside || inner.width > columns + BESIDE_QUESTIONS;
        self.beside = outline && whole.width >= WITH_OUTLINE && room;
        self.outline = inner;
        let mut text = inner;
        if self.beside {
            self.outline.width = columns;
            text.x += self.outline.width + 1;
            text.width -= self.outline.width + 1;
        }
        self.provenance = (whole.height >= WITH_PROVENANCE).then_some(text.y);
        let above = if self.provenance.is_some() { 2 } else { 0 };
        let panel = panel.min(inner.height / 2);
        self.panel = Rect {
            y: inner.bottom() - panel,
            height: panel,
            ..text
        };
        let gutter = GUTTER.min(text.width / 4);
        self.text = Rect {
            x: text.x + gutter,
            y: text.y + above,
            width: text.width.saturating_sub(gutter + 1).clamp(1, LONGEST),
            height: inner.height.saturating_sub(above + panel),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(width: u16, height: u16, explains: bool) -> Areas {
        let mut areas = Areas {
            whole: Rect::new(0, 1, width, height),
            ..Areas::default()
        };
        areas.split(true, if explains { PANEL } else { 0 }, true);
        areas
    }

    #[test]
    fn panes_lie_apart_and_inside() {
        for (width, height) in (1..200).flat_map(|w| (1..60).map(move |h| (w, h))) {
            for explains in [false, true] {
                let areas = split(width, height, explains);
                let whole = areas.whole;
                assert_eq!(whole.intersection(areas.questions), areas.questions);
                if areas.place == Place::Over {
                    continue;
                }
                assert!(!areas.questions.intersects(areas.text), "{areas:?}");
                let side = areas.outline.intersects(areas.questions);
                assert!(!side, "{areas:?}");
                if areas.place == Place::Beside {
                    let columns = areas.right() - areas.text.x + GUTTER;
                    assert!(columns >= BESIDE_QUESTIONS, "{areas:?}");
                }
            }
        }
    }

    #[test]
    fn the_outline_gives_way_before_the_text_does() {
        assert!(split(130, 40, false).beside);
        let middle = split(90, 40, false);
        assert_eq!((middle.beside, middle.place), (false, Place::Beside));
        assert_eq!(split(70, 40, false).place, Place::Below);
        assert_eq!(split(70, 12, false).place, Place::Over);
    }
}
