//! What a page opens with and what its headings say: by these a reader tells what it is about.

use super::evidence::begins_text;
use crate::model::BlockRole;

/// A line of more characters than this is running text.
const SHORT: usize = 140;

/// Characters of running text that are looked at where nothing shorter opens a page.
const BEGINNING: usize = 160;

/// Lines that may stand before the heading, such as the name of a section of the website.
const BEFORE: usize = 3;

/// Headings that open a page one below the other.
const HEADINGS: usize = 4;

/// Characters that may stand before a web page's heading.
const ABOVE: usize = 400;

/// Lines of a document's cover, or the head of an official paper.
const COVER: usize = 9;

/// A line of a page's opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// It is a heading or a title, so that all of it says what the page is about.
    pub heading: bool,
}

/// Words that begin or end what a space parts in a sentence, and hardly in a title.
const VERBS: &[&str] =
    &["มี", "ได้", "เป็น", "จะ", "ให้", "จัดทำ", "จึง", "ประกอบด้วย", "กำหนด", "ฉบับนี้", "ดังนี้", "ดังกล่าว", "ขอ"];

/// Words with which content managers begin what they put above or below an article by themselves.
const STAMPS: &[&str] = &[
    "ฮิต",
    "วันนี้",
    "เมื่อวาน",
    "อ่าน",
    "เปิดอ่าน",
    "เข้าชม",
    "ผู้ชม",
    "ผู้เข้าชม",
    "ผู้เยี่ยมชม",
    "จำนวนผู้เข้าชม",
    "จำนวนผู้ชม",
    "จำนวนผู้เยี่ยมชม",
    "จำนวนคนเข้าชม",
    "เขียนโดย",
    "โพสต์",
    "โพสเมื่อ",
    "เผยแพร่เมื่อ",
    "แก้ไขล่าสุด",
    "แก้ไขครั้งล่าสุด",
    "ปรับปรุงล่าสุด",
    "ปรับปรุงเมื่อ",
    "สร้างเมื่อ",
    "หมวดหมู่",
    "หมวด:",
    "แชร์",
    "Hits",
    "Views",
    "Posted",
    "Written by",
    "Published",
    "Last Updated",
    "Category",
    "Print",
    "Share",
];

/// Characters of the longest such line.
const STAMP: usize = 70;

/// The lines by which a page says what it is about.
#[derive(Debug, Default)]
pub struct Outline {
    /// What it opens with: its heading and the lines around that, or a document's cover.
    pub label: Vec<Line>,
    /// The line below its heading, where it is short, as a paper's title below the name of a section is.
    pub title: Option<String>,
    /// Its further headings.
    pub sections: Vec<String>,
    /// Whether its heading is nothing but the first line of its text.
    pub heading_in_text: bool,
    /// Short lines and headings, as the rows of a list are.
    pub rows: Vec<String>,
}

impl Outline {
    /// The outline of a page's own lines, links aside.
    pub(super) fn of(lines: &[(BlockRole, &str)], web: bool) -> Self {
        let lines: Vec<(BlockRole, &str)> =
            lines.iter().filter(|(role, text)| is_heading(*role) || !is_stamp(text)).copied().collect();
        let lines = lines.as_slice();
        let (mut label, until) = if web { Self::opening(lines) } else { Self::cover(lines) };
        let first = if web { until.max(1) } else { lines.len() };
        // Some pages say their heading twice.
        let again = |text: &str| label.iter().any(|line| line.heading && line.text == text);
        let below = lines.iter().skip(first).find(|(_, text)| !again(text));
        let title = below.filter(|line| is_title(line)).map(|(_, text)| (*text).to_owned());
        label.retain(|line| !line.text.trim().is_empty());
        let rest = lines.iter().skip(until);
        let opens = |text: &str| label.iter().any(|line| line.text == text);
        let sections =
            rest.filter(|(role, text)| is_heading(*role) && !opens(text)).map(|(_, text)| (*text).to_owned()).collect();
        let short = lines.iter().filter(|(_, text)| is_short(text));
        let heading_in_text = lines.first().is_some_and(|(role, _)| !is_heading(*role));
        Self { label, title, sections, heading_in_text, rows: short.map(|(_, text)| (*text).to_owned()).collect() }
    }

