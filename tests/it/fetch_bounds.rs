//! Bounds that hold whatever a server sends: heads, decompressed bodies, time for an item, connections.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use oit_audit::fetch::{Budget, Pool, Purpose};
use oit_audit::model::{Cause, Crawl};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::fetch::{answered, brisk, failed, open, url};
use crate::support::program::{Desk, command, item};
use crate::support::rough_server::{RoughServer, Step, answer, redirect};
use crate::support::tools::skip;
use crate::support::website::{HEAD, HOST, Website};

const MIB: usize = 1 << 20;
/// What each bomb becomes if nobody stops it: 2 GiB.
const BOMB: usize = 2048 * MIB;

#[tokio::test]
async fn a_flood_of_headers_is_no_http() {
    let crawl = || Crawl { timeout: Duration::from_secs(30), ..brisk() };
    let start = || Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec());
    let many = Step::Drip(b"X-Header: value\r\n".repeat(1000), Duration::ZERO);
    let endless = vec![start(), Step::Send(b"X-Header: ".to_vec()), Step::Drip(vec![b'x'; 65536], Duration::ZERO)];
    for steps in [vec![start(), many], endless] {
        let started = Instant::now();
        let (opened, _) = open(crawl(), move |_| steps.clone()).await;
        let failure = failed(opened);
        assert_eq!(failure.cause, Cause::HeaderFlood, "{}", failure.detail);
        assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn the_time_for_an_item_is_shared_by_its_urls() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/hangs" => vec![Step::Wait(Duration::from_mins(1))],
        "/" => answer(200, "", "ok"),
        from => {
            let next = from[1..].parse::<u32>().unwrap() + 1;
            let mut steps = vec![Step::Wait(Duration::from_millis(150))];
            steps.extend(redirect(302, format!("/{next}")));
            steps
        }
    })
    .await;
    let pool = Pool::new(&Crawl { timeout: Duration::from_secs(50), retries: 2, ..brisk() }).unwrap();
    let started = Instant::now();
    for path in ["/hangs", "/1"] {
        let budget = Budget::new(Duration::from_millis(700));
        let failure = failed(pool.open_within(&server.url(path), Purpose::Submitted, &budget).await);
        assert_eq!(failure.cause, Cause::OutOfTime, "{path}: {}", failure.detail);
        let before = server.seen().len();
        let failure = failed(pool.open_within(&server.url("/"), Purpose::Submitted, &budget).await);
        assert_eq!((failure.cause, server.seen().len()), (Cause::OutOfTime, before), "nothing is left for a second");
    }
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    assert_eq!(answered(pool.open(&server.url("/")).await).1, b"ok");
}

/// A server that keeps its connections, and counts them.
async fn keeping() -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, count) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let connections = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            connections.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                let (mut buffer, mut head) = ([0; 4096], Vec::new());
                while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                    head.extend_from_slice(&buffer[..read]);
                    if head.ends_with(b"\r\n\r\n") {
                        head.clear();
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
                    }
                }
            });
        }
    });
    (address, count)
}

#[tokio::test]
async fn connections_are_used_again() {
    let (address, connections) = keeping().await;
    let pool = Pool::new(&brisk()).unwrap();
    let tasks: Vec<_> = (0..60)
        .map(|n| {
            let (pool, url) = (pool.clone(), url(&format!("http://{address}/{n}")));
            tokio::spawn(async move { answered(pool.open(&url).await).1 })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), b"ok");
    }
    let used = connections.load(Ordering::Relaxed);
    // Four requests at a time; a connection may be made while another is just being given back.
    assert!((1..=8).contains(&used), "{used} connections for 60 pages");
}

/// 2 GiB of zeros in one gzip stream: flushed, each further MiB is the same bytes again.
fn gzip_bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    repeated(&mut encoder, |encoder| encoder.get_ref().len(), |encoder| encoder.get_ref().clone())
}

fn brotli_bomb() -> Vec<u8> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 5, 22);
    repeated(&mut encoder, |encoder| encoder.get_ref().len(), |encoder| encoder.get_ref().clone())
}

