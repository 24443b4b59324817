//! Reads texts with the program's own phrases and scorer.

use crate::collect::Collector;
use crate::lexicon::Lexicon;
use crate::model::Topic;
use crate::reader::{self, Reading, Wanted};
use crate::shelf::Shelf;
use crate::stance;
use crate::sums::{ByTopic, Sentence, Sums};
use crate::topics::Scorer;

/// Phrases, with or without learned weights.
pub(crate) struct Reader {
    pub(crate) lexicon: Lexicon,
    shelf: Shelf,
}

impl Reader {
    /// The embedded phrases, and the learned weights of a file.
    pub(crate) fn new(weights: &str) -> Self {
        let mut collector = Collector::phrases();
        collector.weigh(weights);
        Self {
            lexicon: collector.into(),
            shelf: Shelf::default(),
        }
    }

    pub(crate) fn scorer(&self) -> Scorer<'_> {
        Scorer::new(&self.lexicon, false, &self.shelf)
    }

    /// The points of a text for each topic.
    pub(crate) fn points(&self, scorer: &mut Scorer<'_>, text: &str) -> ByTopic {
        let sentences = sentences(scorer, &self.readings(text));
        Sums::of(&sentences).points()
    }

    /// The topics of a text, the best first.
    pub(crate) fn topics(&self, text: &str) -> Vec<Topic> {
        let mut scorer = self.scorer();
        let readings = self.readings(text);
        let title = matches!(&readings[..], [alone] if stance::is_title(&alone.words));
        let sentences = sentences(&mut scorer, &readings);
        let found = scorer.whole(&sentences, title);
        found.iter().map(|score| score.topic).collect()
    }

    /// The topics that a heading names, as bits.
    pub(crate) fn heading(&self, scorer: &mut Scorer<'_>, heading: &str) -> u16 {
        let sentences = self.readings(heading);
        let named = sentences.iter().flat_map(|words| scorer.heading(words));
        named.fold(0, |bits, score| bits | 1 << score.topic.index())
    }

    fn readings(&self, text: &str) -> Vec<Reading> {
        let wanted = Wanted {
            topics: &self.lexicon.phrases,
            labels: true,
            atoms: None,
        };
        reader::Reader::new(wanted, &self.shelf).sentences(text)
    }
}

/// What the sentences of one text score.
fn sentences(scorer: &mut Scorer<'_>, readings: &[Reading]) -> Vec<Sentence> {
    scorer.start_block();
    let scored = readings.iter().map(|sentence| scorer.sentence(sentence));
    scored.collect()
}
