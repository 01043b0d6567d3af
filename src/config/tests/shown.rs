//! What a user sees for a file or a key that is wrong, word for word.

use super::super::{parse, render};

/// The keys that every file has, for cases about another.
pub(super) const HEAD: &str = "agency: อบต.นางรอง\nwebsite: https://www.nangrong.go.th/\nfiscal_year: 2563\n";

pub(super) fn shown(source: &str) -> String {
    render(&parse(source).problems, "a.yaml", source, false)
}

#[test]
fn an_empty_file() {
    let source = "";
    assert_eq!(
        shown(source),
        r"error: a.yaml: there is nothing in the file
 |
 = help: `oit-audit init` writes one to start from
"
    );
}

#[test]
fn only_comments() {
    let source = "# only\n# comments\n";
    assert_eq!(
        shown(source),
        r"error: a.yaml: there is nothing in the file
 |
 = help: `oit-audit init` writes one to start from
"
    );
}

#[test]
fn an_open_quote() {
    let source = "agency: \"อบต.นางรอง\nwebsite: https://www.x.go.th/\n";
    assert_eq!(
        shown(source),
        r#"error: a quoted text is not closed
 --> a.yaml:1:9
  |
1 | agency: "อบต.นางรอง
  |         ^
  |
  = help: add the closing quote
"#
    );
}

#[test]
fn an_open_bracket() {
    let source = "items: {O1: [https://a.go.th/,\n";
    assert_eq!(
        shown(source),
        r"error: this bracket is not closed
 --> a.yaml:1:13
  |
1 | items: {O1: [https://a.go.th/,
  |             ^
  |
  = help: close it with `]` or `}`
"
    );
}

#[test]
fn a_tab() {
    let source = "items:\n\tO1: https://a.go.th/\n";
    assert_eq!(
        shown(source),
        r"error: a tab is used to indent
 --> a.yaml:2:2
  |
2 |     O1: https://a.go.th/
  |     ^
  |
  = help: indent with spaces: YAML does not allow tabs there
"
    );
}

#[test]
fn a_text_with_a_colon() {
    let source = "agency: ข้อ: หนึ่ง\n";
    assert_eq!(
        shown(source),
        r"error: a key is not expected here
 --> a.yaml:1:12
  |
1 | agency: ข้อ: หนึ่ง
  |           ^
  |
  = help: put quotes around a text that has `: ` in it; otherwise check the indentation of this line and the one above
"
    );
}

#[test]
fn a_list() {
    let source = "- a\n- b\n";
    assert_eq!(
        shown(source),
        r"error: an agency file is a map (`key: value` lines), found a list
 --> a.yaml:1:1
  |
1 | - a
  | ^
  |
  = help: `oit-audit init` writes one to start from
"
    );
}

#[test]
fn a_scalar() {
    let source = "สวัสดี\n";
    assert_eq!(
        shown(source),
        r#"error: an agency file is a map (`key: value` lines), found the text "สวัสดี"
 --> a.yaml:1:1
  |
1 | สวัสดี
  | ^^^^
  |
  = help: `oit-audit init` writes one to start from
"#
    );
}

#[test]
fn two_documents() {
    let source = "agency: a\n---\nagency: b\n";
    assert_eq!(
        shown(source),
        r"error: a second document begins here
 --> a.yaml:3:1
  |
3 | agency: b
  | ^
  |
  = help: write one agency per file, and no line `---` between its keys
"
    );
}

#[test]
fn an_unknown_alias() {
    let source = "agency: *name\n";
    assert_eq!(
        shown(source),
        r"error: an alias `*name` of an anchor `&name` that is not in the file
 --> a.yaml:1:9
  |
1 | agency: *name
  |         ^
  |
  = help: put quotes around a text that begins with `*`
"
    );
}

#[test]
fn a_misspelt_key() {
    let source = "agency: อบต.\nwebiste: https://www.x.go.th\nfiscal_year: 2563\nitems:\n";
    assert_eq!(
        shown(source),
        r"error: unknown key `webiste`
 --> a.yaml:2:1
  |
2 | webiste: https://www.x.go.th
  | ^^^^^^^
  |
  = help: did you mean `website`?
"
    );
}

#[test]
fn nothing_but_a_key() {
    let source = "sites: []\n";
    assert_eq!(
        shown(source),
        r"error: a.yaml: `agency` is missing
 |
 = help: add the agency's name (ชื่อหน่วยงาน): `agency: …`

error: a.yaml: `website` is missing
 |
 = help: add the main website: `website: https://…`

error: a.yaml: `fiscal_year` is missing
 |
 = help: add the year of the Buddhist era (ปีงบประมาณ): `fiscal_year: 2563`

error: a.yaml: `items` is missing
 |
 = help: add `items:` and under it, indented, what is submitted: `O1: https://…`
"
    );
}

#[test]
fn keys_in_the_wrong_place() {
    let source = format!("{HEAD}{}", "O5: https://a.go.th/\ntimeout: 5s\niit: [90]\n");
    assert_eq!(
        shown(&source),
        r"error: a.yaml: `items` is missing
 |
 = help: add `items:` and under it, indented, what is submitted: `O1: https://…`

error: unknown key `O5`
 --> a.yaml:4:1
  |
4 | O5: https://a.go.th/
  | ^^
  |
  = help: items stand under `items:`, indented

error: unknown key `timeout`
 --> a.yaml:5:1
  |
5 | timeout: 5s
  | ^^^^^^^
  |
  = help: `timeout` stands under `crawl:`, indented

error: unknown key `iit`
 --> a.yaml:6:1
  |
6 | iit: [90]
  | ^^^
  |
  = help: `iit` stands under `survey:`, indented
"
    );
}
