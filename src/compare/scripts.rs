//! The scripts that texts are written in: most tell the language by themselves.

/// A script, as far as it tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Han,
    Kana,
    Hangul,
    Greek,
    Armenian,
    Hebrew,
    Thaana,
    Bengali,
    Gurmukhi,
    Gujarati,
    Odia,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Burmese,
    Georgian,
    Ethiopic,
    Khmer,
}

/// Who writes in a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writers {
    /// One language, but for few texts.
    One(&'static str),
    /// Several, which their function words tell apart.
    Several,
    /// Japanese and Chinese, which kana tell apart.
    EastAsian,
}

/// The blocks of Unicode that letters stand in, in order. What is in none counts as Latin.
const BLOCKS: [(char, char, Script); 38] = [
    ('\u{0370}', '\u{03FF}', Script::Greek),
    ('\u{0400}', '\u{052F}', Script::Cyrillic),
    ('\u{0530}', '\u{058F}', Script::Armenian),
    ('\u{0590}', '\u{05FF}', Script::Hebrew),
    ('\u{0600}', '\u{06FF}', Script::Arabic),
    ('\u{0750}', '\u{077F}', Script::Arabic),
    ('\u{0780}', '\u{07BF}', Script::Thaana),
    ('\u{08A0}', '\u{08FF}', Script::Arabic),
    ('\u{0900}', '\u{097F}', Script::Devanagari),
    ('\u{0980}', '\u{09FF}', Script::Bengali),
    ('\u{0A00}', '\u{0A7F}', Script::Gurmukhi),
    ('\u{0A80}', '\u{0AFF}', Script::Gujarati),
    ('\u{0B00}', '\u{0B7F}', Script::Odia),
    ('\u{0B80}', '\u{0BFF}', Script::Tamil),
    ('\u{0C00}', '\u{0C7F}', Script::Telugu),
    ('\u{0C80}', '\u{0CFF}', Script::Kannada),
    ('\u{0D00}', '\u{0D7F}', Script::Malayalam),
    ('\u{0D80}', '\u{0DFF}', Script::Sinhala),
    ('\u{0E00}', '\u{0E7F}', Script::Thai),
    ('\u{0E80}', '\u{0EFF}', Script::Lao),
    ('\u{0F00}', '\u{0FFF}', Script::Tibetan),
    ('\u{1000}', '\u{109F}', Script::Burmese),
    ('\u{10A0}', '\u{10FF}', Script::Georgian),
    ('\u{1100}', '\u{11FF}', Script::Hangul),
    ('\u{1200}', '\u{139F}', Script::Ethiopic),
    ('\u{1780}', '\u{17FF}', Script::Khmer),
    ('\u{1F00}', '\u{1FFF}', Script::Greek),
    ('\u{3040}', '\u{30FF}', Script::Kana),
    ('\u{3130}', '\u{318F}', Script::Hangul),
    ('\u{31F0}', '\u{31FF}', Script::Kana),
    ('\u{3400}', '\u{9FFF}', Script::Han),
    ('\u{AC00}', '\u{D7AF}', Script::Hangul),
    ('\u{F900}', '\u{FAFF}', Script::Han),
    ('\u{FB1D}', '\u{FB4F}', Script::Hebrew),
    ('\u{FB50}', '\u{FDFF}', Script::Arabic),
    ('\u{FE70}', '\u{FEFF}', Script::Arabic),
    ('\u{FF66}', '\u{FF9F}', Script::Kana),
    ('\u{20000}', '\u{3FFFF}', Script::Han),
];

impl Script {
    /// Number of scripts.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// Every script, in order.
    pub(super) const ALL: [Self; 27] = [
        Self::Latin,
        Self::Cyrillic,
        Self::Arabic,
        Self::Devanagari,
        Self::Han,
        Self::Kana,
        Self::Hangul,
        Self::Greek,
        Self::Armenian,
        Self::Hebrew,
        Self::Thaana,
        Self::Bengali,
        Self::Gurmukhi,
        Self::Gujarati,
        Self::Odia,
        Self::Tamil,
        Self::Telugu,
        Self::Kannada,
        Self::Malayalam,
        Self::Sinhala,
        Self::Thai,
        Self::Lao,
        Self::Tibetan,
        Self::Burmese,
        Self::Georgian,
        Self::Ethiopic,
        Self::Khmer,
    ];

    /// The script of a letter.
    pub(super) fn of(letter: char) -> Self {
        if letter < BLOCKS[0].0 {
            return Self::Latin;
        }
        let at = BLOCKS.partition_point(|&(_, last, _)| last < letter);
        match BLOCKS.get(at) {
            Some(&(first, _, script)) if first <= letter => script,
            _ => Self::Latin,
        }
    }

    /// How many letters of an alphabet one of its letters is worth.
    pub(super) fn weight(self) -> usize {
        match self {
            Self::Han | Self::Kana | Self::Hangul => 2,
            _ => 1,
        }
    }

    /// Who writes in it.
    pub(super) fn writers(self) -> Writers {
        Writers::One(match self {
            Self::Latin | Self::Cyrillic | Self::Arabic | Self::Devanagari => {
                return Writers::Several;
            }
            Self::Han | Self::Kana => return Writers::EastAsian,
            Self::Hangul => "korean",
            Self::Greek => "greek",
            Self::Armenian => "armenian",
            Self::Hebrew => "hebrew",
            Self::Thaana => "dhivehi",
            Self::Bengali => "bengali",
            Self::Gurmukhi => "punjabi",
            Self::Gujarati => "gujarati",
            Self::Odia => "odia",
            Self::Tamil => "tamil",
            Self::Telugu => "telugu",
            Self::Kannada => "kannada",
            Self::Malayalam => "malayalam",
            Self::Sinhala => "sinhala",
            Self::Thai => "thai",
            Self::Lao => "lao",
            Self::Tibetan => "tibetan",
            Self::Burmese => "burmese",
            Self::Georgian => "georgian",
            Self::Ethiopic => "amharic",
            Self::Khmer => "khmer",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blocks_stand_in_order() {
        assert!(BLOCKS.iter().all(|(first, last, _)| first <= last));
        assert!(BLOCKS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn a_letter_has_the_script_of_its_block() {
        for (letter, script) in [
            ('a', Script::Latin),
            ('ß', Script::Latin),
            ('ệ', Script::Latin),
            ('Ω', Script::Greek),
            ('ж', Script::Cyrillic),
            ('私', Script::Han),
            ('𠮷', Script::Han),
            ('ー', Script::Kana),
            ('개', Script::Hangul),
            ('ไ', Script::Thai),
            ('ქ', Script::Georgian),
            ('😀', Script::Latin),
        ] {
            assert_eq!(Script::of(letter), script, "{letter}");
        }
    }
}
