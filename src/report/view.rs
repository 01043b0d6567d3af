//! What readers want to know that follows from a report without looking anything up; shared by the formats.

use jiff::Zoned;
use jiff::civil::Date;

use super::words::{self, UNKNOWN};
use crate::model::{CatalogStatus, ItemId, ItemResult, Lang, Points, Range, ReasonEntry, Report, ScoreRules, Verdict};

/// Years between the Buddhist and the common era.
const ERA_OFFSET: i16 = 543;

/// The verdicts in the order in which they are counted out.
pub(super) const VERDICTS: [Verdict; 4] = [Verdict::Pass, Verdict::Advice, Verdict::Fail, Verdict::Review];

/// The items of one sub-indicator.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// Its number.
    pub(super) id: &'a str,
    /// Its name; empty where the rules do not tell.
    pub(super) name: &'a str,
    /// Its items.
    pub(super) items: Vec<&'a ItemResult>,
}

impl Group<'_> {
    /// How many items count.
    pub(super) fn passed(&self) -> usize {
        self.items.iter().filter(|item| matches!(item.verdict, Verdict::Pass | Verdict::Advice)).count()
    }
}

/// The items by sub-indicator, in the order of the report.
pub(super) fn groups(report: &Report, lang: Lang) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for item in &report.items {
        match groups.iter_mut().find(|group| group.id == item.sub_indicator) {
            Some(group) => group.items.push(item),
            None => groups.push(Group {
                id: &item.sub_indicator,
                name: sub_indicator_name(&report.rules, &item.sub_indicator, lang),
                items: vec![item],
            }),
        }
    }
    groups
}

fn sub_indicator_name<'a>(rules: &'a ScoreRules, id: &str, lang: Lang) -> &'a str {
    let mut all = rules.indicators.iter().flat_map(|indicator| &indicator.sub_indicators);
    all.find(|sub| sub.id == id).map_or("", |sub| sub.name.get(lang))
}

/// How many items have a verdict.
pub(super) fn count(report: &Report, verdict: Verdict) -> usize {
    report.items.iter().filter(|item| item.verdict == verdict).count()
}

/// A review, and what its item carries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubt<'a> {
    /// The item.
    pub(super) item: &'a ItemResult,
    /// Points of OIT that it gains or loses as a person decides.
    pub(super) worth: f64,
}

/// The reviews, by what is at stake and how doubtful it is, the most first; equals keep the report's order. Of a run that was
/// not judged, none.
pub(super) fn doubts(report: &Report) -> Vec<Doubt<'_>> {
    let of = |fix: &'_ crate::model::Fix| fix.oit_gain.0.max(fix.oit_loss.0);
    let mut doubts: Vec<Doubt<'_>> = report
        .items
        .iter()
        .filter(|item| item.verdict == Verdict::Review)
        .filter_map(|item| {
            let fix = report.fixes.iter().find(|fix| fix.item == item.id)?;
            Some(Doubt { item, worth: of(fix) })
        })
        .collect();
    let at_stake = |doubt: &Doubt<'_>| doubt.worth * (1.0 - doubt.item.confidence.unwrap_or(0.5));
    doubts.sort_by(|a, b| at_stake(b).total_cmp(&at_stake(a)));
    doubts
}

/// What the reader must know of the year's rules; nothing where they are verified.
pub(super) fn catalog_warning(report: &Report) -> Option<words::Phrase> {
    let items = report.catalog.items;
    let none = items.all() > 0 && items.verified == 0;
    (report.catalog_status == CatalogStatus::Partly).then_some(if none { words::NOT_VERIFIED } else { words::PARTLY })
}

/// An item's name.
pub(super) fn item_name(item: &ItemResult, lang: Lang) -> &str {
    match lang {
        Lang::En if !item.name_en.is_empty() => &item.name_en,
        _ => &item.name,
    }
}

/// The item of an identifier, where the report has it.
pub(super) fn item<'a>(report: &'a Report, id: &ItemId) -> Option<&'a ItemResult> {
    report.items.iter().find(|item| item.id == *id)
}

