//! Certificate authorities of the tests' own, and the servers whose certificates they sign.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use oit_audit::fetch::Trust;
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// An authority, root or not.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) certificate: CertificateDer<'static>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        Self::named("An authority")
    }

    /// A root with this name.
    pub(crate) fn named(name: &str) -> Self {
        let params = authority(name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().der().clone();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// An authority that this one vouches for, with something changed in its certificate.
    pub(crate) fn intermediate(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = authority(name);
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// Another certificate for this authority's key.
    pub(crate) fn again(
        &self,
        name: &str,
        by: &Self,
        change: impl FnOnce(&mut CertificateParams),
    ) -> CertificateDer<'static> {
        let mut params = authority(name);
        change(&mut params);
        params.signed_by(self.issuer.key(), &by.issuer).unwrap().der().clone()
    }

    pub(crate) fn trust(&self) -> Trust {
        Trust { extra_roots: vec![self.certificate.clone()] }
    }

    /// A certificate for `host` that was changed in some way, with its key.
    pub(crate) fn leaf(
        &self,
        host: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> (CertificateDer<'static>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        (self.leaf_for(host, &key, change), key)
    }

    /// The same for a key that is there.
    pub(crate) fn leaf_for(
        &self,
        host: &str,
        key: &KeyPair,
        change: impl FnOnce(&mut CertificateParams),
    ) -> CertificateDer<'static> {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        change(&mut params);
        params.signed_by(key, &self.issuer).unwrap().der().clone()
    }

    /// A server that sends its own certificate only, one for `host` that was changed in some way.
    pub(crate) fn server(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> ServerConfig {
        let (certificate, key) = self.leaf(host, change);
        config(vec![certificate], &key)
    }
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

/// A server that sends these certificates.
pub(crate) fn config(certificates: Vec<CertificateDer<'static>>, key: &KeyPair) -> ServerConfig {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_protocol_versions(&[&TLS13, &TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .unwrap()
}

/// Makes a certificate say that its issuer's is at a URL (Authority Information Access, `caIssuers`).
pub(crate) fn issued_at(params: &mut CertificateParams, url: &str) {
    const CA_ISSUERS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 0x30, 2];
    let entry = [der(6, CA_ISSUERS), der(0x86, url.as_bytes())].concat();
    let access = der(0x30, &der(0x30, &entry));
    params.custom_extensions.push(CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], access));
}

/// A DER value.
pub(crate) fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let [.., high, low] = content.len().to_be_bytes();
    let mut bytes = vec![tag];
    if content.len() < 128 {
        bytes.push(low);
    } else {
        bytes.extend([0x82, high, low]);
    }
    bytes.extend_from_slice(content);
    bytes
}
