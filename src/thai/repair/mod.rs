//! Puts right Thai text that was damaged on its way into or out of a PDF.
//!
//! The files that agencies publish rarely give their text back as printed: sara am loses its ring or is split, marks move
//! behind the next letter, glyphs of old fonts come out as private-use characters. [`Repair::of`] finds out which damages a
//! document has and how often; [`Repair::line`] then takes for each line the likeliest sound text: the way through the line
//! whose words are the commonest and whose damages are those that the document has. What the document does not show is not
//! sought, so that sound text stays as it is.

mod cells;
mod costs;
#[cfg(test)]
mod damage;
mod decode;
mod glyphs;
mod lexicon;
mod marks;
mod signs;
mod walk;
mod words;

pub use words::word_starts;

use cells::{AA, AM, Cell, MARKS, OTHER, SPACE};
use costs::{ALL, Costs, Damage, KINDS, left_out};
use decode::{Decoder, Piece};
use lexicon::WORDS;
use walk::LEFT_OUT;

use super::normalize;

/// Bytes of lines that are looked at to learn what is damaged.
const SAMPLE: usize = 64 * 1024;
/// Cells of a line that are looked at at once; a longer one is cut at white space or wherever that is.
const STRETCH: usize = 2_000;
/// How much cheaper than the text as it stands a repair must be to prove a damage.
const PROOF: i32 = 14;
const GAP_PROOF: i32 = 30;

/// What of a document's text is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Of the damages that it has; nothing where it has no sign of any.
    costs: Option<Costs>,
}

impl Repair {
    /// Learns what is damaged from all lines of a document, each in the normal form.
    ///
    /// Sound text costs one quick pass.
    pub fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Self {
        let misformed = lines.clone().any(signs::misformed);
        if !misformed && !lines.clone().any(signs::misspelt) && !signs::misproportioned(lines.clone()) {
            return Self { costs: None };
        }
        let bytes: usize = lines.clone().map(str::len).sum();
        let stride = bytes / SAMPLE + 1;
        let mut tally = Tally::default();
        let (mut whole, mut suspects) = (SAMPLE, SAMPLE / 2);
        for (number, line) in lines.enumerate() {
            let room = if number % stride == 0 {
                &mut whole
            } else if suspects > 0 && (signs::misformed(line) || signs::misspelt(line)) {
                &mut suspects
            } else {
                continue;
            };
            if let Some(left) = room.checked_sub(line.len()) {
                *room = left;
                tally.count(line);
            }
        }
        let costs = tally.costs();
        Self { costs: (misformed || !costs.is_sound()).then_some(costs) }
    }

    /// The line put right, in the normal form; nothing if it stays as it is.
    pub fn line(&self, line: &str) -> Option<String> {
        let costs = self.costs?;
        if costs.is_sound() && !signs::misformed(line) {
            return None;
        }
        let plain = glyphs::plain_text(line);
        let text = simplified(plain.as_deref().unwrap_or(line));
        let chars: Vec<char> = text.chars().collect();
        let cells: Vec<Cell> = chars.iter().map(|c| cells::cell(*c)).collect();
        let mut decoder = Decoder::new(&WORDS, of_line(costs, &cells));
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < cells.len() {
            if cells[at] == OTHER || cells[at] == SPACE {
                out.push(chars[at]);
                at += 1;
                continue;
            }
            let end = stretch(&cells, at);
            for piece in decoder.decode(&cells[at..end]) {
                // A mark at the very start stands on nothing.
                let bare = piece.from == 0 && piece.out.iter().all(|cell| cells::is(MARKS, *cell));
                if !bare {
                    out.extend(piece.out.iter().map(|cell| cells::char_of(*cell)));
                }
            }
            at = end;
        }
        let out = normalize(&out);
        (out != line).then_some(out)
    }
}

/// The normal form of a text, where sara am and sara aa do not stand side by side: some programs write the two for one
/// sara am.
fn simplified(text: &str) -> String {
    let text = normalize(text);
    if text.contains("ำา") || text.contains("าำ") {
        normalize(&text.replace("ำา", "ำ").replace("าำ", "ำ"))
    } else {
        text
    }
}

/// The costs for a line: where it has sara am only, all sara aa are likely to have become one; where most of what stands
/// between white space is single letters, they are words spaced out.
fn of_line(costs: Costs, cells: &[Cell]) -> Costs {
    let count = |cell: Cell| cells.iter().map(|one| usize::from(*one == cell)).sum::<usize>();
    let costs = if count(AA) == 0 && count(AM) > 1 { costs.all_rings() } else { costs };
    let words = || cells.split(|cell| *cell == SPACE).filter(|word| word.iter().any(|cell| *cell < SPACE));
    let letters = |word: &[Cell]| word.iter().filter(|cell| !cells::is(MARKS, **cell)).count();
    let single = words().filter(|word| letters(word) <= 1).count();
    if single >= 4 && single * 2 > words().count() { costs.spaced_out() } else { costs }
}

