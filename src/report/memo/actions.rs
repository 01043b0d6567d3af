//! The table of measures: what to do about each item, by whom, by when, in the order of what it gains.

use super::markup::{Cell, Paragraph, Table, WIDTH_ACROSS, shorten};
use super::numerals::{count, date, points, thai};
use super::{COMMENTS, NAME, Page, SHORT_BLANK, TO_DO, comments, item_name, listed, parts, said};
use crate::model::{Fix, ItemId, ItemResult, Verdict};
use crate::report::view;

/// How next steps call the file that lists what is submitted.
pub(super) const AGENCY_FILE: &str = "ไฟล์หน่วยงาน";

/// URLs that an officer is asked to open for one item.
const URLS: usize = 3;

impl Page<'_> {
    pub(super) fn actions(&mut self) {
        let (agency, report) = (self.agency.clone(), self.report);
        let year = self.memo.announced.map(|_| thai(&(report.fiscal_year.buddhist() + 1).to_string()));
        let when = year.map(|year| format!("ในปีงบประมาณ พ.ศ. {year}")).unwrap_or_default();
        let items: Vec<(&Fix, &ItemResult)> =
            in_order(&report.fixes).into_iter().filter_map(|fix| Some((fix, view::item(report, &fix.item)?))).collect();
        let heading = format!("ข้อเสนอแนะในการพัฒนาคุณธรรมและความโปร่งใส{when}");
        if items.is_empty() {
            self.heading(&heading);
            self.body(&format!("{agency} ไม่มีข้อที่ต้องแก้ไขจากผลการประเมินเบื้องต้น"));
            return;
        }
        // Five columns need the long side of the page: on the short one, each row fills a page.
        self.content.push_str(&parts::end_of_section(true));
        self.heading(&heading);
        let lead = format!("{agency} ควรดำเนินการตามลำดับคะแนนที่คาดว่าจะเพิ่มขึ้น โดยแก้ไขข้อที่เป็นเงื่อนไขของข้ออื่นก่อน ดังนี้");
        self.push(&Paragraph::of("Body", &lead).keep());
        let widths = [4700, WIDTH_ACROSS - 9600, 1700, 1600, 1600];
        let heads = ["มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา\nดำเนินการ", "การติดตามผล"];
        let mut table = Table::new(&widths, &heads);
        let [responsible, period, follow_up] = [
            self.memo.responsible.as_ref().map(|one| thai(&shorten(one, NAME))),
            self.period(),
            self.memo.follow_up.as_ref().map(|one| thai(&shorten(one, NAME))),
        ]
        .map(|value| vec![Paragraph::of("Cell", value.as_deref().unwrap_or(SHORT_BLANK))]);
        for (n, (fix, item)) in items.into_iter().enumerate() {
            let measure = measure(n + 1, fix, item);
            table.row(&[measure, method(fix, item), responsible.clone(), period.clone(), follow_up.clone()]);
        }
        self.content.push_str(&table.bare());
        self.content.push_str(&parts::end_of_section(false));
    }

    fn period(&self) -> Option<String> {
        match (self.memo.start, self.memo.end) {
            (Some(start), Some(end)) => Some(format!("{} ถึง {}", date(start), date(end))),
            (Some(start), None) => Some(format!("ตั้งแต่ {}", date(start))),
            (None, Some(end)) => Some(format!("ภายใน {}", date(end))),
            (None, None) => None,
        }
    }
}

/// The fixes by what they gain, but each after those that it needs.
fn in_order(fixes: &[Fix]) -> Vec<&Fix> {
    fn put<'f>(fix: &'f Fix, fixes: &'f [Fix], seen: &mut Vec<&'f ItemId>, out: &mut Vec<&'f Fix>) {
        if seen.contains(&&fix.item) {
            return;
        }
        seen.push(&fix.item);
        for needed in fixes.iter().filter(|other| fix.after.contains(&other.item)) {
            put(needed, fixes, seen, out);
        }
        out.push(fix);
    }
    let (mut seen, mut out) = (Vec::new(), Vec::new());
    for fix in fixes {
        put(fix, fixes, &mut seen, &mut out);
    }
    out
}

fn measure(number: usize, fix: &Fix, item: &ItemResult) -> Cell {
    let what = if item.verdict == Verdict::Review {
        "ให้เจ้าหน้าที่ตรวจข้อ"
    } else {
        "แก้ไขข้อ"
    };
    let mut cell = vec![Paragraph::new("Cell").bold(&format!("{}. {what} {}", count(number), item_name(item)))];
    let todo = prose(&fix.todo.th);
    if !todo.is_empty() {
        cell.push(Paragraph::of("Cell", &todo));
    }
    let worth = if fix.oit_gain.rounded() > 0.0 {
        let when = if item.verdict == Verdict::Review {
            "หากตรวจแล้วผ่าน "
        } else {
            "คาดว่า"
        };
        Some(format!("({when}คะแนน OIT เพิ่มขึ้น {} คะแนน)", points(fix.oit_gain)))
    } else if fix.oit_loss.rounded() > 0.0 {
        Some(format!("(หากตรวจแล้วไม่ผ่าน คะแนน OIT ลดลง {} คะแนน)", points(fix.oit_loss)))
    } else {
        None
    };
    cell.extend(worth.map(|worth| Paragraph::of("Cell", &worth)));
    cell
}

fn method(fix: &Fix, item: &ItemResult) -> Cell {
    let mut cell = Cell::new();
    if item.verdict == Verdict::Review {
        // What the report says next is about the agency file; an officer who signs a memo is to look at the pages.
        cell.push(Paragraph::of(
            "Cell",
            "เปิดหน้าเว็บไซต์ต่อไปนี้ด้วยเบราว์เซอร์ ตรวจว่ามีข้อมูลครบถ้วนตามประเด็นการตรวจหรือไม่ แล้วบันทึกผล",
        ));
        for link in item.urls.iter().take(URLS) {
            cell.push(Paragraph::of("Cell", &shorten(&view::readable_url(&link.url), NAME)));
        }
        if item.urls.len() > URLS {
            cell.push(Paragraph::of("Cell", &format!("และอีก {} แห่ง", count(item.urls.len() - URLS))));
        }
        let why = comments(item);
        cell.extend(why.iter().take(COMMENTS).map(|why| Paragraph::of("Cell", &format!("- {why}"))));
    } else {
        let next = prose(&fix.next_step.th);
        if !next.is_empty() {
            cell.push(Paragraph::of("Cell", &next));
        }
    }
    if !fix.after.is_empty() {
        let after: Vec<String> = fix.after.iter().map(|id| format!("ข้อ {id}")).collect();
        cell.push(Paragraph::of("Cell", &format!("(ดำเนินการต่อจาก{})", listed(&after))));
    }
    cell
}

/// What there is to do as the memo prints it.
fn prose(text: &str) -> String {
    said(&view::readable_url(text), TO_DO)
}
