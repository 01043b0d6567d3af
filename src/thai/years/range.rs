//! Joining the two ends of a range: "2561-2565", "2561-65", "ต.ค. 62 – มี.ค. 63", "ตุลาคม - ธันวาคม 2562".

use super::numbers::{Number, after, before, starts_with_digit, trim_end};
use super::words::month;
use super::{Hit, Point};
use crate::thai::chars::{is_dash, is_gap};

/// The longest range that is believed, in years.
const LONGEST: u16 = 60;
/// The longest range whose end is written with two digits.
const LONGEST_SHORT: u32 = 20;

/// How two years are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Range,
    /// The two years of one fiscal or academic year.
    Slash,
}

fn joint(text: &str, from: usize, to: usize) -> Option<Joint> {
    const FILLERS: &[&str] = &["", "วันที่", "ณ วันที่", "เดือน", "สิ้นเดือน", "สิ้น", "วันสิ้น", "ประจำ"];
    if to < from || to - from > 64 {
        return None;
    }
    let gap = text.get(from..to)?;
    if gap == "/" {
        return Some(Joint::Slash);
    }
    let gap = gap.trim_matches(is_gap);
    let rest = gap
        .strip_prefix(is_dash)
        .or_else(|| gap.strip_prefix("จนถึง"))
        .or_else(|| gap.strip_prefix("ถึง"))
        .or_else(|| gap.strip_prefix("to"))?;
    FILLERS.contains(&rest.trim_matches(is_gap)).then_some(Joint::Range)
}

/// Joins a mention to the one before it where the two are the ends of one range.
pub(super) fn join(text: &str, previous: &mut Hit, hit: &Hit) -> bool {
    let Some(joint) = joint(text, previous.at.end, hit.at.start) else { return false };
    let (from, to) = (previous.span.from, hit.span.to);
    let length = to.year.saturating_sub(from.year);
    let forwards = to.year > from.year || (to.year == from.year && to.month >= from.month);
    let fits = match joint {
        Joint::Range => forwards && length <= LONGEST,
        Joint::Slash => length == 1 && from.month.is_none() && to.month.is_none(),
    };
    if !fits || previous.span.from != previous.span.to {
        return false;
    }
    previous.span.to = to;
    previous.at.end = hit.at.end;
    previous.last = hit.last;
    previous.era |= hit.era;
    previous.fiscal |= hit.fiscal;
    previous.dated |= hit.dated;
    previous.day |= hit.day;
    true
}

/// Extends a year by a number of two digits that ends its range: "2561-65", "ปี 2563/64".
pub(super) fn extend(text: &str, previous: &mut Hit, number: &Number, index: usize) {
    if previous.last + 1 != index
        || number.digits != 2
        || previous.dated
        || previous.span.from != previous.span.to
        || starts_with_digit(after(text, number.end).trim_start_matches(|c: char| is_dash(c) || matches!(c, '/' | '.')))
        || super::doubt::is_quantity(text, number.end)
    {
        return;
    }
    let Some(joint) = joint(text, previous.at.end, number.start) else { return };
    let year = previous.span.from.year;
    let written = if previous.common { u32::from(year) - 543 } else { u32::from(year) };
    let length = number.value.saturating_sub(written % 100);
    let most = if joint == Joint::Slash { 1 } else { LONGEST_SHORT };
    if (1..=most).contains(&length)
        && let Ok(length) = u16::try_from(length)
    {
        previous.span.to = Point { year: year + length, month: None };
        previous.at.end = number.end;
        previous.last = index;
    }
}

/// Lets a month start earlier where only the last month of a range has its year: "ตุลาคม - ธันวาคม 2562".
pub(super) fn start_earlier(text: &str, hit: &mut Hit, previous: Option<&Hit>) {
    let Some(to) = hit.span.to.month else { return };
    let window = before(text, hit.at.start);
    let bare = trim_end(window, &[]);
    let Some(left) = strip_joint(bare) else { return };
    let Some((from, rest)) = month(left) else { return };
    let start = hit.at.start - window.len() + rest;
    if previous.is_some_and(|previous| previous.at.end > start) {
        return;
    }
    let skipped = window[rest..].len() - window[rest..].trim_start_matches(is_gap).len();
    // "ตุลาคม - มีนาคม 2563" starts in the year before.
    let year = if from > to { hit.span.from.year - 1 } else { hit.span.from.year };
    hit.span.from = Point { year, month: Some(from) };
    hit.at.start = start + skipped;
}

fn strip_joint(text: &str) -> Option<&str> {
    let text = text.strip_suffix("วันที่").or_else(|| text.strip_suffix("เดือน")).unwrap_or(text);
    let text = trim_end(text, &[]);
    text.strip_suffix(is_dash).or_else(|| text.strip_suffix("จนถึง")).or_else(|| text.strip_suffix("ถึง"))
}
