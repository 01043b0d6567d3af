//! Glyphs to pieces of lines: what stands together on a base line, marks with their letters, spaces where gaps are.

use super::font::{Face, Kind};
use super::glyph::{ACTUAL, Drawn, Glyph};

/// A gap, in ems, beyond which a line goes on in another piece: the next cell, or after a tabulator.
const CELL: f32 = 1.2;
/// How far back, in ems, a letter may start before the end of the one before it.
const BACK: f32 = 0.35;
/// How far from its line, in ems, a raised or lowered letter may stand.
const RAISED: f32 = 0.45;
/// A gap, in ems beyond what is usual in the line, that is a space.
const SPACE: f32 = 0.15;
/// How far, in ems, pieces that were drawn apart may stand from each other to be one.
const TOUCH: f32 = 0.2;
/// How far, in ems, a mark may stand beside its letter.
const BESIDE: f32 = 0.12;

/// Marks of a page drawn apart from letters that are given to them.
const MAX_LOOSE: usize = 2_000;

/// A piece of a line.
#[derive(Debug)]
pub(super) struct Piece {
    glyphs: Vec<Glyph>,
    /// Where it starts on its line, in points.
    pub(super) x: f32,
    /// Where its last letter ends.
    pub(super) end: f32,
    /// Its base line, growing downwards.
    pub(super) y: f32,
    /// The height of an em.
    pub(super) size: f32,
    pub(super) turn: u8,
    pub(super) hidden: bool,
    /// Most of it is in a bold font.
    pub(super) bold: bool,
    /// Its text, with spaces, not in the normal form yet.
    pub(super) text: String,
}

