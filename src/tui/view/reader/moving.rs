//! Moving: through the text, the outline, from section to section.

use super::{Focus, ReaderView};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::text::Part;

impl ReaderView {
    pub(super) fn step_section(&mut self, forward: bool) {
        let Some(here) = self.pane.current().map(|stop| stop.text.start) else {
            return;
        };
        let sections = &self.subject.policy.sections;
        let shown = |at: u32| {
            let start = |part: &Part| matches!(part, Part::Text { text, .. } if text.start == at);
            self.subject.parts.iter().any(start)
        };
        let mut starts = sections.iter().filter_map(|section| {
            let block = self.subject.policy.blocks.get(section.block as usize)?;
            Some(block.text.start)
        });
        let target = if forward {
            starts.find(|&at| at > here && shown(at))
        } else {
            starts.rfind(|&at| at < here && shown(at))
        };
        match (target, forward) {
            (Some(at), _) => self.pane.show_at_top(at),
            (None, true) => self.pane.last(),
            (None, false) => self.pane.first(),
        }
    }

    pub(super) fn next_pane(&mut self) -> Effect {
        let asked = self.questions.is_open();
        if self.outline.is_empty() && !asked {
            return Effect::Say("no headings were found, so there is no outline".to_owned());
        }
        match self.focus {
            Focus::Text if !self.outline.is_empty() => self.focus = Focus::Outline,
            Focus::Text | Focus::Outline if asked => self.focus = Focus::Questions,
            _ => self.leave_pane(),
        }
        Effect::None
    }

    /// Back to the text; a panel that lies over all of it closes.
    pub(super) fn leave_pane(&mut self) {
        let over = self.focus == Focus::Questions && self.areas.questions_cover();
        self.focus = Focus::Text;
        if over {
            self.questions.set_open(false);
            self.split();
        }
    }

    /// Jumps to the heading under the cursor of the outline.
    pub(super) fn jump(&mut self) {
        self.focus = Focus::Text;
        let Some(at) = self.outline.target() else {
            return;
        };
        // The heading itself may be folded away; what follows it is then shown.
        match at {
            0 => self.pane.first(),
            at => self.pane.show_at_top(at),
        }
    }

    pub(super) fn update_outline(&mut self, action: Action) -> bool {
        if matches!(action, Action::Open | Action::Right) {
            self.jump();
            return true;
        }
        self.outline.scroll_mut().follow(action)
    }

    pub(super) fn update_text(&mut self, action: Action) -> bool {
        match action {
            Action::Up => self.pane.up(),
            Action::Down => self.pane.down(),
            Action::ScrollUp => self.pane.wheel(-1),
            Action::ScrollDown => self.pane.wheel(1),
            Action::PageUp => self.pane.page(-2),
            Action::PageDown => self.pane.page(2),
            Action::HalfPageUp => self.pane.page(-1),
            Action::HalfPageDown => self.pane.page(1),
            Action::Top => self.pane.first(),
            Action::Bottom => self.pane.last(),
            _ => return false,
        }
        true
    }
}
