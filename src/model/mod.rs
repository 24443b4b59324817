//! The data that the stages of the pipeline hand to each other. No files, no clock, no terminal.

mod document;
mod facts;
mod history;
mod issue;
mod label;
mod marker;
mod pair;
mod policy;
mod practice;
mod provenance;
mod safe;
mod span;
mod standing;
mod swings;
mod topic;
mod words;

pub use document::{Document, Filed, GitPlace, Origin};
pub use facts::Facts;
pub use history::{
    ChangeClass, ChangeCounts, ClauseLife, ContentId, History, Noise, StandIn, Step, Version,
};
pub use issue::{Issue, IssueKind};
pub use label::{ClauseLabels, Evidence, Labels, Margin, Stance, TopicCounts, TopicScore};
pub use marker::{Letters, Marker};
pub use pair::{Pair, Side, at_once};
pub use policy::{Block, BlockKind, Clause, ClauseId, ClauseKind, Policy, Run, RunStyle, Section};
pub use practice::{Answer, Answers, PracticeAnswer, Proof, Question};
pub use provenance::{PartialDate, Provenance, Revision, VersionDate};
pub use safe::{CELL_BREAK, STAND_IN, is_dangerous, on_one_line, printable};
pub use span::{Span, TextRange};
pub use standing::Standing;
pub use swings::{Swinging, Swings};
pub use topic::Topic;
pub(crate) use words::{count_words, unspaced_words};
