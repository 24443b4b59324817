//! The cell under the cursor in words: the question in full, the site, its answer, and the sentences
//! that the answer rests on.

use super::cell::{Cell, Subject, answer_signs, bar};
use super::grid::{Grid, apart};
use super::survey::{Said, Survey, speaking};
use crate::library::PolicyId;
use crate::model::{Answer, ClauseId, Policy, PracticeAnswer, Proof, TextRange, Topic};
use crate::tui::glyphs::Glyph;
use crate::tui::scroll::Scroll;
use crate::tui::text::{sanitize, width, wrap};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// How many sentences are quoted; the reader shows the rest.
const QUOTES: usize = 6;

/// The panel.
#[derive(Debug, Default)]
pub(super) struct Panel {
    area: Rect,
    lines: Vec<Line<'static>>,
    scroll: Scroll,
}

impl Panel {
    /// Shows the cell of a subject and a site.
    pub(super) fn show(
        &mut self,
        area: Rect,
        cell: Option<(Subject, PolicyId)>,
        grid: &Grid,
        survey: &Survey,
        ctx: &Ctx<'_>,
    ) {
        self.area = area;
        let pen = Pen {
            width: usize::from(area.width.saturating_sub(2)).max(1),
            grid,
            survey,
            ctx,
        };
        self.lines = cell.map_or_else(Vec::new, |(subject, site)| pen.lines(subject, site));
        self.scroll.resize(self.lines.len(), area.height.into());
        self.scroll.place(0, 0);
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    pub(super) fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.area;
        for (y, at) in (area.y..area.bottom()).zip(self.scroll.visible()) {
            buffer.set_line(area.x + 1, y, &self.lines[at], area.width.saturating_sub(1));
        }
        if self.scroll.visible().end < self.lines.len() && area.height > 0 {
            let sign = ctx.span(Role::Dim, ctx.glyph(Glyph::Descending));
            let x = area.right().saturating_sub(1);
            buffer.set_span(x, area.bottom() - 1, &sign, 1);
        }
    }
}

/// The answer to a question with its best sentence first, and behind it, where sentences disagree, the best
/// of the other side.
pub(super) fn proofs(answer: &PracticeAnswer) -> Vec<&Proof> {
    let mut proofs: Vec<&Proof> = answer.evidence.iter().collect();
    let other = |proof: &&Proof| answer.contradicted && proof.answer != answer.answer;
    if let Some(place) = proofs.iter().position(other).filter(|place| *place > 0) {
        let proof = proofs.remove(place);
        proofs.insert(1, proof);
    }
    proofs
}

/// The clauses that a cell rests on, best first.
pub(super) fn evidence(said: &Said, policy: &Policy, subject: Subject) -> Vec<ClauseId> {
    match subject {
        Subject::Question(place) => {
            let proofs = proofs(said.answers.of(place));
            proofs.into_iter().map(|proof| proof.clause).collect()
        }
        Subject::Share(topic) => clearest(said, policy, topic),
    }
}

/// The clauses on a topic, those that speak of it most clearly first.
fn clearest(said: &Said, policy: &Policy, topic: Topic) -> Vec<ClauseId> {
    let score = |id: ClauseId| {
        let topics = &said.labels.of(id).topics;
        let scored = topics.iter().find(|scored| scored.topic == topic);
        scored.map_or(0.0, |scored| scored.score)
    };
    let mut clauses: Vec<ClauseId> = speaking(policy, &said.labels, topic).collect();
    clauses.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
    clauses
}

/// Writes the lines of the panel.
struct Pen<'a> {
    width: usize,
    grid: &'a Grid,
    survey: &'a Survey,
    ctx: &'a Ctx<'a>,
}

