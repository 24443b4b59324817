//! Statements of one policy that do not go together.

use super::ask::Claim;
use super::pattern::Pattern;
use crate::model::ClauseId;

/// Two kinds of statement that do not go together.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// What both speak of.
    pub(super) about: String,
    /// Statements that it never happens.
    pub(super) denies: Vec<Pattern>,
    /// Statements that it does.
    pub(super) asserts: Vec<Pattern>,
    /// How both may be true.
    pub(super) innocent: String,
}

/// A denial and an assertion of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::classify) struct Contradiction {
    pub(in crate::classify) about: String,
    pub(in crate::classify) innocent: String,
    pub(in crate::classify) denied: ClauseId,
    pub(in crate::classify) asserted: ClauseId,
}

/// At most one contradiction a conflict: the first denial, and the assertion nearest to it.
pub(super) fn contradictions(conflicts: &[Conflict], claims: &[Claim]) -> Vec<Contradiction> {
    let of = |place: usize, denies: bool| {
        claims
            .iter()
            .filter(move |claim| claim.conflict == place && claim.denies == denies)
    };
    let told = conflicts
        .iter()
        .enumerate()
        .filter_map(|(place, conflict)| {
            let denied = of(place, true).next()?.clause;
            let asserted = of(place, false)
                .filter(|claim| claim.clause != denied)
                .min_by_key(|claim| claim.clause.0.abs_diff(denied.0))?
                .clause;
            Some(Contradiction {
                about: conflict.about.clone(),
                innocent: conflict.innocent.clone(),
                denied,
                asserted,
            })
        });
    told.collect()
}
