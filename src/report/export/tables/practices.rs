//! `practices`: what policies answer, question by question.

use super::{PLACE, Place, columns, row, with_place};
use crate::model::{Answers, Clause, Policy, PracticeAnswer, Proof, Question};
use crate::report::export::{Row, Table};

/// The table of answers.
pub const PRACTICES: Table = Table {
    name: "practices",
    about: "the answer of a policy to a practice question; every question is there for every policy",
    columns: &with_place::<{ PLACE.len() + OWN.len() }>(OWN),
};

struct PracticeRow<'a> {
    policy: &'a Policy,
    question: &'a Question,
    answer: &'a PracticeAnswer,
    general: Option<&'a Question>,
    /// The best sentence.
    proof: Option<&'a Proof>,
    /// The best of those that answer otherwise.
    contrary: Option<&'a Proof>,
}

columns! {
    OWN, fn cells(row: &PracticeRow<'a>);
    "practice" Text required "The question, by its name" => &row.question.id;
    "topic" Text required "The topic that the question belongs to" => row.question.topic.id();
    "answer" Text required "`yes`, `no`, `conditional` or `not-stated`; silence is never `no`" => row.answer.answer.id();
    "contradicted" Flag required "Whether sentences of the policy disagree" => row.answer.contradicted;
    "general" Text nullable "The wider question whose flat No answers this one" => row.general.map(|question| &question.id);
    "evidence" Text nullable "The sentence that says so best; nothing where nothing is stated" => row.proof.map(|proof| row.policy.clause_text(proof.clause));
    "clause" Count nullable "The number of that sentence in the table of clauses" => row.proof.map(|proof| proof.clause.0);
    "start" Count nullable "Its first byte in the file" => row.place(row.proof).map(|clause| clause.span.start);
    "end" Count nullable "One past its last byte" => row.place(row.proof).map(|clause| clause.span.end);
    "lead_in" Text nullable "What the sentence goes on from, such as the sentence that leads its list in" => row.proof.and_then(|proof| proof.lead_in).map(|lead| row.policy.clause_text(lead));
    "contrary" Text nullable "Where sentences disagree: the best that answers otherwise" => row.contrary.map(|proof| row.policy.clause_text(proof.clause));
    "contrary_clause" Count nullable "The number of that sentence" => row.contrary.map(|proof| proof.clause.0);
}

impl<'a> PracticeRow<'a> {
    fn place(&self, proof: Option<&Proof>) -> Option<&'a Clause> {
        self.policy.clauses.get(proof?.clause.index())
    }
}

/// The rows of a policy in the table of answers.
pub fn practices<'a>(
    place: Place<'a>,
    policy: &'a Policy,
    questions: &'a [Question],
    answers: &'a Answers,
) -> impl Iterator<Item = Row<'a>> {
    questions.iter().enumerate().map(move |(number, question)| {
        let answer = answers.of(number);
        let mut statements = answer.statements();
        let own = PracticeRow {
            policy,
            question,
            answer,
            general: answer.general.and_then(|wider| questions.get(wider)),
            proof: statements.next(),
            contrary: statements.next(),
        };
        row(&place, cells(&own))
    })
}
