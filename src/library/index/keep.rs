//! When an index is opened, made, brought up to date, given up.

use super::cache::{Cache, Place};
use super::known::Known;
use super::plan::{Planned, glance, plan, settle};
use super::roots::Roots;
use super::status::{Updated, counted};
use super::update::{Tools, update};
use super::{Progress, Trouble, create, listed, open, schema};
use crate::library::{Entry, Library, Loader, PolicyId, Request};
use crate::source::{Catalog, Found, Histories};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Libraries of fewer versions than this are read sooner than an index would be worth its upkeep.
pub const SMALL: usize = 400;

/// The indexes that a loader keeps.
#[derive(Clone, Debug)]
pub(in crate::library) struct Keeper {
    pub(in crate::library) cache: Cache,
    /// What the user's own topics and practices hash to.
    pub(in crate::library) own_data: u64,
    /// Libraries of fewer versions get no index.
    pub(in crate::library) least: usize,
}

/// What an index is of, or would be.
pub(super) struct Subject<'a> {
    pub(super) keeper: &'a Keeper,
    pub(super) place: Place,
    pub(super) roots: Roots,
}

impl Keeper {
    /// The place of the index for a request; none for samples and standard input.
    fn place(&self, request: &Request, max_size: u64) -> Option<(Place, Roots)> {
        let named = |path: &PathBuf| path.as_os_str() != "-";
        if request.paths.is_empty() || !request.paths.iter().all(named) {
            return None;
        }
        let roots = Roots::of(&request.paths);
        let mut spelled = format!("{:?} {max_size}", request.find);
        for path in roots.whole() {
            let _ = write!(spelled, "\0{}", path.display());
        }
        Some((self.cache.place(&spelled), roots))
    }

    /// What an index holds that this program with these topics can use.
    fn data(&self) -> String {
        let program = env!("POLICY_TUI_DATA");
        format!("{program} {:016x}", self.own_data)
    }

    /// Opens the index at a place when it is whole and made by this program.
    pub(super) fn open(&self, place: &Place) -> Result<Option<Connection>, Trouble> {
        if !place.is_whole()? {
            return Ok(None);
        }
        let connection = open(&place.file())?;
        let about = |key: &str| {
            let mut asked = connection.prepare("SELECT value FROM about WHERE key = ?1")?;
            asked
                .query_row([key], |row| row.get::<_, String>(0))
                .optional()
        };
        let ours = about("schema")?.as_deref() == Some(schema::SCHEMA)
            && about("data")?.as_deref() == Some(self.data().as_str());
        if ours {
            Ok(Some(connection))
        } else {
            Err(Trouble::Older)
        }
    }
}

