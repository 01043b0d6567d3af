//! How URLs are opened over plain HTTP: the causes of failures, redirects, pace, bounds.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use oit_audit::fetch::{Opened, Pool, PoolError, Trust};
use oit_audit::model::{Answer, Cause, Connect, Crawl, Failure, Fetched, Stage};
use url::Url;

use crate::support::rough_server::{RoughServer, Seen, Step, answer, head};

/// Settings under which nothing waits for long.
pub(crate) fn brisk() -> Crawl {
    Crawl {
        requests_per_second: 1e6,
        timeout: Duration::from_secs(5),
        connect_timeout: Duration::from_secs(3),
        retries: 0,
        allow_private: true,
        ..Crawl::default()
    }
}

pub(crate) fn mapped(mut crawl: Crawl, hosts: &[&str], to: SocketAddr) -> Crawl {
    crawl.resolve.extend(hosts.iter().map(|host| ((*host).to_owned(), Connect { to, plain: false })));
    crawl
}

pub(crate) fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

pub(crate) fn answered(opened: Opened) -> (Answer, Vec<u8>) {
    match opened.fetched {
        Fetched::Answered(answer) => (answer, opened.body),
        Fetched::Failed(failure) => panic!("{}: {}", failure.detail, failure.elapsed_ms),
    }
}

pub(crate) fn failed(opened: Opened) -> Failure {
    assert!(opened.body.is_empty());
    match opened.fetched {
        Fetched::Failed(failure) => failure,
        Fetched::Answered(answer) => panic!("answered {}", answer.status),
    }
}

/// Opens `/` of a server with one behaviour.
pub(crate) async fn open(
    crawl: Crawl,
    route: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static,
) -> (Opened, Vec<Seen>) {
    let server = RoughServer::start(route).await;
    let opened = Pool::new(&crawl).unwrap().open(&server.url("/")).await;
    (opened, server.seen())
}

async fn cause(steps: Vec<Step>) -> Cause {
    let (opened, seen) = open(brisk(), move |_| steps.clone()).await;
    assert_eq!(seen.len(), 1);
    failed(opened).cause
}

#[tokio::test]
async fn an_answer_is_described_and_counted() {
    let server = RoughServer::start(|_| answer(200, "Content-Type: text/html; charset=tis-620\r\n", "สวัสดี")).await;
    let pool = Pool::new(&brisk()).unwrap();
    let (got, body) = answered(pool.open(&server.url("/a?b#part")).await);
    assert_eq!(got.final_url, server.url("/a?b"));
    assert_eq!((got.status, got.hops.len(), got.challenge, got.capped), (200, 0, None, false));
    assert_eq!(got.content_type.as_deref(), Some("text/html; charset=tis-620"));
    assert_eq!(body, "สวัสดี".as_bytes());
    assert_eq!((got.bytes, pool.tally().bytes, pool.tally().requests), (18, 18, 1));
    let seen = &server.seen()[0];
    assert!(seen.head.starts_with("GET /a?b HTTP/1.1\r\n"), "{}", seen.head);
    assert_eq!(seen.header("accept-language"), Some("th,en;q=0.8"));
    assert!(seen.header("accept").unwrap().starts_with("text/html"));
    assert!(seen.header("user-agent").unwrap().contains("oit-audit"));
    assert!(seen.header("accept-encoding").unwrap().contains("gzip"));
}

#[tokio::test]
async fn other_answers_are_kept_in_part_and_their_faults_ignored() {
    let big = vec![b'x'; 200_000];
    let (opened, _) = open(brisk(), move |_| answer(404, "", &big)).await;
    let (got, body) = answered(opened);
    assert_eq!((got.status, body.len(), got.capped), (404, 64 * 1024, false));

    let (opened, _) =
        open(brisk(), |_| vec![Step::Send(head(403, "Content-Length: 99\r\n")), Step::Send(b"no".to_vec())]).await;
    let (got, body) = answered(opened);
    assert_eq!((got.status, body.as_slice(), got.challenge), (403, &b"no"[..], None));

    let (opened, _) = open(brisk(), |_| answer(403, "Server: cloudflare\r\nCF-RAY: 1-BKK\r\n", "")).await;
    assert_eq!(answered(opened).0.challenge.as_deref(), Some("Cloudflare"));
}

#[tokio::test]
async fn nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let failure = failed(Pool::new(&brisk()).unwrap().open(&url(&format!("http://{address}/"))).await);
    assert_eq!((failure.cause, failure.at), (Cause::Refused, None));
    assert!(failure.detail.to_lowercase().contains("refused"), "{}", failure.detail);
}

