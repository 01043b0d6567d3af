//! What a user sees for a value that is wrong, word for word.

use super::shown::{HEAD, shown};

#[test]
fn settings() {
    let source = format!(
        "{HEAD}{}",
        "items:\ncrawl:\n  request_per_second: many\n  timeout: 5 minutos\n  concurrency: \"8\"\n  retries: -1\n  max_body: 2GiB\n  render: allways\n  ocr: no\n  resolve: {https://www.x.go.th/: 127.0.0.1, a.go.th: localhost:80}\n  user_agent: ไทย\n"
    );
    assert_eq!(
        shown(&source),
        r#"error: unknown key `request_per_second`
 --> a.yaml:6:3
  |
6 |   request_per_second: many
  |   ^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `requests_per_second`?

error: expected a number, found the text "many"
 --> a.yaml:6:23
  |
6 |   request_per_second: many
  |                       ^^^^

error: `5 minutos` is not a length of time
 --> a.yaml:7:12
  |
7 |   timeout: 5 minutos
  |            ^^^^^^^^^
  |
  = help: write `30s`, `500ms`, `1m` or a number of seconds

error: expected a whole number, found the text "8"
 --> a.yaml:8:16
  |
8 |   concurrency: "8"
  |                ^^^
  |
  = help: remove the quotes: 8

error: `retries` is from 0 to 10, not -1
 --> a.yaml:9:12
  |
9 |   retries: -1
  |            ^^

error: `max_body` is from 1KiB to 1GiB, not 2GiB
  --> a.yaml:10:13
   |
10 |   max_body: 2GiB
   |             ^^^^
   |
   = help: write `32MiB`, `500kB` or a number of bytes

error: expected one of `auto`, `never`, `always`, found the text "allways"
  --> a.yaml:11:11
   |
11 |   render: allways
   |           ^^^^^^^
   |
   = help: did you mean `always`?

error: expected one of `auto`, `never`, `always`, found `no`
  --> a.yaml:12:8
   |
12 |   ocr: no
   |        ^^
   |
   = help: write `never`

error: `https://www.x.go.th/` is not a host name
  --> a.yaml:13:13
   |
13 |   resolve: {https://www.x.go.th/: 127.0.0.1, a.go.th: localhost:80}
   |             ^^^^^^^^^^^^^^^^^^^^
   |
   = help: write www.x.go.th

error: `127.0.0.1` is not an address with a port
  --> a.yaml:13:35
   |
13 |   resolve: {https://www.x.go.th/: 127.0.0.1, a.go.th: localhost:80}
   |                                   ^^^^^^^^^
   |
   = help: add the port: "127.0.0.1:443"

error: `localhost:80` is not an address with a port
  --> a.yaml:13:55
   |
13 |   resolve: {https://www.x.go.th/: 127.0.0.1, a.go.th: localhost:80}
   |                                                       ^^^^^^^^^^^^
   |
   = help: write the number of the address: "127.0.0.1:80"

error: not a `User-Agent` that can be sent
  --> a.yaml:14:15
   |
14 |   user_agent: ไทย
   |               ^^^
   |
   = help: write Latin letters, digits and signs, or leave the key out for the default
"#
    );
}

#[test]
fn duplicates() {
    let source = format!(
        "{HEAD}{}",
        "items:\n  O7: https://a.go.th/\n  O7: https://b.go.th/\n  o๗: https://c.go.th/\nagency: again\n"
    );
    assert_eq!(
        shown(&source),
        r"error: duplicate key `O7`, first on line 5
 --> a.yaml:6:3
  |
6 |   O7: https://b.go.th/
  |   ^^
  |
  = help: keep one of the two; several URLs of one item are written as a list

error: duplicate item O7, first on line 5
 --> a.yaml:7:3
  |
7 |   o๗: https://c.go.th/
  |   ^^
  |
  = help: keep one of the two; several URLs of one item are written as a list

error: duplicate key `agency`, first on line 1
 --> a.yaml:8:1
  |
8 | agency: again
  | ^^^^^^
  |
  = help: keep one of the two
"
    );
}

#[test]
fn a_common_era_year() {
    let source = "agency: a\nwebsite: https://www.x.go.th/\nfiscal_year: 2020\nitems: {}\n";
    assert_eq!(
        shown(source),
        r"error: 2020 is a Common Era year; the fiscal year is written in the Buddhist era: 2563
 --> a.yaml:3:14
  |
3 | fiscal_year: 2020
  |              ^^^^
  |
  = help: write fiscal_year: 2563
"
    );
}

#[test]
fn five_mistakes() {
    let source = "agencies: อบต.นางรอง\nwebsite: javascript:;\nfiscal_year: ๒๕๖๓\nitems:\n  O1: www.nangrong.go.th/กำลังน้ำ\n  05: https://a.go.th/\n";
    assert_eq!(
        shown(source),
        r#"error: unknown key `agencies`
 --> a.yaml:1:1
  |
1 | agencies: อบต.นางรอง
  | ^^^^^^^^
  |
  = help: did you mean `agency`?

error: `javascript:;` is not a website
 --> a.yaml:2:10
  |
2 | website: javascript:;
  |          ^^^^^^^^^^^^
  |
  = help: write the address of the home page: https://…

error: expected a whole number, found the text "๒๕๖๓"
 --> a.yaml:3:14
  |
3 | fiscal_year: ๒๕๖๓
  |              ^^^^
  |
  = help: write 2563

error: `www.nangrong.go.th/กำลังน้ำ` is not a URL that begins with https:// or http://
 --> a.yaml:5:7
  |
5 |   O1: www.nangrong.go.th/กำลังน้ำ
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write https://www.nangrong.go.th/กำลังน้ำ

error: `05` is not an item
 --> a.yaml:6:3
  |
6 |   05: https://a.go.th/
  |   ^^
  |
  = help: write O5
"#
    );
}

#[test]
fn long_forms() {
    let source = format!(
        "{HEAD}{}",
        "items:\n  O1: {ulr: https://a.go.th/}\n  O2: {urls: {a: b}}\n  O3: [[a], null, /b]\n  O4: {reviewed: {verdict: passed, on: 2563-06-30}}\n  O5: {reviewed: {on: 30/6/63}}\n"
    );
    assert_eq!(
        shown(&source),
        r#"error: unknown key `ulr`
 --> a.yaml:5:8
  |
5 |   O1: {ulr: https://a.go.th/}
  |        ^^^
  |
  = help: did you mean `urls`?

error: expected a list of URLs or one URL, found a map
 --> a.yaml:6:14
  |
6 |   O2: {urls: {a: b}}
  |              ^

error: expected a URL, found a list
 --> a.yaml:7:8
  |
7 |   O3: [[a], null, /b]
  |        ^

error: expected a URL, found nothing
 --> a.yaml:7:13
  |
7 |   O3: [[a], null, /b]
  |             ^^^^

error: `/b` is not a URL that begins with https:// or http://
 --> a.yaml:7:19
  |
7 |   O3: [[a], null, /b]
  |                   ^^
  |
  = help: write https://www.nangrong.go.th/b

error: expected one of `pass`, `fail`, found the text "passed"
 --> a.yaml:8:28
  |
8 |   O4: {reviewed: {verdict: passed, on: 2563-06-30}}
  |                            ^^^^^^
  |
  = help: did you mean `pass`?

error: the year of a day is written in the Common Era
 --> a.yaml:8:40
  |
8 |   O4: {reviewed: {verdict: passed, on: 2563-06-30}}
  |                                        ^^^^^^^^^^
  |
  = help: write 2020-06-30

error: `verdict` is missing
 --> a.yaml:9:18
  |
9 |   O5: {reviewed: {on: 30/6/63}}
  |                  ^
  |
  = help: add `verdict: pass` or `verdict: fail`

error: `30/6/63` is not a day
 --> a.yaml:9:23
  |
9 |   O5: {reviewed: {on: 30/6/63}}
  |                       ^^^^^^^
  |
  = help: write it as year-month-day, such as 2020-06-30
"#
    );
}

#[test]
fn scores_and_sites() {
    let source = format!(
        "{HEAD}{}",
        "items:\nsurvey: {iit: [], eit: [101]}\nfail_under: 85%\nsites: [https://x.go.th/, go.th]\n"
    );
    assert_eq!(
        shown(&source),
        r#"error: `iit` has no scores
 --> a.yaml:5:15
  |
5 | survey: {iit: [], eit: [101]}
  |               ^
  |
  = help: write the score of each IIT indicator, such as [89.69, 82.09]

error: `eit` is a score from 0 to 100, not 101
 --> a.yaml:5:25
  |
5 | survey: {iit: [], eit: [101]}
  |                         ^^^

error: expected a number, found the text "85%"
 --> a.yaml:6:13
  |
6 | fail_under: 85%
  |             ^^^
  |
  = help: write 85

error: `https://x.go.th/` is not a host name
 --> a.yaml:7:9
  |
7 | sites: [https://x.go.th/, go.th]
  |         ^^^^^^^^^^^^^^^^
  |
  = help: write x.go.th

error: `go.th` belongs to no single agency
 --> a.yaml:7:27
  |
7 | sites: [https://x.go.th/, go.th]
  |                           ^^^^^
  |
  = help: write the agency's own name under it
"#
    );
}

#[test]
fn thai_before_the_caret() {
    let source = format!("{HEAD}{}", "items: {O1: https://www.nangrong.go.th/กำลังน้ำผู้ว่าฯ, O2: ที่นี่}\n");
    assert_eq!(
        shown(&source),
        r"error: `ที่นี่` is not a URL that begins with https:// or http://
 --> a.yaml:4:61
  |
4 | items: {O1: https://www.nangrong.go.th/กำลังน้ำผู้ว่าฯ, O2: ที่นี่}
  |                                                        ^^
"
    );
}

#[test]
fn control_characters() {
    let source = format!("{HEAD}{}", "items:\n  O1: \"a\\u001b[31m\\u202eb\"\n");
    assert_eq!(
        shown(&source),
        r#"error: `a␛[31m�b` is not a URL that begins with https:// or http://
 --> a.yaml:5:7
  |
5 |   O1: "a\u001b[31m\u202eb"
  |       ^^^^^^^^^^^^^^^^^^^^
"#
    );
}

#[test]
fn an_alias_repeats_a_mistake_once() {
    let source = format!("{HEAD}{}", "items:\n  O1: &a www.x.go.th/a\n  O2: *a\n");
    assert_eq!(
        shown(&source),
        r"error: `www.x.go.th/a` is not a URL that begins with https:// or http://
 --> a.yaml:5:10
  |
5 |   O1: &a www.x.go.th/a
  |          ^^^^^^^^^^^^^
  |
  = help: write https://www.x.go.th/a
"
    );
}
