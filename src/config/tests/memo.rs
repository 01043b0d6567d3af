//! The `memo` section, as it is read and as its mistakes are shown.

use jiff::civil::Date;

use super::shown::{HEAD, shown};
use crate::config::parse;
use crate::model::{Memo, Signatory};

fn memo(section: &str) -> Option<Memo> {
    let source = format!("{HEAD}items:\n{section}");
    let parsed = parse(&source);
    assert_eq!(parsed.problems, [], "{source}");
    parsed.agency.unwrap().memo
}

#[test]
fn every_key_is_read_and_none_is_needed() {
    let full = memo(
        "memo:\n  office: '  สำนักปลัด   อบต.นางรอง '\n  number: 82601/2563\n  date: 2020-10-15\n  subject: เรื่อง\n  \
         to: นายก\n  announced: ๒๐๒๐-๐๙-๒๘\n  officer: {name: นางสาวก, position: นักวิชาการ}\n  \
         superiors: [{position: ปลัด}, {name: นายข}]\n  responsible: สำนักปลัด\n  start: 2021-01-01\n  \
         end: 2021-03-31\n  follow_up: รายงานในที่ประชุม\n",
    )
    .unwrap();
    assert_eq!(full.office.as_deref(), Some("สำนักปลัด อบต.นางรอง"));
    assert_eq!(full.number.as_deref(), Some("82601/2563"));
    assert_eq!(full.date, Some(Date::constant(2020, 10, 15)));
    assert_eq!(full.announced, Some(Date::constant(2020, 9, 28)));
    let names: Vec<_> = full.superiors.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [None, Some("นายข")]);
    assert_eq!(full.end, Some(Date::constant(2021, 3, 31)));
    assert_eq!(memo("memo: {}\n"), Some(Memo::default()));
    let empty = Some(Memo { officer: Some(Signatory::default()), ..Memo::default() });
    assert_eq!(memo("memo: {to: '', date: , officer: {name: ' '}}\n"), empty);
    assert_eq!(memo("memo:\n"), None);
    assert_eq!(memo(""), None);
}

#[test]
fn mistakes_are_all_shown_with_their_places() {
    let source = format!(
        "{HEAD}items:\nmemo:\n  ofice: x\n  date: 2563-10-15\n  start: 2021-03-01\n  end: 2021-01-01\n  \
         superiors: ปลัด\n  officer: [x]\n  announced: วันนี้\n"
    );
    assert_eq!(
        shown(&source),
        r#"error: unknown key `ofice`
 --> a.yaml:6:3
  |
6 |   ofice: x
  |   ^^^^^
  |
  = help: did you mean `office`?

error: the year of a day is written in the Common Era
 --> a.yaml:7:9
  |
7 |   date: 2563-10-15
  |         ^^^^^^^^^^
  |
  = help: write 2020-10-15

error: `end` is before `start`
 --> a.yaml:9:8
  |
9 |   end: 2021-01-01
  |        ^^^^^^^^^^
  |
  = help: write the later of the two days as `end`

error: expected a list, found the text "ปลัด"
  --> a.yaml:10:14
   |
10 |   superiors: ปลัด
   |              ^^^
   |
   = help: write a line with a dash for each: `- {name: ..., position: ...}`

error: expected a map (`key: value` lines), found a list
  --> a.yaml:11:12
   |
11 |   officer: [x]
   |            ^
   |
   = help: the keys known here are `name`, `position`

error: `วันนี้` is not a day
  --> a.yaml:12:14
   |
12 |   announced: วันนี้
   |              ^^^
   |
   = help: write it as year-month-day, such as 2020-06-30
"#
    );
    let order = shown(&format!("{HEAD}items:\nmemo: {{date: 2020-10-15, announced: 2020-10-16}}\n"));
    assert!(order.contains("a.yaml:5:37") && order.contains("`announced` is after `date`"), "{order}");
    assert!(order.contains("leave `announced` out before the announcement"), "{order}");
    assert!(memo("memo: {date: 2020-10-15, announced: 2020-10-15}\n").is_some());
    let map = shown(&format!("{HEAD}items:\nmemo: {{superiors: {{name: a}}}}\n"));
    assert!(
        map.contains("error: expected a list, found a map") && map.contains("`- {name: ..., position: ...}`"),
        "{map}"
    );
    let long = shown(&format!("{HEAD}items:\nmemo: {{to: {}}}\n", "ก".repeat(301)));
    assert!(long.contains("`to` has 301 characters; a memo takes up to 300"), "{long}");
    let many = shown(&format!("{HEAD}items:\nmemo: {{superiors: [{}]}}\n", "{name: ก}, ".repeat(11)));
    assert!(many.contains("`superiors` has 11 people; a memo takes up to 10"), "{many}");
}
