//! References to a list that is not there: "in the following circumstances:" with none following.
//! Told only where nothing that could be the list stands in its place.

use crate::model::{BlockKind, ClauseId, Policy};

/// What a text announces a list of.
const ANNOUNCED: &str = "circumstances purposes ways reasons cases situations categories types kinds \
    conditions rights third-parties parties methods cookies exceptions recipients \
    countries measures instances events";

/// A paragraph that begins so goes on about what the list should have held.
const GOES_ON: &str = "if however please therefore although nothing";

/// The clauses that announce a list which is missing.
pub(super) fn references(policy: &Policy) -> Vec<ClauseId> {
    let mut found = Vec::new();
    for (number, block) in policy.blocks.iter().enumerate() {
        let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let Some(last) = block.clause_ids().next_back().filter(|_| prose) else {
            continue;
        };
        let leads = policy
            .clauses
            .iter()
            .skip(last.index())
            .take(4)
            .any(|clause| clause.lead_in == Some(last));
        if leads || !announces(policy.clause_text(last)) {
            continue;
        }
        let missing = match policy.blocks.get(number + 1) {
            None => true,
            Some(next) if next.kind == BlockKind::Paragraph => {
                let first = policy.block_text(next).split_whitespace().next();
                first.is_some_and(|word| among(GOES_ON, word))
            }
            // Headings, too, may be what was announced.
            Some(_) => false,
        };
        if missing {
            found.push(last);
        }
    }
    found
}

/// Whether a sentence ends in a colon after "the following …".
fn announces(text: &str) -> bool {
    let Some(open) = text.trim_end().strip_suffix(':') else {
        return false;
    };
    let words: Vec<&str> = open.split_whitespace().collect();
    words.iter().enumerate().any(|(at, word)| {
        word.eq_ignore_ascii_case("following")
            && words
                .iter()
                .skip(at + 1)
                .take(3)
                .any(|word| among(ANNOUNCED, word))
    })
}

/// Whether a word, freed of marks, is in a list.
fn among(list: &str, word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    list.split_whitespace()
        .any(|known| known.eq_ignore_ascii_case(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_announced_by_the_following_and_a_colon() {
        assert!(announces("We share it in the following circumstances:"));
        assert!(announces(
            "In addition to the following limited circumstances, we do not share it:"
        ));
        assert!(!announces("We share it in the following circumstances."));
        assert!(!announces("The following discloses our practices:"));
        assert!(!announces("We are proud of this:"));
    }
}
