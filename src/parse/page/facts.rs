//! What a page says of itself: title, language, addresses, and the notes that browsers, archives and
//! other savers leave in it.

use super::reader::Page;
use super::tree::{Element, NodeId, ROOT};
use crate::model::printable;
use crate::parse::provenance::{Head, host_of, moment, wayback_original, wayback_time};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Whether a comment may say where the page came from.
pub(super) fn is_telling(comment: &str) -> bool {
    let start = comment.trim_start();
    start.starts_with("saved from url=")
        || start.contains("Page saved with SingleFile")
        || start.starts_with("FILE ARCHIVED ON")
        || start.starts_with("Mirrored from")
}

/// Reads them all. The text begins at byte 0: what is no text was left out of the tree.
pub(super) fn read(page: &Page) -> Head {
    let mut head = Head::default();
    for comment in &page.comments {
        read_comment(comment, &mut head);
    }
    let mut canonical = None;
    let mut shared = None;
    let mut snapshot = None;
    for id in page.tree.descendants(ROOT) {
        let Some(element) = page.tree.element(id) else {
            continue;
        };
        match &*element.name {
            "title" if head.title.is_none() => head.title = title(page, id),
            "link" if element.attribute_is("rel", "canonical") => {
                canonical = canonical.or_else(|| address(element.attribute("href")?));
            }
            "base" => snapshot = snapshot.or_else(|| snapshot_of(element.attribute("href")?)),
            "meta" => match said(element) {
                Some(("og:url", value)) => shared = shared.or_else(|| address(value)),
                Some(("last-modified", value)) => {
                    head.modified = head.modified.or_else(|| moment_of(value))
                }
                _ => {}
            },
            _ => {}
        }
    }
    // An archive rewrites every address of a page it keeps.
    snapshot = snapshot
        .or_else(|| canonical.as_deref().and_then(snapshot_of))
        .or_else(|| shared.as_deref().and_then(snapshot_of));
    let plain = |url: String| wayback_original(&url).unwrap_or(url);
    head.original_url = head
        .original_url
        .take()
        .or_else(|| canonical.map(plain))
        .or_else(|| shared.map(plain))
        .map(plain);
    if head.snapshot_url.is_none() {
        head.snapshot_url = snapshot;
    }
    let stamp = head.snapshot_url.as_deref().and_then(wayback_time);
    head.archived = stamp.or(head.archived);
    head.site = head
        .original_url
        .as_deref()
        .and_then(host_of)
        .map(|host| host.strip_prefix("www.").unwrap_or(&host).to_owned());
    head
}

/// The page's title. Most pages put the name of the site before or behind it: where one part says
/// what the page is, it is the title.
fn title(page: &Page, id: NodeId) -> Option<String> {
    if page
        .tree
        .ancestors(id)
        .any(|at| page.tree.name(at) == "svg")
    {
        return None;
    }
    let whole = page.tree.text_of(id);
    let parts = TITLE_MARKS.iter().fold(vec![&*whole], |parts, mark| {
        parts.iter().flat_map(|part| part.split(mark)).collect()
    });
    let says = |part: &&&str| {
        let lower = part.to_lowercase();
        ["privacy", "policy", "terms", "cookies"]
            .iter()
            .any(|word| lower.contains(word))
    };
    let telling = parts.iter().find(says).map_or(&*whole, |part| part.trim());
    (!telling.is_empty()).then(|| printable(telling).into_owned())
}

/// What stands between the parts of a title.
const TITLE_MARKS: &[&str] = &[" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " : "];

fn said(meta: &Element) -> Option<(&str, &str)> {
    let name = ["property", "name", "http-equiv"]
        .into_iter()
        .find_map(|key| meta.attribute(key))?;
    let known = ["og:url", "last-modified"]
        .into_iter()
        .find(|known| name.trim().eq_ignore_ascii_case(known))?;
    Some((known, meta.attribute("content")?.trim()))
}

fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let absolute = url.starts_with("http://") || url.starts_with("https://");
    absolute.then(|| url.to_owned())
}

fn snapshot_of(url: &str) -> Option<String> {
    wayback_original(url).and_then(|_| address(url))
}

fn read_comment(comment: &str, head: &mut Head) {
    let text = comment.trim();
    if let Some(after) = text.strip_prefix("saved from url=") {
        // "(0042)http://…": the number is the length of the address.
        let url = after.split_once(')').map_or(after, |(_, url)| url);
        set_address(url, head);
    } else if text.starts_with("FILE ARCHIVED ON") {
        read_wayback(text, head);
    } else if text.contains("Page saved with SingleFile") {
        for line in text.lines().map(str::trim) {
            if let Some(url) = line.strip_prefix("url:") {
                set_address(url, head);
            } else if let Some(date) = line.strip_prefix("saved date:") {
                head.archived = head.archived.or_else(|| moment_of(date.trim()));
            }
        }
    } else if let Some(after) = text.strip_prefix("Mirrored from ") {
        // HTTrack: "Mirrored from example.com/privacy.html by HTTrack Website Copier/3.x […], DATE".
        let (url, rest) = after.split_once(" by ").unwrap_or((after, ""));
        set_address(&format!("http://{}", url.trim()), head);
        let date = rest.split_once("], ").map(|(_, date)| date.trim());
        head.archived = head.archived.or_else(|| moment_of(date?));
    }
}

fn set_address(url: &str, head: &mut Head) {
    let Some(url) = address(url).filter(|url| !url.contains("about:")) else {
        return;
    };
    if let Some(original) = wayback_original(&url) {
        head.snapshot_url.get_or_insert(url);
        head.original_url.get_or_insert(original);
    } else {
        head.original_url.get_or_insert(url);
    }
}

/// "FILE ARCHIVED ON 13:13:57 Dec 29, 2015 AND RETRIEVED FROM THE INTERNET ARCHIVE ON …".
fn read_wayback(text: &str, head: &mut Head) {
    let date = text
        .strip_prefix("FILE ARCHIVED ON ")
        .and_then(|rest| rest.split_once(" AND "))
        .map(|(date, _)| date.trim());
    head.archived = head.archived.or_else(|| moment_of(date?));
}

/// A moment in the forms that pages use; Universal Time where no zone is given.
fn moment_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    // "Tue Mar 05 2024 10:11:12 GMT+0100 (Central European Standard Time)", as browsers write it.
    let text = text.split(" (").next().unwrap_or(text).trim();
    let zoned = |form: &str| {
        jiff::fmt::strtime::parse(form, text)
            .ok()
            .and_then(|parsed| parsed.to_timestamp().ok())
    };
    let local = |form: &str| {
        let parsed = DateTime::strptime(form, text).ok()?;
        parsed
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    zoned("%a %b %d %Y %H:%M:%S GMT%z")
        .or_else(|| zoned("%a, %d %b %Y %H:%M:%S %z"))
        .or_else(|| local("%a, %d %b %Y %H:%M:%S GMT"))
        .or_else(|| local("%H:%M:%S %b %d, %Y"))
        .or_else(|| moment(text))
}
