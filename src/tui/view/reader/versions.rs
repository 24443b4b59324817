//! From one version of the policy to another, and the life of a clause.

use super::ReaderView;
use crate::model::{ClauseId, Policy, TextRange};
use crate::tui::effect::{Effect, Request, Screen};
use crate::tui::history::{LifePanel, thousands};
use crate::tui::over::Over;
use crate::tui::view::Ctx;

impl ReaderView {
    /// To the next version, or the one before, past those that are known to say nothing.
    pub(super) fn step_version(&mut self, forward: bool, ctx: &Ctx<'_>) -> Effect {
        let of = self.subject.id;
        let entry = ctx.library.get(of);
        let known = entry.and_then(|entry| Some((entry.place, entry.history.as_ref()?)));
        let Some((shown, history)) = known else {
            return Effect::Say("no other version of this policy is known".to_owned());
        };
        let here = self.awaited.unwrap_or(shown);
        let steps = ctx.library.known_steps(of);
        let says = |place: &usize| {
            let step = steps.as_ref().and_then(|steps| steps.get(*place));
            step.is_none_or(|step| step.noise.is_none())
        };
        let next = if forward {
            (here + 1..history.versions.len()).find(says)
        } else {
            (0..here).rev().find(says)
        };
        let Some(place) = next else {
            let which = if forward { "later" } else { "earlier" };
            return Effect::Say(format!(
                "there is no {which} version that says anything else"
            ));
        };
        self.awaited = Some(place);
        Effect::Ask(Request::Versions {
            of,
            places: vec![place],
        })
    }

    /// Reads a version that was opened in place of this one, from the same words on.
    pub(super) fn take_version(
        &mut self,
        places: &[usize],
        opened: &Result<Vec<crate::library::PolicyId>, String>,
        ctx: &Ctx<'_>,
    ) -> Effect {
        let awaited = self.awaited.take_if(|place| places == [*place]);
        match (awaited, opened) {
            (Some(_), Ok(opened)) => match opened[..] {
                [policy] => {
                    let entry = ctx.library.get(policy);
                    Effect::Replace(Screen::Reader {
                        policy,
                        at: entry.and_then(|entry| self.same_words(entry.policy())),
                        topic: self.subject.topic,
                    })
                }
                _ => Effect::None,
            },
            (Some(_), Err(why)) => Effect::Warn(why.clone()),
            (None, _) => Effect::None,
        }
    }

    /// Where another version has the words of the clause under the cursor, or of the nearest clause
    /// before it that it still has.
    fn same_words(&self, other: &Policy) -> Option<TextRange> {
        let here = self.pane.current()?.clause?;
        let mut before = (0..=here.index()).rev().map(ClauseId::new);
        before.find_map(|id| {
            let words = self.subject.policy.clause_text(id);
            let same = |clause: &&crate::model::Clause| clause.text.of(&other.text) == words;
            other.clauses.iter().find(same).map(|clause| clause.text)
        })
    }

    /// Opens the life of the clause under the cursor.
    pub(super) fn open_life(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some(clause) = self.pane.current().and_then(|stop| stop.clause) else {
            return Effect::Say("no clause stands here".to_owned());
        };
        let panel = LifePanel::new(self.subject.id, clause);
        let ask = panel.ask();
        self.over = Some(Over::life(panel, self.areas.whole, ctx));
        ask
    }

    /// Which version this is, of how many, where there are several.
    pub(super) fn version_of(&self, ctx: &Ctx<'_>) -> Option<String> {
        let entry = ctx.library.get(self.subject.id)?;
        let all = entry.history.as_ref()?.versions.len();
        let (place, all) = (thousands(entry.place + 1), thousands(all));
        Some(format!("version {place} of {all}")).filter(|_| all != "1")
    }
}
