//! Rich text (RTF 1.9.1): Thai stands in it as bytes of a code page that depends on the font, or as numbers of Unicode.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_874, WINDOWS_1252};

use super::docx_parts::hyperlink;
use super::output::Output;
use super::properties::Properties;
use super::rtf_words::{Field, Group, Place, charset, is_without_text, page, sign};
use crate::model::{BlockRole, Document, MediaKind};

/// Groups in groups; deeper ones are read as part of the last.
const MAX_DEPTH: usize = 256;
/// Fonts and styles that are kept.
const MAX_TABLE: usize = 10_000;
/// Bytes of one paragraph or field's code.
const MAX_LENGTH: usize = 1 << 20;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Document {
    let mut reader = Rtf::new();
    reader.run(bytes);
    let properties = Properties::new(Some(&reader.title), None);
    let mut document = reader.out.finish(MediaKind::Rtf);
    document.title = properties.title;
    document
}

struct Rtf {
    out: Output,
    groups: Vec<Group>,
    group: Group,
    too_deep: usize,
    /// Bytes of a code page that are not decoded yet: a character may be of two.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    default_font: i32,
    /// Styles that are headings.
    headings: BTreeMap<i32, BlockRole>,
    style: i32,
    style_name: String,
    paragraph: String,
    role: BlockRole,
    in_table: bool,
    row: Vec<String>,
    title: String,
    fields: Vec<Field>,
    /// Characters still to be passed over.
    skip: usize,
    high: Option<u16>,
    star: bool,
}

impl Rtf {
    fn new() -> Self {
        Self {
            out: Output::new(),
            groups: Vec::new(),
            group: Group { place: Place::Body, font: -1, hidden: false, fallback: 1 },
            too_deep: 0,
            bytes: Vec::new(),
            encoding: WINDOWS_1252,
            fonts: BTreeMap::new(),
            default_font: -1,
            headings: BTreeMap::new(),
            style: -1,
            style_name: String::new(),
            paragraph: String::new(),
            role: BlockRole::Text,
            in_table: false,
            row: Vec::new(),
            title: String::new(),
            fields: Vec::new(),
            skip: 0,
            high: None,
            star: false,
        }
    }

    fn run(&mut self, input: &[u8]) {
        let mut at = 0;
        let mut ended = false;
        while let Some(&byte) = input.get(at) {
            at += 1;
            if self.out.is_full() {
                break;
            }
            match byte {
                b'{' => self.open(),
                b'}' => {
                    self.close();
                    if self.groups.is_empty() {
                        ended = true;
                        break;
                    }
                }
                b'\\' => at = self.control(input, at),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
        }
        self.flush_bytes();
        self.end_paragraph();
        self.end_row();
        self.out.damaged |= !ended && !self.out.is_full();
    }

    fn open(&mut self) {
        self.flush_bytes();
        self.skip = 0;
        self.star = false;
        if self.groups.len() < MAX_DEPTH {
            self.groups.push(self.group.clone());
        } else {
            self.too_deep += 1;
        }
    }

    fn close(&mut self) {
        self.flush_bytes();
        self.skip = 0;
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(outer) = self.groups.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.group, outer);
        if inner.place == Place::Chrome && self.group.place != Place::Chrome {
            self.write(true);
        }
        if self.fields.last().is_some_and(|field| field.depth > self.groups.len())
            && let Some(field) = self.fields.pop()
            && let Some(address) = hyperlink(&field.code)
        {
            let text = self.paragraph.get(field.start..).unwrap_or_default();
            self.out.link(address, text);
        }
    }

