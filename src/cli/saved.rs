//! Saved reports that commands are given.

use std::path::Path;

use anyhow::Context;

use super::files;
use crate::model::Report;
use crate::report;

/// The largest report that is read, in bytes; one of 43 items with all that was followed has some hundred thousand.
const MAX_BYTES: usize = 64 << 20;

/// Reads a JSON report.
pub(super) fn report(path: &Path) -> anyhow::Result<Report> {
    let bytes = files::read(path, MAX_BYTES)?;
    anyhow::ensure!(
        bytes.len() <= MAX_BYTES,
        "{} is larger than {} MiB; is it the right file?",
        path.display(),
        MAX_BYTES >> 20
    );
    report::read(&bytes).with_context(|| path.display().to_string())
}
