//! What the title line tells of a comparison.

use super::{CompareView, Ctx};
use crate::compare::{By, ChangeClass, Comparison, Verdict};
use crate::model::{Pair, Side};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{truncate, width};
use crate::tui::theme::Role;
use crate::tui::view::{GAP, View, room_for_state};
use ratatui::text::{Line, Span};
use std::cmp::Reverse;

/// Columns of a name in the title line at least.
const LEAST_NAME: usize = 9;

/// How much a part of the state matters: where there is no room for all, what matters least is left out
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A count.
    Count,
    /// What a key or another line tells too.
    Told,
    /// How the sides scroll, and what turned.
    Here,
    /// What steps go through.
    Place,
    /// What is shown alone.
    Filter,
}

/// The parts of the state, in the order in which they stand.
#[derive(Clone, Debug, Default)]
struct Parts(Vec<(Weight, String)>);

impl Parts {
    fn add(&mut self, weight: Weight, words: impl IntoIterator<Item = String>) {
        let words = words.into_iter();
        self.0.extend(words.map(|words| (weight, words)));
    }

    fn with_counts(&self, counts: Vec<String>) -> Self {
        let mut all = self.clone();
        all.add(Weight::Count, counts);
        all
    }

    /// Takes away the last part of those that matter least; not the last of all.
    fn shorten(&mut self) -> bool {
        let least = self.0.iter().map(|(weight, _)| *weight).min();
        let last = self
            .0
            .iter()
            .rposition(|(weight, _)| Some(*weight) == least);
        match last.filter(|_| self.0.len() > 1) {
            Some(last) => {
                self.0.remove(last);
                true
            }
            None => false,
        }
    }

    /// Only what matters most.
    fn dear(mut self) -> Self {
        self.0.retain(|(weight, _)| *weight >= Weight::Place);
        self
    }

    fn line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let spans = self.0.iter().enumerate().map(|(at, (_, words))| {
            let before = if at == 0 { "" } else { dot.as_str() };
            ctx.span(Role::Text, format!("{before}{words}"))
        });
        Line::from(spans.collect::<Vec<Span<'static>>>())
    }
}

