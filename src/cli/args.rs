//! The words of the command line.

mod backtest;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::{ItemId, Lang, When};
use crate::report::Format;

pub(super) use backtest::BacktestArgs;

/// Audits the pages that a Thai public agency submits for the OIT part of the ITA, as an assessor would, and predicts the
/// score.
#[derive(Debug, Parser)]
#[command(name = "oit-audit", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  the audit ran and meets the threshold
  1  it ran and does not
  2  wrong usage or a bad file
  3  it could not be judged: this machine is offline, or the run was interrupted or out of time";

const CHECK_EXAMPLES: &str = "\
Examples:
  oit-audit check agency.yaml                       audit, report on the terminal
  oit-audit check agency.yaml --only O5,O9 -v       two items, with a log of what is opened
  oit-audit check agency.yaml --format terminal --format json=report.json
  oit-audit check agency.yaml --fail-under 85 -q    for CI: exit code 1 below 85 points of OIT
  oit-audit check agency.yaml --resolve www.example.go.th=127.0.0.1:8080
                                                    against a preview server
  oit-audit check agency.yaml --archive 2563-06-30.warc.gz
                                                    keep what was fetched, as evidence
  oit-audit check agency.yaml --replay 2563-06-30.warc.gz
                                                    audit again from it, without a network

Exit codes:
  0  the audit ran and meets the threshold
  1  it ran and does not
  2  wrong usage or a bad file: nothing was opened; or a file could not be written
  3  it could not be judged: this machine is offline, or the run was interrupted or out of time";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Audit agencies: open what they submitted, judge it, report, exit code
    Check(Box<CheckArgs>),
    /// Write an agency file for a fiscal year, with every item in it
    Init(InitArgs),
    /// What a year's items demand, and what each check looks for
    Catalog(CatalogArgs),
    /// What the program sees in one page or document: its text, and the years in it
    Read(Box<ReadArgs>),
    /// Compare predictions with the announced results, item by item
    Backtest(BacktestArgs),
    /// The JSON Schema of a file that this program reads or writes
    Schema(SchemaArgs),
    /// A completion script for a shell
    Completions(CompletionsArgs),
    /// Read documents for the audit that started this
    #[command(hide = true)]
    ReadDocuments,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = CHECK_EXAMPLES, args_override_self = true)]
