//! Reason codes as the rules of SARIF, in short words of both languages.

use serde_json::{Value, json};

use crate::model::{Lang, ReasonCode};
use crate::report::words::Phrase;

/// A reason code as a rule.
pub(super) fn rule(code: ReasonCode, lang: Lang) -> Value {
    let about = about(code);
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": about.get(lang)},
        "fullDescription": {"text": format!("{} · {}", about.get(Lang::Th), about.get(Lang::En))},
        "help": {"text": HELP.get(lang)},
        "defaultConfiguration": {"level": level(code)},
        "properties": {"tags": ["oit", code.as_str().split('.').next().unwrap_or_default()]},
    })
}

const HELP: Phrase = Phrase(
    "ดูความหมายของทุกรหัสและสิ่งที่ต้องทำด้วยคำสั่ง oit-audit catalog --reasons",
    "What each code means and what to do: oit-audit catalog --reasons",
);

/// How much a reason usually weighs; each result says how much it does.
fn level(code: ReasonCode) -> &'static str {
    use ReasonCode as R;
    match code {
        R::LinkBlocked | R::ContentUnreadable | R::LinkNotOpened | R::ItemReviewOutdated | R::InternalError => {
            "warning"
        }
        R::LinkTlsChain
        | R::LinkTlsLegacy
        | R::LinkTooLarge
        | R::LinkWrongTarget
        | R::LinkNoPath
        | R::LinkFar
        | R::LinkSlow
        | R::LinkInsecure
        | R::LinkFlaky
        | R::DomainExternal
        | R::ItemReviewed => "note",
        _ => "error",
    }
}

fn about(code: ReasonCode) -> Phrase {
    use ReasonCode as R;
    match code {
        R::LinkMissing => Phrase("ไม่ได้ระบุ link", "No link was submitted"),
        R::LinkInvalid => Phrase("link ใช้ไม่ได้", "The link is not one that an assessor can open"),
        R::LinkDns => Phrase("ไม่พบชื่อเว็บไซต์ของ link", "The host's name does not exist"),
        R::LinkRefused => Phrase("เว็บไซต์ไม่รับการเชื่อมต่อ", "The host cannot be reached"),
        R::LinkTimeout => Phrase("เว็บไซต์ไม่ตอบในเวลาที่กำหนด", "No answer within the time limit"),
        R::LinkHttpStatus => Phrase("ไม่สามารถเปิด link ได้", "The server answers with an error"),
        R::LinkRedirectLoop => Phrase("link ส่งต่อไปไม่ถึงหน้าใด", "Redirects lead nowhere"),
        R::LinkTruncated => Phrase("การเชื่อมต่อขาดก่อนได้รับหน้าครบ", "The connection was cut"),
        R::LinkProtocol => Phrase("คำตอบของเว็บไซต์ไม่ใช่ HTTP", "The answer is not HTTP"),
        R::LinkTls => Phrase("ใบรับรองของเว็บไซต์ใช้ไม่ได้", "The certificate is not valid"),
        R::LinkTlsChain => Phrase("เว็บไซต์ส่งใบรับรองไม่ครบ", "The intermediate certificate is missing"),
        R::LinkTlsLegacy => Phrase("เว็บไซต์ใช้การเข้ารหัสที่ล้าสมัย", "The encryption is obsolete"),
        R::LinkSoft404 => Phrase("หน้านี้แจ้งว่าไม่พบข้อมูล", "The page says that there is no such page"),
        R::LinkLogin => Phrase("หน้านี้ต้องเข้าสู่ระบบก่อน", "The page asks for a login"),
        R::LinkBlocked => Phrase("เว็บไซต์ไม่ให้โปรแกรมเปิด ต้องให้คนเปิดดู", "The server turns robots away"),
        R::LinkHacked => Phrase("พบเนื้อหาที่ผู้อื่นลักลอบใส่ไว้", "Somebody put spam on the page"),
        R::LinkTooLarge => Phrase("ไฟล์ใหญ่เกินกว่าจะอ่านทั้งหมด", "Only the first part was read"),
        R::LinkNotOpened => Phrase("ยังไม่ได้เปิด link", "The link was not opened"),
        R::LinkWrongTarget => Phrase("แนะนำแนบ link ที่ถูกต้อง", "The content is one click further"),
        R::LinkNoPath => Phrase("ไม่พบทางเข้าจากหน้าแรก", "No way from the home page was found"),
        R::LinkFar => Phrase("ต้องคลิกจากหน้าแรกหลายครั้ง", "Many clicks from the home page"),
        R::LinkSlow => Phrase("เปิดได้ช้า", "It opens slowly"),
        R::LinkInsecure => Phrase("เปิดโดยไม่เข้ารหัส", "It opens without encryption"),
        R::LinkFlaky => Phrase("เปิดไม่ได้ในครั้งแรก", "It did not open at the first try"),
        R::DomainOffSite => Phrase("ไม่อยู่บนเว็บไซต์หลักของหน่วยงาน", "Not on the agency's website"),
        R::DomainExternal => Phrase("อยู่นอกเว็บไซต์หลักแต่มี link ไป", "Elsewhere, but linked from the agency's website"),
        R::YearMissing => Phrase("ไม่พบข้อมูลของปีที่ต้องแสดง", "No content of the year"),
        R::ContentMissing => Phrase("ขาดข้อมูลที่ต้องแสดง", "A required element is absent"),
        R::ContentOtherItem => Phrase("หน้านี้เป็นข้อมูลของข้ออื่น", "The page is about another item"),
        R::ContentEmpty => Phrase("หน้านี้ไม่มีเนื้อหา", "The page has no content"),
        R::ContentUnreadable => Phrase("โปรแกรมอ่านเนื้อหาไม่ได้ ต้องให้คนเปิดดู", "The content cannot be read by this program"),
        R::SocialNotOnSite => Phrase(
            "ต้องเป็นหน้าเว็บไซต์ของหน่วยงานที่มี link ไป social network",
            "Not a page of the agency's website that leads to its social network",
        ),
        R::ServiceNotOnline => Phrase("ไม่พบ E-Service", "Nothing that a citizen can use online"),
        R::QaNotInteractive => Phrase("ไม่มีช่องทางถาม-ตอบ", "No way to ask and be answered"),
        R::ItemSameChannel => Phrase("เป็นช่องทางเดียวกันกับข้ออื่น", "The same channel as another item's"),
        R::ItemDependsOn => Phrase("ข้อที่ต้องมีก่อนยังไม่ผ่าน", "The item that it builds on is not met"),
        R::ItemReviewed => Phrase("ผลที่คนตรวจบันทึกไว้", "A person's verdict"),
        R::ItemReviewOutdated => Phrase("เนื้อหาใหม่กว่าผลที่คนตรวจบันทึกไว้", "The content is newer than a person's verdict"),
        R::InternalError => Phrase("โปรแกรมตรวจข้อนี้ไม่สำเร็จ ต้องให้คนตรวจ", "A check of this program failed"),
    }
}
