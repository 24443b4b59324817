//! Everything a key can do: one table from which the enum, the names in `keys.toml`, the hint bar
//! and the help screen are derived.

use std::fmt;

/// What an action is about; the help screen lists actions by group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Moving the cursor and the text.
    Move,
    /// Finding policies and words.
    Find,
    /// Showing only one topic.
    Topic,
    /// Opening, reading, copying.
    Policy,
    /// The versions of a policy.
    Versions,
    /// Working with two sides.
    Compare,
    /// Editing the line that is being typed.
    Edit,
    /// The program as a whole.
    Program,
}

impl Group {
    /// Every group, in the order of the help screen.
    pub const ALL: [Group; 8] = [
        Group::Move,
        Group::Find,
        Group::Topic,
        Group::Policy,
        Group::Versions,
        Group::Compare,
        Group::Edit,
        Group::Program,
    ];

    /// The heading on the help screen.
    pub fn label(self) -> &'static str {
        match self {
            Group::Move => "Moving",
            Group::Find => "Finding",
            Group::Topic => "Topics",
            Group::Policy => "Policies and clauses",
            Group::Versions => "Versions",
            Group::Compare => "Two sides",
            Group::Edit => "Typing",
            Group::Program => "The program",
        }
    }
}

macro_rules! actions {
    ($($variant:ident $name:literal $group:ident $hint:literal $help:literal),+ $(,)?) => {
        /// What a key, a click or a hint asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $(#[doc = $help] $variant),+ }

        impl Action {
            /// Every action, in the order of the help screen.
            pub const ALL: &[Action] = &[$(Action::$variant),+];

            /// The name in `keys.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name),+ }
            }

            /// What it is about.
            pub fn group(self) -> Group {
                match self { $(Action::$variant => Group::$group),+ }
            }

            /// A word or two for the hint bar.
            pub fn hint(self) -> &'static str {
                match self { $(Action::$variant => $hint),+ }
            }

            /// A line for the help screen.
            pub fn help(self) -> &'static str {
                match self { $(Action::$variant => $help),+ }
            }
        }
    };
}

