//! Reading an index: what search asks of it.

use super::codec::{Holding, read_list};
use super::{Index, Trouble};
use crate::library::PolicyId;
use crate::library::search::{Wish, adjusted};
use crate::library::wording::{self, Tags, Wording, stance_word, topic_word};
use crate::model::{ClauseId, ClauseKind, Stance, Topic};
use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Over more wordings than this the order of hits is not worth its price: bm25 looks at each.
const RANKED: usize = 50_000;

/// The tag of a wording that a current version holds.
pub(super) const NOW: &str = "now";

impl Index {
    /// The wordings that fit, and how well; whether they were ranked at all.
    pub(crate) fn matching(&self, wish: Option<&Wish>, versions: bool) -> (Vec<(f32, u32)>, bool) {
        let (mut found, ranked) = self.tagged(wish, versions);
        if versions && self.has_unlisted {
            found.retain(|(_, number)| !self.held(*number, true).is_empty());
        }
        if versions || self.stand_ins.is_empty() {
            return (found, ranked);
        }
        // The tag of what is current knows nothing of versions that stand for newer ones.
        let policies: Vec<PolicyId> = self.stand_ins.keys().copied().collect();
        let broken = self.of_versions(&policies, |policy| self.stand_ins.get(&policy).copied());
        found.retain(|(_, number)| {
            !broken.contains(number) || !self.held(*number, false).is_empty()
        });
        let known: FxHashSet<u32> = found.iter().map(|(_, number)| *number).collect();
        let sound = self.of_policies(&policies, false);
        let (all, all_ranked) = self.tagged(wish, true);
        let further = |(_, number): &(f32, u32)| sound.contains(number) && !known.contains(number);
        found.extend(all.into_iter().filter(further));
        (found, ranked && all_ranked)
    }

    /// How many wordings there are, in all versions or in the current ones.
    pub(crate) fn wordings(&self, versions: bool) -> usize {
        if (versions && self.has_unlisted) || (!versions && !self.stand_ins.is_empty()) {
            return self.matching(None, versions).0.len();
        }
        self.ask(|connection| {
            let of = if versions {
                "SELECT count(*) FROM wording".to_owned()
            } else {
                format!(
                    "SELECT count(*) FROM wording_words WHERE wording_words MATCH 'tags : {NOW}'"
                )
            };
            Ok(connection.query_row(&of, [], |row| row.get(0))?)
        })
    }

