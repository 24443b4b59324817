//! Asks the sentences of one policy, one after the other, and collects what they answer.

use super::Practices;
use super::before::{self, Kept};
use super::conflict::{Claims, Contradiction};
use super::finding::{Around, DEEPEST, Held, put};
use super::layout::{Layout, Part, Rank};
use super::matcher::Scan;
use super::polarity::Put;
use super::reply;
use super::sentence::{LeadIn, Scanner, Sentence};
use super::speaker::Speaker;
use super::tools::{Toolbox, Tools, Tried};
use super::verdict::{Finding, Found};
use crate::classify::heading_lead;
use crate::classify::reader::{Reader, Reading};
use crate::model::{Answers, Block, BlockKind, Clause, ClauseId, ClauseKind, Policy, Proof};
use smallvec::SmallVec;
use std::cell::LazyCell;

/// A sentence of so many words is a usual one.
const USUAL_WORDS: usize = 20;

/// What it takes from the weight of words that they may be an entry of contents: three parts of a
/// pattern.
const LISTED: i32 = 9;

/// Asks the sentences of one policy, block by block; keeps its buffers from one to the next.
pub(in crate::classify) struct Asker<'a> {
    policy: &'a Policy,
    layout: Layout<'a>,
    speaker: Speaker<'a>,
    /// The lead-in that was read last.
    lead_in: Option<(ClauseId, LeadIn)>,
    /// The last clause of the block before.
    last: Option<ClauseId>,
    toolbox: &'a Toolbox,
    tools: Tools,
    /// What answers questions, if they are asked.
    findings: Option<Findings<'a>>,
    /// What speaks for or against a conflict, if these are looked for.
    claims: Option<Claims>,
}

/// What the sentences answered so far.
struct Findings<'a> {
    layout: Layout<'a>,
    found: Found,
    /// What the last sentence answers, one finding a question.
    own: Vec<Finding>,
}

impl<'a> Asker<'a> {
    /// Asks every question, or looks for statements that do not go together, or both.
    pub(in crate::classify) fn new(
        policy: &'a Policy,
        practices: &'a Practices,
        (questions, conflicts): (bool, bool),
    ) -> Self {
        let layout = practices.layout();
        Self {
            policy,
            layout,
            speaker: Speaker::of(policy),
            lead_in: None,
            last: None,
            toolbox: &practices.tools,
            tools: practices.tools.take(),
            findings: questions.then(|| Findings::new(layout)),
            claims: conflicts.then(|| Claims::new(layout.conflicts.len())),
        }
    }

    /// Takes the heading of the next section. It comes before the blocks under it.
    pub(in crate::classify) fn section(&mut self, heading: &Reading) {
        let Tools {
            scanner, headings, ..
        } = &mut self.tools;
        scanner.scan(heading, None, self.layout.atom_count());
        headings.push(&mut scanner.scan);
    }

    /// What the blocks answer, and the statements among them that do not go together.
    pub(in crate::classify) fn finish(self) -> (Answers, Vec<Contradiction>) {
        self.toolbox.put(self.tools);
        let answers = self.findings.map(Findings::answers);
        let mut answers = answers.unwrap_or_default();
        for answer in &mut answers.answers {
            show_once(self.policy, &mut answer.evidence);
        }
        let claims = self.claims.unwrap_or_default();
        (answers, claims.contradictions(&self.layout))
    }

