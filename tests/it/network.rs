//! The whole program against websites on loopback that are down, slow, odd or hostile: what is known is judged, what is
//! not becomes a review, and a broken network never a zero.

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::program::{Desk, command, item, oit, reasons};
use crate::support::rough_server::{Step, answer, head, redirect};
use crate::support::tools::skip;
use crate::support::website::{HEAD, HOST, STRUCTURE, Website, page};

const NO_SCORE: &str = r#"{"predicted":null,"low":null,"high":null}"#;

fn verdict(report: &Value, id: &str) -> (String, Value) {
    let item = item(report, id);
    (item["verdict"].as_str().unwrap().to_owned(), item["score"].clone())
}

/// A website whose page for O1 is as it should be.
fn website(more: impl IntoIterator<Item = (&'static str, Vec<Step>)>) -> Website {
    let good = [("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/o1", page("โครงสร้าง", STRUCTURE))];
    Website::new(good.into_iter().chain(more))
}

/// A port where nobody listens.
pub(crate) fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[test]
fn a_good_page_passes() {
    let site = website([]);
    let ran = site.check("  O1: http://www.example.go.th/o1\n", &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    assert_eq!(report["complete"], true);
    assert_eq!(verdict(&report, "O1"), ("pass".to_owned(), json!(100)), "{}", item(&report, "O1")["reasons"]);
    assert_eq!(reasons(item(&report, "O2")), [("link.missing", "fail")]);
    assert!(site.asked().contains(&"/o1".to_owned()));
}

#[test]
fn a_dead_network_is_no_zero() {
    let desk = Desk::new();
    let items = "  O1: http://www.example.go.th/o1\n  O2: [http://www.example.go.th/o2, http://drive.example.com/2]\n  O3: http://192.168.1.10/o3\n";
    let file = desk.put("agency.yaml", format!("{HEAD}{items}fail_under: 50\n"));
    let closed = closed_port();
    let resolve = [HOST, "drive.example.com"].map(|host| format!("--resolve={host}={closed}"));
    let words = ["check", &file, "--rate=1000", &resolve[0], &resolve[1]];
    let ran = oit(words.iter().chain(&["--format=json"]));
    assert_eq!((ran.code, ran.err.as_str()), (3, ""));
    let report = ran.report();
    // What the address alone decides is known without a network; it is no sign of one.
    assert_eq!(reasons(item(&report, "O3")), [("link.invalid", "fail")]);
    assert_eq!(report["complete"], false);
    assert_eq!(report["score"]["oit"].to_string(), NO_SCORE);
    assert_eq!((&report["fixes"], &report["path"]), (&json!([]), &Value::Null));
    for id in ["O1", "O2"] {
        assert_eq!(verdict(&report, id), ("review".to_owned(), Value::Null));
        assert!(reasons(item(&report, id)).iter().all(|(code, level)| (*code, *level) == ("link.refused", "review")));
    }
    assert!(report["notes"][0]["th"].as_str().unwrap().contains("อาจไม่ได้เชื่อมต่ออินเทอร์เน็ต"));
    let shown = oit(words.iter().chain(&["--lang=en"]));
    assert_eq!(shown.code, 3);
    assert!(shown.out.contains("seems to be offline"), "{}", shown.out);
}

#[test]
fn a_website_that_is_down_while_another_answers_does_not_open() {
    let site = website([]);
    let closed = format!("--resolve=old.example.go.th={}", closed_port());
    let ran = site.check("  O1: http://old.example.go.th/o1\n  O2: http://www.example.go.th/o1\n", &[&closed]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(reasons(item(&ran.report(), "O1")), [("link.refused", "fail")]);
}

#[test]
fn an_interrupted_run_reports_what_is_known() {
    interrupted_by("-INT");
}

#[test]
fn a_run_that_is_told_to_end_reports_what_is_known() {
    interrupted_by("-TERM");
}

fn interrupted_by(signal: &str) {
    let slow = || vec![Step::Wait(Duration::from_mins(1))];
    let site = website([("/o2", slow()), ("/o3", slow())]);
    let desk = Desk::new();
    let items =
        "  O1: http://www.example.go.th/o1\n  O2: http://www.example.go.th/o2\n  O3: http://www.example.go.th/o3\n";
    let file = desk.put("agency.yaml", format!("{HEAD}{items}").replace("timeout: 5s", "timeout: 50s"));
    let mut command = command();
    command.args(site.words(&file, &[])).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let asked_for_all = || ["/o1", "/o2", "/o3"].iter().all(|path| site.asked().iter().any(|asked| asked == path));
    let patience = Instant::now();
    while !asked_for_all() && patience.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    // The page that answers is read by then.
    std::thread::sleep(Duration::from_millis(500));
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    if !sent.as_ref().is_ok_and(std::process::ExitStatus::success) {
        child.kill().unwrap();
        child.wait().unwrap();
        skip("`kill` is not there to interrupt the program with");
        return;
    }
    let signalled = Instant::now();
    let output = child.wait_with_output().unwrap();
    // In a quiet hour it is a fraction of a second; a page would take 50 seconds to time out.
    assert!(signalled.elapsed() < Duration::from_secs(3), "{:?}", signalled.elapsed());
    assert_eq!(output.status.code(), Some(3));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["complete"], false);
    assert_eq!(report["score"]["oit"].to_string(), NO_SCORE);
    assert!(report["notes"][0]["en"].as_str().unwrap().contains("stopped before its end"));
    assert_eq!(item(&report, "O1")["urls"][0]["status"], 200);
    for id in ["O2", "O3"] {
        assert_eq!(verdict(&report, id), ("review".to_owned(), Value::Null));
        assert_eq!(reasons(item(&report, id)), [("link.not_opened", "review")]);
    }
    assert!(String::from_utf8(output.stderr).unwrap().contains("stopping"));
}

#[test]
fn private_addresses_are_not_connected_to() {
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let port = trap.local_addr().unwrap().port();
    let to = |host: &str| format!("http://{host}:{port}/latest/meta-data");
    let hosts = ["127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "localhost", "0.0.0.0"];
    let site = website([("/inside", redirect(302, to("127.0.0.1"))), ("/named", redirect(302, to("localhost")))]);
    let lines = (1..).zip(hosts).map(|(number, host)| format!("  O{number}: \"{}\"\n", to(host)));
    let mut items = lines.collect::<Vec<_>>().concat();
    items.push_str("  O11: http://www.example.go.th/inside\n  O12: http://www.example.go.th/named\n");
    let ran = site.check(&items, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    for id in (1..=hosts.len()).chain([11, 12]).map(|number| format!("O{number}")) {
        assert_eq!(reasons(item(&report, &id)), [("link.invalid", "fail")], "{id}");
    }
    assert!(trap.accept().is_err(), "somebody connected");
}

#[test]
fn a_private_address_may_be_allowed() {
    let site = website([]);
    let items = format!("  O1: http://{}/o1\n", site.address());
    let report = site.check(&items, &["--allow-private"]).report();
    assert_eq!(item(&report, "O1")["urls"][0]["status"], 200);
    let mut file = format!("{HEAD}{items}").replace("retries: 0", "retries: 0, allow_private: true");
    file = file.replace("http://www.example.go.th/", &format!("http://{}/", site.address()));
    let desk = Desk::new();
    let mapped = format!("{HEAD}  O1: http://www.example.go.th/o1\n");
    let mapped =
        mapped.replace("retries: 0", &format!("retries: 0, resolve: {{www.example.go.th: '{}'}}", site.address()));
    for (name, text) in [("allowed.yaml", file), ("mapped.yaml", mapped)] {
        let report = oit(["check", &desk.put(name, text), "--format=json"]).report();
        assert_eq!(verdict(&report, "O1").0, "pass", "{name}: {}", item(&report, "O1")["reasons"]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let site = website([]);
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}  O1: http://www.example.go.th/o1\nfail_under: 90\n"));
    let check = site.words(&file, &["--format=terminal", "-v"]);
    let reasons = ["catalog", "--reasons"].map(str::to_owned).to_vec();
    for (words, code) in [(check, 1), (reasons, 0), (vec!["schema".to_owned(), "report".to_owned()], 0)] {
        let mut child = command().args(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{}: {err}", words.join(" "));
        assert!(!err.contains("panicked") && !err.contains("error"), "{err}");
        let mut child = command().args(&words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{} without a reader of its log", words.join(" "));
    }
}

#[test]
fn the_agency_files_threshold_counts_unless_another_is_given() {
    let site = website([]);
    let items = "  O1: http://www.example.go.th/o1\nfail_under: 85\n";
    assert_eq!(site.check(items, &[]).code, 1);
    assert_eq!(site.check(items, &["--fail-under", "1"]).code, 0);
    assert_eq!(site.check(items, &["--only", "O1"]).code, 0, "without a score there is nothing to compare");
    assert_eq!(site.check(items, &[]).report()["path"]["target"], 85.0);
}

#[test]
fn one_dead_link_of_two_is_for_a_person() {
    let site = website([]);
    let report = site.check("  O1: [http://www.example.go.th/o1, http://www.example.go.th/gone]\n", &[]).report();
    assert_eq!(verdict(&report, "O1"), ("review".to_owned(), Value::Null));
    assert_eq!(reasons(item(&report, "O1")), [("link.http_status", "review")]);
    let (low, high) = (&report["score"]["oit"]["low"], &report["score"]["oit"]["high"]);
    assert!(low.as_f64().unwrap() < high.as_f64().unwrap());
}

#[test]
fn a_wall_against_robots_is_for_a_person() {
    let wall = "<h1>โครงสร้าง</h1>Just a moment";
    let challenge = answer(503, "Server: cloudflare\r\ncf-mitigated: challenge\r\n", wall);
    let site = website([("/403", answer(403, "", wall)), ("/429", answer(429, "", wall)), ("/503", challenge)]);
    let items =
        "  O1: http://www.example.go.th/403\n  O2: http://www.example.go.th/429\n  O3: http://www.example.go.th/503\n";
    let report = site.check(items, &[]).report();
    for id in ["O1", "O2", "O3"] {
        assert_eq!(verdict(&report, id), ("review".to_owned(), Value::Null));
        assert_eq!(reasons(item(&report, id)), [("link.blocked", "review")]);
    }
}

#[test]
fn a_persons_verdict_wins_and_is_shown() {
    let site = website([]);
    let items = "  O1: {urls: http://www.example.go.th/o1, reviewed: {verdict: fail, note: ไม่ตรงกับปีที่ประเมิน}}\n  \
                 O2: {urls: http://www.example.go.th/o1, reviewed: {verdict: pass, on: 2020-06-30, by: สมหญิง, note: อ่านแล้ว ครบ}}\n  \
                 O3: {reviewed: {verdict: pass}}\n";
    let report = site.check(items, &[]).report();
    assert_eq!(verdict(&report, "O1"), ("fail".to_owned(), json!(0)));
    assert_eq!(verdict(&report, "O2"), ("pass".to_owned(), json!(100)));
    assert_eq!(verdict(&report, "O3"), ("pass".to_owned(), json!(100)));
    for id in ["O1", "O2", "O3"] {
        assert_eq!(reasons(item(&report, id)), [("item.reviewed", "info")]);
    }
    let said = item(&report, "O2")["reasons"][0]["message"].as_str().unwrap();
    assert!(said.contains("(สมหญิง, 30 มิถุนายน 2563) อ่านแล้ว ครบ"), "{said}");
}

#[test]
fn elsewhere_counts_only_if_the_website_links_there() {
    let home = page("หน้าแรก", "<p>ยินดีต้อนรับ</p><a href='http://drive.example.com/linked'>โครงสร้าง</a>");
    let site = Website::new([
        ("/", home),
        ("/o1", page("โครงสร้าง", STRUCTURE)),
        ("/o5", page("ติดต่อเรา", "<p>ติดต่อ</p>")),
        ("/linked", page("โครงสร้าง", STRUCTURE)),
        ("/hidden", page("โครงสร้าง", STRUCTURE)),
    ]);
    let resolve = format!("--resolve=drive.example.com={}", site.address());
    let linked = site.check("  O1: http://drive.example.com/linked\n", &[&resolve]).report();
    assert_eq!(reasons(item(&linked, "O1")), [("domain.external", "advice")]);
    assert_eq!(verdict(&linked, "O1"), ("advice".to_owned(), json!(100)));
    let hidden = site.check("  O1: http://drive.example.com/hidden\n", &[&resolve]).report();
    assert_eq!(reasons(item(&hidden, "O1")), [("domain.off_site", "fail")]);
    assert_eq!(verdict(&hidden, "O1"), ("fail".to_owned(), json!(0)));
}

#[test]
fn what_cannot_be_read_is_for_a_person() {
    let pdf = answer(200, "Content-Type: application/pdf\r\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
    let shell = "<!doctype html><title>โครงสร้าง</title><div id=app></div><script src=/app.js></script>";
    let site = website([("/o1.pdf", pdf), ("/o3", answer(200, "Content-Type: text/html\r\n", shell))]);
    let items = "  O1: http://www.example.go.th/o1.pdf\n  O3: http://www.example.go.th/o3\n";
    let report = site.check(items, &[]).report();
    for id in ["O1", "O3"] {
        assert_eq!(verdict(&report, id), ("review".to_owned(), Value::Null));
        assert_eq!(reasons(item(&report, id)), [("content.unreadable", "review")]);
    }
    assert_eq!(item(&report, "O1")["urls"][0]["kind"], "pdf");
}

#[test]
fn a_page_of_nothing_but_the_template_is_empty() {
    let news = |number: u8| page("ข่าว", &format!("<p>ข่าวที่ {number} ของหน่วยงาน</p>"));
    let site = website([
        ("/o5", page("ติดต่อเรา", "<p>ติดต่อได้ที่สำนักปลัด</p>")),
        ("/n1", news(1)),
        ("/n2", news(2)),
        ("/n3", news(3)),
        ("/n4", news(4)),
        ("/empty", page("โครงสร้าง", "")),
    ]);
    let items = "  O1: http://www.example.go.th/empty\n  O5: http://www.example.go.th/o5\n  O7: [http://www.example.go.th/n1, \
                 http://www.example.go.th/n2, http://www.example.go.th/n3, http://www.example.go.th/n4]\n";
    let report = site.check(items, &[]).report();
    assert_eq!(reasons(item(&report, "O1")), [("content.empty", "fail")]);
    assert_eq!(verdict(&report, "O1"), ("fail".to_owned(), json!(0)));
}

#[test]
fn each_cause_has_its_code() {
    let cut = vec![Step::Send(head(200, "Content-Length: 900\r\n")), Step::Send(b"<p>half".to_vec())];
    let site = website([
        ("/404", answer(404, "", "none")),
        ("/500", answer(500, "", "oops")),
        ("/401", answer(401, "", "who?")),
        ("/cut", cut),
        ("/loop", redirect(302, "/loop")),
        ("/slow", vec![Step::Wait(Duration::from_mins(1))]),
        ("/ssh", vec![Step::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())]),
        ("/reset", vec![Step::Reset]),
    ]);
    let causes = [
        ("/404", "link.http_status"),
        ("/500", "link.http_status"),
        ("/401", "link.login"),
        ("/cut", "link.truncated"),
        ("/loop", "link.redirect_loop"),
        ("/slow", "link.timeout"),
        ("/ssh", "link.protocol"),
        ("/reset", "link.refused"),
    ];
    let item_of = |(number, (path, _)): (usize, &(&str, &str))| format!("  O{number}: http://{HOST}{path}\n");
    let items: String = (1..).zip(&causes).map(item_of).collect();
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}{items}").replace("timeout: 5s", "timeout: 1s"));
    let ran = oit(site.words(&file, &[]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for (number, (path, code)) in (1..).zip(causes) {
        let report = ran.report();
        assert_eq!(reasons(item(&report, &format!("O{number}"))), [(code, "fail")], "{path}");
    }
}

#[test]
fn several_files_are_audited_one_after_the_other() {
    let site = website([]);
    let desk = Desk::new();
    let good = desk.put("a.yaml", format!("{HEAD}  O1: http://www.example.go.th/o1\n"));
    let below = desk.put("b.yaml", format!("{HEAD}  O1: http://www.example.go.th/gone\nfail_under: 50\n"));
    let into = desk.path("reports");
    let ran = oit(site.words(&good, &[&below, "--output-dir", into.to_str().unwrap()]));
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(into.join("a.json").exists() && into.join("b.json").exists());
}

#[test]
fn a_preview_without_tls_stands_in_for_a_website_that_is_published_with_it() {
    let site = Website::new([("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/o1", page("โครงสร้าง", STRUCTURE))]);
    let desk = Desk::new();
    let secure = HEAD.replace("http://", "https://");
    let items = "  O1: https://www.example.go.th/o1\n  O5: https://www.example.go.th:8443/o5\n";
    let file = desk.put("agency.yaml", format!("{secure}{items}"));
    let run = |file: &str, more: &[&str]| {
        let ran = oit(["check", file, "--rate=1000", "--format=json", "--only=O1,O5"].iter().chain(more));
        assert_eq!(ran.err, "");
        let report = ran.report();
        let link = |id: &str| item(&report, id)["urls"][0].clone();
        let [passes, fails] = ["O1", "O5"].map(link);
        assert_eq!((&passes["status"], &passes["outcome"]), (&200.into(), &"opened".into()), "{passes}");
        assert_eq!(passes["final_url"], "https://www.example.go.th/o1", "as it is published");
        assert_eq!(fails["status"], 404, "with a port of its own too: {fails}");
    };
    run(&file, &[&format!("--resolve={HOST}=http://{}", site.address())]);
    assert!(site.asked().contains(&"/o1".to_owned()));
    let mapped =
        secure.replace("retries: 0", &format!("retries: 0, resolve: {{{HOST}: 'http://{}/'}}", site.address()));
    run(&desk.put("mapped.yaml", format!("{mapped}{items}")), &[]);
    // Without that, TLS is spoken to it, which it does not understand.
    let ran = oit(["check", &file, "--format=json", "--only=O1", &format!("--resolve={HOST}={}", site.address())]);
    assert_ne!(item(&ran.report(), "O1")["verdict"], "pass");
}
