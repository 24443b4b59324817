//! What stands in the matrix, and in what order: subjects (questions or topics) and sites.

use super::answers::{Only, rank};
use super::cell::{Cell, STEPS, Subject};
use super::survey::Survey;
use crate::library::{Library, PolicyId};
use crate::model::Topic;

/// What the subjects are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SubjectOrder {
    /// How much the sites differ, most first.
    #[default]
    Difference,
    /// Topic by topic, as the question files list them.
    Topic,
}

/// What the sites are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SiteOrder {
    #[default]
    Name,
    /// Least different from the base first.
    Likeness,
    /// By what they say on a subject.
    Answer(Subject),
}

/// A subject, and how much the sites differ on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) subject: Subject,
    /// The share of pairs of sites that say different things, from 0 to 1. Silence counts as a
    /// thing said: a question that half of the sites leave open tells them apart. Counted once the order
    /// rests on it.
    pub(super) apart: f64,
}

/// A site, and on how many subjects it differs from the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) id: PolicyId,
    pub(super) differs: usize,
}

/// What is shown, and its order.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) lines: Vec<Line>,
    /// The base comes first, where there is one.
    pub(super) sites: Vec<Site>,
    pub(super) base: Option<PolicyId>,
    /// All sites of the library, whichever are shown.
    pub(super) all: Vec<PolicyId>,
    /// Whether there is a site whose silence tells nothing.
    pub(super) doubtful: bool,
    /// Only subjects on this topic.
    pub(super) topic: Option<Topic>,
    /// Whether topics are the subjects, not questions.
    pub(super) shares: bool,
    pub(super) order: SubjectOrder,
    pub(super) site_order: SiteOrder,
    /// Only sites that give this answer, besides the base.
    pub(super) only: Option<Only>,
}

impl Grid {
    /// Lists subjects and sites anew. While answers are still to come (`settled` is not set), nothing is
    /// ordered by them, so that lines do not jump about.
    pub(super) fn refresh(&mut self, library: &Library, survey: &Survey, settled: bool) {
        let topics = Topic::ALL
            .into_iter()
            .filter(|t| self.topic.is_none_or(|only| only == *t));
        let subjects: Vec<Subject> = if self.shares {
            topics.map(Subject::Share).collect()
        } else {
            let questions = library.questions();
            let of = |topic| {
                let all = (0..).zip(questions);
                all.filter(move |(_, question)| question.topic == topic)
            };
            topics
                .flat_map(of)
                .map(|(place, _)| Subject::Question(place))
                .collect()
        };
        self.all = library.ids().collect();
        self.doubtful = self.all.iter().any(|id| !tells(library, *id));
        let line = |subject| Line {
            subject,
            apart: if settled {
                apart(&self.counts(subject, survey))
            } else {
                0.0
            },
        };
        let lines = subjects.into_iter().map(line).collect();
        self.lines = lines;
        if settled && self.order == SubjectOrder::Difference {
            self.lines.sort_by(|a, b| b.apart.total_cmp(&a.apart));
        }
        self.list_sites(library, survey, settled);
    }

    fn list_sites(&mut self, library: &Library, survey: &Survey, settled: bool) {
        let site = |id| Site {
            id,
            differs: self.differences(id, survey),
        };
        let mut sites: Vec<(Site, String)> = library
            .listed()
            .map(|(id, entry)| (site(id), entry.name.to_lowercase()))
            .collect();
        if let Some(only) = self.only {
            sites.retain(|(site, _)| Some(site.id) == self.base || only.holds(site.id, survey));
        }
        let place = |site: &Site| match self.site_order {
            // What tells nothing differs on nothing, and is like nothing for that.
            SiteOrder::Likeness if settled && !tells(library, site.id) => usize::MAX,
            SiteOrder::Likeness if settled => site.differs,
            SiteOrder::Answer(subject) if settled => rank(site.id, subject, survey),
            _ => 0,
        };
        sites.sort_by_cached_key(|(site, name)| {
            let scrolls = Some(site.id) != self.base;
            (scrolls, place(site), name.clone(), site.id)
        });
        self.sites = sites.into_iter().map(|(site, _)| site).collect();
    }

