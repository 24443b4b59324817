//! Asks the sentences of one policy, one after the other, and collects what they answer.

use super::super::phrases::Match;
use super::super::words::{self, Gap};
use super::known::Known;
use super::matcher::Scan;
use super::pattern::Pattern;
use super::polarity::{self, Put};
use super::verdict::{Finding, Force, Rank};
use super::{Practices, Rule, Says};
use crate::model::{Block, BlockKind, Clause, ClauseId, ClauseKind, Policy, Proof, TextRange};

/// A sentence of so many words is a usual one.
const USUAL_WORDS: usize = 20;

/// Reads sentences and asks them; keeps its buffers from one to the next.
pub(super) struct Asker<'a> {
    practices: &'a Practices,
    /// The sentences of the paragraph that is being read; scans past `read` are empty buffers.
    sentences: Vec<Scan>,
    read: usize,
    known: Known,
    /// By rule: the number of the sentence it was last tried on.
    tried: Vec<u32>,
    asked: u32,
    findings: Vec<Finding>,
    /// What speaks for or against a conflict, when that is what is looked for.
    claims: Option<Vec<Claim>>,
}

/// A statement that is one side of a conflict.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    /// The place of the conflict.
    pub(super) conflict: usize,
    pub(super) denies: bool,
    pub(super) clause: ClauseId,
}

impl<'a> Asker<'a> {
    pub(super) fn new(practices: &'a Practices) -> Self {
        Self {
            practices,
            sentences: Vec::new(),
            read: 0,
            known: Known::new(),
            tried: vec![0; practices.rules.len()],
            asked: 0,
            findings: Vec::new(),
            claims: None,
        }
    }

    /// What the clauses of a policy answer.
    pub(super) fn policy(mut self, policy: &Policy) -> Vec<Finding> {
        self.walk(policy);
        self.findings
    }

    /// The statements of a policy that are a side of a conflict.
    pub(super) fn claims(mut self, policy: &Policy) -> Vec<Claim> {
        self.claims = Some(Vec::new());
        self.walk(policy);
        self.claims.unwrap_or_default()
    }

    fn walk(&mut self, policy: &Policy) {
        let headings: Vec<Scan> = policy
            .sections
            .iter()
            .map(|section| self.alone(policy, section.heading))
            .collect();
        let mut lead_in: Option<(ClauseId, Scan)> = None;
        for block in &policy.blocks {
            self.read = 0;
            let above = above(policy, block, &headings);
            for id in block.clause_ids() {
                let Some(clause) = policy.clauses.get(id.index()) else {
                    continue;
                };
                if let Some(lead) = clause.lead_in
                    && lead_in.as_ref().is_none_or(|(known, _)| *known != lead)
                {
                    let range = policy.clauses.get(lead.index()).map(|clause| clause.text);
                    let scan = self.alone(policy, range.unwrap_or_default());
                    lead_in = Some((lead, scan));
                }
                let lead = lead_in
                    .as_ref()
                    .filter(|(known, _)| clause.lead_in == Some(*known))
                    .map(|(_, scan)| scan);
                self.clause(policy, clause, id, lead, &above);
            }
        }
    }

    /// A stretch of a policy, read without what stands around it.
    fn alone(&mut self, policy: &Policy, range: TextRange) -> Scan {
        let mut scan = Scan::default();
        self.scan(&mut scan, range.of(&policy.text), range.start, None);
        scan
    }

    fn clause(
        &mut self,
        policy: &Policy,
        clause: &Clause,
        id: ClauseId,
        lead: Option<&Scan>,
        above: &[&Scan],
    ) {
        let text = clause.text.of(&policy.text);
        let mut scan = self.buffer();
        self.scan(&mut scan, text, clause.text.start, lead);
        let known = self.findings.len();
        // A question states nothing.
        let states = !text.trim_end().ends_with('?');
        match &mut self.claims {
            Some(claims) if states && clause.kind != ClauseKind::Heading => {
                claims.extend(claimed(self.practices, &scan, id));
            }
            None if states => self.ask(&scan, above, id),
            _ => {}
        }
        if clause.kind == ClauseKind::Heading {
            for finding in self.findings.iter_mut().skip(known) {
                finding.rank = Rank::Otherwise;
            }
        }
        self.keep(scan);
    }

    /// What the sentences of a piece of text answer; clauses are numbered by sentence.
    pub(super) fn text(mut self, text: &str) -> Vec<Finding> {
        let mut scans = vec![Scan::default()];
        words::read(text, |word| {
            let begun = scans.last().is_some_and(|scan| !scan.words.is_empty());
            if word.gap == Gap::Sentence && begun {
                scans.push(Scan::default());
            }
            if let Some(scan) = scans.last_mut() {
                self.known.push(self.practices, scan, &word, 0);
            }
        });
        for (place, mut scan) in scans.into_iter().enumerate() {
            self.finish(&mut scan);
            self.ask(&scan, &[], ClauseId::new(place));
            self.keep(scan);
        }
        self.findings
    }

