//! How URLs are opened over plain HTTP: the causes of failures, redirects, pace, bounds.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use oit_audit::fetch::{Opened, Pool, PoolError, Trust};
use oit_audit::model::{Answer, Cause, Connect, Crawl, Failure, Fetched, Stage};
use url::Url;

use crate::support::rough_server::{RoughServer, Seen, Step, answer, head, redirect};

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
    crawl.resolve.extend(hosts.iter().map(|host| ((*host).to_owned(), Connect { to })));
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
async fn open(crawl: Crawl, route: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> (Opened, Vec<Seen>) {
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
    assert_eq!((got.status, got.hops.len(), got.challenge, got.capped), (200, 0, false, false));
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
    assert_eq!((got.status, body.as_slice(), got.challenge), (403, &b"no"[..], false));

    let (opened, _) = open(brisk(), |_| answer(403, "Server: cloudflare\r\nCF-RAY: 1-BKK\r\n", "")).await;
    assert!(answered(opened).0.challenge);
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

    let small = gzip_of_zeros(3);
    let (opened, _) = open(brisk(), move |_| answer(200, "Content-Encoding: gzip\r\n", &small)).await;
    assert_eq!(answered(opened).1, vec![0; 3 * 1024]);
}

/// So many KiB of zeros, deflated by hand: a block with fixed codes, one literal and then the longest matches.
fn gzip_of_zeros(kib: usize) -> Vec<u8> {
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
    for _ in 0..matches {
        bits.put("1100010100000"); // length 258, distance 1
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
    for steps in [silent, drip, slow_head, stuck] {
        let started = Instant::now();
        let (opened, _) = open(hasty(), move |_| steps.clone()).await;
        let failure = failed(opened);
        assert_eq!(failure.cause, Cause::Timeout(Stage::Read), "{}", failure.detail);
        let elapsed = started.elapsed();
        assert!(elapsed >= Duration::from_millis(550) && elapsed < Duration::from_secs(3), "{elapsed:?}");
        assert!(failure.elapsed_ms >= 550);
    }
    // A TLS server that never says a word: the connection is not made.
    let server = RoughServer::start(|_| vec![]).await;
    let started = Instant::now();
    let https = server.url("/").as_str().replace("http:", "https:");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let https = https.replace(&server.address.to_string(), &silent.local_addr().unwrap().to_string());
    let failure = failed(Pool::new(&hasty()).unwrap().open(&url(&https)).await);
    assert_eq!(failure.cause, Cause::Timeout(Stage::Connect), "{}", failure.detail);
    assert!(started.elapsed() < Duration::from_millis(550), "{:?}", started.elapsed());
    let equal = Crawl { connect_timeout: Duration::from_secs(9), ..hasty() };
    let failure = failed(Pool::new(&equal).unwrap().open(&url(&https)).await);
    assert_eq!(failure.cause, Cause::Timeout(Stage::Connect), "{}", failure.detail);
}

#[tokio::test]
async fn each_hop_has_its_own_time() {
    let crawl = Crawl { timeout: Duration::from_millis(700), ..brisk() };
    let server = RoughServer::start(|seen| {
        let mut steps = vec![Step::Wait(Duration::from_millis(400))];
        steps.extend(if seen.target == "/" { redirect(302, "/b") } else { answer(200, "", "b") });
        steps
    })
    .await;
    let (got, _) = answered(Pool::new(&crawl).unwrap().open(&server.url("/")).await);
    assert!(got.elapsed_ms >= 800, "{}", got.elapsed_ms);
}

#[tokio::test]
async fn redirects_are_followed_and_recorded() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/start" => redirect(301, "relative?x=1#part"),
        "/relative?x=1" => redirect(302, "/แผน"),
        "/%E0%B9%81%E0%B8%9C%E0%B8%99" => redirect(307, b"/\xe1\xbc\xb9.htm"),
        "/%E1%BC%B9.htm" => redirect(308, "/end"),
        "/end" => answer(200, "", "end"),
        _ => answer(404, "", ""),
    })
    .await;
    let pool = Pool::new(&brisk()).unwrap();
    let (got, body) = answered(pool.open(&server.url("/start#top")).await);
    assert_eq!((got.status, body.as_slice()), (200, &b"end"[..]));
    assert_eq!(got.final_url, server.url("/end"));
    let hops: Vec<_> = got.hops.iter().map(|hop| (hop.url.clone(), hop.status)).collect();
    let at = |path: &str, status| (server.url(path), status);
    assert_eq!(hops, [at("/start", 301), at("/relative?x=1", 302), at("/แผน", 307), at("/%E1%BC%B9.htm", 308)]);
    assert_eq!(pool.tally().requests, 5);
}

