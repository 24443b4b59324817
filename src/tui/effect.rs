//! What a view asks for, as plain values: navigation, messages, work in the background. The app
//! carries it out; no view knows another.

use crate::compare::{By, Comparison};
use crate::library::PolicyId;
use crate::library::search::{Query, Results};
use crate::model::{
    Answers, ClauseId, ClauseLife, Issue, Labels, Pair, Side, Step, TextRange, Topic,
};
use crate::tui::keymap::Scope;
use std::sync::{Arc, Weak};

/// What a view asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Effect {
    /// Nothing; the frame is drawn anew all the same.
    #[default]
    None,
    /// Leave the program.
    Quit,
    /// Close this view and return to the one below; the one at the bottom stays.
    Back,
    /// Open a view over this one.
    Open(Screen),
    /// Open a view in place of this one.
    Replace(Screen),
    /// Show a message at the bottom left until the next key.
    Say(String),
    /// Show a message about something that went wrong.
    Warn(String),
    /// Put text into the clipboard of the person at the terminal.
    Copy(String),
    /// Open an address with the browser.
    OpenUrl(String),
    /// Do work in the background; every open view then gets the [`Answer`].
    Ask(Request),
}

impl Effect {
    /// Whether it changes which views are open.
    pub fn navigates(&self) -> bool {
        matches!(self, Effect::Back | Effect::Open(_) | Effect::Replace(_))
    }
}

/// A view and what it opens on.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// The list of policies.
    Library,
    /// One policy.
    Reader {
        /// Which.
        policy: PolicyId,
        /// The place to begin at.
        at: Option<TextRange>,
        /// The topic to show alone.
        topic: Option<Topic>,
    },
    /// Two policies.
    Compare {
        /// Which.
        pair: Pair<PolicyId>,
        /// The place to begin at.
        at: Option<ComparePlace>,
    },
    /// The versions of a policy.
    Timeline {
        /// One of them.
        policy: PolicyId,
    },
    /// What every policy answers to every question.
    Matrix {
        /// The policy that the others are held against.
        base: Option<PolicyId>,
    },
    /// Clauses looked for in all policies. There is one such view: opened again it comes to the
    /// top as it was left.
    Search {
        /// The clause of which is asked who else says it; none for words that are typed.
        like: Option<(PolicyId, ClauseId)>,
        /// Words that are typed already; none leaves what was typed before.
        words: Option<String>,
    },
    /// What went wrong or looks odd.
    Issues,
    /// The keys of a part of the program.
    Help {
        /// Which part.
        scope: Scope,
    },
}

impl Screen {
    /// Whether its view is kept when it is closed, to be opened again as it was left.
    pub fn is_kept(&self) -> bool {
        matches!(self, Screen::Search { .. })
    }
}

/// A place in a comparison; it decides what the comparison goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparePlace {
    /// A practice question, by its place in the list of questions.
    Question(usize),
    /// A topic.
    Topic(Topic),
    /// A clause of one side.
    Clause(Side, ClauseId),
}

/// Work that takes longer than a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Compare two policies, by what is given or else by what fits them.
    Compare {
        /// Which.
        pair: Pair<PolicyId>,
        /// By what.
        by: Option<By>,
        /// Whether somebody still waits.
        wanted: Wanted,
    },
    /// Label a policy, and look into it then.
    Read(PolicyId),
    /// Look for what does not hold together in policies.
    LookInto(Vec<PolicyId>),
    /// Ask a policy the practice questions.
    Answers(PolicyId),
    /// Ask policies every practice question, and label them.
    Survey(Vec<PolicyId>),
    /// Look for clauses in all policies.
    Search(Search),
    /// Find what each version of a policy changed.
    Timeline {
        /// One of its versions.
        policy: PolicyId,
        /// Whether somebody still waits.
        wanted: Wanted,
    },
    /// Open versions of a policy.
    Versions {
        /// One of its versions.
        of: PolicyId,
        /// Their places in its history.
        places: Vec<usize>,
    },
    /// Follow a clause through the versions of its policy, and look for its words elsewhere.
    ClauseLife {
        /// The policy.
        policy: PolicyId,
        /// The clause.
        clause: ClauseId,
        /// Whether somebody still waits.
        wanted: Wanted,
    },
}

