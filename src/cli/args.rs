//! The words of the command line.

mod backtest;
mod catalog;
mod check;
mod format;
mod memo;
mod network;
mod read;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::model::Lang;

pub(super) use backtest::BacktestArgs;
pub(super) use catalog::CatalogArgs;
pub(super) use check::{CheckArgs, FormatArg};
pub(super) use memo::MemoArgs;
pub(super) use network::NetworkArgs;
pub(super) use read::{KindArg, ReadArgs, ReadFormat};

/// Audits the pages that a Thai public agency submits for the OIT part of the ITA, as an assessor would, and predicts the
/// score.
#[derive(Debug, Parser)]
#[command(name = "oit-audit", version, max_term_width = 100, after_help = MORE, after_long_help = FIRST_RUN)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

const MORE: &str =
    "How to begin, and the exit codes: oit-audit --help. A command with examples: oit-audit help COMMAND";

const FIRST_RUN: &str = "\
First run:
  Write a file with every item of the year:
    oit-audit init --website https://www.example.go.th/ -o agency.yaml
  Put into it the links that you submit for each item. What an item demands:
    oit-audit catalog O11 --year 2563
  Audit what is in the file:
    oit-audit check agency.yaml

Exit codes:
  0  the audit ran and meets the threshold
  1  it ran and does not
  2  wrong usage or a bad file
  3  it could not be judged: offline, interrupted or out of time";

const INIT_EXAMPLES: &str = "\
Examples:
  The latest year, on standard output:
    oit-audit init
  A file for a year, with the agency in it:
    oit-audit init --year 2563 --agency อบต.ตัวอย่าง --output agency.yaml

What to do with it:
  Put the links of each item in place of `null`, then run `oit-audit check`";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  What an editor completes agency files with:
    oit-audit schema agency
  What the JSON report holds:
    oit-audit schema report";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  Bash, as a line of ~/.bashrc:
    source <(oit-audit completions bash)
  Zsh, into a folder of $fpath:
    oit-audit completions zsh > ~/.zfunc/_oit-audit
  Fish:
    oit-audit completions fish > ~/.config/fish/completions/oit-audit.fish
  PowerShell, at the end of the profile ($PROFILE):
    oit-audit completions powershell
  Elvish, to be read from rc.elv:
    oit-audit completions elvish

A new shell knows them.";

const MAN_EXAMPLES: &str = "\
Examples:
  Read the page of the program:
    oit-audit man | man -l -
  Write all pages where `man` finds them, for this user:
    oit-audit man --output-dir ~/.local/share/man/man1";

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
    /// Write the official Thai memo of a report, as DOCX
    Memo(MemoArgs),
    /// The JSON Schema of a file that this program reads or writes
    Schema(SchemaArgs),
    /// A completion script for a shell
    Completions(CompletionsArgs),
    /// The manual pages
    Man(ManArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples: oit-audit init --help", after_long_help = INIT_EXAMPLES)]
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
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
#[command(after_long_help = SCHEMA_EXAMPLES)]
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
#[command(after_help = "How to install them: oit-audit completions --help", after_long_help = COMPLETIONS_EXAMPLES)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

#[derive(Debug, ClapArgs)]
#[command(after_long_help = MAN_EXAMPLES)]
pub(super) struct ManArgs {
    /// Write a page for the program and one for each command into DIR [default: the program's, to standard output]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output_dir: Option<PathBuf>,
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
    use clap::{CommandFactory, Parser};

    use super::Args;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_example_is_understood_and_fits_the_terminal() {
        let mut program = Args::command();
        program.build();
        let commands =
            program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
        let mut seen = 0;
        for command in std::iter::once(&program).chain(commands) {
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("    ")).collect();
            assert!(!examples.is_empty(), "{} teaches nothing", command.get_name());
            for example in examples {
                let ours = example.split(['|', '>', '(', ')']).find(|part| part.trim().starts_with("oit-audit"));
                let ours = ours.unwrap_or_else(|| panic!("{example}"));
                let parsed = Args::try_parse_from(ours.split_whitespace());
                assert!(parsed.is_ok(), "{example}: {}", parsed.unwrap_err());
                seen += 1;
            }
            for line in help.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
        assert!(seen > 25, "{seen}");
    }
}
