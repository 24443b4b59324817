//! Texts that hardly are a policy, or not in English, wherever they are shown.

use crate::{WIDE, keys};
use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use policy_tui::tui::app::{App, Jobs, Session, Setup};
use ratatui::layout::Size;
use std::fs;
use std::sync::Arc;

const POLICY: &str = "# Privacy Policy\n\nWe collect your name and your address when you order.\n\n\
We use cookies to remember what you have put into your basket.\n\nWe do not sell your personal \
data to anybody, whatever they may offer us for it.\n\nYou may ask us which data about you we hold, \
and have them deleted.\n\nYour data are kept for ten years, because the tax authorities may ask \
for them.\n\nWhen we change this policy we write to everybody who has an account with us.\n";

const FRENCH: &str = "# Vie privée\n\nNous recueillons votre nom et votre adresse lorsque vous \
passez une commande chez nous.\n\nLes cookies nous permettent de savoir ce que vous avez mis dans \
votre panier.\n\nNous ne vendons pas vos données à des tiers, quel que soit le prix qu'ils nous \
proposent pour cela.\n\nVous pouvez nous demander quelles sont les données que nous avons sur vous, \
et les faire supprimer par nos équipes dans les meilleurs délais.\n";

const LOW: Size = Size {
    width: 80,
    height: 12,
};

/// An app on a policy, a broken capture, and a policy in French.
fn on() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        ("acme.md", POLICY),
        ("broken.md", "# Privacy Policy\n\nPlease wait.\n"),
        ("francais.md", FRENCH),
    ];
    for (name, text) in texts {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let library = loader.load(&Request::new(vec![folder.path().to_owned()]));
    let session = Session::new(Arc::new(library), Setup::plain());
    (folder, App::new(session, Jobs::Inline, WIDE, None))
}

fn shown(typed: &str, size: Size) -> String {
    keys(&mut on().1, typed, size)
}

#[test]
fn a_row_of_the_list_is_marked_at_any_width() {
    for width in [30, 80, 120] {
        let list = shown("", Size { width, ..WIDE });
        for marked in ["broken !", "francais !"] {
            assert!(list.contains(marked), "{list}");
        }
        assert!(!list.contains("acme !"), "{list}");
    }
}

#[test]
fn the_reader_says_it_above_the_text_or_in_the_title() {
    let broken = "/broken<enter><enter>";
    assert!(shown(broken, WIDE).contains("! only 4 words: this may be a broken capture"));
    assert!(shown(broken, LOW).contains("! may be no policy"));
    let french = "/francais<enter><enter>";
    assert!(shown(french, WIDE).contains("! the text seems to be French"));
    assert!(shown(french, LOW).contains("! not in English"));
    for size in [WIDE, LOW] {
        let sound = shown("/acme<enter><enter>", size);
        assert!(!sound.contains('!'), "{sound}");
    }
}

#[test]
fn a_comparison_says_of_which_side() {
    let pair = "/acme<enter><space><esc>/broken<enter><enter>";
    for more in ["", "<tab>", "<tab><tab>"] {
        let compared = shown(&format!("{pair}{more}"), WIDE);
        assert!(
            compared.contains("! On the right side: only 4 words: this may be a broken capture"),
            "{compared}"
        );
        assert!(compared.contains("· ! may be no policy"), "{compared}");
        assert!(!compared.contains("left side"), "{compared}");
    }
}
