//! Excel workbooks of Excel 5 to 2003 ([MS-XLS]): the rows of each sheet that is shown, as they are shown.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::cells::Formats;
use super::legacy::{self, Compound};
use super::locked;
use super::output::Output;
use super::xls_records::{Record, Strings, code_page, f64_at, record, rk, u16_at, u32_at};
use crate::model::{BlockRole, Document, MediaKind, ReadNote};

/// Sheets of one workbook that are read.
const MAX_SHEETS: usize = 1000;
/// Cells of one workbook that are kept.
const MAX_CELLS: usize = 1_000_000;
/// The highest column and row that the format has.
const MAX_COLUMN: u16 = 255;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Document {
    let mut out = Output::new();
    let compound = Compound::open(bytes);
    let stream = compound.and_then(|mut compound| {
        let stream = ["Workbook", "Book", "WORKBOOK", "BOOK"].into_iter().find_map(|name| compound.stream(name))?;
        out.damaged = compound.damaged;
        Some(stream)
    });
    let stream = match stream {
        Some(stream) => stream,
        // Old programs write the records without a container.
        None if record(bytes, 0).is_some_and(|first| first.kind == BOF) => bytes.to_vec(),
        None => return legacy::salvage(bytes, MediaKind::Xls),
    };
    let Some(book) = globals(&stream, &mut out) else {
        return locked(MediaKind::Xls);
    };
    let (shown, hidden): (Vec<_>, Vec<_>) = book.sheets.iter().partition(|sheet| sheet.shown);
    let sheets = if shown.is_empty() { hidden } else { shown };
    let mut room = MAX_CELLS;
    for sheet in &sheets {
        out.page += 1;
        out.block(BlockRole::Heading, &sheet.name);
        book.sheet(&stream, sheet.start, &mut room, &mut out);
    }
    out.page = 0;
    if sheets.is_empty() {
        return legacy::salvage(bytes, MediaKind::Xls);
    }
    let pages = u32::try_from(sheets.len()).ok();
    let mut document = out.finish(MediaKind::Xls);
    document.pages = pages;
    if document.blocks.is_empty() && document.notes.contains(&ReadNote::Damaged) {
        return legacy::salvage(bytes, MediaKind::Xls);
    }
    document
}

struct Sheet {
    name: String,
    start: usize,
    shown: bool,
}

struct Book {
    /// Text is in UTF-16, since Excel 97.
    unicode: bool,
    encoding: &'static Encoding,
    sheets: Vec<Sheet>,
    strings: Vec<Box<str>>,
    formats: Formats,
}

/// What the first part of the stream says of the whole; nothing where a password hides the rest.
fn globals(stream: &[u8], out: &mut Output) -> Option<Book> {
    let mut book = Book {
        unicode: true,
        encoding: WINDOWS_1252,
        sheets: Vec::new(),
        strings: Vec::new(),
        formats: Formats::default(),
    };
    let mut at = 0;
    let mut whole = false;
    while let Some(found) = record(stream, at) {
        at = found.next;
        let data = found.data;
        let strings = |from| Strings::new(vec![data], from);
        match found.kind {
            BOF if u16_at(data, 2) == Some(0x0010) => {
                // A worksheet without a workbook.
                book.unicode = u16_at(data, 0) == Some(0x0600);
                book.sheets.push(Sheet { name: String::new(), start: 0, shown: true });
                whole = true;
                break;
            }
            BOF => book.unicode = u16_at(data, 0) == Some(0x0600),
            // FilePass
            0x002F => return None,
            // CodePage
            0x0042 => book.encoding = code_page(u16_at(data, 0).unwrap_or(0)),
            // Date1904
            0x0022 => book.formats.since_1904 = u16_at(data, 0) == Some(1),
            // BoundSheet8: a worksheet is of type 0
            0x0085 if data.get(5) == Some(&0) && book.sheets.len() < MAX_SHEETS => {
                let start = u32_at(data, 0).and_then(|start| usize::try_from(start).ok()).unwrap_or(usize::MAX);
                let name = book.string(&mut strings(6), true).unwrap_or_default();
                // Hidden, or hidden so that only a program shows it.
                let shown = !matches!(data[4] & 3, 1 | 2);
                book.sheets.push(Sheet { name, start, shown });
            }
            // Format
            0x041E => {
                let short = !book.unicode;
                if let (Some(id), Some(code)) = (u16_at(data, 0), book.string(&mut strings(2), short)) {
                    book.formats.define(u32::from(id), &code);
                }
            }
            // XF
            0x00E0 => book.formats.style(u32::from(u16_at(data, 2).unwrap_or(0))),
            // SST
            0x00FC => {
                let mut parts = vec![data];
                while let Some(more) = record(stream, at).filter(|more| more.kind == CONTINUE) {
                    parts.push(more.data);
                    at = more.next;
                }
                let count = u32_at(data, 4).unwrap_or(0);
                let mut strings = Strings::new(parts, 8);
                for _ in 0..count {
                    let Some(string) = strings.unicode(false) else {
                        out.damaged = true;
                        break;
                    };
                    book.strings.push(string.into());
                }
            }
            EOF => {
                whole = true;
                break;
            }
            _ => {}
        }
    }
    out.damaged |= !whole;
    Some(book)
}

