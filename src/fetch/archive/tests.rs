//! Archives that are sound, cut, damaged and hostile.

use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{StatusCode, Version};
use url::Url;

use crate::fetch::body::Body;
use crate::fetch::classify::Fault;
use crate::fetch::exchange::Exchange;
use crate::fetch::render::{RenderError, Rendered};
use crate::fetch::request::Received;
use crate::model::{Cause, Stage, Tally, TlsFault, TlsNote};

use super::record::{Head, Reader, member};
use super::{Archive, ArchiveError, Beginning, Built, Ending, Opening, Recorder, Sent, Turn, fields, http};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn moment() -> Timestamp {
    "2020-06-30T02:00:00.123456789Z".parse().unwrap()
}

fn turn(text: &str, earlier: u32) -> Turn {
    Turn { opening: Opening { url: url(text), earlier: 0, page: None }, earlier, via: None }
}

fn answer(status: u16, headers: &[(&'static str, &[u8])], body: &[u8]) -> Received {
    let header = |(name, value): &(&'static str, &[u8])| {
        (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap())
    };
    Received {
        status: StatusCode::from_u16(status).unwrap(),
        version: Version::HTTP_2,
        headers: headers.iter().map(header).collect(),
        body: Body { bytes: body.to_vec(), ..Body::default() },
        peer: Some("203.150.1.1:443".parse().unwrap()),
        tls: Some(TlsNote::ChainCompleted),
    }
}

fn beginning() -> Beginning {
    Beginning {
        agency: "อบต.ตัวอย่าง\r\nformat: 9".to_owned(), fiscal_year: 2563, started_at: moment()
    }
}

fn ending() -> Ending {
    let stopped_before = [(url("http://a.go.th/z"), 1), (url("http://a.go.th/%E0%B8%81?x y"), 0)].into();
    let finished_at = "2020-06-30T02:00:41.5Z".parse().unwrap();
    Ending {
        started_at: moment(),
        finished_at,
        tally: Tally { requests: 3, bytes: 17 },
        out_of_time: true,
        stopped_before,
    }
}

/// What is written there can be looked at.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The archive of a run with these exchanges.
async fn archived(exchanges: Vec<(Turn, &str, Result<Received, Fault>)>) -> Vec<u8> {
    let paper = Paper::default();
    let recorder = Recorder::new(Box::new(paper.clone()));
    recorder.begin(beginning()).await;
    for (turn, at, result) in exchanges {
        let sent = Sent { url: url(at), headers: HeaderMap::new(), at: recorder.now() };
        let exchange = Exchange { result, elapsed: Duration::from_millis(87) };
        let back = recorder.record(turn, sent, exchange).await;
        assert_eq!(back.elapsed, Duration::from_millis(87));
    }
    recorder.end(ending()).await;
    recorder.finish().unwrap();
    paper.0.lock().unwrap().clone()
}

fn open(bytes: Vec<u8>) -> Result<Archive, ArchiveError> {
    Archive::open(Box::new(Cursor::new(bytes)))
}

fn refused(bytes: Vec<u8>) -> String {
    open(bytes).unwrap_err().to_string()
}

#[tokio::test]
async fn what_was_kept_is_had_again() {
    let headers: &[(&str, &[u8])] = &[
        ("content-type", b"text/html; charset=tis-620"),
        ("x-raw", b"\xa1\xa2"),
        ("set-cookie", b"a=1"),
        ("transfer-encoding", b"chunked"),
        ("content-length", b"999"),
    ];
    let mut late = answer(200, &[], b"half");
    late.body.fault = Some(Fault::new(Cause::Timeout(Stage::Read), "still sending after 4 bytes"));
    let mut long = answer(200, &[], b"beginning");
    long.body.capped = true;
    let refused = Fault::new(Cause::Tls(TlsFault::Expired), "หมดอายุ \"แล้ว\"");
    let a = "http://a.go.th/";
    let bytes = archived(vec![
        (turn(a, 0), "http://a.go.th/", Ok(answer(302, &[("location", b"/b")], b""))),
        (turn(a, 1), "http://a.go.th/b", Ok(answer(200, headers, "เนื้อหา".as_bytes()))),
        (turn("https://b.go.th/", 0), "https://b.go.th/", Err(refused.clone())),
        (turn("http://c.go.th/", 0), "http://c.go.th/", Ok(late)),
        (turn("http://d.go.th/", 0), "http://d.go.th/", Ok(long)),
    ])
    .await;
    let archive = open(bytes).unwrap();
    assert_eq!(*archive.ending(), ending());

    let again = archive.exchange(&turn(a, 1), &url("http://a.go.th/b"), 1000).await;
    assert_eq!(again.elapsed, Duration::from_millis(87));
    let got = again.result.unwrap();
    assert_eq!((got.status.as_u16(), got.body.bytes.as_slice()), (200, "เนื้อหา".as_bytes()));
    assert_eq!(got.headers, {
        let mut headers: HeaderMap = answer(200, headers, b"").headers;
        headers.append("content-length", HeaderValue::from_static("21"));
        headers
    });
    let reply = got.reply().unwrap();
    assert_eq!(reply.tls, Some(TlsNote::ChainCompleted));
    assert_eq!((reply.capped, reply.content_type.as_deref()), (false, Some("text/html; charset=tis-620")));

    let hop = archive.exchange(&turn(a, 0), &url(a), 1000).await.result.unwrap().reply().unwrap();
    assert_eq!(hop.location.as_deref(), Some(&b"/b"[..]));
    let of = async |text: &str| archive.exchange(&turn(text, 0), &url(text), 6).await.result;
    assert_eq!(of("https://b.go.th/").await.unwrap_err(), refused);
    assert_eq!(of("http://c.go.th/").await.unwrap().reply().unwrap_err().cause, Cause::Timeout(Stage::Read));
    let capped = of("http://d.go.th/").await.unwrap().reply().unwrap();
    assert_eq!((capped.capped, capped.body.as_slice()), (true, &b"beginn"[..]));
}

#[tokio::test]
async fn what_is_not_in_its_place_is_found_by_its_url() {
    let bytes = archived(vec![(turn("http://a.go.th/", 1), "http://a.go.th/b", Ok(answer(200, &[], b"b")))]).await;
    let archive = open(bytes).unwrap();
    let of = async |text: &str| archive.exchange(&turn(text, 0), &url(text), 6).await.result;
    assert_eq!(of("http://a.go.th/b").await.unwrap().body.bytes, b"b");
    assert_eq!(of("http://a.go.th/").await.unwrap_err().cause, Cause::NotArchived);
    assert_eq!(archive.opening(&url("http://a.go.th/"), None).earlier, 0);
    assert_eq!(archive.opening(&url("http://a.go.th/"), None).earlier, 1);
    assert_eq!(archive.opening(&url("http://a.go.th/b"), None).earlier, 0);
}

#[tokio::test]
async fn a_file_that_was_cut_anywhere_is_refused() {
    let bytes = archived(vec![(turn("http://a.go.th/", 0), "http://a.go.th/", Ok(answer(200, &[], &[7; 5000])))]).await;
    for length in 0..bytes.len() {
        let text = refused(bytes[..length].to_vec());
        assert!(text.contains("ends in the middle") || text.contains("the run's end is missing"), "{length}: {text}");
        assert!(text.starts_with("at byte ") && text.contains("--archive"), "{text}");
    }
}

#[tokio::test]
async fn a_file_that_was_damaged_anywhere_never_panics() {
    let bytes = archived(vec![(turn("http://a.go.th/", 0), "http://a.go.th/", Ok(answer(200, &[], b"content")))]).await;
    let mut refused = 0;
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        refused += usize::from(open(bytes).is_err());
    }
    // Of a gzip header, some bits mean nothing.
    assert!(refused > bytes.len() * 9 / 10, "{refused} of {}", bytes.len());
}

#[test]
fn what_is_no_archive_is_refused() {
    assert!(refused(Vec::new()).contains("the run's end is missing"));
    assert!(refused(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n".to_vec()).contains("damaged"));
    assert!(refused(gzip(b"hello\r\n\r\n")).contains("not a WARC record"));
    assert!(refused(gzip(b"WARC/1.1\r\nhello\r\n\r\n")).contains("not a field"));
    assert!(refused(gzip(b"WARC/1.1\r\n\xa1: x\r\n\r\n")).contains("UTF-8"));
    assert!(refused(gzip(b"WARC/1.1\r\nWARC-Type: x\r\n\r\n")).contains("Content-Length"));
    assert!(refused(gzip(b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n")).contains("no type"));
    let endless = [b"WARC/1.1\r\nX: ".as_slice(), &vec![b'x'; 1 << 20]].concat();
    assert!(refused(gzip(&endless)).contains("does not end"));
}

#[test]
fn lengths_are_not_believed() {
    let record = |length: &str, block: &[u8]| {
        let head = format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
        gzip(&[head.as_bytes(), block, b"\r\n\r\n"].concat())
    };
    for absurd in ["18446744073709551615", "99999999999", "-1", "1e3", ""] {
        assert!(refused(record(absurd, b"x")).contains("absurd"), "{absurd}");
    }
    assert!(refused(record("1000000000", b"short")).contains("shorter than"));
    assert!(refused(record("3", b"longer")).contains("does not end with"));
    // A bomb is not blown up beyond what its header admits.
    assert!(refused(record("3", &vec![0; 64 << 20])).contains("does not end with"));
}

#[test]
fn metadata_are_checked() {
    let told = |text: &str| fields::read(text).unwrap_err();
    let sound = "fetchTimeMs: 1\r\nopened: http://a.go.th/\r\nopenedBefore: 0\r\nexchangesBefore: 0\r\n";
    assert!(fields::read(sound).is_ok());
    for (from, to) in [
        ("fetchTimeMs: 1", "fetchTimeMs: -1"),
        ("http://a.go.th/", "a.go.th"),
        ("openedBefore: 0", "openedBefore: 99999999999"),
        ("exchangesBefore: 0", "exchangesBefore: x"),
        ("exchangesBefore: 0", "exchangesBefore: 0\r\nfault: {}"),
        ("exchangesBefore: 0", "exchangesBefore: 0\r\nvia: ::"),
    ] {
        assert!(told(&sound.replace(from, to)).contains("cannot be understood"), "{to}");
    }
    assert!(told("finished: yesterday").contains("cannot be understood"));
    assert_eq!(fields::read("outlinks: 3").unwrap(), fields::Told::Other);
    let loose = Head::new("metadata", "<urn:x>", moment()).with("WARC-Target-URI", "http://a.go.th/");
    assert!(refused(member(loose, &[sound.as_bytes()]).unwrap()).contains("not before it"));
}

#[test]
fn every_fault_comes_back() {
    let causes = [
        Cause::Dns,
        Cause::Timeout(Stage::Connect),
        Cause::Tls(TlsFault::WrongHost),
        Cause::RedirectScheme,
        Cause::Private,
    ];
    for cause in causes {
        let about = fields::About {
            turn: Turn { via: Some(url("http://v.go.th/?a b")), ..turn("http://www.กรม.ไทย/แผน", 7) },
            elapsed: Duration::from_secs(30),
            fault: Some(Fault::new(cause, "two words: \"ไทย\"")),
            tls: Some(TlsNote::Legacy),
        };
        let told = fields::read(&fields::exchange(&about).unwrap()).unwrap();
        assert_eq!(told, fields::Told::Exchange(Box::new(about)));
    }
    assert_eq!(fields::read(&fields::ending(&ending())).unwrap(), fields::Told::Ending(ending()));
}

#[test]
fn a_changed_record_is_told_by_its_digest() {
    let read = |bytes: Vec<u8>| Reader::new(Cursor::new(bytes)).next(|_, block| http::received(block, 100));
    let head = || Head::new("response", "<urn:x>", moment());
    let block: &[u8] = b"HTTP/1.1 200 OK\r\na: b\r\n\r\nbody";
    assert_eq!(read(member(head(), &[block]).unwrap()).unwrap().unwrap().body.bytes, b"body");
    let lie = head().with("WARC-Block-Digest", super::record::digest(&[b"other"]));
    assert!(read(member(lie, &[block]).unwrap()).unwrap_err().what.contains("was changed"));
    for wrong in [&b"200 OK\r\n\r\n"[..], b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nnothing\r\n\r\n", b"\r\n", b""] {
        assert!(read(member(head(), &[wrong]).unwrap()).is_err());
    }
}

#[tokio::test]
async fn what_browsers_built_is_found_again_in_its_order() {
    let paper = Paper::default();
    let recorder = Recorder::new(Box::new(paper.clone()));
    recorder.begin(beginning()).await;
    let page = url("http://a.go.th/");
    let rendered = |html: &str| Rendered {
        html: html.to_owned(),
        url: url("http://a.go.th/home"),
        sent_to: vec![url("http://a.go.th/x.pdf")],
        whole: false,
        screenshot: None,
    };
    let results = [Ok(rendered("<p>แผน</p>")), Err(RenderError::Start("no\r\nsandbox".to_owned())), Ok(rendered(""))];
    for result in &results {
        let earlier = recorder.building(&page);
        recorder.built(Built { page: page.clone(), earlier, result: result.clone() }).await.unwrap();
    }
    recorder.end(ending()).await;
    recorder.finish().unwrap();
    let archive = open(paper.0.lock().unwrap().clone()).unwrap();
    for result in &results {
        assert_eq!(archive.built(&page).await.as_ref(), Some(result));
    }
    assert_eq!(archive.built(&page).await.as_ref(), results.last(), "beyond the last, the last");
    assert_eq!(archive.built(&url("http://a.go.th/other")).await, None);
}

#[tokio::test]
async fn a_full_disk_is_told_at_the_end() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let recorder = Recorder::new(Box::new(Full));
    recorder.begin(beginning()).await;
    let sent = Sent { url: url("http://a.go.th/"), headers: HeaderMap::new(), at: recorder.now() };
    let exchange = Exchange { result: Ok(answer(200, &[], b"kept")), elapsed: Duration::ZERO };
    let back = recorder.record(turn("http://a.go.th/", 0), sent, exchange).await;
    assert_eq!(back.result.unwrap().body.bytes, b"kept", "the run goes on");
    recorder.end(ending()).await;
    assert_eq!(recorder.finish().unwrap_err().kind(), std::io::ErrorKind::StorageFull);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}
