//! Criteria of the assessment that a page repeats: what is to be published, which is not it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::BlockRole;
use crate::thai::{Folded, Hold, Phrase, PhraseSet, spaces};

const SOURCE: &str = include_str!("../../config/criteria.yaml");

static BUILTIN: LazyLock<Result<Criteria, String>> = LazyLock::new(|| Criteria::parse(SOURCE));

/// Characters of the longest row of a list that a criterion announces.
const ROW: usize = 90;

/// Rows of such a list at the most.
const ROWS: usize = 12;

/// Marks that make a criterion of a heading, or of a demand in the middle of a line.
const SURE: usize = 2;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    status: Status,
    source: String,
    telltales: Vec<Phrase>,
    clauses: Vec<Phrase>,
    demands: Vec<Phrase>,
    marks: Vec<Phrase>,
}

/// The lists are this program's own knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Own,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Telltale,
    Clause,
    Demand,
    Mark,
}

/// How criteria are worded.
#[derive(Debug)]
struct Criteria {
    set: PhraseSet,
    signs: Vec<Sign>,
}

impl Criteria {
    fn parse(yaml: &str) -> Result<Self, String> {
        let data: Data = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        if data.status != Status::Own || data.source.is_empty() {
            return Err("the lists need a status and a source".to_owned());
        }
        let lists = [
            (Sign::Telltale, data.telltales),
            (Sign::Clause, data.clauses),
            (Sign::Demand, data.demands),
            (Sign::Mark, data.marks),
        ];
        let all: Vec<(Sign, Phrase)> =
            lists.into_iter().flat_map(|(sign, list)| list.into_iter().map(move |phrase| (sign, phrase))).collect();
        let set = PhraseSet::new(all.iter().map(|(_, phrase)| phrase));
        Ok(Self { set, signs: all.into_iter().map(|(sign, _)| sign).collect() })
    }

    /// Whether a line says what is demanded.
    fn demands(&self, line: &str, role: BlockRole, web: bool) -> bool {
        let line = start(line);
        let text = Folded::new(line);
        let mut found = Vec::new();
        for place in self.set.find(&text) {
            found.extend(self.signs.get(place.phrase).map(|sign| (*sign, place.at)));
        }
        if found.iter().any(|(sign, at)| *sign == Sign::Telltale || (*sign == Sign::Clause && at.start == 0)) {
            return true;
        }
        let Some(demand) = found.iter().filter(|(sign, _)| *sign == Sign::Demand).map(|(_, at)| at.start).min() else {
            return false;
        };
        let mut marks: Vec<usize> =
            found.iter().filter(|(sign, at)| *sign == Sign::Mark && at.start > demand).map(|(_, at)| at.end).collect();
        marks.dedup();
        let opens = || self.set.hold(&text, demand, &spaces(line)) == Hold::Opens;
        let sure = marks.len() >= SURE && opens();
        web && (sure || (demand == 0 && !marks.is_empty() && role != BlockRole::Heading))
    }
}

/// Which of a page's own lines only repeat criteria.
pub(super) fn repeated(lines: &[(BlockRole, &str)], web: bool) -> Vec<bool> {
    let Ok(criteria) = BUILTIN.as_ref() else { return vec![false; lines.len()] };
    let mut repeated = vec![false; lines.len()];
    let mut left = 0;
    for (at, (role, line)) in lines.iter().enumerate() {
        if criteria.demands(line, *role, web) {
            left = ROWS;
            repeated[at] = true;
        } else if left > 0 && is_row(line) {
            left -= 1;
            repeated[at] = true;
        } else {
            left = 0;
        }
    }
    repeated
}

/// A line without the bullet, the number or the item's code that it begins with.
fn start(line: &str) -> &str {
    let bare = |line: &'_ str| line.len() - line.trim_start_matches(|c: char| !c.is_alphabetic()).len();
    let line = &line[bare(line)..];
    match line.strip_prefix(['o', 'O']) {
        Some(rest) if rest.starts_with(|c: char| !c.is_alphabetic()) => &rest[bare(rest)..],
        _ => line,
    }
}