#[tokio::test]
async fn a_name_that_does_not_exist() {
    // Where the resolver of the machine is down, this says so; both are right.
    let started = Instant::now();
    let crawl = Crawl { retries: 3, ..brisk() };
    let failure = failed(Pool::new(&crawl).unwrap().open(&url("http://nosuchname.invalid/")).await);
    assert!(matches!(failure.cause, Cause::Dns | Cause::Resolver), "{}", failure.detail);
    assert!(failure.detail.contains("nosuchname.invalid"), "{}", failure.detail);
    if failure.cause == Cause::Dns {
        assert!(started.elapsed() < Duration::from_secs(3));
    }
    let long = format!("http://{}.invalid/", "a".repeat(64));
    assert_eq!(failed(Pool::new(&crawl).unwrap().open(&url(&long)).await).cause, Cause::Dns);
}

#[tokio::test]
async fn connections_that_are_cut() {
    assert_eq!(cause(vec![Step::Cut]).await, Cause::Reset);
    assert_eq!(cause(vec![Step::Reset]).await, Cause::Reset);
    assert_eq!(cause(vec![Step::Send(b"HTTP/1.1 200 O".to_vec())]).await, Cause::Reset);
}

#[tokio::test]
async fn answers_that_are_not_http() {
    assert_eq!(cause(vec![Step::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())]).await, Cause::Protocol);
    let bad_gzip = answer(200, "Content-Encoding: gzip\r\n", "this is not gzip at all");
    assert_eq!(cause(bad_gzip).await, Cause::Protocol);
}

#[tokio::test]
async fn headers_that_browsers_forgive() {
    let bytes = b"HTTP/1.1 200 OK\nX Bad: 1\nContent-Length : 2\nX-Raw: \xa1\xa2\n\nok".to_vec();
    let (opened, _) = open(brisk(), move |_| vec![Step::Send(bytes.clone())]).await;
    assert_eq!(answered(opened).1, b"ok");
}

#[tokio::test]
async fn bodies_that_end_early() {
    let cut = |headers: &str, body: &[u8]| vec![Step::Send(head(200, headers)), Step::Send(body.to_vec())];
    assert_eq!(cause(cut("Content-Length: 100\r\n", b"short")).await, Cause::Truncated);
    assert_eq!(cause(cut("Transfer-Encoding: chunked\r\n", b"5\r\nshort\r\n")).await, Cause::Truncated);
    assert_eq!(cause(cut("Transfer-Encoding: chunked\r\n", b"50\r\nshort")).await, Cause::Truncated);
    let gzip = gzip_of_zeros(100);
    assert_eq!(cause(cut("Content-Encoding: gzip\r\n", &gzip[..gzip.len() / 2])).await, Cause::Truncated);
    let mut reset = cut("Content-Length: 100\r\n", b"short");
    reset.extend([Step::Wait(Duration::from_millis(50)), Step::Reset]);
    assert_eq!(cause(reset).await, Cause::Truncated);
    let (opened, _) = open(brisk(), move |_| cut("", b"until the end")).await;
    assert_eq!(answered(opened).1, b"until the end");
}

#[tokio::test]
async fn a_body_is_read_up_to_the_bound() {
    let bounded = || Crawl { max_body: 1000, ..brisk() };
    let (opened, _) = open(bounded(), |_| answer(200, "", [b'x'; 1000])).await;
    let (got, body) = answered(opened);
    assert_eq!((got.bytes, got.capped, body.len()), (1000, false, 1000));
    let (opened, _) = open(bounded(), |_| answer(200, "", [b'x'; 1001])).await;
    let (got, body) = answered(opened);
    assert_eq!((got.bytes, got.capped, body.len()), (1000, true, 1000));

    let started = Instant::now();
    let drip = || vec![Step::Send(head(200, "")), Step::Drip(vec![b'x'; 600], Duration::from_millis(20))];
    let (opened, _) = open(bounded(), move |_| drip()).await;
    assert!(answered(opened).0.capped);
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_gzip_bomb_costs_no_more_than_the_bound() {
    let bomb = gzip_of_zeros(64 * 1024);
    assert!(bomb.len() < 500_000);
    let crawl = Crawl { max_body: 1_000_000, ..brisk() };
    let (opened, _) = open(crawl, move |_| answer(200, "Content-Encoding: gzip\r\n", &bomb)).await;
    let (got, body) = answered(opened);
    assert_eq!((got.bytes, got.capped), (1_000_000, true));
    assert!(body.capacity() <= 1_000_000, "{}", body.capacity());

    let (opened, _) = open(brisk(), |_| answer(200, "Content-Encoding: gzip\r\n", "")).await;
    assert_eq!(answered(opened).1, b"", "nothing at all may be called compressed");
    let mut padded = gzip_of_zeros(3);
    padded.extend_from_slice(b"\r\n");
    let (opened, _) = open(brisk(), move |_| answer(200, "Content-Encoding: gzip\r\n", &padded)).await;
    assert_eq!(answered(opened).1.len(), 3 * 1024, "browsers overlook what follows the end");

    let small = gzip_of_zeros(3);
    let (opened, _) = open(brisk(), move |_| answer(200, "Content-Encoding: gzip\r\n", &small)).await;
    assert_eq!(answered(opened).1, vec![0; 3 * 1024]);
}

/// So many KiB of zeros, deflated by hand: a block with fixed codes, one literal and then the longest matches.
pub(crate) fn gzip_of_zeros(kib: usize) -> Vec<u8> {
    struct Bits(Vec<u8>, u32);
    impl Bits {
        fn put(&mut self, bits: &str) {
            for bit in bits.bytes() {
                if self.1 == 0 {
                    self.0.push(0);
                }
                if bit == b'1' {
                    *self.0.last_mut().unwrap() |= 1 << self.1;
                }
                self.1 = (self.1 + 1) % 8;
            }
        }
    }
    let length = kib * 1024;
    let mut bits = Bits(vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], 0);
    bits.put("110"); // last block, fixed codes
    let matches = (length - 1) / 258;
    for _ in 0..length - matches * 258 {
        bits.put("00110000"); // literal 0
    }
    let put_matches = |bits: &mut Bits, count: usize| {
        for _ in 0..count {
            bits.put("1100010100000"); // length 258, distance 1
        }
    };
    if matches < 16 {
        put_matches(&mut bits, matches);
    } else {
        // Eight matches are thirteen bytes, which come again and again.
        put_matches(&mut bits, 16);
        let last = bits.0.len() - 1;
        let period = bits.0[last - 13..last].to_vec();
        bits.0.splice(last..last, period.repeat(matches / 8 - 2));
        put_matches(&mut bits, matches % 8);
    }
    bits.put("0000000");
    let mut bytes = bits.0;
    // Of a bomb nobody gets to see the end.
    let summed = if kib > 1024 { 0 } else { length };
    let crc = (0..summed).fold(u32::MAX, |crc, _| (0..8).fold(crc, |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1))));
    bytes.extend_from_slice(&(!crc).to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
    bytes
}

