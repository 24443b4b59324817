//! The sites by what they answer to one question: sorted, narrowed to one answer, counted.

use super::cell::{Cell, STEPS, Subject, answer_signs};
use super::grid::SiteOrder;
use super::survey::Survey;
use super::{MatrixView, Pick};
use crate::library::PolicyId;
use crate::model::Answer;
use crate::tui::effect::Effect;
use crate::tui::glyphs::Glyph;
use crate::tui::picker::Choice;
use crate::tui::text::{sanitize, truncate, width};
use crate::tui::view::{Ctx, GAP, View};

/// Columns that the name of a question takes at least.
const NAMED: usize = 16;

/// What a site comes to on a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    Answer(Answer),
    /// Silent, and its text is not understood.
    InDoubt,
}

impl Stated {
    /// Everything that a site can come to, in the order in which it is counted.
    const ALL: [Self; 5] = [
        Self::Answer(Answer::Yes),
        Self::Answer(Answer::No),
        Self::Answer(Answer::Conditional),
        Self::Answer(Answer::NotStated),
        Self::InDoubt,
    ];

    fn of(site: PolicyId, subject: Subject, survey: &Survey) -> Option<Self> {
        match Cell::of(survey.said(site), subject) {
            Cell::Answer(answer, _) => Some(Self::Answer(answer)),
            Cell::Doubtful => Some(Self::InDoubt),
            Cell::Waiting | Cell::Share(..) => None,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Answer(answer) => answer.label(),
            Self::InDoubt => "In doubt",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Answer(answer) => answer_signs(answer).0,
            Self::InDoubt => Glyph::Doubtful,
        }
    }
}

/// The one answer that sites are shown of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Only {
    subject: Subject,
    stated: Stated,
}

impl Only {
    /// Whether a site gives the answer.
    pub(super) fn holds(self, site: PolicyId, survey: &Survey) -> bool {
        Stated::of(site, self.subject, survey) == Some(self.stated)
    }
}

/// Where a site stands when sites are sorted by what they say on a subject: answers in their order, silence
/// behind them, then what is in doubt, then what is not known yet; of topics, the greatest share first.
pub(super) fn rank(site: PolicyId, subject: Subject, survey: &Survey) -> usize {
    match Cell::of(survey.said(site), subject) {
        Cell::Share(step, _) => usize::from(STEPS.saturating_sub(step)),
        Cell::Answer(answer, _) => {
            let place = Stated::ALL
                .iter()
                .position(|it| *it == Stated::Answer(answer));
            place.unwrap_or(0)
        }
        Cell::Doubtful => usize::from(STEPS) + 1,
        Cell::Waiting => usize::from(STEPS) + 2,
    }
}

impl MatrixView {
    /// How many sites come to what on a question, over the whole library.
    fn tally(&self, subject: Subject, ctx: &Ctx<'_>) -> Vec<(Stated, usize)> {
        let count = |stated| {
            let only = Only { subject, stated };
            ctx.library
                .ids()
                .filter(|id| only.holds(*id, &self.survey))
                .count()
        };
        Stated::ALL.map(|stated| (stated, count(stated))).to_vec()
    }

    /// Lets a person choose the answer to the question under the cursor whose sites are shown.
    pub(super) fn pick_answer(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some((line, _)) = self.current() else {
            return Effect::None;
        };
        let Subject::Question(_) = line.subject else {
            return Effect::Say(
                "Sites are narrowed by an answer to a question; tab shows them".to_owned(),
            );
        };
        let mut choices = vec![Choice {
            value: Pick::Answer(None),
            label: "all".to_owned(),
            detail: "whatever they answer".to_owned(),
        }];
        let some = self
            .tally(line.subject, ctx)
            .into_iter()
            .filter(|it| it.1 > 0);
        choices.extend(some.map(|(stated, count)| {
            let why = match stated {
                Stated::InDoubt => ", silent, but not read as a policy in English",
                Stated::Answer(_) => "",
            };
            Choice {
                value: Pick::Answer(Some(Only {
                    subject: line.subject,
                    stated,
                })),
                label: format!("{} {}", ctx.glyph(stated.glyph()), stated.label()),
                detail: format!("{}{why}", super::counted(count, "site")),
            }
        }));
        self.pick("answer", choices, Pick::Answer(self.grid.only));
        Effect::None
    }

