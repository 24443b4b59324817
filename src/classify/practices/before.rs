//! The sentences of a paragraph before the one that is being read.

use super::matcher::Scan;

/// So many sentences of a paragraph are kept, the nearest. A scan takes some 2 KB, and a document may
/// be one paragraph from end to end; those that people write have fewer sentences.
const KEPT: usize = 256;

/// The nearest sentences before one, in no order.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Scans past `read` are buffers.
    scans: Vec<Scan>,
    /// How many sentences of the paragraph were read.
    read: usize,
}

impl Before {
    /// Turns to another paragraph.
    pub(super) fn clear(&mut self) {
        self.read = 0;
    }

    /// Takes the next sentence over; leaves a buffer in its place.
    pub(super) fn push(&mut self, sentence: &mut Scan) {
        let place = self.read % KEPT;
        self.read += 1;
        if place == self.scans.len() {
            self.scans.push(Scan::default());
        }
        if let Some(oldest) = self.scans.get_mut(place) {
            sentence.keep(oldest);
        }
    }

    pub(super) fn sentences(&self) -> &[Scan] {
        self.scans.get(..self.read.min(KEPT)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(before: &Before) -> Vec<usize> {
        let mut numbers: Vec<_> = before.sentences().iter().map(|scan| scan.own).collect();
        numbers.sort_unstable();
        numbers
    }

    #[test]
    fn the_nearest_are_kept_and_no_more() {
        let mut before = Before::default();
        for own in 0..KEPT + 10 {
            let mut scan = Scan::default();
            scan.own = own;
            before.push(&mut scan);
        }
        assert!(numbers(&before).into_iter().eq(10..KEPT + 10));
        before.clear();
        assert_eq!(numbers(&before), [0; 0]);
        before.push(&mut Scan::default());
        assert_eq!(numbers(&before), [0]);
    }
}
