//! What a document says of itself: its title and the day it was made.

use encoding_rs::WINDOWS_874;
use hayro_syntax::metadata::Metadata;
use hayro_syntax::object::DateTime;
use jiff::civil::Date;

use super::names;

/// The text of a string: UTF-16 or UTF-8 where it says so, Thai in eight bits where it looks so, otherwise Latin.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => eight_bit(bytes),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    // Thai in eight bits that was taken for Latin before it was written.
    let mistaken = text.chars().filter(|&c| names::mistaken(c).is_some()).count();
    if mistaken * 2 > text.chars().filter(|c| !c.is_whitespace()).count() {
        return text.chars().map(|c| names::mistaken(c).and_then(names::tis620).unwrap_or(c)).collect();
    }
    text
}

fn eight_bit(bytes: &[u8]) -> String {
    let thai = bytes.iter().filter(|&&byte| names::tis620(byte).is_some()).count();
    if thai * 3 > bytes.len() {
        return WINDOWS_874.decode_without_bom_handling(bytes).0.into_owned();
    }
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// The title, where it is one: most are the names of the files that the documents were made from.
pub(super) fn title(metadata: &Metadata) -> Option<String> {
    let title = crate::thai::normalize(&text(metadata.title.as_ref()?));
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let lower = title.to_lowercase();
    let is_name = [".doc", ".xls", ".ppt", ".pdf", ".pub", ".indd", ".rtf", ".odt", ".tif", ".jpg", ".cdr", ".ai"]
        .iter()
        .any(|end| lower.ends_with(end) || lower.contains(&format!("{end}x")));
    let is_generic =
        ["microsoft", "untitled", "powerpoint", "document", "slide ", "full page", "scan", "layout", "book1"]
            .iter()
            .any(|start| lower.starts_with(start))
            || matches!(lower.as_str(), "title" | "งานนำเสนอ powerpoint" | "ภาพนิ่ง 1" | "เอกสาร1" | "สมุดงาน1");
    let garbage = title.chars().any(|c| names::is_void(c) || names::mistaken(c).is_some());
    // A title has words, and is not much longer than one would be.
    let sensible = letters >= 4 && letters * 2 >= title.chars().filter(|c| !c.is_whitespace()).count();
    (sensible && !is_name && !is_generic && !garbage && title.chars().count() <= 300 && is_thai(&title))
        .then_some(title)
}

/// A title in Latin letters only is a file's name more often than not: kept where it has several words.
fn is_thai(title: &str) -> bool {
    title.chars().any(|c| matches!(c, 'ก'..='๛')) || title.split_whitespace().count() >= 3
}

/// The day that the document was made; some programs write years of the Buddhist era.
pub(super) fn created(metadata: &Metadata) -> Option<Date> {
    day(metadata.creation_date?)
}

/// The day that the document was last changed.
pub(super) fn modified(metadata: &Metadata) -> Option<Date> {
    day(metadata.modification_date?)
}

fn day(made: DateTime) -> Option<Date> {
    let year = i16::try_from(made.year).ok()?;
    let year = if year > 2400 { year - 543 } else { year };
    let date = Date::new(year, i8::try_from(made.month).ok()?, i8::try_from(made.day).ok()?).ok()?;
    // Before the format existed, nothing was made in it.
    (1990..=2200).contains(&year).then_some(date)
}
