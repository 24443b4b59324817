//! What of a comparison is shown, and how; and the classes that changes are listed by.

use crate::compare::{Class, Comparison, Row, RowKind};
use crate::model::{Side, Topic};
use crate::tui::panel::Panel;
use rustc_hash::FxHashSet;

/// What a change is, as the list of changes names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeClass {
    /// Changed in wording so that the statement turned: permitted before, denied now.
    Turned,
    Wording,
    Numbers,
    Moved,
    MovedAndEdited,
    Added,
    Removed,
    Formatting,
    Opposed,
    Different,
    OnlyLeft,
    OnlyRight,
    Similar,
}

impl ChangeClass {
    /// Every class, in the order in which they are counted.
    pub(super) const ALL: [Self; 13] = [
        Self::Turned,
        Self::Wording,
        Self::Numbers,
        Self::Moved,
        Self::MovedAndEdited,
        Self::Added,
        Self::Removed,
        Self::Formatting,
        Self::Opposed,
        Self::Different,
        Self::OnlyLeft,
        Self::OnlyRight,
        Self::Similar,
    ];

    /// The class of a row of a comparison; none where both sides say the same.
    pub(super) fn of(row: usize, comparison: &Comparison) -> Option<Self> {
        let content = comparison.rows.get(row)?;
        if comparison.turn(row).is_some() {
            return Some(Self::Turned);
        }
        Some(match content.kind {
            RowKind::Same | RowKind::Contrary => return None,
            RowKind::Changed => match content.class {
                Class::Wording => Self::Wording,
                Class::Numbers => Self::Numbers,
                Class::None | Class::Formatting | Class::Order => Self::Formatting,
            },
            RowKind::Moved => Self::Moved,
            RowKind::MovedAndEdited => Self::MovedAndEdited,
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

    /// A word or two, at most ten columns wide.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Turned => "turned",
            Self::Wording => "wording",
            Self::Numbers => "numbers",
            Self::Moved => "moved",
            Self::MovedAndEdited => "moved ~",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Formatting => "of form",
            Self::Opposed => "opposed",
            Self::Different => "different",
            Self::OnlyLeft => "only left",
            Self::OnlyRight => "only right",
            Self::Similar => "similar",
        }
    }

    /// Whether only one side has it.
    pub(super) fn is_one_sided(self) -> bool {
        matches!(
            self,
            Self::Added | Self::Removed | Self::OnlyLeft | Self::OnlyRight
        )
    }

    /// Whether it says so little that it is listed only when it is asked for.
    pub(super) fn is_quiet(self) -> bool {
        matches!(self, Self::Formatting | Self::Similar)
    }
}

/// What of a comparison is shown, and how.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Only this topic.
    pub(super) topic: Option<Topic>,
    /// In the list of changes, only this class.
    pub(super) class: Option<ChangeClass>,
    /// Also changes of form.
    pub(super) form: bool,
    /// One column or two; none lets the width decide.
    pub(super) unified: Option<bool>,
    /// Everything folded out.
    pub(super) all: bool,
    /// What is folded out, by the first row of the comparison in it.
    pub(super) open: FxHashSet<usize>,
    /// The moved row whose ends stand level.
    pub(super) level: Option<usize>,
    /// By practice: the side whose cell the cursor is in.
    pub(super) cell: Side,
    /// The words that the topics of the row under the cursor rest on.
    pub(super) grounds: Panel,
}

impl Shown {
    /// Whether changes of form are shown: because of the key, or because the list is about them.
    pub(super) fn shows_form(&self) -> bool {
        self.form || self.class == Some(ChangeClass::Formatting)
    }

    /// Whether what folds away at a row is folded out.
    pub(super) fn is_open(&self, row: usize) -> bool {
        self.all || self.open.contains(&row)
    }

    /// Whether a row is on the topic that is shown alone, if one is.
    pub(super) fn is_on_topic(&self, row: &Row, comparison: &Comparison) -> bool {
        let Some(topic) = self.topic else {
            return true;
        };
        let holds = |side: Side, verdict: &crate::compare::TopicVerdict| {
            row.clauses[side]
                .iter()
                .any(|id| verdict.clauses[side].binary_search(id).is_ok())
        };
        row.topic == Some(topic)
            || comparison
                .topics
                .iter()
                .filter(|found| found.topic == topic && found.rows.is_empty())
                .any(|found| Side::BOTH.into_iter().any(|side| holds(side, found)))
    }
}
