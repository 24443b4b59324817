//! Policy → [`Answers`]: each practice question with the sentences that answer it.
//!
//! ```text
//! assets/practices/*.toml ─files─▶ questions, patterns ┐
//! sentence (with its lead-in) ─words─▶ scan ───────────┴─matcher─▶ hits ─polarity─▶ findings ─verdict─▶ answers
//! ```
//!
//! The questions, the word classes and every phrasing are data; nothing here knows one of them.

mod files;
mod matcher;
mod pattern;
mod polarity;
#[cfg(test)]
mod tests;
mod verdict;

use super::phrases::Match;
use super::stance::StanceReader;
use super::words::{self, Gap};
use crate::model::{Answers, BlockKind, ClauseId, ClauseKind, Policy, Proof, Question, TextRange};
use matcher::Scan;
use pattern::{Pattern, Vocabulary};
use polarity::Put;
use verdict::{Finding, Force, Rank};

/// How a pattern answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// By how its action is put.
    Action,
    /// Always so.
    Fixed(Force),
}

/// One pattern of a question.
#[derive(Clone, Debug)]
struct Rule {
    question: usize,
    says: Says,
    rank: Rank,
    pattern: Pattern,
}

/// What a question holds besides its rules.
#[derive(Clone, Debug, Default)]
struct Sides {
    /// Make of a Yes a Conditional.
    limits: Vec<Pattern>,
    /// A sentence with one of these does not answer at all.
    beside: Vec<Pattern>,
    /// … does not answer Yes.
    beside_yes: Vec<Pattern>,
    /// … does not answer No.
    beside_no: Vec<Pattern>,
    /// The wider question whose flat No answers this one.
    wider: Option<usize>,
}

/// Every question and what answers it, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Practices {
    vocabulary: Vocabulary,
    questions: Vec<Question>,
    /// Parallel to `questions`.
    sides: Vec<Sides>,
    rules: Vec<Rule>,
    /// By atom: the rules that are worth trying where it occurs.
    by_atom: Vec<Vec<u32>>,
    words: StanceReader,
}

/// What stands around a sentence.
#[derive(Default)]
struct Around<'s> {
    /// The headings above, the nearest first.
    headings: Vec<&'s Scan>,
    /// The sentences of the paragraph before it.
    before: &'s [Scan],
}

/// A sentence of so many words is a usual one.
const USUAL_WORDS: usize = 20;

impl Practices {
    /// The questions, in the order of answers.
    pub(super) fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Asks a policy every question.
    pub(super) fn answer(&self, policy: &Policy) -> Answers {
        let mut findings = Vec::new();
        let headings: Vec<Scan> = policy
            .sections
            .iter()
            .map(|section| {
                self.scan(
                    section.heading.of(&policy.text),
                    section.heading.start,
                    None,
                )
            })
            .collect();
        let mut lead_in: Option<(ClauseId, Scan)> = None;
        let mut before: Vec<Scan> = Vec::new();
        for block in &policy.blocks {
            before.clear();
            let above = above(
                policy,
                block.section,
                &headings,
                block.kind == BlockKind::Heading,
            );
            for id in block.clause_ids() {
                let Some(clause) = policy.clauses.get(id.index()) else {
                    continue;
                };
                if let Some(lead) = clause.lead_in
                    && lead_in.as_ref().is_none_or(|(known, _)| *known != lead)
                {
                    let text = policy.clause_text(lead);
                    let start = policy
                        .clauses
                        .get(lead.index())
                        .map_or(0, |clause| clause.text.start);
                    lead_in = Some((lead, self.scan(text, start, None)));
                }
                let lead = lead_in
                    .as_ref()
                    .filter(|(known, _)| clause.lead_in == Some(*known))
                    .map(|(_, scan)| scan);
                let text = clause.text.of(&policy.text);
                let scan = self.scan(text, clause.text.start, lead);
                let around = Around {
                    headings: above.clone(),
                    before: &before,
                };
                let known = findings.len();
                if !text.trim_end().ends_with('?') {
                    self.ask(&scan, &around, id, &mut findings);
                }
                if clause.kind == ClauseKind::Heading {
                    for finding in findings.iter_mut().skip(known) {
                        finding.rank = Rank::Otherwise;
                    }
                }
                before.push(scan);
            }
        }
        verdict::answers(&self.sides, findings)
    }

    /// Asks a piece of text read alone, sentence by sentence; what its sentences answer together.
    fn answer_text(&self, text: &str) -> Answers {
        let mut scans: Vec<Scan> = Vec::new();
        let mut scan = Scan::default();
        let mut any = false;
        words::read(text, |word| {
            if word.gap == Gap::Sentence && any {
                scans.push(std::mem::take(&mut scan));
            }
            any = true;
            self.push(&mut scan, &word, 0);
        });
        scans.push(scan);
        let mut findings = Vec::new();
        for scan in &mut scans {
            scan.finish(&self.vocabulary.phrases, self.vocabulary.commonness.len());
        }
        for (place, scan) in scans.iter().enumerate() {
            let around = Around {
                headings: Vec::new(),
                before: scans.get(..place).unwrap_or(&[]),
            };
            self.ask(scan, &around, ClauseId::new(place), &mut findings);
        }
        verdict::answers(&self.sides, findings)
    }

    fn push(&self, scan: &mut Scan, word: &words::Word<'_>, offset: u32) {
        let number = word.head.first().is_some_and(u8::is_ascii_digit);
        let token = self.vocabulary.phrases.token(word, offset);
        scan.push(self.words.word(word), token, number);
    }

