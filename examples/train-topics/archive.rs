//! The texts of privacy policies: every version in a git archive, or the files of a folder.

use policy_tui::model::{Document, Origin};
use policy_tui::source::{FindOptions, MAX_SIZE, Sources};
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// A policy of a service, as stored.
pub(crate) struct Text {
    /// The top folder it lies in.
    pub(crate) service: String,
    /// Its bytes.
    pub(crate) document: Document,
}

/// What the documents to learn from are called.
const NAMED: &str = "*Privacy Policy.md";

/// Hands over every distinct text of an archive, always in the same order.
pub(crate) fn read(path: &Path, take: impl FnMut(Text)) -> Result<(), Box<dyn Error>> {
    match commit(path) {
        Some(_) => read_git(path, take),
        None => read_folder(path, take),
    }
}

/// The commit that a git archive stands at; nothing for a plain folder.
pub(crate) fn commit(path: &Path) -> Option<String> {
    let output = git(path).args(["rev-parse", "HEAD"]).output().ok()?;
    let own = path.join("HEAD").exists() || path.join(".git").exists();
    (own && output.status.success())
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn git(path: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(path);
    command
}

fn read_git(path: &Path, mut take: impl FnMut(Text)) -> Result<(), Box<dyn Error>> {
    let log = git(path)
        .args([
            "log",
            "-z",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--format=",
            "--",
            NAMED,
        ])
        .output()?;
    let log = String::from_utf8_lossy(&log.stdout);
    let mut fields = log.split('\0').map(str::trim_start);
    let mut blobs = Vec::new();
    while let Some(field) = fields.next() {
        let Some(change) = field.strip_prefix(':') else {
            continue;
        };
        if let (Some(id), Some(file)) = (change.split(' ').nth(3), fields.next())
            && id.bytes().any(|byte| byte != b'0')
        {
            blobs.push((file.to_owned(), id.to_owned()));
        }
    }
    blobs.sort();
    blobs.dedup();
    let mut cat = git(path)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut asked = cat.stdin.take().ok_or("git takes no input")?;
    let ids: Vec<String> = blobs.iter().map(|(_, id)| format!("{id}\n")).collect();
    let asking = std::thread::spawn(move || asked.write_all(ids.concat().as_bytes()));
    let mut answers = BufReader::new(cat.stdout.take().ok_or("git gives no output")?);
    for (file, _) in blobs {
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let size: usize = head
            .split_whitespace()
            .nth(2)
            .ok_or(head.clone())?
            .parse()?;
        let mut bytes = vec![0; size + 1];
        answers.read_exact(&mut bytes)?;
        bytes.truncate(size);
        take(text(Path::new(&file), bytes));
    }
    asking
        .join()
        .map_err(|_| "git was not asked to the end")??;
    cat.wait()?;
    Ok(())
}

fn read_folder(path: &Path, mut take: impl FnMut(Text)) -> Result<(), Box<dyn Error>> {
    let sources = Sources::default();
    for one in sources
        .find(&[path.to_owned()], &FindOptions::default())
        .found
    {
        let Ok(document) = sources.read(&one, MAX_SIZE) else {
            continue;
        };
        if let Origin::File(file) = &one.origin {
            let below = file.strip_prefix(path).unwrap_or(file);
            take(text(below, document.bytes));
        }
    }
    Ok(())
}

fn text(file: &Path, bytes: Vec<u8>) -> Text {
    let first = file.components().next();
    let service = first.map(|name| name.as_os_str().to_string_lossy().into_owned());
    Text {
        service: service.unwrap_or_default(),
        document: Document::new(Origin::File(file.to_owned()), bytes),
    }
}
