//! Equal sentences under equal topics. Labels rest on what stands around a sentence too, so that the same
//! words may get a topic on one side and not on the other; but what both sides say is said by neither
//! alone.

use crate::compare::keys::Text;
use crate::model::{ClauseId, ClauseKind, Pair, Side};
use rustc_hash::FxHashMap;

/// Clauses by what they say.
type ByKey = FxHashMap<(u64, u64), Vec<ClauseId>>;

/// Puts clauses whose words stand on both sides under each topic that they have on either. `clauses` are
/// those of each topic, in document order, and stay so.
pub(super) fn level(clauses: &mut [Pair<Vec<ClauseId>>], texts: Pair<&Text<'_>>) {
    let all = texts.map(by_key);
    for topic in clauses {
        let given = Pair::SIDES.map(|side| counts(&topic[side], texts[side]));
        for side in Side::BOTH {
            let mut lacking: Vec<ClauseId> = Vec::new();
            for (key, wanted) in &given[side.other()] {
                let had = given[side].get(key).copied().unwrap_or(0);
                let own = all[side].get(key).into_iter().flatten();
                let others = own.filter(|id| topic[side].binary_search(id).is_err());
                lacking.extend(others.take(wanted.saturating_sub(had)).copied());
            }
            topic[side].extend(lacking);
            topic[side].sort_unstable();
        }
    }
}

/// How many of the clauses say the same, by what they say.
fn counts(clauses: &[ClauseId], text: &Text<'_>) -> FxHashMap<(u64, u64), usize> {
    let mut counts = FxHashMap::default();
    for id in clauses {
        *counts.entry(key(text, *id)).or_default() += 1;
    }
    counts
}

fn by_key(text: &Text<'_>) -> ByKey {
    let mut found = ByKey::default();
    for (index, clause) in text.policy.clauses.iter().enumerate() {
        if clause.kind != ClauseKind::Heading {
            let id = ClauseId::new(index);
            found.entry(key(text, id)).or_default().push(id);
        }
    }
    found
}

/// What a clause says. An item of a list says it together with what leads the list in: data that is
/// collected is not the data that is shared.
fn key(text: &Text<'_>, id: ClauseId) -> (u64, u64) {
    let clause = text.policy.clauses.get(id.index());
    let lead_in = clause.and_then(|clause| clause.lead_in);
    let led_in_by = lead_in.map_or(0, |lead_in| text.said_key(lead_in.0));
    (text.said_key(id.0), led_in_by)
}
