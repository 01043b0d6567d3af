//! The fixed texts of reports in both languages; a missing translation does not compile.

use crate::model::{Lang, Verdict};
use crate::thai::MONTHS;

/// A fixed text: Thai, then English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase(pub &'static str, pub &'static str);

impl Phrase {
    /// The text in one language.
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Th => self.0,
            Lang::En => self.1,
        }
    }

    /// The text with its one blank, `{}`, filled.
    pub fn fill(self, lang: Lang, value: impl std::fmt::Display) -> String {
        self.get(lang).replacen("{}", &value.to_string(), 1)
    }
}

pub(super) const TITLE: Phrase = Phrase("ผลการตรวจ OIT (คาดการณ์)", "OIT audit (prediction)");
pub(super) const AGENCY: Phrase = Phrase("หน่วยงาน", "Agency");
pub(super) const FISCAL_YEAR: Phrase = Phrase("ปีงบประมาณ", "Fiscal year");
pub(super) const WEBSITE: Phrase = Phrase("เว็บไซต์", "Website");
pub(super) const FILE: Phrase = Phrase("ไฟล์", "File");
pub(super) const WHEN: Phrase = Phrase("ตรวจเมื่อ", "Audited");
pub(super) const CATALOG: Phrase = Phrase("เกณฑ์", "Catalogue");
pub(super) const PARTLY: Phrase = Phrase(
    "ยืนยันกับเอกสารทางการได้เพียงบางส่วน โปรดตรวจสอบกับคู่มือของปีนั้น",
    "only partly verified against official documents; check with that year's manual",
);
pub(super) const NOT_VERIFIED: Phrase = Phrase(
    "ยังไม่ได้ยืนยันกับเอกสารทางการ โปรดตรวจสอบกับคู่มือของปีนั้น",
    "not verified against official documents; check with that year's manual",
);
pub(super) const NOTE: Phrase = Phrase("หมายเหตุ", "Note");
pub(super) const INCOMPLETE: Phrase = Phrase("ไม่สมบูรณ์", "INCOMPLETE");
pub(super) const INCOMPLETE_WHY: Phrase = Phrase(
    "มี link ที่ยังตรวจไม่ได้ ผลนี้จึงยังใช้ตัดสินไม่ได้ โปรดตรวจใหม่อีกครั้ง",
    "some links could not be judged, so this result does not decide anything; please run it again",
);
pub(super) const UNKNOWN: Phrase = Phrase("ไม่ทราบ", "unknown");
pub(super) const SCORE: Phrase = Phrase("คะแนน", "Score");
pub(super) const BELOW: Phrase = Phrase("ต่ำกว่าเป้าหมาย {}", "below the target of {}");
pub(super) const SHORT_BY: Phrase = Phrase("ขาดอีก {}", "short by {}");
pub(super) const REACHED: Phrase = Phrase("ถึงเป้าหมาย {}", "meets the target of {}");
pub(super) const TARGET: Phrase = Phrase("เป้าหมาย {}", "target {}");
pub(super) const BETWEEN: Phrase = Phrase("ระหว่าง {} ตามผลข้อที่ต้องให้คนตรวจ", "between {}, as the reviews turn out");
pub(super) const GRADE: Phrase = Phrase("ระดับ {}", "grade {}");
pub(super) const CONDITION_MET: Phrase = Phrase("ถึงแล้ว", "met");
pub(super) const CONDITION_NOT_MET: Phrase = Phrase("ยังไม่ถึง", "not met");
pub(super) const GRADE_NEEDS_MORE: Phrase = Phrase(
    "OIT เพียงอย่างเดียวยังบอกระดับไม่ได้: ต้องใช้คะแนน IIT, EIT และคะแนนรวม ITA ด้วย",
    "OIT alone does not give the grade: it also needs IIT, EIT and the total",
);
pub(super) const UNVERIFIED: Phrase = Phrase("(ข้อนี้ของปีนี้ยังไม่ยืนยัน)", "(not verified for this year)");
pub(super) const RESULTS: Phrase = Phrase("ผล", "Result");
pub(super) const INDICATORS: Phrase = Phrase("คะแนนตามตัวชี้วัด", "Scores by indicator");
pub(super) const INDICATOR: Phrase = Phrase("ตัวชี้วัด", "Indicator");
pub(super) const SUB_INDICATOR: Phrase = Phrase("ตัวชี้วัดย่อยที่ {}", "Sub-indicator {}");
pub(super) const PASSED: Phrase = Phrase("ข้อที่ผ่าน", "Passed");
pub(super) const ITEMS: Phrase = Phrase("ผลรายข้อ", "Items");
pub(super) const ITEM: Phrase = Phrase("ชื่อ", "No.");
pub(super) const ITEM_NAME: Phrase = Phrase("ประเด็นการตรวจ", "Item");
pub(super) const COMMENT: Phrase = Phrase("ความคิดเห็น", "Comment");
pub(super) const NO_ITEMS: Phrase = Phrase("ไม่มีข้อที่ตรวจ", "No items were audited.");
pub(super) const MORE: Phrase = Phrase("และอีก {} แห่ง", "and {} more");
pub(super) const RIGHT_LINK: Phrase = Phrase("link ที่ถูกต้อง:", "the correct link:");
pub(super) const HOME: Phrase = Phrase("หน้าแรก", "Home");
pub(super) const FIXES: Phrase = Phrase("สิ่งที่ควรแก้ เรียงตามคะแนนที่จะได้", "What to fix, by gain");
pub(super) const TO_DO: Phrase = Phrase("สิ่งที่ต้องทำ", "To do");
pub(super) const AFTER: Phrase = Phrase("ต้องแก้ {} ก่อน", "fix {} first");
pub(super) const NOT_RECKONED: Phrase =
    Phrase("ยังไม่ได้คำนวณ เพราะการตรวจยังไม่สมบูรณ์", "Not reckoned, because the audit is not complete.");
