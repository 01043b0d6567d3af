//! The browser that builds pages which are empty without one.

use std::path::Path;

use crate::fetch::Browser;

/// The browser at a path that the user gave, or else the first one that is installed.
pub(super) fn find(given: Option<&Path>) -> Option<Browser> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    match given {
        Some(program) => Some(Browser::at(program.to_owned(), &path)),
        None => Browser::find(&path),
    }
}
