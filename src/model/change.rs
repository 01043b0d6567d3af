//! What changed between two reports of one agency and year.

use jiff::Zoned;

use super::{ItemId, Points, Verdict};

/// How an item fares against an earlier report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// It fails and did not, or its likely score fell.
    Worse,
    /// It passed and is under review now, leaning to a pass.
    Doubtful,
    /// It was not in the earlier report.
    New,
    /// Its likely score rose, or a doubt about it is gone.
    Better,
}

/// An item whose verdict is another than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item: ItemId,
    /// How it fares.
    pub trend: Trend,
    /// The earlier verdict; `None` where it was not judged.
    pub before: Option<Verdict>,
    /// The verdict now.
    pub now: Verdict,
}

/// What changed since an earlier report, the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// When the baseline was made.
    pub since: Zoned,
    /// The likely OIT score then; unknown where it had none.
    pub oit: Option<Points>,
    /// The items that changed: what got worse first, then in the order of the report.
    pub items: Vec<Change>,
}

impl Changes {
    /// The items that got worse: what a run against a baseline fails for.
    pub fn worse(&self) -> impl Iterator<Item = &Change> {
        self.items.iter().filter(|change| change.trend == Trend::Worse)
    }
}
