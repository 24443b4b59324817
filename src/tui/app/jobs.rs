//! Work that takes longer than a frame: on threads of its own, or at once where nothing waits.

use super::Event;
use crate::compare::By;
use crate::library::search::{self, Results};
use crate::library::{Library, PolicyId};
use crate::model::{ClauseId, Pair, Step};
use crate::tui::effect::{Answer, Followed, Request, Search, Sought, Surveyed, Wanted};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

/// The least time between two answers of work that answers as it goes: a few frames.
const BETWEEN: Duration = Duration::from_millis(50);

/// How work is done.
#[derive(Clone, Debug)]
pub enum Jobs {
    /// On a thread; the answer comes as an event.
    Threads(Sender<Event>),
    /// At once, for tests and pictures.
    Inline,
}

impl Jobs {
    /// Starts work on the library of a reading; its answers, if they are there at once.
    pub(super) fn start(
        &self,
        request: Request,
        library: &Arc<Library>,
        reading: usize,
    ) -> Vec<Answer> {
        let Jobs::Threads(sender) = self else {
            let mut answers = Vec::new();
            work(request, library, &mut |answer| answers.push(answer));
            return answers;
        };
        let (sender, library) = (sender.clone(), Arc::clone(library));
        let why = broken(&request);
        let lost = why.clone();
        let report = sender.clone();
        let started = thread::Builder::new()
            .name("work".to_owned())
            .spawn(move || {
                // Nobody listens any more when the program has ended meanwhile.
                let mut tell = |answer| drop(sender.send(Event::Answer(answer, reading)));
                let done = catch_unwind(AssertUnwindSafe(|| work(request, &library, &mut tell)));
                // The views keep what they have when work breaks down; the person is told.
                if done.is_err() {
                    let _ = sender.send(Event::Failed(lost));
                }
            });
        if let Err(error) = started {
            let _ = report.send(Event::Failed(format!("{why} ({error})")));
        }
        Vec::new()
    }
}

fn broken(request: &Request) -> String {
    let why = match request {
        Request::Compare { .. } => "the comparison broke down; please report this pair",
        Request::Answers(_) => "the questions broke down; please report this policy",
        Request::Read(_) => "the topics could not be found; please report this policy",
        Request::LookInto(_) => {
            "contradictions could not be looked for; please report this library"
        }
        Request::Survey(_) => "the questions could not all be answered; please report this library",
        Request::Search(_) => "the search broke down; please report what was looked for",
        Request::Timeline { .. } => "the history broke down; please report this policy",
        Request::Versions { .. } => "opening a version broke down; please report this policy",
        Request::ClauseLife { .. } => "following the clause broke down; please report this policy",
    };
    why.to_owned()
}

/// Does work and tells what comes of it.
fn work(request: Request, library: &Library, tell: &mut dyn FnMut(Answer)) {
    match request {
        Request::Read(policy) => {
            tell(Answer::Labelled {
                policy,
                labels: library.labels(policy),
            });
            tell(look_into(library, &[policy]));
        }
        Request::LookInto(policies) => tell(look_into(library, &policies)),
        Request::Answers(policy) => tell(Answer::Answered {
            policy,
            answers: library.answers(policy),
        }),
        Request::Survey(policies) => {
            let survey = |&policy: &PolicyId| {
                let (labels, answers) = library.labels_and_answers(policy);
                Surveyed {
                    policy,
                    answers,
                    labels,
                }
            };
            tell(Answer::Surveyed(policies.par_iter().map(survey).collect()));
        }
        Request::Compare { pair, by, wanted } => {
            // The labels are kept whatever becomes of the comparison, which may be another one by now.
            library.labels_of_both(pair);
            if wanted.still() {
                tell(compare(library, pair, by));
            }
        }
        Request::Search(search) => tell(Answer::Found {
            number: search.number,
            results: Arc::new(look(library, &search)),
        }),
        Request::Timeline { policy, wanted } => {
            walk(library, policy, &wanted, &mut |steps| {
                tell(Answer::Steps { policy, steps });
            });
        }
        Request::Versions { of, places } => {
            let opened = places.iter().map(|&place| open(library, of, place));
            let opened = opened.collect();
            tell(Answer::Versions { of, places, opened });
        }
        Request::ClauseLife {
            policy,
            clause,
            wanted,
        } => follow(library, (policy, clause), &wanted, tell),
    }
}

fn look_into(library: &Library, policies: &[PolicyId]) -> Answer {
    let findings = |&policy: &PolicyId| (policy, Arc::new(library.findings(policy)));
    Answer::LookedInto(policies.par_iter().map(findings).collect())
}

fn compare(library: &Library, pair: Pair<PolicyId>, by: Option<By>) -> Answer {
    match library.compare(pair, by) {
        None => Answer::Missing { pair },
        Some(comparison) => Answer::Compared {
            pair,
            by,
            comparison: Arc::new(comparison),
        },
    }
}

