//! The texts of the workbook that no other format has.

use crate::model::{Lang, Level, Trend};
use crate::report::words::Phrase;

pub(super) const SUMMARY: Phrase = Phrase("สรุป", "Summary");
pub(super) const ITEMS: Phrase = Phrase("รายข้อ", "Items");
pub(super) const URLS: Phrase = Phrase("URL ที่ส่ง", "URLs");
pub(super) const DOCUMENTS: Phrase = Phrase("เอกสารที่ตามไป", "Documents");
pub(super) const REASONS: Phrase = Phrase("เหตุผล", "Reasons");
pub(super) const FIXES: Phrase = Phrase("สิ่งที่ควรแก้", "Fixes");
pub(super) const CHANGES: Phrase = Phrase("สิ่งที่เปลี่ยน", "Changes");

pub(super) const ID: Phrase = Phrase("ข้อ", "Item");
pub(super) const NAME: Phrase = Phrase("ประเด็นการตรวจ", "Name");
pub(super) const SUB_INDICATOR: Phrase = Phrase("ตัวชี้วัดย่อย", "Sub-indicator");
pub(super) const GROUP: Phrase = Phrase("หัวข้อ", "Heading");
pub(super) const VERDICT: Phrase = Phrase("ผล", "Verdict");
pub(super) const SCORE: Phrase = Phrase("คะแนน", "Score");
pub(super) const LIKELY: Phrase = Phrase("คะแนนที่คาด", "Likely score");
pub(super) const CONFIDENCE: Phrase = Phrase("ความมั่นใจ", "Confidence");
pub(super) const COMMENT: Phrase = Phrase("ความคิดเห็น", "Comment");
pub(super) const FIRST_URL: Phrase = Phrase("URL แรกที่ส่ง", "First URL");
pub(super) const URL_COUNT: Phrase = Phrase("จำนวน URL", "URLs");

pub(super) const URL: Phrase = Phrase("URL", "URL");
pub(super) const OUTCOME: Phrase = Phrase("ผลการเปิด", "Outcome");
pub(super) const STATUS: Phrase = Phrase("HTTP", "HTTP");
pub(super) const KIND: Phrase = Phrase("ชนิด", "Kind");
pub(super) const BYTES: Phrase = Phrase("ไบต์", "Bytes");
pub(super) const MILLISECONDS: Phrase = Phrase("มิลลิวินาที", "Milliseconds");
pub(super) const TITLE: Phrase = Phrase("ชื่อหน้า", "Title");
pub(super) const YEARS: Phrase = Phrase("ปีที่พบ", "Years");
pub(super) const FINAL_URL: Phrase = Phrase("ปลายทาง", "Leads to");
pub(super) const CLICKS: Phrase = Phrase("คลิก", "Clicks");
pub(super) const WAY: Phrase = Phrase("ทางเข้าจากหน้าแรก", "Way from the home page");
pub(super) const LINE: Phrase = Phrase("บรรทัดในไฟล์", "Line in file");
pub(super) const PICTURE: Phrase = Phrase("ภาพหน้าเว็บ", "Picture");

pub(super) const LEVEL: Phrase = Phrase("ระดับ", "Level");
pub(super) const CODE: Phrase = Phrase("รหัส", "Code");
pub(super) const MESSAGE: Phrase = Phrase("ข้อความ", "Message");
pub(super) const EVIDENCE: Phrase = Phrase("สิ่งที่พบ", "Evidence");

pub(super) const RANK: Phrase = Phrase("ลำดับ", "Rank");
pub(super) const OIT_GAIN: Phrase = Phrase("OIT ได้เพิ่ม", "OIT gain");
pub(super) const OIT_LOSS: Phrase = Phrase("OIT อาจเสีย", "OIT at risk");
pub(super) const ITA_GAIN: Phrase = Phrase("ITA ได้เพิ่ม", "ITA gain");
pub(super) const ITA_LOSS: Phrase = Phrase("ITA อาจเสีย", "ITA at risk");
pub(super) const TO_DO: Phrase = Phrase("สิ่งที่ต้องทำ", "What to do");
pub(super) const NEXT_STEP: Phrase = Phrase("ขั้นต่อไป", "Next step");
pub(super) const AFTER: Phrase = Phrase("ต้องแก้ก่อน", "Fix before");
pub(super) const ON_PATH: Phrase = Phrase("ลำดับบนทางสู่เป้าหมาย", "Step to the target");

pub(super) const TREND: Phrase = Phrase("แนวโน้ม", "Trend");
pub(super) const BEFORE: Phrase = Phrase("ผลครั้งก่อน", "Before");
pub(super) const NOW: Phrase = Phrase("ผลครั้งนี้", "Now");
pub(super) const SINCE: Phrase = Phrase("เทียบกับการตรวจเมื่อ", "Compared with");
pub(super) const NO_CHANGES: Phrase = Phrase("ไม่มีข้อที่ผลเปลี่ยน", "No verdict changed.");

pub(super) const NO_URLS: Phrase = Phrase("ไม่มี URL ที่ส่ง", "No URL was submitted.");
pub(super) const NO_DOCUMENTS: Phrase = Phrase("ไม่มีเอกสารที่ตามไป", "No document was followed.");
pub(super) const NO_REASONS: Phrase = Phrase("ไม่มีเหตุผลที่ต้องบอก", "There is nothing to say.");
pub(super) const MORE_ROWS: Phrase = Phrase("และอีก {} แถว", "and {} more rows");

