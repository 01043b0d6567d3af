//! The rules of `src/lib.rs`: floors, side doors, small files, a first line that says what a file is for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{has_word, is_word};

/// Module to floor. A module uses lower floors only, and nothing beside it.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("thai", 1),
    ("checks", 2),
    ("config", 2),
    ("extract", 2),
    ("fetch", 2),
    ("report", 2),
    ("score", 2),
    ("store", 2),
    ("diff", 2),
    ("backtest", 3),
    ("catalog", 3),
    ("audit", 4),
    ("cli", 5),
];

/// The most lines a file may have, tests included.
const LONGEST: usize = 400;

/// What only some modules or files may name: the crate's side doors to the world.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("reqwest", &["fetch"]),
    ("governor", &["fetch"]),
    ("rustls", &["fetch"]),
    (
        "tokio",
        &[
            "fetch",
            "audit/gather.rs",
            "audit/further.rs",
            "audit/opener.rs",
            "audit/readers.rs",
            "audit/scans.rs",
            "audit/look.rs",
            "cli",
        ],
    ),
    ("scraper", &["extract"]),
    ("html5ever", &["fetch/refresh.rs"]),
    ("ego_tree", &["extract"]),
    ("encoding_rs", &["extract"]),
    (
        "serde_yaml",
        &[
            "config",
            "catalog",
            "checks/criteria.rs",
            "checks/nature/signs.rs",
            "checks/target.rs",
            "fetch/challenge.rs",
        ],
    ),
    ("annotate_snippets", &["config"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
    ("std::fs", &["store", "cli"]),
    ("std::env", &["cli"]),
    ("Timestamp::now", &["audit/clock.rs"]),
    ("Zoned::now", &["audit/clock.rs"]),
    ("SystemTime", &["audit/clock.rs"]),
];

/// Modules that do no I/O, and what of the standard library would be some.
const PURE: &[&str] = &["model", "thai", "checks", "diff", "score", "report", "catalog"];
const IMPURE: &[&str] = &["std::io", "std::net::Tcp", "std::net::Udp", "std::process", "std::thread", "Instant::now"];
/// What those names are for, where a library asks for a writer and is given memory.
const IN_MEMORY: &str = "use std::io::{Cursor, Write};";

/// Examples of how an item is written, in words to the user; anything else that names an item is a rule in the wrong place.
const SPELLINGS: &[(&str, &str)] = &[
    ("cli/args.rs", "catalog O11 --year 2563"),
    ("cli/args/check.rs", "--only O5,O9"),
    ("cli/args/catalog.rs", "catalog O11 --year 2563"),
    ("config/valid.rs", "such as O5"),
    ("config/valid.rs", "`O1: https://…`"),
    ("config/schema.rs", "{\"O1\": \"https://www.nangrong.go.th/structure\", \"O17\": null}"),
];

/// A file under `src/`.
struct Source {
    /// Its path below `src/`, with `/`.
    name: String,
    /// Its top module.
    module: String,
    text: String,
}

impl Source {
    /// Its text without comments and without tests.
    fn code(&self) -> String {
        let mut code = String::new();
        for line in before_tests(&self.text) {
            code.push_str(without_comment(line));
            code.push('\n');
        }
        code
    }

    fn is_test(&self) -> bool {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        file.ends_with("tests.rs") || file == "fixture.rs" || self.name.contains("/tests/")
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.module == *place || self.name == *place)
    }
}

/// The lines up to a module of tests, which stands last; a test module in a file of its own is declared in one line.
fn before_tests(text: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = text.lines().collect();
    let inline = |at: &usize| lines[*at].trim() == "#[cfg(test)]" && lines[*at + 1].trim_end().ends_with('{');
    let end = (0..lines.len()).find(inline).unwrap_or(lines.len());
    lines.into_iter().take(end)
}

/// A line up to its comment; the slashes of a URL begin none.
fn without_comment(line: &str) -> &str {
    let start = line.match_indices("//").map(|(at, _)| at).find(|at| !line[..*at].ends_with(':'));
    start.map_or(line, |at| &line[..at])
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
    into.sort();
}

/// The files of some top folders, with their texts.
fn texts(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    for folder in folders {
        rust_files(Path::new(folder), &mut paths);
    }
    let texts: Vec<_> = paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect();
    assert!(texts.len() > folders.len(), "the tests run in the folder of Cargo.toml");
    texts
}

