//! Lines by text: the order of the document, with what is equal folded away.

use super::{Builder, Hidden, What};
use crate::compare::{Class, Row, RowKind};
use crate::model::{BlockKind, Clause, Pair, Side};

impl Builder<'_> {
    pub(super) fn by_text(&mut self) {
        let mut row = 0;
        let mut block = Pair::<Option<u32>>::default();
        while row < self.comparison.rows.len() {
            let end = self.fold_end(row);
            if end > row && !self.shown.is_open(row) {
                if self.fold(row, end) {
                    block = Pair::default();
                }
                row = end;
                continue;
            }
            // A folded-out run is shown row by row up to its end.
            let until = end.max(row + 1);
            for at in row..until {
                self.text_row(at, &mut block);
            }
            row = until;
        }
    }

    fn text_row(&mut self, row: usize, block: &mut Pair<Option<u32>>) {
        let Some(content) = self.comparison.rows.get(row) else {
            return;
        };
        if !self.shown.is_on_topic(content, self.comparison) {
            return;
        }
        let here = Pair::new(
            self.block_of(content, Side::Left),
            self.block_of(content, Side::Right),
        );
        let new = |side: Side| here[side].is_some() && here[side] != block[side];
        if new(Side::Left) || new(Side::Right) {
            self.blank();
        }
        for side in Side::BOTH {
            block[side] = here[side].or(block[side]);
        }
        if self.is_heading(content) {
            self.rows.heads.push(self.rows.lines.len());
        }
        self.cells(row, !self.goes_on(content));
    }

    /// Whether a row goes on with what the last one began: a run of additions, or of removals, is
    /// one difference to step to.
    fn goes_on(&self, row: &Row) -> bool {
        let last = self.rows.lines.iter().rev();
        let before = last
            .map(|line| line.what)
            .find(|what| *what != What::Blank)
            .and_then(|what| match what {
                What::Cells { row, .. } => self.comparison.rows.get(row),
                _ => None,
            });
        before.is_some_and(|before| {
            before.kind == row.kind && matches!(row.kind, RowKind::Added | RowKind::Removed)
        })
    }

    fn first_clause(&self, row: &Row, side: Side) -> Option<&Clause> {
        let first = row.clauses[side].first()?;
        self.policies[side].clauses.get(first.index())
    }

    fn block_of(&self, row: &Row, side: Side) -> Option<u32> {
        self.first_clause(row, side).map(|clause| clause.block)
    }

    fn is_heading(&self, row: &Row) -> bool {
        Side::BOTH.iter().any(|&side| {
            let block = self.block_of(row, side);
            let block = block.and_then(|at| self.policies[side].blocks.get(at as usize));
            block.is_some_and(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Title))
        })
    }

    /// One past the last row that folds away together with this one; the row itself when it does
    /// not fold. What is not on the topic that is shown alone parts nothing.
    fn fold_end(&self, row: usize) -> usize {
        let form = self.shown.shows_form();
        let folds = |row: &&Row| {
            row.kind == RowKind::Same
                || (is_form(row) && !form)
                || !self.shown.is_on_topic(row, self.comparison)
        };
        let rows = self.comparison.rows.get(row..).unwrap_or(&[]);
        row + rows.iter().take_while(folds).count()
    }

    /// Folds rows away; whether any of them would be shown.
    fn fold(&mut self, first: usize, end: usize) -> bool {
        let mut hidden = Hidden::default();
        for row in first..end {
            let content = self.comparison.rows.get(row);
            let on = |row: &&Row| self.shown.is_on_topic(row, self.comparison);
            let Some(content) = content.filter(on) else {
                continue;
            };
            let counter = match is_form(content) {
                false => &mut hidden.equal,
                true if self.comparison.is_relinked(row) => &mut hidden.links,
                true => &mut hidden.form,
            };
            *counter += 1;
        }
        if hidden == Hidden::default() {
            return false;
        }
        self.blank();
        let rows = end - first;
        self.push(What::Fold {
            first,
            rows,
            hidden,
        });
        true
    }
}

fn is_form(row: &Row) -> bool {
    row.kind == RowKind::Changed && row.class <= Class::Formatting
}
