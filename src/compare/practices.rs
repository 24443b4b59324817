//! By practice: what both sides answer to each question, and the sentences that say so.

use super::topics::figures::{self, Figure};
use super::{
    Asked, By, Class, Comparison, Input, PracticeVerdict, Row, RowKind, Verdict, notes, summary,
};
use crate::model::{Answer, ClauseId, Pair, Policy, PracticeAnswer, Proof, Question, Side};

/// Compares answers. Both sides are treated alike, so exchanging them mirrors the result.
pub(super) fn compare(pair: Pair<Input<'_>>, asked: Asked<'_>) -> Comparison {
    let policies = pair.map(|input| input.policy);
    let mut practices: Vec<PracticeVerdict> = asked
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| {
            let answers = asked.answers.map(|answers| answers.of(place));
            verdict_on(place, question, answers, policies)
        })
        .collect();
    practices.sort_by_key(|found| (rank(found.verdict), found.question.topic, found.place));
    let mut rows = Vec::new();
    for practice in &mut practices {
        let first = rows.len();
        rows.extend(rows_of(practice, policies));
        practice.rows = first..rows.len();
    }
    Comparison {
        by: By::Practice,
        summary: summary(&rows),
        rows,
        topics: Vec::new(),
        practices,
        rest: 0..0,
        turns: Vec::new(),
        relinked: Vec::new(),
        notes: notes::by_practice(pair),
    }
}

fn verdict_on(
    place: usize,
    question: &Question,
    answers: Pair<&PracticeAnswer>,
    policies: Pair<&Policy>,
) -> PracticeVerdict {
    let verdict = verdict(answers);
    let other = (verdict == Verdict::Same)
        .then(|| other_figures(answers, policies))
        .flatten();
    PracticeVerdict {
        place,
        question: question.clone(),
        verdict: if other.is_some() {
            Verdict::Similar
        } else {
            verdict
        },
        answers: answers.map(Clone::clone),
        shown: other.unwrap_or_default(),
        rows: 0..0,
    }
}

/// Where two sides answer alike but give other figures, the evidence of each that shows it. A side
/// that gives none leaves open what the other fixes, which is no other figure.
fn other_figures(answers: Pair<&PracticeAnswer>, policies: Pair<&Policy>) -> Option<Pair<usize>> {
    let stated = |side: Side| -> Vec<Vec<Figure>> {
        let answer = answers[side];
        let proofs = answer.evidence.iter();
        proofs
            .map(|proof| {
                let says_so = proof.answer == answer.answer;
                let text = says_so.then(|| policies[side].clause_text(proof.clause));
                text.map_or_else(Vec::new, figures::of)
            })
            .collect()
    };
    let figures = Pair::new(stated(Side::Left), stated(Side::Right));
    let lacking = |side: Side| {
        let theirs = figures[side.other()].iter().flatten();
        let theirs: Vec<&Figure> = theirs.collect();
        let other = |own: &Vec<Figure>| own.iter().any(|figure| !theirs.contains(&figure));
        figures[side].iter().position(other)
    };
    let any = |side: Side| figures[side].iter().any(|figures| !figures.is_empty());
    let shown = Pair::new(lacking(Side::Left), lacking(Side::Right));
    let differ = any(Side::Left) && any(Side::Right) && shown != Pair::new(None, None);
    differ.then(|| shown.map(Option::unwrap_or_default))
}

/// Opposed is a plain Yes against a plain No. A policy whose sentences disagree is not said to oppose
/// another: it differs from one that is plain, whatever that answers. A condition makes an answer
/// different from Yes and from No.
fn verdict(answers: Pair<&PracticeAnswer>) -> Verdict {
    let plain = !answers.left.contradicted && !answers.right.contradicted;
    match (answers.left.answer, answers.right.answer) {
        (Answer::NotStated, Answer::NotStated) => Verdict::Neither,
        (_, Answer::NotStated) => Verdict::OnlyLeft,
        (Answer::NotStated, _) => Verdict::OnlyRight,
        (Answer::Yes, Answer::No) | (Answer::No, Answer::Yes) if plain => Verdict::Opposed,
        (left, right)
            if left == right && answers.left.contradicted == answers.right.contradicted =>
        {
            Verdict::Same
        }
        _ => Verdict::Different,
    }
}

/// Differences first. What only one side answers stands together, whichever side that is.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Opposed => 0,
        Verdict::Different => 1,
        Verdict::OnlyLeft | Verdict::OnlyRight => 2,
        Verdict::Similar => 3,
        Verdict::Same => 4,
        Verdict::Neither => 5,
    }
}

