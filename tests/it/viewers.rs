//! Links to what only shows a document: viewers, stores, books, e-GP. What is shown is judged, and where it cannot be had, a
//! person is asked.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::Value;

use crate::support::program::{Desk, item, oit, reasons};
use crate::support::rough_server::{Step, answer, redirect};
use crate::support::website::{HEAD, HOST, Website, html};

/// The hosts of others that the website stands in for.
const OTHERS: &[&str] = &[
    "drive.google.com",
    "drive.usercontent.google.com",
    "docs.google.com",
    "accounts.google.com",
    "online.anyflip.com",
    "process3.gprocurement.go.th",
];

/// What the structure of an agency must say, in a file.
const FILE: &str = "โครงสร้างส่วนราชการ\n\nนายกองค์การบริหารส่วนตำบล ปลัดองค์การบริหารส่วนตำบล\n\
                    สำนักปลัด กองคลัง กองช่าง และกองการศึกษา ตามแผนภูมิการแบ่งส่วนราชการ\n";

/// What a service sends that shows a file by scripts.
const SHELL: &str = "<!doctype html><title>โครงสร้าง.txt</title><div id=root></div><script src=/viewer.js></script>";

/// How Google Drive asks whether a large file is wanted, as far as it is known.
const ASKS: &str = "<!doctype html><title>Google Drive - Virus scan warning</title><p>Google Drive can't scan this file for viruses.</p>\
    <form id=download-form action=http://drive.usercontent.google.com/download method=get><input type=submit value=Download>\
    <input type=hidden name=id value=large><input type=hidden name=export value=download>\
    <input type=hidden name=confirm value=t></form>";

fn web(html: &str) -> Vec<Step> {
    answer(200, "Content-Type: text/html; charset=utf-8\r\n", html)
}

fn text(text: &str) -> Vec<Step> {
    answer(200, "Content-Type: text/plain; charset=utf-8\r\n", text)
}

fn service(host: &str, target: &str) -> Vec<Step> {
    match (host, target) {
        (HOST, "/") => {
            let links = [
                "file/d/small/view",
                "file/d/large/view",
                "file/d/secret/view",
                "file/d/gone/view",
                "drive/folders/folder",
            ];
            let links = links.map(|link| format!("<a href=http://drive.google.com/{link}>เอกสาร</a> "));
            let book = "<a href=http://online.anyflip.com/abcd/efgh/>หนังสือ</a>";
            web(&html("หน้าแรก", &format!("<p>ยินดีต้อนรับ</p>{}{book}", links.concat())))
        }
        (HOST, "/embeds") => web(&html("โครงสร้าง", "<iframe src=/files/structure.txt></iframe>")),
        (HOST, "/viewer") => {
            web(&html("โครงสร้าง", "<iframe src='/pdfjs/web/viewer.html?file=../../files/structure.txt'></iframe>"))
        }
        (HOST, "/viewer-of-nothing") => {
            web(&html("โครงสร้าง", "<iframe src='/pdfjs/web/viewer.html?file=/files/none.txt'></iframe>"))
        }
        (HOST, "/flowpaper") => web(&html(
            "โครงสร้าง",
            "<div id=viewer></div><script>$('#viewer').FlowPaperViewer({config: {PDFFile : 'files/structure.txt', Scale: 0.6}})</script>",
        )),
        (HOST, "/files/structure.txt")
        | ("drive.google.com", "/uc?export=download&id=small")
        | ("drive.usercontent.google.com", "/download?id=large&export=download&confirm=t")
        | ("docs.google.com", "/document/d/written/export?format=docx") => text(FILE),
        ("drive.google.com", "/uc?export=download&id=large") => web(ASKS),
        ("drive.google.com", "/file/d/secret/view" | "/uc?export=download&id=secret") => {
            redirect(302, "http://accounts.google.com/ServiceLogin?continue=x")
        }
        ("accounts.google.com", _) => web("<!doctype html><title>Sign in - Google Accounts</title><p>Sign in</p>"),
        ("drive.google.com", "/embeddedfolderview?id=folder") => web(
            "<!doctype html><title>โครงสร้าง</title><div><a href=http://drive.google.com/file/d/small/view>โครงสร้าง.txt</a></div>",
        ),
        ("drive.google.com", target) if target.starts_with("/file/d/") || target.starts_with("/drive/") => web(SHELL),
        (HOST, target) if target.starts_with("/pdfjs/") => web(SHELL),
        ("docs.google.com", "/document/d/written/edit") | ("online.anyflip.com", "/abcd/efgh/") => web(SHELL),
        ("process3.gprocurement.go.th", _) => answer(500, "", "session expired"),
        _ => answer(404, "", "none"),
    }
}

