//! Choosing: another policy for a side, the topic that is shown.

use super::{Chosen, CompareView, Ctx};
use crate::compare::{By, Verdict};
use crate::model::{Side, Topic};
use crate::tui::effect::Effect;
use crate::tui::picker::{Choice, Picked, Picker, policies};
use crate::tui::scroll::Scroll;

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
        let choices = policies(ctx.library).into_iter().map(|choice| Choice {
            value: Chosen::Policy(side, choice.value),
            label: choice.label,
            detail: choice.detail,
        });
        let lead = if side == Side::Left {
            "left side"
        } else {
            "right side"
        };
        let mut picker = Picker::new(lead, choices.collect());
        let now = self.pair[side];
        picker.select(|chosen| *chosen == Chosen::Policy(side, now));
        picker.layout(self.places.whole);
        self.picker = Some(picker);
    }

    pub(super) fn pick_topic(&mut self) {
        let all = Choice {
            value: Chosen::Topic(None),
            label: "all".to_owned(),
            detail: "Every topic".to_owned(),
        };
        let topics = self.spoken().into_iter().map(|topic| Choice {
            value: Chosen::Topic(Some(topic)),
            label: topic.id().to_owned(),
            detail: topic.about().to_owned(),
        });
        let mut picker = Picker::new("topic", std::iter::once(all).chain(topics).collect());
        let now = self.shown.topic;
        picker.select(|chosen| *chosen == Chosen::Topic(now));
        picker.layout(self.places.whole);
        self.picker = Some(picker);
    }

    pub(super) fn picked(&mut self, picked: Picked<Chosen>, ctx: &Ctx<'_>) -> Effect {
        match picked {
            Picked::Open => return Effect::None,
            Picked::Cancelled => self.picker = None,
            Picked::Chosen(chosen) => {
                self.picker = None;
                match chosen {
                    Chosen::Topic(topic) => self.set_topic(topic, ctx),
                    Chosen::Policy(side, id) => {
                        self.pair[side] = id;
                        // Questions can be put to any pair; text or topic depends on it.
                        self.by = self.by.filter(|by| *by == By::Practice);
                        self.scroll = Scroll::default();
                        return self.ask();
                    }
                }
            }
        }
        Effect::None
    }
}
