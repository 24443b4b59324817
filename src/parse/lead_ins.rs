//! Which sentence leads a list in: "We collect:" before its items, and an item before the list inside
//! it; and the head of a table, which says what the cells of its rows are.

use crate::model::{Block, BlockKind, Clause, ClauseId, Marker};

/// Remembers which clause leads a list in.
#[derive(Default)]
pub(super) struct LeadIns {
    /// The last clause of running text, when it announces a list.
    announced: Option<ClauseId>,
    /// The items that are open, outermost first.
    items: Vec<OpenItem>,
    root: Option<ClauseId>,
    /// The head of the table at hand, where that is one clause.
    head: Option<ClauseId>,
}

/// An item that may hold a list.
struct OpenItem {
    depth: u8,
    /// The last clause of its first block; none where that is a heading.
    own: Option<ClauseId>,
    /// The last clause of its last paragraph, when it announces a list.
    announced: Option<ClauseId>,
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
        if self.items.is_empty() {
            self.root = self.announced;
        }
        let mut open = self.items.iter().rev();
        if block.marker == Marker::None {
            // A further paragraph of an item is led in by what led the item in.
            let item = open.find(|item| item.depth <= block.depth)?.own?;
            return clauses.get(item.index())?.lead_in;
        }
        match open.find(|item| item.depth < block.depth) {
            Some(parent) => parent.announced.or(parent.own),
            None => self.root,
        }
    }

    /// Takes note of a block; `announces` says whether its last clause leads a list in.
    pub(super) fn after(&mut self, block: &Block, announces: bool) {
        let last = block.clause_ids().next_back();
        match block.kind {
            BlockKind::HeaderRow => self.head = last.filter(|_| block.clause_ids().count() == 1),
            BlockKind::Row => {}
            _ => self.head = None,
        }
        let announced = last.filter(|_| announces);
        match (block.kind, block.marker) {
            (BlockKind::Item, Marker::None) => self.go_on(block.depth, announced),
            (BlockKind::Item, _) => self.begin(block.depth, last),
            (kind, _) => {
                self.items.clear();
                let running = matches!(kind, BlockKind::Paragraph | BlockKind::Quote);
                self.announced = announced.filter(|_| running);
            }
        }
    }

    /// An item begins.
    fn begin(&mut self, depth: u8, own: Option<ClauseId>) {
        self.items.retain(|item| item.depth < depth);
        self.items.push(OpenItem {
            depth,
            own,
            announced: None,
        });
    }

    /// An item goes on with a paragraph: one that began with a heading is not open yet.
    fn go_on(&mut self, depth: u8, announced: Option<ClauseId>) {
        let own = |item: &OpenItem| (item.depth == depth).then_some(item.own)?;
        let own = self.items.iter().find_map(own);
        self.items.retain(|item| item.depth < depth);
        self.items.push(OpenItem {
            depth,
            own,
            announced,
        });
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
    MORE_FOLLOWS
        .iter()
        .any(|(letter, phrases)| holds_any(sentence.as_bytes(), *letter, phrases))
}

/// What says that something follows, by a letter by which it is looked for, each with the place of the
/// letter in it.
const MORE_FOLLOWS: [(u8, &[(&str, usize)]); 2] = [
    (b'w', &[("following", 5), ("as follows", 8), ("below", 4)]),
    (b'd', &[("these include", 11), ("listed here", 5)]),
];

/// Whether a text holds one of the phrases in any case.
fn holds_any(text: &[u8], letter: u8, phrases: &[(&str, usize)]) -> bool {
    let there = |at: usize, phrase: &str, place: usize| {
        let start = at.checked_sub(place)?;
        text.get(start..start + phrase.len())
    };
    memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), text).any(|at| {
        phrases.iter().any(|&(phrase, place)| {
            let there = there(at, phrase, place);
            there.is_some_and(|there| there.eq_ignore_ascii_case(phrase.as_bytes()))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::model::{ClauseKind, Document, Origin};
    use crate::parse::Parser;
    use crate::parse::lead_ins::{MORE_FOLLOWS, announces};
    use std::path::PathBuf;

    /// The items of a Markdown text, each behind what leads it in.
    fn items(text: &str) -> Vec<String> {
        let origin = Origin::File(PathBuf::from("policy.md"));
        let document = Document::new(origin, text.as_bytes().to_vec());
        let policy = Parser::new().parse(document).unwrap();
        let items = policy
            .clauses
            .iter()
            .filter(|clause| clause.kind == ClauseKind::Item);
        items
            .map(|item| {
                let lead_in = item.lead_in.map(|lead_in| policy.clause_text(lead_in));
                format!(
                    "{} > {}",
                    lead_in.unwrap_or("-"),
                    item.text.of(&policy.text)
                )
            })
            .collect()
    }

    #[test]
    fn no_item_is_led_in_by_one_beside_it() {
        // Below a heading that is an item, the first list stands two levels in.
        assert_eq!(
            items(
                "1. # Data\n\n   We collect:\n   - names\n   - ages\n\n   We keep it.\n\n   - so\n\n2. # More\n\n   - a\n   - b"
            ),
            [
                "- > We collect:",
                "We collect: > names",
                "We collect: > ages",
                "- > We keep it.",
                "- > so",
                "- > a",
                "- > b"
            ]
        );
    }

    #[test]
    fn the_paragraph_before_a_list_leads_it_in_and_else_the_item_around_it() {
        assert_eq!(
            items(
                "We collect:\n\n- Names\n\n  These include:\n  - first names\n    - all of them\n  - last names\n\n  More words.\n  - ages\n- Mail"
            ),
            [
                "We collect: > Names",
                "We collect: > These include:",
                "These include: > first names",
                "first names > all of them",
                "These include: > last names",
                "We collect: > More words.",
                "Names > ages",
                "We collect: > Mail"
            ]
        );
    }

    #[test]
    fn whatever_says_that_more_follows_is_found() {
        for (letter, phrases) in MORE_FOLLOWS {
            for (phrase, place) in phrases {
                assert_eq!(phrase.as_bytes()[*place], letter, "{phrase}");
                for phrase in [(*phrase).to_owned(), phrase.to_uppercase()] {
                    assert!(announces(&format!("We do {phrase}.")), "{phrase}");
                }
            }
        }
        assert!(!announces("We would add a word to what we do."));
    }
}
