//! The versions of one document as an archive recorded them, and what changed at each.

use super::{Issue, Origin, PartialDate};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;
use std::ops::RangeInclusive;

/// The name of a content: two versions with the same id hold the same bytes. A git archive gives the
/// id of the blob, other sources a hash of the bytes once they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentId(pub [u8; 20]);

/// One version of a document as its archive recorded it; its bytes are not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where its bytes lie.
    pub origin: Origin,
    /// When the archive recorded it: the commit's time, or the date in the file's name.
    pub recorded: Option<Timestamp>,
    /// What its bytes are known by, where the source knows without reading them.
    pub content: Option<ContentId>,
}

/// The versions of one document, oldest first; the last is the current one unless the archive dates
/// it in the future. Never empty. Events that return to an older text are versions of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The versions.
    pub versions: Vec<Version>,
}

impl History {
    /// When the oldest and the newest version were recorded, as far as that is known.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let times = || self.versions.iter().filter_map(|version| version.recorded);
        Some((times().min()?, times().max()?))
    }
}

/// How a version relates to the one it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeClass {
    /// The first version, or the first that is no broken fetch.
    First,
    /// Nothing but provenance differs.
    None,
    /// Only links, emphasis, white space, numbering, quotes and dashes.
    Formatting,
    /// Only the order of clauses.
    Order,
    /// Only dates, figures and version marks.
    Numbers,
    /// Words.
    Wording,
    /// Hardly anything of the text before is left.
    Rewrite,
}

/// Why a recorded change says nothing about the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Only the form changed.
    Form,
    /// An earlier version came back, at most in another form, that was left for one that is noise
    /// itself.
    Repair {
        /// The place of the version that came back.
        of: usize,
    },
    /// The page swings between texts: the same change, to the same bytes, was recorded not long
    /// before.
    Swing,
    /// A broken fetch: an error page, a log-in page, a page without text.
    Broken {
        /// What it seems to be, in words for people ("a log-in page").
        what: &'static str,
    },
    /// Much of the text vanished, to come back later, or much came in, and what stood before came back.
    SizeJump {
        /// Whether text came in.
        grown: bool,
    },
    /// The version could not be read.
    Unreadable(Issue),
}

impl Noise {
    /// The word that JSON uses.
    pub fn id(&self) -> &'static str {
        match self {
            Noise::Form => "form",
            Noise::Repair { .. } => "repair",
            Noise::Swing => "swing",
            Noise::Broken { .. } => "broken",
            Noise::SizeJump { .. } => "size-jump",
            Noise::Unreadable(_) => "unreadable",
        }
    }

    /// What a jump in size comes to, in words for people.
    pub fn jump(grown: bool) -> &'static str {
        if grown {
            "much text came in, and what stood before comes back"
        } else {
            "much of the text is missing, and comes back later"
        }
    }

    /// Whether the version does not hold the policy, so that nothing can be said against it.
    pub fn is_accident(&self) -> bool {
        self.accident().is_some()
    }

    /// What a version is that does not hold the policy, in words for people ("a log-in page"): the
    /// capture "is" that.
    pub fn accident(&self) -> Option<&'static str> {
        match self {
            Noise::Form | Noise::Repair { .. } | Noise::Swing => None,
            Noise::Broken { what } => Some(what),
            Noise::SizeJump { grown: false } => {
                Some("a text that lacks much of what stood before and after it")
            }
            Noise::SizeJump { grown: true } => {
                Some("a text with much that stood neither before nor after it")
            }
            Noise::Unreadable(_) => Some("unreadable"),
        }
    }
}

impl ChangeClass {
    /// The word that JSON and screens use.
    pub fn id(self) -> &'static str {
        match self {
            ChangeClass::First => "first",
            ChangeClass::None => "none",
            ChangeClass::Formatting => "formatting",
            ChangeClass::Order => "order",
            ChangeClass::Numbers => "numbers",
            ChangeClass::Wording => "wording",
            ChangeClass::Rewrite => "rewrite",
        }
    }
}

