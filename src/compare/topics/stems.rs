//! Forms of an English word → one stem.

use super::word_key;

/// The key of a word's stem.
pub(super) fn stem_key(word: &str) -> u64 {
    word_key(&stem_of(word))
}

/// The stem of a word in any case, with any apostrophe.
pub(super) fn stem_of(word: &str) -> String {
    stem(&word.to_lowercase().replace('\u{2019}', "'"))
}

/// A light stem: possessive, plural, -ing, -ed, -ly and a final e taken off, as long as three
/// letters with a vowel remain. It only has to treat the forms of a word alike.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let word = word.strip_suffix('\'').unwrap_or(word);
    if word.len() <= 3 || !word.is_ascii() {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").or(word.strip_suffix("ied"))
        && stem.len() >= 2
    {
        return format!("{stem}y");
    }
    let fits = |stem: &str| stem.len() >= 3 && stem.bytes().any(|b| b"aeiouy".contains(&b));
    let word = match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    };
    let stripped = ["ing", "ed", "ly"]
        .iter()
        .find_map(|suffix| word.strip_suffix(suffix).filter(|stem| fits(stem)));
    let word = match stripped {
        Some(stem) if doubled(stem) => &stem[..stem.len() - 1],
        Some(stem) => stem,
        None if word.ends_with("ed") => word.strip_suffix('d').unwrap_or(word),
        None => word,
    };
    let word = word
        .strip_suffix('e')
        .filter(|stem| fits(stem))
        .unwrap_or(word);
    match word.strip_suffix('i') {
        Some(stem) => format!("{stem}y"),
        None => word.to_owned(),
    }
}

/// Whether a stem ends in a consonant doubled for its suffix ("stopp").
fn doubled(stem: &str) -> bool {
    match stem.as_bytes() {
        [.., a, b] => a == b && !b"lseo".contains(a),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["share", "shares", "shared", "sharing"][..],
            &["stop", "stops", "stopped", "stopping"],
            &["cookie", "cookies"],
            &["company", "companies"],
            &["policy", "policies"],
            &["use", "uses", "used"],
            &["encourage", "encouraged"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }
}
