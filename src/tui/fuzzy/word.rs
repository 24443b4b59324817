//! The score of a word in very many texts: what `SkimMatcherV2::fuzzy_match` tells of one, sooner. The
//! crate asks each letter of the word about each character of the text. Only those that are alike can
//! matter, and few are: here a text is read once, and a character goes to the letters it may stand for.

use memchr::{memchr2, memrchr2};

/// What a letter is worth, and one that stands in the other case.
const LETTER: i32 = 16;
const OTHER_CASE: i32 = 14;

/// What a letter right behind the one before it is worth on top, where it begins nothing.
const ADJACENT: i32 = 4;

/// What is taken away for characters left out: for the first of them, and for each that follows.
const FIRST_LEFT_OUT: i32 = 4;
const NEXT_LEFT_OUT: i32 = 1;

/// Less than any score.
const NEVER: i32 = i16::MIN as i32;

/// A word of a query, asked about in many texts.
pub(super) struct Word {
    letters: Vec<Letter>,
    /// For each character of ASCII the number of the last letter it may stand for, from 1; 0 for none.
    last: [usize; 128],
    /// The bytes of the letters in both cases; none when one is not ASCII.
    bytes: Option<Vec<[u8; 2]>>,
}

/// A letter of a word, and how well it was found as far as a text was read.
struct Letter {
    letter: char,
    /// The number of the letter before it which the same characters may stand for; 0 for none.
    same: usize,
    /// Where in the text it was found last.
    at: i32,
    /// The scores there.
    scores: Scores,
}

/// The best scores of a word up to one of its letters, in a text up to one of its characters.
#[derive(Clone, Copy)]
struct Scores {
    /// When this character stands for the letter.
    on: i32,
    /// When one before it does, and this one is left out.
    off: i32,
}

impl Scores {
    const NEVER: Self = Self {
        on: NEVER,
        off: NEVER,
    };

    /// In front of a word, wherever in the text it begins.
    const FRONT: Self = Self {
        on: NEVER,
        off: -NEXT_LEFT_OUT,
    };

    /// The best when the next character is left out.
    fn left_out(self) -> i32 {
        (self.on - FIRST_LEFT_OUT).max(self.off - NEXT_LEFT_OUT)
    }
}

impl Letter {
    /// The scores at the character in front of `at`, up to which the text was read.
    fn in_front_of(&self, at: i32) -> Scores {
        match at - 1 - self.at {
            0 => self.scores,
            behind => Scores {
                on: NEVER,
                off: self.scores.left_out() - (behind - 1) * NEXT_LEFT_OUT,
            },
        }
    }
}

impl Word {
    pub(super) fn new(word: &str) -> Self {
        let is_exact = word.bytes().any(|byte| byte.is_ascii_uppercase());
        let cases = |byte: u8| match is_exact {
            true => [byte, byte],
            false => [byte, byte.to_ascii_uppercase()],
        };
        let mut new = Self {
            letters: Vec::new(),
            last: [0; 128],
            bytes: word.is_ascii().then(|| word.bytes().map(cases).collect()),
        };
        for letter in word.chars() {
            new.letters.push(Letter {
                letter,
                same: new.last(letter),
                at: 0,
                scores: Scores::NEVER,
            });
            let other = letter.to_ascii_uppercase();
            for letter in [letter, if is_exact { letter } else { other }] {
                if let Some(last) = new.last.get_mut(letter as usize) {
                    *last = new.letters.len();
                }
            }
        }
        new
    }

    /// The number of the last letter that a character may stand for; 0 for none.
    fn last(&self, character: char) -> usize {
        self.last
            .get(character as usize)
            .copied()
            .unwrap_or_else(|| {
                let mut letters = self.letters.iter();
                letters
                    .rposition(|letter| letter.letter == character)
                    .map_or(0, |place| place + 1)
            })
    }

    /// How well the word matches a text, if all its letters stand there one behind the other.
    pub(super) fn score(&mut self, text: &str) -> Option<i32> {
        let text = match &self.bytes {
            Some(letters) => stretch(text, letters)?,
            None => text,
        };
        let mut best = NEVER;
        // So many letters were found.
        let mut found = 0;
        let mut previous = '\0';
        for (at, character) in (0..).zip(text.chars()) {
            let before = std::mem::replace(&mut previous, character);
            let mut number = self.last(character);
            if number == 0 {
                continue;
            }
            let bonus = match at {
                0 => 2 * bonus(before, character),
                _ => bonus(before, character),
            };
            // From the last on: each asks how the one in front of it stood before this character.
            while let Some(place) = number.checked_sub(1) {
                number = self.letters[place].same;
                if place > found {
                    continue;
                }
                let before = self.before(place, found, at);
                let on = self.on(place, character, at, bonus);
                if place + 1 == self.letters.len() {
                    best = best.max(on).max(before.on);
                }
                let letter = &mut self.letters[place];
                letter.at = at;
                letter.scores = Scores {
                    on,
                    off: before.left_out(),
                };
                found = found.max(place + 1);
            }
        }
        (found == self.letters.len()).then_some(best)
    }

    /// The scores of a letter at the character in front of `at`. One that was not found yet has those
    /// of the letter two before it: the crate keeps every second letter in the same row of its table,
    /// and does not clear it.
    fn before(&self, place: usize, found: usize, at: i32) -> Scores {
        match place {
            _ if place < found => self.letters[place].in_front_of(at),
            0 => Scores::NEVER,
            1 => Scores::FRONT,
            _ => self.letters[place - 2].in_front_of(at),
        }
    }

    /// The best score when a character stands for a letter.
    fn on(&self, place: usize, character: char, at: i32, bonus: i32) -> i32 {
        let front = match place.checked_sub(1) {
            Some(front) => self.letters[front].in_front_of(at),
            None => Scores::FRONT,
        };
        let worth = match self.letters[place].letter == character {
            true => LETTER,
            false => OTHER_CASE,
        };
        worth + (front.on + bonus.max(ADJACENT)).max(front.off + bonus)
    }
}

/// What a character is worth on top for what it begins, behind another; `\0` stands in front of a text.
fn bonus(before: char, character: char) -> i32 {
    match before {
        '\0' | ' ' | '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '{' | '}' => 8,
        '!'..='\'' | '*'..='.' | ':'..='@' | '^'..='`' | '~' => 7,
        'A'..='Z' => 0,
        _ if character.is_ascii_uppercase() => 6,
        _ => 0,
    }
}

/// The part of a text that the score of a word rests on, if the word matches: from the character
/// before the first that can match to the last that can. Nothing before or behind counts; the one
/// character tells whether another begins a word.
fn stretch<'t>(text: &'t str, letters: &[[u8; 2]]) -> Option<&'t str> {
    let bytes = text.as_bytes();
    let mut rest = 0;
    let mut first = None;
    for &[lower, upper] in letters {
        let at = rest + memchr2(lower, upper, bytes.get(rest..)?)?;
        first = first.or(Some(at));
        rest = at + 1;
    }
    let &[lower, upper] = letters.last()?;
    let end = memrchr2(lower, upper, bytes)? + 1;
    let before = text.get(..first?)?.char_indices().next_back();
    text.get(before.map_or(0, |(at, _)| at)..end)
}