fn look(library: &Library, asked: &Search) -> Results {
    let wanted = search::Wanted {
        versions: asked.versions,
        limit: asked.limit,
        per_site: asked.per_site,
    };
    match &asked.sought {
        Sought::Fitting(query) => library.search(query, &wanted),
        // A clause that is no longer there is said by nobody else.
        Sought::Like(policy, clause) => library
            .who_else(*policy, *clause, &wanted)
            .unwrap_or_default(),
    }
}

/// Tells the steps of a history, a few at a time, as long as they are wanted.
fn walk(library: &Library, policy: PolicyId, wanted: &Wanted, tell: &mut dyn FnMut(Vec<Step>)) {
    let (mut steps, mut told) = (Vec::new(), Instant::now());
    library.timeline(policy, &mut |step| {
        steps.push(step);
        if told.elapsed() >= BETWEEN {
            tell(std::mem::take(&mut steps));
            told = Instant::now();
        }
        wanted.still()
    });
    tell(steps);
}

fn open(library: &Library, of: PolicyId, place: usize) -> Result<PolicyId, String> {
    let name = library.version_name(of, place).unwrap_or_default();
    match library.open_version(of, place) {
        Some(Ok(version)) => Ok(version),
        Some(Err(issue)) => Err(format!("{name} cannot be read: {}", issue.message)),
        None => Err(format!("{name} is no longer there")),
    }
}

/// Follows a clause to both ends, and looks who else says the same.
fn follow(
    library: &Library,
    clause: (PolicyId, ClauseId),
    wanted: &Wanted,
    tell: &mut dyn FnMut(Answer),
) {
    let (policy, id) = clause;
    let Some(entry) = library.get(policy) else {
        return;
    };
    let all = entry.history.as_ref().map_or(1, |it| it.versions.len());
    // The versions are read first: that takes longest, and is what can be stopped.
    let mut read = 0;
    walk(library, policy, wanted, &mut |steps| {
        read += steps.len();
        let looked = (read, all);
        tell(Answer::Following { clause, looked });
    });
    if !wanted.still() {
        return;
    }
    let life = library.clause_life(policy, id, &mut |_, _| wanted.still());
    let Some(life) = life.filter(|_| wanted.still()) else {
        return;
    };
    let site = |id| Some(&library.get(id)?.facts.provenance.site);
    let mut elsewhere = library.same_clause(entry.policy().clause_text(id));
    elsewhere.retain(|(other, _)| site(*other) != site(policy));
    let found = Arc::new(Followed { life, elsewhere });
    tell(Answer::Followed { clause, found });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Loader;
    use crate::tui::effect::Waiting;

    /// A library of one policy with four versions.
    fn library() -> (tempfile::TempDir, Library) {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("Shop/Privacy Policy");
        std::fs::create_dir_all(&site).unwrap();
        for year in 2019..2023 {
            let text = format!("# Privacy Policy\n\nWe kept your data in {year}, and sold none.\n");
            let name = format!("{year}-05-01T10-00-00Z.md");
            std::fs::write(site.join(name), text).unwrap();
        }
        let loader = Loader::new(Arc::default());
        let paths = vec![folder.path().to_owned()];
        let library = loader.load(&crate::library::Request::new(paths));
        (folder, library)
    }

    /// How many steps are told, and whether the waiting one left before that.
    fn steps(library: &Library, leaves: bool) -> usize {
        let waiting = Waiting::default();
        let wanted = waiting.wanted();
        let kept = (!leaves).then_some(waiting);
        let policy = PolicyId::new(0);
        let mut told = 0;
        work(
            Request::Timeline { policy, wanted },
            library,
            &mut |answer| {
                if let Answer::Steps { steps, .. } = answer {
                    told += steps.len();
                }
            },
        );
        drop(kept);
        told
    }

    #[test]
    fn nobody_waits_for_work_whose_view_is_gone() {
        let (_folder, library) = library();
        assert_eq!(steps(&library, true), 1, "what was being done is done");
        assert_eq!(steps(&library, false), 4);
    }

    #[test]
    fn a_comparison_that_was_left_is_not_made() {
        let (_folder, library) = library();
        let pair = Pair::new(PolicyId::new(0), PolicyId::new(0));
        let told = |wanted| {
            let mut answers = 0;
            let request = Request::Compare {
                pair,
                by: None,
                wanted,
            };
            work(request, &library, &mut |_| answers += 1);
            answers
        };
        let gone = Waiting::default().wanted();
        assert_eq!(told(gone), 0);
        let waiting = Waiting::default();
        assert_eq!(told(waiting.wanted()), 1);
    }

    #[test]
    fn a_clause_is_followed_only_for_one_who_waits() {
        let (_folder, library) = library();
        let gone = Waiting::default().wanted();
        let request = |wanted| Request::ClauseLife {
            policy: PolicyId::new(0),
            clause: ClauseId::new(1),
            wanted,
        };
        let found = |request| {
            let mut found = false;
            work(request, &library, &mut |answer| {
                found |= matches!(answer, Answer::Followed { .. });
            });
            found
        };
        assert!(!found(request(gone)));
        let waiting = Waiting::default();
        assert!(found(request(waiting.wanted())));
    }
}
