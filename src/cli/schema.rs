//! `oit-audit schema`: the JSON Schema of a file that this program reads or writes.

use super::args::{SchemaArgs, SchemaOf};
use super::{Exit, output};
use crate::{backtest, catalog, config, report};

pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let schema = match args.of {
        SchemaOf::Agency => config::schema(),
        SchemaOf::Catalog => catalog::schema(),
        SchemaOf::Report => report::schema(),
        SchemaOf::Read => report::reading::schema(),
        SchemaOf::Official => config::official_schema(),
        SchemaOf::Backtest => backtest::schema(),
    };
    output::print(format!("{}\n", serde_json::to_string_pretty(&schema)?))?;
    Ok(Exit::Met)
}
