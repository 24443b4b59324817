//! Where things stand on the screen.

use ratatui::layout::Rect;

/// The parts of the view.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// All of it.
    pub(super) whole: Rect,
    /// The line to type in.
    pub(super) prompt: Rect,
    /// The rule under it, which gives way to what is wrong with the query.
    pub(super) rule: Rect,
    /// What was found.
    pub(super) list: Rect,
}

impl Places {
    pub(super) fn of(area: Rect) -> Self {
        let row = |y: u16| Rect {
            y: area.y + y.min(area.height),
            height: area.height.saturating_sub(y).min(1),
            ..area
        };
        Self {
            whole: area,
            prompt: row(0),
            rule: row(1),
            list: Rect {
                y: area.y + 2.min(area.height),
                height: area.height.saturating_sub(2),
                ..area
            },
        }
    }
}