#[tokio::test]
async fn redirects_that_lead_nowhere() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/none" => answer(302, "", "lost"),
        "/empty" => redirect(302, ""),
        "/ftp" => redirect(302, "ftp://a.go.th/x"),
        "/bad" => redirect(302, "http://[/"),
        "/away" => redirect(302, "/closed"),
        "/closed" => vec![Step::Cut],
        _ => answer(304, "Location: /none\r\n", ""),
    })
    .await;
    let pool = Pool::new(&brisk()).unwrap();
    let (got, body) = answered(pool.open(&server.url("/none")).await);
    assert_eq!((got.status, got.hops.len(), body.as_slice()), (302, 0, &b"lost"[..]));
    assert_eq!(answered(pool.open(&server.url("/empty")).await).0.status, 302);
    assert_eq!(answered(pool.open(&server.url("/304")).await).0.status, 304);
    let failure = failed(pool.open(&server.url("/ftp")).await);
    assert_eq!((failure.cause, failure.at), (Cause::RedirectScheme, None));
    assert!(failure.detail.contains("ftp://a.go.th/x"));
    assert_eq!(failed(pool.open(&server.url("/bad")).await).cause, Cause::RedirectScheme);
    let failure = failed(pool.open(&server.url("/away")).await);
    assert_eq!((failure.cause, failure.at), (Cause::Reset, Some(server.url("/closed"))));
}

#[tokio::test]
async fn a_cookie_wall_opens_and_a_loop_does_not() {
    let wall = |seen: &Seen| match seen.header("cookie") {
        Some("pass=1") => answer(200, "", "in"),
        _ => answer(302, "Set-Cookie: pass=1; Path=/\r\nLocation: /\r\n", ""),
    };
    let (opened, seen) = open(brisk(), wall).await;
    let (got, body) = answered(opened);
    assert_eq!((got.hops.len(), body.as_slice(), seen.len()), (1, &b"in"[..], 2));

    let (opened, seen) = open(Crawl { retries: 2, ..brisk() }, |_| redirect(302, "/")).await;
    assert_eq!(failed(opened).cause, Cause::RedirectLoop);
    assert_eq!(seen.len(), 5);

    let (opened, seen) = open(brisk(), |seen| {
        let n: u32 = seen.target.trim_start_matches('/').parse().unwrap_or(0);
        redirect(302, format!("/{}", n + 1))
    })
    .await;
    let failure = failed(opened);
    assert_eq!((failure.cause, seen.len()), (Cause::RedirectLoop, 21));
    assert!(failure.at.unwrap().path() == "/20");
}

