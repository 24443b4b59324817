//! Values of a practice file, each with its place, so that a mistake can be told where it is.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// Gets the place of each mistake, a byte, and a sentence on it.
pub(super) type Problem<'p> = dyn FnMut(usize, String) + 'p;

pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// The same words as a sentence begins.
pub(super) fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn text<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    value.get_ref().as_str()
}

/// The tables of an array of tables, each with its first byte.
pub(super) fn tables<'t, 'i>(
    table: &'t DeTable<'i>,
    key: &str,
) -> impl Iterator<Item = (usize, &'t DeTable<'i>)> + use<'t, 'i> {
    let array: Option<&DeArray<'i>> = table.get(key).and_then(|value| value.get_ref().as_array());
    array
        .into_iter()
        .flat_map(|array| array.iter())
        .filter_map(|value| Some((value.span().start, value.get_ref().as_table()?)))
}

/// The strings of a list, each with its first byte.
pub(super) fn strings(
    value: &Value<'_>,
    name: &str,
    problem: &mut Problem<'_>,
) -> Vec<(usize, String)> {
    let Some(values) = value.get_ref().as_array() else {
        let message = format!("`{name}` must be a list, such as {name} = [\"we ~ [sell]\"].");
        problem(value.span().start, message);
        return Vec::new();
    };
    let mut found = Vec::new();
    for value in values.iter() {
        match text(value) {
            Some(text) => found.push((value.span().start, text.to_owned())),
            None => problem(
                value.span().start,
                format!("`{name}` may hold text in quotes only."),
            ),
        }
    }
    found
}