pub(super) const NOTHING_TO_FIX: Phrase = Phrase("ไม่มีข้อที่ต้องแก้", "Nothing to fix.");
pub(super) const FIX_COUNT: Phrase = Phrase("แก้ {} ข้อ", "fix {} items");
pub(super) const PATH: Phrase = Phrase("ทางสั้นที่สุดสู่เป้าหมาย", "Shortest way to the target");
pub(super) const FIX: Phrase = Phrase("แก้ {}", "fix {}");
pub(super) const REQUESTS: Phrase = Phrase("ส่งคำขอ {} ครั้ง", "{} requests");
pub(super) const SECONDS: Phrase = Phrase("{} วินาที", "{} s");
pub(super) const HOSTS: Phrase = Phrase("{} โฮสต์", "{} hosts");
pub(super) const DISCLAIMER: Phrase =
    Phrase("คะแนนนี้โปรแกรมเป็นผู้คาดการณ์ มิใช่ผลของคณะผู้ประเมิน", "The prediction is this program's, not the assessors'.");

/// A month, counted from 1.
pub(super) fn month(number: i8, lang: Lang) -> &'static str {
    usize::try_from(number - 1).ok().and_then(|index| MONTHS.get(index)).map_or("", |(th, en)| Phrase(th, en).get(lang))
}

/// A verdict in a word.
pub(super) fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Pass => Phrase("ผ่าน", "pass"),
        Verdict::Advice => Phrase("มีข้อแนะนำ", "advice"),
        Verdict::Fail => Phrase("ไม่ผ่าน", "fail"),
        Verdict::Review => Phrase("ต้องให้คนตรวจ", "review"),
    }
    .get(lang)
}

pub(super) const SOURCE: Phrase = Phrase("ที่อ่าน", "Read");
pub(super) const KIND: Phrase = Phrase("ชนิด", "Kind");
pub(super) const READABILITY: Phrase = Phrase("การอ่าน", "Readability");
pub(super) const READ_FULL: Phrase = Phrase("อ่านได้ทั้งหมด", "all of it was read");
pub(super) const READ_PARTLY: Phrase = Phrase("อ่านได้บางส่วน", "a part was read");
pub(super) const READ_NOT: Phrase = Phrase("อ่านไม่ได้", "nothing was read");
pub(super) const DOCUMENT_TITLE: Phrase = Phrase("ชื่อเอกสาร", "Title");
pub(super) const PAGES: Phrase = Phrase("จำนวนหน้า", "Pages");
pub(super) const SLIDES: Phrase = Phrase("จำนวนสไลด์", "Slides");
pub(super) const SHEETS: Phrase = Phrase("จำนวนชีต", "Sheets");
pub(super) const UNREAD_PAGES: Phrase = Phrase("หน้า {} ยังไม่ได้อ่าน", "not read: {}");
pub(super) const YEARS: Phrase = Phrase("ปีที่พบ", "Years found");
pub(super) const NO_YEARS: Phrase = Phrase("ไม่พบปีใด", "No year was found.");
pub(super) const CONTENT_YEAR: Phrase = Phrase("เนื้อหา", "content");
pub(super) const CITED_YEAR: Phrase = Phrase("อ้างถึง", "cited");
pub(super) const DOUBTFUL_YEAR: Phrase = Phrase("อ่านตัวเลขจากภาพได้ไม่แน่ชัด", "a digit was not read with certainty");
pub(super) const TEXT: Phrase = Phrase("ข้อความ", "Text");
pub(super) const NO_TEXT: Phrase = Phrase("ไม่มีข้อความที่อ่านได้", "There is no text that could be read.");