impl Book {
    fn string(&self, strings: &mut Strings<'_>, short: bool) -> Option<String> {
        if self.unicode { strings.unicode(short) } else { strings.bytes(short, self.encoding) }
    }

    /// Reads the cells of a sheet. They may come in any order: a block of rows' numbers may follow their texts.
    fn sheet(&self, stream: &[u8], start: usize, room: &mut usize, out: &mut Output) {
        let mut rows: BTreeMap<u16, BTreeMap<u16, String>> = BTreeMap::new();
        let mut boxes = Vec::new();
        let (mut at, mut depth, mut whole) = (start, 0_usize, false);
        // The cell of a formula whose result is a text, which follows.
        let mut formula = None;
        while let Some(found) = record(stream, at) {
            at = found.next;
            match found.kind {
                BOF => depth += 1,
                EOF => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        whole = true;
                        break;
                    }
                }
                // A chart on the sheet is a part of its own.
                _ if depth != 1 => {}
                // TxO: a text box, whose text follows
                0x01B6 => {
                    if let Some(text) = text_box(stream, &found) {
                        boxes.push(text);
                    }
                }
                _ => {
                    for (row, column, text) in self.cells(&found, &mut formula) {
                        if *room == 0 {
                            out.cut = true;
                            break;
                        }
                        if !text.is_empty() && column <= MAX_COLUMN {
                            *room -= 1;
                            rows.entry(row).or_default().insert(column, text);
                        }
                    }
                }
            }
        }
        out.damaged |= !whole;
        for row in rows.into_values() {
            let cells: Vec<String> = row.into_values().collect();
            out.row(&cells);
        }
        for text in boxes {
            out.block(BlockRole::Text, &text);
        }
    }

    /// The cells of a record: row, column and text.
    fn cells(&self, found: &Record<'_>, formula: &mut Option<(u16, u16)>) -> Vec<(u16, u16, String)> {
        self.some_cells(found, formula).unwrap_or_default()
    }

    fn some_cells(&self, found: &Record<'_>, formula: &mut Option<(u16, u16)>) -> Option<Vec<(u16, u16, String)>> {
        let data = found.data;
        if found.kind == 0x0207 {
            // String: a formula's result
            let (row, column) = formula.take()?;
            return Some(vec![(row, column, self.string(&mut Strings::new(vec![data], 0), false)?)]);
        }
        let is_cell = matches!(found.kind, 0x00FD | 0x0203 | 0x027E | 0x00BD | 0x0006 | 0x0406 | 0x0204 | 0x00D6);
        if !is_cell {
            return None;
        }
        let (row, column, style) = (u16_at(data, 0)?, u16_at(data, 2)?, usize::from(u16_at(data, 4)?));
        let text = match found.kind {
            // LabelSst
            0x00FD => self.strings.get(usize::try_from(u32_at(data, 6)?).ok()?)?.to_string(),
            // Number
            0x0203 => self.formats.show(style, f64_at(data, 6)?),
            // RK
            0x027E => self.formats.show(style, rk(u32_at(data, 6)?)),
            // MulRk: a style and a number for each column
            0x00BD => {
                let pairs = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                let cells = pairs.enumerate().filter_map(|(index, pair)| {
                    let column = column.checked_add(u16::try_from(index).ok()?)?;
                    let text = self.formats.show(usize::from(u16_at(pair, 0)?), rk(u32_at(pair, 2)?));
                    Some((row, column, text))
                });
                return Some(cells.collect());
            }
            // Formula: a number, or marks that say what else
            0x0006 | 0x0406 => {
                if u16_at(data, 12) == Some(0xFFFF) {
                    *formula = (data.get(6) == Some(&0)).then_some((row, column));
                    return None;
                }
                self.formats.show(style, f64_at(data, 6)?)
            }
            // Label, RString
            _ => self.string(&mut Strings::new(vec![data], 6), false)?,
        };
        Some(vec![(row, column, text)])
    }
}

/// The text of a text box: its length stands in its record, its characters in the next.
fn text_box(stream: &[u8], found: &Record<'_>) -> Option<String> {
    let length = usize::from(u16_at(found.data, 10)?);
    let next = record(stream, found.next).filter(|next| next.kind == CONTINUE && length > 0)?;
    let (flags, text) = next.data.split_first()?;
    let units: Vec<u16> = if flags & 1 == 0 {
        text.iter().take(length).map(|b| u16::from(*b)).collect()
    } else {
        text.chunks_exact(2).take(length).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect()
    };
    Some(String::from_utf16_lossy(&units))
}
