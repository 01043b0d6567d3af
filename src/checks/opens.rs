//! The link opens, as it would in an assessor's browser.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{LinkCheck, LinkSubject, World, target, unopened};
use crate::model::{Answer, Cause, Fetched, Finding, Reason, ReasonCode, Text, TlsFault, TlsNote};

/// A page that takes longer than this tries an assessor's patience. The number is this program's own; GOV.UK's link checker
/// warns after five seconds already.
const SLOW_MS: u64 = 10_000;

/// A longer body may take its time on any line, this machine's included.
const SLOW_BYTES: u64 = 1 << 20;

/// The link opens with a status of success, and shows the agency's page rather than one that stands in for it, a wall that
/// asks for a login or somebody's spam. Unsure where a person's browser may see something else than this program:
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
            Cause::Interrupted | Cause::NotArchived | Cause::OutOfTime => ReasonCode::LinkNotOpened,
            Cause::TurnedAway | Cause::Disallowed => ReasonCode::LinkBlocked,
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
        if let Some(answer) = fetched.success() {
            let nature = subject.nature.filter(|_| !subject.world.offline);
            return nature.map_or_else(|| opened(url, answer, subject.world), |nature| nature.finding(url));
        }
        let Some(code) = fault(fetched) else { return Finding::met() };
        let mut reason = particulars(Reason::new(code).at(url), fetched);
        let bound = is_bound_to_session(url, fetched);
        if bound {
            let wording = Text::new(
                "ไม่สามารถเปิด link ของระบบ e-GP ได้ ซึ่งอาจเปิดได้เฉพาะผู้ที่คัดลอก link โปรดเปิดตรวจสอบด้วยตนเอง และแนบไฟล์ประกาศไว้บนเว็บไซต์หน่วยงาน",
                "The link of e-GP cannot be opened; it may open only for who copied it. Please try it yourself, and put the \
                 announcement on the agency's own website",
            );
            reason = reason.worded(Some(&wording));
        }
        if bound || may_open_for_a_person(fetched, subject.world.offline) {
            Finding::unsure(true, reason)
        } else {
            Finding::not_met(reason)
        }
    }
}

/// The reason why a URL that this program found was not asked for; `None` where it was.
pub fn unasked(url: &Url, fetched: &Fetched) -> Option<Reason> {
    let refused = |cause| matches!(cause, Cause::Disallowed | Cause::TurnedAway | Cause::OutOfTime);
    let code = fault(fetched).filter(|_| matches!(fetched, Fetched::Failed(failure) if refused(failure.cause)))?;
    Some(particulars(Reason::new(code).at(url), fetched))
}

/// Whether a page of e-GP did not open that a session may have opened. A name that does not exist is none of its.
fn is_bound_to_session(url: &Url, fetched: &Fetched) -> bool {
    target::is_egp(url)
        && match fetched {
            Fetched::Answered(_) => true,
            Fetched::Failed(failure) => {
                matches!(
                    failure.cause,
                    Cause::Timeout(_) | Cause::Reset | Cause::RedirectLoop | Cause::TooManyRedirects
                )
            }
        }
}

/// What there is to say of a link that opens.
fn opened(url: &Url, answer: &Answer, world: &World<'_>) -> Finding {
    if world.offline {
        let reason = Reason::new(ReasonCode::LinkNotOpened).at(url);
        return Finding::unsure(true, reason.seeing(answer.final_url.as_str()));
    }
    let mut finding = Finding::met();
    let mut advise = |reason: Reason| finding.reasons.push(reason.at(url).advice());
    match answer.tls {
        Some(TlsNote::ChainCompleted) => advise(Reason::new(ReasonCode::LinkTlsChain)),
        Some(TlsNote::Legacy) => advise(Reason::new(ReasonCode::LinkTlsLegacy)),
        None => {}
    }
    if answer.failed_tries > 0 {
        advise(Reason::new(ReasonCode::LinkFlaky).with("tries", answer.failed_tries + 1));
    }
    if answer.elapsed_ms > SLOW_MS && answer.bytes <= SLOW_BYTES {
        advise(Reason::new(ReasonCode::LinkSlow).with("seconds", answer.elapsed_ms / 1000));
    }
    if answer.final_url.scheme() == "http" && world.site.contains(&answer.final_url) && is_https(world.site.home()) {
        advise(Reason::new(ReasonCode::LinkInsecure).seeing(answer.final_url.as_str()));
    }
    finding
}

fn is_https(url: &Url) -> bool {
    url.scheme() == "https"
}

/// Whether a server says that it is closed for a while, and when to come again.
fn is_closed_for_now(answer: &Answer) -> bool {
    answer.status == 503 && answer.retry_after.is_some()
}

