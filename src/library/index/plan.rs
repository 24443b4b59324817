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
    pub(super) history: Option<Arc<History>>,
    /// What it is known by over time.
    pub(super) identity: String,
    /// The place of its current version.
    pub(super) place: u32,
    pub(super) versions: Vec<PlannedVersion>,
    /// What its versions are recognised by, all at once; none when one of them cannot be.
    pub(super) fingerprint: Option<u128>,
}

/// Waits until files that were written just now can be recognised by their time.
pub(super) fn settle(plan: &[Planned]) -> bool {
    let versions = || plan.iter().flat_map(|planned| &planned.versions);
    let racy = |version: &PlannedVersion| {
        let path = version.found.origin.path();
        let is_file = matches!(version.found.origin, Origin::File(_));
        is_file && version.print.size.is_none() && path.is_file()
    };
    let waits = versions().any(racy);
    if waits {
        std::thread::sleep(TICK);
    }
    waits
}

/// The documents of a catalog, in its order, looked at in parallel.
pub(super) fn plan(
    catalog: &Catalog,
    history_of: impl Fn(&Found) -> Option<Arc<History>> + Sync,
) -> Vec<Planned> {
    let now = SystemTime::now();
    catalog
        .found
        .par_iter()
        .map(|found| planned(found, history_of(found), now))
        .collect()
}

fn planned(found: &Found, history: Option<Arc<History>>, now: SystemTime) -> Planned {
    let versions: Vec<PlannedVersion> = match &history {
        None => vec![PlannedVersion {
            found: found.clone(),
            print: print(&found.origin, now),
        }],
        Some(history) => history
            .versions
            .iter()
            .map(|version| {
                let mut filed = found.filed.clone();
                filed.recorded = version.recorded;
                PlannedVersion {
                    found: Found {
                        origin: version.origin.clone(),
                        filed,
                        history: None,
                    },
                    print: print(&version.origin, now),
                }
            })
            .collect(),
    };
    let place = versions
        .iter()
        .rposition(|version| version.found.origin == found.origin)
        .unwrap_or(versions.len().saturating_sub(1));
    Planned {
        identity: identity(found, history.is_some()),
        place: u32::try_from(place).unwrap_or(u32::MAX),
        fingerprint: fingerprint(&versions, place),
        found: found.clone(),
        history,
        versions,
    }
}

/// A document of several files is known by their folder and what it is filed as, any other by its
/// place.
fn identity(found: &Found, dated: bool) -> String {
    match &found.origin {
        Origin::Git(place) => format!("{}:{}", place.repository.display(), place.path),
        origin if dated => {
            let path = origin.path();
            let folder = path.parent().unwrap_or(Path::new("")).display();
            let filed = &found.filed;
            let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{folder}:{}:{}", or_none(&filed.site), or_none(&filed.terms))
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
    let tick = if since.subsec_nanos() == 0 { COARSE_TICK } else { TICK };
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
    for filed in [&versions.first()?.found.filed.site, &versions.first()?.found.filed.terms] {
        hasher.update(filed.as_deref().unwrap_or("\0").as_bytes());
        hasher.update(b"\0");
    }
    Some(hasher.digest128())
}
