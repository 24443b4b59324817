//! Why a comparison says less than it might, in plain sentences.

use super::language::language;
use super::text::common;
use super::{Class, Input, Row, RowKind, changed_links};
use crate::model::{ClauseLabels, IssueKind, Pair, PartialDate, Policy, Side, Topic};

/// Share of the clauses below which the language is looked at, which texts that share sentences
/// have in common.
const LITTLE: f32 = 0.15;
/// Share of the clauses from which a text is not looked at for having been rewritten.
const MUCH: f32 = 0.5;
/// How many times as long as the other a text is that makes the other look cut short.
const CUT_SHORT: usize = 4;
/// Share of the clauses of a privacy policy that are on a topic, at the very least.
const ON_TOPIC: f32 = 0.05;
/// Fewer clauses than this are not judged.
const FEW: usize = 8;
/// What is said of two texts no clause of which differs in words or form.
const BYTES_ALONE: &str = "No clause differs, in words or in form: the two texts differ in bytes alone, \
    as in line ends, spaces and rules.";
/// What is said of two texts of the same words where their form is not looked at.
const FORM_ELSEWHERE: &str = "The two texts say the same, word for word; what differs in form, if anything does, \
    is told by text.";

/// Notes on a comparison by text.
pub(super) fn by_text(pair: Pair<Input<'_>>, rows: &[Row]) -> Vec<String> {
    let matched = Matched::count(rows);
    let mut notes = inputs(pair);
    // Texts that share sentences share their language.
    let foreign = languages(pair).filter(|_| notes.is_empty() && matched.is_little());
    let spoken = Spoken::told(foreign.is_some());
    notes.extend(foreign);
    if notes.is_empty() && !rows.is_empty() {
        if rows.iter().all(|row| row.kind == RowKind::Same) {
            notes.push(identical(pair, BYTES_ALONE));
        } else if rows.iter().all(|row| row.class <= Class::Formatting) {
            let policies = pair.map(|input| input.policy);
            let relinked = |row: &Row| !changed_links(policies, row).is_empty();
            let links = match rows.iter().filter(|row| relinked(row)).count() {
                0 => "",
                _ => ", and where links lead",
            };
            notes.push(format!(
                "The two texts say the same, word for word; only their form differs{links}."
            ));
        }
    }
    let explained = !notes.is_empty();
    notes.extend(doubts(pair, spoken));
    notes.extend(strangers(pair));
    notes.extend(cut_short(pair));
    if !explained && !matched.is_much() && !is_short(pair) {
        let rewritten = rewritten(pair);
        notes.extend(rewritten.map(|found| format!("{found}. Comparing by topic says more.")));
    }
    notes.extend(backwards(pair));
    notes
}

/// Notes on a comparison by topic.
pub(super) fn by_topic(pair: Pair<Input<'_>>) -> Vec<String> {
    let mut notes = inputs(pair);
    let foreign = languages(pair).filter(|_| notes.is_empty());
    let spoken = Spoken::told(foreign.is_some());
    notes.extend(foreign);
    let same = pair.left.policy.text == pair.right.policy.text;
    if notes.is_empty() && same {
        notes.push(identical(pair, FORM_ELSEWHERE));
    }
    let explained = !notes.is_empty();
    notes.extend(doubts(pair, spoken));
    notes.extend(strangers(pair));
    // Two companies need not share a word.
    if !explained && super::is_one_site(pair.map(|input| input.policy)) {
        notes.extend(cut_short(pair));
        let rewritten = rewritten(pair);
        notes.extend(rewritten.map(|found| format!("{found}, so this goes by topic.")));
    }
    notes.extend(backwards(pair));
    notes
}

