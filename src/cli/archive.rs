//! `--archive` and `--replay`: where a check's exchanges go to, or come from.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::Context;

use super::args::CheckArgs;
use super::files;
use super::output::Pending;
use crate::fetch::{Archive, Recorder, Source};

/// An archive that is being written.
pub(super) struct Kept {
    recorder: Recorder,
    file: Pending,
}

/// Where the exchanges come from, and what is to be published after the run.
pub(super) fn source(args: &CheckArgs) -> anyhow::Result<(Source, Option<Kept>)> {
    if args.files.len() > 1 && (args.archive.is_some() || args.replay.is_some()) {
        anyhow::bail!("an archive is of one agency: give --archive and --replay with one agency file at a time");
    }
    if let Some(path) = &args.replay {
        return Ok((Source::Archived(open(path)?), None));
    }
    let Some(path) = &args.archive else { return Ok((Source::Network, None)) };
    let file = Pending::new(path)?;
    let recorder = Recorder::new(Box::new(BufWriter::new(file.writer()?)));
    Ok((Source::Recorded(recorder.clone()), Some(Kept { recorder, file })))
}

/// A report must not take the place of the archive.
pub(super) fn refuse(report: &Path, args: &CheckArgs) -> anyhow::Result<()> {
    let mut archives = [&args.archive, &args.replay].into_iter().flatten();
    anyhow::ensure!(
        !archives.any(|archive| files::same(report, archive)),
        "{} is the archive; it is not overwritten with a report; name another file",
        report.display()
    );
    Ok(())
}

fn open(path: &Path) -> anyhow::Result<Archive> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let metadata = file.metadata().with_context(|| format!("cannot open {}", path.display()))?;
    anyhow::ensure!(metadata.is_file(), "{} is not a file; --replay reads one back and forth", path.display());
    Archive::open(Box::new(file)).with_context(|| format!("cannot replay {}", path.display()))
}

impl Kept {
    /// Gives the archive its name, after a run that was stopped too.
    pub(super) fn publish(self) -> anyhow::Result<()> {
        self.file.publish(self.recorder.finish())
    }
}
