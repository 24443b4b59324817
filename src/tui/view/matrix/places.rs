//! Where the parts of the matrix stand: legend, heads, labels, cells, panel.

use ratatui::layout::Rect;

/// From this width on the panel stands beside the matrix.
const PANEL_BESIDE: u16 = 150;

/// Below this height rules, legend and most of the heads give way to cells.
const LOW: u16 = 14;

/// Columns of a cell with its sign and its word, with its sign under a head that is written across, and
/// with its sign under one that is written downwards.
const WITH_WORD: u16 = 15;
pub(super) const ACROSS: u16 = 9;
const DOWNWARDS: u16 = 2;

/// Columns of a cell under a head that is wrapped, at least and at most.
const WRAPPED: (u16, u16) = (18, 44);

/// Heads that are written downwards are cut to this height.
const HIGHEST_HEAD: u16 = 14;

/// … and below this one they are left out, for that of the column under the cursor.
const LEAST_HEAD: u16 = 4;

/// Rows of cells, with the head of the column under the cursor and the rule under a base, to which heads
/// that are wrapped give way.
const LEAST_ROWS: u16 = 5;

/// What the places depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub(super) columns: usize,
    /// The widest label of a row, and the widest head of a column, in columns.
    pub(super) label: usize,
    pub(super) head: usize,
    /// Digits of the count that stands at the end of each head; none for no counts.
    pub(super) digits: u16,
    /// Whether heads are long: wrapped where few columns leave the room, else written downwards.
    pub(super) long_heads: bool,
    /// Columns and rows between the line that stays and those that scroll.
    pub(super) column_gap: u16,
    pub(super) row_gap: u16,
}

/// Where everything stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) area: Rect,
    pub(super) legend: Option<Rect>,
    /// The head of the column under the cursor in full, where heads are cut; no row where they are not.
    pub(super) named: Rect,
    /// Heads over the cells, without the counts at their ends.
    pub(super) heads: Rect,
    /// The counts under the heads; no rows where there are none.
    pub(super) counts: Rect,
    /// Beside the cells.
    pub(super) labels: Rect,
    pub(super) cells: Rect,
    pub(super) panel: Rect,
    /// Whether the panel stands beside the matrix.
    pub(super) beside: bool,
    /// Columns of one cell.
    pub(super) pitch: u16,
    pub(super) column_gap: u16,
    pub(super) row_gap: u16,
}

impl Places {
    pub(super) fn of(area: Rect, needs: &Needs) -> Self {
        let low = area.height < LOW;
        let legend = (!low).then_some(Rect { height: 1, ..area });
        let top = area.y + if low { 0 } else { 2 };
        let rest = Rect {
            y: top,
            height: area.bottom().saturating_sub(top),
            ..area
        };
        let beside = area.width >= PANEL_BESIDE;
        let (matrix, panel) = if beside {
            let width = area.width * 3 / 10;
            split_right(rest, width)
        } else {
            split_below(rest, panel_height(area.height).min(area.height / 3))
        };
        let (pitch, label) = columns(matrix.width, needs);
        let downwards = pitch < ACROSS;
        let wrapped = needs.long_heads && !downwards;
        // Words rarely fill their line.
        let lines = as_rows(needs.head).div_ceil(pitch.saturating_sub(1).max(1)) + 1;
        let high = match wrapped {
            true => lines.min(matrix.height.saturating_sub(LEAST_ROWS)),
            false => as_rows(needs.head),
        }
        .min(matrix.height * 3 / 7)
        .min(HIGHEST_HEAD);
        let one = matrix.height.saturating_sub(1).min(1);
        let none = downwards && high < LEAST_HEAD;
        let cut = match (downwards, wrapped) {
            (true, _) => high < as_rows(needs.head),
            (false, true) => high < lines,
            (false, false) => pitch <= as_rows(needs.head),
        };
        let named = if none || cut { one } else { 0 };
        let head = match (none, downwards) {
            (true, _) => 0,
            (false, true) => high,
            (false, false) if wrapped => high,
            (false, false) => one.min(matrix.height.saturating_sub(named + 1)),
        };
        let counts = match (needs.digits, pitch) {
            (0, _) => 0,
            (_, ACROSS..) => 1,
            (digits, _) => digits,
        };
        let right = Rect {
            x: matrix.x + label,
            width: matrix.width.saturating_sub(label),
            ..matrix
        };
        let (named, right) = cut_top(right, named);
        let (heads, right) = cut_top(right, head);
        let (counts, cells) = cut_top(right, counts);
        Self {
            area,
            legend,
            named,
            heads,
            counts,
            labels: Rect {
                x: matrix.x,
                width: label,
                ..cells
            },
            cells,
            panel,
            beside,
            pitch,
            column_gap: needs.column_gap,
            row_gap: needs.row_gap,
        }
    }

    /// Whether cells have room for a word.
    pub(super) fn words(&self) -> bool {
        self.pitch >= WITH_WORD
    }

    /// How many columns of cells are shown.
    pub(super) fn column_slots(&self) -> usize {
        usize::from(self.cells.width.saturating_sub(self.column_gap) / self.pitch.max(1))
    }

    /// How many rows of cells are shown.
    pub(super) fn row_slots(&self) -> usize {
        usize::from(self.cells.height.saturating_sub(self.row_gap))
    }

