//! The program's network layer against a server that nobody here wrote: httpbin, from the Python Package Index.
//!
//! `.ci/run` installs it. By hand: `python3 -m venv target/httpbin && target/httpbin/bin/pip install httpbin==0.10.4`.
//! Where it is not there, the test says so and ends, except where the environment has `CI=true`.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use oit_audit::checks::fault;
use oit_audit::fetch::Pool;
use oit_audit::model::{Cause, Crawl, Fetched, ReasonCode, Stage};
use url::Url;

use crate::fetch::{answered, brisk, failed};

/// httpbin on a port of its own; it ends when dropped.
struct Httpbin {
    process: Child,
    port: u16,
}

impl Drop for Httpbin {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Httpbin {
    fn start() -> Option<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/httpbin/bin/python");
        let pythons = [own, PathBuf::from("python3")];
        let has_it = |python: &&PathBuf| {
            let asked = Command::new(python).args(["-c", "import httpbin"]).stderr(Stdio::null()).status();
            asked.is_ok_and(|status| status.success())
        };
        let Some(python) = pythons.iter().find(has_it) else {
            crate::support::tools::skip("httpbin is not installed: see tests/it/httpbin.rs");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new(python)
            .args(["-m", "httpbin.core", "--host", "127.0.0.1", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let httpbin = Self { process, port };
        let started = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_mins(1), "httpbin does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(httpbin)
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }
}

/// Settings for a server that may be slow to begin.
fn patient() -> Crawl {
    Crawl { timeout: Duration::from_secs(20), ..brisk() }
}

#[tokio::test]
async fn every_endpoint_of_httpbin_is_opened_as_a_browser_would() {
    let Some(httpbin) = Httpbin::start() else { return };
    statuses(&httpbin).await;
    redirects(&httpbin).await;
    bodies(&httpbin).await;
    cookies(&httpbin).await;
    time(&httpbin).await;
}

async fn open(httpbin: &Httpbin, path: &str) -> Fetched {
    Pool::new(&patient()).unwrap().open(&httpbin.url(path)).await.fetched
}

async fn statuses(httpbin: &Httpbin) {
    let pool = Pool::new(&patient()).unwrap();
    for status in (200..600).chain([999]) {
        let opened = pool.open(&httpbin.url(&format!("/status/{status}"))).await;
        let wanted = match status {
            200..300 => None,
            401 | 407 => Some(ReasonCode::LinkLogin),
            403 | 406 | 418 | 429 | 451 | 999 => Some(ReasonCode::LinkBlocked),
            _ => Some(ReasonCode::LinkHttpStatus),
        };
        // Those that httpbin redirects lead to a page of it.
        let wanted = if matches!(status, 301 | 302 | 303 | 307) { None } else { wanted };
        let code = fault(&opened.fetched);
        assert_eq!(code, wanted, "{status}");
    }
    for (path, code) in [
        ("/basic-auth/user/pass", ReasonCode::LinkLogin),
        ("/digest-auth/auth/user/pass", ReasonCode::LinkLogin),
        ("/bearer", ReasonCode::LinkLogin),
        ("/hidden-basic-auth/user/pass", ReasonCode::LinkHttpStatus),
        ("/no/such/page", ReasonCode::LinkHttpStatus),
    ] {
        assert_eq!(fault(&open(httpbin, path).await), Some(code), "{path}");
    }
}

async fn redirects(httpbin: &Httpbin) {
    for kind in ["redirect", "relative-redirect", "absolute-redirect"] {
        for (count, end) in [(1, "/get"), (5, "/get"), (20, "/get")] {
            let opened = Pool::new(&patient()).unwrap().open(&httpbin.url(&format!("/{kind}/{count}"))).await;
            let (answer, _) = answered(opened);
            assert_eq!((answer.hops.len(), answer.final_url), (count, httpbin.url(end)), "{kind}");
        }
        let opened = Pool::new(&patient()).unwrap().open(&httpbin.url(&format!("/{kind}/21"))).await;
        assert_eq!(failed(opened).cause, Cause::TooManyRedirects, "{kind}");
    }
    let to = |target: &str| httpbin.url(&format!("/redirect-to?url={target}"));
    let pool = Pool::new(&patient()).unwrap();
    for target in ["/html", "html", "%2Fencoding%2Futf8", httpbin.url("/html").as_str()] {
        assert_eq!(fault(&pool.open(&to(target)).await.fetched), None, "{target}");
    }
    for status in [301, 302, 303, 307, 308] {
        let url = httpbin.url(&format!("/redirect-to?url=/get&status_code={status}"));
        assert_eq!(answered(pool.open(&url).await).0.hops[0].status, status);
    }
    for target in ["ftp://127.0.0.1/x", "javascript:alert(1)", "mailto:a@b.go.th"] {
        assert_eq!(failed(pool.open(&to(target)).await).cause, Cause::RedirectScheme, "{target}");
    }
    let refresh = httpbin.url("/response-headers?Refresh=0;url=/html");
    let (answer, _) = answered(pool.open(&refresh).await);
    assert_eq!((answer.final_url, answer.hops[0].status), (httpbin.url("/html"), 200));
}

async fn bodies(httpbin: &Httpbin) {
    let pool = Pool::new(&patient()).unwrap();
    for (path, kind, words) in [
        ("/gzip", "application/json", "\"gzipped\": true"),
        ("/brotli", "application/json", "\"brotli\": true"),
        ("/deflate", "application/json", "\"deflated\": true"),
        ("/encoding/utf8", "text/html; charset=utf-8", "๏ แผ่นดินฮั่นเสื่อมโทรมแสนสังเวช"),
        ("/html", "text/html; charset=utf-8", "Herman Melville"),
        ("/xml", "application/xml", "<slideshow"),
        ("/json", "application/json", "slideshow"),
        ("/robots.txt", "text/plain", "Disallow: /deny"),
        ("/deny", "text/plain", "YOU SHOULDN'T BE HERE"),
        ("/forms/post", "text/html; charset=utf-8", "<form"),
        ("/links/3/0", "text/html; charset=utf-8", "<a href"),
        ("/stream/3", "application/json", "\"id\": 2"),
        ("/user-agent", "application/json", "oit-audit"),
        ("/headers", "application/json", "th,en;q=0.8"),
        ("/response-headers?X-Thai=ok", "application/json", "X-Thai"),
        ("/anything/%E1%BC%B9", "application/json", "\"method\": \"GET\""),
        ("/cache", "application/json", "headers"),
    ] {
        let (answer, body) = answered(pool.open(&httpbin.url(path)).await);
        assert_eq!((answer.status, answer.challenge.as_deref()), (200, None), "{path}");
        assert_eq!(answer.content_type.as_deref(), Some(kind), "{path}");
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains(words), "{path}: {text}");
    }
    for (path, kind, start) in [
        ("/image/png", "image/png", &b"\x89PNG"[..]),
        ("/image/jpeg", "image/jpeg", b"\xff\xd8"),
        ("/image/webp", "image/webp", b"RIFF"),
        ("/image/svg", "image/svg+xml", b"<"),
    ] {
        let (answer, body) = answered(pool.open(&httpbin.url(path)).await);
        assert!(answer.content_type.as_deref() == Some(kind) && body.starts_with(start), "{path}");
    }
    for path in ["/bytes/5000", "/stream-bytes/5000?chunk_size=100", "/range/5000"] {
        let (answer, body) = answered(pool.open(&httpbin.url(path)).await);
        assert_eq!((answer.bytes, body.len()), (5000, 5000), "{path}");
    }
    let small = Crawl { max_body: 1000, ..patient() };
    let (answer, body) = answered(Pool::new(&small).unwrap().open(&httpbin.url("/stream-bytes/5000")).await);
    assert_eq!((answer.capped, body.len()), (true, 1000));
}

async fn cookies(httpbin: &Httpbin) {
    let pool = Pool::new(&patient()).unwrap();
    let body = async |path: &str| String::from_utf8(answered(pool.open(&httpbin.url(path)).await).1).unwrap();
    // It sets the cookie and redirects to the page that shows it.
    assert!(body("/cookies/set?gate=open").await.contains("\"gate\": \"open\""));
    assert!(body("/cookies").await.contains("\"gate\": \"open\""));
    assert!(!body("/cookies/delete?gate").await.contains("gate"));
    let other = Pool::new(&patient()).unwrap();
    let (_, shown) = answered(other.open(&httpbin.url("/cookies")).await);
    assert!(!String::from_utf8(shown).unwrap().contains("gate"), "cookies of another audit");
}

async fn time(httpbin: &Httpbin) {
    let hasty = Crawl { timeout: Duration::from_secs(1), ..brisk() };
    for (path, stage) in [("/delay/5", Stage::Read), ("/drip?numbytes=50&duration=10&delay=0", Stage::Body)] {
        let started = Instant::now();
        let failure = failed(Pool::new(&hasty).unwrap().open(&httpbin.url(path)).await);
        assert_eq!(failure.cause, Cause::Timeout(stage), "{path}");
        let took = started.elapsed();
        assert!(took >= Duration::from_millis(900) && took < Duration::from_secs(8), "{path}: {took:?}");
    }
    for path in ["/delay/1", "/drip?numbytes=5&duration=1&delay=0", "/drip?numbytes=3&duration=1&delay=1"] {
        let (answer, _) = answered(Pool::new(&patient()).unwrap().open(&httpbin.url(path)).await);
        assert!(answer.status == 200 && answer.elapsed_ms >= 500, "{path}");
    }
    assert_eq!(fault(&open(httpbin, "/drip?numbytes=5&duration=0&code=500").await), Some(ReasonCode::LinkHttpStatus));
}