/// What is said of O1 when an address is submitted for it.
fn said(address: &str) -> (String, Vec<String>, Value) {
    let site = Website::by(|seen| service(seen.header("host").unwrap_or_default(), &seen.target));
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}  O1: {address}\n"));
    let mut words = site.words(&file, &["--only=O1"]);
    words.extend(OTHERS.iter().map(|host| format!("--resolve={host}={}", site.address())));
    let ran = oit(words);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{address}");
    let report = ran.report();
    let one = item(&report, "O1").clone();
    let codes = reasons(&one).iter().map(|(code, _)| (*code).to_owned()).collect();
    (one["verdict"].as_str().unwrap().to_owned(), codes, one)
}

#[test]
fn a_page_that_only_embeds_a_document_is_judged_by_it() {
    for address in ["embeds", "viewer", "flowpaper", "pdfjs/web/viewer.html?file=/files/structure.txt"] {
        let (verdict, _, one) = said(&format!("http://{HOST}/{address}"));
        assert!(matches!(verdict.as_str(), "pass" | "advice"), "{address}: {one}");
    }
    let (verdict, codes, one) = said(&format!("http://{HOST}/viewer-of-nothing"));
    assert_eq!(verdict, "review", "{codes:?} {one}");
}

#[test]
fn a_file_on_google_drive_is_read_as_the_document_that_it_is() {
    for address in ["drive.google.com/file/d/small/view", "drive.google.com/file/d/large/view"] {
        let (verdict, codes, one) = said(&format!("http://{address}"));
        assert_eq!((verdict.as_str(), codes), ("advice", vec!["domain.external".to_owned()]), "{address}: {one}");
        assert_eq!(one["urls"][0]["kind"], "text");
        assert_eq!(one["urls"][0]["final_url"], format!("http://{address}"));
    }
    let (verdict, codes, one) = said("http://drive.google.com/drive/folders/folder");
    assert_eq!(verdict, "advice", "{codes:?} {one}");
}

#[test]
fn what_google_does_not_give_is_for_a_person_and_what_it_guards_is_a_login() {
    let (verdict, codes, one) = said("http://drive.google.com/file/d/gone/view");
    assert_eq!(verdict, "review", "{codes:?} {one}");
    assert!(codes.contains(&"content.unreadable".to_owned()), "{codes:?}");
    let (verdict, codes, _) = said("http://drive.google.com/file/d/secret/view");
    assert_eq!(verdict, "fail");
    assert!(codes.contains(&"link.login".to_owned()), "{codes:?}");
}

#[test]
fn a_book_to_leaf_through_is_for_a_person() {
    let (verdict, codes, one) = said("http://online.anyflip.com/abcd/efgh/");
    assert_eq!(verdict, "review", "{one}");
    assert!(codes.contains(&"content.unreadable".to_owned()), "{one}");
    assert!(one["reasons"].to_string().contains("a book to leaf through"), "{one}");
}

#[test]
fn a_page_of_the_procurement_system_that_does_not_open_is_for_a_person() {
    let (_, codes, one) = said("http://process3.gprocurement.go.th/egp2procmainWeb/jsp/procsearch.sch?id=1");
    let reasons = one["reasons"].as_array().unwrap();
    let status = reasons.iter().find(|reason| reason["code"] == "link.http_status");
    let status = status.unwrap_or_else(|| panic!("{codes:?}"));
    assert_eq!(status["level"], "review");
    assert!(status["message"].as_str().unwrap().contains("e-GP"), "{status}");
}
