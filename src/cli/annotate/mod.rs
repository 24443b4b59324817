//! `policy-tui annotate`: documents in, annotated documents out, in constant memory on all cores.

mod line;

use super::args::{AnnotateArgs, Shared};
use super::lines::{Batch, Lines, Spare};
use super::pipeline::{self, Limits, Next, Stopped};
use super::{Failure, Outcome, Session, sentence};
use crate::classify::{Classifier, Parts};
use crate::library::Loader;
use crate::model::{Document, Filed, Origin};
use crate::report::{self, Annotated, DocumentId, Field, Refused};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use line::Line;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What stands around the text of a document on its line: id, site, keys of others; bytes.
const AROUND: usize = 1 << 16;

/// What a batch of lines came to.
#[derive(Debug, Default)]
struct Done {
    /// The lines to write.
    bytes: Vec<u8>,
    /// How many lines were no document.
    refused: u64,
    /// The first of them, and why.
    first: Option<(u64, String)>,
}

pub(super) fn run(
    args: &AnnotateArgs,
    shared: &Shared,
    input: impl Read + Send,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let max_size = usize::try_from(session.max_size).unwrap_or(usize::MAX);
    let annotator = Annotator {
        loader: &session.loader,
        classifier: session.loader.classifier(),
        fields: args.fields(),
        max_size,
        spare: Spare::default(),
        // JSON writes most characters as they are and line breaks and quotes as two.
        longest: max_size.saturating_mul(2).saturating_add(AROUND),
    };
    let batches = Lines::new(input, annotator.longest, &annotator.spare).map(|batch| {
        let batch = batch?;
        let weight = batch.bytes.len();
        Ok((batch, weight))
    });
    let mut all = Done::default();
    let work = |batch: Batch| annotator.annotate(batch);
    let stopped = pipeline::in_order(batches, Limits::of_bytes(args.jobs), work, |next| {
        let Next::Result(done) = next else {
            return out.flush();
        };
        all.refused += done.refused;
        all.first = all.first.take().or(done.first);
        out.write_all(&done.bytes)?;
        annotator.spare.keep(done.bytes);
        Ok(())
    });
    match stopped {
        Err(Stopped::Taking(error)) => return Err(error.into()),
        Err(Stopped::Reading(error)) => {
            let message = format!("standard input cannot be read: {error}");
            return Err(Failure::Said(message));
        }
        Ok(()) => {}
    }
    let mut messages: Vec<String> = session.issues.iter().map(sentence).collect();
    messages.extend(all.first.map(|(line, why)| match all.refused {
        1 => format!("line {line} is no document: {why}"),
        number => format!("{number} lines are no documents; the first is line {line}: {why}"),
    }));
    Ok(Outcome {
        code: u8::from(args.exit_code && all.refused > 0),
        messages,
    })
}

/// What it takes to annotate a line.
struct Annotator<'a> {
    loader: &'a Loader,
    classifier: &'a Classifier,
    fields: Vec<Field>,
    /// The longest text; bytes.
    max_size: usize,
    /// The longest line; bytes.
    longest: usize,
    spare: Spare,
}

/// Why a line is no document, and the document's name as far as it is known.
struct Refusal {
    id: Option<DocumentId>,
    why: String,
}

impl Refusal {
    fn new(id: Option<DocumentId>, why: impl Into<String>) -> Self {
        Self {
            id,
            why: why.into(),
        }
    }
}

