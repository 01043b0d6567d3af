//! Archives: what a run fetched is kept, other tools read it, and it is audited again without a network, byte for byte.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use serde_json::Value;

use crate::network::closed_port;
use crate::support::program::{Desk, Ran, command, item, oit, reasons};
use crate::support::rough_server::{Step, answer, head, redirect};
use crate::support::tools::skip;
use crate::support::website::{HEAD, STRUCTURE, Website, page};

/// A page of each kind that a website has, and of each kind that does not open.
fn website() -> Website {
    let truncated = vec![Step::Send(head(200, "Content-Length: 100\r\n")), Step::Send(b"short".to_vec())];
    let chunked = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
                   1b\r\n<title>\u{e1c}\u{e25}</title><p>2563\r\n0\r\n\r\n";
    Website::new([
        ("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p><a href=/more>รายงานผล พ.ศ. 2563</a>")),
        ("/o1", page("โครงสร้าง", STRUCTURE)),
        ("/more", page("รายงานผล", "<p>รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2563</p>")),
        ("/moved", redirect(302, "/o1")),
        ("/circle", redirect(302, "/circle")),
        ("/inside", redirect(302, "http://127.0.0.1:1/x")),
        ("/broken", answer(500, "", "<p>ขัดข้อง</p>")),
        ("/busy", answer(503, "Retry-After: 1\r\n", "")),
        ("/wall", answer(403, "Server: cloudflare\r\nCF-RAY: 1-BKK\r\n", "Attention")),
        ("/cut", truncated),
        ("/chunked", vec![Step::Send(chunked.as_bytes().to_vec())]),
        ("/garbage", vec![Step::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())]),
        ("/slow", vec![Step::Wait(Duration::from_mins(1))]),
        ("/big", answer(200, "Content-Type: text/plain\r\n", "ก".repeat(3000))),
    ])
}

