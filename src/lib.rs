//! policy-tui reads and compares privacy policies in the terminal: offline, without grading them,
//! always with the sentence that proves what it says.
//!
//! # The pipeline
//!
//! ```text
//! bytes ─source─▶ Document ─parse─▶ Policy ─classify─▶ Labels ─compare─▶ Comparison ─report─▶ text, JSON
//!                     └───────────────── library: the one module that knows this order ────────┘
//!                                                   cli and tui sit above it
//! ```
//!
//! The folders under `src/` are this pipeline. The types of [`model`] are all that its stages hand
//! to each other, and imports run downwards only: `tests/layers.rs` holds that.
//!
//! # The screen
//!
//! ```text
//!  policy-tui · mp3rocket.me ⟷ soundspectrum.com      by topic · 2/28 · 1 ≠ · …   ─ tui::app::chrome
//!  L mp3rocket.me · 2015-12-29 …       R soundspectrum.com · 2010-12-29 …         ┐
//! ────────────────────────────────┬─┬───────────────────────────────────          │ tui::view::compare
//! ▌~ Your IP address is also used │◂│▌~ From time to time, we may also use        │   rows: what stands on which line
//! ▌  to help identify you …       │▸│▌  your personal information …               │   paint: how a line looks
//!                                 │~│                                             ┘   outlook: the strip between
//!            ]c next difference · tab by text / topic · t topic · ? keys          ─ tui::app::chrome, tui::keymap
//! ```
//!
//! A key becomes an [`Action`](tui::action::Action) by way of the [`Keymap`](tui::keymap::Keymap);
//! the view on top turns it into an [`Effect`](tui::effect::Effect), a plain value that the
//! [`App`](tui::app::App) carries out. Rendering only reads.
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | site | who a policy belongs to: a domain or the name of a service; the host of its page may differ |
//! | policy | one document of a site in one version |
//! | version | a policy as of a date; the versions of one document are its history, shown on a timeline |
//! | clause life | when a clause appeared, changed its words and was removed; "clause history" on the screen |
//! | noise | a version that says nothing about the policy: a change of form, a broken fetch, its repair |
//! | provenance | where a version came from: file, archive date, snapshot address, original address |
//! | block | heading, paragraph, list item, table row, quote |
//! | section | a heading as a person sees it, and the blocks under it |
//! | clause | the unit of comparison: one sentence or one list item |
//! | span | a byte range in the source; a [`TextRange`](model::TextRange) is one in the text as shown |
//! | topic | what a clause is about, from a closed list |
//! | stance | how a clause puts it: asserts, denies, permits, limits |
//! | practice | a question with four possible answers: Yes, No, Conditional, Not stated |
//! | evidence | the clause, and the words in it, that an answer rests on |
//! | comparison | the result for a [`Pair`](model::Pair) of policies, left and right |
//! | verdict | what a topic comes to: same, similar, different, opposed, only left, only right, neither |
//! | issue | what could not be read or looks odd, as a value that travels to the issue list |

pub mod classify;
pub mod cli;
pub mod compare;
pub mod library;
pub mod model;
pub mod parse;
pub mod report;
pub mod source;
pub mod tui;