/// Notes on a comparison by practice.
pub(super) fn by_practice(pair: Pair<Input<'_>>) -> Vec<String> {
    let mut notes = inputs(pair);
    if notes.is_empty() {
        notes.extend(Side::BOTH.into_iter().filter_map(|side| unread(pair, side)));
    }
    if notes.is_empty() && pair.left.policy.text == pair.right.policy.text {
        notes.push(identical(pair, FORM_ELSEWHERE));
    }
    notes.extend(doubts(pair, Spoken::Told));
    notes.extend(strangers(pair));
    if super::is_one_site(pair.map(|input| input.policy)) {
        notes.extend(cut_short(pair));
    }
    notes.extend(backwards(pair));
    notes
}

/// Says so when the left side is the newer of two versions that differ: what came then looks as if it had
/// gone.
fn backwards(pair: Pair<Input<'_>>) -> Option<String> {
    let policies = pair.map(|input| input.policy);
    let terms = policies.map(|policy| &policy.provenance.terms);
    let versions = super::is_one_site(policies) && terms.left == terms.right;
    let times = policies.map(|policy| policy.provenance.archived);
    let (left, right) = (times.left?, times.right?);
    let differ = policies.left.text != policies.right.text;
    (versions && left > right && differ).then(|| {
        format!(
            "The left version is the newer one ({} against {}): what came since then stands as gone.",
            PartialDate::from(left),
            PartialDate::from(right)
        )
    })
}

/// Says so when the questions cannot be answered from a side, since they know only English.
fn unread(pair: Pair<Input<'_>>, side: Side) -> Option<String> {
    let language = language(pair[side].policy)?;
    (language != "english").then(|| {
        format!(
            "The {} text seems to be in {}: questions are answered from English only.",
            name(side),
            capital(language)
        )
    })
}

/// Whether another note says already which language the texts are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spoken {
    Told,
    Untold,
}

impl Spoken {
    fn told(told: bool) -> Self {
        if told { Self::Told } else { Self::Untold }
    }
}

/// Says of which sides the silence tells nothing, since they hardly are a policy or not in English.
fn doubts(pair: Pair<Input<'_>>, spoken: Spoken) -> Vec<String> {
    let doubt = |side: Side| {
        let policy = pair[side].policy;
        let doubt = policy.doubt().filter(|_| !policy.clauses.is_empty())?;
        let told = spoken == Spoken::Told && doubt.kind == IssueKind::Language;
        (!told).then_some(doubt.message.as_str())
    };
    match Pair::SIDES.map(doubt) {
        Pair {
            left: Some(left),
            right: Some(right),
        } if left == right => vec![format!("On both sides: {left}.")],
        both => {
            let of =
                |side: Side| both[side].map(|why| format!("On the {} side: {why}.", name(side)));
            Side::BOTH.into_iter().filter_map(of).collect()
        }
    }
}

