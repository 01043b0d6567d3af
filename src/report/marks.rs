//! Marks on the agency file: each reason that asks for something, with the line that it is about. For SARIF, and for the
//! annotations of GitHub.

use url::Url;

use super::clean::clean;
use super::said::{by_gain, evidence, fix};
use super::view;
use crate::model::{ItemResult, Lang, Level, Place, ReasonEntry, Report, Verdict};

/// Characters of a quotation in a mark.
const QUOTED: usize = 200;

/// One mark.
#[derive(Debug, Clone)]
pub(super) struct Mark<'a> {
    /// The item.
    pub(super) item: &'a ItemResult,
    /// Why; a saved report may leave that out.
    pub(super) reason: Option<&'a ReasonEntry>,
    /// How grave it is: no graver than the verdict on the item.
    pub(super) level: Level,
    /// Where it is in the agency file; unknown where the file leaves the item out.
    pub(super) place: Option<Place>,
}

/// The marks of a report: what fails first, then what a person has to see, then advice; in each, by what is at stake. Within
/// an item each reason stands once for each page.
pub(super) fn marks(report: &Report) -> Vec<Mark<'_>> {
    let verdicts = [(Verdict::Fail, Level::Fail), (Verdict::Review, Level::Review), (Verdict::Advice, Level::Advice)];
    let mut marks = Vec::new();
    for (verdict, level) in verdicts {
        for item in by_gain(report, verdict) {
            of_item(item, level, &mut marks);
        }
    }
    marks
}

fn of_item<'a>(item: &'a ItemResult, verdict: Level, marks: &mut Vec<Mark<'a>>) {
    let mut seen: Vec<(&str, Option<&Url>)> = Vec::new();
    let start = marks.len();
    for reason in item.reasons.iter().filter(|reason| reason.level != Level::Info) {
        let about = (reason.message.as_str(), reason.url.as_ref());
        if !seen.contains(&about) {
            seen.push(about);
            let place = place(item, reason.url.as_ref());
            marks.push(Mark { item, reason: Some(reason), level: reason.level.min(verdict), place });
        }
    }
    // A person's verdict is only information, and yet it is why the item fails.
    if marks[start..].iter().all(|mark| mark.level < verdict) {
        let place = place(item, None);
        let reason = item.reasons.iter().find(|reason| reason.level == Level::Info);
        marks.insert(start, Mark { item, reason, level: verdict, place });
    }
}

/// Where a page's link stands in the agency file, or else its item.
fn place(item: &ItemResult, url: Option<&Url>) -> Option<Place> {
    let mut submitted = item.urls.iter().filter(|link| link.place.is_some());
    let is_it = |link: &&crate::model::LinkResult| {
        url.is_some_and(|url| link.final_url.as_ref() == Some(url) || Url::parse(link.url.trim()).as_ref() == Ok(url))
    };
    let of_link = submitted.find(is_it).or(match item.urls.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    of_link.and_then(|link| link.place).or(item.place)
}

impl Mark<'_> {
    /// The item in words.
    pub(super) fn title(&self, lang: Lang) -> String {
        clean(&format!("{} {}", self.item.id, view::item_name(self.item, lang)))
    }

    /// What is wrong, and what was seen.
    pub(super) fn message(&self, lang: Lang) -> String {
        let Some(reason) = self.reason else {
            return super::words::verdict(self.item.verdict, lang).to_owned();
        };
        let mut text = clean(view::message(reason, lang));
        if let Some(evidence) = evidence(reason) {
            text = format!("{text} “{}”", short(&clean(evidence)));
        }
        text
    }

    /// What to do about it.
    pub(super) fn todo(&self, report: &Report, lang: Lang) -> Option<String> {
        let todo = clean(fix(report, self.item)?.todo.get(lang));
        (!todo.is_empty()).then_some(todo)
    }
}

/// The beginning of a quotation.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let kept: String = text.chars().take(QUOTED).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::marks;
    use crate::model::{ItemId, Level, LinkResult, Place, ReasonCode, Report, Verdict};
    use crate::report::fixture;

    #[test]
    fn what_fails_comes_first_and_what_gains_most_before_the_rest() {
        let report = fixture::report();
        let marks = marks(&report);
        let ids: Vec<&str> = marks.iter().map(|mark| mark.item.id.as_str()).collect();
        assert_eq!(ids[..3], ["O42", "O43", "O32"]);
        let levels: Vec<Level> = marks.iter().map(|mark| mark.level).collect();
        assert!(
            levels.is_sorted_by(|a, b| a >= b) && levels.contains(&Level::Review) && levels.contains(&Level::Advice)
        );
    }

    #[test]
    fn a_mark_stands_where_its_link_does() {
        let mut report = fixture::report();
        let item = report.items.iter_mut().find(|item| item.verdict == Verdict::Fail).unwrap();
        item.place = Some(Place { line: 50, column: 3 });
        let link = |url: &str, line| LinkResult {
            url: url.to_owned(),
            place: Some(Place { line, column: 7 }),
            ..item.urls[0].clone()
        };
        item.urls = vec![link("https://a.go.th/แผน", 51), link("https://a.go.th/b", 52)];
        item.reasons.truncate(1);
        let mut place_of = |url: &str| {
            let item = report.items.iter_mut().find(|item| item.verdict == Verdict::Fail).unwrap();
            item.reasons[0].url = url.parse().ok();
            let id = item.id.clone();
            marks(&report).iter().find(|mark| mark.item.id == id).unwrap().place.unwrap().line
        };
        assert_eq!(place_of("https://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99"), 51);
        assert_eq!((place_of("https://a.go.th/b"), place_of("https://a.go.th/c")), (52, 50));
    }

    fn of(report: &Report, id: &ItemId) -> Option<(Level, bool)> {
        let mark = marks(report).into_iter().find(|mark| mark.item.id == *id)?;
        Some((mark.level, mark.reason.is_some()))
    }

    #[test]
    fn a_verdict_of_a_person_is_a_mark_of_its_weight() {
        let mut report = fixture::report();
        let item = report.items.iter_mut().find(|item| item.verdict == Verdict::Fail).unwrap();
        item.reasons[0].code = ReasonCode::ItemReviewed;
        item.reasons[0].level = Level::Info;
        let id = item.id.clone();

        assert_eq!(of(&report, &id), Some((Level::Fail, true)));
        report.items.iter_mut().find(|item| item.id == id).unwrap().reasons.clear();
        assert_eq!(of(&report, &id), Some((Level::Fail, false)));
    }
}
