//! What a person types → what is looked for. Pure: knows no library and no index.
//!
//! Words stand beside each other when all are wanted; `AND`, `OR`, `NOT` and parentheses join them,
//! `"…"` keeps words together, `word*` begins a word. `topic:`, `stance:` ask for labels of the
//! clause; `site:`, `type:`, `after:`, `before:` choose the policies in which is looked.

use super::field::field;
use super::lexer::{Piece, Token, tokens};
use super::words;
use crate::model::{PartialDate, Stance, Topic};
use std::ops::Range;

/// Parentheses deeper than this are refused.
const DEEPEST: usize = 64;

/// Queries longer than this, in bytes, are refused.
const LONGEST: usize = 4096;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What a clause must hold; none when every clause of the chosen policies is wanted.
    pub(crate) clause: Option<Wish>,
    /// What a policy must be: all of these.
    pub(crate) policies: Vec<Choice>,
    /// The words of the clause as they were typed.
    pub(crate) said: String,
}

/// What a clause must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// These words next to each other, in this order; the last may be only begun.
    Words {
        /// The words as they are compared; never empty.
        words: Vec<String>,
        /// Whether the last word may go on.
        begun: bool,
    },
    /// A topic among its labels.
    Topic(Topic),
    /// This stance.
    Stance(Stance),
    /// Every one of the first, none of the second; the first are never empty.
    All(Vec<Wish>, Vec<Wish>),
    /// At least one; never empty.
    Any(Vec<Wish>),
}

/// What a policy must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Its site, host or name holds this, or begins with what stands before a `*`; lower case.
    Site(String),
    /// The type of its terms holds this; lower case.
    Type(String),
    /// Dated in or after this year, month or day.
    After(PartialDate),
    /// Dated before this year, month or day.
    Before(PartialDate),
    /// At least one.
    Any(Vec<Choice>),
    /// All of them.
    All(Vec<Choice>),
    /// Not this.
    Not(Box<Choice>),
}

/// Why a query cannot be understood: a sentence, and the bytes of the query it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {})", .character)]
pub struct QueryError {
    /// The sentence.
    pub message: String,
    /// The bytes of the query.
    pub at: Range<usize>,
    /// The character, from 1, at which they begin.
    pub character: usize,
}

/// A part of a query before clauses and policies are told apart.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Clause(Wish),
    Policy(Choice),
    All(Vec<Placed>),
    Any(Vec<Placed>),
    Not(Box<Placed>),
}

#[derive(Clone, Debug)]
pub(super) struct Placed {
    part: Part,
    at: Range<usize>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// A sentence with the place in the query that it speaks of.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let fail = |wrong: Wrong| wrong.in_query(text);
        if text.len() > LONGEST {
            let message = format!("the query is longer than {LONGEST} bytes");
            return Err(fail(Wrong::new(0..0, message)));
        }
        let tokens = tokens(text).map_err(|(at, message)| fail(Wrong::new(at, message)))?;
        let mut reader = Reader {
            text,
            tokens: &tokens,
            next: 0,
            depth: 0,
        };
        reader.query().map_err(fail)
    }

    /// Sentences that say the same: clauses with these words in this order.
    pub fn phrase(text: &str) -> Option<Self> {
        let words = words::words(text);
        (!words.is_empty()).then(|| Self {
            clause: Some(Wish::Words {
                words,
                begun: false,
            }),
            policies: Vec::new(),
            said: text.to_owned(),
        })
    }

    /// Whether it asks for labels, which takes longer where policies are not labelled yet.
    pub fn asks_labels(&self) -> bool {
        fn labels(wish: &Wish) -> bool {
            match wish {
                Wish::Words { .. } => false,
                Wish::Topic(_) | Wish::Stance(_) => true,
                Wish::All(all, none) => all.iter().chain(none).any(labels),
                Wish::Any(any) => any.iter().any(labels),
            }
        }
        self.clause.as_ref().is_some_and(labels)
    }
}

/// A sentence and what it is about.
pub(super) struct Wrong {
    at: Range<usize>,
    message: String,
}

