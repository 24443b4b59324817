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
use crate::tui::text::sanitize;
use crate::tui::view::Ctx;

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

    /// What the sites answer to the question that they are sorted or narrowed by: how many what.
    pub(super) fn told_answers(&self, ctx: &Ctx<'_>) -> Option<String> {
        let sorted = match self.grid.site_order {
            SiteOrder::Answer(subject @ Subject::Question(_)) => Some(subject),
            _ => None,
        };
        let dot = ctx.glyph(Glyph::Dot);
        if let Some(Only { subject, stated }) = self.grid.only {
            let tally = self.tally(subject, ctx);
            let count = |wanted| tally.iter().find(|it| it.0 == wanted).map_or(0, |it| it.1);
            let (shown, all) = (count(stated), ctx.library.ids().count());
            let doubtful = match count(Stated::InDoubt) {
                0 => String::new(),
                _ if stated != Stated::Answer(Answer::NotStated) => String::new(),
                doubtful => format!(" {dot} {doubtful} in doubt left out"),
            };
            return Some(format!("{}: {shown} of {all}{doubtful}", stated.label()));
        }
        let tally = self.tally(sorted?, ctx).into_iter().filter(|it| it.1 > 0);
        let said = tally.map(|(stated, count)| format!("{} {count}", ctx.glyph(stated.glyph())));
        Some(said.collect::<Vec<_>>().join("  "))
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
