//! How many words a text has, in scripts with spaces and without.

/// Parts that a word is counted in.
const WORD: usize = 10;

/// Number of words of a [`Policy::text`](super::Policy::text) or of whole blocks of one, counted
/// between white space, and by letters where a script has none.
pub(crate) fn count_words(text: &str) -> usize {
    /// Short enough for its count to fit a byte, so that many bytes are looked at together.
    const STRETCH: usize = 128;
    // The text holds no white space but blanks, tabs and line ends, never at its start, and no other
    // control character.
    let (mut breaks, mut unspaced) = (0, Unspaced::new(text));
    for (at, stretch) in text.as_bytes().chunks(STRETCH).enumerate() {
        let (count, far) = stretch
            .iter()
            .fold((0, false), |(n, far): (u8, bool), &byte| {
                (n + u8::from(byte <= b' '), far | is_far(byte))
            });
        breaks += usize::from(count);
        if far {
            unspaced.add(at * STRETCH, stretch);
        }
    }
    breaks + usize::from(!text.is_empty()) + unspaced.words()
}

/// Words of scripts without spaces beyond one between two spaces.
pub(crate) fn unspaced_words(text: &str) -> usize {
    let mut unspaced = Unspaced::new(text);
    unspaced.add(0, text.as_bytes());
    unspaced.words()
}

/// Whether a byte may begin a letter of a script without spaces. With 0xE2 quotes and dashes begin.
fn is_far(byte: u8) -> bool {
    (byte >= 0xE0) & (byte != 0xE2)
}

/// Counts the words that stand between two spaces, beyond the first.
struct Unspaced<'a> {
    text: &'a str,
    words: usize,
    /// Parts of words since the last white space.
    parts: usize,
    /// Where the last letter of a script without spaces began.
    last: usize,
}

impl<'a> Unspaced<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            words: 0,
            parts: 0,
            last: 0,
        }
    }

    /// Adds the letters that begin in the bytes at a place.
    fn add(&mut self, start: usize, bytes: &[u8]) {
        let far = bytes.iter().enumerate().filter(|&(_, &byte)| is_far(byte));
        for at in far.map(|(at, _)| start + at) {
            let letter = self.text.get(at..).and_then(|rest| rest.chars().next());
            let part = letter.map_or(0, part);
            if part > 0 {
                let mut between = self.text.as_bytes()[self.last..at].iter();
                if between.any(|&byte| byte.is_ascii_whitespace()) {
                    self.close();
                }
                self.parts += part;
                self.last = at;
            }
        }
    }

    fn close(&mut self) {
        self.words += self.parts.div_ceil(WORD).saturating_sub(1);
        self.parts = 0;
    }

    fn words(mut self) -> usize {
        self.close();
        self.words
    }
}

/// What part of a word a letter is, on average, in scripts without spaces.
fn part(letter: char) -> usize {
    match letter {
        // Chinese and Japanese.
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => WORD / 2,
        // Thai and Lao, Burmese, Khmer.
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => WORD / 5,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_spaces() {
        for (text, words) in [
            ("", 0),
            ("We share “data” – never.", 5),
            ("Мы не продаём данные", 4),
            ("개인정보를 판매하지 않습니다", 3),
            ("😀 yes", 2),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
        assert_eq!(count_words(&"a b\n".repeat(500)), 1001);
    }

    #[test]
    fn without_spaces_letters_are_counted() {
        assert_eq!(count_words("我们不会出售您的个人信息。"), 6);
        assert_eq!(count_words("当社は、お客様の個人情報を 第三者に"), 8);
        assert_eq!(count_words("เราไม่ขายข้อมูลส่วนบุคคลของคุณ"), 6);
        assert_eq!(count_words("私"), 1);
        assert_eq!(unspaced_words("We keep 个人信息 for a year"), 1);
        assert_eq!(unspaced_words("plain words"), 0);
    }
}
