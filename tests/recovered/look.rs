//! Edits that change how a clause looks and nothing that it says.

use crate::edits::{in_a_row, splice, words};
use fastrand::Rng;

/// Changes how it looks and nothing else: links, emphasis, quotes, dashes, numbering, the mark at
/// the end of an item, hyphens of compounds, capitals of a heading. Says what it did.
///
/// Emphasis and links are put only where `bare` says that nothing around is marked up: marks that touch make
/// others.
pub(crate) fn restyle(
    source: &str,
    bare: bool,
    heading: bool,
    item: bool,
    rng: &mut Rng,
) -> Option<(String, &'static str)> {
    let mut ways: Vec<(&'static str, Option<String>)> = vec![
        ("link target", relink(source)),
        ("link taken out", unlink(source)),
        (
            "link put in",
            wrap(source, bare, "[", "](https://example.org/more?id=7)", rng),
        ),
        ("bold", wrap(source, bare, "**", "**", rng)),
        ("italic", wrap(source, bare, "_", "_", rng)),
        (
            "emphasis taken out",
            (source.matches("**").count() == 2).then(|| source.replace("**", "")),
        ),
        ("quotes", quotes(source)),
        ("dashes", dashes(source)),
        ("compound", compound(source)),
        ("numbering", renumbered(source)),
    ];
    if heading {
        ways.push((
            "capitals",
            (source.to_uppercase() != source && !source.contains('('))
                .then(|| source.to_uppercase()),
        ));
    }
    if item {
        ways.push(("end of item", end_of_item(source)));
    }
    ways.retain(|(_, way)| way.as_ref().is_some_and(|text| text != source));
    let (name, text) = ways.swap_remove(
        rng.usize(..ways.len().max(1))
            .min(ways.len().checked_sub(1)?),
    );
    Some((text?, name))
}

fn relink(source: &str) -> Option<String> {
    // A link without words cannot be seen.
    let mut links = source.match_indices("](http").map(|(at, _)| at);
    let at = links.find(|&at| !source[..at].ends_with('['))?;
    let end = at + source[at..].find([')', ' '])?;
    Some(splice(
        source,
        at..end,
        "](https://www.example.net/new/place",
    ))
}

fn unlink(source: &str) -> Option<String> {
    let close = source.find("](")?;
    let open = source[..close].rfind('[')?;
    let end = close + source[close..].find(')')? + 1;
    let label = &source[open + 1..close];
    (!label.is_empty() && !source[..open].ends_with('!')).then(|| splice(source, open..end, label))
}

/// Puts marks around some words in the middle.
fn wrap(source: &str, bare: bool, open: &str, close: &str, rng: &mut Rng) -> Option<String> {
    if !bare {
        return None;
    }
    let words = words(source);
    if words.len() < 5 {
        return None;
    }
    let from = 1 + rng.usize(..words.len() - 3);
    let to = from + 1 + rng.usize(..2);
    in_a_row(source, &words, from, to).then(|| {
        let range = words[from].start..words[to - 1].end;
        let inside = format!("{open}{}{close}", &source[range.clone()]);
        splice(source, range, &inside)
    })
}

fn quotes(source: &str) -> Option<String> {
    if source.contains(['“', '”', '’']) {
        return Some(source.replace(['“', '”'], "\"").replace('’', "'"));
    }
    let apostrophe = source.find('\'')?;
    let inside = source[..apostrophe].ends_with(char::is_alphabetic);
    inside.then(|| splice(source, apostrophe..apostrophe + 1, "’"))
}

fn dashes(source: &str) -> Option<String> {
    if source.contains(" – ") {
        return Some(source.replace(" – ", " — "));
    }
    source.contains(" - ").then(|| source.replace(" - ", " – "))
}

fn compound(source: &str) -> Option<String> {
    for (from, to) in [
        ("e-mail", "email"),
        ("email", "e-mail"),
        ("third-party", "third party"),
        ("website", "web site"),
    ] {
        if source.contains(from) && !source.contains('@') && !source.contains("](") {
            return Some(source.replace(from, to));
        }
    }
    None
}

/// Another number before the words, where there is one.
fn renumbered(source: &str) -> Option<String> {
    let digits = source.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let (number, rest) = source.split_at(digits);
    let spaced = rest.starts_with(". ") || rest.starts_with(") ");
    let number: u32 = number
        .parse()
        .ok()
        .filter(|number| spaced && *number < 90)?;
    Some(format!("{}{rest}", number + 1))
}

fn end_of_item(source: &str) -> Option<String> {
    if let Some(rest) = source.strip_suffix(';') {
        return Some(format!("{rest}."));
    }
    let last = source.chars().next_back()?;
    last.is_alphanumeric().then(|| format!("{source};"))
}

/// Breaks a paragraph into lines elsewhere: nothing a reader could see.
pub(crate) fn reflow(source: &str, rng: &mut Rng) -> String {
    source
        .split(' ')
        .enumerate()
        .map(|(at, word)| {
            let inside = word.starts_with(|c: char| c.is_ascii_lowercase());
            match (at > 0, inside && rng.u8(..8) == 0) {
                (false, _) => word.to_owned(),
                (true, true) => format!("\n{word}"),
                (true, false) => format!(" {word}"),
            }
        })
        .collect()
}
