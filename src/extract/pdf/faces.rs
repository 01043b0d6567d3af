//! The fonts of a document, each read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use hayro_font::hayro_cmap::load_embedded;
use hayro_font::{CMapResolverFn, FontCache, FontQuery, FontResolverFn};
use hayro_syntax::object::Dict;

use super::font::Face;
use super::glyph::Drawn;
use super::program::{is_sound, unicode_map};

/// Fonts of a document beyond which no more are read.
const MAX_FONTS: usize = 2_000;

/// The fonts of a document.
pub(super) struct Faces<'a> {
    pub(super) all: Vec<Face<'a>>,
    /// One of them was not read, since it takes too much.
    pub(super) unsound: bool,
    known: BTreeMap<usize, u16>,
    cache: FontCache<'a>,
    fonts: FontResolverFn,
    cmaps: CMapResolverFn,
}

impl<'a> Faces<'a> {
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            unsound: false,
            known: BTreeMap::new(),
            cache: FontCache::new(),
            // The standard fonts stand in for all that are not embedded: their widths are better than none.
            fonts: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
                })
            }),
            cmaps: Arc::new(load_embedded),
        }
    }

    /// The number of the font that a dictionary describes.
    pub(super) fn number(&mut self, dict: &Dict<'a>) -> Option<u16> {
        // Where a dictionary stands in the file is what it is.
        let key = dict.data().as_ptr() as usize;
        if let Some(number) = self.known.get(&key) {
            return Some(*number);
        }
        if self.all.len() >= MAX_FONTS {
            return None;
        }
        let sound = is_sound(dict);
        self.unsound |= !sound;
        let font = sound.then(|| self.cache.font(dict, &self.fonts, &self.cmaps)).flatten();
        let number = u16::try_from(self.all.len()).ok()?;
        let map = (sound && font.is_none()).then(|| unicode_map(dict)).flatten();
        self.all.push(Face::new(font, map, dict.clone()));
        self.known.insert(key, number);
        Some(number)
    }
}

impl Faces<'_> {
    /// Judges the fonts by what a page showed of them, and brings its glyphs up to date.
    pub(super) fn settle(&mut self, drawn: &mut Drawn) {
        let mut changed = false;
        for face in self.all.iter_mut().filter(|face| face.judged != face.entries.len()) {
            changed |= face.judge_bytes() | face.judge_order();
            face.judged = face.entries.len();
        }
        for glyph in drawn.glyphs.iter_mut().filter(|_| changed) {
            if let Some(entry) = self.all.get(glyph.font as usize).and_then(|f| f.entries.get(glyph.entry as usize)) {
                glyph.kind = entry.kind;
            }
        }
    }
}
