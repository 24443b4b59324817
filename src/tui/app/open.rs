//! Which view shows which screen: the one place that knows all views.

use crate::tui::effect::Screen;
use crate::tui::view::compare::CompareView;
use crate::tui::view::help::HelpView;
use crate::tui::view::issues::IssuesView;
use crate::tui::view::library::LibraryView;
use crate::tui::view::matrix::MatrixView;
use crate::tui::view::reader::ReaderView;
use crate::tui::view::search::SearchView;
use crate::tui::view::timeline::TimelineView;
use crate::tui::view::{Ctx, View};

/// The view for a screen; none when it is about a policy that the library does not hold.
pub(super) fn view(screen: &Screen, ctx: &Ctx<'_>) -> Option<Box<dyn View>> {
    Some(match *screen {
        Screen::Library => Box::new(LibraryView::new()),
        Screen::Reader { policy, at, topic } => Box::new(ReaderView::new(policy, at, topic, ctx)?),
        Screen::Compare { pair, at } => Box::new(CompareView::new(pair, at, ctx)?),
        Screen::Timeline { policy } => Box::new(TimelineView::new(policy, ctx)?),
        Screen::Matrix { base } => Box::new(MatrixView::new(base)),
        Screen::Search { like, ref words } => {
            Box::new(SearchView::new(like, words.as_deref(), ctx))
        }
        Screen::Issues => Box::new(IssuesView::new(ctx)),
        Screen::Help { scope } => Box::new(HelpView::new(scope, ctx)),
    })
}
