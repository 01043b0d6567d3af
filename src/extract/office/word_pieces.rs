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

/// Where it keeps the places of the texts of footnotes, headers and endnotes, each a list of characters' places.
const STORIES: [usize; 3] = [0xB2, 0xF2, 0x212];
/// Where Word 6 and 95 keep the length of the text.
const OLD_LENGTH: usize = 0x34;

struct Word {
    text: Vec<u8>,
    table: Vec<u8>,
    /// First character, its place in the text and whether it is one byte; the characters are those up to the next piece.
    pieces: Vec<(usize, usize, bool)>,
    end: usize,
}

/// Whether no length in a document is more than there are bytes. The other reader reserves memory by them.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let fits = |length: Option<u32>| length.is_none_or(|length| length as usize <= bytes.len());
    let Some(word) = Word::open(bytes) else {
        let text = Compound::open(bytes).and_then(|mut compound| compound.stream("WordDocument"));
        return text.is_none_or(|text| fits(u32_at(&text, LENGTHS)) && fits(u32_at(&text, OLD_LENGTH)));
    };
    let stories = STORIES.into_iter().all(|story| {
        let (start, size) = (u32_at(&word.text, story), u32_at(&word.text, story + 4));
        let start = start.map_or(0, |start| start as usize);
        let end = start.saturating_add(size.map_or(0, |size| size as usize)).min(word.table.len());
        word.table.get(start..end).unwrap_or_default().chunks_exact(4).all(|place| fits(u32_at(place, 0)))
    });
    // Pieces that do not follow each other would be read again and again.
    let ordered = word.pieces.windows(2).all(|two| two[0].0 <= two[1].0);
    fits(u32_at(&word.text, LENGTHS))
        && stories
        && ordered
        && word.pieces.last().is_none_or(|last| last.0 <= word.end)
        && word.end <= bytes.len()
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
        Some(Self { text, table, pieces, end })
    }

    /// Writes the characters from one place to another, a block a paragraph.
    fn write(&self, from: usize, to: usize, out: &mut Output) {
        let mut line = String::new();
        let mut codes = 0_usize;
        // Pieces do not overlap; those of a hostile file may.
        let mut room = self.text.len();
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
            let bytes = &self.text[begin..stop.min(begin.saturating_add(room))];
            room -= bytes.len();
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::{Word, boxes, is_sound, read};
    use crate::extract::office::output::Output;
    use crate::model::{MediaKind, Readability};

    fn put(bytes: &mut [u8], at: usize, value: u32) {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// A document of a body, a text box and a piece of `WordArt`. The body is of two pieces, one of them of bytes.
    fn document() -> Vec<u8> {
        let (body, narrow, boxed, art) = ("แผน \u{13}PAGE\u{14}๗\u{15} ปี ", "2563\r", "ปกเอกสาร\r", "คู่มือ\0");
        let lengths = [body, narrow, boxed].map(|text| u32::try_from(text.encode_utf16().count()).unwrap());
        let mut text = vec![0; 0x400];
        text[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
        put(&mut text, 0x4C, lengths[0] + lengths[1]);
        put(&mut text, 0x64, lengths[2]);
        let mut places = Vec::new();
        for (part, is_narrow) in [(utf16(body), false), (narrow.as_bytes().to_vec(), true), (utf16(boxed), false)] {
            let place = u32::try_from(text.len()).unwrap();
            places.push(if is_narrow { (place * 2) | 0x4000_0000 } else { place });
            text.extend(part);
        }
        // A change of properties, then the table of pieces.
        let mut table = vec![1, 2, 0, 9, 9, 2];
        table.extend((4 * 4 + 3 * 8_u32).to_le_bytes());
        let mut at = 0;
        table.extend(0_u32.to_le_bytes());
        for length in lengths {
            at += length;
            table.extend(at.to_le_bytes());
        }
        for place in places {
            table.extend([0, 0]);
            table.extend(place.to_le_bytes());
            table.extend([0, 0]);
        }
        // A container of a shape with one simple and one complex property, behind a byte of Word's own.
        put(&mut text, 0x022A, u32::try_from(table.len()).unwrap());
        let art = utf16(art);
        let length = u32::try_from(art.len()).unwrap();
        let mut properties = vec![0x23, 0, 0x0B, 0xF0];
        properties.extend((12 + length).to_le_bytes());
        properties.extend([0x7F, 0, 1, 0, 0, 0, 0xC0, 0x80]);
        properties.extend(length.to_le_bytes());
        properties.extend(art);
        let mut drawing = vec![0, 0x0F, 0, 4, 0xF0];
        drawing.extend(u32::try_from(properties.len()).unwrap().to_le_bytes());
        drawing.extend(properties);
        put(&mut text, 0x022E, u32::try_from(drawing.len()).unwrap());
        table.extend(drawing);
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/WordDocument").unwrap().write_all(&text).unwrap();
        file.create_stream("/0Table").unwrap().write_all(&table).unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn text_boxes_and_word_art_are_found() {
        let mut out = Output::new();
        boxes(&document(), &mut out);
        let document = out.finish(MediaKind::Doc);
        assert_eq!(document.blocks.iter().map(|block| &*block.text).collect::<Vec<_>>(), ["ปกเอกสาร", "คู่มือ"]);
    }

    #[test]
    fn a_document_is_read_by_its_pieces() {
        let document = read(&document()).unwrap();
        let texts: Vec<&str> = document.blocks.iter().map(|block| &*block.text).collect();
        assert_eq!((texts, document.readability), (vec!["แผน ๗ ปี 2563", "ปกเอกสาร"], Readability::Partial));
    }

    #[test]
    fn lengths_that_cannot_be_are_noticed() {
        assert!(is_sound(&document()));
        let text = document().windows(4).position(|four| four == [0xEC, 0xA5, 0xC1, 0]).unwrap();
        for (at, value) in [(0x4C, 0x7FFF_FFFF), (0xB6, 12)] {
            let mut broken = document();
            put(&mut broken, text + at, value);
            assert!(!is_sound(&broken), "{at}");
        }
        // The list of pieces ends far beyond the text.
        let mut broken = document();
        let end = broken.windows(2).position(|two| two == [9, 9]).unwrap() + 2 + 5 + 12;
        put(&mut broken, end, 0x7FFF_FFFF);
        assert!(!is_sound(&broken));
    }

    #[test]
    fn no_broken_table_makes_it_panic() {
        let bytes = document();
        assert!(Word::open(&bytes).is_some());
        for at in 0..bytes.len() {
            // Most of the container is empty.
            if bytes[at] != 0 || at % 16 == 0 {
                let mut broken = bytes.clone();
                broken[at] ^= u8::try_from(at % 255).unwrap() + 1;
                if let Some(word) = Word::open(&broken) {
                    let mut out = Output::new();
                    word.write(0, word.end, &mut out);
                    word.word_art(&mut out);
                }
            }
        }
    }
}
