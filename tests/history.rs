//! Histories: what changed at each version, which versions say nothing, how versions are named, and
//! the life of a clause; on a small archive laid out both as dated files and as a git repository.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod archive;

use policy_tui::compare::By;
use policy_tui::library::{Library, Loader, NotFound, PolicyId, Request};
use policy_tui::model::{ChangeClass, ChangeCounts, Noise, Pair, Step};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

/// When each version was recorded, and its text.
type Versions = Vec<(&'static str, String)>;

/// Clauses that stand in all versions: enough of them that a page without them is no policy.
const CLAUSES: [&str; 12] = [
    "We collect the name, the postal address and the telephone number that you give us when you order.",
    "We use cookies to keep you logged in and to remember what you have put into your basket.",
    "Your orders are kept for ten years, because the tax authorities may ask us to show them.",
    "We do not sell your personal information to anybody, whatever they may offer us for it.",
    "Parcels are brought by carriers, who are told your name and address and nothing else.",
    "You may ask us at any time which data about you we hold, and to correct or delete them.",
    "Our servers stand in Norway and are guarded by people who have signed to be silent.",
    "Children under sixteen years of age may not order anything without their parents.",
    "When we change this policy we write to everybody who has an account with us.",
    "Payments are made through a bank, which sees the number of your card; we never see it.",
    "We count visits to our pages without knowing who you are, to see which of them are read.",
    "If you have a question about all this, write to the address at the bottom of each page.",
];

fn text(clauses: &[&str]) -> String {
    format!("# Privacy Policy\n\n{}\n", clauses.join("\n\n"))
}

/// Every kind of change there is: see the test that names them.
fn versions() -> Versions {
    let first = CLAUSES.to_vec();
    let mut reworded = first.clone();
    reworded[3] =
        "We may sell your personal information to anybody, whatever they may offer us for it.";
    let form = text(&reworded).replace("Norway", "**Norway**");
    let mut moved = reworded.clone();
    let clause = moved.remove(1);
    moved.push(clause);
    let moved = text(&moved).replace("Norway", "**Norway**");
    let added = format!("{moved}\nWe also record the sound of your voice when you call us.\n");
    vec![
        ("2018-03-01T08:00:00Z", text(&first)),
        ("2019-05-20T08:00:00Z", text(&reworded)),
        ("2019-05-20T17:00:00Z", form.clone()),
        (
            "2020-02-02T08:00:00Z",
            "# Sorry\n\n404: this page was not found.\n".to_owned(),
        ),
        ("2020-02-03T08:00:00Z", form),
        ("2021-06-01T08:00:00Z", moved.clone()),
        ("2022-01-01T08:00:00Z", added),
        ("2022-04-01T08:00:00Z", moved),
    ]
}

/// Other documents of the archive: another type, and a site that says a clause in the same words.
fn others() -> [(&'static str, &'static str, String); 2] {
    [
        ("Shop", "Terms of Service", text(&CLAUSES[..3])),
        (
            "Bank",
            "Privacy Policy",
            text(&[
                "We lend.",
                &CLAUSES[8].replace("this policy", "*this policy*"),
            ]),
        ),
    ]
}

/// A folder in which every version is a file named by its time.
fn dated() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |site: &str, terms: &str, time: &str, text: &str| {
        let place = folder.path().join(site).join(terms);
        std::fs::create_dir_all(&place).unwrap();
        let name = time.replace(':', "-");
        std::fs::write(place.join(format!("{name}.md")), text).unwrap();
    };
    for (time, text) in versions() {
        write("Shop", "Privacy Policy", time, &text);
    }
    for (site, terms, text) in others() {
        write(site, terms, "2020-01-01T00:00:00Z", &text);
    }
    folder
}

