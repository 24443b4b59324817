//! What a search comes to.

use crate::library::PolicyId;
use crate::model::{ClauseId, ClauseKind, Stance, TextRange, Topic};

/// How much is wanted, and where is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whether older versions are looked through too, not only the policies as they are now.
    pub versions: bool,
    /// The most hits.
    pub limit: usize,
    /// The most hits of one site, unless only one site has any.
    pub per_site: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            versions: false,
            limit: 50,
            per_site: 3,
        }
    }
}

impl Wanted {
    /// Every hit there is.
    pub fn all(versions: bool) -> Self {
        Self {
            versions,
            limit: usize::MAX,
            per_site: usize::MAX,
        }
    }
}

/// A clause that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The policy, as it is listed.
    pub policy: PolicyId,
    /// The newest version that holds the clause, by its place in the policy's history; none for the
    /// listed policy itself.
    pub place: Option<usize>,
    /// The clause, in that version.
    pub clause: ClauseId,
    /// Its text.
    pub text: String,
    /// The words that were looked for, in the text, in order.
    pub marks: Vec<TextRange>,
    /// What it is.
    pub kind: ClauseKind,
    /// Its topics, best first.
    pub topics: Vec<Topic>,
    /// Its stance.
    pub stance: Stance,
    /// How well it fits; higher is better. Comparable within one search only.
    pub score: f32,
    /// The versions that hold these words, when versions were looked through.
    pub held: Option<Held>,
}

/// The versions that hold the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// How many.
    pub versions: usize,
    /// The place of the first.
    pub first: usize,
    /// The place of the last.
    pub last: usize,
}

/// The hits of one site, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteHits {
    /// The site.
    pub site: String,
    /// The hits.
    pub hits: Vec<Hit>,
}

/// What was found, best sites first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// The sites and their hits.
    pub sites: Vec<SiteHits>,
    /// How many different wordings fit the words and labels looked for, in all that is looked
    /// through, whichever policies were chosen.
    pub wordings: usize,
    /// Whether there are more hits than were wanted.
    pub more: bool,
    /// Whether all that fits was ranked. Of a great many only those that were read first are.
    pub ranked: bool,
    /// Whether nothing was looked for: the sentence has too few different words for that.
    pub too_short: bool,
    /// Why nothing can be found whatever clauses say, as a part of a sentence: no policy is of a site or
    /// type that was asked for.
    pub unfit: Option<String>,
}

impl Results {
    /// The hits, site by site.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.sites.iter().flat_map(|site| &site.hits)
    }
}
