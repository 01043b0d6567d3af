//! The likeliest sound form of a stretch of damaged text: the cheapest way through it, word by word.

use super::cells::{self, AA, AM, Cell, LOST, NIKHAHIT, SPACE};
use super::costs::{Costs, Damage};
use super::lexicon::{Lexicon, Place};
use super::marks::{carries, joined, marks_after};
use super::walk::Step;

/// More than any way through a line costs.
const FAR: i32 = 1 << 28;
/// Of white space between words.
const SPACE_COST: i32 = 2;
/// Of the first of several letters that are no word, and of each of them.
const UNKNOWN_START: i32 = 18;
const UNKNOWN_LETTER: i32 = 8;
/// Of a letter that is no word and whose marks belong to the word before it.
const MOVED_UNKNOWN: i32 = 6;
/// Stops at a place between cells: before the letter there, and before it with all the marks behind it taken, as the word
/// before may do, or only those that are tones.
pub(super) const STOPS: usize = 3;

/// The kinds of damage in a word, a bit each.
pub(super) type Kinds = u16;

/// How a place in a line was reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) cost: i32,
    pub(super) from: u32,
    /// Whether the place before was reached by letters that are no word.
    pub(super) from_unknown: bool,
    pub(super) what: What,
    pub(super) damage: Kinds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Start,
    Word(Place),
    Space,
    /// White space that is not to be written.
    Dropped,
    Unknown,
}

const NO_WAY: Way = Way { cost: FAR, from: 0, from_unknown: false, what: What::Start, damage: 0 };

/// A piece of the way through a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first cell and the one after its last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// What it is written as.
    pub(super) out: Vec<Cell>,
    /// The kinds of damage in it, if it is a word.
    pub(super) damage: Kinds,
    /// The cost of the way up to its start and its end.
    pub(super) cost: (i32, i32),
    pub(super) known: bool,
}

