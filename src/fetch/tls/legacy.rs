//! A client over the machine's own TLS library, for servers with ciphers that rustls refuses and browsers still take.
//! What it trusts is the same.

use reqwest::tls::Version;
use reqwest::{Certificate, Client, ClientBuilder};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

use super::Trust;

/// Builds the client. Issuers that a server leaves out are not fetched for it: the library does not say which are
/// missing.
pub(in crate::fetch) fn client(builder: ClientBuilder, trust: &Trust) -> Result<Client, reqwest::Error> {
    let roots: Vec<Certificate> = TLS_SERVER_ROOT_CERTS
        .iter()
        .chain(&trust.extra_roots)
        .map(|root| Certificate::from_der(root))
        .collect::<Result<_, _>>()?;
    builder
        .tls_backend_native()
        .tls_certs_only(roots)
        // Browsers take nothing older; whatever the machine would.
        .tls_version_min(Version::TLS_1_2)
        .http1_only()
        .build()
}

#[cfg(test)]
mod tests {
    use super::TLS_SERVER_ROOT_CERTS;
    use std::collections::BTreeSet;

    use rustls::RootCertStore;

    #[test]
    fn both_libraries_trust_the_same_roots() {
        let mut certificates = RootCertStore::empty();
        for root in TLS_SERVER_ROOT_CERTS {
            certificates.add(root.clone()).unwrap();
        }
        let keys = |store: &[rustls::pki_types::TrustAnchor<'_>]| -> BTreeSet<Vec<u8>> {
            store.iter().map(|root| root.subject_public_key_info.to_vec()).collect()
        };
        assert_eq!(keys(&certificates.roots), keys(webpki_roots::TLS_SERVER_ROOTS));
    }
}