    /// What the page opens with, in one line.
    pub(super) fn says(&self) -> String {
        self.label.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" / ")
    }

    /// What a web page opens with, and where what stands below its heading begins.
    fn opening(lines: &[(BlockRole, &str)]) -> (Vec<Line>, usize) {
        let first = lines.iter().position(|(role, _)| is_heading(*role));
        let above = |at: usize| lines[..at].iter().map(|(_, text)| text.chars().count()).sum::<usize>();
        let Some(first) = first.filter(|at| above(*at) <= ABOVE) else {
            // Many pages make a heading of nothing but large letters.
            let titles = 1 + lines.iter().skip(1).take_while(|line| is_title(line)).count();
            let mut label = beginnings(&lines[..titles.min(lines.len()).min(BEFORE)]);
            label.iter_mut().take(1).for_each(|title| title.heading = true);
            return (label, 1);
        };
        let mut end = first;
        while end < lines.len() && end - first < HEADINGS && is_heading(lines[end].0) {
            end += 1;
        }
        let mut label = beginnings(&lines[first.saturating_sub(BEFORE)..end]);
        label.extend(beginnings(lines.get(end..=end).filter(|next| is_title(&next[0])).unwrap_or_default()));
        label.iter_mut().take(1).for_each(|title| title.heading = true);
        (label, if first == 0 { end } else { 1 })
    }

    /// What a document opens with: short lines up to the first running text.
    fn cover(lines: &[(BlockRole, &str)]) -> (Vec<Line>, usize) {
        let begins = |text: &str| !is_short(text) || begins_text(text);
        let text = lines.iter().take(COVER).position(|(role, text)| !is_heading(*role) && begins(text));
        let until = text.unwrap_or(COVER).max(1).min(lines.len());
        let mut label = beginnings(&lines[..until]);
        label.iter_mut().take(1).for_each(|title| title.heading = true);
        (label, until)
    }
}

fn is_heading(role: BlockRole) -> bool {
    matches!(role, BlockRole::Heading | BlockRole::Title)
}

fn is_short(text: &str) -> bool {
    text.chars().nth(SHORT).is_none()
}

/// Whether a line may be a title, though it is no heading by its form.
fn is_title((role, text): &(BlockRole, &str)) -> bool {
    !is_heading(*role) && is_short(text) && !is_sentence(text)
}

/// Whether a line only counts visitors, or says when and by whom a page was put up.
pub(super) fn is_stamp(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| !c.is_alphabetic());
    text.chars().nth(STAMP).is_none() && STAMPS.iter().any(|word| rest.starts_with(word))
}

/// Whether a line says something rather than names it.
fn is_sentence(text: &str) -> bool {
    // «มี.ค.» is March.
    let is_verb =
        |word: &&str| !word.contains('.') && VERBS.iter().any(|verb| word.starts_with(verb) || word.ends_with(verb));
    text.split_whitespace().any(|word| is_verb(&word))
}

fn beginnings(lines: &[(BlockRole, &str)]) -> Vec<Line> {
    let line = |(role, text): &(BlockRole, &str)| Line {
        text: text.chars().take(BEGINNING).collect(),
        heading: is_heading(*role),
    };
    lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::model::BlockRole::{Cell, Heading, Text};

    #[test]
    fn a_web_page_opens_with_its_heading_and_what_stands_around_it() {
        let long = "ก".repeat(300);
        let lines = [
            (Text, "แผนงานและงบประมาณ"),
            (Heading, "แผนการดำเนินงาน"),
            (Heading, "ประจำปีงบประมาณ พ.ศ. 2563"),
            (Text, "อบต.นางรอง"),
            (Text, &long),
            (Heading, "โครงการ"),
        ];
        let outline = Outline::of(&lines, true);
        let label: Vec<(&str, bool)> = outline.label.iter().map(|line| (line.text.as_str(), line.heading)).collect();
        assert_eq!(
            label,
            [
                ("แผนงานและงบประมาณ", true),
                ("แผนการดำเนินงาน", true),
                ("ประจำปีงบประมาณ พ.ศ. 2563", true),
                ("อบต.นางรอง", false)
            ]
        );
        assert_eq!(outline.sections, ["โครงการ"]);
        assert_eq!(outline.rows.len(), 5);
    }

    #[test]
    fn what_a_content_manager_says_of_a_page_is_no_title() {
        let lines = [(Text, "ฮิต: 1158"), (Text, "จำนวนผู้ใช้บริการ ปี 2563"), (Text, "อ่าน 12 ครั้ง"), (Text, "แผนดำเนินงาน")];
        let outline = Outline::of(&lines, true);
        assert_eq!(outline.says(), "จำนวนผู้ใช้บริการ ปี 2563 / แผนดำเนินงาน");
        assert_eq!(outline.title.as_deref(), Some("แผนดำเนินงาน"));
    }

    #[test]
    fn a_document_opens_with_its_cover() {
        let long = "ก".repeat(300);
        let lines = [(Text, "บันทึกข้อความ"), (Text, "เรื่อง รายงานผล"), (Text, &long), (Cell, "รวม")];
        let outline = Outline::of(&lines, false);
        let label: Vec<&str> = outline.label.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(label, ["บันทึกข้อความ", "เรื่อง รายงานผล"]);
        assert!(Outline::of(&[], true).label.is_empty() && Outline::of(&[], false).label.is_empty());
    }
}
