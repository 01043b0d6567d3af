//! A PDF as word processors print it: a cover, pages of lines, tables whose cells are drawn one after the other. The font's
//! codes are Unicode's own (`Identity-H`), which its `ToUnicode` map says; no font program is needed to read it.

use std::fmt::Write as _;

use crate::markup::{Block, Content};

const LINES: usize = 44;
const LEADING: usize = 18;
const TOP: usize = 790;
const LEFT: usize = 60;
const WIDTH: usize = 475;
/// What a sign is wide at the size of the text, in points; marks above and below are not.
const SIGN: usize = 6;

struct Pages {
    streams: Vec<String>,
    line: usize,
}

impl Pages {
    fn write(&mut self, x: usize, text: &str) {
        let y = TOP - self.line * LEADING;
        let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let stream = self.streams.last_mut().unwrap();
        let _ = writeln!(stream, "BT /F1 12 Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET");
    }

    fn down(&mut self) {
        self.line += 1;
        if self.line >= LINES {
            self.page();
        }
    }

    fn page(&mut self) {
        self.streams.push(String::new());
        self.line = 0;
    }

    fn paragraph(&mut self, indent: usize, text: &str) {
        for line in wrapped(text, (WIDTH - indent) / SIGN) {
            self.write(LEFT + indent, &line);
            self.down();
        }
    }

    fn row(&mut self, cells: &[String], columns: usize) {
        let width = WIDTH / columns.max(1);
        let cells: Vec<Vec<String>> = cells.iter().map(|cell| wrapped(cell, (width - SIGN) / SIGN)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        if self.line + height >= LINES && height < LINES {
            self.page();
        }
        let first = self.line;
        for (at, lines) in cells.iter().enumerate() {
            for (down, line) in lines.iter().enumerate() {
                self.line = first + down;
                self.write(LEFT + at * width, line);
            }
        }
        self.line = first + height - 1;
        self.down();
    }
}

/// Lines of at most so many signs that take room, broken at spaces where there are any.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && wide(&line) + wide(word) + 1 > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for sign in word.chars() {
            if wide(&line) >= room && is_wide(sign) && !after_which_none_breaks(&line) {
                lines.push(std::mem::take(&mut line));
            }
            line.push(sign);
        }
    }
    lines.push(line);
    lines
}

fn is_wide(sign: char) -> bool {
    !matches!(sign, '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

/// A vowel that is written first stays with its consonant.
fn after_which_none_breaks(line: &str) -> bool {
    line.ends_with(|sign: char| matches!(sign, '\u{E40}'..='\u{E44}'))
}

fn wide(text: &str) -> usize {
    text.chars().filter(|sign| is_wide(*sign)).count()
}

/// The document of an agency.
pub(crate) fn pdf(content: &Content, agency: &str) -> Vec<u8> {
    let mut pages = Pages { streams: vec![String::new()], line: 8 };
    pages.paragraph(90, &content.title);
    pages.line += 6;
    pages.paragraph(130, agency);
    pages.page();
    pages.paragraph(60, &content.title);
    pages.down();
    for block in &content.blocks {
        match block {
            Block::Heading(text) => {
                pages.down();
                pages.paragraph(0, text);
            }
            Block::Text(text) => pages.paragraph(0, text),
            Block::Entries(entries) => {
                for entry in entries {
                    pages.paragraph(18, &format!("- {entry}"));
                }
            }
            Block::Table(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
                for row in rows {
                    pages.row(row, columns);
                }
            }
            Block::Special(_) => {}
        }
    }
    file(&pages.streams)
}

fn file(streams: &[String]) -> Vec<u8> {
    const TO_UNICODE: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n\
        1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
        3 beginbfrange <0000> <00FF> <0000> <0E00> <0EFF> <0E00> <2000> <20FF> <2000> endbfrange\n\
        endcmap CMapName currentdict /CMap defineresource pop end end";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /THSarabunPSK /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>".to_owned(),
        // 3633 is U+0E31, and so on: marks take no room.
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /THSarabunPSK /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
         /FontDescriptor 5 0 R /DW 500 /CIDToGIDMap /Identity /W [3633 3633 0 3636 3642 0 3655 3662 0] >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /THSarabunPSK /Flags 4 /FontBBox [0 -300 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -300 \
         /CapHeight 700 /StemV 80 >>"
            .to_owned(),
        stream(TO_UNICODE),
    ];
    let mut kids = String::new();
    for text in streams {
        let page = objects.len() + 1;
        let _ = write!(kids, "{page} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            page + 1
        ));
        objects.push(stream(text));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", streams.len());
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", at + 1);
    }
    let table = out.len();
    let _ = writeln!(out, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = writeln!(out, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

fn stream(text: &str) -> String {
    format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len())
}
