//! The fixed texts that only the HTML report has, in both languages.

use crate::model::{Level, Trend};
use crate::report::words::Phrase;

pub(super) const DOCUMENT: Phrase = Phrase("ผลการตรวจ OIT {}", "OIT audit of {}");
pub(super) const SKIP: Phrase = Phrase("ข้ามไปยังเนื้อหา", "Skip to the content");
pub(super) const LANGUAGE: Phrase = Phrase("ภาษา", "Language");
pub(super) const DARK: Phrase = Phrase("พื้นมืด", "Dark");
pub(super) const PRINT: Phrase = Phrase("พิมพ์", "Print");
pub(super) const CONTENTS: Phrase = Phrase("ส่วนต่าง ๆ ของรายงาน", "Parts of the report");

pub(super) const PREDICTED: Phrase = Phrase("คะแนน OIT ที่คาดการณ์", "Predicted OIT score");
pub(super) const ITA: Phrase = Phrase("คะแนน ITA ที่คาดการณ์", "Predicted ITA score");
pub(super) const OUT_OF: Phrase = Phrase("เต็ม 100", "out of 100");
pub(super) const NO_SCORE: Phrase = Phrase("ยังไม่มีคะแนน", "No score yet");
pub(super) const REVIEW_RANGE: Phrase =
    Phrase("อยู่ระหว่าง {} ขึ้นอยู่กับผลของข้อที่ต้องให้คนตรวจ", "Between {}, depending on the items left to a person");
pub(super) const GRADE_RANGE: Phrase = Phrase("ระดับระหว่าง {}", "grade between {}");
pub(super) const NO_GRADE: Phrase = Phrase("ยังบอกระดับไม่ได้", "grade unknown");
pub(super) const OWN_THRESHOLD: Phrase = Phrase("เกณฑ์ที่หน่วยงานกำหนดเอง {}", "the agency's own threshold of {}");
pub(super) const COMPOSED: Phrase = Phrase("คิดจาก", "Composed of");
pub(super) const DEMANDS: Phrase = Phrase("สิ่งที่แต่ละระดับต้องการจาก OIT", "What each grade demands of OIT");
pub(super) const MARK: Phrase = Phrase("ขีดตั้งคือเป้าหมาย {}", "The mark is the target of {}");
pub(super) const IF_FIXED: Phrase = Phrase("ถ้าแก้ข้อที่เลือก", "if fixed");
pub(super) const AFTER_ARROW: Phrase = Phrase(
    "ตัวเลขหลัง → คือคะแนนถ้าแก้ข้อที่เลือก ส่วนตัวเลขหน้าคือคะแนนจากการตรวจ",
    "After → stands the score if what is ticked is fixed; before it, the score of the audit.",
);
pub(super) const LIKELY_COUNTED: Phrase =
    Phrase("คะแนนที่คาดการณ์นับข้อที่ต้องให้คนตรวจซึ่งน่าจะผ่านด้วย", "The predicted scores count reviews that are likely to pass.");
pub(super) const COUNTS: Phrase = Phrase("ผลรายข้อโดยสรุป", "Items by result");

pub(super) const SINCE: Phrase = Phrase("เทียบกับการตรวจครั้งก่อน", "Since the earlier audit");
pub(super) const SINCE_WHEN: Phrase = Phrase("ครั้งก่อนตรวจเมื่อ {}", "The earlier audit was on {}");
pub(super) const OIT_BEFORE: Phrase = Phrase("คะแนน OIT ครั้งก่อน {}", "its OIT score was {}");
pub(super) const NO_CHANGE: Phrase = Phrase("ผลของทุกข้อเหมือนครั้งก่อน", "Every item came out as before.");
pub(super) const BEFORE: Phrase = Phrase("ครั้งก่อน", "Before");
pub(super) const NOW: Phrase = Phrase("ครั้งนี้", "Now");
pub(super) const CHANGE: Phrase = Phrase("การเปลี่ยนแปลง", "Change");
pub(super) const NOT_JUDGED: Phrase = Phrase("ไม่ได้ตรวจ", "not audited");

pub(super) const WHAT_IF: Phrase = Phrase("ถ้าแก้ข้อที่เลือก", "If what is ticked is put right");
pub(super) const TICK: Phrase =
    Phrase("ทำเครื่องหมายหน้าข้อที่จะแก้ แล้วดูว่าคะแนนเปลี่ยนอย่างไร", "Tick what will be put right and see how the score moves.");
