//! What is done with the row under the cursor: read it in place, copy it, open its link.

use super::rows::What;
use super::{CompareView, Ctx};
use crate::compare::{By, Row};
use crate::model::{Side, TextRange, on_one_line};
use crate::tui::effect::{Effect, Screen};

impl CompareView {
    /// The place in a side's text at the cursor: of its row, else of the nearest row that has one
    /// (by topic within the topic, by text above).
    pub(super) fn place(&self, side: Side, ctx: &Ctx<'_>) -> Option<TextRange> {
        let comparison = self.comparison.as_ref()?;
        let policy = ctx.library.get(self.pair[side])?.policy();
        let row = self
            .current_row()
            .unwrap_or(0)
            .min(comparison.rows.len().checked_sub(1)?);
        if comparison.by == By::Practice {
            let proof = comparison.proof(row, side)?;
            let clause = policy.clauses.get(proof.clause.index());
            return clause.map(|clause| clause.text);
        }
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

    /// Whether the cursor is in a cell of a comparison by practice.
    pub(super) fn is_in_cell(&self) -> bool {
        let here = self.what_is_here();
        let folded = matches!(
            here,
            Some(What::Question { folded: true, .. } | What::Neither { .. }) | None
        );
        self.is_by_practice() && !folded
    }

    /// Opens the policy of the cell at the sentence there; that of the other side when this one is
    /// silent.
    pub(super) fn read_cell(&self, ctx: &Ctx<'_>) -> Effect {
        let cell = self.shown.cell;
        let sides = [cell, cell.other()];
        let told = sides
            .into_iter()
            .find(|&side| self.place(side, ctx).is_some());
        match told {
            Some(side) => self.read(side, ctx),
            None => Effect::Say("No sentence is shown here".to_owned()),
        }
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
                let policy = ctx.library.get(self.pair[side])?.policy();
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
        if let Some(found) = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.practice_of(row))
        {
            let answers = found.answers.as_ref().map(|answer| answer.answer.label());
            let question = &found.question.text;
            quotes.push(format!("{question} {} / {}", answers.left, answers.right));
        }
        for side in Side::BOTH {
            let Some(entry) = ctx.library.get(self.pair[side]) else {
                continue;
            };
            let texts: Vec<&str> = row.clauses[side]
                .iter()
                .map(|&id| entry.policy().clause_text(id))
                .collect();
            if !texts.is_empty() {
                quotes.push(format!(
                    "“{}” — {}",
                    on_one_line(&texts.join(" ")),
                    entry.policy().source_note()
                ));
            }
        }
        Effect::Copy(quotes.join("\n"))
    }
}
