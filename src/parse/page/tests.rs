//! Pages in, outlines out: what a person would see.

use crate::model::{BlockKind, Document, Issue, IssueKind, Marker, Origin, Policy};
use crate::parse::Parser;
use std::path::PathBuf;

fn read(html: &[u8]) -> Result<Policy, Issue> {
    Parser::new().parse(Document::new(
        Origin::File(PathBuf::from("page.html")),
        html.to_vec(),
    ))
}

fn page(html: &str) -> Policy {
    read(html.as_bytes()).unwrap_or_else(|issue| panic!("{}", issue.message))
}

/// A line for every block, as Markdown would mark it.
fn outline(policy: &Policy) -> Vec<String> {
    let line = |block: &crate::model::Block| {
        let text = block.text.of(&policy.text).replace('\n', " / ");
        let heading = policy.sections.iter().find(|s| s.heading == block.text);
        let indent = "  ".repeat(usize::from(block.depth.saturating_sub(1)));
        match (block.kind, block.marker) {
            (BlockKind::Title, _) => format!("# {text}"),
            (BlockKind::Heading, _) => {
                format!(
                    "{} {text}",
                    "#".repeat(heading.map_or(0, |s| s.level.into()))
                )
            }
            (BlockKind::Item, Marker::Bullet) => format!("{indent}* {text}"),
            (BlockKind::Item, Marker::None) => format!("{indent}  {text}"),
            (BlockKind::Item, marker) => format!("{indent}{} {text}", marker.label().unwrap()),
            (BlockKind::HeaderRow, _) => format!("|| {}", text.replace('\t', " | ")),
            (BlockKind::Row, _) => format!("| {}", text.replace('\t', " | ")),
            (BlockKind::Quote, _) => format!("> {text}"),
            (BlockKind::Code, _) => format!("` {text}"),
            _ => text,
        }
    };
    policy.blocks.iter().map(line).collect()
}

fn seen(html: &str) -> Vec<String> {
    outline(&page(html))
}

const PROSE: &str =
    "<p>We keep what you tell us for no longer than thirty days after the order.</p>";
const PROSE_SEEN: &str = "We keep what you tell us for no longer than thirty days after the order.";

#[test]
fn lists_nest_and_keep_their_numbers() {
    let html = "<p>We collect:</p><ul><li>names<ul><li>first<li>last</ul><li><p>cards</p><p>by post</p></ul>\
                <ol start=4><li>Write.<li value=9>Wait.</ol>";
    assert_eq!(
        seen(html),
        [
            "We collect:",
            "* names",
            "  * first",
            "  * last",
            "* cards",
            "  by post",
            "4. Write.",
            "9. Wait."
        ]
    );
}

#[test]
fn line_breaks_part_lines_and_two_of_them_paragraphs() {
    let html = "<p>One<br>two<br><br>three<br> <br/>four<div>five<div>six</div></div>seven";
    assert_eq!(
        seen(html),
        ["One / two", "three", "four", "five", "six", "seven"]
    );
}

#[test]
fn lists_are_counted_as_they_are_written() {
    let html = "<ol type=a start=3><li>Write.<li value=26>Wait.<li>Ask.</ol>\
                <ol type=I><li>Write.<li>Wait.</ol>\
                <ol style='list-style-type: lower-roman' start=9><li>Ask.</ol>";
    let counted = [
        "c. Write.",
        "z. Wait.",
        "aa. Ask.",
        "I. Write.",
        "II. Wait.",
        "ix. Ask.",
    ];
    assert_eq!(seen(html), counted);
}

#[test]
fn a_table_of_data_has_rows_and_one_that_places_things_has_none() {
    let data = "<table><tr><th>Data<th>Use<tr><td><p>Name</p><td><ul><li>post<li>mail</ul><tr><td><td>none</table>";
    assert_eq!(
        seen(data),
        ["|| Data | Use", "| Name | post mail", "|  | none"]
    );
    let layout =
        format!("<table><tr><td colspan=2>Shop<tr><td>News<td><h1>Privacy</h1>{PROSE}</table>");
    assert_eq!(seen(&layout), ["Shop", "News", "# Privacy", PROSE_SEEN]);
}

#[test]
fn labels_of_definitions_and_details_are_headings() {
    let html = "<h1>Privacy</h1><dl><dt>Cookie<dd>A small file on your device.<dt>Log<dd>A list of visits to us.</dl>\
                <details><summary>More</summary><p>There is more to say about this than here.</p></details>";
    assert_eq!(
        seen(html),
        [
            "# Privacy",
            "## Cookie",
            "A small file on your device.",
            "## Log",
            "A list of visits to us.",
            "## More",
            "There is more to say about this than here."
        ]
    );
}