impl Annotator<'_> {
    fn annotate(&self, batch: Batch) -> Done {
        let mut done = Done {
            bytes: self.spare.buffer(),
            ..Done::default()
        };
        if batch.too_long {
            let refusal = self.too_long();
            done.refuse(batch.first, refusal);
        }
        let read = |(number, line)| (number, self.read(line));
        let documents: Vec<_> = batch.lines().map(read).collect();
        self.spare.keep(batch.bytes);
        for (number, document) in documents {
            self.answer(number, document, &mut done);
        }
        done
    }

    fn answer(&self, number: u64, read: Result<(DocumentId, Document), Refusal>, done: &mut Done) {
        let written = read.and_then(|(id, document)| {
            let start = done.bytes.len();
            // A document that brings out a defect of this program is not the end of the others.
            let attempt = AssertUnwindSafe(|| self.write(&id, document, &mut done.bytes));
            let result = catch_unwind(attempt).unwrap_or_else(|_| {
                Err("reading it failed by a defect of policy-tui; please report it".to_owned())
            });
            result.map_err(|why| {
                done.bytes.truncate(start);
                Refusal::new(Some(id), why)
            })
        });
        if let Err(refusal) = written {
            done.refuse(number, refusal);
        }
    }

    fn too_long(&self) -> Refusal {
        let why = format!(
            "the line is over the limit of {} bytes, and was passed over; raise --max-size",
            self.longest
        );
        Refusal::new(None, why)
    }

    /// A line as a document.
    fn read(&self, line: &[u8]) -> Result<(DocumentId, Document), Refusal> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        if line.len() > self.longest {
            return Err(self.too_long());
        }
        let (line, read) = Line::read(line);
        let id = line.id();
        if let Err(why) = read {
            return Err(Refusal::new(id.ok(), why));
        }
        let id = id.map_err(|why| Refusal::new(None, why))?;
        match self.document(&line) {
            Ok(document) => Ok((id, document)),
            Err(why) => Err(Refusal::new(Some(id), why)),
        }
    }

    /// The document that a line holds; else why there is none.
    fn document(&self, line: &Line<'_>) -> Result<Document, String> {
        let site = line::optional("site", line.site)?;
        let date = line::optional("date", line.date)?;
        let (text, origin) = match line::optional("text", line.text)? {
            Some(text) => (text, Origin::Stdin),
            None => {
                let html = line::optional("html", line.html)?;
                let html = html.ok_or("it has neither `text` nor `html`")?;
                (html, Origin::File(HTML.into()))
            }
        };
        if text.len() > self.max_size {
            let size = text.len();
            return Err(format!(
                "its text is {size} bytes, over the limit of {}; raise --max-size",
                self.max_size
            ));
        }
        let recorded = match date.as_deref().filter(|date| !date.is_empty()) {
            Some(date) => Some(moment(date).ok_or_else(|| {
                format!("its date “{date}” is neither a day such as 2015-12-29 nor a moment")
            })?),
            None => None,
        };
        let filed = Filed {
            // No name of a file stands in for a site.
            site: Some(site.unwrap_or_default()),
            recorded,
            ..Filed::default()
        };
        Ok(Document {
            filed,
            ..Document::new(origin, text.into_bytes())
        })
    }

    fn write(&self, id: &DocumentId, document: Document, out: &mut Vec<u8>) -> Result<(), String> {
        let (policy, language) = self
            .loader
            .parse(document)
            .map_err(|issue| of_text(&issue.message))?;
        let asks = |field| self.fields.contains(&field);
        // No field tells the words that a topic rests on.
        let told = self.classifier.tell(
            &policy,
            Parts {
                labels: asks(Field::Topics) || asks(Field::Clauses),
                evidence: false,
                answers: asks(Field::Practices),
                findings: asks(Field::Issues),
            },
        );
        let mut issues = policy.issues.clone();
        issues.extend(told.findings);
        for issue in &mut issues {
            issue.message = of_text(&issue.message);
        }
        let annotated = Annotated {
            id,
            policy: &policy,
            language: language.filter(|_| asks(Field::Language)),
            labels: &told.labels,
            questions: self.classifier.questions(),
            answers: &told.answers,
            issues: &issues,
            fields: &self.fields,
        };
        report::annotated(out, &annotated).map_err(|error| error.to_string())
    }
}

/// The name by which the parser knows a saved page; it is no file.
const HTML: &str = "page.html";

/// A day, or a moment with or without its zone, which then is Universal Time.
fn moment(text: &str) -> Option<Timestamp> {
    let local = |time: DateTime| Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp());
    let zoned = text.parse::<Timestamp>().ok();
    zoned
        .or_else(|| local(text.parse::<DateTime>().ok()?))
        .or_else(|| local(text.parse::<Date>().ok()?.into()))
}

impl Done {
    fn refuse(&mut self, line: u64, refusal: Refusal) {
        self.refused += 1;
        let told = Refused {
            line,
            id: refusal.id.as_ref(),
            error: &refusal.why,
        };
        // A vector takes whatever is written.
        let _: io::Result<()> = report::refused(&mut self.bytes, &told);
        self.first.get_or_insert((line, refusal.why));
    }
}

/// What the message of an issue says of a text that came in a line, where there is no file. Only where a
/// message speaks of its own: what it quotes stays.
fn of_text(message: &str) -> String {
    match message.strip_prefix("the file ") {
        Some(rest) => format!("the text {rest}"),
        None => message.replace("; the file ", "; the text "),
    }
}
