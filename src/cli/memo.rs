//! `oit-audit memo`: the official memo of a report, as DOCX.

use std::path::Path;

use anyhow::Context;

use super::args::MemoArgs;
use super::check::{say, say_problems};
use super::{Exit, files, output, saved, terminal};
use crate::config;
use crate::model::{Memo, Report};
use crate::report::memo::{self, Emblem};

pub(super) fn run(args: &MemoArgs) -> anyhow::Result<Exit> {
    match &args.output {
        None => anyhow::ensure!(
            !terminal::is_shown(),
            "a DOCX file is no text for a terminal; name a file: --output memo.docx"
        ),
        Some(path) => {
            let inputs = [Some(&args.report), args.agency.as_ref(), args.emblem.as_ref()];
            let input = inputs.into_iter().flatten().find(|input| files::same(path, input));
            anyhow::ensure!(input.is_none(), "{} is read for the memo; write the memo to another file", path.display());
            output::probe(path)?;
        }
    }
    let report = saved::report(&args.report)?;
    let section = match &args.agency {
        None => report.memo.clone().unwrap_or_default(),
        Some(path) => match section(path, &report)? {
            Some(section) => section,
            None => return Ok(Exit::Usage),
        },
    };
    if let Some((audited, date)) = memo::audited_after(&report, &section) {
        say(&format!(
            "note: the memo's `date` is {date}, but the audit that it reports ended on {audited}; correct `date` in the \
             `memo:` section if that is not meant"
        ));
    }
    let emblem = args.emblem.as_deref().map(emblem).transpose()?;
    let document = memo::render(&report, &section, emblem.as_ref());
    let document = document.with_context(|| args.report.display().to_string())?;
    match &args.output {
        None => output::print(document)?,
        Some(path) => output::write(path, &document)?,
    }
    Ok(Exit::Met)
}

/// The `memo` section of an agency file, which must be of the report's agency and year; `None` if there are mistakes in the
/// file, which are shown.
fn section(path: &Path, report: &Report) -> anyhow::Result<Option<Memo>> {
    let bytes = files::read(path, config::MAX_BYTES)?;
    let config::Parsed { agency, problems } = config::parse_bytes(&bytes);
    let Some(agency) = agency.filter(|_| problems.is_empty()) else {
        say_problems(&problems, path, &bytes);
        return Ok(None);
    };
    // A file that was edited since may have another name or address, not both.
    let same = agency.website == report.agency.website || agency.name == report.agency.name;
    anyhow::ensure!(
        same && agency.fiscal_year == report.fiscal_year,
        "{} is of {} in fiscal year {}, the report of {} in {}; name the agency file that was audited",
        path.display(),
        agency.website,
        agency.fiscal_year,
        report.agency.website,
        report.fiscal_year
    );
    let missing = || format!("{} has no `memo:` section; add one, or leave `--agency` out", path.display());
    agency.memo.with_context(missing).map(Some)
}

fn emblem(path: &Path) -> anyhow::Result<Emblem> {
    let bytes = files::read(path, memo::MAX_EMBLEM)?;
    Emblem::new(bytes).with_context(|| format!("{} cannot be the emblem", path.display()))
}
