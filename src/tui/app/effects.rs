//! Carrying out what views ask for.

use super::{App, Command, Message, Opened, open};
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Request, Screen};
use std::collections::VecDeque;
use std::mem::discriminant;

impl App {
    /// Carries out an effect, and those that follow from it.
    pub(super) fn perform(&mut self, effect: Effect) {
        let mut effects = VecDeque::from([effect]);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::None => {}
                Effect::Quit => self.quit = true,
                Effect::Back => self.back(),
                Effect::Open(screen) => effects.push_back(self.open(screen)),
                Effect::Replace(screen) => {
                    self.stack.pop();
                    effects.push_back(self.open(screen));
                }
                Effect::Say(text) => self.say(text, false),
                Effect::Warn(text) => self.say(text, true),
                Effect::Copy(text) => self.copy(text),
                Effect::OpenUrl(url) => self.open_url(url),
                Effect::Ask(request) => self.ask(request),
            }
        }
    }

    pub(super) fn open(&mut self, screen: Screen) -> Effect {
        if let Some(known) = self.take_kept(&screen) {
            return self.open_again(known, screen);
        }
        let ctx = self.session.ctx();
        let Some(view) = open::view(&screen, &ctx) else {
            return Effect::Warn("that policy is no longer there".to_owned());
        };
        self.stack.push(Opened { screen, view });
        self.layout();
        let ctx = self.session.ctx();
        self.stack
            .last_mut()
            .map_or(Effect::None, |top| top.view.open(&ctx))
    }

    /// The view of a screen that is kept: closed before, or covered by others now.
    fn take_kept(&mut self, screen: &Screen) -> Option<Opened> {
        if !screen.is_kept() {
            return None;
        }
        let same = |opened: &Opened| discriminant(&opened.screen) == discriminant(screen);
        match self.stack.iter().position(same) {
            Some(at) => Some(self.stack.remove(at)),
            None => self.kept.take_if(|kept| same(kept)),
        }
    }

    fn open_again(&mut self, mut known: Opened, screen: Screen) -> Effect {
        known.screen = screen;
        self.stack.push(known);
        self.layout();
        let ctx = self.session.ctx();
        self.stack
            .last_mut()
            .map_or(Effect::None, |top| top.view.open_again(&top.screen, &ctx))
    }

    pub(super) fn back(&mut self) {
        if self.stack.len() > 1 {
            let closed = self.stack.pop();
            self.kept = closed
                .filter(|closed| closed.screen.is_kept())
                .or(self.kept.take());
            self.layout();
            return;
        }
        let scope = self.stack.last().map(|top| top.view.scope());
        let quit = scope.and_then(|scope| self.session.keys.key_for(scope, Action::Quit));
        if let Some(quit) = quit {
            self.say(format!("{quit} leaves the program"), false);
        }
    }

    pub(super) fn ask(&mut self, request: Request) {
        for answer in self
            .jobs
            .start(request, &self.session.library, self.reading)
        {
            self.answer(&answer);
        }
    }

    pub(super) fn copy(&mut self, text: String) {
        let words = text.split_whitespace().count();
        let plural = if words == 1 { "" } else { "s" };
        self.commands.push(Command::Copy(text));
        self.say(format!("copied {words} word{plural}"), false);
    }

    pub(super) fn open_url(&mut self, url: String) {
        let known = ["http://", "https://", "mailto:"];
        if let Some((address, _)) = url.split_once('?').filter(|it| it.0.starts_with("mailto:")) {
            // A mail program may attach a file of one's own to a letter that a link has prepared.
            self.say(
                format!("opening {address} without the letter it prepares"),
                true,
            );
            self.commands.push(Command::OpenUrl(address.to_owned()));
        } else if known.iter().any(|scheme| url.starts_with(scheme)) {
            self.say(format!("opening {url}"), false);
            self.commands.push(Command::OpenUrl(url));
        } else {
            self.say(
                format!("not opened, since it is no web address: {url}"),
                true,
            );
        }
    }

    pub(super) fn say(&mut self, text: impl Into<String>, warns: bool) {
        self.message = Some(Message {
            text: text.into(),
            warns,
        });
    }
}