impl fmt::Display for ChangeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// How many clauses of each class a version changed against the one it is held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeCounts {
    /// Changed in wording, in place.
    pub wording: usize,
    /// Changed in numbers only.
    pub numbers: usize,
    /// Changed in form only.
    pub formatting: usize,
    /// Moved, edited or not.
    pub moved: usize,
    /// Only in this version.
    pub added: usize,
    /// Only in the other.
    pub removed: usize,
}

impl ChangeCounts {
    /// How many clauses changed in what they say or where they stand, form left aside.
    pub fn total(self) -> usize {
        self.wording + self.numbers + self.moved + self.added + self.removed
    }

    /// What changed, in words: `12 reworded, 3 added`; empty when nothing did.
    pub fn in_words(self) -> String {
        let parts = [
            (self.wording, "reworded"),
            (self.numbers, "in numbers"),
            (self.moved, "moved"),
            (self.added, "added"),
            (self.removed, "removed"),
            (self.formatting, "in form"),
        ];
        let said: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        said.join(", ")
    }

    /// The most that [`doublings`](Self::doublings) counts.
    pub const DOUBLINGS: usize = 8;

    /// The size of a change: how often the number of changed clauses doubled, 0 for none, 1 for one,
    /// 8 from 128 on.
    pub fn doublings(self) -> usize {
        let clauses = self.total();
        ((usize::BITS - clauses.leading_zeros()) as usize).min(Self::DOUBLINGS)
    }
}

/// A version with what it changed against the last one before it that holds the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The place of the version in [`History::versions`].
    pub version: usize,
    /// Its length in words.
    pub words: usize,
    /// The date that the policy itself claims.
    pub revised: Option<PartialDate>,
    /// The place of the version it is held against: the one before, unless that is an
    /// [accident](Noise::is_accident), which is passed over. None for a first version, and for one
    /// that could not be read.
    pub against: Option<usize>,
    /// How it relates to that version.
    pub class: ChangeClass,
    /// What changed, by class.
    pub counts: ChangeCounts,
    /// Why it may be passed over; none for a change that says something.
    pub noise: Option<Noise>,
    /// The place of the last older version with the same bytes, when this one returns to it; never
    /// the version right before.
    pub returns_to: Option<usize>,
}

impl Step {
    /// The step of a version that there is nothing to hold against.
    pub fn first(version: usize, words: usize, revised: Option<PartialDate>) -> Self {
        Self {
            version,
            words,
            revised,
            against: None,
            class: ChangeClass::First,
            counts: ChangeCounts::default(),
            noise: None,
            returns_to: None,
        }
    }
}

/// The newest version of a document, or of those up to a date that was asked for, does not hold the
/// policy, and an older one stands for it. Places count in [`History::versions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The version that stands for the document: the last that holds the policy, or the broken one
    /// itself where it was asked for or none is sound.
    pub place: usize,
    /// The broken one.
    pub newest: usize,
    /// What the broken one seems to be, in words for people ("a log-in page").
    pub what: &'static str,
}

impl StandIn {
    /// What stands for the version at a place, where that does not hold the policy: the last one before
    /// it that does. `steps` are those of the document, oldest first, as far as they are known.
    pub fn passing(steps: &[Step], place: usize) -> Option<Self> {
        let at = steps.binary_search_by_key(&place, |step| step.version);
        let (before, broken) = (steps.get(..at.ok()?)?, steps.get(at.ok()?)?);
        let what = broken.noise.as_ref()?.accident()?;
        let sound = |step: &&Step| !step.noise.as_ref().is_some_and(Noise::is_accident);
        let last = before.iter().rev().find(sound);
        Some(Self {
            place: last.map_or(place, |step| step.version),
            newest: place,
            what,
        })
    }

    /// The same where the broken version itself was asked for.
    #[must_use]
    pub fn itself(self) -> Self {
        Self {
            place: self.newest,
            ..self
        }
    }

