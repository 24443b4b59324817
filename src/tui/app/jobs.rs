//! Work that takes longer than a frame: on threads of its own, or at once where nothing waits.

use super::Event;
use crate::library::{Library, PolicyId};
use crate::tui::effect::{Answer, Request, Surveyed};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

/// How work is done.
#[derive(Clone, Debug)]
pub enum Jobs {
    /// On a thread; the answer comes as an event.
    Threads(Sender<Event>),
    /// At once, for tests and pictures.
    Inline,
}

impl Jobs {
    /// Starts work; its answer, if it is there at once.
    pub(super) fn start(&self, request: Request, library: &Arc<Library>) -> Option<Answer> {
        let Jobs::Threads(sender) = self else {
            return Some(work(request, library));
        };
        let (sender, library) = (sender.clone(), Arc::clone(library));
        let why = broken(&request);
        let lost = why.clone();
        let report = sender.clone();
        let started = thread::Builder::new()
            .name("work".to_owned())
            .spawn(move || {
                // The views keep what they have when work breaks down; the person is told.
                let event = match catch_unwind(AssertUnwindSafe(|| work(request, &library))) {
                    Ok(answer) => Event::Answer(answer),
                    Err(_) => Event::Failed(lost),
                };
                // Nobody listens any more when the program has ended meanwhile.
                let _ = sender.send(event);
            });
        if let Err(error) = started {
            let _ = report.send(Event::Failed(format!("{why} ({error})")));
        }
        None
    }
}

fn broken(request: &Request) -> String {
    match request {
        Request::Compare { .. } => "the comparison broke down; please report this pair".to_owned(),
        Request::Answers(_) => "the questions broke down; please report this policy".to_owned(),
        Request::Labels(_) => "the topics could not be found; please report this policy".to_owned(),
        Request::Survey(_) => {
            "the questions could not all be answered; please report this library".to_owned()
        }
    }
}

fn work(request: Request, library: &Library) -> Answer {
    match request {
        Request::Labels(policy) => Answer::Labelled {
            policy,
            labels: library.labels(policy),
        },
        Request::Answers(policy) => Answer::Answered {
            policy,
            answers: library.answers(policy),
        },
        Request::Survey(policies) => {
            let survey = |&policy: &PolicyId| {
                let (labels, answers) = library.labels_and_answers(policy);
                Surveyed {
                    policy,
                    answers,
                    labels,
                }
            };
            Answer::Surveyed(policies.par_iter().map(survey).collect())
        }
        Request::Compare { pair, by } => {
            let Some(comparison) = library.compare(pair, by) else {
                return Answer::Missing { pair };
            };
            Answer::Compared {
                pair,
                by,
                comparison: Arc::new(comparison),
            }
        }
    }
}
