//! The histories of archives, while their documents are already listed.

use super::{Batch, Progress};
use crate::source::{Archive, Found, Histories};
use std::sync::Arc;

/// Walks the history of every archive, telling how far it is, and hands the versions over.
pub(super) fn walk(archives: &[Archive], found: &[Found], mut take: impl FnMut(Batch) -> bool) {
    let mut before = 0;
    for archive in archives {
        let mut batch = Batch::default();
        let mut progress = Progress::Walking(before);
        let result = archive.histories(&mut |commits| {
            progress = Progress::Walking(before + commits);
            take(Batch {
                progress,
                ..Batch::default()
            })
        });
        if let Progress::Walking(commits) = progress {
            before = commits;
        }
        match result {
            Ok(Histories {
                by_path, issues, ..
            }) => {
                let with_history = found.iter().filter_map(|one| {
                    let path = archive.key(&one.origin)?;
                    Some((one.origin.clone(), Arc::clone(by_path.get(&path)?)))
                });
                batch.histories = with_history.collect();
                batch.issues = issues;
            }
            Err(issue) => batch.issues.push(issue),
        }
        batch.progress = progress;
        if !take(batch) {
            return;
        }
    }
}
