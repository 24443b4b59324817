//! policy-tui

pub mod classify;
pub mod compare;
pub mod library;
pub mod model;
pub mod tui;
