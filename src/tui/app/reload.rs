//! Reading everything again: another library takes the place of the one that is open.

use super::{App, Command, Replaced};
use crate::library::{Library, PolicyId};
use crate::model::Pair;
use crate::tui::effect::{Effect, Screen};

impl App {
    /// Asks for everything to be read again, unless it is still being read.
    pub(super) fn reload(&mut self) {
        if self.session.ctx().progress.is_some() {
            return self.say("the library is still being read", false);
        }
        self.commands.push(Command::Reload);
        self.say("reading again", false);
    }

    /// Begins anew over another library. No view is kept: each knows policies by where they stood.
    pub(super) fn replace(&mut self, replaced: Replaced) {
        let before = std::mem::take(&mut self.stack);
        self.kept = None;
        self.reading += 1;
        let shown = before.iter().rev().find_map(|opened| opened.view.shows());
        let old = std::sync::Arc::clone(&self.session.library);
        self.session.take_library(replaced.library, None);
        let again = || screen_in(&self.session.library, shown?, &old);
        let screen = replaced.screen.or_else(again);
        for screen in [Some(Screen::Library), screen].into_iter().flatten() {
            self.perform(Effect::Open(screen));
        }
        if let Some(note) = replaced.note {
            self.say(note, false);
        }
    }
}

/// The same screen over another library; none where that no longer has a policy of the same name.
fn screen_in(library: &Library, screen: Screen, old: &Library) -> Option<Screen> {
    let find = |id: PolicyId| library.find(&old.get(id)?.name).ok();
    Some(match screen {
        Screen::Reader { policy, at, topic } => Screen::Reader {
            policy: find(policy)?,
            at,
            topic,
        },
        Screen::Compare { pair, at } => Screen::Compare {
            pair: Pair::new(find(pair.left)?, find(pair.right)?),
            at,
        },
        _ => return None,
    })
}
