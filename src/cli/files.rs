//! Reading what the user names: bounded, whatever it turns out to be.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::Context;

/// Reads a file of at most `limit` bytes; of a larger one, one byte more, so that it can be told.
pub(super) fn read(path: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        anyhow::bail!("{} is a folder; name a file in it", path.display());
    }
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

/// Reads a file that must have at most `limit` bytes.
pub(super) fn read_whole(path: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    let bytes = read(path, limit)?;
    anyhow::ensure!(
        bytes.len() <= limit,
        "{} is larger than {} MiB; is it the right file?",
        path.display(),
        limit >> 20
    );
    Ok(bytes)
}

/// Reads a text of at most `limit` bytes.
pub(super) fn read_text(path: &Path, limit: usize) -> anyhow::Result<String> {
    let bytes = read_whole(path, limit)?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8; save it as UTF-8", path.display()))
}

/// Whether two names are of one file, as far as that can be known before it is written.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
