//! What has to be put right, indicator by indicator, and which instruments reach the target.

use std::cmp::Ordering;

use super::markup::{Cell, Paragraph, Table};
use super::numerals::{count, points, thai};
use super::{BLANK, INSTRUMENTS, Page, comments, item_name, listed, messages, name, score};
use crate::model::{ItemResult, Lang, Level, Points, Text, Verdict};
use crate::report::view;

impl Page<'_> {
    pub(super) fn analysis(&mut self) {
        self.heading("การวิเคราะห์ผลการประเมิน");
        self.push(&Paragraph::of("Body", "โดยวิเคราะห์ผลการประเมินแต่ละตัวชี้วัด ได้ดังนี้").keep());
        let widths = [3671, 5400];
        let mut table = Table::new(&widths, &["ตัวชี้วัดของการประเมิน ITA", "ประเด็นที่ต้องแก้ไข/ปรับปรุง"]);
        let (rules, survey) = (&self.report.rules, self.report.survey.as_ref());
        let none = Vec::new();
        let iit = survey.map_or(&none, |survey| &survey.iit);
        let eit = survey.map_or(&none, |survey| &survey.eit);
        let first = rules.survey.iit.len() + 1;
        table.row(&survey_row(INSTRUMENTS[0], "IIT", 1, &rules.survey.iit, iit));
        table.row(&survey_row(INSTRUMENTS[1], "EIT", first, &rules.survey.eit, eit));
        table.row(&[self.oit_indicators(), self.oit_faults()]);
        self.content.push_str(&table.xml());
        self.target();
    }

    fn oit_indicators(&self) -> Cell {
        let mut cell = vec![Paragraph::new("Cell").bold(INSTRUMENTS[2])];
        for indicator in &self.report.rules.indicators {
            let mean = self.report.score.indicators.get(&indicator.id).copied().flatten();
            let (id, title) = (name(&indicator.id), name(&indicator.name.th));
            cell.push(Paragraph::of("Cell", &format!("{id}. {title} {} คะแนน", score(mean))));
        }
        cell
    }

    /// The weakest indicator, then all that fails or is doubtful, the weakest sub-indicator first.
    fn oit_faults(&self) -> Cell {
        let report = self.report;
        let mut cell = Cell::new();
        let of = |id: &str| report.score.indicators.get(id).copied().flatten();
        let scored = report.rules.indicators.iter().filter_map(|one| Some((of(&one.id)?, name(&one.name.th))));
        if let Some((least, weakest)) = lowest(scored.filter(|(score, _)| score.rounded() < 100.0)) {
            cell.push(Paragraph::of(
                "Cell",
                &format!(
                    "จากผลคะแนน OIT ที่คาดการณ์ พบว่ามีประเด็นที่ต้องปรับปรุงในเรื่อง{} ซึ่งได้คะแนนต่ำสุด คือ {} คะแนน โดยพบว่า",
                    listed(&weakest),
                    points(least)
                ),
            ));
        }
        let mut groups = view::groups(report, Lang::Th);
        let mean = |id: &str| report.score.sub_indicators.get(id).copied().flatten();
        let weakness = |id: &str| mean(id).map_or(f64::INFINITY, |mean| mean.0);
        groups.sort_by(|a, b| weakness(a.id).total_cmp(&weakness(b.id)));
        for group in groups {
            let fails: Vec<_> = group.items.iter().filter(|item| item.verdict == Verdict::Fail).collect();
            let reviews: Vec<_> = group.items.iter().filter(|item| item.verdict == Verdict::Review).collect();
            if fails.is_empty() && reviews.is_empty() {
                continue;
            }
            let (id, title) = (name(group.id), name(group.name));
            let head = format!("ตัวชี้วัดย่อยที่ {id} {title} ได้ {} คะแนน", score(mean(group.id)));
            let failed = fails.iter().map(|item| format!("- ข้อ {} ได้ ๐ คะแนน{}", item_name(item), because(item)));
            let doubtful =
                reviews.iter().map(|item| format!("- ข้อ {} ให้เจ้าหน้าที่ตรวจ{}", item_name(item), because(item)));
            let mut lines = failed.chain(doubtful);
            // One paragraph with the first item: inside a cell, a heading is kept with the next paragraph by no program.
            let first = lines.next().unwrap_or_default();
            cell.push(Paragraph::new("Cell").bold(&head).line().text(&first).whole());
            cell.extend(lines.map(|line| Paragraph::of("Cell", &line)));
        }
        if cell.is_empty() {
            cell.push(Paragraph::of("Cell", "จากผลคะแนน OIT ที่คาดการณ์ ไม่พบประเด็นที่ต้องแก้ไข"));
        }
        cell
    }

    fn target(&mut self) {
        let report = self.report;
        let target = thai(&view::short(report.rules.target));
        let scores = self.instruments();
        let named = |reached: bool| -> Vec<String> {
            let known = ["IIT", "EIT", "OIT"].into_iter().zip(scores);
            let with = known.filter_map(|(name, score)| Some((name, score?)));
            let kept = with.filter(|(_, score)| (score.rounded() >= report.rules.target) == reached);
            kept.map(|(name, score)| format!("แบบวัด {name} ({} คะแนน)", points(score))).collect()
        };
        let (reached, missed) = (listed(&named(true)), listed(&named(false)));
        let sides = match (reached.is_empty(), missed.is_empty()) {
            (false, true) => format!("แบบวัดที่มีคะแนนถึงค่าเป้าหมาย คือ {reached}"),
            (true, _) => format!("แบบวัดที่มีคะแนนต่ำกว่าค่าเป้าหมาย คือ {missed}"),
            (false, false) => {
                format!("แบบวัดที่มีคะแนนถึงค่าเป้าหมาย คือ {reached} ส่วนแบบวัดที่มีคะแนนต่ำกว่าค่าเป้าหมาย คือ {missed}")
            }
        };
        let unknown = if report.survey.is_none() {
            " ส่วนแบบวัด IIT และ EIT ยังไม่มีคะแนน"
        } else {
            ""
        };
        self.body(&format!("เมื่อเทียบกับค่าเป้าหมาย {target} คะแนนขึ้นไป พบว่า{sides}{unknown}"));
        let conditions: Vec<String> = report
            .score
            .grade_conditions
            .iter()
            .filter_map(|condition| {
                let met = if condition.met? { "ถึงแล้ว" } else { "ยังไม่ถึง" };
                let grade = name(view::grade(&report.rules, &condition.grade, Lang::Th));
                let least = thai(&view::short(condition.oit_from.0));
                Some(format!("ระดับ {grade} ต้องได้คะแนน OIT ตั้งแต่ {least} คะแนน ({met})"))
            })
            .collect();
        if !conditions.is_empty() {
            self.body(&format!("ระดับผลการประเมินของปีนี้กำหนดคะแนนขั้นต่ำของแต่ละแบบวัดด้วย โดย{}", conditions.join(" ")));
        }
        if let Some(path) = report.path.as_ref().filter(|path| !path.items.is_empty()) {
            let items: Vec<String> = path.items.iter().map(|id| format!("ข้อ {id}")).collect();
            self.body(&format!(
                "หากแก้ไข{} จำนวน {} ข้อ ให้ครบถ้วน คาดว่าคะแนน OIT จะเพิ่มเป็น {} คะแนน",
                listed(&items),
                count(items.len()),
                points(path.oit)
            ));
        }
    }
}