/// The end of the stretch of Thai letters, and white space among them, that begins at a place.
fn stretch(cells: &[Cell], start: usize) -> usize {
    let most = cells.len().min(start + STRETCH);
    let end = cells[start..most].iter().position(|cell| *cell == OTHER).map_or(most, |length| start + length);
    let cut = if end == most && most < cells.len() {
        cells[start..end].iter().rposition(|cell| *cell == SPACE).filter(|at| *at > 0).map_or(end, |at| start + at)
    } else {
        end
    };
    // White space at the end is not inside anything.
    cut - cells[start..cut].iter().rev().take_while(|cell| **cell == SPACE).count()
}

/// What was seen of each damage.
#[derive(Default)]
struct Tally {
    /// Beyond doubt: the text as it stands is no words.
    proven: [usize; KINDS],
    /// Likely.
    likely: [usize; KINDS],
    /// Where it might have been and is not.
    sound: [usize; KINDS],
}

impl Tally {
    fn count(&mut self, line: &str) {
        let plain = glyphs::plain_text(line);
        let text = simplified(plain.as_deref().unwrap_or(line));
        let cells: Vec<Cell> = text.chars().map(cells::cell).collect();
        let mut free = Decoder::new(&WORDS, of_line(Costs::FIRST, &cells));
        let mut strict = Decoder::new(&WORDS, Costs::SOUND);
        let mut at = 0;
        while at < cells.len() {
            if cells[at] == OTHER || cells[at] == SPACE {
                at += 1;
                continue;
            }
            let end = stretch(&cells, at);
            let stretch = &cells[at..end];
            strict.search(stretch);
            for spaced in marks::misplaced(stretch) {
                self.proven[if spaced { Damage::MovedSpace } else { Damage::Moved } as usize] += 1;
            }
            for piece in free.decode(stretch).iter().filter(|piece| piece.known) {
                self.count_piece(stretch, piece, &strict);
            }
            at = end;
        }
    }

    fn count_piece(&mut self, cells: &[Cell], piece: &Piece, strict: &Decoder<'_>) {
        if piece.damage == 0 {
            self.count_sound(cells, piece);
            return;
        }
        let paid = piece.cost.1 - piece.cost.0;
        let gain = strict.cost_between(piece.from, piece.to).map_or(i32::MAX, |cost| cost - paid);
        // White space between the parts of a longer word is no damage: without it some part must be no word.
        let proven = gain >= if piece.damage == 1 << Damage::Gap as usize { GAP_PROOF } else { PROOF };
        for damage in ALL.into_iter().filter(|damage| piece.damage >> *damage as usize & 1 == 1) {
            // What was left out is proven only where nothing else is wrong: else it makes words of anything.
            let alone = piece.damage & !LEFT_OUT == 0 || piece.damage & LEFT_OUT == 0;
            let counts = if proven && alone { &mut self.proven } else { &mut self.likely };
            counts[damage as usize] += 1;
        }
    }

    fn count_sound(&mut self, cells: &[Cell], piece: &Piece) {
        let mut last = SPACE;
        for &cell in &piece.out {
            match cell {
                AM => {
                    self.sound[Damage::Ring as usize] += 1;
                    self.sound[Damage::Am as usize] += 1;
                }
                AA => self.sound[Damage::Aa as usize] += 1,
                _ if cells::is(MARKS, cell) => {
                    self.sound[left_out(last, cell) as usize] += 1;
                    for damage in [Damage::Moved, Damage::MovedSpace] {
                        self.sound[damage as usize] += 1;
                    }
                }
                _ => {}
            }
            last = cell;
        }
        self.sound[Damage::Gap as usize] += 1;
        let apart = cells[piece.from..piece.to].windows(2).filter(|pair| **pair == [SPACE, AA]).count();
        self.sound[Damage::Split as usize] += apart;
    }

    /// The costs that follow.
    fn costs(&self) -> Costs {
        let mut costs = Costs::SOUND;
        for damage in ALL {
            let (proven, likely, sound) =
                (self.proven[damage as usize], self.likely[damage as usize], self.sound[damage as usize]);
            let (least, share) = needed(damage);
            if proven >= least && proven.saturating_mul(share) >= sound {
                costs = costs.seen(damage, proven + likely, sound);
            }
        }
        costs
    }
}

/// How often a damage must be proven to be believed, and for how many sound places once.
fn needed(damage: Damage) -> (usize, usize) {
    match damage {
        Damage::Ring | Damage::Split => (1, 50),
        Damage::Aa => (1, 2_000),
        Damage::Moved | Damage::MovedSpace => (1, 1_000),
        Damage::Lost => (1, usize::MAX),
        Damage::Gap => (2, 300),
        Damage::Am => (3, 20),
        Damage::Stacked | Damage::Tall | Damage::Mark => (3, 40),
    }
}

#[cfg(test)]
mod tests;
