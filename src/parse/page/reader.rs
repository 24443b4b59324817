//! HTML → [`Tree`], by way of html5ever's tokenizer and tree builder, so that broken markup is read
//! as browsers read it.
//!
//! html5ever does not say where a token stood. It takes its input from a queue that can be measured,
//! and tokens follow each other without a gap: so the place of every token is known.

use super::tree::{Data, Element, NodeId, ROOT, Text, Tree};
use crate::model::Span;
use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Elements nested deeper than this are read as if they stood at this depth, as browsers do. Every
/// tag looks up the stack of open elements, so without a limit time would grow with the square.
pub(super) const MAX_DEPTH: u32 = 512;

/// After this many elements tags only part words. Unclosed `<font>`s are opened anew in every
/// paragraph, so a page can ask for far more elements than it has tags.
const MAX_ELEMENTS: usize = 1_000_000;

/// Attributes of a tag, or what may be such, past this are not read.
const MAX_ATTRIBUTES: u32 = 500;

/// How far back a text that the tree builder held back is looked for; bytes.
const LOOK_BACK: usize = 4096;

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
        let full = sink.tree.borrow().len() >= MAX_ELEMENTS;
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

/// A node as the tree builder knows it: it asks for names all the time.
#[derive(Clone, Debug)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
    depth: Rc<Cell<u32>>,
}

/// Builds the [`Tree`].
struct Sink<'a> {
    source: &'a str,
    tree: RefCell<Tree>,
    root: Handle,
    comments: RefCell<Vec<String>>,
    script: Cell<usize>,
    /// Where the token at hand stands, and up to where its text has been used.
    token: Cell<Span>,
    used: Cell<usize>,
    /// How deep the innermost open element stands.
    depth: Cell<u32>,
    too_deep: Cell<bool>,
}

impl<'a> Sink<'a> {
    fn new(source: &'a str) -> Self {
        let name = QualName::new(None, ns!(), LocalName::from(""));
        let mark = '\u{feff}'.len_utf8();
        let start = if source.starts_with('\u{feff}') {
            mark
        } else {
            0
        };
        Self {
            source,
            tree: RefCell::new(Tree::new()),
            root: Handle {
                id: ROOT,
                name: Rc::new(name),
                depth: Rc::default(),
            },
            comments: RefCell::default(),
            script: Cell::default(),
            token: Cell::new(Span::new(start, start)),
            used: Cell::new(start),
            depth: Cell::default(),
            too_deep: Cell::default(),
        }
    }

    /// Notes where the token stands that ends at or shortly before `consumed`: the tokenizer may
    /// have looked at one more character.
    fn advance(&self, text: &str, consumed: usize) {
        let start = self.token.get().end as usize;
        let rest = self.source.get(start..).unwrap_or("");
        // "&" may stand for "&amp;".
        let after = rest.strip_prefix('&');
        let written_out =
            text != "&" || after.is_some_and(|after| !after.starts_with(['#', 'a', 'A']));
        let verbatim = !text.is_empty()
            && rest.starts_with(text)
            && consumed <= start + text.len() + 4
            && (written_out || consumed == start + 1);
        let end = if verbatim {
            start + text.len()
        } else {
            consumed
        };
        self.token.set(Span::new(start, end.max(start)));
        self.used.set(start);
    }

    /// The place of text that is part of the token at hand, or of one shortly before.
    fn place(&self, text: &str) -> Span {
        let token = self.token.get();
        let used = self.used.get();
        let end = token.end as usize;
        if let Some(at) = self.source.get(used..end).and_then(|rest| rest.find(text)) {
            self.used.set(used + at + text.len());
            return Span::new(used + at, used + at + text.len());
        }
        if text.trim().is_empty() {
            return Span::new(end, end);
        }
        let start = token.start as usize;
        let from = (start.saturating_sub(LOOK_BACK)..start)
            .find(|at| self.source.is_char_boundary(*at))
            .unwrap_or(start);
        let before = self.source.get(from..start).unwrap_or("");
        let held_back = text.len() > 1 && !self.source[start..].starts_with('&');
        match before.rfind(text).filter(|_| held_back) {
            Some(at) => Span::new(from + at, from + at + text.len()),
            None => token,
        }
    }

    fn add(&self, parent: &Handle, child: NodeOrText<Handle>, before: Option<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) if node.id == ROOT => {}
            NodeOrText::AppendNode(node) => {
                let depth = parent.depth.get() + 1;
                node.depth.set(depth);
                self.depth.set(depth);
                let mut tree = self.tree.borrow_mut();
                match before {
                    Some(sibling) => tree.insert_before(sibling, node.id),
                    None => tree.append(parent.id, node.id),
                }
            }
            NodeOrText::AppendText(text) => self.add_text(parent, &text, before),
        }
    }

    fn add_text(&self, parent: &Handle, text: &str, before: Option<NodeId>) {
        match &*parent.name.local {
            "script" => return self.script.set(self.script.get() + text.len()),
            "style" => return,
            _ => {}
        }
        let span = self.place(text);
        let mut tree = self.tree.borrow_mut();
        let beside = match before {
            Some(sibling) => tree.previous(sibling),
            None => tree.last_child(parent.id),
        };
        if beside.is_some_and(|beside| tree.extend_text(beside, text, span)) {
            return;
        }
        let text = text.to_owned();
        let id = tree.add(Data::Text(Text { text, span }));
        match before {
            Some(sibling) => tree.insert_before(sibling, id),
            None => tree.append(parent.id, id),
        }
    }
}

impl TreeSink for Sink<'_> {
    type Handle = Handle;
    type Output = ();
    type ElemName<'b>
        = &'b QualName
    where
        Self: 'b;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.root.clone()
    }

    fn elem_name<'b>(&'b self, target: &'b Handle) -> &'b QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let element = Element {
            name: name.local.clone(),
            attributes,
        };
        Handle {
            id: self.tree.borrow_mut().add(Data::Element(element)),
            name: Rc::new(name),
            depth: Rc::default(),
        }
    }

    /// Comments are no part of the tree; those that saving leaves are kept beside it.
    fn create_comment(&self, text: StrTendril) -> Handle {
        if super::facts::is_telling(&text) {
            self.comments.borrow_mut().push(text.to_string());
        }
        self.root.clone()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.root.clone()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.add(parent, child, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        if self.tree.borrow().parent(element.id).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(node.depth.get().saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        // What is put before a node has its depth: it can be told from the node's own.
        let beside = Handle {
            depth: Rc::new(Cell::new(sibling.depth.get().saturating_sub(1))),
            name: Rc::new(QualName::new(None, ns!(), LocalName::from(""))),
            id: sibling.id,
        };
        self.add(&beside, child, Some(sibling.id));
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Some(element) = self.tree.borrow_mut().element_mut(target.id) {
            for one in attributes {
                if element.attribute(&one.name.local).is_none() {
                    element.attributes.push(one);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        let children: Vec<NodeId> = tree.children(node.id).collect();
        for child in children {
            tree.append(new_parent.id, child);
        }
    }
}
