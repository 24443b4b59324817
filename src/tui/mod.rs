//! The terminal interface.

pub mod action;
pub mod app;
mod config;
pub mod effect;
pub mod explain;
pub mod fuzzy;
pub mod glyphs;
pub mod headless;
pub mod history;
pub mod keymap;
mod loading;
pub mod over;
pub mod panel;
pub mod picker;
pub mod prompt;
#[cfg(test)]
mod sample;
pub mod scroll;
pub mod search;
pub mod start;
pub mod terminal;
#[cfg(test)]
mod testing;
pub mod text;
pub mod theme;
pub mod view;
