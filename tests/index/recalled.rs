//! What the index remembers is told at once; what changed since is found, and every policy keeps its
//! place.

use crate::shelf::{Shelf, all, assert_same_lists, found};
use policy_tui::library::Library;
use policy_tui::library::index::{Checked, Recalled};
use policy_tui::library::search::{Query, Wanted};

/// The library as its index remembers it.
fn recalled(shelf: &Shelf) -> Option<(Library, Recalled)> {
    let loader = shelf.loader();
    let mut library = loader.library();
    let recalled = loader.recall(&shelf.request(), &mut |batch| {
        library.extend(batch);
        true
    });
    Some((library, recalled?))
}

fn names(library: &Library) -> Vec<&str> {
    library.listed().map(|(_, entry)| &*entry.name).collect()
}

#[test]
fn what_is_remembered_is_the_library_that_was_read() {
    // More than is told at first.
    let shelf = Shelf::new(150, 40);
    assert!(recalled(&shelf).is_none());
    shelf.update();
    let (library, recalled) = recalled(&shelf).unwrap();
    assert_same_lists(&library, &shelf.read());
    let checked = shelf.loader().check(&shelf.request(), &recalled);
    assert!(matches!(checked, Checked::Same(_)));
    assert_eq!(
        found(&library, "cookies", true),
        found(&shelf.read(), "cookies", true)
    );
    for (id, entry) in library.listed().take(5) {
        let read = shelf.read();
        let other = read.get(id).unwrap();
        assert_eq!(entry.policy().text, other.policy().text);
        let provenance = &entry.policy().provenance;
        assert_eq!(*provenance, other.policy().provenance);
    }
}

#[test]
fn what_changed_is_found_and_nothing_moves() {
    let shelf = Shelf::new(12, 41);
    shelf.update();
    let (before, recalled) = recalled(&shelf).unwrap();
    shelf.write("flat/aaa.com.md", "# A\n\nNothing here is about anything.");
    shelf.write(
        "flat/site1.com.md",
        "# Anew\n\nWe bake cookies for everybody.",
    );
    std::fs::remove_file(shelf.policies().join("flat/site2.com.md")).unwrap();
    let (loader, request) = (shelf.loader(), shelf.request());
    let Checked::Changed(changes) = loader.check(&request, &recalled) else {
        panic!("three documents changed");
    };
    assert_eq!(changes.count, 3);
    let mut library = loader.follow(&request, &before, *changes);
    for (id, entry) in before.listed() {
        let after = library.get(id).unwrap();
        assert_eq!(after.facts.provenance.origin, entry.facts.provenance.origin);
        assert_eq!(after.is_gone, entry.name == "site2.com");
    }
    let (mut now, read) = (names(&library), shelf.read());
    now.sort_unstable();
    let mut wanted = names(&read);
    wanted.sort_unstable();
    assert_eq!(now, wanted);
    // The old index is searched for what is as it was, and for nothing else.
    let query = Query::parse("cookies").unwrap();
    let hits = library.search(&query, &Wanted::all(false));
    assert!(hits.hits().count() > 0);
    for hit in hits.hits() {
        assert!(!["site1.com", "site2.com"].contains(&&*library.get(hit.policy).unwrap().name));
    }
    // Brought up to date, the new one is searched for all of it.
    assert!(loader.index_library(&request, &mut library, &mut |_, _| true));
    let hits = |library: &Library| all(library, &library.search(&query, &Wanted::all(false)));
    assert_eq!(hits(&library), hits(&read));
}

#[test]
fn what_stands_for_a_broken_capture_is_remembered() {
    let sound = "# Privacy Policy\n\nWe collect the name, the postal address and the telephone number \
        that you give us with an order.\n\nWe use cookies to keep you logged in and to remember what \
        you have put into your basket.\n\nWe do not sell your personal information to anybody.\n\nYou \
        may ask us at any time which data about you we hold, and to correct or delete them.\n";
    let log_in =
        "# Welcome to Shop\n\nPhone number\n\nWe will call you to confirm it.\n\nContinue\n";
    let shelf = Shelf::new(12, 43);
    for (month, text) in [
        (1, sound),
        (2, &sound.replace("order", "offer")),
        (3, log_in),
    ] {
        let name = format!("Shop/Privacy Policy/2020-0{month}-01T00-00-00Z.md");
        shelf.write(&name, text);
    }
    shelf.update();
    shelf.assert_same();
    // Whoever opens the file reads what the policy states, and not the log-in page.
    let connection = rusqlite::Connection::open(shelf.file()).unwrap();
    let sold = "SELECT answer FROM answer JOIN document ON document.id = answer.document
        WHERE site = 'Shop' AND question = 'personal-data-sold'";
    let sold: String = connection.query_row(sold, [], |row| row.get(0)).unwrap();
    assert_eq!(sold, "no");
    let stand_in = |library: &Library| {
        let stand_ins = library.listed().map(|(_, entry)| entry.stand_in);
        stand_ins.flatten().collect::<Vec<_>>()
    };
    let search = |library: &Library, query, versions| {
        let query = Query::parse(query).unwrap();
        let results = library.search(&query, &Wanted::all(versions));
        (all(library, &results), results.wordings)
    };
    let assert_same_answers = |library: &Library, read: &Library| {
        assert!(!stand_in(library).is_empty());
        assert_eq!(stand_in(library), stand_in(read));
        for query in [
            "telephone",
            "confirm",
            "cookies",
            "site:shop",
            "before:2021",
        ] {
            for versions in [false, true] {
                let told = search(library, query, versions);
                assert_eq!(told, search(read, query, versions), "{query} {versions}");
            }
        }
    };
    let (before, recalled) = recalled(&shelf).unwrap();
    let read = shelf.read();
    assert!(before.index().is_some());
    assert_same_lists(&before, &read);
    assert_same_answers(&before, &read);
    assert!(search(&before, "confirm", false).0.is_empty());
    // While another policy is new, and once the index knows that.
    shelf.write("flat/aaa.com.md", "# A\n\nNothing here is about anything.");
    let (loader, request) = (shelf.loader(), shelf.request());
    let Checked::Changed(changes) = loader.check(&request, &recalled) else {
        panic!("a document came");
    };
    let mut library = loader.follow(&request, &before, *changes);
    assert!(library.index().is_some());
    assert_same_answers(&library, &read);
    assert!(loader.index_library(&request, &mut library, &mut |_, _| true));
    assert!(library.index().is_some());
    let query = "telephone OR confirm OR nothing";
    assert_eq!(
        search(&library, query, false),
        search(&shelf.read(), query, false)
    );
}

#[test]
fn a_folder_has_one_index_however_it_is_spelled() {
    let shelf = Shelf::new(9, 42);
    shelf.update();
    let mut request = shelf.request();
    request.paths = vec![shelf.policies().join("flat/../../policies/")];
    let loader = shelf.loader();
    let library = loader.load(&request);
    assert!(library.index().is_some());
    for (_, entry) in library.listed() {
        let path = entry.facts.provenance.origin.path();
        assert!(path.starts_with(&request.paths[0]), "{}", path.display());
    }
    let again = loader.update_index(&request, false, &mut |_, _| true);
    assert!(again.unwrap().unchanged);
    assert_eq!(shelf.files_of_cache("sqlite").len(), 1);
}
