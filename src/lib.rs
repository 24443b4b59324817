//! policy-tui

pub mod classify;
pub mod cli;
pub mod compare;
pub mod library;
pub mod model;
pub mod parse;
pub mod report;
pub mod source;
pub mod tui;
