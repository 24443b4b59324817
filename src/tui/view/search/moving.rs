//! From one library to another, which was read again.

use super::asking::Asking;
use super::{Ctx, Moved, SearchView};
use crate::model::ClauseId;
use crate::tui::effect::Sought;

impl SearchView {
    /// Goes over to another library, to find the same there.
    pub(super) fn go_over(&mut self, moved: &Moved<'_>, ctx: &Ctx<'_>) {
        (self.opening, self.over) = (None, None);
        self.asking = Asking::default();
        self.marked = self.marked.and_then(|marked| marked.over(moved));
        let before = self.like.as_mut().and_then(|like| like.over.as_mut());
        for found in self.found.iter_mut().chain(before) {
            found.moves(moved);
        }
        if self.like.is_some() {
            self.move_like(moved, ctx);
        }
        // What was found is still shown until the same is found anew.
        if let Some(asked) = &mut self.asked {
            asked.revision = usize::MAX;
        }
    }

    /// Asks who else says the same clause in another library; if that no longer says it, what is typed
    /// is looked for.
    fn move_like(&mut self, moved: &Moved<'_>, ctx: &Ctx<'_>) {
        let words = self.like.as_ref().map_or("", |like| like.words.as_str());
        let asked = self.asked.as_mut();
        let like = asked.and_then(|asked| match &mut asked.sought {
            Sought::Like(policy, clause) => Some((policy, clause)),
            Sought::Fitting(_) => None,
        });
        let there = like.and_then(|(policy, clause)| {
            let now = moved.policy(*policy)?;
            let text = ctx.library.get(now)?.policy();
            let mut clauses = (0..text.clauses.len()).map(ClauseId::new);
            *clause = clauses.find(|&id| text.clause_text(id) == words)?;
            *policy = now;
            Some(())
        });
        if there.is_none() {
            self.read_prompt(ctx);
        }
    }
}
