//! The words of `oit-audit backtest`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::{LangArg, ReadFormat};

const BACKTEST_EXAMPLES: &str = "\
Examples:
  One agency:
    oit-audit backtest report.json official.yaml
  Several, with totals:
    oit-audit backtest a.json a.official.yaml b.json b.official.yaml
  A folder of *.json and *.official.yaml, paired by agency and year:
    oit-audit backtest --pairs reports
  For other programs:
    oit-audit backtest report.json official.yaml --format json

Exit codes:
  0  they were compared, whatever came of it
  2  wrong usage, a bad file, or files that do not belong together";

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples: oit-audit backtest --help",
    after_long_help = BACKTEST_EXAMPLES,
    args_override_self = true
)]
pub(in crate::cli) struct BacktestArgs {
    /// JSON reports of `check`, each with the file of its official result behind it
    #[arg(value_name = "REPORT.json OFFICIAL.yaml", value_hint = ValueHint::FilePath, required_unless_present = "pairs")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// A folder with reports (`*.json`) and official results (`*.official.yaml`), paired by agency and year
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) pairs: Option<PathBuf>,
    /// How to write what came of it
    #[arg(long, value_enum, default_value_t = ReadFormat::Terminal)]
    pub(in crate::cli) format: ReadFormat,
    /// The language
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(in crate::cli) lang: LangArg,
}
