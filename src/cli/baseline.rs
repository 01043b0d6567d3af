//! `--baseline`: the earlier reports that audits are held against.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::CheckArgs;
use super::check::say;
use super::saved;
use crate::config::Agency;
use crate::diff;
use crate::model::Report;

/// The earlier report of an agency file: the file at `path`, or in a folder the one named after the agency file, where there
/// is one. It must be of the same agency and year.
pub(super) fn of(path: &Path, file: &Path, agency: &Agency, args: &CheckArgs) -> anyhow::Result<Option<Report>> {
    let Some(path) = named(path, file, args) else {
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

/// Whether a baseline is a folder: one that is there, or the one that the reports will be written to.
fn is_folder(path: &Path, args: &CheckArgs) -> bool {
    path.is_dir() || (!path.exists() && args.output_dir.as_deref() == Some(path))
}

/// Refuses what can be the baseline of one agency only where there are several.
pub(super) fn refuse_shared(args: &CheckArgs) -> anyhow::Result<()> {
    let Some(path) = args.baseline.as_deref().filter(|path| args.files.len() > 1 && !is_folder(path, args)) else {
        return Ok(());
    };
    anyhow::ensure!(
        path.exists(),
        "--baseline {} is not there; for several agencies, name the folder with their reports (as --output-dir writes it)",
        path.display()
    );
    anyhow::bail!(
        "--baseline {} is of one agency; for several, name the folder with their reports (as --output-dir writes it)",
        path.display()
    );
}

fn named(path: &Path, file: &Path, args: &CheckArgs) -> Option<PathBuf> {
    if !is_folder(path, args) {
        return Some(path.to_owned());
    }
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(".json");
    Some(path.join(name)).filter(|path| path.exists())
}
