//! What does not hold together in a policy, as issues that quote it.

use super::dangling;
use super::practices::Contradiction;
use crate::model::{ClauseId, Issue, IssueKind, Policy};

/// Contradictions and announced lists that are missing.
pub(super) fn all(policy: &Policy, contradictions: Vec<Contradiction>) -> Vec<Issue> {
    let path = policy.provenance.origin.path();
    let issue = |kind, message: String, clauses: &[ClauseId]| {
        let mut issue = Issue::new(path.clone(), kind, message);
        let first = clauses
            .first()
            .and_then(|id| policy.clauses.get(id.index()));
        issue.line = first.map(|clause| policy.line_of(clause.span.start));
        let quote = |id: &ClauseId| policy.clause_text(*id).to_owned();
        issue.quotes = clauses.iter().map(quote).collect();
        issue
    };
    let contradictions = contradictions.into_iter().map(|found| {
        let message = format!(
            "two statements about {} do not go together; the innocent reading: {}",
            found.about, found.innocent
        );
        issue(
            IssueKind::Contradiction,
            message,
            &[found.denied, found.asserted],
        )
    });
    let dangling = dangling::references(policy).into_iter().map(|clause| {
        let message = "a list is announced here, and none follows".to_owned();
        issue(IssueKind::DanglingReference, message, &[clause])
    });
    contradictions.chain(dangling).collect()
}