/// A row for the sentences that prove the answers, and one for those that disagree with them.
fn rows_of<'a>(
    practice: &'a PracticeVerdict,
    policies: Pair<&'a Policy>,
) -> impl Iterator<Item = Row> + use<'a> {
    let kind = match practice.verdict {
        Verdict::Opposed => RowKind::Opposed,
        Verdict::Different => RowKind::Different,
        Verdict::OnlyLeft => RowKind::OnlyLeft,
        Verdict::OnlyRight => RowKind::OnlyRight,
        Verdict::Similar => RowKind::Similar,
        Verdict::Same | Verdict::Neither => RowKind::Same,
    };
    let class = match practice.verdict {
        Verdict::Same | Verdict::Neither => Class::None,
        Verdict::Similar => Class::Numbers,
        _ => Class::Wording,
    };
    let stated = practice.verdict != Verdict::Neither;
    let statements = |side: Side| practice.statements(side).count();
    let count = statements(Side::Left).max(statements(Side::Right)).max(1);
    (0..if stated { count } else { 0 }).map(move |nth| {
        let cell = |side: Side| {
            let proof = practice.statements(side).nth(nth);
            proof.map_or_else(Vec::new, |proof| clauses(proof, policies[side]))
        };
        Row {
            kind: if nth == 0 { kind } else { RowKind::Contrary },
            class: if nth == 0 { class } else { Class::None },
            topic: Some(practice.question.topic),
            clauses: Pair::new(cell(Side::Left), cell(Side::Right)),
            words: Vec::new(),
            partner: None,
        }
    })
}

/// The clause of a proof, after the one that leads its list in.
fn clauses(proof: &Proof, policy: &Policy) -> Vec<ClauseId> {
    let clause = policy.clauses.get(proof.clause.index());
    let lead_in = clause.and_then(|clause| clause.lead_in);
    lead_in.into_iter().chain([proof.clause]).collect()
}

impl PracticeVerdict {
    /// What is shown of a side's evidence: what it says as the other does or does not, and where its
    /// sentences disagree the best of those that answer otherwise.
    pub fn statements(&self, side: Side) -> impl Iterator<Item = &Proof> {
        let answer = &self.answers[side];
        let first = answer.evidence.get(self.shown[side]);
        first.into_iter().chain(answer.statements().skip(1))
    }
}

impl Comparison {
    /// By practice: the verdict that a row belongs to.
    pub fn practice_of(&self, row: usize) -> Option<&PracticeVerdict> {
        let at = self
            .practices
            .partition_point(|found| found.rows.end <= row);
        let found = self.practices.get(at);
        found.filter(|found| found.rows.contains(&row))
    }

    /// By practice: what a cell of a row rests on.
    pub fn proof(&self, row: usize, side: Side) -> Option<&Proof> {
        let practice = self.practice_of(row)?;
        let nth = row - practice.rows.start;
        practice.statements(side).nth(nth)
    }

    /// By practice: what a side answers, in words: `No (sentences disagree)`.
    pub fn said(&self, found: &PracticeVerdict, side: Side) -> String {
        let answer = &found.answers[side];
        let mut said = answer.answer.label().to_owned();
        if answer.contradicted {
            said.push_str(" (sentences disagree)");
        }
        if let Some(wider) = self.wider(answer) {
            said.push_str(&format!(" (by the general clause on {})", wider.id));
        }
        said
    }

