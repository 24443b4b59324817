//! What a library consists of at this moment, document by document, told without reading any text:
//! by size and time of modification, or by the name of a blob.

use crate::model::{History, Origin};
use crate::source::{Catalog, Found};
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use xxhash_rust::xxh3::Xxh3Default;

/// A file that was modified this shortly before it was looked at may be modified again without its
/// time telling: it is looked at anew next time.
const TICK: Duration = Duration::from_millis(100);

/// The same on file systems that count time in whole seconds, or pairs of them.
const COARSE_TICK: Duration = Duration::from_secs(2);

/// A version that is to be in the index.
#[derive(Clone, Debug)]
pub(super) struct PlannedVersion {
    pub(super) found: Found,
    pub(super) print: Print,
}

/// What a version is recognised by without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Print {
    /// The size of the file in bytes; none for a blob, which its name recognises, and for a file
    /// that is not there or changes at this moment.
    pub(super) size: Option<u64>,
    /// Nanoseconds since 1970.
    pub(super) modified: Option<i64>,
}

/// A document that is to be in the index.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) found: Found,
    /// What it is known by over time.
    pub(super) identity: String,
    /// The place of its current version.
    pub(super) place: u32,
    /// Its versions as the source tells them; none for a document of one version.
    pub(super) history: Option<Arc<History>>,
    pub(super) versions: Vec<PlannedVersion>,
    /// What it is recognised by without its history; none when it cannot be.
    pub(super) glance: Option<u128>,
    /// What all its versions are recognised by; none when one of them cannot be.
    pub(super) fingerprint: Option<u128>,
}

/// What a document is known and recognised by before histories are walked.
pub(super) struct Glance {
    pub(super) identity: String,
    pub(super) print: Option<u128>,
}

/// Documents at a glance, looked at in parallel.
pub(super) fn glance(found: &[Found]) -> Vec<Glance> {
    let now = SystemTime::now();
    found
        .par_iter()
        .map(|found| glance_at(found, &versions(found, found.history.as_deref(), now)))
        .collect()
}

fn glance_at(found: &Found, versions: &[PlannedVersion]) -> Glance {
    Glance {
        identity: identity(found),
        print: fingerprint(versions, place(found, versions)),
    }
}

/// Waits until files that were written just now can be recognised by their time.
pub(super) fn settle(plan: &[Planned]) -> bool {
    let is_file = |origin: &Origin| match origin {
        Origin::File(path) => path.is_file(),
        _ => false,
    };
    let racy = |planned: &Planned| {
        let unknown = |version: &&PlannedVersion| version.print.size.is_none();
        let mut files = planned.versions.iter().filter(unknown);
        // A file of a work tree is recognised by itself, though its versions lie in the repository.
        (planned.glance.is_none() && is_file(&planned.found.origin))
            || files.any(|version| is_file(&version.found.origin))
    };
    let waits = plan.iter().any(racy);
    if waits {
        std::thread::sleep(TICK);
    }
    waits
}

/// The documents of a catalog, in its order, with the histories that were walked.
pub(super) fn plan(
    catalog: &Catalog,
    history_of: impl Fn(&Found) -> Option<Arc<History>> + Sync,
) -> Vec<Planned> {
    let now = SystemTime::now();
    let found = catalog.found.par_iter();
    found
        .map(|found| planned(found, history_of(found), now))
        .collect()
}

fn planned(found: &Found, history: Option<Arc<History>>, now: SystemTime) -> Planned {
    let known = versions(found, found.history.as_deref(), now);
    let glance = glance_at(found, &known);
    let versions = match &history {
        Some(history) => versions(found, Some(history), now),
        None => known,
    };
    let place = place(found, &versions);
    Planned {
        place: u32::try_from(place).unwrap_or(u32::MAX),
        fingerprint: fingerprint(&versions, place),
        found: found.clone(),
        identity: glance.identity,
        glance: glance.print,
        history: history.or_else(|| found.history.clone()),
        versions,
    }
}

fn versions(found: &Found, history: Option<&History>, now: SystemTime) -> Vec<PlannedVersion> {
    let planned = |found: Found| PlannedVersion {
        print: print(&found.origin, now),
        found,
    };
    let Some(history) = history else {
        return vec![planned(found.clone())];
    };
    let all = history.versions.iter();
    all.map(|version| planned(found.version(version))).collect()
}

/// The place of the current version: the last that lies where the document does, or has its bytes,
/// else the newest.
fn place(found: &Found, versions: &[PlannedVersion]) -> usize {
    let last = |test: &dyn Fn(&Origin) -> bool| {
        versions
            .iter()
            .rposition(|version| test(&version.found.origin))
    };
    let same_bytes = |other: &Origin| match (&found.origin, other) {
        (Origin::Git(one), Origin::Git(other)) => one.blob == other.blob,
        _ => false,
    };
    last(&|other| *other == found.origin)
        .or_else(|| last(&same_bytes))
        .unwrap_or(versions.len().saturating_sub(1))
}

/// A document of several files is known by their folder and what it is filed as, any other by its
/// place.
fn identity(found: &Found) -> String {
    match &found.origin {
        Origin::Git(place) => format!("{}:{}", place.repository.display(), place.path),
        origin if found.history.is_some() => {
            let path = origin.path();
            let folder = path.parent().unwrap_or(Path::new("")).display();
            let filed = &found.filed;
            let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
            format!(
                "{folder}:{}:{}",
                or_none(&filed.site),
                or_none(&filed.terms)
            )
        }
        origin => origin.path().display().to_string(),
    }
}

fn print(origin: &Origin, now: SystemTime) -> Print {
    let Origin::File(path) = origin else {
        return Print::default();
    };
    let Ok(data) = std::fs::metadata(path) else {
        return Print::default();
    };
    let Ok(modified) = data.modified() else {
        return Print::default();
    };
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    let tick = if since.subsec_nanos() == 0 {
        COARSE_TICK
    } else {
        TICK
    };
    let racy = now.checked_sub(tick).is_none_or(|start| start < modified) && modified <= now + tick;
    if racy {
        return Print::default();
    }
    Print {
        size: Some(data.len()),
        modified: i64::try_from(since.as_nanos()).ok(),
    }
}

fn fingerprint(versions: &[PlannedVersion], place: usize) -> Option<u128> {
    let mut hasher = Xxh3Default::new();
    hasher.update(&place.to_le_bytes());
    for version in versions {
        let known = |number: Option<i64>| number.map(i64::to_le_bytes);
        match &version.found.origin {
            Origin::Git(place) => hasher.update(place.blob.as_bytes()),
            _ => {
                let size = version.print.size.and_then(|size| i64::try_from(size).ok());
                hasher.update(&known(size)?);
                hasher.update(&known(version.print.modified)?);
            }
        }
        hasher.update(version.found.origin.path().as_os_str().as_encoded_bytes());
        let recorded = version.found.filed.recorded.map(|time| time.as_second());
        hasher.update(&known(recorded).unwrap_or_default());
        hasher.update(b"\0");
    }
    for filed in [
        &versions.first()?.found.filed.site,
        &versions.first()?.found.filed.terms,
    ] {
        hasher.update(filed.as_deref().unwrap_or("\0").as_bytes());
        hasher.update(b"\0");
    }
    Some(hasher.digest128())
}
