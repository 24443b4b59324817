//! Which version stands for one that does not hold the policy: for the newest of a document, or for the
//! newest at a date. What holds none is what the timeline says; only as much of the history is read as
//! that takes.

use super::noise;
use super::shelf::{Shelf, Text};
use super::timeline::Timeline;
use crate::library::reader::Reader;
use crate::library::{Library, PolicyId};
use crate::model::{
    History, Issue, IssueKind, Noise, Origin, Policy, Provenance, StandIn, Version,
};
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3Default;

/// So many versions before the newest are looked at. A page that has looked like no policy for longer
/// is what the policy became, such as a help forum.
const REACH: usize = 32;

/// Of a document of no more versions the whole timeline is asked what holds the policy: that takes half a
/// second at most. Of others only neighbours are, so that where a page has gone back and forth for long the
/// timeline may say otherwise.
const WHOLE: usize = 400;

/// Whether a text may be a broken fetch, as far as it tells by itself.
pub(crate) fn may_be_broken(policy: &Policy) -> bool {
    // The reader says so of every text that does not speak of data; only then it is looked at closely.
    let told = |issue: &Issue| issue.kind == IssueKind::NotAPolicy;
    noise::seems(policy, policy.words()).is_some()
        || (policy.issues.iter().any(told) && noise::is_policy(policy) == Some(false))
}

/// The versions that are looked at for the one at `newest`.
fn within_reach(history: &History, newest: usize) -> Option<&[Version]> {
    history.versions.get(newest.saturating_sub(REACH)..=newest)
}

/// A hash of all that [`stand_in`] looks at, but for the bytes of files: whoever keeps what it found
/// has to know that these are the same.
pub(crate) fn rests_on(history: &History, newest: usize) -> u128 {
    let mut hasher = Xxh3Default::new();
    hasher.update(&newest.to_le_bytes());
    for version in within_reach(history, newest).unwrap_or_default() {
        if let Origin::Git(place) = &version.origin {
            hasher.update(place.blob.as_bytes());
            hasher.update(place.path.as_bytes());
        }
        let recorded = version.recorded.map(|time| time.as_second());
        hasher.update(&recorded.map(i64::to_le_bytes).unwrap_or_default());
        hasher.update(b"\0");
    }
    hasher.digest128()
}

/// The version that stands for the one at `newest`, and its text, where that one is a broken fetch.
/// None as well where no sound version is within reach.
pub(crate) fn stand_in(
    reader: &Reader,
    provenance: &Provenance,
    history: &History,
    newest: usize,
) -> Option<(StandIn, Arc<Policy>)> {
    let before = newest.saturating_sub(REACH);
    let within = History {
        versions: within_reach(history, newest)?.to_vec(),
    };
    let mut shelf = Shelf::new(reader, provenance, &within);
    let last = newest - before;
    if !is_doubtful(&shelf.text(last)) {
        return None;
    }
    // From a version that is sound by all appearance on, the timeline tells; so it does from the first.
    let found = (0..last).rev().find(|&place| is_plain(&shelf.text(place)));
    let first = found.or((before == 0).then_some(0))?;
    let steps: Vec<_> = Timeline::from(&mut shelf, first).collect();
    let Some(Noise::Broken { what }) = steps.last()?.noise else {
        return None;
    };
    let mut sound = steps.iter().rev();
    let sound = sound.find(|step| !step.noise.as_ref().is_some_and(Noise::is_accident))?;
    let policy = shelf.text(sound.version).ok()?;
    let place = before + sound.version;
    Some((
        StandIn {
            place,
            newest,
            what,
        },
        policy,
    ))
}

impl Library {
    /// What stands for a version of a policy's document that does not hold the policy.
    pub(in crate::library) fn passing(&self, of: PolicyId, place: usize) -> Option<StandIn> {
        let entry = self.get(of)?;
        let history = entry.history.as_ref()?;
        if let Some(known) = entry.stand_in.filter(|known| known.newest == place) {
            return Some(known);
        }
        if history.versions.len() <= WHOLE || self.known_steps(of).is_some() {
            return StandIn::passing(&self.steps(of), place);
        }
        let mut shelf = Shelf::new(&self.reader, &entry.facts.provenance, history);
        let far = place.saturating_sub(REACH);
        let plain = (far.saturating_sub(REACH)..=far)
            .rev()
            .find(|&place| is_plain(&shelf.text(place)));
        let first = plain.unwrap_or(far);
        let steps: Vec<_> = Timeline::from(&mut shelf, first)
            .take(place + 1 - first)
            .collect();
        StandIn::passing(&steps, place)
    }
}

/// Whether a text is sound by all appearance.
fn is_plain(text: &Text) -> bool {
    text.as_ref().is_ok_and(|policy| !may_be_broken(policy))
}

/// Whether a text does not look like the policy by itself.
fn is_doubtful(text: &Text) -> bool {
    match text {
        Ok(policy) => may_be_broken(policy),
        Err(issue) => issue.kind == IssueKind::Empty,
    }
}
