//! How many notices there are, as title lines tell it.

use super::{Ctx, MANY};
use crate::library::thousands;
use crate::tui::action::Action;
use crate::tui::keymap::Scope;

/// How many notices there are, and the key of a scope that lists them; none where none is known of. A library that
/// was not looked into as a whole may have more.
pub(super) fn told(scope: Scope, ctx: &Ctx<'_>) -> Option<String> {
    let library = ctx.library;
    let (found, more) = match library.entries().len() > MANY {
        true => (0, true),
        false => (
            library.count_of_findings(),
            library.ids().any(|id| !library.is_looked_into(id)),
        ),
    };
    let count = ctx.issues.len() + found;
    let notices = match (count, more) {
        (0, _) => return None,
        (1, false) => "notice",
        _ => "notices",
    };
    let plus = if more { "+" } else { "" };
    let key = ctx.keys.key_for(scope, Action::Issues);
    let key = key.map_or_else(String::new, |key| format!(" {key}"));
    Some(format!("{}{plus} {notices}{key}", thousands(count)))
}
