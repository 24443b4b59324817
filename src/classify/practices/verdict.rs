//! Findings → answers: what the sentences of a policy come to, question by question.

use super::layout::{Asked, Force, Rank};
use crate::model::{Answer, Answers, ClauseId, PracticeAnswer, Proof, TextRange};
use smallvec::SmallVec;
use std::cmp::Reverse;

/// The most sentences that are shown for an answer, of each side when they disagree.
const EVIDENCE: usize = 6;

impl Force {
    /// What a sentence of this force answers by itself.
    pub(super) fn answer(self) -> Answer {
        match self {
            Force::Yes => Answer::Yes,
            Force::No => Answer::No,
            Force::Scoped | Force::Exclusive => Answer::Conditional,
        }
    }
}

/// A sentence that answers a question.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// The place of the question.
    pub(super) question: usize,
    /// What it says.
    pub(super) force: Force,
    /// How it stands to others.
    pub(super) rank: Rank,
    /// Whether the sentence puts the very action that is asked for, flatly. Only such sentences can
    /// disagree: others may each be true of something else.
    pub(super) plain: bool,
    /// How well it fits; more is better.
    pub(super) weight: i32,
    /// The sentence.
    pub(super) clause: ClauseId,
    /// What it goes on from.
    pub(super) lead_in: Option<ClauseId>,
    /// The words that decided.
    pub(super) words: Words,
}

/// Places of words; few patterns have more.
pub(super) type Words = SmallVec<[TextRange; 4]>;

impl Finding {
    /// Keeps the better reading of the sentence of both, which is plain if either says so plainly.
    pub(super) fn put_beside(&mut self, mut other: Finding) {
        if other.tells_more_than(self) {
            std::mem::swap(self, &mut other);
        }
        self.plain |= other.plain && other.force == self.force;
    }

    /// Whether this is the better reading of the sentence of both: a condition says more than a
    /// denial, and a denial more than what it denies.
    fn tells_more_than(&self, other: &Finding) -> bool {
        let detail = |force: Force| match force {
            Force::Yes => 0,
            Force::No => 1,
            Force::Scoped => 2,
            Force::Exclusive => 3,
        };
        let key = |finding: &Finding| (finding.rank, detail(finding.force), finding.weight);
        key(self) > key(other)
    }

    /// What fits better comes first, then what stands first.
    fn order(&self) -> (Reverse<i32>, ClauseId) {
        (Reverse(self.weight), self.clause)
    }
}

/// The findings of a policy, no more than an answer can need: of each force and rank on a question
/// the best [`EVIDENCE`], each of another clause. This bounds memory however long the policy is.
#[derive(Debug)]
pub(super) struct Found {
    by_question: Vec<Vec<Finding>>,
}

impl Found {
    pub(super) fn new(questions: usize) -> Self {
        Self {
            by_question: vec![Vec::new(); questions],
        }
    }

    /// Adds what a sentence says; each says one thing to a question.
    pub(super) fn add(&mut self, finding: Finding) {
        let Some(list) = self.by_question.get_mut(finding.question) else {
            return;
        };
        let alike =
            |known: &&mut Finding| (known.force, known.rank) == (finding.force, finding.rank);
        let (mut count, mut worst) = (0, None::<&mut Finding>);
        for known in list.iter_mut().filter(alike) {
            count += 1;
            if worst
                .as_ref()
                .is_none_or(|worst| known.order() > worst.order())
            {
                worst = Some(known);
            }
        }
        match worst {
            Some(worst) if count >= EVIDENCE => {
                if finding.order() < worst.order() {
                    *worst = finding;
                }
            }
            _ => list.push(finding),
        }
    }

    /// The answers to every question.
    pub(super) fn answers(self, asked: &[Asked]) -> Answers {
        let mut answers: Vec<PracticeAnswer> = self.by_question.into_iter().map(answer).collect();
        for (place, asked) in asked.iter().enumerate() {
            let wider = asked.wider.map(|wider| wider as usize);
            let general = wider.and_then(|wider| general(wider, answers.get(wider)?));
            if let (Some(general), Some(slot)) = (general, answers.get_mut(place))
                && slot.answer == Answer::NotStated
            {
                *slot = general;
            }
        }
        Answers { answers }
    }
}

