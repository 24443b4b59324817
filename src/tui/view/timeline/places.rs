//! Where everything stands: the bars, their axis, the summary, a rule, the list.

use crate::model::ChangeCounts;
use ratatui::layout::Rect;

/// Columns of the size of a change.
pub(super) const BAR: usize = ChangeCounts::DOUBLINGS;

/// Below this height the list has no bars over it.
const WITH_CHART: u16 = 8;
/// From these heights on the bars take two rows, and three.
const TALL: [u16; 2] = [24, 40];
/// The least width and height at which the columns are named.
const WITH_HEAD: (u16, u16) = (60, 12);

/// Where everything stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// The bars.
    pub(super) chart: Rect,
    /// The row of the years below them.
    pub(super) years: Option<u16>,
    /// The row of the summary.
    pub(super) summary: u16,
    /// The row of the rule.
    pub(super) rule: u16,
    /// The row that names the columns.
    pub(super) head: Option<u16>,
    /// The list.
    pub(super) list: Rect,
}

impl Places {
    pub(super) fn of(area: Rect) -> Self {
        let bars = match area.height {
            height if height < WITH_CHART => 0,
            height => {
                1 + u16::try_from(TALL.iter().filter(|&&tall| height >= tall).count()).unwrap_or(0)
            }
        };
        let chart = Rect {
            x: area.x + 1.min(area.width),
            width: area.width.saturating_sub(2),
            height: bars,
            ..area
        };
        let years = (bars > 0).then_some(chart.bottom());
        let summary = chart.bottom() + u16::from(years.is_some());
        let rule = summary + 1;
        let named = area.width >= WITH_HEAD.0 && area.height >= WITH_HEAD.1;
        let head = named.then_some(rule + 1);
        let top = rule + 1 + u16::from(named);
        let list = Rect {
            y: top.min(area.bottom()),
            height: area.bottom().saturating_sub(top),
            ..area
        };
        Self {
            chart,
            years,
            summary,
            rule,
            head,
            list,
        }
    }
}

/// Columns of a date.
pub(super) const DATE: usize = 10;
/// Columns of the number of words.
pub(super) const WORDS: usize = 7;
/// Columns of the word for a change.
pub(super) const CLASS: usize = 10;
/// Columns between the word for a change and what follows.
const GAP: usize = 2;
/// The words on a change are not wider, so that the date behind them stays near.
const WIDEST: usize = 80;
/// Columns before the date: the cursor, the mark, a space.
pub(super) const LEAD: usize = 3;

/// Which columns of the list fit, and how wide the words on the change may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) words: bool,
    pub(super) bar: bool,
    pub(super) says: bool,
    pub(super) told: usize,
}

impl Columns {
    pub(super) fn for_width(width: usize) -> Self {
        let (words, bar, says) = (width >= 60, width >= 72, width >= 96);
        let used = LEAD
            + DATE
            + 2
            + usize::from(words) * (WORDS + 2)
            + CLASS
            + 2
            + usize::from(bar) * (BAR + 2)
            + usize::from(says) * (DATE + 2);
        Self {
            words,
            bar,
            says,
            told: width.saturating_sub(used + 1 + GAP).min(WIDEST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_on_something_else_and_the_list_gets_most() {
        for (width, height) in (1..220)
            .step_by(3)
            .flat_map(|w| (3..60).map(move |h| (w, h)))
        {
            let area = Rect::new(0, 1, width, height);
            let places = Places::of(area);
            assert!(places.chart.bottom() <= places.summary, "{places:?}");
            assert_eq!(area.intersection(places.list).area(), places.list.area());
            assert!(places.list.y > places.rule || places.list.height == 0);
            assert!(
                height < 10 || places.list.height * 2 >= height,
                "{places:?}"
            );
        }
    }

    #[test]
    fn columns_fit() {
        for width in 40..250 {
            let columns = Columns::for_width(width);
            assert!(columns.told >= 10, "{width}: {columns:?}");
        }
    }
}
