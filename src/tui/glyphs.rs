//! The signs on the screen, each with a spelling in plain ASCII.

macro_rules! glyphs {
    ($($variant:ident $unicode:literal $ascii:literal $doc:literal),+ $(,)?) => {
        /// A sign that the screen uses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $(#[doc = $doc] $variant),+ }

        impl Glyph {
            /// Every sign.
            pub const ALL: &[Glyph] = &[$(Glyph::$variant),+];

            fn unicode(self) -> &'static str {
                match self { $(Glyph::$variant => $unicode),+ }
            }

            fn ascii(self) -> &'static str {
                match self { $(Glyph::$variant => $ascii),+ }
            }
        }
    };
}

glyphs! {
    Added "+" "+" "Only on the right.",
    Removed "−" "-" "Only on the left.",
    Changed "~" "~" "Changed in place.",
    Moved "⇄" "%" "Stands elsewhere on the other side.",
    Opposed "≠" "#" "The sides contradict each other.",
    Similar "≈" ":" "Much the same in other words.",
    OnlyLeft "◂" "<" "Only the left speaks of it.",
    OnlyRight "▸" ">" "Only the right speaks of it.",
    Same "=" "=" "The same on both sides.",
    NotStated "·" "." "Not stated.",
    Doubtful "?" "?" "Not stated, in a text that may be no policy or is not in English.",
    Yes "●" "Y" "It happens, or may.",
    No "○" "N" "It is denied.",
    Conditional "◐" "C" "It happens under a condition.",
    Versus "⟷" "<>" "Between the names of two sides.",
    Cursor "▸" ">" "The line under the cursor.",
    Current "▌" "|" "Beside the clause under the cursor.",
    Topic "◆" "*" "A topic that stands firm.",
    TopicFaint "◇" "o" "A topic that only just passes.",
    Bar "▪" "+" "Something, in small bar charts.",
    BarNone "·" "." "Nothing, in small bar charts.",
    Bullet "•" "-" "A list item.",
    BulletInner "◦" "o" "A list item in a list item.",
    Quote "▎" "|" "Beside quoted text.",
    QuoteOpen "“" "\"" "Before quoted words.",
    QuoteClose "”" "\"" "After quoted words.",
    Warning "!" "!" "Look here.",
    Ellipsis "…" "..." "Something is cut off, left out or under way.",
    Cut "…" "." "Something is cut off, where there is room for one column.",
    Waiting "…" "_" "An answer that is still to come.",
    Dot "·" "|" "Between facts.",
    Caret "▏" "_" "Where typing goes.",
    Ascending "↑" "^" "Sorted upwards; more above.",
    Descending "↓" "v" "Sorted downwards; more below.",
    Folded "▸" "+" "Folded away.",
    Unfolded "▾" "-" "Folded out.",
    Horizontal "─" "-" "A rule.",
    Vertical "│" "|" "A rule between panes.",
    JointDown "┬" "+" "Where a pane rule leaves a rule downwards.",
    JointUp "┴" "+" "Where a pane rule leaves a rule upwards.",
    JointCross "┼" "+" "Where rules cross.",
    JointRight "├" "+" "Where a rule leaves a pane rule to the right.",
    JointLeft "┤" "+" "Where a rule leaves a pane rule to the left.",
    Full "█" "#" "A bar, full.",
    Shade "▓" "=" "A bar, dense.",
    ShadeLight "░" "." "A bar, faint.",
}

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glyphs {
    /// Whether to keep to plain ASCII.
    pub ascii: bool,
}

impl Glyphs {
    /// The set that the locale allows, from the values of `LC_ALL`, `LC_CTYPE` and `LANG`: the
    /// first that is set and not empty counts; with none set, Unicode. `term` is `TERM`: the console of
    /// Linux and the VT terminals have fonts without most of the signs.
    pub fn for_terminal(values: [Option<&str>; 3], term: Option<&str>) -> Self {
        if term.is_some_and(|term| {
            term == "linux" || term.starts_with("vt1") || term.starts_with("vt2")
        }) {
            return Self { ascii: true };
        }
        let ascii = values
            .into_iter()
            .flatten()
            .find(|value| !value.is_empty())
            .is_some_and(|value| {
                let value = value.to_ascii_lowercase();
                !value.contains("utf-8") && !value.contains("utf8")
            });
        Self { ascii }
    }

    /// The spelling of a sign.
    pub fn of(self, glyph: Glyph) -> &'static str {
        if self.ascii {
            glyph.ascii()
        } else {
            glyph.unicode()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn ascii_is_ascii_and_as_wide() {
        for glyph in Glyph::ALL {
            assert!(glyph.ascii().is_ascii());
            if !matches!(glyph, Glyph::Versus | Glyph::Ellipsis) {
                assert_eq!(glyph.unicode().width(), 1, "{glyph:?}");
                assert_eq!(glyph.ascii().width(), 1, "{glyph:?}");
            }
        }
    }

    #[test]
    fn what_is_cut_looks_in_ascii_like_no_other_sign() {
        let ascii = |glyph: &Glyph| glyph.ascii();
        let others = Glyph::ALL.iter().filter(|glyph| **glyph != Glyph::Ellipsis);
        assert!(
            others
                .map(ascii)
                .all(|sign| sign != Glyph::Ellipsis.ascii())
        );
    }

    #[test]
    fn locale() {
        let ascii = |values| Glyphs::for_terminal(values, Some("xterm")).ascii;
        assert!(!ascii([None, None, Some("de_DE.UTF-8")]));
        assert!(ascii([Some("C"), None, Some("de_DE.UTF-8")]));
        assert!(!ascii([Some(""), Some("C.utf8"), None]));
        assert!(!ascii([None, None, None]));
        for (term, expected) in [("linux", true), ("vt100", true), ("foot", false)] {
            let utf8 = [None, None, Some("C.UTF-8")];
            assert_eq!(
                Glyphs::for_terminal(utf8, Some(term)).ascii,
                expected,
                "{term}"
            );
        }
    }
}