/// The pieces of a page, in the order drawn.
pub(super) fn pieces(drawn: &Drawn, faces: &[Face<'_>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for glyph in &drawn.glyphs {
        match pieces.last_mut() {
            Some(piece) if piece.takes(glyph) => piece.push(glyph),
            // White space starts nothing.
            _ if glyph.kind == Kind::Blank => {}
            _ => pieces.push(Piece::new(glyph)),
        }
    }
    let mut pieces = join_touching(adopt_marks(pieces));
    for piece in &mut pieces {
        piece.write(drawn, faces);
        piece.glyphs = Vec::new();
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

impl Piece {
    fn new(glyph: &Glyph) -> Self {
        Self {
            glyphs: vec![*glyph],
            x: glyph.x,
            end: glyph.end,
            y: glyph.y,
            size: glyph.size,
            turn: glyph.turn,
            hidden: glyph.hidden,
            bold: false,
            text: String::new(),
        }
    }

    fn takes(&self, glyph: &Glyph) -> bool {
        if glyph.turn != self.turn || glyph.hidden != self.hidden {
            return false;
        }
        let em = self.size.max(glyph.size);
        let off = (glyph.y - self.y).abs();
        let gap = glyph.x - self.end;
        match glyph.kind {
            Kind::Mark => off <= em && glyph.x >= self.x - em && gap <= 0.6 * em,
            _ => off <= RAISED * em && gap >= -BACK * em && gap <= CELL * em,
        }
    }

    fn push(&mut self, glyph: &Glyph) {
        if glyph.kind == Kind::Base || glyph.kind == Kind::Unknown {
            // Bold by drawing twice.
            let before = self.glyphs.iter().rev().find(|other| other.kind == glyph.kind);
            if before.is_some_and(|other| is_again(other, glyph)) {
                return;
            }
            if glyph.size > self.size {
                (self.size, self.y) = (glyph.size, glyph.y);
            }
            self.end = self.end.max(glyph.end);
        }
        self.glyphs.push(*glyph);
    }

    /// Whether all of another piece is drawn here once more.
    fn repeats(&self, other: &Self) -> bool {
        self.glyphs.len() == other.glyphs.len()
            && self.glyphs.iter().zip(&other.glyphs).all(|(one, other)| is_again(one, other))
    }

    fn write(&mut self, drawn: &Drawn, faces: &[Face<'_>]) {
        let text = |glyph: &Glyph| match glyph.font {
            ACTUAL => drawn.actual.get(glyph.entry as usize).map_or("", String::as_str),
            font => faces.get(font as usize).and_then(|f| f.entries.get(glyph.entry as usize)).map_or("", |e| &e.text),
        };
        let bases: Vec<usize> = (0..self.glyphs.len()).filter(|&at| is_base(&self.glyphs[at])).collect();
        let usual = self.usual_gap(&bases);
        let (mut bold, mut out) = (0, String::with_capacity(self.glyphs.len() * 3));
        let marks = self.marks(&bases, faces);
        let mut mark = 0;
        // Marks without any letter before them.
        while marks.get(mark).is_some_and(|(base, _)| *base == 0) {
            out.push_str(text(&self.glyphs[marks[mark].1]));
            mark += 1;
        }
        for (number, &at) in bases.iter().enumerate() {
            let glyph = &self.glyphs[at];
            if let Some(before) = number.checked_sub(1).map(|before| bases[before]) {
                let blank = self.glyphs[before..at].iter().any(|glyph| glyph.kind == Kind::Blank);
                let gap = self.gap(before, at);
                if blank || gap > usual + SPACE * self.size {
                    out.push(' ');
                }
            }
            out.push_str(text(glyph));
            bold += usize::from(faces.get(glyph.font as usize).is_some_and(|face| face.bold));
            while marks.get(mark).is_some_and(|(base, _)| *base == number + 1) {
                out.push_str(text(&self.glyphs[marks[mark].1]));
                mark += 1;
            }
        }
        self.bold = bold * 2 > bases.len();
        // Some maps to Unicode give the nikhahit of sara am the whole, and then comes its second half.
        self.text = if out.contains("ำา") { out.replace("ำา", "ำ") } else { out };
    }

    /// The gap between one letter, or the marks drawn after it, and the next.
    fn gap(&self, before: usize, at: usize) -> f32 {
        let end = self.glyphs[before..at].iter().filter(|glyph| glyph.kind != Kind::Blank).map(|glyph| glyph.end);
        self.glyphs[at].x - end.fold(self.glyphs[before].end, f32::max)
    }

    /// The gap between letters that is nothing special, in points: more than nothing where they are spaced.
    fn usual_gap(&self, bases: &[usize]) -> f32 {
        let mut gaps: Vec<f32> = bases.windows(2).map(|pair| self.gap(pair[0], pair[1])).collect();
        if gaps.len() < 5 {
            return 0.0;
        }
        let middle = gaps.len() / 2;
        gaps.select_nth_unstable_by(middle, f32::total_cmp);
        gaps[middle].max(0.0)
    }

    /// For each mark, how many letters stand before it, its own among them, and its place among the glyphs; in the order
    /// of the letters.
    ///
    /// A mark belongs to the letter that its ink is over, which need not be the one drawn before it.
    fn marks(&self, bases: &[usize], faces: &[Face<'_>]) -> Vec<(usize, usize)> {
        let mut marks = Vec::new();
        let mut before = 0;
        for (at, glyph) in self.glyphs.iter().enumerate() {
            if bases.get(before) == Some(&at) {
                before += 1;
            }
            if glyph.kind != Kind::Mark {
                continue;
            }
            let entry = faces.get(glyph.font as usize).and_then(|face| face.entries.get(glyph.entry as usize));
            let own = entry.and_then(|entry| entry.ink).map_or(before, |(start, end)| {
                let middle = glyph.x + f32::midpoint(start, end) * glyph.size;
                let is_over = |number: usize, room: f32| {
                    let base = number.checked_sub(1).and_then(|number| bases.get(number)).map(|&at| &self.glyphs[at]);
                    base.is_some_and(|base| middle >= base.x - room && middle <= base.end + room)
                };
                if is_over(before, BESIDE * self.size) {
                    return before;
                }
                // Ink to the right of where it is drawn says nothing.
                if start + end >= 0.0 {
                    return before;
                }
                // Drawn where its letter will stand.
                let ahead = before == 0 || glyph.x > self.glyphs[bases[before - 1]].end + BESIDE * self.size;
                if ahead && is_over(before + 1, 0.0) {
                    return before + 1;
                }
                let back = bases.partition_point(|&base| self.glyphs[base].x <= middle);
                if back > 0 && is_over(back, 0.0) { back } else { before }
            });
            marks.push((own, at));
        }
        marks.sort_by_key(|(base, _)| *base);
        marks
    }
}

fn is_base(glyph: &Glyph) -> bool {
    matches!(glyph.kind, Kind::Base | Kind::Unknown)
}

fn is_again(one: &Glyph, other: &Glyph) -> bool {
    let near = 0.12 * one.size;
    (one.font, one.entry) == (other.font, other.entry)
        && (one.x - other.x).abs() < near
        && (one.y - other.y).abs() < near
}

/// Gives marks that were drawn apart from all letters to the piece that they stand over.
fn adopt_marks(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_loose = |piece: &Piece| piece.glyphs.iter().all(|glyph| glyph.kind == Kind::Mark);
    let (loose, mut pieces): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(is_loose);
    for mark in loose.into_iter().take(MAX_LOOSE) {
        let em = |piece: &Piece| piece.size.max(mark.size);
        let over = pieces
            .iter_mut()
            .filter(|piece| (piece.turn, piece.hidden) == (mark.turn, mark.hidden))
            .filter(|piece| mark.x >= piece.x - 0.3 * em(piece) && mark.x <= piece.end + 0.3 * em(piece))
            .filter(|piece| (piece.y - mark.y).abs() < 0.8 * em(piece))
            .min_by(|a, b| (a.y - mark.y).abs().total_cmp(&(b.y - mark.y).abs()));
        if let Some(piece) = over {
            piece.glyphs.extend(mark.glyphs);
        }
    }
    pieces
}

/// Pieces that stand side by side as one word though they were drawn apart, as one; those that are drawn twice, once.
fn join_touching(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&pieces[a], &pieces[b]);
        (a.turn, a.hidden).cmp(&(b.turn, b.hidden)).then(a.y.total_cmp(&b.y)).then(a.x.total_cmp(&b.x))
    });
    // Rows of pieces on one base line, each from left to right.
    let mut pieces: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    let mut start = 0;
    while start < order.len() {
        let Some(first) = pieces[order[start]].as_ref() else { break };
        let (y, near, side) = (first.y, 0.2 * first.size, (first.turn, first.hidden));
        let same = |at: &usize| pieces[*at].as_ref().is_some_and(|p| p.y - y <= near && (p.turn, p.hidden) == side);
        let length = order[start..].iter().take_while(|at| same(at)).count().max(1);
        let row = &mut order[start..start + length];
        row.sort_by(|&a, &b| {
            let x = |at: usize| pieces[at].as_ref().map_or(0.0, |piece| piece.x);
            x(a).total_cmp(&x(b)).then(a.cmp(&b))
        });
        join_row(row, &mut pieces);
        start += length;
    }
    pieces.into_iter().flatten().collect()
}

fn join_row(row: &[usize], pieces: &mut [Option<Piece>]) {
    let Some(&first) = row.first() else { return };
    let mut current = first;
    for &next in &row[1..] {
        let (Some(left), Some(right)) = (pieces[current].take(), pieces[next].take()) else { continue };
        let em = left.size.max(right.size);
        let gap = right.x - left.end;
        if right.repeats(&left) {
            pieces[current.min(next)] = Some(left);
            current = current.min(next);
        } else if gap.abs() <= TOUCH * em && left.size.min(right.size) > 0.5 * em {
            let mut left = left;
            left.end = left.end.max(right.end);
            left.size = em;
            left.glyphs.extend(right.glyphs);
            current = current.min(next);
            pieces[current] = Some(left);
        } else {
            (pieces[current], pieces[next]) = (Some(left), Some(right));
            current = next;
        }
    }
}
