//! The words of `oit-audit read`.

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use super::{LangArg, NetworkArgs};
use crate::model::When;

const READ_EXAMPLES: &str = "\
Examples:
  Kind, years and text of a file:
    oit-audit read plan2563.pdf
  The same of a page:
    oit-audit read https://www.example.go.th/plan
  For other programs:
    oit-audit read plan2563.pdf --format json
  What another program took from it:
    pdftotext plan.pdf - | oit-audit read - --kind text

Exit codes:
  0  it was opened, whatever could be read of it
  2  wrong usage, a file that is not there, or a page that does not open
  3  it could not be opened: this machine may be offline; or interrupted";

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples: oit-audit read --help", after_long_help = READ_EXAMPLES, args_override_self = true)]
pub(in crate::cli) struct ReadArgs {
    /// A file, an address, or `-` for standard input
    #[arg(value_name = "FILE|URL|-", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) source: String,
    /// How to write what is seen
    #[arg(long, value_enum, default_value_t = ReadFormat::Terminal)]
    pub(in crate::cli) format: ReadFormat,
    /// What a file or standard input is
    #[arg(long, value_enum, default_value_t = KindArg::Auto)]
    pub(in crate::cli) kind: KindArg,
    /// Whether to recognise the text of pictures
    #[arg(long, value_enum, default_value_t = WhenArg::Auto)]
    pub(in crate::cli) ocr: WhenArg,
    /// Whether to build pages in a browser
    #[arg(long, value_enum, default_value_t = WhenArg::Auto)]
    pub(in crate::cli) render: WhenArg,
    /// The language of what is said beside the text
    #[arg(long, value_enum, default_value_t = LangArg::Th)]
    pub(in crate::cli) lang: LangArg,
    #[command(flatten)]
    pub(in crate::cli) network: NetworkArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum ReadFormat {
    /// Tables and text for a terminal
    Terminal,
    /// The published, versioned JSON
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum KindArg {
    /// Told by its content
    Auto,
    /// Plain text, whatever it looks like
    Text,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum WhenArg {
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
