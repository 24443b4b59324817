//! What is done with the row under the cursor: read it in place, copy it, open its link.

use super::{CompareView, Ctx};
use crate::compare::Row;
use crate::model::{Side, TextRange};
use crate::tui::effect::{Effect, Screen};

impl CompareView {
    /// The place in a side's text at the cursor: of its row, else of the nearest row that has one
    /// (by topic within the topic, by text above).
    pub(super) fn place(&self, side: Side, ctx: &Ctx<'_>) -> Option<TextRange> {
        let comparison = self.comparison.as_ref()?;
        let policy = &ctx.library.get(self.pair[side])?.policy;
        let row = self
            .current_row()
            .unwrap_or(0)
            .min(comparison.rows.len().checked_sub(1)?);
        let first = |rows: &[Row]| {
            rows.iter()
                .find_map(|row| row.clauses[side].first().copied())
        };
        let last = |rows: &[Row]| {
            rows.iter()
                .rev()
                .find_map(|row| row.clauses[side].first().copied())
        };
        let topic = comparison
            .topics
            .iter()
            .find(|topic| topic.rows.contains(&row));
        let id = match topic {
            Some(topic) => first(comparison.rows.get(row..topic.rows.end)?)
                .or_else(|| last(comparison.rows.get(topic.rows.start..row)?)),
            None => last(comparison.rows.get(..=row)?),
        };
        policy.clauses.get(id?.index()).map(|clause| clause.text)
    }

    pub(super) fn read(&self, side: Side, ctx: &Ctx<'_>) -> Effect {
        let (policy, at) = (self.pair[side], self.place(side, ctx));
        Effect::Open(Screen::Reader {
            policy,
            at,
            topic: None,
        })
    }

    /// Opens the first link of the row under the cursor, of the left side before the right.
    pub(super) fn open_link(&self, ctx: &Ctx<'_>) -> Effect {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let link = row.and_then(|row| {
            Side::BOTH.into_iter().find_map(|side| {
                let policy = &ctx.library.get(self.pair[side])?.policy;
                row.clauses[side]
                    .iter()
                    .find_map(|id| policy.link_in(policy.clauses.get(id.index())?.text))
            })
        });
        match link {
            Some(link) => Effect::OpenUrl(link.to_owned()),
            None => Effect::Say("no link in this row".to_owned()),
        }
    }

    /// Both cells under the cursor, as they would be quoted.
    pub(super) fn copy(&self, ctx: &Ctx<'_>) -> Effect {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let Some(row) = row else {
            return Effect::Say("Nothing to copy here".to_owned());
        };
        let mut quotes = Vec::new();
        for side in Side::BOTH {
            let Some(entry) = ctx.library.get(self.pair[side]) else {
                continue;
            };
            let texts: Vec<&str> = row.clauses[side]
                .iter()
                .map(|&id| entry.policy.clause_text(id))
                .collect();
            if !texts.is_empty() {
                quotes.push(format!(
                    "“{}” — {}",
                    texts.join(" ").replace(['\n', '\t'], " "),
                    entry.policy.source_note()
                ));
            }
        }
        Effect::Copy(quotes.join("\n"))
    }
}
