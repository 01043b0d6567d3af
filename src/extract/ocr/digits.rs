//! The digits of a line, read again from its picture: tesseract finds that something is a number and misreads which.

use super::glyph::Ink;
use super::hocr::{Bounds, Line, Symbol};
use super::segment::{self, Atom, Read};
use super::spaces::Gaps;
use crate::extract::picture::Gray;

/// Below this likelihood a digit is marked as doubtful. Measured: `config/digits/README.md`.
const SURE: f32 = 0.9;
/// From this likelihood on a glyph that tesseract takes for a letter is seen as a digit, if its neighbours are too.
const SURE_OF_LETTER: f32 = 0.9;
/// Pieces and height in pixels of a line beyond which it is no line of text.
const MOST_PIECES: usize = 1_500;
const TALLEST: i32 = 400;
/// Small letters of fewer pixels cannot be told apart.
const LOWEST: i32 = 5;
/// How much less likely a year of our time may be than the digits read, to be taken instead of an impossible year.
const YEAR_ODDS: f32 = 200.0;

/// A character of a line as it is in the end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) symbol: Symbol,
    /// It has a digit that may be another.
    pub(super) doubtful: bool,
    /// There is room for a space before it.
    pub(super) apart: bool,
    /// It stands in a number that was read as one, and is not its first digit.
    pub(super) joined: bool,
}

/// A run of digits that stand close together.
type Run = Vec<Read>;

/// The line with its digits read again, and the height in pixels of its small letters, 0 where that is unknown.
pub(super) fn reread(page: &Gray, line: Line) -> (Vec<Letter>, i32) {
    let frame = line.symbols.iter().map(|symbol| symbol.bounds).fold(line.bounds, Bounds::with);
    // What nobody could look at again is as doubtful as tesseract's digits are.
    let as_said =
        |symbol: Symbol| Letter { doubtful: is_digit(&symbol.text), apart: symbol.starts, joined: false, symbol };
    let mut letters: Vec<Letter> = line.symbols.into_iter().map(as_said).collect();
    let ink = if frame.height() <= TALLEST { Ink::of(page, frame, MOST_PIECES) } else { None };
    let Some(mut ink) = ink else { return (letters, 0) };
    let height = segment::letter_height(&ink.pieces, frame.height());
    if height < LOWEST {
        return (letters, height);
    }
    segment::keep_line(&mut ink.pieces, height);
    let gaps = Gaps::of(&ink.pieces, height);
    for run in runs(&ink, &letters, height, gaps.space) {
        place(&mut letters, &run, height);
    }
    gaps.mark(&mut letters);
    (letters, height)
}

/// Whether a text is a digit, Thai or Arabic.
fn is_digit(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('0'..='9' | '๐'..='๙')) && chars.next().is_none()
}

/// The runs of digits that the classifier sees where tesseract says digits, and where it is sure itself.
fn runs(ink: &Ink<'_>, letters: &[Letter], height: i32, space: i32) -> Vec<Run> {
    let atoms = segment::atoms(ink, height);
    let claims: Vec<Bounds> =
        letters.iter().filter(|letter| is_digit(&letter.symbol.text)).map(|letter| letter.symbol.bounds).collect();
    let of_interest = |atom: &Atom| {
        let centre = atom.bounds.centre();
        let claimed = claims.iter().any(|claim| {
            (claim.left..claim.right).contains(&centre)
                || (atom.bounds.left..atom.bounds.right).contains(&claim.centre())
        });
        claimed
            || (!segment::is_small(atom, height)
                && atom.bounds.width() * 2 <= height * 3
                && segment::read(ink, atom).is_some_and(|read| read.is_digit()))
    };
    let interesting: Vec<bool> = atoms.iter().map(of_interest).collect();
    let mut runs: Vec<Run> = Vec::new();
    let mut start = 0;
    while start < atoms.len() {
        if !interesting[start] {
            start += 1;
            continue;
        }
        let end = (start..atoms.len()).find(|&at| !interesting[at]).unwrap_or(atoms.len());
        let mut run: Run = Vec::new();
        for read in segment::part(ink, &atoms[start..end], height) {
            let far = run.last().is_some_and(|last| read.bounds.left - last.bounds.right > space * 3 / 2);
            if (far || !read.is_digit()) && !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
            if read.is_digit() {
                run.push(read);
            }
        }
        if !run.is_empty() {
            runs.push(run);
        }
        start = end;
    }
    runs
}

