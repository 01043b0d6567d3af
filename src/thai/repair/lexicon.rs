//! The words of Thai with their costs, as a tree of letters.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::cells::{self, Cell};

/// Lists of words; each says its source and licence.
const SOURCES: &[&str] = &[
    include_str!("../../../config/words/general.txt"),
    include_str!("../../../config/words/places.txt"),
    include_str!("../../../config/words/administration.txt"),
];

/// The words, read when they are first asked for: no sound document needs them.
pub(super) static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(SOURCES));

/// A place in the tree: what begins the words below it.
pub(super) type Place = u32;

/// The place where every word begins.
pub(super) const ROOT: Place = 0;

struct Node {
    /// A bit for each letter that may follow.
    next: u128,
    /// The place of the first that follows; the others are behind it in their order.
    first: u32,
    parent: u32,
    letter: Cell,
    /// Of the word that ends here; 0 for none.
    cost: u8,
}

/// Words as a tree of letters, in the order of their lengths.
pub(super) struct Lexicon {
    nodes: Vec<Node>,
}

impl Lexicon {
    /// The words of lists as `config/words` has them: a line `= n` gives the cost of the words after it.
    fn read(sources: &[&str]) -> Self {
        let mut words: BTreeMap<Vec<Cell>, u8> = BTreeMap::new();
        for source in sources {
            let mut cost = u8::MAX;
            for line in source.lines().filter(|line| !line.starts_with('#')) {
                if let Some(number) = line.strip_prefix("= ") {
                    cost = number.trim().parse().unwrap_or(u8::MAX);
                    continue;
                }
                for word in line.split_whitespace() {
                    let letters: Vec<Cell> = word.chars().filter_map(cells::letter).collect();
                    let known = words.entry(letters).or_insert(cost);
                    *known = cost.min(*known);
                }
            }
        }
        Self::of(&words.into_iter().collect::<Vec<_>>())
    }

    /// The tree of words in their order.
    fn of(words: &[(Vec<Cell>, u8)]) -> Self {
        let mut nodes = vec![Node { next: 0, first: 0, parent: 0, letter: 0, cost: 0 }];
        // The words below each node of the level that is being filled, in the order of the nodes.
        let mut level = vec![(0, 0..words.len())];
        let mut depth = 0;
        while !level.is_empty() {
            let mut below = Vec::new();
            for (place, range) in level {
                let first = nodes.len();
                let mut at = range.start;
                while at < range.end {
                    let Some(&letter) = words[at].0.get(depth) else {
                        at += 1;
                        continue;
                    };
                    let end = at + words[at..range.end].partition_point(|word| word.0.get(depth) <= Some(&letter));
                    let cost = if words[at].0.len() == depth + 1 { words[at].1 } else { 0 };
                    let parent = u32::try_from(place).unwrap_or(u32::MAX);
                    below.push((nodes.len(), at..end));
                    nodes.push(Node { next: 0, first: 0, parent, letter, cost });
                    nodes[place].next |= 1 << letter;
                    at = end;
                }
                nodes[place].first = u32::try_from(first).unwrap_or(u32::MAX);
            }
            level = below;
            depth += 1;
        }
        Self { nodes }
    }

    fn node(&self, place: Place) -> &Node {
        &self.nodes[place as usize]
    }

    /// The place after one more letter.
    #[inline]
    pub(super) fn after(&self, place: Place, letter: Cell) -> Option<Place> {
        let node = self.node(place);
        let bit = 1_u128.checked_shl(letter.into())?;
        (node.next & bit != 0).then(|| node.first + (node.next & (bit - 1)).count_ones())
    }

    /// The letters of a set that may follow a place, each with the place after it.
    pub(super) fn among(&self, place: Place, set: u128) -> impl Iterator<Item = (Cell, Place)> {
        let mut left = self.node(place).next & set;
        std::iter::from_fn(move || {
            let letter = Cell::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
            left &= left - 1;
            Some((letter, self.after(place, letter)?))
        })
    }

    /// The cost of the word that ends at a place.
    #[inline]
    pub(super) fn cost(&self, place: Place) -> Option<i32> {
        let cost = self.node(place).cost;
        (cost > 0).then_some(i32::from(cost))
    }

    /// The letters on the way to a place.
    pub(super) fn word(&self, place: Place) -> Vec<Cell> {
        let mut letters = Vec::new();
        let mut at = place;
        while at != ROOT {
            let node = self.node(at);
            letters.push(node.letter);
            at = node.parent;
        }
        letters.reverse();
        letters
    }
}
