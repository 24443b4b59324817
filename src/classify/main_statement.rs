//! Sentences → the stance of a paragraph: which of them is its main statement.

use crate::model::Stance;

/// A sentence with this share of the points of the best one is a main statement too.
const MAIN_SHARE: f32 = 0.1;

/// The stance of a text of several sentences, each with its points for the main topic: that of the
/// first that says something of note about it. Where texts on a topic of this one are there to
/// disclaim (`disclaims`), a denial among those is what they come down to.
pub(super) fn stance_of_all(said: &[(f32, Option<Stance>)], disclaims: bool) -> Option<Stance> {
    let states = |stance: &Option<Stance>| stance.is_some_and(|stance| stance != Stance::None);
    let most = said
        .iter()
        .filter(|(_, stance)| states(stance))
        .fold(0.0, |most: f32, (points, _)| most.max(*points));
    let mut main = said
        .iter()
        .filter(|(points, stance)| states(stance) && *points >= most * MAIN_SHARE)
        .filter_map(|(_, stance)| *stance);
    let Some(first) = main.next() else {
        return nothing_stated(said);
    };
    let denied = first == Stance::Denies || main.any(|stance| stance == Stance::Denies);
    Some(if disclaims && denied {
        Stance::Denies
    } else {
        first
    })
}

/// Where no sentence states anything, a pointer ("Find out more about …") makes the text one unless
/// another sentence says more about the main topic.
fn nothing_stated(said: &[(f32, Option<Stance>)]) -> Option<Stance> {
    let most = |pointing: bool| {
        said.iter()
            .filter(|(_, stance)| stance.is_some() == pointing)
            .map(|(points, _)| *points)
            .reduce(f32::max)
    };
    let pointer = most(true)?;
    let aside = most(false).is_some_and(|other| other > pointer);
    (!aside).then_some(Stance::None)
}