/// Finds ways through lines; keeps its room between them.
pub(super) struct Decoder<'a> {
    pub(super) words: &'a Lexicon,
    pub(super) costs: Costs,
    /// The best way to each place, by a word and by letters that are none.
    pub(super) ways: Vec<[Way; 2]>,
    pub(super) stack: Vec<Step>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(words: &'a Lexicon, costs: Costs) -> Self {
        Self { words, costs, ways: Vec::new(), stack: Vec::new() }
    }

    /// The cheapest way through cells, piece by piece.
    pub(super) fn decode(&mut self, cells: &[Cell]) -> Vec<Piece> {
        self.search(cells);
        let mut pieces = Vec::new();
        let mut stop = stop_at(cells.len());
        let mut unknown = self.ways[stop][1].cost < self.ways[stop][0].cost;
        while stop > 0 {
            let way = self.ways[stop][usize::from(unknown)];
            let from = way.from as usize;
            let out = match way.what {
                What::Word(place) => self.words.word(place),
                What::Space => vec![SPACE],
                What::Unknown => self.unknown(cells, from).1,
                What::Dropped | What::Start => Vec::new(),
            };
            let start = self.ways[from][usize::from(way.from_unknown)].cost;
            let known = matches!(way.what, What::Word(_));
            let (from_cell, to) = (from / STOPS, stop / STOPS);
            pieces.push(Piece { from: from_cell, to, out, damage: way.damage, cost: (start, way.cost), known });
            (stop, unknown) = (from.min(stop - 1), way.from_unknown);
        }
        pieces.reverse();
        pieces
    }

    /// The cost of the cheapest way from one place to another, if both are reached.
    pub(super) fn cost_between(&self, from: usize, to: usize) -> Option<i32> {
        let best = |at: usize| {
            self.ways.get(stop_at(at)).map(|ways| ways[0].cost.min(ways[1].cost)).filter(|cost| *cost < FAR)
        };
        Some(best(to)? - best(from)?)
    }

    /// Finds the best way to each place.
    pub(super) fn search(&mut self, cells: &[Cell]) {
        self.ways.clear();
        self.ways.resize(stop_at(cells.len()) + 1, [NO_WAY; 2]);
        self.ways[0][0].cost = 0;
        for stop in 0..stop_at(cells.len()) {
            let [known, unknown] = [self.ways[stop][0].cost, self.ways[stop][1].cost];
            if known.min(unknown) >= FAR {
                continue;
            }
            let at = stop / STOPS;
            let from = u32::try_from(stop).unwrap_or(u32::MAX);
            if cells[at] == SPACE {
                let drops = cells.get(at + 1).is_some_and(|next| cells::follows(*next));
                let what = if drops { What::Dropped } else { What::Space };
                let cost = known.min(unknown) + if drops { UNKNOWN_LETTER } else { SPACE_COST };
                self.reach(stop_at(at + 1), 0, Way { cost, from, from_unknown: unknown < known, what, damage: 0 });
                continue;
            }
            self.words_at(cells, stop);
            let (to, _, more) = self.unknown(cells, stop);
            let enter = known.saturating_add(UNKNOWN_START);
            let cost = enter.min(unknown) + more;
            let way = Way { cost, from, from_unknown: unknown <= enter, what: What::Unknown, damage: 0 };
            self.reach(stop_at(to), 1, way);
        }
    }

    pub(super) fn reach(&mut self, stop: usize, unknown: usize, way: Way) {
        let best = &mut self.ways[stop][unknown];
        if way.cost < best.cost {
            *best = way;
        }
    }

    /// The end of a letter that is no word, with what hangs on it; what it is written as, and its cost.
    fn unknown(&self, cells: &[Cell], stop: usize) -> (usize, Vec<Cell>, i32) {
        let at = stop / STOPS;
        let mut out = Vec::new();
        let letter = cells[at];
        if let (Some(part), Some(marks)) = ((stop % STOPS).checked_sub(1), marks_after(cells, at + 1)) {
            out.push(letter);
            out.extend(marks.parted(cells, part).1);
            let spaced = cells.get(marks.to) == Some(&SPACE);
            return (marks.to + usize::from(spaced), out, UNKNOWN_LETTER + MOVED_UNKNOWN);
        }
        let mut to = at + 1;
        let mut cost = UNKNOWN_LETTER;
        if letter == LOST || cells::follows(letter) {
            let am = matches!(letter, NIKHAHIT | LOST).then(|| joined(cells, to)).flatten();
            to = am.unwrap_or(to);
            match letter {
                _ if am.is_some() => out.push(AM),
                LOST => {}
                AA | AM => cost += self.aa_or_am(letter, &mut out),
                _ => out.push(letter),
            }
            return (to, out, cost);
        }
        if let Some(marks) = marks_after(cells, to) {
            let all = &cells[marks.from..marks.to];
            if carries(letter) {
                out.push(letter);
                out.extend(all);
            } else {
                out.extend(all);
                out.push(letter);
            }
            to = marks.to;
        } else {
            out.push(letter);
        }
        // Sara aa or am belongs to the letter.
        let spaced = cells.get(to) == Some(&SPACE);
        match cells.get(to + usize::from(spaced)) {
            Some(&AA) if spaced => {
                let split = self.costs.of(Damage::Split) <= self.costs.not(Damage::Split);
                out.push(if split { AM } else { AA });
                to += 2;
            }
            Some(&vowel @ (AA | AM)) if marks_after(cells, to + usize::from(spaced) + 1).is_none() => {
                cost += UNKNOWN_LETTER + self.aa_or_am(vowel, &mut out);
                to += 1 + usize::from(spaced);
            }
            _ => {}
        }
        (to, out, cost)
    }

    /// Writes a sara aa or am that is in no word as what it likely was; the cost.
    fn aa_or_am(&self, vowel: Cell, out: &mut Vec<Cell>) -> i32 {
        let (same, other, damage) =
            if vowel == AA { (Damage::Aa, Damage::Ring, AM) } else { (Damage::Ring, Damage::Aa, AA) };
        let keep = self.costs.not(same);
        // Of ten such vowels in Thai text one is a sara am.
        let change = self.costs.of(other) + 4;
        let keep = if vowel == AM { keep + 4 } else { keep };
        let change = if vowel == AM { change - 4 } else { change };
        out.push(if vowel == AM && change < keep { damage } else { vowel });
        keep.min(change).min(UNKNOWN_LETTER)
    }
}

/// The first stop at a place between cells.
pub(super) fn stop_at(at: usize) -> usize {
    at * STOPS
}
