//! One walk over the history of a branch: what each commit did to which documents.
//!
//! The walk follows first parents, so that a document's versions are what the branch showed, in that
//! order; a merge is the one step that brings what was merged. The chain of commits is read on one
//! thread; others compare the trees of neighbours meanwhile, some hundred commits at a time.

use super::objects::{Commit, Objects};
use super::open::Opened;
use super::tree::{Change, Compare, Listing};
use crate::model::{Issue, IssueKind};
use gix::ObjectId;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};

/// Commits whose trees are compared in one go, and between two reports of progress.
const STRETCH: usize = 512;

/// More threads than this gain nothing: reading the chain of commits is the rest.
const MAX_THREADS: usize = 8;

/// A commit of the branch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) id: ObjectId,
    pub(super) tree: ObjectId,
    /// When its author made it, in seconds since 1970.
    pub(super) time: Option<i64>,
}

/// What one commit did.
#[derive(Debug)]
pub(super) struct Step {
    /// The place of the commit in [`Walk::commits`].
    pub(super) commit: usize,
    pub(super) changes: Vec<Change>,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The commits of the branch, newest first.
    pub(super) commits: Vec<Link>,
    /// What commits did to documents, oldest first.
    pub(super) steps: Vec<Step>,
    /// What is missing.
    pub(super) issues: Vec<Issue>,
    /// When the newest commit was made, where what it recorded is not all there.
    pub(super) damaged_since: Option<i64>,
}

/// A stretch of the chain: neighbours, newest first. The last is there only to be compared with;
/// none stands for the empty tree before the first commit.
struct Stretch {
    first: usize,
    links: Vec<Link>,
    base: Option<Link>,
}

/// What became of a stretch.
#[derive(Default)]
struct Compared {
    first: usize,
    commits: usize,
    steps: Vec<Step>,
    lost: Vec<gix::Error>,
}

impl Walk {
    /// Walks from `tip` to the beginning. `progress` is told how many commits are done and says
    /// whether to go on; a walk that was stopped holds the newer part.
    ///
    /// # Errors
    /// An [`Issue`] when the newest commit cannot be read.
    pub(super) fn over(
        opened: &Opened,
        tip: ObjectId,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Self, Issue> {
        let mut walk = Self::default();
        let (work, waiting) = mpsc::channel::<Stretch>();
        let (done, results) = mpsc::channel::<Compared>();
        let waiting = Mutex::new(waiting);
        let stop = AtomicBool::new(false);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut compared = std::thread::scope(|scope| {
            for _ in 0..threads.min(MAX_THREADS) {
                let (waiting, done, stop) = (&waiting, done.clone(), &stop);
                scope.spawn(move || compare_stretches(opened, waiting, &done, stop));
            }
            drop(done);
            let mut told = Told::new(progress, &stop);
            let chain = walk.follow(opened, tip, |stretch| {
                let sent = work.send(stretch).is_ok();
                while let Ok(result) = results.try_recv() {
                    told.take(result);
                }
                sent && told.goes_on()
            });
            drop(work);
            for result in results {
                told.take(result);
            }
            chain.map(|()| told.compared)
        })?;
        compared.sort_by_key(|stretch| std::cmp::Reverse(stretch.first));
        let mut lost = Vec::new();
        for stretch in compared {
            walk.steps.extend(stretch.steps.into_iter().rev());
            lost.extend(stretch.lost);
        }
        walk.tell_lost(opened, &lost);
        Ok(walk)
    }

    /// Reads the chain of commits, newest first, and hands it out in stretches; `take` says whether
    /// to go on.
    fn follow(
        &mut self,
        opened: &Opened,
        tip: ObjectId,
        mut take: impl FnMut(Stretch) -> bool,
    ) -> Result<(), Issue> {
        let objects = opened.objects();
        let mut buffer = Vec::new();
        let mut next = Some(tip);
        let mut first = 0;
        while let Some(id) = next {
            let commit = match objects.commit(&id, &mut buffer) {
                Ok(Some(commit)) => commit,
                read => {
                    self.cut_short(opened, id, read.err())?;
                    break;
                }
            };
            let Commit { tree, parent, time } = commit;
            let link = Link { id, tree, time };
            if self.commits.len() - first == STRETCH {
                let links = self.commits[first..].to_vec();
                first = self.commits.len();
                let stretch = Stretch {
                    first: first - links.len(),
                    links,
                    base: Some(link),
                };
                if !take(stretch) {
                    return Ok(());
                }
            }
            self.commits.push(link);
            next = parent.filter(|_| !opened.shallow.contains(&id));
        }
        take(Stretch {
            first,
            links: self.commits[first..].to_vec(),
            base: None,
        });
        opened.give_back(objects);
        self.tell_shallow(opened);
        Ok(())
    }

    /// A commit that cannot be read ends the chain, and is an error only where it is the newest.
    fn cut_short(
        &mut self,
        opened: &Opened,
        id: ObjectId,
        error: Option<gix::Error>,
    ) -> Result<(), Issue> {
        let what = format!("the commit {}", id.to_hex_with_len(8));
        let issue = match error {
            Some(error) => opened.trouble(&opened.name, &what, &error),
            None => opened.missing(&opened.name, &what),
        };
        if self.commits.is_empty() {
            return Err(issue);
        }
        self.issues.push(Issue {
            message: format!("the history ends early: {}", issue.message),
            ..issue
        });
        Ok(())
    }

    fn tell_shallow(&mut self, opened: &Opened) {
        let last = self.commits.last().map(|link| link.id);
        if last.is_some_and(|id| opened.shallow.contains(&id)) {
            let commits = match self.commits.len() {
                1 => "1 commit".to_owned(),
                count => format!("{count} commits"),
            };
            let message = format!(
                "this is a shallow clone of {commits}: older versions are not in it; `git fetch --unshallow` gets them"
            );
            self.issues
                .push(Issue::new(&*opened.name, IssueKind::Incomplete, message));
        }
    }

    fn tell_lost(&mut self, opened: &Opened, lost: &[gix::Error]) {
        let Some(error) = lost.first() else {
            return;
        };
        let objects = opened.objects();
        let is_damaged = |newest: &&Link| !Listing::of(&objects, &newest.tree).lost.is_empty();
        let newest = self.commits.first().filter(is_damaged);
        self.damaged_since = newest.and_then(|newest| newest.time);
        let what = match newest {
            Some(_) => "a folder of the newest commit",
            None => "a folder of an older commit",
        };
        opened.give_back(objects);
        let mut issue = opened.trouble(&opened.name, what, error);
        issue.kind = IssueKind::Incomplete;
        issue.message = format!(
            "{} of {} commits could not be compared: {}",
            lost.len(),
            self.commits.len(),
            issue.message
        );
        if newest.is_some() && opened.work_tree.is_some() {
            issue.message += "; the files of the work tree stand for what it recorded";
        }
        self.issues.push(issue);
    }
}

/// Progress as it is told, and what came in so far.
struct Told<'a> {
    progress: &'a mut dyn FnMut(usize) -> bool,
    stop: &'a AtomicBool,
    commits: usize,
    compared: Vec<Compared>,
}

