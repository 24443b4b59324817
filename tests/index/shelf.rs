//! Small libraries made for these tests.

use policy_tui::classify::Classifier;
use policy_tui::library::index::Cache;
use policy_tui::library::search::{Hit, Query, Results, Wanted};
use policy_tui::library::{Library, Loader, Request};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of policies beside a folder for its index.
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
    classifier: Arc<Classifier>,
}

/// Sentences that the policies are made of.
const SENTENCES: [&str; 14] = [
    "We use cookies and similar technologies to remember your settings.",
    "We do not sell your personal information to third parties.",
    "We may share data with our partners and affiliates.",
    "You can opt out of marketing emails at any time.",
    "Your data is kept for 90 days after you delete your account.",
    "We never knowingly collect information from children under 13.",
    "Cookies may be set by third-party advertisers.",
    "We encrypt personal data in transit and at rest.",
    "This policy may change from time to time.",
    "You have the right to access, correct and delete your data.",
    "We disclose information only if required by law.",
    "Our café in Zürich keeps guests’ e-mail addresses.",
    "We do not respond to Do Not Track signals.",
    "We sell nothing, and we share nothing unless you consent.",
];

impl Shelf {
    /// A library of so many documents, of which every third has several versions.
    pub(crate) fn new(documents: usize, seed: u64) -> Self {
        let shelf = Self {
            folder: tempfile::tempdir().unwrap(),
            classifier: Arc::new(Classifier::builtin()),
        };
        std::fs::create_dir_all(shelf.policies()).unwrap();
        let mut random = fastrand::Rng::with_seed(seed);
        for number in 0..documents {
            if number.is_multiple_of(3) {
                for month in 1..=random.u8(2..5) {
                    let name =
                        format!("Service {number}/Privacy Policy/2020-0{month}-01T00-00-00Z.md");
                    shelf.write(&name, &text(&mut random));
                }
            } else {
                shelf.write(&format!("flat/site{number}.com.md"), &text(&mut random));
            }
        }
        shelf
    }

    pub(crate) fn policies(&self) -> PathBuf {
        self.folder.path().join("policies")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// The index, once it was made.
    pub(crate) fn file(&self) -> PathBuf {
        self.files_of_cache("sqlite").pop().expect("an index")
    }

    pub(crate) fn files_of_cache(&self, ending: &str) -> Vec<PathBuf> {
        let Ok(inside) = std::fs::read_dir(self.cache()) else {
            return Vec::new();
        };
        let paths = inside.map(|entry| entry.unwrap().path());
        paths
            .filter(|path| path.extension().is_some_and(|e| e == ending))
            .collect()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.policies().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A loader that keeps an index of however few documents.
    pub(crate) fn loader(&self) -> Loader {
        self.reading().with_cache(Cache::new(self.cache()), 0, 1)
    }

    /// A loader that keeps none.
    pub(crate) fn reading(&self) -> Loader {
        Loader::new(Arc::clone(&self.classifier))
    }

    pub(crate) fn request(&self) -> Request {
        let mut request = Request::new(vec![self.policies()]);
        request.histories = true;
        request
    }

    /// Brings the index up to date; how many versions were read for it.
    pub(crate) fn update(&self) -> usize {
        let updated = self
            .loader()
            .update_index(&self.request(), false, &mut |_, _| true);
        updated.expect("an index").read
    }

    pub(crate) fn library(&self) -> Library {
        self.loader().load(&self.request())
    }

    /// The same library without an index.
    pub(crate) fn read(&self) -> Library {
        self.reading().load(&self.request())
    }

    /// Fails unless the library with the index is the one without, in all that is told of it.
    pub(crate) fn assert_same(&self) {
        let (with, without) = (self.library(), self.read());
        assert_same_lists(&with, &without);
        for query in QUERIES {
            for versions in [false, true] {
                assert_eq!(
                    found(&with, query, versions),
                    found(&without, query, versions),
                    "{query}, versions: {versions}"
                );
            }
        }
    }
}

pub(crate) const QUERIES: [&str; 14] = [
    "cookies",
    "\"third parties\" OR advertiser",
    "sell NOT never",
    "topic:cookies stance:asserts",
    "stance:denies NOT (children OR sell)",
    "part* after:2020-02 before:2020-04",
    "data site:service",
    "site:\"service 3\"",
    "cafe zurich e-mail",
    "topic:sharing NOT sell type:privacy",
    "nothingatall",
    "we (share OR sell) NOT site:flat",
    "before:2021",
    "polic* OR address*",
];

/// A policy of random sentences.
pub(crate) fn text(random: &mut fastrand::Rng) -> String {
    let mut text = String::from("# Privacy Policy\n\n");
    for section in 0..random.usize(1..4) {
        text.push_str(&format!(
            "## {}\n\n",
            ["Cookies", "Sharing", "Your rights"][section]
        ));
        for _ in 0..random.usize(1..4) {
            for _ in 0..random.usize(1..4) {
                text.push_str(SENTENCES[random.usize(..SENTENCES.len())]);
                text.push(' ');
            }
            text.push_str("\n\n");
        }
        if random.bool() {
            text.push_str("We collect:\n\n- your name\n- your address\n- cookies\n\n");
        }
    }
    text
}

/// What a hit is, apart from how well it fits.
pub(crate) fn hit(library: &Library, hit: &Hit) -> String {
    let name = &library.get(hit.policy).unwrap().name;
    let marks: Vec<&str> = hit.marks.iter().map(|mark| mark.of(&hit.text)).collect();
    format!(
        "{name} {:?} #{} {} {marks:?} {:?} {:?} {:?} {:?} {:?}",
        hit.place,
        hit.clause.0,
        hit.text,
        hit.kind,
        hit.topics,
        hit.stance,
        hit.held,
        library.span_of(hit)
    )
}

pub(crate) fn all(library: &Library, results: &Results) -> BTreeSet<String> {
    results.hits().map(|found| hit(library, found)).collect()
}

pub(crate) fn found(library: &Library, query: &str, versions: bool) -> BTreeSet<String> {
    let query = Query::parse(query).unwrap();
    let results = library.search(&query, &Wanted::all(versions));
    assert!(!results.more);
    all(library, &results)
}

/// Fails unless two libraries list the same.
pub(crate) fn assert_same_lists(with: &Library, without: &Library) {
    let listed = |library: &Library| {
        let entries = library.entries().iter();
        entries
            .map(|e| {
                (
                    e.name.clone(),
                    (*e.facts).clone(),
                    e.history.clone(),
                    e.place,
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(with), listed(without));
    let mut issues = [with.issues().to_vec(), without.issues().to_vec()];
    issues
        .iter_mut()
        .for_each(|issues| issues.sort_by_key(|issue| format!("{issue:?}")));
    assert_eq!(issues[0], issues[1]);
    for id in with.ids() {
        let both = [with, without].map(|library| library.get(id).unwrap().policy().text.clone());
        assert_eq!(both[0], both[1]);
    }
}

/// What every file under a folder holds.
pub(crate) fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else {
            let bytes = std::fs::read(&path).unwrap();
            all.push((path, bytes));
        }
    }
    all.sort();
    all
}
