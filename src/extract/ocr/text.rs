//! Paragraphs and cells of text from the characters of a page.

use super::digits::Letter;
use crate::model::{Block, BlockRole};
use crate::thai;

/// How sure tesseract has to be of a line's letters in the middle, 0 to 100, for the line to count as text.
const LEAST_SURE: f32 = 40.0;

/// Text with its digits' doubts.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// For each digit in turn, whether it is doubtful.
    doubts: Vec<bool>,
}

impl Words {
    /// Adds a line's letters, or those of a part of one.
    fn push(&mut self, letters: &[Letter]) {
        for (at, letter) in letters.iter().enumerate() {
            if (letter.apart || at == 0) && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(&letter.symbol.text);
            self.doubts.extend(digits(&letter.symbol.text).map(|_| letter.doubtful));
        }
    }

    /// The text as a block in the normal form, which keeps digits and their order.
    fn block(self, role: BlockRole) -> Option<Block> {
        let text = thai::normalize(&self.text);
        let offset = |at: usize| u32::try_from(at).ok();
        let mut doubtful = Vec::new();
        for ((at, digit), &doubt) in digits(&text).zip(&self.doubts) {
            if let (true, Some(from), Some(to)) = (doubt, offset(at), offset(at + digit.len_utf8())) {
                doubtful.push(from..to);
            }
        }
        if text.is_empty() {
            return None;
        }
        let mut block = Block::new(text, role);
        block.doubtful = (!doubtful.is_empty()).then(|| doubtful.into_boxed_slice());
        Some(block)
    }
}

/// The text of a paragraph's lines: one block, or one for each column where they are the lines of a table's row.
///
/// tesseract reads a row whose cells have several lines straight across. Lines are parted at wide gaps, and the parts
/// that share columns of the page belong together; a line that spans the page shares columns with all and makes one of
/// them.
pub(super) fn blocks(lines: &[Vec<Letter>]) -> Vec<Block> {
    let mut parts: Vec<(Span, &[Letter])> = Vec::new();
    for line in lines {
        let cells = if lines.len() > 1 { cells(line) } else { vec![line.as_slice()] };
        parts.extend(cells.into_iter().filter_map(|cell| Some((span(cell)?, cell))));
    }
    let columns = columns(parts.iter().map(|(span, _)| *span).collect());
    let role = if columns.len() > 1 { BlockRole::Cell } else { BlockRole::Text };
    let of_column = |column: &Span| {
        let mut words = Words::default();
        for (_, letters) in parts.iter().filter(|(span, _)| column.0 <= span.0 && span.0 <= column.1) {
            words.push(letters);
        }
        words.block(role)
    };
    columns.iter().filter_map(of_column).collect()
}

/// The left and right ends of something, in pixels.
type Span = (i32, i32);

/// The span of some letters.
fn span(letters: &[Letter]) -> Option<Span> {
    let left = letters.iter().map(|letter| letter.symbol.bounds.left).min()?;
    let right = letters.iter().map(|letter| letter.symbol.bounds.right).max()?;
    Some((left, right))
}

/// The parts of a line between gaps that are wider than its letters are high.
fn cells(line: &[Letter]) -> Vec<&[Letter]> {
    let mut heights: Vec<i32> = line.iter().map(|letter| letter.symbol.bounds.height()).collect();
    heights.sort_unstable();
    let wide = heights.get(heights.len() / 2).copied().unwrap_or(0);
    // A year stays with its era, however far lines of even length pull them apart.
    let keeps_era = |left: &Letter, right: &Letter| left.symbol.text == "." && digits(&right.symbol.text).count() > 0;
    let is_near = |left: &Letter, right: &Letter| {
        let gap = right.symbol.bounds.left - left.symbol.bounds.right;
        !right.apart || gap < wide || keeps_era(left, right)
    };
    line.chunk_by(is_near).collect()
}

/// Spans that overlap, as one; from left to right.
fn columns(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut columns: Vec<Span> = Vec::new();
    for span in spans {
        match columns.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => columns.push(span),
        }
    }
    columns
}

/// The digits of a text, Thai and Arabic, with their places.
fn digits(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| matches!(c, '0'..='9' | '๐'..='๙'))
}

/// Whether a line is text, and not what tesseract sees in emblems, stamps, signatures and frames: it is sure of most of
/// it, and there is a word of three letters, or nothing but numbers.
pub(super) fn is_text(letters: &[Letter]) -> bool {
    let mut sure: Vec<f32> = letters.iter().map(|letter| letter.symbol.sure).collect();
    sure.sort_by(f32::total_cmp);
    let median = sure.get(sure.len() / 2).copied().unwrap_or(0.0);
    let is = |letter: &Letter, class: fn(char) -> bool| letter.symbol.text.chars().any(class);
    let meant = letters.iter().filter(|letter| is(letter, char::is_alphanumeric)).count();
    let words = letters.chunk_by(|_, next| !next.apart);
    let longest = words.map(|word| word.iter().filter(|letter| is(letter, char::is_alphabetic)).count()).max();
    let is_number = letters.iter().all(|letter| !is(letter, char::is_alphabetic));
    let is_sure = |letter: &Letter| is(letter, char::is_numeric) && !letter.doubtful;
    let has_number = letters.windows(2).any(|pair| pair.iter().all(is_sure) && !pair[1].apart);
    median >= LEAST_SURE && meant * 2 >= letters.len() && (longest >= Some(3) || is_number || has_number)
}