    /// What every site says on a subject.
    fn cells(&self, subject: Subject, survey: &Survey) -> impl Iterator<Item = Cell> {
        let all = self.all.iter();
        all.map(move |id| Cell::of(survey.said(*id), subject))
    }

    /// How many sites say what on a subject; silence that is in doubt is left out.
    pub(super) fn counts(&self, subject: Subject, survey: &Survey) -> Counts {
        counts(self.cells(subject, survey))
    }

    /// The silence of how many sites on a subject is in doubt.
    pub(super) fn in_doubt(&self, subject: Subject, survey: &Survey) -> usize {
        let cells = self.cells(subject, survey);
        cells.filter(|cell| *cell == Cell::Doubtful).count()
    }

    /// On how many of the subjects shown a site differs from the base.
    fn differences(&self, site: PolicyId, survey: &Survey) -> usize {
        let Some(base) = self.base else {
            return 0;
        };
        let (base, site) = (survey.said(base), survey.said(site));
        let differs =
            |line: &&Line| Cell::of(site, line.subject).differs(Cell::of(base, line.subject));
        self.lines.iter().filter(differs).count()
    }

    /// Where a subject stands.
    pub(super) fn place_of(&self, subject: Subject) -> Option<usize> {
        self.lines.iter().position(|line| line.subject == subject)
    }

    /// Where a site stands.
    pub(super) fn site_place(&self, site: PolicyId) -> Option<usize> {
        self.sites.iter().position(|listed| listed.id == site)
    }

    /// The cell of a subject and a site, and the one of the base that it is held against.
    pub(super) fn cell(
        &self,
        subject: Subject,
        site: PolicyId,
        survey: &Survey,
    ) -> (Cell, Option<Cell>) {
        let cell = |site| Cell::of(survey.said(site), subject);
        let base = self.base.filter(|base| *base != site);
        (cell(site), base.map(cell))
    }
}

/// Whether the silence of a site tells something.
fn tells(library: &Library, site: PolicyId) -> bool {
    let entry = library.get(site);
    entry.is_some_and(|entry| entry.policy().doubt().is_none())
}

/// How many cells say the same, by [`Cell::class`]; cells that are not known are left out.
pub(super) type Counts = [u64; STEPS as usize + 1];

fn counts(cells: impl Iterator<Item = Cell>) -> Counts {
    let mut counts = Counts::default();
    for class in cells.filter_map(Cell::class) {
        counts[class] += 1;
    }
    counts
}

/// The share of pairs of cells that differ.
pub(super) fn apart(counts: &Counts) -> f64 {
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let all = pairs(counts.iter().sum());
    let same: u64 = counts.iter().copied().map(pairs).sum();
    if all == 0 {
        0.0
    } else {
        (all - same) as f64 / all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Answer;

    #[test]
    fn pairs_that_differ() {
        let cells = |text: &str| {
            let answer = |c| match c {
                'y' => Cell::Answer(Answer::Yes, false),
                'n' => Cell::Answer(Answer::No, false),
                '.' => Cell::Answer(Answer::NotStated, false),
                _ => Cell::Waiting,
            };
            apart(&counts(text.chars().map(answer)))
        };
        assert_eq!(cells("yyyy"), 0.0);
        assert_eq!(cells("yn"), 1.0);
        assert_eq!(cells("yyn"), 2.0 / 3.0);
        assert_eq!(cells("yyn"), cells("yy?n?"));
        assert_eq!(cells("y.."), cells("yyn"), "silence tells sites apart");
        assert_eq!((cells(""), cells("y"), cells("???")), (0.0, 0.0, 0.0));
    }
}
