//! Opening the questions, and going from an answer to the sentence that proves it.

use super::{Focus, ReaderView};
use crate::tui::effect::{Effect, Request};

impl ReaderView {
    /// Opens the panel, gives it the keys, or closes it.
    pub(super) fn show_questions(&mut self) -> Effect {
        let open = self.focus != Focus::Questions;
        self.focus = if open { Focus::Questions } else { Focus::Text };
        if open != self.questions.is_open() {
            self.turn_questions();
            self.questions.set_open(open);
            self.split();
        }
        self.ask_questions()
    }

    /// Asks for the answers where they are shown and not there yet.
    pub(super) fn ask_questions(&self) -> Effect {
        let shown = self.explained.is_open() || self.questions.is_open();
        if shown && !self.questions.are_answered() {
            return Effect::Ask(Request::Answers(self.subject.id));
        }
        Effect::None
    }

    /// Turns the panel to the topic shown alone, else to that of the clause under the cursor.
    pub(super) fn turn_questions(&mut self) {
        let clause = self.pane.current().and_then(|stop| stop.clause);
        let labels = self.subject.labels.as_ref();
        let main = clause.and_then(|clause| labels?.of(clause).main());
        self.questions.turn_to(self.subject.topic.or(main), clause);
    }

    /// To the sentence that proves the answer under the cursor; another time to the next one.
    pub(super) fn go_to_proof(&mut self) -> Effect {
        if !self.questions.are_answered() {
            return Effect::Say("the answers are still being found".to_owned());
        }
        let Some((proof, nth, count)) = self.questions.go() else {
            return Effect::Say("no sentence answers this".to_owned());
        };
        let labels = self.subject.labels.as_ref();
        let hidden = self
            .subject
            .topic
            .is_some_and(|topic| !labels.is_some_and(|labels| labels.of(proof.clause).has(topic)));
        if hidden {
            self.show_topic(None);
        }
        if self.areas.questions_cover() {
            self.leave_pane();
        }
        let clause = self.subject.policy.clauses.get(proof.clause.index());
        if let Some(text) = clause.map(|clause| clause.text) {
            self.pane.show(text);
        }
        if self.focus == Focus::Text {
            self.follow();
        }
        let says = proof.answer.label();
        if count == 1 {
            return Effect::Say(format!("{says}: the only sentence"));
        }
        Effect::Say(format!("{says}: sentence {nth} of {count}"))
    }
}
