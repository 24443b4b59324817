//! HTML pages → raw blocks.
//!
//! [`reader`] reads a page into a tree whose texts know their place in the file, [`furniture`] and
//! [`lines`] leave out what is not its text, [`blocks`] drives the builder with the rest, and
//! [`facts`] gathers what the page says of itself.

mod blocks;
mod facts;
mod furniture;
mod layout;
mod lines;
mod marks;
mod reader;
mod sink;
mod tree;

#[cfg(test)]
mod tests;

use super::builder::Raw;
use super::provenance::Head;
use crate::model::IssueKind;
use tree::{NodeId, ROOT, Tree};

/// A page that was understood.
pub(super) struct Page {
    pub(super) raw: Raw,
    pub(super) head: Head,
    /// What is to be told of it: what was left out, or why there is little to read.
    pub(super) notes: Vec<(IssueKind, String)>,
}

/// A page without text to read, and why.
pub(super) struct NoText(pub(super) &'static str);

/// A page of fewer words may be no more than the frame that a script fills.
const FEW_WORDS: u32 = 60;

/// More script than this builds pages; bytes.
const MUCH_SCRIPT: usize = 2000;

/// Whether a file without a telling name is a page, by how it starts.
pub(super) fn looks_like_html(source: &str) -> bool {
    let mut rest = source.trim_start_matches('\u{feff}').trim_start();
    // Notes that savers leave stand before everything else.
    for _ in 0..8 {
        let after = if rest.starts_with("<!--") {
            rest.split_once("-->")
        } else if rest.starts_with("<?xml") {
            rest.split_once("?>")
        } else {
            None
        };
        match after {
            Some((_, after)) => rest = after.trim_start(),
            None => break,
        }
    }
    let starts = |start: &str| {
        rest.get(..start.len())
            .is_some_and(|have| have.eq_ignore_ascii_case(start))
    };
    starts("<!doctype html") || starts("<html") || starts("<head>") || starts("<body")
}

/// Reads a page.
///
/// # Errors
/// When nothing is left to read.
pub(super) fn parse(source: &str) -> Result<Page, NoText> {
    let page = reader::read(source);
    let mut kept = furniture::sort_out(&page.tree);
    lines::cut_menus(&page.tree, &mut kept);
    let raw = blocks::write(&page.tree, &kept, source.len());
    if raw.blocks.is_empty() {
        return Err(NoText(why_empty(&page)));
    }
    let shown = furniture::count_words(&raw.text);
    Ok(Page {
        head: facts::read(&page),
        notes: notes(&page, shown, kept.words),
        raw,
    })
}

fn why_empty(page: &reader::Page) -> &'static str {
    let has = |name: &str| {
        page.tree
            .descendants(ROOT)
            .any(|id| page.tree.name(id) == name)
    };
    if has("frameset") {
        "the page only sets up frames; the text is in the pages that they show"
    } else if page.script > 0 || has("script") {
        "the page builds its text with a script; save it from the browser as it is shown there"
    } else {
        "the page holds no text to read"
    }
}

fn notes(page: &reader::Page, shown: u32, all: u32) -> Vec<(IssueKind, String)> {
    let mut notes = Vec::new();
    let tree = &page.tree;
    if shown < FEW_WORDS {
        let password = |id: NodeId| {
            tree.element(id)
                .is_some_and(|element| element.attribute_is("type", "password"))
        };
        let why = if tree.descendants(ROOT).any(password) {
            Some("the page asks for a password: this seems to be a log-in page")
        } else if page.script > MUCH_SCRIPT {
            Some(
                "most of the page is script: if text is missing, save it from the browser as shown",
            )
        } else {
            None
        };
        notes.extend(why.map(|why| (IssueKind::NotAPolicy, why.to_owned())));
    }
    if page.too_deep {
        let limit = reader::MAX_DEPTH;
        let message =
            format!("elements nested deeper than {limit} are read as standing at that depth");
        notes.push((IssueKind::DeepNesting, message));
    }
    let left = all.saturating_sub(shown);
    if left > 0 {
        let words = if all == 1 { "word" } else { "words" };
        let message = format!("menus, banners and the like are left out: {left} of {all} {words}");
        notes.push((IssueKind::LeftOut, message));
    }
    notes
}

/// The level of a heading, 1 to 6.
fn heading_level(tree: &Tree, id: NodeId) -> Option<u8> {
    let element = tree.element(id)?;
    let level = match element.name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => digit - b'0',
        _ if element.attribute_is("role", "heading") => element
            .attribute("aria-level")
            .and_then(|level| level.trim().parse().ok())
            .unwrap_or(2),
        _ => return None,
    };
    Some(level.clamp(1, 6))
}

/// Elements that stand on lines of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "address"
            | "article"
            | "aside"
            | "blockquote"
            | "br"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