pub(super) const SHORTEST: Phrase = Phrase("เลือกทางสั้นที่สุด", "Tick the shortest way");
pub(super) const RESET: Phrase = Phrase("ล้างที่เลือก", "Clear");
pub(super) const RANGE: Phrase = Phrase("ช่วงที่เป็นไปได้", "Possible range");
pub(super) const GRADE: Phrase = Phrase("ระดับ", "Grade");
pub(super) const TO_CONFIRM: Phrase =
    Phrase("ข้อที่นับว่าผ่านไว้ก่อน ควรให้คนเปิดดู", "Counted as passed for now; a person should look");
pub(super) const TO_CONFIRM_WHY: Phrase = Phrase(
    "คะแนนที่คาดการณ์นับข้อเหล่านี้ว่าผ่านแล้ว การทำเครื่องหมายจึงทำให้ช่วงคะแนนแคบลง",
    "The predicted score counts these as passed already; ticking them narrows the range.",
);
pub(super) const IF_NOT: Phrase = Phrase("หากไม่ผ่าน", "if not passed");
pub(super) const SEE_ITEM: Phrase = Phrase("ดูรายละเอียดข้อ {}", "Details of {}");
pub(super) const NEEDS: Phrase = Phrase("ต้องแก้ {} ก่อน จึงเลือกไปพร้อมกัน", "Needs {} first, which is ticked with it");
pub(super) const SPOKEN: Phrase =
    Phrase("เลือก {n} ข้อ คะแนน OIT {oit} เปลี่ยนไป {plus}", "{n} ticked: OIT {oit}, a change of {plus}");

pub(super) const FILTER: Phrase = Phrase("เลือกดูตามผล", "Show by result");
pub(super) const ALL: Phrase = Phrase("ทั้งหมด", "All");
pub(super) const SEARCH: Phrase = Phrase("ค้นหาในผลรายข้อ", "Search the items");
pub(super) const SHOWN: Phrase = Phrase("แสดง", "Showing");
pub(super) const OF_ALL: Phrase = Phrase("จาก {} ข้อ", "of {} items");
pub(super) const NONE_SHOWN: Phrase =
    Phrase("ไม่มีข้อที่ตรงกับที่เลือก", "No item matches. Choose another result or clear the search.");
pub(super) const OPEN_ALL: Phrase = Phrase("เปิดรายละเอียดทุกข้อ", "Open all details");
pub(super) const CLOSE_ALL: Phrase = Phrase("ปิดรายละเอียดทุกข้อ", "Close all details");
pub(super) const SCORED: Phrase = Phrase("คะแนน", "Score");

pub(super) const REASONS: Phrase = Phrase("เหตุผล", "Reasons");
pub(super) const NO_REASONS: Phrase = Phrase("พบข้อมูลครบตามที่กำหนด", "Everything that is required was found.");
pub(super) const ACTION: Phrase = Phrase("สิ่งที่ต้องทำ", "What to do");
pub(super) const SUBMITTED: Phrase = Phrase("link ที่ส่งตรวจ", "Submitted links");
pub(super) const NO_LINK: Phrase = Phrase("ไม่ได้ส่ง link", "No link was submitted.");
pub(super) const FOLLOWED: Phrase = Phrase("หน้าและเอกสารที่เปิดต่อจาก link นั้น", "Pages and documents followed from them");
pub(super) const LEADS_TO: Phrase = Phrase("เปิดแล้วไปที่", "Leads to");
pub(super) const YEARS: Phrase = Phrase("ปีที่พบ {}", "Years found: {}");
pub(super) const NO_YEARS: Phrase = Phrase("ไม่พบปี", "No year found");
pub(super) const LINE: Phrase = Phrase("บรรทัด {}", "Line {}");
pub(super) const WAY: Phrase = Phrase("ทางเข้าจากหน้าแรก", "Way from the home page");
pub(super) const STATUS: Phrase = Phrase("สถานะ {}", "Status {}");
pub(super) const SEEN: Phrase = Phrase("ข้อความที่พบ", "What was seen");
pub(super) const PICTURE: Phrase = Phrase("ภาพหน้าจอของ {}", "Screenshot of {}");
pub(super) const SURE: Phrase = Phrase("ความมั่นใจ {} %", "Confidence {} %");
pub(super) const RULE: Phrase = Phrase("ที่มาของข้อ:", "Source of the item:");
pub(super) const IN_FILE: Phrase = Phrase("อยู่ใน {}", "In {}");

