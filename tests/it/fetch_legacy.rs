//! Servers that only the machine's own TLS library can talk to; `openssl s_server` plays them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use oit_audit::fetch::{Pool, Trust};
use oit_audit::model::{Cause, TlsFault, TlsNote};
use rcgen::{CertificateParams, KeyPair};

use crate::fetch::{answered, brisk, failed, mapped, url};
use crate::support::authority::Authority;
use crate::support::program::Desk;
use crate::support::tools::skip;

const HOST: &str = "www.a.go.th";

/// An old server; it is gone when dropped.
struct OldServer {
    address: SocketAddr,
    process: Child,
    _files: Desk,
}

impl OldServer {
    /// A server with a certificate for `host` and the further words for `openssl s_server`; none where there is no
    /// `openssl`.
    fn start(authority: &Authority, host: &str, words: &[&str]) -> Option<Self> {
        let files = Desk::new();
        let key = openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])?;
        let pair = KeyPair::from_pem(&key).unwrap();
        let certificate = authority.leaf_for(host, &pair, |_: &mut CertificateParams| ());
        let certificate = pem::encode(&pem::Pem::new("CERTIFICATE", certificate.to_vec()));
        let mut process = Command::new("openssl")
            .args(["s_server", "-www", "-accept", "127.0.0.1:0"])
            .args(["-cert", &files.put("certificate.pem", certificate), "-key", &files.put("key.pem", key)])
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = said.map_while(Result::ok).find_map(|line| line.strip_prefix("ACCEPT ")?.parse().ok());
        let Some(address) = address else {
            process.kill().unwrap();
            panic!("`openssl s_server {}` says no address", words.join(" "));
        };
        Some(Self { address, process, _files: files })
    }

    fn pool(&self, trust: &Trust) -> Pool {
        Pool::with(&mapped(brisk(), &[HOST], self.address), trust, |_, _| ()).unwrap()
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What `openssl` says; nothing if it is not there.
fn openssl(words: &[&str]) -> Option<String> {
    match Command::new("openssl").args(words).stderr(Stdio::null()).output() {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        _ => {
            skip("`openssl` is not there to play an old server");
            None
        }
    }
}

#[tokio::test]
async fn ciphers_that_browsers_still_take_open() {
    let authority = Authority::new();
    for cipher in ["ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384", "AES128-SHA", "AES256-GCM-SHA384"] {
        let Some(server) = OldServer::start(&authority, HOST, &["-tls1_2", "-cipher", cipher]) else { return };
        let pool = server.pool(&authority.trust());
        for text in ["https://www.a.go.th/", "https://www.a.go.th:8443/"] {
            let (got, body) = answered(pool.open(&url(text)).await);
            assert_eq!((got.tls, got.status, got.final_url), (Some(TlsNote::Legacy), 200, url(text)), "{cipher}");
            assert!(String::from_utf8_lossy(&body).contains(cipher), "the server names the cipher in use");
        }
    }
}

#[tokio::test]
async fn a_modern_server_is_no_legacy() {
    let authority = Authority::new();
    for words in [&["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"][..], &["-tls1_3"]] {
        let Some(server) = OldServer::start(&authority, HOST, words) else { return };
        let (got, _) = answered(server.pool(&authority.trust()).open(&url("https://www.a.go.th/")).await);
        assert_eq!((got.tls, got.status), (None, 200));
    }
}

#[tokio::test]
async fn certificates_are_as_strictly_looked_at() {
    let authority = Authority::new();
    let old = &["-tls1_2", "-cipher", "AES128-SHA"];
    let Some(server) = OldServer::start(&authority, HOST, old) else { return };
    let failure = failed(server.pool(&Trust::default()).open(&url("https://www.a.go.th/")).await);
    assert_eq!(failure.cause, Cause::Tls(TlsFault::Handshake), "{}", failure.detail);
    assert!(failure.detail.contains("certificate"), "{}", failure.detail);
    let Some(server) = OldServer::start(&authority, "www.b.go.th", old) else { return };
    let failure = failed(server.pool(&authority.trust()).open(&url("https://www.a.go.th/")).await);
    assert_eq!(failure.cause, Cause::Tls(TlsFault::Handshake), "{}", failure.detail);
}

#[tokio::test]
async fn versions_that_browsers_refuse_do_not_open() {
    let authority = Authority::new();
    for version in ["-tls1_1", "-tls1"] {
        let words = [version, "-cipher", "ALL:@SECLEVEL=0"];
        let Some(server) = OldServer::start(&authority, HOST, &words) else { return };
        let failure = failed(server.pool(&authority.trust()).open(&url("https://www.a.go.th/")).await);
        assert_eq!(failure.cause, Cause::Tls(TlsFault::ObsoleteVersion), "{version}: {}", failure.detail);
    }
}
