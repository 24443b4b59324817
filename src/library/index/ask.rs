//! Reading an index: what search asks of it.

use super::codec::{Holding, read_list};
use super::correct::Correction;
use super::spelled::{NOW, expression, has_words, phrase, read_wording, spelled};
use super::{Index, Trouble};
use crate::library::PolicyId;
use crate::library::search::{Fitting, Wish};
use crate::library::wording::{self, Wording, topic_word};
use crate::model::{ClauseId, ClauseKind, Topic};
use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Of more wordings than this only the first that were read are ranked: bm25 looks at each, so that
/// common words would take as long as the library is large.
pub(in crate::library) const RANKED: usize = 8_192;

impl Index {
    /// The wordings that fit, and how well, those on one of the topics better: the first
    /// [`RANKED`], and with `every` the others too, which are not ranked; and how many fit.
    pub(crate) fn matching(
        &self,
        wish: Option<&Wish>,
        topics: &[Topic],
        versions: bool,
        every: bool,
    ) -> Matching {
        let correction = self.correction(versions);
        if !correction.is_empty() {
            return self.matching_listed(wish, topics, versions, correction);
        }
        self.ask(|connection| {
            let whole = expression(wish, versions);
            let Some(wish) = wish.filter(|wish| has_words(wish)) else {
                return Ok(Matching::of(unranked(connection, whole.as_deref(), None)?));
            };
            let whole = whole.unwrap_or_default();
            let all = count(connection, &whole)?;
            let first = unranked(connection, Some(&whole), Some(RANKED))?;
            let words = spelled(wish);
            // bm25 goes through all wordings of each word it is asked about, the tag of current ones
            // among them: where most that fit are current, it is sooner asked without.
            let asked = match count(connection, &words)? {
                any if any <= 2 * all => &words,
                _ => &whole,
            };
            let mut found = ranked(connection, asked, &whole, topics, &first)?;
            if every && all > first.len() {
                let others = unranked(connection, Some(&whole), None)?;
                found.extend(others.into_iter().skip(first.len()));
            }
            let ranked = all <= RANKED;
            Ok(Matching { found, all, ranked })
        })
    }

    /// The same where the tags of wordings do not tell what the listed policies hold; every wording
    /// that fits is there.
    fn matching_listed(
        &self,
        wish: Option<&Wish>,
        topics: &[Topic],
        versions: bool,
        correction: &Correction,
    ) -> Matching {
        self.ask(|connection| {
            let find = |versions| {
                let expression = expression(wish, versions);
                unranked(connection, expression.as_deref(), None)
            };
            let mut first = correction.applied(find(versions)?, || find(true))?;
            let Some(wish) = wish.filter(|wish| has_words(wish)) else {
                return Ok(Matching::of(first));
            };
            let all = first.len();
            let others = first.split_off(all.min(RANKED));
            let words = spelled(wish);
            let mut found = ranked(connection, &words, &words, topics, &first)?;
            found.extend(others);
            let ranked = all <= RANKED;
            Ok(Matching { found, all, ranked })
        })
    }

    /// How many wordings there are, in all versions or in the current ones.
    pub(crate) fn wordings(&self, versions: bool) -> usize {
        if !self.correction(versions).is_empty() {
            return self.matching(None, &[], versions, true).all;
        }
        self.ask(|connection| {
            if versions {
                let of = "SELECT count(*) FROM wording";
                return Ok(connection.query_row(of, [], |row| row.get(0))?);
            }
            count(connection, &format!("tags : {NOW}"))
        })
    }

    /// A wording.
    pub(crate) fn wording(&self, number: u32) -> Option<Wording> {
        self.ask(|connection| {
            let mut asked = connection
                .prepare_cached("SELECT kind, stance, topics, text FROM wording WHERE id = ?1")?;
            asked
                .query_row([number], read_wording)
                .optional()?
                .transpose()
        })
    }

