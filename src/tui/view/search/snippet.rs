//! The lines of a clause that are shown: all of a short one, else those with most of the hits.

use crate::model::TextRange;
use crate::tui::text::wrap;
use std::cmp::Reverse;

/// Lines of a text, and whether it goes on around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Snippet {
    pub(super) lines: Vec<TextRange>,
    /// Text before the first line is left out.
    pub(super) cut_before: bool,
    /// Text after the last line is left out.
    pub(super) cut_after: bool,
}

impl Snippet {
    /// At most `most` lines of `columns`, the first of those that hold the most marks.
    pub(super) fn of(text: &str, marks: &[TextRange], columns: usize, most: usize) -> Self {
        // Where a policy breaks its lines is of no use here; each byte stays where it is.
        let running = text.replace('\n', " ");
        let lines = wrap(&running, TextRange::new(0, text.len()), columns);
        let most = most.clamp(1, lines.len().max(1));
        let marked = |line: &TextRange| {
            let inside = |mark: &&TextRange| mark.start < line.end && line.start < mark.end;
            marks.iter().filter(inside).count()
        };
        let counts: Vec<usize> = lines.iter().map(marked).collect();
        let windows = counts
            .windows(most)
            .map(|window| window.iter().sum::<usize>());
        let best = windows
            .enumerate()
            .max_by_key(|&(at, held)| (held, Reverse(at)));
        let first = best.map_or(0, |(at, _)| at);
        let shown = lines.get(first..first + most).unwrap_or(&lines);
        Self {
            lines: shown.to_vec(),
            cut_before: first > 0,
            cut_after: first + most < lines.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines shown, with an ellipsis where text is left out.
    fn shown(text: &str, mark: &str, most: usize) -> String {
        let marks: Vec<TextRange> = text
            .match_indices(mark)
            .map(|(at, _)| TextRange::new(at, at + mark.len()))
            .collect();
        let snippet = Snippet::of(text, &marks, 9, most);
        let lines: Vec<&str> = snippet.lines.iter().map(|line| line.of(text)).collect();
        let dots = |cut| if cut { "…" } else { "" };
        let (before, after) = (dots(snippet.cut_before), dots(snippet.cut_after));
        format!("{before}{}{after}", lines.join("|"))
    }

    #[test]
    fn the_lines_with_most_hits_are_shown() {
        assert_eq!(shown("one two", "two", 2), "one two");
        assert_eq!(
            shown("aaaa bbbb cccc dddd eeee ffff", "x", 2),
            "aaaa bbbb|cccc dddd…"
        );
        assert_eq!(
            shown("aaaa bbbb cccc dddd eeee ffff", "ff", 2),
            "…cccc dddd|eeee ffff"
        );
        assert_eq!(
            shown("aaaa bbbb cccc xxxx eeee ffff", "xx", 1),
            "…cccc xxxx…"
        );
        assert_eq!(shown("a\nb\tc", "x", 2), "a\nb\tc");
        assert_eq!(shown("", "x", 2), "");
    }
}
