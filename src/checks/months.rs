//! The first months of the year are all there: each by itself, in a table by months, or in the period that a report states.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{IfNot, Page, PageCheck, RuleStatus, World};
use crate::model::{Finding, Reason, ReasonCode, Text};
use crate::thai::{self, MONTHS, Named, Phrase, Stretch};

/// How the months must be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Each month by itself, as the period of a summary: a heading, a row, a file of its own.
    Each,
    /// In a table by months or quarters, where there is one, and otherwise in the period that the content states.
    Series,
    /// In the period that the content states, where it states one that begins with the year.
    Period,
}

/// The first months of the fiscal year are all shown by the pages together. Dates, such as a contract's, are no months of a
/// summary. Content that states no months is not judged by them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Months {
    /// What each month must have.
    pub name: Text,
    /// How many months, from October.
    pub first: u8,
    /// How they must be shown.
    pub shown: Shown,
    /// Words beside a month that make it the period of a summary; a line of hardly more than the month needs none.
    #[serde(default)]
    pub beside: Vec<Phrase>,
    /// What follows where one is absent though everything was read.
    #[serde(default)]
    pub if_absent: IfNot,
    /// The assessors' own words then.
    #[serde(default)]
    pub wording: Option<Text>,
    /// How far the demand is verified.
    pub status: RuleStatus,
    /// Where the demand is from.
    pub source: String,
}

/// A line that says no more than this beside its months, in letters, is a label of them.
const LABEL: usize = 24;

/// Words at the beginning of a line that may be a month: «ต.ค. พ.ศ. 2562».
const FIRST_WORDS: usize = 3;

/// Words of what is still to be done.
const TO_COME: &[&str] = &["จะ", "คาดว่า", "กำหนด", "แผน"];

/// Lines in which content states its period.
const OPENING: usize = 8;

/// Months or quarters in the rows of a table that make it one by months.
const ROWS: usize = 2;

/// The months of the calendar year before the fiscal year begins.
const BEFORE: usize = 9;

/// A set of months of the fiscal year, October being the lowest bit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Set(u16);

impl Set {
    fn of(stretch: Stretch) -> Self {
        (stretch.from..=stretch.to).fold(Self(0), |set, month| Self(set.0 | 1 << (month - 1)))
    }

    fn first(count: u8) -> Self {
        Self::of(Stretch { from: 1, to: count.clamp(1, 12), named: Named::Range })
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn names(self) -> Text {
        let names =
            MONTHS.iter().cycle().skip(BEFORE).take(MONTHS.len()).enumerate().filter(|(at, _)| self.0 >> at & 1 == 1);
        Text::join(&names.map(|(_, (th, en))| Text::new(*th, *en)).collect::<Vec<_>>(), ", ")
    }
}

fn union(stretches: impl Iterator<Item = Stretch>) -> Set {
    stretches.map(Set::of).fold(Set::default(), Set::and)
}

/// What pages say that could state a period, line by line: the link that led to each, its heading, its text.
fn lines<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    page.via.into_iter().chain(page.own.heading.text.lines()).chain(page.own.text.text.lines())
}

