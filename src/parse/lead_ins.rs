//! Which sentence leads a list in: "We collect:" before its items, and an item before the list inside
//! it; and the head of a table, which says what the cells of its rows are.

use crate::model::{Block, BlockKind, Clause, ClauseId, Marker};

/// Remembers which clause leads a list in.
#[derive(Default)]
pub(super) struct LeadIns {
    /// The last clause of running text, when it announces a list.
    announced: Option<ClauseId>,
    /// For each depth, the last clause of the last item there and what led that item in.
    items: Vec<ClauseId>,
    root: Option<ClauseId>,
    /// The head of the table at hand, where that is one clause.
    head: Option<ClauseId>,
}

impl LeadIns {
    /// The clause that leads a block in, if it is a list item or a row; whether that row is the first
    /// of its table.
    pub(super) fn before(
        &mut self,
        block: &Block,
        first_row: bool,
        clauses: &[Clause],
    ) -> Option<ClauseId> {
        if block.kind == BlockKind::Row {
            // A table without a head of its own has none, whatever stands before it.
            self.head = self.head.filter(|_| !first_row);
            return self.head;
        }
        if block.kind != BlockKind::Item {
            return None;
        }
        let depth = usize::from(block.depth.max(1));
        if self.items.is_empty() {
            self.root = self.announced;
        }
        if block.marker == Marker::None {
            // A further paragraph of an item is led in by what led the item in.
            return self
                .items
                .last()
                .and_then(|id| clauses.get(id.index())?.lead_in);
        }
        let above = &self.items[..(depth - 1).min(self.items.len())];
        above.last().copied().or(self.root)
    }

    /// Takes note of a block; `announces` says whether its last clause leads a list in.
    pub(super) fn after(&mut self, block: &Block, announces: bool) {
        let last = block.clause_ids().next_back();
        match block.kind {
            BlockKind::HeaderRow => self.head = last.filter(|_| block.clause_ids().count() == 1),
            BlockKind::Row => {}
            _ => self.head = None,
        }
        if block.kind == BlockKind::Item {
            if block.marker != Marker::None
                && let Some(last) = last
            {
                self.items.truncate(usize::from(block.depth.max(1)) - 1);
                self.items.push(last);
            }
            return;
        }
        self.items.clear();
        let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote);
        self.announced = last.filter(|_| running && announces);
    }
}

/// Whether a sentence leads a list in: it ends in a colon, ends without a full stop, or says that
/// something follows.
pub(super) fn announces(sentence: &str) -> bool {
    let sentence = sentence.trim_end();
    if sentence.ends_with([':', '-', '–', '—', ',']) {
        return true;
    }
    if !sentence.ends_with(['.', '!', '?', '”', '"', ')']) {
        return true;
    }
    let lower = sentence.to_ascii_lowercase();
    [
        "following",
        "as follows",
        "below",
        "these include",
        "listed here",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase))
}
