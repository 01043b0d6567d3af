//! What hosts ask of visitors is kept: `Retry-After`, fewer requests, `robots.txt`, `Crawl-delay`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::{Duration, Instant};

use oit_audit::fetch::{Budget, Opened, Pool, Purpose};
use oit_audit::model::{Cause, Crawl, Failure, Fetched};
use url::Url;

use crate::fetch::{answered, brisk, failed, mapped, url};
use crate::support::rough_server::{RoughServer, Seen, Step, answer, redirect};

/// Opens URLs all at once.
async fn open_all(pool: &Pool, urls: impl IntoIterator<Item = Url>) -> Vec<Opened> {
    let open = |url: Url| {
        let pool = pool.clone();
        tokio::spawn(async move { pool.open(&url).await })
    };
    let tasks: Vec<_> = urls.into_iter().map(open).collect();
    let mut opened = Vec::new();
    for task in tasks {
        opened.push(task.await.unwrap());
    }
    opened
}

/// Opens a URL as one that this program found.
async fn found(pool: &Pool, url: &Url) -> Opened {
    pool.open_within(url, Purpose::Found, &Budget::endless()).await
}

fn times(seen: &[Seen], which: impl Fn(&Seen) -> bool) -> Vec<Instant> {
    seen.iter().filter(|seen| which(seen)).map(|seen| seen.at).collect()
}

#[tokio::test]
async fn a_host_is_left_alone_by_all_for_as_long_as_it_asks_and_others_go_on() {
    let dated = "Date: Wed, 21 Oct 2020 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2020 07:28:01 GMT\r\n";
    for (status, asks) in [(429, "Retry-After: 1\r\n"), (503, dated)] {
        let server = RoughServer::start(move |seen| match (seen.target.as_str(), seen.earlier) {
            ("/busy", 0) => answer(status, asks, ""),
            _ => answer(200, "", "ok"),
        })
        .await;
        let hosts = ["www.a.go.th", "ita.a.go.th"];
        let pool = Pool::new(&mapped(Crawl { retries: 1, ..brisk() }, &hosts, server.address)).unwrap();
        let busy = {
            let pool = pool.clone();
            tokio::spawn(async move { pool.open(&url("http://www.a.go.th/busy")).await })
        };
        // By then the first answer is there.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let same = (0..3).map(|n| url(&format!("http://www.a.go.th/{n}")));
        let other = url("http://ita.a.go.th/other");
        for opened in open_all(&pool, same.chain([other])).await {
            assert_eq!(answered(opened).1, b"ok");
        }
        assert_eq!(answered(busy.await.unwrap()).1, b"ok");
        let seen = server.seen();
        let of_host = times(&seen, |seen| seen.header("host") == Some("www.a.go.th"));
        assert_eq!(of_host.len(), 5);
        assert!(of_host[1] - of_host[0] >= Duration::from_secs(1), "{:?}", of_host[1] - of_host[0]);
        assert!(times(&seen, |seen| seen.target == "/other")[0] < of_host[1], "another host goes on");
    }
}

#[tokio::test]
async fn a_host_that_wants_to_be_left_alone_for_long_is_not_asked_again() {
    let server = RoughServer::start(|seen| match seen.header("host") {
        Some("www.a.go.th") => answer(429, "Retry-After: 3600\r\n", "too many"),
        _ => answer(200, "", "ok"),
    })
    .await;
    let hosts = ["www.a.go.th", "ita.a.go.th"];
    let pool = Pool::new(&mapped(Crawl { retries: 2, ..brisk() }, &hosts, server.address)).unwrap();
    let started = Instant::now();
    let urls = (0..43).map(|n| url(&format!("http://www.a.go.th/{n}")));
    let mut unasked = 0;
    for opened in open_all(&pool, urls).await {
        match opened.fetched {
            Fetched::Answered(answer) => assert_eq!((answer.status, answer.retry_after), (429, Some(3600))),
            Fetched::Failed(failure) => {
                assert_eq!(failure.cause, Cause::TurnedAway);
                unasked += 1;
            }
        }
    }
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert!(server.seen().len() <= 4, "{} were asked for", server.seen().len());
    assert_eq!(unasked + server.seen().len(), 43);
    assert_eq!(answered(pool.open(&url("http://ita.a.go.th/")).await).1, b"ok", "the domain's other host is open");
}