/// Puts a run of digits in the place of the characters that tesseract saw there, where that is credible.
fn place(letters: &mut Vec<Letter>, run: &Run, height: i32) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let within = |letter: &Letter| {
        let bounds = letter.symbol.bounds;
        let (left, right) = (first.bounds.left - height / 8, last.bounds.right + height / 8);
        // A digit too many, which tesseract saw in the ink of these.
        let shared = bounds.right.min(right) - bounds.left.max(left);
        (left..right).contains(&bounds.centre()) || (is_digit(&letter.symbol.text) && shared * 3 > bounds.width())
    };
    let Some(from) = letters.iter().position(within) else { return };
    let to = from + letters[from..].iter().take_while(|letter| within(letter)).count();
    let replaced = &letters[from..to];
    let ends = letters.get(to).is_none_or(|letter| letter.symbol.starts);
    if !is_credible(replaced, ends, run) {
        return;
    }
    let claimed = replaced.iter().filter(|letter| is_digit(&letter.symbol.text)).count();
    let (digits, guessed) = resolve(run);
    let sure = replaced.iter().map(|letter| letter.symbol.sure).fold(0.0, f32::max);
    // A stroke or a circle alone may also be a letter, a rule or a bullet.
    let shapeless = run.len() == 1 && (digits == [0] || (digits == [1] && first.reading.arabic > first.reading.thai));
    let guessed = guessed || shapeless;
    let letter = |(at, (read, value)): (usize, (&Read, usize))| {
        let zero = if read.reading.thai >= read.reading.arabic { '๐' } else { '0' };
        let digit = u32::try_from(value).ok().and_then(|value| char::from_u32(u32::from(zero) + value)).unwrap_or(zero);
        let symbol = Symbol { text: digit.to_string(), bounds: read.bounds, sure, starts: at == 0 };
        // Where the two do not even agree on how many digits there are, the cuts may be wrong.
        let sure_enough = if claimed == run.len() { SURE } else { f32::midpoint(1.0, SURE) };
        Letter { symbol, doubtful: guessed || read.reading.values[value] < sure_enough, apart: false, joined: at > 0 }
    };
    let new: Vec<Letter> = run.iter().zip(digits).enumerate().map(letter).collect();
    letters.splice(from..to, new);
}

/// Whether a run is to be believed against what tesseract saw in its place. `ends`: a word ends there.
fn is_credible(replaced: &[Letter], ends: bool, run: &Run) -> bool {
    let sure = run.iter().all(|read| read.reading.best().1 >= SURE_OF_LETTER);
    let claimed = replaced.iter().filter(|letter| is_digit(&letter.symbol.text)).count();
    if claimed == replaced.len() {
        return true;
    }
    // Latin letters have Arabic digits' shapes, and tesseract reads them well; Thai digits it takes for Latin words.
    let is_latin = replaced.iter().any(|letter| letter.symbol.text.chars().any(|c| c.is_ascii_alphabetic()));
    let arabic = run.iter().filter(|read| read.reading.arabic > read.reading.thai).count();
    let all_sure = replaced.iter().all(|letter| letter.symbol.sure >= 80.0);
    if claimed > 0 {
        return sure || claimed * 2 >= replaced.len();
    }
    if is_latin {
        let is_short_word = replaced.len() <= 4 && replaced.first().is_some_and(|letter| letter.symbol.starts) && ends;
        return sure && is_short_word && arabic == 0 && run.iter().any(|read| read.reading.best().0 != 0);
    }
    sure && run.len() >= 2 && !(all_sure && run.len() < 3)
}

/// The values of a run's digits; and whether they were bent to a year. Four digits are nearly always a year, so a number
/// that is none gives way to the likeliest one that is, unless it is far more likely itself.
fn resolve(run: &Run) -> (Vec<usize>, bool) {
    let best: Vec<usize> = run.iter().map(|read| read.reading.best().0).collect();
    if best.len() != 4 || is_near_year(&best) {
        return (best, false);
    }
    let likely = |digits: &[usize]| -> f32 {
        run.iter().zip(digits).map(|(read, &value)| read.reading.values[value].max(1e-6)).product()
    };
    let likeliest = |place: usize, among: &[usize]| {
        let mut among = among.to_vec();
        among.sort_by(|&a, &b| run[place].reading.values[b].total_cmp(&run[place].reading.values[a]));
        among.first().copied().unwrap_or(0)
    };
    let year = vec![2, likeliest(1, &[4, 5]), best[2], best[3]];
    if likely(&year) * YEAR_ODDS >= likely(&best) { (year, true) } else { (best, false) }
}

/// Whether four digits are a year of the two eras that a document of our time may name.
fn is_near_year(digits: &[usize]) -> bool {
    matches!(digits, [2, 0 | 4..=6, ..] | [1, 9, ..])
}
