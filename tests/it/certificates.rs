//! The whole program on websites whose certificates browsers forgive, or do not, and on root certificates of the user's.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::net::SocketAddr;

use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value, json};
use tokio_rustls::rustls::ServerConfig;

use crate::support::authority::{Authority, config, issued_at};
use crate::support::program::{Desk, Ran, item, oit, reasons};
use crate::support::rough_server::{RoughServer, Step, answer};
use crate::support::website::{HEAD, STRUCTURE, Website, page};

/// A host of the agency's that is reached over TLS.
const SECURE: &str = "data.example.go.th";
const AIA: &str = "http://aia.example.com/issuing.crt";

/// Audits a page on a server with these certificates, and says what came of its item.
fn audit(site: ServerConfig, aia: Vec<Step>, trust: &Authority) -> Value {
    let website = Website::new([("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"))]);
    let start = async || {
        let secure = RoughServer::start_tls(site, |seen| match seen.target.as_str() {
            "/o1" => page("โครงสร้าง", STRUCTURE),
            _ => answer(404, "", ""),
        });
        let secure = secure.await;
        (secure, RoughServer::start(move |_| aia.clone()).await)
    };
    let (secure, aia) = website.runtime().block_on(start());
    let desk = Desk::new();
    desk.put("root.pem", pem(&trust.certificate));
    let head = HEAD.replace("{retries: 0,", "{extra_ca: root.pem, retries: 0,");
    let file = desk.put("agency.yaml", format!("{head}  O1: https://{SECURE}/o1\n"));
    let resolve = |host: &str, to: SocketAddr| format!("--resolve={host}={to}");
    let hosts = [resolve(SECURE, secure.address), resolve("aia.example.com", aia.address)];
    let ran = oit(website.words(&file, &[&hosts[0], &hosts[1], "--only=O1"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    item(&ran.report(), "O1").clone()
}

fn pem(certificate: &[u8]) -> String {
    pem::encode(&pem::Pem::new("CERTIFICATE", certificate))
}

fn lone(issuing: &Authority) -> ServerConfig {
    issuing.server(SECURE, |params| issued_at(params, AIA))
}

#[test]
fn a_chain_that_browsers_complete_is_advice() {
    let root = Authority::new();
    let issuing = root.intermediate("An issuing authority", |_| ());
    let found = audit(lone(&issuing), answer(200, "", &issuing.certificate), &root);
    assert_eq!((&found["verdict"], &found["score"]), (&json!("advice"), &json!(100)), "{found}");
    assert_eq!(reasons(&found), [("link.tls_chain", "advice")]);
    assert_eq!(found["reasons"][0]["url"], format!("https://{SECURE}/o1"));
    assert!(found["reasons"][0]["message"].as_str().unwrap().contains("Intermediate Certificate"));

    let (leaf, key) = issuing.leaf(SECURE, |_| ());
    let found = audit(config(vec![leaf, issuing.certificate], &key), answer(404, "", ""), &root);
    assert_eq!((&found["verdict"], reasons(&found)), (&json!("pass"), vec![]));
}

#[test]
fn an_issuer_that_could_not_be_fetched_is_for_a_person() {
    let root = Authority::new();
    let issuing = root.intermediate("An issuing authority", |_| ());
    let found = audit(lone(&issuing), answer(503, "", ""), &root);
    assert_eq!((&found["verdict"], reasons(&found)), (&json!("review"), vec![("link.tls", "review")]), "{found}");
    assert!(found["reasons"][0]["evidence"].as_str().unwrap().contains("HTTP 503"), "{found}");
}

#[test]
fn what_a_browser_stops_at_does_not_open() {
    let root = Authority::new();
    let stranger = Authority::named("A stranger").intermediate("A stranger's authority", |_| ());
    let key = KeyPair::generate().unwrap();
    let itself = CertificateParams::new(vec![SECURE.to_owned()]).unwrap().self_signed(&key).unwrap();
    for (site, words) in [
        (config(vec![itself.der().clone()], &key), "the certificate is self-signed"),
        (lone(&stranger), "no trusted issuer"),
        (root.server("www.elsewhere.go.th", |_| ()), "for another host"),
    ] {
        let found = audit(site, answer(200, "", &stranger.certificate), &root);
        assert_eq!((&found["verdict"], reasons(&found)), (&json!("fail"), vec![("link.tls", "fail")]), "{found}");
        assert!(found["reasons"][0]["message_en"].as_str().unwrap().contains(words), "{found}");
    }
}

fn check(crawl: &str, files: &[(&str, &[u8])], more: &[&str]) -> Ran {
    let desk = Desk::new();
    for (name, content) in files {
        desk.put(name, content);
    }
    let head = HEAD.replace("{retries: 0, timeout: 5s, explore: 0}", crawl);
    let file = desk.put("agency.yaml", format!("{head}  O17: null\n"));
    let more: Vec<String> = more.iter().map(|word| word.replace("DESK", desk.path("").to_str().unwrap())).collect();
    let words = ["check", &file, "--only=O17", "--format=json"].map(str::to_owned);
    oit(words.into_iter().chain(more))
}

#[test]
fn root_certificates_are_taken_from_files() {
    let der = Authority::new().certificate.to_vec();
    let both = [pem(&der), pem(&Authority::named("Another").certificate)].concat();
    let files: [(&str, &[u8]); 2] = [("root.der", &der), ("more.pem", both.as_bytes())];
    for crawl in ["{extra_ca: root.der}", "{extra_ca: [root.der, ./more.pem]}", "{extra_ca: null}", "{extra_ca: []}"] {
        let ran = check(crawl, &files, &["--extra-ca=DESK/root.der", "--extra-ca=DESK/more.pem"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{crawl}");
    }
}

#[test]
fn a_file_without_root_certificates_is_shown_with_its_place() {
    let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec();
    let large = vec![b'x'; 2 << 20];
    let files: [(&str, &[u8]); 4] =
        [("text.pem", b"hello"), ("broken.pem", &broken), ("large", &large), ("empty", b"")];
    let ran = check("{extra_ca: [none.pem, text.pem, broken.pem, large, empty, '', .]}", &files, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    for (column, words) in [
        (20, "none.pem: No such file"),
        (30, "text.pem cannot be trusted: no certificate in it"),
        (40, "broken.pem cannot be trusted: no certificate in it"),
        (52, "large is larger than 1 MiB"),
        (59, "empty cannot be trusted: no certificate in it"),
        (66, "an empty path"),
        (70, "is a folder"),
    ] {
        let (_, after) = ran.err.split_once(words).unwrap_or_else(|| panic!("{words}\n{}", ran.err));
        let place = after.lines().nth(1).unwrap();
        assert!(place.ends_with(&format!("agency.yaml:4:{column}")), "{words}: {place}\n{}", ran.err);
    }
    let ran = check("{retries: 0}", &files, &["--extra-ca=DESK/text.pem"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("--extra-ca: ") && ran.err.contains("no certificate in it"), "{}", ran.err);
}
