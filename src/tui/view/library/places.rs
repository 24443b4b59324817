//! Where things stand on the screen.

use super::columns;
use ratatui::layout::Rect;

/// Below this width only one pane is shown at a time.
const TWO_PANES: u16 = 84;

/// The widest that the list becomes; what is left belongs to the preview.
const LIST_WIDTH: u16 = 78;

/// What the column of versions adds to it.
const VERSIONS_WIDTH: u16 = columns::VERSIONS as u16 + 2;

/// The parts of the view.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Panes {
    pub(super) find: Rect,
    pub(super) rule: Rect,
    pub(super) list: Option<Rect>,
    pub(super) preview: Option<Rect>,
}

impl Panes {
    /// `histories` says that some policy has several versions, for which the list gets a column.
    pub(super) fn of(area: Rect, preview_only: bool, histories: bool) -> Self {
        let row = |y: u16| Rect {
            y: area.y + y,
            height: 1.min(area.height),
            ..area
        };
        let body = Rect {
            y: area.y + 2.min(area.height),
            height: area.height.saturating_sub(2),
            ..area
        };
        let (list, preview) = if area.width < TWO_PANES {
            if preview_only {
                (None, Some(body))
            } else {
                (Some(body), None)
            }
        } else {
            let more = if histories { VERSIONS_WIDTH } else { 0 };
            let width = (LIST_WIDTH + more).min(area.width * 3 / 5);
            let list = Rect { width, ..body };
            let rest = Rect {
                x: body.x + width + 1,
                width: body.width - width - 1,
                ..body
            };
            (Some(list), Some(rest))
        };
        Self {
            find: row(0),
            rule: row(1),
            list,
            preview,
        }
    }
}