impl<'a> Told<'a> {
    fn new(progress: &'a mut dyn FnMut(usize) -> bool, stop: &'a AtomicBool) -> Self {
        Self {
            progress,
            stop,
            commits: 0,
            compared: Vec::new(),
        }
    }

    fn take(&mut self, result: Compared) {
        self.commits += result.commits;
        self.compared.push(result);
        if self.goes_on() && !(self.progress)(self.commits) {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }
}

fn compare_stretches(
    opened: &Opened,
    waiting: &Mutex<mpsc::Receiver<Stretch>>,
    done: &mpsc::Sender<Compared>,
    stop: &AtomicBool,
) {
    let objects = opened.objects();
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(stretch) = next else {
            break;
        };
        if stop.load(Ordering::Relaxed) {
            continue;
        }
        if done.send(compare_stretch(&objects, &stretch)).is_err() {
            break;
        }
    }
    opened.give_back(objects);
}

/// Compares each commit of a stretch with the one before it. A root tree that cannot be read is passed
/// over: what happened there shows at the next newer commit.
fn compare_stretch(objects: &Objects, stretch: &Stretch) -> Compared {
    let mut compared = Compared {
        first: stretch.first,
        commits: stretch.links.len(),
        ..Compared::default()
    };
    let mut compare = Compare::new(objects);
    let (mut newer, mut older) = (Vec::new(), Vec::new());
    let mut newer_at = None;
    let links = stretch.links.iter().chain(&stretch.base);
    let trees = links.map(|link| Some(&link.tree));
    let before_all = stretch.base.is_none().then_some(None);
    for (at, tree) in trees.chain(before_all).enumerate() {
        if let Err(error) = compare.load(tree, &mut older) {
            compared.lost.push(error);
            continue;
        }
        if let Some(newer_at) = newer_at {
            // What was seen before a folder turned out to be missing is true all the same.
            compared.lost.extend(compare.roots(&older, &newer).err());
            if !compare.changes.is_empty() {
                compared.steps.push(Step {
                    commit: stretch.first + newer_at,
                    changes: std::mem::take(&mut compare.changes),
                });
            }
        }
        newer_at = Some(at);
        std::mem::swap(&mut newer, &mut older);
    }
    compared
}
