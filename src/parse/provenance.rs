//! Where a document says it came from: the first line of a Princeton-Leuven file, YAML front
//! matter, else the file's name.

use crate::model::{Document, IssueKind, Origin, Provenance, printable};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use saphyr::{LoadableYamlNode, Yaml};
use std::path::Path;

/// What the head of a file says, and where the text begins.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) site: Option<String>,
    pub(super) title: Option<String>,
    pub(super) archived: Option<Timestamp>,
    pub(super) snapshot_url: Option<String>,
    pub(super) original_url: Option<String>,
    /// When the page says it was last modified.
    pub(super) modified: Option<Timestamp>,
    /// Byte at which the policy's text begins.
    pub(super) body: usize,
    /// What could not be understood: the line, from 1, and what is wrong with it.
    pub(super) problem: Option<(u32, String)>,
}

/// Front matter longer than this is taken to be text; bytes.
const MAX_FRONT_MATTER: usize = 1 << 20;

/// File names that say what the document is rather than whose it is.
const GENERIC_NAMES: &[&str] = &[
    "privacy policy",
    "privacy",
    "privacy notice",
    "privacy statement",
    "policy",
    "index",
    "readme",
    "privacy-policy",
    "privacy_policy",
    "privacypolicy",
    "terms of service",
    "terms",
    "cookies",
    "cookie policy",
    "default",
    "document",
];

/// Reads the head of a file.
pub(super) fn read_head(source: &str) -> Head {
    let start = if source.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let body = &source[start..];
    if let Some(head) = princeton_leuven(body, start) {
        return head;
    }
    front_matter(body, start).unwrap_or(Head {
        body: start,
        ..Head::default()
    })
}

/// "> *The following text is extracted and transformed from the SITE privacy policy that was
/// archived on DATE. Please check the `[original snapshot …](URL)` for …*": the form used by the
/// Princeton-Leuven Longitudinal Corpus of Privacy Policies.
fn princeton_leuven(text: &str, start: usize) -> Option<Head> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = &text[..end];
    let (_, after) = line.split_once("extracted and transformed from the ")?;
    if !line.trim_start().starts_with('>') {
        return None;
    }
    let (site, after) = after.split_once(" privacy policy that was archived on ")?;
    let date = after.get(..10)?;
    let snapshot_url = after
        .split_once("](")
        .and_then(|(_, link)| link.split_once(')'))
        .map(|(url, _)| url.trim().to_owned())
        .filter(|url| url.starts_with("http"));
    let stamp = snapshot_url.as_deref().and_then(wayback_time);
    let original_url = snapshot_url.as_deref().and_then(wayback_original);
    let named = date.parse::<Date>().ok();
    let problem = named.is_none().then(|| {
        (
            1,
            format!(
                "the archive date “{}” is not a date such as 2015-12-29",
                printable(date)
            ),
        )
    });
    Some(Head {
        site: Some(site.trim().to_owned()).filter(|site| !site.is_empty()),
        archived: stamp.or_else(|| named.and_then(midnight)),
        problem,
        snapshot_url,
        original_url,
        body: start + end,
        ..Head::default()
    })
}

