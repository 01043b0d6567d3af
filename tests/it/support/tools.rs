//! Programs that nobody here wrote, where they are installed: what reads the reports and plays servers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Says that something is not tested for want of a tool; in CI that is a failure.
#[allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "whoever runs the tests is told what was not tested"
)]
pub(crate) fn skip(why: &str) {
    assert!(std::env::var("CI").is_err(), "{why}");
    eprintln!("skipped: {why}");
}

/// The Python that has the modules of `tests/tools.txt`, or says that it is not there.
pub(crate) fn python(module: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/python");
    let has_it = |python: &PathBuf| {
        let asked = Command::new(python).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    let found = [own, PathBuf::from("python3")].into_iter().find(has_it);
    if found.is_none() {
        skip(&format!("the Python module {module} is not installed: see tests/tools.txt"));
    }
    found
}

/// A program on `PATH`, or says that it is not there.
pub(crate) fn program(names: &[&str], install: &str) -> Option<PathBuf> {
    let is_there = |name: &&&str| {
        let asked = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    let found = names.iter().find(is_there).map(PathBuf::from);
    if found.is_none() {
        skip(&format!("{} is not installed: {install}", names[0]));
    }
    found
}

/// Runs a script of `tests/tools` with some words, and gives what it prints; it must succeed.
pub(crate) fn script(python: &Path, name: &str, words: &[&str]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools").join(name);
    let Output { status, stdout, stderr } = Command::new(python).arg(path).args(words).output().unwrap();
    let [out, err] = [stdout, stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(status.success(), "{name}: {err}\n{out}");
    out
}