/// Clauses to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The number that its answer bears.
    pub number: usize,
    /// Which clauses.
    pub sought: Sought,
    /// Whether in all versions, not only in the policies as they are now.
    pub versions: bool,
    /// The most hits.
    pub limit: usize,
    /// The most hits of one site, unless only one site has any.
    pub per_site: usize,
}

/// Which clauses are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Those that fit a query.
    Fitting(Query),
    /// Those of other sites in the words of this one, or nearly.
    Like(PolicyId, ClauseId),
}

/// Held by a view while it waits for work that may be long. Work that nobody waits for any more, as
/// when the view was closed, comes to an early end.
#[derive(Debug, Default)]
pub struct Waiting(Arc<()>);

impl Waiting {
    /// What the work asks from time to time.
    pub fn wanted(&self) -> Wanted {
        Wanted(Arc::downgrade(&self.0))
    }
}

/// Says whether somebody still waits.
#[derive(Clone, Debug)]
pub struct Wanted(Weak<()>);

impl Wanted {
    /// Whether somebody does.
    pub fn still(&self) -> bool {
        self.0.strong_count() > 0
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

impl Eq for Wanted {}

/// What came of a [`Request`].
#[derive(Clone, Debug)]
pub enum Answer {
    /// A comparison.
    Compared {
        /// Of which policies.
        pair: Pair<PolicyId>,
        /// What was asked for.
        by: Option<By>,
        /// The result.
        comparison: Arc<Comparison>,
    },
    /// One of the policies to compare is not in the library.
    Missing {
        /// Which were to be compared.
        pair: Pair<PolicyId>,
    },
    /// The labels of a policy.
    Labelled {
        /// Which.
        policy: PolicyId,
        /// Its labels.
        labels: Arc<Labels>,
    },
    /// What does not hold together in each of these policies.
    LookedInto(Vec<(PolicyId, Arc<Vec<Issue>>)>),
    /// What a policy answers to the practice questions.
    Answered {
        /// Which.
        policy: PolicyId,
        /// Its answers.
        answers: Arc<Answers>,
    },
    /// What policies say.
    Surveyed(Vec<Surveyed>),
    /// What further versions of a policy changed; they come in order, a few at a time.
    Steps {
        /// Which policy was asked about.
        policy: PolicyId,
        /// The steps.
        steps: Vec<Step>,
    },
    /// Clauses were looked for.
    Found {
        /// The number of the search.
        number: usize,
        /// What was found.
        results: Arc<Results>,
    },
    /// Versions were opened.
    Versions {
        /// Which policy was asked about.
        of: PolicyId,
        /// Their places in its history.
        places: Vec<usize>,
        /// The ids of all of them, or why one could not be opened, as a sentence.
        opened: Result<Vec<PolicyId>, String>,
    },
    /// How far a clause was followed.
    Following {
        /// The policy and the clause.
        clause: (PolicyId, ClauseId),
        /// How many versions were looked at, and of how many.
        looked: (usize, usize),
    },
    /// A clause was followed to both its ends.
    Followed {
        /// The policy and the clause.
        clause: (PolicyId, ClauseId),
        /// What was found.
        found: Arc<Followed>,
    },
}

/// What is known of a clause beyond its policy.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Its life through the versions.
    pub life: ClauseLife,
    /// Listed policies of other sites with a clause of the same words, and that clause.
    pub elsewhere: Vec<(PolicyId, ClauseId)>,
}

/// What one policy says.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// Which.
    pub policy: PolicyId,
    /// What it answers to the practice questions.
    pub answers: Arc<Answers>,
    /// Its labels.
    pub labels: Arc<Labels>,
}