/// The moment in `…/web/20151229131357id_/…`.
pub(super) fn wayback_time(url: &str) -> Option<Timestamp> {
    let (_, after) = url.split_once("/web/")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i8>().ok();
    let year = digits.get(..4)?.parse::<i16>().ok()?;
    let date = Date::new(year, part(4..6)?, part(6..8)?).ok()?;
    let time = match (part(8..10), part(10..12), part(12..14)) {
        (Some(hour), Some(minute), Some(second)) => {
            jiff::civil::Time::new(hour, minute, second, 0).ok()?
        }
        _ => jiff::civil::Time::midnight(),
    };
    DateTime::from_parts(date, time)
        .to_zoned(TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// The address behind `…/web/20151229131357id_/http%3A//…`.
pub(super) fn wayback_original(url: &str) -> Option<String> {
    let (_, after) = url.split_once("/web/")?;
    let (_, address) = after.split_once('/')?;
    let address = address.replace("%3A", ":").replace("%3a", ":");
    address.starts_with("http").then_some(address)
}

pub(super) fn midnight(date: Date) -> Option<Timestamp> {
    date.to_zoned(TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// The host of an address, in lower case, without user or port.
pub(super) fn host_of(url: &str) -> Option<String> {
    let (_, after) = url.split_once("://")?;
    let authority = after.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// YAML between two lines of three dashes at the very top.
fn front_matter(text: &str, start: usize) -> Option<Head> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    let close = text[at..].split_inclusive('\n').find_map(|line| {
        let here = at;
        at += line.len();
        matches!(line.trim_end(), "---" | "...").then_some(here)
    });
    let Some(close) = close else {
        let keyed = ["site:", "title:", "date:", "url:"];
        let next = text[first.len()..]
            .lines()
            .next()
            .unwrap_or("")
            .trim_start();
        return keyed.iter().any(|key| next.starts_with(key)).then(|| Head {
            body: start,
            problem: Some((
                1,
                "the front matter has no closing line of three dashes".to_owned(),
            )),
            ..Head::default()
        });
    };
    let yaml = &text[first.len()..close];
    // A thematic break at the top is no front matter: that has a key on its first line.
    let keyed = yaml
        .lines()
        .map(str::trim)
        .find(|l| !l.is_empty() && !l.starts_with('#'));
    if yaml.len() > MAX_FRONT_MATTER || !keyed.is_some_and(|line| line.contains(':')) {
        return None;
    }
    let mut head = Head {
        body: start + at,
        ..Head::default()
    };
    match Yaml::load_from_str(yaml) {
        Ok(documents) => fill(&mut head, documents.first(), yaml),
        Err(error) => {
            let line = u32::try_from(error.marker().line()).unwrap_or(1) + 1;
            head.problem = Some((line, format!("the front matter is not valid YAML: {error}")));
        }
    }
    Some(head)
}

fn fill(head: &mut Head, document: Option<&Yaml<'_>>, yaml: &str) {
    let text = |key: &str| {
        let value = document?.as_mapping_get(key)?;
        let plain = value
            .as_str()
            .map(str::to_owned)
            .or_else(|| value.as_integer().map(|n| n.to_string()))
            .or_else(|| value.as_floating_point().map(|n| n.to_string()))?;
        Some(plain.trim().to_owned()).filter(|plain| !plain.is_empty())
    };
    head.site = text("site");
    head.title = text("title").map(|title| clean(&title));
    if let Some(url) = text("url") {
        head.original_url = wayback_original(&url).or_else(|| Some(url.clone()));
        head.snapshot_url = url.contains("/web/").then_some(url);
    }
    if let Some(date) = text("date") {
        head.archived = moment(&date);
        if head.archived.is_none() {
            let line = yaml
                .lines()
                .position(|line| line.trim_start().starts_with("date"));
            let line = u32::try_from(line.unwrap_or(0)).unwrap_or(0) + 2;
            let message =
                format!("the front matter's date “{date}” is not a date such as 2015-12-29");
            head.problem = Some((line, message));
        }
    }
}

/// A date or moment as ISO 8601 writes it.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| {
            let local = text.parse::<DateTime>().ok()?;
            local
                .to_zoned(TimeZone::UTC)
                .ok()
                .map(|zoned| zoned.timestamp())
        })
        .or_else(|| text.get(..10)?.parse::<Date>().ok().and_then(midnight))
}

/// Puts together what the head says and what the file's name says.
pub(super) fn provenance(document: &Document, head: &Head, encoding: &'static str) -> Provenance {
    let host = head.original_url.as_deref().and_then(host_of);
    let site = head
        .site
        .clone()
        .or_else(|| document.filed.site.clone())
        .or_else(|| site_of_name(&document.origin))
        .unwrap_or_else(|| host.clone().unwrap_or_else(|| document.origin.to_string()));
    Provenance {
        site: clean(&site),
        terms: document.filed.terms.as_deref().map(clean),
        host: host.as_deref().map(clean),
        origin: document.origin.clone(),
        archived: head.archived.or(document.filed.recorded),
        removed: document.filed.removed,
        modified: head.modified.or(document.modified),
        snapshot_url: head.snapshot_url.as_deref().map(clean),
        original_url: head.original_url.as_deref().map(clean),
        bytes: document.bytes.len() as u64,
        encoding,
    }
}

/// Names and addresses reach the screen too.
fn clean(text: &str) -> String {
    printable(text).into_owned()
}

/// The site by the file's name; where that only says "privacy policy", by its folder's.
fn site_of_name(origin: &Origin) -> Option<String> {
    let path = match origin {
        Origin::File(path) => path.as_path(),
        Origin::Sample(name) => Path::new(name),
        Origin::Git(place) => Path::new(&*place.path),
        Origin::Stdin => return Some("standard input".to_owned()),
    };
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let generic = GENERIC_NAMES.contains(&stem.to_lowercase().as_str())
        || stem
            .get(..10)
            .is_some_and(|date| date.parse::<Date>().is_ok());
    let folder = || {
        let mut above = path.parent()?.file_name()?.to_string_lossy().into_owned();
        if GENERIC_NAMES.contains(&above.to_lowercase().as_str()) {
            above = path
                .parent()?
                .parent()?
                .file_name()?
                .to_string_lossy()
                .into_owned();
        }
        Some(above)
    };
    if generic {
        folder().or(Some(stem))
    } else {
        Some(stem)
    }
}

/// The title by the file's name, where that says what the document is.
pub(super) fn title_of_name(origin: &Origin) -> Option<String> {
    let path = match origin {
        Origin::File(path) => path.as_path(),
        Origin::Git(place) => Path::new(&*place.path),
        Origin::Sample(_) | Origin::Stdin => return None,
    };
    let stem = path.file_stem()?.to_string_lossy();
    GENERIC_NAMES[..4]
        .contains(&stem.to_lowercase().as_str())
        .then(|| clean(&stem))
}

/// The kind of issue that a problem in the head is.
pub(super) const HEAD_ISSUE: IssueKind = IssueKind::FrontMatter;
