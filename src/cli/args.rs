//! The words of the command line.

mod backtest;
mod catalog;
mod check;
mod network;
mod read;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::Lang;

pub(super) use backtest::BacktestArgs;
pub(super) use catalog::CatalogArgs;
pub(super) use check::{CheckArgs, FormatArg};
pub(super) use network::NetworkArgs;
pub(super) use read::{KindArg, ReadArgs, ReadFormat};

/// Audits the pages that a Thai public agency submits for the OIT part of the ITA, as an assessor would, and predicts the
/// score.
#[derive(Debug, Parser)]
#[command(name = "oit-audit", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  the audit ran and meets the threshold
  1  it ran and does not
  2  wrong usage or a bad file
  3  it could not be judged: this machine is offline, or the run was interrupted or out of time";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Audit agencies: open what they submitted, judge it, report, exit code
    Check(Box<CheckArgs>),
    /// Write an agency file for a fiscal year, with every item in it
    Init(InitArgs),
    /// What a year's items demand, and what each check looks for
    Catalog(CatalogArgs),
    /// What the program sees in one page or document: its text, and the years in it
    Read(Box<ReadArgs>),
    /// Compare predictions with the announced results, item by item
    Backtest(BacktestArgs),
    /// The JSON Schema of a file that this program reads or writes
    Schema(SchemaArgs),
    /// A completion script for a shell
    Completions(CompletionsArgs),
    /// Read documents for the audit that started this
    #[command(hide = true)]
    ReadDocuments,
}

#[derive(Debug, ClapArgs)]
pub(super) struct InitArgs {
    /// The fiscal year, Buddhist era [default: the latest with a built-in catalogue]
    #[arg(long, value_name = "YEAR")]
    pub(super) year: Option<u16>,
    /// The agency's name
    #[arg(long, value_name = "NAME", default_value = "ชื่อหน่วยงาน")]
    pub(super) agency: String,
    /// The main website
    #[arg(long, value_name = "URL", default_value = "https://www.example.go.th/")]
    pub(super) website: String,
    /// The file to write; it must not exist [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SchemaArgs {
    /// Which file
    #[arg(value_enum)]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// The agency file
    Agency,
    /// A catalogue
    Catalog,
    /// The JSON report
    Report,
    /// What `read` writes as JSON
    Read,
    /// The file of an official result
    Official,
    /// What `backtest` writes as JSON
    Backtest,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    /// Thai
    Th,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Th => Self::Th,
            LangArg::En => Self::En,
        }
    }
}

fn number_in(text: &str, low: f64, high: f64) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (low..=high).contains(&number) => Ok(number),
        _ => Err(format!("write a number from {low} to {high}")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
