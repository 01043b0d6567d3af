//! The words of progress, in both languages.

use crate::model::Part;
use crate::report::Phrase;

pub(super) const STARTING: Phrase = Phrase("กำลังเริ่ม", "starting");
pub(super) const OPENING: Phrase = Phrase("กำลังเปิด", "opening");
pub(super) const OPENED: Phrase = Phrase("เปิดแล้ว", "opened");
pub(super) const READING: Phrase = Phrase("กำลังอ่าน", "reading");
pub(super) const BUILDING: Phrase = Phrase("กำลังสร้างหน้าในเบราว์เซอร์", "building in a browser");
pub(super) const RECOGNISING: Phrase = Phrase("กำลังอ่านภาพสแกน", "recognising");
pub(super) const RETRYING: Phrase = Phrase("กำลังลองอีกครั้ง", "trying again");
pub(super) const WAITING: Phrase = Phrase("กำลังรอ", "waiting for");
pub(super) const SECONDS_LEFT: Phrase = Phrase("ขั้นนี้เหลือราว {} วินาที", "about {} s left in this step");
pub(super) const MINUTES_LEFT: Phrase = Phrase("ขั้นนี้เหลือราว {} นาที", "about {} min left in this step");
pub(super) const UNKNOWN_LEFT: Phrase = Phrase("ยังไม่ทราบเวลาที่เหลือ", "time left not known yet");

/// What a part of a run is about.
pub(super) fn part(part: Part) -> Phrase {
    match part {
        Part::Submitted => Phrase("เปิด link ที่ส่ง", "opening what was submitted"),
        Part::Probing => Phrase("ดูว่าเว็บไซต์ตอบหน้าที่ไม่มีอย่างไร", "asking for pages that cannot exist"),
        Part::Following => Phrase("เปิดหน้าและเอกสารที่ link ต่อไป", "following what the pages lead to"),
        Part::Recognising => Phrase("อ่านเอกสารสแกน (OCR)", "recognising scans"),
        Part::Again => Phrase("ลอง link ที่เปิดไม่ได้อีกครั้ง", "trying again what did not open"),
        Part::Ways => Phrase("หาทางเข้าจากหน้าแรก", "looking for the ways from the home page"),
        Part::Further => Phrase("เปิด link ที่เหลือของแต่ละข้อ", "opening the further links of the items"),
    }
}
