//! Asks the sentences of one policy, one after the other, and collects what they answer.

use super::super::phrases::Match;
use super::super::reader::{Reader, Reading};
use super::before::{self, Before};
use super::conflict::{Claims, Contradiction};
use super::matcher::Scan;
use super::pattern::Pattern;
use super::polarity::{self, Put};
use super::verdict::{Finding, Force, Found, Rank};
use super::{Practices, Rule, Says};
use crate::model::{
    Answers, Block, BlockKind, Clause, ClauseId, ClauseKind, Policy, Proof, TextRange,
};
use smallvec::SmallVec;

/// A sentence of so many words is a usual one.
const USUAL_WORDS: usize = 20;

/// Asks the sentences of one policy, block by block; keeps its buffers from one to the next.
pub(in crate::classify) struct Asker<'a> {
    policy: &'a Policy,
    practices: &'a Practices,
    /// By section.
    headings: Vec<Scan>,
    /// The lead-in that was read last.
    lead_in: Option<(ClauseId, Scan)>,
    /// The last clause of the block before.
    last: Option<ClauseId>,
    /// A buffer for the sentence that is being read.
    sentence: Scan,
    /// The sentences of its paragraph before it.
    before: Before,
    /// What answers questions, if they are asked.
    findings: Option<Findings<'a>>,
    /// What speaks for or against a conflict, if these are looked for.
    claims: Option<Claims>,
}

/// What the sentences answered so far.
struct Findings<'a> {
    practices: &'a Practices,
    found: Found,
    /// What the last sentence answers, one finding a question.
    own: Vec<Finding>,
    /// By rule: the number of the sentence it was last tried on.
    tried: Vec<u32>,
    asked: u32,
}

impl<'a> Asker<'a> {
    /// Asks every question, or looks for statements that do not go together, or both.
    pub(in crate::classify) fn new(
        policy: &'a Policy,
        practices: &'a Practices,
        (questions, conflicts): (bool, bool),
    ) -> Self {
        Self {
            policy,
            practices,
            headings: Vec::with_capacity(policy.sections.len()),
            lead_in: None,
            last: None,
            sentence: Scan::default(),
            before: Before::default(),
            findings: questions.then(|| Findings::new(practices)),
            claims: conflicts.then(|| Claims::new(practices.conflicts.len())),
        }
    }

    /// Takes the heading of the next section over from the reader. All come before the first block.
    pub(in crate::classify) fn section(&mut self, heading: &mut Reading) {
        self.headings.push(Scan::alone(heading, self.practices));
    }

    /// What the blocks answer, and the statements among them that do not go together.
    pub(in crate::classify) fn finish(self) -> (Answers, Vec<Contradiction>) {
        let answers = self
            .findings
            .map(|findings| findings.found.answers(&self.practices.sides));
        let claims = self.claims.unwrap_or_default();
        (
            answers.unwrap_or_default(),
            claims.contradictions(&self.practices.conflicts),
        )
    }

    /// Takes the clauses of a block over from the reader.
    pub(in crate::classify) fn block(&mut self, block: &Block, reader: &mut Reader<'_>) {
        self.before.clear();
        for id in block.clause_ids() {
            let Some(clause) = self.policy.clauses.get(id.index()) else {
                continue;
            };
            let lead = before::lead_in(self.policy, block, id, self.last);
            if let Some(lead) = lead
                && self.lead_in.as_ref().is_none_or(|(id, _)| *id != lead)
            {
                let (_, mut scan) = self.lead_in.take().unwrap_or((lead, Scan::default()));
                let mut reading = Reading::default();
                reader.clause(self.policy, lead, &mut reading);
                scan.take(&mut reading, None, self.practices);
                self.lead_in = Some((lead, scan));
            }
            if let Some(reading) = reader.one(self.policy, block, id) {
                self.clause(block, (id, lead), clause, reading);
            }
        }
        self.last = block.clause_ids().last().or(self.last);
    }

    fn clause(
        &mut self,
        block: &Block,
        (id, lead): (ClauseId, Option<ClauseId>),
        clause: &Clause,
        reading: &mut Reading,
    ) {
        let lead = lead.and_then(|id| self.lead_in.as_ref().filter(|(known, _)| *known == id));
        let lead = lead.filter(|(_, scan)| !before::stands_alone(&reading.words, scan.words()));
        self.sentence
            .take(reading, lead.map(|(_, scan)| scan), self.practices);
        let lead = lead.map(|(id, _)| *id);
        // A question states nothing, nor does a heading that only names its matter.
        let heading = clause.kind == ClauseKind::Heading;
        let words = self.sentence.words();
        let silent = clause.text.of(&self.policy.text).trim_end().ends_with('?')
            || (heading && before::only_names(words));
        if !silent {
            let head = heading || (lead.is_none() && before::heads(words));
            self.statement(block, (id, lead), head);
        }
        self.before.push(&mut self.sentence);
    }

