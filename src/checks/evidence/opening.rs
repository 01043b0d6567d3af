//! What opens a document: its title and what stands with it, up to where its text begins.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::flow::Flow;
use crate::model::BlockRole;
use crate::thai::letters;

/// Lines that an opening has at the most.
const LINES: usize = 20;
/// A line of so many letters, in bytes, runs over the whole width of a page.
const FULL_LINE: usize = 165;
/// A line of so many letters, in bytes, is longer than a page is wide: a paragraph, unless a title begins with it.
const LONG_LINE: usize = 330;
/// A line of so many letters, in bytes, is a paragraph whatever it begins.
const PARAGRAPH: usize = 900;
/// A line with so many years is the header of a table.
const COLUMNS: usize = 3;
/// So many full lines one after another are a paragraph.
const FULL_LINES: usize = 3;

/// Words with which the text of an official paper begins, or a part of it that is no title.
const BEGINNINGS: &[&str] = &[
    "ด้วย",
    "ตามที่",
    "โดยที่",
    "อาศัยอำนาจ",
    "เพื่อ",
    "ตามความใน",
    "เนื่องจาก",
    "เนื่องด้วย",
    "เนื่องใน",
    "มาตรา 1",
    "ข้อ 1",
    "เรียน",
    "คำนำ",
    "สารบัญ",
    "บทนำ",
    "บทที่",
    "ส่วนที่",
    "ลำดับ",
    "หลักการและเหตุผล",
    "ความเป็นมา",
    "วัตถุประสงค์",
    "สมเด็จพระ",
    "พระบาทสมเด็จ",
    "ข้าพเจ้า",
    "อ้างถึง",
    "สิ่งที่ส่งมาด้วย",
    "ระเบียบวาระ",
    "ผู้มาประชุม",
    "เริ่มประชุม",
    "ตามพระราช",
    "ตามมาตรา",
    "ตามระเบียบ",
    "ในการ",
    "จากการ",
    "ตามหนังสือ",
    "ตามประกาศ",
    "ตามคำสั่ง",
    "ปัจจุบัน",
    "ประวัติ",
    "บทคัดย่อ",
    "สัญญาฉบับนี้",
    "สัญญานี้",
    "ระหว่าง",
    "ผู้ใด",
    "หลักเกณฑ์ วิธีการ",
];

/// Words with which the name of a law, rule, order or announcement begins.
const LAWS: &[&str] = &[
    "พระราชบัญญัติ",
    "พระราชกฤษฎีกา",
    "พระราชกำหนด",
    "รัฐธรรมนูญ",
    "กฎกระทรวง",
    "กฎ ก",
    "ระเบียบ",
    "ข้อบังคับ",
    "ประกาศ",
    "คำสั่ง",
    "ประมวล",
    "ข้อบัญญัติ",
    "เทศบัญญัติ",
    "ข้อกำหนด",
    "หลักเกณฑ์",
    "มติ",
];

static BEGINNING_LETTERS: LazyLock<Vec<String>> =
    LazyLock::new(|| BEGINNINGS.iter().map(|word| letters(word)).collect());
static LAW_LETTERS: LazyLock<Vec<String>> = LazyLock::new(|| LAWS.iter().map(|word| letters(word)).collect());

/// Where a document's opening is.
#[derive(Debug, Default)]
pub(super) struct Opening {
    end: usize,
    /// Blocks further down that the reader took for the title.
    titles: Vec<Range<usize>>,
    /// The document is a law, rule, order or announcement by its title.
    pub(super) is_law: bool,
}

impl Opening {
    pub(super) fn of(flow: &Flow<'_>) -> Self {
        let mut opening = Self::default();
        let mut first_page = None;
        let mut full = Vec::new();
        let mut titled = false;
        for (at, block) in flow.blocks().take(LINES) {
            let line = letters(&block.text);
            let page = *first_page.get_or_insert(block.page);
            if block.page != page || is_paragraph(&line, titled, block.role) || is_beginning(&line) || is_header(&line)
            {
                break;
            }
            if is_rule(&line) {
                if titled {
                    break;
                }
                continue;
            }
            if line.len() < FULL_LINE {
                full.clear();
            } else {
                full.push(at.start);
                if full.len() == FULL_LINES {
                    opening.end = full[0];
                    break;
                }
            }
            if !titled && !is_running_head(&line) {
                titled = true;
                opening.is_law = LAW_LETTERS.iter().any(|word| line.starts_with(word.as_str()));
            }
            opening.end = at.end;
        }
        if !is_readable(&flow.text[..opening.end]) {
            opening.end = 0;
        }
        let end = opening.end;
        let further =
            flow.blocks().filter(|(at, block)| block.role == BlockRole::Title && block.page <= 1 && at.start >= end);
        opening.titles = further.map(|(at, _)| at).collect();
        opening
    }

    /// Whether a place is in it.
    pub(super) fn holds(&self, at: &Range<usize>) -> bool {
        at.end <= self.end || self.titles.iter().any(|title| title.start <= at.start && at.end <= title.end)
    }
}

/// Whether a text is made of words, and is not the garbage that a font without a map to characters leaves.
fn is_readable(text: &str) -> bool {
    let (mut words, mut signs) = (0_usize, 0_usize);
    for c in letters(text).chars() {
        if c.is_alphabetic() {
            words += 1;
        } else if !c.is_ascii_digit() && !"\n.…_*-–—/(),:".contains(c) {
            signs += 1;
        }
    }
    words > 3 * signs
}

/// Whether a line is the header of a table with a column a year: several, and no period among them.
fn is_header(line: &str) -> bool {
    let years = line.match_indices("25").filter_map(|(at, _)| line.get(at..at + 4));
    let years: BTreeSet<&str> = years.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).collect();
    years.len() >= COLUMNS && !line.contains(['-', '–', '('])
}

/// Whether a line is running text by its length.
fn is_paragraph(line: &str, titled: bool, role: BlockRole) -> bool {
    let title = !titled || role != BlockRole::Text || line.starts_with("เรอง");
    line.len() > if title { PARAGRAPH } else { LONG_LINE }
}

/// Whether a document's text begins with a line, so that its title is over.
pub(in crate::checks) fn begins_text(line: &str) -> bool {
    is_beginning(&letters(line))
}

/// Whether a line begins the text: by its words, or as the first of numbered paragraphs.
fn is_beginning(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < line.len() && line.len() - rest.len() <= 2 && rest.starts_with(['.', ')'])
        || line.starts_with("(1)");
    numbered || BEGINNING_LETTERS.iter().any(|word| line.starts_with(word.as_str()))
}

/// Whether a line is drawn, such as a row of asterisks under a title.
fn is_rule(line: &str) -> bool {
    line.len() >= 6 && !line.chars().any(char::is_alphanumeric)
}

/// Whether a line stands above the title: the gazette's head, a page number.
fn is_running_head(line: &str) -> bool {
    !line.chars().any(char::is_alphabetic)
        || line.contains("ราชกจจาน")
        || ["หนา", "เลม"]
            .iter()
            .any(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
}
