//! Searches under way: one at a time, and of those wanted meanwhile only the newest.

use crate::tui::effect::{Effect, Request, Search, Sought};

/// The most hits that are asked for: more than anybody reads, few enough to lay out at once.
const LIMIT: usize = 200;

/// The most hits of one site, so that a wordy site does not fill the list.
const PER_SITE: usize = 5;

/// What is under way, and what comes next.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// The number of the newest search that was wanted.
    newest: usize,
    under_way: Option<usize>,
    next: Option<Search>,
}

impl Asking {
    /// Wants a search; it takes the place of one that did not begin yet.
    pub(super) fn want(&mut self, sought: Sought, versions: bool) {
        self.newest += 1;
        self.next = Some(Search {
            number: self.newest,
            sought,
            versions,
            limit: LIMIT,
            per_site: PER_SITE,
        });
    }

    /// Begins what is wanted, unless something is still under way.
    pub(super) fn go(&mut self) -> Effect {
        if self.under_way.is_some() {
            return Effect::None;
        }
        self.next.take().map_or(Effect::None, |search| {
            self.under_way = Some(search.number);
            Effect::Ask(Request::Search(search))
        })
    }

    /// Wants nothing any more; what is under way comes to nothing.
    pub(super) fn forget(&mut self) {
        self.newest += 1;
        self.next = None;
    }

    /// A search came to its end: whether its results are those wanted last.
    pub(super) fn ended(&mut self, number: usize) -> bool {
        if self.under_way == Some(number) {
            self.under_way = None;
        }
        number == self.newest
    }

    /// What is under way will not be heard of; whether there was anything.
    pub(super) fn lost(&mut self) -> bool {
        self.under_way.take().is_some()
    }

    /// Whether what is wanted last is not there yet.
    pub(super) fn is_busy(&self) -> bool {
        self.next.is_some() || self.under_way == Some(self.newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::search::Query;

    fn want(asking: &mut Asking, query: &str) {
        asking.want(Sought::Fitting(Query::parse(query).unwrap()), false);
    }

    /// The number of the search that an effect begins.
    fn begun(effect: &Effect) -> Option<usize> {
        match effect {
            Effect::Ask(Request::Search(search)) => Some(search.number),
            _ => None,
        }
    }

    #[test]
    fn a_newer_search_takes_the_place_of_those_that_wait() {
        let mut asking = Asking::default();
        want(&mut asking, "a");
        assert_eq!(begun(&asking.go()), Some(1));
        want(&mut asking, "ab");
        assert_eq!(begun(&asking.go()), None);
        want(&mut asking, "abc");
        assert_eq!(begun(&asking.go()), None);
        assert!(!asking.ended(1), "the first is out of date");
        assert_eq!(begun(&asking.go()), Some(3), "the second is never begun");
        assert!(asking.is_busy());
        assert!(asking.ended(3));
        assert!(!asking.is_busy());
    }

    #[test]
    fn what_is_forgotten_or_lost_does_not_hold_up_the_next() {
        let mut asking = Asking::default();
        want(&mut asking, "a");
        asking.go();
        asking.forget();
        assert!(!asking.is_busy());
        assert!(!asking.ended(1));
        want(&mut asking, "b");
        asking.go();
        assert!(asking.lost());
        want(&mut asking, "c");
        assert_eq!(begun(&asking.go()), Some(4));
    }
}