actions! {
    Up "up" Move "up" "Up: the line, clause or row before",
    Down "down" Move "down" "Down: the line, clause or row after",
    Left "left" Move "left" "Left: the pane, side or character before",
    Right "right" Move "right" "Right: the pane, side or character after",
    PageUp "page-up" Move "page up" "Up a screen",
    PageDown "page-down" Move "page down" "Down a screen",
    HalfPageUp "half-page-up" Move "half page up" "Up half a screen",
    HalfPageDown "half-page-down" Move "half page down" "Down half a screen",
    Top "top" Move "top" "To the first line",
    Bottom "bottom" Move "bottom" "To the last line",
    ScrollUp "scroll-up" Move "scroll up" "Move the text down a line under the cursor",
    ScrollDown "scroll-down" Move "scroll down" "Move the text up a line under the cursor",
    ScreenLeft "screen-left" Move "screen left" "Left a screen of columns",
    ScreenRight "screen-right" Move "screen right" "Right a screen of columns",
    FirstColumn "first-column" Move "first column" "To the first column",
    LastColumn "last-column" Move "last column" "To the last column",
    NextPane "next-pane" Move "other pane" "Go to the other pane",
    NextSection "next-section" Move "next section" "To the next heading",
    PreviousSection "previous-section" Move "previous section" "To the heading before",

    Find "find" Find "find" "Find policies by the letters of site, host and title",
    Search "search" Find "search" "Search for words in the text",
    SearchAll "search-all" Find "search all" "Search for clauses in all policies, or go back to that search",
    WhoElse "who-else" Find "who else" "Find who else says this clause, in the same or nearly the same words",
    ToggleVersions "toggle-versions" Find "versions" "Search all versions, or only the policies as they are now",
    SearchNext "search-next" Find "next hit" "To the next hit",
    SearchPrevious "search-previous" Find "previous hit" "To the hit before",
    Clear "clear" Find "clear" "Forget search, find and filter",

    PickTopic "pick-topic" Topic "topic" "Choose a topic: only clauses on it are shown",
    NextTopic "next-topic" Topic "next topic" "Show only the next topic that occurs",
    PreviousTopic "previous-topic" Topic "previous topic" "Show only the topic before that occurs",
    AllTopics "all-topics" Topic "all topics" "Show all topics again",
    ToggleShares "toggle-shares" Topic "questions / topics" "Switch between what sites answer and how much they speak of each topic",

    Open "open" Policy "open" "Open, choose or confirm what is under the cursor",
    Read "read" Policy "read" "Read the policy",
    Mark "mark" Policy "mark" "Mark the policy as the left side of a comparison",
    Matrix "matrix" Policy "matrix" "Show what all sites answer to all questions",
    Sort "sort" Policy "sort" "Sort by the next column",
    SortQuestions "sort-questions" Policy "sort" "Sort the questions by how much the sites differ, or by topic",
    SortSites "sort-sites" Policy "sort sites" "Sort the sites by name, by likeness to the base, or by what they answer under the cursor",
    FilterAnswer "filter-answer" Policy "one answer" "Show only the sites that give one answer to the question under the cursor",
    ReverseSort "reverse-sort" Policy "reverse" "Turn the sort order round",
    Explain "explain" Policy "evidence" "Show what topics rest on, page by page, or hide it",
    ShowQuestions "show-questions" Policy "answers" "Show or hide the questions on the topic of the clause, and what the policy answers",
    Copy "copy" Policy "copy" "Copy the clause",
    OpenLink "open-link" Policy "open link" "Open the link in the clause with the browser",
    OpenSnapshot "open-snapshot" Policy "open page" "Open the archived page, or else the page itself, with the browser",

    Timeline "timeline" Versions "versions" "Show the versions of the policy over time",
    ClauseHistory "clause-history" Versions "clause history" "Show when the clause appeared and changed, and who else uses its words",
    GoToDate "go-to-date" Versions "date" "To the version in force on a day, in a month or a year",
    ToggleNoise "toggle-noise" Versions "noise" "Show or hide versions that say nothing: changes of form, broken fetches, repairs",
    NextVersion "next-version" Versions "next version" "To the next version of the policy; of two, on the right, and the left stays",
    PreviousVersion "previous-version" Versions "version before" "To the version before; of two, on the right, and the left stays",

    NextDifference "next-difference" Compare "next difference" "To the next difference",
    PreviousDifference "previous-difference" Compare "previous difference" "To the difference before",
    ListChanges "list-changes" Compare "changes" "List the changes, or close the list",
    NextClass "next-class" Compare "class" "List only the next class of changes; after the last all of them",
    PreviousClass "previous-class" Compare "class before" "List only the class of changes before",
    SwitchBy "switch-by" Compare "compare by" "Switch between comparing by text, by topic and by practice",
    Fold "fold" Compare "fold" "Fold or unfold the row",
    FoldAll "fold-all" Compare "fold all" "Fold or unfold everything that is equal",
    SwapSides "swap-sides" Compare "swap" "Swap left and right",
    ChangeLeft "change-left" Compare "change left" "Choose another policy for the left side",
    ChangeRight "change-right" Compare "change right" "Choose another policy for the right side",
    ToggleSync "toggle-sync" Compare "sync" "Scroll the sides apart, or together again from here",
    ToggleUnified "toggle-unified" Compare "one column" "Run the sides together in one column, or show them side by side",
    ToggleForm "toggle-form" Compare "form changes" "Show or hide changes of form only",
    JumpMove "jump-move" Compare "other end" "To the other end of a move",
    LevelEnds "level-ends" Compare "level" "Show both ends of a move beside each other, until the cursor leaves it",
    SetBase "set-base" Compare "base" "Hold all other sites against this one, or against none again",
    CompareWith "compare-with" Compare "compare" "Compare the base with the site under the cursor",
    Transpose "transpose" Compare "turn" "Exchange rows and columns",
    ReadLeft "read-left" Compare "read left" "Read the left policy from here",
    ReadRight "read-right" Compare "read right" "Read the right policy from here",

    LineStart "line-start" Edit "start" "To the start of the line",
    LineEnd "line-end" Edit "end" "To the end of the line",
    Erase "erase" Edit "erase" "Erase the character before the cursor",
    EraseNext "erase-next" Edit "erase next" "Erase the character under the cursor",
    EraseWord "erase-word" Edit "erase word" "Erase the word before the cursor",
    EraseLine "erase-line" Edit "erase all" "Erase everything before the cursor",

    Back "back" Program "back" "Step back: leave the prompt, clear, close the view",
    Help "help" Program "keys" "Show every key of this view",
    Issues "issues" Program "notices" "List what could not be read or looks odd",
    ToggleMouse "toggle-mouse" Program "mouse" "Free the mouse, so that the terminal can select text, or take it back",
    CycleTheme "cycle-theme" Program "theme" "Change to the next theme",
    Redraw "redraw" Program "redraw" "Draw the screen anew",
    Reload "reload" Program "read again" "Read everything again from the disk; what is open stays open, at the same place",
    Suspend "suspend" Program "suspend" "Put the program to sleep; fg wakes it",
    Quit "quit" Program "quit" "Leave the program",
}

impl Action {
    /// The action with this [`name`](Action::name).
    pub fn from_name(name: &str) -> Option<Action> {
        Action::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(*action));
        }
    }
}
