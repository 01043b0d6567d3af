//! Plan and snapshot to report: a pure function.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::facts::Facts;
use super::item::{Bench, Judged};
use super::plan::Plan;
use super::result;
use crate::model::{ItemId, Report, Snapshot};

/// Judges every item of a plan by what was gathered. The same snapshot gives the same report.
pub fn judge(plan: &Plan<'_>, snapshot: &Snapshot) -> Report {
    let facts = Facts::new(snapshot, &plan.site);
    let judged = items(plan, &facts);
    result::report(plan, &facts, &judged)
}

/// The judged items, in the catalogue's order. A check that panics costs its item, not the run.
pub(super) fn items<'f>(plan: &'f Plan<'f>, facts: &'f Facts<'f>) -> Vec<Judged<'f>> {
    let bench = Bench { plan, facts };
    let mut judged: BTreeMap<&ItemId, Judged<'f>> = BTreeMap::new();
    // Items that are only compared with come first: they depend on nothing that is not in order already.
    for item in plan.catalog.in_order_of_dependence().into_iter().filter(|item| plan.needs(&item.id)) {
        let one = catch_unwind(AssertUnwindSafe(|| bench.judge(item, &judged)));
        judged.insert(&item.id, one.unwrap_or_else(|_| Judged::broken(item)));
    }
    plan.catalog.items().filter_map(|item| judged.remove(&item.id)).collect()
}