pub(super) struct CheckArgs {
    /// Agency files
    #[arg(required = true, value_name = "AGENCY.yaml")]
    pub(super) files: Vec<PathBuf>,
    /// A report to write, to standard output or to PATH; repeatable [default: terminal] [formats: terminal, json]
    #[arg(long = "format", value_name = "FORMAT[=PATH]")]
    pub(super) formats: Vec<FormatArg>,
    /// Write a JSON report for each agency file into DIR, named after the file
    #[arg(long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
    /// Judge these items only; there is no score then
    #[arg(long, value_name = "ITEMS", value_delimiter = ',')]
    pub(super) only: Vec<ItemId>,
    /// The language of the report
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(super) lang: LangArg,
    /// Exit with code 1 below this predicted OIT score; wins over `fail_under` in the agency file
    #[arg(long, value_name = "SCORE", value_parser = score, conflicts_with = "only")]
    pub(super) fail_under: Option<f64>,
    /// A catalogue of your own in place of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(super) catalog: Option<PathBuf>,
    #[command(flatten)]
    pub(super) network: NetworkArgs,
    /// Keep all that is fetched in a WARC file, as dated evidence; FILE must not exist
    #[arg(long, value_name = "FILE.warc.gz", conflicts_with = "replay")]
    pub(super) archive: Option<PathBuf>,
    /// Audit again from such a file, without a network and without waiting; the same arguments give the same report
    #[arg(long, value_name = "FILE.warc.gz")]
    pub(super) replay: Option<PathBuf>,
    /// Keep a picture (PNG) of each page that a browser builds in DIR, named after its address
    #[arg(long, value_name = "DIR", conflicts_with = "replay")]
    pub(super) screenshots: Option<PathBuf>,
    /// Show no progress and no notices
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Log each URL that is opened, to standard error, and show the clicks from the home page to each submitted link
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// How to reach the network; each wins over `crawl` in the agency file.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Network")]
pub(super) struct NetworkArgs {
    /// Connect there for HOST instead; allowed even if the address is private; repeatable
    #[arg(long, value_name = "HOST=ADDR:PORT")]
    pub(super) resolve: Vec<ResolveArg>,
    /// Open loopback, private and link-local addresses too
    #[arg(long)]
    pub(super) allow_private: bool,
    /// Trust the root certificates in FILE too (PEM, DER or PKCS #7), beside those that browsers trust; repeatable
    #[arg(long, value_name = "FILE")]
    pub(super) extra_ca: Vec<PathBuf>,
    /// Requests per second to one domain (for a server of your own: 1000000 is as good as no limit)
    #[arg(long, value_name = "N", value_parser = rate)]
    pub(super) rate: Option<f64>,
    /// Requests in flight, all hosts together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) concurrency: Option<u16>,
    /// The browser (of the Chromium family) for pages that are empty without one [default: the first on PATH]
    #[arg(long, value_name = "PROGRAM")]
    pub(super) browser: Option<PathBuf>,
    /// Open the submitted links only, neither what they lead to nor the ways to them
    #[arg(long)]
    pub(super) no_follow: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct InitArgs {
    /// The fiscal year, Buddhist era [default: the latest with a built-in catalogue]
    #[arg(long, value_name = "YEAR")]
    pub(super) year: Option<u16>,
    /// The agency's name
    #[arg(long, value_name = "NAME", default_value = "ชื่อหน่วยงาน")]
    pub(super) agency: String,
    /// The main website
    #[arg(long, value_name = "URL", default_value = "https://www.example.go.th/")]
    pub(super) website: String,
    /// The file to write; it must not exist [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

const CATALOG_EXAMPLES: &str = "\
Examples:
  oit-audit catalog                                 the years, and how far each is verified
  oit-audit catalog --year 2566                     the items of a year, and what each is worth
  oit-audit catalog O11 --year 2563                 one item: what is looked for, what passes, what does not
  oit-audit catalog --catalog own.yaml              the same of a catalogue of your own";

#[derive(Debug, ClapArgs)]
#[command(after_help = CATALOG_EXAMPLES)]
pub(super) struct CatalogArgs {
    /// An item to explain
    #[arg(value_name = "ITEM", conflicts_with = "reasons")]
    pub(super) item: Option<ItemId>,
    /// The fiscal year, Buddhist era; without it and without an item, the years are listed [default for an item: the latest]
    #[arg(long, value_name = "YEAR")]
    pub(super) year: Option<u16>,
    /// A catalogue of your own in place of the built-in one
    #[arg(long, value_name = "FILE", conflicts_with = "year")]
    pub(super) catalog: Option<PathBuf>,
    /// List the reason codes instead, with what they say and what to do
    #[arg(long)]
    pub(super) reasons: bool,
    /// The language
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(super) lang: LangArg,
}

const READ_EXAMPLES: &str = "\
Examples:
  oit-audit read plan2563.pdf                       kind, years, text of a file
  oit-audit read https://www.example.go.th/plan     the same of a page
  oit-audit read plan2563.pdf --format json         for other programs
  pdftotext plan.pdf - | oit-audit read - --kind text

Exit codes:
  0  it was opened, whatever could be read of it
  2  wrong usage, a file that is not there, or a page that does not open
  3  it could not be opened, and this machine may be offline; or it was interrupted";

#[derive(Debug, ClapArgs)]
#[command(after_help = READ_EXAMPLES, args_override_self = true)]
pub(super) struct ReadArgs {
    /// A file, an address, or `-` for standard input
    #[arg(value_name = "FILE|URL|-")]
    pub(super) source: String,
    /// How to write what is seen
    #[arg(long, value_enum, default_value_t = ReadFormat::Terminal)]
    pub(super) format: ReadFormat,
    /// What a file or standard input is
    #[arg(long, value_enum, default_value_t = KindArg::Auto)]
    pub(super) kind: KindArg,
    /// Whether to recognise the text of pictures
    #[arg(long, value_enum, default_value_t = WhenArg::Auto)]
    pub(super) ocr: WhenArg,
    /// Whether to build pages in a browser
    #[arg(long, value_enum, default_value_t = WhenArg::Auto)]
    pub(super) render: WhenArg,
    /// The language of what is said beside the text
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(super) lang: LangArg,
    #[command(flatten)]
    pub(super) network: NetworkArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ReadFormat {
    /// Tables and text for a terminal
    Terminal,
    /// The published, versioned JSON
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum KindArg {
    /// Told by its content
    Auto,
    /// Plain text, whatever it looks like
    Text,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum WhenArg {
    /// Where nothing can be read without
    Auto,
    /// Not at all
    Never,
    /// Wherever it can be
    Always,
}

impl From<WhenArg> for When {
    fn from(when: WhenArg) -> Self {
        match when {
            WhenArg::Auto => Self::Auto,
            WhenArg::Never => Self::Never,
            WhenArg::Always => Self::Always,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct SchemaArgs {
    /// Which file
    #[arg(value_enum)]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// The agency file
    Agency,
    /// A catalogue
    Catalog,
    /// The JSON report
    Report,
    /// What `read` writes as JSON
    Read,
    /// The file of an official result
    Official,
    /// What `backtest` writes as JSON
    Backtest,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    /// Thai
    Th,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Th => Self::Th,
            LangArg::En => Self::En,
        }
    }
}

/// A report format and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormatArg {
    pub(super) format: Format,
    pub(super) path: Option<PathBuf>,
}

impl FromStr for FormatArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = match text.split_once('=') {
            Some((_, "")) => return Err("the path after `=` is empty".to_owned()),
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (text, None),
        };
        let format = name.parse().map_err(|error| format!("{error}"))?;
        Ok(Self { format, path })
    }
}

/// A host and where to connect for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResolveArg {
    pub(super) host: String,
    pub(super) to: SocketAddr,
}

impl FromStr for ResolveArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (host, address) =
            text.split_once('=').ok_or("write HOST=ADDR:PORT, such as www.example.go.th=127.0.0.1:8080")?;
        let to = address.parse().map_err(|_| format!("`{address}` is not ADDR:PORT, such as 127.0.0.1:8080"))?;
        let host = url::Host::parse(host).map_err(|_| format!("`{host}` is not a host name"))?;
        Ok(Self { host: host.to_string(), to })
    }
}

fn score(text: &str) -> Result<f64, String> {
    number_in(text, 0.0, 100.0)
}

fn rate(text: &str) -> Result<f64, String> {
    number_in(text, 0.01, 1e9)
}

fn number_in(text: &str, low: f64, high: f64) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (low..=high).contains(&number) => Ok(number),
        _ => Err(format!("write a number from {low} to {high}")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Args, FormatArg, ResolveArg};
    use crate::report::Format;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_help_names_every_format() {
        let help = Args::command().find_subcommand("check").unwrap().clone().render_long_help().to_string();
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        assert!(help.contains(&format!("[formats: {}]", names.join(", "))), "{help}");
    }

    #[test]
    fn formats_and_resolves() {
        let arg: FormatArg = "json=out/a=b.json".parse().unwrap();
        assert_eq!((arg.format, arg.path.unwrap().to_str().unwrap()), (Format::Json, "out/a=b.json"));
        assert!("yaml".parse::<FormatArg>().is_err());
        assert!("json=".parse::<FormatArg>().is_err());
        assert_eq!("WWW.กรม.ไทย=[::1]:80".parse::<ResolveArg>().unwrap().host, "www.xn--12c8df.xn--o3cw4h");
        for wrong in ["www.x.go.th", "www.x.go.th=127.0.0.1", "a/b=127.0.0.1:80", "x:80=127.0.0.1:80"] {
            assert!(wrong.parse::<ResolveArg>().is_err(), "{wrong}");
        }
    }
}
