//! Passages → weights. Headings and phrases label the passages, nobody else does: what both are
//! surest of are the examples, what they doubt is left out.

use crate::corpus::Corpus;
use crate::logistic::{Example, Texts, fit};
use crate::reading::Reader;
use crate::sums::ByTopic;
use crate::weight_file::{Row, UNIT};
use crate::words::Gap;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Words and pairs that fewer services use say more of those services than of a topic.
const FEWEST_SERVICES: usize = 5;
/// Words and pairs in fewer passages are too rare to learn from.
const FEWEST_PASSAGES: usize = 15;
/// Words and pairs that are kept.
const ROWS: usize = 6000;
/// What a mistake costs, against the size of the weights.
const COST: f64 = 3.0;
/// What phrases count against what was learned from headings, both standardised.
const PHRASES: f64 = 0.8;
/// The best so many, as a share of those under a heading on the topic, are its examples …
const SURE: f64 = 0.6;
/// … and those beyond this share are examples of what it is not.
const OTHER: f64 = 1.6;
/// Logarithm of the odds that a point of a phrase is worth.
const POINT: f64 = 0.6;

/// Everything that is learned from.
pub(crate) struct Lessons {
    /// The words and pairs, in the order of their numbers.
    grams: Vec<String>,
    texts: Texts,
    /// Points of phrases, by passage.
    phrases: Vec<ByTopic>,
    /// The topics that the nearest heading with any names, as bits; by passage.
    headings: Vec<u16>,
    /// By passage: its service, and how much it counts.
    services: Vec<(usize, f64)>,
}

/// A model: the weights of words and pairs, quantised.
pub(crate) struct Weights {
    /// Words, or two parted by a space, with their weights; in alphabetical order.
    pub(crate) rows: Vec<(String, Row)>,
    /// By topic: the logarithm of the odds where nothing speaks for or against it.
    pub(crate) bias: [f64; 16],
}

impl Lessons {
    /// Reads every passage.
    pub(crate) fn new(corpus: &Corpus, reader: &Reader) -> Self {
        let known = vocabulary(corpus);
        let mut of_service = vec![0_usize; corpus.services.len()];
        for passage in &corpus.passages {
            of_service[passage.service] += 1;
        }
        let mut lessons = Self {
            grams: known.keys().cloned().collect(),
            texts: Texts::default(),
            phrases: Vec::new(),
            headings: Vec::new(),
            services: Vec::new(),
        };
        let number: FxHashMap<&str, u32> =
            lessons.grams.iter().map(String::as_str).zip(0..).collect();
        let read: Vec<_> = corpus
            .passages
            .par_iter()
            .map_init(
                || reader.scorer(),
                |scorer, passage| {
                    let (grams, words) = grams(&passage.text);
                    let features: Vec<u32> = grams
                        .iter()
                        .filter_map(|g| number.get(g.as_str()).copied())
                        .collect();
                    let headings = passage
                        .headings
                        .iter()
                        .map(|heading| reader.heading(scorer, heading));
                    let heading = headings
                        .into_iter()
                        .find(|topics| *topics != 0)
                        .unwrap_or(0);
                    (
                        features,
                        words,
                        reader.points(scorer, &passage.text),
                        heading,
                    )
                },
            )
            .collect();
        for ((features, words, points, heading), passage) in read.into_iter().zip(&corpus.passages)
        {
            lessons.texts.push(features, words);
            lessons.phrases.push(points);
            lessons.headings.push(heading);
            let weight = 1.0 / (of_service[passage.service] as f64).sqrt();
            lessons.services.push((passage.service, weight));
        }
        let mean = lessons
            .services
            .iter()
            .map(|(_, weight)| weight)
            .sum::<f64>()
            / lessons.services.len() as f64;
        lessons
            .services
            .iter_mut()
            .for_each(|(_, weight)| *weight /= mean);
        lessons
    }

    /// Learns from all services but some.
    pub(crate) fn learn(&self, without: &dyn Fn(usize) -> bool) -> Weights {
        let passages: Vec<usize> = (0..self.services.len())
            .filter(|p| !without(self.services[*p].0))
            .collect();
        let examples: Vec<Vec<Example>> = (0..16_usize)
            .into_par_iter()
            .map(|topic| self.examples(topic, &passages))
            .collect();
        let all = self.grams.len();
        let models: Vec<Vec<f64>> = examples
            .par_iter()
            .map(|examples| fit(&self.texts, all, examples, COST))
            .collect();
        let kept = self.telling(&models);
        let mut number = vec![None; all];
        for (new, old) in kept.iter().enumerate() {
            number[*old] = u32::try_from(new).ok();
        }
        let texts = self.texts.keeping(&number);
        let models: Vec<Vec<f64>> = examples
            .par_iter()
            .map(|examples| fit(&texts, kept.len(), examples, COST))
            .collect();
        let rows = kept.iter().enumerate().map(|(new, old)| {
            let row = std::array::from_fn(|topic| quantised(models[topic][new]));
            (self.grams[*old].clone(), row)
        });
        Weights {
            rows: rows.filter(|(_, row)| *row != Row::default()).collect(),
            bias: std::array::from_fn(|topic| models[topic][kept.len()]),
        }
    }

