//! Which action does what to the text.

use super::search::Search;
use super::sync::Sync;
use super::{CompareView, Ctx};
use crate::compare::By;
use crate::model::Side;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Screen};
use crate::tui::scroll::Scroll;

impl CompareView {
    fn switch_by(&mut self) -> Effect {
        let now = self.comparison.as_ref().map(|comparison| comparison.by);
        self.by = Some(match now.or(self.by) {
            Some(By::Text) => By::Topic,
            Some(By::Topic) => By::Practice,
            Some(By::Practice) | None => By::Text,
        });
        self.scroll = Scroll::default();
        self.ask()
    }

    fn swap(&mut self) -> Effect {
        self.pair = self.pair.swapped();
        self.ask()
    }

    /// Esc: forget the search, part the ends of a move, bring the sides level, close the list of
    /// changes, show all topics, leave.
    fn back(&mut self, ctx: &Ctx<'_>) -> Effect {
        if !self.search.found.query().is_empty() {
            self.search = Search::default();
        } else if self.shown.level.is_some() {
            self.shown.level = None;
            self.refresh(ctx);
        } else if self.sync != Sync::default() {
            self.sync.level();
        } else if self.changes.is_open() || self.shown.class.is_some() {
            self.close_changes(ctx);
        } else if self.shown.topic.is_some() {
            self.set_topic(None, ctx);
        } else {
            return Effect::Back;
        }
        Effect::None
    }

    /// Carries out an action on the text.
    pub(super) fn update_text(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if action != Action::Explain {
            self.shown.grounds.rewind();
        }
        match action {
            Action::Back => return self.back(ctx),
            Action::NextDifference => return self.next_difference(true),
            Action::PreviousDifference => return self.next_difference(false),
            Action::ListChanges => self.toggle_changes(ctx),
            Action::SwitchBy => return self.switch_by(),
            Action::SwapSides => return self.swap(),
            Action::NextVersion => return self.step_version(true, ctx),
            Action::PreviousVersion => return self.step_version(false, ctx),
            Action::ClauseHistory => return self.open_life(ctx),
            Action::Timeline => {
                let policy = self.pair.right;
                return Effect::Open(Screen::Timeline { policy });
            }
            Action::ChangeLeft => self.pick_side(Side::Left, ctx),
            Action::ChangeRight => self.pick_side(Side::Right, ctx),
            Action::PickTopic => self.pick_topic(),
            Action::NextTopic => self.step_topic(true, ctx),
            Action::PreviousTopic => self.step_topic(false, ctx),
            Action::AllTopics => self.set_topic(None, ctx),
            Action::Open if self.is_in_cell() => return self.read_cell(ctx),
            Action::Fold | Action::Open => return self.toggle_fold(ctx),
            Action::FoldAll | Action::ToggleForm | Action::ToggleUnified => {
                return self.toggle(action, ctx);
            }
            Action::ToggleSync => return Effect::Say(self.sync.toggle().to_owned()),
            Action::Left if self.sync.apart().is_some() => self.sync.choose(Side::Left),
            Action::Right if self.sync.apart().is_some() => self.sync.choose(Side::Right),
            Action::Left if self.is_by_practice() => self.shown.cell = Side::Left,
            Action::Right if self.is_by_practice() => self.shown.cell = Side::Right,
            Action::JumpMove => return self.jump_move(),
            Action::LevelEnds => return self.level_ends(ctx),
            Action::Read | Action::ReadLeft => return self.read(Side::Left, ctx),
            Action::ReadRight => return self.read(Side::Right, ctx),
            Action::Copy => return self.copy(ctx),
            Action::OpenLink => return self.open_link(ctx),
            Action::Explain => {
                let lines = self.grounds(ctx);
                let area = self.panel();
                self.shown.grounds.turn(&lines, area);
                self.layout_again(ctx);
            }
            Action::Search => self.start_search(),
            Action::SearchNext => return self.step_search(true, ctx),
            Action::SearchPrevious => return self.step_search(false, ctx),
            Action::Clear => self.clear(ctx),
            _ => self.step(action),
        }
        Effect::None
    }

    /// Shows everything again: no search, no filter, the sides level.
    fn clear(&mut self, ctx: &Ctx<'_>) {
        self.search = Search::default();
        self.sync.level();
        self.shown.class = None;
        self.set_topic(None, ctx);
    }
}
