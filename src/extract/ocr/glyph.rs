//! The ink of a piece of a page: what is joined, and glyphs cut out as the classifier wants them.

use std::collections::VecDeque;

use super::hocr::Bounds;
use crate::extract::picture::Gray;

/// The side of a glyph's picture, and the longer side of the ink within it; as in `config/digits/train.py`.
pub(super) const SIDE: usize = 24;
const INNER: usize = 20;

/// A glyph: rows of ink from 0 to 255, centred, its longer side [`INNER`] pixels.
pub(super) type Glyph = [u8; SIDE * SIDE];

/// Brightness between ink and paper below which a place is taken to be empty.
const LEAST_CONTRAST: u8 = 40;
/// The least contrast that is stretched to full ink, as in `train.py`.
const CONTRAST_FLOOR: f32 = 24.0;
/// Pieces of fewer pixels are dust.
const DUST: u32 = 4;

/// Joined ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its number in the map of labels.
    pub(super) label: u32,
    pub(super) bounds: Bounds,
    /// Its pixels.
    pub(super) area: u32,
}

/// A part of a page with its ink parted into pieces.
#[derive(Debug)]
pub(super) struct Ink<'a> {
    page: &'a Gray,
    bounds: Bounds,
    /// The piece of every pixel, row by row; 0 is paper.
    labels: Vec<u32>,
    pub(super) pieces: Vec<Piece>,
    /// The brightness of the paper.
    light: u8,
}

impl<'a> Ink<'a> {
    /// The ink of a part of a page: what is darker than Otsu's threshold, joined also over corners.
    /// Nothing where the part is outside the page, or has no contrast, or more pieces than `most`.
    pub(super) fn of(page: &'a Gray, part: Bounds, most: usize) -> Option<Self> {
        let limit = |value: i32, size: u32| value.clamp(0, i32::try_from(size).unwrap_or(i32::MAX));
        let bounds = Bounds {
            left: limit(part.left, page.width),
            right: limit(part.right, page.width),
            top: limit(part.top, page.height),
            bottom: limit(part.bottom, page.height),
        };
        let (width, height) = (usize::try_from(bounds.width()).ok()?, usize::try_from(bounds.height()).ok()?);
        let counts = histogram(page, bounds);
        let light = percentile(&counts, 90);
        let threshold = otsu(&counts);
        if width == 0 || height == 0 || light.saturating_sub(percentile_below(&counts, threshold)) < LEAST_CONTRAST {
            return None;
        }
        let mut ink = Self { page, bounds, labels: vec![0; width * height], pieces: Vec::new(), light };
        ink.label(threshold, most).then_some(ink)
    }

    fn width(&self) -> usize {
        usize::try_from(self.bounds.width()).unwrap_or(0)
    }

    /// The row of the page at a row of the part, within the part.
    fn row(&self, y: usize) -> &[u8] {
        row(self.page, self.bounds, y)
    }

