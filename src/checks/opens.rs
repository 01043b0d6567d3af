//! The link opens, as it would in an assessor's browser.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{LinkCheck, LinkSubject, unopened};
use crate::model::{Cause, Fetched, Finding, Reason, ReasonCode, Text, TlsFault, TlsNote};

/// The link opens with a status of success. Unsure where a person's browser may see something else than this program:
/// bot walls, an issuer that could not be fetched, ciphers that this program has not, a machine without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opens {}

/// The reason why what came of opening a link is not a page; `None` where it is.
pub fn fault(fetched: &Fetched) -> Option<ReasonCode> {
    match fetched {
        Fetched::Answered(answer) if answer.challenge.is_some() => Some(ReasonCode::LinkBlocked),
        Fetched::Answered(answer) => match answer.status {
            200..300 => None,
            // Beside the two that say it: what filters answer in place of a page, and never a page by itself. This program
            // accepts any type, so 406 is about who asks; 418 and 999 are jokes on robots; 451 is for some countries only.
            // Not 405: a browser asks with GET too.
            403 | 406 | 418 | 429 | 451 | 999 => Some(ReasonCode::LinkBlocked),
            401 | 407 => Some(ReasonCode::LinkLogin),
            _ => Some(ReasonCode::LinkHttpStatus),
        },
        Fetched::Failed(failure) => Some(match failure.cause {
            Cause::Dns | Cause::Resolver => ReasonCode::LinkDns,
            Cause::Refused | Cause::Unreachable | Cause::Reset => ReasonCode::LinkRefused,
            Cause::Timeout(_) => ReasonCode::LinkTimeout,
            Cause::Tls(TlsFault::Handshake | TlsFault::HandshakeCut) => ReasonCode::LinkTlsLegacy,
            Cause::Tls(_) => ReasonCode::LinkTls,
            Cause::RedirectLoop | Cause::TooManyRedirects | Cause::RedirectScheme => ReasonCode::LinkRedirectLoop,
            Cause::Truncated => ReasonCode::LinkTruncated,
            Cause::Protocol | Cause::HeaderFlood => ReasonCode::LinkProtocol,
            Cause::Private => ReasonCode::LinkInvalid,
            Cause::Interrupted | Cause::NotArchived => ReasonCode::LinkNotOpened,
        }),
    }
}

impl LinkCheck for Opens {
    fn settled(&self, subject: &LinkSubject<'_>) -> Option<Finding> {
        if subject.link.url.is_some() {
            return None;
        }
        let why = Text::new("ไม่ใช่ link ที่เปิดได้", "it leads nowhere");
        let reason = Reason::new(ReasonCode::LinkInvalid).with_text("why", why).seeing(subject.link.raw.clone());
        Some(Finding::not_met(reason))
    }

    fn run(&self, subject: &LinkSubject<'_>) -> Finding {
        let Some(url) = &subject.link.url else { return Finding::met() };
        let Some(fetched) = subject.seen.map(|seen| &seen.fetched) else {
            return Finding::unsure(true, Reason::new(ReasonCode::LinkNotOpened).at(url));
        };
        let Some(code) = fault(fetched) else { return opened(url, fetched) };
        let reason = particulars(Reason::new(code).at(url), fetched);
        if may_open_for_a_person(fetched, subject.world.offline) {
            Finding::unsure(true, reason)
        } else {
            Finding::not_met(reason)
        }
    }
}

/// It opens; said beside that is what a browser had to do for it.
fn opened(url: &Url, fetched: &Fetched) -> Finding {
    let code = match fetched.success().and_then(|answer| answer.tls) {
        Some(TlsNote::ChainCompleted) => ReasonCode::LinkTlsChain,
        Some(TlsNote::Legacy) => ReasonCode::LinkTlsLegacy,
        None => return Finding::met(),
    };
    Finding::met_with(Reason::new(code).at(url).advice())
}

