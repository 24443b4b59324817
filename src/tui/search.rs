//! Searching inside a view: what a typed search looks for, and going from hit to hit.

use super::effect::Effect;
use regex::Regex;

/// The pattern for what was typed: case does not matter, nor which quotes, dashes or white space
/// stand there. None when nothing was typed, or it is too long to search for.
pub fn pattern(query: &str) -> Option<Regex> {
    let mut pattern = String::new();
    for c in query.chars() {
        match c {
            '\'' | '’' | '‘' => pattern.push_str("['’‘]"),
            '"' | '“' | '”' => pattern.push_str("[\"“”]"),
            '-' | '–' | '—' | '‑' => pattern.push_str("[-–—‑]"),
            c if c.is_whitespace() => pattern.push_str(WHITE_SPACE),
            c => push_in_any_case(c, &mut pattern),
        }
    }
    if query.is_empty() {
        return None;
    }
    Regex::new(&pattern).ok()
}

/// Any run of white space, as [`char::is_whitespace`] has it.
const WHITE_SPACE: &str =
    r"[\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+";

/// Appends what matches a letter in either case, or another character as it is.
fn push_in_any_case(c: char, pattern: &mut String) {
    let upper: Vec<char> = c.to_uppercase().collect();
    let lower: Vec<char> = c.to_lowercase().collect();
    // A letter that becomes two, such as `ß`, has no other case of its own.
    let one = |case: &[char]| match case {
        [one] => *one,
        _ => c,
    };
    let (upper, lower) = (one(&upper), one(&lower));
    if upper == lower {
        pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
    } else {
        pattern.extend(['[', upper, lower, c, ']']);
    }
}

/// What was searched for, and where it was found.
#[derive(Debug)]
pub struct Found<H> {
    query: String,
    hits: Vec<H>,
    current: Option<usize>,
}

impl<H> Default for Found<H> {
    fn default() -> Self {
        Self::new("", Vec::new())
    }
}

impl<H> Found<H> {
    /// The hits of a search, in the order of their places.
    pub fn new(query: &str, hits: Vec<H>) -> Self {
        Self {
            query: query.to_owned(),
            hits,
            current: None,
        }
    }

    /// What was searched for; empty where nothing was.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// All hits.
    pub fn hits(&self) -> &[H] {
        &self.hits
    }

    /// The hit that was gone to last.
    pub fn current(&self) -> Option<&H> {
        self.hits.get(self.current?)
    }

    /// `3/17`, or `no hit`; nothing when nothing is searched for.
    pub fn count(&self) -> Option<String> {
        if self.query.is_empty() {
            return None;
        }
        Some(match (self.current, self.hits.len()) {
            (_, 0) => "no hit".to_owned(),
            (Some(at), all) => format!("{}/{all}", at + 1),
            (None, 1) => "1 hit".to_owned(),
            (None, all) => format!("{all} hits"),
        })
    }

    /// Goes to the first hit that is not before a place, or round to the first of all. `before`
    /// tells which hits are.
    pub fn first_from(&mut self, before: impl Fn(&H) -> bool) -> Option<&H> {
        let next = self.hits.partition_point(before);
        self.go(next % self.hits.len().max(1))
    }

    /// Goes to the hit after the current one, or before it; from a place, as
    /// [`first_from`](Self::first_from), where none is current. Gives the hit and which end the
    /// search went round.
    pub fn step(
        &mut self,
        forward: bool,
        before: impl Fn(&H) -> bool,
    ) -> Option<(&H, Option<End>)> {
        let last = self.hits.len().checked_sub(1)?;
        let here = self.current;
        let (next, round) = if forward {
            let next = here.map_or_else(|| self.hits.partition_point(before), |at| at + 1);
            if next > last {
                (0, true)
            } else {
                (next, false)
            }
        } else {
            let past = here.unwrap_or_else(|| self.hits.partition_point(before));
            past.checked_sub(1).map_or((last, true), |at| (at, false))
        };
        let end = if forward { End::Top } else { End::Bottom };
        Some((self.go(next)?, round.then_some(end)))
    }

    /// No hit is current.
    pub fn let_go(&mut self) {
        self.current = None;
    }

    /// Goes to a hit by its number.
    pub fn go(&mut self, hit: usize) -> Option<&H> {
        self.current = (hit < self.hits.len()).then_some(hit);
        self.current()
    }

    /// What is said where something was searched for and not found.
    pub fn missing(&self) -> Option<Effect> {
        let nothing = self.hits.is_empty() && !self.query.is_empty();
        nothing.then(|| Effect::Warn(format!("not found: {}", self.query)))
    }
}

/// The end of the text from which a search went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Its beginning, after the last hit.
    Top,
    /// Its end, after the first hit.
    Bottom,
}

impl End {
    /// What is said when a search went on from there.
    pub fn said(end: Option<Self>) -> Effect {
        match end {
            Some(Self::Top) => Effect::Say("went on from the top".to_owned()),
            Some(Self::Bottom) => Effect::Say("went on from the bottom".to_owned()),
            None => Effect::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_quotes_dashes_and_white_space_do_not_matter() {
        let finds = |query: &str, text: &str| pattern(query).unwrap().is_match(text);
        assert!(finds("we SELL", "What We\u{a0}\n sell"));
        assert!(finds("ÉTÉ ñ", "été Ñ"));
        assert!(finds("don't e-mail \"a\"", "Don’t E–mail “A”"));
        assert!(finds("a.b[c]^ß", "A.B[C]^ß"));
        assert!(!finds("a.b", "axb"));
        assert!(pattern("").is_none());
    }

    #[test]
    fn white_space_is_what_the_language_calls_so() {
        let space = pattern(" ").unwrap();
        for c in '\0'..='\u{ffff}' {
            assert_eq!(
                space.is_match(c.encode_utf8(&mut [0; 4])),
                c.is_whitespace(),
                "{c:?}"
            );
        }
    }

    #[test]
    fn stepping_goes_round() {
        let mut found = Found::new("a", vec![0, 4, 8]);
        assert_eq!(found.count().as_deref(), Some("3 hits"));
        assert_eq!(found.first_from(|hit| *hit < 1), Some(&4));
        assert_eq!(found.count().as_deref(), Some("2/3"));
        let nowhere = |_: &i32| unreachable!();
        assert_eq!(found.step(true, nowhere), Some((&8, None)));
        assert_eq!(found.step(true, nowhere), Some((&0, Some(End::Top))));
        assert_eq!(found.step(false, nowhere), Some((&8, Some(End::Bottom))));
        found.let_go();
        assert_eq!(found.step(false, |hit| *hit < 4), Some((&0, None)));
        found.let_go();
        assert_eq!(found.step(false, |_| false), Some((&8, Some(End::Bottom))));
        found.let_go();
        assert_eq!(found.step(true, |_| true), Some((&0, Some(End::Top))));
    }

    #[test]
    fn without_hits_there_is_nowhere_to_go() {
        let mut found = Found::<i32>::new("z", Vec::new());
        assert_eq!(found.step(true, |_| true), None);
        assert_eq!(found.step(false, |_| true), None);
        assert_eq!(found.first_from(|_| false), None);
        assert_eq!(found.count().as_deref(), Some("no hit"));
        assert!(matches!(found.missing(), Some(Effect::Warn(said)) if said == "not found: z"));
        assert!(Found::<i32>::default().missing().is_none());
    }
}
