//! Tree → raw blocks.

use super::furniture::Kept;
use super::tree::{NodeId, Step, Text, Tree};
use super::{heading_level, is_block, layout, marks};
use crate::model::{Letters, Marker, Span, TextRange};
use crate::parse::builder::{Builder, Inline, Raw, RawBlock, RawKind};
use crate::parse::markdown::{MAX_DEPTH, mark_lone_items};
use crate::parse::provenance::wayback_original;

/// Writes what is kept of a page.
pub(super) fn write(tree: &Tree, kept: &Kept, source_end: usize) -> Raw {
    let mut writer = Writer::new(tree);
    let enter = |id: NodeId| !kept.gone[id as usize];
    for root in &kept.roots {
        tree.walk(*root, enter, |step| match step {
            Step::Enter(id) => writer.enter(id),
            Step::Leave(id) => writer.leave(id),
        });
        writer.end_block();
    }
    let mut raw = writer.builder.finish(source_end);
    // The file goes on after the last words: their end is the end of the text.
    if let (Some(block), Some(run)) = (raw.blocks.last_mut(), raw.runs.last()) {
        block.span.end = run.span.end.max(block.span.start);
    }
    mark_lone_items(&mut raw.blocks);
    raw
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    List {
        id: u32,
        next: Option<u64>,
        letters: Option<Letters>,
    },
    Item {
        marker: Marker,
    },
    Quote,
}

/// How many open elements write their text in a way.
#[derive(Debug, Default)]
struct Styles {
    strong: u32,
    emphasis: u32,
    code: u32,
    strike: u32,
}

/// What new blocks are, apart from lists and quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Flow,
    Heading(u8),
    /// `<pre>` of code, and of typed prose.
    Code,
    Typed,
    /// A row of a table of data: all its text is one block.
    Row,
}

struct Writer<'a> {
    tree: &'a Tree,
    builder: Builder,
    frames: Vec<(NodeId, Frame)>,
    settings: Vec<(NodeId, Setting)>,
    /// The open tables, and whether they hold data.
    tables: Vec<bool>,
    lists: u32,
    styles: Styles,
    link: Option<u32>,
    /// Whether a line break was the last thing.
    broken: bool,
    /// Where the text so far ends in the file.
    end: u32,
}