    /// The listed policies that hold a wording, with the places of their versions that do.
    pub(crate) fn held(&self, number: u32, versions: bool) -> Vec<(PolicyId, Vec<Range<u32>>)> {
        let holding = self.ask(|connection| {
            let mut asked =
                connection.prepare_cached("SELECT documents FROM holding WHERE wording = ?1")?;
            let bytes: Option<Vec<u8>> = asked.query_row([number], |row| row.get(0)).optional()?;
            match bytes {
                Some(bytes) => Holding::read(&bytes).ok_or(Trouble::Nonsense),
                None => Ok(Holding::default()),
            }
        });
        let mut held: Vec<_> = holding
            .documents
            .into_iter()
            .filter_map(|held| {
                let policy = self.policy_of(held.document)?;
                let now = self.current_place(policy)?;
                let is_now = match self.stand_ins.contains_key(&policy) {
                    true => held.places.iter().any(|run| run.contains(&now)),
                    false => held.now,
                };
                if !(versions || is_now) {
                    return None;
                }
                let places = if versions {
                    held.places
                } else {
                    std::iter::once(now..now + 1).collect()
                };
                Some((policy, places))
            })
            .collect();
        held.sort_by_key(|(policy, _)| *policy);
        held
    }

    /// The first clause of a version that has the wording; of the current version when only that was
    /// looked through.
    pub(crate) fn clause(&self, number: u32, policy: PolicyId, place: u32) -> Option<ClauseId> {
        let document = self.document_of(policy)?;
        self.ask(|connection| {
            let mut asked = connection.prepare_cached(
                "SELECT wordings FROM content JOIN version ON content.id = version.content
                 WHERE version.document = ?1 AND version.place = ?2",
            )?;
            let bytes: Option<Vec<u8>> = asked
                .query_row(params![document, place], |row| row.get(0))
                .optional()?;
            let wordings = read_list(&bytes.unwrap_or_default()).ok_or(Trouble::Nonsense)?;
            let at = wordings.iter().position(|&wording| wording == number);
            Ok(at.map(ClauseId::new))
        })
    }

    /// The place of the current version of a policy in its history; 0 without one.
    pub(crate) fn current_place(&self, policy: PolicyId) -> Option<u32> {
        Some(self.bound(policy)?.place)
    }

    /// The wordings that some policies hold now, or in any version.
    pub(crate) fn of_policies(&self, policies: &[PolicyId], versions: bool) -> FxHashSet<u32> {
        if !versions {
            return self.of_versions(policies, |policy| self.current_place(policy));
        }
        self.ask(|connection| {
            let mut all = FxHashSet::default();
            let mut asked = connection.prepare_cached(
                "SELECT DISTINCT content.wordings FROM content
                 JOIN version ON content.id = version.content
                 WHERE version.document = ?1",
            )?;
            for document in policies
                .iter()
                .filter_map(|&policy| self.document_of(policy))
            {
                let mut rows = asked.query([document])?;
                while let Some(row) = rows.next()? {
                    let bytes: Vec<u8> = row.get(0)?;
                    all.extend(read_list(&bytes).ok_or(Trouble::Nonsense)?);
                }
            }
            Ok(all)
        })
    }

    /// The wordings of one version of each policy, by its place.
    pub(super) fn of_versions(
        &self,
        policies: &[PolicyId],
        place: impl Fn(PolicyId) -> Option<u32>,
    ) -> FxHashSet<u32> {
        self.ask(|connection| {
            let mut all = FxHashSet::default();
            let mut asked = connection.prepare_cached(
                "SELECT content.wordings FROM content
                 JOIN version ON content.id = version.content
                 WHERE version.document = ?1 AND version.place = ?2",
            )?;
            for &policy in policies {
                let (Some(document), Some(place)) = (self.document_of(policy), place(policy))
                else {
                    continue;
                };
                let mut rows = asked.query(params![document, place])?;
                while let Some(row) = rows.next()? {
                    let bytes: Vec<u8> = row.get(0)?;
                    all.extend(read_list(&bytes).ok_or(Trouble::Nonsense)?);
                }
            }
            Ok(all)
        })
    }

    /// How many wordings hold a word, as it is compared.
    pub(crate) fn count(&self, word: &str) -> usize {
        self.ask(|connection| count(connection, &phrase(word, false)))
    }

    /// The wordings that hold a word, as it is compared.
    pub(crate) fn having(&self, word: &str) -> Vec<u32> {
        self.ask(|connection| {
            let found = unranked(connection, Some(&phrase(word, false)), None)?;
            Ok(found.into_iter().map(|(_, number)| number).collect())
        })
    }
}

