//! Whole audits of links that a browser opens, each in its own odd way: what an assessor sees is what is judged, and what
//! is asked for is what a browser asks for.

use std::path::Path;

use serde_json::Value;

use crate::support::program::{Desk, item, oit, reasons};
use crate::support::rough_server::{Seen, Step, answer, head, redirect};
use crate::support::website::{HEAD, HOST, STRUCTURE, Website, html, page};

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// A page that shows what the item asks for.
fn good() -> Vec<Step> {
    page("โครงสร้าง", STRUCTURE)
}

/// A page that only sends its visitor on.
fn refresh(content: &str) -> Vec<Step> {
    answer(200, HTML, format!("<!doctype html><title>กำลังไป</title><meta http-equiv=refresh content=\"{content}\">"))
}

/// What a website answers, beside the pages that all have.
type Rule = fn(&Seen) -> Vec<Step>;

/// Audits each link as that of an agency of its own, in one run; hands the reports on.
fn audit(rule: Rule, links: &[&str]) -> (Website, Vec<Value>) {
    let site = Website::by(move |seen| match seen.target.as_str() {
        "/" => page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"),
        "/good" => good(),
        _ => rule(seen),
    });
    let desk = Desk::new();
    let files: Vec<String> = (0..)
        .zip(links)
        .map(|(number, link)| desk.put(&format!("{number}.yaml"), format!("{HEAD}  O1: \"{link}\"\n")))
        .collect();
    let into = desk.path("reports");
    let elsewhere = format!("--resolve=elsewhere.example.com={}", site.address());
    let mut words = site.words(&files[0], &[&elsewhere, "--output-dir", into.to_str().unwrap()]);
    words.retain(|word| word != "--format=json");
    words.extend(files[1..].iter().cloned());
    words.push("-q".to_owned());
    let ran = oit(words);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let read = |number: usize| read(&into.join(format!("{number}.json")));
    let reports = (0..links.len()).map(read).collect();
    (site, reports)
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A link of the website.
fn at(path: &str) -> String {
    format!("http://{HOST}{path}")
}

/// Asserts that each path passes and ends where it should.
fn all_pass(rule: Rule, paths: &[(&str, &str)]) {
    let links: Vec<String> = paths.iter().map(|(path, _)| at(path)).collect();
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    let (_site, reports) = audit(rule, &links);
    for ((path, end), report) in paths.iter().zip(&reports) {
        let item = item(report, "O1");
        assert_eq!(
            (&item["verdict"], reasons(item)),
            (&Value::from("pass"), Vec::new()),
            "{path}: {}",
            item["reasons"]
        );
        assert_eq!(item["urls"][0]["final_url"], at(end), "{path}");
        assert_eq!(item["urls"][0]["title"], "โครงสร้าง", "{path}");
    }
}

#[test]
fn a_page_that_sends_its_visitor_on_is_judged_by_where_it_leads() {
    all_pass(
        |seen| match seen.target.as_str() {
            "/meta" => refresh("0; url=/good"),
            "/relative" => refresh("5;URL='good'"),
            "/header" => answer(200, "Refresh: 1; url=/good\r\n", "wait"),
            "/twice" => refresh("0;/meta"),
            "/base" => answer(200, HTML, "<base href=/x/><meta http-equiv=refresh content='0;url=../good'>"),
            // What stays is read.
            "/later" => page("โครงสร้าง", &format!("<meta http-equiv=refresh content='60; url=/gone'>{STRUCTURE}")),
            "/reload" => page("โครงสร้าง", &format!("<meta http-equiv=refresh content=5>{STRUCTURE}")),
            "/show" => page("โครงสร้าง", &format!("<meta http-equiv=refresh content='5;url=/show'>{STRUCTURE}")),
            "/without-scripts" => page(
                "โครงสร้าง",
                &format!("<noscript><meta http-equiv=refresh content='0;url=/gone'></noscript>{STRUCTURE}"),
            ),
            "/mail" => {
                page("โครงสร้าง", &format!("<meta http-equiv=refresh content='0;url=mailto:a@b.go.th'>{STRUCTURE}"))
            }
            _ => answer(404, "", ""),
        },
        &[
            ("/meta", "/good"),
            ("/relative", "/good"),
            ("/header", "/good"),
            ("/twice", "/good"),
            ("/base", "/good"),
            ("/later", "/later"),
            ("/reload", "/reload"),
            ("/show", "/show"),
            ("/without-scripts", "/without-scripts"),
            ("/mail", "/mail"),
        ],
    );
}

#[test]
fn a_website_is_left_and_entered_by_a_refresh_as_by_a_redirect() {
    let rule: Rule = |seen| match seen.target.as_str() {
        "/away" => refresh("0; url=http://elsewhere.example.com/good"),
        "/away-302" => redirect(302, "http://elsewhere.example.com/good"),
        "/home" => refresh("0; url=/"),
        "/into" => refresh(&format!("0; url=http://{HOST}/good")),
        _ => answer(404, "", ""),
    };
    let (_site, reports) =
        audit(rule, &[&at("/away"), &at("/away-302"), &at("/home"), "http://elsewhere.example.com/into"]);
    let seen = |number: usize| {
        let item = item(&reports[number], "O1");
        (item["verdict"].as_str().unwrap(), item["urls"][0]["final_url"].as_str().unwrap().to_owned())
    };
    assert_eq!(seen(0), ("pass", "http://elsewhere.example.com/good".to_owned()));
    assert_eq!(seen(1), seen(0));
    assert_eq!(seen(2).1, at("/"));
    assert_ne!(seen(2).0, "pass");
    assert_eq!(seen(3), ("pass", at("/good")));
}

#[test]
fn cookies_are_kept_through_an_audit() {
    all_pass(
        |seen| {
            let passed = seen.header("cookie").is_some_and(|cookies| cookies.contains("pass=1"));
            let set = "Set-Cookie: pass=1; Path=/\r\n";
            match seen.target.as_str() {
                "/wall" | "/far-wall" | "/refresh-wall" if passed => good(),
                "/wall" => answer(302, &format!("{set}Location: /wall\r\n"), ""),
                "/far-wall" => redirect(302, "/gate?back=/far-wall"),
                "/gate?back=/far-wall" => answer(302, &format!("{set}Location: /far-wall\r\n"), ""),
                "/refresh-wall" => answer(200, &format!("{set}Refresh: 0; url=/refresh-wall\r\n"), "wait"),
                _ => answer(404, "", ""),
            }
        },
        &[("/wall", "/wall"), ("/far-wall", "/far-wall"), ("/refresh-wall", "/refresh-wall")],
    );
}

#[test]
fn a_location_is_understood_as_it_is_meant() {
    all_pass(
        |seen| match seen.target.as_str() {
            "/a/relative" => redirect(302, "../good"),
            "/host" => redirect(301, format!("//{HOST}/good")),
            "/utf-8" => redirect(302, "/แผน ผัง"),
            "/%E0%B9%81%E0%B8%9C%E0%B8%99%20%E0%B8%9C%E0%B8%B1%E0%B8%87" => redirect(303, "/good"),
            "/tis-620" => redirect(307, b"/\xe1\xbc\xb9"),
            "/%E1%BC%B9" => redirect(308, "/good"),
            _ => answer(404, "", ""),
        },
        &[("/a/relative", "/good"), ("/host", "/good"), ("/utf-8", "/good"), ("/tis-620", "/good")],
    );
}

#[test]
fn a_link_is_asked_for_as_it_was_given() {
    // The request line of each link as browsers send it.
    let links = [
        ("/แผน/ปี 2563.html", "/%E0%B9%81%E0%B8%9C%E0%B8%99/%E0%B8%9B%E0%B8%B5%202563.html"),
        ("/%e1%bc%b9.html", "/%e1%bc%b9.html"),
        ("/a%20b+c.html?q=%CA%D2&ปี=๒", "/a%20b+c.html?q=%CA%D2&%E0%B8%9B%E0%B8%B5=%E0%B9%92"),
        ("/a[1](ก)'{b}|c^.html", "/a[1](%E0%B8%81)'%7Bb%7D|c^.html"),
        ("/100%.html?a=b c&d=\\x", "/100%.html?a=b%20c&d=\\x"),
        ("//two//slashes/./x/../y", "//two//slashes/y"),
    ];
    let wanted: Vec<String> = links.iter().map(|(link, _)| at(link).replace('\\', "\\\\")).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let (site, reports) = audit(|_| good(), &wanted);
    let asked = site.asked();
    for ((link, line), report) in links.iter().zip(&reports) {
        assert!(asked.iter().any(|asked| asked == line), "{link} as {line}: {}", asked.join(" "));
        assert_eq!(item(report, "O1")["urls"][0]["status"], 200, "{link}");
    }
}

#[test]
fn it_asks_once_with_get_and_says_who_it_is() {
    let rule: Rule = |seen| match seen.header("accept-language") {
        _ if seen.target != "/o1" => answer(404, "", ""),
        // A server that answers nobody but browsers.
        Some(language) if language.starts_with("th") && seen.head.starts_with("GET ") => {
            let accepts = |name, part| seen.header(name).is_some_and(|value| value.contains(part));
            let all = accepts("accept", "text/html")
                && accepts("accept-encoding", "br")
                && accepts("user-agent", "oit-audit");
            if all { good() } else { answer(400, "", "") }
        }
        _ => answer(405, "", ""),
    };
    all_pass(rule, &[("/o1", "/o1")]);
}

/// A page compressed by Google's brotli: its title is โครงสร้าง.
const BROTLI: &str = "1bca03809d0776ac01343635af89a304e701e1a19b3fcc7389b447dc7a5b34fcf8bc0a8eae7cd01ce380fd169dfc17a109648fb17\
36d71c4d21007022d22d458789546d2d9a437b8f463813bbed7191693cd21285c92e027387ccc289883d223";

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// A Zstandard frame of one block that is not compressed (RFC 8878).
fn zstd(body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len()).unwrap();
    // Four bytes of content size, one segment; the block is the last and raw.
    [&[0x28, 0xb5, 0x2f, 0xfd, 0xa0][..], &size.to_le_bytes(), &((size << 3) | 1).to_le_bytes()[..3], body].concat()
}

