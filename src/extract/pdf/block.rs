//! Pieces of lines to blocks: rows and paragraphs, and which of them are headings.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "places on a page, in points, are far from the limits of their types, and conversions saturate"
)]

use super::line::Piece;
use crate::model::{Block, BlockRole};
use crate::thai;

/// How much larger than running text a heading is.
const LARGER: f32 = 1.12;
/// Characters of the longest heading.
const MAX_HEADING: usize = 200;

/// A paragraph, or a row of a table.
struct Paragraph<'p> {
    text: String,
    /// Its last line.
    last: &'p Piece,
    /// Its last line is of one piece, so that the next may go on with it.
    single: bool,
    size: f32,
    bold: bool,
    centred: bool,
}

/// The size of running text: that of the most characters of a document.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    /// Characters by size, in half points.
    counts: Vec<u32>,
}

impl Sizes {
    pub(super) fn add(&mut self, pieces: &[Piece]) {
        self.counts.resize(200, 0);
        for piece in pieces {
            if let Some(count) = self.counts.get_mut((piece.size * 2.0).round() as usize) {
                *count = count.saturating_add(u32::try_from(piece.text.len()).unwrap_or(0));
            }
        }
    }

    pub(super) fn body(&self) -> f32 {
        let most = self.counts.iter().enumerate().max_by_key(|(_, count)| **count);
        most.map_or(0.0, |(size, _)| size as f32 / 2.0)
    }
}

/// The blocks of a page; `body` is the size of running text.
pub(super) fn blocks(pieces: &[Piece], page: u32, width: f32, body: f32) -> Vec<Block> {
    let paragraphs = paragraphs(pieces, width);
    let largest = paragraphs.iter().filter(|p| is_wordy(&p.text)).map(|p| p.size).fold(0.0, f32::max);
    let mut titled = false;
    let mut blocks = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let text = thai::normalize(&paragraph.text);
        if text.is_empty() {
            continue;
        }
        let short = text.chars().count() <= MAX_HEADING && is_wordy(&text);
        let large = paragraph.size > body * LARGER;
        let role = if !short || !paragraph.single {
            BlockRole::Text
        } else if page == 1 && large && !titled && paragraph.size > largest * 0.97 {
            titled = true;
            BlockRole::Title
        } else if large || (paragraph.centred && (paragraph.bold || (page == 1 && blocks.len() < 3))) {
            BlockRole::Heading
        } else {
            BlockRole::Text
        };
        blocks.push(Block { page, ..Block::new(text, role) });
    }
    blocks
}

/// Whether a text has words, not only figures and signs.
fn is_wordy(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(4).count() == 4
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn paragraphs(pieces: &[Piece], width: f32) -> Vec<Paragraph<'_>> {
    let mut paragraphs: Vec<Paragraph<'_>> = Vec::new();
    let margins = Margins::new(pieces);
    for piece in pieces {
        if let Some(paragraph) = paragraphs.last_mut() {
            let last = paragraph.last;
            let em = last.size.max(piece.size);
            let same = (last.turn, last.hidden) == (piece.turn, piece.hidden);
            if same && (last.y - piece.y).abs() <= 0.35 * em && piece.x >= last.end - 0.3 * em {
                paragraph.text.push_str("  ");
                paragraph.text.push_str(&piece.text);
                (paragraph.last, paragraph.single) = (piece, false);
                paragraph.centred = false;
                continue;
            }
            if same && paragraph.goes_on(piece, margins.right(last)) {
                if !parts_a_year(&paragraph.text, &piece.text) {
                    paragraph.text.push(' ');
                }
                paragraph.text.push_str(&piece.text);
                (paragraph.last, paragraph.single) = (piece, true);
                continue;
            }
        }
        let (left, right) = (piece.x, width - piece.end);
        paragraphs.push(Paragraph {
            text: piece.text.clone(),
            last: piece,
            single: true,
            size: piece.size,
            bold: piece.bold,
            centred: left > 0.08 * width && (left - right).abs() < 0.12 * width,
        });
    }
    paragraphs
}

/// Whether a line ends within a year of the Buddhist era and the next goes on with it.
fn parts_a_year(before: &str, after: &str) -> bool {
    let is_digit = |c: &char| c.is_ascii_digit() || ('๐'..='๙').contains(c);
    let head: Vec<char> = before.chars().rev().take_while(is_digit).take(4).collect();
    let tail = after.chars().take_while(is_digit).take(4).count();
    let starts = |first, second| head.ends_with(&[second, first]);
    matches!(head.len(), 2..=3) && head.len() + tail == 4 && (starts('2', '5') || starts('๒', '๕'))
}

impl Paragraph<'_> {
    /// Whether a piece is the next line of the paragraph.
    fn goes_on(&self, piece: &Piece, right: f32) -> bool {
        let last = self.last;
        // Rows of figures do not go on.
        if !(has_letters(&last.text) && has_letters(&piece.text) || parts_a_year(&last.text, &piece.text)) {
            return false;
        }
        let em = last.size.max(piece.size);
        let down = piece.y - last.y;
        if down <= 0.3 * em || down > 2.3 * em || last.size.min(piece.size) < 0.88 * em {
            return false;
        }
        // A line of running text goes on where it is full and the next is not indented.
        let full = last.end >= right - 3.5 * em && piece.x <= last.x + 0.6 * em && piece.x >= last.x - 8.0 * em;
        // Lines of a heading are broken by hand.
        let middle = (last.x + last.end - piece.x - piece.end).abs() / 2.0;
        let heading = self.centred && self.bold == piece.bold && self.single && middle < 1.5 * em && down < 2.0 * em;
        (full && self.bold == piece.bold && (self.single || last.x < piece.end)) || heading
    }
}

/// How far to the right lines go, by where they stand across the page.
struct Margins {
    /// The farthest end of the lines over each tenth of the page's pieces' width.
    ends: [f32; 16],
    left: f32,
    step: f32,
}

impl Margins {
    fn new(pieces: &[Piece]) -> Self {
        let flat = || pieces.iter().filter(|piece| piece.turn == 0);
        let left = flat().map(|piece| piece.x).fold(f32::MAX, f32::min);
        let far = flat().map(|piece| piece.end).fold(0.0, f32::max);
        let step = ((far - left) / 16.0).max(1.0);
        let mut margins = Self { ends: [0.0; 16], left, step };
        for piece in flat() {
            for place in margins.place(piece.x)..=margins.place(piece.end) {
                margins.ends[place] = margins.ends[place].max(piece.end);
            }
        }
        margins
    }

    fn place(&self, x: f32) -> usize {
        // Saturating, so that nonsense stays within.
        (((x - self.left) / self.step) as usize).min(15)
    }

    fn right(&self, piece: &Piece) -> f32 {
        self.ends[self.place(piece.end)]
    }
}
