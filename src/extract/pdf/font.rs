//! The fonts of a document: what text a character code stands for, and how wide it is.

#![expect(
    clippy::cast_possible_truncation,
    reason = "places on a page, in points, are far from the limits of their types, and conversions saturate"
)]

use std::cell::OnceCell;

use hayro_font::hayro_cmap::{BfString, CMap};
use hayro_font::kurbo::Shape as _;
use hayro_font::{Font, FontGlyph, GlyphId, UNITS_PER_EM};
use hayro_syntax::object::dict::keys::{BASE_FONT, SUBTYPE, TYPE0};
use hayro_syntax::object::{Dict, Name};

use super::names;
use super::program::Program;
use super::shape::Shape;
use crate::thai::is_mark;

/// How much two outlines of one mark may differ.
const MAX_DISTANCE: f64 = 0.3;

/// What a glyph does in a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter, digit or sign.
    Base,
    /// A Thai vowel or tone mark above or below the letter before it.
    Mark,
    /// White space.
    Blank,
    /// A glyph whose text is not known.
    Unknown,
}

/// A character code of a font.
#[derive(Debug)]
pub(super) struct Entry {
    /// The text that it stands for; empty where that is not known.
    pub(super) text: Box<str>,
    /// What it does in a line.
    pub(super) kind: Kind,
    /// Its advance, in ems.
    pub(super) advance: f32,
    /// Where its ink starts and ends, in ems from its origin; for marks only.
    pub(super) ink: Option<(f32, f32)>,
    code: u32,
    /// How often it was shown.
    uses: u32,
}

/// A font.
#[expect(clippy::struct_excessive_bools, reason = "what is known of it, each by itself")]
pub(super) struct Face<'a> {
    font: Option<Font<'a>>,
    /// Its map to Unicode, where it could not be loaded.
    map: Option<CMap>,
    dict: Dict<'a>,
    /// Codes are of one byte, without Unicode in mind.
    simple: bool,
    /// The font's name says that it is bold.
    pub(super) bold: bool,
    /// Its codes are Thai in eight bits.
    thai_bytes: bool,
    /// It is one whose glyphs' order is known.
    sarabun: bool,
    /// Its Unicode map is known to be wrong, so that the order of glyphs is better.
    by_order: bool,
    pub(super) entries: Vec<Entry>,
    /// Entries by code, plus one; codes in pages of 256.
    index: Vec<Option<Box<[u32; 256]>>>,
    program: OnceCell<Program>,
    marks: OnceCell<Vec<(char, Shape)>>,
    /// How many of the entries were there when it was judged last.
    pub(super) judged: usize,
}

impl<'a> Face<'a> {
    pub(super) fn new(font: Option<Font<'a>>, map: Option<CMap>, dict: Dict<'a>) -> Self {
        let name = dict.get::<Name<'_>>(BASE_FONT).map(|name| name.as_str().to_ascii_lowercase()).unwrap_or_default();
        let simple = dict.get::<Name<'_>>(SUBTYPE).is_none_or(|subtype| subtype.as_ref() != TYPE0);
        Self {
            font,
            map,
            simple,
            bold: name.contains("bold") || name.contains("black") || name.contains("heavy"),
            thai_bytes: false,
            sarabun: !simple && name.replace(['-', ' ', '_'], "").contains("thsarabun"),
            by_order: false,
            dict,
            entries: Vec::new(),
            index: Vec::new(),
            program: OnceCell::new(),
            marks: OnceCell::new(),
            judged: 0,
        }
    }

