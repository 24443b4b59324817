//! Who else says this: clauses in the same or nearly the same words.

use super::Texts;
use super::query::Query;
use super::results::{Results, Wanted};
use super::walk::Walk;
use super::words::words;
use crate::library::{Library, PolicyId};
use crate::model::ClauseId;
use rustc_hash::FxHashSet;

/// Clauses are nearly the same when this share of the different words of both stands in both.
pub const LIKENESS: f32 = 0.6;

/// Clauses of fewer different words than this ("Cookies", "Your rights") are the same by chance.
pub const FEWEST_WORDS: usize = 4;

impl Library {
    /// The clauses of other sites in the same or nearly the same words as a clause: at least
    /// [`LIKENESS`] of their different words are shared. The score of a hit is that share; 1 is the
    /// same words. None when there is no such clause.
    pub fn who_else(&self, policy: PolicyId, clause: ClauseId, wanted: &Wanted) -> Option<Results> {
        let entry = self.get(policy)?;
        let text = entry.policy().clauses.get(clause.index())?.text;
        let text = text.of(&entry.policy().text).to_owned();
        let own = &entry.facts.provenance.site;
        Some(self.like_but_for(&text, Some(own), wanted))
    }

    /// The clauses in the same or nearly the same words as a sentence.
    pub fn like(&self, sentence: &str, wanted: &Wanted) -> Results {
        self.like_but_for(sentence, None, wanted)
    }

    /// The same, but for those of a site.
    fn like_but_for(&self, sentence: &str, site: Option<&str>, wanted: &Wanted) -> Results {
        let texts = self.texts(wanted.versions);
        let own: FxHashSet<String> = words(sentence).into_iter().collect();
        let Some(query) = Query::phrase(sentence).filter(|_| own.len() >= FEWEST_WORDS) else {
            return Results {
                ranked: true,
                too_short: true,
                ..Results::default()
            };
        };
        let found = alike(texts, &own);
        let walk = Walk {
            library: self,
            texts,
            query: &query,
            wanted: *wanted,
            but_for: site,
        };
        Results {
            ranked: true,
            ..walk.results(found)
        }
    }
}

/// The wordings that share enough of these words. What shares so many must hold one of the rarest
/// few, so only those that do are looked at.
fn alike(texts: Texts<'_>, own: &FxHashSet<String>) -> Vec<(f32, u32)> {
    let mut rarest: Vec<(usize, &String)> =
        own.iter().map(|word| (texts.count(word), word)).collect();
    rarest.sort();
    let shared = least_shared(own.len());
    let looked_at = own.len() - shared + 1;
    let mut candidates: Vec<u32> = rarest
        .iter()
        .take(looked_at)
        .flat_map(|(_, word)| texts.having(word))
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let rate = |number: u32| {
        let wording = texts.wording(number)?;
        let likeness = likeness(own, &words(&wording.text).into_iter().collect());
        (likeness >= LIKENESS).then_some((likeness, number))
    };
    candidates.into_iter().filter_map(rate).collect()
}

/// How many of so many words another clause must share at least.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a clause has few words"
)]
fn least_shared(words: usize) -> usize {
    ((words as f32 * LIKENESS).ceil() as usize).clamp(1, words.max(1))
}

#[allow(clippy::cast_precision_loss, reason = "a clause has few words")]
fn likeness(own: &FxHashSet<String>, other: &FxHashSet<String>) -> f32 {
    let shared = own.intersection(other).count();
    let all = own.len() + other.len() - shared;
    shared as f32 / all.max(1) as f32
}
