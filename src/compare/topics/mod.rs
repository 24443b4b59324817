//! By topic: the clauses of two companies on each topic, paired when they speak of the same thing.
//!
//! Rows of a topic stand in this order: pairs first (opposed, different, similar, same; within
//! each as the left document has them), then what only the left says, then what only the right
//! says, each in its document's order.

mod alike;
mod background;
pub(super) mod figures;
mod level;
mod lexicon;
mod meaning;
pub(super) mod opposed;
mod pairing;
mod prepared;
mod profiles;
mod stems;
mod subjects;
#[cfg(test)]
mod tests;
mod word_classes;
#[cfg(test)]
mod words_file;

use crate::compare::keys::{self, Text};
use crate::compare::{
    By, Class, Comparison, Input, Row, RowKind, TopicVerdict, Verdict, notes, verdict,
    word_key::word_key, word_table, words::changes,
};
use crate::model::{ClauseId, Pair, Policy, Side, Stance, Topic, at_once};
use pairing::{Match, Meanings, Pairing, Pairs};

/// Share of what either side says that the other must say too, for a topic to be the same.
const SAME_SHARE: f32 = 0.6;
/// The same for both sides together (the geometric mean), to be similar: one may say more.
const SIMILAR_SHARE: f32 = 0.34;
/// But no more than this: the share of what either side says that the other must say even then.
const LEAST_SHARE: f32 = 0.2;
/// How far a denial has to be met by the other side, not to be a difference by itself.
const REFUSAL_MET: f32 = 0.15;
/// What a clause weighs in the verdict of a topic that is not its main one.
const ASIDE: f32 = 0.5;

/// What two policies say, clause by clause; topics are not asked for.
pub(super) struct Said<'a> {
    texts: Pair<Text<'a>>,
    meanings: Pair<Meanings>,
}

impl<'a> Said<'a> {
    /// Reads both policies.
    pub(super) fn by(policies: Pair<&'a Policy>) -> Self {
        let texts = keys::texts(policies);
        let size = policies.left.text.len() + policies.right.text.len();
        let meanings = texts.as_ref().map_text(size, pairing::read);
        Self { texts, meanings }
    }
}

/// Compares two policies topic by topic. `flip` says that the right side comes first in canonical
/// order, `versions` that both are versions of one text.
pub(super) fn compare(
    pair: Pair<Input<'_>>,
    said: &Said<'_>,
    flip: bool,
    versions: bool,
) -> Comparison {
    let mut clauses = verdict::clauses_by_topic(pair);
    level::level(&mut clauses, said.texts.as_ref());
    // What is on no topic is compared as if that were one.
    let rest = verdict::clauses_on_none(pair, &clauses);
    let comparer = Comparer {
        pair,
        texts: said.texts.as_ref(),
        pairing: Pairing::new(pair, said, flip),
        versions,
        flip,
    };
    let (mut parts, rest_rows) = comparer.all(clauses, &rest);
    let mut topics: Vec<TopicVerdict> = parts.iter().map(|(topic, _)| topic.clone()).collect();
    verdict::order(&mut topics);
    let mut rows = Vec::new();
    for topic in &mut topics {
        let from = rows.len();
        if let Some((_, own)) = parts.iter_mut().find(|(part, _)| part.topic == topic.topic) {
            rows.append(own);
        }
        topic.rows = from..rows.len();
    }
    let from = rows.len();
    rows.extend(rest_rows);
    Comparison {
        by: By::Topic,
        summary: super::summary(&rows),
        rest: from..rows.len(),
        turns: Vec::new(),
        relinked: Vec::new(),
        rows,
        topics,
        practices: Vec::new(),
        notes: notes::by_topic(pair),
    }
}

/// A topic's verdict and its rows.
type Part = (TopicVerdict, Vec<Row>);

struct Comparer<'a> {
    pair: Pair<Input<'a>>,
    texts: Pair<&'a Text<'a>>,
    pairing: Pairing<'a>,
    /// Both are versions of one text: whatever came, went or changed on a topic counts.
    versions: bool,
    flip: bool,
}

