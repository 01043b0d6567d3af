//! What an embedded font says of its own glyphs, and whether a font is of a size to be read at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use hayro_font::hayro_cmap::{CMap, load_embedded};
use hayro_syntax::object::dict::keys::{
    DESCENDANT_FONTS, DIFFERENCES, ENCODING, FONT_DESC, FONT_FILE, FONT_FILE2, FONT_FILE3, TO_UNICODE, W, W2,
};
use hayro_syntax::object::{Array, Dict, Object, Stream};

use super::{names, stream};

/// Bytes of an embedded font beyond which it is not read.
const MAX_PROGRAM: usize = 48 * 1024 * 1024;

/// Bytes of a map from codes beyond which its font is not read.
const MAX_MAP: usize = 8 * 1024 * 1024;

/// What an embedded font and its dictionary say of its glyphs.
pub(super) struct Program {
    /// Characters by glyph.
    pub(super) characters: BTreeMap<u32, char>,
    /// The embedded font.
    pub(super) font: Option<skrifa::Font>,
    /// Names of glyphs by code, where the dictionary gives them.
    pub(super) differences: BTreeMap<u8, String>,
}

/// The dictionary that describes the glyphs: a composite font's descendant.
fn described<'a>(dict: &Dict<'a>) -> Dict<'a> {
    let descendants = dict.get::<Array<'a>>(DESCENDANT_FONTS);
    descendants.and_then(|fonts| fonts.iter::<Dict<'a>>().next()).unwrap_or_else(|| dict.clone())
}

fn embedded<'a>(dict: &Dict<'a>) -> Option<Stream<'a>> {
    let descriptor = described(dict).get::<Dict<'a>>(FONT_DESC)?;
    [FONT_FILE2, FONT_FILE3, FONT_FILE].into_iter().find_map(|key| descriptor.get::<Stream<'a>>(key))
}

/// Whether a font is of a size that the library can be trusted with.
pub(super) fn is_sound(dict: &Dict<'_>) -> bool {
    let map = dict.get::<Stream<'_>>(TO_UNICODE);
    let encoding = dict.get::<Stream<'_>>(ENCODING);
    let small = map.iter().chain(&encoding).all(|stream| stream::is_within(stream, MAX_MAP));
    let widths = [W, W2].map(|key| described(dict).get::<Array<'_>>(key));
    let short = widths.iter().flatten().all(|widths| {
        // The library follows ranges of codes one by one.
        let mut first = 0.0;
        widths.iter::<Object<'_>>().all(|item| {
            let Object::Number(number) = item else { return true };
            let far = number.as_f64() - first;
            first = number.as_f64();
            far < 70_000.0
        })
    });
    small && short && embedded(dict).is_none_or(|stream| stream::is_within(&stream, MAX_PROGRAM))
}

/// A font's own map to Unicode, for a font that cannot be loaded otherwise.
pub(super) fn unicode_map(dict: &Dict<'_>) -> Option<CMap> {
    CMap::parse(&dict.get::<Stream<'_>>(TO_UNICODE)?.decoded_data().ok()?, load_embedded)
}

impl Program {
    /// What is known of the font that a dictionary describes.
    pub(super) fn new(dict: &Dict<'_>) -> Self {
        let stream = embedded(dict).filter(|_| is_sound(dict));
        let data = stream.and_then(|stream| stream.decoded_data().ok());
        let font = data.and_then(|data| {
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data.into_owned());
            skrifa::Font::new(data, 0)
        });
        let mut characters = BTreeMap::new();
        if let Some(font) = &font {
            for (code, glyph) in font.charmap().unicodes().take(0x1_0000) {
                let Some(c) = char::from_u32(code).filter(|&c| !c.is_control() && !is_bare_code(c)) else { continue };
                // The first of several characters, but a letter of Thai's own block before a variant.
                let known = characters.entry(glyph.to_u32()).or_insert(c);
                if names::is_void(*known) {
                    *known = c;
                }
            }
        }
        Self { characters, font, differences: differences(dict) }
    }
}

/// Whether a character only repeats a code in a symbol font, which subsets number as they like.
fn is_bare_code(c: char) -> bool {
    matches!(c, '\u{F000}'..='\u{F0FF}')
}

fn differences(dict: &Dict<'_>) -> BTreeMap<u8, String> {
    let mut names = BTreeMap::new();
    let list = dict.get::<Dict<'_>>(ENCODING).and_then(|encoding| encoding.get::<Array<'_>>(DIFFERENCES));
    let mut code = 0_i64;
    for object in list.iter().flat_map(Array::iter::<Object<'_>>).take(1024) {
        match object {
            Object::Number(number) => code = number.as_i64(),
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(code) {
                    names.insert(code, name.as_str().to_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}
