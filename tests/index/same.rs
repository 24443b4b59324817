//! With an index and without, the same is listed and found.

use crate::shelf::{Shelf, all, assert_same_lists, found, hit};
use policy_tui::library::Library;
use policy_tui::library::search::{Query, Wanted};
use policy_tui::model::ClauseId;
use proptest::prelude::*;
use std::sync::OnceLock;

#[test]
fn a_library_from_the_index_is_the_library_that_was_read() {
    let shelf = Shelf::new(20, 1);
    assert!(shelf.library().index().is_none());
    assert!(shelf.update() > 20);
    assert!(shelf.library().index().is_some());
    shelf.assert_same();
}

#[test]
fn nothing_is_read_to_open_it() {
    let shelf = Shelf::new(12, 2);
    shelf.update();
    let library = shelf.library();
    // Once it is listed, the files may go: facts and search rest on the index alone.
    std::fs::remove_dir_all(shelf.policies()).unwrap();
    let query = Query::parse("cookies").unwrap();
    assert!(library.search(&query, &Wanted::default()).hits().count() > 0);
    assert!(library.entries().iter().all(|entry| entry.facts.words > 0));
}

#[test]
fn documents_whose_newest_version_holds_no_text_leave_the_others_their_index() {
    let sound = "# Privacy Policy\n\nWe collect the name, the postal address and the telephone number \
        that you give us with an order.\n\nWe use cookies to keep you logged in and to remember what \
        you have put into your basket.\n\nWe do not sell your personal information to anybody.\n\nYou \
        may ask us at any time which data about you we hold, and to correct or delete them.\n";
    let shelf = Shelf::new(12, 44);
    for (site, newest) in [("Empty", ""), ("Blank", " \n\n\t\n")] {
        for (month, text) in [(1, sound), (2, newest)] {
            let name = format!("{site}/Privacy Policy/2020-0{month}-01T00-00-00Z.md");
            shelf.write(&name, text);
        }
    }
    // And one that no older version stands for.
    shelf.write("Never/Privacy Policy/2020-01-01T00-00-00Z.md", "");
    shelf.update();
    let (with, without) = (shelf.library(), shelf.read());
    assert!(with.index().is_some());
    assert_same_lists(&with, &without);
    let query = Query::parse("telephone site:empty").unwrap();
    for versions in [false, true] {
        let hits =
            |library: &Library| all(library, &library.search(&query, &Wanted::all(versions)));
        assert!(!hits(&with).is_empty());
        assert_eq!(hits(&with), hits(&without));
    }
    shelf.assert_same();
    // So it is when the index is made while the library is looked at.
    let mut shown = shelf.read();
    let (loader, request) = (shelf.loader(), shelf.request());
    assert!(loader.index_library(&request, &mut shown, &mut |_, _| true));
    assert!(shown.index().is_some());
    assert_eq!(
        found(&shown, "telephone", true),
        found(&without, "telephone", true)
    );
}

#[test]
fn an_index_that_is_up_to_date_stays_as_it_is() {
    let shelf = Shelf::new(9, 3);
    shelf.update();
    let before = std::fs::metadata(shelf.file()).unwrap().modified().unwrap();
    let again = shelf
        .loader()
        .update_index(&shelf.request(), false, &mut |_, _| true)
        .unwrap();
    assert!(again.unchanged && again.read == 0);
    assert_eq!(
        std::fs::metadata(shelf.file()).unwrap().modified().unwrap(),
        before
    );
    let anew = shelf
        .loader()
        .update_index(&shelf.request(), true, &mut |_, _| true)
        .unwrap();
    assert!(!anew.unchanged && anew.read > 0);
    shelf.assert_same();
}

#[test]
fn who_else_says_this_is_the_same_both_ways() {
    let shelf = Shelf::new(15, 4);
    shelf.update();
    let (with, without) = (shelf.library(), shelf.read());
    let mut others = 0;
    for id in with.ids().take(4) {
        for clause in 0..with.get(id).unwrap().policy().clauses.len() {
            let clause = ClauseId::new(clause);
            let found = [&with, &without]
                .map(|library| library.who_else(id, clause, &Wanted::all(false)).unwrap());
            others += found[0].hits().count();
            assert_eq!(all(&with, &found[0]), all(&without, &found[1]));
            for found in found[0].hits() {
                assert!(found.policy != id, "{}", hit(&with, found));
            }
        }
    }
    assert!(others > 0);
}

#[test]
fn nearly_the_same_words_are_found() {
    let shelf = Shelf::new(1, 5);
    shelf.write(
        "flat/a.com.md",
        "# A\n\nWe will never sell your personal information to any third parties.",
    );
    shelf.write(
        "flat/b.com.md",
        "# B\n\nWe do not keep anything for longer than a week, or two weeks.",
    );
    shelf.update();
    for library in [shelf.library(), shelf.read()] {
        let sentence = "We will not sell your personal information to third parties!";
        let results = library.like(sentence, &Wanted::all(false));
        let sites: Vec<&str> = results
            .sites
            .iter()
            .map(|site| site.site.as_str())
            .collect();
        assert!(
            sites.contains(&"a.com") && !sites.contains(&"b.com"),
            "{sites:?}"
        );
    }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "we",
        "cookies",
        "sell",
        "data",
        "\"third parties\"",
        "third-party",
        "part*",
        "polic*",
        "topic:sharing",
        "topic:cookies",
        "stance:denies",
        "stance:permits",
        "\"your data\"",
        "Zürich",
        "nowhere",
        "info*",
        "\"opt out\"",
    ])
    .prop_map(str::to_owned)
}

fn query() -> impl Strategy<Value = String> {
    let clause = word().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a} NOT {b})")),
        ]
    });
    let policies = prop::sample::select(vec![
        "",
        " site:service",
        " NOT site:service",
        " (site:site1 OR site:site2)",
        " after:2020-03",
        " before:2020-03-01",
        " type:privacy",
        " site:com before:2030",
    ]);
    (clause, policies).prop_map(|(clause, policies)| format!("{clause}{policies}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn both_ways_find_the_same(query in query(), versions: bool) {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        static LIBRARIES: OnceLock<[policy_tui::library::Library; 2]> = OnceLock::new();
        let shelf = SHELF.get_or_init(|| Shelf::new(24, 6));
        let [with, without] = LIBRARIES.get_or_init(|| {
            shelf.update();
            [shelf.library(), shelf.read()]
        });
        prop_assert!(with.index().is_some() && without.index().is_none());
        prop_assert_eq!(found(with, &query, versions), found(without, &query, versions));
    }
}
