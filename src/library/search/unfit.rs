//! Why a query finds nothing whatever the clauses say: no policy is of the site or type that it asks for.

use super::Query;
use super::chosen::is_chosen;
use super::query::Choice;
use crate::library::Library;
use crate::library::not_found::hint;
use std::slice::from_ref;

impl Library {
    /// Which site or type of a query no policy has, as a part of a sentence; none when there are policies to
    /// look through.
    pub(super) fn unfit(&self, query: &Query) -> Option<String> {
        let fits = |choice: &Choice| {
            let mut entries = self.listed().map(|(_, entry)| entry);
            entries.any(|it| is_chosen(from_ref(choice), &it.name, &it.facts, None))
        };
        query.policies.iter().find_map(|choice| match choice {
            Choice::Site(part) if !fits(choice) => {
                let near = self.near(part.trim_end_matches('*'));
                let near = hint("; the nearest are", &near);
                Some(format!(
                    "no policy has “{part}” in its site, host or name{near}"
                ))
            }
            Choice::Type(part) if !fits(choice) => Some(format!(
                "no policy has “{part}” in its type of terms or its title"
            )),
            _ => None,
        })
    }
}
