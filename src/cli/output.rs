//! Writing reports: to standard output, or whole into a file.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Writes to standard output. That the reader went away (`| head`) is no error.
pub(super) fn print(content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(content.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

/// Whether an error is that the reader of a pipe went away.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == ErrorKind::BrokenPipe))
}

/// Looks whether a file can be written, so that a bad path fails before a long run and not after it. Nothing that is
/// there is touched.
pub(super) fn probe(path: &Path) -> anyhow::Result<()> {
    if is_special(path) {
        // To open a pipe and close it again tells its reader that all was said.
        return Ok(());
    }
    let failed = || format!("cannot write {}", path.display());
    let path = &real(path);
    let existed = path.exists();
    OpenOptions::new().append(true).create(true).open(path).with_context(failed)?;
    if !existed {
        // It was made only to see that it can be.
        let _removed = fs::remove_file(path);
    }
    Ok(())
}

/// Writes a file whole: a reader sees the old content or the new, and a full disk loses nothing.
pub(super) fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", path.display());
    if is_special(path) {
        return fs::write(path, content).with_context(failed);
    }
    let path = &real(path);
    let temporary = beside(path);
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _removed = fs::remove_file(&temporary);
    }
    written.with_context(failed)
}

/// Whether something is neither a file nor a folder: a device, a pipe.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// The file that a path means: where a link leads, even if nothing is there yet.
fn real(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), fs::read_link(path)) {
        (Ok(real), _) => real,
        (Err(_), Ok(to)) => path.parent().map_or(to.clone(), |folder| folder.join(&to)),
        (Err(_), Err(_)) => path.to_owned(),
    }
}

/// Makes a folder with all above it.
pub(super) fn make_folder(path: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(!path.is_file(), "{} is a file; name a folder", path.display());
    fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))
}

/// What two paths of one file have in common, whether it is there or not; nothing for devices and pipes.
pub(super) fn key(path: &Path) -> Option<PathBuf> {
    if is_special(path) {
        return None;
    }
    let path = real(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()).join(path.file_name().unwrap_or_default()))
}

/// A file that takes its name only when it is whole; until then it stands beside, under a name of its own.
pub(super) struct Pending {
    temporary: PathBuf,
    path: PathBuf,
    file: fs::File,
    /// It is whole, but could not be given its name.
    keep: bool,
}

impl Pending {
    /// Begins a file that does not exist yet.
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        // Also where the name leads nowhere.
        if fs::symlink_metadata(path).is_ok() {
            anyhow::bail!("{} exists; it is not overwritten: name another file, or move it away", path.display());
        }
        let temporary = beside(path);
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary);
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { temporary, path: path.to_owned(), file, keep: false })
    }

    /// Where to write.
    pub(super) fn writer(&self) -> anyhow::Result<fs::File> {
        self.file.try_clone().with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Gives the file its name, if all of it was written.
    pub(super) fn publish(mut self, written: io::Result<()>) -> anyhow::Result<()> {
        let failed = format!("cannot write {}", self.path.display());
        written.and_then(|()| self.file.sync_all()).with_context(|| failed.clone())?;
        // A link takes nobody else's place; where there are no links, a name that was taken meanwhile is lost.
        let named = match fs::hard_link(&self.temporary, &self.path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => fs::rename(&self.temporary, &self.path),
            linked => linked,
        };
        self.keep = named.is_err();
        named.with_context(|| format!("{failed}; it is kept as {}", self.temporary.display()))
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.keep {
            // It is gone already where it was renamed.
            let _removed = fs::remove_file(&self.temporary);
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}