#[test]
fn every_text_knows_its_bytes_in_the_file() {
    let html = "<html>\r\n<body><p>We don&rsquo;t   <b>sell</b> &amp; never\r\nsh<i>are</i> R&D 3 < 4 caf\u{e9} data.<table>stray words here<tr><td>cell";
    let policy = page(html);
    for run in &policy.runs {
        let written = policy.source.get(run.span.range()).unwrap();
        let shown = run.text.of(&policy.text);
        let plain = html_escape::decode_html_entities(written);
        let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(folded, shown.trim(), "of {written:?}");
    }
    assert!(
        policy
            .text
            .contains("We don\u{2019}t sell & never share R&D 3 < 4 caf\u{e9} data."),
        "{}",
        policy.text
    );
}

#[test]
fn menus_banners_and_forms_are_left_out_and_told() {
    let html = format!(
        "<nav><a href=/>Home</a></nav><div class=menu><a href=/a>Shop</a> <a href=/b>Help</a></div>\
         <div id=cookie-banner><p>This site uses cookies.</p><button>Fine</button></div>\
         <form><input type=search><button>Find</button></form>{PROSE}<a href='#top'>Back to top</a>\
         <footer>© Shop</footer><div hidden><a href=/x>Hidden</a></div>"
    );
    let policy = page(&html);
    assert_eq!(outline(&policy), [PROSE_SEEN]);
    let told = policy
        .issues
        .iter()
        .find(|issue| issue.kind == IssueKind::LeftOut);
    assert_eq!(
        told.map(|issue| &*issue.message),
        Some("menus, banners and the like are left out: 14 of 29 words")
    );
}

#[test]
fn names_that_policies_use_themselves_leave_nothing_out() {
    let html = format!(
        "<section id=cookies class=cookie><h2>Cookies</h2>{PROSE}</section><div class=sharing><p>We share nothing.</p></div>\
         <div id=consent class='modal banner'><p>You may take your <a href=/c>consent</a> back.</p></div>"
    );
    assert_eq!(seen(&html).len(), 4);
}

#[test]
fn folded_text_is_kept_and_its_button_is_the_heading() {
    let panel = "When you live in California you may ask us to delete what we know, and we will answer within forty-five days of the day on which your letter came.";
    let html = format!(
        "<main>{PROSE}<button aria-expanded=false>Your rights</button><div style='display: none'>{panel}</div></main>"
    );
    assert_eq!(seen(&html), [PROSE_SEEN, "# Your rights", panel]);
}

#[test]
fn a_list_between_the_text_and_a_menu_belongs_to_the_text() {
    let menu =
        "<div><a href=/a>Home</a><br><a href=/b>News</a><br>Login<br><a href=/c>Help</a></div>";
    let html = format!("{menu}{PROSE}<ul><li>No partners<li>No sellers</ul>{menu}");
    assert_eq!(seen(&html), [PROSE_SEEN, "* No partners", "* No sellers"]);
    let address = format!("{PROSE}<p>Shop Ltd<div><p><a href=/a>Terms</a><p><a href=/b>Help</a>");
    assert_eq!(seen(&address), [PROSE_SEEN, "Shop Ltd"]);
}

#[test]
fn contents_and_links_in_the_text_stay() {
    let html = format!(
        "<h1>Privacy</h1><ul><li><a href='#a'>What we keep</a><li><a href='#b'>Why</a></ul>{PROSE}<p><a href=/x>Terms of sale</a></p><p>And after these words comes one more sentence that is long enough."
    );
    assert_eq!(seen(&html)[1..3], ["* What we keep", "* Why"]);
    assert!(seen(&html).contains(&"Terms of sale".to_owned()));
}

#[test]
fn links_that_end_the_text_stay_and_a_menu_below_them_goes() {
    let html = format!(
        "<div>{PROSE}<p><a href=/tr>Notice for Turkey</a><p><a href=/ca>Notice for Canada</a></div>\
         <div><p><a href=/t>Terms</a><p><a href=/j>Jobs</a></div>"
    );
    assert_eq!(
        seen(&html),
        [PROSE_SEEN, "Notice for Turkey", "Notice for Canada"]
    );
}

#[test]
fn bold_and_large_lines_are_headings() {
    let html = format!(
        "<font size=5>Privacy Policy</font><p><b>Cookies</b>{PROSE}<p><span style='font-weight:700'>Logs</span></p>{PROSE}<font size=4>{PROSE}</font>"
    );
    assert_eq!(
        seen(&html),
        [
            "# Privacy Policy",
            "## Cookies",
            PROSE_SEEN,
            "## Logs",
            PROSE_SEEN,
            PROSE_SEEN
        ]
    );
}

#[test]
fn typed_text_has_paragraphs_and_code_keeps_its_lines() {
    let words = "one two three four five six seven eight nine ten\n".repeat(4);
    let typed = seen(&format!("<pre>{words}\n{words}</pre>"));
    assert_eq!(typed.len(), 2);
    assert!(!typed[0].contains('/'));
    assert_eq!(
        seen("<p>Set this:</p><pre>a=1\nb=2</pre>"),
        ["Set this:", "` a=1 / b=2"]
    );
}

