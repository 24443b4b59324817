//! What keys do: compare with the version before or with a marked one, read, go to a date.

use super::{Ctx, Purpose, TimelineView};
use crate::library::PolicyId;
use crate::model::Pair;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Request, Screen};
use crate::tui::history::called;
use crate::tui::prompt::Prompt;

impl TimelineView {
    pub(super) fn act(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Open => return self.compare(ctx),
            Action::Read | Action::Right => {
                let places = self.list.current().into_iter().collect();
                return self.ask_for(places, Purpose::Read);
            }
            Action::Mark => return self.toggle_mark(ctx),
            Action::ToggleNoise => {
                self.list.toggle_noise();
                self.refresh();
            }
            Action::GoToDate => self.typing = Some(Prompt::default()),
            Action::NextDifference | Action::PreviousDifference => {
                if !self.list.go_to_change(action == Action::NextDifference) {
                    return Effect::Say("no further change of wording is listed".to_owned());
                }
            }
            Action::Clear => self.marked = None,
            Action::Back if self.marked.is_some() => self.marked = None,
            Action::Back => return Effect::Back,
            _ => self.list.step_by(action),
        }
        Effect::None
    }

    /// Enter: the marked version and the one under the cursor, else that one and the one before.
    pub(super) fn compare(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some(here) = self.list.current() else {
            return Effect::None;
        };
        match self.marked {
            Some(marked) if marked == here => Effect::Say(format!(
                "this is the marked version; {} on another one compares them",
                Self::key(Action::Open, ctx)
            )),
            Some(marked) => self.ask_for(vec![marked, here], Purpose::Compare),
            None => match self.before(here) {
                Some(before) => self.ask_for(vec![before, here], Purpose::Compare),
                None => Effect::Say(format!(
                    "there is no version before this one; {} reads it",
                    Self::key(Action::Read, ctx)
                )),
            },
        }
    }

    /// The version that the one at a place is held against: the last one before that holds the policy.
    fn before(&self, place: usize) -> Option<usize> {
        let against = self.list.step(place).and_then(|step| step.against);
        against.or_else(|| place.checked_sub(1))
    }

    fn ask_for(&mut self, places: Vec<usize>, purpose: Purpose) -> Effect {
        self.awaited = Some((places.clone(), purpose));
        let of = self.of;
        Effect::Ask(Request::Versions { of, places })
    }

    /// Opens what was asked for.
    pub(super) fn show(purpose: Purpose, opened: &[PolicyId]) -> Effect {
        match (purpose, opened) {
            (Purpose::Compare, &[left, right]) => Effect::Open(Screen::Compare {
                pair: Pair::new(left, right),
                at: None,
            }),
            (_, &[policy, ..]) => Effect::Open(Screen::Reader {
                policy,
                at: None,
                topic: None,
            }),
            _ => Effect::None,
        }
    }

    /// What is said of a version that could not be read.
    pub(super) fn unread(&self, why: &str, ctx: &Ctx<'_>) -> String {
        let key = Self::key(Action::Mark, ctx);
        format!("{why}; mark a sound version with {key} to compare others with it")
    }

    fn toggle_mark(&mut self, ctx: &Ctx<'_>) -> Effect {
        let here = self.list.current();
        self.marked = here.filter(|_| self.marked != here);
        match self.marked {
            None => Effect::Say("no version is marked".to_owned()),
            Some(place) => Effect::Say(format!(
                "{} stays on the left; {} compares any other with it",
                called(&self.history, place),
                Self::key(Action::Open, ctx)
            )),
        }
    }

    pub(super) fn update_prompt(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Back => self.typing = None,
            Action::Open => {
                let typed = self.typing.take().unwrap_or_default();
                if !typed.is_empty() {
                    return self.go_to_date(typed.text(), ctx);
                }
            }
            _ => {
                if let Some(prompt) = &mut self.typing {
                    prompt.update(action);
                }
            }
        }
        Effect::None
    }

    /// Goes to the version in force at the end of a day, month or year: of those that hold the policy,
    /// as far as that is known.
    fn go_to_date(&mut self, typed: &str, ctx: &Ctx<'_>) -> Effect {
        let dated = match ctx.library.version_at(self.of, typed) {
            Ok(dated) => dated,
            Err(why) => return Effect::Warn(why.to_string()),
        };
        let passing = dated.passing(self.list.steps());
        let place = passing.map_or(dated.place, |it| it.place);
        self.list.go(place, self.marked);
        let version = called(&self.history, place);
        Effect::Say(match passing {
            Some(it) if place == it.newest => it.told(&self.history),
            Some(it) => {
                let broken = called(&self.history, it.newest);
                format!("{}: {version}; {broken} is {}", dated.asked, it.what)
            }
            None => format!("{}: {version}", dated.asked),
        })
    }
}
