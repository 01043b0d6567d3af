//! In a build: the steps of the GitHub Action and the script of the GitLab example are run as their servers run them, and
//! what they leave is read by programs that nobody here wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use tempfile::TempDir;

use crate::ci_readers::{is_what_we_meant, read_by_others};
use crate::nang_rong::site;
use crate::support::program::Desk;
use crate::support::tools;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The programs that the scripts themselves need.
pub(crate) fn is_equipped() -> bool {
    ["bash", "jq", "python3"].iter().all(|name| tools::program(&[name], "the CI scripts run it").is_some())
}

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(ROOT).join(path)).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The environment of a build, without what the machine that tests has of its own.
fn shell(folder: &Path, script: &str, env: &BTreeMap<String, String>) -> Output {
    let mut path = PathBuf::from(env!("CARGO_BIN_EXE_oit-audit"));
    path.pop();
    let path = format!("{}:{}:/usr/bin:/bin", folder.join("bin").display(), path.display());
    // Python may be installed elsewhere.
    #[allow(clippy::disallowed_methods, reason = "the programs of the machine")]
    let path = format!("{path}:{}", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    command.env_clear().env("PATH", path).env("HOME", folder).env("CI", "true").envs(env).output().unwrap()
}

fn both(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned()).concat()
}

/// What came of a step of the action.
pub(crate) struct Step {
    pub(crate) out: String,
    pub(crate) outputs: BTreeMap<String, String>,
    pub(crate) summary: String,
}

/// Runs the action's step with an identifier, with these inputs and the defaults of the others.
pub(crate) fn step(id: &str, folder: &Path, inputs: &[(&str, &str)]) -> Step {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == id).unwrap();
    assert_eq!(step["shell"], "bash");
    let given: BTreeMap<&str, &str> = inputs.iter().copied().collect();
    let mut env: BTreeMap<String, String> = step["env"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| {
            let input = value.as_str().unwrap().strip_prefix("${{ inputs.").unwrap().strip_suffix(" }}").unwrap();
            let default = action["inputs"][input]["default"].as_str().unwrap();
            (name.clone(), (*given.get(input).unwrap_or(&default)).to_owned())
        })
        .collect();
    for (name, file) in [("GITHUB_OUTPUT", "outputs"), ("GITHUB_STEP_SUMMARY", "summary")] {
        fs::write(folder.join(file), "").unwrap();
        env.insert(name.to_owned(), folder.join(file).display().to_string());
    }
    env.insert("GITHUB_ACTION_PATH".to_owned(), ROOT.to_owned());
    env.insert("RUNNER_TEMP".to_owned(), folder.display().to_string());
    let ran = shell(folder, step["run"].as_str().unwrap(), &env);
    assert!(ran.status.success(), "{}", both(&ran));
    let text = |file| fs::read_to_string(folder.join(file)).unwrap();
    let outputs = text("outputs")
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    Step { out: both(&ran), outputs, summary: text("summary") }
}

/// One run of the action on the demonstration, for all tests that look at it.
struct Demonstration {
    folder: TempDir,
    step: Step,
}

static DEMONSTRATION: LazyLock<Option<Demonstration>> = LazyLock::new(|| {
    is_equipped().then(|| {
        let folder = tempfile::tempdir().unwrap();
        let example = Path::new(ROOT).join("examples/nang-rong");
        fs::copy(example.join("agency.yaml"), folder.path().join("agency.yaml")).unwrap();
        let site = Arc::new(site::Site::read(&example.join("site")).unwrap());
        let resolve = format!("\n  www.nangrong.go.th={}\n", site::serve(site).unwrap());
        let inputs = [("resolve", resolve.as_str()), ("fail-under", "85"), ("args", "--rate=1000\n-q")];
        let step = step("audit", folder.path(), &inputs);
        Demonstration { folder, step }
    })
});

