//! The fixed texts of the Markdown report.

use crate::model::Trend;
use crate::report::words::Phrase;

pub(super) const SINCE: Phrase = Phrase("สิ่งที่เปลี่ยนแปลงตั้งแต่ {}", "What changed since {}");
pub(super) const NOTHING_CHANGED: Phrase = Phrase("ผลทุกข้อเหมือนเดิม", "Every verdict is as it was.");
pub(super) const OIT_BEFORE: Phrase = Phrase("OIT เดิม {}", "OIT then {}");
pub(super) const CHANGE: Phrase = Phrase("การเปลี่ยนแปลง", "Change");
pub(super) const BEFORE: Phrase = Phrase("เดิม", "Before");
pub(super) const NOW: Phrase = Phrase("ขณะนี้", "Now");
pub(super) const NOT_JUDGED: Phrase = Phrase("ไม่ได้ตรวจ", "not audited");
pub(super) const FAILED: Phrase = Phrase("ข้อที่ไม่ผ่าน ({})", "Failed ({})");
pub(super) const REVIEWS: Phrase = Phrase("ข้อที่ต้องให้คนตรวจ ({})", "For a person to review ({})");
pub(super) const PASSED: Phrase = Phrase("ข้อที่ผ่าน ({})", "Passed ({})");
pub(super) const LEFT_OUT: Phrase = Phrase(
    "รายงานนี้ยาวเกินกว่าจะแสดงทั้งหมด จึงไม่ได้แสดงอีก {} รายการ โปรดดูรายงานฉบับเต็ม",
    "This report is too long to be shown whole: {} entries are left out; see the full report.",
);

/// How an item fares, in a word with a sign that is seen at once.
pub(super) fn trend(trend: Trend) -> Phrase {
    match trend {
        Trend::Worse => Phrase("🔴 แย่ลง", "🔴 worse"),
        Trend::Doubtful => Phrase("🟡 เกิดข้อสงสัย", "🟡 in doubt"),
        Trend::New => Phrase("🔵 ข้อใหม่", "🔵 new"),
        Trend::Better => Phrase("🟢 ดีขึ้น", "🟢 better"),
    }
}
