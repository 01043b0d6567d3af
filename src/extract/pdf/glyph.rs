//! Glyphs with their places, and what else a page draws, as it is kept.

#![expect(
    clippy::cast_possible_truncation,
    reason = "places on a page, in points, are far from the limits of their types, and conversions saturate"
)]

use hayro_font::kurbo::{Affine, Point, Rect};

use super::font::Kind;

/// The number of the font of a replacement text.
pub(super) const ACTUAL: u16 = u16::MAX;

/// A glyph, in points, from the page's top left corner as it is shown; turned so that its line runs to the right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Where it starts on its line.
    pub(super) x: f32,
    /// Where the next glyph would start.
    pub(super) end: f32,
    /// Its base line, growing downwards.
    pub(super) y: f32,
    /// The height of an em.
    pub(super) size: f32,
    /// Its font, or [`ACTUAL`].
    pub(super) font: u16,
    /// Its place among the font's entries, or among the replacement texts.
    pub(super) entry: u32,
    pub(super) kind: Kind,
    /// Quarter turns, clockwise, that its line makes with the page's.
    pub(super) turn: u8,
    /// It is drawn without ink: the text layer of a scan.
    pub(super) hidden: bool,
}

/// What a page draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    /// Texts that the file gives in place of what its glyphs say.
    pub(super) actual: Vec<String>,
    /// Width and height as shown, in points.
    pub(super) size: (f32, f32),
    /// The part of the page that pictures cover, from 0 to 1; overlaps count twice.
    pub(super) covered: f32,
    /// The part that the largest picture covers.
    pub(super) largest: f32,
    /// Pictures on it.
    pub(super) pictures: u32,
    /// Dots a point of the largest of them.
    pub(super) dots: f32,
    /// A picture on it unpacks to more than there is room for; told only if asked for.
    pub(super) heavy: bool,
    /// Curves in its drawings.
    pub(super) curves: u32,
    /// Not all of it was followed.
    pub(super) cut: bool,
}

/// Where a glyph stands, by the matrix that takes ems to the page, or nothing off the page.
#[expect(clippy::many_single_char_names, reason = "the coefficients' usual names")]
pub(super) fn place(whole: Affine, advance: f64, page: Rect) -> Option<Glyph> {
    let [a, b, c, d, x, y] = whole.as_coeffs();
    let size = c.hypot(d);
    if !(x.is_finite() && y.is_finite() && size.is_finite() && a.is_finite() && b.is_finite()) || size < 0.01 {
        return None;
    }
    if !page.inflate(size, size).contains(Point::new(x, y)) {
        return None;
    }
    let length = advance * a.hypot(b);
    let (turn, x, y) = if a.abs() >= b.abs() {
        if a >= 0.0 { (0, x, y) } else { (2, -x, -y) }
    } else if b > 0.0 {
        (1, y, -x)
    } else {
        (3, -y, x)
    };
    let (x, y, size, length) = (x as f32, y as f32, size as f32, length as f32);
    Some(Glyph { x, end: x + length, y, size, font: 0, entry: 0, kind: Kind::Unknown, turn, hidden: false })
}
