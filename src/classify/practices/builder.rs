//! Takes what can be used of the practice files: classes first, then questions with their
//! patterns. Every mistake is told with its place.

use super::Topic;
use super::compile::{File, Wrong};
use super::layout::{Asked, Compiled, Conflict, Force, Part, Pattern, Rank, Rule, Says};
use super::pattern::{Vocabulary, extend};
use super::phrase;
use super::tables::Tables;
use super::trials::Trials;
use super::values::{Problem, Value, is_id, sentence, strings, tables, text};
use rustc_hash::FxHashMap;
use toml::de::{DeTable, DeValue};

/// The lists of patterns that answer: key, how they answer.
const ANSWERS: [(&str, Says); 5] = [
    ("says", Says::Action),
    ("yes", Says::Fixed(Force::Yes)),
    ("no", Says::Fixed(Force::No)),
    ("conditional", Says::Fixed(Force::Scoped)),
    ("only", Says::Fixed(Force::Exclusive)),
];

/// What may follow such a key.
const RANKS: [(&str, Rank); 3] = [
    ("", Rank::Plain),
    ("-outright", Rank::Outright),
    ("-otherwise", Rank::Otherwise),
];

/// Reads practice files.
pub(super) struct Builder {
    vocabulary: Vocabulary,
    texts: String,
    questions: Vec<Question>,
    rules: Vec<Rule>,
    /// Patterns of conflicts.
    patterns: Vec<Pattern>,
    conflicts: Vec<Conflict>,
    places: FxHashMap<String, u32>,
}

/// A question under construction.
struct Question {
    id: Part,
    topic: Topic,
    text: Part,
    sides: Sides,
    others: bool,
    wider: Option<u32>,
}

