//! Where opening a URL leads: redirects, mapped hosts, and addresses that are refused on the way.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use oit_audit::fetch::Pool;
use oit_audit::model::{Cause, Crawl};

use crate::fetch::{answered, brisk, failed, mapped, open, url};
use crate::support::rough_server::{RoughServer, Seen, Step, answer, redirect};

#[tokio::test]
async fn each_hop_has_its_own_time() {
    let crawl = Crawl { timeout: Duration::from_secs(1), ..brisk() };
    let server = RoughServer::start(|seen| {
        let mut steps = vec![Step::Wait(Duration::from_millis(600))];
        steps.extend(if seen.target == "/" { redirect(302, "/b") } else { answer(200, "", "b") });
        steps
    })
    .await;
    let (got, _) = answered(Pool::new(&crawl).unwrap().open(&server.url("/")).await);
    assert!(got.elapsed_ms >= 1200, "{}", got.elapsed_ms);
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
    assert_eq!((failure.cause, seen.len()), (Cause::TooManyRedirects, 21));
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
    for text in ["http://www.a.go.th/", "http://www.a.go.th:8080/", "http://www.กรม.ไทย:80/"] {
        assert_eq!(answered(pool.open(&url(text)).await).0.final_url, url(text));
    }
    let hosts: Vec<String> = server.seen().iter().map(|seen| seen.header("host").unwrap().to_owned()).collect();
    assert_eq!(hosts[..2], ["www.a.go.th", "www.a.go.th:8080"]);
    assert_eq!(Some(hosts[2].as_str()), url("http://www.กรม.ไทย/").host_str());
}
