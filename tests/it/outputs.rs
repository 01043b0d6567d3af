//! Where reports go: files that are one by another name, links, pipes, folders.

use std::fs;

use crate::support::program::{Desk, Ran, oit};

/// An agency that submits nothing, so that nothing is opened.
const AGENCY: &str = "agency: อบต.ตัวอย่าง\nwebsite: http://www.example.go.th/\nfiscal_year: 2563\nitems: {}\n";

fn check(desk: &Desk, words: &[&str]) -> Ran {
    let file = desk.put("agency.yaml", AGENCY);
    let folder = desk.path("").to_str().unwrap().to_owned();
    let words: Vec<String> = words.iter().map(|word| word.replace("DESK/", &folder)).collect();
    oit(["check", &file, "-q"].into_iter().map(str::to_owned).chain(words))
}

#[test]
fn one_file_is_not_written_twice_whatever_it_is_called() {
    let desk = Desk::new();
    fs::create_dir(desk.path("reports")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.path("x.json"), desk.path("link")).unwrap();
    for words in [
        ["--format=json=DESK/x.json", "--format=html=DESK/./x.json"],
        ["--format=json=DESK/x.json", "--format=html=DESK/reports/../x.json"],
        ["--output-dir=DESK/reports", "--format=html=DESK/reports/agency.json"],
        #[cfg(unix)]
        ["--format=json=DESK/x.json", "--format=html=DESK/link"],
    ] {
        let ran = check(&desk, &words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", words.join(" "));
        assert!(ran.err.contains("two reports would both be written to"), "{}", ran.err);
    }
    assert!(!desk.path("x.json").exists());
    let ran = check(&desk, &["--output-dir=DESK/new/folder", "--format=json=DESK/new/folder/other.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = check(&desk, &["--output-dir=DESK/agency.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is a file; name a folder"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_a_pipe_is_written_once() {
    let desk = Desk::new();
    fs::create_dir(desk.path("kept")).unwrap();
    std::os::unix::fs::symlink("kept/latest.json", desk.path("latest.json")).unwrap();
    for _ in 0..2 {
        assert_eq!(check(&desk, &["--format=json=DESK/latest.json"]).code, 0);
        assert!(desk.path("latest.json").is_symlink());
        assert!(fs::read_to_string(desk.path("kept/latest.json")).unwrap().contains("oit-audit/report/1"));
    }
    let pipe = desk.path("pipe");
    let Ok(made) = std::process::Command::new("mkfifo").arg(&pipe).status() else { return };
    assert!(made.success());
    let reader = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
    assert_eq!(check(&desk, &["--format=json=DESK/pipe"]).code, 0);
    assert!(reader.join().unwrap().ends_with("}\n"));
}
