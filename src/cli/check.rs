//! `oit-audit check`: audit agencies, report, exit code.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::{CheckArgs, NetworkArgs};
use super::pictures::Album;
use super::progress::{self, Progress};
use super::{Exit, advice, archive, baseline, browser, catalog, files, interrupt, publish, reader, roots, terminal};
use crate::audit::{self, Plan, Stop};
use crate::catalog::Catalog;
use crate::config::{self, Agency, Problem};
use crate::diff;
use crate::fetch::{Source, Trust};
use crate::model::{Crawl, ItemId, Report};
use crate::report::Beside;

/// An agency file that was read, with the rules of its year.
struct Job<'a> {
    path: PathBuf,
    agency: Agency,
    catalog: &'a Catalog,
    trust: Trust,
    /// The earlier report that it is held against.
    baseline: Option<Report>,
}

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let trust = roots::named(&args.network.extra_ca)?;
    baseline::refuse_shared(args)?;
    let own_catalog = args.catalog.as_deref().map(catalog::from_file).transpose()?;
    let mut jobs = Vec::new();
    let mut sound = true;
    for path in &args.files {
        match read(path, own_catalog.as_ref(), &trust, args) {
            Ok(Some(job)) => jobs.push(job),
            Ok(None) => sound = false,
            Err(error) => {
                sound = false;
                say(&format!("error: {}", advice::said(&error)));
            }
        }
    }
    if !sound {
        return Ok(Exit::Usage);
    }
    let only: BTreeSet<ItemId> = args.only.iter().cloned().collect();
    for job in &jobs {
        if let Some(unknown) = only.iter().find(|id| job.catalog.item(id).is_none()) {
            let year = job.catalog.fiscal_year;
            anyhow::bail!(
                "--only: fiscal year {year} has no item {unknown}; `oit-audit catalog --year {year}` lists them"
            );
        }
    }
    let files: Vec<&Path> = jobs.iter().map(|job| job.path.as_path()).collect();
    let reports = publish::prepare(args, &files)?;
    let (mut source, mut kept) = archive::source(args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")?;
    let stop = Stop::default();
    let watcher = runtime.spawn(interrupt::watch(stop.clone()));
    let mut exit = Exit::Met;
    for (at, job) in jobs.iter().enumerate() {
        if stop.is_thrown() {
            say(&format!(
                "{} of {} agency files were not audited; name them again to go on",
                jobs.len() - at,
                jobs.len()
            ));
            break;
        }
        let (report, pictures) = audit_one(&runtime, args, job, &only, std::mem::take(&mut source), &stop)?;
        let baseline = job.baseline.as_ref().filter(|_| report.complete);
        let beside = Beside { pictures, changes: baseline.map(|baseline| diff::compare(baseline, &report)) };
        // What becomes of one of them is no reason to lose the other.
        let kept = kept.take().map_or(Ok(()), archive::Kept::publish);
        publish::write(args, &reports, &job.path, &report, &beside)?;
        kept?;
        exit = exit.and(judge_exit(args, job, &report, &beside));
    }
    watcher.abort();
    // A name that is still being looked up must not keep the program waiting.
    runtime.shutdown_background();
    Ok(exit)
}

/// Says something on standard error; that nobody reads it is no reason to stop.
pub(super) fn say(text: &str) {
    progress::aside(|_| {
        let _printed = writeln!(anstream::stderr(), "{text}");
    });
}

/// Shows the mistakes in a file, with its lines.
pub(super) fn say_problems(problems: &[Problem], path: &Path, bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let shown = config::render(problems, &path.display().to_string(), &source, terminal::colour_err());
    let _printed = writeln!(anstream::stderr(), "{}", shown.trim_end());
}

