//! Runs the program as a user does, and says what came of it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// After this long a run is stuck.
const STUCK: Duration = Duration::from_mins(1);

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) took: Duration,
}

impl Ran {
    /// The JSON report on standard output.
    pub(crate) fn report(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.out, self.err))
    }
}

/// The program, in an environment that does not depend on who runs the tests.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oit-audit"));
    for name in
        ["CI", "NO_COLOR", "TERM", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
    {
        command.env_remove(name);
    }
    command.env("COLUMNS", "100");
    command
}

/// Runs the program with these words to its end.
pub(crate) fn oit<W: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = W>) -> Ran {
    ran(command(), words)
}

fn ran<W: AsRef<std::ffi::OsStr>>(command: Command, words: impl IntoIterator<Item = W>) -> Ran {
    let started = Instant::now();
    let output = assert_cmd::Command::from_std(command).args(words).timeout(STUCK).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    let Some(code) = output.status.code() else { panic!("killed: stuck, or by a signal\n{out}\n{err}") };
    Ran { code, out, err, took: started.elapsed() }
}

/// Runs the program with these words, and with these folders to seek other programs in.
pub(crate) fn oit_with_path(path: &str, words: &[&str]) -> Ran {
    let mut command = command();
    command.env("PATH", path);
    ran(command, words)
}

/// Whether tesseract with Thai is installed. Where it is not, what needs it is not tested, which is said; in continuous
/// integration it must be.
pub(crate) fn tesseract() -> bool {
    static FOUND: LazyLock<bool> = LazyLock::new(|| {
        let asked = Command::new("tesseract").arg("--list-langs").output();
        let found = asked.is_ok_and(|asked| String::from_utf8_lossy(&asked.stdout).lines().any(|line| line == "tha"));
        assert!(found || std::env::var_os("CI").is_none_or(|ci| ci != "true"), "tesseract with Thai is not installed");
        #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
        if !found {
            println!("skipped: what needs tesseract with Thai, which is not installed");
        }
        found
    });
    *FOUND
}

/// The folder in which a user keeps files.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file there and says its path.
    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }
}

/// An item of a JSON report.
pub(crate) fn item<'r>(report: &'r Value, id: &str) -> &'r Value {
    let mut items = report["items"].as_array().unwrap().iter();
    items.find(|item| item["id"] == id).unwrap_or_else(|| panic!("the report has no item {id}"))
}

/// The codes of an item's reasons, each with its level, in their order.
pub(crate) fn reasons(item: &Value) -> Vec<(&str, &str)> {
    let reasons = item["reasons"].as_array().unwrap().iter();
    reasons.map(|reason| (reason["code"].as_str().unwrap(), reason["level"].as_str().unwrap())).collect()
}