/// Compresses two MiB of zeros, then repeats what the second became until there are 2 GiB.
fn repeated<W: Write>(encoder: &mut W, len: impl Fn(&W) -> usize, bytes: impl Fn(&W) -> Vec<u8>) -> Vec<u8> {
    let zeros = vec![0; MIB];
    let mut lengths = Vec::new();
    for _ in 0..2 {
        encoder.write_all(&zeros).unwrap();
        encoder.flush().unwrap();
        lengths.push(len(encoder));
    }
    let mut bomb = bytes(encoder);
    let second = bomb[lengths[0]..lengths[1]].to_vec();
    for _ in 2..BOMB / MIB {
        bomb.extend_from_slice(&second);
    }
    bomb
}

/// 2 GiB of zeros in runs of 128 KiB, under the largest window that a decoder takes by default.
fn zstd_bomb() -> Vec<u8> {
    const RUN: usize = 128 << 10;
    let mut bomb = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 17 << 3];
    for _ in 0..BOMB / RUN {
        let header = (RUN << 3) | 0b010;
        bomb.extend_from_slice(&u32::try_from(header).unwrap().to_le_bytes()[..3]);
        bomb.push(0);
    }
    bomb
}

#[tokio::test]
async fn bombs_are_what_they_are_called() {
    for (coding, bomb) in [("gzip", gzip_bomb()), ("br", brotli_bomb()), ("zstd", zstd_bomb())] {
        assert!(bomb.len() < 4 * MIB, "{coding}: {}", bomb.len());
        let crawl = Crawl { max_body: 5 * MIB as u64, timeout: Duration::from_secs(50), ..brisk() };
        let headers = format!("Content-Encoding: {coding}\r\n");
        let (opened, _) = open(crawl, move |_| answer(200, &headers, &bomb)).await;
        let (got, body) = answered(opened);
        assert_eq!((got.bytes, got.capped), (5 * MIB as u64, true), "{coding}");
        assert!(body.iter().all(|byte| *byte == 0) && body.capacity() <= 5 * MIB, "{coding}");
    }
}

/// The most memory that the program had at once, in MiB, while it audits a website to the end; and its report.
fn peak_of(site: &Website, file: &str, desk: &Desk) -> Option<(u64, Vec<u8>)> {
    // A pipe that nobody empties would stop it.
    let out = desk.path("report.json");
    let stdout = std::fs::File::create(&out).unwrap();
    let mut child = command().args(site.words(file, &[])).stdout(stdout).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kib.map(|kib| kib / 1024));
        std::thread::sleep(Duration::from_millis(5));
    }
    peak.map(|peak| (peak, std::fs::read(out).unwrap()))
}

#[test]
fn bombs_of_two_gigabytes_cost_no_more_than_the_bound() {
    let bombs = [("/gzip", "gzip", gzip_bomb()), ("/br", "br", brotli_bomb()), ("/zstd", "zstd", zstd_bomb())];
    let pages = bombs.map(|(path, coding, bomb)| (path, answer(200, &format!("Content-Encoding: {coding}\r\n"), bomb)));
    let site = Website::new(pages);
    let desk = Desk::new();
    let items = format!("  O1: http://{HOST}/gzip\n  O2: http://{HOST}/br\n  O3: http://{HOST}/zstd\n");
    let head = HEAD.replace("timeout: 5s", "timeout: 50s, max_body: 8MiB");
    let file = desk.put("agency.yaml", format!("{head}{items}"));
    let Some((peak, report)) = peak_of(&site, &file, &desk) else {
        skip("this system does not tell how much memory a program has");
        return;
    };
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    for id in ["O1", "O2", "O3"] {
        assert_eq!(item(&report, id)["urls"][0]["bytes"], 8 * MIB, "{id}");
    }
    // Three bodies of 8 MiB, the decoders' windows, and the program itself.
    assert!(peak < 160, "{peak} MiB");
}