pub(super) const ABOUT: Phrase = Phrase("เกี่ยวกับการตรวจนี้", "About this audit");
pub(super) const ENDED: Phrase = Phrase("ตรวจเสร็จเมื่อ", "Ended");
pub(super) const COST: Phrase = Phrase("ปริมาณการตรวจ", "What it took");
pub(super) const SOURCE: Phrase = Phrase("ที่มาของรายการข้อ", "Source of the items");
pub(super) const PROGRAM: Phrase = Phrase("โปรแกรม", "Program");

/// How an item fares, in a word.
pub(super) fn trend(trend: Trend) -> Phrase {
    match trend {
        Trend::Worse => Phrase("แย่ลง", "Worse"),
        Trend::Doubtful => Phrase("เริ่มไม่แน่ชัด", "In doubt now"),
        Trend::New => Phrase("ข้อใหม่", "New"),
        Trend::Better => Phrase("ดีขึ้น", "Better"),
    }
}

/// How much a reason weighs, in a word.
pub(super) fn level(level: Level) -> Phrase {
    match level {
        Level::Fail => Phrase("ทำให้ไม่ผ่าน", "Fails the item"),
        Level::Review => Phrase("ต้องให้คนตรวจ", "For a person"),
        Level::Advice => Phrase("ข้อแนะนำ", "Advice"),
        Level::Info => Phrase("ข้อมูลประกอบ", "For information"),
    }
}

/// What came of opening a link, by the name that reports use for it; none for a name of another version.
pub(super) fn outcome(name: &str) -> Option<Phrase> {
    Some(match name {
        "opened" => Phrase("เปิดได้", "Opened"),
        "missing" => Phrase("ไม่มี link", "No link"),
        "invalid" => Phrase("ไม่ใช่ link ที่เปิดได้", "Not a usable link"),
        "dns" => Phrase("ไม่พบชื่อเว็บไซต์", "Unknown host"),
        "refused" => Phrase("เชื่อมต่อไม่ได้", "Connection refused"),
        "timeout" => Phrase("ไม่ตอบภายในเวลา", "No answer in time"),
        "http_status" => Phrase("เปิดไม่ได้", "Error status"),
        "redirect_loop" => Phrase("ส่งต่อไม่รู้จบ", "Redirects do not end"),
        "truncated" => Phrase("ขาดกลางคัน", "Cut short"),
        "protocol" => Phrase("ตอบไม่ถูกรูปแบบ", "Not HTTP"),
        "tls" | "tls_chain" => Phrase("ใบรับรองมีปัญหา", "Faulty certificate"),
        "tls_legacy" => Phrase("การเข้ารหัสล้าสมัย", "Obsolete encryption"),
        "soft_404" => Phrase("เปิดได้แต่ไม่พบหน้า", "Opens, but no such page"),
        "login" => Phrase("ต้องลงชื่อเข้าใช้", "Asks for a login"),
        "blocked" => Phrase("ไม่ให้โปรแกรมเข้า", "Turns robots away"),
        "hacked" => Phrase("ถูกฝังสแปม", "Carries spam"),
        "too_large" => Phrase("อ่านได้เพียงส่วนแรก", "Read in part"),
        "not_opened" => Phrase("ยังไม่ได้เปิด", "Not opened"),
        "wrong_target" => Phrase("เนื้อหาอยู่ถัดไปอีกหนึ่งคลิก", "Content is one click further"),
        "no_path" => Phrase("ไม่พบทางเข้าจากหน้าแรก", "No way from the home page"),
        "far" => Phrase("อยู่ลึกหลายคลิก", "Many clicks away"),
        "slow" => Phrase("เปิดช้า", "Slow"),
        "insecure" => Phrase("ไม่เข้ารหัส", "Not encrypted"),
        "flaky" => Phrase("เปิดได้เป็นบางครั้ง", "Opens at times"),
        "off_site" => Phrase("อยู่นอกเว็บไซต์หลัก", "Not on the main website"),
        "external" => Phrase("อยู่ที่เว็บไซต์อื่น", "On another website"),
        "not_on_site" => Phrase("ไม่ใช่หน้าของเว็บไซต์หน่วยงาน", "Not a page of the agency"),
        "empty" => Phrase("ไม่มีเนื้อหา", "Empty"),
        "unreadable" => Phrase("โปรแกรมอ่านไม่ได้", "Cannot be read"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::outcome;
    use crate::model::ReasonCode;

    #[test]
    fn every_reason_of_a_link_has_words() {
        for code in ReasonCode::ALL {
            let (kind, name) = code.as_str().split_once('.').unwrap();
            if matches!(kind, "link" | "domain" | "social") {
                assert!(outcome(name).is_some(), "{code}");
            }
        }
        assert!(outcome("<b>").is_none());
    }
}