impl Pen<'_> {
    fn lines(&self, subject: Subject, site: PolicyId) -> Vec<Line<'static>> {
        let mut lines = self.subject(subject);
        lines.extend(self.site(subject, site, Role::Strong));
        match self.grid.base {
            Some(base) if base != site => {
                lines.extend(self.site(subject, base, Role::Dim));
            }
            _ => {}
        }
        lines.extend(self.tally(subject));
        lines
    }

    /// The question in full, or the topic.
    fn subject(&self, subject: Subject) -> Vec<Line<'static>> {
        let (topic, text) = match subject {
            Subject::Share(topic) => (topic, format!("{}: {}", topic.label(), topic.about())),
            Subject::Question(place) => match self.ctx.library.questions().get(place) {
                Some(question) => (question.topic, sanitize(&question.text).into_owned()),
                None => return Vec::new(),
            },
        };
        let mark = self.ctx.topic_mark(topic, true);
        self.prose(vec![mark], &text, Role::Heading)
    }

    /// What one site says, with its sentences.
    fn site(&self, subject: Subject, site: PolicyId, role: Role) -> Vec<Line<'static>> {
        let Some(entry) = self.ctx.library.get(site) else {
            return Vec::new();
        };
        let mut name = sanitize(&entry.name).into_owned();
        if self.grid.base == Some(site) {
            name.push_str(" (base)");
        }
        let Some(said) = self.survey.said(site) else {
            let lead = vec![self.ctx.span(Role::Dim, self.ctx.glyph(Glyph::Waiting))];
            return self.prose(lead, &format!("{name}: not answered yet"), role);
        };
        let mut lines = match subject {
            Subject::Question(place) => {
                let answer = said.answers.of(place);
                let (mut glyph, own) = answer_signs(answer.answer);
                if Cell::of(Some(said), subject) == Cell::Doubtful {
                    glyph = Glyph::Doubtful;
                }
                let sign = format!("{} {}", self.ctx.glyph(glyph), answer.answer.label());
                let lead = vec![self.ctx.span(own, sign), self.dot()];
                let mut lines = self.prose(lead, &(name + &self.remarks(answer)), role);
                lines.extend(self.quotes(answer, entry.policy()));
                lines
            }
            Subject::Share(topic) => {
                let (count, all) = said.share(topic);
                // To the nearest whole.
                let percent = (count * 200 + all).checked_div(2 * all).unwrap_or(0);
                let share = format!("{count} of {all} clauses, {percent} %");
                let lead = vec![self.ctx.span(Role::Text, share), self.dot()];
                let mut lines = self.prose(lead, &name, role);
                lines.extend(self.speaking(said, topic, entry.policy()));
                lines
            }
        };
        if let Some(note) = entry.stand_in_note() {
            let sign = self.ctx.span(Role::Warning, self.ctx.glyph(Glyph::Warning));
            lines.extend(self.prose(vec![sign], &note, Role::Warning));
        }
        lines
    }

    fn dot(&self) -> Span<'static> {
        self.ctx
            .span(Role::Dim, format!(" {}", self.ctx.glyph(Glyph::Dot)))
    }

    /// What a reader must know besides the answer.
    fn remarks(&self, answer: &PracticeAnswer) -> String {
        let mut remarks = String::new();
        if answer.contradicted {
            let mark = self.ctx.glyph(Glyph::Warning);
            remarks.push_str(&format!(" {mark} sentences disagree"));
        }
        let questions = self.ctx.library.questions();
        if let Some(wider) = answer.general.and_then(|at| questions.get(at)) {
            let [dot, open, close] = [Glyph::Dot, Glyph::QuoteOpen, Glyph::QuoteClose]
                .map(|glyph| self.ctx.glyph(glyph));
            let wider = sanitize(&wider.text);
            remarks.push_str(&format!(
                " {dot} by the general clause on {open}{wider}{close}"
            ));
        }
        remarks
    }

    fn quotes(&self, answer: &PracticeAnswer, policy: &Policy) -> Vec<Line<'static>> {
        if answer.answer == Answer::NotStated {
            return self.silence(policy);
        }
        let mut lines = Vec::new();
        for proof in proofs(answer).into_iter().take(QUOTES) {
            let sign = answer.contradicted.then(|| {
                let (glyph, role) = answer_signs(proof.answer);
                self.ctx.span(role, self.ctx.glyph(glyph))
            });
            let places = (proof.lead_in, proof.clause);
            lines.extend(self.sentence(policy, places, &proof.words, sign));
        }
        lines
    }

    fn speaking(&self, said: &Said, topic: Topic, policy: &Policy) -> Vec<Line<'static>> {
        let clauses = clearest(said, policy, topic);
        if clauses.is_empty() {
            return self.silence(policy);
        }
        let first = clauses.into_iter().take(QUOTES);
        first
            .flat_map(|clause| {
                let of = policy.clauses.get(clause.index());
                let lead_in = of.and_then(|clause| clause.lead_in);
                self.sentence(policy, (lead_in, clause), &[], None)
            })
            .collect()
    }

    /// Why silence may say little.
    fn silence(&self, policy: &Policy) -> Vec<Line<'static>> {
        policy.doubt().map_or_else(Vec::new, |issue| {
            let mark = self.ctx.span(Role::Warning, self.ctx.glyph(Glyph::Warning));
            let lead = vec![Span::raw("  "), mark];
            self.prose(lead, &sanitize(&issue.message), Role::Warning)
        })
    }

    /// A sentence in quotes, its words that decided marked, and behind the clause that leads it in.
    fn sentence(
        &self,
        policy: &Policy,
        (lead_in, clause): (Option<ClauseId>, ClauseId),
        words: &[TextRange],
        sign: Option<Span<'static>>,
    ) -> Vec<Line<'static>> {
        let Some(found) = policy.clauses.get(clause.index()) else {
            return Vec::new();
        };
        let painter = self.ctx.painter(policy);
        let mark = self.ctx.style(Role::Match);
        let marked: Vec<_> = words.iter().map(|words| (*words, mark)).collect();
        let lead_in = lead_in.and_then(|lead| policy.clauses.get(lead.index()));
        let parts = lead_in.into_iter().chain([found]);
        let mut lines: Vec<Line<'static>> = Vec::new();
        for part in parts {
            // Two columns for the sign, one for each quotation mark.
            let room = self.width.saturating_sub(5).max(1);
            for range in wrap(&policy.text, part.text, room) {
                let text = painter.spans(range, self.ctx.style(Role::Text), &[&marked]);
                let mut spans = vec![Span::raw("   ")];
                spans.extend(
                    text.into_iter()
                        .map(|s| Span::styled(s.content.into_owned(), s.style)),
                );
                lines.push(Line::from(spans));
            }
        }
        if let Some(first) = lines.first_mut() {
            let open = Span::raw(self.ctx.glyph(Glyph::QuoteOpen));
            let sign = sign.unwrap_or_else(|| Span::raw(" "));
            first.spans.splice(0..1, [sign, Span::raw(" "), open]);
        }
        if let Some(last) = lines.last_mut() {
            last.push_span(Span::raw(self.ctx.glyph(Glyph::QuoteClose)));
        }
        lines
    }

    /// How many sites say what.
    fn tally(&self, subject: Subject) -> Vec<Line<'static>> {
        let counts = self.grid.counts(subject, self.survey);
        let known = usize::try_from(counts.iter().sum::<u64>()).unwrap_or(usize::MAX);
        let sites = super::counted(known, "site");
        let mut lead = vec![self.ctx.span(Role::Dim, format!("{sites}:"))];
        for (class, count) in (0_u8..).zip(counts).filter(|(_, count)| *count > 0) {
            let (sign, style) = match subject {
                Subject::Question(_) => {
                    let answer = Answer::ALL.into_iter().find(|a| *a as u8 == class);
                    let (glyph, role) = answer_signs(answer.unwrap_or_default());
                    (self.ctx.glyph(glyph), self.ctx.style(role))
                }
                Subject::Share(_) if class == 0 => {
                    (self.ctx.glyph(Glyph::BarNone), self.ctx.style(Role::Dim))
                }
                Subject::Share(topic) => (bar(class, self.ctx), self.ctx.theme.topic(topic)),
            };
            lead.push(Span::styled(format!("  {sign}"), style));
            lead.push(self.ctx.span(Role::Dim, format!(" {count}")));
        }
        let apart = (apart(&counts) * 100.0).round();
        lead.push(self.ctx.span(Role::Dim, ","));
        let doubtful = match self.grid.in_doubt(subject, self.survey) {
            0 => String::new(),
            doubtful => format!("; {doubtful} in doubt are not counted"),
        };
        let apart = format!("{apart} % of pairs differ{doubtful}");
        self.prose(lead, &apart, Role::Dim)
    }

    /// Spans and, a space behind them, wrapped text; below them where not even a word of it fits.
    fn prose(&self, lead: Vec<Span<'static>>, text: &str, role: Role) -> Vec<Line<'static>> {
        let mut first = Line::from(lead);
        let room = self.width.saturating_sub(first.width() + 1);
        let all = TextRange::new(0, text.len());
        let beside = wrap(text, all, room.max(1)).into_iter().next();
        let beside = beside.filter(|head| width(head.of(text)) <= room && ends_word(text, *head));
        let mut from = 0;
        if let Some(head) = beside {
            first.push_span(Span::raw(" "));
            first.push_span(self.ctx.span(role, head.of(text).to_owned()));
            from = head.end as usize;
        }
        let rest = wrap(text, TextRange::new(from, text.len()), self.width);
        let rest = rest
            .into_iter()
            .map(|range| range.of(text))
            .filter(|line| !line.is_empty());
        let rest = rest.map(|line| Line::from(self.ctx.span(role, line.to_owned())));
        [first].into_iter().chain(rest).collect()
    }
}

/// Whether a range ends where a word does.
fn ends_word(text: &str, range: TextRange) -> bool {
    let rest = text.get(range.end as usize..).unwrap_or_default();
    rest.is_empty() || rest.starts_with(char::is_whitespace)
}
