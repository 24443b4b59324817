//! The questions on a topic with what the policy answers: a panel beside or over the text. It follows
//! the text from topic to topic while the keys are in the text.

use crate::model::{Answer, Answers, ClauseId, PracticeAnswer, Proof, Question, TextRange, Topic};
use crate::tui::action::Action;
use crate::tui::glyphs::Glyph;
use crate::tui::scroll::Scroll;
use crate::tui::text::{fill, sanitize, truncate, wrap};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::ops::Range;
use std::sync::Arc;

/// Columns before the words of a question: a sign, the answer, and the space between.
const BEFORE: usize = 15;

/// Columns of the answer.
const ANSWER: usize = 12;

/// A question in the list.
#[derive(Debug)]
struct Entry {
    /// Its place in the list of questions.
    question: usize,
    /// The question, with what is to be known of the answer.
    words: String,
    /// Whether the clause under the cursor answers it.
    here: bool,
    /// The rows of the panel that it takes.
    rows: Range<usize>,
}

/// A row of the panel: a part of the words of an entry.
#[derive(Clone, Copy, Debug)]
struct Row {
    entry: usize,
    text: TextRange,
}

/// The questions of a policy.
#[derive(Debug, Default)]
pub(super) struct Questions {
    all: Vec<Question>,
    /// None until they are found.
    answers: Option<Arc<Answers>>,
    open: bool,
    /// The topic whose questions are listed; none lists all.
    topic: Option<Topic>,
    /// The clause under the cursor of the text.
    clause: Option<ClauseId>,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    columns: usize,
    scroll: Scroll,
    /// The sentence that was gone to last: its question, and its place in the evidence.
    proof: Option<(usize, usize)>,
}

