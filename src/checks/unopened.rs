//! Why a link does not open, in words, and what to do about it: each cause has its own.

use crate::model::{Cause, Failure, Stage, Text};

/// What a cause is called and what to do about it.
pub(super) struct Words {
    /// What stands in the message's brackets.
    pub(super) why: Text,
    /// What the remedy asks for.
    pub(super) todo: Text,
}

fn words(why: [&str; 2], todo: [&str; 2]) -> Words {
    Words { why: Text::new(why[0], why[1]), todo: Text::new(todo[0], todo[1]) }
}

/// The words for an HTTP status that is not one of success. Assessors write the bare number for a page that is not
/// there; others, which fewer people know, are explained.
pub(super) fn of_status(status: u16) -> Words {
    let ([th, en], todo) = match status {
        404 => (
            ["", ""],
            [
                "ตรวจตัวสะกดของ link หากหน้าถูกย้ายหรือลบ ให้นำข้อมูลกลับมาเผยแพร่หรือระบุ link ใหม่ที่เปิดได้",
                "check its spelling; if the page was moved or deleted, publish it again or submit the link under which it opens.",
            ],
        ),
        410 => (
            ["หน้านี้ถูกลบออกจากเว็บไซต์แล้ว", "the page was deleted for good"],
            [
                "นำข้อมูลกลับมาเผยแพร่หรือระบุ link ใหม่ที่เปิดได้",
                "publish the page again or submit the link of the one in its place.",
            ],
        ),
        300..400 => (
            ["เครื่องแม่ข่ายส่งต่อโดยไม่ระบุปลายทาง", "a redirect that names no target"],
            [
                "แจ้งผู้ดูแลเว็บไซต์ให้แก้การส่งต่อ (redirect) หรือระบุ link ปลายทางโดยตรง",
                "have the website's administrator repair the redirect, or submit the final link.",
            ],
        ),
        400 | 414 | 422 | 431 => (
            ["เครื่องแม่ข่ายไม่เข้าใจคำขอ", "the server does not understand the request"],
            [
                "ตรวจว่าคัดลอก link มาครบถ้วนและไม่มีอักขระเกิน",
                "check that it was copied as a whole and has no characters too many.",
            ],
        ),
        405 => (
            ["หน้านี้เปิดจาก link โดยตรงไม่ได้", "the page cannot be opened by a link"],
            [
                "ระบุ link ของหน้าที่แสดงข้อมูล ไม่ใช่ที่อยู่สำหรับส่งแบบฟอร์ม",
                "submit the page that shows the content rather than the address to which a form is sent.",
            ],
        ),
        502 | 504 => (
            ["เครื่องแม่ข่ายด้านหน้าติดต่อระบบด้านในไม่ได้", "the server in front gets no answer from the one behind it"],
            [
                "แจ้งผู้ดูแลเว็บไซต์ให้ตรวจระบบด้านในและเริ่มการทำงานใหม่",
                "have the website's administrator check and restart the system behind it.",
            ],
        ),
        503 => (
            ["เว็บไซต์ปิดปรับปรุงหรือรับภาระเกินกำลัง", "the website is under maintenance or overloaded"],
            [
                "แจ้งผู้ดูแลเว็บไซต์ให้เปิดบริการตลอดช่วงเวลาการประเมิน",
                "have the website's administrator keep it in service throughout the assessment.",
            ],
        ),
        508 | 509 => (
            ["เว็บไซต์ใช้ทรัพยากรเกินโควตาของผู้ให้บริการ", "the website has used up its host's quota"],
            ["แจ้งผู้ให้บริการพื้นที่เว็บไซต์ให้เพิ่มโควตา", "have the hosting provider raise the quota."],
        ),
        520..=527 | 530 => (
            ["บริการหน้าเว็บไซต์ (CDN) ติดต่อเครื่องแม่ข่ายไม่ได้", "the service in front of the website cannot reach its server"],
            [
                "แจ้งผู้ดูแลเว็บไซต์ให้ตรวจว่าเครื่องแม่ข่ายทำงานและยอมรับการเชื่อมต่อจาก CDN",
                "have the website's administrator check that the server runs and lets the service connect.",
            ],
        ),
        500.. => (
            ["เครื่องแม่ข่ายทำงานผิดพลาด", "the server failed"],
            [
                "แจ้งผู้ดูแลเว็บไซต์ให้แก้ข้อผิดพลาดของโปรแกรมบนเครื่องแม่ข่าย",
                "have the website's administrator repair the fault on the server.",
            ],
        ),
        _ => (
            ["เครื่องแม่ข่ายไม่ให้เปิดหน้านี้", "the server does not show the page"],
            [
                "แจ้งผู้ดูแลเว็บไซต์ให้เปิดหน้านี้แก่บุคคลทั่วไป หรือระบุ link ใหม่ที่เปิดได้",
                "have the website's administrator open the page to everybody, or submit a link that opens.",
            ],
        ),
    };
    let number = |meaning: &str| format!("{status} {meaning}").trim_end().to_owned();
    Words { why: Text::new(number(th), number(en)), todo: Text::new(todo[0], todo[1]) }
}

