//! How patiently URLs are opened: pace, requests in flight, further tries.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use oit_audit::fetch::{Pool, Trust};
use oit_audit::model::Crawl;
use url::Url;

use crate::fetch::{answered, brisk, mapped, url};
use crate::support::rough_server::{RoughServer, Step, answer, head, redirect};

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
    assert!(times[1] - times[0] >= Duration::from_secs(1));
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
    let crawl = Crawl { requests_per_second: 2.0, concurrency: 1, ..brisk() };
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
async fn a_connection_that_was_closed_while_idle_costs_one_further_try_at_most() {
    // It says that it keeps the connection, and closes it.
    let server =
        RoughServer::start(|_| vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec())]).await;
    let pool = Pool::new(&Crawl { retries: 1, ..brisk() }).unwrap();
    for n in 0..20 {
        assert_eq!(answered(pool.open(&server.url(&format!("/{n}"))).await).1, b"ok");
    }
    assert_eq!(server.seen().len(), 20);
}

#[tokio::test]
async fn a_url_that_is_given_up_leaves_its_place_to_others() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/hangs" => vec![Step::Wait(Duration::from_mins(1))],
        _ => answer(200, "", "ok"),
    })
    .await;
    let pool = Pool::new(&Crawl { concurrency: 1, ..brisk() }).unwrap();
    for _ in 0..6 {
        let hangs = server.url("/hangs");
        assert!(tokio::time::timeout(Duration::from_millis(100), pool.open(&hangs)).await.is_err());
    }
    assert_eq!(answered(pool.open(&server.url("/")).await).1, b"ok");
}
