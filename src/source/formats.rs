//! Which files are documents, by their names: the one place that knows extensions.

/// Extensions that are read, the best first: of `x.md` beside `x.txt` only the first is a document.
const READ: &[&str] = &["md", "markdown", "mdown", "mkd", "txt", "text"];

/// Extensions of policies in a form that is not read yet; told, so that they do not vanish silently.
const UNSUPPORTED: &[&str] = &["html", "htm", "xhtml", "pdf", "docx", "doc", "odt", "rtf"];

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A document.
    Read,
    /// A document in a form that is not read, with its extension.
    Unsupported(&'static str),
    /// Anything else.
    Other,
}

/// What a file is by its name or path, in the bytes of whoever names it.
pub(super) fn kind_of(name: &[u8]) -> Kind {
    let Some(extension) = extension(name) else {
        return Kind::Other;
    };
    let is = |known: &&&'static str| extension.eq_ignore_ascii_case(known.as_bytes());
    if READ.iter().any(|known| is(&known)) {
        return Kind::Read;
    }
    UNSUPPORTED
        .iter()
        .find(is)
        .map_or(Kind::Other, |known| Kind::Unsupported(known))
}

/// How well a document is read, by its path: the least is the best.
pub(super) fn rank(path: &str) -> usize {
    let extension = extension(path.as_bytes()).unwrap_or_default();
    let is = |known: &&str| extension.eq_ignore_ascii_case(known.as_bytes());
    READ.iter().position(is).unwrap_or(READ.len())
}

/// Whether a file is a document by its name or path.
pub(super) fn is_document(name: &[u8]) -> bool {
    kind_of(name) == Kind::Read
}

/// The extensions that are read, for messages: `.md, .txt`.
pub(super) fn read_extensions() -> String {
    format!(".{}", READ.join(", ."))
}

fn extension(name: &[u8]) -> Option<&[u8]> {
    let name = name.rsplit(|byte| *byte == b'/').next()?;
    let dot = name.iter().rposition(|byte| *byte == b'.')?;
    // `.md` alone is a hidden file without an extension.
    (dot > 0).then(|| &name[dot + 1..])
}

/// A name or path without its extension.
pub(super) fn stem(path: &str) -> &str {
    extension(path.as_bytes()).map_or(path, |extension| &path[..path.len() - extension.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_is() {
        for (name, kind) in [
            ("a/b.md", Kind::Read),
            ("B.MARKDOWN", Kind::Read),
            ("mp3rocket.me.md", Kind::Read),
            ("x.html", Kind::Unsupported("html")),
            ("metadata.yaml", Kind::Other),
            ("LICENSE", Kind::Other),
            (".md", Kind::Other),
            ("folder.md/file", Kind::Other),
        ] {
            assert_eq!(kind_of(name.as_bytes()), kind, "{name}");
        }
        assert_eq!(stem("a/mp3rocket.me.md"), "a/mp3rocket.me");
        assert_eq!(stem("a.b/LICENSE"), "a.b/LICENSE");
    }
}
