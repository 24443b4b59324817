//! What changed at every version of a document.

use super::noise::{self, Jump, Looks};
use super::shelf::{Shelf, Text};
use crate::compare::{self, Class};
use crate::library::{Library, PolicyId};
use crate::model::{
    ChangeClass, ChangeCounts, ContentId, Issue, IssueKind, Noise, Pair, PartialDate, Policy, Step,
};
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The steps of a history, once they were computed; shared by all versions of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps(Arc<OnceLock<Arc<[Step]>>>);

impl Library {
    /// What each version of a document changed, oldest first. `take` gets each step as soon as it is
    /// known and says whether to go on. A step is final: what only a later version settles is looked
    /// ahead for. The first call reads and compares, which for thousands of versions takes seconds;
    /// later ones repeat what is known. A document of one version has one step.
    pub fn timeline(&self, id: PolicyId, take: &mut dyn FnMut(Step) -> bool) {
        let Some(entry) = self.get(id) else {
            return;
        };
        let Some(history) = &entry.history else {
            take(Step::first(0, entry.facts.words, entry.facts.revised));
            return;
        };
        if let Some(known) = entry.steps.0.get() {
            let _ = known.iter().cloned().all(take);
            return;
        }
        let mut steps = Vec::with_capacity(history.versions.len());
        let mut shelf = Shelf::new(&self.reader, &entry.facts.provenance, history);
        for step in Timeline::new(&mut shelf) {
            steps.push(step.clone());
            if !take(step) {
                return;
            }
        }
        // Somebody else may have been faster, with the same result.
        let _ = entry.steps.0.set(steps.into());
    }

    /// The steps of [`Self::timeline`], where they were all asked for before.
    pub fn known_steps(&self, id: PolicyId) -> Option<Arc<[Step]>> {
        self.get(id)?.steps.0.get().map(Arc::clone)
    }

    /// The steps of [`Self::timeline`], all at once.
    pub fn steps(&self, id: PolicyId) -> Arc<[Step]> {
        self.known_steps(id).unwrap_or_else(|| {
            let mut steps = Vec::new();
            self.timeline(id, &mut |step| {
                steps.push(step);
                true
            });
            steps.into()
        })
    }
}

/// How one text differs from another.
type Change = (ChangeClass, ChangeCounts);

/// What is kept of a version that was read.
#[derive(Clone, Debug)]
struct Seen {
    looks: Looks,
    revised: Option<PartialDate>,
    trouble: Option<Issue>,
}

impl Seen {
    fn of(text: &Text) -> Self {
        match text {
            Ok(policy) => Self {
                looks: Looks::of(policy),
                revised: policy.revised.as_ref().map(|revision| revision.date),
                trouble: None,
            },
            Err(issue) => Self {
                looks: Looks::default(),
                revised: None,
                trouble: Some(issue.clone()),
            },
        }
    }
}

/// Versions after a doubtful one in which its text may come back, where only reading them tells.
const LOOKAHEAD: usize = 8;

/// Sound texts that a doubtful one may give way to again.
const REMEMBERED: usize = 8;

/// The same change made again within this time is a page that swings between texts; one made again
/// later was made anew.
const SWING: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Share of the text before that must stand in a later version for it to have come back.
const BACK: f32 = 0.5;

/// The same for a text of which a part was missing.
const ALL_BACK: f32 = 0.95;

/// Yields the steps of a history.
pub(super) struct Timeline<'s, 'a> {
    shelf: &'s mut Shelf<'a>,
    /// The version that it begins with.
    start: usize,
    /// What was read so far, from that one on.
    seen: Vec<Seen>,
    /// Comparisons that were made.
    changes: FxHashMap<Pair<ContentId>, Change>,
    /// The last version of each content, as far as contents are known.
    last: FxHashMap<ContentId, usize>,
    /// The last version of each content among those that were yielded.
    yielded: FxHashMap<ContentId, usize>,
    /// The last version that made a change, by what it was held against and its own content.
    made: FxHashMap<Pair<ContentId>, usize>,
    /// The last versions that hold the policy, the newest last.
    sound: Vec<usize>,
    /// The version that comes next.
    next: usize,
}

impl<'s, 'a> Timeline<'s, 'a> {
    pub(super) fn new(shelf: &'s mut Shelf<'a>) -> Self {
        Self::from(shelf, 0)
    }

    /// A timeline that begins with a later version and knows nothing of those before.
    pub(super) fn from(shelf: &'s mut Shelf<'a>, start: usize) -> Self {
        let contents = (0..shelf.len()).filter_map(|place| Some((shelf.content(place)?, place)));
        Self {
            last: contents.collect(),
            shelf,
            start,
            seen: Vec::new(),
            changes: FxHashMap::default(),
            yielded: FxHashMap::default(),
            made: FxHashMap::default(),
            sound: Vec::new(),
            next: start,
        }
    }

