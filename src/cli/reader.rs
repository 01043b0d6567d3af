//! `oit-audit read-documents`: reads documents for the audit that started it. Not for people.

use std::ffi::OsStr;

use super::Exit;
use crate::audit::Program;
use crate::extract::{self, Surroundings};

/// The command's name.
const NAME: &str = "read-documents";

pub(super) fn run() -> Exit {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    match extract::serve(input, output, &surroundings()) {
        Ok(()) => Exit::Met,
        Err(_) => Exit::Usage,
    }
}

/// This program as a reader; `None` where it cannot find itself.
pub(super) fn program() -> Option<Program> {
    std::env::current_exe().ok().map(|path| Program { path, arguments: vec![NAME.into()] })
}

/// What readers must know of this machine.
pub(super) fn surroundings() -> Surroundings {
    Surroundings::new(std::env::var_os("PATH"))
}

/// Whether a program's arguments, its name aside, ask it to be a reader. A program that embeds this one and audits must
/// then call [`super::run`] with them and do nothing else.
pub fn is_reader(arguments: &[String]) -> bool {
    arguments.first().is_some_and(|first| is_asked(first.as_ref()))
}

/// Whether the first argument asks this program to be a reader. It is no command for people, so that help and completion do not
/// know it.
pub(super) fn is_asked(first: &OsStr) -> bool {
    first == NAME
}
