//! Which phrases and learned weights a block has had, told by numbers of sentences, so that nothing has
//! to be cleared from one block to the next, or from one policy to the next.

/// When each phrase and each row of learned weights was seen last.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    /// By phrase: the number of the sentence it was last seen in.
    pub(super) seen: Vec<u32>,
    /// The same, by row of learned weights.
    pub(super) counted: Vec<u32>,
    /// The number of the sentence that is being scored, and of the first of its block.
    pub(super) sentence: u32,
    pub(super) block: u32,
}

impl Stamps {
    /// From here on numbers begin anew: no text has so many sentences that they run out within it.
    const MOST: u32 = 1 << 31;

    /// The stamps, ready for so many phrases and rows.
    pub(super) fn ready(mut self, phrases: usize, rows: usize) -> Self {
        if self.sentence >= Self::MOST {
            self = Self::default();
        }
        self.seen.resize(phrases, 0);
        self.counted.resize(rows, 0);
        self.start_block();
        self
    }

    /// The next sentence is the first of a block.
    pub(super) fn start_block(&mut self) {
        self.block = self.sentence.wrapping_add(1);
    }

    /// Turns to the next sentence.
    pub(super) fn start_sentence(&mut self) {
        self.sentence = self.sentence.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_run_out() {
        let mut stamps = Stamps::default().ready(1, 1);
        stamps.start_sentence();
        stamps.seen[0] = stamps.sentence;
        stamps = stamps.ready(1, 1);
        assert!(
            stamps.seen[0] < stamps.block,
            "not of the next text's block"
        );
        (stamps.sentence, stamps.seen[0]) = (Stamps::MOST, Stamps::MOST);
        stamps = stamps.ready(1, 1);
        assert!(stamps.seen[0] < stamps.block);
    }
}