    /// The same; unless all versions are wanted, of wordings with the tag of current ones.
    fn tagged(&self, wish: Option<&Wish>, versions: bool) -> (Vec<(f32, u32)>, bool) {
        self.ask(|connection| {
            let expression = expression(wish, versions);
            if !wish.is_some_and(has_words) {
                return Ok((unranked(connection, expression.as_deref())?, true));
            }
            let expression = expression.unwrap_or_default();
            let count: usize = connection
                .prepare_cached("SELECT count(*) FROM wording_words WHERE wording_words MATCH ?1")?
                .query_row([&expression], |row| row.get(0))?;
            if count > RANKED {
                return Ok((unranked(connection, Some(&expression))?, false));
            }
            Ok((ranked(connection, &expression, count)?, true))
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
        self.current.get(policy.index()).copied()
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
    fn of_versions(
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
        self.ask(|connection| {
            let mut asked = connection.prepare_cached(
                "SELECT count(*) FROM wording_words WHERE wording_words MATCH ?1",
            )?;
            Ok(asked.query_row([phrase(word, false)], |row| row.get(0))?)
        })
    }

    /// The wordings that hold a word, as it is compared.
    pub(crate) fn having(&self, word: &str) -> Vec<u32> {
        self.ask(|connection| {
            let found = unranked(connection, Some(&phrase(word, false)))?;
            Ok(found.into_iter().map(|(_, number)| number).collect())
        })
    }
}

/// The wordings that an expression finds, or all, in the order in which they were read.
fn unranked(connection: &Connection, expression: Option<&str>) -> Result<Vec<(f32, u32)>, Trouble> {
    let number = |row: &Row<'_>| Ok((0.0, row.get(0)?));
    let Some(expression) = expression else {
        let mut asked = connection.prepare_cached("SELECT id FROM wording ORDER BY id")?;
        return Ok(asked.query_map([], number)?.collect::<Result<_, _>>()?);
    };
    let mut asked = connection
        .prepare_cached("SELECT rowid FROM wording_words WHERE wording_words MATCH ?1")?;
    Ok(asked
        .query_map([expression], number)?
        .collect::<Result<_, _>>()?)
}

fn ranked(
    connection: &Connection,
    expression: &str,
    count: usize,
) -> Result<Vec<(f32, u32)>, Trouble> {
    let only_headings = format!(
        "({expression}) AND tags : {}",
        wording::kind_word(ClauseKind::Heading)
    );
    let headings: FxHashSet<u32> = unranked(connection, Some(&only_headings))?
        .into_iter()
        .map(|(_, number)| number)
        .collect();
    let mut asked = connection.prepare_cached(
        "SELECT rowid, bm25(wording_words, 1.0, 0.0) FROM wording_words
         WHERE wording_words MATCH ?1",
    )?;
    let mut found = Vec::with_capacity(count);
    let mut rows = asked.query([expression])?;
    while let Some(row) = rows.next()? {
        let number: u32 = row.get(0)?;
        let worse: f64 = row.get(1)?;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a rank needs no more digits"
        )]
        let score = -worse as f32;
        let kind = if headings.contains(&number) {
            ClauseKind::Heading
        } else {
            ClauseKind::Sentence
        };
        found.push((adjusted(score, kind), number));
    }
    Ok(found)
}

fn has_words(wish: &Wish) -> bool {
    match wish {
        Wish::Words { .. } => true,
        Wish::Topic(_) | Wish::Stance(_) => false,
        Wish::All(wishes, _) | Wish::Any(wishes) => wishes.iter().any(has_words),
    }
}

/// A wish in the language of FTS5; none when every wording fits.
fn expression(wish: Option<&Wish>, versions: bool) -> Option<String> {
    let now = (!versions).then(|| format!("tags : {NOW}"));
    match (wish.map(spelled), now) {
        (Some(wish), Some(now)) => Some(format!("({wish}) AND {now}")),
        (wish, now) => wish.or(now),
    }
}

fn spelled(wish: &Wish) -> String {
    let joined = |wishes: &[Wish], join: &str| {
        let parts: Vec<String> = wishes
            .iter()
            .map(|wish| format!("({})", spelled(wish)))
            .collect();
        parts.join(join)
    };
    match wish {
        Wish::Words { words, begun } => phrase(&words.join(" "), *begun),
        Wish::Topic(topic) => format!("tags : {}", topic_word(*topic)),
        Wish::Stance(stance) => format!("tags : {}", stance_word(*stance)),
        Wish::Any(any) => joined(any, " OR "),
        Wish::All(all, none) if none.is_empty() => joined(all, " AND "),
        Wish::All(all, none) => {
            format!("({}) NOT ({})", joined(all, " AND "), joined(none, " OR "))
        }
    }
}

/// Words hold letters and figures alone, so nothing in them needs escaping.
fn phrase(words: &str, begun: bool) -> String {
    let more = if begun { " *" } else { "" };
    format!("words : \"{words}\"{more}")
}

pub(super) fn read_wording(row: &Row<'_>) -> rusqlite::Result<Result<Wording, Trouble>> {
    let kind: String = row.get(0)?;
    let stance: String = row.get(1)?;
    let topics: String = row.get(2)?;
    let text: String = row.get(3)?;
    let tags = tags(&kind, &stance, &topics).ok_or(Trouble::Nonsense);
    Ok(tags.map(|tags| Wording {
        text: text.into(),
        tags,
    }))
}

/// The tags as the columns of `wording` spell them.
pub(super) fn tags(kind: &str, stance: &str, topics: &str) -> Option<Tags> {
    let kind = match kind {
        "sentence" => ClauseKind::Sentence,
        "item" => ClauseKind::Item,
        "heading" => ClauseKind::Heading,
        "cell" => ClauseKind::Cell,
        _ => return None,
    };
    let stance = match stance {
        "asserts" => Stance::Asserts,
        "denies" => Stance::Denies,
        "permits" => Stance::Permits,
        "limits" => Stance::Limits,
        "none" => Stance::None,
        _ => return None,
    };
    let topics = topics
        .split_whitespace()
        .map(Topic::from_id)
        .collect::<Option<_>>()?;
    Some(Tags {
        kind,
        topics,
        stance,
    })
}

/// A kind of clause as the column of `wording` spells it.
pub(super) fn kind_id(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Sentence => "sentence",
        ClauseKind::Item => "item",
        ClauseKind::Heading => "heading",
        ClauseKind::Cell => "cell",
    }
}
