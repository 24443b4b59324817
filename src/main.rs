//! policy-tui
fn main() {}
