//! How URLs are opened over TLS: which certificates are taken, and what is wrong with the others.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use oit_audit::fetch::{Pool, PoolError, Trust};
use oit_audit::model::{Cause, Crawl, Stage, TlsFault};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::ServerConfig;

use crate::fetch::{answered, brisk, failed, mapped, url};
use crate::support::authority::{Authority, config};
use crate::support::rough_server::{RoughServer, Step, answer, head, redirect};

const HOST: &str = "www.a.go.th";

async fn fault(authority: &Authority, config: ServerConfig) -> Cause {
    let server = RoughServer::start_tls(config, |_| answer(200, "", "in")).await;
    let crawl = mapped(Crawl { retries: 2, ..brisk() }, &[HOST], server.address);
    let pool = Pool::with(&crawl, &authority.trust(), |_, _| ()).unwrap();
    let failure = failed(pool.open(&url(&format!("https://{HOST}/"))).await);
    assert!(!failure.detail.is_empty());
    if matches!(failure.cause, Cause::Tls(_)) {
        assert_eq!(pool.tally().requests, 1, "a certificate does not mend while one waits");
    }
    failure.cause
}

#[tokio::test]
async fn a_good_certificate_opens_on_any_port() {
    let authority = Authority::new();
    let server = RoughServer::start_tls(authority.server(HOST, |_| ()), |_| answer(200, "", "in")).await;
    let pool = Pool::with(&mapped(brisk(), &[HOST], server.address), &authority.trust(), |_, _| ()).unwrap();
    for (text, host) in [("https://www.a.go.th/", HOST), ("https://www.a.go.th:8443/", "www.a.go.th:8443")] {
        let (got, body) = answered(pool.open(&url(text)).await);
        assert_eq!((got.final_url, body.as_slice()), (url(text), &b"in"[..]));
        assert_eq!(server.seen().last().unwrap().header("host"), Some(host));
    }
    // Without the further root nobody vouches for it.
    let strict = Pool::new(&mapped(brisk(), &[HOST], server.address)).unwrap();
    assert_eq!(failed(strict.open(&url("https://www.a.go.th/")).await).cause, Cause::Tls(TlsFault::UnknownIssuer));
}

#[tokio::test]
async fn bad_certificates_are_told_apart() {
    let authority = Authority::new();
    let expired = authority.server(HOST, |params| params.not_after = date_time_ymd(2020, 1, 1));
    assert_eq!(fault(&authority, expired).await, Cause::Tls(TlsFault::Expired));
    let early = authority.server(HOST, |params| params.not_before = date_time_ymd(4000, 1, 1));
    assert_eq!(fault(&authority, early).await, Cause::Tls(TlsFault::NotYetValid));
    let other = authority.server("www.b.go.th", |_| ());
    assert_eq!(fault(&authority, other).await, Cause::Tls(TlsFault::WrongHost));
    for name in ["A stranger", "An authority"] {
        let stranger = Authority::named(name).server(HOST, |_| ());
        assert_eq!(fault(&authority, stranger).await, Cause::Tls(TlsFault::UnknownIssuer), "{name}");
    }
}

#[tokio::test]
async fn a_self_signed_certificate_is_told_apart_even_if_it_is_marked_as_an_authority() {
    for is_ca in [IsCa::NoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
        let mut params = CertificateParams::new(vec![HOST.to_owned()]).unwrap();
        params.is_ca = is_ca;
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().der().clone();
        let server = config(vec![certificate.clone()], &key);
        assert_eq!(fault(&Authority::new(), server.clone()).await, Cause::Tls(TlsFault::SelfSigned));
        // Unless the user trusts this very one.
        let server = RoughServer::start_tls(server, |_| answer(200, "", "in")).await;
        let trust = Trust { extra_roots: vec![certificate] };
        let crawl = mapped(brisk(), &[HOST, "www.b.go.th"], server.address);
        let pool = Pool::with(&crawl, &trust, |_, _| ()).unwrap();
        assert_eq!(answered(pool.open(&url("https://www.a.go.th/")).await).0.tls, None);
        let elsewhere = failed(pool.open(&url("https://www.b.go.th/")).await);
        assert_eq!(elsewhere.cause, Cause::Tls(TlsFault::WrongHost));
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls() {
    let server = RoughServer::start(|_| answer(200, "", "")).await;
    let crawl = mapped(brisk(), &[HOST], server.address);
    // It waits for the end of a head that never comes; once it gives up, the handshake is cut.
    let hasty = Crawl { connect_timeout: Duration::from_millis(300), ..crawl };
    let failure = failed(Pool::new(&hasty).unwrap().open(&url("https://www.a.go.th/")).await);
    assert_eq!(failure.cause, Cause::Timeout(Stage::Connect));
}

/// What comes of a server that answers the first words of a handshake with these bytes, or with RST.
async fn of_handshake(reply: Option<&'static [u8]>) -> Cause {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let crawl = mapped(brisk(), &[HOST], listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        // A build with a second TLS library comes twice.
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            match reply {
                Some(bytes) => stream.write_all(bytes).await.unwrap(),
                None => stream.set_zero_linger().unwrap(),
            }
        }
    });
    let failure = failed(Pool::new(&crawl).unwrap().open(&url("https://www.a.go.th/")).await);
    task.abort();
    failure.cause
}