/// The same as a repository in which every version is a commit; none without the git program.
fn committed() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let git = |time: &str, arguments: &[&str]| {
        Command::new("git")
            .arg("-C")
            .arg(folder.path())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", time)
            .env("GIT_COMMITTER_DATE", time)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
    };
    let commit = |site: &str, terms: &str, time: &str, text: &str| {
        std::fs::create_dir_all(folder.path().join(site)).unwrap();
        let file = folder.path().join(site).join(format!("{terms}.md"));
        std::fs::write(file, text).unwrap();
        for step in [&["add", "-A"][..], &["commit", "-qm", "Recorded"]] {
            let output = git(time, step).unwrap();
            assert!(output.status.success(), "{output:?}");
        }
    };
    if !git("", &["init", "-q"]).is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: there is no git program to make a repository with");
        return None;
    }
    let mut versions = versions();
    let rest = versions.split_off(3);
    for (time, text) in versions {
        commit("Shop", "Privacy Policy", time, &text);
    }
    for (site, terms, text) in others() {
        commit(site, terms, "2020-01-01T00:00:00Z", &text);
    }
    for (time, text) in rest {
        commit("Shop", "Privacy Policy", time, &text);
    }
    Some(folder)
}

fn open(folder: &Path) -> Library {
    let mut request = Request::new(vec![folder.to_owned()]);
    request.histories = true;
    Loader::new(Arc::default()).load(&request)
}

/// Both forms of the archive.
fn archives() -> Vec<tempfile::TempDir> {
    [Some(dated()), committed()].into_iter().flatten().collect()
}

fn steps(library: &Library, id: PolicyId) -> Vec<Step> {
    let mut steps = Vec::new();
    library.timeline(id, &mut |step| {
        steps.push(step);
        true
    });
    steps
}

#[test]
fn each_version_is_told_by_what_it_changed() {
    for folder in archives() {
        let library = open(folder.path());
        let shop = library.find("Shop").unwrap();
        let told: Vec<_> = steps(&library, shop)
            .iter()
            .map(|step| {
                (
                    step.class,
                    step.against,
                    step.noise.clone(),
                    step.returns_to,
                )
            })
            .collect();
        let broken = Noise::Broken {
            what: "an error page",
        };
        assert_eq!(
            told,
            [
                (ChangeClass::First, None, None, None),
                (ChangeClass::Wording, Some(0), None, None),
                (ChangeClass::Formatting, Some(1), Some(Noise::Form), None),
                (ChangeClass::Rewrite, Some(2), Some(broken), None),
                (
                    ChangeClass::None,
                    Some(2),
                    Some(Noise::Repair { of: 2 }),
                    Some(2)
                ),
                (ChangeClass::Order, Some(4), None, None),
                (ChangeClass::Wording, Some(5), None, None),
                (ChangeClass::Wording, Some(6), None, Some(5)),
            ]
        );
        let again = library.steps(shop);
        assert_eq!(
            again[..],
            steps(&library, shop),
            "what is kept is what was told"
        );
    }
}

#[test]
fn a_page_that_is_no_policy_is_broken_even_if_nothing_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("Shop/Privacy Policy");
    std::fs::create_dir_all(&place).unwrap();
    let goods = [
        "Our winter jackets are made of wool from Norwegian sheep and last for many years.",
        "The blue teapot holds one litre and goes into the dishwasher without harm.",
        "Try the walnut bread with honey, as our grandmothers baked it on Sunday mornings.",
        "Free delivery on all garden chairs until the end of the month, while stocks last.",
    ];
    let shop: Vec<&str> = goods.iter().copied().cycle().take(20).collect();
    for (day, text) in [("2020-01-01", text(&CLAUSES)), ("2021-01-01", text(&shop))] {
        std::fs::write(place.join(format!("{day}T00-00-00Z.md")), text).unwrap();
    }
    let library = open(folder.path());
    let steps = library.steps(library.find("Shop").unwrap());
    let what = "a page that does not read like a policy";
    assert_eq!(steps[1].noise, Some(Noise::Broken { what }));
}