pub(super) const PREDICTED: Phrase = Phrase("คาดการณ์", "Predicted");
pub(super) const LOW: Phrase = Phrase("ต่ำสุด", "Low");
pub(super) const HIGH: Phrase = Phrase("สูงสุด", "High");
pub(super) const TARGET: Phrase = Phrase("เป้าหมาย", "Target");
pub(super) const ITEM_COUNT: Phrase = Phrase("จำนวนข้อ", "Items");
pub(super) const SURVEY: Phrase = Phrase("คะแนนแบบวัด IIT และ EIT ที่ใช้คาดการณ์", "Survey scores that the forecast uses");
pub(super) const RUN: Phrase = Phrase("การตรวจครั้งนี้", "This run");

/// How much a reason weighs, in a word.
pub(super) fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Fail => Phrase("ไม่ผ่าน", "fail"),
        Level::Review => Phrase("ต้องให้คนตรวจ", "review"),
        Level::Advice => Phrase("ข้อแนะนำ", "advice"),
        Level::Info => Phrase("ข้อมูล", "info"),
    }
    .get(lang)
}

/// How an item fares, in a word.
pub(super) fn trend(trend: Trend, lang: Lang) -> &'static str {
    match trend {
        Trend::Worse => Phrase("แย่ลง", "worse"),
        Trend::Doubtful => Phrase("ไม่แน่ชัดกว่าเดิม", "doubtful"),
        Trend::New => Phrase("ข้อใหม่", "new"),
        Trend::Better => Phrase("ดีขึ้น", "better"),
    }
    .get(lang)
}

const OUTCOMES: &[(&str, Phrase)] = &[
    ("opened", Phrase("เปิดได้", "opened")),
    ("missing", Phrase("ไม่ได้ส่ง URL", "no URL")),
    ("invalid", Phrase("ไม่ใช่ URL ที่เปิดได้", "not a URL that opens")),
    ("dns", Phrase("ไม่พบชื่อเว็บไซต์", "no such host")),
    ("refused", Phrase("เซิร์ฟเวอร์ไม่รับการเชื่อมต่อ", "connection refused")),
    ("timeout", Phrase("ไม่ตอบภายในเวลาที่กำหนด", "timed out")),
    ("http_status", Phrase("เซิร์ฟเวอร์ตอบว่าผิดพลาด", "error status")),
    ("redirect_loop", Phrase("ส่งต่อวนไม่จบ", "redirect loop")),
    ("truncated", Phrase("ได้ข้อมูลไม่ครบ", "cut off")),
    ("protocol", Phrase("คำตอบไม่ใช่ HTTP", "not HTTP")),
    ("tls", Phrase("ใบรับรองไม่ปลอดภัย", "bad certificate")),
    ("tls_chain", Phrase("ขาดใบรับรองกลาง", "incomplete certificate chain")),
    ("tls_legacy", Phrase("การเข้ารหัสล้าสมัย", "obsolete encryption")),
    ("soft_404", Phrase("เปิดได้แต่ไม่มีหน้านี้", "opens, no such page")),
    ("login", Phrase("ต้องเข้าสู่ระบบ", "asks for a login")),
    ("blocked", Phrase("กันโปรแกรมตรวจไว้", "turns robots away")),
    ("hacked", Phrase("มีสแปมแทรก", "spam on the page")),
    ("too_large", Phrase("ใหญ่เกินไป อ่านเพียงส่วนต้น", "too large, read in part")),
    ("not_opened", Phrase("ไม่ได้เปิด", "not opened")),
    ("wrong_target", Phrase("เนื้อหาอยู่อีกหนึ่งคลิก", "content one click further")),
    ("no_path", Phrase("ไม่พบทางเข้าจากหน้าแรก", "no way from the home page")),
    ("far", Phrase("ไกลจากหน้าแรก", "far from the home page")),
    ("slow", Phrase("ช้า", "slow")),
    ("insecure", Phrase("ไม่เข้ารหัส", "not encrypted")),
    ("flaky", Phrase("เปิดได้บ้างไม่ได้บ้าง", "flaky")),
    ("not_on_site", Phrase("ไม่ใช่หน้าของเว็บไซต์หน่วยงาน", "not a page of the website")),
    ("off_site", Phrase("อยู่นอกเว็บไซต์หลัก", "off the main website")),
];

/// The outcome of opening a link in words; as the report has it where no words are known.
pub(super) fn outcome(outcome: &str, lang: Lang) -> &str {
    OUTCOMES.iter().find(|(known, _)| *known == outcome).map_or(outcome, |(_, words)| words.get(lang))
}

#[cfg(test)]
mod tests {
    use super::OUTCOMES;
    use crate::model::ReasonCode;

    #[test]
    fn every_fate_of_a_link_has_words() {
        for code in ReasonCode::ALL.iter().filter_map(|code| code.as_str().strip_prefix("link.")) {
            assert!(OUTCOMES.iter().any(|(known, _)| *known == code), "{code}");
        }
        for (known, _) in OUTCOMES {
            let is = |code: &str| code.rsplit('.').next() == Some(known);
            assert!(*known == "opened" || ReasonCode::ALL.iter().any(|code| is(code.as_str())), "{known}");
        }
    }
}
