//! Tests of evidence on whole documents of the kinds that agencies publish.

use std::collections::BTreeSet;

use super::{Claim, evidence, in_name};
use crate::model::{Block, BlockRole, Document, MediaKind, Readability, Spot};
use crate::thai::{self, Role};

const CASES: &str = include_str!("../../../tests/data/documents_years.txt");

fn document(kind: MediaKind, pages: &str) -> Document {
    let mut document = Document { readability: Readability::Full, ..Document::unread(kind) };
    for (page, text) in (1..).zip(pages.split('\u{c}')) {
        let lines = text.lines().map(thai::normalize).filter(|line| !line.is_empty());
        let page = if kind == MediaKind::Docx { 0 } else { page };
        document.blocks.extend(lines.map(|line| Block::new(line, BlockRole::Text).on(page)));
    }
    document
}

fn content(document: &Document) -> BTreeSet<u16> {
    let found = evidence(document);
    let content = found.iter().filter(|one| one.role == Role::Content);
    content.flat_map(|one| [one.span.from.year, one.span.to.year]).collect()
}

fn numbers(line: &str) -> BTreeSet<u16> {
    line.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

/// A text whose full lines are joined to the next.
fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(line);
        out.push(if line.chars().count() > 75 { ' ' } else { '\n' });
    }
    out
}

#[test]
fn documents_are_about_the_years_that_a_reader_would_say() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in CASES.split("\n== ").skip(1) {
        let (head, text) = case.split_once("\n---\n").unwrap();
        let [name, years, cited] = head.lines().collect::<Vec<_>>().try_into().unwrap();
        let kind = match name.split(' ').next() {
            Some("docx") => MediaKind::Docx,
            Some("xlsx") => MediaKind::Xlsx,
            _ => MediaKind::Pdf,
        };
        // As printed lines, and as the paragraphs that these make up.
        for found in [content(&document(kind, text)), content(&document(kind, &paragraphs(text)))] {
            let (missing, taken) = (&numbers(years) - &found, &numbers(cited) & &found);
            if !missing.is_empty() || !taken.is_empty() {
                wrong.push(format!("{name}: missing {missing:?}, cited but taken {taken:?}"));
            }
        }
        seen += 1;
    }
    assert!(wrong.is_empty() && seen >= 55, "{seen} documents\n{}", wrong.join("\n"));
}

#[test]
fn every_year_is_told_with_its_place() {
    let mut pdf =
        document(MediaKind::Pdf, "แผนพัฒนา (พ.ศ. ๒๕๖๑ – ๒๕๖๔)\u{c}ด้วยพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖ และ พ.ศ. ๒๕๖๒");
    pdf.blocks[0].role = BlockRole::Title;
    pdf.blocks.push(Block { chrome: true, ..Block::new("แผน ปี ๒๕๖๐".to_owned(), BlockRole::Text) });
    let found: Vec<_> =
        evidence(&pdf).into_iter().map(|one| (one.span.to.year, one.spot, one.page, one.role)).collect();
    assert_eq!(
        found,
        [(2564, Spot::Title, 1, Role::Content), (2562, Spot::Text, 2, Role::Cited), (2560, Spot::Menu, 0, Role::Cited)]
    );
}

#[test]
fn garbage_has_no_title() {
    let garbage = "ก$1!2 &'( 2540 $- \" .\n/01 &.(. 2542 #%\n!\" ( &.(. 2551 F 2555 ) '";
    assert_eq!(content(&document(MediaKind::Pdf, garbage)), BTreeSet::from([2551, 2555]));
}

#[test]
fn a_name_says_what_a_silent_document_is_of() {
    let roles = |name: &str, text: &str| -> Vec<(u16, Role)> {
        let found = evidence(&document(MediaKind::Pdf, text));
        in_name(name, Spot::FileName, &found).into_iter().map(|one| (one.span.from.year, one.role)).collect()
    };
    assert_eq!(roles("แผน2563.pdf", "แผนดำเนินงาน"), [(2563, Role::Content)]);
    assert_eq!(roles("แผน2563.pdf", "แผนดำเนินงาน ปี 2563"), [(2563, Role::Content)]);
    assert_eq!(roles("แผน2563.pdf", "แผนดำเนินงาน ปี 2562"), [(2563, Role::Cited)]);
    for checksum in ["2563adf1.pdf", "files/9f2563ab-2561-4c.pdf"] {
        assert_eq!(roles(checksum, "แผนดำเนินงาน"), [], "{checksum}");
    }
}

#[test]
fn web_pages_are_told_by_the_words_before_each_year() {
    let mut page = document(MediaKind::Html, "ข่าว ปี 2561\nแผน ปี 2563\nพ.ร.บ. เทศบาล พ.ศ. 2560");
    page.blocks.push(Block::new("แผน ปี 2562".to_owned(), BlockRole::Anchor));
    page.blocks.push(Block::new("แผน ปี 2563".to_owned(), BlockRole::Anchor));
    page.hidden.push("ข่าว ปี 2561".to_owned());
    let found: Vec<_> = evidence(&page).into_iter().map(|one| (one.span.to.year, one.spot, one.claim)).collect();
    assert_eq!(
        found,
        [
            (2561, Spot::Text, Claim::Cited),
            (2563, Spot::Text, Claim::Stated),
            (2560, Spot::Text, Claim::Cited),
            (2562, Spot::Link, Claim::Cited),
            (2563, Spot::Link, Claim::Bare)
        ]
    );
}

#[test]
fn hostile_documents_cost_no_more_than_their_length() {
    for unit in ["ปี 2563 ", "พระราชบัญญัติ", "นี้เรียกว่า “", "2551 F ", "ประกาศ ณ วันที่ ", "(", "ลงวันที่ 2563\n", "\n"]
    {
        let text = unit.repeat(300_000 / unit.len());
        for sighting in evidence(&document(MediaKind::Pdf, &text)) {
            assert!(!sighting.snippet.is_empty());
        }
    }
}
