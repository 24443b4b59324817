//! Wishes and wordings as the tables of an index spell them.

use super::Trouble;
use crate::library::search::Wish;
use crate::library::wording::{Tags, Wording, stance_word, topic_word};
use crate::model::{ClauseKind, Stance, Topic};
use rusqlite::Row;

/// The tag of a wording that a current version holds.
pub(super) const NOW: &str = "now";

/// Whether a wish asks for words, which hits are ranked by.
pub(super) fn has_words(wish: &Wish) -> bool {
    match wish {
        Wish::Words { .. } => true,
        Wish::Topic(_) | Wish::Stance(_) => false,
        Wish::All(wishes, _) | Wish::Any(wishes) => wishes.iter().any(has_words),
    }
}

/// A wish in the language of FTS5; none when every wording fits.
pub(super) fn expression(wish: Option<&Wish>, versions: bool) -> Option<String> {
    let now = (!versions).then(|| format!("tags : {NOW}"));
    match (wish.map(spelled), now) {
        (Some(wish), Some(now)) => Some(format!("({wish}) AND {now}")),
        (wish, now) => wish.or(now),
    }
}

/// A wish in the language of FTS5.
pub(super) fn spelled(wish: &Wish) -> String {
    let joined = |wishes: &[Wish], join: &str| {
        let parts: Vec<String> = wishes
            .iter()
            .map(|wish| format!("({})", spelled(wish)))
            .collect();
        parts.join(join)
    };
    match wish {
        Wish::Words { words, begun } => phrase(&words.join(" "), *begun),
        Wish::Topic(topic) => format!("tags : {}", topic_word(*topic)),
        Wish::Stance(stance) => format!("tags : {}", stance_word(*stance)),
        Wish::Any(any) => joined(any, " OR "),
        Wish::All(all, none) if none.is_empty() => joined(all, " AND "),
        Wish::All(all, none) => {
            format!("({}) NOT ({})", joined(all, " AND "), joined(none, " OR "))
        }
    }
}

/// Words hold letters and figures alone, so nothing in them needs escaping.
pub(super) fn phrase(words: &str, begun: bool) -> String {
    let more = if begun { " *" } else { "" };
    format!("words : \"{words}\"{more}")
}

/// The wording in the columns `kind`, `stance`, `topics` and `text`.
pub(super) fn read_wording(row: &Row<'_>) -> rusqlite::Result<Result<Wording, Trouble>> {
    let kind: String = row.get(0)?;
    let stance: String = row.get(1)?;
    let topics: String = row.get(2)?;
    let text: String = row.get(3)?;
    let tags = tags(&kind, &stance, &topics).ok_or(Trouble::Nonsense);
    Ok(tags.map(|tags| Wording {
        text: text.into(),
        tags,
    }))
}

/// The tags as the columns of `wording` spell them.
pub(super) fn tags(kind: &str, stance: &str, topics: &str) -> Option<Tags> {
    let kind = match kind {
        "sentence" => ClauseKind::Sentence,
        "item" => ClauseKind::Item,
        "heading" => ClauseKind::Heading,
        "cell" => ClauseKind::Cell,
        _ => return None,
    };
    let stance = match stance {
        "asserts" => Stance::Asserts,
        "denies" => Stance::Denies,
        "permits" => Stance::Permits,
        "limits" => Stance::Limits,
        "none" => Stance::None,
        _ => return None,
    };
    let topics = topics
        .split_whitespace()
        .map(Topic::from_id)
        .collect::<Option<_>>()?;
    Some(Tags {
        kind,
        topics,
        stance,
    })
}

/// A kind of clause as the column of `wording` spells it.
pub(super) fn kind_id(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Sentence => "sentence",
        ClauseKind::Item => "item",
        ClauseKind::Heading => "heading",
        ClauseKind::Cell => "cell",
    }
}