    /// Reads up to a version, and some more, and compares neighbours among them.
    fn see(&mut self, place: usize) {
        while self.start + self.seen.len() <= place {
            let places = self.shelf.stretch(self.start + self.seen.len());
            let texts = self.shelf.texts(places.clone());
            let seen: Vec<Seen> = texts.par_iter().map(Seen::of).collect();
            self.seen.extend(seen);
            for place in places.clone() {
                if let Some(content) = self.shelf.content(place) {
                    self.last.insert(content, place);
                }
            }
            self.compare_neighbours(places, &texts);
        }
    }

    fn compare_neighbours(&mut self, places: Range<usize>, texts: &[Text]) {
        let mut pairs = Vec::new();
        let before = places
            .start
            .checked_sub(1)
            .filter(|before| *before >= self.start);
        let first = before.map(|place| (place, self.shelf.text(place)));
        let all = first
            .into_iter()
            .chain(places.zip(texts.iter().cloned()))
            .collect::<Vec<_>>();
        for two in all.windows(2) {
            if let [(left, Ok(a)), (right, Ok(b))] = two
                && let Some(key) = self.key(*left, *right)
                && !self.changes.contains_key(&key)
            {
                pairs.push((key, Pair::new(a, b)));
            }
        }
        let changes: Vec<_> = pairs
            .into_par_iter()
            .map(|(key, pair)| (key, change(pair.map(AsRef::as_ref))))
            .collect();
        self.changes.extend(changes);
    }

    fn key(&self, left: usize, right: usize) -> Option<Pair<ContentId>> {
        Some(Pair::new(
            self.shelf.content(left)?,
            self.shelf.content(right)?,
        ))
    }

    /// How a version differs from an earlier one; both can be read.
    fn change(&mut self, left: usize, right: usize) -> Change {
        let known = |timeline: &Self| {
            let key = timeline.key(left, right)?;
            timeline.changes.get(&key).copied()
        };
        if let Some(known) = known(self) {
            return known;
        }
        let (Ok(a), Ok(b)) = (self.shelf.text(left), self.shelf.text(right)) else {
            return (ChangeClass::None, ChangeCounts::default());
        };
        let change = change(Pair::new(&a, &b));
        if let Some(key) = self.key(left, right) {
            self.changes.insert(key, change);
        }
        change
    }

    /// Whether the text that a doubtful version took the place of comes back later.
    fn comes_back(&mut self, doubtful: usize) -> bool {
        let stood = |place: &usize| {
            let content = self.shelf.content(*place);
            let last = content.and_then(|content| self.last.get(&content));
            last.is_some_and(|last| *last > doubtful)
        };
        if self.sound.iter().any(stood) {
            return true;
        }
        let Some(&base) = self.sound.last() else {
            return false;
        };
        (doubtful + 1..self.shelf.len().min(doubtful + 1 + LOOKAHEAD)).any(|later| {
            self.see(later);
            let sizes =
                Pair::new(base, later).map(|place| self.seen[place - self.start].looks.words);
            if noise::is_shrunk(sizes.left, sizes.right) {
                return false;
            }
            match (self.shelf.text(base), self.shelf.text(later)) {
                (Ok(base), Ok(later)) => compare::common_text(Pair::new(&base, &later)) >= BACK,
                _ => false,
            }
        })
    }

    /// Whether the text that a jump in size took the place of is back soon: byte for byte, or nearly all
    /// of it after a text that was cut short.
    fn is_undone(&mut self, base: usize, place: usize, jump: Jump) -> bool {
        let stood = self.shelf.content(base);
        let recorded = |timeline: &Self, place| timeline.shelf.recorded(place);
        let Some(from) = recorded(self, place) else {
            return false;
        };
        for later in place + 1..self.shelf.len().min(place + 1 + LOOKAHEAD) {
            let soon = |time: Timestamp| time.duration_since(from) <= SWING;
            if !recorded(self, later).is_some_and(soon) {
                return false;
            }
            self.see(later);
            if stood.is_some() && self.shelf.content(later) == stood {
                return true;
            }
            if jump == Jump::CutShort
                && let (Ok(base), Ok(later)) = (self.shelf.text(base), self.shelf.text(later))
                && compare::common_text(Pair::new(&base, &later)) >= ALL_BACK
            {
                return true;
            }
        }
        false
    }

