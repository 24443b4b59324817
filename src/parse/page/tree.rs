//! The elements and texts of a page, each text with its place in the file.

use crate::model::Span;
use html5ever::{Attribute, LocalName};

/// The number of a node; the root is 0.
pub(super) type NodeId = u32;

/// The root of every tree.
pub(super) const ROOT: NodeId = 0;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Root,
    Element(Element),
    Text(Text),
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: LocalName,
    pub(super) attributes: Vec<Attribute>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let named = |one: &&Attribute| &*one.name.local == name;
        self.attributes.iter().find(named).map(|one| &*one.value)
    }

    /// Whether an attribute has a value, case aside.
    pub(super) fn attribute_is(&self, name: &str, value: &str) -> bool {
        self.attribute(name)
            .is_some_and(|given| given.trim().eq_ignore_ascii_case(value))
    }
}

/// A stretch of text. Where text and span have the same length they are the same bytes.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) span: Span,
}

#[derive(Debug)]
struct Node {
    data: Data,
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
}

/// A tree in one vector: neither walking nor dropping it recurses, so depth costs no stack.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// A step of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.add(Data::Root);
        tree
    }

    /// Adds a node that has no parent yet.
    pub(super) fn add(&mut self, data: Data) -> NodeId {
        self.nodes.push(Node {
            data,
            parent: None,
            first: None,
            last: None,
            previous: None,
            next: None,
        });
        NodeId::try_from(self.nodes.len() - 1).unwrap_or(NodeId::MAX)
    }

    fn node(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id as usize]
    }

    /// The number of nodes, whether or not they still hang in the tree.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id as usize].parent
    }

    pub(super) fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id as usize].last
    }

    pub(super) fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id as usize].previous
    }

    pub(super) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes[id as usize].data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn element_mut(&mut self, id: NodeId) -> Option<&mut Element> {
        match &mut self.node(id).data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element; empty for everything else.
    pub(super) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    pub(super) fn text(&self, id: NodeId) -> Option<&Text> {
        match &self.nodes[id as usize].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Lets `text` go on in a text node that ends exactly where it begins; says whether it did.
    pub(super) fn extend_text(&mut self, id: NodeId, text: &str, span: Span) -> bool {
        let Data::Text(open) = &mut self.node(id).data else {
            return false;
        };
        let same_bytes = open.text.len() == open.span.len() && text.len() == span.len();
        if !same_bytes || open.span.end != span.start {
            return false;
        }
        open.text.push_str(text);
        open.span.end = span.end;
        true
    }

    pub(super) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.node(parent).last.replace(child);
        match last {
            Some(last) => self.node(last).next = Some(child),
            None => self.node(parent).first = Some(child),
        }
        let node = self.node(child);
        (node.parent, node.previous, node.next) = (Some(parent), last, None);
    }

    pub(super) fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let (parent, previous) = (self.parent(sibling), self.previous(sibling));
        match (previous, parent) {
            (Some(previous), _) => self.node(previous).next = Some(child),
            (None, Some(parent)) => self.node(parent).first = Some(child),
            (None, None) => return,
        }
        self.node(sibling).previous = Some(child);
        let node = self.node(child);
        (node.parent, node.previous, node.next) = (parent, previous, Some(sibling));
    }

    /// Takes a node, with all below it, out of the tree.
    pub(super) fn detach(&mut self, id: NodeId) {
        let node = self.node(id);
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match (previous, parent) {
            (Some(previous), _) => self.node(previous).next = next,
            (None, Some(parent)) => self.node(parent).first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.node(next).previous = previous,
            (None, Some(parent)) => self.node(parent).last = previous,
            (None, None) => {}
        }
    }

    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id as usize].first, |at| {
            self.nodes[*at as usize].next
        })
    }

    /// The elements that a node stands in, from the inside.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |at| self.parent(*at))
    }

    /// All nodes below and including `root`, in order; `enter` says whether to look into one.
    pub(super) fn walk(
        &self,
        root: NodeId,
        mut enter: impl FnMut(NodeId) -> bool,
        mut step: impl FnMut(Step),
    ) {
        let mut at = root;
        loop {
            let inside = enter(at);
            if inside {
                step(Step::Enter(at));
                if let Some(first) = self.nodes[at as usize].first {
                    at = first;
                    continue;
                }
                step(Step::Leave(at));
            }
            loop {
                if at == root {
                    return;
                }
                if let Some(next) = self.nodes[at as usize].next {
                    at = next;
                    break;
                }
                let Some(parent) = self.parent(at) else {
                    return;
                };
                at = parent;
                step(Step::Leave(at));
            }
        }
    }

    /// All nodes below and including `root`, in order.
    pub(super) fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = Some(root);
        std::iter::from_fn(move || {
            let at = next?;
            next = self.nodes[at as usize].first.or_else(|| {
                let mut up = at;
                loop {
                    if up == root {
                        return None;
                    }
                    if let Some(beside) = self.nodes[up as usize].next {
                        return Some(beside);
                    }
                    up = self.parent(up)?;
                }
            });
            Some(at)
        })
    }

    /// The text below a node, white space folded.
    pub(super) fn text_of(&self, root: NodeId) -> String {
        let mut all = String::new();
        for id in self.descendants(root) {
            if let Some(text) = self.text(id) {
                all.push_str(&text.text);
            }
        }
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