impl Loader {
    pub(super) fn subject(&self, request: &Request) -> Option<Subject<'_>> {
        // What is gone cannot be recognised by what is there.
        let keeper = self.keeper().filter(|_| !request.find.removed)?;
        let (place, roots) = keeper.place(request, self.max_size())?;
        Some(Subject {
            keeper,
            place,
            roots,
        })
    }

    /// What lies under the paths of a request, by where they lead.
    pub(super) fn catalog_at(&self, roots: &Roots, request: &Request) -> Catalog {
        self.catalog(&Request {
            paths: roots.whole(),
            ..request.clone()
        })
    }

    /// Makes the index for a request, or brings it up to date. With `anew`, an index that is there
    /// is not looked at.
    ///
    /// # Errors
    /// Why there is none now. An index that was there before is still there then, unless it was
    /// damaged.
    pub fn update_index(
        &self,
        request: &Request,
        anew: bool,
        progress: Progress<'_>,
    ) -> Result<Updated, Trouble> {
        let Subject {
            keeper,
            place,
            roots,
        } = self.subject(request).ok_or(Trouble::NoSubject)?;
        let lock = place.lock()?.ok_or(Trouble::Busy)?;
        let known = if anew {
            None
        } else {
            keeper.open(&place).unwrap_or_default()
        };
        let catalog = self.catalog_at(&roots, request);
        if let Some(connection) = &known
            && is_up_to_date(connection, &catalog)?
        {
            return Ok(Updated {
                unchanged: true,
                ..counted(connection, &place)?
            });
        }
        let (plan, archives) = self.planned(&catalog)?;
        if plan.is_empty() {
            return Err(Trouble::NoSubject);
        }
        let made = self.write(keeper, &place, known, &plan, &archives, progress);
        if made.is_err() {
            // What is half done is of no use to anybody.
            let _ = std::fs::remove_file(place.draft());
        }
        let read = made?;
        place.publish(&lock)?;
        let connection = open(&place.file())?;
        Ok(Updated {
            read,
            ..counted(&connection, &place)?
        })
    }

    /// The plan, and for each archive its newest commit.
    fn planned(
        &self,
        catalog: &Catalog,
    ) -> Result<(Vec<Planned>, FxHashMap<String, String>), Trouble> {
        let mut walked: Vec<Histories> = Vec::new();
        for archive in &catalog.archives {
            let histories = archive.histories(&mut |_| true);
            let lacks = match &histories {
                Ok(histories) => histories.issues.first(),
                Err(issue) => Some(issue),
            };
            if let Some(issue) = lacks {
                return Err(Trouble::Incomplete {
                    folder: archive.folder().to_owned(),
                    message: issue.message.clone(),
                });
            }
            walked.extend(histories);
        }
        let history_of = |found: &Found| {
            let in_archive = catalog
                .archives
                .iter()
                .zip(&walked)
                .find_map(|(archive, walked)| {
                    let key = archive.key(&found.origin)?;
                    walked.by_path.get(&key).cloned()
                });
            in_archive.or_else(|| found.history.clone())
        };
        let mut planned = plan(catalog, history_of);
        if settle(&planned) {
            planned = plan(catalog, history_of);
        }
        Ok((planned, tips(catalog, &Roots::default())))
    }

    /// Writes the draft of an index; how many versions were read for it.
    fn write(
        &self,
        keeper: &Keeper,
        place: &Place,
        known: Option<Connection>,
        plan: &[Planned],
        archives: &FxHashMap<String, String>,
        progress: Progress<'_>,
    ) -> Result<usize, Trouble> {
        let draft = place.draft();
        let folder = |error: std::io::Error| Trouble::Folder {
            folder: keeper.cache.folder().to_owned(),
            reason: error.to_string(),
        };
        match std::fs::remove_file(&draft) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(folder(error));
            }
            _ => {}
        }
        let connection = if known.is_some() {
            std::fs::copy(place.file(), &draft).map_err(folder)?;
            create(&draft)?
        } else {
            let connection = create(&draft)?;
            connection.execute_batch(schema::TABLES)?;
            connection.pragma_update(None, "application_id", schema::APPLICATION)?;
            connection.execute(
                "INSERT INTO about VALUES ('schema', ?1), ('data', ?2), ('program', ?3)",
                [schema::SCHEMA, &keeper.data(), env!("CARGO_PKG_VERSION")],
            )?;
            connection
        };
        drop(known);
        let mut read = 0;
        let mut counting = |done: usize, all: usize| {
            read = all;
            progress(done, all)
        };
        let tools = Tools {
            reader: self.reader(),
            classifier: self.classifier(),
        };
        let connection = update(connection, plan, archives, tools, &mut counting)?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(read)
    }

    /// Brings the index of a large library up to date, and gives the library its index, so that it
    /// is searched there from now on; whether it has. What goes wrong is told among the issues of the
    /// library.
    pub fn index_library(
        &self,
        request: &Request,
        library: &mut Library,
        progress: Progress<'_>,
    ) -> bool {
        let updated = self.update_index(request, false, progress);
        if let Err(trouble) = &updated {
            let quiet = matches!(
                trouble,
                Trouble::Busy | Trouble::Stopped | Trouble::NoSubject | Trouble::Incomplete { .. }
            );
            if let Some(keeper) = self.keeper().filter(|_| !quiet) {
                library.tell(trouble.issue(keeper.cache.folder(), "the library has no index"));
            }
            return false;
        }
        let catalog = self.catalog(request);
        let Ok(Some(Known {
            index: Some(index),
            documents,
            ..
        })) = self.known(request, self.rows(request), &catalog)
        else {
            return false;
        };
        let paths = documents.iter().flatten();
        let paths = paths.map(|known| known.facts.provenance.origin.path());
        let mut places: FxHashMap<PathBuf, usize> = paths.zip(0..).collect();
        let entries = library.entries().iter().filter(|entry| !entry.is_gone);
        let late = entries.clone().map(|entry| entry.newest().path());
        let late: Vec<PathBuf> = late.filter(|path| !places.contains_key(path)).collect();
        let Some(index) = index.with_late(late.iter().cloned()) else {
            return false;
        };
        let known = places.len();
        places.extend(late.into_iter().zip(known..));
        // Files may have changed since the library was read: then its index is another's.
        let same = entries.clone().count() == places.len()
            && entries
                .map(|entry| entry.newest().path())
                .all(|path| places.contains_key(&path));
        if same {
            let place = |entry: &Entry| places.remove(&entry.newest().path());
            let policies = library.entries().iter().map(place);
            let index = index.arranged(policies.map(|place| place.map(PolicyId::new)));
            library.set_index(Some(Arc::new(index)));
        }
        same
    }

    /// Whether there is an index for a request, in whatever state.
    pub fn has_index(&self, request: &Request) -> bool {
        let subject = self.subject(request);
        subject.is_some_and(|subject| subject.place.size().is_some())
    }

    /// Whether a library of this request is large enough for an index.
    pub fn is_worth_an_index(&self, request: &Request) -> bool {
        let Some(subject) = self.subject(request) else {
            return false;
        };
        let catalog = self.catalog(request);
        versions_found(&catalog) >= subject.keeper.least || !catalog.archives.is_empty()
    }
}

/// How many versions are known to be there before archives are walked.
pub(super) fn versions_found(catalog: &Catalog) -> usize {
    let count = |found: &Found| {
        found
            .history
            .as_ref()
            .map_or(1, |known| known.versions.len())
    };
    catalog.found.iter().map(count).sum()
}

/// For each archive its newest commit.
pub(super) fn tips(catalog: &Catalog, roots: &Roots) -> FxHashMap<String, String> {
    let tip = |archive: &crate::source::Archive| {
        let folder = roots.inward(archive.folder());
        (folder.to_string_lossy().into_owned(), archive.tip())
    };
    catalog.archives.iter().map(tip).collect()
}

/// Whether an index knows all documents of a catalog, which was made by where its paths lead, and
/// nothing else.
pub(super) fn is_up_to_date(connection: &Connection, catalog: &Catalog) -> Result<bool, Trouble> {
    let listed = listed::glances(connection)?;
    let same = |glance: super::plan::Glance| {
        let known = listed.get(&glance.identity);
        glance.print.is_some() && known.is_some_and(|known| *known == glance.print)
    };
    let all = listed.len() == catalog.found.len()
        && listed::archives(connection)? == tips(catalog, &Roots::default());
    Ok(all && glance(&catalog.found).into_iter().all(same))
}
