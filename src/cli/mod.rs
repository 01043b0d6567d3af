//! Floor 5: the command line, one file a command. The only place that prints, reads files and the environment, and knows
//! clap and anyhow.

mod advice;
mod archive;
mod args;
mod backtest;
mod baseline;
mod browser;
mod catalog;
mod check;
mod completions;
mod exit;
mod files;
mod init;
mod interrupt;
mod man;
mod memo;
mod output;
mod pictures;
mod progress;
mod publish;
mod read;
mod reader;
mod roots;
mod saved;
mod schema;
mod terminal;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;
use clap::error::ErrorKind;

pub use exit::Exit;
pub use reader::is_reader;

use args::{Args, Command};

/// Runs a command line, its first word being the program's name, and says with which code to exit.
pub fn run<I, T>(words: I) -> Exit
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
    if words.get(1).is_some_and(|first| reader::is_asked(first)) {
        return reader::run();
    }
    let args = match Args::try_parse_from(words) {
        Ok(args) => args,
        Err(error) => {
            let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // Nothing is left to say where even this cannot be printed.
            let _printed = error.print();
            return if shown { Exit::Met } else { Exit::Usage };
        }
    };
    let result = match args.command {
        Command::Check(args) => check::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Catalog(args) => catalog::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Memo(args) => memo::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    result.unwrap_or_else(|error| {
        if output::is_closed_pipe(&error) {
            return Exit::Met;
        }
        let _printed = writeln!(anstream::stderr(), "error: {}", advice::said(&error));
        Exit::Usage
    })
}