    /// An empty scan, used before if there is one.
    fn buffer(&mut self) -> Scan {
        let mut scan = if self.read < self.sentences.len() {
            self.sentences.pop().unwrap_or_default()
        } else {
            Scan::default()
        };
        scan.clear();
        scan
    }

    /// Keeps a sentence as one that stands before the next of its paragraph.
    fn keep(&mut self, scan: Scan) {
        let place = self.read.min(self.sentences.len());
        self.sentences.push(scan);
        let last = self.sentences.len() - 1;
        self.sentences.swap(place, last);
        self.read = place + 1;
    }

    fn scan(&mut self, scan: &mut Scan, text: &str, offset: u32, lead: Option<&Scan>) {
        if let Some(lead) = lead {
            scan.lead_in(lead);
        }
        words::read(text, |word| {
            self.known.push(self.practices, scan, &word, offset)
        });
        self.finish(scan);
    }

    fn finish(&self, scan: &mut Scan) {
        scan.finish(&self.practices.phrases, self.practices.atoms);
    }

    /// Collects what a sentence answers, one finding a question.
    fn ask(&mut self, scan: &Scan, above: &[&Scan], clause: ClauseId) {
        let practices = self.practices;
        let around = Around {
            scan,
            above,
            before: self.sentences.get(..self.read).unwrap_or(&[]),
        };
        // A long sentence says much besides.
        let length = i32::try_from(scan.words.len() / USUAL_WORDS).unwrap_or(i32::MAX);
        let first = self.findings.len();
        self.asked += 1;
        for atom in scan.atoms() {
            let worth = practices.by_atom.get(usize::from(atom));
            for &place in worth.into_iter().flatten() {
                let place = place as usize;
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
                let own = self.findings.get_mut(first..).unwrap_or(&mut []);
                match own.iter_mut().find(|known| known.question == rule.question) {
                    Some(known) if finding.tells_more_than(known) => *known = finding,
                    Some(_) => {}
                    None => self.findings.push(finding),
                }
            }
        }
    }
}

/// A sentence and what stands around it.
struct Around<'s> {
    scan: &'s Scan,
    /// The headings above, the nearest first.
    above: &'s [&'s Scan],
    /// The sentences of the paragraph before it.
    before: &'s [Scan],
}

impl Around<'_> {
    /// What a rule finds in the sentence.
    fn finding(&self, practices: &Practices, rule: &Rule, clause: ClauseId) -> Option<Finding> {
        if !self.scan.could_reach(&rule.pattern.main) || !self.holds(&rule.pattern) {
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
        Some(Finding {
            question: rule.question,
            force,
            rank: hit.rank,
            weight: hit.weight,
            proof: Proof {
                clause,
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

/// The sides of conflicts that a sentence takes.
fn claimed<'p>(
    practices: &'p Practices,
    scan: &'p Scan,
    clause: ClauseId,
) -> impl Iterator<Item = Claim> + use<'p> {
    let says = |pattern: &Pattern, wanted: Put| {
        scan.allows(pattern)
            && scan.each_own(&pattern.main, &mut |hits| {
                put(scan, pattern, hits) == Some(wanted)
            })
    };
    let sides = practices.conflicts.iter().enumerate();
    sides.flat_map(move |(conflict, rule)| {
        let side = move |denies| Claim {
            conflict,
            denies,
            clause,
        };
        let any = |patterns: &[Pattern], wanted| patterns.iter().any(|p| says(p, wanted));
        let denies = any(&rule.denies, Put::Denied).then(|| side(true));
        let asserts = any(&rule.asserts, Put::Asserted).then(|| side(false));
        denies.into_iter().chain(asserts)
    })
}

/// What a rule answers in a sentence.
struct Hit {
    force: Force,
    rank: Rank,
    words: Vec<TextRange>,
    weight: i32,
}

/// The first telling occurrence of a rule in a sentence.
fn hit(scan: &Scan, rule: &Rule) -> Option<Hit> {
    let mut found = None;
    scan.each_own(&rule.pattern.main, &mut |hits: &[Match]| {
        let read = match rule.says {
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
    // What limits the lead-in of a list does not limit an action of its item.
    let begin = if place >= scan.own { scan.own } else { 0 };
    let words = scan.words.get(begin..)?;
    polarity::put(words, place - begin, first.saturating_sub(begin))
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

/// The headings above a block, the nearest first; a heading does not stand above itself.
fn above<'s>(policy: &Policy, block: &Block, headings: &'s [Scan]) -> Vec<&'s Scan> {
    /// Deeper outlines than this say nothing more about a clause.
    const DEEPEST: usize = 6;
    let parent = |section: &u32| policy.sections.get(*section as usize)?.parent;
    std::iter::successors(block.section, parent)
        .skip(usize::from(block.kind == BlockKind::Heading))
        .take(DEEPEST)
        .filter_map(|section| headings.get(section as usize))
        .collect()
}
