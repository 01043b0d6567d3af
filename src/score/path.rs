//! The shortest way to a target: the fewest items to put right.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gain, ItemScores, oit};
use crate::model::{ItemId, Points, ScoreRules};

/// Sets of prerequisites that are tried; beyond, the way found so far stands. The built-in years have fewer than a hundred.
const MOST_TRIED: usize = 1 << 16;

/// The fewest items to put right so that the predicted score reaches a target, and the score then. An item costs one, and so
/// does each of those `after` which it can only be right; what is right already costs nothing. Of several ways with as few
/// items, the one that gains most; of several of these, the one whose items stand first in `gains`. The items come in the
/// order of `gains`, prerequisites before what needs them. Where the target is out of reach, all items. `None` where the
/// score is unknown.
///
/// Each item carries a fixed number of points, whatever the others score. Without prerequisites the greatest gains are
/// therefore the fewest; with them, that holds for the items that nothing else needs once it is settled which of the others
/// are put right. So every such choice is tried (each closed under prerequisites, so that a chain has few), and filled up with
/// the greatest gains that it allows.
pub fn path_to(
    rules: &ScoreRules,
    items: &ItemScores,
    gains: &[Gain],
    after: &BTreeMap<ItemId, Vec<ItemId>>,
    target: f64,
) -> Option<(Vec<ItemId>, f64)> {
    let open: Vec<&Gain> = gains.iter().filter(|gain| gain.oit > 0.0).collect();
    let at: BTreeMap<&ItemId, usize> = open.iter().enumerate().map(|(at, gain)| (&gain.item, at)).collect();
    let needs: Vec<Vec<usize>> = open
        .iter()
        .map(|gain| after.get(&gain.item).into_iter().flatten().filter_map(|id| at.get(id).copied()).collect())
        .collect();
    let score = |fixed: &[usize]| {
        let set: BTreeSet<&ItemId> = fixed.iter().map(|at| &open[*at].item).collect();
        oit(rules, |id| if set.contains(id) { Some(100) } else { items.get(id).map(|s| s.likely) })
    };
    let base = score(&[])?;
    let mut search =
        Search { open: &open, needs: &needs, base, target, best: None, tried: 0, needed: in_order(&needs) };
    search.choose(0, &mut BTreeSet::new());
    let all = || (0..open.len()).collect();
    let chosen = search.best.map_or_else(all, |best| best.items);
    let ordered = ordered(&chosen, &needs);
    let reached = score(&ordered)?;
    Some((ordered.into_iter().map(|at| open[at].item.clone()).collect(), reached))
}

/// The items that others need, each behind those that it needs itself. Items that need each other in a circle are left out:
/// they cannot be put right one after the other.
fn in_order(needs: &[Vec<usize>]) -> Vec<usize> {
    let needed: BTreeSet<usize> = needs.iter().flatten().copied().collect();
    let mut order: Vec<usize> = Vec::new();
    while let Some(next) =
        needed.iter().copied().find(|at| !order.contains(at) && needs[*at].iter().all(|need| order.contains(need)))
    {
        order.push(next);
    }
    order
}

struct Found {
    items: BTreeSet<usize>,
    gain: f64,
}

struct Search<'a> {
    open: &'a [&'a Gain],
    needs: &'a [Vec<usize>],
    base: f64,
    target: f64,
    best: Option<Found>,
    tried: usize,
    needed: Vec<usize>,
}

