//! Whatever happens to an index, no answer is wrong, and what is wrong is told in one line.

use crate::shelf::{Shelf, contents};
use policy_tui::library::index::{Cache, Trouble};
use policy_tui::model::IssueKind;
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policy-tui");

/// How often a program is killed while it makes an index.
const KILLS: usize = 200;

fn told(shelf: &Shelf) -> Vec<String> {
    let library = shelf.library();
    let issues = library
        .issues()
        .iter()
        .filter(|issue| issue.kind == IssueKind::Index);
    issues.map(|issue| issue.message.clone()).collect()
}

/// Damages the index, and fails unless it is told, left aside, and made anew.
fn assert_mended(shelf: &Shelf, damage: impl Fn()) {
    damage();
    assert_eq!(told(shelf).len(), 1, "{:?}", told(shelf));
    assert!(shelf.library().index().is_none());
    let mut with = shelf.library();
    let without = shelf.read();
    assert_eq!(with.entries().len(), without.entries().len());
    with.settle();
    assert!(shelf.update() > 0);
    assert!(told(shelf).is_empty());
    shelf.assert_same();
}

#[test]
fn random_bytes_are_noticed() {
    let shelf = Shelf::new(9, 20);
    shelf.update();
    let size = std::fs::metadata(shelf.file()).unwrap().len();
    let mut random = fastrand::Rng::with_seed(21);
    for _ in 0..6 {
        let at = random.u64(0..size - 8);
        let bytes: Vec<u8> = (0..8).map(|_| random.u8(..)).collect();
        assert_mended(&shelf, || {
            let mut file = OpenOptions::new().write(true).open(shelf.file()).unwrap();
            file.seek(SeekFrom::Start(at)).unwrap();
            file.write_all(&bytes).unwrap();
        });
    }
}

#[test]
fn a_cut_or_foreign_file_is_noticed() {
    let shelf = Shelf::new(9, 22);
    shelf.update();
    for size in [0, 1, 4096, 20_000] {
        assert_mended(&shelf, || {
            OpenOptions::new()
                .write(true)
                .open(shelf.file())
                .unwrap()
                .set_len(size)
                .unwrap();
        });
    }
    assert_mended(&shelf, || {
        std::fs::write(shelf.file(), "not an index at all").unwrap()
    });
    assert_mended(&shelf, || {
        let stamp = shelf.files_of_cache("stamp").pop().unwrap();
        std::fs::write(stamp, "nonsense").unwrap();
    });
}

#[test]
fn a_copied_index_is_recognised_by_what_it_holds() {
    let shelf = Shelf::new(9, 23);
    shelf.update();
    let bytes = std::fs::read(shelf.file()).unwrap();
    std::fs::write(shelf.file(), bytes).unwrap();
    assert!(told(&shelf).is_empty());
    assert!(shelf.library().index().is_some());
}

#[test]
fn an_index_made_with_other_topics_is_not_used() {
    let shelf = Shelf::new(9, 24);
    shelf.update();
    let other = shelf.reading().with_cache(Cache::new(shelf.cache()), 1, 1);
    let library = other.load(&shelf.request());
    assert!(library.index().is_none());
    let told: Vec<&str> = library
        .issues()
        .iter()
        .map(|issue| issue.message.as_str())
        .collect();
    assert!(
        told.iter().any(|told| told.contains("another version")),
        "{told:?}"
    );
    let made = other
        .update_index(&shelf.request(), false, &mut |_, _| true)
        .unwrap();
    assert!(made.read > 0 && !made.unchanged);
}

#[test]
fn two_at_once_get_in_nobodys_way() {
    let shelf = Shelf::new(9, 25);
    shelf.update();
    shelf.write("flat/new.com.md", "# New\n\nCookies are used here, too.");
    let mut seen = 0;
    let made = shelf
        .loader()
        .update_index(&shelf.request(), false, &mut |_, _| {
            // While one makes it, another can read, and cannot make it as well.
            seen += 1;
            let other = shelf
                .loader()
                .update_index(&shelf.request(), false, &mut |_, _| true);
            assert!(matches!(other, Err(Trouble::Busy)), "{other:?}");
            assert_eq!(
                shelf.library().entries().len(),
                shelf.read().entries().len()
            );
            true
        });
    assert!(made.is_ok() && seen > 0);
    shelf.assert_same();
}

