//! Reads the root certificates that a user trusts, from files named on the command line and in an agency file.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::files;
use crate::config::{CaFile, Problem};
use crate::fetch::Trust;

/// The largest file of certificates; all that browsers trust have a fifth of that.
const MAX_BYTES: usize = 1 << 20;

/// Trust in the files named on the command line.
pub(super) fn named(paths: &[PathBuf]) -> anyhow::Result<Trust> {
    let mut trust = Trust::default();
    for path in paths {
        add(path, &mut trust).context("--extra-ca")?;
    }
    Ok(trust)
}

/// Adds the files that an agency file names, and says which cannot be.
pub(super) fn of_agency(agency: &Path, named: &[CaFile], trust: &mut Trust) -> Vec<Problem> {
    let folder = agency.parent().unwrap_or(Path::new(""));
    let problem = |file: &CaFile| {
        let error = add(&folder.join(&file.path), trust).err()?;
        let help = "a file with root certificates in PEM or DER; its path is relative to the agency file";
        Some(Problem::at(file.place, file.length, format!("{error:#}"), Some(help.to_owned())))
    };
    named.iter().filter_map(problem).collect()
}

fn add(path: &Path, trust: &mut Trust) -> anyhow::Result<()> {
    let bytes = files::read_whole(path, MAX_BYTES)?;
    trust.add(&bytes).with_context(|| format!("{} cannot be trusted", path.display()))
}