impl Search<'_> {
    /// Tries each choice among the needed items from one on.
    fn choose(&mut self, from: usize, chosen: &mut BTreeSet<usize>) {
        let hopeless = self.best.as_ref().is_some_and(|best| chosen.len() > best.items.len());
        if hopeless || self.tried >= MOST_TRIED {
            return;
        }
        let Some(next) = self.needed.get(from).copied() else {
            self.tried += 1;
            self.fill(chosen);
            return;
        };
        self.choose(from + 1, chosen);
        if self.needs[next].iter().all(|need| chosen.contains(need)) {
            chosen.insert(next);
            self.choose(from + 1, chosen);
            chosen.remove(&next);
        }
    }

    /// Fills a choice up to the target with the greatest gains that it allows, and keeps it if it is better.
    fn fill(&mut self, chosen: &BTreeSet<usize>) {
        let mut items = chosen.clone();
        let mut gain: f64 = chosen.iter().map(|at| self.open[*at].oit).sum();
        let free = (0..self.open.len())
            .filter(|at| !self.needed.contains(at) && self.needs[*at].iter().all(|need| chosen.contains(need)));
        for at in free {
            if self.is_met(gain) {
                break;
            }
            items.insert(at);
            gain += self.open[at].oit;
        }
        let better = |best: &Found| {
            let fewer = items.len().cmp(&best.items.len());
            // Sums of the same gains in another order differ in their last bits.
            let more =
                if (gain - best.gain).abs() < 1e-9 { std::cmp::Ordering::Equal } else { best.gain.total_cmp(&gain) };
            fewer.then(more).then_with(|| items.cmp(&best.items)).is_lt()
        };
        if self.is_met(gain) && self.best.as_ref().is_none_or(better) {
            self.best = Some(Found { items, gain });
        }
    }

    fn is_met(&self, gain: f64) -> bool {
        Points(self.base + gain).rounded() >= self.target
    }
}

