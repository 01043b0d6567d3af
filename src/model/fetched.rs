//! What came of opening a URL: an answer of whatever status, or a failure with its cause.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

/// What came of opening a URL. A 404 is an answer; only where nobody answered is it a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fetched {
    /// A server answered.
    Answered(Answer),
    /// Nothing could be opened.
    Failed(Failure),
}

/// A server's answer, without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The URL that answered, after redirects.
    pub final_url: Url,
    /// The HTTP status.
    pub status: u16,
    /// The redirects on the way, in order.
    pub hops: Vec<Hop>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Who keeps robots out by this answer, if it is a challenge or the refusal of a firewall rather than a page.
    pub challenge: Option<String>,
    /// Bytes of body that were read, after decompression.
    pub bytes: u64,
    /// The body went on after `max_body`.
    pub capped: bool,
    /// What it took to open it over TLS, if it was more than usual.
    pub tls: Option<TlsNote>,
    /// Milliseconds in the requests that led to it, to the last byte; failed tries are left out.
    pub elapsed_ms: u64,
    /// Tries that failed before, in a way that an assessor would have seen too.
    pub failed_tries: u32,
    /// Seconds after which the server wants to be asked again (`Retry-After`).
    pub retry_after: Option<u64>,
    /// When it was last changed (`Last-Modified`), unless that is the time of the answer itself, as of a page that is made when
    /// it is asked for.
    pub last_modified: Option<Timestamp>,
}

/// One redirect, or one page that sent its visitor on by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The URL that redirected.
    pub url: Url,
    /// Its status: 301 to 308, or a page's of success.
    pub status: u16,
}

/// Why nothing could be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The cause.
    pub cause: Cause,
    /// What the network layer said, for a technician.
    pub detail: String,
    /// The URL that failed, if redirects had led away from the one asked for.
    pub at: Option<Url>,
    /// Milliseconds until it was given up.
    pub elapsed_ms: u64,
}

/// The stage of a request in which time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Name resolution, TCP and TLS.
    Connect,
    /// Waiting for the answer.
    Read,
    /// Reading the rest of an answer that had begun.
    Body,
}

/// What is wrong with a server's certificate or handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TlsFault {
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// The certificate is for another host.
    WrongHost,
    /// The certificate vouches for itself.
    SelfSigned,
    /// No trusted authority vouches for it, with all issuers that can be found.
    UnknownIssuer,
    /// The server leaves its issuer's certificate out, and it could not be fetched; a browser may have it.
    IssuerNotFetched,
    /// The server and this program have no cipher in common; a browser may have.
    Handshake,
    /// The server cut the connection in the handshake: some, Windows' first of all, say so that they have no cipher in
    /// common with this program.
    HandshakeCut,
    /// The server has no version of TLS that browsers still take.
    ObsoleteVersion,
    /// Anything else.
    Other,
}

/// What it took to open a server over TLS that browsers open too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TlsNote {
    /// The server leaves an issuer's certificate out, which had to be fetched.
    ChainCompleted,
    /// The server has only ciphers that are obsolete.
    Legacy,
}

/// The cause of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// The name does not exist.
    Dns,
    /// The name could not be looked up: the resolver is down or out of reach, so nothing is known of the name.
    Resolver,
    /// The host refused the connection.
    Refused,
    /// No route to the host or its network.
    Unreachable,
    /// Time ran out.
    Timeout(Stage),
    /// The connection was cut before an answer.
    Reset,
    /// TLS failed.
    Tls(TlsFault),
    /// Redirects go in a circle.
    RedirectLoop,
    /// Redirects do not end within as many as browsers follow.
    TooManyRedirects,
    /// A redirect leads to something that is not http or https.
    RedirectScheme,
    /// The body ended early.
    Truncated,
    /// The answer is not HTTP.
    Protocol,
    /// The head of the answer does not end within what browsers read.
    HeaderFlood,
    /// A loopback, private or link-local address, which is not opened.
    Private,
    /// The run was stopped before this URL was opened.
    Interrupted,
    /// The archive that stands in for the network does not have it.
    NotArchived,
    /// The time for its item, or for the audit, was used up before it was opened.
    OutOfTime,
    /// The host has asked to be left alone for longer than it is waited for, so it was not asked.
    TurnedAway,
    /// The site asks programs not to open it (`robots.txt`), and nobody submitted it.
    Disallowed,
}

impl Cause {
    /// Whether trying again later may succeed.
    pub fn may_pass(self) -> bool {
        matches!(
            self,
            Self::Resolver
                | Self::Refused
                | Self::Unreachable
                | Self::Timeout(_)
                | Self::Reset
                | Self::Tls(TlsFault::HandshakeCut)
                | Self::Truncated
        )
    }

    /// Whether nothing was asked of the host, so that this says nothing about it.
    pub fn is_unasked(self) -> bool {
        matches!(
            self,
            Self::Private
                | Self::Interrupted
                | Self::NotArchived
                | Self::OutOfTime
                | Self::TurnedAway
                | Self::Disallowed
        )
    }

    /// Whether a machine without a network would see the same, so that it says nothing about the host.
    pub fn may_be_ours(self) -> bool {
        matches!(
            self,
            Self::Dns
                | Self::Resolver
                | Self::Refused
                | Self::Unreachable
                | Self::Timeout(_)
                | Self::Reset
                | Self::Tls(TlsFault::HandshakeCut)
        )
    }
}

impl Fetched {
    /// The answer, if it is one of success (2xx) and no wall against robots: only such a body is the agency's content.
    pub fn success(&self) -> Option<&Answer> {
        match self {
            Self::Answered(answer) if (200..300).contains(&answer.status) && answer.challenge.is_none() => Some(answer),
            _ => None,
        }
    }
}
