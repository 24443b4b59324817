//! Runs of versions that go back and forth between texts that were there before, as pages do that are
//! served in several forms.

use super::{Noise, Step};
use jiff::{SignedDuration, Timestamp};

/// Changes further apart than this are no run: a text that comes back later was brought back.
const APART: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A run: versions each of which returns to a text that was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swings {
    /// The first version of the run, by its place in the history.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// How many versions change the text; those that change its form alone, and broken ones, stand in
    /// between and are not counted.
    pub times: usize,
    /// How many different texts they have.
    pub texts: usize,
}

impl Swings {
    /// What they do, without their dates: `14 times back and forth between 2 texts`.
    pub fn told(&self) -> String {
        format!(
            "{} times back and forth between {} texts",
            self.times, self.texts
        )
    }

    /// Whether a version is one that the last of them stands for.
    pub fn hides(&self, place: usize) -> bool {
        (self.first..self.last).contains(&place)
    }
}

/// Finds runs in the steps of a history as they come, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Swinging {
    /// For each version the first one with the same bytes.
    roots: Vec<usize>,
    run: Option<Run>,
}

#[derive(Clone, Debug)]
struct Run {
    first: usize,
    last: usize,
    times: usize,
    /// When the last one was recorded.
    time: Option<Timestamp>,
    /// The text that stood before, and those of the versions.
    texts: Vec<usize>,
    /// Whether one of them is not noise by itself.
    tells: bool,
}

impl Swinging {
    /// Takes the next step, recorded at `time`. Gives the run that ends before it, if one does that is
    /// worth a word: at least two changes, of which one is not noise by itself.
    pub fn take(&mut self, step: &Step, time: Option<Timestamp>) -> Option<Swings> {
        let root = |place: usize| self.roots.get(place).copied().unwrap_or(place);
        let known = step.returns_to.map_or(step.version, root);
        let before = step.against.map(root);
        self.roots.push(known);
        let returns = step.returns_to.is_some();
        match &step.noise {
            Some(Noise::Swing) => {}
            None if returns => {}
            Some(_) => return None,
            None => return self.end(),
        }
        let apart = |run: &Run| match (run.time, time) {
            (Some(last), Some(now)) => now.duration_since(last) > APART,
            _ => false,
        };
        let ended = if self.run.as_ref().is_some_and(apart) {
            self.end()
        } else {
            None
        };
        let run = self.run.get_or_insert_with(|| Run {
            first: step.version,
            last: step.version,
            times: 0,
            time: None,
            texts: before.into_iter().collect(),
            tells: false,
        });
        run.last = step.version;
        run.times += 1;
        run.time = time;
        run.tells |= step.noise.is_none();
        if !run.texts.contains(&known) {
            run.texts.push(known);
        }
        ended
    }

    /// The first version of the run that is under way, to which what comes next may belong.
    pub fn first(&self) -> Option<usize> {
        Some(self.run.as_ref()?.first)
    }

    /// The run that is under way, which ends here.
    pub fn end(&mut self) -> Option<Swings> {
        let run = self.run.take()?;
        (run.tells && run.times > 1).then_some(Swings {
            first: run.first,
            last: run.last,
            times: run.times,
            texts: run.texts.len(),
        })
    }

    /// All runs of a history; `time` tells when a version was recorded.
    pub fn all(steps: &[Step], time: impl Fn(usize) -> Option<Timestamp>) -> Vec<Swings> {
        let mut swinging = Self::default();
        let mut runs: Vec<Swings> = steps
            .iter()
            .filter_map(|step| swinging.take(step, time(step.version)))
            .collect();
        runs.extend(swinging.end());
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter is a text; `s` behind it makes it a swing, `f` noise of form. One version a day, and
    /// after `|` one of two months later.
    fn runs(spelled: &str) -> Vec<String> {
        let mut day = 0;
        let mut texts: Vec<char> = Vec::new();
        let (mut steps, mut times) = (Vec::new(), Vec::new());
        for word in spelled.split(' ') {
            let word = match word.strip_prefix('|') {
                Some(rest) => {
                    day += 60;
                    rest
                }
                None => word,
            };
            day += 1;
            let mut letters = word.chars();
            let text = letters.next().unwrap();
            let place = steps.len();
            let mut step = Step::first(place, 100, None);
            step.against = place.checked_sub(1);
            step.returns_to = texts.iter().rposition(|known| *known == text);
            step.noise = match letters.next() {
                Some('s') => Some(Noise::Swing),
                Some(_) => Some(Noise::Form),
                None => None,
            };
            texts.push(text);
            steps.push(step);
            times.push(Timestamp::from_second(day * 86_400).unwrap());
        }
        let told = |run: &Swings| format!("{}-{}: {}", run.first, run.last, run.told());
        let all = Swinging::all(&steps, |place| times.get(place).copied());
        all.iter().map(told).collect()
    }

    #[test]
    fn texts_that_take_turns_are_one_run() {
        assert_eq!(
            runs("a b a bs as bs c"),
            ["2-5: 4 times back and forth between 2 texts"]
        );
        assert_eq!(
            runs("a b c a df b c"),
            ["3-6: 3 times back and forth between 3 texts"]
        );
    }

    #[test]
    fn one_return_is_an_event_and_so_is_a_late_one() {
        assert!(runs("a b a c").is_empty());
        assert!(runs("a b |a |b |a").is_empty());
        assert_eq!(
            runs("a b a b |a b a"),
            [
                "2-3: 2 times back and forth between 2 texts",
                "4-6: 3 times back and forth between 2 texts"
            ]
        );
    }
}