/// What a question holds besides its rules.
#[derive(Default)]
struct Sides {
    limits: Vec<Pattern>,
    beside: Vec<Pattern>,
    beside_yes: Vec<Pattern>,
    beside_no: Vec<Pattern>,
    /// Make of a No the denial of a part.
    part: Vec<Pattern>,
    /// Make of a No what holds for some.
    some: Vec<Pattern>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            texts: String::new(),
            questions: Vec::new(),
            rules: Vec::new(),
            patterns: Vec::new(),
            conflicts: Vec::new(),
            places: FxHashMap::default(),
        }
    }

    /// Takes words over; where they stand.
    fn keep(&mut self, text: &str) -> Part {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let from = place(self.texts.len());
        self.texts.push_str(text);
        (from, place(self.texts.len()))
    }

    /// Takes the word classes of a file.
    pub(super) fn classes(&mut self, table: &DeTable<'_>, problem: &mut Problem<'_>) {
        for (kind, action) in [("actions", true), ("words", false)] {
            let Some(value) = table.get(kind) else {
                continue;
            };
            let DeValue::Table(classes) = value.get_ref() else {
                problem(
                    value.span().start,
                    format!("`{kind}` must be a table: [{kind}]."),
                );
                continue;
            };
            for (name, members) in classes {
                let written = strings(members, name.get_ref(), problem);
                let mut sound = Vec::new();
                for (at, member) in written {
                    let is_class = member.starts_with('[') && member.ends_with(']');
                    match phrase::parse(&member) {
                        Err(why) if !is_class => {
                            problem(at, format!("`{member}` can never match: {why}."));
                        }
                        _ => sound.push(member),
                    }
                }
                if sound.is_empty() {
                    let message = format!(
                        "The class `{}` has no words, so it can never match.",
                        name.get_ref()
                    );
                    problem(name.span().start, message);
                }
                if let Err(why) = self.vocabulary.class(name.get_ref(), action, sound) {
                    problem(name.span().start, format!("{}.", sentence(&why)));
                }
            }
        }
    }

    /// Closes the classes. What is wrong with one is told where it was last defined.
    pub(super) fn settle(&mut self, files: &[File<'_>], wrong: &mut dyn FnMut(Wrong)) {
        self.vocabulary.settle(&mut |name, why| {
            let defined = |file: &File<'_>| {
                let classes = ["actions", "words"]
                    .iter()
                    .filter_map(|kind| file.table.get(*kind)?.get_ref().as_table());
                let mut keys = classes.flat_map(|table| table.keys());
                keys.find(|key| key.get_ref() == name)
                    .map(|key| key.span().start)
            };
            let own = files.iter().rev().filter(|file| file.own);
            let last = own
                .into_iter()
                .find_map(|file| Some((file, defined(file)?)));
            if let Some((file, at)) = last {
                wrong(file.wrong(at, format!("{}.", sentence(&why))));
            }
        });
    }

    /// Takes the questions of a file.
    pub(super) fn questions(&mut self, table: &DeTable<'_>, own: bool, problem: &mut Problem<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "question" => {
                    if !matches!(value.get_ref(), DeValue::Array(_)) {
                        problem(
                            value.span().start,
                            "Begin each question with [[question]].".to_owned(),
                        );
                    }
                }
                "actions" | "words" | "conflict" => {}
                name => problem(
                    key.span().start,
                    format!(
                        "`{name}` means nothing here. Use: [[question]], [[conflict]], [actions], [words]."
                    ),
                ),
            }
        }
        for (at, conflict) in tables(table, "conflict") {
            self.conflict(at, conflict, problem);
        }
        let mut seen = Vec::new();
        for (at, question) in tables(table, "question") {
            if let Some(place) = self.question(at, question, own, &mut seen, problem) {
                self.patterns(place, question, problem);
            }
        }
    }

    /// Takes a conflict.
    fn conflict(&mut self, at: usize, table: &DeTable<'_>, problem: &mut Problem<'_>) {
        let text_of = |key: &str| table.get(key).and_then(text);
        let (Some(about), Some(innocent)) = (text_of("about"), text_of("innocent")) else {
            problem(
                at,
                "A conflict needs `about` and `innocent`, both text.".to_owned(),
            );
            return;
        };
        let mut side = |key: &str| {
            let mut patterns = Vec::new();
            for (at, written) in table
                .get(key)
                .map(|list| strings(list, key, problem))
                .unwrap_or_default()
            {
                match self.vocabulary.pattern(&written) {
                    Ok(pattern) if pattern.main.action.is_some() => patterns.push(pattern),
                    Ok(_) => problem(
                        at,
                        format!("The pattern `{written}` needs an action in it."),
                    ),
                    Err(why) => {
                        problem(
                            at,
                            format!("The pattern `{written}` can never match: {why}."),
                        );
                    }
                }
            }
            if patterns.is_empty() {
                problem(at, format!("A conflict needs patterns in `{key}`."));
            }
            extend(&mut self.patterns, patterns)
        };
        let (denies, asserts) = (side("denies"), side("asserts"));
        let conflict = Conflict {
            about: self.keep(about),
            innocent: self.keep(innocent),
            denies,
            asserts,
        };
        self.conflicts.push(conflict);
    }

    /// Finds or makes the place of a question.
    fn question(
        &mut self,
        at: usize,
        table: &DeTable<'_>,
        own: bool,
        seen: &mut Vec<u32>,
        problem: &mut Problem<'_>,
    ) -> Option<u32> {
        let start = |key: &str| table.get(key).map_or(at, |value| value.span().start);
        let Some(id) = table.get("id").and_then(text).filter(|id| is_id(id)) else {
            let message = "A question needs an id of small letters, digits and hyphens, such as id = \"data-sold\".";
            problem(start("id"), message.to_owned());
            return None;
        };
        let asked = table.get("question").and_then(text);
        if let Some(&place) = self.places.get(id) {
            if !own || asked.is_some() || seen.contains(&place) {
                problem(
                    start("id"),
                    format!(
                        "There is a question `{id}` already. Choose another id or, to add phrasings to that one, name it once and leave `question` out."
                    ),
                );
                return None;
            }
            seen.push(place);
            return Some(place);
        }
        let topic = match table
            .get("topic")
            .and_then(text)
            .map(|id| (id, Topic::from_id(id)))
        {
            Some((_, Some(topic))) => topic,
            found => {
                let named = found.map_or("The question names no topic".to_owned(), |(id, _)| {
                    format!("There is no topic `{id}`")
                });
                let known = Topic::ALL.map(Topic::id).join(", ");
                problem(start("topic"), format!("{named}. Use one of: {known}."));
                return None;
            }
        };
        let Some(asked) = asked.filter(|asked| !asked.trim().is_empty()) else {
            problem(
                at,
                format!("The question `{id}` needs its text, as question = \"…?\"."),
            );
            return None;
        };
        let place = u32::try_from(self.questions.len()).ok()?;
        let question = Question {
            id: self.keep(id),
            topic,
            text: self.keep(asked),
            sides: Sides::default(),
            others: false,
            wider: None,
        };
        self.questions.push(question);
        self.places.insert(id.to_owned(), place);
        seen.push(place);
        Some(place)
    }

    /// Takes the patterns of a question.
    fn patterns(&mut self, place: u32, table: &DeTable<'_>, problem: &mut Problem<'_>) {
        let before = self.rules.len();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if matches!(name, "id" | "topic" | "question" | "case") {
                continue;
            }
            if name == "wider" {
                self.wider(place, value, problem);
                continue;
            }
            if name == "others" {
                self.others(place, value, problem);
                continue;
            }
            let answers = ANSWERS.iter().find_map(|(key, says)| {
                let rest = name.strip_prefix(key)?;
                let (_, rank) = RANKS.iter().find(|(suffix, _)| *suffix == rest)?;
                Some((*says, *rank))
            });
            let side = matches!(
                name,
                "limits" | "beside" | "beside-yes" | "beside-no" | "part" | "some"
            );
            if answers.is_none() && !side {
                problem(
                    key.span().start,
                    format!(
                        "`{name}` means nothing here. Use: id, topic, question, says, yes, no, conditional, only (also with -outright or -otherwise), limits, beside, beside-yes, beside-no, part, some, others, wider, case."
                    ),
                );
                continue;
            }
            for (at, written) in strings(value, name, problem) {
                let pattern = match self.vocabulary.pattern(&written) {
                    Ok(pattern) => pattern,
                    Err(why) => {
                        problem(
                            at,
                            format!("The pattern `{written}` can never match: {why}."),
                        );
                        continue;
                    }
                };
                match answers {
                    Some((Says::Action, _)) if pattern.main.action.is_none() => {
                        let message = format!(
                            "The pattern `{written}` can never answer: `says` needs an action in it, a class of [actions] or a word marked with `!`."
                        );
                        problem(at, message);
                    }
                    Some((says, rank)) => self.rules.push(Rule {
                        question: place,
                        says,
                        rank,
                        pattern,
                    }),
                    None => self.side(place, name, pattern),
                }
            }
        }
        if self.rules.len() == before && table.get("id").is_some() {
            let at = table.get("id").map_or(0, |id| id.span().start);
            problem(
                at,
                "This question has no pattern that could answer it.".to_owned(),
            );
        }
    }

    fn side(&mut self, place: u32, name: &str, pattern: Pattern) {
        if let Some(question) = self.questions.get_mut(place as usize) {
            let sides = &mut question.sides;
            match name {
                "limits" => sides.limits.push(pattern),
                "beside-yes" => sides.beside_yes.push(pattern),
                "beside-no" => sides.beside_no.push(pattern),
                "part" => sides.part.push(pattern),
                "some" => sides.some.push(pattern),
                _ => sides.beside.push(pattern),
            }
        }
    }

    fn others(&mut self, place: u32, value: &Value<'_>, problem: &mut Problem<'_>) {
        match (
            value.get_ref().as_bool(),
            self.questions.get_mut(place as usize),
        ) {
            (Some(others), Some(question)) => question.others = others,
            _ => problem(
                value.span().start,
                "`others` must be true or false.".to_owned(),
            ),
        }
    }

    fn wider(&mut self, place: u32, value: &Value<'_>, problem: &mut Problem<'_>) {
        let known = text(value).and_then(|id| self.places.get(id).copied());
        match (
            known.filter(|wider| *wider != place),
            self.questions.get_mut(place as usize),
        ) {
            (Some(wider), Some(question)) => question.wider = Some(wider),
            _ => problem(
                value.span().start,
                "`wider` must be the id of a question that stands before this one.".to_owned(),
            ),
        }
    }

    /// Lays all out: what finds the words of atoms, and what is asked.
    pub(super) fn finish(self) -> (Tables, Compiled) {
        let rules = self.rules.iter().map(|rule| &rule.pattern);
        let filed = Trials::of(&self.vocabulary, rules).laid_out();
        // So far there are no others.
        let claims = Trials::of(&self.vocabulary, self.patterns.iter()).laid_out();
        let mut patterns = self.patterns;
        let mut put = |list| extend(&mut patterns, list);
        let asked = self.questions.into_iter().map(|question| Asked {
            id: question.id,
            topic: question.topic,
            text: question.text,
            limits: put(question.sides.limits),
            beside: put(question.sides.beside),
            beside_yes: put(question.sides.beside_yes),
            beside_no: put(question.sides.beside_no),
            part: put(question.sides.part),
            some: put(question.sides.some),
            others: question.others,
            wider: question.wider,
        });
        let asked = asked.collect();
        let compiled = Compiled {
            texts: self.texts,
            asked,
            conflicts: self.conflicts,
            rules: self.rules,
            patterns,
            sequences: self.vocabulary.sequences,
            elements: self.vocabulary.elements,
            stretches: self.vocabulary.stretches,
            filed,
            claims,
        };
        (self.vocabulary.words.finish(), compiled)
    }
}