#[tokio::test]
async fn private_addresses_are_refused_on_every_hop() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/literal" => redirect(302, "http://0x7f.1/secret"),
        "/name" => redirect(302, "http://localhost/secret"),
        "/metadata" => redirect(302, "http://169.254.169.254/latest"),
        _ => answer(200, "", "in"),
    })
    .await;
    let guarded = Crawl { allow_private: false, ..brisk() };
    let pool = Pool::new(&mapped(guarded, &["www.a.go.th"], server.address)).unwrap();
    for open_at in
        [server.url("/"), url("http://2130706433/"), url("http://localhost:1/"), url("http://[::ffff:7f00:1]/")]
    {
        assert_eq!(failed(pool.open(&open_at).await).cause, Cause::Private, "{open_at}");
    }
    assert_eq!(server.seen().len(), 0);
    for path in ["literal", "name", "metadata"] {
        let failure = failed(pool.open(&url(&format!("http://www.a.go.th/{path}"))).await);
        assert_eq!(failure.cause, Cause::Private, "{path}");
        assert!(failure.at.is_some());
    }
    assert_eq!(server.seen().len(), 3);
    // A host that the user named is allowed, private as it is.
    assert_eq!(answered(pool.open(&url("http://www.a.go.th/")).await).1, b"in");
}

#[tokio::test]
async fn a_mapped_host_keeps_its_name_and_port() {
    let server = RoughServer::start(|_| answer(200, "", "in")).await;
    let pool = Pool::new(&mapped(brisk(), &["www.a.go.th", "www.กรม.ไทย"], server.address)).unwrap();
    for (text, host) in [
        ("http://www.a.go.th/", "www.a.go.th"),
        ("http://www.a.go.th:8080/", "www.a.go.th:8080"),
        ("http://www.กรม.ไทย/", "www.xn--12c2c6ac.xn--o3cw4h"),
    ] {
        let (got, _) = answered(pool.open(&url(text)).await);
        assert_eq!(got.final_url, url(text));
        let seen = server.seen();
        let host_seen = seen.last().unwrap().header("host").unwrap().to_owned();
        assert!(host_seen == host || host_seen == url(text).host_str().unwrap(), "{host_seen}");
    }
    assert_eq!(server.seen()[1].header("host"), Some("www.a.go.th:8080"));
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let server = RoughServer::start(|seen| match (seen.target.as_str(), seen.earlier) {
        ("/busy", 0) => answer(503, "", ""),
        ("/cut", 0) | ("/busy", 1) => vec![Step::Cut],
        ("/truncated", 0) => vec![Step::Send(head(200, "Content-Length: 9\r\n"))],
        ("/always", _) => answer(502, "", "still"),
        ("/never", _) => answer(404, "", ""),
        ("/wait", 0) => answer(429, "Retry-After: 1\r\n", ""),
        ("/long", _) => answer(503, "Retry-After: 3600\r\n", ""),
        _ => answer(200, "", "at last"),
    })
    .await;
    let log = Arc::clone(&told);
    let on_retry = move |url: &Url, why: &str| log.lock().unwrap().push(format!("{} {why}", url.path()));
    let pool = Pool::with(&Crawl { retries: 2, ..brisk() }, &Trust::default(), on_retry).unwrap();
    let count = |path: &str| server.seen().iter().filter(|seen| seen.target == path).count();

    for (path, requests) in [("/busy", 3), ("/cut", 2), ("/truncated", 2), ("/wait", 2)] {
        assert_eq!(answered(pool.open(&server.url(path)).await).1, b"at last", "{path}");
        assert_eq!(count(path), requests, "{path}");
    }
    let (got, body) = answered(pool.open(&server.url("/always")).await);
    assert_eq!((got.status, body.as_slice(), count("/always")), (502, &b"still"[..], 3));
    assert_eq!((answered(pool.open(&server.url("/never")).await).0.status, count("/never")), (404, 1));
    assert_eq!((answered(pool.open(&server.url("/long")).await).0.status, count("/long")), (503, 1));

    let times: Vec<Instant> = server.seen().iter().filter(|seen| seen.target == "/busy").map(|seen| seen.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(250) && times[2] - times[1] >= Duration::from_millis(500));
    let times: Vec<Instant> = server.seen().iter().filter(|seen| seen.target == "/wait").map(|seen| seen.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(1000));
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 7, "{told:?}");
    assert_eq!(told[0], "/busy HTTP 503");
    assert_eq!(pool.tally().requests, 3 + 2 + 2 + 2 + 3 + 1 + 1);
}

