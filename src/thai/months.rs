//! The months and quarters that a text names: alone, with a day, as the ends of a period.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::arabic_digits;

/// The names of the months in Thai and in English, in the order of the calendar.
pub const MONTHS: [(&str, &str); 12] = [
    ("มกราคม", "January"),
    ("กุมภาพันธ์", "February"),
    ("มีนาคม", "March"),
    ("เมษายน", "April"),
    ("พฤษภาคม", "May"),
    ("มิถุนายน", "June"),
    ("กรกฎาคม", "July"),
    ("สิงหาคม", "August"),
    ("กันยายน", "September"),
    ("ตุลาคม", "October"),
    ("พฤศจิกายน", "November"),
    ("ธันวาคม", "December"),
];

/// A stretch of months of the fiscal year, October being 1 and September 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first month.
    pub from: u8,
    /// The last month, never before the first.
    pub to: u8,
    /// What names it.
    pub named: Named,
}

/// How a stretch of months is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// One month.
    Month,
    /// A month with a day: a date.
    Date,
    /// The first and the last month.
    Range,
    /// One or two quarters.
    Quarter,
}

/// A month as it is written.
struct Written {
    month: u8,
    year: Option<u16>,
    is_dated: bool,
    start: usize,
    end: usize,
}

/// The months' names in full, in the order of the calendar, with common misspellings, and in short.
const NAMES: &[(&str, u8)] = &[
    ("มกราคม", 1),
    ("กุมภาพัน", 2),
    ("มีนาคม", 3),
    ("เมษายน", 4),
    ("พฤษภาคม", 5),
    ("มิถุนายน", 6),
    ("กรกฎาคม", 7),
    ("กรกฏาคม", 7),
    ("สิงหาคม", 8),
    ("กันยายน", 9),
    ("ตุลาคม", 10),
    ("พฤศจิกายน", 11),
    ("พฤษจิกายน", 11),
    ("ธันวาคม", 12),
    ("ม.ค", 1),
    ("ก.พ", 2),
    ("มี.ค", 3),
    ("เม.ย", 4),
    ("พ.ค", 5),
    ("มิ.ย", 6),
    ("ก.ค", 7),
    ("ส.ค", 8),
    ("ก.ย", 9),
    ("ต.ค", 10),
    ("พ.ย", 11),
    ("ธ.ค", 12),
];

static MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?:(?P<day>[0-9]{1,2})[\x20\t]*(?:เดือน)?[\x20\t]*)?
        (?P<name>มกราคม|กุมภาพัน(?:ธ์|ธุ์)|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรก[ฎฏ]าคม|สิงหาคม|กันยายน|ตุลาคม|พฤ[ศษ]จิกายน|ธันวาคม
          |(?:มี|มิ|เม|[มกพสตธ])[\x20]?\.[\x20]?[คพย](?:[\x20]?\.)?
          |(?:มี|มิ|เม|[มกพสตธ])[คพย]\.?(?P<bare>))
        [\x20\t]*(?:พ\.?[\x20]?ศ\.?)?[\x20\t]*(?P<year>25[0-9]{2}|[0-9]{2})?(?P<after>.?)",
    )
    .ok()
});
static QUARTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"ไตรมาส\s*(?:ที่)?\s*(?P<first>[1-4]|แรก)(?:\s*(?:-|–|—|,|และ|ถึง|/)\s*(?:ไตรมาส)?\s*(?:ที่)?\s*(?P<second>[1-4])(?P<after>[0-9]*))?").ok()
});
/// What stands between the two ends of a period.
static BETWEEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\s()]*(?:-|–|—|−|~|ถึง|จนถึง|และสิ้นสุด)[\s(]*(?:สิ้น)?(?:เดือน)?(?:วันที่)?[\s0-9]*$").ok());

/// The stretches of months of a fiscal year (of the Buddhist era) that a text names, in its order. A month without a year
/// is taken for one of it; what lies in another year is left out.
pub fn months(text: &str, fiscal_year: u16) -> Vec<Stretch> {
    let text = arabic_digits(text);
    let written = written(&text);
    let mut found: Vec<(usize, Stretch)> = Vec::new();
    let mut index = 0;
    while let Some(first) = written.get(index) {
        let second = written.get(index + 1).filter(|second| {
            let between = text.get(first.end..second.start).unwrap_or_default();
            BETWEEN.as_ref().is_some_and(|regex| regex.is_match(between))
        });
        if let Some(last) = second {
            let year = first.year.or_else(|| Some(last.year? - u16::from(first.month > last.month)));
            let from = place(first.month, year, fiscal_year);
            if let Some((from, to)) =
                from.zip(place(last.month, last.year, fiscal_year)).filter(|(from, to)| from <= to)
            {
                found.push((first.start, Stretch { from, to, named: Named::Range }));
            }
            index += 2;
            continue;
        }
        if let Some(month) = place(first.month, first.year, fiscal_year) {
            let named = if first.is_dated { Named::Date } else { Named::Month };
            found.push((first.start, Stretch { from: month, to: month, named }));
        }
        index += 1;
    }
    found.extend(quarters(&text));
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, stretch)| stretch).collect()
}