impl Wrong {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }

    fn in_query(self, text: &str) -> QueryError {
        let before = text.get(..self.at.start).unwrap_or(text);
        QueryError {
            message: self.message,
            character: before.chars().count() + 1,
            at: self.at,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    next: usize,
    depth: usize,
}

impl Reader<'_> {
    fn query(&mut self) -> Result<Query, Wrong> {
        if self.tokens.is_empty() {
            let message = "there is nothing to look for";
            return Err(Wrong::new(0..self.text.len(), message));
        }
        let whole = self.any()?;
        if let Some(token) = self.tokens.get(self.next) {
            let message = "this parenthesis closes nothing";
            return Err(Wrong::new(token.at.clone(), message));
        }
        let parts = match whole.part {
            Part::All(parts) => parts,
            part => vec![Placed { part, ..whole }],
        };
        let mut policies = Vec::new();
        let mut clauses = Vec::new();
        for placed in parts {
            match choice(&placed) {
                Some(choice) => policies.push(choice),
                None => clauses.push(placed),
            }
        }
        let clause = match clauses.as_slice() {
            [] => None,
            [one] => Some(wish(one)?),
            several => Some(all(several)?),
        };
        let said = |token: &Token| match &token.piece {
            Piece::Words { text, .. } => Some(text.clone()),
            _ => None,
        };
        let said: Vec<String> = self.tokens.iter().filter_map(said).collect();
        Ok(Query {
            clause,
            policies,
            said: said.join(" "),
        })
    }

    fn peek(&self) -> Option<&Piece> {
        self.tokens.get(self.next).map(|token| &token.piece)
    }

    /// Where the next token stands, or the end of the query.
    fn here(&self) -> Range<usize> {
        let end = self.text.len();
        self.tokens
            .get(self.next)
            .map_or(end..end, |token| token.at.clone())
    }

    fn any(&mut self) -> Result<Placed, Wrong> {
        let start = self.here().start;
        let mut parts = vec![self.all()?];
        while self.peek() == Some(&Piece::Or) {
            self.next += 1;
            parts.push(self.all()?);
        }
        Ok(self.joined(start, parts, Part::Any))
    }

    fn all(&mut self) -> Result<Placed, Wrong> {
        let start = self.here().start;
        let mut parts = vec![self.one()?];
        loop {
            match self.peek() {
                None | Some(Piece::Or | Piece::Close) => break,
                Some(Piece::And) => {
                    self.next += 1;
                    parts.push(self.one()?);
                }
                Some(_) => parts.push(self.one()?),
            }
        }
        Ok(self.joined(start, parts, Part::All))
    }

    fn joined(&self, start: usize, parts: Vec<Placed>, join: fn(Vec<Placed>) -> Part) -> Placed {
        let end = parts.last().map_or(start, |last| last.at.end);
        match <[Placed; 1]>::try_from(parts) {
            Ok([one]) => one,
            Err(parts) => Placed {
                part: join(parts),
                at: start..end,
            },
        }
    }

    fn one(&mut self) -> Result<Placed, Wrong> {
        let at = self.here();
        let Some(token) = self.tokens.get(self.next) else {
            return Err(Wrong::new(at, "something to look for is missing here"));
        };
        self.next += 1;
        let part = match &token.piece {
            Piece::Not => {
                let inner = self.nested(Self::one, &at)?;
                let at = at.start..inner.at.end;
                return Ok(Placed {
                    part: Part::Not(Box::new(inner)),
                    at,
                });
            }
            Piece::Open => {
                let inner = self.nested(Self::any, &at)?;
                if self.peek() != Some(&Piece::Close) {
                    return Err(Wrong::new(at, "this parenthesis is not closed"));
                }
                let end = self.here().end;
                self.next += 1;
                return Ok(Placed {
                    at: at.start..end,
                    ..inner
                });
            }
            Piece::And | Piece::Or | Piece::Close => {
                let message = "something to look for is missing before this";
                return Err(Wrong::new(at, message));
            }
            Piece::Words { text, begun } => Part::Clause(words_wish(text, *begun, &at)?),
            Piece::Field { name, value } => field(name, value, &at)?,
        };
        Ok(Placed { part, at })
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Placed, Wrong>,
        at: &Range<usize>,
    ) -> Result<Placed, Wrong> {
        if self.depth == DEEPEST {
            let message = format!("parentheses and NOT nest deeper than {DEEPEST} here");
            return Err(Wrong::new(at.clone(), message));
        }
        self.depth += 1;
        let inner = read(self);
        self.depth -= 1;
        inner
    }
}

fn words_wish(text: &str, begun: bool, at: &Range<usize>) -> Result<Wish, Wrong> {
    let words = if begun {
        words::words_begun(text)
    } else {
        words::words(text)
    };
    if words.is_empty() {
        let message = "there is no letter or figure in this to look for";
        return Err(Wrong::new(at.clone(), message));
    }
    Ok(Wish::Words { words, begun })
}

/// The part as a choice of policies, when it is about nothing else.
fn choice(placed: &Placed) -> Option<Choice> {
    let every = |parts: &[Placed]| parts.iter().map(choice).collect::<Option<Vec<_>>>();
    match &placed.part {
        Part::Clause(_) => None,
        Part::Policy(choice) => Some(choice.clone()),
        Part::All(parts) => every(parts).map(Choice::All),
        Part::Any(parts) => every(parts).map(Choice::Any),
        Part::Not(inner) => choice(inner).map(|inner| Choice::Not(Box::new(inner))),
    }
}

