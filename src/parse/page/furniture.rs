//! What of a page is not its text: menus, banners, forms, hidden parts. And which part of the page
//! holds the text.
//!
//! The names that authors give are hints, never proof: policies have sections named `sharing` and
//! `cookies`. What counts with them is how much of the page a part holds, how much of it is links,
//! and whether it has buttons. A part that holds much of the page's prose is never left out.

use super::marks::{
    has_hint, has_telling_name, is_control, is_dialog, is_jump, is_main_element, is_never_text,
};
use super::tree::{Element, NodeId, ROOT, Step, Tree};
use crate::model::unspaced_words;

/// Share of the page's own words from which an element counts as holding the text, in percent.
const MAIN_PERCENT: u32 = 75;

/// A part with more than this share of the page's words is no furniture, whatever its name; percent.
const HEAVY_PERCENT: u32 = 30;

/// A banner or menu known by a general name has less than this share of the words; percent.
const SLIGHT_PERCENT: u32 = 15;

/// A hidden part with this many words outside links is folded text, not a hidden menu.
const FOLDED_WORDS: u32 = 25;

/// A link of more words than this is text that someone forgot to end the link in.
const MAX_LINK_WORDS: u32 = 25;

/// Words of a control's surroundings: a banner or a form, not a section.
const BANNER_WORDS: u32 = 140;

/// What is counted below an element.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    words: u32,
    /// Words in links to other pages.
    links: u32,
    /// Buttons and fields.
    controls: u32,
    top_heading: bool,
}

impl Weight {
    fn prose(self) -> u32 {
        self.words - self.links.min(self.words)
    }

    /// Whether at least `percent` of the words are links.
    fn linked(self, percent: u32) -> bool {
        self.links * 100 >= self.words * percent
    }

    fn at_least(self, percent: u32, of: u32) -> bool {
        u64::from(self.words) * 100 >= u64::from(of) * u64::from(percent)
    }
}

/// What of a page is its text.
#[derive(Debug)]
pub(super) struct Kept {
    /// Nodes that are left out, with all below them.
    pub(super) gone: Vec<bool>,
    /// Where the text stands, in order.
    pub(super) roots: Vec<NodeId>,
    /// Links to other pages.
    pub(super) away: Vec<bool>,
    /// The words a person saw on the whole page, all in all.
    pub(super) words: u32,
}

/// Decides what is kept.
pub(super) fn sort_out(tree: &Tree) -> Kept {
    let mut sorter = Sorter {
        tree,
        weights: vec![Weight::default(); tree.len()],
        gone: vec![false; tree.len()],
        away: vec![false; tree.len()],
        total: 0,
    };
    sorter.weigh();
    let words = sorter.weights[ROOT as usize].words;
    sorter.total = words;
    sorter.leave_out();
    // Better too much than nothing at all.
    if sorter.kept_words(ROOT) == 0 {
        let never = |id| tree.element(id).is_some_and(is_never_text);
        sorter.gone = (0..).take(tree.len()).map(never).collect();
    }
    let roots = sorter.roots();
    Kept {
        gone: sorter.gone,
        away: sorter.away,
        roots,
        words,
    }
}

/// Words: what has a letter or a digit in it, and by letters where a script has no spaces.
pub(super) fn count_words(text: &str) -> u32 {
    let (mut words, mut counted) = (0u32, false);
    for c in text.chars() {
        if c.is_whitespace() {
            counted = false;
        } else if !counted && c.is_alphanumeric() {
            counted = true;
            words = words.saturating_add(1);
        }
    }
    words.saturating_add(u32::try_from(unspaced_words(text)).unwrap_or(u32::MAX))
}