#[test]
fn whoever_has_it_open_keeps_what_he_opened() {
    let shelf = Shelf::new(9, 26);
    shelf.update();
    let (library, before) = (shelf.library(), shelf.read());
    shelf.write("flat/new.com.md", "# New\n\nCookies are used here, too.");
    shelf.update();
    assert_eq!(
        crate::shelf::found(&library, "cookies", false),
        crate::shelf::found(&before, "cookies", false)
    );
}

#[test]
fn a_making_that_is_stopped_leaves_what_was_there() {
    let shelf = Shelf::new(9, 27);
    let stopped = shelf
        .loader()
        .update_index(&shelf.request(), false, &mut |_, _| false);
    assert!(matches!(stopped, Err(Trouble::Stopped)), "{stopped:?}");
    assert!(shelf.files_of_cache("sqlite").is_empty() && shelf.files_of_cache("draft").is_empty());
    shelf.update();
    let bytes = std::fs::read(shelf.file()).unwrap();
    let stopped = shelf
        .loader()
        .update_index(&shelf.request(), true, &mut |_, _| false);
    assert!(stopped.is_err());
    assert_eq!(std::fs::read(shelf.file()).unwrap(), bytes);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_said_once() {
    let shelf = Shelf::new(9, 28);
    // A file where the folder should be refuses everybody, also those who may write everywhere.
    std::fs::write(shelf.cache(), "in the way").unwrap();
    let made = shelf
        .loader()
        .update_index(&shelf.request(), false, &mut |_, _| true);
    assert!(matches!(made, Err(Trouble::Folder { .. })), "{made:?}");
    let output = Command::new(PROGRAM)
        .args(["search", "cookies"])
        .arg(shelf.policies())
        .env("POLICY_TUI_CACHE", shelf.cache())
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(!output.stdout.is_empty());
    shelf.assert_same();
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_index_and_no_harm() {
    let shelf = Shelf::new(60, 29);
    let before = contents(&shelf.policies());
    let script = format!(
        "ulimit -f 16; exec '{PROGRAM}' index --cache '{}' '{}'",
        shelf.cache().display(),
        shelf.policies().display()
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(shelf.files_of_cache("sqlite").is_empty());
    shelf.assert_same();
    assert_eq!(contents(&shelf.policies()), before);
}

/// After each kill the index is the one before, the one after, or not there; and it answers right.
#[test]
fn killed_at_any_moment_it_is_right_or_absent() {
    let shelf = Shelf::new(12, 30);
    let mut random = fastrand::Rng::with_seed(31);
    let before = contents(&shelf.policies());
    let start = std::time::Instant::now();
    assert!(index(&shelf, &["--rebuild"]).wait().unwrap().success());
    let whole = start.elapsed();
    let (mut killed, mut absent, mut present) = (0, 0, 0);
    let found = |library: &_| crate::shelf::found(library, "cookies OR sell", true);
    let expected = found(&shelf.read());
    for round in 0..KILLS {
        if round % 2 == 0 {
            // It is not there when the program was killed before it made it.
            let _ = std::fs::remove_dir_all(shelf.cache());
        }
        let mut child = index(&shelf, &["--rebuild"]);
        std::thread::sleep(Duration::from_micros(
            random.u64(0..whole.as_micros() as u64),
        ));
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        let library = shelf.library();
        match library.index() {
            Some(_) => present += 1,
            None => absent += 1,
        }
        let told = told(&shelf);
        assert!(told.is_empty(), "round {round}: {told:?}");
        assert_eq!(found(&library), expected, "round {round}");
    }
    println!("killed {killed} of {KILLS}; index there {present} times, absent {absent} times");
    assert!(
        killed > 0 && present > 0 && absent > 0,
        "{killed} {present} {absent}"
    );
    assert_eq!(contents(&shelf.policies()), before);
    shelf.update();
    shelf.assert_same();
}

fn index(shelf: &Shelf, options: &[&str]) -> std::process::Child {
    Command::new(PROGRAM)
        .arg("index")
        .args(options)
        .arg("--cache")
        .arg(shelf.cache())
        .arg(shelf.policies())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
