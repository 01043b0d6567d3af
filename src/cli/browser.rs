//! The browser that builds pages which are empty without one.

use std::path::Path;

use crate::fetch::Browser;

/// The browser at a path that the user gave, or else the first one that is installed.
pub(super) fn find(given: Option<&Path>) -> anyhow::Result<Option<Browser>> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let Some(program) = given else { return Ok(Browser::find(&path)) };
    let is_there = program.exists() || std::env::split_paths(&path).any(|folder| folder.join(program).exists());
    anyhow::ensure!(
        is_there,
        "--browser: {} is not there; name the program, or leave the option out",
        program.display()
    );
    Ok(Some(Browser::at(program.to_owned(), &path)))
}
