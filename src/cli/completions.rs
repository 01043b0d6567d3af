//! `oit-audit completions`: a completion script for a shell.

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::{Exit, output};

pub(super) fn run(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "oit-audit", &mut script);
    output::print(script)?;
    Ok(Exit::Met)
}
