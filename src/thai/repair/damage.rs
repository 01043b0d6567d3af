//! Damages sound text as files do, for tests.

use crate::thai::chars::mark_rank;

/// Numbers that look random and are the same each time.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

fn is_mark(c: char) -> bool {
    c != 'ำ' && mark_rank(c).is_some()
}

/// Some of the sara am, one in so many, as something else.
pub(super) fn am(text: &str, one_in: usize, instead: &str) -> String {
    let mut dice = Dice::new(1);
    let one = |c: char| if c == 'ำ' && dice.below(one_in) == 0 { instead.to_owned() } else { c.to_string() };
    text.chars().map(one).collect()
}

/// Some of the marks that have a letter and no mark behind them, one in so many, behind that letter, with something after.
pub(super) fn moved(text: &str, one_in: usize, after: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut dice = Dice::new(2);
    let mut out = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let marks = chars[at + 1..].iter().take_while(|c| is_mark(**c)).count();
        let next = chars.get(at + 1 + marks).copied().unwrap_or(' ');
        let bare = !chars.get(at + 2 + marks).is_some_and(|c| is_mark(*c) || matches!(c, 'ะ' | 'า' | 'ำ'));
        out.push(c);
        at += 1;
        if marks > 0 && matches!(next, 'ก'..='ฮ' | 'เ'..='ไ' | 'า') && bare && dice.below(one_in) == 0 {
            out.push(next);
            out.extend(&chars[at..at + marks]);
            out.push_str(after);
            at += marks + 1;
        }
    }
    out
}

/// Each mark as the private-use glyph of one family or the other.
pub(super) fn glyphs(text: &str, apple: bool) -> String {
    let (marks, family) = if apple {
        ("ัิีึื็่้๊๋์", "\u{F884}\u{F885}\u{F886}\u{F887}\u{F888}\u{F889}\u{F88A}\u{F88E}\u{F892}\u{F893}\u{F896}")
    } else {
        ("ัิีึื็่้๊๋์", "\u{F710}\u{F701}\u{F702}\u{F703}\u{F704}\u{F712}\u{F70A}\u{F706}\u{F715}\u{F70D}\u{F717}")
    };
    let glyph = |c: char| marks.chars().position(|mark| mark == c).and_then(|at| family.chars().nth(at));
    text.chars().map(|c| glyph(c).unwrap_or(c)).collect()
}

/// Without the marks that stand on a vowel above, or without those on a tall letter.
pub(super) fn without(text: &str, on: &str, marks: &str) -> String {
    let mut last = ' ';
    let mut keeps = |c: char| {
        let keep = !(on.contains(last) && marks.contains(c));
        last = c;
        keep
    };
    text.chars().filter(|c| keeps(*c)).collect()
}
