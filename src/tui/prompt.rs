//! A line of text that is being typed.

use super::action::Action;
use super::text::sanitize;
use unicode_segmentation::UnicodeSegmentation;

/// A line of text and the place where typing goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    caret: usize,
}

impl Prompt {
    /// A line that already holds text, with the caret behind it.
    pub fn with(text: impl Into<String>) -> Self {
        let text = text.into();
        let caret = text.len();
        Self { text, caret }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What stands before and after the caret.
    pub fn halves(&self) -> (&str, &str) {
        self.text
            .split_at_checked(self.caret)
            .unwrap_or((&self.text, ""))
    }

    /// Puts typed or pasted text in at the caret. Line breaks become spaces.
    pub fn insert(&mut self, typed: &str) {
        let typed = sanitize(typed);
        self.text.insert_str(self.caret, &typed);
        self.caret += typed.len();
    }

    /// Forgets the text.
    pub fn clear(&mut self) {
        self.text.clear();
        self.caret = 0;
    }

    /// Carries out an editing action; whether it was one that means something here.
    pub fn update(&mut self, action: Action) -> bool {
        match action {
            Action::Left => self.caret = self.before(),
            Action::Right => self.caret = self.after(),
            Action::LineStart => self.caret = 0,
            Action::LineEnd => self.caret = self.text.len(),
            Action::Erase => self.erase(self.before(), self.caret),
            Action::EraseNext => self.erase(self.caret, self.after()),
            Action::EraseWord => self.erase(self.word_before(), self.caret),
            Action::EraseLine => self.erase(0, self.caret),
            _ => return false,
        }
        true
    }

    fn erase(&mut self, start: usize, end: usize) {
        self.text.replace_range(start..end, "");
        self.caret = start;
    }

    fn before(&self) -> usize {
        let (before, _) = self.halves();
        let last = before.graphemes(true).next_back().map_or(0, str::len);
        self.caret - last
    }

    fn after(&self) -> usize {
        let (_, after) = self.halves();
        let next = after.graphemes(true).next().map_or(0, str::len);
        self.caret + next
    }

    fn word_before(&self) -> usize {
        let (before, _) = self.halves();
        let words = before.trim_end();
        words
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace())
            .map_or(0, |(at, c)| at + c.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` for the caret after the actions.
    fn edit(start: &str, actions: &[Action]) -> String {
        let mut prompt = Prompt::with(start);
        for action in actions {
            prompt.update(*action);
        }
        let (before, after) = prompt.halves();
        format!("{before}|{after}")
    }

    #[test]
    fn editing() {
        use Action::*;
        assert_eq!(edit("data", &[Left, Left, Erase]), "d|ta");
        assert_eq!(edit("data", &[LineStart, EraseNext, Right]), "a|ta");
        assert_eq!(edit("e\u{301}x", &[Left, Erase]), "|x");
        assert_eq!(edit("third party ", &[EraseWord]), "third |");
        assert_eq!(edit("third party", &[EraseWord, EraseWord, EraseWord]), "|");
        assert_eq!(edit("data", &[Left, EraseLine]), "|a");
        assert_eq!(edit("日本", &[Left, LineStart, Left, Right]), "日|本");
        assert!(!Prompt::default().update(Open));
    }

    #[test]
    fn pasting_is_one_line() {
        let mut prompt = Prompt::with("ac");
        prompt.update(Action::Left);
        prompt.insert("x\ny\u{1b}");
        assert_eq!(prompt.halves(), ("ax y␛", "c"));
    }
}
