//! What does not hold together in a side by itself, and the clauses it is about.

use super::{CompareView, Ctx};
use crate::compare::Row;
use crate::library::PolicyId;
use crate::model::{Issue, Pair, Policy, Side};
use crate::tui::effect::{Effect, Request};

/// What was found in both sides; nothing where a side was not looked into yet.
#[derive(Debug)]
pub(super) struct Findings(Pair<Vec<Issue>>);

impl Findings {
    /// The findings about the clauses of a side that stand in a row.
    pub(super) fn on<'a>(
        &'a self,
        row: &'a Row,
        side: Side,
        policy: &'a Policy,
    ) -> impl Iterator<Item = &'a Issue> {
        self.0[side].iter().filter(move |issue| {
            let mut clauses = row.clauses[side].iter();
            clauses.any(|&id| {
                issue
                    .quotes
                    .iter()
                    .any(|quote| quote == policy.clause_text(id))
            })
        })
    }
}

impl CompareView {
    pub(super) fn findings(&self, ctx: &Ctx<'_>) -> Findings {
        let known = |id: PolicyId| ctx.library.known_findings(id).unwrap_or_default();
        Findings(Pair::new(known(self.pair.left), known(self.pair.right)))
    }

    /// Asks for what was not looked for yet.
    pub(super) fn look_into(&self, ctx: &Ctx<'_>) -> Effect {
        let sides = [self.pair.left, self.pair.right].into_iter();
        let unknown: Vec<PolicyId> = sides
            .filter(|id| !ctx.library.is_looked_into(*id))
            .collect();
        match unknown.is_empty() {
            true => Effect::None,
            false => Effect::Ask(Request::LookInto(unknown)),
        }
    }
}
