//! Where the reports of an audit go: looked at before it, written after it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, FormatArg};
use super::{archive, files, output, terminal};
use crate::model::Report;
use crate::report::{self, Beside, Format, FormatKind, Style};

/// The reports to write of audits of some agency files, with a look whether each can be written.
pub(super) fn prepare(args: &CheckArgs, agencies: &[&Path]) -> anyhow::Result<Vec<FormatArg>> {
    let mut formats = args.formats.clone();
    if formats.is_empty() {
        formats.push(FormatArg { format: Format::Terminal, path: None });
    }
    if agencies.len() > 1 && formats.iter().any(|format| format.path.is_some()) {
        anyhow::bail!("--format …=PATH would be overwritten by each of several agency files; use --output-dir");
    }
    let mut seen = Vec::new();
    formats.retain(|format| {
        let again = seen.contains(format);
        seen.push(format.clone());
        !again
    });
    for FormatArg { format, path } in &formats {
        let shown = path.is_none() && terminal::is_shown();
        anyhow::ensure!(
            !shown || format.kind() != FormatKind::Binary,
            "{format} is no text for a terminal; name a file: --format {format}=report.{}",
            format.extension()
        );
    }
    for folder in [&args.screenshots, &args.output_dir].into_iter().flatten() {
        output::make_folder(folder)?;
    }
    let mut taken = BTreeSet::new();
    let in_folders = args.output_dir.iter().flat_map(|folder| {
        agencies.iter().flat_map(move |agency| file_formats().map(move |format| in_folder(folder, agency, format)))
    });
    for path in formats.iter().filter_map(|format| format.path.clone()).chain(in_folders) {
        anyhow::ensure!(
            output::key(&path).is_none_or(|key| taken.insert(key)),
            "two reports would both be written to {}; give each a file of its own, and agency files different names",
            path.display()
        );
        refuse_input(&path, agencies)?;
        archive::refuse(&path, args)?;
        output::probe(&path)?;
    }
    Ok(formats)
}

/// Writes the reports of one audit.
pub(super) fn write(
    args: &CheckArgs,
    formats: &[FormatArg],
    agency: &Path,
    report: &Report,
    beside: &Beside,
) -> anyhow::Result<()> {
    let (lang, paths) = (args.lang.into(), args.verbose);
    for FormatArg { format, path } in formats {
        match path {
            None => {
                let style = Style { lang, width: terminal::width(), colour: terminal::colour_out(), paths };
                output::print(report::render(report, *format, &style, beside))?;
            }
            Some(path) => {
                let style = Style { lang, paths, ..Style::default() };
                output::write(path, &report::render(report, *format, &style, beside))?;
            }
        }
    }
    if let Some(folder) = &args.output_dir {
        let style = Style { lang, ..Style::default() };
        for format in file_formats() {
            output::write(&in_folder(folder, agency, format), &report::render(report, format, &style, beside))?;
        }
    }
    Ok(())
}

fn file_formats() -> impl Iterator<Item = Format> {
    Format::ALL.iter().copied().filter(|format| format.kind() != FormatKind::Screen)
}

/// A report must not take the place of what it reports on.
fn refuse_input(path: &Path, agencies: &[&Path]) -> anyhow::Result<()> {
    anyhow::ensure!(
        !agencies.iter().any(|agency| files::same(path, agency)),
        "{} is an agency file; it is not overwritten with a report; name another file",
        path.display()
    );
    Ok(())
}

fn in_folder(folder: &Path, agency: &Path, format: Format) -> PathBuf {
    let mut name = agency.file_stem().unwrap_or_default().to_owned();
    name.push(".");
    name.push(format.extension());
    folder.join(name)
}