/// Whether an assessor's browser may well see a page where this program saw none.
fn may_open_for_a_person(fetched: &Fetched, offline: bool) -> bool {
    match fetched {
        Fetched::Answered(_) => fault(fetched) == Some(ReasonCode::LinkBlocked),
        Fetched::Failed(failure) => match failure.cause {
            Cause::Tls(TlsFault::IssuerNotFetched | TlsFault::Handshake | TlsFault::HandshakeCut | TlsFault::Other)
            | Cause::Resolver
            | Cause::Interrupted
            | Cause::NotArchived => true,
            cause => offline && cause.may_be_ours(),
        },
    }
}

fn particulars(reason: Reason, fetched: &Fetched) -> Reason {
    let failure = match fetched {
        Fetched::Answered(answer) => {
            let words = unopened::of_status(answer.status);
            let blocked = reason.code == ReasonCode::LinkBlocked;
            let status = if blocked { unopened::of_wall(answer.status) } else { words.why };
            let reason = reason.with_text("status", status).with_text("todo", words.todo);
            return reason.seeing(answer.challenge.clone().unwrap_or_default());
        }
        Fetched::Failed(failure) => failure,
    };
    // Where redirects had led away, it was not the submitted URL that failed.
    let reason = reason.seeing(match &failure.at {
        Some(at) if !failure.detail.contains(at.as_str()) => format!("{at}: {}", failure.detail),
        _ => failure.detail.clone(),
    });
    if let Some(words) = unopened::of_failure(failure) {
        return reason.with_text("why", words.why).with_text("todo", words.todo);
    }
    let fault = match failure.cause {
        Cause::Tls(TlsFault::SelfSigned) => {
            Text::new("ใบรับรองที่เว็บไซต์ลงนามรับรองตนเอง", "the certificate is self-signed")
        }
        Cause::Tls(TlsFault::UnknownIssuer) => Text::new("ไม่พบผู้ออกใบรับรองที่เชื่อถือได้", "no trusted issuer"),
        Cause::Tls(TlsFault::IssuerNotFetched) => Text::new(
            "เว็บไซต์ไม่ได้ส่งใบรับรองของผู้ออกใบรับรอง และดาวน์โหลดไม่สำเร็จ",
            "the server leaves its issuer's certificate out, and it could not be fetched",
        ),
        Cause::Tls(TlsFault::ObsoleteVersion) => {
            Text::new("เว็บไซต์รองรับเฉพาะ TLS รุ่นเก่ากว่า 1.2", "the server has no version of TLS from 1.2 on")
        }
        Cause::Tls(TlsFault::Expired) => Text::new("ใบรับรองหมดอายุ", "the certificate has expired"),
        Cause::Tls(TlsFault::NotYetValid) => Text::new("ใบรับรองยังไม่เริ่มมีผล", "the certificate is not valid yet"),
        Cause::Tls(TlsFault::WrongHost) => Text::new("ใบรับรองเป็นของเว็บไซต์อื่น", "the certificate is for another host"),
        Cause::Tls(_) => Text::new("การเข้ารหัสผิดพลาด", "the encrypted connection failed"),
        _ => return reason,
    };
    reason.with_text("fault", fault)
}

#[cfg(test)]
mod tests {
    use super::Opens;
    use crate::checks::LinkCheck;
    use crate::checks::page_tests::{answered, failed, link_finding};
    use crate::model::{Cause, Fetched, Level, Outcome, ReasonCode, Stage, TlsFault, TlsNote};

    fn code_of(seen: &crate::model::Observation) -> (Outcome, Option<ReasonCode>) {
        let finding = link_finding("http://www.nangrong.go.th/o5", Some(seen), |subject| Opens {}.run(subject));
        (finding.outcome, finding.reasons.first().map(|reason| reason.code))
    }

    #[test]
    fn only_success_is_open() {
        assert_eq!(code_of(&answered(200)), (Outcome::Met, None));
        assert_eq!(code_of(&answered(404)), (Outcome::NotMet, Some(ReasonCode::LinkHttpStatus)));
        assert_eq!(code_of(&answered(500)), (Outcome::NotMet, Some(ReasonCode::LinkHttpStatus)));
        assert_eq!(code_of(&answered(302)), (Outcome::NotMet, Some(ReasonCode::LinkHttpStatus)));
        assert_eq!(code_of(&answered(401)), (Outcome::NotMet, Some(ReasonCode::LinkLogin)));
    }