#[test]
fn pages_without_text_say_why() {
    let why = |html: &str| {
        read(html.as_bytes())
            .err()
            .map(|issue| (issue.kind, issue.message))
    };
    let said = |html: &str| why(html).map(|(_, message)| message).unwrap_or_default();
    assert!(
        said("<div id=app></div><script>render()</script>")
            .contains("builds its text with a script")
    );
    assert!(said("<frameset><frame src=a.htm></frameset>").contains("frames"));
    assert_eq!(
        why("<html><body></body></html>").map(|(kind, _)| kind),
        Some(IssueKind::Empty)
    );
    let login = page("<p>Please sign in.</p><form><input type=password></form>");
    assert!(
        login
            .issues
            .iter()
            .any(|issue| issue.message.contains("log-in page"))
    );
}

#[test]
fn the_declared_encoding_counts_where_bytes_are_not_utf8() {
    let greek = b"<meta charset=\"iso-8859-7\"><p>\xc7 \xef\xeb\xe9\xf4\xe9\xea\xde";
    assert_eq!(read(greek).unwrap().text, "Η ολιτική");
    let saved = "<meta charset=windows-1252><p>We don’t sell café data.";
    assert_eq!(page(saved).text, "We don’t sell café data.");
    let equiv =
        b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1251'><p>\xc4\xe0";
    assert_eq!(read(equiv).unwrap().text, "Да");
}

#[test]
fn savers_notes_say_where_a_page_came_from() {
    let of = |html: &str| page(html).provenance;
    let ie = of("<!-- saved from url=(0024)http://www.shop.example/p --><html><p>Text");
    assert_eq!(
        (&*ie.site, ie.original_url.as_deref()),
        ("shop.example", Some("http://www.shop.example/p"))
    );
    let single = of(
        "<!--\n Page saved with SingleFile \n url: https://a.example/x \n saved date: Tue Mar 05 2024 10:11:12 GMT+0100 (CET)\n--><p>Text",
    );
    assert_eq!(
        single.archived.map(|t| t.to_string()).as_deref(),
        Some("2024-03-05T09:11:12Z")
    );
    let wayback = of(
        "<link rel=canonical href='https://web.archive.org/web/20151229131357/http://b.example/p'><p>Text</p>",
    );
    assert_eq!(wayback.original_url.as_deref(), Some("http://b.example/p"));
    assert_eq!(
        wayback.archived.map(|t| t.to_string()).as_deref(),
        Some("2015-12-29T13:13:57Z")
    );
    let footer = of(
        "<p>Text</p><!--\n FILE ARCHIVED ON 13:13:57 Dec 29, 2015 AND RETRIEVED FROM THE\n INTERNET ARCHIVE ON 10:02:11 Mar 05, 2024.-->",
    );
    assert_eq!(
        footer.archived.map(|t| t.to_string()).as_deref(),
        Some("2015-12-29T13:13:57Z")
    );
}

#[test]
fn a_title_is_the_part_that_says_what_the_page_is() {
    let title = |html: &str| page(html).title;
    assert_eq!(
        title("<title>Shop &amp; Co | Privacy Notice</title><p>text here"),
        "Privacy Notice"
    );
    assert_eq!(
        title("<title>How we work – Shop</title><p>text here"),
        "How we work – Shop"
    );
}

#[test]
fn closed_tags_of_xml_are_closed() {
    let html = "<?xml version='1.0'?><html><head><script src='a.js'/><title/></head><body><a id='x'/><p>Shown.</p><div/><p>Too.</p></body></html>";
    assert_eq!(seen(html), ["Shown.", "Too."]);
}

#[test]
fn depth_and_number_cost_neither_stack_nor_words() {
    for open in [
        "<div>",
        "<blockquote>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<font color=x>",
        "<span hidden>",
    ] {
        let times = if open == "<div>" { 100_000 } else { 20_000 };
        let html = format!("{}{PROSE}", open.repeat(times));
        let policy = page(&html);
        assert!(policy.text.contains(PROSE_SEEN), "{open}");
    }
    let closed = format!(
        "{}a{}b{}{PROSE}",
        "<div>".repeat(2000),
        "<p>x</p>".repeat(9),
        "</div>".repeat(2000)
    );
    let policy = page(&closed);
    assert!(
        policy
            .issues
            .iter()
            .any(|issue| issue.kind == IssueKind::DeepNesting)
    );
    assert_eq!(
        outline(&policy).last().map(String::as_str),
        Some(PROSE_SEEN)
    );
    let many: String = (0..100_000).map(|n| format!(" a{n}='{n}'")).collect();
    assert_eq!(seen(&format!("<div{many}>{PROSE}</div>")), [PROSE_SEEN]);
}

#[test]
fn a_script_that_looks_like_a_tag_still_ends() {
    let code = "for(i=0;i<n;i++){ ".to_owned() + &"a = b / c ; ".repeat(900);
    assert_eq!(
        seen(&format!("<script>{code}</script>{PROSE}")),
        [PROSE_SEEN]
    );
}