    fn scan(&self, text: &str, offset: u32, lead: Option<&Scan>) -> Scan {
        let mut scan = Scan::default();
        if let Some(lead) = lead {
            scan.lead_in(lead);
        }
        words::read(text, |word| self.push(&mut scan, &word, offset));
        scan.finish(&self.vocabulary.phrases, self.vocabulary.commonness.len());
        scan
    }

    /// Collects what a sentence answers.
    fn ask(&self, scan: &Scan, around: &Around<'_>, clause: ClauseId, findings: &mut Vec<Finding>) {
        let mut worth: Vec<u32> = scan
            .atoms()
            .filter_map(|atom| self.by_atom.get(usize::from(atom)))
            .flatten()
            .copied()
            .collect();
        // A long sentence says much besides.
        let length = i32::try_from(scan.words.len() / USUAL_WORDS).unwrap_or(i32::MAX);
        worth.sort_unstable();
        worth.dedup();
        let mut own: Vec<Finding> = Vec::new();
        for rule in worth
            .into_iter()
            .filter_map(|place| self.rules.get(place as usize))
        {
            let Some(sides) = self.sides.get(rule.question) else {
                continue;
            };
            if !holds(scan, around, &rule.pattern) {
                continue;
            }
            let Some((mut force, rank, words, weight)) = hit(scan, rule) else {
                continue;
            };
            let any = |patterns: &[Pattern]| {
                patterns
                    .iter()
                    .any(|pattern| holds(scan, around, pattern) && scan.holds(&pattern.main))
            };
            // A condition that a pattern spells out is neither a Yes nor a No that it could mistake.
            let put = rule.says == Says::Action;
            let aside = match force {
                Force::Yes => any(&sides.beside_yes),
                Force::No => any(&sides.beside_no),
                Force::Scoped => put && any(&sides.beside_yes),
                Force::Exclusive => put && any(&sides.beside_no),
            };
            if aside || any(&sides.beside) {
                continue;
            }
            let limited = |pattern: &Pattern| {
                (holds(scan, around, pattern) && scan.holds(&pattern.main))
                    || around
                        .headings
                        .iter()
                        .any(|heading| heading.holds(&pattern.main))
            };
            if force == Force::Yes && sides.limits.iter().any(limited) {
                force = Force::Scoped;
            }
            let finding = Finding {
                question: rule.question,
                force,
                rank,
                weight: weight - length,
                proof: Proof {
                    clause,
                    answer: force.answer(),
                    words,
                },
            };
            match own.iter_mut().find(|known| known.question == rule.question) {
                Some(known) if finding.tells_more_than(known) => *known = finding,
                Some(_) => {}
                None => own.push(finding),
            }
        }
        findings.append(&mut own);
    }
}

/// Whether everything holds that a pattern asks for beside its main sequence.
fn holds(scan: &Scan, around: &Around<'_>, pattern: &Pattern) -> bool {
    scan.allows(pattern)
        && pattern.under.iter().all(|sequence| {
            around
                .headings
                .iter()
                .any(|heading| heading.holds(sequence))
        })
        && pattern
            .before
            .iter()
            .all(|sequence| around.before.iter().any(|scan| scan.holds(sequence)))
}

/// What the first telling occurrence of a rule in a sentence answers, by which words, and how
/// well they fit.
fn hit(scan: &Scan, rule: &Rule) -> Option<(Force, Rank, Vec<TextRange>, i32)> {
    let mut answer = None;
    scan.each_own(&rule.pattern.main, &mut |hits: &[Match]| {
        let force = match rule.says {
            Says::Fixed(force) => Some((force, rule.rank, 0)),
            Says::Action => action(scan, rule, hits),
        };
        let Some((force, rank, doubt)) = force else {
            return false;
        };
        let words = hits.iter().filter_map(|hit| scan.place(*hit)).collect();
        let elements = i32::try_from(hits.len()).unwrap_or(i32::MAX);
        let with = i32::try_from(rule.pattern.with.len()).unwrap_or(0);
        answer = Some((force, rank, words, 3 * (elements + with) - doubt));
        true
    });
    answer
}

/// What the action of a match answers, and how doubtful that is.
fn action(scan: &Scan, rule: &Rule, hits: &[Match]) -> Option<(Force, Rank, i32)> {
    let place = hits.get(rule.pattern.main.action?)?.first as usize;
    let first = hits.first()?.first as usize;
    let rank = rule.rank;
    Some(match polarity::put(&scan.words, place, first)? {
        Put::Asserted => (Force::Yes, rank, 0),
        Put::Presupposed => (Force::Yes, rank, 5),
        Put::Denied => (Force::No, rank, 0),
        // What holds for a part decides only where nothing is said of the whole.
        Put::DeniedInPart => (Force::No, Rank::Otherwise, 5),
        Put::Scoped => (Force::Scoped, rank, 0),
        Put::Exclusive => (Force::Exclusive, rank, 0),
    })
}

/// The headings above a block, the nearest first; a heading does not stand above itself.
fn above<'s>(
    policy: &Policy,
    section: Option<u32>,
    headings: &'s [Scan],
    is_heading: bool,
) -> Vec<&'s Scan> {
    /// Deeper outlines than this say nothing more about a clause.
    const DEEPEST: usize = 6;
    let parent = |section: &u32| policy.sections.get(*section as usize)?.parent;
    std::iter::successors(section, parent)
        .skip(usize::from(is_heading))
        .take(DEEPEST)
        .filter_map(|section| headings.get(section as usize))
        .collect()
}
