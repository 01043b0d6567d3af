//! Documents of every format with known content: what `oit-audit read` finds in them is what they say.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use oit_audit::thai;
use serde_json::Value;

use crate::support::program::{oit, tesseract};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/documents");

/// Phrases of the year's items and of administration; each document has some of them.
const PHRASES: &[&str] = &[
    "องค์การบริหารส่วนตำบลนางรอง",
    "ปีงบประมาณ",
    "รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน",
    "แผนดำเนินงานประจำปี",
    "เจตจำนงสุจริต",
    "การจัดซื้อจัดจ้าง",
    "สำนักปลัด",
    "กองคลัง",
    "ผลการดำเนินงาน",
    "นายกองค์การบริหารส่วนตำบล",
    "การทุจริต",
    "งบประมาณ",
    "โครงการ",
];

/// Documents of which at most a part can be read with certainty: pictures of text.
fn is_scan(name: &str) -> bool {
    name.contains("scan") || name.contains("page1")
}

/// The files whose content is in the text of the same name.
fn documents() -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let with_truth = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let stem = name.split(['.', '-']).next()?;
        let truth = fs::read_to_string(Path::new(FOLDER).join(format!("{stem}.txt"))).ok()?;
        let compressed = path.extension().is_some_and(|ending| ending == "gz");
        (!compressed).then_some((path, truth))
    };
    files.filter_map(with_truth).collect()
}

fn folded(text: &str) -> String {
    thai::arabic_digits(&thai::normalize(text)).chars().filter(|c| !c.is_whitespace()).collect()
}

fn phrases_in(text: &str) -> BTreeSet<&'static str> {
    let text = folded(text);
    PHRASES.iter().copied().filter(|phrase| text.contains(&folded(phrase))).collect()
}

/// Four digits from 2500 to 2599 that no other digit touches.
fn years_in(text: &str) -> BTreeSet<u64> {
    let text = thai::arabic_digits(text).into_owned();
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (2500..2600).contains(year)).collect()
}

fn seen(path: &Path) -> (String, BTreeSet<u64>, Value) {
    let seen = oit(["read", "--format", "json", path.to_str().unwrap()]).report();
    let years = seen["years"].as_array().unwrap().iter().map(|year| year["year"].as_u64().unwrap()).collect();
    (seen["text"].as_str().unwrap().to_owned(), years, seen)
}

#[test]
fn every_format_is_read_whole() {
    let documents = documents();
    assert!(documents.len() > 25, "{}", documents.len());
    for (path, truth) in documents.iter().filter(|(path, _)| !is_scan(&path.to_string_lossy())) {
        // Without its map to characters a font's text can only be recognised, where it cannot be told by its outlines.
        let (text, years, seen) = seen(path);
        let name = path.display();
        assert_eq!(seen["readability"], "full", "{name}: {}", seen["notes"]);
        assert_eq!(phrases_in(&text), phrases_in(truth), "{name}");
        assert_eq!(years, years_in(truth), "{name}");
    }
}

#[test]
fn scans_are_read_with_tesseract() {
    if !tesseract() {
        return;
    }
    let documents = documents();
    let scans: Vec<_> = documents.iter().filter(|(path, _)| is_scan(&path.to_string_lossy())).collect();
    assert_eq!(scans.len(), 3);
    for (path, truth) in scans {
        let (text, years, _) = seen(path);
        let name = path.display();
        assert_eq!(years, years_in(truth), "{name}");
        let (found, there) = (phrases_in(&text), phrases_in(truth));
        assert!(found.is_subset(&there), "{name} has none of {:?}", found.difference(&there).count());
        assert!(found.len() * 10 >= there.len() * 8, "{name}: {} of {} phrases", found.len(), there.len());
    }
}
