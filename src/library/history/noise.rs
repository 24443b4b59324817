//! Which versions are accidents of fetching, by rules that know no site: how long a text is, what it
//! says of itself, its language, and whether what it took the place of comes back.

use crate::compare;
use crate::library::doubts;
use crate::model::{ChangeClass, ChangeCounts, IssueKind, Noise, Policy};

/// A text is much shorter than another when it has less than this share of its words: the gap
/// between edits and broken fetches in real archives.
const SHRUNK: f64 = 0.3;

/// A text that grew by more than this, or shrank by as much, is seldom the next edition.
const FAR: f64 = 1.5;

/// A text with less than this share of the words before, which only lost clauses, may be cut short.
const CUT_SHORT: f64 = 0.85;

/// Fewer words than this hardly are a policy.
const FEW: usize = 60;

/// Texts longer than this are not taken for an error or log-in page, whatever they say.
const SHORT: usize = 250;

/// Texts longer than this are not taken for a log-in page either, however many countries it lists.
pub(in crate::library) const LONG: usize = 500;

const ROBOTS: &str = "a check for robots";
const BROWSER: &str = "a page that asks for JavaScript or cookies";
const ERROR: &str = "an error page";
const LOG_IN_PAGE: &str = "a log-in page";
const HARDLY_TEXT: &str = "a page with hardly any text";
const OTHER_LANGUAGE: &str = "a text in another language";
const OTHER_TEXT: &str = "another text";
pub(super) const NO_TEXT: &str = "a page without text";
pub(super) const OFF_TOPIC: &str = "a page that does not read like a policy";

/// All that a broken fetch may seem to be.
const SEEMING: [&str; 9] = [
    ROBOTS,
    BROWSER,
    ERROR,
    LOG_IN_PAGE,
    HARDLY_TEXT,
    OTHER_LANGUAGE,
    OTHER_TEXT,
    NO_TEXT,
    OFF_TOPIC,
];

/// What a broken fetch seems to be, read back from where it was written down.
pub(in crate::library) fn seeming(written: &str) -> Option<&'static str> {
    SEEMING.into_iter().find(|what| *what == written)
}

/// What pages say that stand where a policy should be, in lower case, and what they are then. A
/// policy may say one of these things too, but it is not that short.
const SAID: &[(&str, &[&str])] = &[
    (
        ROBOTS,
        &[
            "are you a robot",
            "not a robot",
            "captcha",
            "verify you are human",
            "verifying you are human",
            "unusual traffic",
            "checking your browser",
            "ddos protection",
        ],
    ),
    (
        BROWSER,
        &[
            "enable javascript",
            "javascript is disabled",
            "javascript is required",
            "requires javascript",
            "enable cookies",
            "browser is not supported",
            "unsupported browser",
            "update your browser",
        ],
    ),
    (
        ERROR,
        &[
            "404",
            "not found",
            "can't be found",
            "cannot be found",
            "could not be found",
            "couldn't find",
            "doesn't exist",
            "does not exist",
            "no longer available",
            "access denied",
            "permission to access",
            "forbidden",
            "went wrong",
            "an error",
            "error occurred",
            "try again later",
            "temporarily unavailable",
            "service unavailable",
            "bad gateway",
            "gateway time",
            "too many requests",
            "under maintenance",
            "sorry! something",
        ],
    ),
    (
        LOG_IN_PAGE,
        &[
            "forgot password",
            "forgot your password",
            "log in to continue",
            "sign in to continue",
        ],
    ),
];

/// How the first line or the title of a page begins that asks who one is, in lower case.
const LOG_IN: [&str; 6] = [
    "log in",
    "login",
    "sign in",
    "sign up",
    "log into",
    "sign into",
];

/// More words than this say more than "Log in or sign up to the site".
const TITLE: usize = 8;

/// Whether a page with this title or first line asks who one is.
fn is_log_in(title: &str) -> bool {
    let words: Vec<&str> = title.split_whitespace().collect();
    let title = words.join(" ").to_lowercase();
    let begins = |begun: &&str| {
        let rest = title.strip_prefix(*begun);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    words.len() <= TITLE && LOG_IN.iter().any(begins)
}

/// What can be said of a version's text by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    /// Its length in words.
    pub(super) words: usize,
    /// Its language, where one stands out.
    language: Option<&'static str>,
    /// What it seems to be instead of a policy.
    pub(super) seems: Option<&'static str>,
}

impl Looks {
    pub(super) fn of(policy: &Policy) -> Self {
        let words = policy.words();
        Self {
            words,
            language: compare::language(policy),
            seems: seems(policy, words),
        }
    }

    /// What it seems to be, when it cannot be the policy whose text stood before.
    pub(super) fn is_broken(self, before: Self) -> Option<&'static str> {
        self.seems.filter(|_| is_shrunk(before.words, self.words))
    }

    /// What it is if the text that stood before comes back, and was not really replaced.
    pub(super) fn is_doubtful(self, before: Self, class: ChangeClass) -> Option<Noise> {
        if is_shrunk(before.words, self.words) {
            return Some(Noise::SizeJump { grown: false });
        }
        if let (Some(before), Some(now)) = (before.language, self.language)
            && before != now
        {
            let what = OTHER_LANGUAGE;
            return Some(Noise::Broken { what });
        }
        (class == ChangeClass::Rewrite).then_some(Noise::Broken { what: OTHER_TEXT })
    }
}

