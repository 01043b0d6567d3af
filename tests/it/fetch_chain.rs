//! Servers that leave their issuers' certificates out open as in a browser, and nobody can make a trap of that.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::net::TcpListener;
use std::time::{Duration, Instant};

use oit_audit::fetch::{Pool, Trust};
use oit_audit::model::{Answer, Cause, Crawl, Failure, Stage, TlsFault, TlsNote};
use rcgen::date_time_ymd;
use rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::ServerConfig;

use crate::fetch::{answered, brisk, failed, mapped, url};
use crate::support::authority::{Authority, config, der, issued_at};
use crate::support::rough_server::{RoughServer, Seen, Step, answer, head, redirect};

const HOST: &str = "www.a.go.th";
/// Where the authority serves its certificates.
const AIA: &str = "http://aia.example.com/issuing.crt";

/// A root, and an authority that it vouches for.
fn two() -> (Authority, Authority) {
    let root = Authority::new();
    let issuing = root.intermediate("An issuing authority", |_| ());
    (root, issuing)
}

/// A server of `issuing` that sends nothing but its own certificate, which says where the issuer's is.
fn lone(issuing: &Authority) -> ServerConfig {
    issuing.server(HOST, |params| issued_at(params, AIA))
}

/// A website and the server of the authority's certificates, as a pool sees them.
struct World {
    pool: Pool,
    site: RoughServer,
    aia: RoughServer,
}

impl World {
    async fn new(trust: &Trust, site: ServerConfig, aia: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::with(brisk(), trust, site, aia).await
    }

    async fn with(
        crawl: Crawl,
        trust: &Trust,
        site: ServerConfig,
        aia: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        let site = RoughServer::start_tls(site, |_| answer(200, "", "in")).await;
        let aia = RoughServer::start(aia).await;
        let crawl = mapped(mapped(crawl, &[HOST], site.address), &["aia.example.com"], aia.address);
        Self { pool: Pool::with(&crawl, trust, |_, _| ()).unwrap(), site, aia }
    }

    async fn opened(&self) -> Answer {
        let (got, body) = answered(self.pool.open(&url(&format!("https://{HOST}/"))).await);
        assert_eq!(body, b"in");
        got
    }

    async fn fault(&self) -> Failure {
        let failure = failed(self.pool.open(&url(&format!("https://{HOST}/"))).await);
        assert!(self.site.seen().is_empty(), "nothing is asked of a server that nobody vouches for");
        failure
    }

    fn fetched(&self) -> Vec<String> {
        self.aia.seen().into_iter().map(|seen| seen.target).collect()
    }
}

