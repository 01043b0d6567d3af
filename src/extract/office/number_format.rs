//! Numbers of spreadsheets as their cells show them, by the number formats of ECMA-376 (18.8.30 and 18.8.31).
//!
//! What matters here is the year: a format with the Thai calendar (`[$-107041E]`, `[$-D07041E]`, `bbbb`, `ปปปป`) shows a
//! year of the Buddhist era, and a budget must not look like a year.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::thai::MONTHS;

/// Years from the Christian to the Buddhist era.
const ERA: i16 = 543;
/// Decimals that a format can ask for.
const MAX_DECIMALS: usize = 15;

/// How a cell shows a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// As it is.
    General,
    /// A date.
    Date {
        /// In the Buddhist era.
        buddhist: bool,
        /// The day is shown.
        day: bool,
        /// The month is shown.
        month: bool,
        /// The year is shown.
        year: bool,
    },
    /// A time of day or a duration.
    Time,
    /// With fixed decimals and what stands around.
    Fixed {
        /// Text before the number.
        before: String,
        /// Text behind it, `%` included.
        after: String,
        /// Digits behind the point.
        decimals: usize,
        /// Thousands are parted by commas.
        grouped: bool,
        /// It is a hundredth.
        percent: bool,
        /// Digits before the point at least, as of a number with leading zeros.
        least: usize,
    },
}

impl NumberFormat {
    /// The format of a built-in number (18.8.30; 71 to 81 are Thai).
    pub(super) fn built_in(id: u32) -> Self {
        let code = match id {
            1 | 59 => "0",
            2 | 60 => "0.00",
            3 | 37 | 38 | 61 => "#,##0",
            4 | 39 | 40 | 62 => "#,##0.00",
            9 | 67 => "0%",
            10 | 68 => "0.00%",
            14..=16 | 27..=31 | 36 | 50..=54 | 57 | 58 => "d/m/yyyy",
            17 => "mmm-yy",
            18..=21 | 32..=35 | 45..=47 | 55 | 56 | 75..=77 | 79..=81 => "h:mm:ss",
            22 => "m/d/yyyy h:mm",
            71 | 72 | 78 => "d/m/bbbb",
            73 => "d-mmm",
            74 => "mmm-bbbb",
            _ => return Self::General,
        };
        Self::parse(code)
    }

    /// The format of a code. Of its sections the first counts, for positive numbers.
    pub(super) fn parse(code: &str) -> Self {
        let mut shown = Shown::default();
        let mut chars = code.chars().take(1000).peekable();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => shown.literal.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => shown.literal.extend(chars.next()),
                // A space as wide as the next character; a character that fills the cell.
                '_' | '*' => {
                    chars.next();
                    shown.literal.push(' ');
                }
                '[' => {
                    let tag: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    shown.bracket(&tag);
                }
                _ => shown.sign(c),
            }
        }
        shown.format(code)
    }

    /// A number as the cell shows it.
    pub(super) fn show(&self, value: f64, since_1904: bool) -> String {
        match self {
            Self::General => general(value),
            Self::Time => moment(value),
            Self::Date { buddhist, day, month, year } => {
                let Some(shown) = calendar_day(value, since_1904) else {
                    return general(value);
                };
                if !*buddhist {
                    return shown.to_string();
                }
                let (name, _) = MONTHS[usize::from(shown.month().unsigned_abs()).clamp(1, 12) - 1];
                let mut parts = Vec::new();
                if *day {
                    parts.push(shown.day().to_string());
                }
                if *month {
                    parts.push(name.to_owned());
                }
                if *year {
                    parts.push((shown.year() + ERA).to_string());
                }
                parts.join(" ")
            }
            Self::Fixed { before, after, decimals, grouped, percent, least } => {
                let value = if *percent { value * 100.0 } else { value };
                if !value.is_finite() || value.abs() >= 1e15 {
                    return general(value);
                }
                let digits = format!("{:.*}", *decimals, value.abs());
                let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
                let whole = format!("{whole:0>least$}");
                let whole = if *grouped { in_thousands(&whole) } else { whole };
                let sign = if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "-" } else { "" };
                format!("{before}{sign}{whole}{fraction}{after}")
            }
        }
    }
}

/// What the signs of a code add up to.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a code")]
struct Shown {
    literal: String,
    before: Option<String>,
    digits: bool,
    decimals: Option<usize>,
    grouped: bool,
    percent: bool,
    least: usize,
    buddhist: bool,
    day: bool,
    month: bool,
    year: bool,
    time: bool,
    scientific: bool,
}

impl Shown {
    /// `[Red]`, `[h]`, `[$฿-41E]`, `[$-107041E]`: the number is hexadecimal, a byte each for the shapes of the digits and
    /// the calendar, then the language.
    fn bracket(&mut self, tag: &str) {
        if let Some(tag) = tag.strip_prefix('$') {
            let (symbol, locale) = tag.rsplit_once('-').unwrap_or((tag, ""));
            self.literal.push_str(symbol);
            let locale = locale.split(',').next().unwrap_or_default();
            if let Ok(locale) = u32::from_str_radix(locale, 16) {
                // The calendar's highest bit is a flag.
                self.buddhist |= (locale >> 16) & 0x7F == 7;
            }
        } else if tag.eq_ignore_ascii_case("~buddhist") {
            self.buddhist = true;
        } else if matches!(tag.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss" | "ช" | "ชช") {
            self.time = true;
        }
    }

