//! The index on disk.

use super::Format;
use super::json::write_json;
use super::text::safe;
use serde::Serialize;
use std::io::{self, Write};

/// What index there is, and what was done about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexReport {
    /// Where it lies, or would.
    pub path: String,
    /// Why it cannot be used as it is; none when it is up to date.
    pub state: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Documents in it.
    pub documents: Option<usize>,
    /// Versions in it.
    pub versions: Option<usize>,
    /// Different wordings in it.
    pub wordings: Option<usize>,
    /// Versions that were read for it now.
    pub read: Option<usize>,
    /// Bytes that were freed now.
    pub freed: Option<u64>,
    /// How long that took.
    pub seconds: Option<f64>,
}

/// Writes what index there is.
///
/// # Errors
/// When writing fails.
pub fn index(out: &mut dyn Write, report: &IndexReport, format: Format) -> io::Result<()> {
    if format == Format::Json {
        return write_json(out, report);
    }
    writeln!(out, "{}", safe(&report.path))?;
    match &report.state {
        None => writeln!(out, "up to date")?,
        Some(state) => writeln!(out, "{}", safe(state))?,
    }
    if let (Some(documents), Some(versions), Some(wordings)) =
        (report.documents, report.versions, report.wordings)
    {
        let documents = counted(documents, "document");
        let (versions, wordings) = (counted(versions, "version"), counted(wordings, "wording"));
        writeln!(out, "{documents}, {versions}, {wordings}")?;
    }
    if let Some(bytes) = report.bytes {
        writeln!(out, "{bytes} bytes")?;
    }
    if let (Some(read), Some(seconds)) = (report.read, report.seconds) {
        let versions = counted(read, "version");
        writeln!(out, "{versions} read in {seconds:.2} s")?;
    }
    if let Some(freed) = report.freed {
        writeln!(out, "{freed} bytes freed")?;
    }
    Ok(())
}

/// "1 version", "2 versions".
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
