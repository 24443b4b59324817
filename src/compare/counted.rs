//! The changes of a comparison, each with the one class that it is counted and listed by, and the words
//! for it: the same on the command line and on the screen.

use super::{Class, Comparison, Row, RowKind, changed_links};
use crate::model::{Pair, Policy};

/// What a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeClass {
    /// Changed in wording so that the statement turned: permitted before, denied now.
    Turned,
    /// Changed in wording.
    Wording,
    /// Changed in numbers only.
    Numbers,
    /// Moved.
    Moved,
    /// Moved, and changed.
    MovedAndEdited,
    /// Only on the right.
    Added,
    /// Only on the left.
    Removed,
    /// The same words, a link of which leads elsewhere.
    Link,
    /// Changed in form only.
    Formatting,
    /// By topic: the two contradict each other.
    Opposed,
    /// By topic: on the same matter, and not the same.
    Different,
    /// By topic: only the left says it.
    OnlyLeft,
    /// By topic: only the right says it.
    OnlyRight,
    /// By topic: nearly the same.
    Similar,
}

impl ChangeClass {
    /// Every class, in the order in which they are counted.
    pub const ALL: [Self; 14] = [
        Self::Turned,
        Self::Wording,
        Self::Numbers,
        Self::Moved,
        Self::MovedAndEdited,
        Self::Added,
        Self::Removed,
        Self::Link,
        Self::Formatting,
        Self::Opposed,
        Self::Different,
        Self::OnlyLeft,
        Self::OnlyRight,
        Self::Similar,
    ];

    /// The class of a row of a comparison; none where both sides say the same.
    fn of(row: usize, comparison: &Comparison) -> Option<Self> {
        let content = comparison.rows.get(row)?;
        if comparison.turn(row).is_some() {
            return Some(Self::Turned);
        }
        Some(match content.kind {
            RowKind::Same | RowKind::Contrary => return None,
            RowKind::Changed => match content.class {
                Class::Wording => Self::Wording,
                Class::Numbers => Self::Numbers,
                _ if comparison.is_relinked(row) => Self::Link,
                Class::None | Class::Formatting | Class::Order => Self::Formatting,
            },
            RowKind::Moved => Self::Moved,
            RowKind::MovedAndEdited => Self::MovedAndEdited,
            // A rule or a bullet that came or went.
            RowKind::Added | RowKind::Removed if content.class <= Class::Formatting => {
                Self::Formatting
            }
            RowKind::Added => Self::Added,
            RowKind::Removed => Self::Removed,
            RowKind::Similar if content.class == Class::Numbers => Self::Numbers,
            RowKind::Similar => Self::Similar,
            RowKind::Different => Self::Different,
            RowKind::Opposed => Self::Opposed,
            RowKind::OnlyLeft => Self::OnlyLeft,
            RowKind::OnlyRight => Self::OnlyRight,
        })
    }

    /// A word or two for the class, at most ten columns wide.
    pub fn label(self) -> &'static str {
        match self {
            Self::Turned => "turned",
            Self::Wording => "wording",
            Self::Numbers => "numbers",
            Self::Moved => "moved",
            Self::MovedAndEdited => "moved ~",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Link => "links",
            Self::Formatting => "of form",
            Self::Opposed => "opposed",
            Self::Different => "different",
            Self::OnlyLeft => "only left",
            Self::OnlyRight => "only right",
            Self::Similar => "similar",
        }
    }

    /// So many changes of the class in words: `1 in numbers`, `12 reworded`.
    pub fn counted(self, count: usize) -> String {
        let words = match self {
            Self::Wording => "reworded",
            Self::Numbers => "in numbers",
            Self::MovedAndEdited => "moved and edited",
            Self::Link if count == 1 => "link changed",
            Self::Link => "links changed",
            Self::Formatting => "in form",
            other => other.label(),
        };
        format!("{count} {words}")
    }

    /// Whether only one side has it.
    pub fn is_one_sided(self) -> bool {
        matches!(
            self,
            Self::Added | Self::Removed | Self::OnlyLeft | Self::OnlyRight
        )
    }

    /// Whether it says so little that it is listed only when it is asked for.
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Link | Self::Formatting | Self::Similar)
    }
}

impl Comparison {
    /// The rows that are changes, each with its class. A move is one change, and stands where it went.
    pub fn changes(&self) -> impl Iterator<Item = (usize, ChangeClass)> + '_ {
        let here =
            |(_, row): &(usize, &Row)| !(row.partner.is_some() && row.clauses.right.is_empty());
        let rows = self.rows.iter().enumerate().filter(here);
        rows.filter_map(|(at, _)| Some((at, ChangeClass::of(at, self)?)))
    }

    /// By text: whether the words of a row are the same, and a link in them leads elsewhere.
    pub fn is_relinked(&self, row: usize) -> bool {
        self.relinked.binary_search(&row).is_ok()
    }
}

/// How many there are of each class, in the order of [`ChangeClass::ALL`]; those of which there is none
/// are left out.
pub fn counts(changes: impl Iterator<Item = ChangeClass>) -> Vec<(ChangeClass, usize)> {
    let mut counts = [0; ChangeClass::ALL.len()];
    for class in changes {
        counts[class as usize] += 1;
    }
    let counts = ChangeClass::ALL.into_iter().zip(counts);
    counts.filter(|(_, count)| *count > 0).collect()
}

/// The rows whose words are the same and of which a link leads elsewhere, in their order.
pub(super) fn relinked(policies: Pair<&Policy>, rows: &[Row]) -> Vec<usize> {
    let rows = rows.iter().enumerate();
    let form = rows.filter(|(_, row)| row.class == Class::Formatting);
    let relinked = form.filter(|(_, row)| !changed_links(policies, row).is_empty());
    relinked.map(|(at, _)| at).collect()
}
