//! Reading the one date or year that starts at, or is made by, a number.

use super::doubt::{goes_on, is_address, is_counted, is_house, is_inside, is_quantity, is_telephone};
use super::numbers::{Number, after, before, separator, starts_with_digit, trim_end};
use super::words::{Era, era, latin_word, month, year_word};
use super::{Hit, Point, Span};
use crate::thai::chars::is_gap;

/// Years between the Buddhist and the common era.
const ERA_OFFSET: u32 = 543;
/// The least two digits that are a year and no day.
const SHORT_YEAR: u32 = 32;

/// The text that is read.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) numbers: &'a [Number],
}

/// What the words before a number say.
struct Words {
    era: Option<Era>,
    fiscal: bool,
    month: Option<u8>,
    day: bool,
    start: usize,
}

fn buddhist(number: &Number) -> Option<u16> {
    year_in(number, 2500..=2600, 0)
}

fn common(number: &Number) -> Option<u16> {
    year_in(number, 1957..=2057, ERA_OFFSET)
}

fn year_in(number: &Number, range: std::ops::RangeInclusive<u32>, offset: u32) -> Option<u16> {
    (number.digits == 4 && range.contains(&number.value)).then(|| u16::try_from(number.value + offset).ok())?
}

fn short(number: &Number) -> Option<u16> {
    (number.digits == 2 && number.value >= SHORT_YEAR).then(|| u16::try_from(number.value + 2500).ok())?
}

fn part(number: &Number, most: u32) -> Option<u8> {
    (number.digits <= 2 && (1..=most).contains(&number.value)).then(|| u8::try_from(number.value).ok())?
}

