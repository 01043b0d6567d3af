//! `oit-audit completions`: a completion script for a shell.

use std::collections::BTreeSet;

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::args::{Args, CompletionsArgs};
use super::{Exit, output};
use crate::catalog::{builtin, builtin_years};
use crate::model::FiscalYear;

pub(super) fn run(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut with_values(Args::command()), "oit-audit", &mut script);
    output::print(if args.shell == Shell::Bash { mended(&script) } else { script })?;
    Ok(Exit::Met)
}

/// A script for Bash in which what follows a command is completed, too. `clap_complete` spells a program's name with a hyphen
/// differently in two places (<https://github.com/clap-rs/clap/issues/6421>); where it no longer does, nothing is replaced.
fn mended(script: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(script).replace("oit__subcmd__audit", "oit__audit").into_bytes()
}

/// The command line with what the built-in catalogues know: their years, and the items of all of them.
fn with_values(program: Command) -> Command {
    let catalogs = builtin_years().into_iter().filter_map(|year| builtin(FiscalYear::new(year)));
    let items: BTreeSet<_> = catalogs.flat_map(|catalog| catalog.items().map(|item| item.id.clone())).collect();
    let items = PossibleValuesParser::new(items.into_iter().map(|id| id.to_string()));
    let years = PossibleValuesParser::new(builtin_years().into_iter().map(|year| year.to_string()));
    let year_of = |command: Command| command.mut_arg("year", |arg| arg.value_parser(years.clone()));
    program
        .mut_subcommand("check", |check| check.mut_arg("only", |arg| arg.value_parser(items.clone())))
        .mut_subcommand("catalog", |catalog| year_of(catalog.mut_arg("item", |arg| arg.value_parser(items.clone()))))
        .mut_subcommand("init", year_of)
}