impl Comparer<'_> {
    /// What every topic comes to, and the rows of what is on none.
    fn all(
        &self,
        clauses: Vec<Pair<Vec<ClauseId>>>,
        rest: &Pair<Vec<ClauseId>>,
    ) -> (Vec<Part>, Vec<Row>) {
        let topics: Vec<_> = Topic::ALL.into_iter().zip(clauses).collect();
        // Every second topic, so that both halves are about as much to do: what is on none takes as
        // long as a few topics.
        let half = |odd: usize| -> Vec<Part> {
            let own = topics.iter().skip(odd).step_by(2);
            own.map(|(topic, clauses)| self.topic(*topic, clauses.clone()))
                .collect()
        };
        let bytes = self.texts.left.policy.text.len() + self.texts.right.policy.text.len();
        let rows = || self.rows(None, rest, self.pairing.matches(rest).matches);
        let ((even, rows), odd) = at_once(bytes, || (half(0), rows()), || half(1));
        (even.into_iter().chain(odd).collect(), rows)
    }

    fn topic(&self, topic: Topic, clauses: Pair<Vec<ClauseId>>) -> (TopicVerdict, Vec<Row>) {
        let pairs = self.pairing.matches(&clauses);
        let verdict =
            verdict::one_sided(&clauses).unwrap_or_else(|| self.verdict(topic, &clauses, &pairs));
        let rows = self.rows(Some(topic), &clauses, pairs.matches);
        let verdict = TopicVerdict {
            topic,
            verdict,
            clauses,
            rows: 0..0,
        };
        (verdict, rows)
    }

    /// What the pairs and the rest come to: how much of what both sides say stands in pairs that
    /// agree.
    fn verdict(&self, topic: Topic, clauses: &Pair<Vec<ClauseId>>, pairs: &Pairs) -> Verdict {
        let matches = &pairs.matches[..];
        if matches.iter().any(|m| m.kind == RowKind::Opposed) {
            return Verdict::Opposed;
        }
        if self.versions {
            return strict(clauses, matches);
        }
        // The rest may be alike word for word: another age or period is another rule.
        let other_figures = |m: &Match| m.figures && m.kind == RowKind::Different;
        if matches.iter().any(other_figures) {
            return Verdict::Different;
        }
        if matches.iter().any(|m| m.refused) || self.refuses_alone(topic, clauses, &pairs.met) {
            return Verdict::Different;
        }
        let weight = |side: Side, id: ClauseId| {
            let main = self.pair[side].labels.of(id).main() == Some(topic);
            self.pairing.weight_of(side, id) * if main { 1.0 } else { ASIDE }
        };
        let mut total = Pair::new(0.0_f32, 0.0_f32);
        let mut agreed = total;
        for side in Side::BOTH {
            for (&id, met) in clauses[side].iter().zip(&pairs.met[side]) {
                let weight = weight(side, id);
                total[side] += weight;
                agreed[side] += met * weight;
            }
        }
        let share = Pair::SIDES.map(|side: Side| agreed[side] / total[side]);
        let least = share.left.min(share.right);
        if least >= SAME_SHARE && are_mostly_kept(matches) {
            Verdict::Same
        } else if least >= LEAST_SHARE && share.left * share.right >= SIMILAR_SHARE.powi(2) {
            Verdict::Similar
        } else {
            Verdict::Different
        }
    }

    /// Whether one side says that something is not done, and the other does not: a promise or a refusal
    /// that only one of two companies makes is a difference, however much else they both say.
    fn refuses_alone(
        &self,
        topic: Topic,
        clauses: &Pair<Vec<ClauseId>>,
        met: &Pair<Vec<f32>>,
    ) -> bool {
        Side::BOTH.into_iter().any(|side| {
            let mut clauses = clauses[side].iter().zip(&met[side]);
            clauses.any(|(&id, &met)| {
                let labels = self.pair[side].labels.of(id);
                met < REFUSAL_MET
                    && labels.stance == Stance::Denies
                    && labels.main() == Some(topic)
                    && self.pairing.refuses(side, id)
            })
        })
    }

    fn rows(
        &self,
        topic: Option<Topic>,
        clauses: &Pair<Vec<ClauseId>>,
        mut matches: Vec<Match>,
    ) -> Vec<Row> {
        matches.sort_by_key(|m| (kind_rank(m.kind), m.left));
        let mut used = clauses.as_ref().map(|side| vec![false; side.len()]);
        let mut rows = Vec::new();
        for m in &matches {
            used.left[m.left] = true;
            used.right[m.right] = true;
            let ids = Pair::new(clauses.left[m.left], clauses.right[m.right]);
            rows.push(self.paired(topic, m.kind, ids));
        }
        for (side, kind) in [
            (Side::Left, RowKind::OnlyLeft),
            (Side::Right, RowKind::OnlyRight),
        ] {
            let places = clauses[side].iter().zip(&used[side]);
            for (&id, _) in places.filter(|(_, used)| !**used) {
                let mut clauses = Pair::default();
                clauses[side] = vec![id];
                rows.push(Row {
                    kind,
                    class: Class::Wording,
                    topic,
                    clauses,
                    words: Vec::new(),
                    partner: None,
                });
            }
        }
        rows
    }

    fn paired(&self, topic: Option<Topic>, kind: RowKind, ids: Pair<ClauseId>) -> Row {
        let clauses = ids.map(|id| vec![id]);
        let (class, words) = if kind == RowKind::Same {
            (Class::None, Vec::new())
        } else {
            changes::between(self.texts, &clauses, self.flip)
        };
        Row {
            kind,
            class,
            topic,
            clauses,
            words,
            partner: None,
        }
    }
}

/// Whether pairs may come to the same: some say the same, in whatever words, most agree, and in none does
/// one side deny where the other asserts.
fn are_mostly_kept(matches: &[Match]) -> bool {
    let kept = |m: &Match| matches!(m.kind, RowKind::Same | RowKind::Similar);
    let agreed = matches.iter().filter(|m| m.agrees).count();
    matches.iter().any(kept) && 2 * agreed > matches.len() && !matches.iter().any(|m| m.contrary)
}

/// The verdict on a topic of two versions of one text: the same when every clause on either side
/// stands as it stood, similar when every clause was kept and only reworded, its figures with it.
fn strict(clauses: &Pair<Vec<ClauseId>>, matches: &[Match]) -> Verdict {
    let all = |kinds: &[RowKind]| {
        let kept = matches
            .iter()
            .filter(|m| kinds.contains(&m.kind) && !m.figures)
            .count();
        kept == clauses.left.len() && kept == clauses.right.len()
    };
    match () {
        () if all(&[RowKind::Same]) => Verdict::Same,
        () if all(&[RowKind::Same, RowKind::Similar]) => Verdict::Similar,
        () => Verdict::Different,
    }
}

fn kind_rank(kind: RowKind) -> u8 {
    match kind {
        RowKind::Opposed => 0,
        RowKind::Different => 1,
        RowKind::Similar => 2,
        _ => 3,
    }
}