/// PKCS #7 of certificates only, as authorities serve it under `.p7c`.
fn pkcs7(certificates: &[&CertificateDer<'_>]) -> Vec<u8> {
    const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
    let certificates: Vec<u8> = certificates.iter().flat_map(|one| one.to_vec()).collect();
    let content = der(0x30, &der(6, DATA));
    let signed = [der(2, &[1]), der(0x31, &[]), content, der(0xa0, &certificates), der(0x31, &[])].concat();
    der(0x30, &[der(6, SIGNED_DATA), der(0xa0, &der(0x30, &signed))].concat())
}

#[tokio::test]
async fn a_missing_issuer_is_fetched_in_whatever_form_it_is_served() {
    let (root, issuing) = two();
    let one = issuing.certificate.to_vec();
    let other = Authority::named("Another").certificate;
    let forms = [
        one.clone(),
        pem::encode(&pem::Pem::new("CERTIFICATE", one)).into_bytes(),
        pkcs7(&[&other, &issuing.certificate]),
        pem::encode(&pem::Pem::new("PKCS7", pkcs7(&[&issuing.certificate]))).into_bytes(),
    ];
    for form in forms {
        let world = World::new(&root.trust(), lone(&issuing), move |_| answer(200, "", &form)).await;
        let got = world.opened().await;
        assert_eq!((got.tls, got.status), (Some(TlsNote::ChainCompleted), 200));
        assert_eq!(world.fetched(), ["/issuing.crt"]);
        assert_eq!(world.pool.tally().requests, 2);
    }
}

#[tokio::test]
async fn a_whole_chain_needs_nothing() {
    let (root, issuing) = two();
    let (leaf, key) = issuing.leaf(HOST, |params| issued_at(params, AIA));
    let whole = config(vec![leaf, issuing.certificate], &key);
    let world = World::new(&root.trust(), whole, |_| answer(404, "", "")).await;
    assert_eq!(world.opened().await.tls, None);
    assert_eq!(world.fetched(), Vec::<String>::new());
}

#[tokio::test]
async fn several_missing_issuers_are_fetched_one_after_the_other() {
    let root = Authority::new();
    let upper = root.intermediate("Upper", |_| ());
    let middle = upper.intermediate("Middle", |params| issued_at(params, "http://aia.example.com/upper"));
    let lower = middle.intermediate("Lower", |params| issued_at(params, "http://aia.example.com/middle"));
    let served = [("/issuing.crt", &lower), ("/middle", &middle), ("/upper", &upper)];
    let served = served.map(|(path, authority)| (path, authority.certificate.to_vec()));
    let world = World::new(&root.trust(), lone(&lower), move |seen| {
        let found = served.iter().find(|(path, _)| *path == seen.target);
        found.map_or_else(|| answer(404, "", ""), |(_, certificate)| answer(200, "", certificate))
    })
    .await;
    assert_eq!(world.opened().await.tls, Some(TlsNote::ChainCompleted));
    assert_eq!(world.fetched(), ["/issuing.crt", "/middle", "/upper"]);
}

#[tokio::test]
async fn a_wrong_issuer_that_is_sent_does_not_stand_in_the_way() {
    let (root, issuing) = two();
    let stale = issuing.again("An issuing authority", &root, |params| params.not_after = date_time_ymd(2020, 1, 1));
    let namesake = root.intermediate("An issuing authority", |_| ()).certificate;
    for wrong in [stale, namesake] {
        let (leaf, key) = issuing.leaf(HOST, |params| issued_at(params, AIA));
        let right = issuing.certificate.to_vec();
        let sent = config(vec![leaf, wrong.clone()], &key);
        let world = World::new(&root.trust(), sent, move |_| answer(200, "", &right)).await;
        assert_eq!(world.opened().await.tls, Some(TlsNote::ChainCompleted));
    }
}

#[tokio::test]
async fn pages_opened_together_share_one_fetch_and_http2() {
    let (root, issuing) = two();
    let mut site = lone(&issuing);
    site.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let certificate = issuing.certificate.to_vec();
    let slow = move |_: &Seen| {
        let [Step::Send(bytes)] = &answer(200, "", &certificate)[..] else { panic!("one step") };
        vec![Step::Wait(Duration::from_millis(200)), Step::Send(bytes.clone())]
    };
    let world = World::new(&root.trust(), site, slow).await;
    let pages: Vec<_> = (0..20)
        .map(|page| {
            let pool = world.pool.clone();
            tokio::spawn(async move { answered(pool.open(&url(&format!("https://{HOST}/{page}"))).await) })
        })
        .collect();
    for page in pages {
        let (got, body) = page.await.unwrap();
        assert_eq!((got.tls, body.as_slice()), (Some(TlsNote::ChainCompleted), &b"h2"[..]));
    }
    assert_eq!(world.fetched(), ["/issuing.crt"]);
}

#[tokio::test]
async fn what_is_wrong_with_the_certificate_itself_stays_wrong() {
    let (root, issuing) = two();
    let expired = issuing.server(HOST, |params| {
        issued_at(params, AIA);
        params.not_after = date_time_ymd(2020, 1, 1);
    });
    let other = issuing.server("www.b.go.th", |params| issued_at(params, AIA));
    for (site, fault) in [(expired, TlsFault::Expired), (other, TlsFault::WrongHost)] {
        let certificate = issuing.certificate.to_vec();
        let world = World::new(&root.trust(), site, move |_| answer(200, "", &certificate)).await;
        assert_eq!(world.fault().await.cause, Cause::Tls(fault));
        assert_eq!(world.fetched(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_chain_that_ends_at_a_stranger_has_no_trusted_issuer() {
    let (root, issuing) = two();
    let stranger = Authority::named("A stranger");
    let certificate = issuing.certificate.to_vec();
    let world = World::new(&stranger.trust(), lone(&issuing), move |_| answer(200, "", &certificate)).await;
    let failure = world.fault().await;
    assert_eq!(failure.cause, Cause::Tls(TlsFault::UnknownIssuer), "{}", failure.detail);
    let (leaf, key) = issuing.leaf(HOST, |_| ());
    let whole = config(vec![leaf, issuing.certificate, root.certificate], &key);
    let world = World::new(&stranger.trust(), whole, |_| answer(404, "", "")).await;
    assert_eq!(world.fault().await.cause, Cause::Tls(TlsFault::UnknownIssuer));
}

#[tokio::test]
async fn what_is_not_there_for_a_browser_either_decides() {
    let (root, issuing) = two();
    for steps in [
        answer(404, "", "gone"),
        answer(200, "", "<html>not a certificate</html>"),
        answer(200, "", pkcs7(&[])),
        answer(200, "", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"),
        redirect(302, "ldap://aia.example.com/x"),
        redirect(302, "/issuing.crt"),
        // Without an end.
        vec![Step::Send(head(200, "")), Step::Drip(vec![0x30; 64 * 1024], Duration::ZERO)],
    ] {
        let started = Instant::now();
        let shown = format!("{:?}", steps[0]);
        let world = World::new(&root.trust(), lone(&issuing), move |_| steps.clone()).await;
        let failure = world.fault().await;
        assert_eq!(failure.cause, Cause::Tls(TlsFault::UnknownIssuer), "{shown}: {}", failure.detail);
        assert!(failure.detail.contains("aia.example.com"), "{}", failure.detail);
        assert!(started.elapsed() < Duration::from_secs(4), "{shown}: {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn what_may_be_the_networks_fault_leaves_it_open() {
    let (root, issuing) = two();
    let hasty = || Crawl { timeout: Duration::from_secs(2), connect_timeout: Duration::from_secs(1), ..brisk() };
    for steps in [
        answer(503, "", "later"),
        answer(403, "", "robot"),
        vec![Step::Reset],
        vec![Step::Send(head(200, "Content-Length: 900\r\n")), Step::Cut],
        vec![Step::Send(head(200, "")), Step::Drip(b"0".to_vec(), Duration::from_millis(50))],
        vec![Step::Wait(Duration::from_secs(30))],
    ] {
        let started = Instant::now();
        let shown = format!("{:?}", steps[0]);
        let world = World::with(hasty(), &root.trust(), lone(&issuing), move |_| steps.clone()).await;
        let failure = world.fault().await;
        assert_eq!(failure.cause, Cause::Tls(TlsFault::IssuerNotFetched), "{shown}: {}", failure.detail);
        assert!(started.elapsed() < Duration::from_secs(10), "{shown}: {:?}", started.elapsed());
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let site = RoughServer::start_tls(lone(&issuing), |_| answer(200, "", "in")).await;
    let crawl = mapped(mapped(brisk(), &[HOST], site.address), &["aia.example.com"], closed);
    let pool = Pool::with(&crawl, &root.trust(), |_, _| ()).unwrap();
    for _ in 0..2 {
        let failure = failed(pool.open(&url(&format!("https://{HOST}/"))).await);
        assert_eq!(failure.cause, Cause::Tls(TlsFault::IssuerNotFetched));
        assert!(failure.detail.contains("refused"), "{}", failure.detail);
    }
    assert_eq!(pool.tally().requests, 3, "two for the page, one for the issuer");
}

#[tokio::test]
async fn issuers_in_a_circle_end() {
    let root = Authority::new();
    let (one, two) = (Authority::named("One"), Authority::named("Two"));
    let first = one.again("One", &two, |params| issued_at(params, "http://aia.example.com/two")).to_vec();
    let second = two.again("Two", &one, |params| issued_at(params, AIA)).to_vec();
    let world = World::new(&root.trust(), lone(&one), move |seen| {
        answer(200, "", if seen.target == "/two" { &second } else { &first })
    })
    .await;
    assert_eq!(world.fault().await.cause, Cause::Tls(TlsFault::UnknownIssuer));
    assert_eq!(world.fetched(), ["/issuing.crt", "/two"]);
}

#[tokio::test]
async fn a_row_of_issuers_without_an_end_is_left() {
    let root = Authority::new();
    let world = World::new(&root.trust(), lone(&Authority::named("First")), |seen| {
        let next = format!("{}x", seen.target);
        let name = |path: &str| format!("Authority {}", path.len());
        let above = Authority::named(&name(&next));
        let here = above.intermediate(&name(&seen.target), |params| {
            issued_at(params, &format!("http://aia.example.com{next}"));
        });
        answer(200, "", here.certificate)
    })
    .await;
    assert_eq!(world.fault().await.cause, Cause::Tls(TlsFault::IssuerNotFetched));
    assert!((1..=4).contains(&world.fetched().len()), "{:?}", world.fetched());
}

#[tokio::test]
async fn private_addresses_are_not_opened_for_an_issuer() {
    let (root, issuing) = two();
    let certificate = issuing.certificate.to_vec();
    let inside = RoughServer::start(move |_| answer(200, "", &certificate)).await;
    let port = inside.address.port();
    let trap = format!("http://127.0.0.1:{port}/");
    let strict = || Crawl { allow_private: false, ..brisk() };
    for named in [
        trap.clone(),
        format!("http://0x7f.1:{port}/"),
        format!("http://localhost:{port}/"),
        "file:///etc/passwd".into(),
    ] {
        let site = issuing.server(HOST, |params| issued_at(params, &named));
        let world = World::with(strict(), &root.trust(), site, |_| answer(404, "", "")).await;
        assert_eq!(world.fault().await.cause, Cause::Tls(TlsFault::UnknownIssuer), "{named}");
    }
    let to_it = trap.clone();
    let world = World::with(strict(), &root.trust(), lone(&issuing), move |_| redirect(302, &to_it)).await;
    assert_eq!(world.fault().await.cause, Cause::Tls(TlsFault::UnknownIssuer));
    assert_eq!((world.fetched().len(), inside.seen().len()), (1, 0));
    // Where the user allows it, it is one of many.
    let site = issuing.server(HOST, |params| issued_at(params, &trap));
    let world = World::new(&root.trust(), site, |_| answer(404, "", "")).await;
    assert_eq!(world.opened().await.tls, Some(TlsNote::ChainCompleted));
}

#[tokio::test]
async fn the_time_for_a_page_is_the_time_for_its_issuers_too() {
    let (root, issuing) = two();
    let certificate = issuing.certificate.to_vec();
    let site = RoughServer::start_tls(lone(&issuing), |_| vec![Step::Wait(Duration::from_secs(30))]).await;
    let aia = RoughServer::start(move |_| answer(200, "", &certificate)).await;
    let crawl = Crawl { timeout: Duration::from_secs(1), ..brisk() };
    let crawl = mapped(mapped(crawl, &[HOST], site.address), &["aia.example.com"], aia.address);
    let pool = Pool::with(&crawl, &root.trust(), |_, _| ()).unwrap();
    let started = Instant::now();
    let failure = failed(pool.open(&url(&format!("https://{HOST}/"))).await);
    assert_eq!(failure.cause, Cause::Timeout(Stage::Read));
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}
