//! Whose policy it is: a company that names itself names no recipient.

use crate::model::{Policy, TextRange};

/// Who speaks in a policy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Speaker<'a> {
    /// The text of the policy.
    text: &'a str,
    /// The first word of its site: "Amazon" of "Amazon.com".
    name: &'a str,
}

impl<'a> Speaker<'a> {
    pub(super) fn of(policy: &'a Policy) -> Self {
        let site = policy.provenance.site.as_str();
        let site = site.strip_prefix("www.").unwrap_or(site);
        Self {
            text: &policy.text,
            name: first_word(site),
        }
    }

    /// Whether a stretch of the text begins with the speaker's name.
    pub(super) fn is_named(&self, place: TextRange) -> bool {
        let named = self.text.get(place.start as usize..place.end as usize);
        let first = first_word(named.unwrap_or(""));
        !first.is_empty() && first.eq_ignore_ascii_case(self.name)
    }
}

fn first_word(text: &str) -> &str {
    text.split(|mark: char| !mark.is_alphanumeric())
        .next()
        .unwrap_or("")
}
