//! Marks, and the letters before and after them.

use super::cells::{self, AA, AM, Cell, LEADING, MARKS, NIKHAHIT, SARA_A, SPACE, TONES};

/// Whether a mark can stand on a letter.
pub(super) fn carries(letter: Cell) -> bool {
    !matches!(letter, SARA_A | AA | AM) && !cells::is(LEADING, letter)
}

/// The place after a sara aa that follows, white space before it or not.
pub(super) fn joined(cells: &[Cell], at: usize) -> Option<usize> {
    match (cells.get(at), cells.get(at + 1)) {
        (Some(&AA), _) => Some(at + 1),
        (Some(&SPACE), Some(&AA)) => Some(at + 2),
        _ => None,
    }
}

/// The marks that stand behind a letter that carries none; whether white space is after them.
pub(super) fn misplaced(cells: &[Cell]) -> impl Iterator<Item = bool> {
    let behind = move |at: usize| {
        let marks = marks_after(cells, at + 1).filter(|marks| !marks.spaced)?;
        Some(cells.get(marks.to) == Some(&SPACE))
    };
    (1..cells.len()).filter(|at| cells[*at] < SPACE && !carries(cells[*at])).filter_map(behind)
}

/// Marks after a letter.
pub(super) struct Marks {
    pub(super) from: usize,
    pub(super) to: usize,
    /// White space stands before them.
    pub(super) spaced: bool,
}

impl Marks {
    /// Those that belong to the letter before, and those that stay: none in the first way of parting, the vowels in the
    /// second.
    pub(super) fn parted(&self, cells: &[Cell], part: usize) -> (Vec<Cell>, Vec<Cell>) {
        let all = cells[self.from..self.to].iter();
        let (moved, stay): (Vec<Cell>, Vec<Cell>) = all.partition(|mark| part == 0 || cells::is(TONES, **mark));
        // The second way is another one only where something stays.
        if part > 0 && stay.is_empty() { (Vec::new(), moved) } else { (moved, stay) }
    }
}

pub(super) fn marks_after(cells: &[Cell], at: usize) -> Option<Marks> {
    let spaced = cells.get(at) == Some(&SPACE);
    let from = at + usize::from(spaced);
    let count = cells.get(from..)?.iter().take(3).take_while(|cell| cells::is(MARKS, **cell)).count();
    // A ring and a sara aa are a sara am.
    let ring = count > 0 && cells[from + count - 1] == NIKHAHIT && joined(cells, from + count).is_some();
    let count = count - usize::from(ring);
    (count > 0).then_some(Marks { from, to: from + count, spaced })
}