    /// Asks the clauses of a block.
    pub(in crate::classify) fn block(&mut self, block: &Block, reader: &mut Reader<'_>) {
        self.tools.before.clear();
        for id in block.clause_ids() {
            let Some(clause) = self.policy.clauses.get(id.index()) else {
                continue;
            };
            let lead = before::lead_in(self.policy, block, id, self.last);
            if let Some(lead) = lead
                && self.lead_in.as_ref().is_none_or(|(id, _)| *id != lead)
            {
                let known = self.lead_in.take().map(|(_, lead_in)| lead_in);
                let mut lead_in = known.unwrap_or_default();
                reader.clause(self.policy, lead, &mut lead_in.reading);
                lead_in.leads = heading_lead::shorten(self.policy, lead, &mut lead_in.reading);
                let atoms = self.layout.atom_count();
                self.tools.scanner.scan(&lead_in.reading, None, atoms);
                self.tools.scanner.scan.keep(&mut lead_in.scan);
                self.lead_in = Some((lead, lead_in));
            }
            let replied = self.reply(block, id, reader);
            if let Some(reading) = reader.one(self.policy, block, id) {
                self.clause(block, (id, lead), clause, (reading, replied));
            }
        }
        self.last = block.clause_ids().last().or(self.last);
    }

    /// Asks a short answer to the question before it ("Do you sell my data?" – "No."), restated as one
    /// sentence; whether it is one.
    fn reply(&mut self, block: &Block, id: ClauseId, reader: &mut Reader<'_>) -> bool {
        let Some(findings) = self.findings.as_mut() else {
            return false;
        };
        let Some((question, reading)) = reply::restated(self.policy, id, reader) else {
            return false;
        };
        let atoms = self.layout.atom_count();
        let around = Around {
            layout: &self.layout,
            sentence: self.tools.scanner.scan(&reading, None, atoms),
            above: above(self.policy, block, self.tools.headings.sentences()),
            before: &[],
            // Its places are those of a text of its own.
            speaker: Speaker::default(),
            held: Held::default(),
        };
        findings.ask(&around, (id, Some(question)), &mut self.tools.tried);
        let answer = self.policy.clauses.get(id.index());
        for finding in &mut findings.own {
            finding.words = answer.map(|clause| clause.text).into_iter().collect();
        }
        true
    }

    fn clause(
        &mut self,
        block: &Block,
        (id, lead): (ClauseId, Option<ClauseId>),
        clause: &Clause,
        (reading, replied): (&Reading, bool),
    ) {
        let lead = lead.and_then(|id| self.lead_in.as_ref().filter(|(known, _)| *known == id));
        let goes_on = |lead: &LeadIn| {
            lead.leads && !before::stands_alone(&reading.words, &lead.reading.words)
        };
        let lead = lead.filter(|(_, lead)| goes_on(lead));
        let lead_in = lead.map(|(_, lead_in)| lead_in);
        let lead = lead.map(|(id, _)| *id);
        let sentence = self
            .tools
            .scanner
            .scan(reading, lead_in, self.layout.atom_count());
        // A question states nothing, nor does a heading that only names its matter.
        let heading = clause.kind == ClauseKind::Heading;
        let asks = clause.text.of(&self.policy.text).trim_end().ends_with('?');
        let states = !asks && (!heading || !before::only_names(sentence.words));
        let heading = heading || (lead.is_none() && !replied && before::heads(sentence.words));
        if let Some(claims) = self.claims.as_mut().filter(|_| states && !heading) {
            claim(&self.layout, &sentence, id, claims);
        }
        if let Some(findings) = self.findings.as_mut().filter(|_| states) {
            let around = Around {
                layout: &self.layout,
                sentence,
                above: above(self.policy, block, self.tools.headings.sentences()),
                before: self.tools.before.sentences(),
                speaker: self.speaker,
                held: Held::default(),
            };
            findings.ask(&around, (id, lead), &mut self.tools.tried);
            findings.keep(heading);
        }
        self.tools.before.push(&mut self.tools.scanner.scan);
    }
}

/// Leaves out proofs that say again what one before them says in the same words.
fn show_once(policy: &Policy, proofs: &mut Vec<Proof>) {
    let said = |proof: &Proof| {
        let lead_in = proof.lead_in.map_or("", |id| policy.clause_text(id));
        (lead_in, policy.clause_text(proof.clause))
    };
    let mut shown = SmallVec::<[(&str, &str); 8]>::new();
    proofs.retain(|proof| {
        let new = !shown.contains(&said(proof));
        shown.push(said(proof));
        new
    });
}

