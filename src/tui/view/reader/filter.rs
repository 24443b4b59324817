//! Showing one topic alone: which parts of a policy stay, and what is folded between them.

use crate::model::{BlockKind, Labels, Policy, TextRange, Topic};
use crate::tui::text::Part;

/// The parts of a policy that speak of a topic, with their headings and the sentences that lead lists
/// in; the clauses between them are folded.
pub(super) fn parts_on(policy: &Policy, labels: &Labels, topic: Topic) -> Vec<Part> {
    let kept = kept_clauses(policy, labels, topic);
    let sections = kept_sections(policy, &kept);
    let mut parts = Parts::default();
    for (number, block) in (0_u32..).zip(&policy.blocks) {
        let mut clauses = block.clause_ids().map(|id| {
            let clause = policy.clauses.get(id.index());
            (
                kept.get(id.index()).copied().unwrap_or(false),
                clause.map_or(block.text, |clause| clause.text),
            )
        });
        match block.kind {
            BlockKind::Title => parts.text(number, block.text),
            BlockKind::Heading => {
                let stays = block.section.and_then(|at| sections.get(at as usize));
                if stays == Some(&true) {
                    parts.text(number, block.text);
                } else {
                    parts.fold(number, 1);
                }
            }
            BlockKind::HeaderRow => parts.header = Some((number, block.text)),
            BlockKind::Row => {
                if clauses.any(|(kept, _)| kept) {
                    if let Some((number, text)) = parts.header.take() {
                        parts.text(number, text);
                    }
                    parts.text(number, block.text);
                } else {
                    parts.fold(number, block.clauses.1 - block.clauses.0);
                }
            }
            _ => {
                parts.header = None;
                for (kept, text) in clauses {
                    if kept {
                        parts.join(number, text);
                    } else {
                        parts.fold(number, 1);
                    }
                }
            }
        }
    }
    parts.flush();
    parts.done
}

/// The topics that a policy speaks of, in the order of [`Topic::ALL`], and on how many clauses.
pub(super) fn topics(labels: &Labels) -> Vec<(Topic, usize)> {
    let mut counts = [0; Topic::ALL.len()];
    for scored in labels.clauses.iter().flat_map(|clause| &clause.topics) {
        counts[scored.topic.index()] += 1;
    }
    let found = Topic::ALL.into_iter().zip(counts);
    found.filter(|(_, count)| *count > 0).collect()
}

fn kept_clauses(policy: &Policy, labels: &Labels, topic: Topic) -> Vec<bool> {
    let mut kept = vec![false; policy.clauses.len()];
    for id in labels.clauses_on(topic) {
        let lead_in = policy
            .clauses
            .get(id.index())
            .and_then(|clause| clause.lead_in);
        for id in [Some(id), lead_in].into_iter().flatten() {
            if let Some(kept) = kept.get_mut(id.index()) {
                *kept = true;
            }
        }
    }
    kept
}

/// The sections that hold a kept clause, and those around them.
fn kept_sections(policy: &Policy, kept: &[bool]) -> Vec<bool> {
    let mut sections = vec![false; policy.sections.len()];
    for (clause, _) in policy.clauses.iter().zip(kept).filter(|(_, kept)| **kept) {
        let mut section = clause.section;
        while let Some(at) = section
            && let Some(stays) = sections.get_mut(at as usize)
            && !*stays
        {
            *stays = true;
            section = policy.sections[at as usize].parent;
        }
    }
    sections
}

#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    /// What is to be folded: the block it begins in, and how many clauses.
    folded: Option<(u32, u32)>,
    /// The head of the table that we are in, until it is shown.
    header: Option<(u32, TextRange)>,
}

impl Parts {
    fn text(&mut self, block: u32, text: TextRange) {
        self.flush();
        self.done.push(Part::Text { block, text });
    }

    /// Adds text to the part before, if it follows directly in its block.
    fn join(&mut self, block: u32, text: TextRange) {
        match self.done.last_mut() {
            Some(Part::Text {
                block: last,
                text: before,
            }) if *last == block && self.folded.is_none() => {
                before.end = text.end;
            }
            _ => self.text(block, text),
        }
    }

    fn fold(&mut self, block: u32, clauses: u32) {
        if clauses > 0 {
            let (block, before) = self.folded.unwrap_or((block, 0));
            self.folded = Some((block, before + clauses));
        }
    }

    fn flush(&mut self) {
        if let Some((block, clauses)) = self.folded.take() {
            self.done.push(Part::Fold { block, clauses });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClauseLabels, Margin, TopicScore};
    use crate::tui::sample::policy;

    /// Labels by a word: clauses that hold it are on cookies.
    fn labels(policy: &Policy, word: &str) -> Labels {
        let on = |text: &str| TopicScore {
            topic: Topic::Cookies,
            score: 1.0,
            margin: if text.is_empty() {
                Margin::Faint
            } else {
                Margin::Firm
            },
            plain: true,
            evidence: Vec::new(),
            from_rest: 0.0,
            from_context: 0.0,
        };
        let clauses = policy.clauses.iter().map(|clause| {
            let text = clause.text.of(&policy.text);
            let topics = text.contains(word).then(|| on(text)).into_iter().collect();
            ClauseLabels {
                topics,
                ..ClauseLabels::default()
            }
        });
        Labels {
            clauses: clauses.collect(),
        }
    }

    #[test]
    fn one_topic_alone() {
        let policy = policy(
            "x",
            "# T\n\n## Use\n\nNo. No.\n\n## Web\n\nNo. A cookie. Two cookie. No.\n\n- no\n- cookie\n",
        );
        let parts = parts_on(&policy, &labels(&policy, "cookie"), Topic::Cookies);
        let shown: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Part::Text { text, .. } => text.of(&policy.text).to_owned(),
                Part::Fold { clauses, .. } => format!("<{clauses}>"),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "T",
                "<3>",
                "Web",
                "<1>",
                "A cookie. Two cookie.",
                "<2>",
                "cookie"
            ]
        );
    }
}
