//! Approximate search: where in a text a pattern stands with the fewest edits.

/// The longest pattern, in codes.
pub(super) const LONGEST: usize = 128;

/// A pattern prepared for approximate search: for each code the places where the pattern has it, a bit each.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    places: Box<[u128; 256]>,
    length: usize,
}

impl Pattern {
    /// The pattern of some codes; nothing where they are none or too many.
    pub(super) fn new(codes: impl ExactSizeIterator<Item = u8>) -> Option<Self> {
        let length = codes.len();
        if length == 0 || length > LONGEST {
            return None;
        }
        let mut places = Box::new([0; 256]);
        for (at, code) in codes.enumerate() {
            places[usize::from(code)] |= 1 << at;
        }
        Some(Self { places, length })
    }

    /// The fewest edits (a code put in, left out or replaced) with which the pattern stands somewhere in a text, if at most
    /// so many, and the first place where it ends with them.
    ///
    /// Myers' algorithm (1999) as Hyyrö (2003) gives it: one column of the table of edit distances is two machine words.
    pub(super) fn find(&self, text: impl Iterator<Item = u8>, most: usize) -> Option<(usize, usize)> {
        let last = 1_u128 << (self.length - 1);
        let (mut more, mut fewer) = (u128::MAX, 0_u128);
        let mut edits = self.length;
        let mut best = None;
        let mut bound = most.min(self.length - 1) + 1;
        for (at, code) in text.enumerate() {
            let equal = self.places[usize::from(code)];
            let vertical = equal | fewer;
            let horizontal = ((equal & more).wrapping_add(more) ^ more) | equal;
            let up = fewer | !(horizontal | more);
            let down = more & horizontal;
            edits = edits + usize::from(up & last != 0) - usize::from(down & last != 0);
            let (up, down) = (up << 1, down << 1);
            more = down | !(vertical | up);
            fewer = up & vertical;
            if edits < bound {
                (bound, best) = (edits, Some((edits, at + 1)));
                if edits == 0 {
                    break;
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    /// The table of edit distances, cell by cell.
    fn slow(pattern: &[u8], text: &[u8]) -> usize {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut best = column[pattern.len()];
        for code in text {
            let mut corner = column[0];
            for (at, own) in pattern.iter().enumerate() {
                let kept = corner + usize::from(own != code);
                corner = column[at + 1];
                column[at + 1] = kept.min(corner + 1).min(column[at] + 1);
            }
            best = best.min(column[pattern.len()]);
        }
        best
    }

    #[test]
    fn it_finds_what_the_whole_table_of_distances_has() {
        let mut seed = 7_u64;
        let mut dice = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        for round in 0..400 {
            let mut codes =
                |length: u64| (0..length).map(|_| b'a' + u8::try_from(dice(3)).unwrap()).collect::<Vec<u8>>();
            let pattern = codes(1 + round % 128);
            let text = codes(round % 90 * 3);
            let found = Pattern::new(pattern.iter().copied()).unwrap().find(text.iter().copied(), 128);
            let expected = slow(&pattern, &text);
            assert_eq!(found.map(|(edits, _)| edits), (expected < pattern.len()).then_some(expected));
        }
    }

    #[test]
    fn patterns_are_bounded() {
        assert!(Pattern::new([].into_iter()).is_none());
        assert!(Pattern::new([0; 129].into_iter()).is_none());
        let pattern = Pattern::new(b"abcdef".iter().copied()).unwrap();
        assert_eq!(pattern.find(b"..abxdef..".iter().copied(), 1), Some((1, 8)));
        assert_eq!(pattern.find(b"..abxdef..".iter().copied(), 0), None);
    }
}