#[test]
fn the_action_audits_annotates_and_says_what_it_found() {
    let Some(demonstration) = &*DEMONSTRATION else { return };
    let Step { out, outputs, summary } = &demonstration.step;
    let of = |name: &str| outputs.get(name).map(String::as_str);
    assert_eq!((of("exit-code"), of("score"), of("high")), (Some("1"), Some("68.28"), Some("68.28")), "{out}");
    assert!(of("low").unwrap().parse::<f64>().unwrap() <= 68.28);
    assert!(summary.starts_with("<!-- oit-audit: agency.yaml -->\n## "), "{summary}");
    let folder = demonstration.folder.path().join(of("output").unwrap());
    for extension in ["json", "md", "junit.xml", "sarif"] {
        assert!(folder.join(format!("agency.{extension}")).is_file(), "{extension}");
    }
    // While anything of a page may be printed no line is a command.
    let lines: Vec<&str> = out.lines().collect();
    let word = lines[0].strip_prefix("::stop-commands::").unwrap();
    assert!(word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit()), "{word}");
    let end = lines.iter().position(|line| *line == format!("::{word}::")).unwrap();
    assert!(lines[..end].iter().any(|line| line.contains("68.28")), "{out}");
    let errors: Vec<&str> =
        lines[end..].iter().copied().filter(|line| line.starts_with("::error file=agency.yaml,line=")).collect();
    assert_eq!(errors.len(), 7, "{out}");
    let source = fs::read_to_string(demonstration.folder.path().join("agency.yaml")).unwrap();
    let at = source.lines().position(|line| line.trim_start().starts_with("O42:")).unwrap() + 1;
    assert!(errors[0].starts_with(&format!("::error file=agency.yaml,line={at},")), "{}", errors[0]);
}

#[test]
fn the_action_fails_with_the_programs_exit_code() {
    let action = yaml("action.yml");
    let last = action["runs"]["steps"].as_array().unwrap().last().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (code, expected) in [("1", 1), ("3", 3), ("", 2)] {
        let env = BTreeMap::from([("CODE".to_owned(), code.to_owned())]);
        let ran = shell(folder.path(), last["run"].as_str().unwrap(), &env);
        assert_eq!(ran.status.code(), Some(expected));
        assert!(both(&ran).starts_with("::error title=oit-audit::"), "it says why: {}", both(&ran));
    }
}

#[test]
fn others_read_what_a_build_shows() {
    let Some(demonstration) = &*DEMONSTRATION else { return };
    let Some(read) = read_by_others(&demonstration.folder.path().join("oit-audit")) else { return };
    is_what_we_meant(&read["markdown"]);
    let markdown = &read["markdown"];
    assert!(markdown["elements"].as_array().unwrap().contains(&"details".into()), "{}", markdown["elements"]);
    assert!(markdown["text"].as_str().unwrap().contains("OIT 68.28"));

    let cases = read["junit"].as_array().unwrap();
    assert_eq!(cases.len(), 43);
    let with = |kind: &str| cases.iter().filter(|case| case["results"][0] == kind).count();
    assert_eq!(with("Failure"), 7, "{cases:?}");
    assert!(cases.iter().all(|case| case["file"] == "agency.yaml"));

    let records = read["sarif"].as_array().unwrap();
    let level = |level: &str| records.iter().filter(|record| record["severity"] == level).count();
    assert_eq!((level("error"), level("note")), (7, 4), "{records:?}");
    assert!(records.iter().all(|record| record["location"] == "agency.yaml" && record["line"].as_u64() > Some(1)));
}

#[test]
fn a_folder_is_served_for_its_hosts_with_and_without_tls() {
    if !is_equipped() {
        return;
    }
    let desk = Desk::new();
    let folder = desk.path("");
    fs::create_dir_all(folder.join("_site")).unwrap();
    for page in ["index", "about"] {
        fs::write(folder.join(format!("_site/{page}.html")), "<!doctype html><title>โครงสร้าง</title><h1>โครงสร้าง</h1>")
            .unwrap();
    }
    desk.put(
        "agency.yaml",
        "agency: อบต.ตัวอย่าง\nwebsite: https://www.example.go.th/\nfiscal_year: 2563\ncrawl: {retries: 0, explore: 0, render: never}\n\
         items:\n  O1: https://www.example.go.th/about\n  O2: http://www.example.go.th/about\n  O3: https://www.example.go.th/none\n",
    );
    let inputs =
        [("folder", "_site"), ("hosts", "www.example.go.th"), ("args", "--only=O1,O2,O3\n-q"), ("summary", "false")];
    let step = step("audit", &folder, &inputs);
    assert_eq!(step.outputs["exit-code"], "0", "{}", step.out);
    assert_eq!((step.summary.as_str(), step.outputs["score"].as_str()), ("", ""), "a few items have no score");
    let report: Value = serde_json::from_slice(&fs::read(folder.join("oit-audit/agency.json")).unwrap()).unwrap();
    let statuses: Vec<&Value> =
        report["items"].as_array().unwrap().iter().map(|item| &item["urls"][0]["status"]).collect();
    assert_eq!(statuses, [200, 200, 404], "{report}");
}