/// The name of an item that is known by its identifier; empty where the report has no such item.
pub(super) fn name_of<'a>(report: &'a Report, id: &ItemId, lang: Lang) -> &'a str {
    item(report, id).map_or("", |item| item_name(item, lang))
}

/// A reason's message.
pub(super) fn message(reason: &ReasonEntry, lang: Lang) -> &str {
    match lang {
        Lang::En if !reason.message_en.is_empty() => &reason.message_en,
        _ => &reason.message,
    }
}

/// A score, or that it is unknown; never a zero in its place.
pub(super) fn points(points: Option<Points>, lang: Lang) -> String {
    points.map_or_else(|| UNKNOWN.get(lang).to_owned(), |points| points.to_string())
}

/// A number without decimals that say nothing: 85, but 79.50.
pub(super) fn short(number: f64) -> String {
    let text = Points(number).to_string();
    text.strip_suffix(".00").map_or_else(|| text.clone(), str::to_owned)
}

/// The bounds of a score where they differ as printed.
pub(super) fn bounds(range: &Range) -> Option<(Points, Points)> {
    let (low, high) = (range.low?, range.high?);
    (low.to_string() != high.to_string()).then_some((low, high))
}

/// The name of a grade.
pub(super) fn grade<'a>(rules: &'a ScoreRules, grade: &'a str, lang: Lang) -> &'a str {
    rules.grades.iter().find(|band| band.grade == grade).map_or(grade, |band| band.name(lang))
}

/// A day in words.
pub fn day(day: Date, lang: Lang) -> String {
    let month = words::month(day.month(), lang);
    match lang {
        Lang::Th => format!("{} {month} {}", day.day(), day.year() + ERA_OFFSET),
        Lang::En => format!("{} {month} {}", day.day(), day.year()),
    }
}

/// A moment in words; the offset only where it is not Thailand's.
pub(super) fn moment(at: &Zoned, lang: Lang) -> String {
    let date = day(at.date(), lang);
    let time = at.strftime("%H:%M");
    let abroad = if at.offset().seconds() == 7 * 3600 { String::new() } else { at.strftime(" (UTC%:z)").to_string() };
    match lang {
        Lang::Th => format!("{date} เวลา {time} น.{abroad}"),
        Lang::En => format!("{date} at {time}{abroad}"),
    }
}

/// Milliseconds as seconds with one decimal.
pub(super) fn seconds(milliseconds: u64) -> String {
    let tenths = milliseconds.saturating_add(50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Identifiers with commas.
pub(super) fn list(items: &[ItemId]) -> String {
    items.iter().map(ItemId::as_str).collect::<Vec<_>>().join(", ")
}

/// A URL with its Thai letters readable; every other escape stays, so that the address still opens.
pub fn readable_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let letter = thai_escape(rest);
        let (shown, taken) = letter.map_or(('%', 1), |letter| (letter, 9));
        out.push(shown);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// The Thai letter that three escaped bytes at the start of a text stand for.
fn thai_escape(text: &str) -> Option<char> {
    let mut bytes = [0; 3];
    for (byte, escape) in bytes.iter_mut().zip([0, 3, 6]) {
        let escape = text.get(escape..escape + 3)?;
        *byte = u8::from_str_radix(escape.strip_prefix('%')?, 16).ok()?;
    }
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    ('\u{e01}'..='\u{e4e}').contains(&letter).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::{readable_url, seconds, short};

    #[test]
    fn urls_show_thai_and_keep_other_escapes() {
        assert_eq!(
            readable_url("https://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99%20x%2Fy%"),
            "https://a.go.th/แผน%20x%2Fy%"
        );
        assert_eq!(readable_url("https://a/%E0%B9"), "https://a/%E0%B9");
        assert_eq!(readable_url("%E2%80%AE%+0%E0แผน"), "%E2%80%AE%+0%E0แผน");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!((short(85.0), short(79.5)), ("85".to_owned(), "79.50".to_owned()));
        assert_eq!((seconds(41_049), seconds(0)), ("41.0".to_owned(), "0.0".to_owned()));
    }
}
