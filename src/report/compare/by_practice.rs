//! By practice, for people: the question, and below it each side's answer and what it rests on.

use super::Text;
use crate::compare::{Comparison, PracticeVerdict, Verdict};
use crate::model::{Answer, Side};
use crate::report::practices::quote;
use crate::report::text::{prose, safe};
use std::io;

impl Text<'_, '_> {
    pub(super) fn by_practice(&mut self, comparison: &Comparison) -> io::Result<()> {
        let on = |found: &&PracticeVerdict| self.options.shows_topic(Some(found.question.topic));
        let shown: Vec<&PracticeVerdict> = comparison.practices.iter().filter(on).collect();
        let stated = shown.partition_point(|found| found.verdict != Verdict::Neither);
        let (stated, neither) = shown.split_at(stated);
        for found in stated {
            writeln!(self.out)?;
            self.verdict(&safe(&found.question.text), found.verdict, "")?;
            for (side, letter) in [(Side::Left, "L"), (Side::Right, "R")] {
                self.answer(found, comparison, side, letter)?;
            }
        }
        if neither.is_empty() {
            return Ok(());
        }
        writeln!(self.out)?;
        if !self.options.all {
            let questions = if neither.len() == 1 {
                "question"
            } else {
                "questions"
            };
            let count = neither.len();
            return writeln!(
                self.out,
                "· Neither answers {count} {questions}; --all lists them"
            );
        }
        for found in neither {
            self.verdict(&safe(&found.question.text), found.verdict, "")?;
        }
        Ok(())
    }

    fn answer(
        &mut self,
        found: &PracticeVerdict,
        comparison: &Comparison,
        side: Side,
        letter: &str,
    ) -> io::Result<()> {
        let said = safe(&comparison.said(found, side));
        prose(self.out, &format!("  {letter} "), "      ", &said)?;
        for (nth, proof) in found.statements(side).enumerate() {
            if nth > 0 {
                writeln!(self.out, "    but {}", proof.answer.label())?;
            }
            if proof.answer != Answer::NotStated {
                quote(self.out, self.policies[side], proof, "      ")?;
            }
        }
        Ok(())
    }
}
