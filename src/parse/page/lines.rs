//! Menus that no element or name gives away: runs of links above and below the text.

use super::furniture::{Kept, count_words};
use super::tree::{NodeId, Step, Tree};

/// Words from which a line with few links is text, and not a label in a menu.
const PROSE_WORDS: u32 = 10;

/// A line beside a menu with no more words than this belongs to it.
const LABEL_WORDS: u32 = 4;

/// Links in one line from which it is a menu by itself.
const MENU_LINKS: u32 = 3;

/// What stands on a line of its own.
#[derive(Debug, Default)]
struct Line {
    texts: Vec<NodeId>,
    /// The element that its block stands in.
    place: Option<NodeId>,
    words: u32,
    /// Words in links to other pages, and how many such links.
    linked: u32,
    links: u32,
    heading: bool,
    /// A short line that names a document or a date: a title or "Last updated 2020".
    telling: bool,
}

impl Line {
    fn is_prose(&self) -> bool {
        self.words >= PROSE_WORDS && self.linked * 3 < self.words
    }

    fn is_links(&self) -> bool {
        !self.heading && self.words > 0 && self.linked * 5 >= self.words * 4
    }

    fn is_label(&self) -> bool {
        !self.heading && !self.telling && self.words <= LABEL_WORDS
    }
}

/// Leaves out the menus above the first and below the last prose.
pub(super) fn cut_menus(tree: &Tree, kept: &mut Kept) {
    let lines = lines(tree, kept);
    let (Some(first), Some(last)) = (
        lines.iter().position(Line::is_prose),
        lines.iter().rposition(Line::is_prose),
    ) else {
        return;
    };
    // The prose belongs to both parts: what stands beside it is not at the page's edge.
    let ends = [
        (&lines[..=first], &lines[first]),
        (&lines[last..], &lines[last]),
    ];
    for (part, prose) in ends {
        for (at, line) in part.iter().enumerate() {
            // Links in one part with the text, each on a line of its own, are its last words.
            let of_text = line.place == prose.place && line.links < MENU_LINKS;
            if !of_text && is_menu(part, at) {
                for text in &line.texts {
                    kept.gone[*text as usize] = true;
                }
            }
        }
    }
}

/// Whether a line is of a menu: links beside others of its kind, several links, or a label among
/// links.
fn is_menu(part: &[Line], at: usize) -> bool {
    let line = &part[at];
    if !line.is_links() {
        return is_label_among_links(part, at);
    }
    let of_menu =
        |at: usize| part.get(at).is_some_and(Line::is_links) || is_label_among_links(part, at);
    line.links >= MENU_LINKS || of_menu(at + 1) || at.checked_sub(1).is_some_and(of_menu)
}

/// A label stands beside a link of the menu, and not beside text: a list may end the text just above
/// a menu. Where text is the other neighbour, the label has to stand in one part with the link, and
/// the text in another.
fn is_label_among_links(part: &[Line], at: usize) -> bool {
    let Some(line) = part.get(at).filter(|line| line.is_label()) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|at| part.get(at));
    let beside = || before.into_iter().chain(part.get(at + 1));
    let together = |other: &Line| other.place == line.place;
    let mut links = beside().filter(|other| other.is_links()).peekable();
    let mut text = beside()
        .filter(|other| !other.is_links() && !other.heading)
        .peekable();
    links.peek().is_some()
        && (text.peek().is_none() || (links.any(together) && !text.any(together)))
}

/// The part of the page that the line of a text stands in: what its block is in or, where the block
/// has several lines, the block.
fn place(tree: &Tree, text: NodeId, broken: bool) -> Option<NodeId> {
    let mut blocks = tree
        .ancestors(text)
        .filter(|id| super::is_block(tree.name(*id)));
    let block = blocks.next()?;
    if broken {
        Some(block)
    } else {
        tree.parent(block)
    }
}

fn lines(tree: &Tree, kept: &Kept) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let (mut away, mut heading) = (0u32, 0u32);
    let mut broken = false;
    for root in &kept.roots {
        let enter = |id: NodeId| !kept.gone[id as usize];
        tree.walk(*root, enter, |step| {
            let (Step::Enter(id) | Step::Leave(id)) = step;
            if super::is_block(tree.name(id)) {
                let at_break = tree.name(id) == "br";
                if let Some(&first) = line.texts.first() {
                    line.place = place(tree, first, broken || at_break);
                    lines.push(std::mem::take(&mut line));
                }
                broken = at_break;
            }
            let entering = matches!(step, Step::Enter(_));
            let count = |counter: u32, holds: bool| match entering {
                true => counter + u32::from(holds),
                false => counter.saturating_sub(u32::from(holds)),
            };
            heading = count(heading, super::heading_level(tree, id).is_some());
            let link = kept.away[id as usize];
            away = count(away, link);
            line.links += u32::from(link && entering);
            if let Some(text) = tree.text(id).filter(|_| entering) {
                let words = count_words(&text.text);
                if words == 0 && line.texts.is_empty() {
                    return;
                }
                line.texts.push(id);
                line.words += words;
                line.linked += if away > 0 { words } else { 0 };
                line.heading |= heading > 0;
                line.telling |= words <= LABEL_WORDS && is_telling(&text.text);
            }
        });
    }
    lines.push(line);
    lines
}

fn is_telling(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "privacy",
        "policy",
        "notice",
        "updated",
        "effective",
        "revised",
    ]
    .iter()
    .any(|word| lower.contains(word))
        || text.bytes().filter(u8::is_ascii_digit).count() >= 4
}
