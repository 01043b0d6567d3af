//! What speaks against a number being a year: units after it, words before it, addresses around it.

use super::numbers::{Number, after, before, ends_with_digit, starts_with_digit, trim_end};
use super::words::latin_word;
use crate::thai::chars::{is_gap, is_thai_letter};

/// Units that nothing but a quantity has before it.
const UNITS: &[&str] = &[
    "บาท",
    "ล้าน",
    "แสนบาท",
    "หมื่น",
    "พันบาท",
    "ครัวเรือน",
    "หลังคาเรือน",
    "ไร่",
    "ตารางวา",
    "ตารางเมตร",
    "ตร.ม",
    "ตร.ว",
    "เมตร",
    "กิโล",
    "ลิตร",
    "เปอร์เซ็น",
    "กก.",
    "กม.",
    "ชั่วโมง",
    "ชม.",
    "นาที",
    "คะแนน",
    "มม.",
    "ซม.",
    "%",
];

/// Units that are also the start of other words ("คน" of "คนพิการ"), so that they have to stand alone.
const SHORT_UNITS: &[&str] =
    &["คน", "ราย", "ครั้ง", "ตัว", "แห่ง", "ชิ้น", "หลัง", "คัน", "ปี", "แผ่น", "ต้น", "เครื่อง", "องค์", "ขวบ", "น."];

/// Words after which a number counts, orders or identifies.
const COUNTING: &[&str] = &[
    "เลขที่",
    "หมายเลข",
    "รหัส",
    "ไปรษณีย์",
    "ห้อง",
    "จำนวน",
    "เป็นเงิน",
    "ราคา",
    "รวม",
    "ร้อยละ",
    "อายุ",
    "หน้า",
    "มาตรา",
    "คำสั่งที่",
    "ครั้งที่",
    "ฉบับที่",
    "ข้อที่",
    "ลำดับที่",
    "ลำดับ",
    "ประกาศที่",
    "หนังสือที่",
    "ฎีกาที่",
    "เล่มที่",
    "เล่ม",
    "ตอนที่",
    "กว่า",
    "เข้าชม",
    "ผู้ชม",
    "วันนี้",
    "เมื่อวาน",
    "เมื่อวานนี้",
    "เดือนนี้",
    "ทั้งหมด",
    "ทั้งสิ้น",
    "ดาวน์โหลด",
    "ยอด",
    "วงเงิน",
    "ปณ",
    "รุ่น",
    "เวอร์ชัน",
    "เวอร์ชั่น",
    "฿",
    "$",
    "#",
];

/// The same in English.
const COUNTING_ENGLISH: &[&str] = &[
    "v", "ver", "version", "build", "no", "id", "ip", "port", "model", "rev", "windows", "server", "office", "room",
    "visitors", "views", "hits", "total",
];

/// Words before a telephone number.
const TELEPHONE: &[&str] = &["โทร", "โทรศัพท์", "โทรสาร", "แฟกซ์", "มือถือ", "เบอร์", "ต่อ", "สายด่วน", "ภายใน"];

/// The ends of file names.
const EXTENSIONS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "jpg", "jpeg", "png", "gif", "zip", "rar", "html", "htm",
    "php", "asp", "aspx", "csv", "txt", "odt", "ods", "rtf", "mp4",
];

/// Whether what follows a number makes it a part of a larger number, or a quantity.
pub(super) fn is_quantity(text: &str, end: usize) -> bool {
    let rest = after(text, end);
    let mut chars = rest.chars();
    match chars.next() {
        Some('%') => return true,
        Some('.' | ':') if starts_with_digit(chars.as_str()) => return true,
        Some(',') => {
            let digits = chars.as_str().chars().take_while(|c| c.is_ascii_digit() || ('๐'..='๙').contains(c)).count();
            if digits == 3 {
                return true;
            }
        }
        _ => {}
    }
    let word = rest.trim_start_matches(|c: char| is_gap(c) && c != '\n');
    let stands_alone = |unit: &&str| word.strip_prefix(*unit).is_some_and(|rest| !rest.starts_with(is_thai_letter));
    UNITS.iter().any(|unit| word.starts_with(unit)) || SHORT_UNITS.iter().any(stands_alone)
}

