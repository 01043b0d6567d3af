//! What other programs rely on: schemas, reason codes, exit codes, the catalogue's list. `UPDATE=1 cargo test` writes the
//! schemas in `config/` again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::has_word;
use crate::support::program::{Desk, oit};

/// The agency file of the contract, every key in it.
const CONTRACT_EXAMPLE: &str = include_str!("../data/contract_agency.yaml");

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn output(words: &[&str]) -> String {
    let ran = oit(words);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", words.join(" "));
    ran.out
}

fn schema(of: &str) -> Value {
    serde_json::from_str(&output(&["schema", of])).unwrap()
}

/// What a YAML text breaks of a schema.
fn faults(yaml: &str, schema: &Value) -> Vec<String> {
    let value: Value = serde_yaml::from_str(yaml).unwrap();
    let schema = jsonschema::validator_for(schema).unwrap();
    schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
#[allow(clippy::disallowed_methods, reason = "whoever runs the tests asks for new schemas by the environment")]
fn the_shipped_schemas_are_the_programs_own() {
    let mut stale = Vec::new();
    for of in ["agency", "catalog", "report", "read", "official", "backtest"] {
        let path = repository(&format!("config/{of}.schema.json"));
        let now = output(&["schema", of]);
        jsonschema::validator_for(&serde_json::from_str(&now).unwrap()).unwrap();
        if std::env::var("UPDATE").is_ok() {
            fs::write(&path, &now).unwrap();
        } else if fs::read_to_string(&path).ok().as_ref() != Some(&now) {
            stale.push(path.display().to_string());
        }
    }
    assert!(stale.is_empty(), "run `UPDATE=1 cargo test` to write again: {}", stale.join(" "));
}

#[test]
fn agency_files_keep_to_their_schema() {
    let schema = schema("agency");
    for yaml in [CONTRACT_EXAMPLE, &read("examples/nang-rong/agency.yaml")] {
        assert_eq!(faults(yaml, &schema), Vec::<String>::new());
    }
    let head = "agency: x\nwebsite: https://www.example.go.th/\nfiscal_year: 2563\n";
    for wrong in [
        "agency: x\n".to_owned(),
        format!("{head}items: {{}}\ncolour: red\n"),
        format!("{head}items: {{X1: https://www.example.go.th/}}\n"),
        format!("{head}items: {{O1: 7}}\n"),
        format!("{head}items: {{O1: {{url: https://www.example.go.th/}}}}\n"),
        format!("{head}items: {{}}\ncrawl: {{render: sometimes}}\n"),
        format!("{head}items: []\n"),
    ] {
        assert_ne!(faults(&wrong, &schema), Vec::<String>::new(), "{wrong}");
    }
}

#[test]
fn the_catalogue_keeps_to_its_schema() {
    let schema = schema("catalog");
    for entry in fs::read_dir(repository("config/catalog")).unwrap() {
        let yaml = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert_eq!(faults(&yaml, &schema), Vec::<String>::new());
        assert_ne!(faults(&yaml.replacen("- id: O", "- ident: O", 1), &schema), Vec::<String>::new());
    }
}

#[test]
fn the_contracts_agency_file_is_taken() {
    let desk = Desk::new();
    // Nobody listens there, so that nothing is audited: what counts is that the file is no reason to refuse.
    let text = CONTRACT_EXAMPLE.replace("127.0.0.1:8080", "127.0.0.1:1");
    let file = desk.put("agency.yaml", &text);
    let ran = oit(["check", &file, "--only", "O17", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    assert_eq!(report["agency"]["name"], "องค์การบริหารส่วนตำบลนางรอง");
    assert_eq!(report["items"][0]["reasons"][0]["code"], "link.missing");
    assert_eq!(report["stats"]["requests"], 0);
}

#[test]
fn reason_codes_keep_their_levels() {
    let known = reasons("en");
    let table = read("tests/data/contract_reasons.tsv");
    let mut shared = 0;
    for line in table.lines().skip(1) {
        let (code, level) = line.split_once('\t').unwrap();
        if let Some(known) = known.get(code) {
            assert!(level.split('|').any(|level| level == known), "{code} is {known}, not {level}");
            shared += 1;
        }
    }
    assert!(shared >= 25, "only {shared} codes of the contract");
    assert_eq!(known, reasons("th"));
}

/// The codes of `catalog --reasons`, with their levels.
fn reasons(lang: &str) -> BTreeMap<String, String> {
    let listed = output(&["catalog", "--reasons", "--lang", lang]);
    let heads = listed.lines().filter(|line| !line.starts_with(' '));
    let codes: Vec<(String, String)> = heads
        .map(|head| {
            let (code, level) = head.split_once("  [").unwrap();
            (code.to_owned(), level.trim_end_matches(']').to_owned())
        })
        .collect();
    let distinct: BTreeMap<String, String> = codes.iter().cloned().collect();
    assert_eq!(distinct.len(), codes.len());
    assert_eq!(listed.lines().count(), 3 * codes.len(), "each has a message and what to do");
    distinct
}

#[test]
fn every_reason_in_the_report_schema_is_documented() {
    let known = reasons("th");
    let schema = schema("report");
    let one_of = schema["$defs"]["ReasonCode"]["oneOf"].as_array().unwrap();
    let codes: Vec<&str> = one_of.iter().map(|code| code["const"].as_str().unwrap()).collect();
    assert_eq!(codes.iter().filter(|code| !known.contains_key(**code)).count(), 0);
    assert_eq!(codes.len(), known.len());
}

#[test]
fn the_catalogue_lists_its_items_and_explains_each_with_its_source() {
    let list = output(&["catalog", "--year", "2563"]);
    let ids: Vec<&str> =
        list.lines().filter_map(|line| line.split_whitespace().next()).filter(|word| is_item(word)).collect();
    let expected: Vec<String> = (1..=43).map(|number| format!("O{number}")).collect();
    assert_eq!(ids, expected);
    for lang in ["th", "en"] {
        let explained = output(&["catalog", "O42", "--year", "2563", "--lang", lang]);
        assert!(explained.starts_with("O42 "), "{explained}");
        assert!(explained.contains("itas.nacc.go.th/report/rpt0201?year=2020&departmentId=3503"), "{explained}");
    }
    for id in expected {
        assert!(output(&["catalog", &id, "--year", "2563"]).starts_with(&format!("{id} ")));
    }
}

fn is_item(word: &str) -> bool {
    word.strip_prefix('O').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[test]
fn init_writes_a_file_that_check_takes() {
    let desk = Desk::new();
    let path = desk.path("agency.yaml");
    let path = path.to_str().unwrap();
    let name = "อบต. \"ตัวอย่าง\": หนึ่ง # สอง";
    let ran = oit(["init", "--year", "2563", "--agency", name, "--website", "http://127.0.0.1:1/", "--output", path]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(faults(&text, &schema("agency")), Vec::<String>::new());
    assert_eq!(output(&["init", "--year", "2563", "--agency", name, "--website", "http://127.0.0.1:1/"]), text);
    let value: Value = serde_yaml::from_str(&text).unwrap();
    assert_eq!((value["items"].as_object().unwrap().len(), &value["agency"]), (43, &json!(name)));
    // Nothing is submitted, so nothing has to be opened: every item is a zero, and that is a judgement.
    let report = oit(["check", path, "--format", "json"]);
    assert_eq!((report.code, report.err.as_str()), (0, ""));
    let report = report.report();
    assert_eq!((&report["complete"], &report["score"]["oit"]["high"]), (&json!(true), &json!(0.0)));
    assert_eq!(report["stats"]["requests"], 0);
    assert!(report["items"].as_array().unwrap().iter().all(|item| item["reasons"][0]["code"] == "link.missing"));
}

#[test]
fn the_readme_documents_the_exit_codes_and_the_commands_that_help_does() {
    let (readme, help) = (read("README.md"), output(&["--help"]));
    let (_, codes) = help.split_once("Exit codes:\n").unwrap();
    let codes: Vec<&str> = codes.lines().filter(|line| !line.trim().is_empty()).collect();
    assert_eq!(codes.len(), 4);
    for line in codes {
        assert!(readme.lines().any(|of_readme| of_readme.trim() == line.trim()), "README.md lacks: {line}");
    }
    let commands = ["check", "init", "catalog", "memo", "backtest", "schema", "completions", "man"];
    let help: String = commands.map(|command| output(&[command, "--help"])).concat();
    for option in readme.split([' ', '`', '\n']).filter(|word| word.starts_with("--")) {
        let option = option.split('=').next().unwrap();
        let of_cargo = ["--", "--release", "--example", "--features", "--locked", "--path", "--bin", "--test", "--git"]
            .contains(&option);
        assert!(of_cargo || has_word(&help, option), "README.md names {option}, which no command has");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = output(&["completions", shell]);
        for command in ["check", "init", "catalog", "schema"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}