/// Items in their order, each behind those that it needs.
fn ordered(items: &BTreeSet<usize>, needs: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    while let Some(next) = items
        .iter()
        .copied()
        .find(|at| !order.contains(at) && needs[*at].iter().all(|need| order.contains(need) || !items.contains(need)))
    {
        order.push(next);
    }
    // A circle has no order.
    order.extend(items.iter().copied().filter(|at| !order.contains(at)).collect::<Vec<_>>());
    order
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::path_to;
    use crate::model::{IndicatorInfo, ItemId, Points, ScoreRules, SubIndicatorInfo, SurveyInfo, Text, Weights};
    use crate::score::{ItemScore, ItemScores, gains, oit};

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn throw(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % sides
        }
    }

    fn id(number: usize) -> ItemId {
        format!("X{}", number + 1).parse().unwrap()
    }

    /// A year with items spread over sub-indicators of unequal sizes.
    fn rules(dice: &mut Dice, count: usize) -> ScoreRules {
        let subs = 1 + dice.throw(4.min(count));
        let mut parts: Vec<Vec<ItemId>> = (0..subs).map(|at| vec![id(at)]).collect();
        for at in subs..count {
            parts[dice.throw(subs)].push(id(at));
        }
        let sub = |(at, items): (usize, Vec<ItemId>)| SubIndicatorInfo {
            id: format!("9.{at}"),
            name: Text::default(),
            items,
        };
        let mut subs: Vec<SubIndicatorInfo> = parts.into_iter().enumerate().map(sub).collect();
        let second = subs.split_off(subs.len() / 2);
        let indicator = |sub_indicators| IndicatorInfo { id: String::new(), name: Text::default(), sub_indicators };
        let indicators = [subs, second].into_iter().filter(|subs| !subs.is_empty()).map(indicator).collect();
        ScoreRules {
            indicators,
            survey: SurveyInfo::default(),
            weights: Weights { iit: 0.3, eit: 0.3, oit: 0.4 },
            grades: Vec::new(),
            target: 85.0,
        }
    }

    type Case = (ScoreRules, ItemScores, BTreeMap<ItemId, Vec<ItemId>>, f64);

    fn case(dice: &mut Dice) -> Case {
        let count = 2 + dice.throw(8);
        let rules = rules(dice, count);
        let scores = (0..count).map(|at| (id(at), ItemScore::sure(if dice.throw(4) == 0 { 100 } else { 0 }))).collect();
        let mut after: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
        for at in 0..count {
            for _ in 0..dice.throw(3) {
                let other = dice.throw(count);
                // The later needs the earlier, so that there is no circle.
                if other < at {
                    after.entry(id(at)).or_default().push(id(other));
                }
            }
        }
        (rules, scores, after, f64::from(u8::try_from(dice.throw(101)).unwrap()))
    }

    /// The size of the smallest closed set that reaches the target, by trying every set, and the most that one of that size
    /// scores.
    fn brute((rules, scores, after, target): &Case) -> Option<(usize, f64)> {
        let open: Vec<&ItemId> = scores.iter().filter(|(_, score)| score.likely == 0).map(|(id, _)| id).collect();
        let mut best: Option<(usize, f64)> = None;
        for bits in 0_u32..1 << open.len() {
            let set: BTreeSet<&ItemId> =
                open.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, id)| *id).collect();
            let right = |id: &ItemId| set.contains(id) || scores[id].likely == 100;
            let closed = set.iter().all(|id| after.get(*id).into_iter().flatten().all(right));
            let score = oit(rules, |id| Some(if right(id) { 100 } else { 0 })).unwrap();
            let better = best.is_none_or(|(size, most)| set.len() < size || set.len() == size && score > most + 1e-9);
            if closed && Points(score).rounded() >= *target && better {
                best = Some((set.len(), score));
            }
        }
        best
    }

    #[test]
    fn no_way_is_shorter() {
        let mut dice = Dice(2563);
        let mut prerequisites_told = 0;
        for _ in 0..3000 {
            let case = case(&mut dice);
            let (rules, scores, after, target) = &case;
            let gains = gains(rules, scores);
            let (path, score) = path_to(rules, scores, &gains, after, *target).unwrap();
            for (at, id) in path.iter().enumerate() {
                let first = |need: &ItemId| scores[need].likely == 100 || path[..at].contains(need);
                assert!(after.get(id).into_iter().flatten().all(first), "{id} in {path:?} comes before what it needs");
            }
            match brute(&case) {
                Some((size, most)) => {
                    assert_eq!(path.len(), size, "{path:?} {after:?} {target}");
                    assert!((score - most).abs() < 1e-9, "{path:?}: {score} where {most} can be had");
                    let (free, _) = path_to(rules, scores, &gains, &BTreeMap::new(), *target).unwrap();
                    prerequisites_told += usize::from(free != path);
                }
                None => panic!("without a circle everything can be put right"),
            }
        }
        assert!(prerequisites_told > 200, "the cases are too easy: {prerequisites_told}");
    }

    #[test]
    fn a_cheap_item_that_is_needed_does_not_hide_behind_its_gain() {
        // Alone, X3 gains most; but it needs X1 and X2, and X4 with X5 gain as much as these three by two.
        let sub = |name: &str, items: &[usize]| SubIndicatorInfo {
            id: name.to_owned(),
            name: Text::default(),
            items: items.iter().map(|at| id(*at)).collect(),
        };
        let indicator =
            |name: &str, subs| IndicatorInfo { id: name.to_owned(), name: Text::default(), sub_indicators: subs };
        let rules = ScoreRules {
            survey: SurveyInfo::default(),
            indicators: vec![
                indicator("1", vec![sub("1.1", &[0, 1, 5, 6, 7, 8])]),
                indicator("2", vec![sub("2.1", &[2, 9])]),
                indicator("3", vec![sub("3.1", &[3, 4, 10])]),
            ],
            weights: Weights { iit: 0.3, eit: 0.3, oit: 0.4 },
            grades: Vec::new(),
            target: 85.0,
        };
        let scores: ItemScores = (0..=10).map(|at| (id(at), ItemScore::sure(if at < 5 { 0 } else { 100 }))).collect();
        let after = BTreeMap::from([(id(2), vec![id(0), id(1)])]);
        let gains = gains(&rules, &scores);
        assert_eq!(gains[0].item, id(2));
        let (path, _) = path_to(&rules, &scores, &gains, &after, 70.0).unwrap();
        assert_eq!(path, [id(3), id(4)]);
    }

    #[test]
    fn a_circle_is_no_way_and_no_loop() {
        let mut dice = Dice(1);
        let rules = rules(&mut dice, 4);
        let scores: ItemScores = (0..4).map(|at| (id(at), ItemScore::sure(0))).collect();
        let after = BTreeMap::from([(id(0), vec![id(1)]), (id(1), vec![id(0)])]);
        let (path, score) = path_to(&rules, &scores, &gains(&rules, &scores), &after, 100.0).unwrap();
        assert_eq!((path.len(), Points(score).to_string().as_str()), (4, "100.00"));
    }
}
