//! Types of terms: the names that archives give them, and filters by them.

use std::convert::Infallible;
use std::str::FromStr;

/// What documents are taken for where an archive does not say more.
pub(super) const PRIVACY_POLICY: &str = "Privacy Policy";

/// The types of terms of Open Terms Archive (its `terms-types` list and the collections that follow
/// it), and common other names of a privacy policy.
const TYPES: &[&str] = &[
    PRIVACY_POLICY,
    "Privacy Notice",
    "Privacy Statement",
    "Cookie Policy",
    "Cookies Policy",
    "Terms of Service",
    "Terms of Use",
    "Terms and Conditions",
    "Acceptable Use Policy",
    "Accessibility Statement",
    "Ad Publishing Policy",
    "Appeal Policy",
    "Brand Guidelines",
    "Business Mention",
    "Business Privacy Policy",
    "Closed Captioning Policy",
    "Commercial Terms",
    "Community Guidelines",
    "Complaints Policy",
    "Conditions of Carriage",
    "Consumer Health Privacy Policy",
    "Content Policy",
    "Copyright Claims Policy",
    "Data Controller Agreement",
    "Data Processor Agreement",
    "Deceptive Practices Policy",
    "Developer Terms",
    "Editorial Policy",
    "End User License Agreement",
    "Event Terms",
    "General Conditions of Sale",
    "Human Rights Policy",
    "Impersonation Policy",
    "Imprint",
    "In-App Purchases Policy",
    "Intimate Imagery Policy",
    "Law Enforcement Guidelines",
    "Legal Information",
    "Live Policy",
    "Marketplace Buyers Conditions",
    "Marketplace Sellers Conditions",
    "Parent Organization Privacy Policy",
    "Parent Organization Terms",
    "Premium Partner Conditions",
    "Quality Guidelines",
    "Ranking Parameters Description",
    "Restricted Use Policy",
    "Returns Policy",
    "Review Guidelines",
    "Safety Guidelines",
    "Seller Warranty",
    "Service Level Agreement",
    "Single Sign-On Policy",
    "Social Media Policy",
    "Subprocessors List",
    "Subscription Terms",
    "Trackers Policy",
    "Transparency Report",
    "User Consent Policy",
    "Vulnerability Disclosure Policy",
    "Whistleblowing Policy",
];

/// The type of terms that a name stands for: the known one where only letter case and separators
/// differ (`privacy-policy`), the name itself where it is a kind of a known one
/// (`Community Guidelines - Spam`, `Privacy Policy #2`).
pub(super) fn known(name: &str) -> Option<&str> {
    let find = |name: &str| TYPES.iter().copied().find(|one| same(one, name));
    if let Some(known) = find(name) {
        return Some(known);
    }
    let kind = name
        .split(" - ")
        .next()
        .and_then(|name| name.split(" #").next())?;
    (kind.len() < name.len() && find(kind).is_some()).then_some(name)
}

fn same(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = u8> {
        let kept = text
            .bytes()
            .filter(|byte| !matches!(byte, b' ' | b'-' | b'_'));
        kept.map(|byte| byte.to_ascii_lowercase())
    }
    one.len() == other.len() && letters(one).eq(letters(other))
}

/// Which types of terms are listed. What `--type` takes: `all`, or a part of a type's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TermsFilter {
    /// Of an archive of several types that has privacy policies, only these; else all.
    #[default]
    Auto,
    /// All.
    All,
    /// Those whose name holds this part, whatever the letter case. A document whose type is not known
    /// counts as a privacy policy.
    Part(String),
}

impl FromStr for TermsFilter {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.trim() {
            all if all.eq_ignore_ascii_case("all") => Self::All,
            part => Self::Part(part.to_owned()),
        })
    }
}

impl TermsFilter {
    /// The part that types must hold in an archive of these types, in lower case; none means all.
    pub(in crate::source) fn part<'a>(
        &self,
        types: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        match self {
            Self::All => None,
            Self::Part(part) => Some(part.to_lowercase()),
            Self::Auto => {
                let privacy = PRIVACY_POLICY.to_lowercase();
                let (mut is_there, mut others) = (false, false);
                for one in types {
                    let fits = fits(Some(one), &privacy);
                    is_there |= fits;
                    others |= !fits;
                }
                (is_there && others).then_some(privacy)
            }
        }
    }
}

/// Whether a type holds the part, which is in lower case.
pub(in crate::source) fn fits(terms: Option<&str>, part: &str) -> bool {
    terms
        .unwrap_or(PRIVACY_POLICY)
        .to_lowercase()
        .contains(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_types() {
        assert_eq!(known("privacy-policy"), Some("Privacy Policy"));
        assert_eq!(known("Terms_of_Service"), Some("Terms of Service"));
        assert_eq!(
            known("Community Guidelines - Spam"),
            Some("Community Guidelines - Spam")
        );
        assert_eq!(known("Privacy Policy #2"), Some("Privacy Policy #2"));
        for other in [
            "privacy",
            "airbnb-privacy-policy",
            "README",
            "Policy",
            "mp3rocket.me",
            "",
        ] {
            assert_eq!(known(other), None, "{other}");
        }
    }

    #[test]
    fn of_many_types_the_privacy_policies_are_the_default() {
        let part = |filter: &TermsFilter, types: &[&str]| filter.part(types.iter().copied());
        let auto = TermsFilter::Auto;
        assert_eq!(
            part(&auto, &["Privacy Policy", "Imprint"]).as_deref(),
            Some("privacy policy")
        );
        assert_eq!(part(&auto, &["Privacy Policy"]), None);
        assert_eq!(part(&auto, &["Imprint", "Live Policy"]), None);
        assert_eq!(
            part(&"ALL".parse().unwrap(), &["Privacy Policy", "Imprint"]),
            None
        );
        let asked: TermsFilter = "Community".parse().unwrap();
        assert_eq!(part(&asked, &[]).as_deref(), Some("community"));
        assert!(fits(Some("Community Guidelines - Spam"), "community"));
        assert!(!fits(None, "community") && fits(None, "privacy"));
    }
}
