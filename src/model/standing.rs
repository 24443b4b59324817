//! Where a clause stands in its policy, as a person would say it.

use super::{ClauseId, ClauseKind, Policy};

/// A place among the headings of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Under a heading.
    Under(&'a str),
    /// After what stands under a heading; a heading does not stand under itself.
    AfterHeading(&'a str),
    /// After a clause, where no heading stands above.
    After(ClauseId),
    /// At the top.
    Top,
}

impl Policy {
    /// Where a clause stands.
    pub fn standing(&self, id: ClauseId) -> Standing<'_> {
        let clause = self.clauses.get(id.index());
        let section = clause
            .filter(|clause| clause.kind != ClauseKind::Heading)
            .and_then(|clause| clause.section);
        if let Some(section) = section {
            return Standing::Under(self.heading(section));
        }
        let before = id.index().checked_sub(1).map(ClauseId::new);
        let known = before.and_then(|id| Some((id, self.clauses.get(id.index())?)));
        match known {
            Some((id, clause)) => clause.section.map_or(Standing::After(id), |section| {
                Standing::AfterHeading(self.heading(section))
            }),
            None => Standing::Top,
        }
    }
}
