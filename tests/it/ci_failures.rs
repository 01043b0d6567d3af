//! What the action says and leaves where a job fails; with programs in place of the real one that end as they are told.

use std::fs;
use std::path::Path;

use crate::ci::{is_equipped, stand_in, step};

/// A program that ends with the number in a file beside the agency file, and then writes reports only for 0 and 1.
fn ends_as_told(folder: &Path, code: u8) {
    let script = r#"out=; while [ $# -gt 0 ]; do
        case "$1" in --output-dir) out=$2 ;; --baseline) cat "$2" >held ;; esac; shift
    done
    [ "$(cat code)" -gt 1 ] || echo '{"score": {"oit": {"predicted": 71}}}' >"$out/agency.json"
    exit "$(cat code)""#;
    stand_in(folder, "oit-audit", script);
    fs::write(folder.join("code"), code.to_string()).unwrap();
}

#[test]
fn a_failed_job_says_why_before_all_else() {
    if !is_equipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (code, why) in [(1, "below the threshold"), (2, "not sound"), (3, "could not be judged")] {
        ends_as_told(folder, code);
        let step = step("audit", folder, &[("files", "./a,b%:c.yaml")]);
        let line = step.out.lines().find(|line| line.starts_with("::error ")).unwrap_or_default();
        assert!(line.starts_with("::error file=a%2Cb%25%3Ac.yaml,title=oit-audit::"), "{}", step.out);
        assert!(line.contains(why), "{line}");
        assert_eq!(step.outputs["exit-code"], code.to_string());
    }
    ends_as_told(folder, 0);
    assert!(!step("audit", folder, &[]).out.contains("::error"));
}

#[test]
fn reports_of_an_earlier_run_are_not_taken_for_those_of_this_one() {
    if !is_equipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let old = r#"{"score": {"oit": {"predicted": 99}}}"#;
    let out = folder.join("oit-audit");
    let earlier = || {
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("agency.json"), old).unwrap();
        fs::write(out.join("agency.md"), "of old").unwrap();
    };
    earlier();
    ends_as_told(folder, 2);
    let failed = step("audit", folder, &[]);
    assert_eq!((failed.summary.as_str(), failed.outputs.get("score")), ("", None), "{}", failed.out);
    assert!(!out.join("agency.json").exists() && !out.join("agency.md").exists());

    // A baseline among them is still held against, and outlives a run that came to nothing.
    for baseline in ["oit-audit", "oit-audit/agency.json"] {
        for (code, left) in [(1, "71"), (2, "99")] {
            earlier();
            ends_as_told(folder, code);
            let _ = fs::remove_file(folder.join("held"));
            let step = step("audit", folder, &[("baseline", baseline)]);
            assert_eq!(fs::read_to_string(folder.join("held")).unwrap(), old, "{}", step.out);
            assert_eq!(step.outputs.get("score").map(String::as_str), (code == 1).then_some("71"), "{}", step.out);
            assert!(fs::read_to_string(out.join("agency.json")).unwrap().contains(left));
        }
    }
}

#[test]
fn two_agency_files_of_one_name_are_refused() {
    if !is_equipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    ends_as_told(folder.path(), 0);
    let step = step("audit", folder.path(), &[("files", "a/agency.yaml\nb/agency.yml\nc.yaml")]);
    assert_eq!((step.outputs["exit-code"].as_str(), step.outputs["output"].as_str()), ("2", ""), "{}", step.out);
    assert!(step.out.starts_with("::error title=oit-audit::Two agency files have the name agency,"), "{}", step.out);
}
