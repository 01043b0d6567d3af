//! Where a line has spaces: tesseract parts Thai into single letters, so that its words do not tell.

use super::digits::Letter;
use super::glyph::Piece;

/// The gaps of a line.
#[derive(Debug)]
pub(super) struct Gaps {
    /// The middles of the gaps that are spaces, from left to right.
    middles: Vec<i32>,
    /// The least width in pixels of a gap that is a space.
    pub(super) space: i32,
}

impl Gaps {
    /// The gaps between a line's pieces of ink. `height` is that of its small letters.
    pub(super) fn of(pieces: &[Piece], height: i32) -> Self {
        let mut spans: Vec<(i32, i32)> = pieces.iter().map(|piece| (piece.bounds.left, piece.bounds.right)).collect();
        spans.sort_unstable();
        let mut gaps = Vec::new();
        let mut end = spans.first().map_or(0, |span| span.0);
        for (left, right) in spans {
            if left > end {
                gaps.push((end, left));
            }
            end = end.max(right);
        }
        let mut widths: Vec<i32> = gaps.iter().map(|(from, to)| to - from).collect();
        widths.sort_unstable();
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
        // A space is a third of the letters' height and more; twice the usual gap where letters are spaced out.
        let space = (height * 9 / 25).max(usual * 2);
        gaps.retain(|(from, to)| to - from >= space);
        Self { middles: gaps.into_iter().map(|(from, to)| i32::midpoint(from, to)).collect(), space }
    }

    /// Marks the letters that stand behind a space. tesseract's places of letters are rough, so a space never parts a
    /// vowel or mark from its consonant.
    pub(super) fn mark(&self, letters: &mut [Letter]) {
        for letter in letters.iter_mut() {
            letter.apart = false;
        }
        let mut at = 0;
        for &middle in &self.middles {
            at += letters[at..].iter().take_while(|letter| letter.symbol.bounds.centre() < middle).count();
            if letters.get(at).is_some_and(|letter| letter.joined) {
                continue;
            }
            let mut place = at;
            while letters.get(place).is_some_and(|letter| letter.symbol.text.starts_with(follows)) {
                place += 1;
            }
            while place > 0 && letters[place - 1].symbol.text.ends_with(leads) {
                place -= 1;
            }
            if let Some(letter) = letters.get_mut(place) {
                letter.apart = true;
            }
        }
    }
}

/// Whether a character always follows a consonant.
fn follows(c: char) -> bool {
    matches!(c, 'ะ'..='\u{0E3A}' | 'ๅ' | '\u{0E47}'..='\u{0E4E}')
}

/// Whether a character always stands before a consonant.
fn leads(c: char) -> bool {
    matches!(c, 'เ'..='ไ')
}
