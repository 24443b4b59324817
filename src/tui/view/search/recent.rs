//! The queries of this session, newest first, to be taken once more.

use crate::tui::action::Action;

/// How many are kept.
const KEPT: usize = 8;

/// Rows above the first query: the heading.
pub(super) const HEAD: usize = 1;

/// Queries and which of them is under the cursor.
#[derive(Debug, Default)]
pub(super) struct Recent {
    queries: Vec<String>,
    cursor: usize,
}

impl Recent {
    /// Keeps a query that led to something.
    pub(super) fn add(&mut self, query: &str) {
        let query = query.trim();
        if query.is_empty() {
            return;
        }
        self.queries.retain(|known| known != query);
        self.queries.insert(0, query.to_owned());
        self.queries.truncate(KEPT);
        self.cursor = 0;
    }

    pub(super) fn queries(&self) -> &[String] {
        &self.queries
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// The query under the cursor.
    pub(super) fn chosen(&self) -> Option<&str> {
        self.queries.get(self.cursor).map(String::as_str)
    }

    pub(super) fn update(&mut self, action: Action) {
        let last = self.queries.len().saturating_sub(1);
        self.cursor = match action {
            Action::Up => self.cursor.saturating_sub(1),
            Action::Down => (self.cursor + 1).min(last),
            Action::PageUp => 0,
            Action::PageDown => last,
            _ => self.cursor,
        };
    }

    /// Puts the cursor on the query in a row of the list; whether there is one.
    pub(super) fn click(&mut self, row: usize) -> bool {
        let at = row.checked_sub(HEAD).filter(|&at| at < self.queries.len());
        self.cursor = at.unwrap_or(self.cursor);
        at.is_some()
    }
}