const ITEMS: &str = "  O1: http://www.example.go.th/o1
  O2: http://www.example.go.th/moved
  O3: http://www.example.go.th/circle
  O4: http://www.example.go.th/inside
  O5: http://www.example.go.th/broken
  O6: http://www.example.go.th/busy
  O7: http://www.example.go.th/wall
  O8: http://www.example.go.th/cut
  O9: http://www.example.go.th/chunked
  O10: http://www.example.go.th/garbage
  O11: http://www.example.go.th/slow
  O12: http://www.example.go.th/big
  O13: http://nosuchname.invalid/
  O14: http://refused.example.go.th/
  O15: https://www.example.go.th/tls
  O16: http://www.example.go.th/none
  O17: http://192.168.1.10/
  O18: {urls: [http://www.example.go.th/, http://www.example.go.th/o1]}
";

/// The words that check an agency file with an archive at a path.
fn with(mut words: Vec<String>, option: &str, archive: &str) -> Vec<String> {
    words.extend([option.to_owned(), archive.to_owned()]);
    words
}

/// A desk with an agency file, and the path for an archive on it.
fn desk(items: &str) -> (Desk, String, String) {
    let desk = Desk::new();
    let head = HEAD.replace("retries: 0, timeout: 5s", "retries: 1, timeout: 2s, max_body: 2KiB");
    let file = desk.put("agency.yaml", format!("{head}{items}"));
    let archive = desk.path("kept.warc.gz").to_str().unwrap().to_owned();
    (desk, file, archive)
}

/// A run that is kept; the website is gone after it. Its words without the archive, and what came of it.
fn kept(file: &str, archive: &str) -> (Vec<String>, Ran) {
    let site = website();
    let refused = format!("--resolve=refused.example.go.th={}", closed_port());
    let words = site.words(file, &[&refused]);
    let ran = oit(with(words.clone(), "--archive", archive));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    (words, ran)
}

fn text_of(archive: &str) -> String {
    let mut text = Vec::new();
    MultiGzDecoder::new(File::open(archive).unwrap()).read_to_end(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn a_replay_gives_the_same_report_without_a_network() {
    let (desk, file, archive) = desk(ITEMS);
    let (words, first) = kept(&file, &archive);
    let report = first.report();
    // The first run saw what it was meant to see.
    let codes = |id: &str| reasons(item(&report, id)).iter().map(|(code, _)| (*code).to_owned()).collect::<Vec<_>>();
    for (id, code) in [
        ("O3", "link.redirect_loop"),
        ("O4", "link.invalid"),
        ("O5", "link.http_status"),
        ("O7", "link.blocked"),
        ("O8", "link.truncated"),
        ("O10", "link.protocol"),
        ("O11", "link.timeout"),
        ("O13", "link.dns"),
        ("O14", "link.refused"),
        ("O16", "link.http_status"),
    ] {
        assert!(codes(id).iter().any(|found| found == code), "{id}: {:?}", codes(id));
    }
    assert_eq!(item(&report, "O1")["verdict"], "pass");

    let again = oit(with(words.clone(), "--replay", &archive));
    assert_eq!((again.code, again.err.as_str()), (0, ""));
    assert!(again.out == first.out, "{}", difference(&first.out, &again.out));
    // Nor does it depend on how the network was to be reached, and what is slow there is not here.
    let plain = oit(["check", &file, "--format=json", "--replay", &archive]);
    assert!(plain.out == first.out, "{}", difference(&first.out, &plain.out));
    let files: Vec<_> = fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
}

/// The lines in which two texts differ.
fn difference(one: &str, other: &str) -> String {
    let lines = one.lines().zip(other.lines()).filter(|(one, other)| one != other).take(20);
    lines.flat_map(|(one, other)| ["- ", one, "\n+ ", other, "\n"]).collect()
}

#[test]
fn what_is_kept_is_readable_without_this_program() {
    let (_desk, file, archive) = desk("  O1: http://www.example.go.th/moved\n  O2: http://www.example.go.th/cut\n");
    let (_, ran) = kept(&file, &archive);
    let text = text_of(&archive);
    for wanted in [
        "WARC/1.1\r\nWARC-Type: warcinfo\r\n",
        "agency: อบต.ตัวอย่าง\r\n",
        "WARC-Type: request\r\n",
        "GET /moved HTTP/1.1\r\nhost: www.example.go.th\r\n",
        "accept-language: th,en;q=0.8\r\n",
        "WARC-Target-URI: http://www.example.go.th/o1\r\n",
        "WARC-IP-Address: 127.0.0.1\r\n",
        "HTTP/1.1 302 Found\r\n",
        "<h1>โครงสร้างส่วนราชการ</h1>",
        "via: http://www.example.go.th/moved\r\nopened: http://www.example.go.th/moved\r\n",
        "WARC-Truncated: disconnect\r\n",
        "complete: true\r\n",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let started: jiff::Timestamp = ran.report()["started_at"].as_str().unwrap().parse().unwrap();
    assert!(text.contains(&format!("started: {}", started.strftime("%Y-%m-%dT%H:%M:%S"))), "{started}");
    assert_eq!(text.matches("WARC/1.1\r\n").count(), text.matches("WARC-Record-ID: <urn:uuid:").count());
}

#[test]
fn standard_tools_read_it() {
    let (_desk, file, archive) = desk(ITEMS);
    kept(&file, &archive);
    let warcio = |words: &[&str]| {
        let output = match Command::new("warcio").args(words).arg(&archive).output() {
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            output => output.unwrap(),
        };
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Some((output.status.success(), text(output.stdout), text(output.stderr)))
    };
    let Some((sound, out, err)) = warcio(&["check", "-v"]) else { return skip("warcio is not installed") };
    assert!(sound, "{out}\n{err}");
    assert!(out.contains("digest pass") && !out.contains("digest fail"), "{out}");
    let (sound, out, err) = warcio(&["index", "-f", "warc-type,warc-target-uri,http:status,warc-truncated"]).unwrap();
    assert!(sound, "{err}");
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answers = |url: &str| {
        let of = |line: &&Value| line["warc-target-uri"] == url && line["warc-type"] == "response";
        lines.iter().filter(of).map(|line| line["http:status"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(answers("http://www.example.go.th/o1").first(), Some(&"200"));
    assert!(answers("http://www.example.go.th/moved").contains(&"302"));
    assert!(answers("http://www.example.go.th/none").contains(&"404"));
    assert!(lines.iter().any(|line| line["warc-truncated"] == "length"), "{out}");
    assert_eq!(lines.first().unwrap()["warc-type"], "warcinfo");
}

#[test]
fn an_interrupted_run_is_kept_and_replayed_as_such() {
    let (_desk, file, archive) = desk("  O1: http://www.example.go.th/o1\n  O11: http://www.example.go.th/slow\n");
    let site = website();
    let words = site.words(&file, &[]);
    let mut command = command();
    command.args(with(words.clone(), "--archive", &archive)).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let patience = Instant::now();
    while !site.asked().iter().any(|asked| asked == "/slow") && patience.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let output = child.wait_with_output().unwrap();
    drop(site);
    if !sent.is_ok_and(|status| status.success()) {
        return skip("`kill` is not there to interrupt the program with");
    }
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let first = String::from_utf8(output.stdout).unwrap();
    let again = oit(with(words, "--replay", &archive));
    assert_eq!((again.code, again.err.as_str()), (3, ""));
    assert!(again.out == first, "{}", difference(&first, &again.out));
    assert_eq!(again.report()["complete"], false);
    assert!(text_of(&archive).contains("complete: false\r\n"));
}

#[test]
fn what_the_archive_lacks_is_for_a_person() {
    let (desk, file, archive) = desk("  O1: http://www.example.go.th/o1\n");
    kept(&file, &archive);
    let other = "  O1: http://www.example.go.th/o1\n  O2: http://www.example.go.th/new\n";
    let other = desk.put("other.yaml", format!("{HEAD}{other}"));
    let ran = oit(["check", &other, "--format=json", "--replay", &archive]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    assert_eq!(item(&report, "O1")["verdict"], "pass");
    assert_eq!(reasons(item(&report, "O2")), [("link.not_opened", "review")]);
    let notes = report["notes"].to_string();
    assert!(notes.contains("The archive lacks 1 of the links") && notes.contains("จำนวน 1 link"), "{notes}");
}

#[test]
fn an_archive_is_not_overwritten() {
    let (desk, file, archive) = desk("  O1: http://www.example.go.th/o1\n");
    fs::write(&archive, "of last year").unwrap();
    let report = format!("--format=json={archive}");
    let refused = |words: &[&str], why: &str| {
        let ran = oit(["check", &file].iter().chain(words));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(why) && ran.err.starts_with("error: "), "{why}: {}", ran.err);
    };
    refused(&["--archive", &archive], "exists; it is not overwritten");
    refused(&["--replay", &archive, &report], "is the archive; it is not overwritten");
    refused(&["--archive", &archive, &report], "is the archive; it is not overwritten");
    refused(&["--archive", "a.warc.gz", "--replay", &archive], "cannot be used with");
    refused(&[&file, "--archive", "a.warc.gz"], "one agency file at a time");
    refused(&[&file, "--replay", &archive], "one agency file at a time");
    let nowhere = desk.path("no/such/folder.warc.gz").to_str().unwrap().to_owned();
    refused(&["--archive", &nowhere], "cannot write");
    assert_eq!(fs::read(&archive).unwrap(), b"of last year");
}

#[test]
fn what_cannot_be_replayed_is_refused() {
    let (desk, file, archive) = desk("  O1: http://www.example.go.th/o1\n");
    kept(&file, &archive);
    let whole = fs::read(&archive).unwrap();
    let refused = |path: &str, why: &[&str]| {
        let ran = oit(["check", &file, "--replay", path]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(why.iter().all(|why| ran.err.contains(why)) && ran.err.contains(path), "{}", ran.err);
    };
    let put = |bytes: &[u8]| desk.put("bad.warc.gz", bytes);
    refused(&put(&whole[..whole.len() - 9]), &["cannot replay", "at byte ", "ends in the middle", "copy the archive"]);
    refused(&put(b""), &["at byte 0", "end is missing"]);
    refused(&put("ไม่ใช่ WARC".as_bytes()), &["at byte 0", "gzip data are damaged"]);
    refused(desk.path("none.warc.gz").to_str().unwrap(), &["cannot open"]);
    refused(desk.path("").to_str().unwrap(), &["is not a file"]);
}
