//! Text of scans and photographs, recognised by tesseract, its digits read again by a classifier of our own.

mod digits;
mod engine;
mod glyph;
mod hocr;
mod net;
mod page;
mod segment;
mod spaces;
mod text;

use std::time::Duration;

pub use engine::{Engine, Missing, OcrError, how_to_install};

use digits::Letter;

use crate::extract::picture::Gray;
use crate::model::Block;

impl Engine {
    /// The paragraphs of a picture's text in the normal form, in reading order, within a time limit for tesseract.
    /// Digits that may be others are marked in [`Block::doubtful`]; the text has the likeliest.
    pub fn recognise(&self, picture: &Gray, limit: Duration) -> Result<Vec<Block>, OcrError> {
        let page = page::ready(picture);
        let hocr = self.hocr(&page, limit)?;
        Ok(blocks(&page, &hocr))
    }
}

/// The paragraphs of a page from tesseract's output and the page itself.
fn blocks(page: &Gray, hocr: &str) -> Vec<Block> {
    let mut lines: Vec<(usize, i32, Vec<Letter>)> = Vec::new();
    for line in hocr::parse(hocr) {
        let paragraph = line.paragraph;
        let (mut letters, height) = digits::reread(page, line);
        // The rules of a table.
        letters.retain(|letter| letter.symbol.text != "|");
        if text::is_text(&letters) {
            lines.push((paragraph, height, letters));
        }
    }
    // Rows of marks that tesseract parted from their letters and took for lines of their own are not half as high.
    let mut heights: Vec<i32> = lines.iter().map(|(_, height, _)| *height).filter(|&height| height > 0).collect();
    heights.sort_unstable();
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(0);
    lines.retain(|(_, height, _)| *height == 0 || height * 2 > usual);
    let paragraphs = lines.chunk_by(|(one, _, _), (other, _, _)| one == other);
    let blocks = paragraphs.map(|lines| lines.iter().map(|(_, _, letters)| letters.clone()).collect::<Vec<_>>());
    blocks.flat_map(|lines| text::blocks(&lines)).collect()
}

#[cfg(test)]
mod tests;
