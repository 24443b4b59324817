//! What is asked for of what does not hold together in the policies.

use super::LibraryView;
use crate::library::{PolicyId, Progress};
use crate::tui::effect::{Effect, Request};
use crate::tui::view::Ctx;

/// A library of so many policies is looked into as a whole when it opens, so that nobody has to ask
/// whether there is anything.
const FEW: usize = 32;

impl LibraryView {
    /// Asks for what does not hold together in the policy that is shown at a glance, and in all of a few.
    pub(super) fn look_into(&mut self, ctx: &Ctx<'_>) -> Effect {
        let shown = self.panes.preview.and(self.list.selected());
        let shown = shown.filter(|id| self.looked_into != Some(*id));
        self.looked_into = shown.or(self.looked_into);
        let mut wanted: Vec<PolicyId> = shown.into_iter().collect();
        let reads = ctx.progress.is_some_and(Progress::is_reading);
        if !self.all_looked_into && !reads && ctx.library.entries().len() <= FEW {
            self.all_looked_into = true;
            wanted.extend(ctx.library.ids().filter(|id| Some(*id) != shown));
        }
        wanted.retain(|id| !ctx.library.is_looked_into(*id));
        match wanted.is_empty() {
            true => Effect::None,
            false => Effect::Ask(Request::LookInto(wanted)),
        }
    }
}