#[tokio::test]
async fn time_runs_out_at_each_stage() {
    let hasty =
        || Crawl { timeout: Duration::from_millis(600), connect_timeout: Duration::from_millis(300), ..brisk() };
    let wait = Step::Wait(Duration::from_secs(30));
    let silent = vec![wait.clone()];
    let drip = vec![Step::Send(head(200, "")), Step::Drip(b"x".to_vec(), Duration::from_millis(50))];
    let slow_head = vec![Step::Drip(b"HTTP/1.1 200 OK\r\nX: y\r\n".to_vec(), Duration::from_millis(50))];
    let stuck = vec![Step::Send(head(200, "Content-Length: 9\r\n")), wait];
    for (steps, stage) in [(silent, Stage::Read), (slow_head, Stage::Read), (drip, Stage::Body), (stuck, Stage::Body)] {
        let started = Instant::now();
        let (opened, _) = open(hasty(), move |_| steps.clone()).await;
        let failure = failed(opened);
        assert_eq!(failure.cause, Cause::Timeout(stage), "{}", failure.detail);
        let elapsed = started.elapsed();
        assert!(elapsed >= Duration::from_millis(550) && elapsed < Duration::from_secs(3), "{elapsed:?}");
        assert!(failure.elapsed_ms >= 550);
    }
    // A TLS server that never says a word: the connection is not made.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let https = format!("https://{}/", silent.local_addr().unwrap());
    let started = Instant::now();
    let failure = failed(Pool::new(&hasty()).unwrap().open(&url(&https)).await);
    assert_eq!(failure.cause, Cause::Timeout(Stage::Connect), "{}", failure.detail);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    let equal = Crawl { connect_timeout: Duration::from_secs(9), ..hasty() };
    let failure = failed(Pool::new(&equal).unwrap().open(&url(&https)).await);
    assert_eq!(failure.cause, Cause::Timeout(Stage::Connect), "{}", failure.detail);
}

#[tokio::test]
async fn our_own_panic_is_no_fault_of_the_host() {
    let server = RoughServer::start(|_| answer(503, "", "")).await;
    let crawl = Crawl { retries: 1, ..brisk() };
    let pool = Pool::with(&crawl, &Trust::default(), |_, _| panic!("in the callback")).unwrap();
    let failure = failed(pool.open(&server.url("/")).await);
    assert_eq!(failure.cause, Cause::Interrupted);
    assert!(failure.detail.contains("in the callback"));
    assert_eq!(failed(pool.open(&server.url("/again")).await).cause, Cause::Interrupted, "the pool lives on");
}

#[test]
fn senseless_settings_are_errors() {
    for crawl in [
        Crawl { requests_per_second: 0.0, ..brisk() },
        Crawl { requests_per_second: f64::NAN, ..brisk() },
        Crawl { concurrency: 0, ..brisk() },
    ] {
        assert!(matches!(Pool::new(&crawl), Err(PoolError::Pace)));
    }
    let crawl = Crawl { user_agent: "two\nlines".to_owned(), ..brisk() };
    assert!(matches!(Pool::new(&crawl), Err(PoolError::Client(_))));
}