fn sources() -> Vec<Source> {
    let name = |path: &Path| path.strip_prefix("src").unwrap().to_str().unwrap().replace('\\', "/");
    let module = |name: &str| name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let all = texts(&["src"]).into_iter().map(|(path, text)| (name(&path), text));
    all.map(|(name, text)| Source { module: module(&name), name, text })
        .filter(|source| !matches!(source.module.as_str(), "lib" | "main"))
        .collect()
}

/// The modules that follow `crate::` in a text: `crate::a`, `crate::{a, b::c}`.
fn used(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, crate_) in code.match_indices("crate::") {
        let rest = &code[at + crate_.len()..];
        let parts = rest.strip_prefix('{').map_or_else(|| vec![rest], parts);
        for part in parts {
            let name: String = part.trim_start().chars().take_while(|c| is_word(*c)).collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

/// What stands between the commas of a group that was opened just before.
fn parts(inside: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&inside[from..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_module_uses_lower_floors_only() {
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let Source { name, module, .. } = source;
        let code = source.code();
        if code.contains("super::super") {
            wrong.push(format!("src/{name}: say crate::… for super::super"));
        }
        let Some(here) = floors.get(module.as_str()) else {
            wrong.push(format!("src/{name}: {module} has no floor"));
            continue;
        };
        for other in used(&code).into_iter().filter(|other| other != module) {
            match floors.get(other.as_str()) {
                Some(there) if there < here => {}
                Some(there) => wrong.push(format!("src/{name}: {module} ({here}) uses {other} ({there})")),
                None => wrong.push(format!("src/{name}: crate::{other} has no floor")),
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_side_doors_stay_where_they_are() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let code = source.code().replace(IN_MEMORY, "");
        for (door, allowed) in ONLY_IN {
            if !source.is_in(allowed) && has_word(&code, door) {
                wrong.push(format!("src/{} names {door}", source.name));
            }
        }
        for door in IMPURE.iter().filter(|door| source.is_in(PURE) && code.contains(**door)) {
            wrong.push(format!("src/{} names {door}", source.name));
        }
        // A group such as `use std::{env, fs}` would hide both doors.
        if code.contains("std::{") {
            wrong.push(format!("src/{}: one line for each `use std::…`", source.name));
        }
        if source.is_in(PURE) && has_word(&code, "async") {
            wrong.push(format!("src/{} is async", source.name));
        }
    }
    none(&wrong);
}

#[test]
fn every_file_is_short_and_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for (path, text) in texts(&["src", "tests", "examples", "benches"]) {
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not say what it is for", path.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{} has {lines} lines, more than {LONGEST}", path.display()));
        }
    }
    none(&wrong);
}

/// The items that a text names: an O and one or two digits, as a word.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c| !is_word(c));
    words.filter(|word| {
        let digits = word.strip_prefix('O').unwrap_or_default();
        matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[test]
fn only_the_catalogue_names_items_and_knows_how_many_there_are() {
    let mut wrong = Vec::new();
    let mut unused: Vec<&str> = SPELLINGS.iter().map(|(_, spelling)| *spelling).collect();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let mut code = source.code();
        for (_, spelling) in SPELLINGS.iter().filter(|(file, _)| source.name == *file) {
            if code.contains(spelling) {
                unused.retain(|unused| unused != spelling);
                code = code.replace(spelling, "");
            }
        }
        wrong.extend(items(&code).map(|item| format!("src/{} names {item}", source.name)));
        if has_word(&code, "43") {
            wrong.push(format!("src/{} says 43", source.name));
        }
    }
    wrong.extend(unused.iter().map(|spelling| format!("allowed here and no longer in src/: {spelling}")));
    none(&wrong);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together, so that this file does not name them itself.
    let later =
        [["todo", "!("], ["unimplemented", "!("], ["#[ign", "ore"], ["FIX", "ME"], ["TO", "DO"]].map(|p| p.concat());
    let mut wrong = Vec::new();
    for (path, text) in texts(&["src", "tests", "examples", "benches"]) {
        for (number, line) in (1..).zip(text.lines()) {
            wrong.extend(
                later
                    .iter()
                    .filter(|later| line.contains(*later))
                    .map(|later| format!("{}:{number}: {later}", path.display())),
            );
        }
    }
    none(&wrong);
}
