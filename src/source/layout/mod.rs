//! Layouts of archives: who a document belongs to, what type of terms it is and when it was recorded,
//! read from its path. A layout is recognised by the share of paths that have its shape.

mod dates;
mod terms;

use crate::model::Filed;
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use std::str::FromStr;

pub use terms::TermsFilter;
pub(super) use terms::fits;

macro_rules! layouts {
    ($($variant:ident $id:literal $help:literal),+ $(,)?) => {
        /// How the documents of an archive are laid out. [`Layout::id`] is what `--layout` takes.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Layout { #[default] $(#[doc = $help] $variant),+ }

        impl Layout {
            /// Every layout.
            pub const ALL: &[Layout] = &[$(Layout::$variant),+];

            /// Its name on the command line.
            pub fn id(self) -> &'static str {
                match self { $(Layout::$variant => $id),+ }
            }

            /// What it is, for help.
            pub fn help(self) -> &'static str {
                match self { $(Layout::$variant => $help),+ }
            }
        }
    };
}

layouts! {
    Auto "auto" "Recognise the layout by its shape",
    Flat "flat" "Every file is a document of its own",
    OpenTermsArchive "open-terms-archive" "Service/Terms type.md, with or without dates in folders or names",
    Dated "dated" "Names or folders with dates: site_2015-12-29.md, 2021-08/site.md, site/2015-12-29.md",
    PrincetonLeuven "princeton-leuven" "m/mp/mp3/mp3rocket.me.md, named by the site",
}

impl FromStr for Layout {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = |one: &&Layout| one.id().eq_ignore_ascii_case(text);
        Layout::ALL.iter().find(known).copied().ok_or_else(|| {
            let ids: Vec<_> = Layout::ALL.iter().map(|one| one.id()).collect();
            format!(
                "there is no layout \"{text}\"; there are {}",
                ids.join(", ")
            )
        })
    }
}

/// Files that stand in an archive to explain it, by their names without extension.
const STRAY: &[&str] = &[
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "changes",
    "contributing",
    "contributors",
    "authors",
    "code_of_conduct",
    "code-of-conduct",
    "security",
    "funding",
    "index",
    "metadata",
];

/// What a path says about its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The document whose version it is: paths with the same key are versions of one document.
    pub(super) key: String,
    /// Who it belongs to.
    pub(super) site: Option<String>,
    /// The type of terms it is.
    pub(super) terms: Option<String>,
    /// The date in its path.
    pub(super) date: Option<Timestamp>,
    /// A day in its path that no calendar has; its month was read.
    pub(super) impossible: Option<String>,
}

impl Place {
    /// How the archive files it.
    pub(super) fn filed(self) -> Filed {
        Filed {
            site: self.site,
            terms: self.terms,
            recorded: self.date,
            removed: None,
        }
    }
}

/// A layout as one archive has it.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    layout: Layout,
    /// The folder of the archive and the one that it lies in: an archive of one service, or of one
    /// type of terms, says in its own name whose it is.
    around: Vec<String>,
    /// Folders that hold at least one known type of terms.
    services: FxHashSet<String>,
}