impl Questions {
    pub(super) fn new(all: &[Question]) -> Self {
        Self {
            all: all.to_vec(),
            ..Self::default()
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn set_open(&mut self, open: bool) {
        self.open = open;
        self.list();
    }

    pub(super) fn are_answered(&self) -> bool {
        self.answers.is_some()
    }

    pub(super) fn take_answers(&mut self, answers: &Arc<Answers>) {
        self.answers = Some(Arc::clone(answers));
        self.list();
    }

    /// Takes over the size of the panel without its head.
    pub(super) fn resize(&mut self, columns: usize, height: usize) {
        if columns != self.columns {
            self.columns = columns;
            self.list();
        }
        self.scroll.resize(self.rows.len(), height);
    }

    /// Turns to the topic and the clause that the text has come to. Without a topic the last one
    /// stays; where no question is on it, all are listed.
    pub(super) fn turn_to(&mut self, topic: Option<Topic>, clause: Option<ClauseId>) {
        let asked = |topic: &Topic| self.all.iter().any(|question| question.topic == *topic);
        let topic = topic.map_or(self.topic, |topic| Some(topic).filter(asked));
        if (topic, clause) == (self.topic, self.clause) {
            return;
        }
        (self.topic, self.clause) = (topic, clause);
        self.list();
        self.scroll.place(0, 0);
    }

    /// The questions that a clause answers, with what it answers.
    pub(super) fn answered_by(&self, clause: ClauseId) -> Vec<(&Question, Answer)> {
        let Some(answers) = &self.answers else {
            return Vec::new();
        };
        let told = |place: usize| {
            let evidence = &answers.of(place).evidence;
            let proof = evidence.iter().find(|proof| proof.clause == clause)?;
            Some((self.all.get(place)?, proof.answer))
        };
        answers.answered_by(clause).filter_map(told).collect()
    }

    /// Lists the questions that the clause answers, of whatever topic, then the others on the topic.
    fn list(&mut self) {
        if !self.open {
            return;
        }
        let here = |place: usize| {
            let clause = self.clause?;
            let evidence = &self.answer(place)?.evidence;
            evidence.iter().find(|proof| proof.clause == clause)
        };
        let on = |place: &usize| self.all.get(*place).is_some_and(|q| self.is_listed(q));
        let answered = |place: &usize| here(*place).is_some();
        let (mut listed, others): (Vec<usize>, Vec<usize>) =
            (0..self.all.len()).partition(answered);
        listed.extend(others.into_iter().filter(on));
        let mut entries = Vec::with_capacity(listed.len());
        let mut rows = Vec::new();
        for place in listed {
            let words = self.words(place);
            let first = rows.len();
            let width = self.columns.saturating_sub(BEFORE).max(1);
            let lines = wrap(&words, TextRange::new(0, words.len()), width);
            rows.extend(lines.into_iter().map(|text| Row {
                entry: entries.len(),
                text,
            }));
            entries.push(Entry {
                question: place,
                words,
                here: here(place).is_some(),
                rows: first..rows.len(),
            });
        }
        (self.entries, self.rows) = (entries, rows);
        self.scroll.resize(self.rows.len(), self.scroll.height());
    }

    fn is_listed(&self, question: &Question) -> bool {
        self.topic.is_none_or(|topic| topic == question.topic)
    }

    /// The question, and what is to be known besides the answer.
    fn words(&self, place: usize) -> String {
        let Some(question) = self.all.get(place) else {
            return String::new();
        };
        let mut words = question.text.clone();
        if !self.is_listed(question) {
            words.push_str(&format!(" ({})", question.topic.id()));
        }
        let answer = self.answer(place);
        if answer.is_some_and(|answer| answer.contradicted) {
            words.push_str(" (sentences disagree)");
        }
        let wider = answer.and_then(|answer| self.all.get(answer.general?));
        if let Some(wider) = wider {
            words.push_str(&format!(" (by the general clause on {})", wider.id));
        }
        words
    }

    fn answer(&self, place: usize) -> Option<&PracticeAnswer> {
        Some(self.answers.as_ref()?.of(place))
    }

    fn current(&self) -> Option<&Entry> {
        let row = self.rows.get(self.scroll.cursor())?;
        self.entries.get(row.entry)
    }

    /// Carries out an action in the list; whether it is one for the list.
    pub(super) fn update(&mut self, action: Action) -> bool {
        match action {
            Action::Up => self.step(false),
            Action::Down => self.step(true),
            Action::PageUp => self.scroll.half_pages(-2),
            Action::PageDown => self.scroll.half_pages(2),
            Action::HalfPageUp => self.scroll.half_pages(-1),
            Action::HalfPageDown => self.scroll.half_pages(1),
            Action::Top => self.scroll.to(0),
            Action::Bottom => self.scroll.to(usize::MAX),
            _ => return false,
        }
        true
    }

    /// To the next question, or the one before.
    fn step(&mut self, down: bool) {
        let Some(row) = self.rows.get(self.scroll.cursor()) else {
            return;
        };
        let next = if down {
            row.entry + 1
        } else {
            row.entry.saturating_sub(1)
        };
        if let Some(rows) = self.entries.get(next).map(|entry| entry.rows.clone()) {
            self.scroll.to(rows.start);
            self.scroll.reveal(rows);
        }
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    /// Puts the cursor on a row of the window; whether there is a question.
    pub(super) fn click(&mut self, row: usize) -> bool {
        let at = self.scroll.top() + row;
        let there = at < self.rows.len();
        if there {
            self.scroll.to(at);
        }
        there
    }

    /// Goes to the sentence that proves the answer under the cursor, and from there to the next one:
    /// the proof, which one it is, and of how many. None where nothing is stated.
    pub(super) fn go(&mut self) -> Option<(Proof, usize, usize)> {
        let question = self.current()?.question;
        let count = self.answer(question)?.evidence.len();
        let nth = match self.proof {
            Some((last, nth)) if last == question => (nth + 1) % count.max(1),
            _ => 0,
        };
        let proof = self.answer(question)?.evidence.get(nth)?.clone();
        self.proof = Some((question, nth));
        Some((proof, nth + 1, count))
    }

    /// The words of the sentence that was gone to last.
    pub(super) fn proving(&self) -> &[TextRange] {
        let found = self.proof.filter(|_| self.open);
        found
            .and_then(|(question, nth)| self.answer(question)?.evidence.get(nth))
            .map_or(&[], |proof| &proof.words)
    }

    /// Draws head and list.
    pub(super) fn render(&self, buffer: &mut Buffer, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let lead = if focused { Role::Accent } else { Role::Dim };
        let mut head = Line::from(Span::raw(" "));
        if let Some(topic) = self.topic {
            head.push_span(ctx.topic_mark(topic, true));
            head.push_span(Span::raw(" "));
        }
        let room = usize::from(area.width).saturating_sub(head.width());
        let words = self.head();
        let words = truncate(&words, room, ctx.glyph(Glyph::Ellipsis));
        head.push_span(ctx.span(lead, words));
        buffer.set_line(area.x, area.y, &head, area.width);
        for (y, at) in (area.y + 1..area.bottom()).zip(self.scroll.visible()) {
            let Some(row) = self.rows.get(at) else {
                continue;
            };
            let Some(entry) = self.entries.get(row.entry) else {
                continue;
            };
            let line = self.row(entry, *row, ctx);
            buffer.set_line(area.x, y, &line, area.width);
            let here = self
                .current()
                .is_some_and(|current| current.question == entry.question);
            if focused && here {
                let row = Rect::new(area.x, y, area.width, 1);
                buffer.set_style(row, ctx.style(Role::Focus));
            }
        }
    }

    fn head(&self) -> String {
        let count = self.all.iter().filter(|q| self.is_listed(q)).count();
        let topic = self.topic.map_or("All topics", Topic::label);
        match (count, self.answers.is_some()) {
            (_, false) => format!("{topic}: the answers are being found"),
            (1, true) => format!("{topic}: 1 question"),
            (_, true) => format!("{topic}: {count} questions"),
        }
    }

    fn row(&self, entry: &Entry, row: Row, ctx: &Ctx<'_>) -> Line<'static> {
        let words = sanitize(row.text.of(&entry.words)).into_owned();
        if row.text.start > 0 {
            let spans = vec![Span::raw(" ".repeat(BEFORE)), ctx.span(Role::Text, words)];
            return Line::from(spans);
        }
        let answer = self.answer(entry.question);
        let stated = answer.is_some_and(|answer| answer.answer != Answer::NotStated);
        let contradicted = answer.is_some_and(|answer| answer.contradicted);
        let sign = match (entry.here, contradicted) {
            (true, _) => ctx.span(Role::Accent, ctx.glyph(Glyph::Current)),
            (false, true) => ctx.span(Role::Warning, ctx.glyph(Glyph::Warning)),
            (false, false) => Span::raw(" "),
        };
        let dots = ctx.glyph(Glyph::Ellipsis);
        let label = answer.map_or(dots, |answer| answer.answer.label());
        let role = if stated {
            Role::Strong
        } else {
            Role::NotStated
        };
        let label = fill(&truncate(label, ANSWER, dots), ANSWER, dots);
        Line::from(vec![
            sign,
            Span::raw(" "),
            ctx.span(role, label),
            Span::raw(" "),
            ctx.span(Role::Text, words),
        ])
    }
}