/// How a text jumps in size, if it does so in a way that captures do rather than authors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    /// A part of it is missing, and of the rest not a word changed: a page that was cut short.
    CutShort,
    /// It is longer or shorter by half: perhaps the text of another region, or of another page.
    Far {
        /// Whether it is longer.
        grown: bool,
    },
}

impl Jump {
    /// A jump from a text of so many words to one of so many, between which this changed.
    pub(super) fn between(before: usize, now: usize, counts: &ChangeCounts) -> Option<Self> {
        let kept = now as f64 / before.max(1) as f64;
        let only_removed = counts.removed > 0
            && counts.wording + counts.numbers + counts.moved + counts.added == 0;
        if kept > FAR || kept * FAR < 1.0 {
            Some(Jump::Far { grown: kept > 1.0 })
        } else if only_removed && kept < CUT_SHORT {
            Some(Jump::CutShort)
        } else {
            None
        }
    }

    /// What is said of it, when the text before came back.
    pub(super) fn noise(self) -> Noise {
        Noise::SizeJump {
            grown: self == Jump::Far { grown: true },
        }
    }
}

/// Whether a text of so many words is much shorter than the one before.
pub(super) fn is_shrunk(before: usize, now: usize) -> bool {
    (now as f64) < SHRUNK * before as f64
}

/// Whether a text speaks of data as a policy does; none for a text in a language whose words are not
/// known.
pub(super) fn is_policy(policy: &Policy) -> Option<bool> {
    if !is_latin(&policy.text) {
        return None;
    }
    match doubts::doubts(policy, compare::language(policy)).map(|doubt| doubt.kind) {
        None => Some(true),
        Some(IssueKind::NotAPolicy) => Some(false),
        Some(_) => None,
    }
}

/// Whether a text that seems broken is the policy if its document never was much longer: nothing but its
/// length speaks against it, or it speaks of data as a policy does.
pub(super) fn may_be_whole(policy: &Policy) -> bool {
    seems(policy, policy.words()) == Some(HARDLY_TEXT) || is_policy(policy) == Some(true)
}

/// Whether most letters are those of English.
pub(in crate::library) fn is_latin(text: &str) -> bool {
    /// So many letters tell.
    const SAMPLE: usize = 2_000;
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE);
    let (mut all, mut plain) = (0usize, 0usize);
    for letter in letters {
        all += 1;
        plain += usize::from(letter.is_ascii());
    }
    plain * 2 > all
}

/// Whether a page asks at its head who one is.
pub(in crate::library) fn asks_who(policy: &Policy) -> bool {
    let first = policy.text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(is_log_in) || is_log_in(&policy.title)
}

/// What a text of so many words seems to be instead of a policy, by what it says and its length.
pub(super) fn seems(policy: &Policy, words: usize) -> Option<&'static str> {
    if words > LONG {
        return None;
    }
    if asks_who(policy) {
        return Some(LOG_IN_PAGE);
    }
    if words > SHORT {
        return None;
    }
    let text = policy.text.to_lowercase().replace('\u{2019}', "'");
    let found = SAID
        .iter()
        .find(|(_, said)| said.iter().any(|said| text.contains(said)));
    match found {
        Some((what, _)) => Some(what),
        None if words == 0 => Some(NO_TEXT),
        None if words < FEW => Some(HARDLY_TEXT),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(words: usize, seems: Option<&'static str>, language: &'static str) -> Looks {
        Looks {
            words,
            language: Some(language),
            seems,
        }
    }

    #[test]
    fn a_short_page_is_broken_only_where_a_long_text_stood() {
        let page = looks(20, Some("an error page"), "english");
        let policy = looks(3000, None, "english");
        let notice = looks(40, None, "english");
        assert_eq!(page.is_broken(policy), Some("an error page"));
        assert_eq!(page.is_broken(notice), None);
        assert_eq!(policy.is_broken(notice), None, "growth is no accident");
    }

    #[test]
    fn a_log_in_page_says_so_in_its_title() {
        for title in ["Log in or sign up", "Sign in to  Example", "LOGIN"] {
            assert!(is_log_in(title), "{title}");
        }
        for title in [
            "Privacy Policy",
            "Logins and how we keep them",
            "Sign in with another account: what we learn from it and keep",
        ] {
            assert!(!is_log_in(title), "{title}");
        }
    }

    #[test]
    fn a_jump_is_far_or_takes_away_alone() {
        let removed = ChangeCounts {
            removed: 5,
            ..ChangeCounts::default()
        };
        let edited = ChangeCounts {
            wording: 1,
            ..removed
        };
        assert_eq!(Jump::between(1000, 800, &removed), Some(Jump::CutShort));
        assert_eq!(Jump::between(1000, 800, &edited), None);
        assert_eq!(Jump::between(1000, 900, &removed), None);
        let far = |grown| Some(Jump::Far { grown });
        assert_eq!(Jump::between(1000, 1600, &edited), far(true));
        assert_eq!(Jump::between(1600, 1000, &edited), far(false));
    }

    #[test]
    fn what_only_time_tells_is_doubtful() {
        let policy = looks(3000, None, "english");
        let short = looks(700, None, "english");
        let german = looks(2800, None, "german");
        let doubt = |now: Looks, class| now.is_doubtful(policy, class).map(|noise| noise.id());
        assert_eq!(doubt(short, ChangeClass::Wording), Some("size-jump"));
        assert_eq!(doubt(german, ChangeClass::Wording), Some("broken"));
        assert_eq!(doubt(policy, ChangeClass::Rewrite), Some("broken"));
        assert_eq!(doubt(policy, ChangeClass::Wording), None);
    }
}