/// A flat No to a wider question answers a narrower one.
fn general(place: usize, wider: &PracticeAnswer) -> Option<PracticeAnswer> {
    (wider.answer == Answer::No && !wider.contradicted && wider.general.is_none()).then(|| {
        PracticeAnswer {
            general: Some(place),
            ..wider.clone()
        }
    })
}

/// What the findings on one question come to.
fn answer(mut findings: Vec<Finding>) -> PracticeAnswer {
    let Some(rank) = findings.iter().map(|finding| finding.rank).max() else {
        return PracticeAnswer::default();
    };
    findings.retain(|finding| finding.rank > Rank::Otherwise || rank == Rank::Otherwise);
    let best = |force: Force| {
        findings
            .iter()
            .filter(|finding| finding.rank == rank && finding.force == force)
            .map(|finding| finding.weight)
            .max()
    };
    let (yes, no) = (best(Force::Yes), best(Force::No));
    let (scoped, exclusive) = (best(Force::Scoped), best(Force::Exclusive));
    let denied = no.filter(|no| yes.is_none_or(|yes| *no > yes));
    let answer = match (yes, denied) {
        _ if exclusive.is_some() => Answer::Conditional,
        // A No that holds but for some, or for some cases.
        (_, Some(_)) if scoped.is_some() => Answer::Conditional,
        (_, Some(_)) => Answer::No,
        (Some(_), None) => Answer::Yes,
        (None, None) => Answer::Conditional,
    };
    let says = |force: Force| {
        let plainly = |finding: &Finding| finding.plain && finding.force == force;
        findings.iter().any(plainly)
    };
    let contradicted = exclusive.is_none() && says(Force::Yes) && says(Force::No);
    let evidence = evidence(findings, rank, answer, contradicted);
    PracticeAnswer {
        answer,
        contradicted,
        general: None,
        evidence,
    }
}

/// The sentences to show, those that say the answer first, each clause once.
fn evidence(
    mut findings: Vec<Finding>,
    rank: Rank,
    answer: Answer,
    contradicted: bool,
) -> Vec<Proof> {
    findings.sort_by_key(|finding| {
        (
            finding.force.answer() != answer,
            finding.rank != rank,
            finding.order(),
        )
    });
    let mut proofs: Vec<Proof> = Vec::new();
    for finding in findings {
        let (clause, says) = (finding.clause, finding.force.answer());
        let of_its_side = proofs.iter().filter(|known| known.answer == says);
        // The other side is shown where it disagrees; otherwise it would look like an answer.
        let telling = says == answer || contradicted || answer == Answer::Conditional;
        if telling
            && of_its_side.count() < EVIDENCE
            && !proofs.iter().any(|known| known.clause == clause)
        {
            proofs.push(Proof {
                clause,
                lead_in: finding.lead_in,
                answer: says,
                words: finding.words.into_vec(),
            });
        }
    }
    proofs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Findings of every force and rank, many more than are kept, in an order that favours none.
    fn many() -> Vec<Finding> {
        let forces = [Force::Yes, Force::No, Force::Scoped, Force::Exclusive];
        let ranks = [Rank::Otherwise, Rank::Plain, Rank::Outright];
        let mut random = fastrand::Rng::with_seed(7);
        let finding = |clause: usize| {
            let force = forces[random.usize(..forces.len())];
            Finding {
                question: 0,
                force,
                rank: ranks[random.usize(..ranks.len())],
                plain: false,
                weight: random.i32(0..9),
                clause: ClauseId::new(clause),
                lead_in: None,
                words: Words::new(),
            }
        };
        (0..5000).map(finding).collect()
    }

    #[test]
    fn what_is_kept_is_bounded_and_answers_as_all_of_it_would() {
        let all = many();
        let sets: [&dyn Fn(&Finding) -> bool; 4] = [
            &|_| true,
            &|finding| finding.force != Force::Exclusive,
            &|finding| finding.rank < Rank::Outright && finding.force != Force::Exclusive,
            &|finding| finding.rank == Rank::Otherwise && finding.force != Force::Yes,
        ];
        for holds in sets {
            let some: Vec<Finding> = all.iter().filter(|f| holds(f)).cloned().collect();
            let mut found = Found::new(1);
            some.iter().for_each(|f| found.add(f.clone()));
            let kept = found.by_question[0].len();
            assert!(kept <= 12 * EVIDENCE && kept < some.len(), "{kept}");
            let told = found.answers(&[]);
            assert_eq!(told.answers, [answer(some)]);
        }
    }
}
