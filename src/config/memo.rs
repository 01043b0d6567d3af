//! The `memo` section of the agency file: what only the agency knows of its official memo.

use schemars::JsonSchema;
use serde::Deserialize;

use super::problem::quoted;
use super::raw::At;
use super::valid::Checker;
use crate::model::{Memo, Signatory};

/// The most characters of a value; each fills a line or a cell of the memo.
const LONGEST: usize = 300;

/// The official memo (บันทึกข้อความ) that `oit-audit memo` writes. Every key is optional; what is left out is a dotted blank.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Memo")]
pub(super) struct MemoFile {
    /// ส่วนราชการ: the office that writes.
    #[schemars(length(max = 300), example = &"สำนักปลัด องค์การบริหารส่วนตำบลนางรอง")]
    office: At<Option<String>>,
    /// ที่: the memo's number.
    #[schemars(length(max = 300), example = &"บร ๐๐๐๐๐/๐๐๐")]
    number: At<Option<String>>,
    /// วันที่: the memo's day, year-month-day in the common era.
    #[schemars(extend("format" = "date"), example = &"2020-10-15")]
    date: At<Option<String>>,
    /// เรื่อง: the subject, in place of the program's own, which says that the scores are a prediction.
    #[schemars(length(max = 300))]
    subject: At<Option<String>>,
    /// เรียน: whom the memo is for.
    #[schemars(length(max = 300), example = &"นายกองค์การบริหารส่วนตำบลนางรอง")]
    to: At<Option<String>>,
    /// วันประกาศผล: the day on which the NACC announced the year's results, year-month-day in the common era; left out before
    /// that.
    #[schemars(extend("format" = "date"), example = &"2020-09-28")]
    announced: At<Option<String>>,
    /// ผู้จัดทำ: the officer who signs.
    officer: At<Option<SignatoryFile>>,
    /// ผู้บังคับบัญชา: the superiors who give their opinion and sign, in that order.
    #[schemars(length(max = 10))]
    #[schemars(with = "Option<Vec<At<SignatoryFile>>>")]
    superiors: At<Option<Superiors>>,
    /// ผู้รับผิดชอบ: who is responsible for the measures.
    #[schemars(length(max = 300), example = &"สำนักปลัด")]
    responsible: At<Option<String>>,
    /// วันเริ่ม: the day on which the measures begin, year-month-day in the common era.
    #[schemars(extend("format" = "date"), example = &"2021-01-01")]
    start: At<Option<String>>,
    /// วันสิ้นสุด: the day by which they are done, year-month-day in the common era.
    #[schemars(extend("format" = "date"), example = &"2021-03-31")]
    end: At<Option<String>>,
    /// การติดตามผล: how the measures are followed up.
    #[schemars(length(max = 300), example = &"รายงานผลการดำเนินการในที่ประชุมประจำเดือน")]
    follow_up: At<Option<String>>,
}

/// Somebody who signs (ผู้ลงนาม).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Signatory")]
pub(super) struct SignatoryFile {
    /// ชื่อ: the name with its title; it is printed in brackets under the signature.
    #[schemars(length(max = 300), example = &"นายสมชาย ใจดี")]
    name: At<Option<String>>,
    /// ตำแหน่ง: the position.
    #[schemars(length(max = 300), example = &"ปลัดองค์การบริหารส่วนตำบล")]
    position: At<Option<String>>,
}

/// The superiors, in each of the forms that they may be written in.
#[derive(Debug, Deserialize)]
#[serde(rename = "$shape", rename_all = "lowercase")]
enum Superiors {
    /// None.
    Nothing,
    /// One name, which is no list.
    Scalar(String),
    /// As they are to be written.
    List(Vec<At<SignatoryFile>>),
    /// One person, who is no list.
    Map,
}

impl Checker<'_> {
    /// The memo that the file asks for; what is wrong in it is left out.
    pub(super) fn memo(&mut self, file: &MemoFile) -> Memo {
        let (date, announced) = (self.day(&file.date), self.day(&file.announced));
        if let (Some(date), Some(announced)) = (date, announced)
            && announced > date
        {
            let help = "a memo is written after the announcement that it names: correct one of the two days, or leave \
                        `announced` out before the announcement";
            self.push(&file.announced, "`announced` is after `date`", help.to_owned());
        }
        let (start, end) = (self.day(&file.start), self.day(&file.end));
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            self.push(&file.end, "`end` is before `start`", "write the later of the two days as `end`".to_owned());
        }
        Memo {
            office: self.line("office", &file.office),
            number: self.line("number", &file.number),
            date,
            subject: self.line("subject", &file.subject),
            to: self.line("to", &file.to),
            announced,
            officer: file.officer.get().map(|officer| self.signatory(officer)),
            superiors: self.superiors(&file.superiors),
            responsible: self.line("responsible", &file.responsible),
            start,
            end,
            follow_up: self.line("follow_up", &file.follow_up),
        }
    }

    fn superiors(&mut self, at: &At<Option<Superiors>>) -> Vec<Signatory> {
        /// An opinion each; more would be a list of staff.
        const MOST: usize = 10;
        let found = match at.get() {
            None | Some(Superiors::Nothing) => return Vec::new(),
            Some(Superiors::List(superiors)) => Ok(superiors),
            Some(Superiors::Scalar(text)) => Err(format!("the text \"{}\"", quoted(text))),
            Some(Superiors::Map) => Err("a map".to_owned()),
        };
        let superiors = match found {
            Ok(superiors) => superiors,
            Err(found) => {
                let help = "write a line with a dash for each: `- {name: ..., position: ...}`";
                self.push(at, format!("expected a list, found {found}"), help.to_owned());
                return Vec::new();
            }
        };
        if superiors.len() > MOST {
            let message = format!("`superiors` has {} people; a memo takes up to {MOST}", superiors.len());
            self.push(at, message, "keep those who sign it".to_owned());
        }
        superiors.iter().filter_map(|one| Some(self.signatory(one.value.as_ref()?))).collect()
    }

    fn signatory(&mut self, file: &SignatoryFile) -> Signatory {
        Signatory { name: self.line("name", &file.name), position: self.line("position", &file.position) }
    }

    fn day(&mut self, at: &At<Option<String>>) -> Option<jiff::civil::Date> {
        at.get().filter(|text| !text.trim().is_empty()).and_then(|text| self.date(text, at))
    }

    /// A text on one line; nothing where it is empty.
    fn line(&mut self, key: &str, at: &At<Option<String>>) -> Option<String> {
        let line = at.get()?.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = line.chars().count();
        if length > LONGEST {
            let message = format!("`{key}` has {length} characters; a memo takes up to {LONGEST}");
            self.push(at, message, "write it shorter".to_owned());
            return None;
        }
        (!line.is_empty()).then_some(line)
    }
}