impl Months {
    /// Those of the demanded months that pages do not show.
    fn missing(&self, pages: &[&Page<'_>], year: u16) -> Set {
        let demanded = Set::first(self.first);
        match self.shown {
            Shown::Each => {
                let named = pages.iter().flat_map(|page| lines(page)).flat_map(|line| self.summarised(line, year));
                demanded.without(union(named))
            }
            Shown::Series => {
                let lines = || pages.iter().flat_map(|page| page.own.text.text.lines());
                let rows: Vec<Stretch> = lines().flat_map(|line| in_row(line, year)).collect();
                let several = rows.iter().any(|row| Some(row) != rows.first());
                if !several {
                    return self.unstated(pages, year);
                }
                // Part of the period, wherever it stands, is part of the table.
                let parts = lines().flat_map(|line| thai::months(line, year)).filter(|one| {
                    matches!(one.named, Named::Quarter | Named::Range) && one.to - one.from + 1 < self.first
                });
                demanded.without(union(rows.iter().copied().chain(parts)))
            }
            Shown::Period => self.unstated(pages, year),
        }
    }

    /// The months that a line names as the periods of summaries.
    fn summarised(&self, line: &str, year: u16) -> Vec<Stretch> {
        let found = thai::months(line, year);
        let label = || {
            thai::besides_months(line) <= LABEL
                || begins_with_month(line, year)
                || thai::Folded::new(line).contains_any(&self.beside)
        };
        let months = found.into_iter().filter(|one| one.named == Named::Month);
        let months: Vec<Stretch> = months.collect();
        if !months.is_empty() && label() { months } else { Vec::new() }
    }

    /// What is missing of a period that begins with the year and is stated in the opening; nothing where none is.
    fn unstated(&self, pages: &[&Page<'_>], year: u16) -> Set {
        let demanded = Set::first(self.first);
        // A report's title names its plan; a line that begins with what is to come states no period.
        let periodic = |line: &&str| !TO_COME.iter().any(|word| line.starts_with(word));
        let opening = pages.iter().flat_map(|page| lines(page).take(OPENING).filter(periodic));
        let opening = opening.flat_map(|line| thai::months(line, year));
        let periods = opening.filter(|one| matches!(one.named, Named::Range | Named::Quarter));
        let stated = union(periods);
        let begins = Set::first(1).without(stated).is_empty();
        let reaches = stated.0 >> (self.first.max(1) - 1) != 0;
        // A later table or "as of the end of March" says as much as a period; what is still to be done does not.
        let anywhere =
            pages.iter().flat_map(|page| lines(page)).filter(|line| !TO_COME.iter().any(|word| line.contains(word)));
        let named = |one: &Stretch| one.named != Named::Date && one.to >= self.first;
        let later = || anywhere.flat_map(|line| thai::months(line, year)).any(|one| named(&one));
        if begins && !reaches && !later() { demanded.without(stated) } else { Set::default() }
    }
}

/// Whether a line begins with a month: the row of a table as documents give it.
fn begins_with_month(line: &str, year: u16) -> bool {
    let ends = line.match_indices(' ').map(|(at, _)| at).take(FIRST_WORDS);
    ends.map(|end| &line[..end]).any(|first| thai::besides_months(first) == 0 && !thai::months(first, year).is_empty())
}

/// The months or quarters at the beginning of a line, or alone in it: what a row of a table is of.
fn in_row(line: &str, year: u16) -> Vec<Stretch> {
    let found = thai::months(line, year);
    let single = |one: &Stretch| matches!(one.named, Named::Month | Named::Quarter);
    let several = found.iter().filter(|one| single(one)).count() > ROWS;
    if several || (found.iter().any(single) && thai::besides_months(line) <= LABEL / 2) {
        found.into_iter().filter(single).collect()
    } else {
        Vec::new()
    }
}

impl PageCheck for Months {
    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        let missing = self.missing(pages, world.year.buddhist());
        if missing.is_empty() {
            return Finding::met();
        }
        let months = missing.names();
        let element =
            Text::new(format!("{} (ขาด {})", self.name.th, months.th), format!("{} (no {})", self.name.en, months.en));
        let mut reason =
            Reason::new(ReasonCode::ContentMissing).with_text("element", element).worded(self.wording.as_ref());
        if let Some(page) = pages.first() {
            reason = reason.at(page.url);
        }
        let unread = pages.iter().any(|page| page.unread(world).is_some());
        let recognised = pages.iter().any(|page| page.is_recognised());
        if unread || recognised {
            return Finding::unsure(unread && missing != Set::first(self.first), reason);
        }
        self.if_absent.finding(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::{Months, Shown};
    use crate::checks::page_tests::Site;
    use crate::checks::{IfNot, RuleStatus};
    use crate::model::{Outcome, Text};
    use crate::thai::Phrase;

    fn check(shown: Shown) -> Months {
        Months {
            name: Text::new("สรุปผลรายเดือน", "a summary of each month"),
            first: 6,
            shown,
            beside: vec![Phrase::new("สรุปผลการจัดซื้อจัดจ้าง"), Phrase::new("ในรอบเดือน")],
            if_absent: IfNot::Fail,
            wording: None,
            status: RuleStatus::Verified,
            source: String::new(),
        }
    }

    fn outcome(shown: Shown, html: &str) -> Outcome {
        Site::with_page(html).check(&check(shown)).outcome
    }

    const MONTHS: [&str; 6] = ["ต.ค. 62", "พ.ย. 62", "ธ.ค. 62", "ม.ค. 63", "ก.พ. 63", "มี.ค. 63"];

    #[test]
    fn each_month_has_its_own_summary_and_a_contracts_date_is_none() {
        let summary = |month: &str| format!("<h3>สรุปผลการจัดซื้อจัดจ้างของเทศบาลตำบลหนองแวง {month}</h3><p>ซื้อวัสดุ</p>");
        let all: String = MONTHS.iter().map(|month| summary(month)).collect();
        assert_eq!(outcome(Shown::Each, &all), Outcome::Met);
        let five: String = MONTHS[..5].iter().map(|month| summary(month)).collect();
        let contract = "<table><tr><td>จ้างซ่อมรถ</td><td>เลขที่ 9/2563 ลงวันที่ 15 มี.ค. 63</td></tr></table>";
        assert_eq!(outcome(Shown::Each, &format!("{five}{contract}")), Outcome::NotMet);
        let row = "<p>มี.ค. 63 จ้างเหมาซ่อมแซมรถบรรทุกน้ำอเนกประสงค์ 9,000 เฉพาะเจาะจง ร้านรุ่งเรืองการช่าง</p>";
        assert_eq!(outcome(Shown::Each, &format!("{five}{row}")), Outcome::Met);
        let none = "<p>เดือนมีนาคม ๒๕๖๓</p><p>ไม่มีการจัดซื้อจัดจ้าง</p>";
        assert_eq!(outcome(Shown::Each, &format!("{five}{none}")), Outcome::Met);
        assert_eq!(outcome(Shown::Each, "<p>สรุปผลการจัดซื้อจัดจ้าง ต.ค. 62 – มี.ค. 63</p>"), Outcome::NotMet);
    }

    #[test]
    fn the_reason_names_the_months() {
        let finding = Site::with_page("<p>เดือนตุลาคม 2562</p><p>พ.ย. 62</p><p>ธ.ค. 62</p>").check(&check(Shown::Each));
        let element = &finding.reasons[0].args["element"];
        assert_eq!(element.th, "สรุปผลรายเดือน (ขาด มกราคม, กุมภาพันธ์, มีนาคม)");
        assert_eq!(element.en, "a summary of each month (no January, February, March)");
    }

    #[test]
    fn a_table_by_months_or_quarters_is_complete() {
        let table = |rows: &[&str]| {
            let rows =
                rows.iter().map(|row| format!("<tr><td>{row}</td><td>25</td></tr>")).collect::<Vec<_>>().concat();
            format!("<h2>สถิติ</h2><p>รอบ 6 เดือน (ต.ค. 62 – มี.ค. 63)</p><table>{rows}</table>")
        };
        assert_eq!(outcome(Shown::Series, &table(&MONTHS)), Outcome::Met);
        assert_eq!(outcome(Shown::Series, &table(&MONTHS[..3])), Outcome::NotMet);
        assert_eq!(outcome(Shown::Series, &table(&["ไตรมาสที่ 1", "ไตรมาสที่ 2"])), Outcome::Met);
        assert_eq!(outcome(Shown::Series, &table(&[])), Outcome::Met);
        let wide =
            "<p>ประเภทงานที่ให้บริการแก่ประชาชน ไตรมาส 1 (ต.ค.-ธ.ค. 62)</p><p>ไตรมาส 2 (ม.ค.-มี.ค. 63)</p><p>มี.ค. 63</p>";
        assert_eq!(outcome(Shown::Series, wide), Outcome::Met);
        let wide = "<p>ประเภทงาน ต.ค. 62 พ.ย. 62 ธ.ค. 62 ม.ค. 63 ก.พ. 63 มี.ค. 63</p><p>ภาษี 1 2 3 4 5 6</p>";
        assert_eq!(outcome(Shown::Series, wide), Outcome::Met);
    }

    #[test]
    fn a_stated_period_reaches_the_last_month() {
        for (html, expected) in [
            ("<h2>รายงาน รอบ 6 เดือน (ต.ค. 62 – มี.ค. 63)</h2><p>ผล</p>", Outcome::Met),
            ("<h2>รายงาน ประจำปี 2563</h2><p>ผลการดำเนินงาน</p>", Outcome::Met),
            ("<h2>รายงาน รอบ 6 เดือน</h2><p>ระหว่างเดือนตุลาคม - ธันวาคม 2562</p>", Outcome::NotMet),
            ("<h2>รายงานผล ไตรมาสที่ 1 ปีงบประมาณ 2563</h2><p>ผล</p>", Outcome::NotMet),
            ("<h2>รายงานผล ไตรมาสที่ 1 ปี 2563</h2><p>โครงการอบรม</p><p>จะดำเนินการในไตรมาส 4</p>", Outcome::NotMet),
            ("<h2>รายงานผล ไตรมาสที่ 1</h2><h2>รายงานผล ไตรมาสที่ 2</h2>", Outcome::Met),
            ("<h2>รายงานผล ไตรมาสที่ 2</h2><p>ผล</p>", Outcome::Met),
            ("<h2>รายงาน ครั้งที่ 1/2563</h2><p>ถนน ต.ค. 62</p>", Outcome::Met),
        ] {
            assert_eq!(outcome(Shown::Period, html), expected, "{html}");
        }
    }
}
