//! The changes of a policy as bars on a time axis that is true to scale.

use super::class_mark;
use crate::model::{ChangeClass, ChangeCounts, History, Step};
use crate::tui::glyphs::Glyph;
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ratatui::text::{Line, Span};

/// Heights of a bar, from least to most, and the same in plain ASCII.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_BARS: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7", "8"];

/// Columns that the name of a year takes, with a space after it.
const YEAR: usize = 5;

/// Where the versions of a history stand in a number of columns: by their dates, or one after the
/// other where not all are dated or all are of one moment.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    width: usize,
    versions: usize,
    /// Seconds of the oldest and the newest version.
    span: Option<(i64, i64)>,
    /// The column of each version.
    columns: Vec<usize>,
}

impl Axis {
    /// The axis of a history.
    pub fn new(history: &History, width: usize) -> Self {
        let seconds = |time: Timestamp| time.as_second();
        let all_dated = history.versions.iter().all(|v| v.recorded.is_some());
        let span = history
            .span()
            .map(|(first, last)| (seconds(first), seconds(last)));
        let mut axis = Self {
            width,
            versions: history.versions.len(),
            span: span.filter(|(first, last)| all_dated && first < last),
            columns: Vec::new(),
        };
        let versions = history.versions.iter().enumerate();
        axis.columns = versions
            .map(|(place, version)| axis.column(place, version.recorded))
            .collect();
        axis
    }

    fn column(&self, place: usize, time: Option<Timestamp>) -> usize {
        let last = self.width.saturating_sub(1);
        match (self.span, time) {
            (Some(span), Some(time)) => self.column_of(time.as_second(), span),
            _ => (place * last)
                .checked_div(self.versions.saturating_sub(1))
                .unwrap_or(0)
                .min(last),
        }
    }

    /// The column of a moment in seconds.
    fn column_of(&self, second: i64, (first, last): (i64, i64)) -> usize {
        let columns = i64::try_from(self.width.saturating_sub(1)).unwrap_or(0);
        let (passed, all) = (i128::from(second - first), i128::from(last - first));
        let column = (passed * i128::from(columns) + all / 2) / all.max(1);
        usize::try_from(column)
            .unwrap_or(0)
            .min(self.width.saturating_sub(1))
    }

    /// The column of a version.
    pub fn of(&self, place: usize) -> usize {
        self.columns.get(place).copied().unwrap_or(0)
    }

    /// The version that stands nearest to a column.
    pub fn nearest(&self, column: usize) -> Option<usize> {
        let places = 0..self.columns.len();
        // Of several in one column the newest.
        places
            .rev()
            .min_by_key(|&place| self.of(place).abs_diff(column))
    }

    /// The names of the years below the bars, each where its first day stands.
    pub fn years(&self) -> String {
        let Some(span) = self.span else {
            return String::new();
        };
        let year = |second: i64| {
            let time = Timestamp::from_second(second).ok()?;
            Some(time.to_zoned(TimeZone::UTC).year())
        };
        let (Some(first), Some(last)) = (year(span.0), year(span.1)) else {
            return String::new();
        };
        let mut line = String::new();
        for year in first..=last {
            let day = Date::new(year, 1, 1).ok();
            let day = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
            let Some(day) = day.map(|day| day.timestamp().as_second()) else {
                continue;
            };
            // The first year is named at the left end although it began before.
            let column = self.column_of(day.max(span.0), span);
            let crowded = year == first && self.next_is_near(year, column, span);
            if column < line.len() || column + YEAR - 1 > self.width || crowded {
                continue;
            }
            line.push_str(&" ".repeat(column - line.len()));
            line.push_str(&format!("{year} "));
        }
        line
    }

    /// Whether there is no room for a year before the next.
    fn next_is_near(&self, year: i16, column: usize, span: (i64, i64)) -> bool {
        let next = Date::new(year + 1, 1, 1).ok();
        let next = next.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
        next.is_some_and(|next| {
            let second = next.timestamp().as_second();
            second <= span.1 && self.column_of(second, span) < column + YEAR
        })
    }
}

