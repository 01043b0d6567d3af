//! The day on which a page says that it was published or changed: «ปรับปรุงล่าสุด 5 ก.ค. 2563».

use jiff::civil::Date;

use super::numbers::{Number, numbers};
use super::words;

/// What is said before such a day. In small letters; Latin ones are compared so.
const CUES: &[&str] = &[
    "ปรับปรุงล่าสุด",
    "ปรับปรุงข้อมูลล่าสุด",
    "ปรับปรุงข้อมูลเมื่อ",
    "ปรับปรุงเมื่อ",
    "แก้ไขล่าสุด",
    "แก้ไขเมื่อ",
    "อัปเดตล่าสุด",
    "อัปเดตเมื่อ",
    "อัพเดทล่าสุด",
    "อัพเดทเมื่อ",
    "อัพเดตล่าสุด",
    "อัพเดตเมื่อ",
    "เผยแพร่เมื่อ",
    "เผยแพร่วันที่",
    "เผยแพร่ ณ วันที่",
    "โพสต์เมื่อ",
    "โพสเมื่อ",
    "วันที่เผยแพร่",
    "วันที่ปรับปรุง",
    "วันที่แก้ไข",
    "วันที่ลงประกาศ",
    "last updated",
    "last update",
    "last modified",
    "updated on",
    "published on",
    "posted on",
    "date modified",
];

/// Characters between what is said and the day: «วันศุกร์ที่», «: on».
const BETWEEN: usize = 24;
/// Bytes of a text after a cue in which the day is sought.
const WINDOW: usize = 160;
/// Years between the Buddhist and the common era.
const ERA_OFFSET: u32 = 543;

/// The latest day on which a text says that it was published or changed; the text is in the normal form.
pub fn stamped(text: &str) -> Option<Date> {
    let lower = text.to_ascii_lowercase();
    let after = CUES.iter().flat_map(|cue| lower.match_indices(cue).map(|(at, _)| at + cue.len()));
    after.filter_map(|from| day(window(&lower[from..]))).max()
}

fn window(text: &str) -> &str {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A line is a block of the page: the next one says something else, unless the cue stands in a cell of its own.
    let head = text[..end].trim_start_matches([' ', ':', '\n', '-', '|']);
    head.split('\n').next().unwrap_or_default()
}

fn day(text: &str) -> Option<Date> {
    let numbers = numbers(text);
    let [first, second, rest @ ..] = numbers.as_slice() else { return None };
    if text[..first.start].chars().count() > BETWEEN {
        return None;
    }
    let separator = |one: &Number, other: &Number| {
        let between = text[one.end..other.start].trim();
        ["/", "-", "."].contains(&between)
    };
    if let Some(third) = rest.first()
        && separator(first, second)
        && separator(second, third)
    {
        let (year, day) = if first.digits == 4 { (first, third) } else { (third, first) };
        return (year.digits == 4).then(|| date(year, second.value, day.value)).flatten();
    }
    let named = |text: &str| words::month(text.trim()).filter(|(_, before)| *before == 0).map(|(month, _)| month);
    if let Some(month) = named(without_era(&text[first.end..second.start])) {
        return date(second, u32::from(month), first.value);
    }
    // «July 5, 2020»
    let before = text[..first.start].trim_end().rsplit([' ', ':']).next().unwrap_or_default();
    let month = named(before).filter(|_| text[first.end..second.start].trim().trim_matches(',').is_empty())?;
    date(second, u32::from(month), first.value)
}

/// What is left of the text between day and year without the era: «กรกฎาคม พ.ศ.».
fn without_era(text: &str) -> &str {
    let text = text.trim();
    words::era(text).map_or(text, |(_, before)| text[..before].trim_end())
}

fn date(year: &Number, month: u32, day: u32) -> Option<Date> {
    let year = match (year.digits, year.value) {
        (4, year @ 2500..=2643) => year - ERA_OFFSET,
        (4, year @ 1957..=2100) => year,
        // «63» beside a month's name.
        (2, short @ 40..=99) => 2500 + short - ERA_OFFSET,
        _ => return None,
    };
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::stamped;

    #[test]
    fn days_are_read_in_all_spellings() {
        for (text, expected) in [
            ("ปรับปรุงล่าสุด 5 ก.ค. 2563", Some("2020-07-05")),
            ("ปรับปรุงล่าสุดเมื่อ : วันอาทิตย์ที่ ๕ กรกฎาคม ๒๕๖๓ เวลา 10:30 น.", Some("2020-07-05")),
            ("เผยแพร่เมื่อ 12 มีนาคม พ.ศ. 2563 ผู้เข้าชม 123 ครั้ง", Some("2020-03-12")),
            ("เผยแพร่เมื่อ\n05/07/2563", Some("2020-07-05")),
            ("วันที่เผยแพร่: 5-7-2020", Some("2020-07-05")),
            ("Last Updated on 2020-07-05 10:30", Some("2020-07-05")),
            ("Published on July 5, 2020", Some("2020-07-05")),
            ("Last updated: 5 July 2020", Some("2020-07-05")),
            ("อัพเดทล่าสุด 5 ก.ค. 63", Some("2020-07-05")),
            ("แก้ไขเมื่อ 1 ม.ค. 2562 ... ปรับปรุงล่าสุด 2 ก.พ. 2563 ... เผยแพร่เมื่อ 3 มี.ค. 2561", Some("2020-02-02")),
            ("ปรับปรุงล่าสุด 5/7/63", None),
            ("ปรับปรุงล่าสุด 31 ก.พ. 2563", None),
            ("ปรับปรุงล่าสุด", None),
            ("ปรับปรุงล่าสุดตามหนังสือสั่งการของกระทรวงมหาดไทย ลงวันที่ 5 ก.ค. 2563", None),
            ("วันนี้ 5 ก.ค. 2563", None),
            ("พระราชบัญญัติแก้ไขเพิ่มเติม พ.ศ. 2562", None),
        ] {
            assert_eq!(stamped(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }
}
