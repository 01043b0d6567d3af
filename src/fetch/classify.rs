//! Says what a network error means: the cause for the verdict, and one line for a technician.

use std::error::Error;
use std::io::{self, ErrorKind};

use rustls::{AlertDescription, CertificateError, InvalidMessage};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::{Cause, Stage, TlsFault};

use super::guard::Unresolved;
use super::tls::NoWay;

/// Characters of a detail line; certificates and servers put their own words in.
const LONGEST_DETAIL: usize = 300;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fault {
    pub(super) cause: Cause,
    pub(super) detail: String,
    /// Where the certificates may be had for want of which it failed.
    #[serde(skip)]
    pub(super) issuers: Vec<Url>,
}

impl Fault {
    /// A fault with its cause and one line about it.
    pub(super) fn new(cause: Cause, detail: impl AsRef<str>) -> Self {
        Self { cause, detail: one_line(detail.as_ref()), issuers: Vec::new() }
    }
}

/// The part of a request in which an error came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Until the headers of the answer.
    Send,
    /// In the body.
    Body,
}

/// What the HTTP library says about its own error.
#[derive(Debug, Clone, Copy, Default)]
struct Hints {
    timeout: bool,
    connect: bool,
    dns: bool,
}

/// Classifies an error of the HTTP library.
pub(super) fn fault(error: &reqwest::Error, phase: Phase) -> Fault {
    let hints = Hints { timeout: error.is_timeout(), connect: error.is_connect(), dns: error.is_dns() };
    let chain = chain(error);
    let secure = error.url().is_some_and(|url| url.scheme() == "https");
    let cause = match cause(&chain, hints, phase) {
        // There is nothing to cut of a connection but TLS before it is one.
        Cause::Reset if hints.connect && secure => Cause::Tls(TlsFault::HandshakeCut),
        cause => cause,
    };
    // The words of this one are lost in those of the errors around it.
    match chain.iter().find_map(|link| NoWay::of(link.downcast_ref()?)) {
        Some(no_way) => Fault { issuers: no_way.wanted.clone(), ..Fault::new(cause, no_way.to_string()) },
        None => Fault::new(cause, detail(&chain)),
    }
}

/// Whether a TLS connection was closed without TLS's own farewell.
pub(super) fn unfinished_tls(error: &reqwest::Error) -> bool {
    chain(error).iter().any(|link| link.to_string().contains("close_notify"))
}