/// What stands in one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bar {
    /// The size of the greatest change, in doublings.
    size: usize,
    /// Its class.
    class: Option<ChangeClass>,
    /// Whether any version stands here.
    any: bool,
}

/// The bars of a history.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    bars: Vec<Bar>,
}

impl Chart {
    /// The bars of what is known so far. A version that says nothing has none.
    pub fn new(axis: &Axis, steps: &[Step]) -> Self {
        let mut bars = vec![Bar::default(); axis.width];
        for &column in &axis.columns {
            if let Some(bar) = bars.get_mut(column) {
                bar.any = true;
            }
        }
        for step in steps.iter().filter(|step| step.noise.is_none()) {
            let Some(bar) = bars.get_mut(axis.of(step.version)) else {
                continue;
            };
            let size = step
                .counts
                .doublings()
                .max(usize::from(step.class == ChangeClass::First));
            if (size, Some(step.class)) > (bar.size, bar.class) {
                (bar.size, bar.class) = (size, Some(step.class));
            }
        }
        Self { bars }
    }

    /// The lines of the chart, from its top, in so many rows; the column of the cursor stands out.
    pub fn lines(&self, rows: usize, cursor: Option<usize>, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let bars = if ctx.glyphs.ascii { ASCII_BARS } else { BARS };
        // A bar in plain ASCII says its height in one row.
        let rows = if ctx.glyphs.ascii { 1 } else { rows };
        (0..rows)
            .rev()
            .map(|below| {
                let cell = |(column, bar): (usize, &Bar)| {
                    let span = bar.cell(below, rows, bars, ctx);
                    if Some(column) == cursor {
                        span.patch_style(ctx.style(Role::Focus))
                    } else {
                        span
                    }
                };
                Line::from(self.bars.iter().enumerate().map(cell).collect::<Vec<_>>())
            })
            .collect()
    }
}

impl Bar {
    /// The part of the bar that stands above `below` rows, of `rows`.
    fn cell(
        self,
        below: usize,
        rows: usize,
        bars: [&'static str; 8],
        ctx: &Ctx<'_>,
    ) -> Span<'static> {
        let eighths = (self.size * rows * bars.len()).div_ceil(ChangeCounts::DOUBLINGS);
        let here = eighths.saturating_sub(below * bars.len()).min(bars.len());
        let (_, role, _) = class_mark(self.class.unwrap_or(ChangeClass::None));
        match (here.checked_sub(1), below) {
            (Some(height), _) => ctx.span(role, bars[height]),
            (None, 0) if self.any => ctx.span(Role::Dim, ctx.glyph(Glyph::BarNone)),
            (None, _) => Span::raw(" "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, Version};

    fn history(days: &[&str]) -> History {
        let version = |day: &&str| Version {
            origin: Origin::Stdin,
            recorded: format!("{day}T00:00:00Z").parse().ok(),
            content: None,
        };
        History {
            versions: days.iter().map(version).collect(),
        }
    }

    #[test]
    fn versions_stand_by_their_dates() {
        let axis = Axis::new(&history(&["2019-01-01", "2019-07-02", "2021-01-01"]), 41);
        assert_eq!([0, 1, 2].map(|place| axis.of(place)), [0, 10, 40]);
        assert_eq!(axis.years(), "2019                2020 ");
        assert_eq!(axis.nearest(27), Some(2));
        assert_eq!(axis.nearest(24), Some(1));
    }

    #[test]
    fn a_year_that_has_no_room_is_left_out() {
        let axis = Axis::new(&history(&["2019-12-01", "2020-03-01", "2022-01-01"]), 30);
        assert_eq!(axis.years().trim_end(), " 2020          2021");
        assert_eq!(axis.years().find("2019"), None);
    }

    #[test]
    fn without_dates_they_stand_one_after_the_other() {
        let mut undated = history(&["2019-01-01", "2019-07-02", "2021-01-01"]);
        undated.versions[1].recorded = None;
        let axis = Axis::new(&undated, 41);
        assert_eq!([0, 1, 2].map(|place| axis.of(place)), [0, 20, 40]);
        assert_eq!(axis.years(), "");
        let axis = Axis::new(&history(&["2019-01-01"]), 41);
        assert_eq!(axis.of(0), 0);
    }
}
