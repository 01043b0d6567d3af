//! Verifies servers' certificates as browsers do: where a server leaves the issuer's out, with what was fetched.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use url::Url;

use super::certificate::{is_current, is_self_issued};
use super::issuers::{Fetched, Issuers};

/// No way leads from a server's certificate to a root that is trusted.
#[derive(Debug)]
pub(in crate::fetch) struct NoWay {
    /// What the server sent does not do, and why.
    pub(in crate::fetch) error: Error,
    /// The certificate names itself as its issuer.
    pub(in crate::fetch) self_signed: bool,
    /// Where further issuers may be had that were not fetched yet.
    pub(in crate::fetch) wanted: Vec<Url>,
    /// Where nothing was to be had.
    missing: Vec<(Url, Fetched)>,
}

impl NoWay {
    /// Whether a browser may know more: some issuer could not be fetched, and not because it is not there.
    pub(in crate::fetch) fn is_open(&self) -> bool {
        !self.wanted.is_empty() || self.missing.iter().any(|(_, why)| matches!(why, Fetched::Failed(_)))
    }

    /// The error itself, if it is of this kind.
    pub(in crate::fetch) fn of(error: &Error) -> Option<&Self> {
        match error {
            Error::InvalidCertificate(CertificateError::Other(OtherError(other))) => other.downcast_ref(),
            _ => None,
        }
    }
}

impl std::error::Error for NoWay {}

impl fmt::Display for NoWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.self_signed {
            return f.write_str("self-signed certificate");
        }
        write!(f, "no way to a trusted root ({})", self.error)?;
        for (url, why) in &self.missing {
            if let Fetched::Nothing(why) | Fetched::Failed(why) = why {
                write!(f, "; the issuer's certificate at {url}: {why}")?;
            }
        }
        Ok(())
    }
}

/// The verifier of a run.
#[derive(Debug)]
pub(super) struct Verifier {
    webpki: Arc<WebPkiServerVerifier>,
    /// The user's further roots.
    extra: Vec<CertificateDer<'static>>,
    issuers: Arc<Issuers>,
    /// Names whose certificates needed what was fetched.
    completed: Mutex<BTreeSet<String>>,
}

impl Verifier {
    pub(super) fn new(
        webpki: Arc<WebPkiServerVerifier>,
        extra: Vec<CertificateDer<'static>>,
        issuers: Arc<Issuers>,
    ) -> Self {
        Self { webpki, extra, issuers, completed: Mutex::default() }
    }

    /// Whether a host's certificate needed what was fetched.
    pub(super) fn completed(&self, host: &str) -> bool {
        self.completed.lock().unwrap_or_else(PoisonError::into_inner).contains(plain(host))
    }
}

/// A host as it is told apart here: as a URL writes it, and without what a certificate's name is without.
fn plain(host: &str) -> &str {
    host.trim_end_matches('.').trim_matches(['[', ']'])
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        sent: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verify = |sent: &[CertificateDer<'_>]| self.webpki.verify_server_cert(certificate, sent, name, ocsp, now);
        let mut error = match verify(sent) {
            Err(error) if is_about_issuers(&error, certificate, now) => error,
            other => return other,
        };
        // A certificate for another host is that, whoever issued it.
        verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
        // One that vouches for itself, and that the user trusts just so, may be marked as an authority too.
        if self.extra.contains(certificate) && is_current(certificate, now) {
            return Ok(ServerCertVerified::assertion());
        }
        let all: Vec<&CertificateDer<'_>> = std::iter::once(certificate).chain(sent).collect();
        let way = self.issuers.way(&all);
        if !way.found.is_empty() {
            let issuers: Vec<CertificateDer<'_>> = sent.iter().cloned().chain(way.found).collect();
            match verify(&issuers) {
                Err(later) if is_about_issuers(&later, certificate, now) => error = later,
                Err(other) => return Err(other),
                Ok(verified) => {
                    let mut completed = self.completed.lock().unwrap_or_else(PoisonError::into_inner);
                    completed.insert(plain(&name.to_str()).to_owned());
                    return Ok(verified);
                }
            }
        }
        let self_signed = is_self_issued(certificate);
        let wanted = if self_signed { Vec::new() } else { way.wanted };
        let no_way = NoWay { error, self_signed, wanted, missing: way.missing };
        Err(Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(no_way)))))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}

/// Whether an error may go away with other issuers' certificates: there is none, its key is another's of the same name,
/// or it is out of date while the server's own certificate is not.
fn is_about_issuers(error: &Error, certificate: &CertificateDer<'_>, now: UnixTime) -> bool {
    use CertificateError as E;
    match error {
        Error::InvalidCertificate(E::UnknownIssuer | E::BadSignature) => true,
        Error::InvalidCertificate(
            E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. },
        ) => is_current(certificate, now),
        // What `openssl req -x509` makes: self-signed, and marked as an authority. That mark is found first.
        Error::InvalidCertificate(E::Other(OtherError(other))) => {
            other.to_string().contains("CaUsedAsEndEntity") && is_self_issued(certificate)
        }
        _ => false,
    }
}