/// Names the sides that do not read like a privacy policy. Says nothing of a text that is known as
/// doubtful, was not classified, is short, or is in a language that the topics do not know.
fn strangers(pair: Pair<Input<'_>>) -> Vec<String> {
    Side::BOTH
        .into_iter()
        .filter(|&side| {
            let clauses = &pair[side].labels.clauses;
            let on_topic = |labels: &&ClauseLabels| labels.main().is_some_and(|t| t != Topic::General);
            let found = clauses.iter().filter(on_topic).count();
            pair[side].policy.doubt().is_none()
                && clauses.len() >= FEW
                && (found as f32) < ON_TOPIC * clauses.len() as f32
                && language(pair[side].policy).is_none_or(|name| name == "english")
        })
        .map(|side| {
            format!(
                "Hardly a sentence on the {} side is about a topic of privacy policies: it may not be one.",
                name(side)
            )
        })
        .collect()
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

fn is_empty(input: Input<'_>) -> bool {
    input.policy.clauses.is_empty()
}

/// Names a side without text.
fn inputs(pair: Pair<Input<'_>>) -> Vec<String> {
    let note = match (is_empty(pair.left), is_empty(pair.right)) {
        (true, true) => "Neither side holds any text.",
        (true, false) => "The left side holds no text.",
        (false, true) => "The right side holds no text.",
        (false, false) => return Vec::new(),
    };
    vec![note.to_owned()]
}

/// Says of two texts without a difference whether they are one; `else_note` of those that are not.
fn identical(pair: Pair<Input<'_>>, else_note: &str) -> String {
    let origins = pair.map(|input| &input.policy.provenance.origin);
    let note = if origins.left == origins.right {
        "Both sides are one and the same version."
    } else if look_alike(pair) {
        "The two texts are identical."
    } else {
        else_note
    };
    note.to_owned()
}

/// Whether two texts of the same words have the same blocks, emphasis and links.
fn look_alike(pair: Pair<Input<'_>>) -> bool {
    let (left, right) = (pair.left.policy, pair.right.policy);
    let blocks = left.blocks.iter().zip(&right.blocks);
    left.links == right.links
        && left.runs == right.runs
        && left.blocks.len() == right.blocks.len()
        && blocks
            .into_iter()
            .all(|(a, b)| (a.kind, a.depth, a.marker) == (b.kind, b.depth, b.marker))
}

/// Says so when the texts are in two languages.
fn languages(pair: Pair<Input<'_>>) -> Option<String> {
    let languages = pair.map(|input| language(input.policy));
    match (languages.left, languages.right) {
        (Some(left), Some(right)) if left != right => Some(format!(
            "The left text seems to be in {}, the right one in {}: their words cannot be compared.",
            capital(left),
            capital(right)
        )),
        _ => None,
    }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// How much of the shorter text has a partner.
#[derive(Clone, Copy)]
struct Matched {
    clauses: usize,
    of: usize,
}

impl Matched {
    fn count(rows: &[Row]) -> Self {
        let count = |side: Side, paired: bool| -> usize {
            rows.iter()
                .filter(|row| !paired || !matches!(row.kind, RowKind::Added | RowKind::Removed))
                .map(|row| row.clauses[side].len())
                .sum()
        };
        let (left, right) = (count(Side::Left, false), count(Side::Right, false));
        let shorter = if left <= right {
            Side::Left
        } else {
            Side::Right
        };
        Self {
            clauses: count(shorter, true),
            of: left.min(right),
        }
    }

    fn is_little(self) -> bool {
        (self.clauses as f32) < LITTLE * self.of as f32
    }

    fn is_much(self) -> bool {
        self.clauses as f32 >= MUCH * self.of as f32
    }
}

/// Says so, without a full stop, when hardly anything of either text stands in the other: such
/// versions go by topic unless someone asks otherwise. Clauses that have a partner say less of this
/// than running words: in a rewritten text many a heading and item still meets its like.
fn rewritten(pair: Pair<Input<'_>>) -> Option<String> {
    let share = common::common_text(pair.map(|input| input.policy));
    let percent = (share * 100.0).round();
    let note = format!(
        "Rewritten as a whole: hardly anything ({percent} %) of the shorter text stands in the other"
    );
    (share < common::ONE_SITE).then_some(note)
}

/// Whether a text is so short that a few sentences decide what it has in common with another.
fn is_short(pair: Pair<Input<'_>>) -> bool {
    clauses(pair.left.policy).min(clauses(pair.right.policy)) < FEW
}

fn clauses(policy: &Policy) -> usize {
    policy.clauses.len()
}

/// Names a side that is a fraction of the other: archives hold pages that did not load.
fn cut_short(pair: Pair<Input<'_>>) -> Option<String> {
    let length = pair.map(|input| input.policy.text.len());
    let side = if length.left <= length.right {
        Side::Left
    } else {
        Side::Right
    };
    let (short, long) = (length[side], length[side.other()]);
    let much = clauses(pair[side.other()].policy) >= FEW;
    if short == 0 || short.saturating_mul(CUT_SHORT) > long || !much {
        return None;
    }
    let percent = (short * 100).div_ceil(long);
    let (side, other) = (name(side), name(side.other()));
    Some(format!(
        "The {side} text has only {percent} % of the length of the {other} one: \
         it may be cut short, or a page that did not load."
    ))
}
