//! The years and dates that a text mentions, in the Buddhist era, and whether it is about them.

mod doubt;
mod name;
mod numbers;
mod range;
mod read;
mod role;
mod stamp;
mod words;

use std::ops::{Range, RangeInclusive};

pub use name::years_in_name;
use read::Source;
pub use stamp::stamped;

/// A year of the Buddhist era, or a month of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The calendar, fiscal or academic year as the text names it.
    pub year: u16,
    /// The month (1–12) where the text names one.
    pub month: Option<u8>,
}

/// The time from one point to another, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first point.
    pub from: Point,
    /// The last point, never before the first.
    pub to: Point,
}

impl Span {
    fn at(point: Point) -> Self {
        Self { from: point, to: point }
    }

    /// Every year that the span touches.
    pub fn years(&self) -> RangeInclusive<u16> {
        self.from.year..=self.to.year
    }

    /// Whether it stays within one year.
    pub fn is_single_year(&self) -> bool {
        self.from.year == self.to.year
    }

    /// Whether it touches a year.
    pub fn contains_year(&self, year: u16) -> bool {
        self.years().contains(&year)
    }
}

/// What a mentioned year is to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The text may be about it.
    Content,
    /// It is only cited: the year of a law, a copyright, an update, a birth or a far target.
    Cited,
}

/// A mention of a year, a date or a range of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearMention {
    /// The time that it names.
    pub span: Span,
    /// What that is to the text.
    pub role: Role,
    /// Its bytes in the text, with its day, month and era.
    pub at: Range<usize>,
}

/// A mention while it is being read.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "five independent facts about how it is written")]
struct Hit {
    at: Range<usize>,
    /// The index of its last number.
    last: usize,
    span: Span,
    /// Written with "พ.ศ.".
    era: bool,
    /// Written with "ปี", "ปีงบประมาณ" and the like.
    fiscal: bool,
    /// Written with a month.
    dated: bool,
    /// Written with a day.
    day: bool,
    /// Written in the common era.
    common: bool,
}

impl Hit {
    fn new(at: Range<usize>, last: usize, span: Span) -> Self {
        Self { at, last, span, era: false, fiscal: false, dated: false, day: false, common: false }
    }
}

/// Every mention of a year, date or range of them in a text, in the order of the text; a range is one mention.
pub fn years(text: &str) -> Vec<YearMention> {
    let numbers = numbers::numbers(text);
    let source = Source { text, numbers: &numbers };
    let mut hits: Vec<Hit> = Vec::new();
    let mut index = 0;
    while index < numbers.len() {
        if let Some(mut hit) = source.read(index, hits.last()) {
            index = hit.last + 1;
            range::start_earlier(text, &mut hit, hits.last());
            let joined = hits.last_mut().is_some_and(|previous| range::join(text, previous, &hit));
            if !joined {
                hits.push(hit);
            }
        } else {
            if let (Some(previous), Some(number)) = (hits.last_mut(), numbers.get(index)) {
                range::extend(text, previous, number, index);
            }
            index += 1;
        }
    }
    let roles = role::roles(text, &hits);
    hits.into_iter().zip(roles).map(|(hit, role)| YearMention { span: hit.span, role, at: hit.at }).collect()
}

#[cfg(test)]
mod tests;