    /// The next code of a string from a place on, and its length in bytes.
    pub(super) fn next_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        match &self.font {
            Some(font) => font.read_code(bytes, at),
            None if self.simple => (u32::from(bytes[at]), 1),
            None => match bytes.get(at..at + 2) {
                Some(pair) => (u32::from(pair[0]) << 8 | u32::from(pair[1]), 2),
                None => (u32::from(bytes[at]), 1),
            },
        }
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.as_ref().is_none_or(Font::is_horizontal)
    }

    /// The advance of a code that is written downwards, in ems.
    pub(super) fn advance_down(&self, code: u32) -> f32 {
        self.font.as_ref().map_or(-1.0, |font| font.code_advance(code).y as f32 / UNITS_PER_EM)
    }

    /// The place among the entries of a code that is shown.
    pub(super) fn show(&mut self, code: u32) -> u32 {
        // Codes of more than two bytes do not occur with Thai fonts; they share what room there is.
        let (page, place) = ((code >> 8 & 0xFF) as usize, (code & 0xFF) as usize);
        if self.index.len() <= page {
            self.index.resize_with(page + 1, || None);
        }
        let known = self.index[page].get_or_insert_with(|| Box::new([0; 256]))[place];
        let number = match known.checked_sub(1) {
            Some(number) if self.entries[number as usize].code == code => number,
            _ => {
                let number = u32::try_from(self.entries.len()).unwrap_or(0);
                let entry = self.entry(code);
                self.entries.push(entry);
                if let Some(codes) = &mut self.index[page] {
                    codes[place] = number + 1;
                }
                number
            }
        };
        self.entries[number as usize].uses += 1;
        number
    }

    fn entry(&self, code: u32) -> Entry {
        let advance = self.font.as_ref().map_or(0.5, |font| font.code_advance(code).x as f32 / UNITS_PER_EM);
        let mut entry = Entry { text: "".into(), kind: Kind::Unknown, advance, ink: None, code, uses: 0 };
        let text = self.text(code);
        self.set_text(&mut entry, text);
        entry
    }

    fn set_text(&self, entry: &mut Entry, text: String) {
        entry.kind = if text.is_empty() {
            Kind::Unknown
        } else if text.chars().all(char::is_whitespace) {
            Kind::Blank
        } else if text.chars().all(is_mark) {
            Kind::Mark
        } else {
            Kind::Base
        };
        if entry.kind == Kind::Mark && entry.ink.is_none() {
            entry.ink = self.ink(entry.code);
        }
        entry.text = text.into();
    }

    fn glyph(&self, code: u32) -> Option<FontGlyph<'a>> {
        let font = self.font.as_ref()?;
        Some(font.glyph(font.map_code(code), code))
    }

    fn ink(&self, code: u32) -> Option<(f32, f32)> {
        let FontGlyph::Outline(glyph) = self.glyph(code)? else { return None };
        let outline = glyph.outline();
        if outline.elements().is_empty() {
            return None;
        }
        let ink = outline.bounding_box();
        Some((ink.x0 as f32 / UNITS_PER_EM, ink.x1 as f32 / UNITS_PER_EM))
    }

    /// The text of a code: by its Unicode map, by its glyph's name, by the embedded font.
    fn text(&self, code: u32) -> String {
        if let Some(c) = self.by_own_map(code) {
            return c.to_string();
        }
        let mut text = String::new();
        match self.glyph(code) {
            Some(FontGlyph::Outline(glyph)) => push(&mut text, glyph.as_unicode()),
            Some(FontGlyph::Type3(glyph)) => push(&mut text, glyph.as_unicode()),
            None => push(&mut text, self.map.as_ref().and_then(|map| map.lookup_bf_string(code))),
        }
        if self.thai_bytes {
            let mut chars = text.chars();
            let byte = match (chars.next(), chars.next()) {
                (Some(c), None) => names::mistaken(c),
                _ => u8::try_from(code).ok().filter(|_| self.simple),
            };
            if let Some(c) = byte.and_then(names::tis620) {
                return c.to_string();
            }
        }
        text = text.chars().map(names::plain).collect();
        if text.is_empty() || text.chars().any(names::is_void) {
            if let Some(c) = self.look_up(code) {
                return names::plain(c).to_string();
            }
            text.retain(|c| !names::is_void(c));
        }
        if text.trim().is_empty()
            && let Some(c) = self.look_alike(code)
        {
            return c.to_string();
        }
        text
    }

    /// The Thai character of a code by the embedded font's own character map, which is right where Word's maps to Unicode
    /// are not: they take a nikhahit for a space and sara aa for sara am.
    fn by_own_map(&self, code: u32) -> Option<char> {
        let glyph = self.font.as_ref()?.map_code(code).to_u32();
        if self.by_order {
            return names::sarabun(glyph);
        }
        let c = *self.program().characters.get(&glyph)?;
        Some(names::plain(c)).filter(|&c| is_thai(c))
    }

    fn program(&self) -> &Program {
        self.program.get_or_init(|| Program::new(&self.dict))
    }

    /// The Thai mark whose outline a glyph of unknown text has: fonts have further forms of marks, higher, lower and
    /// narrower ones, which no map names.
    fn look_alike(&self, code: u32) -> Option<char> {
        let FontGlyph::Outline(glyph) = self.glyph(code)? else { return None };
        // A mark has no width.
        if glyph.advance_width().is_none_or(|width| width.abs() > 0.1 * UNITS_PER_EM) {
            return None;
        }
        let shape = Shape::new(&glyph.outline())?;
        let known = self.marks.get_or_init(|| self.marks());
        let distances = known.iter().map(|(c, known)| (*c, shape.distance(known)));
        let (c, distance) = distances.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (distance < MAX_DISTANCE).then_some(c)
    }

    /// The outlines of the Thai marks that are known.
    fn marks(&self) -> Vec<(char, Shape)> {
        let Some(font) = &self.font else { return Vec::new() };
        let mapped = self.program().characters.iter().map(|(glyph, c)| (*c, GlyphId::new(*glyph), 0));
        // What the map to Unicode says, for all codes that subsets have.
        let said = (0..if self.simple { 0x100 } else { 0x1000 }).filter_map(|code| {
            let glyph = font.map_code(code);
            let mut text = String::new();
            match font.glyph(glyph, code) {
                FontGlyph::Outline(outline) if outline.glyph_id().to_u32() > 0 => push(&mut text, outline.as_unicode()),
                _ => return None,
            }
            let mut chars = text.chars();
            Some((chars.next().filter(|_| chars.next().is_none())?, glyph, code))
        });
        let mut marks = Vec::new();
        for (c, glyph, code) in mapped.chain(said) {
            let c = names::plain(c);
            if is_mark(c)
                && let FontGlyph::Outline(glyph) = font.glyph(glyph, code)
                && let Some(shape) = Shape::new(&glyph.outline())
            {
                marks.push((c, shape));
            }
        }
        marks
    }

    /// The character that the font's own tables name for a code.
    fn look_up(&self, code: u32) -> Option<char> {
        let program = self.program();
        let named = u8::try_from(code).ok().filter(|_| self.simple).and_then(|code| program.differences.get(&code));
        if let Some(c) = named.and_then(|name| names::character(name)) {
            return Some(c);
        }
        let glyph = self.font.as_ref()?.map_code(code).to_u32();
        if glyph == 0 {
            return None;
        }
        if let Some(c) = program.characters.get(&glyph) {
            return Some(*c);
        }
        let name = program.font.as_ref()?.glyph_name(skrifa::GlyphId::new(glyph))?;
        names::character(name.as_str())
    }

    /// Decides, from what was shown so far, whether the map to Unicode is wrong where the order of glyphs is known.
    pub(super) fn judge_order(&mut self) -> bool {
        let unmapped = |program: &Program| {
            let glyphs = program.font.as_ref().map_or(0, skrifa::Font::num_glyphs);
            program.characters.len() < 8 && names::SARABUN_GLYPHS.contains(&glyphs)
        };
        if !self.sarabun || self.by_order || self.entries.is_empty() || !unmapped(self.program()) {
            return false;
        }
        // One letter that the map gets wrong is enough: right maps have none.
        let wrong = self.entries.iter().any(|entry| {
            let glyph = self.font.as_ref().map_or(0, |font| font.map_code(entry.code).to_u32());
            names::sarabun(glyph).is_some_and(|c| !entry.text.contains(c))
        });
        if wrong {
            self.by_order = true;
            self.read_again();
        }
        wrong
    }

    /// Decides, from what was shown so far, whether the codes are Thai in eight bits, and gives them their text if so.
    pub(super) fn judge_bytes(&mut self) -> bool {
        if self.thai_bytes {
            return false;
        }
        let (mut thai, mut other) = (0, 0);
        for entry in &self.entries {
            let mut chars = entry.text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if names::mistaken(c).is_some() => thai += entry.uses,
                (None, _)
                    if self.simple && u8::try_from(entry.code).is_ok_and(|byte| names::tis620(byte).is_some()) =>
                {
                    thai += entry.uses;
                }
                (Some(c), None) if c.is_alphabetic() => other += entry.uses,
                _ => {}
            }
        }
        // In a language with accents they are a few letters among many.
        let is_thai = thai >= 4 && thai > other;
        if is_thai {
            self.thai_bytes = true;
            self.read_again();
        }
        is_thai
    }

    /// Gives all entries the text that they have by what is known of the font now.
    fn read_again(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        for entry in &mut entries {
            let text = self.text(entry.code);
            self.set_text(entry, text);
        }
        self.entries = entries;
    }
}

fn push(text: &mut String, unicode: Option<BfString>) {
    match unicode {
        Some(BfString::Char(c)) => text.push(c),
        Some(BfString::String(s)) => text.push_str(&s),
        None => {}
    }
}

/// Whether a character is of the Thai block.
pub(super) fn is_thai(c: char) -> bool {
    matches!(c, '\u{E01}'..='\u{E5B}')
}