    #[test]
    fn what_turns_robots_away_is_for_a_person() {
        for status in [403, 406, 418, 429, 451, 999] {
            assert_eq!(code_of(&answered(status)), (Outcome::Unsure, Some(ReasonCode::LinkBlocked)), "{status}");
        }
        assert_eq!(code_of(&answered(405)), (Outcome::NotMet, Some(ReasonCode::LinkHttpStatus)));
        for status in [200, 401, 404, 503] {
            let mut wall = answered(status);
            if let Fetched::Answered(answer) = &mut wall.fetched {
                answer.challenge = Some("Cloudflare".to_owned());
            }
            assert_eq!(code_of(&wall), (Outcome::Unsure, Some(ReasonCode::LinkBlocked)), "{status}");
            let seen = link_finding("http://www.nangrong.go.th/o5", Some(&wall), |subject| Opens {}.run(subject));
            assert_eq!(seen.reasons[0].evidence.as_deref(), Some("Cloudflare"));
        }
    }

    #[test]
    fn failures_are_told_apart_by_cause() {
        for (cause, outcome, code) in [
            (Cause::Dns, Outcome::NotMet, ReasonCode::LinkDns),
            (Cause::Resolver, Outcome::Unsure, ReasonCode::LinkDns),
            (Cause::Refused, Outcome::NotMet, ReasonCode::LinkRefused),
            (Cause::Timeout(Stage::Read), Outcome::NotMet, ReasonCode::LinkTimeout),
            (Cause::Tls(TlsFault::Expired), Outcome::NotMet, ReasonCode::LinkTls),
            (Cause::Tls(TlsFault::SelfSigned), Outcome::NotMet, ReasonCode::LinkTls),
            (Cause::Tls(TlsFault::UnknownIssuer), Outcome::NotMet, ReasonCode::LinkTls),
            (Cause::Tls(TlsFault::ObsoleteVersion), Outcome::NotMet, ReasonCode::LinkTls),
            (Cause::Tls(TlsFault::IssuerNotFetched), Outcome::Unsure, ReasonCode::LinkTls),
            (Cause::Tls(TlsFault::Other), Outcome::Unsure, ReasonCode::LinkTls),
            (Cause::Tls(TlsFault::Handshake), Outcome::Unsure, ReasonCode::LinkTlsLegacy),
            (Cause::Tls(TlsFault::HandshakeCut), Outcome::Unsure, ReasonCode::LinkTlsLegacy),
            (Cause::RedirectLoop, Outcome::NotMet, ReasonCode::LinkRedirectLoop),
            (Cause::TooManyRedirects, Outcome::NotMet, ReasonCode::LinkRedirectLoop),
            (Cause::RedirectScheme, Outcome::NotMet, ReasonCode::LinkRedirectLoop),
            (Cause::HeaderFlood, Outcome::NotMet, ReasonCode::LinkProtocol),
            (Cause::Truncated, Outcome::NotMet, ReasonCode::LinkTruncated),
            (Cause::Private, Outcome::NotMet, ReasonCode::LinkInvalid),
            (Cause::Interrupted, Outcome::Unsure, ReasonCode::LinkNotOpened),
        ] {
            assert_eq!(code_of(&failed(cause)), (outcome, Some(code)), "{cause:?}");
        }
    }

    #[test]
    fn what_only_browsers_put_up_with_is_advice() {
        for (note, code) in
            [(TlsNote::ChainCompleted, ReasonCode::LinkTlsChain), (TlsNote::Legacy, ReasonCode::LinkTlsLegacy)]
        {
            let noted = |status| {
                let mut seen = answered(status);
                let Fetched::Answered(answer) = &mut seen.fetched else { panic!("an answer") };
                answer.tls = Some(note);
                link_finding("https://www.nangrong.go.th/o5", Some(&seen), |subject| Opens {}.run(subject))
            };
            let finding = noted(200);
            assert_eq!(finding.outcome, Outcome::Met);
            let said: Vec<_> = finding.reasons.iter().map(|reason| (reason.code, reason.level)).collect();
            assert_eq!(said, [(code, Some(Level::Advice))]);
            assert_eq!(noted(404).reasons[0].code, ReasonCode::LinkHttpStatus);
        }
    }
}
