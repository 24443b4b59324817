//! What is done with the hit under the cursor. A hit in an older version has to be opened first;
//! what was meant is kept until it is.

use super::{Ctx, Like, Moved, SearchView};
use crate::library::PolicyId;
use crate::library::search::Hit;
use crate::model::{ClauseId, Pair, Side, on_one_line};
use crate::tui::action::Action;
use crate::tui::effect::{ComparePlace, Effect, Request, Screen, Sought};
use crate::tui::explain;
use crate::tui::history::LifePanel;
use crate::tui::keymap::Scope;
use crate::tui::over::Over;

/// What is to be done with a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Read,
    Mark,
    /// Compare this policy with that of the hit.
    Compare(PolicyId),
    Copy,
    /// Open the page with the browser.
    Page,
    WhoElse,
    /// Open the timeline at its version.
    Timeline,
    /// Open the life of its clause.
    Life,
}

/// The left side of the comparison to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) policy: PolicyId,
    /// Where it was found.
    at: (PolicyId, Option<usize>),
}

impl Marked {
    /// The same over another library, if that still has the policy.
    pub(super) fn over(self, moved: &Moved<'_>) -> Option<Self> {
        let (found, place) = self.at;
        Some(Self {
            policy: moved.policy(self.policy)?,
            at: (moved.policy(found)?, place),
        })
    }

    /// Whether a hit is in the marked version.
    pub(super) fn is_of(&self, hit: &Hit) -> bool {
        self.at == (hit.policy, hit.place)
    }
}

/// A version that is being opened, and what for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    of: PolicyId,
    place: usize,
    clause: ClauseId,
    intent: Intent,
}

/// A clause of a policy that is open, and where its hit was found.
#[derive(Clone, Copy)]
struct Target {
    policy: PolicyId,
    clause: ClauseId,
    at: (PolicyId, Option<usize>),
}

impl SearchView {
    /// Enter: compare with the marked policy, or read.
    pub(super) fn open_hit(&mut self, ctx: &Ctx<'_>) -> Effect {
        let here = self.current_hit();
        match (self.marked, here) {
            (Some(marked), Some(hit)) if marked.is_of(hit) => {
                let keys = key(Action::Read, ctx);
                Effect::Say(format!(
                    "This is the left side; go to another policy, or read it with {keys}"
                ))
            }
            (Some(marked), _) => self.with_hit(Intent::Compare(marked.policy), ctx),
            (None, _) => self.with_hit(Intent::Read, ctx),
        }
    }

    pub(super) fn toggle_mark(&mut self, ctx: &Ctx<'_>) -> Effect {
        let hit = self.current_hit();
        let marked = self.marked.zip(hit);
        if marked.is_some_and(|(marked, hit)| marked.is_of(hit)) {
            self.marked = None;
            return Effect::Say("No left side is marked".to_owned());
        }
        self.with_hit(Intent::Mark, ctx)
    }

    /// Does something with the hit under the cursor, at once or when its version is open.
    pub(super) fn with_hit(&mut self, intent: Intent, ctx: &Ctx<'_>) -> Effect {
        let Some(hit) = self.current_hit() else {
            return Effect::Say("Nothing was found here".to_owned());
        };
        let (of, clause) = (hit.policy, hit.clause);
        let Some(place) = hit.place else {
            let at = (of, None);
            let policy = of;
            return self.carry_out(intent, Target { policy, clause, at }, ctx);
        };
        self.opening = Some(Opening {
            of,
            place,
            clause,
            intent,
        });
        let places = vec![place];
        Effect::Ask(Request::Versions { of, places })
    }

    /// Goes on when the version of a hit is open.
    pub(super) fn opened(
        &mut self,
        of: PolicyId,
        places: &[usize],
        opened: &Result<Vec<PolicyId>, String>,
        ctx: &Ctx<'_>,
    ) -> Effect {
        let wanted = |opening: &Opening| opening.of == of && places == [opening.place];
        let Some(opening) = self.opening.filter(wanted) else {
            return Effect::None;
        };
        self.opening = None;
        match opened {
            Err(why) => Effect::Warn(why.clone()),
            Ok(versions) => versions.first().map_or(Effect::None, |&policy| {
                let target = Target {
                    policy,
                    clause: opening.clause,
                    at: (of, Some(opening.place)),
                };
                self.carry_out(opening.intent, target, ctx)
            }),
        }
    }

    fn carry_out(&mut self, intent: Intent, target: Target, ctx: &Ctx<'_>) -> Effect {
        let Target { policy, clause, at } = target;
        let Some(entry) = ctx.library.get(policy) else {
            return Effect::Warn("that policy is no longer there".to_owned());
        };
        match intent {
            Intent::Read => {
                let clause = entry.policy().clauses.get(clause.index());
                Effect::Open(Screen::Reader {
                    policy,
                    at: clause.map(|clause| clause.text),
                    topic: None,
                })
            }
            Intent::Mark => {
                self.marked = Some(Marked { policy, at });
                let keys = key(Action::Open, ctx);
                let name = &entry.name;
                Effect::Say(format!(
                    "{name} is the left side; {keys} on another policy compares them"
                ))
            }
            Intent::Compare(left) => Effect::Open(Screen::Compare {
                pair: Pair::new(left, policy),
                at: Some(ComparePlace::Clause(Side::Right, clause)),
            }),
            Intent::Copy => {
                let policy = entry.policy();
                let text = on_one_line(policy.clause_text(clause));
                Effect::Copy(format!("“{text}” — {}", policy.source_note()))
            }
            Intent::Page => explain::address(entry.policy()).map_or_else(
                || Effect::Say("the file does not say where its page is".to_owned()),
                |url| Effect::OpenUrl(url.to_owned()),
            ),
            Intent::Life => {
                let panel = LifePanel::new(policy, clause);
                let ask = panel.ask();
                self.over = Some(Over::life(panel, self.places.whole, ctx));
                ask
            }
            Intent::Timeline => Effect::Open(Screen::Timeline { policy }),
            Intent::WhoElse => {
                let over = match self.like.take() {
                    Some(like) => like.over,
                    None => self.found.take(),
                };
                let words = entry.policy().clause_text(clause).to_owned();
                self.like = Some(Like { words, over });
                self.seek(Sought::Like(policy, clause), ctx);
                self.asking.go()
            }
        }
    }

    fn current_hit(&self) -> Option<&Hit> {
        self.found.as_ref()?.current()
    }
}

/// The key for an action, as the hint bar spells it.
fn key(action: Action, ctx: &Ctx<'_>) -> String {
    let keys = ctx.keys.key_for(Scope::Search, action);
    keys.map_or_else(String::new, ToString::to_string)
}
