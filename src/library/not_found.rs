//! Why a name found no policy: sentences that tell what there is.

/// How many near names an error lists.
pub(super) const NEAR: usize = 5;

/// Why a name found no policy, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// Nothing is called that.
    #[error("no policy is called “{name}”{}", hint("; the nearest are", near))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest names.
        near: Vec<String>,
    },
    /// Several policies answer to it.
    #[error("“{name}” is the name of several policies{}", hint(":", &some(candidates)))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// All policies that answer to it, by names that do not.
        candidates: Vec<String>,
    },
    /// The site has no version that old.
    #[error(
        "“{site}” has no version of {date} or before{}{}",
        hint("; the first is of", first.as_slice()),
        hint("; another document has one:", others)
    )]
    TooEarly {
        /// The site.
        site: String,
        /// The date asked for.
        date: String,
        /// The first version there is, if any has a date.
        first: Option<String>,
        /// Other documents that the site's name may mean and that have one, by names that find it.
        others: Vec<String>,
    },
    /// The site has no version of that revision.
    #[error(
        "no version of “{site}” was recorded by a revision that begins with {revision}{}",
        hint("; there are", versions)
    )]
    NoRevision {
        /// The site.
        site: String,
        /// The digits asked for.
        revision: String,
        /// The newest versions there are.
        versions: Vec<String>,
    },
    /// What stands behind the `@` is neither a date nor a revision.
    #[error(
        "“{when}” is no date such as 2020, 2020-05 or 2020-05-03, and no revision of four digits or more"
    )]
    NoMoment {
        /// What stands there.
        when: String,
    },
    /// The version is there and cannot be read.
    #[error("“{name}” cannot be read: {reason}")]
    Unreadable {
        /// What was asked for.
        name: String,
        /// Why, as a sentence.
        reason: String,
    },
}

/// The first of many names, with how many more there are.
fn some(names: &[String]) -> Vec<String> {
    let mut some: Vec<String> = names.iter().take(2 * NEAR).cloned().collect();
    let more = names.len() - some.len();
    if let Some(last) = some.last_mut().filter(|_| more > 0) {
        last.push_str(&format!(" and {more} more"));
    }
    some
}

pub(super) fn hint(lead: &str, names: &[String]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("{lead} {}", names.join(", "))
    }
}
