//! What is known of a link by the words in it, beside it and above it: which item and which year it is of.

use std::sync::LazyLock;

use super::plan::Plan;
use crate::catalog::Item;
use crate::checks::{CheckSpec, Period};
use crate::model::{FiscalYear, ItemId};
use crate::thai::{self, Folded, Lexicon, Phrase, Role};

/// Characters of a name from which it means its item wherever it stands.
const TELLING: usize = 10;

/// How half a year is worded.
const HALVES: &[&str] = &["6 เดือน", "หกเดือน", "ครึ่งปี", "รอบ 6", "ไตรมาส 2"];

static HALF_PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| HALVES.iter().map(|half| Phrase::new(half)).collect());

/// The words of all items of a year.
#[derive(Debug)]
pub(super) struct Names {
    lexicon: Lexicon,
    /// The item of each phrase, its length in characters, and whether it tells the item from others.
    phrases: Vec<(ItemId, usize, bool)>,
}

impl Names {
    /// The words of items; those up to `names` of each are names, the others only tell what its content is about.
    pub(super) fn new<'i>(items: impl Iterator<Item = (&'i Item, &'i [Phrase])>) -> Self {
        let (mut all, mut phrases) = (Vec::new(), Vec::new());
        for (item, words) in items {
            for (at, phrase) in words.iter().enumerate() {
                let length = phrase.as_str().chars().count();
                let is_name = at <= item.also.len();
                phrases.push((item.id.clone(), length, is_name && length >= TELLING));
                all.push(phrase.clone());
            }
        }
        Self { lexicon: Lexicon::new(&all), phrases }
    }

    /// The lengths of the longest words of an item and of the longest names of others in a text.
    fn longest(&self, text: &str, item: &ItemId) -> (usize, usize) {
        let folded = Folded::new(text);
        let (mut own, mut other) = (0, 0);
        for (of, length, telling) in self.lexicon.found(&folded).map(|at| &self.phrases[at]) {
            if of == item {
                own = own.max(*length);
            } else if *telling {
                other = other.max(*length);
            }
        }
        (own, other)
    }
}

/// Which item a link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The one in question, in one of the parts, by a word of so many characters.
    Own { part: usize, length: usize },
    /// Another, by a longer name.
    Other,
    /// None.
    None,
}

/// Which year a link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearNamed {
    /// The one that the item demands.
    Demanded,
    /// Others only, none of them by a day or a month, which may be that of publication.
    Other,
    /// None that tells.
    None,
}

/// The parts of a link that say what it is of, the nearest first: its text, its row, the heading above it.
pub(super) type Parts<'t> = [&'t str; 3];

/// Reads links for one item.
pub(super) struct Labels<'p> {
    names: &'p Names,
    item: &'p Item,
    year: FiscalYear,
}

impl<'p> Labels<'p> {
    pub(super) fn new(plan: &'p Plan<'_>, item: &'p Item) -> Self {
        Self { names: &plan.words, item, year: plan.year() }
    }

    /// Which item a link is of: what is nearest to it and names any decides.
    pub(super) fn naming(&self, parts: Parts<'_>) -> Naming {
        for (part, text) in parts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match self.names.longest(text, &self.item.id) {
                (0, 0) => {}
                (length, other) if length >= other => return Naming::Own { part, length },
                _ => return Naming::Other,
            }
        }
        Naming::None
    }

    /// Which year a link is of: what is nearest to it and names any decides.
    pub(super) fn year(&self, parts: Parts<'_>) -> YearNamed {
        let demanded = self.item.checks.iter().find_map(|check| match check {
            CheckSpec::Year(year) => Some(year),
            _ => None,
        });
        let Some(demanded) = demanded else { return YearNamed::None };
        for text in parts.iter().filter(|text| text.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0x80)) {
            let mut years = thai::years(text);
            years.retain(|mention| mention.role == Role::Content);
            if years.is_empty() {
                continue;
            }
            let dated = years.iter().any(|one| one.span.from.month.is_some() || one.span.to.month.is_some());
            return if demanded.named_in(&years, self.year) {
                YearNamed::Demanded
            } else if dated {
                YearNamed::None
            } else {
                YearNamed::Other
            };
        }
        YearNamed::None
    }

    /// What it is worth that a link names half a year, if the item is of one.
    pub(super) fn half(&self, parts: Parts<'_>) -> usize {
        let is_half = |check: &CheckSpec| matches!(check, CheckSpec::Year(year) if year.period == Period::FirstHalf);
        let named = || parts.iter().any(|text| Folded::new(text).contains_any(&HALF_PHRASES));
        if self.item.checks.iter().any(is_half) && named() { 40 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Labels, Names, Naming, YearNamed};
    use crate::catalog::{Catalog, builtin};
    use crate::model::FiscalYear;
    use crate::thai::Phrase;

    fn with<T>(id: &str, f: impl FnOnce(&Labels<'_>) -> T) -> T {
        let catalog: &Catalog = builtin(FiscalYear::new(2563)).unwrap();
        let words = |name: &str| vec![Phrase::new(name)];
        let words: Vec<_> = catalog.items().map(|item| (item, words(&item.name.th))).collect();
        let names = Names::new(words.iter().map(|(item, words)| (*item, words.as_slice())));
        let item = catalog.item(&id.parse().unwrap()).unwrap();
        f(&Labels { names: &names, item, year: FiscalYear::new(2563) })
    }

    #[test]
    fn what_is_nearest_says_which_item_a_link_is_of() {
        let naming = |parts| with("O10", |labels| labels.naming(parts));
        let (own, other) = ("แผนดำเนินงานประจำปี", "รายงานผลการดำเนินงานประจำปี");
        let length = own.chars().count();
        assert_eq!(naming([own, other, ""]), Naming::Own { part: 0, length });
        assert_eq!(naming(["ดาวน์โหลด", "แผน ดำเนินงาน ประจำปี พ.ศ. ๒๕๖๓", other]), Naming::Own { part: 1, length });
        assert_eq!(naming(["ดาวน์โหลด", "", own]), Naming::Own { part: 2, length });
        assert_eq!(naming(["ดาวน์โหลด", other, own]), Naming::Other);
        assert_eq!(
            naming(["รายงานผลการดำเนินงานประจำปี ตามแผนดำเนินงานประจำปี", "", ""]),
            Naming::Other,
            "the longer name"
        );
        assert_eq!(naming(["ดาวน์โหลด", "ลำดับที่ 1", "เอกสาร"]), Naming::None);
    }

    #[test]
    fn a_day_or_month_of_another_year_may_be_that_of_publication() {
        let year = |parts| with("O10", |labels| labels.year(parts));
        assert_eq!(year(["แผน ปี 2563", "", "ปี 2562"]), YearNamed::Demanded);
        assert_eq!(year(["แผน ปี ๒๕๖๒", "", "ปี 2563"]), YearNamed::Other);
        assert_eq!(year(["ดาวน์โหลด", "", "ปีงบประมาณ พ.ศ. 2562"]), YearNamed::Other);
        assert_eq!(year(["ดาวน์โหลด", "เผยแพร่ 24 ธันวาคม 2562", ""]), YearNamed::None);
        assert_eq!(year(["ดาวน์โหลด", "", ""]), YearNamed::None);
    }

    #[test]
    fn half_a_year_counts_where_the_item_is_of_one() {
        let half = |id, text| with(id, |labels| labels.half([text, "", ""]));
        assert!(half("O11", "รายงานรอบ ๖ เดือน") > 0 && half("O11", "รายงานประจำปี") == 0);
        assert_eq!(half("O12", "รายงานรอบ 6 เดือน"), 0);
    }
}