    /// Gives every dark pixel the label of its piece. False where there are too many.
    fn label(&mut self, threshold: u8, most: usize) -> bool {
        let width = self.width();
        let height = self.labels.len() / width.max(1);
        let mut open = VecDeque::new();
        let mut label = 0;
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            if self.labels[y * width + x] != 0 || self.row(y)[x] > threshold {
                continue;
            }
            label += 1;
            let (mut low, mut high, mut area) = ((x, y), (x, y), 0);
            self.labels[y * width + x] = label;
            open.push_back((x, y));
            while let Some((x, y)) = open.pop_front() {
                area += 1;
                low = (low.0.min(x), low.1.min(y));
                high = (high.0.max(x), high.1.max(y));
                for (x, y) in around(x, y).filter(|&(x, y)| x < width && y < height) {
                    if self.labels[y * width + x] == 0 && self.row(y)[x] <= threshold {
                        self.labels[y * width + x] = label;
                        open.push_back((x, y));
                    }
                }
            }
            if area >= DUST {
                let place = |value: usize, from: i32| from + i32::try_from(value).unwrap_or(0);
                let bounds = Bounds {
                    left: place(low.0, self.bounds.left),
                    top: place(low.1, self.bounds.top),
                    right: place(high.0, self.bounds.left) + 1,
                    bottom: place(high.1, self.bounds.top) + 1,
                };
                self.pieces.push(Piece { label, bounds, area });
                if self.pieces.len() > most {
                    return false;
                }
            }
        }
        true
    }

    /// How many pixels of a piece each column of its bounds has.
    pub(super) fn profile(&self, piece: &Piece) -> Vec<u32> {
        let mut profile = vec![0; usize::try_from(piece.bounds.width()).unwrap_or(0)];
        for y in piece.bounds.top..piece.bounds.bottom {
            let labels = self.labels_between(y, piece.bounds.left, piece.bounds.right);
            for (count, &label) in profile.iter_mut().zip(labels) {
                *count += u32::from(label == piece.label);
            }
        }
        profile
    }

    /// The labels of a row of the page between two columns of the page.
    fn labels_between(&self, y: i32, left: i32, right: i32) -> &[u32] {
        let at = |value: i32, from: i32| usize::try_from(value - from).unwrap_or(0);
        let from = at(y, self.bounds.top) * self.width();
        let (left, right) = (at(left, self.bounds.left), at(right, self.bounds.left));
        self.labels.get(from + left..from + right).unwrap_or_default()
    }

    /// The rectangle of the ink that some pieces have between two columns.
    pub(super) fn tight(&self, labels: &[u32], left: i32, right: i32, within: Bounds) -> Option<Bounds> {
        let mut found: Option<Bounds> = None;
        for y in within.top..within.bottom {
            let row = self.labels_between(y, left, right);
            let Some(first) = row.iter().position(|label| labels.contains(label)) else { continue };
            let last = row.iter().rposition(|label| labels.contains(label)).unwrap_or(first);
            let place = |value: usize| left + i32::try_from(value).unwrap_or(0);
            let here = Bounds { left: place(first), right: place(last) + 1, top: y, bottom: y + 1 };
            found = Some(found.map_or(here, |found| found.with(here)));
        }
        found
    }

    /// The glyph of some pieces within a rectangle; ink of other pieces there is left out.
    pub(super) fn glyph(&self, labels: &[u32], bounds: Bounds) -> Option<Glyph> {
        let (width, height) = (usize::try_from(bounds.width()).ok()?, usize::try_from(bounds.height()).ok()?);
        if width == 0 || height == 0 || width.max(height) > 1_000 {
            return None;
        }
        let mut crop = Vec::with_capacity(width * height);
        for y in bounds.top..bounds.bottom {
            let strip_y = usize::try_from(y - self.bounds.top).ok()?;
            let from = usize::try_from(bounds.left - self.bounds.left).ok()?;
            let pixels = self.row(strip_y).get(from..from + width)?;
            let map = self.labels_between(y, bounds.left, bounds.right);
            crop.extend(
                pixels.iter().zip(map).map(
                    |(&pixel, label)| {
                        if *label == 0 || labels.contains(label) { pixel } else { self.light }
                    },
                ),
            );
        }
        let mut sorted = crop.clone();
        let fifth = sorted.len() / 20;
        let (_, &mut dark, _) = sorted.select_nth_unstable(fifth);
        let light = f32::from(self.light);
        let contrast = (light - f32::from(dark)).max(CONTRAST_FLOOR);
        let ink: Vec<f32> =
            crop.iter().map(|&pixel| ((light - f32::from(pixel)) / contrast).clamp(0.0, 1.0) * 255.0).collect();
        Some(centred(&ink, width, height))
    }
}

/// The eight places around one, also those outside to the left and above, as huge numbers.
fn around(x: usize, y: usize) -> impl Iterator<Item = (usize, usize)> {
    const STEPS: [(isize, isize); 8] = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
    STEPS.iter().map(move |&(right, down)| (x.wrapping_add_signed(right), y.wrapping_add_signed(down)))
}

/// A row of a part of a page.
fn row(page: &Gray, part: Bounds, y: usize) -> &[u8] {
    let page_y = u32::try_from(part.top).unwrap_or(0) + u32::try_from(y).unwrap_or(u32::MAX);
    let (left, right) = (usize::try_from(part.left).unwrap_or(0), usize::try_from(part.right).unwrap_or(0));
    page.row(page_y).get(left..right).unwrap_or_default()
}