    fn noise(&mut self, place: usize, (class, counts): Change) -> Option<Noise> {
        let Seen { looks, trouble, .. } = self.seen[place - self.start].clone();
        if let Some(issue) = trouble {
            return Some(match issue.kind {
                IssueKind::Empty => Noise::Broken {
                    what: noise::NO_TEXT,
                },
                _ => Noise::Unreadable(issue),
            });
        }
        let Some(&base) = self.sound.last() else {
            let what = looks.seems.filter(|_| !self.stays_short(place))?;
            return Some(Noise::Broken { what });
        };
        let stood = self.seen[base - self.start].looks;
        if let Some(what) = looks.is_broken(stood) {
            return Some(Noise::Broken { what });
        }
        if class == ChangeClass::Rewrite && self.is_off_topic(place, base) {
            let what = noise::OFF_TOPIC;
            return Some(Noise::Broken { what });
        }
        if let Some(noise) = looks.is_doubtful(stood, class)
            && self.comes_back(place)
        {
            return Some(noise);
        }
        if let Some(jump) = Jump::between(stood.words, looks.words, &counts)
            && self.is_undone(base, place, jump)
        {
            return Some(jump.noise());
        }
        let repairs = place != base + 1;
        if class <= ChangeClass::Formatting {
            return Some(if repairs {
                Noise::Repair { of: base }
            } else {
                Noise::Form
            });
        }
        let same = self.returns_to(place).filter(|of| self.sound.contains(of));
        if let Some(of) = same.filter(|_| repairs) {
            return Some(Noise::Repair { of });
        }
        self.swings(base, place).then_some(Noise::Swing)
    }

    /// Whether a first text seems broken for being short, and none after it is much longer: then it is
    /// the policy.
    fn stays_short(&mut self, place: usize) -> bool {
        let text = self.shelf.text(place);
        if !text.is_ok_and(|policy| noise::may_be_whole(&policy)) {
            return false;
        }
        let words = self.seen[place - self.start].looks.words;
        (place + 1..self.shelf.len()).all(|later| {
            self.see(later);
            !noise::is_shrunk(self.seen[later - self.start].looks.words, words)
        })
    }

    /// Whether a text hardly speaks of data, and the one that it took the place of does.
    fn is_off_topic(&mut self, place: usize, base: usize) -> bool {
        let mut is_policy = |place: usize| noise::is_policy(self.shelf.text(place).ok()?.as_ref());
        is_policy(place) == Some(false) && is_policy(base) == Some(true)
    }

    /// Whether the same change was made not long before.
    fn swings(&self, base: usize, place: usize) -> bool {
        let made = self.key(base, place).and_then(|key| self.made.get(&key));
        let time = |place: usize| self.shelf.recorded(place);
        let times = made.and_then(|&made| Some((time(made)?, time(place)?)));
        times.is_some_and(|(made, now)| now.duration_since(made) <= SWING)
    }

    fn returns_to(&self, place: usize) -> Option<usize> {
        let content = self.shelf.content(place)?;
        self.yielded
            .get(&content)
            .copied()
            .filter(|before| before + 1 != place)
    }

    fn remember(&mut self, place: usize) {
        let content = self.shelf.content(place);
        let (shelf, sound) = (&*self.shelf, &mut self.sound);
        sound.retain(|&known| shelf.content(known) != content);
        if sound.len() >= REMEMBERED {
            sound.remove(0);
        }
        sound.push(place);
    }
}

impl Iterator for Timeline<'_, '_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let place = self.next;
        if place >= self.shelf.len() {
            return None;
        }
        self.next += 1;
        self.see(place);
        let seen = self.seen[place - self.start].clone();
        let mut step = Step::first(place, seen.looks.words, seen.revised);
        step.returns_to = self.returns_to(place);
        if seen.trouble.is_none()
            && let Some(&base) = self.sound.last()
        {
            step.against = Some(base);
            (step.class, step.counts) = self.change(base, place);
        }
        step.noise = self.noise(place, (step.class, step.counts));
        let key = step.against.and_then(|base| self.key(base, place));
        self.made.extend(key.map(|key| (key, place)));
        if !step.noise.as_ref().is_some_and(Noise::is_accident) {
            self.remember(place);
        }
        if let Some(content) = self.shelf.content(place) {
            self.yielded.insert(content, place);
        }
        Some(step)
    }
}

/// How the right text differs from the left: its class is the weightiest of its rows.
fn change(policies: Pair<&Policy>) -> Change {
    let (rows, summary) = compare::compare_versions(policies);
    let counts = ChangeCounts {
        wording: summary.wording,
        numbers: summary.numbers,
        formatting: summary.formatting,
        moved: summary.moved,
        added: summary.added,
        removed: summary.removed,
    };
    let heaviest = rows.iter().map(|row| row.class).max();
    let class = match heaviest.unwrap_or(Class::None) {
        Class::None => ChangeClass::None,
        Class::Formatting => ChangeClass::Formatting,
        Class::Order => ChangeClass::Order,
        Class::Numbers => ChangeClass::Numbers,
        Class::Wording if compare::is_rewritten(policies) => ChangeClass::Rewrite,
        Class::Wording => ChangeClass::Wording,
    };
    (class, counts)
}
