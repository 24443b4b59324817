//! The language of a text, by its script and, where several languages share that, by the function
//! words it uses.

use super::function_words::{Languages, listed, names};
use super::keys::clause_tokens;
use super::scripts::{Script, Writers};
use super::tokens::{Kind, Token};
use crate::model::{ClauseId, Policy};

/// Words read to tell the language: the first of the text.
const SAMPLE: usize = 400;
/// Fewer function words than this say nothing of a text in Latin letters.
const ENOUGH: usize = 10;
/// The share of the words that function words of the language make up at least. English prose has
/// 0.4 to 0.5, menus and tables about 0.2.
const SHARE: f32 = 0.15;
/// The share that is enough where no other language has half as many: languages that put into endings
/// what others put into words use fewer.
const CLEAR_SHARE: f32 = 0.08;
/// How many function words are enough then.
const CLEAR: usize = 8;
/// The same for the few languages that share another script.
const ENOUGH_OF_FEW: usize = 4;
/// The same.
const SHARE_OF_FEW: f32 = 0.08;
/// Fewer letters than this say nothing of a text in another script.
const LETTERS: usize = 20;
/// Of the letters of Japanese texts one in so many at least is kana. Most have two in three.
const KANA: usize = 10;

/// The language of a text; nothing when none stands out.
pub(super) fn language(policy: &Policy) -> Option<&'static str> {
    let (mut sample, mut tokens) = (Sample::default(), Vec::new());
    for index in 0..policy.clauses.len() {
        tokens.clear();
        clause_tokens(policy, ClauseId::new(index), &mut tokens);
        for token in tokens.iter().filter(|token| token.is_word()) {
            sample.add(&policy.text, token);
        }
        if sample.words >= SAMPLE || sample.is_settled() {
            break;
        }
    }
    sample.language()
}

/// What the words at the beginning of a text tell.
struct Sample {
    /// Words, figures and addresses.
    words: usize,
    /// Those words that are not in Latin letters.
    foreign: usize,
    /// Letters of each script.
    letters: [usize; Script::COUNT],
    /// How many words in Latin letters each language lists.
    latin: Hits,
    /// The same for words in other letters.
    other: Hits,
}

type Hits = [u16; Languages::BITS as usize];

impl Default for Sample {
    fn default() -> Self {
        Self {
            words: 0,
            foreign: 0,
            letters: [0; Script::COUNT],
            latin: [0; Languages::BITS as usize],
            other: [0; Languages::BITS as usize],
        }
    }
}

impl Sample {
    fn add(&mut self, text: &str, token: &Token) {
        let script = self.script(text, token);
        let hits = if script == Script::Latin {
            &mut self.latin
        } else {
            self.foreign += 1;
            &mut self.other
        };
        let mut languages = listed(token.key);
        while languages != 0 {
            hits[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
        self.words += 1;
    }

    /// The script of a word, whose letters are counted. Figures and addresses are Latin everywhere,
    /// and none of their letters count.
    fn script(&mut self, text: &str, token: &Token) -> Script {
        let length = (token.end - token.start) as usize;
        let (script, letters) = match text.as_bytes().get(token.start as usize) {
            _ if token.kind != Kind::Word => return Script::Latin,
            Some(first) if !first.is_ascii() => {
                let rest = text.get(token.start as usize..).unwrap_or("");
                let first = rest.chars().next().unwrap_or_default();
                let script = Script::of(first);
                (script, length / first.len_utf8() * script.weight())
            }
            _ => (Script::Latin, length),
        };
        self.letters[script as usize] += letters;
        script
    }

    /// Whether the rest of the sample cannot turn what its Latin letters tell.
    fn is_settled(&self) -> bool {
        is_settled(&self.latin, self.words)
    }

    fn language(&self) -> Option<&'static str> {
        let of = |script: Script| self.letters[script as usize];
        let (han, kana) = (of(Script::Han), of(Script::Kana));
        let scripts = Script::ALL.into_iter();
        let script = scripts.max_by_key(|&script| match script {
            Script::Han => han + kana,
            _ => of(script),
        })?;
        let enough = |letters: usize| letters >= LETTERS;
        match script.writers() {
            Writers::One(name) => enough(of(script)).then_some(name),
            Writers::EastAsian => enough(han + kana).then_some(match kana * KANA >= han + kana {
                true => "japanese",
                false => "chinese",
            }),
            Writers::Several if script == Script::Latin => {
                latin(&self.latin, self.words - self.foreign)
            }
            Writers::Several => of_few(&self.other, self.foreign),
        }
    }
}

/// The language that lists most words of a text in Latin letters, if these are enough.
fn latin(hits: &Hits, words: usize) -> Option<&'static str> {
    let (most, name, second) = leading(hits)?;
    let reach = |enough: usize, share: f32| most >= enough && most as f32 >= share * words as f32;
    let clear = reach(CLEAR, CLEAR_SHARE) && most >= 2 * second;
    (clear || reach(ENOUGH, SHARE)).then_some(name)
}

/// The same for another script.
fn of_few(hits: &Hits, words: usize) -> Option<&'static str> {
    let (most, name, _) = leading(hits)?;
    (most >= ENOUGH_OF_FEW && most as f32 >= SHARE_OF_FEW * words as f32).then_some(name)
}

/// The most hits, the language that has them, and the most of the others.
fn leading(hits: &Hits) -> Option<(usize, &'static str, usize)> {
    let of = |(name, &hits): (&'static str, &u16)| (usize::from(hits), name);
    let (most, name) = names()
        .zip(hits)
        .map(of)
        .max_by_key(|(hits, name)| (*hits, std::cmp::Reverse(*name)))?;
    let others = names().zip(hits).map(of).filter(|other| other.1 != name);
    let second = others.map(|(hits, _)| hits).max().unwrap_or(0);
    Some((most, name, second))
}

/// Whether so many hits after so many words cannot be overtaken by the end of the sample.
fn is_settled(hits: &[u16], total: usize) -> bool {
    let (mut most, mut second) = (0, 0);
    for &hits in hits {
        let hits = usize::from(hits);
        if hits > most {
            (most, second) = (hits, most);
        } else {
            second = second.max(hits);
        }
    }
    most as f32 >= SHARE * SAMPLE as f32 && most - second > SAMPLE.saturating_sub(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_that_the_rest_of_the_sample_can_make_up_settles_nothing() {
        assert!(is_settled(&[130, 9, 29], 300));
        assert!(!is_settled(&[129, 9, 29], 300));
        assert!(!is_settled(&[59, 0], SAMPLE));
        assert!(!is_settled(&[], 0));
    }
}
