//! Logistic regression with an L2 penalty, fitted by L-BFGS (Nocedal and Wright, Numerical
//! Optimization, algorithm 7.4). Sums run in a fixed order, so the result is the same each time.

/// Texts as sets of features; a feature of a text counts 1 / √(words of the text).
#[derive(Default)]
pub(crate) struct Texts {
    /// The features of all texts, one text after the other.
    pub(crate) features: Vec<u32>,
    /// Where the features of each text end.
    pub(crate) ends: Vec<usize>,
    /// 1 / √(words) of each text.
    pub(crate) scales: Vec<f64>,
}

impl Texts {
    /// Adds a text of so many words.
    pub(crate) fn push(&mut self, features: impl IntoIterator<Item = u32>, words: usize) {
        self.features.extend(features);
        self.ends.push(self.features.len());
        self.scales.push(1.0 / (words.max(1) as f64).sqrt());
    }

    pub(crate) fn of(&self, text: usize) -> &[u32] {
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.features[start..self.ends[text]]
    }

    /// The same texts with only the features that get a new number.
    pub(crate) fn keeping(&self, number: &[Option<u32>]) -> Self {
        let mut kept = Self {
            scales: self.scales.clone(),
            ..Self::default()
        };
        for text in 0..self.ends.len() {
            let features = self.of(text).iter().filter_map(|f| number[*f as usize]);
            kept.features.extend(features);
            kept.ends.push(kept.features.len());
        }
        kept
    }

    /// What a model says of a text: the log of the odds.
    pub(crate) fn odds(&self, text: usize, model: &[f64]) -> f64 {
        let sum: f64 = self.of(text).iter().map(|f| model[*f as usize]).sum();
        sum * self.scales[text] + model[model.len() - 1]
    }
}

/// A text to learn from: its place, whether it has the label, how much it counts.
pub(crate) type Example = (usize, bool, f64);

/// Steps at most; what they leave unfinished makes no difference to eight bits.
const STEPS: usize = 80;

/// Steps that the estimate of the curvature rests on.
const MEMORY: usize = 8;

/// One weight a feature, and the bias last. `cost` weighs mistakes against the size of the weights.
pub(crate) fn fit(texts: &Texts, features: usize, examples: &[Example], cost: f64) -> Vec<f64> {
    let mut model = vec![0.0; features + 1];
    let (mut loss, mut gradient) = measure(texts, examples, cost, &model);
    let mut history: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..STEPS {
        let direction = direction(&gradient, &history);
        let slope = dot(&direction, &gradient);
        let mut step = if history.is_empty() {
            1.0 / norm(&gradient).max(1.0)
        } else {
            1.0
        };
        let (next, after) = loop {
            let next: Vec<f64> = model
                .iter()
                .zip(&direction)
                .map(|(m, d)| m + step * d)
                .collect();
            let after = measure(texts, examples, cost, &next);
            if after.0 <= loss + 1e-4 * step * slope || step < 1e-9 {
                break (next, after);
            }
            step /= 2.0;
        };
        let moved: Vec<f64> = next.iter().zip(&model).map(|(a, b)| a - b).collect();
        let bent: Vec<f64> = after.1.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let gained = loss - after.0;
        model = next;
        (loss, gradient) = after;
        if gained <= loss * 1e-5 {
            break;
        }
        if dot(&moved, &bent) > 0.0 {
            history.push((moved, bent));
            if history.len() > MEMORY {
                history.remove(0);
            }
        }
    }
    model
}

/// Loss and gradient.
fn measure(texts: &Texts, examples: &[Example], cost: f64, model: &[f64]) -> (f64, Vec<f64>) {
    let mut gradient = model.to_vec();
    let mut loss = dot(model, model) / 2.0;
    let bias = model.len() - 1;
    for &(text, labelled, weight) in examples {
        let odds = texts.odds(text, model);
        let signed = if labelled { -odds } else { odds };
        // ln(1 + e^x) without overflow.
        loss += cost * weight * (signed.max(0.0) + (-signed.abs()).exp().ln_1p());
        let pull = cost * weight / (1.0 + (-signed).exp());
        let pull = if labelled { -pull } else { pull };
        let scaled = pull * texts.scales[text];
        for feature in texts.of(text) {
            gradient[*feature as usize] += scaled;
        }
        gradient[bias] += pull;
    }
    (loss, gradient)
}

/// Where to go from here.
fn direction(gradient: &[f64], history: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::new();
    for (moved, bent) in history.iter().rev() {
        let share = dot(moved, &direction) / dot(moved, bent);
        add(&mut direction, bent, -share);
        shares.push(share);
    }
    if let Some((moved, bent)) = history.last() {
        let size = dot(moved, bent) / dot(bent, bent);
        direction.iter_mut().for_each(|d| *d *= size);
    }
    for ((moved, bent), share) in history.iter().zip(shares.iter().rev()) {
        let back = dot(bent, &direction) / dot(moved, bent);
        add(&mut direction, moved, share - back);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add(to: &mut [f64], what: &[f64], share: f64) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += share * what;
    }
}
