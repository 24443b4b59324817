//! The closed list of topics.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! topics {
    ($($variant:ident $id:literal $label:literal $sign:literal $doc:literal),+ $(,)?) => {
        /// What a clause is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Topic { $(#[doc = $doc] $variant),+ }

        impl Topic {
            /// Every topic, in the order that screens and reports use.
            pub const ALL: [Topic; [$($id),+].len()] = [$(Topic::$variant),+];

            /// The name in files, on the command line and in JSON.
            pub fn id(self) -> &'static str {
                match self { $(Topic::$variant => $id),+ }
            }

            /// The name on screens.
            pub fn label(self) -> &'static str {
                match self { $(Topic::$variant => $label),+ }
            }

            /// A letter that stands for the topic in the gutter; no two topics share one.
            pub fn sign(self) -> char {
                match self { $(Topic::$variant => $sign),+ }
            }

            /// One line that says what belongs to the topic.
            pub fn about(self) -> &'static str {
                match self { $(Topic::$variant => $doc),+ }
            }
        }
    };
}

topics! {
    General "general" "General" 'g' "Introduction, scope, definitions, acceptance: text without a data practice of its own.",
    Collection "collection" "Collection" 'c' "What personal data is obtained from or about the user, also automatically or from others.",
    Cookies "cookies" "Cookies" 'k' "Cookies, beacons, pixels and similar tracking technology.",
    Use "use" "Use" 'u' "The purposes for which the service itself uses data.",
    Sharing "sharing" "Third-party sharing" 's' "Disclosure to, or collection by, third parties, partners, affiliates, buyers; sale.",
    Legal "legal" "Legal disclosure" 'j' "Disclosure to authorities, court orders, legal basis.",
    Choice "choice" "Choice" 'o' "Opt-in and opt-out, consent, marketing preferences, settings.",
    Access "access" "Access and deletion" 'a' "Rights to view, correct, delete or export one's data; complaints to a regulator.",
    Retention "retention" "Retention" 'r' "How long data is kept; deletion schedules.",
    Security "security" "Security" 'e' "Protection measures, breaches, disclaimers of guarantee.",
    Children "children" "Children" 'm' "Minors and age limits.",
    Change "change" "Policy change" 'p' "Changes of the policy, effective and last-updated dates.",
    Contact "contact" "Contact" 'q' "How to reach the company or its officer.",
    Location "location" "Location" 'l' "Where data is stored or processed, transfers abroad, region-specific sections.",
    Links "links" "Links" 'x' "Disclaimers about third-party sites and links.",
    DoNotTrack "do-not-track" "Do Not Track" 'd' "Do Not Track and Global Privacy Control browser signals.",
}

impl Topic {
    /// The topic with this [`id`](Topic::id).
    pub fn from_id(id: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.id() == id)
    }

    /// The place in [`Topic::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
