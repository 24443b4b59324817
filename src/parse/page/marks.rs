//! What an element says of itself by its name, its role, its classes and its id.

use super::tree::Element;
use crate::model::Letters;

/// Names that only banners, toolbars and menus have, as they stand in a class or id.
const TELLING_NAMES: &[&str] = &[
    "cookie-banner",
    "cookie-bar",
    "cookie-consent",
    "cookie-notice-container",
    "cookiebanner",
    "cookieconsent",
    "cookie-law-info",
    "cookie_notice",
    "cookiebotdialog",
    "cc-window",
    "cc-banner",
    "onetrust-banner",
    "onetrust-consent",
    "onetrust-pc",
    "truste-consent",
    "gdpr-banner",
    "gdpr-consent",
    "consent-banner",
    "consent-manager",
    "cmp-container",
    "qc-cmp",
    "fc-consent-root",
    "didomi-host",
    "usercentrics-root",
    "cmplz-cookiebanner",
    "wm-ipp",
    "breadcrumb",
    "skip-link",
    "skip-to",
    "skiplink",
    "skipnav",
    "sharedaddy",
    "addtoany",
    "addthis",
    "social-share",
    "share-buttons",
    "sharing-buttons",
    "social-links",
    "social-icons",
    "lang-switcher",
    "language-switcher",
    "language-picker",
    "language-selector",
    "lang-selector",
    "wpml-ls",
    "mega-menu",
    "megamenu",
    "mobile-menu",
    "main-menu",
    "site-header",
    "site-footer",
    "site-nav",
    "announcement-bar",
    "newsletter-signup",
    "related-posts",
    "cart-drawer",
    "back-to-top",
];

/// Words in a class or id that furniture often has, and text sometimes.
const HINTS: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "topbar",
    "sidebar",
    "footer",
    "header",
    "banner",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "popup",
    "modal",
    "overlay",
    "newsletter",
    "subscribe",
    "signup",
    "share",
    "sharing",
    "social",
    "follow",
    "related",
    "widget",
    "breadcrumbs",
    "breadcrumb",
    "toolbar",
    "lang",
    "language",
    "languages",
    "locale",
    "search",
    "login",
    "cart",
    "promo",
    "ad",
    "ads",
    "advert",
    "comments",
    "pagination",
    "masthead",
    "copyright",
    "legal-links",
];

/// Elements whose content is never text to read.
pub(super) fn is_never_text(element: &Element) -> bool {
    matches!(
        &*element.name,
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "canvas"
            | "iframe"
            | "object"
            | "embed"
            | "audio"
            | "video"
            | "map"
            | "select"
            | "option"
            | "datalist"
            | "textarea"
            | "input"
            | "meter"
            | "progress"
            | "noframes"
            | "noembed"
            | "frame"
            | "title"
    )
}

/// Whether an element is said to hold the text of the page.
pub(super) fn is_main_element(element: &Element) -> bool {
    matches!(&*element.name, "main" | "article")
        || element.attribute_is("role", "main")
        || element.attribute_is("role", "article")
        || element.attribute_is("itemprop", "articleBody")
}

/// Whether an element is a window that opens over the page.
pub(super) fn is_dialog(element: &Element) -> bool {
    &*element.name == "dialog"
        || element.attribute_is("role", "dialog")
        || element.attribute_is("role", "alertdialog")
        || element.attribute_is("aria-modal", "true")
}

/// Whether a link only moves about in the page: "Skip to content", "Back to top".
pub(super) fn is_jump(shown: &str) -> bool {
    let shown = shown
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    shown.starts_with("skip to ")
        || shown.starts_with("jump to content")
        || matches!(
            &*shown,
            "skip navigation" | "back to top" | "return to top" | "top of page" | "top"
        )
}

/// The classes and the id of an element, in lower case.
fn names(element: &Element) -> impl Iterator<Item = String> {
    let classes = element.attribute("class").unwrap_or("").split_whitespace();
    let id = element.attribute("id").unwrap_or("").split_whitespace();
    classes.chain(id).take(40).map(str::to_ascii_lowercase)
}

/// Whether an element has a name that only furniture has.
pub(super) fn has_telling_name(element: &Element) -> bool {
    names(element).any(|name| TELLING_NAMES.iter().any(|known| name.contains(known)))
}

/// Whether an element has a name that furniture often has.
pub(super) fn has_hint(element: &Element) -> bool {
    names(element).any(|name| {
        name.split(['-', '_', ':', '.'])
            .any(|part| HINTS.contains(&part))
    })
}
/// Buttons and fields, and links that look like buttons.
pub(super) fn is_control(element: &Element) -> bool {
    match &*element.name {
        "button" | "select" | "textarea" => true,
        "input" => !element.attribute_is("type", "hidden"),
        "a" => {
            element.attribute_is("role", "button")
                || names(element).any(|name| {
                    name.split(['-', '_'])
                        .any(|part| matches!(part, "btn" | "button"))
                })
        }
        _ => false,
    }
}
/// The letters that a list is counted in, by its type or its own style; none where it is counted in
/// figures.
pub(super) fn letters(list: &Element) -> Option<Letters> {
    let by_type = match list.attribute("type").map(str::trim) {
        Some("a") => Some(Letters::Lower),
        Some("A") => Some(Letters::Upper),
        Some("i") => Some(Letters::LowerRoman),
        Some("I") => Some(Letters::UpperRoman),
        _ => None,
    };
    let style = list
        .attribute("style")
        .filter(|style| style.contains("list-style"));
    let styled = |name: &str| style.is_some_and(|style| style.contains(name));
    match () {
        () if styled("lower-alpha") || styled("lower-latin") => Some(Letters::Lower),
        () if styled("upper-alpha") || styled("upper-latin") => Some(Letters::Upper),
        () if styled("lower-roman") => Some(Letters::LowerRoman),
        () if styled("upper-roman") => Some(Letters::UpperRoman),
        () => by_type,
    }
}
