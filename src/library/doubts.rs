//! What makes the labels of a policy doubtful: that it is too short, in another language, or no
//! policy at all. Asked of every policy that is listed, so it reads no more than it must.

use crate::library::history::noise;
use crate::model::{Block, BlockKind, Issue, IssueKind, Policy};
use std::path::PathBuf;

/// Fewer words than this hardly are a policy; broken captures and log-in pages are this short.
const FEW_WORDS: usize = 60;

/// Blocks of fewer words are menus, buttons and the like, which policies have too.
const PROSE: usize = 8;

/// Different words of [`DATA`] in a block that speaks of data.
const SPEAKS: u32 = 2;

/// In a text of fewer blocks than this, one word is enough.
const FEW_BLOCKS: usize = 8;

/// One block in so many speaks of data at least. In policies it is one in four or more (but for
/// one supplement in 300), in pages that were stored in their stead fewer than one in eight;
/// `docs/topics.md` has the counts.
const ONE_IN: usize = 8;

/// So many blocks of a log-in page may speak of data.
const MENTIONS: usize = 1;

/// So many blocks are enough to tell a policy, if twice as many as needed speak of data.
const SAMPLE: usize = 40;

/// What policies speak of in one block out of two, and other pages here and there.
const DATA: [&str; 30] = [
    "information",
    " data",
    "privacy",
    "personal data",
    "personal information",
    "personally identif",
    "personal details",
    "your information",
    "your data",
    "information about you",
    "data about you",
    "cookie",
    "data protection",
    "collect",
    "gdpr",
    "ip address",
    "third part",
    "disclos",
    "consent",
    "opt out",
    "opt-out",
    "data subject",
    "share",
    "sharing",
    "retain",
    "retention",
    "process",
    "tracking",
    "advertis",
    "account",
];

/// The words of [`DATA`], one bit each, that have a letter in a place, in either case. An automaton
/// over the words takes longer to build than most policies take to be asked with this.
type Having = [u32; 256];

/// Those that have it in their first, second and third place.
static STARTS: [Having; 3] = [having(0), having(1), having(2)];

const fn having(place: usize) -> Having {
    let mut words = [0; 256];
    let mut number = 0;
    while number < DATA.len() {
        let letter = DATA[number].as_bytes()[place];
        words[letter.to_ascii_lowercase() as usize] |= 1 << number;
        if letter.is_ascii_lowercase() {
            words[letter.to_ascii_uppercase() as usize] |= 1 << number;
        }
        number += 1;
    }
    words
}

/// What makes the labels of a policy in a language doubtful; the gravest comes alone.
pub(super) fn doubts(policy: &Policy, language: Option<&str>) -> Option<Issue> {
    let path = policy.provenance.origin.path();
    let words = policy.words();
    if words < FEW_WORDS {
        let plural = if words == 1 { "word" } else { "words" };
        let message = format!("only {words} {plural}: this may be a broken capture, not a policy");
        return Some(Issue::new(path, IssueKind::NotAPolicy, message));
    }
    if let Some(language) = language.filter(|language| *language != "english") {
        let name = format!("{}{}", language[..1].to_uppercase(), &language[1..]);
        return Some(foreign(path, &format!("seems to be {name}")));
    }
    let asks_who = words <= noise::LONG && noise::asks_who(policy);
    let (speak, blocks) = speaking(policy, asks_who)?;
    if !noise::is_latin(&policy.text) {
        return Some(foreign(path, "is not in Latin letters"));
    }
    let noun = if blocks == 1 { "block" } else { "blocks" };
    let verb = if speak == 1 || blocks == 1 {
        "speaks"
    } else {
        "speak"
    };
    let seems = if asks_who {
        "looks like a log-in page, not like a policy"
    } else {
        "does not look like a policy"
    };
    let message = format!("{seems}: {speak} of {blocks} {noun} {verb} of data");
    Some(Issue::new(path, IssueKind::NotAPolicy, message))
}

/// Says that a text is not in English, which `seems` tells.
fn foreign(path: impl Into<PathBuf>, seems: &str) -> Issue {
    let message = format!(
        "the text {seems}: topics are found in English only, so nothing follows from their absence"
    );
    Issue::new(path, IssueKind::Language, message)
}

