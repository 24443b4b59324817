//! Topics that give way to others: where one text would be said to be about both, it is about one.

use super::sums::ByTopic;
use crate::model::Topic;

/// A text that is mainly general announces practices more than it states them: one counts only with
/// this share of the points that `general` has.
const ANNOUNCED: f32 = 0.7;

/// A text on how long data is kept names purposes and laws to say why: those count as topics of their
/// own only with so many points more.
const REASONS: f32 = 5.0;

/// Takes away the topics that give way to others, of points over the thresholds.
pub(super) fn give_way(over: &mut ByTopic) {
    to_or_from_general(over);
    to_retention(over);
}

/// `general` means that nothing more telling was found: it gives way to any topic that is stronger,
/// and practices that are only announced give way to it.
fn to_or_from_general(over: &mut ByTopic) {
    let general = Topic::General.index();
    let strongest = strongest(over, general);
    if strongest >= 0.0 && over[general] < strongest {
        over[general] = f32::NEG_INFINITY;
        return;
    }
    let enough = over[general] * ANNOUNCED;
    for topic in Topic::ALL.into_iter().filter(|topic| is_practice(*topic)) {
        let over = &mut over[topic.index()];
        if *over < enough {
            *over = f32::NEG_INFINITY;
        }
    }
}

/// The most points that any topic but one has. The strongest of each four are found side by side.
fn strongest(over: &ByTopic, but: usize) -> f32 {
    let mut others = *over;
    others[but] = f32::NEG_INFINITY;
    let mut most = [f32::NEG_INFINITY; 4];
    for four in others.as_chunks::<4>().0 {
        for (most, over) in most.iter_mut().zip(four) {
            *most = most.max(*over);
        }
    }
    most.into_iter().fold(f32::NEG_INFINITY, f32::max)
}

/// "We keep it as long as the purpose, or the law, requires" is about keeping alone.
fn to_retention(over: &mut ByTopic) {
    let kept = over[Topic::Retention.index()];
    for reason in [Topic::Use, Topic::Legal] {
        let over = &mut over[reason.index()];
        if kept >= 0.0 && *over < kept + REASONS {
            *over = f32::NEG_INFINITY;
        }
    }
}

/// Whether a topic is about what is done with data, so that an introduction may announce it.
fn is_practice(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Collection
            | Topic::Cookies
            | Topic::Use
            | Topic::Sharing
            | Topic::Choice
            | Topic::Access
            | Topic::Retention
            | Topic::Security
            | Topic::Children
    )
}

/// A heading that stands as text is general too, whatever it announces.
pub(super) fn join_general(over: &mut ByTopic) {
    let general = &mut over[Topic::General.index()];
    *general = general.max(0.0);
}