    /// Asks the sentence that was read last.
    fn statement(
        &mut self,
        block: &Block,
        (id, lead): (ClauseId, Option<ClauseId>),
        heading: bool,
    ) {
        let scan = &self.sentence;
        if let Some(claims) = self.claims.as_mut().filter(|_| !heading) {
            claim(self.practices, scan, id, claims);
        }
        if let Some(findings) = &mut self.findings {
            let around = Around {
                scan,
                above: above(self.policy, block, &self.headings),
                before: self.before.sentences(),
            };
            findings.ask(&around, (id, lead));
            findings.keep(heading);
        }
    }
}

/// What the sentences of a text of its own answer; clauses are numbered by sentence.
pub(super) fn sentences(readings: Vec<Reading>, practices: &Practices) -> Found {
    let mut findings = Findings::new(practices);
    let alone = |mut reading| Scan::alone(&mut reading, practices);
    let scans: Vec<Scan> = readings.into_iter().map(alone).collect();
    for (place, scan) in scans.iter().enumerate() {
        let around = Around {
            scan,
            above: SmallVec::new(),
            before: scans.get(..place).unwrap_or(&[]),
        };
        findings.ask(&around, (ClauseId::new(place), None));
        findings.keep(false);
    }
    findings.found
}

impl<'a> Findings<'a> {
    fn new(practices: &'a Practices) -> Self {
        Self {
            practices,
            found: Found::new(practices.sides.len()),
            own: Vec::new(),
            tried: vec![0; practices.rules.len()],
            asked: 0,
        }
    }

    /// Collects what a sentence answers.
    fn ask(&mut self, around: &Around<'_>, clause: (ClauseId, Option<ClauseId>)) {
        let (practices, scan) = (self.practices, around.scan);
        // A long sentence says much besides.
        let length = i32::try_from(scan.words().len() / USUAL_WORDS).unwrap_or(i32::MAX);
        self.asked += 1;
        for atom in scan.atoms() {
            let worth = practices.by_atom.get(usize::from(atom));
            for &trial in worth.map_or(&[][..], Vec::as_slice) {
                if !scan.could_reach(trial, practices) {
                    continue;
                }
                let place = trial.rule as usize;
                let (Some(rule), Some(tried)) =
                    (practices.rules.get(place), self.tried.get_mut(place))
                else {
                    continue;
                };
                if *tried == self.asked {
                    continue;
                }
                *tried = self.asked;
                let Some(mut finding) = around.finding(practices, rule, clause) else {
                    continue;
                };
                finding.weight -= length;
                let mut own = self.own.iter_mut();
                match own.find(|known| known.question == rule.question) {
                    Some(known) => known.put_beside(finding),
                    None => self.own.push(finding),
                }
            }
        }
    }

    /// Puts what the last sentence answers to the rest.
    fn keep(&mut self, heading: bool) {
        for mut finding in self.own.drain(..) {
            if heading {
                finding.rank = Rank::Otherwise;
            }
            self.found.add(finding);
        }
    }
}

/// A sentence and what stands around it.
struct Around<'s> {
    scan: &'s Scan,
    /// The headings above, the nearest first.
    above: SmallVec<[&'s Scan; DEEPEST]>,
    /// The sentences of the paragraph before it.
    before: &'s [Scan],
}

impl Around<'_> {
    /// What a rule finds in the sentence.
    fn finding(
        &self,
        practices: &Practices,
        rule: &Rule,
        (clause, lead_in): (ClauseId, Option<ClauseId>),
    ) -> Option<Finding> {
        if !self.holds(&rule.pattern) {
            return None;
        }
        let sides = practices.sides.get(rule.question)?;
        let hit = hit(self.scan, rule)?;
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| self.contains(pattern));
        // A condition that a pattern spells out is neither a Yes nor a No that it could mistake.
        let put = rule.says == Says::Action;
        let aside = match hit.force {
            Force::Yes => any(&sides.beside_yes),
            Force::No => any(&sides.beside_no),
            Force::Scoped => put && any(&sides.beside_yes),
            Force::Exclusive => put && any(&sides.beside_no),
        };
        if aside || any(&sides.beside) {
            return None;
        }
        let limits = |pattern: &Pattern| {
            let above = |heading: &&Scan| heading.holds(&pattern.main);
            self.contains(pattern) || self.above.iter().any(above)
        };
        let limited = hit.force == Force::Yes && sides.limits.iter().any(limits);
        let force = if limited { Force::Scoped } else { hit.force };
        let in_part = force == Force::No && any(&sides.part);
        Some(Finding {
            question: rule.question,
            force,
            rank: if in_part { Rank::Otherwise } else { hit.rank },
            plain: hit.plain,
            weight: hit.weight,
            proof: Proof {
                clause,
                lead_in,
                answer: force.answer(),
                words: hit.words,
            },
        })
    }

    /// Whether the sentence could hold a pattern, and everything holds that this asks for besides.
    fn holds(&self, pattern: &Pattern) -> bool {
        self.scan.allows(pattern)
            && pattern
                .under
                .iter()
                .all(|sequence| self.above.iter().any(|heading| heading.holds(sequence)))
            && pattern
                .before
                .iter()
                .all(|sequence| self.before.iter().any(|scan| scan.holds(sequence)))
    }

    fn contains(&self, pattern: &Pattern) -> bool {
        self.holds(pattern) && self.scan.holds(&pattern.main)
    }
}

