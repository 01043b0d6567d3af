//! The scores: of the whole, by instrument, by indicator, and item by item with the comments.

use super::markup::{Cell, Paragraph, Table};
use super::numerals::{count, points, thai};
use super::{INSTRUMENTS, Page, SHORT_BLANK, comments, listed, name, ranged, score};
use crate::model::{IndicatorInfo, ItaScore, ItemResult, Lang, Points, Range, Verdict};
use crate::report::comments::likelihood;
use crate::report::view;

impl Page<'_> {
    pub(super) fn results(&mut self) {
        let (agency, year, report) = (self.agency.clone(), self.year(), self.report);
        self.heading("ผลการประเมินเบื้องต้น");
        let whole = match &report.score.ita {
            Some(ita) => format!(
                "คาดว่าได้คะแนนรวม {}{}",
                ranged(&Range { predicted: ita.predicted, low: ita.low, high: ita.high }),
                self.grade(ita)
            ),
            None => "ยังคาดการณ์คะแนนรวมไม่ได้ เนื่องจากยังไม่มีคะแนนแบบวัด IIT และ EIT".to_owned(),
        };
        self.body(&format!("ผลการประเมิน ITA เบื้องต้นของ{agency} ประจำปีงบประมาณ พ.ศ. {year} {whole}"));
        let parts: Vec<String> = report.rules.indicators.iter().map(indicator).collect();
        self.body(&format!(
            "ระดับคะแนนการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency Assessment: OIT) \
             เป็นคะแนนจากการเก็บรวบรวมข้อมูลใน{} ซึ่ง{agency} คาดว่าได้คะแนนการเปิดเผยข้อมูลสาธารณะ (OIT) {}",
            listed(&parts),
            ranged(&report.score.oit)
        ));
        self.body(&self.counts());
        self.instrument_table();
        self.indicator_table();
    }

    fn grade(&self, ita: &ItaScore) -> String {
        let rules = &self.report.rules;
        let grade = |grade: &str| name(view::grade(rules, grade, Lang::Th));
        let Some(likely) = &ita.grade else { return String::new() };
        let other = match (&ita.grade_low, &ita.grade_high) {
            (None, None) => String::new(),
            (low, high) => {
                let [low, high] = [low, high].map(|bound| grade(bound.as_ref().unwrap_or(likely)));
                format!(" (ระหว่างระดับ {low} ถึงระดับ {high})")
            }
        };
        format!(" ระดับผลการประเมิน {}{other}", grade(likely))
    }

    fn counts(&self) -> String {
        let of = |verdict| view::count(self.report, verdict);
        let (advised, reviews) = (of(Verdict::Advice), of(Verdict::Review));
        let advice = if advised > 0 {
            format!(" (มีข้อแนะนำ {} ข้อ)", count(advised))
        } else {
            String::new()
        };
        let review = if reviews > 0 {
            format!(" และให้เจ้าหน้าที่ตรวจ {} ข้อ", count(reviews))
        } else {
            String::new()
        };
        format!(
            "จากประเด็นการตรวจทั้งหมด {} ข้อ คาดว่าผ่าน {} ข้อ{advice} ไม่ผ่าน {} ข้อ{review}",
            count(self.report.items.len()),
            count(of(Verdict::Pass) + advised),
            count(of(Verdict::Fail))
        )
    }

    fn instrument_table(&mut self) {
        let rules = &self.report.rules;
        let target = thai(&view::short(rules.target));
        let head = format!("เทียบกับค่าเป้าหมาย {target} คะแนน");
        let widths = [4271, 1200, 1200, 2400];
        let mut table = Table::new(&widths, &["แบบวัด", "น้ำหนัก (ร้อยละ)", "คะแนน", &head]).together();
        let weights = [rules.weights.iit, rules.weights.eit, rules.weights.oit];
        for ((instrument, weight), mean) in INSTRUMENTS.iter().zip(weights).zip(self.instruments()) {
            let weight = thai(&view::short(weight * 100.0));
            table.row(&[text(instrument), number(&weight), number(&score(mean)), number(against(mean, rules.target))]);
        }
        let ita = self.report.score.ita.as_ref().and_then(|ita| ita.predicted);
        let whole = vec![Paragraph::new("Cell").bold("คะแนนรวม ITA")];
        table.row(&[whole, number(&thai("100")), number(&score(ita)), number(against(ita, rules.target))]);
        self.content.push_str(&table.xml());
    }

    fn indicator_table(&mut self) {
        let report = self.report;
        let widths = [1300, 6271, 1500];
        let mut table = Table::new(&widths, &["ตัวชี้วัด", "แบบ OIT", "คะแนนเฉลี่ย"]).together();
        for indicator in &report.rules.indicators {
            let mean = report.score.indicators.get(&indicator.id).copied().flatten();
            let bold = |text: &str| Paragraph::new("Cell").bold(text);
            let id = Paragraph::new("CellNumber").bold(&name(&indicator.id));
            let score = Paragraph::new("CellNumber").bold(&score(mean));
            table.row(&[vec![id], vec![bold(&name(&indicator.name.th))], vec![score]]);
            for sub in &indicator.sub_indicators {
                let mean = report.score.sub_indicators.get(&sub.id).copied().flatten();
                table.row(&[number(&name(&sub.id)), text(&name(&sub.name.th)), number(&super::score(mean))]);
            }
        }
        self.content.push_str(&table.xml());
    }

    /// The items by sub-indicator, with the assessors' headings inside them.
    pub(super) fn items(&mut self) {
        let report = self.report;
        let oit = score(report.score.oit.predicted);
        self.heading(&format!("รายละเอียดผลการประเมินเบื้องต้นรายข้อ (คะแนนรวม OIT {oit} คะแนน)"));
        for group in view::groups(report, Lang::Th) {
            let mean = report.score.sub_indicators.get(group.id).copied().flatten();
            let (id, title) = (name(group.id), name(group.name));
            let heading = format!("ตัวชี้วัดย่อยที่ {id} {title} ({} คะแนน)", score(mean));
            self.push(&Paragraph::of("Heading2", &heading));
            let widths = [800, 3600, 3471, 1200];
            let mut table = Table::new(&widths, &["ชื่อ", "ประเด็นการตรวจ", "ความคิดเห็น", "คะแนน"]);
            let mut under = "";
            for item in &group.items {
                // A heading that repeats the table's own says nothing.
                if item.group.th != under && !(under.is_empty() && item.group.th == group.name) {
                    table.heading(&name(&item.group.th));
                }
                under = &item.group.th;
                table.row(&row(item));
            }
            self.content.push_str(&table.xml());
        }
    }
}

