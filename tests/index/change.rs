//! What changed is read, and nothing else.

use crate::shelf::{Shelf, text};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[test]
fn a_changed_file_is_read_again_and_no_other() {
    let shelf = Shelf::new(12, 10);
    shelf.update();
    shelf.write(
        "flat/site1.com.md",
        "# Anew\n\nNothing is as it was, and cookies are gone.",
    );
    assert_eq!(shelf.update(), 1);
    shelf.assert_same();
}

#[test]
fn new_files_come_and_removed_ones_go() {
    let shelf = Shelf::new(12, 11);
    shelf.update();
    let mut random = fastrand::Rng::with_seed(12);
    shelf.write("flat/aaa.com.md", &text(&mut random));
    shelf.write("flat/zzz.com.md", &text(&mut random));
    std::fs::remove_file(shelf.policies().join("flat/site2.com.md")).unwrap();
    assert_eq!(shelf.update(), 2);
    shelf.assert_same();
}

#[test]
fn of_a_document_with_a_new_version_only_that_is_read() {
    let shelf = Shelf::new(12, 13);
    shelf.update();
    let mut random = fastrand::Rng::with_seed(14);
    shelf.write(
        "Service 3/Privacy Policy/2020-09-01T00-00-00Z.md",
        &text(&mut random),
    );
    assert_eq!(shelf.update(), 1);
    shelf.assert_same();
    // One that comes between others moves them: nothing is read but the new one and the current.
    shelf.write(
        "Service 3/Privacy Policy/2020-01-15T00-00-00Z.md",
        &text(&mut random),
    );
    assert!(shelf.update() <= 2);
    shelf.assert_same();
}

#[test]
fn a_file_that_is_only_touched_is_recognised() {
    let shelf = Shelf::new(6, 15);
    shelf.update();
    let path = shelf.policies().join("flat/site1.com.md");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(shelf.update(), 1);
    shelf.assert_same();
}

#[test]
fn what_cannot_be_read_is_told_each_time() {
    let shelf = Shelf::new(6, 16);
    shelf.write("flat/bad.com.md", "\0\u{1}\0binary\0\0");
    shelf.write("flat/empty.com.md", "");
    shelf.update();
    shelf.assert_same();
    assert!(shelf.library().index().is_some());
    assert!(
        shelf
            .library()
            .issues()
            .iter()
            .filter(|issue| issue.is_loss())
            .count()
            >= 2
    );
    shelf.write(
        "flat/empty.com.md",
        "# Now\n\nThere is something here, about cookies.",
    );
    shelf.assert_same();
    shelf.update();
    shelf.assert_same();
}

#[test]
fn many_changes_leave_what_a_new_index_would_hold() {
    let shelf = Shelf::new(15, 17);
    shelf.update();
    let mut random = fastrand::Rng::with_seed(18);
    for round in 0..12 {
        let number = random.usize(0..18);
        let name = if number.is_multiple_of(3) {
            format!(
                "Service {number}/Privacy Policy/2020-0{}-01T00-00-00Z.md",
                random.u8(1..9)
            )
        } else {
            format!("flat/site{number}.com.md")
        };
        let path = shelf.policies().join(&name);
        if random.bool() && path.exists() {
            std::fs::remove_file(path).unwrap();
        } else {
            shelf.write(&name, &text(&mut random));
        }
        if round % 3 == 0 {
            shelf.update();
            shelf.assert_same();
        }
    }
    shelf.update();
    shelf.assert_same();
    let count = |shelf: &Shelf| {
        let connection = rusqlite::Connection::open(shelf.file()).unwrap();
        [
            "wording",
            "wording_words",
            "holding",
            "content",
            "version",
            "document",
            "issue",
        ]
        .map(|table| {
            let sql = format!("SELECT count(*) FROM {table}");
            connection
                .query_row(&sql, [], |row| row.get::<_, i64>(0))
                .unwrap()
        })
    };
    let grown = count(&shelf);
    shelf
        .loader()
        .update_index(&shelf.request(), true, &mut |_, _| true)
        .unwrap();
    assert_eq!(grown, count(&shelf));
}

/// Runs git in the folder of the policies; none without the git program.
fn git(shelf: &Shelf, arguments: &[&str]) -> Option<()> {
    let mut git = std::process::Command::new("git");
    git.arg("-C").arg(shelf.policies());
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
    let made = git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let made = made.output().ok()?;
    assert!(made.status.success(), "{made:?}");
    Some(())
}

#[test]
fn files_of_a_work_tree_that_were_written_just_now_are_recognised_later() {
    let shelf = Shelf::new(0, 1);
    let mut random = fastrand::Rng::with_seed(20);
    if git(&shelf, &["init", "-q"]).is_none() {
        eprintln!("SKIPPED: there is no git program to make a repository with");
        return;
    }
    for _ in 0..3 {
        shelf.write("Shop/Privacy Policy.md", &text(&mut random));
        git(&shelf, &["add", "-A"]);
        git(&shelf, &["commit", "-qm", "Recorded"]);
    }
    let is_unchanged = || {
        let loader = shelf.loader();
        let updated = loader.update_index(&shelf.request(), false, &mut |_, _| true);
        updated.unwrap().unchanged
    };
    assert!(!is_unchanged());
    assert!(is_unchanged(), "their time was waited for");
    // A file system that counts whole seconds: their time tells nothing for two of them.
    let path = shelf.policies().join("Shop/Privacy Policy.md");
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let second = UNIX_EPOCH + Duration::from_secs(now.as_secs());
    file.set_modified(second).unwrap();
    assert!(!is_unchanged());
    let settled = second + Duration::from_millis(2100);
    let wait = settled
        .duration_since(SystemTime::now())
        .unwrap_or_default();
    std::thread::sleep(wait);
    assert!(!is_unchanged(), "now they can be recognised");
    assert!(is_unchanged());
}
