//! What the look of old and home-made pages says: tables that only place things, bold by other
//! means than `<b>`, text set as typed.

use super::furniture::count_words;
use super::tree::{NodeId, Tree};

/// Cells of a table of data are no longer than this; words.
const MAX_CELL_WORDS: u32 = 150;

/// Large print of more words than this is text, not a heading.
const MAX_LARGE_WORDS: u32 = 15;

/// Typed text of this many words is prose with line breaks, not a piece of code.
const TYPED_PROSE_WORDS: u32 = 40;

/// Whether a table holds data. Tables that place things have one column or one row, or whole parts
/// of the page in a cell.
pub(super) fn is_data_table(tree: &Tree, table: NodeId) -> bool {
    let element = tree.element(table);
    if element
        .is_some_and(|e| e.attribute_is("role", "presentation") || e.attribute_is("role", "none"))
    {
        return false;
    }
    let mut cells_of_rows: Vec<u32> = Vec::new();
    let mut cell_words = 0;
    for id in tree.descendants(table).skip(1) {
        match tree.name(id) {
            "tr" => cells_of_rows.push(0),
            "td" | "th" => {
                cell_words = 0;
                if let Some(row) = cells_of_rows.last_mut() {
                    *row += 1;
                }
            }
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "form" => return false,
            _ => cell_words += tree.text(id).map_or(0, |text| count_words(&text.text)),
        }
        if cell_words > MAX_CELL_WORDS {
            return false;
        }
    }
    let wide = cells_of_rows.iter().filter(|cells| **cells >= 2).count();
    cells_of_rows.len() >= 2 && wide * 2 > cells_of_rows.len()
}

/// Whether a row is the head of its table.
pub(super) fn is_header_row(tree: &Tree, row: NodeId) -> bool {
    let in_head = tree
        .parent(row)
        .is_some_and(|above| tree.name(above) == "thead");
    let cells = || {
        tree.children(row)
            .filter(|id| matches!(tree.name(*id), "td" | "th"))
    };
    in_head || (cells().count() > 0 && cells().all(|id| tree.name(id) == "th"))
}

/// Whether an element makes its text bold.
pub(super) fn is_bold(tree: &Tree, id: NodeId) -> bool {
    let Some(element) = tree.element(id) else {
        return false;
    };
    match &*element.name {
        "b" | "strong" => true,
        "big" => is_short(tree, id),
        "font" => {
            let size = element.attribute("size").unwrap_or("").trim();
            let large = matches!(size, "4" | "5" | "6" | "7" | "+1" | "+2" | "+3" | "+4");
            large && is_short(tree, id)
        }
        "span" | "p" | "div" => element.attribute("style").is_some_and(is_bold_style),
        _ => false,
    }
}

fn is_bold_style(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(name, value)| {
            name.trim() == "font-weight"
                && matches!(
                    value.trim(),
                    "bold" | "bolder" | "600" | "700" | "800" | "900"
                )
        })
    })
}

fn is_short(tree: &Tree, id: NodeId) -> bool {
    let mut words = 0;
    tree.descendants(id)
        .filter_map(|id| tree.text(id))
        .all(|text| {
            words += count_words(&text.text);
            words <= MAX_LARGE_WORDS
        })
}

/// Whether the text of a `<pre>` is prose as it was typed.
pub(super) fn is_typed_prose(tree: &Tree, id: NodeId) -> bool {
    let mut words = 0;
    let mut code = false;
    for below in tree.descendants(id) {
        code |= matches!(tree.name(below), "code" | "samp" | "kbd");
        words += tree.text(below).map_or(0, |text| count_words(&text.text));
    }
    !code && words >= TYPED_PROSE_WORDS
}
