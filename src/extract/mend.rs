//! Puts right what the text of a file has suffered, by what the whole of it shows.

use std::ops::Range;

use crate::model::{Block, Document, ReadNote};
use crate::thai::Repair;

/// Repairs a document's text, and notes that it did.
pub(super) fn document(document: &mut Document) {
    if blocks(&mut document.blocks) {
        document.notes.push(ReadNote::Repaired);
    }
}

/// Repairs the text of blocks that belong together; whether there was anything to repair.
pub(super) fn blocks(blocks: &mut [Block]) -> bool {
    let repair = Repair::of(blocks.iter().map(|block| block.text.as_str()));
    let mut repaired = false;
    for block in blocks {
        let Some(text) = repair.line(&block.text) else { continue };
        let doubtful = block.doubtful.as_deref().map(|doubtful| moved(&block.text, &text, doubtful));
        // Where it is not known any more which digits are in doubt, the text stays as it was read.
        if doubtful == Some(None) {
            continue;
        }
        block.doubtful = doubtful.flatten();
        block.text = text;
        repaired = true;
    }
    repaired
}

/// The ranges of the same digits in another text, if it has as many as the first.
fn moved(from: &str, to: &str, ranges: &[Range<u32>]) -> Option<Box<[Range<u32>]>> {
    let digits = |text: &str| -> Vec<Range<u32>> {
        let digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit() || ('๐'..='๙').contains(c));
        let range = |(at, c): (usize, char)| Some(u32::try_from(at).ok()?..u32::try_from(at + c.len_utf8()).ok()?);
        digits.filter_map(range).collect()
    };
    let (old, new) = (digits(from), digits(to));
    if old.len() != new.len() {
        return None;
    }
    let same = |range: &Range<u32>| {
        let first = old.iter().position(|digit| digit.start >= range.start)?;
        let last = old.iter().rposition(|digit| digit.end <= range.end)?;
        (first <= last).then(|| new[first].start..new[last].end)
    };
    ranges.iter().map(same).collect()
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::model::{Block, BlockRole};

    #[test]
    fn doubt_stays_with_its_digits() {
        let text = "ส านักงานปลัด จ านวน ๒๕๖๓ คน ประจ าปี ๒๕๖๔";
        let at = u32::try_from(text.find("๖๔").unwrap()).unwrap();
        let mut read = [Block {
            doubtful: Some(std::iter::once(at..at + 6).collect()),
            ..Block::new(text.to_owned(), BlockRole::Text)
        }];
        assert!(blocks(&mut read));
        assert_eq!(read[0].text, "สำนักงานปลัด จำนวน ๒๕๖๓ คน ประจำปี ๒๕๖๔");
        let doubtful = &read[0].doubtful.as_ref().unwrap()[0];
        assert_eq!(read[0].text.get(doubtful.start as usize..doubtful.end as usize), Some("๖๔"));
    }
}