/// How many blocks of prose speak of data, and how many there are, where these are too few for a
/// policy. Of a page that `asks_who` one is, more is asked: its terms are mentioned beside its button.
fn speaking(policy: &Policy, asks_who: bool) -> Option<(usize, usize)> {
    // With so many that speak of data, the other blocks need not be asked.
    let enough = match asks_who {
        true => MENTIONS + 1,
        false => policy.blocks.len().div_ceil(ONE_IN).max(1),
    };
    let (mut hint, mut speak, mut blocks) = (0, 0, 0);
    for block in policy.blocks.iter().filter(|block| !is_heading(block)) {
        let text = policy.block_text(block);
        let mut gaps = memchr::memchr_iter(b' ', text.as_bytes());
        if gaps.nth(PROSE - 2).is_none() {
            continue;
        }
        let words = words_of_data(text);
        blocks += 1;
        hint += usize::from(words > 0);
        speak += usize::from(words >= SPEAKS);
        if speak >= enough || blocks >= SAMPLE && speak * ONE_IN >= 2 * blocks {
            return None;
        }
    }
    if asks_who {
        return (speak <= MENTIONS).then_some((speak, blocks));
    }
    let speak = if blocks < FEW_BLOCKS { hint } else { speak };
    (speak * ONE_IN < blocks.max(1)).then_some((speak, blocks))
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Title | BlockKind::Heading)
}

/// How many different words of data protection a text holds; no more than it needs are counted.
fn words_of_data(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut seen = 0_u32;
    for (at, start) in bytes.windows(STARTS.len()).enumerate() {
        let having = |(words, &letter): (&Having, &u8)| words[usize::from(letter)];
        let mut words = STARTS
            .iter()
            .zip(start)
            .map(having)
            .fold(!seen, |a, b| a & b);
        while words != 0 {
            let number = words.trailing_zeros();
            words &= words - 1;
            let word = DATA[number as usize].as_bytes();
            let there = bytes.get(at..at + word.len());
            seen |=
                u32::from(there.is_some_and(|there| there.eq_ignore_ascii_case(word))) << number;
        }
        if seen.count_ones() >= SPEAKS {
            break;
        }
    }
    seen.count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare;
    use crate::model::{Document, Origin};
    use crate::parse::Parser;

    fn told(text: &str) -> Option<(IssueKind, String)> {
        let document = Document::new(Origin::File("page.md".into()), text.as_bytes().to_vec());
        let policy = Parser::new().parse(document).unwrap();
        doubts(&policy, compare::language(&policy)).map(|issue| (issue.kind, issue.message))
    }

    #[test]
    fn a_page_stored_in_place_of_a_policy_is_told() {
        let story =
            "The river rose again last night, and the old bridge was closed to all traffic.\n\n";
        let (kind, message) = told(&story.repeat(12)).unwrap();
        assert_eq!(kind, IssueKind::NotAPolicy);
        assert_eq!(
            message,
            "does not look like a policy: 0 of 12 blocks speak of data"
        );
    }

    #[test]
    fn a_menu_has_no_block_to_speak_of() {
        let menu = "- Home\n- Log in\n- Sign up\n- Forgot your password\n".repeat(20);
        let (kind, message) = told(&menu).unwrap();
        assert_eq!(kind, IssueKind::NotAPolicy);
        assert_eq!(
            message,
            "does not look like a policy: 0 of 0 blocks speak of data"
        );
    }

    #[test]
    fn a_log_in_page_that_mentions_its_policy_is_told() {
        let countries = "Albania (+355) Algeria (+213) Andorra (+376) Angola (+244) ".repeat(12);
        let button = "By going on you accept our privacy policy. Data rates apply.";
        let page = format!("Log in or sign up\n\n{countries}\n\n{button}\n\nContinue\n");
        let (kind, message) = told(&page).unwrap();
        assert_eq!(kind, IssueKind::NotAPolicy);
        assert!(message.ends_with("log-in page, not like a policy: 1 of 2 blocks speaks of data"));
        let policy = "We collect your personal data and share it with our partners.\n\n";
        let behind_a_menu = format!("Log in\n\n{countries}\n\n{}", policy.repeat(6));
        assert_eq!(told(&behind_a_menu), None);
    }

    #[test]
    fn policies_raise_no_doubt_however_long_their_menus() {
        let menu = "- Home\n- Log in\n- Sign up\n".repeat(90);
        for sample in [
            include_str!("../../assets/policies/mp3rocket.me.md"),
            include_str!("../../assets/policies/mp3mixx.com.md"),
        ] {
            assert_eq!(told(&format!("{sample}\n\n{menu}")), None);
        }
    }

    #[test]
    fn each_word_of_data_is_found_in_any_case() {
        for word in DATA {
            let text = format!("xx {} xx", word.to_uppercase());
            assert!(words_of_data(&text) > 0, "{word}");
        }
        assert_eq!(words_of_data("Consent to coOkIes"), 2);
        assert_eq!(words_of_data("informatiom dat cookix"), 0);
        assert_eq!(words_of_data(""), 0);
    }

    #[test]
    fn little_text_is_told_first() {
        let (_, message) = told("404 Not Found").unwrap();
        assert!(message.starts_with("only 3 words"));
    }
}
