//! The distinct blocks of an archive's policies, with the headings above them.

use crate::archive::Text;
use policy_tui::compare;
use policy_tui::model::{Block, BlockKind, Policy};
use policy_tui::parse::Parser;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// A paragraph or list item, an item led in by the sentence above its list.
pub(crate) struct Passage {
    /// The place of its service in [`Corpus::services`].
    pub(crate) service: usize,
    /// The headings above, the nearest first.
    pub(crate) headings: Vec<String>,
    /// Its words.
    pub(crate) text: String,
}

/// Headings, the nearest first, and the text below them.
type Headed = (Vec<String>, String);

/// All passages.
#[derive(Default)]
pub(crate) struct Corpus {
    /// The names of the services.
    pub(crate) services: Vec<String>,
    /// No two with the same text.
    pub(crate) passages: Vec<Passage>,
    seen: FxHashSet<String>,
}

impl Corpus {
    /// Takes in the policies of some texts.
    pub(crate) fn extend(&mut self, parser: &Parser, texts: Vec<Text>) {
        let parsed: Vec<(String, Vec<Headed>)> = texts
            .into_par_iter()
            .map(|text| {
                let policy = parser.parse(text.document).ok();
                let english = policy.filter(|p| compare::language(p) == Some("english"));
                (text.service, english.map_or(Vec::new(), |p| passages(&p)))
            })
            .collect();
        for (service, passages) in parsed {
            if self.services.last() != Some(&service) {
                self.services.push(service);
            }
            for (headings, text) in passages {
                let key: String = text
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .flat_map(char::to_lowercase)
                    .collect();
                if self.seen.insert(key) {
                    self.passages.push(Passage {
                        service: self.services.len() - 1,
                        headings,
                        text,
                    });
                }
            }
        }
    }
}

fn passages(policy: &Policy) -> Vec<Headed> {
    let kept = |block: &&Block| {
        matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote | BlockKind::Row
        )
    };
    let mut found = Vec::new();
    for block in policy.blocks.iter().filter(kept) {
        let mut text = String::new();
        let lead_in = policy
            .clauses
            .get(block.clauses.0 as usize)
            .and_then(|clause| clause.lead_in);
        if let Some(id) = lead_in {
            text.push_str(policy.clause_text(id));
            text.push(' ');
        }
        text.push_str(policy.block_text(block));
        if text.split_whitespace().count() < 5 {
            continue;
        }
        let parent = |section: &u32| policy.sections.get(*section as usize)?.parent;
        let headings = std::iter::successors(block.section, parent)
            .take(4)
            .map(|section| policy.heading(section).to_owned())
            .collect();
        found.push((headings, text));
    }
    found
}
