//! A [`Pair`] of policies → [`Comparison`]. Pure: no files, clock or terminal.
//!
//! By text (`text/`): clauses are matched (`matching.rs`: equal ones through `align.rs` and
//! `chain.rs`, changed ones through `likeness.rs` and `splits.rs`, those that moved through
//! `moves.rs`).
//!
//! By topic (`topics/`): the clauses of each topic are paired (`pairing.rs`) by what they mean
//! (`meaning.rs`: `lexicon.rs`, `stems.rs`, `subjects.rs`, `figures.rs`), weighed (`profiles.rs`,
//! `background.rs`), found to contradict each other or not (`opposed.rs`), and come to a verdict
//! (`verdict.rs`).
//!
//! By practice (`practices.rs`): what both sides answer to each question, found before and handed in.
//!
//! A [`Draft`] is what both find without labels.
//!
//! What each row counts as, and what a count is called, is in `counted.rs`.
//!
//! The words of a changed pair are compared in `words/` (tidied by `tidy.rs` and `stretches.rs`,
//! classed by `classes.rs` and `changes.rs`). All of it rests on `tokens/` (what a word is, and with
//! `letters.rs` and `form.rs` what is mere form) and `keys.rs` (when clauses are equal). The sides are
//! put in canonical order before anything is decided, so exchanging them mirrors the result.

mod clause_words;
mod counted;
mod dates;
mod draft;
mod function_words;
mod function_words_file;
mod keys;
mod language;
mod looks;
mod notes;
mod practices;
mod scripts;
mod text;
mod tokens;
mod topics;
mod turns;
mod verdict;
mod word_key;
mod word_table;
mod words;

use crate::model::{
    Answers, ClauseId, Labels, Pair, Policy, PracticeAnswer, Question, Stance, TextRange, Topic,
};

pub use clause_words::ClauseWords;
pub use counted::{ChangeClass, counts};
pub use draft::Draft;
pub use looks::{FormChange, changed_links, form_changes};
use serde::{Deserialize, Serialize};

/// One side of a comparison: a policy and its labels.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Its labels.
    pub labels: &'a Labels,
}

/// The practice questions, and what each side answers to them.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The questions.
    pub questions: &'a [Question],
    /// The answers of each side, parallel to the questions.
    pub answers: Pair<&'a Answers>,
}

/// What a comparison goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// Document order: two versions of one text.
    Text,
    /// Topic by topic: two companies.
    Topic,
    /// Question by question.
    Practice,
}

/// How the two cells of a row relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// The same words.
    Same,
    /// By text: changed in place.
    Changed,
    /// By text: the same words elsewhere.
    Moved,
    /// By text: elsewhere, and edited.
    MovedAndEdited,
    /// By text: only on the right.
    Added,
    /// By text: only on the left.
    Removed,
    /// By topic: they speak of the same thing alike. By practice: they answer alike, by other
    /// figures.
    Similar,
    /// By topic: they speak of the same thing, with differing content. By practice: they answer
    /// differently.
    Different,
    /// By topic: one denies what the other asserts or permits. By practice: Yes against No.
    Opposed,
    /// By topic: only the left speaks of it.
    OnlyLeft,
    /// By topic: only the right speaks of it.
    OnlyRight,
    /// By practice: sentences that disagree with the answers of their own sides, which the row above
    /// proves.
    Contrary,
}

/// What kind of difference a row holds; a mixture takes the weightiest, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// No difference.
    None,
    /// Only links, emphasis, white space, numbering, quotes and dashes.
    Formatting,
    /// Only the place.
    Order,
    /// Only dates, figures and version marks.
    Numbers,
    /// Words.
    Wording,
}

/// What happened to a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// On both sides.
    Equal,
    /// Only on the left.
    Delete,
    /// Only on the right.
    Insert,
}

/// A stretch of words of a row. An equal stretch has both ranges, the others one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened to it.
    pub op: Op,
    /// Where it stands, in each policy's text.
    pub text: Pair<Option<TextRange>>,
}

/// One line of the comparison: what stands level with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// How the cells relate.
    pub kind: RowKind,
    /// What kind of difference it is.
    pub class: Class,
    /// The topic it is shown under (by topic), or its main topic (by text).
    pub topic: Option<Topic>,
    /// The clauses of each side, in order: none where the side has nothing, more than one where a
    /// sentence was split or merged.
    pub clauses: Pair<Vec<ClauseId>>,
    /// The words of both cells in order: the deleted and equal ones make up the left cell, the
    /// equal and inserted ones the right. Empty for a row that is `Same`, `Moved` or stands on one
    /// side only. Both ends of a clause that moved and changed have the words of the pair. Where
    /// only the form changed the words are compared character by character, elsewhere form counts
    /// as equal, so that the text of an equal stretch may differ in quotes or case.
    pub words: Vec<Words>,
    /// By text: the row at the other end of a move.
    pub partner: Option<usize>,
}

