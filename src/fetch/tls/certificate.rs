//! Reads certificates: those in a file or an answer, whatever its form, and what one says of itself and its issuer.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use url::Url;
use x509_parser::asn1_rs::{Any, FromDer, Tag};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::oid_registry::{OID_PKCS7_ID_SIGNED_DATA, OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS};

use crate::model::{bare, is_web};

/// URLs of issuers that are read of one certificate; honest ones have one or two.
const MOST_URLS: usize = 3;

/// Certificates in a file or an answer: DER, PEM with any number of them, or PKCS #7 (`.p7c`, "certs-only") in either
/// form. What is none is left out.
pub(super) fn certificates(bytes: &[u8]) -> Vec<CertificateDer<'static>> {
    let is_one = |der: &CertificateDer<'_>| X509Certificate::from_der(der).is_ok_and(|(rest, _)| rest.is_empty());
    let one = CertificateDer::from(bytes);
    if is_one(&one) {
        return vec![one.into_owned()];
    }
    let bundled = pkcs7(bytes).or_else(|| pkcs7(&pem_pkcs7(bytes)?));
    let found = bundled.unwrap_or_else(|| CertificateDer::pem_slice_iter(bytes).filter_map(Result::ok).collect());
    found.into_iter().filter(is_one).collect()
}

/// The content of a PEM block of PKCS #7, which the PEM reader for TLS does not know.
fn pem_pkcs7(bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, block) = x509_parser::pem::parse_x509_pem(bytes).ok()?;
    (block.label == "PKCS7" || block.label == "CMS").then_some(block.contents)
}

/// The certificates of a PKCS #7 message (RFC 2315, `ContentInfo` of type `signedData`), if it is one.
fn pkcs7(bytes: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let (_, message) = Any::from_der(bytes).ok()?;
    let (content, kind) = Any::from_der(message.data).ok()?;
    if message.tag() != Tag::Sequence || kind.as_oid().ok()? != OID_PKCS7_ID_SIGNED_DATA {
        return None;
    }
    let (_, explicit) = Any::from_der(content).ok()?;
    let (_, signed) = Any::from_der(explicit.data).ok()?;
    let mut rest = signed.data;
    while let Ok((after, part)) = Any::from_der(rest) {
        if part.header.is_contextspecific() && part.tag() == Tag(0) {
            let mut certificates = Vec::new();
            let mut set = part.data;
            while let Ok((after, _)) = Any::from_der(set) {
                certificates.push(CertificateDer::from(set[..set.len() - after.len()].to_vec()));
                set = after;
            }
            return Some(certificates);
        }
        rest = after;
    }
    None
}

/// Whether a certificate names itself as its issuer.
pub(super) fn is_self_issued(certificate: &CertificateDer<'_>) -> bool {
    X509Certificate::from_der(certificate)
        .is_ok_and(|(_, certificate)| certificate.subject().as_raw() == certificate.issuer().as_raw())
}

/// Whether a certificate's own time has come and not passed.
pub(super) fn is_current(certificate: &CertificateDer<'_>, now: UnixTime) -> bool {
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    X509Certificate::from_der(certificate).is_ok_and(|(_, certificate)| {
        let validity = certificate.validity();
        (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&now)
    })
}

/// Where a certificate says that its issuer's can be had (`caIssuers` of the Authority Information Access extension).
/// Browsers take only http and https there.
pub(super) fn issuer_urls(certificate: &CertificateDer<'_>) -> Vec<Url> {
    let Ok((_, certificate)) = X509Certificate::from_der(certificate) else { return Vec::new() };
    let access = certificate.extensions().iter().filter_map(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityInfoAccess(access) => Some(&access.accessdescs),
        _ => None,
    });
    let locations = access.flatten().filter(|entry| entry.access_method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS);
    let urls = locations.filter_map(|entry| match entry.access_location {
        GeneralName::URI(text) => Url::parse(text).ok(),
        _ => None,
    });
    urls.filter(is_web).map(|url| bare(&url)).take(MOST_URLS).collect()
}

#[cfg(test)]
mod tests {
    use super::{certificates, is_self_issued, issuer_urls, pkcs7};
    use rcgen::{CertificateParams, CustomExtension, KeyPair};

    /// A self-signed certificate with an Authority Information Access extension of these bytes.
    fn certificate(access: &[u8]) -> Vec<u8> {
        let mut params = CertificateParams::new(vec!["www.a.go.th".to_owned()]).unwrap();
        let extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], access.to_vec());
        params.custom_extensions.push(extension);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    /// `AuthorityInfoAccessSyntax` with entries of (last arc of the method, tag of the name, name).
    fn access(entries: &[(u8, u8, &str)]) -> Vec<u8> {
        let value = |tag: u8, content: &[u8]| [&[tag, u8::try_from(content.len()).unwrap()], content].concat();
        let entry = |(method, tag, name): &(u8, u8, &str)| {
            let method = value(6, &[0x2b, 6, 1, 5, 5, 7, 0x30, *method]);
            value(0x30, &[method, value(*tag, name.as_bytes())].concat())
        };
        value(0x30, &entries.iter().flat_map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn issuers_are_where_browsers_look_for_them() {
        let urls = |entries: &[(u8, u8, &str)]| {
            let der = certificate(&access(entries));
            issuer_urls(&der.as_slice().into()).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(urls(&[(1, 0x86, "http://ocsp/"), (2, 0x86, "http://a/x.crt")]), ["http://a/x.crt"]);
        assert_eq!(
            urls(&[(2, 0x86, "ldap:///CN=a"), (2, 0x86, "file:///x"), (2, 0x86, "HTTPS://A/#b")]),
            ["https://a/"]
        );
        assert_eq!(urls(&[(2, 0x82, "a.go.th"), (2, 0x86, "x y"), (2, 0x86, "")]), [""; 0]);
        assert_eq!(urls(&["http://1/", "http://2/", "http://3/", "http://4/"].map(|url| (2, 0x86, url))).len(), 3);
        assert!(issuer_urls(&certificate(b"nonsense").as_slice().into()).is_empty());
        assert!(is_self_issued(&certificate(&access(&[])).as_slice().into()));
    }

    #[test]
    fn what_is_cut_or_garbled_is_no_certificate() {
        let whole = certificate(&access(&[(2, 0x86, "http://a/x.crt")]));
        assert_eq!(certificates(&whole), [whole.as_slice().into()]);
        for end in 0..whole.len() {
            assert_eq!(certificates(&whole[..end]), []);
            let mut garbled = whole.clone();
            garbled[end] ^= 0xff;
            for one in certificates(&garbled) {
                issuer_urls(&one);
            }
        }
        let twice = [whole.clone(), whole].concat();
        assert_eq!(certificates(&twice), [], "trailing bytes");
        assert_eq!(pkcs7(&twice), None);
    }
}