    /// The screen column at which a slot begins.
    pub(super) fn x_of(&self, slot: usize) -> u16 {
        let gap = if slot > 0 { self.column_gap } else { 0 };
        self.cells.x + gap + as_rows(slot) * self.pitch
    }

    /// The screen row of a slot.
    pub(super) fn y_of(&self, slot: usize) -> u16 {
        let gap = if slot > 0 { self.row_gap } else { 0 };
        self.cells.y + gap + as_rows(slot)
    }

    /// The slot at a screen column over the cells or their heads; none over the gap.
    pub(super) fn slot_at_x(&self, x: u16) -> Option<usize> {
        let from = x.checked_sub(self.cells.x)?;
        let moved = from
            .checked_sub(self.column_gap)
            .filter(|at| *at >= self.pitch);
        let at = moved.or((from < self.pitch).then_some(from))?;
        Some(usize::from(at / self.pitch.max(1)))
    }

    /// The slot at a screen row of the cells; none over the gap.
    pub(super) fn slot_at_y(&self, y: u16) -> Option<usize> {
        let from = y
            .checked_sub(self.cells.y)
            .filter(|_| y < self.cells.bottom())?;
        let moved = from.checked_sub(self.row_gap).filter(|at| *at >= 1);
        Some(usize::from(moved.or((from < 1).then_some(from))?))
    }
}

/// The columns of a cell, and of the labels.
fn columns(width: u16, needs: &Needs) -> (u16, u16) {
    let longest = as_rows(needs.label);
    let least = longest.min((width * 3 / 10).max(14));
    let room = width.saturating_sub(least + needs.column_gap);
    let each = room / as_rows(needs.columns).max(1);
    let pitch = match each {
        _ if needs.long_heads && each < WRAPPED.0 => DOWNWARDS,
        _ if needs.long_heads => each.min(WRAPPED.1),
        WITH_WORD.. => WITH_WORD,
        ACROSS.. => ACROSS,
        _ => DOWNWARDS,
    };
    let all = as_rows(needs.columns).saturating_mul(pitch) + needs.column_gap;
    // With many columns the labels take two fifths of the width, with few what these leave.
    let left = width.saturating_sub(all);
    let label = if left >= least { left } else { width * 2 / 5 };
    let label = label.min(longest);
    (pitch, label)
}

fn panel_height(height: u16) -> u16 {
    match height {
        ..LOW => 3,
        LOW..=24 => 5,
        25..=33 => 7,
        _ => 10,
    }
}

/// A panel at the right, with a column for the rule before it.
fn split_right(area: Rect, width: u16) -> (Rect, Rect) {
    let left = Rect {
        width: area.width.saturating_sub(width + 1),
        ..area
    };
    let right = Rect {
        x: area.right() - width.min(area.width),
        width,
        ..area
    };
    (left, right)
}

/// A panel at the bottom, with a row for the rule above it.
fn split_below(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    let top = Rect {
        height: area.height.saturating_sub(height + 1),
        ..area
    };
    let bottom = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    (top, bottom)
}

fn cut_top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    let rest = Rect {
        y: area.y + height,
        height: area.height - height,
        ..area
    };
    (Rect { height, ..area }, rest)
}

fn as_rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(width: u16, height: u16, columns: usize) -> Places {
        let needs = Needs {
            columns,
            label: 60,
            head: 24,
            ..Needs::default()
        };
        Places::of(Rect::new(0, 1, width, height), &needs)
    }

    #[test]
    fn few_sites_have_words_and_many_have_signs() {
        assert!(places(120, 38, 5).words());
        assert_eq!(places(80, 22, 5).pitch, ACROSS);
        let framed = |width| {
            let needs = Needs {
                columns: 5,
                label: 60,
                column_gap: 2,
                ..Needs::default()
            };
            Places::of(Rect::new(0, 1, width, 22), &needs)
        };
        assert!((80..150).all(|width| framed(width).column_slots() >= 5));
        let many = places(120, 38, 300);
        assert_eq!((many.pitch, many.column_slots()), (DOWNWARDS, 36));
        assert!(many.heads.height > 5);
        assert!(places(200, 58, 300).beside);
    }

    #[test]
    fn slots_are_found_where_they_are_drawn() {
        let needs = Needs {
            columns: 40,
            label: 20,
            head: 9,
            column_gap: 2,
            row_gap: 1,
            ..Needs::default()
        };
        let places = Places::of(Rect::new(0, 1, 100, 30), &needs);
        for slot in 0..places.column_slots() {
            assert_eq!(places.slot_at_x(places.x_of(slot)), Some(slot));
        }
        for slot in 0..places.row_slots() {
            assert_eq!(places.slot_at_y(places.y_of(slot)), Some(slot));
        }
        assert_eq!(places.slot_at_x(places.x_of(1) - 1), None);
        assert_eq!(places.slot_at_y(places.y_of(1) - 1), None);
    }

    #[test]
    fn nothing_stands_outside_the_area() {
        for width in (20..220).step_by(7) {
            for height in 1..60 {
                for columns in [0, 1, 5, 300] {
                    let places = places(width, height, columns);
                    for part in [
                        places.named,
                        places.heads,
                        places.labels,
                        places.cells,
                        places.panel,
                    ] {
                        assert_eq!(
                            part.intersection(places.area).area(),
                            part.area(),
                            "{places:?}"
                        );
                    }
                }
            }
        }
    }
}
