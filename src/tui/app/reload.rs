//! Reading everything again: another library takes the place of the one that is open.

use super::{App, Command, Opened, Replaced};
use crate::tui::effect::{Effect, Screen};
use crate::tui::view::Moved;
use std::sync::Arc;

impl App {
    /// Asks for everything to be read again, unless it is still being read.
    pub(super) fn reload(&mut self) {
        if self.session.ctx().progress.is_some() {
            return self.say("the library is still being read", false);
        }
        self.commands.push(Command::Reload);
        self.say("reading again", false);
    }

    /// Goes over to another library. What is open stays open as far as its policies are still there,
    /// unless another screen is to open above the list.
    pub(super) fn replace(&mut self, replaced: Replaced) {
        let before = Arc::clone(&self.session.library);
        self.reading += 1;
        self.session.take_library(replaced.library, None);
        let now = Arc::clone(&self.session.library);
        let moved = Moved::new(&before, &now);
        let open = std::mem::take(&mut self.stack);
        let kept = self.kept.take();
        if let Some(screen) = replaced.screen {
            self.perform(Effect::Open(Screen::Library));
            self.perform(Effect::Open(screen));
        } else {
            for opened in open {
                self.move_over(opened, &moved);
            }
            let ctx = self.session.ctx();
            self.kept = kept.and_then(|mut kept| kept.view.moves(&moved, &ctx).then_some(kept));
        }
        let gone = moved.gone();
        match (replaced.note, gone) {
            (note, None) => note.into_iter().for_each(|note| self.say(note, false)),
            (Some(note), Some(gone)) => self.say(format!("{note}; {gone}"), true),
            (None, Some(gone)) => self.say(gone, true),
        }
    }

    /// Puts a view that was open on top of the others, over another library.
    fn move_over(&mut self, mut opened: Opened, moved: &Moved<'_>) {
        if opened.view.moves(moved, &self.session.ctx()) {
            self.stack.push(opened);
            self.layout();
            self.on_top(|view, ctx| view.loaded(ctx));
        } else if let Some(screen) = opened.view.shows()
            && let Some(screen) = screen_in(moved, screen)
        {
            self.perform(Effect::Open(screen));
        }
    }
}

/// The same screen over another library; none where that no longer has a policy of the same name.
fn screen_in(moved: &Moved<'_>, screen: Screen) -> Option<Screen> {
    Some(match screen {
        Screen::Reader { policy, at, topic } => Screen::Reader {
            policy: moved.policy(policy)?,
            at,
            topic,
        },
        Screen::Issues => Screen::Issues,
        _ => return None,
    })
}
