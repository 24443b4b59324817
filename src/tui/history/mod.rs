//! The history of a policy as views tell it: what a version changed (here), all changes over time as
//! bars (`chart.rs`), and the life of one clause in a panel that a view lays over itself (`life.rs`,
//! its lines in `page.rs` and `wordings.rs`).

mod chart;
mod life;
mod page;
mod wordings;

pub use chart::{Axis, Chart};
pub use life::{LifePanel, Wish};

use super::glyphs::Glyph;
use super::text::sanitize;
use super::theme::Role;
pub use crate::library::thousands;
use crate::model::{ChangeClass, History, Noise, Step};

/// The day on which a version was recorded, in Universal Time; none where its archive does not say.
pub fn day(history: &History, place: usize) -> Option<String> {
    let recorded = history.versions.get(place)?.recorded?;
    Some(recorded.strftime("%Y-%m-%d").to_string())
}

/// A version as sentences call it: by its day, else by its number, counted from 1.
pub fn called(history: &History, place: usize) -> String {
    day(history, place).unwrap_or_else(|| format!("version {}", place + 1))
}

/// From a version to another as sentences tell it; of one day, or one version, that alone.
pub fn span(history: &History, from: usize, to: usize) -> String {
    let (first, last) = (called(history, from), called(history, to));
    match day(history, from) {
        _ if first != last => format!("{first} to {last}"),
        Some(day) => format!("on {day}"),
        None => format!("in {first}"),
    }
}

/// The sign of what a version changed, the role that colours it, and a word.
pub fn mark(step: &Step) -> (Glyph, Role, &'static str) {
    match &step.noise {
        Some(Noise::Form) => (Glyph::BarNone, Role::Same, "form"),
        Some(Noise::Repair { .. }) => (Glyph::Same, Role::Same, "repaired"),
        Some(Noise::Swing) => (Glyph::Same, Role::Same, "swings"),
        Some(Noise::Broken { .. }) => (Glyph::Warning, Role::Warning, "broken"),
        Some(Noise::SizeJump { .. }) => (Glyph::Warning, Role::Warning, "size jump"),
        Some(Noise::Unreadable(_)) => (Glyph::Warning, Role::Error, "unreadable"),
        None => class_mark(step.class),
    }
}

/// The same of a class of change.
pub fn class_mark(class: ChangeClass) -> (Glyph, Role, &'static str) {
    match class {
        ChangeClass::First => (Glyph::Added, Role::MarkAdd, "first"),
        ChangeClass::None => (Glyph::Same, Role::Same, "same"),
        ChangeClass::Formatting => (Glyph::BarNone, Role::Same, "form"),
        ChangeClass::Order => (Glyph::Moved, Role::MarkMove, "order"),
        ChangeClass::Numbers => (Glyph::Changed, Role::OnlySide, "numbers"),
        ChangeClass::Wording => (Glyph::Changed, Role::MarkChange, "wording"),
        ChangeClass::Rewrite => (Glyph::Changed, Role::MarkOpposed, "rewrite"),
    }
}

/// What a version changed, or why it says nothing, in words.
pub fn told(step: &Step, history: &History) -> String {
    let mut said = vec![match &step.noise {
        None => step.counts.in_words(),
        Some(Noise::Form) => "only the form changed".to_owned(),
        Some(Noise::Repair { of }) => {
            format!("back to the text of {}", called(history, *of))
        }
        Some(Noise::Swing) => "the same change as not long before".to_owned(),
        Some(Noise::Broken { what }) => format!("a broken fetch: {what}"),
        Some(Noise::SizeJump { grown }) => Noise::jump(*grown).to_owned(),
        Some(Noise::Unreadable(issue)) => sanitize(&issue.message).into_owned(),
    }];
    let repaired = matches!(step.noise, Some(Noise::Repair { .. }));
    let against = step.against.filter(|base| base + 1 != step.version);
    if let Some(base) = against.filter(|_| !repaired) {
        said.push(format!("against {}", called(history, base)));
    }
    if let Some(place) = step.returns_to.filter(|_| !repaired) {
        said.push(format!("the text of {} again", called(history, place)));
    }
    said.retain(|part| !part.is_empty());
    said.join("; ")
}

/// `1 version`, `2,478 versions`.
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(count))
}

/// The years from the oldest version to the newest: `2019–2026`, or one.
pub fn years(history: &History, ascii: bool) -> Option<String> {
    let (first, last) = history.span()?;
    let year = |time: jiff::Timestamp| time.strftime("%Y").to_string();
    let (first, last) = (year(first), year(last));
    let dash = if ascii { "-" } else { "–" };
    Some(if first == last {
        first
    } else {
        format!("{first}{dash}{last}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChangeCounts, Origin, Version};

    fn history() -> History {
        let version = |day: &str| Version {
            origin: Origin::Stdin,
            recorded: format!("{day}T12:00:00Z").parse().ok(),
            content: None,
        };
        History {
            versions: ["2019-03-01", "2019-09-01", "2021-01-01"]
                .map(version)
                .into(),
        }
    }

    #[test]
    fn a_step_is_told_with_what_it_is_held_against() {
        let mut step = Step::first(2, 900, None);
        step.class = ChangeClass::Wording;
        step.counts = ChangeCounts {
            wording: 12,
            added: 1,
            ..ChangeCounts::default()
        };
        step.against = Some(1);
        assert_eq!(told(&step, &history()), "12 reworded, 1 added");
        step.against = Some(0);
        step.returns_to = Some(0);
        let said = "12 reworded, 1 added; against 2019-03-01; the text of 2019-03-01 again";
        assert_eq!(told(&step, &history()), said);
        step.noise = Some(Noise::Repair { of: 0 });
        assert_eq!(told(&step, &history()), "back to the text of 2019-03-01");
    }

    #[test]
    fn a_span_of_one_day_is_that_day() {
        let mut history = history();
        assert_eq!(span(&history, 0, 2), "2019-03-01 to 2021-01-01");
        assert_eq!(span(&history, 1, 1), "on 2019-09-01");
        let mut versions = history.versions.clone();
        versions[2].recorded = versions[1].recorded;
        history.versions = versions.clone();
        assert_eq!(span(&history, 1, 2), "on 2019-09-01");
        versions[1].recorded = None;
        history.versions = versions;
        assert_eq!(span(&history, 1, 1), "in version 2");
    }

    #[test]
    fn sizes_grow_by_doublings() {
        let of = |added| {
            ChangeCounts::doublings(ChangeCounts {
                added,
                ..ChangeCounts::default()
            })
        };
        assert_eq!(
            [0, 1, 2, 3, 4, 127, 128, 9_999].map(of),
            [0, 1, 2, 2, 3, 7, 8, 8]
        );
    }

    #[test]
    fn counts_and_years() {
        assert_eq!(counted(1, "version"), "1 version");
        assert_eq!(counted(2_478, "version"), "2,478 versions");
        assert_eq!(years(&history(), false).as_deref(), Some("2019–2021"));
        assert_eq!(years(&history(), true).as_deref(), Some("2019-2021"));
    }
}
