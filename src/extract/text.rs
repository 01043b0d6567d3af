//! Plain text, a block a line, and tables of separated values, a block a row.

use crate::model::{Block, BlockRole, Document, MediaKind, Readability};
use crate::thai;

/// Blocks that are kept of one text.
const MAX_BLOCKS: usize = 300_000;
/// Bytes of a cell in quotation marks; after so many the mark was no quotation.
const MAX_CELL: usize = 100_000;
/// Lines by which the separator is told.
const SAMPLE: usize = 20;

/// Reads text that has been decoded.
pub(super) fn read(text: &str) -> Document {
    let lines = text.lines().map(thai::normalize).map(|line| Block::new(line, BlockRole::Text));
    document(MediaKind::Text, lines)
}

/// Reads separated values that have been decoded.
pub(super) fn table(text: &str) -> Document {
    let separator = separator(text).unwrap_or(',');
    let rows = Rows::new(text, separator).map(|row| Block::new(thai::normalize(&row.join("  ")), BlockRole::Cell));
    document(MediaKind::Csv, rows)
}

fn document(kind: MediaKind, blocks: impl Iterator<Item = Block>) -> Document {
    let mut blocks = blocks.filter(|block| !block.text.is_empty());
    let kept: Vec<Block> = blocks.by_ref().take(MAX_BLOCKS).collect();
    let readability = if blocks.next().is_some() { Readability::Partial } else { Readability::Full };
    Document { readability, blocks: kept, ..Document::unread(kind) }
}

/// The separator of a table: the one that every row of a sample has, equally often. A single comma in each of a few lines
/// is prose.
pub(super) fn separator(text: &str) -> Option<char> {
    ['\t', ';', ',', '|'].into_iter().find(|separator| {
        // One row more, because a sample that was cut off ends within one.
        let counts: Vec<usize> = Rows::new(text, *separator)
            .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
            .take(SAMPLE + 1)
            .map(|row| row.len())
            .collect();
        let counts = if counts.len() > 2 { &counts[..counts.len() - 1] } else { &counts };
        let columns = counts.first().copied().unwrap_or(0);
        let least = if *separator == '\t' || counts.len() > 2 { 2 } else { 3 };
        counts.len() > 1 && columns >= least && counts.iter().all(|count| *count == columns)
    })
}

/// The rows of a table (RFC 4180): a cell in quotation marks may hold separators, line ends and doubled marks.
struct Rows<'a> {
    rest: &'a str,
    separator: char,
    /// How many quotations may still turn out to have no end; each costs a look at what follows.
    trust: u8,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, separator, trust: 8 }
    }
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = vec![String::new()];
        let mut quoted = false;
        let mut chars = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, c)) = chars.next() {
            let cell = row.last_mut()?;
            match c {
                '"' if quoted => {
                    if chars.peek().is_some_and(|(_, next)| *next == '"') {
                        chars.next();
                        cell.push('"');
                    } else {
                        quoted = false;
                    }
                }
                '"' if self.trust > 0 && cell.trim().is_empty() => {
                    cell.clear();
                    quoted = true;
                }
                '\n' if !quoted => {
                    end = at + 1;
                    break;
                }
                c if c == self.separator && !quoted => row.push(String::new()),
                c => {
                    cell.push(c);
                    if quoted && cell.len() > MAX_CELL {
                        break;
                    }
                }
            }
        }
        if quoted && row.last().is_some_and(|cell| cell.contains('\n')) {
            // A mark that is never closed is no quotation: the line ends where it ends.
            self.trust = self.trust.saturating_sub(1);
            end = self.rest.find('\n').map_or(self.rest.len(), |at| at + 1);
            row = self.rest[..end].split(self.separator).map(ToOwned::to_owned).collect();
        }
        self.rest = &self.rest[end..];
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::{read, separator, table};
    use crate::model::{BlockRole, MediaKind};

    fn rows(text: &str) -> Vec<String> {
        table(text).blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_of_text_are_blocks() {
        let document = read("แผน\r\n\r\n ปี  ๒๕๖๓\n");
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["แผน", "ปี ๒๕๖๓"]);
        assert_eq!(document.kind, MediaKind::Text);
    }

    #[test]
    fn rows_of_a_table_are_blocks_whatever_parts_them() {
        for (text, expected) in [
            ("ลำดับ,โครงการ,ปี\n1,\"จ้าง, ซื้อ\",2563\n", ["ลำดับ โครงการ ปี", "1 จ้าง, ซื้อ 2563"]),
            ("ลำดับ;โครงการ;ปี\r\n1;\"บรรทัด\nสอง \"\"ก\"\"\";2563", ["ลำดับ โครงการ ปี", "1 บรรทัด สอง \"ก\" 2563"]),
            ("ลำดับ\tโครงการ\n1\tปี 2563\n", ["ลำดับ โครงการ", "1 ปี 2563"]),
        ] {
            assert_eq!(rows(text), expected);
        }
        assert!(table("ก,ข,ค\n1,2,3").blocks.iter().all(|block| block.role == BlockRole::Cell));
    }

    #[test]
    fn an_unclosed_quotation_costs_its_line_only() {
        assert_eq!(rows("ก,ข,ค\n\"1,2,3\n4,5,6\n"), ["ก ข ค", "\"1 2 3", "4 5 6"]);
    }

    #[test]
    fn prose_is_no_table() {
        assert_eq!(separator("เรียน ท่านนายก, อบต.\nขอแสดงความนับถือ\nปี 2563"), None);
        assert_eq!(separator("one, two\nthree, four"), None);
        assert_eq!(separator("ก,ข,ค\n1,2,3\n4,5,6"), Some(','));
        assert_eq!(separator(""), None);
    }
}
