//! Archives as they are: every version is found, as the git program lists it.

use super::archive::{Archive, Version, size};
use super::{find, histories, told};
use policy_tui::model::Origin;
use std::collections::BTreeMap;

/// The contents of documents by their paths, oldest first.
type Contents = BTreeMap<String, Vec<String>>;

#[test]
fn every_version_of_a_real_archive_is_found() {
    // REAL_ARCHIVES=2 takes in the large one.
    let bundles = ["ota-dating.bundle", "ota-contrib.bundle"];
    for bundle in bundles.into_iter().take(size("REAL_ARCHIVES", 1)) {
        let Some(archive) = Archive::open(bundle) else {
            continue;
        };
        let catalog = find(archive.folder());
        let listed = catalog.found.iter().map(|found| blob(&found.origin));
        assert_same(collect(listed), by_git(archive.current()));
        let histories = histories(archive.folder());
        assert_eq!(told(&histories.issues), [""; 0]);
        let versions = histories
            .by_path
            .values()
            .flat_map(|history| &history.versions);
        let found = collect(versions.map(|version| blob(&version.origin)));
        assert_same(found, by_git(archive.history()));
    }
}

/// The path of a document and its content.
fn blob(origin: &Origin) -> (String, String) {
    match origin {
        Origin::Git(place) => (place.path.to_string(), place.blob.clone()),
        other => panic!("{other:?} does not lie in git"),
    }
}

fn by_git(versions: Vec<Version>) -> Contents {
    collect(
        versions
            .into_iter()
            .map(|version| (version.path, version.blob)),
    )
}

/// The same content twice in a row is one version, and only what the tests' own reading of git takes
/// for a policy is looked at.
fn collect(pairs: impl Iterator<Item = (String, String)>) -> Contents {
    let mut contents = Contents::new();
    for (path, blob) in pairs.filter(|(path, _)| path.ends_with("/Privacy Policy.md")) {
        let blobs = contents.entry(path).or_default();
        if blobs.last() != Some(&blob) {
            blobs.push(blob);
        }
    }
    contents
}

#[track_caller]
fn assert_same(found: Contents, expected: Contents) {
    assert!(!expected.is_empty(), "git lists nothing");
    let paths: Vec<_> = found.keys().chain(expected.keys()).collect();
    for path in paths {
        assert_eq!(found.get(path), expected.get(path), "{path}");
    }
}
