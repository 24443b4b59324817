//! What of a comparison is shown, and how.

use crate::compare::{ChangeClass, Comparison, Row};
use crate::model::{Side, Topic};
use crate::tui::panel::Panel;
use rustc_hash::FxHashSet;

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
        self.form
            || matches!(
                self.class,
                Some(ChangeClass::Formatting | ChangeClass::Link)
            )
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