/// Whether a number goes on with a letter of the Latin alphabet: "2563kg", "63rd".
pub(super) fn goes_on(text: &str, end: usize) -> bool {
    text[end..].starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a word before a number says that it counts, orders or identifies.
pub(super) fn is_counted(text: &str, start: usize) -> bool {
    let window = before(text, start);
    let word = trim_end(window, &['.', ':', '_']);
    if COUNTING.iter().any(|counting| word.ends_with(counting)) {
        return true;
    }
    // A circular's number: "ว 2563".
    if let Some(rest) = word.strip_suffix('ว')
        && !rest.ends_with(is_thai_letter)
    {
        return true;
    }
    let latin = latin_word(word);
    if !latin.is_empty() && COUNTING_ENGLISH.iter().any(|counting| latin.eq_ignore_ascii_case(counting)) {
        return true;
    }
    // "คำสั่ง … ที่ 2563/2563": a word of its own.
    if let Some(rest) = word.strip_suffix("ที่")
        && !rest.ends_with(is_thai_letter)
    {
        return true;
    }
    is_telephone(window) || is_plate(window)
}

/// Whether a text ends within a telephone number: the word for it, and digits since.
pub(super) fn is_telephone(window: &str) -> bool {
    let word = window.trim_end_matches(|c: char| {
        (is_gap(c) && c != '\n') || c.is_ascii_digit() || ('๐'..='๙').contains(&c) || "-–().,:/+".contains(c)
    });
    let latin = latin_word(word);
    TELEPHONE.iter().any(|telephone| word.ends_with(telephone))
        || ["tel", "fax", "phone", "mobile", "ext", "call"].iter().any(|word| latin.eq_ignore_ascii_case(word))
}

/// Whether a text ends within the number plate of a vehicle: "ทะเบียน กข-", "ทะเบียน 81-".
fn is_plate(window: &str) -> bool {
    let Some(at) = window.rfind("ทะเบียน") else { return false };
    let plate = &window[at + "ทะเบียน".len()..];
    let plate = plate.trim_start_matches("รถ").trim_start_matches("เลขที่").trim_start_matches("หมายเลข");
    plate.chars().all(|c| is_gap(c) || c.is_ascii_digit() || ('ก'..='ฮ').contains(&c) || "-–.:".contains(c))
        && plate.chars().filter(|c| ('ก'..='ฮ').contains(c)).count() <= 3
}

/// Whether a number with a slash before it is the number of a house.
pub(super) fn is_house(text: &str, chain: usize, end: usize) -> bool {
    let left = trim_end(before(text, chain), &['.', ':']);
    if ["บ้านเลขที่", "อยู่เลขที่", "ตั้งอยู่ที่", "ที่อยู่", "หมู่ที่", "ซอย", "ซ"].iter().any(|word| left.ends_with(word))
    {
        return true;
    }
    let right = after(text, end).trim_start_matches(is_gap);
    ["หมู่", "ม.", "ถนน", "ถ.", "ซอย", "ซ.", "ตำบล", "ต.", "แขวง"].iter().any(|word| right.starts_with(word))
        && (left.ends_with("เลขที่") || left.ends_with("ตั้งอยู่") || left.ends_with("ที่ทำการ") || right.starts_with("หมู่"))
}

/// Whether a number is a part of an e-mail address, a host name or the value of some other key of a query.
pub(super) fn is_address(text: &str, start: usize, end: usize) -> bool {
    let of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let left = before(text, start);
    let head = left.trim_end_matches(of_word);
    if head.ends_with('@') {
        return true;
    }
    if let Some(key) = head.strip_suffix('=')
        && left.len() == head.len()
    {
        return !["year", "y", "fy", "ปี"].iter().any(|word| key.to_ascii_lowercase().ends_with(word));
    }
    let right = after(text, end);
    if right.trim_start_matches(of_word).starts_with('@') {
        return true;
    }
    let label = right.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let Some(next) = label.strip_prefix('.') else { return false };
    let next = &next[..next.len() - next.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len()];
    next.len() > 1
        && next.starts_with(|c: char| c.is_ascii_alphabetic())
        && !EXTENSIONS.iter().any(|known| next.eq_ignore_ascii_case(known))
}

/// Whether the character just before a number makes it a part of something else: "2.2563", "HP2563", "$2563".
pub(super) fn is_inside(text: &str, number: &Number, list: bool) -> bool {
    let left = before(text, number.start);
    let Some(touching) = left.chars().next_back() else { return false };
    let rest = &left[..left.len() - touching.len_utf8()];
    match touching {
        '$' | '฿' | '#' | '@' | '+' => true,
        '.' | ':' => ends_with_digit(rest),
        ',' => ends_with_digit(rest) && !list,
        // "report2563" is a name with its year, "HP2563" a product.
        'a'..='z' | 'A'..='Z' => {
            let word = latin_word(left);
            word.len() < 3 && !word.eq_ignore_ascii_case("fy")
        }
        _ => false,
    }
}