/// The length of a text without the months, years and numbers in it, in characters: what else it says.
pub fn besides_months(text: &str) -> usize {
    let text = arabic_digits(text);
    let rest = MONTH.as_ref().map_or_else(|| text.to_string(), |regex| regex.replace_all(&text, "$after").into_owned());
    rest.chars().filter(|c| c.is_alphabetic()).count()
}

fn written(text: &str) -> Vec<Written> {
    let Some(regex) = MONTH.as_ref() else { return Vec::new() };
    let mut found: Vec<Written> = Vec::new();
    let mut at = 0;
    while let Some(captures) = regex.captures_at(text, at) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.name("name")) else { break };
        let after = captures.name("after").map_or(whole.end(), |after| after.start());
        at = after.max(name.end());
        if let Some(one) = read(text, &captures, name.start(), after) {
            found.push(one);
        }
    }
    found
}

fn read(text: &str, captures: &Captures<'_>, start: usize, end: usize) -> Option<Written> {
    let name = captures.name("name")?.as_str();
    let plain: String = name.chars().filter(|c| *c != ' ').collect();
    let is_short = plain.chars().count() <= 5 && !plain.ends_with("คม");
    let spelled = if captures.name("bare").is_some() { pointed(&plain) } else { plain };
    let (_, month) = NAMES.iter().find(|(known, _)| spelled.starts_with(known))?;
    let digit_after =
        captures.name("after").is_some_and(|after| after.as_str().starts_with(|c: char| c.is_ascii_digit()));
    let year = captures.name("year").filter(|_| !digit_after).and_then(|year| year.as_str().parse::<u16>().ok());
    let year = year.map(|year| if year < 100 { 2500 + year } else { year });
    let before = text[..start].chars().next_back();
    let within_a_word = before.is_some_and(|c| is_thai_letter(c) || c == '.');
    // A short form is two letters that stand in many words: it needs a gap before it, and a year where it has no points.
    let before_name = text[..start].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let follows_month_word = before_name.ends_with("เดือน");
    if is_short && ((within_a_word && !follows_month_word) || (captures.name("bare").is_some() && year.is_none())) {
        return None;
    }
    let is_dated = captures.name("day").is_some_and(|day| {
        let ordinal = text[..day.start()].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | ','));
        !ordinal && day.as_str().parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    });
    Some(Written { month: *month, year, is_dated, start, end })
}

/// A short form with its point: "ตค" is "ต.ค".
fn pointed(short: &str) -> String {
    let letters: Vec<char> = short.chars().filter(|c| *c != '.').collect();
    let (last, first) = letters.split_last().map_or((None, &[][..]), |(last, first)| (Some(*last), first));
    first.iter().copied().chain(['.']).chain(last).collect()
}

fn is_thai_letter(c: char) -> bool {
    matches!(c, 'ก'..='ฮ' | 'ะ'..='ฺ' | 'เ'..='๎')
}