/// Notes the sides of conflicts that a sentence takes.
fn claim(practices: &Practices, scan: &Scan, clause: ClauseId, claims: &mut Claims) {
    let says = |pattern: &Pattern, wanted: Put| {
        scan.allows(pattern)
            && scan.each_own(&pattern.main, &mut |hits| {
                put(scan, pattern, hits) == Some(wanted)
            })
    };
    let any = |patterns: &[Pattern], wanted| patterns.iter().any(|p| says(p, wanted));
    for (place, conflict) in practices.conflicts.iter().enumerate() {
        if any(&conflict.denies, Put::Denied) {
            claims.denied(place, clause);
        }
        if any(&conflict.asserts, Put::Asserted) {
            claims.asserted(place, clause);
        }
    }
}

/// What a rule answers in a sentence.
struct Hit {
    force: Force,
    rank: Rank,
    plain: bool,
    words: Vec<TextRange>,
    weight: i32,
}

/// The first telling occurrence of a rule in a sentence.
fn hit(scan: &Scan, rule: &Rule) -> Option<Hit> {
    let mut found = None;
    scan.each_own(&rule.pattern.main, &mut |hits: &[Match]| {
        let read = match rule.says {
            Says::Fixed(Force::Yes) if denied(scan, &rule.pattern, hits) => None,
            // A denial of a part is no more than that, however it was found.
            Says::Fixed(Force::No) if put(scan, &rule.pattern, hits) == Some(Put::DeniedInPart) => {
                Some((Force::No, Rank::Otherwise, 5))
            }
            Says::Fixed(force) => Some((force, rule.rank, 0)),
            Says::Action => action(scan, rule, hits),
        };
        let Some((force, rank, doubt)) = read else {
            return false;
        };
        let parts = hits.len() + rule.pattern.with.len();
        found = Some(Hit {
            force,
            rank,
            plain: rule.says == Says::Action && doubt == 0,
            words: hits.iter().filter_map(|hit| scan.place(*hit)).collect(),
            weight: 3 * i32::try_from(parts).unwrap_or(i32::MAX / 4) - doubt,
        });
        true
    });
    found
}

/// How the action of a match is put.
fn put(scan: &Scan, pattern: &Pattern, hits: &[Match]) -> Option<Put> {
    let place = hits.get(pattern.main.action?)?.first as usize;
    let first = hits.first()?.first as usize;
    polarity::put(scan.words(), place, first)
}

/// Whether a match that looks for no denial stands in one.
fn denied(scan: &Scan, pattern: &Pattern, hits: &[Match]) -> bool {
    let (Some(first), Some(last)) = (hits.first(), hits.last()) else {
        return false;
    };
    !pattern.denies
        && polarity::denied_around(scan.words(), first.first as usize, last.last as usize)
}

/// What the action of a match answers, and how doubtful that is.
fn action(scan: &Scan, rule: &Rule, hits: &[Match]) -> Option<(Force, Rank, i32)> {
    let rank = rule.rank;
    Some(match put(scan, &rule.pattern, hits)? {
        Put::Asserted => (Force::Yes, rank, 0),
        Put::Presupposed => (Force::Yes, rank, 5),
        Put::Denied => (Force::No, rank, 0),
        // What holds for a part decides only where nothing is said of the whole.
        Put::DeniedInPart => (Force::No, Rank::Otherwise, 5),
        Put::Scoped => (Force::Scoped, rank, 0),
        Put::Exclusive => (Force::Exclusive, rank, 0),
    })
}

/// Deeper outlines than this say nothing more about a clause.
const DEEPEST: usize = 6;

/// The headings above a block, the nearest first; a heading does not stand above itself.
fn above<'s>(
    policy: &Policy,
    block: &Block,
    headings: &'s [Scan],
) -> SmallVec<[&'s Scan; DEEPEST]> {
    let parent = |section: &u32| policy.sections.get(*section as usize)?.parent;
    std::iter::successors(block.section, parent)
        .skip(usize::from(block.kind == BlockKind::Heading))
        .take(DEEPEST)
        .filter_map(|section| headings.get(section as usize))
        .collect()
}
