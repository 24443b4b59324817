//! Reads the learned weights: a word or two a line, and how much they speak for each topic. Knows no
//! topics, so that the build script can read the file too; `examples/train-topics` writes it.

use super::words;

/// Weights by topic, in [`UNIT`]s.
pub(super) type Row = [i8; 16];

/// Points of a weight of 1, before the length of the text is taken into account.
pub(super) const UNIT: f32 = 0.25;

/// A line of the file.
#[derive(Debug)]
pub(super) struct Weighed {
    /// The hash of the word, or of the first of two.
    pub(super) first: u64,
    /// The hash of the second.
    pub(super) second: Option<u64>,
    /// What they weigh.
    pub(super) row: Row,
}

/// The lines of a file that hold weights. What is no such line is passed over: comments, the line
/// that names the topics. A test holds that the embedded file has nothing else.
pub(super) fn read(content: &str) -> impl Iterator<Item = Weighed> {
    content.lines().filter_map(line)
}

fn line(line: &str) -> Option<Weighed> {
    let (words, weights) = line.split_once('\t')?;
    let mut row = Row::default();
    let mut given = weights.split('\t');
    for slot in &mut row {
        *slot = given.next()?.parse().ok()?;
    }
    let mut words = words.split(' ').map(words::hash);
    let (first, second) = (words.next()?, words.next());
    (given.next().is_none() && words.next().is_none()).then_some(Weighed { first, second, row })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_count() {
        let weights = ["1"; 16].join("\t");
        let content = format!(
            "# made\nwords\ttopics\na\t{weights}\na b\t{weights}\na b c\t{weights}\nd\t{weights}\t1\ne\t1\n"
        );
        let read: Vec<Weighed> = read(&content).collect();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].second, None);
        assert_eq!(
            (read[1].first, read[1].second),
            (words::hash("a"), Some(words::hash("b")))
        );
        assert_eq!(read[1].row, [1; 16]);
    }
}
