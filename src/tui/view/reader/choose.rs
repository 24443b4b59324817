//! Choosing a topic or a link, and what is done with the clause under the cursor.

use super::{ReaderView, filter};
use crate::model::{ClauseId, Topic, on_one_line};
use crate::tui::effect::Effect;
use crate::tui::explain;
use crate::tui::over::{Outcome, Over};
use crate::tui::picker::{Choice, Picker};
use crate::tui::text::sanitize;

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// A topic to show alone; none shows all.
    Topic(Option<Topic>),
    /// A link to open.
    Link(String),
}

impl ReaderView {
    pub(super) fn show_topic(&mut self, topic: Option<Topic>) -> Effect {
        self.subject.topic = topic;
        self.subject.choose_parts();
        let (policy, parts) = (&self.subject.policy, &self.subject.parts);
        self.search.again(&policy.text, parts);
        self.lay();
        self.go_on_topic();
        self.follow();
        Effect::None
    }

    /// Moves the cursor on to a clause that has the topic shown alone.
    pub(super) fn go_on_topic(&mut self) {
        let (Some(topic), Some(labels)) = (self.subject.topic, &self.subject.labels) else {
            return;
        };
        let here = self.pane.current().and_then(|stop| stop.clause);
        let on = |id: &ClauseId| labels.of(*id).has(topic);
        if here.as_ref().is_some_and(on) {
            return;
        }
        let after = |id: &ClauseId| here.is_none_or(|here| *id >= here);
        let mut all = labels.clauses_on(topic).peekable();
        let first = all.peek().copied();
        let target = all.find(after).or(first);
        let clauses = &self.subject.policy.clauses;
        if let Some(clause) = target.and_then(|id| clauses.get(id.index())) {
            self.pane.show(clause.text);
        }
    }

    /// Goes to the topic after, or before, the present one among those that occur.
    pub(super) fn step_topic(&mut self, forward: bool) -> Effect {
        let Some(labels) = &self.subject.labels else {
            return Effect::Say("the topics are still being found".to_owned());
        };
        let mut all = vec![None];
        all.extend(
            filter::topics(labels)
                .into_iter()
                .map(|(topic, _)| Some(topic)),
        );
        let at = all.iter().position(|topic| *topic == self.subject.topic);
        let step = if forward { 1 } else { all.len() - 1 };
        let next = (at.unwrap_or(0) + step) % all.len();
        self.show_topic(all[next])
    }

    pub(super) fn pick_topic(&mut self) -> Effect {
        let Some(labels) = &self.subject.labels else {
            return Effect::Say("the topics are still being found".to_owned());
        };
        let mut choices = vec![Choice {
            value: Pick::Topic(None),
            label: "all".to_owned(),
            detail: "the whole policy".to_owned(),
        }];
        choices.extend(filter::topics(labels).into_iter().map(|(topic, count)| {
            let plural = if count == 1 { "" } else { "s" };
            Choice {
                value: Pick::Topic(Some(topic)),
                label: format!("{} {}", topic.sign(), topic.label()),
                detail: format!("{count} clause{plural}"),
            }
        }));
        let mut picker = Picker::new("topic", choices);
        let present = Pick::Topic(self.subject.topic);
        picker.select(|pick| *pick == present);
        self.over = Some(Over::picker(picker, self.areas.whole));
        Effect::None
    }

    /// What follows from an action on what lies over the text.
    pub(super) fn after(&mut self, outcome: Outcome<Pick>) -> Effect {
        let chosen = match outcome {
            Outcome::Stays(effect) => return effect,
            Outcome::Goes => None,
            Outcome::Chosen(pick) => Some(pick),
        };
        self.over = None;
        match chosen {
            None => Effect::None,
            Some(Pick::Topic(topic)) => self.show_topic(topic),
            Some(Pick::Link(url)) => Effect::OpenUrl(url),
        }
    }

    /// The targets of the links in the clause under the cursor.
    fn links(&self) -> Vec<String> {
        let policy = &self.subject.policy;
        let Some(stop) = self.pane.current() else {
            return Vec::new();
        };
        let first = policy
            .runs
            .partition_point(|run| run.text.end <= stop.text.start);
        let mut links: Vec<u32> = policy.runs[first..]
            .iter()
            .take_while(|run| run.text.start < stop.text.end)
            .filter_map(|run| run.link)
            .collect();
        links.dedup();
        links
            .into_iter()
            .filter_map(|link| policy.links.get(link as usize).cloned())
            .collect()
    }

    /// Opens the link in the clause under the cursor; of several, the one that is then chosen.
    pub(super) fn open_link(&mut self) -> Effect {
        let mut links = self.links();
        match (links.pop(), links.is_empty()) {
            (None, _) => Effect::Say("no link in this clause".to_owned()),
            (Some(link), true) => Effect::OpenUrl(link),
            (Some(last), false) => {
                links.push(last);
                let choices = links.into_iter().map(|link| Choice {
                    label: sanitize(&link).into_owned(),
                    detail: String::new(),
                    value: Pick::Link(link),
                });
                let picker = Picker::new("link", choices.collect());
                self.over = Some(Over::picker(picker, self.areas.whole));
                Effect::None
            }
        }
    }

    /// Opens the archived page, or else the page itself.
    pub(super) fn open_address(&self) -> Effect {
        explain::address(&self.subject.policy).map_or_else(
            || Effect::Say("the file does not say where its page is".to_owned()),
            |url| Effect::OpenUrl(url.to_owned()),
        )
    }

    /// Copies the clause under the cursor as a quotation with its source.
    pub(super) fn copy(&self) -> Effect {
        self.pane.current().map_or(Effect::None, |stop| {
            let text = on_one_line(stop.text.of(&self.subject.policy.text));
            Effect::Copy(format!("“{text}” — {}", self.subject.policy.source_note()))
        })
    }
}