    fn sign(&mut self, c: char) {
        match c {
            '0' | '#' | '?' => {
                if !self.digits {
                    self.digits = true;
                    self.before = Some(std::mem::take(&mut self.literal));
                }
                match &mut self.decimals {
                    Some(decimals) => *decimals = (*decimals + 1).min(MAX_DECIMALS),
                    None if c == '0' => self.least += 1,
                    None => {}
                }
            }
            '.' if self.digits && self.decimals.is_none() => self.decimals = Some(0),
            ',' if self.digits => self.grouped = true,
            '%' => {
                self.percent = true;
                self.literal.push('%');
            }
            'd' | 'D' | 'ว' => self.day = true,
            'm' | 'M' | 'ด' => self.month = true,
            'y' | 'Y' | 'e' => self.year = true,
            'b' | 'B' | 'ป' => (self.year, self.buddhist) = (true, true),
            'h' | 'H' | 's' | 'S' | 'ช' | 'ท' | 'น' => self.time = true,
            'E' if self.digits => self.scientific = true,
            ' ' | '-' | '(' | ')' | '+' | ':' | '฿' | '$' | '/' => self.literal.push(c),
            _ => {}
        }
    }

    fn format(self, code: &str) -> NumberFormat {
        if code.trim().is_empty() || code.to_ascii_lowercase().starts_with("general") || code == "@" {
            return NumberFormat::General;
        }
        if self.year || self.day {
            return NumberFormat::Date { buddhist: self.buddhist, day: self.day, month: self.month, year: self.year };
        }
        if self.time {
            return NumberFormat::Time;
        }
        if self.month {
            return NumberFormat::Date { buddhist: self.buddhist, day: false, month: true, year: false };
        }
        if !self.digits || self.scientific {
            return NumberFormat::General;
        }
        NumberFormat::Fixed {
            before: self.before.unwrap_or_default(),
            after: self.literal,
            decimals: self.decimals.unwrap_or(0),
            grouped: self.grouped,
            percent: self.percent,
            least: self.least.min(MAX_DECIMALS),
        }
    }
}

/// A number without the noise of its binary form: fifteen digits, as Excel keeps.
fn general(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded.abs() < 1e-9 || rounded.abs() >= 1e21 { format!("{rounded:e}") } else { rounded.to_string() }
}

/// The day of a serial number: days since the end of 1899, where Lotus 1-2-3 counted a 29 February 1900.
fn calendar_day(value: f64, since_1904: bool) -> Option<Date> {
    if !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let days = value.floor() as i64;
    let days = if since_1904 { days + 1462 } else { days };
    let first = if days < 60 { date(1899, 12, 31) } else { date(1899, 12, 30) };
    first.checked_add(days.days()).ok()
}

fn moment(value: f64) -> String {
    if !(0.0..100_000.0).contains(&value) {
        return general(value);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    let minutes = (value * 1440.0).round() as u64;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn in_thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;

    fn show(code: &str, value: f64) -> String {
        NumberFormat::parse(code).show(value, false)
    }

    #[test]
    fn dates_of_the_thai_calendar_have_years_of_the_buddhist_era() {
        let day = 44105.0; // 1 October 2020
        assert_eq!(show("[$-107041E]d mmmm yyyy", day), "1 ตุลาคม 2563");
        assert_eq!(show("[$-D07041E]d mmm yy;@", day), "1 ตุลาคม 2563");
        assert_eq!(show("[$-1870000]d/mm/yyyy", day), "1 ตุลาคม 2563");
        assert_eq!(show("ว ดดดด ปปปป", day), "1 ตุลาคม 2563");
        assert_eq!(show("[~buddhist]D MMMM YYYY", day), "1 ตุลาคม 2563");
        assert_eq!(show("mmmm bbbb", day), "ตุลาคม 2563");
        assert_eq!(show("[$-41E]d mmmm yyyy", day), "2020-10-01");
        assert_eq!(show("yyyy-mm-dd", day), "2020-10-01");
        assert_eq!(NumberFormat::built_in(14).show(day, false), "2020-10-01");
        assert_eq!(NumberFormat::built_in(71).show(day, false), "1 ตุลาคม 2563");
        assert_eq!(NumberFormat::built_in(14).show(day - 1462.0, true), "2020-10-01");
        assert_eq!(show("d/m/yyyy", 1.0), "1900-01-01");
        assert_eq!(show("d/m/yyyy", -3.0), "-3");
        assert_eq!(show("h:mm", 0.5), "12:00");
    }

    #[test]
    fn numbers_have_no_noise_and_budgets_do_not_look_like_years() {
        assert_eq!(show("General", 2563.0), "2563");
        assert_eq!(show("General", 0.1 + 0.2), "0.3");
        assert_eq!(show("General", 1e300), "1e300");
        assert_eq!(show("#,##0.00", 2563.0), "2,563.00");
        assert_eq!(show("_-* #,##0.00_-;-* #,##0.00_-", 1_234_567.5).trim(), "1,234,567.50");
        assert_eq!(show("0%", 0.256), "26%");
        assert_eq!(show("00000", 42.0), "00042");
        assert_eq!(show("\"ปี พ.ศ. \"0", 2563.0), "ปี พ.ศ. 2563");
        assert_eq!(show("[$฿-41E]#,##0", -2563.0), "฿-2,563");
        assert_eq!(show("@", 2563.0), "2563");
        assert_eq!(show("", f64::NAN), "0");
    }
}
