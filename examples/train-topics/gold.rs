//! Thresholds from labelled segments, and how well they do on segments that they were not set on.

use crate::learn::{Lessons, Weights};
use crate::model::Topic;
use crate::reading::Reader;
use crate::sums::ByTopic;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

/// Parts that are held out in turn.
const PARTS: usize = 5;

/// A labelled segment: its text, its topics as bits, its service.
pub(crate) struct Segment {
    text: String,
    topics: u16,
    service: String,
}

/// Reads a table of segments: text, topics joined by `|`, stance, source that begins with the service.
pub(crate) fn read(path: &Path) -> Result<Vec<Segment>, Box<dyn Error>> {
    let content = std::fs::read_to_string(path)?;
    let segment = |line: &str| {
        let mut cells = line.split('\t');
        let (text, topics, _, source) =
            (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let bits = topics
            .split('|')
            .filter_map(Topic::from_id)
            .fold(0, |bits, topic| bits | 1 << topic.index());
        Some(Segment {
            text: text.to_owned(),
            topics: bits,
            service: source.split(", ").next()?.to_owned(),
        })
    };
    Ok(content.lines().skip(1).filter_map(segment).collect())
}

/// What reads segments with some weights.
fn reader(weights: &Weights) -> Reader {
    Reader::new(&crate::asset::lines(weights))
}

/// The points of every segment.
fn points(segments: &[Segment], reader: &Reader) -> Vec<ByTopic> {
    let mut scorer = reader.scorer();
    let points = segments
        .iter()
        .map(|segment| reader.points(&mut scorer, &segment.text));
    points.collect()
}

/// For each topic the threshold at which F1 is best, smoothed over neighbouring ones.
fn thresholds(segments: &[&Segment], points: &[&ByTopic]) -> ByTopic {
    std::array::from_fn(|topic| {
        let mut order: Vec<(f32, bool)> = segments
            .iter()
            .zip(points)
            .map(|(s, p)| (p[topic], s.topics & (1 << topic) != 0))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let gold = order.iter().filter(|(_, has)| *has).count() as f64;
        let mut right = 0.0;
        let f1: Vec<f64> = order
            .iter()
            .enumerate()
            .map(|(at, (_, has))| {
                right += f64::from(u8::from(*has));
                2.0 * right / (at as f64 + 1.0 + gold)
            })
            .collect();
        let best = (2..f1.len().saturating_sub(2))
            .max_by(|a, b| {
                let around = |at: usize| f1[at - 2..=at + 2].iter().sum::<f64>();
                around(*a).total_cmp(&around(*b)).then(b.cmp(a))
            })
            .unwrap_or(0);
        let middle = f32::midpoint(
            order[best].0,
            order.get(best + 1).map_or(0.0, |next| next.0),
        );
        ((middle * 10.0).round() / 10.0).max(0.5)
    })
}

/// Figures of some labels, as a line.
fn figures(segments: &[Segment], found: &[Vec<Topic>]) -> String {
    let mut line = String::new();
    let (mut all, mut sum) = ((0, 0), 0.0);
    for topic in Topic::ALL {
        let bit = 1 << topic.index();
        let counts = segments
            .iter()
            .zip(found)
            .map(|(s, f)| (s.topics & bit != 0, f.contains(&topic)));
        let (both, either) = counts.fold((0, 0), |(both, either), (has, got)| {
            (
                both + u32::from(has && got),
                either + u32::from(has) + u32::from(got),
            )
        });
        let f1 = 2.0 * f64::from(both) / f64::from(either.max(1));
        all = (all.0 + both, all.1 + either);
        sum += f1;
        let _ = write!(line, " {topic} {f1:.2}");
    }
    let main = segments
        .iter()
        .zip(found)
        .filter(|(s, f)| {
            f.first()
                .is_some_and(|topic| s.topics & (1 << topic.index()) != 0)
        })
        .count();
    format!(
        "micro-F1 {:.3}, macro-F1 {:.3}, main topic right {:.3};{line}",
        2.0 * f64::from(all.0) / f64::from(all.1),
        sum / 16.0,
        main as f64 / segments.len() as f64
    )
}

/// The thresholds that suit all segments, as lines for the topic files, and the figures with them.
pub(crate) fn on_all(segments: &[Segment], weights: &Weights) -> String {
    let mut reader = reader(weights);
    let points = points(segments, &reader);
    let set = thresholds(
        &segments.iter().collect::<Vec<_>>(),
        &points.iter().collect::<Vec<_>>(),
    );
    reader.lexicon.thresholds = set;
    let found: Vec<_> = segments
        .iter()
        .map(|segment| reader.topics(&segment.text))
        .collect();
    let mut text = String::new();
    for topic in Topic::ALL {
        let _ = writeln!(
            text,
            "{}.toml: threshold = {:.1}",
            topic.id(),
            set[topic.index()]
        );
    }
    text + &format!(
        "on the segments that thresholds were set on: {}",
        figures(segments, &found)
    )
}

/// The figures where neither weights nor thresholds knew the service of a segment.
pub(crate) fn held_out(segments: &[Segment], services: &[String], lessons: &Lessons) -> String {
    let mut names: Vec<&str> = segments
        .iter()
        .map(|segment| segment.service.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let part = |name: &str| names.binary_search(&name).ok().map(|place| place % PARTS);
    let mut found = vec![Vec::new(); segments.len()];
    for held in 0..PARTS {
        let mut reader = reader(&lessons.learn(&|service| part(&services[service]) == Some(held)));
        let points = points(segments, &reader);
        let known = segments
            .iter()
            .zip(&points)
            .filter(|(segment, _)| part(&segment.service) != Some(held));
        let (known, known_points): (Vec<_>, Vec<_>) = known.unzip();
        reader.lexicon.thresholds = thresholds(&known, &known_points);
        for (topics, segment) in found.iter_mut().zip(segments) {
            if part(&segment.service) == Some(held) {
                *topics = reader.topics(&segment.text);
            }
        }
    }
    format!(
        "held out in {PARTS} parts by service: {}",
        figures(segments, &found)
    )
}
