//! Makes a page ready for tesseract: upright, and with letters as high as it reads best.

use super::glyph::{Ink, Piece};
use super::hocr::Bounds;
use super::segment::letter_height;
use crate::extract::picture::Gray;

/// Small letters of this height in pixels are read best. Measured on pages of 150, 200 and 300 dpi.
const LETTER: f32 = 32.0;
/// Pixels of the largest page that is given to tesseract.
const MOST_PIXELS: f32 = 16_000_000.0;
/// Pieces of ink on a page beyond which it is no page of text: a photograph, or noise.
const MOST_PIECES: usize = 60_000;
/// Pieces by which the height of letters and the slant can be told.
const ENOUGH: usize = 40;

/// The page made ready.
#[expect(clippy::cast_precision_loss, reason = "sides are below 2^24 pixels")]
pub(super) fn ready(page: &Gray) -> Gray {
    let whole = Bounds { left: 0, top: 0, right: page.width.cast_signed(), bottom: page.height.cast_signed() };
    let ink = Ink::of(page, whole, MOST_PIECES);
    let pieces = ink.map(|ink| ink.pieces).unwrap_or_default();
    // Letters of print are neither dust, dotted lines nor pictures.
    let of_size = |least: i32| -> Vec<Piece> {
        let is = |piece: &&Piece| {
            (least..=160).contains(&piece.bounds.height()) && (3..=240).contains(&piece.bounds.width())
        };
        pieces.iter().filter(is).copied().collect()
    };
    let large = of_size(9);
    let pieces = if large.len() >= ENOUGH { large } else { of_size(5) };
    let mut scale = 1.0;
    let mut slant = 0.0;
    if pieces.len() >= ENOUGH {
        scale = LETTER / letter_height(&pieces, 160).max(1) as f32;
        slant = slant_of(pieces.iter().map(|piece| piece.bounds));
    }
    // Little is gained by a little.
    if (0.87..1.15).contains(&scale) {
        scale = 1.0;
    }
    let pixels = page.width as f32 * page.height as f32;
    scale = scale.clamp(0.3, 2.5).min((MOST_PIXELS / pixels).sqrt());
    let is_ready = (scale - 1.0).abs() < f32::EPSILON && slant == 0.0;
    if is_ready { page.clone() } else { turned(page, scale, slant) }
}

/// The slope of the lines of text: the one at which most letters stand on common lines. 0 where it is too small to matter.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "places are below 2^24 pixels")]
fn slant_of(pieces: impl Iterator<Item = Bounds>) -> f32 {
    let feet: Vec<(f32, f32)> =
        pieces.take(5_000).map(|piece| (i32::midpoint(piece.left, piece.right) as f32, piece.bottom as f32)).collect();
    let sharpness = |slope: f32| -> u64 {
        let mut rows: Vec<i32> = feet.iter().map(|(x, y)| ((y - x * slope) / 2.0) as i32).collect();
        rows.sort_unstable();
        rows.chunk_by(|a, b| a == b).map(|row| (row.len() as u64).pow(2)).sum()
    };
    // Up to 5.7 degrees in steps of about a tenth of one.
    let steps = -50..=50;
    let best = steps.map(|step| (sharpness(step as f32 * 0.002), -i32::abs(step), step)).max();
    let slope = best.map_or(0.0, |(_, _, step)| step as f32 * 0.002);
    if slope.abs() < 0.005 { 0.0 } else { slope }
}

/// The page scaled, and turned back by a slope, with straight lines between pixels (and means of them where it shrinks).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides are below 2^24 pixels and brightness within 0 to 255"
)]
fn turned(page: &Gray, scale: f32, slope: f32) -> Gray {
    // Shrinking by whole steps first, so that no pixel goes unseen.
    let step = (1.0 / scale).floor().max(1.0) as u32;
    let page = &shrunk(page, step);
    let scale = scale * step as f32;
    let (width, height) = ((page.width as f32 * scale) as u32, (page.height as f32 * scale) as u32);
    let (width, height) = (width.max(1), height.max(1));
    let (cosine, sine) = (1.0 / slope.hypot(1.0), slope / slope.hypot(1.0));
    let (middle_x, middle_y) = (page.width as f32 / 2.0, page.height as f32 / 2.0);
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for y in 0..height {
        let down = (y as f32 + 0.5) / scale - middle_y;
        for x in 0..width {
            let right = (x as f32 + 0.5) / scale - middle_x;
            let from_x = middle_x + right * cosine - down * sine - 0.5;
            let from_y = middle_y + right * sine + down * cosine - 0.5;
            pixels.push(between(page, from_x, from_y));
        }
    }
    Gray { width, height, pixels }
}

/// The brightness between four pixels; white outside the page.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "brightness within 0 to 255")]
fn between(page: &Gray, x: f32, y: f32) -> u8 {
    let (left, top) = (x.floor(), y.floor());
    let (right_share, low_share) = (x - left, y - top);
    let at = |x: i32, y: i32| -> f32 {
        let (Ok(x), Ok(y)) = (usize::try_from(x), u32::try_from(y)) else { return 255.0 };
        page.row(y).get(x).map_or(255.0, |&pixel| f32::from(pixel))
    };
    let (left, top) = (left as i32, top as i32);
    let upper = at(left, top) * (1.0 - right_share) + at(left + 1, top) * right_share;
    let lower = at(left, top + 1) * (1.0 - right_share) + at(left + 1, top + 1) * right_share;
    (upper * (1.0 - low_share) + lower * low_share).round() as u8
}

/// The page with each square of `step` pixels as one.
fn shrunk(page: &Gray, step: u32) -> Gray {
    let (width, height) = (page.width / step, page.height / step);
    if step == 1 || width == 0 || height == 0 {
        return page.clone();
    }
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let from = (x * step) as usize;
        let rows = (y * step..(y + 1) * step).filter_map(|y| page.row(y).get(from..from + step as usize));
        let sum: u32 = rows.flatten().map(|&pixel| u32::from(pixel)).sum();
        pixels.push(u8::try_from(sum / (step * step)).unwrap_or(255));
    }
    Gray { width, height, pixels }
}
