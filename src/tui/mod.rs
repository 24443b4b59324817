//! The terminal interface.

pub mod action;
mod config;
pub mod glyphs;
pub mod keymap;
pub mod theme;
