//! Whom to trust, and how: the roots of Mozilla's programme whatever the machine trusts, so that a verdict does not
//! depend on it; issuers that a server leaves out are fetched, as browsers do.

mod certificate;
mod fetch;
mod issuers;
#[cfg(feature = "legacy-tls")]
pub(super) mod legacy;
mod verifier;

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use super::pool::PoolError;

pub(super) use fetch::fetch;
pub(super) use verifier::NoWay;

use issuers::Issuers;
use verifier::Verifier;

/// How often a server is asked again with more issuers: one more than the issuers that a server may leave out.
pub(super) const MOST_ROUNDS: usize = 4;

/// Whom to trust beyond the roots that browsers trust.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Further root certificates.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

/// A file that has no root certificate that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRoot {
    /// No certificate at all.
    #[error("no certificate in it, neither PEM nor DER; export the root certificate as one of them")]
    None,
    /// One that is no root certificate.
    #[error("a certificate in it cannot be used as a root")]
    Unusable,
}

impl Trust {
    /// Trusts the certificates in a file too: one in DER, or any number in PEM or PKCS #7.
    pub fn add(&mut self, file: &[u8]) -> Result<(), NoRoot> {
        let certificates = certificate::certificates(file);
        if certificates.is_empty() {
            return Err(NoRoot::None);
        }
        for root in &certificates {
            RootCertStore::empty().add(root.clone()).map_err(|_| NoRoot::Unusable)?;
        }
        self.extra_roots.extend(certificates);
        Ok(())
    }
}

/// What the clients of a run share of TLS.
#[derive(Debug, Clone)]
pub(super) struct Tls {
    config: ClientConfig,
    verifier: Arc<Verifier>,
    issuers: Arc<Issuers>,
}

impl Tls {
    pub(super) fn new(trust: &Trust) -> Result<Self, PoolError> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for root in &trust.extra_roots {
            roots.add(root.clone()).map_err(PoolError::Root)?;
        }
        let provider = Arc::new(aws_lc_rs::default_provider());
        let webpki = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(|error| PoolError::Tls(rustls::Error::General(error.to_string())))?;
        let issuers = Arc::new(Issuers::default());
        let verifier = Arc::new(Verifier::new(webpki, trust.extra_roots.clone(), Arc::clone(&issuers)));
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(PoolError::Tls)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Verifier>::clone(&verifier))
            .with_no_client_auth();
        Ok(Self { config, verifier, issuers })
    }

    /// The settings of a client that speaks these protocols.
    pub(super) fn config(&self, protocols: &[&[u8]]) -> ClientConfig {
        let mut config = self.config.clone();
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        config
    }

    /// Whether a URL's host opened only with issuers that it does not send.
    pub(super) fn completed(&self, url: &Url) -> bool {
        url.scheme() == "https" && url.host_str().is_some_and(|host| self.verifier.completed(host))
    }
}