#[tokio::test]
async fn a_domain_is_paced_with_all_its_hosts() {
    let server = RoughServer::start(|_| answer(200, "", "")).await;
    let hosts = ["www.a.go.th", "ita.a.go.th", "a.go.th"];
    let pool = Pool::new(&mapped(Crawl { requests_per_second: 5.0, ..brisk() }, &hosts, server.address)).unwrap();
    let tasks: Vec<_> = (0..5)
        .map(|n| {
            let (pool, url) = (pool.clone(), url(&format!("http://{}/{n}", hosts[n % 3])));
            tokio::spawn(async move { answered(pool.open(&url).await).0.elapsed_ms })
        })
        .collect();
    for task in tasks {
        // The wait for the domain's turn is not held against the server.
        assert!(task.await.unwrap() < 150);
    }
    let times: Vec<Instant> = server.seen().iter().map(|seen| seen.at).collect();
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(150), "{:?}", pair[1] - pair[0]);
    }
    assert!(times[4] - times[0] < Duration::from_secs(3));
}

#[tokio::test]
async fn a_pace_below_one_a_second_is_kept() {
    let server =
        RoughServer::start(|seen| if seen.target == "/" { redirect(302, "/b") } else { answer(200, "", "") }).await;
    let pool = Pool::new(&Crawl { requests_per_second: 0.8, ..brisk() }).unwrap();
    answered(pool.open(&server.url("/")).await);
    let times: Vec<Instant> = server.seen().iter().map(|seen| seen.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(1150), "a redirect waits for its turn too");
}

/// Opens so many URLs at once, and says how many were in flight at most.
async fn most_in_flight(crawl: Crawl, urls: Vec<Url>, server: &RoughServer) -> usize {
    let pool = Pool::new(&crawl).unwrap();
    let tasks: Vec<_> = urls
        .into_iter()
        .map(|url| {
            let pool = pool.clone();
            tokio::spawn(async move { answered(pool.open(&url).await) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    server.seen().iter().map(|seen| seen.in_flight).max().unwrap()
}

#[tokio::test]
async fn few_are_in_flight_per_domain_and_in_all() {
    let slow = || {
        RoughServer::start(|_| {
            let mut steps = vec![Step::Wait(Duration::from_millis(100))];
            steps.extend(answer(200, "", ""));
            steps
        })
    };
    let server = slow().await;
    let urls = (0..12).map(|n| server.url(&format!("/{n}"))).collect();
    assert_eq!(most_in_flight(brisk(), urls, &server).await, 4);

    let server = slow().await;
    let hosts: Vec<String> = (0..12).map(|n| format!("www.a{n}.go.th")).collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let urls = hosts.iter().map(|host| url(&format!("http://{host}/"))).collect();
    let crawl = mapped(Crawl { concurrency: 6, ..brisk() }, &hosts, server.address);
    assert_eq!(most_in_flight(crawl, urls, &server).await, 6);
}

#[tokio::test]
async fn a_slow_domain_does_not_starve_the_others() {
    let server = RoughServer::start(|_| answer(200, "", "")).await;
    let hosts = ["a.go.th", "b.go.th"];
    let crawl = Crawl { requests_per_second: 2.0, concurrency: 2, ..brisk() };
    let pool = Pool::new(&mapped(crawl, &hosts, server.address)).unwrap();
    let crowd: Vec<_> = (0..6)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move { pool.open(&url(&format!("http://a.go.th/{n}"))).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    answered(pool.open(&url("http://b.go.th/")).await);
    assert!(started.elapsed() < Duration::from_millis(400), "{:?}", started.elapsed());
    crowd.iter().for_each(tokio::task::JoinHandle::abort);
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