impl Source<'_> {
    /// The date or year of the number at an index; `previous` is what was found before it.
    pub(super) fn read(self, index: usize, previous: Option<&Hit>) -> Option<Hit> {
        self.date(index).or_else(|| self.spaced(index)).or_else(|| self.year(index, previous))
    }

    /// "31/03/2563", "31-3-2563", "12/7/63", "2020-03-31".
    fn date(self, index: usize) -> Option<Hit> {
        let [a, b, c] = self.numbers.get(index..index + 3)? else { return None };
        let mark = separator(self.text, a.end, b.start)?;
        if !matches!(mark, '/' | '-' | '.') || separator(self.text, b.end, c.start) != Some(mark) {
            return None;
        }
        let glued = b.start - a.end == c.start - b.end && b.start - a.end == 1;
        if mark != '/' && !glued && mark == '.' {
            return None;
        }
        let left = before(self.text, a.start);
        let longer = |rest: &str| rest.strip_prefix(mark).is_some_and(starts_with_digit);
        if longer(after(self.text, c.end)) || left.ends_with(mark) || left.ends_with(['@', '+']) {
            return None;
        }
        if mark == '-' && is_telephone(left) {
            return None;
        }
        let (year, month, is_common) = if let Some(year) = buddhist(a).or_else(|| common(a)) {
            part(c, 31)?;
            if !glued {
                return None;
            }
            (year, part(b, 12)?, common(a).is_some())
        } else {
            let year = buddhist(c).or_else(|| common(c)).or_else(|| short(c).filter(|_| mark == '/'))?;
            let month = part(a, 31).and(part(b, 12)).or_else(|| part(b, 31).and(part(a, 12)))?;
            (year, month, common(c).is_some())
        };
        let span = Span::at(Point { year, month: Some(month) });
        Some(Hit { dated: true, day: true, common: is_common, ..Hit::new(a.start..c.end, index + 2, span) })
    }

    /// "พ.ศ. 2 5 6 3", "ปี 256 3", and "๒ ๕ ๖ ๓" anywhere.
    fn spaced(self, index: usize) -> Option<Hit> {
        let first = self.numbers.get(index)?;
        if first.digits > 3 {
            return None;
        }
        let (mut value, mut digits, mut last, mut thai) = (first.value, first.digits, index, first.thai);
        while digits < 4 {
            let (end, next) = (self.numbers.get(last)?.end, self.numbers.get(last + 1)?);
            let gap = self.text.get(end..next.start)?;
            if digits + next.digits > 4 || gap.len() > 6 || !gap.chars().all(is_gap) {
                return None;
            }
            // The last digit of a full line may have fallen to the next: "พ.ศ. ๒๕๖\n๑\n".
            if gap.contains('\n') && !(first.digits == 3 && self.is_alone(next)) {
                return None;
            }
            for _ in 0..next.digits {
                value *= 10;
            }
            value += next.value;
            digits += next.digits;
            thai &= next.thai && next.digits == 1;
            last += 1;
        }
        let end = self.numbers.get(last)?.end;
        let merged = Number { start: first.start, end, value, digits: 4, thai };
        let year = buddhist(&merged)?;
        let words = self.words(index, first.start);
        let marked = words.era == Some(Era::Buddhist) || words.fiscal || words.month.is_some();
        let alone = thai && first.digits == 1 && last == index + 3;
        if !(marked || alone) || is_quantity(self.text, end) {
            return None;
        }
        Some(words.hit(year, end, last))
    }

    /// Whether a digit is all that its line has.
    fn is_alone(self, number: &Number) -> bool {
        let rest = after(self.text, number.end).trim_start_matches([' ', '\u{200B}']);
        number.digits == 1 && (rest.is_empty() || rest.starts_with('\n'))
    }

    fn year(self, index: usize, previous: Option<&Hit>) -> Option<Hit> {
        let number = self.numbers.get(index)?;
        if !matches!(number.digits, 2 | 4) {
            return None;
        }
        let words = self.words(index, number.start);
        let marked = words.era == Some(Era::Buddhist) || words.fiscal || words.month.is_some();
        if let Some(year) = short(number) {
            let year_like = if marked { self.short_is_free(number) } else { self.is_file_number(index) };
            return (year_like && !is_quantity(self.text, number.end) && !goes_on(self.text, number.end))
                .then(|| words.hit(year, number.end, index));
        }
        if let Some(year) = buddhist(number) {
            let is_year = words.era != Some(Era::Common)
                && !is_address(self.text, number.start, number.end)
                && (marked || self.is_free(index, previous));
            return is_year.then(|| self.with_part(words.hit(year, number.end, index)));
        }
        let year = common(number)?;
        let joined = previous.is_some_and(|hit| {
            hit.common && hit.last + 1 == index && separator(self.text, hit.at.end, number.start) == Some('-')
        });
        let is_year = words.era != Some(Era::Buddhist)
            && (words.era.is_some() || words.fiscal || words.month.is_some() || joined || self.is_common(number))
            && !is_address(self.text, number.start, number.end)
            && !goes_on(self.text, number.end)
            && !is_quantity(self.text, number.end);
        is_year.then(|| Hit { common: true, ..words.hit(year, number.end, index) })
    }

    /// Reads backwards over the era, the words for year, the month and the day before a number.
    fn words(self, index: usize, start: usize) -> Words {
        let window = before(self.text, start);
        let mut words = Words { era: None, fiscal: false, month: None, day: false, start };
        let mut left = window;
        // Either may come first: "ปี พ.ศ. 2563" and "พ.ศ. ปี 2563", once each.
        for _ in 0..2 {
            if words.era.is_none()
                && let Some((era, rest)) = era(left)
            {
                words.era = Some(era);
                left = &left[..rest];
            }
            if !words.fiscal
                && let Some(rest) = year_word(left)
            {
                words.fiscal = true;
                left = &left[..rest];
            }
        }
        let previous = index.checked_sub(1).and_then(|previous| self.numbers.get(previous));
        if let Some((month, rest)) = month(left) {
            words.month = Some(month);
            left = &left[..rest];
            let bare = left.trim_end_matches(is_gap);
            let bare = bare.strip_suffix("เดือน").unwrap_or(bare).trim_end_matches(is_gap);
            if let Some(day) = previous.filter(|day| part(day, 31).is_some() && ends_at(window, start, bare, day.end)) {
                words.day = true;
                left = &bare[..bare.len().saturating_sub(day.end - day.start)];
            }
        } else if let Some(day) = previous.filter(|day| part(day, 31).is_some() && day.digits <= 2) {
            // "March 15, 2020".
            let bare = trim_end(left, &[',']);
            if ends_at(window, start, bare, day.end)
                && let Some((month, rest)) = month(&bare[..bare.len().saturating_sub(day.end - day.start)])
                && left[rest..].starts_with(|c: char| c.is_ascii_alphabetic())
            {
                words.month = Some(month);
                words.day = true;
                left = &left[..rest];
            }
        }
        if left.len() < window.len() {
            // The words themselves, not the white space before them.
            let rest = &window[left.len()..];
            let gap = rest.len() - rest.trim_start_matches(is_gap).len();
            words.start = start - rest.len() + gap;
        }
        words
    }

    /// Whether two digits after a word for year or month end there, and are no time, date or part of a larger number.
    fn short_is_free(self, number: &Number) -> bool {
        let left = before(self.text, number.start);
        !left.ends_with(',')
            && !after(self.text, number.end).strip_prefix(['.', ':', ',']).is_some_and(starts_with_digit)
    }

    /// "CNTR-00012/63", "ใบสั่งจ้าง 12/63": the number of a document with its year.
    fn is_file_number(self, index: usize) -> bool {
        let Some([serial, number]) = index.checked_sub(1).and_then(|serial| self.numbers.get(serial..=index)) else {
            return false;
        };
        if self.text.get(serial.end..number.start) != Some("/") || self.slash_follows(number) {
            return false;
        }
        let left = before(self.text, serial.start);
        let tail = left.char_indices().rev().nth(24).map_or(left, |(at, _)| &left[at..]);
        let long = serial.digits >= 4 && self.text[serial.start..].starts_with(['0', '๐']);
        let named = ["สัญญา", "ใบสั่ง", "คำสั่ง", "บันทึกข้อความ", "CNTR", "ใบเสร็จ", "ครั้งที่", "ไตรมาส", "ภาคเรียน"]
            .iter()
            .any(|word| tail.contains(word));
        (long || named) && !is_house(self.text, serial.start, number.end)
    }

    fn slash_follows(self, number: &Number) -> bool {
        after(self.text, number.end).strip_prefix('/').is_some_and(starts_with_digit)
    }

    /// Whether a bare number of four digits has nothing around it that speaks against a year.
    fn is_free(self, index: usize, previous: Option<&Hit>) -> bool {
        let Some(number) = self.numbers.get(index) else { return false };
        let before_it = index.checked_sub(1).and_then(|previous| self.numbers.get(previous));
        let list = before_it.is_some_and(|before| before.digits == 4);
        if is_inside(self.text, number, list)
            || is_quantity(self.text, number.end)
            || goes_on(self.text, number.end)
            || is_counted(self.text, number.start)
        {
            return false;
        }
        let left = before(self.text, number.start);
        if let Some(before_it) = before_it
            && separator_glued(self.text, before_it.end, number.start) == Some('-')
        {
            // "2561-2563" and "สขร1-2563", but not "81-2563".
            let named = before_it.digits <= 2
                && before(self.text, before_it.start).ends_with(|c: char| c.is_alphabetic() || ('ะ'..='์').contains(&c));
            if previous.is_none_or(|hit| hit.last + 1 != index) && !named {
                return false;
            }
        }
        if let Some(before_it) = before_it
            && left.ends_with('/')
            && before_it.end + 1 == number.start
            && is_house(self.text, before_it.start, number.end)
        {
            return false;
        }
        self.next_allows(index)
    }

    /// Whether what is joined to a bare year from the right goes with a year.
    fn next_allows(self, index: usize) -> bool {
        let (Some(number), Some(next)) = (self.numbers.get(index), self.numbers.get(index + 1)) else { return true };
        match separator_glued(self.text, number.end, next.start) {
            Some('-') => {
                let later = buddhist(next).is_some() && next.value >= number.value;
                later || (next.digits == 2 && next.value > number.value % 100) || is_month_of(next)
            }
            Some('/') => {
                buddhist(next).is_some() && next.value == number.value + 1
                    || next.digits == 2 && next.value == (number.value + 1) % 100
                    || next.digits == 1 && (1..=4).contains(&next.value)
                    || is_month_of(next)
                    || next.digits > 4
            }
            _ => true,
        }
    }

    /// "uploads/2563/05": the month after a year, where the number can be nothing else.
    fn with_part(self, mut hit: Hit) -> Hit {
        if let (Some(number), Some(next)) = (self.numbers.get(hit.last), self.numbers.get(hit.last + 1))
            && hit.span.from.month.is_none()
            && is_month_of(next)
            && matches!(separator_glued(self.text, number.end, next.start), Some('/' | '-'))
            && self.text[next.start..].starts_with(['0', '๐'])
            && !self.slash_follows(next)
        {
            let month = part(next, 12);
            hit.span = Span::at(Point { year: hit.span.from.year, month });
            hit.at.end = next.end;
            hit.last += 1;
        }
        hit
    }

    /// Whether the words around a number of the common era say that it is a year.
    fn is_common(self, number: &Number) -> bool {
        const CUES: &[&str] =
            &["fy", "ita", "oit", "year", "report", "annual", "fiscal", "in", "since", "budget", "calendar"];
        let left = before(self.text, number.start);
        let word = latin_word(trim_end(left, &[':', '.', '-', '_']));
        let glued = left.ends_with(word);
        let cues = if glued { &CUES[..4] } else { CUES };
        if !word.is_empty() && cues.iter().any(|cue| word.eq_ignore_ascii_case(cue)) {
            return true;
        }
        if left.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-')) {
            return false;
        }
        let line = left.rsplit('\n').next().unwrap_or(left).to_ascii_lowercase();
        ["©", "copyright", "(c)", "ลิขสิทธิ์"].iter().any(|cue| line.contains(cue))
            || after(self.text, number.end).trim_start_matches(is_gap).starts_with('©')
    }
}

/// Whether a text, the start of a window that ends at `start`, ends where a number ends.
fn ends_at(window: &str, start: usize, text: &str, end: usize) -> bool {
    start - window.len() + text.len() == end && text.ends_with(|c: char| c.is_numeric())
}

/// The separator between two numbers that touch it.
fn separator_glued(text: &str, from: usize, to: usize) -> Option<char> {
    separator(text, from, to).filter(|_| !text[from..to].contains(is_gap))
}

fn is_month_of(number: &Number) -> bool {
    number.digits == 2 && (1..=12).contains(&number.value)
}

impl Words {
    fn hit(&self, year: u16, end: usize, last: usize) -> Hit {
        Hit {
            era: self.era == Some(Era::Buddhist),
            fiscal: self.fiscal,
            dated: self.month.is_some(),
            day: self.day,
            ..Hit::new(self.start..end, last, Span::at(Point { year, month: self.month }))
        }
    }
}
