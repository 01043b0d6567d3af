//! What came to light while a document was read, and how it is said.

use serde::{Deserialize, Serialize};

use super::Text;

/// What came to light while a document was read, for the reader of the report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadNote {
    /// The text was damaged in the file, and repaired.
    Repaired,
    /// So many pages are pictures.
    Scan {
        /// How many.
        pages: u32,
    },
    /// The text in the file is not that of so many of its pages, which are read as pictures.
    ForeignText {
        /// How many.
        pages: u32,
    },
    /// So many pages were read by character recognition.
    Recognised {
        /// How many.
        pages: u32,
    },
    /// There are pictures to be read, and no program for it.
    OcrMissing,
    /// There are pictures to be read, and the program for it does not know Thai.
    OcrWithoutThai,
    /// There are pictures to be read, and the user does not want it.
    OcrOff,
    /// The time for character recognition was used up.
    OcrTime,
    /// The file cannot be opened without a password.
    Password,
    /// The file is damaged.
    Damaged,
    /// Reading it took more time or memory than a document may, or broke the reader.
    TooCostly,
    /// A file inside an archive.
    Member {
        /// Its name.
        name: String,
        /// It could be read.
        read: bool,
    },
    /// The page has to be built by a browser, and there is none.
    NeedsBrowser,
    /// The page has to be built by a browser, and did not let it.
    NotBuilt,
    /// The page was built by a browser.
    Rendered,
}

impl ReadNote {
    /// Whether something of the document stayed unread because of it.
    pub fn is_loss(&self) -> bool {
        match self {
            Self::Repaired | Self::Recognised { .. } | Self::Rendered | Self::Member { read: true, .. } => false,
            Self::Scan { .. }
            | Self::ForeignText { .. }
            | Self::OcrMissing
            | Self::OcrWithoutThai
            | Self::OcrOff
            | Self::OcrTime
            | Self::Password
            | Self::Damaged
            | Self::TooCostly
            | Self::Member { read: false, .. }
            | Self::NeedsBrowser
            | Self::NotBuilt => true,
        }
    }

    /// The note in words, with what to do where something can be done.
    pub fn text(&self) -> Text {
        match self {
            Self::Repaired => Text::new(
                "ข้อความในไฟล์เสียหาย (เช่น สระอำหาย) และซ่อมแล้วก่อนตรวจ",
                "the text in the file was damaged and has been repaired",
            ),
            Self::Scan { pages } => {
                Text::new(format!("เป็นภาพสแกน {pages} หน้า"), format!("pages that are scans: {pages}"))
            }
            Self::ForeignText { pages } => Text::new(
                format!("ข้อความที่ฝังในไฟล์ไม่ตรงกับที่เห็น {pages} หน้า"),
                format!("pages whose text in the file is not what they show: {pages}"),
            ),
            Self::Recognised { pages } => Text::new(
                format!("อ่านจากภาพด้วย OCR {pages} หน้า ซึ่งอาจอ่านผิด"),
                format!("pages read by character recognition (OCR), which errs: {pages}"),
            ),
            Self::OcrMissing => Text::new(
                "ต้องใช้ OCR แต่เครื่องนี้ไม่มีโปรแกรม tesseract (Debian/Ubuntu: apt-get install tesseract-ocr tesseract-ocr-tha)",
                "it takes character recognition, and tesseract is not installed (Debian/Ubuntu: apt-get install tesseract-ocr tesseract-ocr-tha)",
            ),
            Self::OcrWithoutThai => Text::new(
                "ต้องใช้ OCR แต่ tesseract ของเครื่องนี้ไม่มีข้อมูลภาษาไทย (Debian/Ubuntu: apt-get install tesseract-ocr-tha)",
                "it takes character recognition, and tesseract has no data for Thai (Debian/Ubuntu: apt-get install tesseract-ocr-tha)",
            ),
            Self::OcrOff => Text::new(
                "ต้องใช้ OCR แต่ปิดไว้ (ocr: never)",
                "it takes character recognition, which is off (`ocr: never`)",
            ),
            Self::OcrTime => Text::new(
                "เวลาสำหรับ OCR (ocr_timeout) หมดก่อนอ่านครบทุกหน้า",
                "the time for character recognition (`ocr_timeout`) was used up before all pages were read",
            ),
            Self::Password => Text::new(
                "ไฟล์ตั้งรหัสผ่านไว้ ควรเผยแพร่ไฟล์ที่ไม่มีรหัสผ่าน",
                "the file asks for a password; publish it without one",
            ),
            Self::Damaged => Text::new("ไฟล์เสียหาย ควรเผยแพร่ไฟล์ใหม่", "the file is damaged; publish it again"),
            Self::TooCostly => Text::new(
                "ไฟล์ผิดปกติ: อ่านแล้วใช้เวลาหรือหน่วยความจำเกินกำหนด",
                "the file is unusual: reading it took more time or memory than a document may",
            ),
            Self::Member { name, read: true } => {
                Text::new(format!("ในไฟล์บีบอัด: {name}"), format!("in the archive: {name}"))
            }
            Self::Member { name, read: false } => {
                Text::new(format!("ในไฟล์บีบอัด อ่านไม่ได้: {name}"), format!("in the archive, not read: {name}"))
            }
            Self::NeedsBrowser => Text::new(
                "หน้านี้ต้องเปิดด้วยเบราว์เซอร์: ติดตั้ง Chromium (Debian/Ubuntu: apt-get install chromium) แล้วตรวจใหม่ หรือเปิดดูเอง",
                "the page is built by a browser: install Chromium (Debian/Ubuntu: apt-get install chromium) and audit again, or look yourself",
            ),
            Self::NotBuilt => Text::new(
                "หน้านี้ต้องเปิดด้วยเบราว์เซอร์ แต่เบราว์เซอร์สร้างหน้าไม่สำเร็จ (สคริปต์ไม่จบหรือใช้ทรัพยากรเกินกำหนด) โปรดเปิดดูเอง",
                "the page is built by a browser, which did not get it done (its scripts do not end, or take too much); look yourself",
            ),
            Self::Rendered => Text::new("เปิดด้วยเบราว์เซอร์", "built by a browser"),
        }
    }
}
