//! The words of `oit-audit catalog`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::LangArg;
use crate::model::ItemId;

const CATALOG_EXAMPLES: &str = "\
Examples:
  oit-audit catalog                                 the years, and how far each is verified
  oit-audit catalog --year 2566                     the items of a year, and what each is worth
  oit-audit catalog O11 --year 2563                 one item: what is looked for, what passes, what does not
  oit-audit catalog --catalog own.yaml              the same of a catalogue of your own";

#[derive(Debug, ClapArgs)]
#[command(after_help = CATALOG_EXAMPLES)]
pub(in crate::cli) struct CatalogArgs {
    /// An item to explain
    #[arg(value_name = "ITEM", conflicts_with = "reasons")]
    pub(in crate::cli) item: Option<ItemId>,
    /// The fiscal year, Buddhist era; without it and without an item, the years are listed [default for an item: the latest]
    #[arg(long, value_name = "YEAR")]
    pub(in crate::cli) year: Option<u16>,
    /// A catalogue of your own in place of the built-in one
    #[arg(long, value_name = "FILE", conflicts_with = "year")]
    pub(in crate::cli) catalog: Option<PathBuf>,
    /// List the reason codes instead, with what they say and what to do
    #[arg(long)]
    pub(in crate::cli) reasons: bool,
    /// The language
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(in crate::cli) lang: LangArg,
}
