//! Pages that are empty without a browser: built by one where it is installed, for a person where it is not; whatever the
//! page does, it costs itself and nothing else, and reaches nothing that this program would not fetch.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::ffi::OsString;
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use oit_audit::fetch::Browser;

use crate::support::program::{Desk, Ran, command, item, reasons};
use crate::support::rough_server::{Step, answer};
use crate::support::tools::skip;
use crate::support::website::{HEAD, HOST, STRUCTURE, Website, page};

/// Beyond this a run is stuck.
const STUCK: Duration = Duration::from_mins(5);

fn path() -> OsString {
    #[expect(clippy::disallowed_methods, reason = "the tests look for what the program will find")]
    std::env::var("PATH").unwrap_or_default().into()
}

/// Whether there is a browser; where there is none, the test is left out and whoever runs it is told.
fn has_browser() -> bool {
    let found = Browser::find(&path()).is_some();
    if !found {
        skip("no browser of the Chromium family on PATH: install chromium");
    }
    found
}

fn script(text: impl AsRef<[u8]>) -> Vec<Step> {
    answer(200, "Content-Type: text/javascript; charset=utf-8\r\n", text)
}

/// A page of a framework of scripts, empty as it comes.
fn shell(own: &str) -> Vec<Step> {
    let html = format!("<!doctype html><title>อบต.ตัวอย่าง</title><div id=root></div>{own}");
    answer(200, "Content-Type: text/html; charset=utf-8\r\n", html)
}

/// A website whose page of the structure is filled by a script from data that it fetches.
fn filled_by_script() -> Website {
    let app = "fetch('/structure.json').then(reply => reply.json()).then(data => {\
               document.getElementById('root').innerHTML = '<h1>' + data.title + '</h1>' + data.html; });";
    let data = serde_json::json!({ "title": "โครงสร้างส่วนราชการ", "html": STRUCTURE });
    Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับสู่อบต.ตัวอย่าง</p><a href=/o1>โครงสร้าง</a>")),
        ("/o1", shell("<script src=/app.js></script>")),
        ("/app.js", script(app)),
        ("/structure.json", answer(200, "Content-Type: application/json\r\n", data.to_string())),
    ])
}

const ITEMS: &str = "  O1: http://www.example.go.th/o1\n";

/// Runs the program with a folder of its own for temporary files, which is empty afterwards.
fn run(desk: &Desk, path: &OsString, words: Vec<String>) -> Ran {
    let folder = temporary(desk);
    let mut command = command();
    command.args(words).env("PATH", path).env("TMPDIR", &folder).stdin(Stdio::null());
    let started = Instant::now();
    let output = assert_cmd::Command::from_std(command).timeout(STUCK).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    assert!(is_empty(&folder), "something was left behind in {}", folder.display());
    Ran {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
        took: started.elapsed(),
    }
}

fn temporary(desk: &Desk) -> std::path::PathBuf {
    let folder = desk.path("temporary");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}

/// The processes whose command line names a folder.
fn processes(folder: &Path) -> usize {
    let found = Command::new("pgrep").arg("-f").arg("--").arg(folder).output();
    found.map_or(0, |found| String::from_utf8_lossy(&found.stdout).lines().count())
}

