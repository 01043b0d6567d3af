//! A person's verdict, and whether it is older than what it was about.

use jiff::civil::Date;
use url::Url;

use super::clock;
use super::item::{Bench, Judged};
use super::leads;
use crate::catalog::Item;
use crate::checks::Page;
use crate::config::{Agency, Problem};
use crate::model::{Finding, Lang, Link, MediaKind, Outcome, Reason, ReasonCode, Reviewed, Text, Verdict};
use crate::report;
use crate::thai;

/// What says for certain that a person's browser opens nothing either, today. Walls, time-outs and what only looks like a missing
/// page are left to the person who saw it.
const GONE: &[ReasonCode] = &[ReasonCode::LinkHttpStatus, ReasonCode::LinkDns];

/// Reviews of a day that has not come yet, as mistakes in the agency file.
pub fn future_reviews(agency: &Agency, today: Date) -> Vec<Problem> {
    let reviews = agency.items.iter().filter_map(|(id, submission)| Some((id, submission.reviewed.as_ref()?)));
    let problem = |(id, reviewed): (_, &Reviewed)| {
        let on = reviewed.on.filter(|on| *on > today)?;
        let message = format!("{id} is reviewed on {on}, which is in the future");
        let help = format!("write the day on which the person looked; today is {today}");
        Some(Problem::at(reviewed.place?, on.to_string().len(), message, Some(help)))
    };
    reviews.filter_map(problem).collect()
}

impl<'f> Bench<'f> {
    /// An item as a person found it.
    pub(super) fn reviewed(&self, item: &'f Item, reviewed: &Reviewed) -> Judged<'f> {
        let passed = reviewed.verdict == Verdict::Pass;
        let verdict =
            if passed { Text::new("ผ่าน", "pass") } else { Text::new("ไม่ผ่าน", "fail") };
        let (by, note) = (reviewed.by.as_deref(), reviewed.note.as_deref());
        let said = |undated: &str, lang: Lang| {
            let on = reviewed.on.map_or_else(|| undated.to_owned(), |on| report::day(on, lang));
            let head = [by, Some(on.as_str())].into_iter().flatten().collect::<Vec<_>>().join(", ");
            format!("({head}) {}", note.unwrap_or_default()).trim_end().to_owned()
        };
        let note = Text::new(
            said("ไม่ระบุวันที่ จึงเทียบกับวันที่ของเนื้อหาไม่ได้ ควรใส่ on: ปี-เดือน-วัน", Lang::Th),
            said("no day given, so that it cannot be compared with the content's; add on: year-month-day", Lang::En),
        );
        let reason = Reason::new(ReasonCode::ItemReviewed).with_text("verdict", verdict).with_text("note", note).info();
        let outcome = if passed { Outcome::Met } else { Outcome::NotMet };
        let pages = self.submitted(self.plan.links(&item.id).0.iter());
        Judged {
            submitted: pages,
            ..Judged::without_pages(item, Finding { outcome, likely: passed, reasons: vec![reason] })
        }
    }

    /// Why a person's verdict does not stand any more: the content is newer, or what was passed does not open now. Where
    /// nothing is known of the content's age, or the person gave no day, the verdict stands.
    pub(super) fn outdated(&self, item: &Item, reviewed: &Reviewed) -> Option<Reason> {
        let on = reviewed.on.map_or_else(|| Text::new("วันที่ไม่ระบุ", "an unknown day"), in_words);
        let reason = |changed: Text, url: &Url| {
            Reason::new(ReasonCode::ItemReviewOutdated)
                .with_text("on", on.clone())
                .with_text("changed", changed)
                .at(url)
                .info()
        };
        if reviewed.verdict == Verdict::Pass
            && let Some(url) = self.gone(item)
        {
            return Some(reason(Text::new("เปิดไม่ได้แล้ว", "it does not open any more"), url));
        }
        let (changed, url) = self.changed(item)?;
        (changed > reviewed.on?).then(|| reason(in_words(changed), &url))
    }

    /// A submitted link that does not open, for anyone.
    fn gone(&self, item: &Item) -> Option<&'f Url> {
        let gone = |link: &&'f Link| {
            let finding = self.link(item, link, self.facts.seen(link), self.facts.nature_of(link));
            finding.outcome == Outcome::NotMet && finding.reasons.iter().any(|reason| GONE.contains(&reason.code))
        };
        self.plan.links(&item.id).0.iter().find(gone)?.url.as_ref()
    }

    /// The latest day on which something of an item's content was made or changed, as far as that is known, and where. What
    /// its pages lead to counts where it was opened for whatever reason.
    fn changed(&self, item: &Item) -> Option<(Date, Url)> {
        let submitted = self.submitted(self.plan.links(&item.id).0.iter());
        let leads = leads::of_pages(self.plan, item, submitted.iter()).into_iter();
        let led: Vec<Page<'_>> = leads.filter_map(|lead| self.facts.page(lead.url, None)).collect();
        let today = self.facts.snapshot.finished_at.to_zoned(clock::thailand()).date();
        let days = submitted.iter().chain(&led).flat_map(|page| days(page).into_iter().map(move |day| (day, page.url)));
        // A day that has not come yet is a mistake, and says nothing.
        let newest = days.filter(|(day, _)| *day <= today).max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)));
        newest.map(|(day, url)| (day, url.clone()))
    }
}

fn in_words(day: Date) -> Text {
    Text::new(report::day(day, Lang::Th), report::day(day, Lang::En))
}

/// The days on which a page or document was made or changed: by its server, by its properties, and by its own words.
fn days(page: &Page<'_>) -> Vec<Date> {
    let served = page.answer.last_modified.map(|at| at.to_zoned(clock::thailand()).date());
    let document = page.document;
    let words = (document.kind == MediaKind::Html)
        .then(|| [&page.own.heading, &page.own.text].into_iter().filter_map(|part| thai::stamped(&part.text)).max())
        .flatten();
    [served, document.created, document.modified, words].into_iter().flatten().collect()
}