impl<'a> Writer<'a> {
    fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            builder: Builder::default(),
            frames: Vec::new(),
            settings: Vec::new(),
            tables: Vec::new(),
            lists: 0,
            styles: Styles::default(),
            link: None,
            broken: false,
            end: 0,
        }
    }

    fn setting(&self) -> Setting {
        self.settings
            .last()
            .map_or(Setting::Flow, |(_, last)| *last)
    }

    fn enter(&mut self, id: NodeId) {
        if let Some(text) = self.tree.text(id) {
            return self.text(text);
        }
        let name = self.tree.name(id);
        if name == "br" {
            return self.line_break();
        }
        if is_block(name) || heading_level(self.tree, id).is_some() {
            self.end_block();
        }
        self.style(id, name, true);
        match name {
            "ul" | "ol" | "menu" | "dir" => self.open_list(id, name),
            "li" => self.open_item(id),
            "blockquote" if self.setting() == Setting::Flow => self.frames.push((id, Frame::Quote)),
            "table" => {
                let nested = self.setting() == Setting::Row;
                let data = !nested && layout::is_data_table(self.tree, id);
                if data {
                    self.builder.open_table(self.end);
                }
                self.tables.push(data);
            }
            "tr" if self.tables.last() == Some(&true) => self.open_row(id),
            "pre" | "xmp" | "plaintext" | "listing" if self.setting() == Setting::Flow => {
                let typed = layout::is_typed_prose(self.tree, id);
                let setting = if typed { Setting::Typed } else { Setting::Code };
                self.settings.push((id, setting));
            }
            "a" => self.open_link(id),
            _ => {
                if let Some(level) = heading_level(self.tree, id)
                    && self.setting() == Setting::Flow
                {
                    self.settings.push((id, Setting::Heading(level)));
                }
            }
        }
    }

    fn leave(&mut self, id: NodeId) {
        let name = self.tree.name(id);
        if name.is_empty() || name == "br" {
            return;
        }
        let heading = heading_level(self.tree, id).is_some();
        match name {
            "td" | "th" if self.setting() == Setting::Row => self.builder.next_cell(),
            _ if is_block(name) || heading => self.end_block(),
            _ => {}
        }
        self.style(id, name, false);
        if self.settings.last().is_some_and(|(of, _)| *of == id) {
            self.settings.pop();
            self.end_block();
        }
        if self.frames.last().is_some_and(|(of, _)| *of == id) {
            self.frames.pop();
        }
        match name {
            "table" => {
                self.tables.pop();
            }
            "a" => self.link = None,
            _ => {}
        }
    }

    /// Counts an element that begins or ends among those that style their text.
    fn style(&mut self, id: NodeId, name: &str, begins: bool) {
        let count = |counter: &mut u32, holds: bool| {
            if begins {
                *counter += u32::from(holds);
            } else {
                *counter = counter.saturating_sub(u32::from(holds));
            }
        };
        let button = || {
            self.tree
                .element(id)
                .is_some_and(|e| e.attribute_is("role", "button"))
        };
        let label = matches!(name, "dt" | "summary" | "button" | "legend") || button();
        count(
            &mut self.styles.strong,
            label || layout::is_bold(self.tree, id),
        );
        count(
            &mut self.styles.emphasis,
            matches!(name, "i" | "em" | "cite" | "dfn"),
        );
        count(
            &mut self.styles.code,
            matches!(name, "code" | "kbd" | "samp" | "tt"),
        );
        count(
            &mut self.styles.strike,
            matches!(name, "s" | "strike" | "del"),
        );
    }

    fn inline(&self) -> Inline {
        let mut inline = Inline {
            link: self.link,
            ..Inline::default()
        };
        inline.style.strong = self.styles.strong > 0;
        inline.style.emphasis = self.styles.emphasis > 0;
        inline.style.code = self.styles.code > 0;
        inline.style.strike = self.styles.strike > 0;
        inline
    }

    fn text(&mut self, text: &Text) {
        if self.setting() == Setting::Typed {
            return self.typed(text);
        }
        self.push(&text.text, text.span);
    }

    /// Typed text: an empty line ends a paragraph.
    fn typed(&mut self, text: &Text) {
        let exact = text.text.len() == text.span.len();
        let mut at = text.span.start as usize;
        let mut line_start = false;
        for line in text.text.split_inclusive('\n') {
            let place = if exact {
                Span::new(at, at + line.len())
            } else {
                text.span
            };
            at += line.len();
            if line_start && line.trim().is_empty() {
                self.end_block();
            }
            line_start = line.ends_with('\n');
            self.push(line, place);
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        let blank = text.trim().is_empty();
        if !self.builder.is_open() {
            if blank {
                return;
            }
            self.open(span);
        }
        self.broken &= blank;
        self.end = if blank { self.end } else { span.end };
        let inline = self.inline();
        self.builder.push(text, span, inline);
    }

    /// One break ends a line, two end a paragraph.
    fn line_break(&mut self) {
        match self.setting() {
            Setting::Row => self.space(),
            Setting::Flow | Setting::Typed if self.broken => self.end_block(),
            _ if self.builder.is_open() => {
                self.builder.line_break();
                self.broken = true;
            }
            _ => {}
        }
    }

    fn space(&mut self) {
        let inline = self.inline();
        let span = Span {
            start: self.end,
            end: self.end,
        };
        self.builder.push(" ", span, inline);
    }

    /// Ends the block at hand; in a row of a table, the word.
    fn end_block(&mut self) {
        self.broken = false;
        if self.setting() == Setting::Row {
            self.space();
        } else {
            self.builder.close(self.end);
        }
    }

    fn open(&mut self, span: Span) {
        let kind = match (self.setting(), self.innermost()) {
            (Setting::Heading(level), _) => RawKind::Heading(level),
            (Setting::Code, _) => RawKind::Code,
            (_, Some(Frame::Item { .. })) => RawKind::Item,
            (_, Some(Frame::Quote)) => RawKind::Quote,
            _ => RawKind::Paragraph,
        };
        self.open_as(kind, span);
    }

    fn innermost(&self) -> Option<Frame> {
        let mut frames = self.frames.iter().rev().map(|(_, frame)| *frame);
        frames.find(|frame| !matches!(frame, Frame::List { .. }))
    }

    /// Opens a block of a kind at this nesting. The first block of an item takes its marker.
    fn open_as(&mut self, kind: RawKind, span: Span) {
        let item = |frame: &Frame| matches!(frame, Frame::Item { .. });
        let nesting = self.frames.iter().filter(|(_, f)| !item(f)).count();
        if nesting > usize::from(MAX_DEPTH) {
            self.builder.too_deep();
        }
        let list = self.frames.iter().rev().find_map(|(_, frame)| match frame {
            Frame::List { id, .. } => Some(*id),
            _ => None,
        });
        let marker = match self.frames.last_mut() {
            Some((_, Frame::Item { marker })) => std::mem::take(marker),
            _ => Marker::None,
        };
        self.builder.open(RawBlock {
            kind,
            text: TextRange::default(),
            span,
            depth: u8::try_from(nesting).unwrap_or(MAX_DEPTH).min(MAX_DEPTH),
            marker,
            list: list.unwrap_or(0),
            lone_item: false,
            first_row: false,
        });
    }

    fn open_list(&mut self, id: NodeId, name: &str) {
        if self.setting() == Setting::Row {
            return;
        }
        self.lists += 1;
        let start = || self.number(id, "start").unwrap_or(1);
        let list = Frame::List {
            id: self.lists,
            next: (name == "ol").then(start),
            letters: self.tree.element(id).and_then(marks::letters),
        };
        self.frames.push((id, list));
    }

    fn open_item(&mut self, id: NodeId) {
        if self.setting() == Setting::Row {
            return;
        }
        let given = self.number(id, "value");
        let marker = match self.frames.last_mut() {
            Some((
                _,
                Frame::List {
                    next: Some(number),
                    letters,
                    ..
                },
            )) => {
                let own = given.unwrap_or(*number);
                *number = own.saturating_add(1);
                letters.map_or(Marker::Number(own), |letters| Marker::Letter(own, letters))
            }
            _ => Marker::Bullet,
        };
        self.frames.push((id, Frame::Item { marker }));
    }

    fn number(&self, id: NodeId, attribute: &str) -> Option<u64> {
        let element = self.tree.element(id)?;
        element.attribute(attribute)?.trim().parse().ok()
    }

    fn open_row(&mut self, id: NodeId) {
        let kind = if layout::is_header_row(self.tree, id) {
            RawKind::HeaderRow
        } else {
            RawKind::Row
        };
        // An empty first cell keeps its column, so the row is open before its first word.
        let start = self
            .tree
            .descendants(id)
            .filter_map(|below| self.tree.text(below))
            .find(|text| !text.text.trim().is_empty())
            .map_or(self.end, |text| text.span.start);
        let place = Span { start, end: start };
        self.open_as(kind, place);
        self.settings.push((id, Setting::Row));
    }

    fn open_link(&mut self, id: NodeId) {
        let Some(href) = self
            .tree
            .element(id)
            .and_then(|element| element.attribute("href"))
            .map(str::trim)
            .filter(|href| !href.is_empty() && !href.starts_with("javascript:"))
        else {
            return;
        };
        // An archive rewrites the addresses of the pages it keeps.
        let plain = wayback_original(href);
        let number = self.builder.link(plain.as_deref().unwrap_or(href));
        self.link = Some(number);
    }
}