#[test]
fn a_page_that_a_script_fills_passes_with_a_browser_and_is_for_a_person_without() {
    let (site, desk) = (filled_by_script(), Desk::new());
    let file = desk.put("agency.yaml", format!("{HEAD}{ITEMS}"));
    let without = run(&desk, &OsString::from("/nonexistent"), site.words(&file, &["--only=O1"]));
    let report = without.report();
    assert_eq!(item(&report, "O1")["verdict"], "review");
    assert_eq!(reasons(item(&report, "O1")), [("content.unreadable", "review")]);
    assert!(without.out.contains("ติดตั้ง Chromium"), "it says what to do:\n{}", without.out);
    assert!(!site.asked().contains(&"/structure.json".to_owned()));

    if !has_browser() {
        return;
    }
    let with = run(&desk, &path(), site.words(&file, &["--only=O1"]));
    let report = with.report();
    assert_eq!(item(&report, "O1")["verdict"], "pass", "{}", with.out);
    assert!(site.asked().contains(&"/structure.json".to_owned()));
    let shots = desk.path("shots").to_str().unwrap().to_owned();
    let pictured = run(&desk, &path(), site.words(&file, &["--only=O1", "--screenshots", &shots])).report();
    let shot = std::fs::read_dir(&shots).unwrap().next().unwrap().unwrap();
    assert_eq!(item(&pictured, "O1")["urls"][0]["screenshot"].as_str(), shot.file_name().to_str());
    assert!(shot.file_name().to_str().unwrap().starts_with("www.example.go.th-o1-"));
    assert!(std::fs::read(shot.path()).unwrap().starts_with(b"\x89PNG"));
    // Not where the agency's file says never.
    let never = HEAD.replace("retries: 0", "retries: 0, render: never");
    let file = desk.put("never.yaml", format!("{never}{ITEMS}"));
    let report = run(&desk, &path(), site.words(&file, &["--only=O1"])).report();
    assert_eq!(item(&report, "O1")["verdict"], "review");
}

#[test]
fn a_replay_has_the_built_page_without_a_browser_and_without_a_network() {
    if !has_browser() {
        return;
    }
    let (site, desk) = (filled_by_script(), Desk::new());
    let file = desk.put("agency.yaml", format!("{HEAD}{ITEMS}"));
    let archive = desk.path("kept.warc.gz").to_str().unwrap().to_owned();
    let first = run(&desk, &path(), site.words(&file, &["--archive", &archive]));
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert_eq!(item(&first.report(), "O1")["verdict"], "pass");
    drop(site);
    let words = ["check", &file, "--format=json", "--replay", &archive].map(str::to_owned);
    let again = run(&desk, &OsString::from("/nonexistent"), words.to_vec());
    assert_eq!((again.code, again.err.as_str()), (0, ""));
    assert!(again.out == first.out, "{}\n{}", first.out, again.out);
}

