//! How a query is written, for whoever has typed nothing yet.

/// What is written and what it finds.
pub(super) const SYNTAX: [(&str, &str); 10] = [
    ("sell data", "clauses with both words"),
    ("\"third parties\"", "the words next to each other"),
    ("advertis*", "words that begin so"),
    ("sell OR rent", "either word"),
    ("sell NOT never", "the first without the second"),
    ("topic:cookies", "clauses on a topic"),
    (
        "stance:denies",
        "clauses that deny; or assert, permit, limit",
    ),
    ("site:airbnb", "policies of sites with this in the name"),
    ("after:2018", "dated then or later; before:2018-05"),
    ("type:privacy", "policies whose type or title holds this"),
];

#[cfg(test)]
mod tests {
    use super::SYNTAX;
    use crate::library::search::Query;

    #[test]
    fn every_example_is_a_query() {
        for (written, _) in SYNTAX {
            assert!(Query::parse(written).is_ok(), "{written}");
        }
    }
}