/// What the sentences of a text of its own answer; clauses are numbered by sentence.
pub(super) fn sentences(readings: &[Reading], layout: &Layout<'_>) -> Answers {
    let mut findings = Findings::new(*layout);
    let (mut scanner, mut before) = (Scanner::default(), Kept::default());
    let mut tried = Tried::default();
    for (place, reading) in readings.iter().enumerate() {
        let around = Around {
            layout,
            sentence: scanner.scan(reading, None, layout.atom_count()),
            above: SmallVec::new(),
            before: before.sentences(),
            speaker: Speaker::default(),
            held: Held::default(),
        };
        findings.ask(&around, (ClauseId::new(place), None), &mut tried);
        findings.keep(false);
        drop(around);
        before.push(&mut scanner.scan);
    }
    findings.answers()
}

impl<'a> Findings<'a> {
    fn new(layout: Layout<'a>) -> Self {
        Self {
            layout,
            found: Found::new(layout.asked.len()),
            own: Vec::new(),
        }
    }

    /// Collects what a sentence answers.
    fn ask(
        &mut self,
        around: &Around<'_>,
        clause: (ClauseId, Option<ClauseId>),
        tried: &mut Tried,
    ) {
        let (layout, scan) = (&self.layout, around.sentence.scan);
        // A long sentence says much besides.
        let length = around.sentence.words.len() / USUAL_WORDS;
        let length = i32::try_from(length).unwrap_or(i32::MAX);
        let listed = LazyCell::new(|| {
            let lists = before::lists((around.sentence.words, around.sentence.classes));
            if lists { LISTED } else { 0 }
        });
        tried.start_sentence(layout.rules.len());
        let own = &mut self.own;
        scan.each_worth(layout.filed, layout, |rule| {
            let place = rule as usize;
            let new = tried.is_new(place);
            let rule = layout.rules.get(place).filter(|_| new);
            let Some(mut finding) = rule.and_then(|rule| around.finding(rule, clause)) else {
                return;
            };
            finding.weight -= length.saturating_add(*listed);
            let mut known = own.iter_mut();
            match known.find(|known| known.question == finding.question) {
                Some(known) => known.put_beside(finding),
                None => own.push(finding),
            }
        });
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

    /// What all sentences together answer.
    fn answers(self) -> Answers {
        self.found.answers(self.layout.asked)
    }
}

/// Notes the sides of conflicts that a sentence takes.
fn claim(layout: &Layout<'_>, sentence: &Sentence<'_>, clause: ClauseId, claims: &mut Claims) {
    let scan = sentence.scan;
    let (mut denied, mut asserted) = (Taken::new(), Taken::new());
    scan.each_worth(layout.claims, layout, |at| {
        let pattern = layout.patterns.get(at as usize);
        let (Some(pattern), Some((conflict, wanted))) = (pattern, side(layout, at)) else {
            return;
        };
        let put_so = &mut |hits: &[_]| put(sentence, pattern, hits) == Some(wanted);
        if scan.allows(pattern, layout) && scan.each_own(&pattern.main, layout, put_so) {
            match wanted {
                Put::Denied => denied.push(conflict),
                _ => asserted.push(conflict),
            }
        }
    });
    for conflict in denied {
        claims.denied(conflict, clause);
    }
    for conflict in asserted {
        claims.asserted(conflict, clause);
    }
}

/// The conflicts of which a sentence takes one side.
type Taken = SmallVec<[usize; 4]>;

/// The conflict that a pattern is of, and how its action must be put to take that side.
fn side(layout: &Layout<'_>, pattern: u32) -> Option<(usize, Put)> {
    let within = |(from, to): Part| (from..to).contains(&pattern);
    let mut conflicts = layout.conflicts.iter().enumerate();
    conflicts.find_map(|(place, conflict)| match () {
        () if within(conflict.denies) => Some((place, Put::Denied)),
        () if within(conflict.asserts) => Some((place, Put::Asserted)),
        () => None,
    })
}

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
