//! What went wrong, or looks odd, as a value that travels to the issue list and to `check`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

macro_rules! issue_kinds {
    ($($variant:ident $id:literal $doc:literal),+ $(,)?) => {
        /// The kinds of issue. [`IssueKind::id`] is the word that JSON and `check` use.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum IssueKind { $(#[doc = $doc] $variant),+ }

        impl IssueKind {
            /// Every kind.
            pub const ALL: &[IssueKind] = &[$(IssueKind::$variant),+];

            /// The name in JSON and on screens.
            pub fn id(self) -> &'static str {
                match self { $(IssueKind::$variant => $id),+ }
            }
        }
    };
}

issue_kinds! {
    Missing "missing" "The path does not exist.",
    Unreadable "unreadable" "The file or folder could not be read.",
    TooLarge "too-large" "The file is over the size limit.",
    NotText "not-text" "The file is binary.",
    Unsupported "unsupported" "The file is of a kind that is not read.",
    Empty "empty" "The file holds no text.",
    NoPolicies "no-policies" "The folder holds no policy.",
    LeftOut "left-out" "Something was left out as is expected: menus of a saved page, documents of other types.",
    NoSuchDay "no-such-day" "The date in a file's name does not exist, and its month was read.",
    LinkLoop "link-loop" "A symbolic link leads back into the folder it stands in.",
    Encoding "encoding" "Bytes that are not valid in the file's encoding were replaced.",
    ControlCharacters "control-characters" "Control characters or direction overrides are shown as stand-ins.",
    NoHeadings "no-headings" "No headings were found, so there is no outline.",
    DeepNesting "deep-nesting" "Nesting deeper than the limit was flattened.",
    LongLine "long-line" "A line so long that the file may be damaged.",
    Language "language" "The text is in a language whose topics are not known.",
    NotAPolicy "not-a-policy" "The text hardly is a policy.",
    BrokenCapture "broken-capture" "The newest version is a broken fetch, and an older one stands for it.",
    FrontMatter "front-matter" "The front matter could not be understood.",
    Contradiction "contradiction" "Two statements of the policy do not go together.",
    DanglingReference "dangling-reference" "The policy announces a list that is missing.",
    Incomplete "incomplete" "The history of an archive is not whole.",
    Index "index" "The index on disk could not be used or written.",
    Configuration "configuration" "A file in the configuration folder is wrong.",
}

impl fmt::Display for IssueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// One thing that went wrong or looks odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The file or folder it is about.
    pub path: PathBuf,
    /// The policy it is about, when there is one.
    pub policy: Option<String>,
    /// What kind it is.
    pub kind: IssueKind,
    /// A sentence for people: what, and what to do.
    pub message: String,
    /// The line in the file, from 1.
    pub line: Option<u32>,
    /// The sentences it speaks of.
    pub quotes: Vec<String>,
}

impl Issue {
    /// An issue without policy, line or quotes.
    pub fn new(path: impl Into<PathBuf>, kind: IssueKind, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            policy: None,
            kind,
            message: message.into(),
            line: None,
            quotes: Vec::new(),
        }
    }

    /// The same issue at a line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// Whether the issue only tells what was done, as is expected: nothing is wrong.
    pub fn is_note(&self) -> bool {
        self.kind == IssueKind::LeftOut
    }

    /// Whether the silence of the policy tells nothing: it hardly is one, or not in English.
    pub fn is_doubt(&self) -> bool {
        matches!(self.kind, IssueKind::NotAPolicy | IssueKind::Language)
    }

    /// Whether the issue means that a file was not loaded at all.
    pub fn is_loss(&self) -> bool {
        matches!(
            self.kind,
            IssueKind::Missing
                | IssueKind::Unreadable
                | IssueKind::TooLarge
                | IssueKind::NotText
                | IssueKind::Empty
                | IssueKind::NoPolicies
                | IssueKind::LinkLoop
        )
    }
}