/// The part as what a clause must hold.
fn wish(placed: &Placed) -> Result<Wish, Wrong> {
    match &placed.part {
        Part::Clause(wish) => Ok(wish.clone()),
        Part::Policy(_) => Err(Wrong::new(
            placed.at.clone(),
            "this chooses policies, so it cannot stand inside OR or NOT together with words; \
             put it beside the parentheses",
        )),
        Part::All(parts) => all(parts),
        Part::Any(parts) => Ok(Wish::Any(parts.iter().map(wish).collect::<Result<_, _>>()?)),
        Part::Not(_) => Err(Wrong::new(
            placed.at.clone(),
            "NOT takes away from what stands beside it, and nothing does",
        )),
    }
}

fn all(parts: &[Placed]) -> Result<Wish, Wrong> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    let mut last = 0..0;
    for placed in parts {
        match &placed.part {
            Part::Not(inner) => {
                unwanted.push(wish(inner)?);
                last = placed.at.clone();
            }
            _ => wanted.push(wish(placed)?),
        }
    }
    if wanted.is_empty() {
        let message = "NOT takes away from what stands beside it, and nothing does";
        return Err(Wrong::new(last, message));
    }
    Ok(Wish::All(wanted, unwanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(wish: &Wish) -> String {
        let list =
            |wishes: &[Wish], join: &str| wishes.iter().map(spelled).collect::<Vec<_>>().join(join);
        match wish {
            Wish::Words { words, begun } => {
                format!("{}{}", words.join("_"), if *begun { "*" } else { "" })
            }
            Wish::Topic(topic) => format!("topic:{topic}"),
            Wish::Stance(stance) => format!("stance:{stance}"),
            Wish::All(all, none) if none.is_empty() => format!("({})", list(all, " & ")),
            Wish::All(all, none) => format!("({} - {})", list(all, " & "), list(none, " - ")),
            Wish::Any(any) => format!("({})", list(any, " | ")),
        }
    }

    fn read(text: &str) -> String {
        match Query::parse(text) {
            Ok(query) => query.clause.as_ref().map_or_else(String::new, spelled),
            Err(error) => format!("{error} [{}]", &text[error.at.clone()]),
        }
    }

    #[test]
    fn words_join_as_people_expect() {
        assert_eq!(read("sell data"), "(sell & data)");
        assert_eq!(read("sell AND data OR rent"), "((sell & data) | rent)");
        assert_eq!(read("sell (data OR name)"), "(sell & (data | name))");
        assert_eq!(read("\"third parties\" ad*"), "(third_parti & ad*)");
        assert_eq!(read("third-party"), "third_parti");
        assert_eq!(read("sell NOT never -not"), "(sell - never - not)");
        assert_eq!(
            read("topic:cookies stance:denies"),
            "(topic:cookies & stance:denies)"
        );
        assert_eq!(read("or and not"), "(or & and & not)");
    }

    #[test]
    fn policies_are_chosen_apart() {
        let query = Query::parse("cookies (site:a OR site:b) after:2018 NOT type:terms").unwrap();
        assert_eq!(spelled(query.clause.as_ref().unwrap()), "cooki");
        assert_eq!(query.policies.len(), 3);
        let query = Query::parse("site:airbnb").unwrap();
        assert!(query.clause.is_none());
        assert_eq!(query.policies, [Choice::Site("airbnb".to_owned())]);
        let quoted = Query::parse("site:\"The Guardian\"").unwrap();
        assert_eq!(quoted.policies, [Choice::Site("the guardian".to_owned())]);
    }

    #[test]
    fn what_is_wrong_is_a_sentence_with_its_place() {
        for (text, wanted) in [
            ("", "there is nothing to look for (at character 1) []"),
            (
                "(a OR b",
                "this parenthesis is not closed (at character 1) [(]",
            ),
            (
                "é a)",
                "this parenthesis closes nothing (at character 4) [)]",
            ),
            (
                "a OR",
                "something to look for is missing here (at character 5) []",
            ),
            (
                "AND a",
                "something to look for is missing before this (at character 1) [AND]",
            ),
            (
                "\"a b",
                "these quotation marks are not closed (at character 1) [\"a b]",
            ),
            (
                "NOT a",
                "NOT takes away from what stands beside it, and nothing does (at character 1) [NOT a]",
            ),
            (
                "x after:tomorrow",
                "“tomorrow” is not a date such as 2018, 2018-05 or 2018-05-25 (at character 3) [after:tomorrow]",
            ),
            (
                "x after:2018-02-31",
                "there is no 2018-02-31: 2018-02 has 28 days (at character 3) [after:2018-02-31]",
            ),
            (
                "colour:red",
                "“colour:” is not known; there are topic:, stance:, site:, type:, after: and before: (at character 1) [colour:red]",
            ),
            (
                "…",
                "there is no letter or figure in this to look for (at character 1) […]",
            ),
            (
                "a OR site:b",
                "this chooses policies, so it cannot stand inside OR or NOT together with words; put it beside the parentheses (at character 6) [site:b]",
            ),
        ] {
            assert_eq!(read(text), wanted);
        }
        assert!(Query::parse(&"(".repeat(100_000)).is_err());
        assert!(Query::parse(&"-".repeat(100_000)).is_err());
    }
}
