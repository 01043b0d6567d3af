//! The years in the name of a file, or in the path of a URL.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::numbers::{Number, before, numbers};
use super::words::{latin_word, month};
use super::years;
use crate::thai::chars::is_thai_letter;

/// Two digits are believed to be a year only where agencies publish.
const SHORT_YEARS: RangeInclusive<u32> = 55..=75;

/// The Buddhist-era years that the name of a file or the (percent-decoded) path of a URL mentions, in order.
pub fn years_in_name(name: &str) -> Vec<u16> {
    let mut found = BTreeSet::new();
    for mention in years(name) {
        // Cameras and scanners count their pictures.
        if !is_camera(before(name, mention.at.start)) {
            found.extend(mention.span.years());
        }
    }
    for number in numbers(name) {
        found.extend(year_of(name, &number));
    }
    found.into_iter().collect()
}

fn year_of(name: &str, number: &Number) -> Option<u16> {
    let left = before(name, number.start);
    let right = &name[number.end..];
    let year = match number.digits {
        4 if is_named(left, right) => number.value,
        2 if SHORT_YEARS.contains(&number.value) && is_short_year(left, right) => number.value + 2500,
        // 25630331
        8 if (1..=12).contains(&(number.value / 100 % 100)) && (1..=31).contains(&(number.value % 100)) => {
            number.value / 10_000
        }
        _ => return None,
    };
    u16::try_from(year).ok().filter(|year| (2500..=2600).contains(year))
}

/// Whether four digits are a word of their own, or end or start one of letters only.
fn is_named(left: &str, right: &str) -> bool {
    let letters = latin_word(left);
    let rest = &left[..left.len() - letters.len()];
    let alone = !rest.ends_with(|c: char| c.is_ascii_digit());
    let goes_on = right.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with(|c: char| c.is_ascii_digit());
    let key = left.ends_with('=') && !["year=", "y=", "fy=", "ปี="].iter().any(|key| left.ends_with(key));
    let part = left.ends_with(['.', ',', '@']) || right.starts_with([',', '@']);
    // "0-4463-2563" is no year, "แผน-2563" and "12-2563" are.
    let telephone =
        left.ends_with('-') && left.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit()).len() + 6 < left.len();
    alone && !goes_on && !key && !part && !telephone && !is_camera(left)
}

/// "แผน63.pdf", "ita63.pdf": two digits at the end of a word.
fn is_short_year(left: &str, right: &str) -> bool {
    const NUMBERED: &[&str] = &["ภาพ", "รูป", "หน้า", "ที่", "ข้อ", "ส่วน", "ลำดับ", "เล่ม", "ข่าว", "ครั้ง", "บท", "ตอน", "ชุด"];
    const WORDS: &[&str] = &["ita", "oit", "fy", "plan", "report", "year", "budget", "y"];
    if !(right.is_empty() || right.starts_with(['.', '_', '-', ' ', ')', '/'])) || right.starts_with(".0") {
        return false;
    }
    let word = left.trim_end_matches(['_', '-', ' ']);
    let latin = latin_word(word);
    if month(word).is_some() {
        return true;
    }
    if latin.is_empty() {
        // Glued to its word, since a number of its own may be anything.
        left.ends_with(is_thai_letter) && !NUMBERED.iter().any(|counted| left.ends_with(counted))
    } else {
        WORDS.iter().any(|known| latin.eq_ignore_ascii_case(known))
    }
}

fn is_camera(left: &str) -> bool {
    let word = latin_word(left.trim_end_matches(['_', '-', ' ']));
    ["img", "dsc", "dscf", "dscn", "dcim", "image", "scan", "pic", "photo", "p"]
        .iter()
        .any(|w| word.eq_ignore_ascii_case(w))
}

#[cfg(test)]
mod tests {
    use super::years_in_name;

    #[test]
    fn names_of_files() {
        let cases: &[(&str, &[u16])] = &[
            ("plan_2563.pdf", &[2563]),
            ("report2563_final.pdf", &[2563]),
            ("แผน63.pdf", &[2563]),
            ("แผนพัฒนาท้องถิ่น 2561-2565.pdf", &[2561, 2562, 2563, 2564, 2565]),
            ("แผน_๒๕๖๓.pdf", &[2563]),
            ("รายงาน ต.ค.62-มี.ค.63.xlsx", &[2562, 2563]),
            ("สขร1_ธค_62.pdf", &[2562]),
            ("ITA2563", &[2563]),
            ("ita63_o12.pdf", &[2563]),
            ("FY2020.pdf", &[2563]),
            ("25630331-ประกาศ.pdf", &[2563]),
            ("o12-2563.pdf", &[2563]),
            ("wp-content/uploads/2020/05/plan.pdf", &[]),
            ("uploads/2563/05/plan.pdf", &[2563]),
            ("20200331.pdf", &[]),
            ("report2020.pdf", &[]),
            ("IMG_2563.jpg", &[]),
            ("DSC2563.JPG", &[]),
            ("a1b2563c9d.pdf", &[]),
            ("news.php?id=2563", &[]),
            ("news.php?year=2563", &[2563]),
            ("012563.pdf", &[]),
            ("ภาพ63.jpg", &[]),
            ("file-63.pdf", &[]),
            ("plan2563v2.pdf", &[]),
            ("", &[]),
        ];
        for (name, expected) in cases {
            assert_eq!(years_in_name(name), *expected, "{name}");
        }
    }
}
