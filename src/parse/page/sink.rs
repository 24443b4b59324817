//! The tree builder's side of reading a page: what it asks for, done in a [`Tree`], and the place of
//! every text.

use super::tree::{Data, Element, NodeId, ROOT, Text, Tree};
use crate::model::Span;
use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How far back a text that the tree builder held back is looked for; bytes.
const LOOK_BACK: usize = 4096;

/// A node as the tree builder knows it: it asks for names all the time.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    id: NodeId,
    name: Rc<QualName>,
    depth: Rc<Cell<u32>>,
}

/// Builds the [`Tree`].
pub(super) struct Sink<'a> {
    pub(super) source: &'a str,
    pub(super) tree: RefCell<Tree>,
    root: Handle,
    pub(super) comments: RefCell<Vec<String>>,
    pub(super) script: Cell<usize>,
    /// Where the token at hand stands, and up to where its text has been used.
    token: Cell<Span>,
    used: Cell<usize>,
    /// How deep the innermost open element stands.
    pub(super) depth: Cell<u32>,
    pub(super) too_deep: Cell<bool>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(source: &'a str) -> Self {
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
    pub(super) fn advance(&self, text: &str, consumed: usize) {
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
        let rest = self.source.get(used..end).unwrap_or("");
        let here = if rest.starts_with(text) {
            Some(0)
        } else {
            rest.find(text)
        };
        if let Some(at) = here {
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
        let more_space = |before: &Text| before.text.ends_with(['\n', ' ']);
        let blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if blank && span.is_empty() && beside.and_then(|id| tree.text(id)).is_some_and(more_space) {
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