    /// Reads a control word or symbol; returns where what follows begins.
    fn control(&mut self, input: &[u8], at: usize) -> usize {
        let Some(&first) = input.get(at) else {
            return at;
        };
        if !first.is_ascii_alphabetic() {
            return self.symbol(first, input, at + 1);
        }
        let rest = &input[at..];
        let length = rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let (word, rest) = rest.split_at(length);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[..sign + digits]).ok().and_then(|number| number.parse::<i32>().ok());
        let used = if digits > 0 { sign + digits } else { 0 };
        let space = usize::from(rest.get(used) == Some(&b' '));
        let mut end = at + length + used + space;
        if word == b"bin" {
            end = end.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(input.len());
        }
        self.word(std::str::from_utf8(word).unwrap_or_default(), number);
        end
    }

    fn symbol(&mut self, symbol: u8, input: &[u8], at: usize) -> usize {
        match symbol {
            b'\'' => {
                let hex = input.get(at..at + 2).and_then(|two| std::str::from_utf8(two).ok());
                let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) else {
                    return at;
                };
                self.byte(byte);
                return at + 2;
            }
            b'*' => self.star = true,
            b'~' | b'\t' => self.text(" "),
            b'_' => self.text("-"),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\r' | b'\n' => self.word("par", None),
            _ => {}
        }
        at
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word != "u" {
            self.flush_bytes();
        }
        let star = std::mem::take(&mut self.star);
        let on = number != Some(0);
        match word {
            "u" => {
                let unit = number.unwrap_or(0).rem_euclid(0x1_0000);
                self.unicode(u16::try_from(unit).unwrap_or(0xFFFD));
                self.skip = self.group.fallback;
            }
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.encoding = page(number.unwrap_or(1252)).unwrap_or(WINDOWS_1252),
            "deff" => self.default_font = number.unwrap_or(0),
            "fonttbl" => self.group.place = Place::Fonts,
            "stylesheet" => self.group.place = Place::Styles,
            "f" | "af" if self.group.place == Place::Fonts || word == "f" => self.group.font = number.unwrap_or(0),
            "fcharset" if self.group.place == Place::Fonts => {
                if let Some(encoding) = number.and_then(charset)
                    && self.fonts.len() < MAX_TABLE
                {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "cpg" if self.group.place == Place::Fonts => {
                if let Some(encoding) = number.and_then(page)
                    && self.fonts.len() < MAX_TABLE
                {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "plain" => (self.group.hidden, self.group.font) = (false, self.default_font),
            "v" | "deleted" => self.group.hidden = on,
            "s" => {
                self.style = number.unwrap_or(0);
                if self.group.place == Place::Body {
                    self.role = self.headings.get(&self.style).copied().unwrap_or(BlockRole::Text);
                }
            }
            "outlinelevel" if self.group.place == Place::Body => {
                if matches!(number, Some(0..=8)) && self.role == BlockRole::Text {
                    self.role = BlockRole::Heading;
                }
            }
            "pard" => {
                self.role = BlockRole::Text;
                self.in_table = false;
            }
            "intbl" => self.in_table = true,
            "par" | "sect" | "page" => self.end_paragraph(),
            "cell" | "nestcell" => {
                self.in_table = true;
                self.end_paragraph();
            }
            "row" | "nestrow" => {
                self.end_paragraph();
                self.end_row();
            }
            "field" => {
                if self.fields.len() < MAX_DEPTH {
                    let start = self.paragraph.len();
                    self.fields.push(Field { code: String::new(), start, depth: self.groups.len() });
                }
            }
            "fldinst" => self.group.place = Place::Code,
            "fldrslt" => {
                if let Some(field) = self.fields.last_mut() {
                    field.start = self.paragraph.len();
                }
            }
            "title" if self.group.place == Place::Nowhere => self.group.place = Place::Title,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                self.end_paragraph();
                self.group.place = Place::Chrome;
            }
            // A text box; the same once more for old readers is left out.
            "shptxt" if self.group.place == Place::Nowhere => self.group.place = Place::Body,
            "shp" | "shpinst" | "shppict" | "footnote" | "annotation" | "nesttableprops" => {}
            // What is no text, and what a reader that does not know it may leave out.
            _ if star || is_without_text(word) => self.group.place = Place::Nowhere,
            _ => {
                if let Some(sign) = sign(word) {
                    self.text(sign);
                }
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if self.bytes.len() < MAX_LENGTH {
            self.bytes.push(byte);
        }
    }

    fn unicode(&mut self, unit: u16) {
        self.flush_bytes();
        let high = self.high.take();
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units: Vec<u16> = high.into_iter().chain([unit]).collect();
        self.text(&String::from_utf16_lossy(&units));
    }

    /// Decodes the bytes that were collected.
    fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = if self.group.font < 0 { self.default_font } else { self.group.font };
        let mut encoding = self.fonts.get(&font).copied().unwrap_or(self.encoding);
        // A font without a character set in a document of a Thai system.
        if encoding == WINDOWS_1252 && self.encoding == WINDOWS_874 {
            encoding = WINDOWS_874;
        }
        self.text(&encoding.decode_without_bom_handling(&bytes).0);
    }

    fn text(&mut self, text: &str) {
        if self.group.hidden {
            return;
        }
        let target = match self.group.place {
            Place::Body | Place::Chrome => &mut self.paragraph,
            Place::Title => &mut self.title,
            Place::Styles => {
                // A style's name ends with a semicolon.
                self.style_name.push_str(text);
                if text.ends_with(';') {
                    self.define_style();
                }
                return;
            }
            Place::Code => match self.fields.last_mut() {
                Some(field) => &mut field.code,
                None => return,
            },
            Place::Nowhere | Place::Fonts => return,
        };
        if target.len() + text.len() <= MAX_LENGTH {
            target.push_str(text);
        } else {
            self.out.cut = true;
        }
    }

    fn define_style(&mut self) {
        let name = std::mem::take(&mut self.style_name).trim_end_matches(';').trim().to_lowercase();
        let role = match name.as_str() {
            "title" => BlockRole::Title,
            name if name.starts_with("heading") || name == "subtitle" => BlockRole::Heading,
            _ => return,
        };
        if self.headings.len() < MAX_TABLE {
            self.headings.insert(self.style, role);
        }
    }

    fn end_paragraph(&mut self) {
        self.write(self.group.place == Place::Chrome);
    }

    fn write(&mut self, chrome: bool) {
        let text = std::mem::take(&mut self.paragraph);
        for field in &mut self.fields {
            field.start = 0;
        }
        if self.in_table && !chrome && self.role == BlockRole::Text {
            if !text.trim().is_empty() {
                self.row.push(text);
            }
            return;
        }
        self.end_row();
        self.out.chrome = chrome;
        self.out.block(self.role, &text);
        self.out.chrome = false;
    }

    fn end_row(&mut self) {
        if !self.row.is_empty() {
            let row = std::mem::take(&mut self.row);
            self.out.row(&row);
        }
    }
}

#[cfg(test)]
#[path = "rtf_tests.rs"]
mod tests;