#[tokio::test]
async fn a_host_that_was_busy_is_asked_less_often() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/busy" if seen.earlier == 0 => answer(503, "", ""),
        _ => answer(200, "", ""),
    })
    .await;
    let pool = Pool::new(&Crawl { requests_per_second: 5.0, retries: 1, ..brisk() }).unwrap();
    answered(pool.open(&server.url("/busy")).await);
    for opened in open_all(&pool, (0..3).map(|n| server.url(&format!("/{n}")))).await {
        answered(opened);
    }
    for pair in times(&server.seen(), |_| true).windows(2).skip(1) {
        // Twice the 200 milliseconds of the usual pace, less what the way to the server may vary by.
        assert!(pair[1] - pair[0] >= Duration::from_millis(330), "{:?}", pair[1] - pair[0]);
    }
}

#[tokio::test]
async fn a_challenge_is_neither_tried_again_nor_a_reason_to_wait() {
    let server = RoughServer::start(|_| answer(503, "cf-mitigated: challenge\r\nRetry-After: 3600\r\n", "")).await;
    let pool = Pool::new(&Crawl { retries: 2, ..brisk() }).unwrap();
    for n in 0..3 {
        let (got, _) = answered(pool.open(&server.url(&format!("/{n}"))).await);
        assert!(got.challenge.is_some() && got.status == 503);
    }
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn failed_tries_are_counted_where_an_assessor_would_see_them() {
    let server = RoughServer::start(|seen| match (seen.target.as_str(), seen.earlier) {
        ("/502", 0 | 1) => answer(502, "", ""),
        ("/429", 0) => answer(429, "Retry-After: 0\r\n", ""),
        ("/reset", 0) | ("/resets", 0 | 1) => vec![Step::Cut],
        ("/slow", 0) => vec![Step::Wait(Duration::from_secs(30))],
        _ => answer(200, "", "ok"),
    })
    .await;
    let pool = Pool::new(&Crawl { retries: 2, timeout: Duration::from_secs(1), ..brisk() }).unwrap();
    for (path, tries) in [("/", 0), ("/502", 2), ("/429", 0), ("/reset", 0), ("/resets", 1), ("/slow", 1)] {
        let (got, _) = answered(pool.open(&server.url(path)).await);
        assert_eq!(got.failed_tries, tries, "{path}");
        assert!(got.elapsed_ms < 900, "{path}: the try that failed is not counted: {}", got.elapsed_ms);
    }
}

const RULES: &str = "User-agent: *\nDisallow: /private\nCrawl-delay: 1\n";

#[tokio::test]
async fn robots_txt_is_kept_for_what_was_found_and_asked_for_once() {
    let server = RoughServer::start(|seen| match seen.target.as_str() {
        "/robots.txt" => answer(200, "Content-Type: text/plain\r\n", RULES),
        "/moved" => redirect(302, "/private/moved"),
        _ => answer(200, "", "ok"),
    })
    .await;
    let pool = Pool::new(&brisk()).unwrap();
    assert_eq!(answered(pool.open(&server.url("/private/submitted")).await).1, b"ok");
    assert_eq!(server.seen().len(), 1, "an assessor asks nobody");

    let paths = ["/private/1", "/private/2", "/a", "/b", "/moved"];
    let tasks = paths.map(|path| {
        let (pool, url) = (pool.clone(), server.url(path));
        tokio::spawn(async move { found(&pool, &url).await })
    });
    let mut opened = Vec::new();
    for task in tasks {
        opened.push(task.await.unwrap());
    }
    let mut opened = opened.into_iter();
    for _ in 0..2 {
        let Failure { cause, detail, at, .. } = failed(opened.next().unwrap());
        assert_eq!((cause, detail.as_str(), at), (Cause::Disallowed, "robots.txt disallows it", None));
    }
    assert_eq!(answered(opened.next().unwrap()).1, b"ok");
    assert_eq!(answered(opened.next().unwrap()).1, b"ok");
    let moved = failed(opened.next().unwrap());
    assert_eq!((moved.cause, moved.at), (Cause::Disallowed, Some(server.url("/private/moved"))));

    let seen = server.seen();
    let targets: Vec<&str> = seen.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(targets.iter().filter(|target| **target == "/robots.txt").count(), 1, "{targets:?}");
    assert!(!targets[1..].iter().any(|target| target.starts_with("/private")), "{targets:?}");
    let found = times(&seen, |seen| ["/a", "/b", "/moved"].contains(&seen.target.as_str()));
    for pair in found.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(900), "{:?}", pair[1] - pair[0]);
    }
    let started = Instant::now();
    answered(pool.open(&server.url("/submitted")).await);
    assert!(started.elapsed() < Duration::from_millis(700), "what was submitted does not wait for the Crawl-delay");
}