    /// What there is to know, as a sentence: "the capture of 2025-03-01 is a log-in page; this is the
    /// version of 2024-11-02". `history` is that of the document.
    pub fn told(&self, history: &History) -> String {
        let broken = self.broken(history);
        if self.place == self.newest {
            return broken;
        }
        let shown = day(history, self.place).map_or_else(
            || format!("version {}", self.place + 1),
            |day| format!("the version of {day}"),
        );
        format!("{broken}; this is {shown}")
    }

    fn broken(&self, history: &History) -> String {
        let broken = day(history, self.newest).map_or_else(
            || "the newest capture".to_owned(),
            |day| format!("the capture of {day}"),
        );
        format!("{broken} is {}", self.what)
    }
}

/// The day on which a version was recorded, in Universal Time.
fn day(history: &History, place: usize) -> Option<String> {
    let recorded = history.versions.get(place)?.recorded?;
    Some(recorded.strftime("%Y-%m-%d").to_string())
}

/// The life of one clause, found in its words: places count in [`History::versions`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseLife {
    /// The first version that holds the clause, in these or earlier words.
    pub first: usize,
    /// Whether that is the oldest version on record that holds the policy, so that the clause may be
    /// older.
    pub since_oldest: bool,
    /// How many versions right before that one cannot be read, so that it may be older too.
    pub unread: usize,
    /// The version in which its words last changed; `first` when they never did.
    pub changed: usize,
    /// The first version that lacks it again, for a clause that was removed.
    pub removed: Option<usize>,
    /// Each wording it had, oldest first: the version that brought it, and the words.
    pub wordings: Vec<(usize, String)>,
    /// Where it was missing in between: from a version to the one before it came back.
    pub gaps: Vec<(usize, usize)>,
}

impl ClauseLife {
    /// What to know where the version before the first that holds the clause cannot be read.
    pub fn unread_note(&self) -> Option<String> {
        match self.unread {
            0 => None,
            1 => Some("the version before that cannot be read, and may hold it".to_owned()),
            unread => Some(format!(
                "the {unread} versions before that cannot be read, and may hold it"
            )),
        }
    }

    /// The wordings, oldest first, as places in [`Self::wordings`] from and to which one line speaks:
    /// one wording, or several in a row that were all there before.
    pub fn rows(&self) -> Vec<RangeInclusive<usize>> {
        let mut known = HashSet::new();
        let mut rows: Vec<RangeInclusive<usize>> = Vec::new();
        let mut returns = false;
        for (nth, (_, text)) in self.wordings.iter().enumerate() {
            let returned = !known.insert(text.as_str());
            match rows.last_mut() {
                Some(row) if returned && returns => *row = *row.start()..=nth,
                _ => rows.push(nth..=nth),
            }
            returns = returned;
        }
        rows
    }

    /// How many different wordings a row of several goes between.
    pub fn texts(&self, row: &RangeInclusive<usize>) -> usize {
        let first = row.start().saturating_sub(1);
        let wordings = self.wordings.get(first..=*row.end()).unwrap_or(&[]);
        let texts: HashSet<&str> = wordings.iter().map(|(_, text)| text.as_str()).collect();
        texts.len()
    }

    /// The first version that lacks it and the last, where it came and went so often that one line
    /// tells it best.
    pub fn comes_and_goes(&self) -> Option<(usize, usize)> {
        match &self.gaps[..] {
            [(from, _), .., (_, to)] if self.gaps.len() >= OFTEN => Some((*from, *to)),
            _ => None,
        }
    }
}

/// Gaps that are told one by one: fewer than this.
const OFTEN: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_that_take_turns_are_one_row() {
        let wordings = "abacabcd".chars().enumerate();
        let life = ClauseLife {
            first: 0,
            since_oldest: true,
            unread: 0,
            changed: 7,
            removed: None,
            wordings: wordings.map(|(at, text)| (at, text.to_string())).collect(),
            gaps: vec![(1, 2), (5, 5), (8, 9)],
        };
        let rows = life.rows();
        assert_eq!(rows, [0..=0, 1..=1, 2..=2, 3..=3, 4..=6, 7..=7]);
        assert_eq!(life.texts(&rows[4]), 3);
        assert_eq!(life.comes_and_goes(), Some((1, 9)));
    }
}
