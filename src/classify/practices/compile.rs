//! Practice files → [`Compiled`]. The build script does this with the embedded files; where a user has
//! files of their own, the program does it with all of them.

use super::builder::Builder;
use super::layout::Compiled;
use super::tables::Tables;
use toml::de::DeTable;

macro_rules! embedded {
    ($($id:literal),+ $(,)?) => {
        /// The embedded practice files: name and content.
        pub(super) const EMBEDDED: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../../assets/practices/", $id, ".toml")))),+
        ];
    };
}

embedded!(
    "words",
    "cookies",
    "do-not-track",
    "collection",
    "choice",
    "use",
    "sharing",
    "access",
    "retention",
    "security",
    "children",
    "change",
    "contact",
    "location",
    "links",
    "conflicts",
);

/// A file, read but not understood yet.
pub(super) struct File<'i> {
    /// Its place among the files.
    place: usize,
    /// Whether it may add to the questions of files before it.
    pub(super) own: bool,
    pub(super) table: DeTable<'i>,
}

/// A mistake: the place of the file, the byte in it, a sentence.
pub(super) struct Wrong {
    pub(super) file: usize,
    pub(super) at: usize,
    pub(super) message: String,
}

impl File<'_> {
    /// A mistake in this file.
    pub(super) fn wrong(&self, at: usize, message: String) -> Wrong {
        Wrong {
            file: self.place,
            at,
            message,
        }
    }
}

/// Compiles embedded files with a user's own merged over them; tells what is wrong with any. Whatever
/// is wrong, the rest is used.
pub(super) fn compile(
    embedded: &[&str],
    own: &[&str],
    wrong: &mut dyn FnMut(Wrong),
) -> (Tables, Compiled) {
    let embedded = embedded.iter().map(|content| (false, *content));
    let own = own.iter().map(|content| (true, *content));
    let mut files = Vec::new();
    for (place, (own, content)) in embedded.chain(own).enumerate() {
        match DeTable::parse(content) {
            Ok(table) => files.push(File {
                place,
                own,
                table: table.into_inner(),
            }),
            Err(error) => {
                let what = error.message().replace('\n', ", ");
                wrong(Wrong {
                    file: place,
                    at: error.span().map_or(0, |span| span.start),
                    message: format!(
                        "Not valid TOML: {what}. Correct it, or remove the file; the built-in questions are in use."
                    ),
                });
            }
        }
    }
    let mut builder = Builder::new();
    for file in &files {
        builder.classes(&file.table, &mut |at, message| {
            wrong(file.wrong(at, message));
        });
    }
    builder.settle(&files, wrong);
    for file in &files {
        builder.questions(&file.table, file.own, &mut |at, message| {
            wrong(file.wrong(at, message));
        });
    }
    builder.finish()
}