/// What two policies say on a topic, or answer to a question, compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// One denies what the other asserts or permits. Of a question: a plain Yes against a plain No.
    Opposed,
    /// They say different things.
    Different,
    /// Only the left speaks of it.
    OnlyLeft,
    /// Only the right speaks of it.
    OnlyRight,
    /// They say much the same in other words.
    Similar,
    /// They say the same in the same words.
    Same,
    /// Neither speaks of it.
    Neither,
}

/// A topic's verdict and the clauses it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicVerdict {
    /// The topic.
    pub topic: Topic,
    /// The verdict.
    pub verdict: Verdict,
    /// The clauses of each side on the topic, in document order.
    pub clauses: Pair<Vec<ClauseId>>,
    /// By topic: the rows of this topic in [`Comparison::rows`]; empty by text.
    pub rows: std::ops::Range<usize>,
}

/// A question, what both sides answer to it, and how the answers relate.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeVerdict {
    /// The place of the question in the list of questions.
    pub place: usize,
    /// The question.
    pub question: Question,
    /// How the answers relate; [`Verdict::Similar`] for the same answer by other figures (ages,
    /// periods, shares).
    pub verdict: Verdict,
    /// What each side answers.
    pub answers: Pair<PracticeAnswer>,
    /// Which evidence of each side is shown first: the best, or the first whose figures the other side
    /// does not give.
    pub shown: Pair<usize>,
    /// The rows of this question in [`Comparison::rows`]: one for the sentences that prove the answers,
    /// one more where those of a side disagree; none where neither answers.
    pub rows: std::ops::Range<usize>,
}

/// How many rows of each class there are. By practice a question counts as one row, and answers that
/// differ as changed in wording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows without a difference.
    pub same: usize,
    /// Rows changed in wording, in place.
    pub wording: usize,
    /// Rows changed in numbers only.
    pub numbers: usize,
    /// Rows changed in form only.
    pub formatting: usize,
    /// Moved clauses, edited or not, each counted once.
    pub moved: usize,
    /// Rows only on the right.
    pub added: usize,
    /// Rows only on the left.
    pub removed: usize,
}

/// The result for a pair of policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What it goes by.
    pub by: By,
    /// What stands level with what, in reading order. By text every clause of both sides is in
    /// exactly one row, in document order on either side; between two rows with both sides stand
    /// first those of the left alone. By topic the rows of each topic stand together, in the order
    /// of `topics`: pairs first (opposed, different, similar, same), then what only the left says,
    /// then what only the right says; a clause may stand under two topics. By practice the rows of
    /// each question stand together, in the order of `practices`; a clause may prove several.
    pub rows: Vec<Row>,
    /// A verdict for every topic, differences first; none by practice.
    pub topics: Vec<TopicVerdict>,
    /// By practice: a verdict for every question, differences first (opposed, different, only one side,
    /// same, neither), within that topic by topic.
    pub practices: Vec<PracticeVerdict>,
    /// By topic: the rows of clauses on no topic, headings left out, behind those of the topics and
    /// in the same order as theirs; empty by text.
    pub rest: std::ops::Range<usize>,
    /// By text: the changed rows whose statement turned, in their order, with the stance on both
    /// sides; see [`turn`](Self::turn).
    pub turns: Vec<(usize, Pair<Stance>)>,
    /// By text: the rows whose words are the same and of which a link leads elsewhere, in their order;
    /// see [`is_relinked`](Self::is_relinked).
    pub relinked: Vec<usize>,
    /// Counts.
    pub summary: Summary,
    /// Why the result is weaker than it might be, in sentences.
    pub notes: Vec<String>,
}

impl Comparison {
    /// By text: how the statement of a changed row turned, where it did: what was permitted is now
    /// denied, say.
    pub fn turn(&self, row: usize) -> Option<Pair<Stance>> {
        let at = self.turns.binary_search_by_key(&row, |(row, _)| *row);
        Some(self.turns.get(at.ok()?)?.1)
    }

    /// By topic: whether a topic is the same or similar on the whole only, since some clauses on it differ
    /// or stand on one side alone.
    pub fn is_on_the_whole(&self, topic: &TopicVerdict) -> bool {
        let agreed = matches!(topic.verdict, Verdict::Same | Verdict::Similar);
        let rows = self.rows.get(topic.rows.clone()).unwrap_or(&[]);
        let agrees = |row: &Row| matches!(row.kind, RowKind::Same | RowKind::Similar);
        agreed && !rows.iter().all(agrees)
    }

