//! Choosing: another policy for a side, the topic that is shown.

use super::{Chosen, CompareView, Ctx};
use crate::compare::Verdict;
use crate::model::{Side, Topic};
use crate::tui::effect::Effect;
use crate::tui::over::{Outcome, Over};
use crate::tui::picker::{Choice, Picker, policies, versions};

impl CompareView {
    pub(super) fn set_topic(&mut self, topic: Option<Topic>, ctx: &Ctx<'_>) {
        self.shown.topic = topic;
        self.refresh(ctx);
        if topic.is_some() {
            self.scroll.place(0, 0);
        }
    }

    /// The topics of which either side speaks.
    pub(super) fn spoken(&self) -> Vec<Topic> {
        let Some(comparison) = &self.comparison else {
            return Vec::new();
        };
        let topics = comparison.topics.iter().map(|f| (f.topic, f.verdict));
        let practices = comparison.practices.iter();
        let verdicts: Vec<(Topic, Verdict)> = topics
            .chain(practices.map(|found| (found.question.topic, found.verdict)))
            .collect();
        let spoken = |topic: &Topic| {
            let mut found = verdicts.iter().filter(|(on, _)| on == topic);
            found.any(|(_, verdict)| *verdict != Verdict::Neither)
        };
        Topic::ALL.into_iter().filter(spoken).collect()
    }

    pub(super) fn step_topic(&mut self, forward: bool, ctx: &Ctx<'_>) {
        let topics = self.spoken();
        let here = self
            .shown
            .topic
            .and_then(|topic| topics.iter().position(|t| *t == topic));
        let next = match (here, forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at.wrapping_sub(1),
            (None, true) => 0,
            (None, false) => topics.len().wrapping_sub(1),
        };
        self.set_topic(topics.get(next).copied(), ctx);
    }

    pub(super) fn pick_side(&mut self, side: Side, ctx: &Ctx<'_>) {
        let now = self.pair[side];
        let choices = policies(ctx.library)
            .into_iter()
            .map(|choice| choice.map(|id| Chosen::Policy(side, id)));
        let versions = versions(now, ctx)
            .into_iter()
            .map(|choice| choice.map(|place| Chosen::Version(side, now, place)));
        let lead = if side == Side::Left {
            "left side"
        } else {
            "right side"
        };
        let mut picker = Picker::new(lead, choices.chain(versions).collect());
        let place = ctx.library.get(now).map_or(0, |entry| entry.place);
        picker.select(|chosen| match *chosen {
            Chosen::Version(_, of, version) => of.is_opened() && version == place,
            chosen => chosen == Chosen::Policy(side, now),
        });
        self.over = Some(Over::picker(picker, self.places.whole));
    }

    pub(super) fn pick_topic(&mut self) {
        let all = Choice {
            value: Chosen::Topic(None),
            label: "all".to_owned(),
            detail: "Every topic".to_owned(),
        };
        let topics = self.spoken().into_iter().map(|topic| Choice {
            value: Chosen::Topic(Some(topic)),
            label: format!("{} {topic}", topic.sign()),
            detail: topic.about().to_owned(),
        });
        let mut picker = Picker::new("topic", std::iter::once(all).chain(topics).collect());
        let now = self.shown.topic;
        picker.select(|chosen| *chosen == Chosen::Topic(now));
        self.over = Some(Over::picker(picker, self.places.whole));
    }

    /// What follows from an action on what lies over the columns.
    pub(super) fn after(&mut self, outcome: Outcome<Chosen>, ctx: &Ctx<'_>) -> Effect {
        let chosen = match outcome {
            Outcome::Stays(effect) => return effect,
            Outcome::Goes => None,
            Outcome::Chosen(chosen) => Some(chosen),
        };
        self.over = None;
        match chosen {
            None => Effect::None,
            Some(Chosen::Policy(side, id)) => self.set_side(side, id),
            Some(Chosen::Version(side, of, place)) => self.ask_version(side, of, place),
            Some(Chosen::Topic(topic)) => {
                self.set_topic(topic, ctx);
                Effect::None
            }
        }
    }
}