/// Whether a line is a row of a list and says nothing of its own: it is short, numbered or marked, and has no figures.
fn is_row(line: &str) -> bool {
    let rest = start(line);
    rest.len() < line.len() && line.chars().nth(ROW).is_none() && !rest.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::{BUILTIN, repeated};
    use crate::model::BlockRole::{self, Cell, Heading, Text};

    fn taken(lines: &[&str]) -> Vec<bool> {
        let lines: Vec<(BlockRole, &str)> = lines.iter().map(|line| (Text, *line)).collect();
        repeated(&lines, true)
    }

    #[test]
    fn the_data_can_be_read() {
        assert_eq!(BUILTIN.as_ref().err(), None);
    }

    #[test]
    fn what_is_demanded_is_told_from_what_is_shown() {
        for criterion in [
            "o แสดงแผนการดำเนินภารกิจของหน่วยงานที่มีระยะ 1 ปี",
            "○ มีข้อมูลรายละเอียดของแผนฯ ยกตัวอย่างเช่น โครงการหรือกิจกรรม งบประมาณที่ใช้ ระยะเวลาในการดำเนินการ เป็นต้น",
            "• เป็นแผนที่มีระยะเวลาบังคับใช้ในปี พ.ศ. 2563",
            "แสดงข้อมูลหน้าที่และอำนาจของหน่วยงาน ตามที่กฎหมายกำหนด",
            "- สามารถจัดทำข้อมูลเป็นแบบรายเดือน หรือรายไตรมาส หรือราย 6 เดือน ที่มีข้อมูลครอบคลุมในระยะเวลา 6 เดือนแรกของปี พ.ศ. 2563",
            "O12 รายงานผลการดำเนินงานประจำปี แสดงผลการดำเนินงานตามแผนดำเนินงานประจำปีของหน่วยงาน",
            "กรณีองค์กรปกครองส่วนท้องถิ่น ให้แสดงข้อมูลทั้งฝ่ายการเมืองและฝ่ายข้าราชการประจำ",
            "ใช้รายงานผลของปี พ.ศ. ๒๕๖๒",
            "แสดงหลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล ได้แก่ หลักเกณฑ์การสรรหา หลักเกณฑ์การบรรจุ",
        ] {
            assert_eq!(taken(&[criterion]), [true], "{criterion}");
        }
        for own in [
            "แสดงความคิดเห็นต่อการทำงานของหน่วยงาน ท่านสามารถเขียนข้อเสนอแนะได้ที่แบบฟอร์มด้านล่าง เช่น เรื่องถนนหรือน้ำประปา",
            "คู่มือฉบับนี้ประกอบด้วยขั้นตอนการปฏิบัติงาน เช่น การรับเรื่อง การตรวจสอบ เป็นต้น",
            "พนักงานทุกคนต้องได้รับการอบรมอย่างน้อยปีละ 1 หลักสูตร",
            "แผนนี้จัดทำขึ้นเพื่อแสดงรายละเอียดโครงการและกิจกรรมของหน่วยงานที่ดำเนินการในปี พ.ศ. 2563",
            "ข้าพเจ้าขอแสดงเจตนารมณ์ว่าจะบริหารงานอย่างซื่อสัตย์สุจริต",
            "มีผู้ร้องเรียนรวม 2 เรื่อง ดำเนินการแล้วเสร็จทั้งหมด",
            "ตารางแสดงผลการดำเนินงานตามแผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2563",
        ] {
            assert_eq!(taken(&[own]), [false], "{own}");
        }
        assert_eq!(repeated(&[(Heading, "แสดงผลการดำเนินงานในปี พ.ศ. 2563")], true), [false]);
        assert_eq!(repeated(&[(Cell, "แสดงผลการประเมินความเสี่ยงของหน่วยงาน")], false), [false]);
    }

    #[test]
    fn the_rows_that_a_criterion_announces_go_with_it() {
        let lines = ["แสดงข้อมูลการติดต่อ อย่างน้อยประกอบด้วย", "(1) ที่อยู่หน่วยงาน", "(2) หมายเลขโทรศัพท์", "99 หมู่ 4 ต.นางรอง"];
        assert_eq!(taken(&lines), [true, true, true, false]);
        assert_eq!(taken(&["แสดงข้อมูลการติดต่อของหน่วยงาน", "1. โทร. 044-631256"]), [true, false]);
    }
}