/// How the answer of a wall against robots is shown: by its status, unless that is one of success.
pub(super) fn of_wall(status: u16) -> Text {
    match status {
        200..300 => Text::new("พบหน้าตรวจสอบผู้ใช้แทนหน้าเว็บ", "a page that checks visitors stands in its place"),
        _ => Text::new(status.to_string(), status.to_string()),
    }
}

/// The words for a failure; nothing where its code says all.
pub(super) fn of_failure(failure: &Failure) -> Option<Words> {
    let redirected = failure.at.is_some();
    Some(match failure.cause {
        Cause::Refused => words(
            ["เครื่องแม่ข่ายไม่รับการเชื่อมต่อ", "the server refuses connections"],
            [
                "ตรวจว่าโปรแกรมเว็บบนเครื่องแม่ข่ายทำงานอยู่และหมายเลขพอร์ตใน link ถูกต้อง",
                "check that the web server runs there and that the port in the link is right",
            ],
        ),
        Cause::Unreachable => words(
            ["ไม่มีเส้นทางเครือข่ายไปถึงเครื่องแม่ข่าย", "there is no route to the server"],
            [
                "ตรวจว่าเครื่องแม่ข่ายเปิดอยู่และเข้าถึงจากเครือข่ายภายนอกได้",
                "check that the machine is on and can be reached from networks outside",
            ],
        ),
        Cause::Reset => words(
            ["เครื่องแม่ข่ายตัดการเชื่อมต่อก่อนส่งหน้าเว็บ", "the server cut the connection before it answered"],
            [
                "ตรวจการทำงานของเครื่องแม่ข่ายและไฟร์วอลล์ที่อาจตัดการเชื่อมต่อ",
                "check the web server, and the firewall that may cut connections",
            ],
        ),
        Cause::Timeout(Stage::Connect) => words(
            ["เชื่อมต่อเครื่องแม่ข่ายไม่ได้ภายในเวลาที่กำหนด", "no connection in time"],
            [
                "ตรวจว่าเครื่องแม่ข่ายเปิดอยู่และไฟร์วอลล์ไม่ปิดกั้นการเข้าถึงจากภายนอก",
                "check that the machine is on and that no firewall shuts out visitors from outside",
            ],
        ),
        Cause::Timeout(Stage::Read) => words(
            ["เว็บไซต์ไม่ตอบสนองภายในเวลาที่กำหนด", "no answer in time"],
            ["ตรวจความเร็วของเครื่องแม่ข่ายและฐานข้อมูล", "look into the speed of the server and its database"],
        ),
        Cause::Timeout(Stage::Body) => words(
            ["ส่งข้อมูลไม่ครบภายในเวลาที่กำหนด", "the page was not complete in time"],
            ["ลดขนาดไฟล์และตรวจความเร็วของเครื่องแม่ข่าย", "make the file smaller and look into the speed of the server"],
        ),
        Cause::RedirectLoop => words(
            ["link ส่งต่อวนกลับมาที่เดิมไม่สิ้นสุด", "its redirects go in a circle"],
            ["แก้การส่งต่อ (redirect) ที่วนซ้ำ", "repair the circle of redirects"],
        ),
        Cause::TooManyRedirects => words(
            ["link ส่งต่อหลายทอดเกินกว่าที่เบราว์เซอร์จะตาม", "more redirects than browsers follow"],
            ["ลดจำนวนการส่งต่อ (redirect)", "shorten the row of redirects"],
        ),
        Cause::RedirectScheme => words(
            ["link ส่งต่อไปยังที่อยู่ที่ไม่ใช่หน้าเว็บ", "a redirect leads to something that is not a web address"],
            [
                "แก้ปลายทางของการส่งต่อ (redirect) ให้เป็น http:// หรือ https://",
                "make the redirect lead to an http:// or https:// address",
            ],
        ),
        Cause::Private if redirected => words(
            ["ถูกส่งต่อไปยังที่อยู่ภายในเครือข่าย ซึ่งภายนอกเปิดไม่ได้", "a redirect leads to an address inside a private network"],
            ["", ""],
        ),
        Cause::Private => words(["เป็นที่อยู่ภายในเครือข่าย", "an address inside a private network"], ["", ""]),
        Cause::Protocol => words(
            ["เครื่องแม่ข่ายไม่ได้ตอบเป็นหน้าเว็บ", "the server's answer is not a web page"],
            [
                "ตรวจ http:// หรือ https:// และหมายเลขพอร์ตใน link ให้ถูกต้อง",
                "check http:// or https:// and the port in the link",
            ],
        ),
        Cause::HeaderFlood => words(
            ["เครื่องแม่ข่ายส่งส่วนหัวของคำตอบยาวผิดปกติ", "the head of the server's answer does not end"],
            ["ตรวจการตั้งค่าคุกกี้และส่วนหัว (header) ที่เครื่องแม่ข่ายส่ง", "check the cookies and headers that the server sends"],
        ),
        Cause::Dns
        | Cause::Resolver
        | Cause::Tls(_)
        | Cause::Truncated
        | Cause::Interrupted
        | Cause::NotArchived
        | Cause::OutOfTime
        | Cause::TurnedAway
        | Cause::Disallowed => {
            return None;
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{of_failure, of_status, of_wall};
    use crate::model::{Cause, Failure, Stage};

    #[test]
    fn every_cause_has_words_of_its_own() {
        let at = |cause, at: Option<&str>| {
            let at = at.map(|at| at.parse().unwrap());
            of_failure(&Failure { cause, detail: String::new(), at, elapsed_ms: 0 }).unwrap().why
        };
        let causes = [
            Cause::Refused,
            Cause::Unreachable,
            Cause::Reset,
            Cause::Timeout(Stage::Connect),
            Cause::Timeout(Stage::Read),
            Cause::Timeout(Stage::Body),
            Cause::RedirectLoop,
            Cause::TooManyRedirects,
            Cause::RedirectScheme,
            Cause::Private,
            Cause::Protocol,
            Cause::HeaderFlood,
        ];
        let mut said: Vec<_> = causes.map(|cause| at(cause, None)).to_vec();
        said.push(at(Cause::Private, Some("http://10.0.0.1/")));
        for texts in
            [said.iter().map(|text| &text.th).collect::<BTreeSet<_>>(), said.iter().map(|text| &text.en).collect()]
        {
            assert_eq!(texts.len(), causes.len() + 1);
        }
    }

    #[test]
    fn a_status_is_explained_unless_everybody_knows_it() {
        assert_eq!((of_status(404).why.th.as_str(), of_status(404).why.en.as_str()), ("404", "404"));
        for status in [300, 400, 405, 410, 418, 500, 502, 503, 509, 522, 599] {
            let why = of_status(status).why;
            for text in [&why.th, &why.en] {
                assert!(text.starts_with(&format!("{status} ")) && text.len() > 8, "{text}");
            }
        }
        assert_eq!(of_wall(403).th, "403");
        assert!(!of_wall(200).th.contains("200"));
        assert!(of_status(503).why.th.contains("ปิดปรับปรุง"));
        assert_ne!(of_status(500).todo.en, of_status(502).todo.en);
    }
}
