//! How often policies at large speak of a concept: what everyone says tells no clause from another.

use super::word_classes::class_key;
use super::word_key;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Lines of a count and the concepts that stand in so many of 10,000 clauses; `#` opens a comment.
/// A concept is a stem, or `@` and the name of a class of `words.toml`.
const DATA: &str = include_str!("../../../assets/compare/background.txt");
/// The share of clauses of a concept that is not listed.
const RARE: f32 = 0.0003;

static BACKGROUND: LazyLock<FxHashMap<u64, f32>> = LazyLock::new(|| {
    let mut shares = FxHashMap::default();
    for line in DATA.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let count = words.next().and_then(|count| count.parse::<f32>().ok());
        for word in words {
            let key = match word.strip_prefix('@') {
                Some(class) => class_key(class),
                None => word_key(word),
            };
            shares.insert(key, count.unwrap_or_default() / 10_000.0);
        }
    }
    shares
});

/// The share of clauses of policies at large in which a concept stands, from 0 to 1.
pub(super) fn share(concept: u64) -> f32 {
    BACKGROUND.get(&concept).copied().unwrap_or(RARE)
}

/// How much a concept tells, from 0 to 1, when it stands in this share of the clauses.
pub(super) fn telling(share: f32) -> f32 {
    (share.max(RARE).ln() / RARE.ln()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::topics::{lexicon, meaning};
    use crate::compare::{language, testing};
    use crate::model::ClauseId;
    use rustc_hash::FxHashSet;
    use std::collections::BTreeMap;
    use std::path::Path;

    /// Concepts in fewer clauses than this count as rare.
    const LISTED: usize = 20;

    #[test]
    fn what_everyone_says_tells_less() {
        let telling = |concept| telling(share(concept));
        let (using, cookie) = (class_key("use"), class_key("cookie"));
        assert!(telling(class_key("data")) < telling(using));
        assert!(telling(using) < telling(cookie));
        assert!(telling(cookie) < telling(word_key("subpoenaed")));
        assert_eq!(telling(word_key("subpoenaed")), 1.0);
    }

    /// Writes the file anew from a folder of policies in English:
    /// `POLICIES=folder cargo test write_background -- --ignored`.
    #[test]
    #[ignore = "writes assets/compare/background.txt from the folder that POLICIES names"]
    fn write_background() {
        let folder = std::env::var("POLICIES").unwrap();
        let mut clauses = FxHashSet::default();
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        let mut files = 0;
        for text in texts(Path::new(&folder)) {
            let policy = testing::policy(&text);
            if language::language(&policy) != Some("english") {
                continue;
            }
            files += 1;
            let mut reader = meaning::Reader::new(&policy);
            for index in 0..policy.clauses.len() {
                let id = ClauseId::new(index);
                if clauses.insert(policy.clause_text(id).to_owned()) {
                    let names = lexicon::names(policy.clause_text(id));
                    let mut keys: Vec<u64> =
                        reader.read(id).concepts.iter().map(|c| c.key).collect();
                    keys.sort_unstable();
                    keys.dedup();
                    for name in keys.iter().filter_map(|key| names.get(key)) {
                        *counts.entry(name.clone()).or_default() += 1;
                    }
                }
            }
        }
        let mut bands: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (name, count) in counts.into_iter().filter(|(_, count)| *count >= LISTED) {
            bands
                .entry(band(count * 10_000 / clauses.len()))
                .or_default()
                .push(name);
        }
        let mut out = format!(
            "# How often policies speak of a concept: in how many of 10,000 clauses, in steps.\n\
             # A word is a stem; @ marks a class of words.toml. Counted by write_background in\n\
             # src/compare/background.rs over {} clauses of {files} policies (texts: Open Terms\n\
             # Archive contributors, ODC-BY 1.0).\n",
            clauses.len()
        );
        for (count, mut names) in bands.into_iter().rev() {
            names.sort();
            out.push_str(&format!("{count} {}\n", names.join(" ")));
        }
        std::fs::write("assets/compare/background.txt", out).unwrap();
    }

    /// The nearest step below, eight to a factor of ten.
    fn band(count: usize) -> usize {
        let step = ((count.max(3) as f32).log10() * 8.0).floor() / 8.0;
        10_f32.powf(step).round() as usize
    }

    fn texts(folder: &Path) -> Vec<String> {
        let mut texts = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                texts.extend(self::texts(&entry.path()));
            } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
                texts.push(text);
            }
        }
        texts
    }
}
