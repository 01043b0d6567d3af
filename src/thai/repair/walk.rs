//! The words that a place in a damaged text may begin with.

use super::cells::{self, AA, AM, Cell, LOST, MARKS, NIKHAHIT, SPACE, TONES};
use super::costs::{Damage, left_out};
use super::decode::{Decoder, Kinds, STOPS, Way, What, stop_at};
use super::lexicon::{Place, ROOT};
use super::marks::{carries, joined, marks_after};

/// Of a short word that was changed to be one, beside letters that are none: those are names, and it is a part of one.
const LONELY: i32 = 14;
/// Letters of a word that is not short.
const LONG: u8 = 4;
/// Steps that may be spent on the words that begin at one place; hardly ever a tenth of them are.
const STEPS: usize = 600;

/// Those of what was left out.
pub(super) const LEFT_OUT: Kinds =
    1 << Damage::Am as usize | 1 << Damage::Stacked as usize | 1 << Damage::Tall as usize | 1 << Damage::Mark as usize;

/// A step into a word.
pub(super) struct Step {
    at: usize,
    place: Place,
    cost: i32,
    damage: Kinds,
    /// The last letter that was taken or put in, and how many there are.
    last: Cell,
    letters: u8,
}

impl Decoder<'_> {
    /// The words that begin at a stop.
    pub(super) fn words_at(&mut self, cells: &[Cell], start: usize) {
        let first = Step { at: start / STOPS, place: ROOT, cost: 0, damage: 0, last: SPACE, letters: 0 };
        self.stack.clear();
        match start % STOPS {
            0 if cells::follows(cells[first.at]) => return,
            0 => self.stack.push(first),
            taken => self.after_moved(cells, &first, taken - 1),
        }
        let mut left = STEPS;
        while let Some(step) = self.stack.pop()
            && left > 0
        {
            left -= 1;
            // A letter on its own is an abbreviation, not a word that lost its marks.
            if step.damage & LEFT_OUT == 0 || !alone(cells, start / STOPS, step.at) {
                self.end_word(start, stop_at(step.at), &step);
            }
            self.step(cells, start, &step);
        }
    }

    /// Reaches a stop by the word that a step ends, if it ends one.
    fn end_word(&mut self, start: usize, to: usize, step: &Step) {
        let Some(cost) = self.words.cost(step.place) else { return };
        let [known, unknown] = [self.ways[start][0].cost, self.ways[start][1].cost];
        let lonely = if step.damage != 0 && step.letters < LONG { LONELY } else { 0 };
        let after_unknown = unknown.saturating_add(lonely);
        let way = Way {
            cost: cost + step.cost + known.min(after_unknown),
            from: u32::try_from(start).unwrap_or(u32::MAX),
            from_unknown: after_unknown < known,
            what: What::Word(step.place),
            damage: step.damage,
        };
        self.reach(to, 0, way);
    }

    /// Goes on with a letter that follows in a word.
    fn push(&mut self, step: &Step, at: usize, letter: Cell, cost: i32, damage: Option<Damage>) {
        if let Some(place) = self.words.after(step.place, letter) {
            let damage = step.damage | damage.map_or(0, |damage| 1 << damage as usize);
            let letters = step.letters.saturating_add(1);
            self.stack.push(Step { at, place, cost: step.cost + cost, damage, last: letter, letters });
        }
    }

    /// All that may come next in a word.
    fn step(&mut self, cells: &[Cell], start: usize, step: &Step) {
        let costs = self.costs;
        if costs.seeks_marks() && step.letters > 0 {
            self.put_marks_in(cells, step);
        }
        if costs.has(Damage::Am) && step.letters > 0 {
            self.push(step, step.at, AM, costs.of(Damage::Am), Some(Damage::Am));
        }
        let Some(&cell) = cells.get(step.at) else { return };
        let at = step.at + 1;
        match cell {
            AA => {
                self.push(step, at, AA, costs.not(Damage::Aa), None);
                if costs.has(Damage::Ring) {
                    self.push(step, at, AM, costs.of(Damage::Ring), Some(Damage::Ring));
                }
            }
            AM => {
                self.push(step, at, AM, costs.not(Damage::Ring), None);
                if costs.has(Damage::Aa) {
                    self.push(step, at, AA, costs.of(Damage::Aa), Some(Damage::Aa));
                }
            }
            SPACE if step.letters > 0 => self.space_inside(cells, step),
            NIKHAHIT if joined(cells, at).is_some() => {
                self.push(step, joined(cells, at).unwrap_or(at), AM, 0, None);
            }
            LOST => self.guess(cells, step),
            _ => self.push(step, at, cell, 0, None),
        }
        if step.letters > 0 && !cells::is(MARKS, cell) && cell != LOST && cell != SPACE {
            self.moved(cells, start, step, cell);
        }
    }

    /// Puts marks in that may have been left out.
    fn put_marks_in(&mut self, cells: &[Cell], step: &Step) {
        // A mark that is there is not replaced.
        let next = cells.get(step.at).copied().unwrap_or(SPACE);
        let set = if cells::is(cells::UPPER, step.last) { TONES } else { MARKS };
        if cells::is(TONES, step.last) || cells::is(TONES, next) && cells::is(cells::UPPER, step.last) {
            return;
        }
        let words = self.words;
        for (mark, _) in words.among(step.place, set) {
            let damage = left_out(step.last, mark);
            if self.costs.has(damage) {
                self.push(step, step.at, mark, self.costs.of(damage), Some(damage));
            }
        }
    }

    /// White space inside a word.
    fn space_inside(&mut self, cells: &[Cell], step: &Step) {
        let costs = self.costs;
        let at = step.at + 1;
        let Some(&next) = cells.get(at) else { return };
        match next {
            AA => {
                self.push(step, at + 1, AM, costs.of(Damage::Split), Some(Damage::Split));
                self.push(step, at + 1, AA, costs.not(Damage::Split), None);
            }
            _ if cells::follows(next) => self.stack.push(Step { at, ..*step }),
            _ if costs.has(Damage::Gap) => {
                let damage = step.damage | 1 << Damage::Gap as usize;
                self.stack.push(Step { at, cost: step.cost + costs.of(Damage::Gap), damage, ..*step });
            }
            _ => {}
        }
    }

    /// A character that was not to be read: a sara am or its ring, a mark, or nothing.
    fn guess(&mut self, cells: &[Cell], step: &Step) {
        let cost = self.costs.of(Damage::Lost);
        let at = step.at + 1;
        if step.letters == 0 {
            return;
        }
        if let Some(after) = joined(cells, at) {
            self.push(step, after, AM, 0, None);
            return;
        }
        self.push(step, at, AM, cost, Some(Damage::Lost));
        let words = self.words;
        for (mark, _) in words.among(step.place, MARKS) {
            self.push(step, at, mark, cost + 2, Some(Damage::Lost));
        }
        let damage = step.damage | 1 << Damage::Lost as usize;
        self.stack.push(Step { at, cost: step.cost + cost + 4, damage, ..*step });
    }

    /// Marks that stand behind the letter after theirs.
    fn moved(&mut self, cells: &[Cell], start: usize, step: &Step, letter: Cell) {
        let Some(marks) = marks_after(cells, step.at + 1) else { return };
        if carries(letter) && !self.costs.has(Damage::MovedSpace) && !self.costs.has(Damage::Moved) {
            return;
        }
        for part in 0..STOPS - 1 {
            let (moved, _) = marks.parted(cells, part);
            if moved.is_empty() {
                continue;
            }
            // They end the word before the letter, or stand inside.
            let mut next = Step { ..*step };
            for &mark in &moved {
                let Some(place) = self.words.after(next.place, mark) else { break };
                next = Step { place, last: mark, letters: next.letters.saturating_add(1), ..next };
            }
            if usize::from(next.letters - step.letters) < moved.len() {
                continue;
            }
            self.end_word(start, stop_at(step.at) + 1 + part, &next);
            self.after_moved(cells, &next, part);
        }
    }

    /// Goes on with a letter whose marks, or a part of them, belong to the letter before it.
    fn after_moved(&mut self, cells: &[Cell], step: &Step, part: usize) {
        let letter = cells[step.at];
        let Some(marks) = marks_after(cells, step.at + 1) else { return };
        let spaced = cells.get(marks.to) == Some(&SPACE);
        let (cost, damage) = match (carries(letter), spaced || marks.spaced) {
            (false, _) => (0, None),
            (true, true) => (self.costs.of(Damage::MovedSpace), Some(Damage::MovedSpace)),
            (true, false) => (self.costs.of(Damage::Moved), Some(Damage::Moved)),
        };
        let mut next = Step { ..*step };
        for letter in std::iter::once(letter).chain(marks.parted(cells, part).1) {
            let Some(place) = self.words.after(next.place, letter) else { return };
            next = Step { place, last: letter, letters: next.letters.saturating_add(1), ..next };
        }
        let damage = step.damage | damage.map_or(0, |damage| 1 << damage as usize);
        let next = Step { at: marks.to, cost: step.cost + cost, damage, ..next };
        // White space after a moved mark belongs to the damage.
        if spaced {
            self.stack.push(Step { at: marks.to + 1, ..next });
        }
        self.stack.push(next);
    }
}

/// Whether what stands between two places is one letter between white space or at an end.
fn alone(cells: &[Cell], from: usize, to: usize) -> bool {
    let ends = |cell: Option<&Cell>| cell.is_none_or(|cell| *cell == SPACE);
    to < from + 2 && ends(cells.get(to)) && ends(from.checked_sub(1).and_then(|at| cells.get(at)))
}