fn quarters(text: &str) -> Vec<(usize, Stretch)> {
    let Some(regex) = QUARTER.as_ref() else { return Vec::new() };
    let stretch = |captures: Captures<'_>| {
        let number = |name: &str| captures.name(name)?.as_str().parse::<u8>().ok();
        let first = number("first").unwrap_or(1);
        // "ไตรมาส 1/2563" is one of a year, not two quarters.
        let second = number("second").filter(|_| captures.name("after").is_none_or(|after| after.is_empty()));
        let last = second.unwrap_or(first).max(first);
        Some((captures.get(0)?.start(), Stretch { from: first * 3 - 2, to: last * 3, named: Named::Quarter }))
    };
    regex.captures_iter(text).filter_map(stretch).collect()
}

/// The place of a calendar month in a fiscal year, 1 to 12; nothing where it lies in another.
fn place(month: u8, year: Option<u16>, fiscal_year: u16) -> Option<u8> {
    let of_year = year.is_none_or(|year| if month >= 10 { year + 1 == fiscal_year } else { year == fiscal_year });
    of_year.then_some((month + 2) % 12 + 1)
}

#[cfg(test)]
mod tests {
    use super::{Named, besides_months, months};

    fn found(text: &str) -> Vec<(u8, u8, Named)> {
        months(text, 2563).into_iter().map(|one| (one.from, one.to, one.named)).collect()
    }

    #[test]
    fn months_in_every_spelling() {
        for text in [
            "ตุลาคม 2562",
            "ประจำเดือน ตุลาคม พ.ศ. ๒๕๖๒",
            "ต.ค. 62",
            "ต.ค.62",
            "เดือนต.ค.",
            "ตค62",
            "1. ตุลาคม 2562",
            "ต. ค. 2562",
        ] {
            assert_eq!(found(text), [(1, 1, Named::Month)], "{text}");
        }
        assert_eq!(found("มี.ค. 63"), [(6, 6, Named::Month)]);
        assert_eq!(found("กุมภาพันธ์ 2563"), [(5, 5, Named::Month)]);
        for text in
            ["ตุลาคม 2563", "มี.ค. 62", "กต ค้าง", "คมนาคม", "พ.ศ. 2563", "พ.ร.บ. 2560", "อบต.คลอง", "นิติกร ชก.", "มค ย้าย"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_date_is_not_a_month() {
        for text in ["ลว. 15 มี.ค. 63", "วันที่ ๑๕ มีนาคม ๒๕๖๓", "31 เดือน มีนาคม พ.ศ. 2563"]
        {
            assert_eq!(found(text), [(6, 6, Named::Date)], "{text}");
        }
        assert_eq!(found("รายการที่ 2\nตุลาคม 2562"), [(1, 1, Named::Month)]);
    }

    #[test]
    fn periods_and_quarters() {
        for text in
            ["ต.ค. 62 – มี.ค. 63", "1 ตุลาคม 2562 ถึง 31 มีนาคม 2563", "(ตุลาคม ๒๕๖๒ - มีนาคม ๒๕๖๓)", "ตุลาคม - มีนาคม 2563"]
        {
            assert_eq!(found(text), [(1, 6, Named::Range)], "{text}");
        }
        assert_eq!(found("ต.ค. 61 – มี.ค. 62"), []);
        assert_eq!(found("ไตรมาสที่ 2"), [(4, 6, Named::Quarter)]);
        assert_eq!(found("ไตรมาส ๑ และ ๒"), [(1, 6, Named::Quarter)]);
        assert_eq!(found("ไตรมาส 1/2563"), [(1, 3, Named::Quarter)]);
        assert_eq!(found("ต.ค. พ.ย. ธ.ค.").len(), 3);
    }

    #[test]
    fn what_a_line_says_besides_its_months() {
        assert_eq!(besides_months("ตุลาคม 2562"), 0);
        assert_eq!(besides_months("ต.ค. 62 74 38 12"), 0);
        assert!(besides_months("ก่อสร้างถนน ต.ค. 62") > 5);
    }
}
