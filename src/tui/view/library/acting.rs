//! What is done with the policy under the cursor.

use super::{Ctx, LibraryView, key};
use crate::model::Pair;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Screen};

impl LibraryView {
    /// Enter: compare with the marked policy, or read.
    pub(super) fn open_selected(&self, ctx: &Ctx<'_>) -> Effect {
        let Some(selected) = self.list.selected() else {
            return Effect::None;
        };
        match self.marked {
            Some(left) if left == selected => {
                let keys = key(Action::Read, ctx);
                Effect::Say(format!(
                    "This is the left side; go to another policy, or read it with {keys}"
                ))
            }
            Some(left) => Effect::Open(Screen::Compare {
                pair: Pair::new(left, selected),
                at: None,
            }),
            None => self.read_selected(),
        }
    }

    pub(super) fn read_selected(&self) -> Effect {
        self.list.selected().map_or(Effect::None, |policy| {
            Effect::Open(Screen::Reader {
                policy,
                at: None,
                topic: None,
            })
        })
    }

    pub(super) fn open_timeline(&self) -> Effect {
        self.list.selected().map_or(Effect::None, |policy| {
            Effect::Open(Screen::Timeline { policy })
        })
    }

    pub(super) fn toggle_mark(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some(selected) = self.list.selected() else {
            return Effect::None;
        };
        if self.marked == Some(selected) {
            self.marked = None;
            return Effect::Say("No left side is marked".to_owned());
        }
        self.marked = Some(selected);
        let name = ctx
            .library
            .get(selected)
            .map_or("", |entry| entry.name.as_str());
        let keys = key(Action::Open, ctx);
        Effect::Say(format!(
            "{name} is the left side; {keys} on another policy compares them"
        ))
    }

    pub(super) fn open_snapshot(&self, ctx: &Ctx<'_>) -> Effect {
        let entry = self.list.selected().and_then(|id| ctx.library.get(id));
        let provenance = entry.map(|entry| &entry.facts.provenance);
        let url = provenance.and_then(|p| p.snapshot_url.as_ref().or(p.original_url.as_ref()));
        match url {
            Some(url) => Effect::OpenUrl(url.clone()),
            None => Effect::Say("No address is known for this policy".to_owned()),
        }
    }
}