    /// What to learn a topic from.
    fn examples(&self, topic: usize, passages: &[usize]) -> Vec<Example> {
        let named = |passage: usize| self.headings[passage] & (1 << topic) != 0;
        let headed: Vec<Example> = passages
            .iter()
            .filter(|passage| self.headings[**passage] != 0)
            .map(|passage| (*passage, named(*passage), self.services[*passage].1))
            .collect();
        let model = fit(&self.texts, self.grams.len(), &headed, COST);
        let learned: Vec<f64> = passages
            .iter()
            .map(|passage| self.texts.odds(*passage, &model))
            .collect();
        let phrases: Vec<f64> = passages
            .iter()
            .map(|passage| f64::from(self.phrases[*passage][topic]))
            .collect();
        let both: Vec<f64> = standardised(&learned)
            .zip(standardised(&phrases))
            .map(|(l, p)| l + PHRASES * p)
            .collect();
        let sum = |examples: &mut dyn Iterator<Item = &Example>| {
            examples.map(|example| example.2).sum::<f64>()
        };
        let share = sum(&mut headed.iter().filter(|example| example.1)) / sum(&mut headed.iter());
        let mut order: Vec<usize> = (0..passages.len()).collect();
        order.sort_by(|a, b| both[*b].total_cmp(&both[*a]).then(a.cmp(b)));
        let all: f64 = passages
            .iter()
            .map(|passage| self.services[*passage].1)
            .sum();
        let mut above = 0.0;
        let mut examples = Vec::new();
        for place in order {
            let passage = passages[place];
            let weight = self.services[passage].1;
            above += weight / all;
            if above <= SURE * share || above > OTHER * share {
                examples.push((passage, above <= SURE * share, weight));
            }
        }
        examples.sort_by_key(|example| example.0);
        examples
    }

    /// The words and pairs that decide most, in their order.
    fn telling(&self, models: &[Vec<f64>]) -> Vec<usize> {
        let mut found = vec![0_u32; self.grams.len()];
        self.texts
            .features
            .iter()
            .for_each(|feature| found[*feature as usize] += 1);
        let says = |gram: usize| {
            let most = models
                .iter()
                .map(|model| model[gram].abs())
                .fold(0.0, f64::max);
            most * f64::from(found[gram]).sqrt()
        };
        let mut order: Vec<usize> = (0..self.grams.len()).collect();
        order.sort_by(|a, b| says(*b).total_cmp(&says(*a)).then(a.cmp(b)));
        order.truncate(ROWS);
        order.sort_unstable();
        order
    }
}

/// Points that a logarithm of odds is worth.
pub(crate) fn in_points(odds: f64) -> f64 {
    odds / POINT
}

fn quantised(weight: f64) -> i8 {
    let units = in_points(weight) / f64::from(UNIT);
    units.round().clamp(f64::from(i8::MIN), f64::from(i8::MAX)) as i8
}

fn standardised(values: &[f64]) -> impl Iterator<Item = f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let spread = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count).sqrt();
    values
        .iter()
        .map(move |value| (value - mean) / spread.max(1e-9))
}

/// The words and pairs that enough passages of enough services hold, in alphabetical order.
fn vocabulary(corpus: &Corpus) -> BTreeMap<String, ()> {
    let mut found: FxHashMap<String, (usize, usize, usize)> = FxHashMap::default();
    for passage in &corpus.passages {
        for gram in grams(&passage.text).0 {
            let (passages, services, last) = found.entry(gram).or_insert((0, 0, usize::MAX));
            *passages += 1;
            // Passages come service by service.
            *services += usize::from(*last != passage.service);
            *last = passage.service;
        }
    }
    let enough = |&(passages, services, _): &(usize, usize, usize)| {
        passages >= FEWEST_PASSAGES && services >= FEWEST_SERVICES
    };
    found
        .into_iter()
        .filter(|(_, counts)| enough(counts))
        .map(|(gram, _)| (gram, ()))
        .collect()
}

/// The words of a text and the pairs of words that follow each other, none twice; and the number of
/// words.
fn grams(text: &str) -> (Vec<String>, usize) {
    let mut grams = Vec::new();
    let (mut before, mut count) = (String::new(), 0);
    crate::words::read(text, |word| {
        let now = String::from_utf8_lossy(word.head).into_owned();
        if word.whole {
            grams.push(now.clone());
            if word.gap < Gap::Clause && !before.is_empty() {
                grams.push(format!("{before} {now}"));
            }
        }
        before = if word.whole { now } else { String::new() };
        count += 1;
    });
    grams.sort_unstable();
    grams.dedup();
    (grams, count)
}
