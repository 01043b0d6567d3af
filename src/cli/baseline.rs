//! `--baseline`: the earlier reports that audits are held against.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::check::say;
use super::saved;
use crate::config::Agency;
use crate::diff;
use crate::model::Report;

/// The earlier report of an agency file: the file at `path`, or in a folder the one named after the agency file, where there
/// is one. It must be of the same agency and year.
pub(super) fn of(path: &Path, file: &Path, agency: &Agency) -> anyhow::Result<Option<Report>> {
    let Some(path) = named(path, file) else {
        say(&format!(
            "note: there is no report of {} in {} yet, so that nothing is held against it",
            file.display(),
            path.display()
        ));
        return Ok(None);
    };
    let report = saved::report(&path).context("--baseline")?;
    diff::fits(&report, &agency.website, agency.fiscal_year.buddhist())
        .with_context(|| format!("--baseline {}", path.display()))?;
    Ok(Some(report))
}

fn named(path: &Path, file: &Path) -> Option<PathBuf> {
    if !path.is_dir() {
        return Some(path.to_owned());
    }
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(".json");
    Some(path.join(name)).filter(|path| path.exists())
}
