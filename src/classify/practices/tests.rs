//! The data proves itself: every embedded file is sound and every case comes out as it says.

use super::Practices;
use super::files::EMBEDDED;

#[test]
fn every_case_of_the_embedded_files_comes_out_as_it_says() {
    let practices = Practices::builtin();
    let mut failing = Vec::new();
    for (name, content) in EMBEDDED {
        for (at, message) in practices.failing_cases(content) {
            let line = content[..at].lines().count() + 1;
            failing.push(format!("assets/practices/{name}.toml:{line}: {message}"));
        }
    }
    assert!(failing.is_empty(), "{}", failing.join("\n"));
}
