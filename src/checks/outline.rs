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

/// The lines by which a page says what it is about.
#[derive(Debug, Default)]
pub struct Outline {
    /// What it opens with: its heading and the lines around that, or a document's cover.
    pub label: Vec<Line>,
    /// Its further headings.
    pub sections: Vec<String>,
    /// Short lines and headings, as the rows of a list are.
    pub rows: Vec<String>,
}

impl Outline {
    /// The outline of a page's own lines, links aside.
    pub(super) fn of(lines: &[(BlockRole, &str)], web: bool) -> Self {
        let (mut label, until) = if web { Self::opening(lines) } else { Self::cover(lines) };
        label.retain(|line| !line.text.trim().is_empty());
        let rest = lines.iter().skip(until);
        let sections = rest.filter(|(role, _)| is_heading(*role)).map(|(_, text)| (*text).to_owned()).collect();
        let short = lines.iter().filter(|(_, text)| is_short(text));
        Self { label, sections, rows: short.map(|(_, text)| (*text).to_owned()).collect() }
    }

    /// What the page opens with, in one line.
    pub(super) fn says(&self) -> String {
        self.label.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" / ")
    }

    /// What a web page opens with, and how many of its lines that takes.
    fn opening(lines: &[(BlockRole, &str)]) -> (Vec<Line>, usize) {
        let first = lines.iter().position(|(role, _)| is_heading(*role));
        let above = |at: usize| lines[..at].iter().map(|(_, text)| text.chars().count()).sum::<usize>();
        let Some(first) = first.filter(|at| above(*at) <= ABOVE) else {
            return (beginnings(&lines[..lines.len().min(BEFORE)]), 0);
        };
        let mut end = first;
        while end < lines.len() && end - first < HEADINGS && is_heading(lines[end].0) {
            end += 1;
        }
        let mut label = beginnings(&lines[first.saturating_sub(BEFORE)..end]);
        label.extend(beginnings(lines.get(end..=end).filter(|next| is_short(next[0].1)).unwrap_or_default()));
        (label, end)
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
                ("แผนงานและงบประมาณ", false),
                ("แผนการดำเนินงาน", true),
                ("ประจำปีงบประมาณ พ.ศ. 2563", true),
                ("อบต.นางรอง", false)
            ]
        );
        assert_eq!(outline.sections, ["โครงการ"]);
        assert_eq!(outline.rows.len(), 5);
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