fn row(item: &ItemResult) -> [Cell; 4] {
    let mut said: Cell = comments(item).iter().map(|comment| Paragraph::of("Cell", comment)).collect();
    if item.verdict == Verdict::Review {
        let lean = format!("ให้เจ้าหน้าที่ตรวจ ({})", thai(&likelihood(item, Lang::Th)));
        said.insert(0, Paragraph::of("Cell", &lean));
    }
    let score = item.score.map_or_else(|| "รอตรวจ".to_owned(), |score| points(Points(score.into())));
    [number(item.id.as_str()), text(&name(&item.name)), said, number(&score)]
}

/// An indicator and its parts, in prose.
fn indicator(indicator: &IndicatorInfo) -> String {
    let parts: Vec<String> = indicator.sub_indicators.iter().map(|sub| name(&sub.name.th)).collect();
    format!(
        "ตัวชี้วัดที่ {} {} (ประกอบด้วย {} ตัวชี้วัดย่อย ได้แก่ {})",
        name(&indicator.id),
        name(&indicator.name.th),
        count(parts.len()),
        listed(&parts)
    )
}

/// A score beside the target.
fn against(score: Option<Points>, target: f64) -> &'static str {
    match score {
        Some(score) if score.rounded() >= target => "ถึงค่าเป้าหมาย",
        Some(_) => "ต่ำกว่าค่าเป้าหมาย",
        None => SHORT_BLANK,
    }
}

fn text(text: &str) -> Cell {
    vec![Paragraph::of("Cell", text)]
}

fn number(number: &str) -> Cell {
    vec![Paragraph::of("CellNumber", number)]
}
