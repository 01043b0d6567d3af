//! How likely each damage is in a document, as costs.

use super::cells::{self, Cell};

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Damage {
    /// Sara am lost its ring: "สานักงาน".
    Ring,
    /// Sara aa got one: "ผู้บริหำร".
    Aa,
    /// Sara am became white space and sara aa: "ส านัก". Where it is not, sara aa is only set apart.
    Split,
    /// Sara am was left out: "สนักงาน".
    Am,
    /// A mark stands behind the next letter: "เกีย่วกับ".
    Moved,
    /// The same, with white space after it: "เกีย่ วกับ".
    MovedSpace,
    /// A mark on top of a vowel was left out: "ที" for "ที่".
    Stacked,
    /// A mark on a tall letter was left out: "เปน".
    Tall,
    /// Any other mark was left out: "หนวยงาน".
    Mark,
    /// White space stands inside a word: "ด ว ยงาน".
    Gap,
    /// A character was not to be read, U+FFFD.
    Lost,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 11;

/// All kinds, in their order.
pub(super) const ALL: [Damage; KINDS] = [
    Damage::Ring,
    Damage::Aa,
    Damage::Split,
    Damage::Am,
    Damage::Moved,
    Damage::MovedSpace,
    Damage::Stacked,
    Damage::Tall,
    Damage::Mark,
    Damage::Gap,
    Damage::Lost,
];

/// Costs before anything is known of a document.
const FIRST: [i32; KINDS] = [4, 6, 2, 14, 6, 4, 10, 8, 12, 8, 3];

/// More than any way through a line costs.
const NEVER: i32 = 1 << 24;

/// What it costs to take something for damaged, and for sound. As those of words: twice a negative natural logarithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Costs {
    damaged: [i32; KINDS],
    sound: [i32; KINDS],
}

impl Costs {
    /// With every kind of damage as likely as in any other damaged document.
    pub(super) const FIRST: Self = Self { damaged: FIRST, sound: [0; KINDS] };

    /// With nothing that needs judgement taken for damaged.
    pub(super) const SOUND: Self = {
        let mut damaged = [NEVER; KINDS];
        damaged[Damage::Split as usize] = 40;
        damaged[Damage::Lost as usize] = 40;
        Self { damaged, sound: [0; KINDS] }
    };

    /// The cost of a damage.
    #[inline]
    pub(super) fn of(&self, damage: Damage) -> i32 {
        self.damaged[damage as usize]
    }

    /// The cost where the damage might have been and is not.
    #[inline]
    pub(super) fn not(&self, damage: Damage) -> i32 {
        self.sound[damage as usize]
    }

    /// Whether a damage occurs at all.
    #[inline]
    pub(super) fn has(&self, damage: Damage) -> bool {
        self.damaged[damage as usize] < NEVER
    }

    /// Whether nothing that needs words occurs.
    pub(super) fn is_sound(&self) -> bool {
        *self == Self::SOUND
    }

    /// As they are, with a damage that was seen so often, and was not seen so often where it might have been.
    pub(super) fn seen(mut self, damage: Damage, damaged: usize, sound: usize) -> Self {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small numbers")]
        let cost = |part: usize| (-2.0 * ((part as f64 + 0.5) / ((damaged + sound) as f64 + 1.0)).ln()).round() as i32;
        self.damaged[damage as usize] = cost(damaged);
        self.sound[damage as usize] = cost(sound);
        self
    }

    /// As they are, for a line in which every sara aa got a ring.
    pub(super) fn all_rings(mut self) -> Self {
        if self.has(Damage::Aa) {
            self.damaged[Damage::Aa as usize] = 1;
            self.sound[Damage::Aa as usize] = 4;
        }
        self
    }

    /// As they are, for a line whose letters stand apart.
    pub(super) fn spaced_out(mut self) -> Self {
        self.damaged[Damage::Gap as usize] = 1;
        self.sound[Damage::Gap as usize] = 0;
        self
    }

    /// Whether marks that were left out are sought.
    #[inline]
    pub(super) fn seeks_marks(&self) -> bool {
        self.has(Damage::Stacked) || self.has(Damage::Tall) || self.has(Damage::Mark)
    }
}

/// What a mark that was left out would have been, by what it stood on.
#[inline]
pub(super) fn left_out(on: Cell, mark: Cell) -> Damage {
    if cells::is(cells::UPPER, on) {
        Damage::Stacked
    } else if cells::is(cells::TALL, on) && !matches!(mark, 0x38..=0x3A) {
        Damage::Tall
    } else {
        Damage::Mark
    }
}