/// Wordings that fit.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    /// Those that were looked at, each with its rank.
    pub(crate) found: Vec<(f32, u32)>,
    /// How many there are.
    pub(crate) all: usize,
    /// Whether there is no better order than theirs.
    pub(crate) ranked: bool,
}

impl Matching {
    /// All there are.
    pub(crate) fn of(found: Vec<(f32, u32)>) -> Self {
        Self {
            all: found.len(),
            found,
            ranked: true,
        }
    }
}

/// How many wordings an expression finds.
fn count(connection: &Connection, expression: &str) -> Result<usize, Trouble> {
    let mut asked = connection
        .prepare_cached("SELECT count(*) FROM wording_words WHERE wording_words MATCH ?1")?;
    Ok(asked.query_row([expression], |row| row.get(0))?)
}

/// The wordings that an expression finds, or all, in the order in which they were read; the first
/// of them where not all are wanted.
fn unranked(
    connection: &Connection,
    expression: Option<&str>,
    most: Option<usize>,
) -> Result<Vec<(f32, u32)>, Trouble> {
    let number = |row: &Row<'_>| Ok((0.0, row.get(0)?));
    let Some(expression) = expression else {
        let mut asked = connection.prepare_cached("SELECT id FROM wording ORDER BY id")?;
        return Ok(asked.query_map([], number)?.collect::<Result<_, _>>()?);
    };
    let mut asked = connection
        .prepare_cached("SELECT rowid FROM wording_words WHERE wording_words MATCH ?1 LIMIT ?2")?;
    let most = most.and_then(|most| i64::try_from(most).ok()).unwrap_or(-1);
    Ok(asked
        .query_map(params![expression, most], number)?
        .collect::<Result<_, _>>()?)
}

/// How well the first wordings that fit do so, by what they are asked for; `whole` finds all of them.
fn ranked(
    connection: &Connection,
    asked_for: &str,
    whole: &str,
    topics: &[Topic],
    first: &[(f32, u32)],
) -> Result<Vec<(f32, u32)>, Trouble> {
    let last = first.iter().map(|(_, number)| *number).max().unwrap_or(0);
    let tagged = |tags: &[String]| -> Result<FxHashSet<u32>, Trouble> {
        if tags.is_empty() {
            return Ok(FxHashSet::default());
        }
        let tagged = format!("({whole}) AND tags : ({})", tags.join(" OR "));
        let mut asked = connection.prepare_cached(
            "SELECT rowid FROM wording_words WHERE wording_words MATCH ?1 AND rowid <= ?2",
        )?;
        let found = asked.query_map(params![tagged, last], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    };
    let headings = tagged(&[wording::kind_word(ClauseKind::Heading).to_owned()])?;
    let topics: Vec<String> = topics.iter().copied().map(topic_word).collect();
    let on_topic = tagged(&topics)?;
    let first: FxHashSet<u32> = first.iter().map(|(_, number)| *number).collect();
    // The second table holds the number of words of each row: FTS5 keeps it for bm25.
    let mut asked = connection.prepare_cached(
        "SELECT wording_words.rowid, bm25(wording_words, 1.0, 0.0), sz
         FROM wording_words JOIN wording_words_docsize ON id = wording_words.rowid
         WHERE wording_words MATCH ?1 AND wording_words.rowid <= ?2",
    )?;
    let mut found = Vec::with_capacity(first.len());
    let mut rows = asked.query(params![asked_for, last])?;
    while let Some(row) = rows.next()? {
        let number: u32 = row.get(0)?;
        if !first.contains(&number) {
            continue;
        }
        let worse: f64 = row.get(1)?;
        let sizes = row.get_ref(2)?.as_blob().unwrap_or_default();
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a rank needs no more digits"
        )]
        let fitting = Fitting {
            score: -worse as f32,
            words: first_size(sizes),
            is_heading: headings.contains(&number),
            is_on_topic: on_topic.contains(&number),
        };
        found.push((fitting.rank(), number));
    }
    Ok(found)
}

/// The number of words in the first column of a row, from what FTS5 keeps of it: numbers of seven bits
/// a byte, highest first, the top bit set on all but the last.
fn first_size(sizes: &[u8]) -> usize {
    let mut size = 0;
    for &byte in sizes.iter().take(4) {
        size = size << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    size
}
