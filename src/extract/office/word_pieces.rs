//! What the reader of Word documents leaves out: text boxes, drawn `WordArt`, and the text of documents that it gives up on
//! ([MS-DOC] 2.5, 2.8.35 and 2.9.177; [MS-ODRAW] 2.2.9).

use encoding_rs::WINDOWS_1252;

use super::legacy::Compound;
use super::output::Output;
use super::xls_records::{u16_at, u32_at};
use crate::model::{BlockRole, Document, MediaKind};

/// Where the file information block keeps the lengths of the document's parts: the text, footnotes, headers, (unused),
/// comments, endnotes, text boxes, text boxes in headers.
const LENGTHS: usize = 0x4C;
/// Where it keeps the place of the piece table and of the drawings.
const PIECES: usize = 0x01A2;
const DRAWINGS: usize = 0x022A;
/// Text of `WordArt`, as a property of a shape; the high bit says that its value stands behind the list.
const WORD_ART: u16 = 0x80C0;

struct Word {
    text: Vec<u8>,
    table: Vec<u8>,
    /// First character, its place in the text and whether it is one byte; the characters are those up to the next piece.
    pieces: Vec<(usize, usize, bool)>,
    end: usize,
}

/// The text of a document that is damaged; nothing where its table of pieces cannot be read.
pub(super) fn read(bytes: &[u8]) -> Option<Document> {
    let word = Word::open(bytes)?;
    let mut out = Output::new();
    out.damaged = true;
    word.write(0, word.end, &mut out);
    if out.is_empty() {
        return None;
    }
    Some(out.finish(MediaKind::Doc))
}

/// Adds the text boxes and `WordArt` of a document.
pub(super) fn boxes(bytes: &[u8], out: &mut Output) {
    let Some(word) = Word::open(bytes) else {
        return;
    };
    let length = |part: usize| u32_at(&word.text, LENGTHS + part * 4).map_or(0, |length| length as usize);
    let start = [0, 1, 2, 4, 5].into_iter().map(length).fold(0, usize::saturating_add);
    let boxes = start.saturating_add(length(6));
    word.write(start, boxes, out);
    out.chrome = true;
    word.write(boxes, boxes.saturating_add(length(7)), out);
    out.chrome = false;
    word.word_art(out);
}

impl Word {
    fn open(bytes: &[u8]) -> Option<Self> {
        let mut compound = Compound::open(bytes)?;
        let text = compound.stream("WordDocument")?;
        let flags = u16_at(&text, 0x0A)?;
        // Word 97 and later; not encrypted.
        if u16_at(&text, 0)? != 0xA5EC || u16_at(&text, 2)? < 0x00C1 || flags & 0x0100 != 0 {
            return None;
        }
        let table = compound.stream(if flags & 0x0200 == 0 { "0Table" } else { "1Table" })?;
        let mut at = u32_at(&text, PIECES)? as usize;
        // Changes of properties come first.
        while *table.get(at)? == 1 {
            at += 3 + usize::from(u16_at(&table, at + 1)?);
        }
        if *table.get(at)? != 2 {
            return None;
        }
        let size = u32_at(&table, at + 1)? as usize;
        let plc = table.get(at + 5..(at + 5).checked_add(size)?.min(table.len()))?;
        let count = plc.len().checked_sub(4)? / 12;
        let piece = |index: usize| {
            let place = u32_at(plc, (count + 1) * 4 + index * 8 + 2)?;
            let narrow = place & 0x4000_0000 != 0;
            let place = (place & 0x3FFF_FFFF) as usize;
            Some((u32_at(plc, index * 4)? as usize, if narrow { place / 2 } else { place }, narrow))
        };
        let pieces = (0..count).filter_map(piece).collect();
        let end = u32_at(plc, count * 4)? as usize;
        Some(Self { pieces, end, text, table })
    }

    /// Writes the characters from one place to another, a block a paragraph.
    fn write(&self, from: usize, to: usize, out: &mut Output) {
        let mut line = String::new();
        let mut codes = 0_usize;
        for (index, &(first, place, narrow)) in self.pieces.iter().enumerate() {
            let next = self.pieces.get(index + 1).map_or(self.end, |piece| piece.0);
            let (start, end) = (first.max(from), next.min(to));
            if start >= end {
                continue;
            }
            let width = if narrow { 1 } else { 2 };
            // No piece is longer than the text, whatever it says.
            let begin = place.saturating_add((start - first).saturating_mul(width)).min(self.text.len());
            let stop = begin.saturating_add((end - start).saturating_mul(width)).min(self.text.len());
            let bytes = &self.text[begin..stop];
            let decoded =
                if narrow { WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned() } else { utf16(bytes) };
            for c in decoded.chars() {
                match c {
                    // A field: its code, then its result.
                    '\u{13}' => codes += 1,
                    '\u{14}' => codes = codes.saturating_sub(1),
                    '\r' | '\u{7}' | '\u{c}' => {
                        out.block(BlockRole::Text, &line);
                        line.clear();
                        codes = 0;
                    }
                    '\t' | '\u{b}' if codes == 0 => line.push(' '),
                    '\u{1e}' if codes == 0 => line.push('-'),
                    c if codes == 0 && c >= ' ' => line.push(c),
                    _ => {}
                }
            }
            if out.is_full() {
                break;
            }
        }
        out.block(BlockRole::Text, &line);
    }

    fn word_art(&self, out: &mut Output) {
        let place = |at| u32_at(&self.text, at).map(|place| place as usize);
        let (Some(mut at), Some(size)) = (place(DRAWINGS), place(DRAWINGS + 4)) else {
            return;
        };
        let end = at.saturating_add(size).min(self.table.len());
        while at + 8 <= end {
            let (Some(head), Some(kind), Some(length)) =
                (u16_at(&self.table, at), u16_at(&self.table, at + 2), u32_at(&self.table, at + 4))
            else {
                return;
            };
            if !(0xF000..=0xF1FF).contains(&kind) {
                // A byte of Word's own stands between drawings.
                at += 1;
                continue;
            }
            at += 8;
            // Containers are walked into.
            if head & 0x0F == 0x0F {
                continue;
            }
            let next = at.saturating_add(length as usize).min(end);
            if kind == 0xF00B {
                for text in properties(&self.table[at..next], usize::from(head >> 4)) {
                    out.block(BlockRole::Text, &text);
                }
            }
            at = next;
        }
    }
}

/// The texts of `WordArt` among a shape's properties.
fn properties(data: &[u8], count: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let mut value = count * 6;
    for index in 0..count {
        let (Some(id), Some(length)) = (u16_at(data, index * 6), u32_at(data, index * 6 + 2)) else {
            break;
        };
        if id & 0x8000 == 0 {
            continue;
        }
        let next = value.saturating_add(length as usize);
        if id == WORD_ART
            && let Some(bytes) = data.get(value..next)
        {
            texts.push(utf16(bytes).trim_end_matches('\0').to_owned());
        }
        value = next;
    }
    texts
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    String::from_utf16_lossy(&units)
}