/// How often each brightness occurs in a part of a page.
fn histogram(page: &Gray, part: Bounds) -> [u64; 256] {
    let mut counts = [0; 256];
    for y in 0..usize::try_from(part.height()).unwrap_or(0) {
        for &pixel in row(page, part, y) {
            counts[usize::from(pixel)] += 1;
        }
    }
    counts
}

/// The brightness that so many of a hundred pixels do not exceed.
fn percentile(counts: &[u64; 256], percent: u64) -> u8 {
    let total: u64 = counts.iter().sum();
    let mut seen = 0;
    let at = counts.iter().position(|count| {
        seen += count;
        seen * 100 >= total * percent
    });
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(255)
}

/// The median brightness of what is not brighter than a threshold.
fn percentile_below(counts: &[u64; 256], threshold: u8) -> u8 {
    let mut below = *counts;
    below[usize::from(threshold) + 1..].fill(0);
    percentile(&below, 50)
}

/// The threshold that parts dark and light with the greatest variance between them (Otsu 1979).
#[expect(clippy::cast_precision_loss, reason = "counts of pixels are far below 2^52")]
fn otsu(counts: &[u64; 256]) -> u8 {
    let total: f64 = counts.iter().map(|&count| count as f64).sum();
    let mass: f64 = counts.iter().zip(0..).map(|(&count, value)| count as f64 * f64::from(value)).sum();
    let (mut below, mut mass_below) = (0.0, 0.0);
    let mut best = (0.0, 0);
    for value in 0..=u8::MAX {
        let count = counts[usize::from(value)] as f64;
        below += count;
        mass_below += count * f64::from(value);
        let above = total - below;
        if below > 0.0 && above > 0.0 {
            let between = below * above * (mass_below / below - (mass - mass_below) / above).powi(2);
            if between > best.0 {
                best = (between, value);
            }
        }
    }
    best.1
}

/// A picture of ink scaled by a triangle filter, as Pillow's `BILINEAR` does, and put in the middle of a glyph.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "sizes are below 1,000 and ink lies within 0 to 255"
)]
fn centred(ink: &[f32], width: usize, height: usize) -> Glyph {
    let scale = INNER as f32 / width.max(height) as f32;
    let size = |side: usize| ((side as f32 * scale).round() as usize).clamp(1, INNER);
    let (new_width, new_height) = (size(width), size(height));
    let mut wide = vec![0.0; new_width * height];
    for (x, weights) in filter(width, new_width).into_iter().enumerate() {
        for y in 0..height {
            wide[y * new_width + x] = weights.iter().map(|&(from, weight)| ink[y * width + from] * weight).sum();
        }
    }
    let mut glyph = [0; SIDE * SIDE];
    let (top, left) = ((SIDE - new_height) / 2, (SIDE - new_width) / 2);
    for (y, weights) in filter(height, new_height).into_iter().enumerate() {
        for x in 0..new_width {
            let sum: f32 = weights.iter().map(|&(from, weight)| wide[from * new_width + x] * weight).sum();
            glyph[(top + y) * SIDE + left + x] = sum.round().clamp(0.0, 255.0) as u8;
        }
    }
    glyph
}

/// For each place of a scaled line, the places that it is mixed from, with their weights.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "sizes are below 1,000"
)]
fn filter(from: usize, to: usize) -> Vec<Vec<(usize, f32)>> {
    let scale = from as f32 / to as f32;
    let reach = scale.max(1.0);
    let place = |at: usize| {
        let centre = (at as f32 + 0.5) * scale;
        let first = (centre - reach + 0.5).max(0.0) as usize;
        let last = ((centre + reach + 0.5) as usize).min(from);
        let weight = |source: usize| (1.0 - ((source as f32 + 0.5 - centre) / reach).abs()).max(0.0);
        let sum: f32 = (first..last).map(weight).sum();
        (first..last).map(|source| (source, weight(source) / sum)).collect()
    };
    (0..to).map(place).collect()
}