#[test]
fn whatever_a_page_does_costs_itself_and_nothing_else() {
    if !has_browser() {
        return;
    }
    let hostile = |code: &str| shell(&format!("<script>{code}</script>"));
    let storm = "for (let i = 0; i < 100; i++) window.open('/o2?' + i); alert(1); confirm(2); onbeforeunload = () => 'x'; \
                 let n = 0; setInterval(() => { for (let i = 0; i < 20; i++) fetch('/more?' + n++); }, 5);";
    let site = Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")),
        ("/o1", shell("<script src=/app.js></script>")),
        ("/app.js", script(format!("document.getElementById('root').innerHTML = `{STRUCTURE}`"))),
        ("/o2", hostile("while (true) {}")),
        ("/o3", hostile("const kept = []; for (;;) kept.push({ kept: [1, 2, 3] });")),
        ("/o4", hostile(storm)),
        ("/o5", hostile("let a = '<p>'; for (;;) document.body.innerHTML = (a += a);")),
        ("/o6", hostile("location.href = '/o6?' + Math.random();")),
    ]);
    let desk = Desk::new();
    let lines = (1..=6).map(|number| format!("  O{number}: http://www.example.go.th/o{number}\n"));
    let file = desk.put("agency.yaml", format!("{HEAD}{}", lines.collect::<String>()));
    let ran = run(&desk, &path(), site.words(&file, &["--only=O1,O2,O3,O4,O5,O6", "--no-follow"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    assert_eq!(item(&report, "O1")["verdict"], "pass", "{}", ran.out);
    for id in ["O2", "O3", "O4", "O5"] {
        assert_eq!(item(&report, id)["verdict"], "review", "{id}: {}", item(&report, id));
    }
    assert!(ran.took < STUCK);
    assert!(site.asked().iter().filter(|target| target.starts_with("/more")).count() <= 100);
    assert_eq!(processes(&temporary(&desk)), 0, "processes were left behind");
}

#[test]
fn a_page_reaches_nothing_that_this_program_would_not_fetch() {
    if !has_browser() {
        return;
    }
    let (tcp, udp) = (TcpListener::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    tcp.set_nonblocking(true).unwrap();
    udp.set_nonblocking(true).unwrap();
    let (at, stun) = (tcp.local_addr().unwrap(), udp.local_addr().unwrap());
    let code = format!(
        "const at = '{at}';
        for (const attempt of [
            () => fetch('http://' + at + '/fetch').catch(() => 0), () => new WebSocket('ws://' + at + '/socket'),
            () => navigator.sendBeacon('http://' + at + '/beacon', 'x'), () => new EventSource('http://' + at + '/events'),
            () => {{ new Image().src = 'http://' + at + '/picture'; }}, () => new SharedWorker('/worker.js'),
            () => new Worker('/worker.js'), () => navigator.serviceWorker.register('/worker.js').catch(() => 0),
            () => {{ const link = new RTCPeerConnection({{ iceServers: [{{ urls: 'stun:{stun}' }},
                {{ urls: 'turn:' + at + '?transport=tcp', username: 'a', credential: 'b' }}] }});
                link.createDataChannel('x'); link.createOffer().then(offer => link.setLocalDescription(offer)); }},
            () => {{ document.head.innerHTML += '<link rel=preconnect href=http://' + at + '><link rel=prefetch href=http://'
                + at + '/ahead><link rel=stylesheet href=http://' + at + '/style.css>'; }},
            () => {{ const frame = document.createElement('iframe'); frame.src = 'http://' + at + '/frame';
                document.body.append(frame); }},
        ]) try {{ attempt(); }} catch (error) {{ document.body.append(String(error)); }}
        document.getElementById('root').innerHTML = `{STRUCTURE}`;"
    );
    let worker = format!("fetch('http://{at}/worker').catch(() => 0)");
    let site = Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")),
        ("/o1", shell("<script src=/app.js></script>")),
        ("/app.js", script(code)),
        ("/worker.js", script(worker)),
    ]);
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}{ITEMS}"));
    let ran = run(&desk, &path(), site.words(&file, &["--only=O1", "--no-follow"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(site.asked().contains(&"/app.js".to_owned()), "the page was built");
    assert!(tcp.accept().is_err(), "somebody connected");
    assert!(udp.recv(&mut [0; 64]).is_err(), "somebody sent a datagram");
}

#[test]
fn a_kill_that_cannot_be_caught_leaves_no_process_and_no_file() {
    if !has_browser() {
        return;
    }
    let site = Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")),
        ("/o1", shell("<script src=/app.js></script>")),
        ("/app.js", vec![Step::Wait(Duration::from_mins(2))]),
    ]);
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{}{ITEMS}", HEAD.replace("timeout: 5s", "timeout: 60s")));
    let folder = temporary(&desk);
    let mut program = command();
    program.args(site.words(&file, &["--only=O1"])).env("PATH", path()).env("TMPDIR", &folder);
    let mut running = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let until = |what: &dyn Fn() -> bool| {
        let started = Instant::now();
        while !what() {
            assert!(started.elapsed() < STUCK, "it does not come to that");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    until(&|| site.asked().contains(&"/app.js".to_owned()));
    assert!(!is_empty(&folder), "the browser has its profile there");
    running.kill().unwrap();
    running.wait().unwrap();
    until(&|| is_empty(&folder) && processes(&folder) == 0);
    assert!(site.address().ip().is_loopback(), "{HOST} is gone now");
}

#[test]
fn read_shows_a_page_as_a_browser_builds_it() {
    let (site, desk) = (filled_by_script(), Desk::new());
    let words = |more: &[&str]| -> Vec<String> {
        let resolve = format!("--resolve={HOST}={}", site.address());
        let words = ["read", "http://www.example.go.th/o1", &resolve, "--format=json"];
        words.iter().chain(more).map(|word| (*word).to_owned()).collect()
    };
    let without = run(&desk, &path(), words(&["--render=never"])).report();
    assert!(!without["text"].as_str().unwrap().contains("โครงสร้างส่วนราชการ"));
    if !has_browser() {
        return;
    }
    let with = run(&desk, &path(), words(&[])).report();
    assert!(with["text"].as_str().unwrap().contains("โครงสร้างส่วนราชการ"), "{with}");
    assert_eq!(with["notes"], serde_json::json!(["เปิดด้วยเบราว์เซอร์"]));
}
