//! The words of `oit-audit catalog`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::LangArg;
use crate::model::ItemId;

const CATALOG_EXAMPLES: &str = "\
Examples:
  The years, and how far each is verified:
    oit-audit catalog
  The items of a year, and what each is worth:
    oit-audit catalog --year 2566
  One item: what is looked for, what passes, what does not:
    oit-audit catalog O11 --year 2563
  What each reason in a report means, and what to do:
    oit-audit catalog --reasons
  A catalogue of your own:
    oit-audit catalog --catalog own.yaml";

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples: oit-audit catalog --help", after_long_help = CATALOG_EXAMPLES)]
pub(in crate::cli) struct CatalogArgs {
    /// An item to explain
    #[arg(value_name = "ITEM", conflicts_with = "reasons")]
    pub(in crate::cli) item: Option<ItemId>,
    /// The fiscal year, Buddhist era; without it and without an item, the years are listed [default for an item: the latest]
    #[arg(long, value_name = "YEAR")]
    pub(in crate::cli) year: Option<u16>,
    /// A catalogue of your own in place of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "year")]
    pub(in crate::cli) catalog: Option<PathBuf>,
    /// List the reason codes instead, with what they say and what to do
    #[arg(long)]
    pub(in crate::cli) reasons: bool,
    /// The language
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(in crate::cli) lang: LangArg,
}