    /// By practice: the wider question whose answer this is.
    pub fn wider(&self, answer: &PracticeAnswer) -> Option<&Question> {
        let place = answer.general?;
        let found = self.practices.iter().find(|found| found.place == place);
        found.map(|found| &found.question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare_practices;
    use crate::compare::testing::policy;
    use crate::model::{Answers, Labels, Topic};
    use Answer::{Conditional, No, NotStated, Yes};
    use proptest::prelude::*;

    fn questions(count: usize) -> Vec<Question> {
        let topic = |place: usize| Topic::ALL[(place * 7) % Topic::ALL.len()];
        (0..count)
            .map(|place| Question {
                id: format!("question-{place}"),
                topic: topic(place),
                text: format!("Question {place}?"),
            })
            .collect()
    }

    fn proof(clause: u32, answer: Answer) -> Proof {
        Proof {
            clause: ClauseId(clause),
            lead_in: None,
            answer,
            words: Vec::new(),
        }
    }

    /// An answer that rests on the first clause; where it is contradicted the second denies it.
    fn answer(answer: Answer, contradicted: bool) -> PracticeAnswer {
        let contrary = if answer == Yes { No } else { Yes };
        let mut evidence = Vec::new();
        if answer != NotStated {
            evidence.push(proof(0, answer));
        }
        if contradicted {
            evidence.push(proof(1, contrary));
        }
        PracticeAnswer {
            answer,
            contradicted,
            general: None,
            evidence,
        }
    }

    fn compared(left: &[PracticeAnswer], right: &[PracticeAnswer]) -> Comparison {
        let text = "We sell it. We never sell it. We sell it if you agree.";
        between(Pair::new(text, text), left, right)
    }

    fn between(texts: Pair<&str>, left: &[PracticeAnswer], right: &[PracticeAnswer]) -> Comparison {
        let policies = texts.map(policy);
        let labels = Labels::default();
        let inputs = policies.as_ref().map(|policy| Input {
            policy,
            labels: &labels,
        });
        let answers = Pair::new(left, right).map(|answers| Answers {
            answers: answers.to_vec(),
        });
        let asked = Asked {
            questions: &questions(left.len()),
            answers: answers.as_ref(),
        };
        compare_practices(inputs, asked)
    }

    fn verdict_of(left: PracticeAnswer, right: PracticeAnswer) -> Verdict {
        compared(&[left], &[right]).practices[0].verdict
    }

    #[test]
    fn only_a_plain_yes_opposes_a_plain_no() {
        let plain = |left, right| verdict_of(answer(left, false), answer(right, false));
        assert_eq!(plain(Yes, No), Verdict::Opposed);
        assert_eq!(plain(No, Yes), Verdict::Opposed);
        for stated in [Yes, No] {
            assert_eq!(plain(Conditional, stated), Verdict::Different);
            assert_eq!(plain(stated, Conditional), Verdict::Different);
        }
        assert_eq!(
            verdict_of(answer(Yes, true), answer(No, false)),
            Verdict::Different
        );
        assert_eq!(
            verdict_of(answer(No, true), answer(Yes, true)),
            Verdict::Different
        );
    }

    #[test]
    fn who_disagrees_with_itself_does_not_say_the_same() {
        let with = |left, right| verdict_of(answer(Yes, left), answer(Yes, right));
        assert_eq!(with(false, false), Verdict::Same);
        assert_eq!(with(true, true), Verdict::Same);
        assert_eq!(with(true, false), Verdict::Different);
        assert_eq!(with(false, true), Verdict::Different);
    }

    #[test]
    fn the_same_answer_by_other_figures_is_similar_and_shows_them() {
        let between = |left: &str, right: &str| {
            let proofs = |text: &str| PracticeAnswer {
                evidence: (0..text.matches('.').count())
                    .map(|clause| proof(clause as u32, Yes))
                    .collect(),
                ..answer(Yes, false)
            };
            let found = between(Pair::new(left, right), &[proofs(left)], &[proofs(right)]);
            let practice = &found.practices[0];
            (practice.verdict, practice.shown, found.summary.numbers)
        };
        let logs = "We keep logs for 30 days. ";
        let (one, other) = (
            format!("{logs}We delete your account after 13 months."),
            format!("{logs}We delete your account after 31 months."),
        );
        assert_eq!(
            between(&one, &other),
            (Verdict::Similar, Pair::new(1, 1), 1)
        );
        let same = (Verdict::Same, Pair::new(0, 0), 0);
        assert_eq!(between(&one, &one), same);
        // 12 months are a year, an article of a law is no figure, and silence is none.
        assert_eq!(between("Kept for 12 months.", "Kept for one year."), same);
        assert_eq!(
            between("Kept under Article 6.", "Kept under Article 7."),
            same
        );
        assert_eq!(between("Kept for 12 months.", "Kept while needed."), same);
        assert_eq!(
            between(logs, &one),
            (Verdict::Similar, Pair::new(0, 1), 1),
            "a figure that came is shown"
        );
    }

    #[test]
    fn silence_is_no_answer() {
        for stated in [Yes, No, Conditional] {
            let (said, silent) = (answer(stated, false), answer(NotStated, false));
            assert_eq!(verdict_of(said.clone(), silent.clone()), Verdict::OnlyLeft);
            assert_eq!(verdict_of(silent, said), Verdict::OnlyRight);
        }
        let silent = || answer(NotStated, false);
        let neither = compared(&[silent()], &[silent()]);
        assert_eq!(neither.practices[0].verdict, Verdict::Neither);
        assert!(neither.rows.is_empty());
    }

    #[test]
    fn a_contradicted_answer_shows_both_sentences() {
        let found = compared(&[answer(Yes, true)], &[answer(No, false)]);
        let cells: Vec<_> = found.rows.iter().map(|row| row.clauses.clone()).collect();
        let (first, second) = (ClauseId(0), ClauseId(1));
        assert_eq!(
            cells,
            [
                Pair::new(vec![first], vec![first]),
                Pair::new(vec![second], vec![])
            ]
        );
        assert_eq!(found.rows[1].kind, RowKind::Contrary);
        let proof = |row| found.proof(row, Side::Left).map(|proof| proof.answer);
        assert_eq!((proof(0), proof(1), proof(2)), (Some(Yes), Some(No), None));
    }

    #[test]
    fn an_answer_by_a_wider_statement_names_its_question() {
        let general = PracticeAnswer {
            general: Some(0),
            ..answer(No, false)
        };
        let left = [answer(No, false), general];
        let right = [answer(Yes, false), answer(NotStated, false)];
        let found = compared(&left, &right);
        let narrower = found.practices.iter().find(|practice| practice.place == 1);
        let narrower = narrower.unwrap();
        assert_eq!(
            found.said(narrower, Side::Left),
            "No (by the general clause on question-0)"
        );
        assert_eq!(found.said(narrower, Side::Right), "Not stated");
    }

    #[test]
    fn the_clause_that_leads_a_list_in_stands_before_its_item() {
        let mut policy = policy("We never share:\n\n- your name");
        policy.clauses[1].lead_in = Some(ClauseId(0));
        assert_eq!(clauses(&proof(1, No), &policy), [ClauseId(0), ClauseId(1)]);
        assert_eq!(clauses(&proof(0, No), &policy), [ClauseId(0)]);
    }

    #[test]
    fn what_makes_silence_mean_little_is_said() {
        let notes = |left, right| between(Pair::new(left, right), &[], &[]).notes;
        let english = "We collect the data that you give to us and we use it for the purposes that are described in this policy and on our site.";
        let german = "Wir verarbeiten die Daten, die Sie uns mit der Anmeldung geben, und wir nutzen sie nur für die Zwecke, die in dieser Erklärung und auf der Seite beschrieben sind.";
        assert_eq!(
            notes(english, german),
            ["The right text seems to be in German: questions are answered from English only."]
        );
        assert_eq!(notes(english, english), ["The two texts are identical."]);
        assert_eq!(notes("", english)[0], "The left side holds no text.");
    }

    #[test]
    fn differences_stand_first_and_topics_together() {
        let left = [Yes, NotStated, Yes, NotStated, Yes, Conditional, No];
        let right = [Yes, NotStated, No, Yes, NotStated, Yes, Yes];
        let plain = |answers: [Answer; 7]| answers.map(|a| answer(a, false));
        let found = compared(&plain(left), &plain(right));
        let verdicts: Vec<Verdict> = found.practices.iter().map(|p| p.verdict).collect();
        let ranks: Vec<u8> = verdicts.iter().map(|verdict| rank(*verdict)).collect();
        assert!(ranks.is_sorted(), "{verdicts:?}");
        for one in found
            .practices
            .chunk_by(|a, b| rank(a.verdict) == rank(b.verdict))
        {
            assert!(one.is_sorted_by_key(|found| found.question.topic));
        }
        let counts = found.summary;
        assert_eq!((counts.same, counts.wording), (1, 3));
        assert_eq!((counts.added, counts.removed), (1, 1));
    }

    fn any_answer() -> impl Strategy<Value = PracticeAnswer> {
        let answers = prop::sample::select(vec![Yes, No, Conditional, NotStated]);
        (answers, any::<bool>())
            .prop_map(|(found, contradicted)| answer(found, contradicted && found != NotStated))
    }

    fn mirrored(verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::OnlyLeft => Verdict::OnlyRight,
            Verdict::OnlyRight => Verdict::OnlyLeft,
            other => other,
        }
    }

    proptest! {
        #[test]
        fn exchanging_the_sides_mirrors_the_result(
            sides in prop::collection::vec((any_answer(), any_answer()), 0..20)
        ) {
            let (left, right): (Vec<_>, Vec<_>) = sides.into_iter().unzip();
            let (one, other) = (compared(&left, &right), compared(&right, &left));
            prop_assert_eq!(one.practices.len(), other.practices.len());
            for (a, b) in one.practices.iter().zip(&other.practices) {
                prop_assert_eq!((a.place, mirrored(a.verdict)), (b.place, b.verdict));
                prop_assert_eq!(&a.rows, &b.rows);
                prop_assert_eq!(a.answers.clone().swapped(), b.answers.clone());
            }
            for (a, b) in one.rows.iter().zip(&other.rows) {
                prop_assert_eq!(a.clauses.clone().swapped(), b.clauses.clone());
                prop_assert_eq!((a.class, a.topic), (b.class, b.topic));
            }
            prop_assert_eq!(one.rows.len(), other.rows.len());
            for (row, _) in one.rows.iter().enumerate() {
                prop_assert!(one.practice_of(row).is_some_and(|found| found.rows.contains(&row)));
            }
        }
    }
}