pub(super) const BACKTEST: Phrase = Phrase("ผลคาดการณ์เทียบกับผลที่ประกาศ", "Prediction against the announced result");
pub(super) const RESULT_SOURCE: Phrase = Phrase("ที่มาของผล", "Source");
pub(super) const PREDICTED: Phrase = Phrase("คาดการณ์", "Predicted");
pub(super) const ANNOUNCED: Phrase = Phrase("ประกาศ", "Announced");
pub(super) const ERROR: Phrase = Phrase("ต่าง", "Error");
pub(super) const AGREE: Phrase = Phrase("ตรงกัน", "agree");
pub(super) const FALSE_FAIL: Phrase = Phrase("ให้ตกทั้งที่ผ่าน", "false fail");
pub(super) const FALSE_PASS: Phrase = Phrase("ให้ผ่านทั้งที่ตก", "false pass");
pub(super) const REVIEW_RIGHT: Phrase = Phrase("ให้คนตรวจ (เอนเอียงถูก)", "review, leaned right");
pub(super) const REVIEW_WRONG: Phrase = Phrase("ให้คนตรวจ (เอนเอียงผิด)", "review, leaned wrong");
pub(super) const NOT_COMPARED: Phrase = Phrase("เทียบไม่ได้", "not compared");
pub(super) const OF_ITEMS: Phrase = Phrase("{} ข้อ", "of {} items");
pub(super) const DIFFERENCES: Phrase = Phrase("ข้อที่ไม่ตรงกัน", "Where they differ");
pub(super) const NO_DIFFERENCES: Phrase = Phrase("ตรงกันทุกข้อ", "They agree on every item.");
pub(super) const COMMENTS: Phrase = Phrase("ความคิดเห็นเทียบกัน", "Comments side by side");
pub(super) const COMMENT_PREDICTED: Phrase = Phrase("ความคิดเห็นที่คาดการณ์", "Predicted comment");
pub(super) const COMMENT_ANNOUNCED: Phrase = Phrase("ความคิดเห็นของผู้ประเมิน", "Assessors' comment");
pub(super) const TOTALS: Phrase = Phrase("รวม {} หน่วยงาน", "All {} agencies");
pub(super) const OIT_ERROR: Phrase = Phrase("ความคลาดเคลื่อนของ OIT เฉลี่ย {}", "mean error of OIT {}");
pub(super) const OIT_BIAS: Phrase = Phrase("สูงไป (+) หรือต่ำไป (−) เฉลี่ย {}", "mean of too high (+) or too low (−) {}");
pub(super) const CALIBRATION: Phrase = Phrase("ความมั่นใจเทียบกับความถูกต้อง", "Confidence and how often it is right");
pub(super) const CONFIDENCE: Phrase = Phrase("ความมั่นใจ", "Confidence");
pub(super) const COUNT: Phrase = Phrase("จำนวน", "Count");
pub(super) const MEAN: Phrase = Phrase("เฉลี่ย", "Mean");
pub(super) const RIGHT: Phrase = Phrase("ถูกจริง", "Right");
pub(super) const BRIER: Phrase =
    Phrase("Brier score {} (0 ดีที่สุด, 0.25 เท่ากับเดาสุ่ม)", "Brier score {} (0 is perfect, 0.25 even odds)");
pub(super) const NO_CONFIDENCE: Phrase = Phrase("รายงานไม่มีค่าความมั่นใจ", "The reports have no confidence.");
pub(super) const LIKELY_PASS: Phrase = Phrase("น่าจะผ่าน {} %", "likely pass, {} %");
pub(super) const EVEN_ODDS: Phrase = Phrase("ก้ำกึ่ง ({} %)", "even odds, {} %");
pub(super) const LIKELY_FAIL: Phrase = Phrase("น่าจะไม่ผ่าน {} %", "likely fail, {} %");
pub(super) const LOOK_FIRST: Phrase = Phrase("ข้อที่คนควรเปิดดูก่อน", "What to look at first");
pub(super) const LIKELIHOOD: Phrase = Phrase("แนวโน้ม", "Likelihood");
pub(super) const AT_STAKE: Phrase = Phrase("OIT ได้/เสีย", "OIT ±");
pub(super) const NEXT: Phrase = Phrase("ขั้นต่อไป: {}", "Next: {}");