#[test]
fn a_capture_that_was_cut_short_or_held_another_text_for_a_while_is_a_jump() {
    let clause =
        |n: usize| format!("Clause {n} says what we do with record {n} of your account and why.");
    let clauses = |count: usize| (0..count).map(clause).collect::<Vec<_>>();
    let (whole, cut) = (clauses(20), clauses(14));
    let edited = [clauses(20), vec!["We now sell maps as well.".to_owned()]].concat();
    let longer = clauses(40);
    let noise = |days: &[(&str, &Vec<String>)]| {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("Shop/Privacy Policy");
        std::fs::create_dir_all(&place).unwrap();
        for (day, lines) in days {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            std::fs::write(place.join(format!("{day}T00-00-00Z.md")), text(&lines)).unwrap();
        }
        let library = open(folder.path());
        let steps = library.steps(library.find("Shop").unwrap());
        let noise = steps.iter().map(|step| step.noise.clone());
        noise.collect::<Vec<_>>()
    };
    let jump = |grown| Some(Noise::SizeJump { grown });
    let cut_short = noise(&[
        ("2020-01-01", &whole),
        ("2020-02-01", &cut),
        ("2020-02-02", &edited),
    ]);
    assert_eq!(cut_short[1..], [jump(false), None], "the edit is told");
    let really_removed = noise(&[("2020-01-01", &whole), ("2020-02-01", &cut)]);
    assert_eq!(really_removed[1..], [None]);
    let brought_back = noise(&[
        ("2020-01-01", &whole),
        ("2020-02-01", &cut),
        ("2020-06-01", &whole),
    ]);
    assert_eq!(
        brought_back[1..],
        [None, None],
        "months later it was brought back"
    );
    let another = noise(&[
        ("2020-01-01", &whole),
        ("2020-02-01", &longer),
        ("2020-02-08", &whole),
    ]);
    assert_eq!(another[1..], [jump(true), Some(Noise::Repair { of: 0 })]);
    let grown = noise(&[("2020-01-01", &whole), ("2020-02-01", &longer)]);
    assert_eq!(grown[1..], [None]);
}

/// A folder of one policy in versions of these days and texts.
fn of_one_policy(versions: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("Shop/Privacy Policy");
    std::fs::create_dir_all(&place).unwrap();
    for (day, text) in versions {
        std::fs::write(place.join(format!("{day}T00-00-00Z.md")), text).unwrap();
    }
    folder
}

/// What the noise of each version of a folder's policy is called.
fn noise_of(versions: &[(&str, String)]) -> Vec<&'static str> {
    let folder = of_one_policy(versions);
    let library = open(folder.path());
    let steps = library.steps(library.find("Shop").unwrap());
    let id = |step: &Step| step.noise.as_ref().map_or("", Noise::id);
    steps.iter().map(id).collect()
}

#[test]
fn a_policy_that_never_was_longer_is_not_broken_for_being_short() {
    let short = |months: u32| {
        format!(
            "# Privacy Policy\n\nThis app collects no personal data and sets no cookies. If you \
             write to us, we keep your address for {months} months to answer you.\n"
        )
    };
    let days = ["2020-01-01", "2021-01-01", "2022-01-01"];
    let texts = |texts: [String; 3]| -> Vec<_> { days.into_iter().zip(texts).collect() };
    let same = texts([short(3), short(6), short(9)]);
    assert_eq!(noise_of(&same), ["", "", ""]);
    let listed = json(&["list", &name(&of_one_policy(&same)), "--no-index"]);
    assert_eq!(listed[0]["archived"], "2022-01-01");
    let grown = texts([short(3), short(6), text(&CLAUSES)]);
    assert_eq!(noise_of(&grown), ["broken", "broken", ""]);
    let shrunk = texts([text(&CLAUSES), short(6), short(9)]);
    assert_eq!(noise_of(&shrunk), ["", "broken", "broken"]);
    let lost = "# Sorry\n\n404: this page was not found.\n";
    let errors = texts([1, 2, 3].map(|n| format!("{lost}\nRay {n}\n")));
    assert_eq!(noise_of(&errors), ["broken"; 3], "it says what it is");
}

