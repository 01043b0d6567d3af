//! What the program teaches: examples that work, errors that say what to do next, completion, manual pages.

use std::fs;
use std::process::{Command, Output};

use crate::support::program::{Desk, Ran, command, oit};
use crate::support::tools::program;

const COMMANDS: [&str; 9] = ["check", "init", "catalog", "read", "memo", "backtest", "schema", "completions", "man"];

/// The examples of a help text: the lines that are furthest in, behind `Examples:` or `First run:`.
fn examples(help: &str) -> Vec<&str> {
    let from = help.find("Examples:").or_else(|| help.find("First run:")).unwrap();
    let end = help[from..].find("\n\n").map_or(help.len(), |end| from + end);
    help[from..end].lines().filter_map(|line| line.strip_prefix("    ")).collect()
}

/// A desk with all that the examples name.
fn desk() -> Desk {
    let desk = Desk::new();
    let head = "website: https://www.nangrong.go.th/\nfiscal_year: 2563\nitems: {}\nmemo: {office: สำนักปลัด}\n";
    desk.put("agency.yaml", format!("agency: องค์การบริหารส่วนตำบลนางรอง\n{head}"));
    desk.put("plan2563.pdf", "แผนปฏิบัติการ ประจำปี 2563\n");
    // As small as a picture can be.
    let picture = image::DynamicImage::new_rgb8(1, 1);
    picture.save(desk.path("garuda.png")).unwrap();
    desk.put("own.yaml", fs::read("config/catalog/2563.yaml").unwrap());
    let official = fs::read_to_string("examples/nang-rong/official.yaml").unwrap();
    let agency = desk.path("agency.yaml");
    let ran = oit(["check", agency.to_str().unwrap(), "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    fs::create_dir(desk.path("reports")).unwrap();
    for name in ["report", "last", "a", "b", "reports/a"] {
        desk.put(&format!("{name}.json"), &ran.out);
        desk.put(&format!("{name}.official.yaml"), &official);
    }
    desk.put("official.yaml", &official);
    for folder in [".zfunc", ".config/fish/completions"] {
        fs::create_dir_all(desk.path(folder)).unwrap();
    }
    desk
}

/// Runs a line of a shell at a desk, which is the user's home.
fn shell(desk: &Desk, line: &str) -> Output {
    let own = std::path::Path::new(env!("CARGO_BIN_EXE_oit-audit")).parent().unwrap();
    let mut words = Command::new("bash");
    for (name, value) in command().get_envs() {
        match value {
            Some(value) => words.env(name, value),
            None => words.env_remove(name),
        };
    }
    let path =
        std::env::join_paths([own.to_path_buf(), "/usr/local/bin".into(), "/usr/bin".into(), "/bin".into()]).unwrap();
    words.env("PATH", path).env("HOME", desk.path("")).current_dir(desk.path("")).args(["-c", line]).output().unwrap()
}

#[test]
fn the_examples_of_every_help_text_work() {
    let Some(_bash) = program(&["bash"], "apt-get install bash") else { return };
    let mut ran = 0;
    for of in COMMANDS {
        let help = oit([of, "--help"]);
        let fresh = if of == "init" { Desk::new() } else { desk() };
        for example in examples(&help.out) {
            // What opens a page of the world, and what needs programs that need not be there.
            if example.contains("read https://") || example.starts_with("pdftotext") || example.contains("man -l") {
                continue;
            }
            let output = shell(&fresh, example);
            let code = output.status.code().unwrap();
            let err = String::from_utf8_lossy(&output.stderr);
            // The agency of the examples submits nothing: below any threshold.
            let wanted = i32::from(example.contains("--fail-under"));
            assert_eq!(code, wanted, "{example}\n{err}");
            ran += 1;
        }
    }
    assert!(ran > 20, "{ran}");
    let (help, fresh) = (oit(["--help"]), Desk::new());
    let first_run = examples(&help.out);
    assert_eq!(first_run.len(), 3);
    for example in first_run {
        let output = shell(&fresh, example);
        assert_eq!(output.status.code(), Some(0), "{example}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn help_is_short_and_long_and_fits_80_columns() {
    for of in COMMANDS {
        let help = |words: &[&str]| {
            let output = command().env("COLUMNS", "80").args(words).output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty());
            String::from_utf8(output.stdout).unwrap()
        };
        let (short, long) = (help(&[of, "-h"]), help(&[of, "--help"]));
        assert_eq!(help(&["help", of]), long);
        assert!(short.len() < long.len() && !short.contains("Examples:\n") && long.contains("Examples:\n"), "{of}");
        for line in short.lines().chain(long.lines()) {
            assert!(line.chars().count() <= 80, "{of}: {line}");
        }
    }
}

/// What is said about wrong words; the exit code is 2 and nothing is on standard output.
fn refused(words: &[&str]) -> String {
    let Ran { code, out, err, .. } = oit(words);
    assert_eq!((code, out.as_str()), (2, ""), "{}: {err}", words.join(" "));
    assert!(err.starts_with("error: "), "{err}");
    err
}

#[test]
fn what_is_mistyped_gets_the_likely_word() {
    for (words, likely) in [
        (&["chek", "agency.yaml"][..], "'check'"),
        (&["check", "--fromat", "json", "agency.yaml"], "'--format'"),
        (&["check", "--format", "jsn", "agency.yaml"], "'json'"),
        (&["check", "--format", "Terminal=x.txt", "agency.yaml"], "'terminal'"),
        (&["check", "--lang", "thai", "agency.yaml"], "'th'"),
        (&["completions", "bsh"], "'bash'"),
        (&["schema", "agnecy"], "'agency'"),
    ] {
        let said = refused(words);
        assert!(said.contains("similar") && said.contains(likely) || said.contains("possible values"), "{said}");
        assert!(said.contains(likely.trim_matches('\'')), "{said}");
    }
    let said = refused(&["check", "--format", "pdff", "agency.yaml"]);
    assert!(said.contains("possible values: ") && said.contains("terminal"), "{said}");
}

#[test]
fn errors_say_what_to_do_next() {
    let desk = desk();
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    let (agency, report) = (path("agency.yaml"), path("report.json"));
    let in_file = format!("json={agency}/inside.json");
    let nowhere = format!("json={}", path("none/report.json"));
    let over = format!("json={agency}");
    let twice = format!("json={}", path("twice.json"));
    let latin = desk.put("latin.yaml", b"agency: \xe9\n");
    for (words, to_do) in [
        (vec!["check", "nobody.yaml"], "check the name"),
        (vec!["check", &agency, "--format", &nowhere], "its folder exists"),
        (vec!["check", &agency, "--format", &in_file], "check the path"),
        (vec!["check", &agency, "--format", &over], "name another file"),
        (vec!["check", &agency, "--format", &twice, "--format", &twice, "--archive", &report], "name another file"),
        (vec!["check", &agency, "--replay", &report], "--archive"),
        (vec!["check", &agency, "--only", "O99"], "lists them"),
        (vec!["check", &agency, "--only", "5"], "a letter and a number"),
        (vec!["check", &agency, "--catalog", &latin], "save it as UTF-8"),
        (vec!["check", &agency, "--extra-ca", &agency], "export the root certificate"),
        (vec!["check", &agency, "--fail-under", "850"], "from 0 to 100"),
        (vec!["check", &agency, "--resolve", "www.example.go.th"], "HOST=ADDR:PORT"),
        (vec!["check", &agency, "--format", "json="], "--format json=FILE"),
        (vec!["check", &agency, &agency, "--format", &twice], "--output-dir"),
        (vec!["init", "--output", &agency], "name another file"),
        (vec!["init", "--year", "2500"], "built in: "),
        (vec!["init", "--website", "example"], "https://"),
        (vec!["catalog", "O99", "--year", "2563"], "its items are"),
        (vec!["read", "www.example.go.th/plan"], "https://www.example.go.th/plan"),
        (vec!["backtest", &report], "in pairs"),
        (vec!["man", "--output-dir", &agency], "name another"),
    ] {
        let said = refused(&words);
        assert!(said.contains(to_do), "{}\nsays: {said}", words.join(" "));
    }
}

#[test]
fn bash_completes_commands_formats_items_and_files() {
    let Some(_bash) = program(&["bash"], "apt-get install bash") else { return };
    let desk = desk();
    let files = shell(&desk, "source <(oit-audit completions bash); complete -p oit-audit");
    assert!(String::from_utf8_lossy(&files.stdout).contains("-o default"), "an agency file is completed as a file");
    for (words, given) in [
        ("oit-audit che", "check"),
        ("oit-audit check --format js", "json"),
        ("oit-audit check --only O4", "O42"),
        ("oit-audit catalog --year 256", "2563"),
        ("oit-audit check --catalog own", "own.yaml"),
        ("oit-audit completions ba", "bash"),
    ] {
        let (before, last) = words.rsplit_once(' ').unwrap();
        let count = before.split(' ').count();
        let asked = format!(
            "source <(oit-audit completions bash); COMP_WORDS=({words}); COMP_CWORD={count}; \
             f=$(complete -p oit-audit | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); $f oit-audit {last} {}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            before.rsplit(' ').next().unwrap()
        );
        let output = shell(&desk, &asked);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(out.lines().any(|line| line == given), "{words}: {out}{err}");
        // Only a shell that is typed at takes `compopt`.
        assert!(err.lines().all(|line| line.contains("compopt")), "{words}: {err}");
    }
}

#[test]
fn manual_pages_have_all_sections_and_groff_has_nothing_to_say() {
    let desk = Desk::new();
    let folder = desk.path("man1");
    let ran = oit(["man", "--output-dir", folder.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let main = fs::read_to_string(folder.join("oit-audit.1")).unwrap();
    assert_eq!(oit(["man"]).out, main);
    for of in COMMANDS {
        let page = fs::read_to_string(folder.join(format!("oit-audit-{of}.1"))).unwrap();
        for heading in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "FILES", "ENVIRONMENT", "SEE ALSO"] {
            assert!(
                page.lines().any(|line| line == format!(".SH {heading}") || line == format!(".SH \"{heading}\"")),
                "{of}: {heading}"
            );
        }
        assert!(main.contains(&format!("oit\\-audit\\-{of}(1)")), "{of}");
    }
    assert!(main.contains("EXIT STATUS") && main.contains("FIRST RUN") && !main.contains("help(1)"));
    let Some(groff) = program(&["groff"], "apt-get install groff") else { return };
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let checked = Command::new(&groff).args(["-ww", "-z", "-man", "-Tutf8", "-Kutf8"]).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success() && said.is_empty(), "{}: {said}", path.display());
        let drawn = Command::new(&groff)
            .args(["-man", "-Tutf8", "-Kutf8", "-P-c", "-P-b", "-P-u", "-rLL=80n"])
            .arg(&path)
            .output()
            .unwrap();
        for line in String::from_utf8_lossy(&drawn.stdout).lines() {
            assert!(line.chars().count() <= 80, "{}: {line}", path.display());
        }
    }
}
