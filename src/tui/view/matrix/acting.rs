//! What keys do in the matrix: moving, ordering, choosing, opening.

use super::cell::Subject;
use super::grid::{SiteOrder, SubjectOrder};
use super::{MatrixView, Pick, site_name};
use crate::model::{ClauseId, Pair, Topic, on_one_line};
use crate::tui::action::Action;
use crate::tui::effect::{ComparePlace, Effect, Screen};
use crate::tui::keymap::Scope;
use crate::tui::picker::{self, Choice, Picked, Picker};
use crate::tui::view::Ctx;

impl MatrixView {
    pub(super) fn act(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Open => return self.open_evidence(ctx),
            Action::Read => return self.read(),
            Action::CompareWith => return self.compare(ctx),
            Action::SetBase => return self.set_base(ctx),
            Action::Copy => return self.copy(ctx),
            Action::Back => return self.back(ctx),
            Action::Clear => self.clear(ctx),
            Action::Find => self.find_site(ctx),
            Action::FilterAnswer => return self.pick_answer(ctx),
            Action::PickTopic => self.pick_topic(ctx),
            Action::NextTopic => self.step_topic(true, ctx),
            Action::PreviousTopic => self.step_topic(false, ctx),
            Action::AllTopics => self.show_topic(None, ctx),
            Action::ToggleShares => return self.toggle_shares(ctx),
            Action::Transpose => self.transpose(ctx),
            Action::SortQuestions => return self.sort_subjects(ctx),
            Action::SortSites => return self.sort_sites(ctx),
            Action::NextDifference => return self.step_difference(true, ctx),
            Action::PreviousDifference => return self.step_difference(false, ctx),
            Action::ScrollUp => self.panel.wheel(-1),
            Action::ScrollDown => self.panel.wheel(1),
            _ => {
                self.step(action);
                self.follow(ctx);
            }
        }
        Effect::None
    }

    fn step(&mut self, action: Action) {
        match action {
            Action::Up => self.rows.step(-1),
            Action::Down => self.rows.step(1),
            Action::Left => self.columns.step(-1),
            Action::Right => self.columns.step(1),
            Action::PageUp => self.rows.half_pages(-2),
            Action::PageDown => self.rows.half_pages(2),
            Action::HalfPageUp => self.rows.half_pages(-1),
            Action::HalfPageDown => self.rows.half_pages(1),
            Action::ScreenLeft => self.columns.half_pages(-2),
            Action::ScreenRight => self.columns.half_pages(2),
            Action::Top => self.rows.to(0),
            Action::Bottom => self.rows.to(usize::MAX),
            Action::FirstColumn => self.columns.to(0),
            Action::LastColumn => self.columns.to(usize::MAX),
            _ => {}
        }
    }

    /// The clause that the cell under the cursor rests on, if there is one.
    fn best(&self, ctx: &Ctx<'_>) -> Option<ClauseId> {
        let (line, site) = self.current()?;
        let policy = ctx.library.get(site)?.policy();
        let evidence = super::panel::evidence(self.survey.said(site)?, policy, line.subject);
        evidence.first().copied()
    }

    /// Enter: the reader at the sentence that answers.
    pub(super) fn open_evidence(&self, ctx: &Ctx<'_>) -> Effect {
        let Some((line, site)) = self.current() else {
            return Effect::None;
        };
        let Some(entry) = ctx.library.get(site) else {
            return Effect::None;
        };
        let Some(clause) = self.best(ctx) else {
            return self.say_silence(line.subject, ctx);
        };
        let clause = entry.policy().clauses.get(clause.index());
        Effect::Open(Screen::Reader {
            policy: site,
            at: clause.map(|clause| clause.text),
            topic: None,
        })
    }

    fn say_silence(&self, subject: Subject, ctx: &Ctx<'_>) -> Effect {
        let read = ctx.keys.key_for(Scope::Matrix, Action::Read);
        let read = read.map_or_else(String::new, |keys| format!("; {keys} reads the policy"));
        let known = self.current().and_then(|(_, site)| self.survey.said(site));
        Effect::Say(match (known, subject) {
            (None, _) => "This policy has not been asked yet".to_owned(),
            (_, Subject::Question(_)) => format!("No sentence answers this question{read}"),
            (_, Subject::Share(_)) => format!("No clause speaks of this topic{read}"),
        })
    }

    fn read(&self) -> Effect {
        self.current().map_or(Effect::None, |(_, policy)| {
            Effect::Open(Screen::Reader {
                policy,
                at: None,
                topic: self.grid.topic,
            })
        })
    }

    fn compare(&self, ctx: &Ctx<'_>) -> Effect {
        let Some((line, site)) = self.current() else {
            return Effect::None;
        };
        match self.grid.base {
            Some(base) if base != site => Effect::Open(Screen::Compare {
                pair: Pair::new(base, site),
                at: Some(match line.subject {
                    Subject::Question(place) => ComparePlace::Question(place),
                    Subject::Share(topic) => ComparePlace::Topic(topic),
                }),
            }),
            Some(_) => Effect::Say("This is the base; go to another site".to_owned()),
            None => {
                let keys = ctx.keys.key_for(Scope::Matrix, Action::SetBase);
                let keys = keys.map_or_else(String::new, ToString::to_string);
                Effect::Say(format!("First make a site the base with {keys}"))
            }
        }
    }

    /// Makes the site under the cursor the base, or ends that.
    fn set_base(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some((_, site)) = self.current() else {
            return Effect::None;
        };
        let ends = self.grid.base == Some(site);
        self.grid.base = (!ends).then_some(site);
        if ends && self.grid.site_order == SiteOrder::Likeness {
            self.grid.site_order = SiteOrder::Name;
        }
        self.refresh(ctx);
        Effect::Say(if ends {
            "There is no base any more".to_owned()
        } else {
            format!(
                "{} is the base: the others are held against it",
                site_name(site, ctx)
            )
        })
    }

    fn copy(&self, ctx: &Ctx<'_>) -> Effect {
        let policy = self.current().and_then(|(_, site)| ctx.library.get(site));
        match policy.zip(self.best(ctx)) {
            Some((entry, clause)) => {
                let text = on_one_line(entry.policy().clause_text(clause));
                Effect::Copy(format!("“{text}” — {}", entry.policy().source_note()))
            }
            None => Effect::Say("There is no sentence to copy".to_owned()),
        }
    }

    /// Esc: first out of the answer and the topic that are shown alone, then out of the view.
    fn back(&mut self, ctx: &Ctx<'_>) -> Effect {
        if self.grid.only.is_some() {
            self.show_only(None, ctx);
            return Effect::None;
        }
        if self.grid.topic.is_some() {
            self.show_topic(None, ctx);
            return Effect::None;
        }
        Effect::Back
    }

    fn clear(&mut self, ctx: &Ctx<'_>) {
        self.grid.topic = None;
        self.grid.only = None;
        self.grid.base = None;
        self.grid.site_order = SiteOrder::Name;
        self.refresh(ctx);
    }

    fn transpose(&mut self, ctx: &Ctx<'_>) {
        let (row, column) = (self.rows.cursor(), self.columns.cursor());
        self.transposed = !self.transposed;
        self.lay(ctx);
        self.rows.to(column);
        self.columns.to(row);
        self.follow(ctx);
    }

    fn sort_subjects(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.grid.order = match self.grid.order {
            SubjectOrder::Difference => SubjectOrder::Topic,
            SubjectOrder::Topic => SubjectOrder::Difference,
        };
        self.settled = true;
        self.refresh(ctx);
        self.subjects().to(0);
        self.follow(ctx);
        Effect::Say(match self.grid.order {
            SubjectOrder::Difference => "What sites differ on most comes first".to_owned(),
            SubjectOrder::Topic => "Topic by topic".to_owned(),
        })
    }

    /// Sites by name, by likeness to the base where there is one, and by what they say on the subject under
    /// the cursor; in turn.
    fn sort_sites(&mut self, ctx: &Ctx<'_>) -> Effect {
        let here = self.current().map(|(line, _)| line.subject);
        self.grid.site_order = match (self.grid.site_order, here) {
            (SiteOrder::Name, _) if self.grid.base.is_some() => SiteOrder::Likeness,
            (SiteOrder::Name | SiteOrder::Likeness, Some(subject)) => SiteOrder::Answer(subject),
            // Gone to another subject, one wants the sites by that.
            (SiteOrder::Answer(by), Some(subject)) if by != subject => SiteOrder::Answer(subject),
            _ => SiteOrder::Name,
        };
        self.settled = true;
        self.refresh(ctx);
        self.sites().to(0);
        self.follow(ctx);
        Effect::Say(match self.grid.site_order {
            SiteOrder::Name => "Sites by name".to_owned(),
            SiteOrder::Answer(Subject::Question(_)) => {
                "Sites by what they answer to this question: yes, no, conditional, not stated"
                    .to_owned()
            }
            SiteOrder::Answer(Subject::Share(_)) => {
                "Sites that speak most of this topic come first".to_owned()
            }
            SiteOrder::Likeness => "Sites most like the base come first".to_owned(),
        })
    }

    /// To the next site that says something else on this subject: than the base, or, without one, than
    /// the site under the cursor.
    fn step_difference(&mut self, forward: bool, ctx: &Ctx<'_>) -> Effect {
        let Some((line, site)) = self.current() else {
            return Effect::None;
        };
        let cell = |site| super::cell::Cell::of(self.survey.said(site), line.subject);
        let against = cell(self.grid.base.unwrap_or(site));
        let here = self.grid.site_place(site).unwrap_or(0);
        let differs = |place: &usize| {
            let site = self.grid.sites.get(*place);
            site.is_some_and(|site| cell(site.id).differs(against))
        };
        let found = if forward {
            (here + 1..self.grid.sites.len()).find(differs)
        } else {
            (0..here).rev().find(differs)
        };
        let Some(place) = found else {
            let side = if forward { "after" } else { "before" };
            return Effect::Say(format!("No site {side} this one answers otherwise"));
        };
        self.sites().to(place);
        self.follow(ctx);
        Effect::None
    }

    fn toggle_shares(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.grid.shares = !self.grid.shares;
        let has = |topic| self.topics(ctx).iter().any(|(known, _)| *known == topic);
        let lost = self.grid.topic.filter(|topic| !has(*topic));
        if lost.is_some() {
            self.grid.topic = None;
        }
        self.refresh(ctx);
        lost.map_or(Effect::None, |topic| {
            let topic = topic.label();
            Effect::Say(format!("There is no question on {topic}: all are shown"))
        })
    }

    fn show_topic(&mut self, topic: Option<Topic>, ctx: &Ctx<'_>) {
        self.grid.topic = topic;
        self.refresh(ctx);
    }

    /// The topics there are subjects on.
    fn topics(&self, ctx: &Ctx<'_>) -> Vec<(Topic, usize)> {
        let questions = ctx.library.questions();
        let count = |topic| match self.grid.shares {
            true => 1,
            false => questions
                .iter()
                .filter(|question| question.topic == topic)
                .count(),
        };
        let all = Topic::ALL.into_iter().map(|topic| (topic, count(topic)));
        all.filter(|(_, count)| *count > 0).collect()
    }

    fn step_topic(&mut self, forward: bool, ctx: &Ctx<'_>) {
        let mut all = vec![None];
        all.extend(self.topics(ctx).into_iter().map(|(topic, _)| Some(topic)));
        let at = all
            .iter()
            .position(|topic| *topic == self.grid.topic)
            .unwrap_or(0);
        let step = if forward { 1 } else { all.len() - 1 };
        self.show_topic(all[(at + step) % all.len()], ctx);
    }

    fn pick_topic(&mut self, ctx: &Ctx<'_>) {
        let mut choices = vec![Choice {
            value: Pick::Topic(None),
            label: "all".to_owned(),
            detail: "every topic".to_owned(),
        }];
        choices.extend(self.topics(ctx).into_iter().map(|(topic, count)| {
            let plural = if count == 1 { "" } else { "s" };
            let detail = if self.grid.shares {
                topic.about().to_owned()
            } else {
                format!("{count} question{plural}")
            };
            Choice {
                value: Pick::Topic(Some(topic)),
                label: format!("{} {}", topic.sign(), topic.label()),
                detail,
            }
        }));
        let present = Pick::Topic(self.grid.topic);
        self.pick("topic", choices, present);
    }

    fn find_site(&mut self, ctx: &Ctx<'_>) {
        let choices = picker::policies(ctx.library)
            .into_iter()
            .map(|choice| Choice {
                value: Pick::Site(choice.value),
                label: choice.label,
                detail: choice.detail,
            });
        if let Some((_, site)) = self.current() {
            self.pick("site", choices.collect(), Pick::Site(site));
        }
    }

    pub(super) fn pick(&mut self, lead: &str, choices: Vec<Choice<Pick>>, present: Pick) {
        let mut picker = Picker::new(lead, choices);
        picker.layout(self.places.area);
        picker.select(|pick| *pick == present);
        self.picker = Some(picker);
    }

    pub(super) fn update_picker(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        let picked = self.picker.as_mut().map(|picker| picker.update(action));
        picked.map_or(Effect::None, |picked| self.picked(picked, ctx))
    }

    pub(super) fn picked(&mut self, picked: Picked<Pick>, ctx: &Ctx<'_>) -> Effect {
        let chosen = match picked {
            Picked::Open => return Effect::None,
            Picked::Cancelled => None,
            Picked::Chosen(pick) => Some(pick),
        };
        self.picker = None;
        match chosen {
            None => {}
            Some(Pick::Topic(topic)) => self.show_topic(topic, ctx),
            Some(Pick::Answer(only)) => {
                self.show_only(only, ctx);
                if let Some(narrowed) = self.narrowed_by(ctx) {
                    return Effect::Say(narrowed);
                }
            }
            Some(Pick::Site(site)) => {
                if let Some(place) = self.grid.site_place(site) {
                    self.sites().to(place);
                }
                self.follow(ctx);
            }
        }
        Effect::None
    }
}