/// A gzip member of one block that is not compressed (RFC 1951 and 1952).
fn gzip(body: &[u8]) -> Vec<u8> {
    let size = u16::try_from(body.len()).unwrap();
    let crc = body.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    });
    let sizes = [size.to_le_bytes(), (!size).to_le_bytes()].concat();
    let end = [(!crc).to_le_bytes(), u32::from(size).to_le_bytes()].concat();
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1][..], &sizes, body, &end].concat()
}

#[test]
fn whatever_was_offered_is_decompressed_and_a_cut_is_seen() {
    let rule: Rule = |seen| {
        let body = html("โครงสร้าง", STRUCTURE);
        let cut = |headers: &str, bytes: Vec<u8>| {
            vec![
                Step::Send(head(200, &format!("{HTML}{headers}"))),
                Step::Send(bytes[..bytes.len() / 2].to_vec()),
                Step::Cut,
            ]
        };
        match seen.target.as_str() {
            "/gzip" => answer(200, &format!("{HTML}Content-Encoding: gzip\r\n"), gzip(body.as_bytes())),
            "/zstd" => answer(200, &format!("{HTML}Content-Encoding: zstd\r\n"), zstd(body.as_bytes())),
            "/cut/gzip" => cut("Content-Encoding: gzip\r\n", gzip(body.as_bytes())),
            "/cut/zstd" => cut("Content-Encoding: zstd\r\n", zstd(body.as_bytes())),
            "/cut/br" => cut("Content-Encoding: br\r\n", unhex(BROTLI)),
            "/br" => answer(200, &format!("{HTML}Content-Encoding: br\r\n"), unhex(BROTLI)),
            _ => answer(404, "", ""),
        }
    };
    all_pass(rule, &[("/gzip", "/gzip"), ("/zstd", "/zstd")]);
    let links = ["/br", "/cut/gzip", "/cut/zstd", "/cut/br"].map(at);
    let (_site, reports) = audit(rule, &links.each_ref().map(String::as_str));
    assert_eq!(item(&reports[0], "O1")["urls"][0]["title"], "โครงสร้าง");
    for (link, report) in links.iter().zip(&reports).skip(1) {
        assert_eq!(reasons(item(report, "O1")), [("link.truncated", "fail")], "{link}");
    }
}