    /// How many pairs of clauses on no topic are opposed; no verdict tells of them.
    pub fn opposed_on_no_topic(&self) -> usize {
        let rest = self.rows.get(self.rest.clone()).unwrap_or(&[]);
        rest.iter()
            .filter(|row| row.kind == RowKind::Opposed)
            .count()
    }
}

/// What fits the pair: by text when a good part of either text stands in the other, or when both
/// are of one site and not wholly rewritten; else by topic.
pub fn choose(policies: Pair<&Policy>) -> By {
    if are_versions(policies) {
        By::Text
    } else {
        By::Topic
    }
}

/// Whether both sides are of one site.
fn is_one_site(policies: Pair<&Policy>) -> bool {
    policies.left.provenance.site == policies.right.provenance.site
}

/// Whether the two are versions of one text.
fn are_versions(policies: Pair<&Policy>) -> bool {
    let enough = if is_one_site(policies) {
        text::common::ONE_SITE
    } else {
        text::common::ONE_TEXT
    };
    text::common::common_text(policies) >= enough
}

/// Compares the pair by text or by topic. Exchanging the sides mirrors the result. What goes by
/// practice needs more than an [`Input`], see [`compare_practices`]; here no question is asked.
pub fn compare(pair: Pair<Input<'_>>, by: By) -> Comparison {
    let policies = pair.map(|input| input.policy);
    let labels = pair.map(|input| input.labels);
    match by {
        By::Text => Draft::by_text(policies).finish(labels),
        By::Topic => Draft::by_topic(policies).finish(labels),
        By::Practice => {
            let silence = Answers::default();
            let asked = Asked {
                questions: &[],
                answers: Pair::new(&silence, &silence),
            };
            compare_practices(pair, asked)
        }
    }
}

/// Compares two versions by text for what changed alone: rows and their counts, without topics,
/// verdicts and notes, and so without labels. Rows and counts are those of [`compare`].
pub fn compare_versions(policies: Pair<&Policy>) -> (Vec<Row>, Summary) {
    let rows = text::rows(policies, is_flipped(policies));
    let summary = summary(&rows);
    (rows, summary)
}

/// The words of two wordings of one clause, compared; the ranges count in the texts given. Their
/// deleted and equal words make up the left text, their equal and inserted ones the right.
pub fn compare_wordings(texts: Pair<&str>) -> Vec<Words> {
    words::changes::between_texts(texts)
}

/// The share of the smaller text's running words that stands in the other, from 0 to 1.
pub fn common_text(policies: Pair<&Policy>) -> f32 {
    text::common::common_text(policies)
}

/// Whether so little of either text stands in the other that one was written anew; of texts of one
/// site.
pub fn is_rewritten(policies: Pair<&Policy>) -> bool {
    common_text(policies) < text::common::ONE_SITE
}

/// Compares what the policies answer. Exchanging the sides mirrors the result.
pub fn compare_practices(pair: Pair<Input<'_>>, asked: Asked<'_>) -> Comparison {
    practices::compare(pair, asked)
}

/// Whether the right side comes first in canonical order.
fn is_flipped(policies: Pair<&Policy>) -> bool {
    keys::canonical_order(policies).is_gt()
}

/// The language of a text by its script and function words, as an English word in lower case; none
/// where no language stands out, as in short texts.
pub fn language(policy: &Policy) -> Option<&'static str> {
    language::language(policy)
}

/// Counts rows by what they hold.
fn summary(rows: &[Row]) -> Summary {
    let mut summary = Summary::default();
    for row in rows {
        let counter = match row.kind {
            RowKind::Same => &mut summary.same,
            RowKind::Moved | RowKind::MovedAndEdited if row.clauses.left.is_empty() => continue,
            RowKind::Contrary => continue,
            RowKind::Moved | RowKind::MovedAndEdited => &mut summary.moved,
            // A rule or a bullet that came or went.
            RowKind::Added | RowKind::Removed if row.class <= Class::Formatting => {
                &mut summary.formatting
            }
            RowKind::Added | RowKind::OnlyRight => &mut summary.added,
            RowKind::Removed | RowKind::OnlyLeft => &mut summary.removed,
            _ => match row.class {
                Class::None | Class::Order => &mut summary.same,
                Class::Formatting => &mut summary.formatting,
                Class::Numbers => &mut summary.numbers,
                Class::Wording => &mut summary.wording,
            },
        };
        *counter += 1;
    }
    summary
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
