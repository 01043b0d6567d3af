//! Parts the ink of a line into glyphs, where digits touch or are broken, by what the classifier can best read.

use super::glyph::{Ink, Piece};
use super::hocr::Bounds;
use super::net::{self, Reading};

/// A glyph that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) bounds: Bounds,
    pub(super) reading: Reading,
}

impl Read {
    /// Whether it is more likely a digit than not.
    pub(super) fn is_digit(&self) -> bool {
        self.reading.other < 0.5
    }
}

/// A piece, or a slice of one that was cut; the smallest part that a glyph is put together from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    label: u32,
    pub(super) bounds: Bounds,
}

/// Glyphs are put together from at most so many atoms.
const MOST_ATOMS: usize = 4;
/// Slices that a piece is cut into at most.
const MOST_SLICES: usize = 4;

/// The height of the line's small letters: the median of its pieces without dust, marks and frames. It is also the
/// height of Thai digits.
pub(super) fn letter_height(pieces: &[Piece], line: i32) -> i32 {
    let mut heights: Vec<i32> = pieces.iter().map(|piece| piece.bounds.height()).filter(|&h| h <= line).collect();
    heights.sort_unstable();
    let Some(&tall) = heights.get(heights.len() * 9 / 10) else { return 0 };
    // Marks, dots and dashes are less than half as high as the tallest letters.
    heights.retain(|&height| height * 5 >= tall * 2);
    heights.get(heights.len() / 2).copied().unwrap_or(0)
}

/// Leaves the pieces of the line itself: its picture can have parts of the lines above and below, and of a table's rules.
pub(super) fn keep_line(pieces: &mut Vec<Piece>, height: i32) {
    let is_letter = |piece: &&Piece| (height * 3..height * 6).contains(&(piece.bounds.height() * 4));
    let mut middles: Vec<i32> = pieces.iter().filter(is_letter).map(|piece| piece.bounds.middle()).collect();
    middles.sort_unstable();
    if let Some(&middle) = middles.get(middles.len() / 2) {
        let is_near = |piece: &Piece| (piece.bounds.middle() - middle).abs() * 5 <= height * 4;
        pieces.retain(|piece| {
            is_near(piece) && piece.bounds.width() <= height * 8 && piece.bounds.height() <= height * 3
        });
    }
}

/// The pieces of a line that may be letters or digits, or parts of them, from left to right.
pub(super) fn atoms(ink: &Ink<'_>, height: i32) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = ink
        .pieces
        .iter()
        .filter(|piece| piece.bounds.height() <= height * 5 / 2)
        .map(|piece| Atom { label: piece.label, bounds: piece.bounds })
        .collect();
    atoms.sort_by_key(|atom| (atom.bounds.left, atom.bounds.top));
    atoms
}

/// Whether an atom is too small for a digit: a dot, a dash, a broken-off end.
pub(super) fn is_small(atom: &Atom, height: i32) -> bool {
    atom.bounds.height() * 9 < height * 5
}

/// Reads one atom as a glyph.
pub(super) fn read(ink: &Ink<'_>, atom: &Atom) -> Option<Read> {
    let glyph = ink.glyph(&[atom.label], atom.bounds)?;
    Some(Read { bounds: atom.bounds, reading: net::read(&glyph) })
}

/// The best way to part some neighbouring atoms into glyphs, from left to right. Small ones that fit nowhere are left out.
pub(super) fn part(ink: &Ink<'_>, atoms: &[Atom], height: i32) -> Vec<Read> {
    let atoms: Vec<Atom> = atoms.iter().flat_map(|atom| sliced(ink, atom, height)).collect();
    // The best score for the atoms up to each, and the last glyph of that way with the number of its atoms.
    let mut best: Vec<(f32, usize, Option<Read>)> = vec![(0.0, 0, None)];
    for end in 1..=atoms.len() {
        let mut chosen = (f32::MIN, 1, None);
        for count in 1..=end.min(MOST_ATOMS) {
            let before = best[end - count].0;
            let Some(read) = together(ink, &atoms[end - count..end], height) else { continue };
            // Weighed by its atoms, so that a way is not better for having fewer glyphs.
            let weight = f32::from(u8::try_from(count).unwrap_or(u8::MAX));
            let (_, likely) = read.reading.best();
            // A glyph that is no digit costs a little: the ways that explain the ink as digits are looked for.
            let score = before + weight * likely.max(read.reading.other * 0.6).max(1e-4).ln();
            if score > chosen.0 {
                chosen = (score, count, Some(read));
            }
        }
        if is_small(&atoms[end - 1], height) || chosen.2.is_none() {
            let without = best[end - 1].0 + 0.4_f32.ln();
            if without > chosen.0 {
                chosen = (without, 1, None);
            }
        }
        best.push(chosen);
    }
    let mut reads = Vec::new();
    let mut end = atoms.len();
    while end > 0 {
        let (_, count, read) = best[end];
        reads.extend(read);
        end -= count;
    }
    reads.reverse();
    reads
}

/// Some atoms as one glyph, where they are no larger than a digit can be.
fn together(ink: &Ink<'_>, atoms: &[Atom], height: i32) -> Option<Read> {
    let all = atoms.iter().map(|atom| atom.bounds).reduce(Bounds::with)?;
    let fits = all.width() * 5 <= height * 8 && all.height() * 2 <= height * 5 && all.height() * 2 >= height;
    if !fits {
        return None;
    }
    let labels: Vec<u32> = atoms.iter().map(|atom| atom.label).collect();
    let bounds = ink.tight(&labels, all.left, all.right, all)?;
    let glyph = ink.glyph(&labels, bounds)?;
    Some(Read { bounds, reading: net::read(&glyph) })
}

/// An atom, or its slices where it is as wide as two digits: cut at the columns with the least ink.
fn sliced(ink: &Ink<'_>, atom: &Atom, height: i32) -> Vec<Atom> {
    let piece = ink.pieces.iter().find(|piece| piece.label == atom.label);
    let Some(piece) = piece.filter(|_| atom.bounds.width() * 4 > height * 5) else { return vec![*atom] };
    let profile = ink.profile(piece);
    let apart = usize::try_from(height / 3).unwrap_or(1).max(2);
    // Places far enough from the ends, those with the least ink first.
    let mut places: Vec<usize> = (apart..profile.len().saturating_sub(apart)).collect();
    places.sort_by_key(|&place| profile[place]);
    let thin = u32::try_from(height / 3).unwrap_or(1).max(2);
    let mut cuts: Vec<usize> = Vec::new();
    for place in places {
        let is_apart = cuts.iter().all(|cut| cut.abs_diff(place) >= apart);
        if profile[place] <= thin && is_apart && cuts.len() + 1 < MOST_SLICES {
            cuts.push(place);
        }
    }
    cuts.sort_unstable();
    cuts.push(profile.len());
    let mut left = piece.bounds.left;
    let mut slices = Vec::new();
    for cut in cuts {
        let right = piece.bounds.left + i32::try_from(cut).unwrap_or(0);
        let bounds = ink.tight(&[atom.label], left, right, piece.bounds);
        slices.extend(bounds.map(|bounds| Atom { label: atom.label, bounds }));
        left = right;
    }
    slices
}