    /// Shows the sites that give an answer alone, or all again.
    pub(super) fn show_only(&mut self, only: Option<Only>, ctx: &Ctx<'_>) {
        self.grid.only = only;
        self.refresh(ctx);
    }

    /// What the sites answer to the question that they are sorted or narrowed by: how many what. The
    /// cursor may be elsewhere, so the question is named as far as `room` columns allow.
    pub(super) fn told_answers(&self, room: usize, ctx: &Ctx<'_>) -> Option<String> {
        let sorted = match self.grid.site_order {
            SiteOrder::Answer(subject @ Subject::Question(_)) => Some(subject),
            _ => None,
        };
        if let Some(Only { subject, stated }) = self.grid.only {
            let counts = self.told_of(subject, stated, ctx);
            let others = stated.label().len() + " to : ".len() + width(&counts);
            let name = self.named(subject, room.saturating_sub(others), ctx);
            let to = name.map_or_else(String::new, |name| format!(" to {name}"));
            return Some(format!("{}{to}: {counts}", stated.label()));
        }
        let tally = self.tally(sorted?, ctx).into_iter().filter(|it| it.1 > 0);
        let said = tally.map(|(stated, count)| format!("{} {count}", ctx.glyph(stated.glyph())));
        let said = said.collect::<Vec<_>>().join("  ");
        let name = self.named(sorted?, room.saturating_sub(width(&said) + 2), ctx);
        Some(name.map_or(said.clone(), |name| format!("{name}: {said}")))
    }

    /// The columns of the title line for what sites answer, beside the other parts of the state; where
    /// these leave no room to name the question, what stands behind it gives way.
    pub(super) fn room_for_answers(&self, others: &[String], ctx: &Ctx<'_>) -> usize {
        let columns = usize::from(self.places.area.width);
        let taken = self.title(ctx).width() + GAP + 2;
        let whole = columns.saturating_sub(taken);
        let others: usize = others.iter().map(|part| width(part) + 3).sum();
        match whole.saturating_sub(others) {
            room if room >= 3 * NAMED => room,
            _ => whole,
        }
    }

    /// Of how many sites an answer is the one to a question, and which are left out.
    fn told_of(&self, subject: Subject, stated: Stated, ctx: &Ctx<'_>) -> String {
        let dot = ctx.glyph(Glyph::Dot);
        let tally = self.tally(subject, ctx);
        let count = |wanted| tally.iter().find(|it| it.0 == wanted).map_or(0, |it| it.1);
        let (shown, all) = (count(stated), ctx.library.ids().count());
        let doubtful = match count(Stated::InDoubt) {
            0 => String::new(),
            _ if stated != Stated::Answer(Answer::NotStated) => String::new(),
            doubtful => format!(" {dot} {doubtful} in doubt left out"),
        };
        format!("{shown} of {all}{doubtful}")
    }

    /// A question in quotes, cut to so many columns; none where hardly a word of it fits.
    fn named(&self, subject: Subject, room: usize, ctx: &Ctx<'_>) -> Option<String> {
        let Subject::Question(place) = subject else {
            return None;
        };
        let question = ctx.library.questions().get(place)?;
        let room = room.checked_sub(2).filter(|room| *room >= NAMED)?;
        let text = sanitize(&question.text);
        let text = truncate(&text, room, ctx.glyph(Glyph::Ellipsis));
        let (opens, closes) = (ctx.glyph(Glyph::QuoteOpen), ctx.glyph(Glyph::QuoteClose));
        Some(format!("{opens}{text}{closes}"))
    }

    /// Which sites are shown, when they are narrowed by an answer.
    pub(super) fn narrowed_by(&self, ctx: &Ctx<'_>) -> Option<String> {
        let Only { subject, stated } = self.grid.only?;
        let Subject::Question(place) = subject else {
            return None;
        };
        let question = ctx.library.questions().get(place)?;
        let (opens, closes) = (ctx.glyph(Glyph::QuoteOpen), ctx.glyph(Glyph::QuoteClose));
        let text = sanitize(&question.text);
        let stated = stated.label();
        Some(format!(
            "only sites whose answer to {opens}{text}{closes} is: {stated}"
        ))
    }
}