/// Reads an agency file and finds its year's rules. `None` if there are mistakes, which are shown.
fn read<'a>(path: &Path, own: Option<&'a Catalog>, trust: &Trust, args: &CheckArgs) -> anyhow::Result<Option<Job<'a>>> {
    let bytes = files::read(path, config::MAX_BYTES)?;
    let parsed = config::parse_bytes(&bytes);
    let mut problems = parsed.problems;
    let mut found = None;
    let mut trust = trust.clone();
    if let Some(agency) = parsed.agency {
        problems.extend(roots::of_agency(path, &agency.extra_ca, &mut trust));
        match own.or_else(|| crate::catalog::builtin(agency.fiscal_year)) {
            Some(catalog) if catalog.fiscal_year == agency.fiscal_year => {
                problems.extend(audit::problems(&agency, catalog));
                let today = audit::clock::now().to_zoned(audit::clock::thailand()).date();
                problems.extend(audit::future_reviews(&agency, today));
                found = Some((agency, catalog));
            }
            Some(catalog) => {
                problems.push(wrong_year(&agency, &format!("the catalogue is of {}", catalog.fiscal_year)));
            }
            // A year that is a mistake itself is shown as that.
            None if problems.iter().any(|problem| problem.place == Some(agency.fiscal_year_place)) => {}
            None => {
                let years = crate::catalog::builtin_years();
                let years = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
                problems.push(wrong_year(
                    &agency,
                    &format!("built-in catalogues: {years}; `--catalog FILE` takes your own"),
                ));
            }
        }
    }
    match found {
        Some((mut agency, catalog)) if problems.is_empty() => {
            apply(&args.network, &mut agency.crawl);
            let baseline = args.baseline.as_deref().map(|baseline| baseline::of(baseline, path, &agency, args));
            let baseline = baseline.transpose()?.flatten();
            Ok(Some(Job { path: path.to_owned(), agency, catalog, trust, baseline }))
        }
        _ => {
            problems.sort_by_key(|problem| problem.place);
            say_problems(&problems, path, &bytes);
            Ok(None)
        }
    }
}

fn wrong_year(agency: &Agency, help: &str) -> Problem {
    let message = format!("there are no rules for fiscal year {}", agency.fiscal_year);
    Problem::at(agency.fiscal_year_place, 4, message, Some(help.to_owned()))
}

/// Lets the command line win over what a crawl was to be.
pub(super) fn apply(network: &NetworkArgs, crawl: &mut Crawl) {
    for resolve in &network.resolve {
        crawl.resolve.insert(resolve.host.clone(), resolve.to.clone());
    }
    crawl.allow_private |= network.allow_private;
    if let Some(rate) = network.rate {
        crawl.requests_per_second = rate;
    }
    if let Some(concurrency) = network.concurrency {
        crawl.concurrency = concurrency.into();
    }
    if network.no_follow {
        (crawl.follow, crawl.explore) = (0, 0);
    }
}

fn audit_one(
    runtime: &tokio::runtime::Runtime,
    args: &CheckArgs,
    job: &Job<'_>,
    only: &BTreeSet<ItemId>,
    source: Source,
    stop: &Stop,
) -> anyhow::Result<(Report, BTreeMap<String, Vec<u8>>)> {
    let file = job.path.display().to_string();
    let mut plan = Plan::new(&job.agency, &file, job.catalog, only.clone());
    plan.own_catalog = args.catalog.is_some();
    plan.trust = job.trust.clone();
    plan.reader = reader::program();
    plan.around = reader::surroundings();
    plan.browser = browser::find(args.network.browser.as_deref())?;
    plan.pictures = args.screenshots.is_some();
    let progress = Progress::new(args.quiet, args.verbose, args.lang.into(), job.agency.crawl.requests_per_second);
    let album = args.screenshots.clone().map(Album::new);
    let listener = match &album {
        Some(album) => album.listener(progress.listener()),
        None => progress.listener(),
    };
    let snapshot = runtime.block_on(audit::gather_from(source, &plan, stop, listener));
    progress.done();
    let mut report = audit::judge(&plan, &snapshot?);
    let pictures = album.map(|album| album.into_report(&mut report)).unwrap_or_default();
    Ok((report, pictures))
}

fn judge_exit(args: &CheckArgs, job: &Job<'_>, report: &Report, beside: &Beside) -> Exit {
    if !report.complete {
        return Exit::NotJudged;
    }
    if let Some(changes) = &beside.changes {
        return if changes.worse().next().is_some() { Exit::NotMet } else { Exit::Met };
    }
    let threshold = args.fail_under.or(job.agency.fail_under);
    match (threshold, report.score.oit.predicted) {
        (Some(threshold), Some(points)) if points.rounded() < threshold => Exit::NotMet,
        _ => Exit::Met,
    }
}