/// What comes of a found URL where `robots.txt` is answered like this.
async fn with_robots(route: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> Opened {
    let server = RoughServer::start(move |seen| match seen.target.as_str() {
        "/found" => answer(200, "", "ok"),
        _ => route(seen),
    })
    .await;
    found(&Pool::new(&brisk()).unwrap(), &server.url("/found")).await
}

#[tokio::test]
async fn a_site_without_rules_allows_and_one_that_cannot_be_asked_does_not() {
    for status in [400, 401, 403, 404, 410] {
        let opened = with_robots(move |_| answer(status, "", "User-agent: *\nDisallow: /")).await;
        assert_eq!(answered(opened).1, b"ok", "{status}");
    }
    for status in [429, 500, 503] {
        let failure = failed(with_robots(move |_| answer(status, "", "")).await);
        assert_eq!((failure.cause, failure.detail), (Cause::Disallowed, format!("robots.txt: HTTP {status}")));
    }
    assert_eq!(failed(with_robots(|_| vec![Step::Cut]).await).cause, Cause::Reset);

    // Five redirects are followed, more are not.
    let chain = |most: usize| {
        move |seen: &Seen| match seen.target.trim_start_matches("/r").parse::<usize>().unwrap_or(0) {
            hop if hop == most => answer(200, "", "User-agent: *\nDisallow: /"),
            hop => redirect(302, format!("/r{}", hop + 1)),
        }
    };
    assert_eq!(failed(with_robots(chain(5)).await).cause, Cause::Disallowed);
    assert_eq!(answered(with_robots(chain(6)).await).1, b"ok");

    // What stands beyond 500 KiB does not count.
    let long = format!("User-agent: *\n{}\nDisallow: /\n", "# comment\n".repeat(60_000));
    assert_eq!(answered(with_robots(move |_| answer(200, "", &long)).await).1, b"ok");
}

#[tokio::test]
async fn a_site_that_could_not_be_asked_gets_its_second_chance() {
    let server = RoughServer::start(|seen| match (seen.target.as_str(), seen.earlier) {
        ("/robots.txt", 0) => answer(500, "", ""),
        ("/robots.txt", _) => answer(404, "", ""),
        _ => answer(200, "", "ok"),
    })
    .await;
    let pool = Pool::new(&brisk()).unwrap();
    assert_eq!(failed(found(&pool, &server.url("/1")).await).cause, Cause::Disallowed);
    assert_eq!(failed(found(&pool, &server.url("/2")).await).cause, Cause::Disallowed);
    assert_eq!(server.seen().len(), 1);
    pool.forget_failures();
    assert_eq!(answered(found(&pool, &server.url("/1")).await).1, b"ok");
    pool.forget_failures();
    assert_eq!(answered(found(&pool, &server.url("/2")).await).1, b"ok");
    assert_eq!(server.seen().len(), 4, "what is known is not asked for again");
}
