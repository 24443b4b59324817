//! Statements of one policy that do not go together.

use super::layout::Layout;
use crate::model::ClauseId;

/// A denial and an assertion of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::classify) struct Contradiction {
    pub(in crate::classify) about: String,
    pub(in crate::classify) innocent: String,
    pub(in crate::classify) denied: ClauseId,
    pub(in crate::classify) asserted: ClauseId,
}

/// The statements of a policy that are sides of conflicts. Of each conflict no more is kept than its
/// contradiction needs, however long the policy is.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// By conflict.
    sides: Vec<Sides>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sides {
    /// The first denial.
    denied: Option<ClauseId>,
    /// The assertion nearest to it; the last one while nothing is denied.
    asserted: Option<ClauseId>,
}

impl Claims {
    pub(super) fn new(conflicts: usize) -> Self {
        Self {
            sides: vec![Sides::default(); conflicts],
        }
    }

    /// Notes a denial. Claims come in the order of clauses, in one clause denials first.
    pub(super) fn denied(&mut self, conflict: usize, clause: ClauseId) {
        if let Some(sides) = self.sides.get_mut(conflict) {
            sides.denied.get_or_insert(clause);
        }
    }

    /// Notes an assertion.
    pub(super) fn asserted(&mut self, conflict: usize, clause: ClauseId) {
        let Some(sides) = self.sides.get_mut(conflict) else {
            return;
        };
        let nearer = sides.denied.is_none_or(|denied| {
            let distance = |clause: ClauseId| clause.0.abs_diff(denied.0);
            let known = sides.asserted.map_or(u32::MAX, distance);
            clause != denied && distance(clause) < known
        });
        if nearer {
            sides.asserted = Some(clause);
        }
    }

    /// At most one contradiction a conflict: the first denial, and the assertion nearest to it.
    pub(super) fn contradictions(&self, layout: &Layout<'_>) -> Vec<Contradiction> {
        let told = layout.conflicts.iter().zip(&self.sides);
        let told = told.filter_map(|(conflict, sides)| {
            Some(Contradiction {
                about: layout.text(conflict.about).to_owned(),
                innocent: layout.text(conflict.innocent).to_owned(),
                denied: sides.denied?,
                asserted: sides.asserted?,
            })
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_denial_is_kept_with_the_assertion_nearest_to_it() {
        let found = |claims: &[(bool, u32)]| {
            let mut all = Claims::new(1);
            for &(denies, clause) in claims {
                match denies {
                    true => all.denied(0, ClauseId(clause)),
                    false => all.asserted(0, ClauseId(clause)),
                }
            }
            let Sides { denied, asserted } = all.sides[0];
            (denied.map(|id| id.0), asserted.map(|id| id.0))
        };
        let (no, yes) = (true, false);
        assert_eq!(found(&[(yes, 1), (yes, 4)]), (None, Some(4)));
        assert_eq!(found(&[(no, 5), (yes, 5), (no, 8)]), (Some(5), None));
        assert_eq!(
            found(&[(yes, 1), (yes, 3), (no, 5), (yes, 5), (yes, 7)]),
            (Some(5), Some(3))
        );
        assert_eq!(
            found(&[(yes, 1), (no, 5), (yes, 7), (yes, 6)]),
            (Some(5), Some(6))
        );
    }
}
