//! Floor 0: the plain data that everything else is written in. No I/O, and nothing of ours imported.

mod address;
mod backtest;
mod change;
mod crawl;
mod digest;
mod document;
mod event;
mod fetched;
mod fiscal_year;
mod grade;
mod item_id;
mod link;
mod memo;
mod read_note;
mod reading;
mod reason;
mod report;
mod rules;
mod site;
mod snapshot;
mod standing;
mod text;
mod verdict;
mod way;

pub use address::{bare, is_web, page_key};
pub use backtest::{
    Agreement, BACKTEST_SCHEMA, Backtest, Bin, Calibration, Comparison, ItemComparison, ScoreComparison,
    ScoreComparisons, Tally as BacktestTally, Totals,
};
pub use change::{Change, Changes, Trend};
pub use crawl::{Connect, Crawl, When};
pub use digest::digest;
pub use document::{Block, BlockRole, Document, Field, Form, Frame, MediaKind, PageLink, Picture, Readability};
pub use event::{Event, Part};
pub use fetched::{Answer, Cause, Failure, Fetched, Hop, Stage, TlsFault, TlsNote};
pub use fiscal_year::FiscalYear;
pub use grade::{GradeBand, GradeCondition};
pub use item_id::ItemId;
pub use link::{Link, Place, Reviewed};
pub use memo::{Memo, Signatory};
pub use read_note::ReadNote;
pub use reading::{READ_SCHEMA, Reading, Spot, Unit, YearPlace, YearRole, YearSeen};
pub use reason::{Level, Reason, ReasonCode};
pub use report::{
    AgencyInfo, CatalogStatus, Fix, ItaScore, ItemResult, LinkResult, PathToTarget, Points, REPORT_SCHEMA, Range,
    ReasonEntry, Report, Score, Stats,
};
pub use rules::{IndicatorInfo, ScoreRules, SubIndicatorInfo, SurveyInfo, SurveyScores, Weights};
pub use site::{Site, is_private, is_public_suffix, registrable_domain};
pub use snapshot::{Further, Observation, Snapshot, Tally};
pub use standing::{CatalogInfo, RuleStatus, Standing, StatusCounts};
pub use text::{Lang, Text};
pub use verdict::{Finding, Outcome, Verdict};
pub use way::{Blind, Click, Exploration, Way, clicks_in_words};
