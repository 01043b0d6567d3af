//! Floor 4: a run. Plan what to open, gather it, judge it, put it into a report. Only [`gather()`] is impure: the report is
//! a function of the plan and the snapshot, so that a snapshot can be judged again with the same result.

pub mod clock;
mod explore;
mod facts;
mod fixes;
mod further;
mod gather;
mod item;
mod judge;
mod labels;
mod leads;
mod look;
mod opener;
mod plan;
mod readers;
mod reading;
mod result;
mod reviewed;
mod scans;
mod standing;
mod viewing;
mod ways;

pub use gather::{GatherError, Listener, Stop, gather, gather_from};
pub use judge::judge;
pub use look::{Looked, look};
pub use plan::{Plan, problems};
pub use readers::{Program, Readers, Source as ReadSource};
pub use reading::reading;
pub use reviewed::future_reviews;
pub use scans::read_whole;
