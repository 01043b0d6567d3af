//! `oit-audit backtest`: predictions beside announced results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::{BacktestArgs, ReadFormat};
use super::check::{say, say_problems};
use super::{Exit, advice, files, output, saved, terminal};
use crate::backtest::{self, Pair};
use crate::config::{self, Official, Problem};
use crate::model::{Report, ScoreRules};
use crate::report::{Style, backtest as shown};

/// Two files that belong together, read.
struct Read {
    report_file: String,
    report: Report,
    official_file: String,
    official: Official,
}

pub(super) fn run(args: &BacktestArgs) -> anyhow::Result<Exit> {
    let mut read = Vec::new();
    let mut sound = true;
    let mut keep = |one: anyhow::Result<Option<Read>>| match one {
        Ok(Some(one)) => read.push(one),
        Ok(None) => sound = false,
        Err(error) => {
            sound = false;
            say(&format!("error: {}", advice::said(&error)));
        }
    };
    for pair in args.files.chunks(2) {
        let [report, official] = pair else {
            anyhow::bail!(
                "{} has no official result beside it; name REPORT.json OFFICIAL.yaml in pairs",
                pair[0].display()
            );
        };
        keep(pair_of(report, official));
    }
    if let Some(folder) = &args.pairs {
        for one in in_folder(folder)? {
            keep(one);
        }
    }
    if !sound {
        return Ok(Exit::Usage);
    }
    anyhow::ensure!(!read.is_empty(), "nothing to compare: name REPORT.json OFFICIAL.yaml, or a folder by --pairs");
    let pairs: Vec<Pair<'_>> = read
        .iter()
        .map(|one| Pair {
            report: &one.report,
            report_file: &one.report_file,
            official: &one.official,
            official_file: &one.official_file,
        })
        .collect();
    let result = backtest::compare(&pairs);
    output::print(&match args.format {
        ReadFormat::Json => shown::to_json(&result),
        ReadFormat::Terminal => {
            let style = Style {
                lang: args.lang.into(),
                width: terminal::width(),
                colour: terminal::colour_out(),
                paths: false,
            };
            shown::to_terminal(&result, &style)
        }
    })?;
    Ok(Exit::Met)
}

/// Reads two files that are to belong together; `None` if there are mistakes in them, which are shown.
fn pair_of(report_file: &Path, official_file: &Path) -> anyhow::Result<Option<Read>> {
    let report = saved::report(report_file)?;
    let Some(official) = official(official_file, Some(&report.rules))? else { return Ok(None) };
    let pair = Pair { report: &report, report_file: "", official: &official, official_file: "" };
    if let Some(mismatch) = pair.mismatch() {
        let mismatch: String = mismatch.chars().filter(|c| !c.is_control()).collect();
        anyhow::bail!("{} and {} do not belong together: {mismatch}", report_file.display(), official_file.display());
    }
    Ok(Some(Read {
        report_file: report_file.display().to_string(),
        report,
        official_file: official_file.display().to_string(),
        official,
    }))
}

/// Reads an official result; `None` if there are mistakes, which are shown. Items that a report's rules do not have are some.
fn official(path: &Path, rules: Option<&ScoreRules>) -> anyhow::Result<Option<Official>> {
    let bytes = files::read(path, config::MAX_BYTES)?;
    let config::ParsedOfficial { official, mut problems } = config::parse_official(&bytes);
    if let (Some(official), Some(rules)) = (&official, rules) {
        problems.extend(unknown_items(official, rules));
    }
    if problems.is_empty() && official.is_some() {
        return Ok(official);
    }
    problems.sort_by_key(|problem| problem.place);
    say_problems(&problems, path, &bytes);
    Ok(None)
}

fn unknown_items(official: &Official, rules: &ScoreRules) -> Vec<Problem> {
    let subs = rules.indicators.iter().flat_map(|indicator| &indicator.sub_indicators);
    let known: Vec<_> = subs.flat_map(|sub| &sub.items).collect();
    let unknown = official.items.iter().filter(|(id, _)| !known.contains(id));
    let problem = |(id, item): (&crate::model::ItemId, &config::OfficialItem)| {
        let message = format!("the report's fiscal year {} has no item {id}", official.fiscal_year);
        let help = "remove it, or compare with a report of the right year".to_owned();
        Problem::at(item.place, id.as_str().len(), message, Some(help))
    };
    unknown.map(problem).collect()
}

/// The reports (`*.json`) and official results (`official.yaml`, `*.official.yaml`) of a folder, paired by agency and year.
fn in_folder(folder: &Path) -> anyhow::Result<Vec<anyhow::Result<Option<Read>>>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot open the folder {}", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read the folder {}", folder.display()))?;
        paths.push(entry.path());
    }
    paths.sort();
    let ends =
        |path: &Path, ending: &str| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending));
    let is_official = |path: &&PathBuf| {
        [".yaml", ".yml"].iter().any(|ending| {
            ends(path, &format!(".official{ending}"))
                || path.file_name().is_some_and(|name| *name == *format!("official{ending}"))
        })
    };
    let mut out = Vec::new();
    let mut announced: BTreeMap<(String, u16), (PathBuf, bool)> = BTreeMap::new();
    for path in paths.iter().filter(is_official) {
        match official(path, None) {
            Ok(Some(result)) => {
                let key = backtest::key(&result.agency, result.fiscal_year.buddhist());
                if let Some((first, _)) = announced.insert(key, (path.clone(), false)) {
                    let (first, second) = (first.display(), path.display());
                    out.push(Err(anyhow::anyhow!("{first} and {second} are of the same agency and year; keep one")));
                }
            }
            Ok(None) => out.push(Ok(None)),
            Err(error) => out.push(Err(error)),
        }
    }
    for path in paths.iter().filter(|path| ends(path, ".json")) {
        let of = match saved::report(path) {
            Ok(report) => backtest::key(&report.agency.name, report.fiscal_year.buddhist()),
            Err(error) => {
                out.push(Err(error));
                continue;
            }
        };
        match announced.get_mut(&of) {
            Some((official, used)) => {
                *used = true;
                out.push(pair_of(path, official));
            }
            None => {
                say(&format!("{}: no official result of its agency and year in the folder; left out", path.display()));
            }
        }
    }
    for (path, _) in announced.values().filter(|(_, used)| !used) {
        say(&format!("{}: no report of its agency and year in the folder; left out", path.display()));
    }
    Ok(out)
}
