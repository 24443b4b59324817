use super::*;

fn shape(root: &str, paths: &[&str]) -> Shape {
    Shape::of(Layout::Auto, Path::new(root), paths.iter().copied())
}

/// Layout, then for each path `site | terms | date`, or a dash for a file that is no document.
fn read(root: &str, paths: &[&str]) -> String {
    let shape = shape(root, paths);
    let mut text = shape.layout.id().to_owned();
    for path in paths {
        let line = shape.place(path).map_or_else(
            || "-".to_owned(),
            |place| {
                let date = place.date.map(|date| date.strftime("%F").to_string());
                [place.site, place.terms, date]
                    .map(|part| part.unwrap_or_default())
                    .join(" | ")
            },
        );
        text.push('\n');
        text.push_str(&line);
    }
    text
}

#[test]
fn services_with_types_of_terms() {
    let paths = [
        "README.md",
        "Airbnb/Privacy Policy.md",
        "Airbnb/House Rules.md",
        "Alibaba.com/Terms of Service.md",
        "Facebook/Community Guidelines - Spam.md",
        "docs/howto.md",
    ];
    let expected = "open-terms-archive\n-\nAirbnb | Privacy Policy | \nAirbnb | House Rules | \n\
         Alibaba.com | Terms of Service | \nFacebook | Community Guidelines - Spam | \n-";
    assert_eq!(read("/none/archive", &paths), expected);
}

#[test]
fn a_released_data_set() {
    let paths = [
        "LICENSE.md",
        "Airbnb/Privacy Policy/2021-08-01T01-03-12Z.md",
        "Airbnb/Privacy Policy/2022-01-01T00-00-00Z.md",
        "Airbnb/House Rules/2022-01-01T00-00-00Z.md",
    ];
    let expected = "open-terms-archive\n-\nAirbnb | Privacy Policy | 2021-08-01\n\
         Airbnb | Privacy Policy | 2022-01-01\nAirbnb | House Rules | 2022-01-01";
    assert_eq!(read("/none/versions", &paths), expected);
}

#[test]
fn a_part_of_an_archive_knows_whose_it_is() {
    let one_service = read("/none/Airbnb", &["Privacy Policy.md", "Imprint.md"]);
    assert_eq!(
        one_service,
        "open-terms-archive\nAirbnb | Privacy Policy | \nAirbnb | Imprint | "
    );
    let one_type = read("/none/Airbnb/Privacy Policy", &["2021-08-01T01-03-12Z.md"]);
    assert_eq!(
        one_type,
        "open-terms-archive\nAirbnb | Privacy Policy | 2021-08-01"
    );
}

#[test]
fn dated_folders_and_names() {
    let paths = ["2021-08/shop.md", "2021-09/shop.md", "README.md", "bank.md"];
    let expected = "dated\nshop |  | 2021-08-01\nshop |  | 2021-09-01\n-\n |  | ";
    assert_eq!(read("/none/saved", &paths), expected);
    let alone = read("/none/shop.example", &["2015-12-29.md", "20161229.md"]);
    assert_eq!(
        alone,
        "dated\nshop.example |  | 2015-12-29\nshop.example |  | 2016-12-29"
    );
    let services = read("/none/saved", &["2021-08-01/Airbnb/Privacy Policy.md"]);
    assert_eq!(
        services,
        "open-terms-archive\nAirbnb | Privacy Policy | 2021-08-01"
    );
}

#[test]
fn versions_are_seen_among_however_many_other_files() {
    let paths = [
        "svc/2022-01-10.md",
        "svc/2023-01-10.md",
        "contra.md",
        "other/a.md",
        "other/b.md",
        "other/c_2015-12-29.md",
    ];
    let expected = "dated\nsvc |  | 2022-01-10\nsvc |  | 2023-01-10\n |  | \n |  | \n |  | \n\
         c |  | 2015-12-29";
    assert_eq!(read("/none/saved", &paths), expected);
}

#[test]
fn sites_below_their_letters() {
    let paths = [
        "README.md",
        "m/mp/mp3/mp3rocket.me.md",
        "r/ro/roc/rocketv.org.md",
        "corpus/t/t./t.c/t.co.md",
    ];
    let expected = "princeton-leuven\n-\nmp3rocket.me | Privacy Policy | \n\
         rocketv.org | Privacy Policy | \nt.co | Privacy Policy | ";
    assert_eq!(read("/none/corpus", &paths), expected);
}

#[test]
fn plain_folders_stay_plain() {
    for paths in [
        &["mp3rocket.me.md", "rocketv.org.md"][..],
        &["README.md", "airbnb/privacy.md", "booking/policy.md"],
        &[
            "notes/1password-2.md",
            "shop.md",
            "bank.md",
            "old_2015-12-29.md",
        ],
        &[],
    ] {
        let shape = shape("/none/policies", paths);
        assert_eq!(shape.layout, Layout::Flat, "{paths:?}");
        assert!(
            paths
                .iter()
                .all(|path| shape.place(path).unwrap().site.is_none())
        );
    }
}

#[test]
fn a_layout_can_be_forced() {
    let paths = ["a.md", "b_2015-12-29.md"];
    let forced = Shape::of(Layout::Dated, Path::new("/none"), paths.iter().copied());
    assert!(forced.place("b_2015-12-29.md").unwrap().date.is_some());
    assert_eq!("flat".parse(), Ok(Layout::Flat));
    assert!(
        "tree"
            .parse::<Layout>()
            .unwrap_err()
            .contains("princeton-leuven")
    );
}