/// Whether a link leads to another page: one within the page is part of a table of contents, and one
/// that is an address itself is text.
fn leads_away(tree: &Tree, id: NodeId) -> bool {
    let Some(element) = tree.element(id).filter(|element| &*element.name == "a") else {
        return false;
    };
    let Some(href) = element.attribute("href").map(str::trim) else {
        return false;
    };
    let local = href.starts_with('#')
        || href.starts_with("mailto:")
        || href.starts_with("tel:")
        || href.is_empty();
    !local && {
        let shown = tree.text_of(id);
        !shown.contains(['@', '/'])
            && !shown.contains("www.")
            && count_words(&shown) <= MAX_LINK_WORDS
    }
}

struct Sorter<'a> {
    tree: &'a Tree,
    weights: Vec<Weight>,
    gone: Vec<bool>,
    away: Vec<bool>,
    total: u32,
}

impl Sorter<'_> {
    fn weigh(&mut self) {
        let (tree, weights, leads) = (self.tree, &mut self.weights, &mut self.away);
        let never = |id: NodeId| tree.element(id).is_some_and(is_never_text);
        let mut away = 0u32;
        tree.walk(
            ROOT,
            |_| true,
            |step| match step {
                Step::Enter(id) => {
                    leads[id as usize] = leads_away(tree, id);
                    away += u32::from(leads[id as usize]);
                }
                Step::Leave(id) => {
                    let mut own = weights[id as usize];
                    if let Some(text) = tree.text(id) {
                        own.words = count_words(&text.text);
                        own.links = if away > 0 { own.words } else { 0 };
                    }
                    if never(id) {
                        own = Weight::default();
                    }
                    away -= u32::from(leads[id as usize]);
                    own.controls += u32::from(tree.element(id).is_some_and(is_control));
                    own.top_heading |= tree.name(id) == "h1";
                    weights[id as usize] = own;
                    if let Some(parent) = tree.parent(id) {
                        let above = &mut weights[parent as usize];
                        above.words += own.words;
                        above.links += own.links;
                        above.controls += own.controls;
                        above.top_heading |= own.top_heading;
                    }
                }
            },
        );
    }

    fn leave_out(&mut self) {
        let mut out = Vec::new();
        self.tree.walk(
            ROOT,
            |id| {
                let element = self.tree.element(id);
                let is_out = element.is_some_and(|element| self.is_out(id, element));
                if is_out {
                    out.push(id);
                }
                !is_out
            },
            |_| {},
        );
        for id in out {
            self.gone[id as usize] = true;
        }
    }

    fn is_out(&self, id: NodeId, element: &Element) -> bool {
        if is_never_text(element) {
            return true;
        }
        let weight = self.weights[id as usize];
        let name = &*element.name;
        if matches!(name, "html" | "body" | "main") || weight.words == 0 {
            return false;
        }
        if name == "button" || element.attribute_is("role", "button") {
            return !self.unfolds(id, element);
        }
        self.is_hidden(element, weight)
            || self.is_landmark_out(id, element, weight)
            || self.is_named_out(element, weight)
            || is_small_form(name, weight)
            || (name == "a" && is_jump(&self.tree.text_of(id)))
    }

    /// A button that is a heading: it shows and hides the text below it.
    fn unfolds(&self, id: NodeId, element: &Element) -> bool {
        let heading = |at: NodeId| {
            matches!(
                self.tree.name(at),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt"
            )
        };
        self.tree.ancestors(id).take(3).any(heading)
            || ((element.attribute("aria-expanded").is_some()
                || element.attribute("aria-controls").is_some())
                && self.weights[id as usize].words >= 2
                && !self.in_navigation(id))
    }

    fn in_navigation(&self, id: NodeId) -> bool {
        self.tree
            .ancestors(id)
            .any(|at| matches!(self.tree.name(at), "nav" | "header" | "footer" | "form"))
    }

    fn is_hidden(&self, element: &Element, weight: Weight) -> bool {
        let style = || {
            element
                .attribute("style")
                .unwrap_or("")
                .to_ascii_lowercase()
        };
        let hidden = element.attribute("hidden").is_some()
            || element.attribute_is("aria-hidden", "true")
            || (element.attribute("style").is_some() && {
                let style = style().replace(' ', "");
                style.contains("display:none") || style.contains("visibility:hidden")
            });
        let folded = weight.prose() >= FOLDED_WORDS
            && !weight.linked(50)
            && !is_dialog(element)
            && !has_telling_name(element)
            && (weight.controls == 0 || weight.words >= BANNER_WORDS);
        hidden && !folded
    }

    /// Parts that say by their element or role that they are not the text.
    fn is_landmark_out(&self, id: NodeId, element: &Element, weight: Weight) -> bool {
        let role = element.attribute("role").unwrap_or("").to_ascii_lowercase();
        let in_main = || self.tree.ancestors(id).any(|at| is_main(self.tree, at));
        let heavy = weight.at_least(HEAVY_PERCENT, self.total) && !weight.linked(30);
        let out = match (&*element.name, &*role) {
            (_, "navigation" | "menu" | "menubar" | "search" | "toolbar") | ("nav" | "menu", _) => {
                true
            }
            (_, "dialog" | "alertdialog") | ("dialog", _) => true,
            (_, "banner") | ("header", _) => {
                weight.linked(50) || !(weight.top_heading || in_main())
            }
            (_, "contentinfo" | "complementary") | ("footer" | "aside", _) => {
                weight.linked(30) || !in_main()
            }
            _ => false,
        };
        out && !heavy
    }

    fn is_named_out(&self, element: &Element, weight: Weight) -> bool {
        let heavy = weight.at_least(HEAVY_PERCENT, self.total) && !weight.linked(50);
        if heavy || is_main_element(element) {
            return false;
        }
        if has_telling_name(element) {
            return !weight.top_heading;
        }
        let slight = !weight.at_least(SLIGHT_PERCENT, self.total);
        let busy = weight.controls > 0 && weight.words <= BANNER_WORDS;
        slight && !weight.top_heading && (weight.linked(50) || busy) && has_hint(element)
    }

    fn kept_words(&self, root: NodeId) -> u32 {
        let mut words = 0;
        self.tree.walk(
            root,
            |id| !self.gone[id as usize],
            |step| {
                if let Step::Enter(id) = step
                    && self.tree.text(id).is_some()
                {
                    words += self.weights[id as usize].prose();
                }
            },
        );
        words
    }

    /// The outermost `<main>` or `<article>` that holds most of what is left, with the page's heading
    /// should that stand above it; else the whole page.
    fn roots(&self) -> Vec<NodeId> {
        let total = self.kept_words(ROOT);
        let mut candidates = Vec::new();
        self.tree.walk(
            ROOT,
            |id| {
                let candidate = is_main(self.tree, id);
                if candidate && !self.gone[id as usize] {
                    candidates.push(id);
                }
                !self.gone[id as usize]
            },
            |_| {},
        );
        let holds = |id: &&NodeId| {
            u64::from(self.kept_words(**id)) * 100 >= u64::from(total) * u64::from(MAIN_PERCENT)
        };
        let Some(&main) = candidates.iter().take(64).find(holds) else {
            return vec![ROOT];
        };
        let mut roots = Vec::new();
        if !self.weights[main as usize].top_heading {
            roots.extend(self.heading_above(main));
        }
        roots.push(main);
        roots
    }

    fn heading_above(&self, main: NodeId) -> Option<NodeId> {
        let mut heading = None;
        let mut passed = false;
        self.tree.walk(
            ROOT,
            |id| {
                passed |= id == main;
                if !passed && !self.gone[id as usize] && self.tree.name(id) == "h1" {
                    heading = heading.or(Some(id));
                }
                !passed && !self.gone[id as usize]
            },
            |_| {},
        );
        heading
    }
}

fn is_main(tree: &Tree, id: NodeId) -> bool {
    tree.element(id).is_some_and(is_main_element)
}

fn is_small_form(name: &str, weight: Weight) -> bool {
    name == "form" && weight.controls > 0 && weight.words <= 60 && !weight.top_heading
}