/// Whether an assessor's browser may well see a page where this program saw none.
fn may_open_for_a_person(fetched: &Fetched, offline: bool) -> bool {
    match fetched {
        // Assessors have weeks, and would not come while it is closed for repairs only.
        Fetched::Answered(answer) => {
            offline || is_closed_for_now(answer) || fault(fetched) == Some(ReasonCode::LinkBlocked)
        }
        Fetched::Failed(failure) => match failure.cause {
            Cause::Tls(TlsFault::IssuerNotFetched | TlsFault::Handshake | TlsFault::HandshakeCut | TlsFault::Other)
            | Cause::Resolver
            | Cause::Interrupted
            | Cause::NotArchived
            | Cause::OutOfTime
            | Cause::TurnedAway
            | Cause::Disallowed => true,
            cause => offline && (cause.may_be_ours() || matches!(cause, Cause::Tls(_))),
        },
    }
}

fn particulars(reason: Reason, fetched: &Fetched) -> Reason {
    let failure = match fetched {
        Fetched::Answered(answer) if is_closed_for_now(answer) => {
            let wording = Text::new(
                "เว็บไซต์แจ้งว่าปิดให้บริการชั่วคราว (503) โปรดลองเปิด link อีกครั้งภายหลัง",
                "The website says that it is closed for a while (503); please try the link again later",
            );
            return reason.with("status", answer.status).worded(Some(&wording));
        }
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
        Cause::TurnedAway => {
            return reason.with_text("status", Text::new("ขอให้เว้นระยะก่อนเปิดอีก", "it asks to wait"));
        }
        Cause::Disallowed => return reason.with("status", "robots.txt"),
        Cause::Tls(_) => Text::new("การเข้ารหัสผิดพลาด", "the encrypted connection failed"),
        _ => return reason,
    };
    reason.with_text("fault", fault)
}

#[cfg(test)]
mod tests {
    use super::Opens;
    use crate::checks::LinkCheck;
    use crate::checks::page_tests::{World, answered, failed, link_finding, link_finding_in};
    use crate::model::{Answer, Cause, Fetched, Level, Outcome, ReasonCode, Site, Stage, TlsFault, TlsNote};

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
            (Cause::OutOfTime, Outcome::Unsure, ReasonCode::LinkNotOpened),
            (Cause::TurnedAway, Outcome::Unsure, ReasonCode::LinkBlocked),
            (Cause::Disallowed, Outcome::Unsure, ReasonCode::LinkBlocked),
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

    /// What there is to say of a link that opens, the main website being at `home`.
    fn said(home: &str, change: impl FnOnce(&mut Answer)) -> Vec<ReasonCode> {
        let mut seen = answered(200);
        if let Fetched::Answered(answer) = &mut seen.fetched {
            answer.final_url = "http://www.nangrong.go.th/o5".parse().unwrap();
            change(answer);
        }
        let world = World { site: Site::new(&home.parse().unwrap(), &[]), ..World::default() };
        let finding =
            link_finding_in(&world, "http://www.nangrong.go.th/o5", Some(&seen), |subject| Opens {}.run(subject));
        assert_eq!(finding.outcome, Outcome::Met);
        assert!(finding.reasons.iter().all(|reason| reason.level == Some(Level::Advice)));
        finding.reasons.iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn what_opens_badly_is_met_with_advice() {
        let (http, https) = ("http://www.nangrong.go.th/", "https://www.nangrong.go.th/");
        let time = |elapsed_ms: u64, bytes: u64| {
            move |answer: &mut Answer| (answer.elapsed_ms, answer.bytes) = (elapsed_ms, bytes)
        };
        assert_eq!(said(http, |_| ()), []);
        assert_eq!(said(http, |answer| answer.failed_tries = 1), [ReasonCode::LinkFlaky]);
        assert_eq!(said(http, time(10_001, 5000)), [ReasonCode::LinkSlow]);
        assert_eq!(said(http, time(10_000, 5000)), []);
        assert_eq!(said(http, time(30_000, 30 << 20)), [], "a large file takes its time");
        assert_eq!(said(https, |_| ()), [ReasonCode::LinkInsecure]);
        assert_eq!(said(https, |answer| answer.final_url = https.parse().unwrap()), []);
        let elsewhere = "http://www.gprocurement.go.th/".parse().unwrap();
        assert_eq!(said(https, |answer| answer.final_url = elsewhere), [], "what others offer is not known");
    }

    #[test]
    fn a_server_that_says_when_to_come_again_is_for_a_person() {
        let mut seen = answered(503);
        assert_eq!(code_of(&seen), (Outcome::NotMet, Some(ReasonCode::LinkHttpStatus)));
        if let Fetched::Answered(answer) = &mut seen.fetched {
            answer.retry_after = Some(3600);
        }
        assert_eq!(code_of(&seen), (Outcome::Unsure, Some(ReasonCode::LinkHttpStatus)));
    }
}