type Link<'a> = &'a (dyn Error + 'static);

/// An error and its sources, outermost first. `io::Error` passes over its own payload, which is just what tells the
/// most.
fn chain(error: Link<'_>) -> Vec<Link<'_>> {
    let mut links = vec![error];
    let mut last = error;
    while links.len() < 32 {
        let payload = last.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let Some(next) = payload.map(|payload| payload as Link<'_>).or_else(|| last.source()) else { break };
        links.push(next);
        last = next;
    }
    links
}

fn cause(chain: &[Link<'_>], hints: Hints, phase: Phase) -> Cause {
    chain
        .iter()
        .find_map(|link| typed(*link, phase))
        .or_else(|| timed_out(hints, phase))
        .or_else(|| chain.iter().rev().find_map(|link| of_io(*link, hints, phase)))
        .or_else(|| by_words(chain, phase))
        .unwrap_or(match (phase, hints) {
            (_, Hints { dns: true, .. }) => Cause::Resolver,
            (Phase::Send, Hints { connect: true, .. }) => Cause::Unreachable,
            _ => Cause::Protocol,
        })
}

/// Errors of a type of their own.
fn typed(link: Link<'_>, phase: Phase) -> Option<Cause> {
    if let Some(unresolved) = link.downcast_ref::<Unresolved>() {
        return Some(match unresolved {
            Unresolved::Private(..) => Cause::Private,
            Unresolved::NoSuchName(..) => Cause::Dns,
            Unresolved::Unavailable(..) => Cause::Resolver,
        });
    }
    match (link.downcast_ref::<rustls::Error>(), phase) {
        // The first byte is no TLS: a web server without encryption, as a rule.
        (Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)), Phase::Send) => Some(Cause::Protocol),
        (Some(error), Phase::Send) => Some(Cause::Tls(tls_fault(error))),
        // The handshake is long over: the stream of bytes is broken.
        (Some(_), Phase::Body) => Some(Cause::Truncated),
        (None, _) => None,
    }
}

fn timed_out(hints: Hints, phase: Phase) -> Option<Cause> {
    let stage = match phase {
        Phase::Send if hints.connect => Stage::Connect,
        Phase::Send => Stage::Read,
        Phase::Body => Stage::Body,
    };
    hints.timeout.then_some(Cause::Timeout(stage))
}

fn of_io(link: Link<'_>, hints: Hints, phase: Phase) -> Option<Cause> {
    let cause = match link.downcast_ref::<io::Error>()?.kind() {
        ErrorKind::TimedOut => return timed_out(Hints { timeout: true, ..hints }, phase),
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected => cut(phase),
        ErrorKind::ConnectionRefused => Cause::Refused,
        // The last two: a firewall of this machine, or no address of the family that the host has.
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::PermissionDenied
        | ErrorKind::AddrNotAvailable => Cause::Unreachable,
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Cause::Protocol,
        _ => return None,
    };
    Some(cause)
}

/// What cuts a connection before the answer truncates a body after it.
fn cut(phase: Phase) -> Cause {
    match phase {
        Phase::Send => Cause::Reset,
        Phase::Body => Cause::Truncated,
    }
}

/// Errors whose types are out of reach, by their words.
fn by_words(chain: &[Link<'_>], phase: Phase) -> Option<Cause> {
    const CUT: &[&str] = &[
        "connection closed before message completed",
        "unexpected end of file",
        "stream error received",
        "connection error received",
        "broken pipe",
        "connection reset",
        "channel closed",
        "operation was canceled",
        "stream closed because of a broken pipe",
        "stream no longer needed",
    ];
    const GARBLED: &[&str] = &["invalid http", "detected"];
    const FLOOD: &[&str] = &["message head is too large", "header list too large"];
    chain.iter().rev().find_map(|link| {
        let text = link.to_string().to_lowercase();
        if CUT.iter().any(|words| text.contains(words)) {
            return Some(cut(phase));
        }
        if FLOOD.iter().any(|words| text.contains(words)) {
            return Some(Cause::HeaderFlood);
        }
        GARBLED.iter().any(|words| text.contains(words)).then_some(Cause::Protocol)
    })
}

fn tls_fault(error: &rustls::Error) -> TlsFault {
    if let Some(no_way) = NoWay::of(error) {
        return match no_way {
            NoWay { self_signed: true, .. } => TlsFault::SelfSigned,
            no_way if no_way.is_open() => TlsFault::IssuerNotFetched,
            NoWay { error, .. } => tls_fault(error),
        };
    }
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsFault::NotYetValid,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsFault::WrongHost,
            // A bad signature is that of somebody else who goes by the name of an authority.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => TlsFault::UnknownIssuer,
            _ => TlsFault::Other,
        },
        rustls::Error::PeerIncompatible(_)
        | rustls::Error::AlertReceived(
            AlertDescription::HandshakeFailure
            | AlertDescription::ProtocolVersion
            | AlertDescription::InsufficientSecurity
            | AlertDescription::IllegalParameter,
        ) => TlsFault::Handshake,
        _ => TlsFault::Other,
    }
}

/// The words of the inner errors; the outer ones only say that there was an error.
fn detail(chain: &[Link<'_>]) -> String {
    const EMPTY_WORDS: &[&str] =
        &["error sending request", "error decoding response body", "client error (", "dns error"];
    let texts: Vec<String> = chain.iter().map(ToString::to_string).collect();
    let mut kept: Vec<&str> = Vec::new();
    for text in &texts {
        let empty = EMPTY_WORDS.iter().any(|words| text.starts_with(words));
        if empty || kept.iter().any(|before| before.contains(text.as_str())) {
            continue;
        }
        kept.retain(|before| !text.contains(before));
        kept.push(text);
    }
    match texts.first() {
        Some(outermost) if kept.is_empty() => outermost.clone(),
        _ => kept.join(": "),
    }
}

fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_DETAIL).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Cause, Hints, Phase, Stage, TlsFault, Unresolved, cause, chain, detail, one_line};
    use rustls::{AlertDescription, CertificateError};
    use std::error::Error;
    use std::io::{self, ErrorKind};

    fn judge(error: &(dyn Error + 'static), phase: Phase) -> Cause {
        cause(&chain(error), Hints::default(), phase)
    }

    #[test]
    fn the_payload_of_an_io_error_is_seen() {
        let of = |error: rustls::Error| judge(&io::Error::new(ErrorKind::InvalidData, error), Phase::Send);
        let certificate = |error| of(rustls::Error::InvalidCertificate(error));
        assert_eq!(certificate(CertificateError::Expired), Cause::Tls(TlsFault::Expired));
        assert_eq!(certificate(CertificateError::NotValidYet), Cause::Tls(TlsFault::NotYetValid));
        assert_eq!(certificate(CertificateError::NotValidForName), Cause::Tls(TlsFault::WrongHost));
        assert_eq!(certificate(CertificateError::UnknownIssuer), Cause::Tls(TlsFault::UnknownIssuer));
        assert_eq!(certificate(CertificateError::Revoked), Cause::Tls(TlsFault::Other));
        let alert = |alert| of(rustls::Error::AlertReceived(alert));
        assert_eq!(alert(AlertDescription::HandshakeFailure), Cause::Tls(TlsFault::Handshake));
        assert_eq!(alert(AlertDescription::ProtocolVersion), Cause::Tls(TlsFault::Handshake));
        assert_eq!(alert(AlertDescription::InternalError), Cause::Tls(TlsFault::Other));
    }

    #[test]
    fn resolver_and_name_are_told_apart() {
        let of = |error: Unresolved| judge(&io::Error::other(error), Phase::Send);
        let (name, text) = (|| "a.go.th".to_owned(), || "words".to_owned());
        assert_eq!(of(Unresolved::NoSuchName(name(), text())), Cause::Dns);
        assert_eq!(of(Unresolved::Unavailable(name(), text())), Cause::Resolver);
        assert_eq!(of(Unresolved::Private(name(), [127, 0, 0, 1].into())), Cause::Private);
    }

    #[test]
    fn the_same_cut_is_a_reset_before_the_answer_and_a_truncation_after() {
        for kind in [ErrorKind::ConnectionReset, ErrorKind::UnexpectedEof, ErrorKind::BrokenPipe] {
            assert_eq!(judge(&io::Error::from(kind), Phase::Send), Cause::Reset);
            assert_eq!(judge(&io::Error::from(kind), Phase::Body), Cause::Truncated);
        }
        assert_eq!(judge(&io::Error::from(ErrorKind::ConnectionRefused), Phase::Send), Cause::Refused);
        assert_eq!(judge(&io::Error::from(ErrorKind::HostUnreachable), Phase::Send), Cause::Unreachable);
        assert_eq!(judge(&io::Error::from(ErrorKind::TimedOut), Phase::Send), Cause::Timeout(Stage::Read));
        assert_eq!(judge(&io::Error::other("stream error received: unexpected"), Phase::Body), Cause::Truncated);
        assert_eq!(judge(&io::Error::other("invalid HTTP version parsed"), Phase::Send), Cause::Protocol);
        assert_eq!(judge(&io::Error::other("something new"), Phase::Send), Cause::Protocol);
    }

    #[test]
    fn the_detail_is_one_line_of_the_inner_words() {
        let error = io::Error::new(ErrorKind::InvalidData, io::Error::other("inner\nwords"));
        assert_eq!(one_line(&detail(&chain(&error))), "inner words");
        assert_eq!(one_line("a\u{1b}[31m\r\nb"), "a [31m b");
        assert_eq!(one_line(&"ก".repeat(999)).chars().count(), 300);
    }
}
