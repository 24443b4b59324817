//! HTML → [`Tree`], by way of html5ever's tokenizer and tree builder, so that broken markup is read
//! as browsers read it.
//!
//! html5ever does not say where a token stood. It takes its input from a queue that can be measured,
//! and tokens follow each other without a gap: so the place of every token is known.

use super::sink::{Handle, Sink};
use super::tree::Tree;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{TokenizerResult, local_name};
use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

/// Elements nested deeper than this are read as if they stood at this depth, as browsers do. Every
/// tag looks up the stack of open elements, so without a limit time would grow with the square.
pub(super) const MAX_DEPTH: u32 = 512;

/// After this many nodes tags only part words. Unclosed `<font>`s are opened anew in every
/// paragraph, so a page can ask for far more elements than it has tags.
const MAX_NODES: usize = 1_000_000;

/// Attributes of a tag, or what may be such, past this are not read.
const MAX_ATTRIBUTES: u32 = 500;

/// A page that was read.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) tree: Tree,
    /// Comments that may say where the page came from.
    pub(super) comments: Vec<String>,
    /// Bytes of script in the page.
    pub(super) script: usize,
    /// Whether a limit of depth or number was passed.
    pub(super) too_deep: bool,
}

/// Reads a page. Every input is a page to HTML: there are no errors.
pub(super) fn read(source: &str) -> Page {
    let queue = Rc::new(BufferQueue::default());
    queue.push_back(StrTendril::from_slice(&without_surplus(source)));
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let sink = Sink::new(source);
    let tokens = Tokens {
        builder: TreeBuilder::new(sink, options),
        queue: Rc::clone(&queue),
        xml: source.trim_start_matches('\u{feff}').starts_with("<?xml"),
        skipped: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(tokens, TokenizerOpts::default());
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    let sink = tokenizer.sink.builder.sink;
    Page {
        tree: sink.tree.into_inner(),
        comments: sink.comments.into_inner(),
        script: sink.script.get(),
        too_deep: sink.too_deep.get(),
    }
}

/// The page with the attributes of a tag past [`MAX_ATTRIBUTES`] overwritten by spaces, so that every
/// place stays. The tokenizer compares each attribute of a tag with all before it.
fn without_surplus(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut surplus: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut parts, mut quote, mut from) = (0, None, None);
        while let Some(&byte) = bytes.get(at) {
            // In a script this is no tag, and its end must stay.
            if (byte == b'>' && quote.is_none()) || bytes[at..].starts_with(b"</") {
                break;
            }
            match (byte, quote) {
                (b'"' | b'\'', None) if bytes[at - 1] == b'=' => quote = Some(byte),
                (_, Some(mark)) if mark == byte => quote = None,
                (b'/' | b' ' | b'\t' | b'\n' | b'\r', None) => parts += 1,
                _ => {}
            }
            if parts > MAX_ATTRIBUTES && quote.is_none() && from.is_none() {
                from = Some(at);
            }
            at += 1;
        }
        surplus.extend(from.map(|from| from..at));
    }
    if surplus.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut kept = String::with_capacity(source.len());
    for range in surplus {
        kept.push_str(source.get(kept.len()..range.start).unwrap_or(""));
        kept.extend(std::iter::repeat_n(' ', range.end - kept.len()));
    }
    kept.push_str(source.get(kept.len()..).unwrap_or(""));
    Cow::Owned(kept)
}

/// Stands between tokenizer and tree builder: notes where tokens stand and holds the limits.
struct Tokens<'a> {
    builder: TreeBuilder<Handle, Sink<'a>>,
    queue: Rc<BufferQueue>,
    /// The page is XML: `<script/>` and `<div/>` are closed.
    xml: bool,
    /// Open elements that were not handed on.
    skipped: Cell<u32>,
}

impl TokenSink for Tokens<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        let text = match &token {
            Token::CharacterTokens(text) => &**text,
            _ => "",
        };
        self.builder.sink.advance(text, self.consumed());
        match token {
            Token::TagToken(tag) => self.tag(tag, line),
            other => self.builder.process_token(other, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Tokens<'_> {
    /// How many bytes the tokenizer has taken.
    fn consumed(&self) -> usize {
        let mut waiting = Vec::new();
        let mut rest = 0;
        while let Some(part) = self.queue.pop_front() {
            rest += part.len();
            waiting.push(part);
        }
        for part in waiting.into_iter().rev() {
            self.queue.push_front(part);
        }
        self.builder.sink.source.len().saturating_sub(rest)
    }

    fn tag(&self, mut tag: Tag, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.builder.sink;
        let skipped = self.skipped.get();
        let full = sink.tree.borrow().len() >= MAX_NODES;
        let end = tag.kind == TagKind::EndTag;
        if !is_void(&tag.name) && !is_raw_text(&tag.name) {
            if end && skipped > 0 {
                self.skipped.set(skipped - 1);
                return self.part_words(&tag.name, full, line);
            }
            if !end && (full || sink.depth.get() >= MAX_DEPTH) {
                sink.too_deep.set(true);
                self.skipped.set(skipped + 1);
                return self.part_words(&tag.name, full, line);
            }
        } else if full {
            return self.part_words(&tag.name, full, line);
        }
        if self.xml && tag.self_closing && !end && !is_void(&tag.name) {
            if is_raw_text(&tag.name) {
                return TokenSinkResult::Continue;
            }
            tag.self_closing = false;
            let close = Tag {
                kind: TagKind::EndTag,
                attrs: Vec::new(),
                ..tag.clone()
            };
            let _ = self.builder.process_token(Token::TagToken(tag), line);
            return self.builder.process_token(Token::TagToken(close), line);
        }
        self.builder.process_token(Token::TagToken(tag), line)
    }

    /// In place of a tag that is not handed on: what stood on lines of its own still does.
    fn part_words(&self, name: &str, full: bool, line: u64) -> TokenSinkResult<Handle> {
        let token = if full {
            Token::CharacterTokens(StrTendril::from_slice("\n"))
        } else if super::is_block(name) {
            Token::TagToken(Tag {
                kind: TagKind::StartTag,
                name: local_name!("br"),
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            })
        } else {
            return TokenSinkResult::Continue;
        };
        self.builder.process_token(token, line)
    }
}

/// Elements that have no content and no end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
            | "basefont"
            | "bgsound"
    )
}

/// Elements whose start makes the tokenizer read on in another way.
fn is_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "iframe"
            | "noembed"
            | "noframes"
            | "xmp"
            | "plaintext"
    )
}