impl Shape {
    /// The layout that was asked for, or the one whose shape the paths have. Paths are relative to
    /// `root`, with `/` between names.
    pub(super) fn of<'a>(
        asked: Layout,
        root: &Path,
        paths: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        let mut shape = Self {
            layout: asked,
            around: around(root),
            services: FxHashSet::default(),
        };
        for path in paths.clone() {
            let parts = Parts::of(path);
            if parts.terms().is_some() && parts.names.len() > 1 {
                shape
                    .services
                    .insert(parts.names[..parts.names.len() - 1].join("/"));
            }
        }
        if asked == Layout::Auto {
            shape.layout = shape.recognise(paths);
        }
        shape
    }

    fn recognise<'a>(&self, paths: impl Iterator<Item = &'a str> + Clone) -> Layout {
        let policies = paths.filter(|path| !is_stray(path));
        let all = policies.clone().count();
        let fits = |layout: Layout, least: usize| {
            let shape = Shape {
                layout,
                ..self.clone()
            };
            let share = policies.clone().filter(|path| shape.fits(path)).count();
            share >= least && share > 0
        };
        // Two in three are enough: archives hold notes and drafts, and a plain folder holds hardly
        // any path of these shapes. Undated files beside dated ones are nothing strange; however many
        // they are, two paths that only differ in their dates are versions of one document.
        if fits(Layout::PrincetonLeuven, (all * 2).div_ceil(3)) {
            Layout::PrincetonLeuven
        } else if fits(Layout::OpenTermsArchive, (all * 2).div_ceil(3)) {
            Layout::OpenTermsArchive
        } else if fits(Layout::Dated, all.div_ceil(2)) || has_versions(policies.clone()) {
            Layout::Dated
        } else {
            Layout::Flat
        }
    }

    /// Whether a path speaks for the layout: stricter than [`Shape::place`], which takes all in.
    fn fits(&self, path: &str) -> bool {
        self.place(path).is_some_and(|place| match self.layout {
            Layout::Dated => place.date.is_some(),
            _ => true,
        })
    }

    /// What a path says; none for a file that is not a document of this layout.
    pub(super) fn place(&self, path: &str) -> Option<Place> {
        match self.layout {
            Layout::Auto | Layout::Flat => Some(Place {
                key: path.to_owned(),
                ..Place::default()
            }),
            Layout::OpenTermsArchive => self.by_service(path),
            Layout::Dated => self.by_date(path),
            Layout::PrincetonLeuven => by_letters(path),
        }
    }

    fn by_service(&self, path: &str) -> Option<Place> {
        let parts = Parts::of(path);
        let (last, folders) = match parts.names.split_last() {
            Some((last, folders)) => (*last, folders),
            // Only a date: the archive itself is of one type of terms.
            None if parts.date.is_some() => (self.around.last()?.as_str(), &[][..]),
            None => return None,
        };
        let is_known = terms::known(last).is_some();
        if !is_known && (folders.is_empty() || !self.services.contains(&folders.join("/"))) {
            return None;
        }
        let terms = terms::known(last).unwrap_or(last).to_owned();
        let mut above: Vec<&str> = self.around.iter().map(String::as_str).collect();
        if parts.names.is_empty() {
            above.pop();
        }
        above.extend(folders);
        Some(Place {
            key: parts.key(),
            site: above.last().map(|site| (*site).to_owned()),
            terms: Some(terms),
            date: parts.date,
            impossible: parts.impossible,
        })
    }

    fn by_date(&self, path: &str) -> Option<Place> {
        if is_stray(path) {
            return None;
        }
        let parts = Parts::of(path);
        if parts.date.is_none() {
            return Some(Place {
                key: path.to_owned(),
                ..Place::default()
            });
        }
        // `2021-08-01/Airbnb/Privacy Policy.md` is filed as any archive of terms.
        if let Some(place) = self.by_service(path) {
            return Some(place);
        }
        let own = parts.names.last().map(|name| (*name).to_owned());
        Some(Place {
            key: parts.key(),
            site: own.or_else(|| self.around.last().cloned()),
            terms: None,
            date: parts.date,
            impossible: parts.impossible,
        })
    }

    /// Whether dates in names make versions here.
    pub(super) fn has_versions(&self) -> bool {
        matches!(self.layout, Layout::Dated | Layout::OpenTermsArchive)
    }
}

/// `m/mp/mp3/mp3rocket.me.md`, below any folder: three beginnings of the name lead to it.
fn by_letters(path: &str) -> Option<Place> {
    let names: Vec<&str> = super::formats::stem(path).split('/').collect();
    let [.., one, two, three, site] = &names[..] else {
        return None;
    };
    let steps = [one, two, three];
    let lead_in = (1..).zip(steps).all(|(length, step)| {
        site.starts_with(*step) && (step.chars().count() == length || *step == *site)
    });
    lead_in.then(|| Place {
        key: super::formats::stem(path).to_owned(),
        site: Some((*site).to_owned()),
        // The corpus holds nothing else.
        terms: Some(terms::PRIVACY_POLICY.to_owned()),
        date: None,
        impossible: None,
    })
}

/// A path cut into names, the dates among them taken out.
struct Parts<'a> {
    names: Vec<&'a str>,
    date: Option<Timestamp>,
    /// A day among them that no calendar has.
    impossible: Option<String>,
}

impl<'a> Parts<'a> {
    fn of(path: &'a str) -> Self {
        let taken = dates::take_out(super::formats::stem(path).split('/'));
        Self {
            names: taken.left,
            date: taken.date,
            impossible: taken.impossible,
        }
    }

    /// The known type of terms that it is named by.
    fn terms(&self) -> Option<&'a str> {
        self.names
            .last()
            .copied()
            .filter(|name| terms::known(name).is_some())
    }

    fn key(&self) -> String {
        self.names.join("/")
    }
}

fn is_stray(path: &str) -> bool {
    let name = super::formats::stem(path)
        .rsplit('/')
        .next()
        .unwrap_or_default();
    STRAY.iter().any(|stray| name.eq_ignore_ascii_case(stray))
}

/// Whether any two paths differ only in their dates.
fn has_versions<'a>(paths: impl Iterator<Item = &'a str>) -> bool {
    let mut dated = FxHashMap::default();
    paths.map(Parts::of).any(|parts| {
        let Some(date) = parts.date else {
            return false;
        };
        let before = dated.insert(parts.key(), date);
        before.is_some_and(|before| before != date)
    })
}

/// The last two names of a folder's path, as far as they are known.
fn around(root: &Path) -> Vec<String> {
    let whole = root.canonicalize();
    let root = whole.as_deref().unwrap_or(root);
    let name = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        Some(name.strip_suffix(".git").unwrap_or(name).to_owned())
    };
    let above = root.parent().and_then(name);
    above.into_iter().chain(name(root)).collect()
}

#[cfg(test)]
mod tests;