#[test]
fn a_clause_that_noise_brings_back_is_gone_all_the_same() {
    let clause =
        |n: usize| format!("Clause {n} says what we do with record {n} of your account and why.");
    let clauses = |count: usize| (0..count).map(clause).collect::<Vec<_>>();
    let voice = "We record the sound of your voice whenever you call us about an order.".to_owned();
    let with_voice = |count: usize| [clauses(count), vec![voice.clone()]].concat();
    let whole = |lines: Vec<String>| text(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let versions = [
        ("2020-01-01", whole(with_voice(20))),
        ("2020-02-01", whole(clauses(20))),
        ("2020-03-01", whole(with_voice(40))),
        ("2020-03-05", whole(clauses(20))),
    ];
    assert_eq!(noise_of(&versions), ["", "", "size-jump", "repair"]);
    let folder = of_one_policy(&versions);
    let life = |asked: &str| {
        let words = ["history", asked, &name(&folder), "--clause", "your voice"];
        json(&words)
    };
    let gone = life("Shop");
    assert_eq!(gone["removed"]["version"], 1);
    assert!(gone["gaps"].as_array().unwrap().is_empty(), "{gone}");
    let asked = life("Shop@2020-03-01");
    assert_eq!(
        asked["removed"]["version"], 3,
        "the jump itself was asked for"
    );
}

#[test]
fn the_oldest_record_of_a_clause_is_not_its_birth() {
    for folder in archives() {
        let life = |words: &str| out(&["history", "Shop", &name(&folder), "--clause", words]);
        let old = life("to keep you logged in");
        let told = "there since   the oldest recorded version, 2018-03-01  (version 1";
        assert!(old.contains(told), "{old}");
        let new = life("the sound of your voice");
        assert!(
            new.contains("appeared      2022-01-01  (version 7"),
            "{new}"
        );
    }
}

/// The counts of every step are those of the comparison of its version with the one it names.
fn counts_agree(library: &Library, id: PolicyId) -> usize {
    let mut compared = 0;
    for step in steps(library, id) {
        let Some(against) = step.against else {
            continue;
        };
        let open = |place| library.open_version(id, place).unwrap();
        let (Ok(left), Ok(right)) = (open(against), open(step.version)) else {
            continue;
        };
        let pair = Pair::new(left, right);
        let summary = library.compare(pair, Some(By::Text)).unwrap().summary;
        let counts = ChangeCounts {
            wording: summary.wording,
            numbers: summary.numbers,
            formatting: summary.formatting,
            moved: summary.moved,
            added: summary.added,
            removed: summary.removed,
        };
        assert_eq!(step.counts, counts, "version {}", step.version);
        let says = counts.wording + counts.added + counts.removed > 0;
        assert!(!says || step.class >= ChangeClass::Wording, "{step:?}");
        assert!(step.class != ChangeClass::None || counts == ChangeCounts::default());
        compared += 1;
    }
    compared
}

#[test]
fn counts_are_those_of_the_comparison() {
    for folder in archives() {
        let library = open(folder.path());
        let shop = library.find("Shop").unwrap();
        assert_eq!(counts_agree(&library, shop), 7);
    }
}

#[test]
fn laws_of_recorded_histories() {
    let Some(archive) = archive::Archive::open("ota-dating.bundle") else {
        return;
    };
    let library = open(archive.folder());
    let mut compared = 0;
    let with_history = |id: &PolicyId| library.get(*id).unwrap().history.is_some();
    for id in library.ids().filter(with_history).take(6) {
        let entry = library.get(id).unwrap();
        let history = entry.history.clone().unwrap();
        let steps = steps(&library, id);
        assert_eq!(steps.len(), history.versions.len(), "{}", entry.name);
        for (place, step) in steps.iter().enumerate() {
            assert_eq!(step.version, place);
            assert!(step.against.is_none_or(|base| base < place));
            let same = step.returns_to.map(|of| history.versions[of].content);
            assert!(same.is_none_or(|content| content == history.versions[place].content));
            if let Some(base) = step.against {
                assert!(!steps[base].noise.as_ref().is_some_and(Noise::is_accident));
            }
        }
        compared += counts_agree(&library, id);
    }
    assert!(compared > 20, "only {compared} steps were looked at");
}

#[test]
fn a_date_names_the_version_in_force_at_its_end() {
    for folder in archives() {
        let library = open(folder.path());
        let recorded = |name: &str| {
            let id = library.find(name).unwrap_or_else(|error| panic!("{error}"));
            let archived = library.get(id).unwrap().facts.provenance.archived.unwrap();
            archived.to_string()
        };
        for (name, time) in [
            ("Shop", "2022-04-01T08:00:00Z"),
            ("shop@2018", "2018-03-01T08:00:00Z"),
            ("Shop@2019-05-19", "2018-03-01T08:00:00Z"),
            ("Shop@2019-05-20", "2019-05-20T17:00:00Z"),
            ("Shop@2019-05-20T08-00-00Z", "2019-05-20T08:00:00Z"),
            ("Shop@2019-05", "2019-05-20T17:00:00Z"),
            ("Shop@2021", "2021-06-01T08:00:00Z"),
            ("Shop@2099", "2022-04-01T08:00:00Z"),
        ] {
            assert_eq!(recorded(name), time, "{name}");
        }
        let listed = library.find("Shop").unwrap();
        assert_eq!(
            library.find("Shop@2022"),
            Ok(listed),
            "the listed version is not opened twice"
        );
        assert_eq!(library.find("Shop@2018"), library.find("Shop@2018-03-01"));
    }
}

#[test]
fn every_version_has_a_name_that_finds_it() {
    for folder in archives() {
        let library = open(folder.path());
        let shop = library.find("Shop").unwrap();
        for place in 0..versions().len() {
            let name = library.version_name(shop, place).unwrap();
            let opened = library.open_version(shop, place).unwrap().unwrap();
            assert_eq!(library.find(&name), Ok(opened), "{name}");
            assert_eq!(library.get(opened).unwrap().place, place);
        }
    }
}

#[test]
fn versions_that_are_not_there_are_told_with_those_that_are() {
    for folder in archives() {
        let library = open(folder.path());
        let Err(NotFound::TooEarly { first, .. }) = library.find("Shop@2017") else {
            panic!("no version is that old");
        };
        assert_eq!(first.as_deref(), Some("2018-03-01"));
        let error = library.find("Shop@ffffffff").unwrap_err();
        assert!(matches!(error, NotFound::NoRevision { .. }), "{error}");
        let error = library.find("Shop@yesterday").unwrap_err();
        assert!(
            error.to_string().contains("no date such as 2020"),
            "{error}"
        );
        let error = library.find("Shoq@2020").unwrap_err();
        assert!(matches!(error, NotFound::Unknown { .. }), "{error}");
    }
}

#[test]
fn a_clause_is_followed_through_edits_moves_and_broken_fetches() {
    for folder in archives() {
        let library = open(folder.path());
        let shop = library.find("Shop").unwrap();
        let life = |words: &str| {
            let (place, clause) = library.find_words(shop, words).unwrap();
            let version = library.open_version(shop, place).unwrap().unwrap();
            library
                .clause_life(version, clause, &mut |_, _| true)
                .unwrap()
        };
        let sold = life("MAY SELL your personal");
        assert_eq!((sold.first, sold.changed, sold.removed), (0, 1, None));
        let words: Vec<&str> = sold.wordings.iter().map(|(_, text)| &text[..11]).collect();
        assert_eq!(words, ["We do not s", "We may sell"]);
        let cookies = life("to keep you logged in");
        assert_eq!(
            (cookies.first, cookies.changed, cookies.removed),
            (0, 0, None)
        );
        assert_eq!(cookies.gaps, [], "a broken fetch is no gap");
        let voice = life("the sound of your voice");
        assert_eq!((voice.first, voice.changed, voice.removed), (6, 6, Some(7)));
        assert!(library.find_words(shop, "the smell of your hand").is_none());
        let stopped = library.clause_life(shop, policy_tui::model::ClauseId(1), &mut |_, _| false);
        assert_eq!(stopped, None);
    }
}

#[test]
fn the_same_words_are_found_in_other_policies() {
    for folder in archives() {
        let library = open(folder.path());
        let same: Vec<_> = library
            .same_clause(CLAUSES[8])
            .into_iter()
            .map(|(id, clause)| (library.get(id).unwrap().name.clone(), clause.index()))
            .collect();
        assert!(same.contains(&("Bank".to_owned(), 2)), "{same:?}");
        assert!(same.iter().any(|(name, _)| name.starts_with("Shop")));
        assert_eq!(library.same_clause(" . "), []);
    }
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
    command
        .args(arguments)
        .env("POLICY_TUI_CONFIG", "/nonexistent");
    command.output().unwrap()
}

fn out(arguments: &[&str]) -> String {
    let output = run(arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn name(folder: &tempfile::TempDir) -> String {
    PathBuf::from(folder.path()).to_str().unwrap().to_owned()
}

#[test]
fn the_list_counts_versions() {
    for folder in archives() {
        let list = json(&["list", &name(&folder), "--type", "all"]);
        let of = |site: &str, terms: &str| {
            let all = list.as_array().unwrap().iter();
            let mut fits = all.filter(|row| row["site"] == site && row["terms"] == terms);
            fits.next().unwrap().clone()
        };
        let shop = of("Shop", "Privacy Policy");
        assert_eq!(shop["versions"], 8);
        assert_eq!(
            (&shop["first"], &shop["last"]),
            (&"2018-03-01".into(), &"2022-04-01".into())
        );
        assert_eq!(of("Bank", "Privacy Policy")["versions"], 1);
        assert_eq!(
            of("Shop", "Terms of Service")["policy"],
            "Shop/Terms of Service"
        );
        let text = out(&["list", &name(&folder)]);
        assert!(text.contains("2018-2022"), "{text}");
        assert!(!text.contains("Terms of Service"), "{text}");
    }
    assert!(
        !out(&["list"]).contains("versions"),
        "the samples have one version each"
    );
}

#[test]
fn the_command_prints_a_table_and_json() {
    for folder in archives() {
        let folder = name(&folder);
        let text = out(&["history", "Shop", &folder]);
        for line in [
            "1 of form only",
            "1 broken",
            "1 that repair one",
            "1 moved",
            "the text of version 6",
        ] {
            assert!(text.contains(line), "{line} in:\n{text}");
        }
        assert!(!text.contains("an error page"), "{text}");
        assert!(out(&["history", "Shop", &folder, "--all"]).contains("an error page"));
        let steps = json(&["history", "Shop", &folder]);
        let steps = steps.as_array().unwrap();
        assert_eq!(steps.len(), 8);
        assert_eq!(steps[3]["noise"], "broken");
        assert_eq!(steps[3]["reason"], "an error page");
        assert_eq!(steps[4]["against"], 2);
        assert_eq!(steps[7]["returns_to"], 5);
        assert_eq!(steps[1]["counts"]["wording"], 1);
        assert_eq!(steps[1]["date"], "2019-05-20");
        let life = json(&["history", "Shop", &folder, "--clause", "may sell your"]);
        assert_eq!(life["changed"]["version"], 1);
        assert_eq!(life["since_oldest"], true);
        assert_eq!(life["wordings"].as_array().unwrap().len(), 2);
        let lost = run(&["history", "Shop", &folder, "--clause", "no such words"]);
        assert_eq!(lost.status.code(), Some(2));
    }
    let sample = json(&["history", "mp3rocket.me"]);
    assert_eq!(sample.as_array().unwrap().len(), 1);
    assert_eq!(sample[0]["class"], "first");
}

#[test]
fn versions_are_named_wherever_a_policy_is() {
    for folder in archives() {
        let folder = name(&folder);
        let compared = json(&["compare", "Shop@2018", "Shop@2021", &folder]);
        assert_eq!(compared["summary"]["wording"], 1);
        assert_eq!(compared["summary"]["moved"], 1);
        assert_eq!(compared["left"]["policy"], "Shop@2018-03-01");
        let shown = json(&["show", "Shop@2019-05-20", &folder]);
        assert_eq!(shown["policy"]["archived"], "2019-05-20");
        let terms = json(&["show", "shop/terms of service", &folder]);
        assert_eq!(terms["policy"]["terms"], "Terms of Service");
        assert_eq!(run(&["show", "Shop@1999", &folder]).status.code(), Some(2));
        if let Some(revision) = shown["policy"]["revision"].as_str() {
            let mut same = json(&["show", &format!("Shop@{}", &revision[..6]), &folder]);
            same["policy"]["asked"] = "Shop@2019-05-20".into();
            assert_eq!(same["policy"], shown["policy"]);
        }
    }
}