#[test]
fn a_charset_is_not_believed_against_the_bytes() {
    all_pass(
        |seen| {
            let text = html("โครงสร้าง", STRUCTURE);
            let (thai, ..) = encoding_rs::WINDOWS_874.encode(&text);
            let as_utf8 = |header: &str| answer(200, &format!("Content-Type: text/html{header}\r\n"), &text);
            let as_874 = |header: &str| answer(200, &format!("Content-Type: text/html{header}\r\n"), &thai);
            match seen.target.as_str() {
                "/utf-8-as-874" => as_utf8("; charset=windows-874"),
                "/utf-8-as-latin-1" => as_utf8("; charset=iso-8859-1"),
                "/874-as-utf-8" => as_874("; charset=utf-8"),
                "/874-as-latin-1" => as_874("; charset=iso-8859-1"),
                "/874-as-nothing" => as_874(""),
                "/874-as-nonsense" => as_874("; charset=thai"),
                _ => answer(404, "", ""),
            }
        },
        &[
            ("/utf-8-as-874", "/utf-8-as-874"),
            ("/utf-8-as-latin-1", "/utf-8-as-latin-1"),
            ("/874-as-utf-8", "/874-as-utf-8"),
            ("/874-as-latin-1", "/874-as-latin-1"),
            ("/874-as-nothing", "/874-as-nothing"),
            ("/874-as-nonsense", "/874-as-nonsense"),
        ],
    );
}

#[test]
fn a_host_in_thai_letters_opens() {
    const IDN: &str = "www.องค์กรตัวอย่าง.ไทย";
    let site = Website::new([("/", page("หน้าแรก", "")), ("/o1", good())]);
    let desk = Desk::new();
    let text = format!("{HEAD}  O1: http://{IDN}/o1\n").replace(&at("/"), &format!("http://{IDN}/"));
    let file = desk.put("agency.yaml", text);
    let report = oit(site.words(&file, &[&format!("--resolve={IDN}={}", site.address())])).report();
    assert_eq!(item(&report, "O1")["verdict"], "pass", "{}", item(&report, "O1")["reasons"]);
    assert!(site.asked().contains(&"/o1".to_owned()));
    // In the form that DNS knows, as a browser sends it.
    assert!(item(&report, "O1")["urls"][0]["final_url"].as_str().unwrap().starts_with("http://www.xn--"));
}