#[tokio::test]
async fn handshakes_that_fail_are_told_apart() {
    assert_eq!(of_handshake(Some(b"HTTP/1.0 400 Bad Request\r\n\r\n")).await, Cause::Protocol);
    assert_eq!(of_handshake(Some(b"\x15\x03\x01\x00\x02\x02\x50")).await, Cause::Tls(TlsFault::Other));
    assert_eq!(of_handshake(Some(b"\x15\x03\x01\x00\x02\x02\x28")).await, Cause::Tls(TlsFault::Handshake));
    // Only a second library can tell whether it is the ciphers.
    let cut = if cfg!(feature = "legacy-tls") { Cause::Reset } else { Cause::Tls(TlsFault::HandshakeCut) };
    assert_eq!(of_handshake(Some(b"")).await, cut);
    assert_eq!(of_handshake(None).await, cut);
}

#[tokio::test]
async fn http2_is_spoken_where_the_server_offers_it() {
    let authority = Authority::new();
    let mut config = authority.server(HOST, |_| ());
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let server = RoughServer::start_tls(config, |_| answer(200, "", "http/1.1")).await;
    let pool = Pool::with(&mapped(brisk(), &[HOST], server.address), &authority.trust(), |_, _| ()).unwrap();
    assert_eq!(answered(pool.open(&url("https://www.a.go.th/")).await).1, b"h2");
    // With a port that only the `Host` header can carry, the older version does.
    assert_eq!(answered(pool.open(&url("https://www.a.go.th:8443/")).await).1, b"http/1.1");
}

#[tokio::test]
async fn a_missing_farewell_is_forgiven_where_nothing_is_missing() {
    let authority = Authority::new();
    let server = RoughServer::start_tls(authority.server(HOST, |_| ()), |seen| {
        let headers = match seen.target.as_str() {
            "/length" => "Content-Length: 100\r\n",
            "/chunked" => "Transfer-Encoding: chunked\r\n",
            _ => "",
        };
        vec![Step::Send(head(200, headers)), Step::Send(b"4\r\nbody\r\n".to_vec()), Step::Cut]
    })
    .await;
    let pool = Pool::with(&mapped(brisk(), &[HOST], server.address), &authority.trust(), |_, _| ()).unwrap();
    let open = async |path: &str| pool.open(&url(&format!("https://{HOST}{path}"))).await;
    assert_eq!(answered(open("/").await).1, b"4\r\nbody\r\n");
    assert_eq!(failed(open("/length").await).cause, Cause::Truncated);
    assert_eq!(failed(open("/chunked").await).cause, Cause::Truncated);
}

#[tokio::test]
async fn a_compressed_body_that_is_cut_is_no_page_whatever_tells_its_end() {
    // "body" by gzip; what tells its end is the last eight bytes.
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x04\0\xfb\xffbody\xb2\x0b\xa8\xdb\x04\0\0\0";
    let authority = Authority::new();
    let server = RoughServer::start_tls(authority.server(HOST, |_| ()), move |seen| {
        let (way, length) = seen.target.rsplit_once('/').unwrap();
        let more = match way {
            "/length" => "Content-Length: 28\r\n",
            _ => "",
        };
        let part = gzip[..length.parse().unwrap()].to_vec();
        vec![Step::Send(head(200, &format!("Content-Encoding: gzip\r\n{more}"))), Step::Send(part), Step::Cut]
    })
    .await;
    let pool = Pool::with(&mapped(brisk(), &[HOST], server.address), &authority.trust(), |_, _| ()).unwrap();
    let open = async |path: &str| pool.open(&url(&format!("https://{HOST}{path}"))).await;
    for whole in ["/close/27", "/length/27"] {
        assert_eq!(answered(open(whole).await).1, b"body", "{whole}");
    }
    for length in [5, 12, 17, 19, 22, 26] {
        for way in ["close", "length"] {
            assert_eq!(failed(open(&format!("/{way}/{length}")).await).cause, Cause::Truncated, "{way} {length}");
        }
    }
}

#[tokio::test]
async fn redirects_cross_between_http_and_https() {
    let authority = Authority::new();
    let secure = RoughServer::start_tls(authority.server(HOST, |_| ()), |_| answer(200, "", "in")).await;
    let plain = RoughServer::start(|_| redirect(301, "https://www.a.go.th/")).await;
    let crawl = mapped(mapped(brisk(), &[HOST], secure.address), &["a.go.th"], plain.address);
    let pool = Pool::with(&crawl, &authority.trust(), |_, _| ()).unwrap();
    let (got, _) = answered(pool.open(&url("http://a.go.th/")).await);
    assert_eq!((got.final_url, got.hops.len()), (url("https://www.a.go.th/"), 1));
}

#[test]
fn a_root_that_is_none_is_an_error() {
    let trust = Trust { extra_roots: vec![CertificateDer::from(vec![1, 2, 3])] };
    assert!(matches!(Pool::with(&brisk(), &trust, |_, _| ()), Err(PoolError::Root(_))));
}