/// Why an item fails, from all that made it fail; why it is doubtful, from the weightiest comment.
fn because(item: &ItemResult) -> String {
    let mut why = messages(item, |reason| item.verdict == Verdict::Fail && reason.level == Level::Fail);
    if why.is_empty() {
        why = comments(item).into_iter().take(1).collect();
    }
    if why.is_empty() {
        String::new()
    } else {
        format!(" เนื่องจาก{}", why.join(" และ").replace(" และและอีก", " และอีก"))
    }
}

/// The least score of some, as printed, and whose it is.
fn lowest(scored: impl Iterator<Item = (Points, String)>) -> Option<(Points, Vec<String>)> {
    let mut found: Option<(Points, Vec<String>)> = None;
    for (score, name) in scored {
        match &mut found {
            Some((least, names)) => match least.rounded().total_cmp(&score.rounded()) {
                Ordering::Less => {}
                Ordering::Equal => names.push(name),
                Ordering::Greater => found = Some((score, vec![name])),
            },
            None => found = Some((score, vec![name])),
        }
    }
    found
}

fn survey_row(instrument: &str, short: &str, first: usize, names: &[Text], scores: &[Points]) -> [Cell; 2] {
    let mut left = vec![Paragraph::new("Cell").bold(instrument)];
    let title = |at: usize| names.get(at).map_or_else(String::new, |one| name(&one.th));
    for at in 0..names.len().max(scores.len()) {
        let line = format!("{}. {} {} คะแนน", count(first + at), title(at), score(scores.get(at).copied()));
        left.push(Paragraph::of("Cell", &line));
    }
    let each = scores.iter().enumerate().map(|(at, score)| (*score, title(at)));
    let (what, least) = match lowest(each) {
        Some((least, names)) => (listed(&names), points(least)),
        None => (BLANK.to_owned(), super::SHORT_BLANK.to_owned()),
    };
    let right = vec![
        Paragraph::of("Cell", &format!("จากผลคะแนน {short} พบว่าประเด็นที่ได้คะแนนต่ำสุด คือ {what} ({least} คะแนน)")),
        Paragraph::of("Cell", &format!("ข้อคำถามที่ได้คะแนนต่ำสุด คือ {BLANK}{BLANK}")),
    ];
    [left, right]
}
