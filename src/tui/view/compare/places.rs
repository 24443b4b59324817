//! Where the parts of the view stand on the screen.

use ratatui::layout::Rect;

/// Rows over the columns: the names of the sides, and a rule.
const HEAD: u16 = 2;

/// Rows of the panel that shows the grounds of topics, its rule included.
const PANEL: u16 = 8;

/// Columns that the list of changes takes beside the text.
const LIST: std::ops::RangeInclusive<u16> = 34..=56;

/// From this height on the list, where it is not beside the text, leaves the upper half to it.
const HALVES: u16 = 16;

/// Where the list of changes stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// Not on the screen.
    #[default]
    Nowhere,
    /// Left of the text.
    Beside,
    /// Over the lower half of the text, or over all of it.
    Over,
}

/// What is to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// The panel with the grounds of topics.
    pub(super) grounds: bool,
    /// The list of changes.
    pub(super) list: bool,
    /// The columns that the text must keep for the list to stand beside it.
    pub(super) least: u16,
}

/// Where the parts of the view stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// Everything.
    pub(super) whole: Rect,
    /// The text with its head and panel.
    pub(super) columns: Rect,
    /// The text alone.
    pub(super) body: Rect,
    /// The list of changes.
    pub(super) list: Rect,
    pub(super) place: Place,
}

impl Places {
    pub(super) fn new(whole: Rect, wanted: Wanted) -> Self {
        let mut places = Self {
            whole,
            columns: whole,
            ..Self::default()
        };
        if wanted.list {
            places.place_list(wanted.least);
        }
        let columns = places.columns;
        let head = HEAD.min(columns.height);
        let panel = if wanted.grounds {
            PANEL.min(columns.height / 2)
        } else {
            0
        };
        places.body = Rect {
            y: columns.y + head,
            height: (columns.height - head).saturating_sub(panel),
            ..columns
        };
        places
    }

    fn place_list(&mut self, least: u16) {
        let whole = self.whole;
        let room = whole.width.saturating_sub(least + 1);
        if room >= *LIST.start() {
            let width = room
                .min(whole.width * 2 / 5)
                .clamp(*LIST.start(), *LIST.end());
            self.place = Place::Beside;
            self.list = Rect { width, ..whole };
            self.columns.x += width + 1;
            self.columns.width -= width + 1;
            return;
        }
        self.place = Place::Over;
        self.list = whole;
        if whole.height >= HALVES {
            self.columns.height = whole.height / 2;
            self.list.y += self.columns.height;
            self.list.height -= self.columns.height;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_list(width: u16, height: u16) -> Places {
        let wanted = Wanted {
            grounds: false,
            list: true,
            least: 76,
        };
        Places::new(Rect::new(0, 1, width, height), wanted)
    }

    #[test]
    fn the_list_stands_beside_the_text_only_where_the_text_keeps_its_columns() {
        for width in 20..240 {
            let places = with_list(width, 38);
            match places.place {
                Place::Beside => {
                    assert!(places.body.width >= 76, "{places:?}");
                    assert_eq!(places.list.width + 1 + places.body.width, width);
                }
                _ => assert!(width < 76 + 1 + 34, "{places:?}"),
            }
        }
    }

    #[test]
    fn on_a_low_screen_the_list_lies_over_all_of_the_text() {
        assert_eq!(with_list(40, 10).list, Rect::new(0, 1, 40, 10));
        let halves = with_list(80, 22);
        assert_eq!(halves.columns.bottom(), halves.list.y);
        assert_eq!(halves.list.bottom(), 23);
    }
}