impl CompareView {
    /// What is shown alone, how it is compared, where the cursor is among the changes, and their counts.
    pub(super) fn state_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let Some(comparison) = &self.comparison else {
            return Line::from(ctx.span(Role::Dim, "comparing"));
        };
        let parts = self.parts(comparison);
        if comparison.by != By::Text {
            let counted = parts.with_counts(self.verdict_counts(comparison, ctx));
            return self.cut_to_room(counted, ctx);
        }
        let wordy = self.class_counts(self.changes.counts(), |class, count| class.counted(count));
        let wordy = parts.with_counts(wordy).line(ctx);
        if self.has_room_for(&wordy, ctx) {
            return wordy;
        }
        let mut counts = self.changes.counts().to_vec();
        // What turned says most however little it is, and what is folded away least.
        counts.sort_by_key(|&(class, count)| {
            let last = class.is_quiet() && !self.shown.form;
            (last, class != ChangeClass::Turned, Reverse(count))
        });
        let short = self.class_counts(&counts, |class, count| in_short(class, count, ctx));
        self.cut_to_room(parts.with_counts(short), ctx)
    }

    /// All but the counts.
    fn parts(&self, comparison: &Comparison) -> Parts {
        let mut parts = Parts::default();
        let topic = self.shown.topic.map(|topic| format!("topic {topic}"));
        parts.add(Weight::Filter, topic);
        let scrolls = match (self.sync.apart(), self.sync.offset()) {
            (Some(Side::Left), _) => Some("left scrolls alone".to_owned()),
            (Some(Side::Right), _) => Some("right scrolls alone".to_owned()),
            (None, 0) => None,
            (None, rows) => Some(format!("right {rows:+} rows")),
        };
        parts.add(Weight::Here, scrolls);
        let by = match comparison.by {
            By::Text => "by text",
            By::Topic => "by topic",
            By::Practice => "by practice",
        };
        parts.add(Weight::Told, [by.to_owned()]);
        let change = format!("change {}", self.place_of_cursor(comparison));
        parts.add(Weight::Place, [change]);
        let search = self.search.found.count();
        parts.add(Weight::Place, search.map(|count| format!("search {count}")));
        let turn = self.current_row().and_then(|row| comparison.turn(row));
        let turn = turn.map(|Pair { left, right }| format!("turned: {left}, now {right}"));
        parts.add(Weight::Here, turn);
        let class = self.shown.class.filter(|_| !self.changes.is_open());
        let class = class.map(|class| format!("listed: {}", class.label()));
        parts.add(Weight::Told, class);
        parts
    }

    /// The names of both sides, cut as far as is needed to leave room for what matters most of the state:
    /// they stand over the columns too.
    pub(super) fn names_in_room(&self, names: Pair<String>, ctx: &Ctx<'_>) -> Pair<String> {
        let Some(comparison) = &self.comparison else {
            return names;
        };
        let dots = ctx.glyph(Glyph::Ellipsis);
        let state = self.parts(comparison).dear().line(ctx).width() + 1 + width(dots);
        let between = width(ctx.glyph(Glyph::Versus)) + 2;
        let room = usize::from(self.places.whole.width).saturating_sub(2 + GAP + state + between);
        let half = (room / 2).max(LEAST_NAME);
        let room_beside = |name: &str| half.max(room.saturating_sub(width(name)));
        let rooms = Pair::new(room_beside(&names.right), room_beside(&names.left));
        Pair::new(
            truncate(&names.left, rooms.left, dots).into_owned(),
            truncate(&names.right, rooms.right, dots).into_owned(),
        )
    }

    /// The state without what there is no room for, and a sign that it is missing.
    fn cut_to_room(&self, mut parts: Parts, ctx: &Ctx<'_>) -> Line<'static> {
        let whole = parts.line(ctx);
        if self.has_room_for(&whole, ctx) {
            return whole;
        }
        while parts.shorten() {
            let mut line = parts.line(ctx);
            line.push_span(ctx.span(Role::Text, format!(" {}", ctx.glyph(Glyph::Ellipsis))));
            if self.has_room_for(&line, ctx) {
                return line;
            }
        }
        parts.line(ctx)
    }

    /// Whether the title line shows all of a state beside the names.
    fn has_room_for(&self, state: &Line<'_>, ctx: &Ctx<'_>) -> bool {
        let whole = usize::from(self.places.whole.width);
        room_for_state(whole, self.title(ctx).width(), state.width()) >= state.width()
    }

    /// Where the cursor is among the changes: at the last one that began above it.
    fn place_of_cursor(&self, comparison: &Comparison) -> String {
        let stops = &self.rows.stops;
        let before = stops.partition_point(|&line| line <= self.scroll.cursor());
        let stop = before.checked_sub(1).and_then(|at| stops.get(at));
        let row = stop.and_then(|&line| self.rows.row_at(line));
        self.changes.place_of(row, comparison)
    }

    /// How many topics, or questions, came to each verdict; of the topic that is shown alone where one
    /// is.
    fn verdict_counts(&self, comparison: &Comparison, ctx: &Ctx<'_>) -> Vec<String> {
        let topics = comparison.topics.iter().map(|it| (it.topic, it.verdict));
        let practices = comparison.practices.iter();
        let questions = practices.map(|it| (it.question.topic, it.verdict));
        let shown = self.shown.topic;
        let verdicts: Vec<Verdict> = topics
            .chain(questions)
            .filter(|(topic, _)| shown.is_none_or(|shown| shown == *topic))
            .map(|(_, verdict)| verdict)
            .collect();
        let count = |wanted: &[Verdict]| verdicts.iter().filter(|v| wanted.contains(v)).count();
        let counts = [
            (count(&[Verdict::Opposed]), ctx.glyph(Glyph::Opposed)),
            (count(&[Verdict::Different]), ctx.glyph(Glyph::Changed)),
            (
                count(&[Verdict::OnlyLeft, Verdict::OnlyRight]),
                "only one side",
            ),
            (count(&[Verdict::Similar]), ctx.glyph(Glyph::Similar)),
            (count(&[Verdict::Same]), ctx.glyph(Glyph::Same)),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let mut said: Vec<String> = counts.map(|(n, what)| format!("{n} {what}")).collect();
        if let Some(first) = said.first_mut() {
            let what = if comparison.by == By::Practice {
                "questions"
            } else {
                "topics"
            };
            *first = format!("{what}: {first}");
        }
        let opposed = comparison.opposed_on_no_topic();
        if opposed > 0 && shown.is_none() {
            said.push(format!(
                "{opposed} {} on no topic",
                ctx.glyph(Glyph::Opposed)
            ));
        }
        said
    }

    /// How many changes there are of each class, in this order; `say` puts a count in words.
    fn class_counts(
        &self,
        counts: &[(ChangeClass, usize)],
        say: impl Fn(ChangeClass, usize) -> String,
    ) -> Vec<String> {
        if counts.is_empty() {
            return vec!["no change".to_owned()];
        }
        let said = |&(class, count): &(ChangeClass, usize)| self.noted(class, say(class, count));
        counts.iter().map(said).collect()
    }

    /// So many changes of a class in words, as the list counts them.
    pub(super) fn counted(&self, class: ChangeClass, count: usize) -> String {
        self.noted(class, class.counted(count))
    }

    /// What is said of a class, and that it is not among the changes where that is so.
    fn noted(&self, class: ChangeClass, said: String) -> String {
        match class.is_quiet() && !self.shown.form {
            true => format!("{said}, not counted"),
            false => said,
        }
    }
}

/// So many changes of a class, by its mark where it has one of its own.
fn in_short(class: ChangeClass, count: usize, ctx: &Ctx<'_>) -> String {
    let mark = |glyph| format!("{count} {}", ctx.glyph(glyph));
    match class {
        ChangeClass::Wording => mark(Glyph::Changed),
        ChangeClass::Moved => mark(Glyph::Moved),
        ChangeClass::MovedAndEdited => mark(Glyph::Moved) + ctx.glyph(Glyph::Changed),
        ChangeClass::Added => mark(Glyph::Added),
        ChangeClass::Removed => mark(Glyph::Removed),
        other => other.counted(count),
    }
}
