//! The words of `oit-audit check`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, ValueHint};

use super::format::FormatParser;
use super::{LangArg, NetworkArgs, number_in};
use crate::model::ItemId;
use crate::report::Format;

const CHECK_EXAMPLES: &str = "\
Examples:
  Audit, and report on the terminal:
    oit-audit check agency.yaml
  Two items, with a log of what is opened:
    oit-audit check agency.yaml --only O5,O9 -v
  On the terminal, and as a file for other programs:
    oit-audit check agency.yaml --format terminal --format json=report.json
  Every format that is a file, into a folder:
    oit-audit check agency.yaml --output-dir reports
  In English, for a CI job that fails below 85 points of OIT:
    oit-audit check agency.yaml --lang en --fail-under 85 -q
  For a CI job that fails only for what got worse since an earlier report:
    oit-audit check agency.yaml --baseline last.json -q
  Against a preview server, which need not speak TLS:
    oit-audit check agency.yaml --resolve www.a.go.th=http://127.0.0.1:8080
  Keep what was fetched, as dated evidence, and audit again from that:
    oit-audit check agency.yaml --archive 2563-06-30.warc.gz
    oit-audit check agency.yaml --replay 2563-06-30.warc.gz

Exit codes:
  0  the audit ran and meets the threshold
  1  it ran and does not
  2  wrong usage or a bad file: nothing was opened; or a file was not written
  3  it could not be judged: offline, interrupted or out of time";

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples and exit codes: oit-audit check --help",
    after_long_help = CHECK_EXAMPLES,
    args_override_self = true
)]
pub(in crate::cli) struct CheckArgs {
    /// Agency files
    #[arg(required = true, value_name = "AGENCY.yaml", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// A report to write, to standard output or to PATH; repeatable [default: terminal]
    #[arg(long = "format", value_name = "FORMAT[=PATH]", value_parser = FormatParser)]
    pub(in crate::cli) formats: Vec<FormatArg>,
    /// Write every format that is a file for each agency file into DIR, named after the file
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) output_dir: Option<PathBuf>,
    /// Judge these items only; there is no score then
    #[arg(long, value_name = "ITEMS", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<ItemId>,
    /// The language of the report
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(in crate::cli) lang: LangArg,
    /// Exit with code 1 below this predicted OIT score; wins over `fail_under` in the agency file
    #[arg(long, value_name = "SCORE", value_parser = score, conflicts_with = "only")]
    pub(in crate::cli) fail_under: Option<f64>,
    /// Exit with code 1 only for items that got worse since this JSON report (or the one in DIR that is named after the
    /// agency file), whatever the threshold
    #[arg(long, value_name = "REPORT.json|DIR", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// A catalogue of your own in place of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) catalog: Option<PathBuf>,
    /// Keep all that is fetched in a WARC file, as dated evidence; FILE must not exist
    #[arg(long, value_name = "FILE.warc.gz", value_hint = ValueHint::FilePath, conflicts_with = "replay")]
    pub(in crate::cli) archive: Option<PathBuf>,
    /// Audit again from such a file, without a network and without waiting; the same arguments give the same report
    #[arg(long, value_name = "FILE.warc.gz", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) replay: Option<PathBuf>,
    /// Keep a picture (PNG) of each page that a browser builds in DIR, named after its address, and show it in the report
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "replay")]
    pub(in crate::cli) screenshots: Option<PathBuf>,
    /// Show no progress and no notices
    #[arg(short, long, conflicts_with = "verbose")]
    pub(in crate::cli) quiet: bool,
    /// Log each URL that is opened, to standard error, and show the clicks from the home page to each submitted link
    #[arg(short, long)]
    pub(in crate::cli) verbose: bool,
    #[command(flatten)]
    pub(in crate::cli) network: NetworkArgs,
}

/// A report format and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct FormatArg {
    pub(in crate::cli) format: Format,
    pub(in crate::cli) path: Option<PathBuf>,
}

impl FromStr for FormatArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = match text.split_once('=') {
            Some((name, "")) => return Err(format!("the path after `=` is empty; write --format {name}=FILE")),
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (text, None),
        };
        let format = name.parse().map_err(|error| format!("{error}"))?;
        Ok(Self { format, path })
    }
}

fn score(text: &str) -> Result<f64, String> {
    number_in(text, 0.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::FormatArg;
    use crate::report::Format;

    #[test]
    fn formats() {
        let arg: FormatArg = "json=out/a=b.json".parse().unwrap();
        assert_eq!((arg.format, arg.path.unwrap().to_str().unwrap()), (Format::Json, "out/a=b.json"));
        assert!("yaml".parse::<FormatArg>().is_err());
        assert!("json=".parse::<FormatArg>().is_err());
    }
}