#[test]
fn a_mistake_and_a_missing_host_are_errors_of_the_job() {
    if !is_equipped() {
        return;
    }
    let desk = Desk::new();
    desk.put("agency.yaml", "agency: x\nwebsite: https://www.example.go.th/\nfiscal_year: 2563\nitems: {O1: ]\n");
    let wrong = step("audit", &desk.path(""), &[]);
    assert_eq!(wrong.outputs["exit-code"], "2", "{}", wrong.out);
    let wrong = step("audit", &desk.path(""), &[("folder", ".")]);
    assert!(wrong.out.contains("::error title=oit-audit::") && wrong.outputs["exit-code"] == "2", "{}", wrong.out);
}

/// Puts a program in place of another that says how it was called.
pub(crate) fn stand_in(folder: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder.join("bin")).unwrap();
    let path = folder.join("bin").join(name);
    fs::write(&path, format!("#!/usr/bin/env bash\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn inputs_are_words_and_never_commands() {
    if !is_equipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    stand_in(
        folder,
        "oit-audit",
        "printf '%s\\n' \"$@\" >>words; [ \"$2\" != b.yaml ] || exit 3; [ \"$2\" != c.yaml ] || exit 1",
    );
    fs::create_dir(folder.join("old")).unwrap();
    fs::write(folder.join("old/b.json"), "{}").unwrap();
    let files = "a; touch hacked.yaml\nb.yaml\r\n\nc.yaml";
    let inputs = [
        ("files", files),
        ("baseline", "old"),
        ("fail-under", "$(touch hacked)"),
        ("resolve", "x=127.0.0.1:1 `touch hacked`"),
        ("args", "--only=O1 --fail"),
        ("lang", "en"),
    ];
    let step = step("audit", folder, &inputs);
    assert_eq!(step.outputs["exit-code"], "3", "what could not be judged is graver than a threshold: {}", step.out);
    let words = fs::read_to_string(folder.join("words")).unwrap();
    for word in
        ["a; touch hacked.yaml", "b.yaml", "$(touch hacked)", "x=127.0.0.1:1 `touch hacked`", "--only=O1 --fail", "en"]
    {
        assert!(words.lines().any(|line| line == word), "{word}: {words}");
    }
    assert_eq!(words.matches("--baseline\nold/b.json").count(), 1, "{words}");
    assert!(!folder.join("hacked").exists() && !folder.join("hacked.yaml").exists());
}

#[test]
fn a_comment_is_written_once_and_then_written_over() {
    if !is_equipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("out")).unwrap();
    fs::write(folder.join("out/agency.md"), "<!-- oit-audit: agency.yaml -->\n## OIT\n").unwrap();
    fs::write(folder.join("out/other.md"), "not a report\n").unwrap();
    // It has the comments of a file, and asks them what it is asked.
    stand_in(folder, "gh", "echo \"$*\" >>asked; case \"$*\" in *--paginate*) jq -r \"${@: -1}\" comments;; esac");
    let script = yaml("action.yml")["runs"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["name"] == "Comment")
        .map(|step| step["run"].as_str().unwrap().to_owned())
        .unwrap();
    let env: BTreeMap<String, String> = [
        ("GITHUB_ACTION_PATH", ROOT),
        ("GITHUB_REPOSITORY", "agency/website"),
        ("PULL_REQUEST", "7"),
        ("OUTPUT", "out"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let own = r#"[{"id": 1, "user": {"type": "User"}, "body": "<!-- oit-audit: agency.yaml -->"}, OWN]"#;
    let bot = r#"{"id": 2, "user": {"type": "Bot"}, "body": "<!-- oit-audit: agency.yaml -->\nold"}"#;
    for (comments, asked) in [
        (
            own.replace(", OWN", ""),
            "api --silent --method POST repos/agency/website/issues/7/comments --field body=@out/agency.md",
        ),
        (
            own.replace("OWN", bot),
            "api --silent --method PATCH repos/agency/website/issues/comments/2 --field body=@out/agency.md",
        ),
    ] {
        fs::write(folder.join("comments"), comments).unwrap();
        fs::write(folder.join("asked"), "").unwrap();
        let ran = shell(folder, &script, &env);
        assert!(ran.status.success(), "{}", both(&ran));
        let all = fs::read_to_string(folder.join("asked")).unwrap();
        let written: Vec<&str> = all.lines().filter(|line| line.contains("--method")).collect();
        assert_eq!(written, [asked]);
    }
}

#[test]
fn the_gitlab_example_runs_as_it_is_written() {
    if !is_equipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("_site")).unwrap();
    fs::write(folder.join("_site/index.html"), "<!doctype html><title>อบต.</title><h1>อบต.ตัวอย่าง</h1>").unwrap();
    let head = "agency: อบต.ตัวอย่าง\nwebsite: https://www.example.go.th/\nfiscal_year: 2563\ncrawl: {retries: 0, explore: 0, render: never}\n";
    fs::write(folder.join("agency.yaml"), format!("{head}items:\n  O1: https://www.example.go.th/\n")).unwrap();
    std::os::unix::fs::symlink(ROOT, folder.join("source")).unwrap();
    let lines = yaml("examples/ci/gitlab-ci.yml")["oit"]["script"].as_array().unwrap().clone();
    let script: Vec<&str> = lines.iter().map(|line| line.as_str().unwrap()).collect();
    // The server would outlive the script; a runner ends the whole container.
    let script = format!("trap 'kill $(jobs -p)' EXIT\n{}", script.join("\n"));
    let env: BTreeMap<String, String> =
        [("CI_COMMIT_BRANCH", "main"), ("CI_DEFAULT_BRANCH", "main")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    let ran = shell(folder, &script, &env);
    assert_eq!(ran.status.code(), Some(1), "below 85: {}", both(&ran));
    for file in ["oit-audit/agency.junit.xml", "oit-audit/agency.sarif", "baseline/agency.json"] {
        assert!(folder.join(file).is_file(), "{file}: {}", both(&ran));
    }
    let report: Value = serde_json::from_slice(&fs::read(folder.join("baseline/agency.json")).unwrap()).unwrap();
    assert_eq!(report["items"][0]["urls"][0]["status"], 200, "{}", report["items"][0]);
}

#[test]
fn workflows_name_inputs_that_there_are_and_pin_what_they_use() {
    let action = yaml("action.yml");
    let inputs = action["inputs"].as_object().unwrap();
    assert!(inputs.values().all(|input| input["description"].is_string() && !input["default"].is_null()));
    let workflow = yaml("examples/ci/github.yml");
    let steps = workflow["jobs"]["oit"]["steps"].as_array().unwrap();
    let own = steps.iter().find(|step| step["id"] == "oit").unwrap();
    assert!(own["with"].as_object().unwrap().keys().all(|key| inputs.contains_key(key)));
    let all: Vec<&Value> = steps.iter().chain(action["runs"]["steps"].as_array().unwrap()).collect();
    for step in &all {
        if let Some(run) = step["run"].as_str() {
            assert!(!run.contains("${{"), "an expression in a script is run as a command: {run}");
        }
        if let Some(uses) = step["uses"].as_str().filter(|uses| uses.starts_with("actions/")) {
            let (_, commit) = uses.split_once('@').unwrap();
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{uses}");
        }
    }
    assert!(all.iter().filter(|step| step["uses"].is_string()).count() >= 6);
}

#[test]
fn the_scripts_are_sound_shell() {
    let Some(shellcheck) = tools::program(&["shellcheck"], "apt-get install shellcheck") else { return };
    for script in ["action.sh", "comment.sh"] {
        let checked = Command::new(&shellcheck).arg(Path::new(ROOT).join("examples/ci").join(script)).output().unwrap();
        assert!(checked.status.success(), "{}", both(&checked));
    }
}
