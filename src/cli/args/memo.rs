//! The words of `oit-audit memo`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

const MEMO_EXAMPLES: &str = "\
Examples:
  Audit, and write the memo of that audit:
    oit-audit check agency.yaml --format json=report.json
    oit-audit memo report.json --output memo.docx
  With a `memo:` section that was written since:
    oit-audit memo report.json -o memo.docx --agency agency.yaml
  With a picture in the emblem's place:
    oit-audit memo report.json -o memo.docx --emblem garuda.png

The memo is a Thai document. What neither the report nor the `memo:` section of
the agency file knows (office, number, dates, names, those responsible) is a
dotted blank. `oit-audit schema agency` lists the keys of the section.

Exit codes:
  0  the memo was written
  2  wrong usage, a bad file, or a report without a score";

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples: oit-audit memo --help", after_long_help = MEMO_EXAMPLES, args_override_self = true)]
pub(in crate::cli) struct MemoArgs {
    /// A JSON report of `check`
    #[arg(value_name = "REPORT.json", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) report: PathBuf,
    /// The file to write; what is there is replaced [default: standard output, if that is no terminal]
    #[arg(short, long, value_name = "FILE.docx", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Take the `memo:` section from this agency file instead of the report
    #[arg(long, value_name = "AGENCY.yaml", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) agency: Option<PathBuf>,
    /// A picture (PNG or JPEG) for the emblem's place; it is printed 1.5 cm high
    #[arg(long, value_name = "PICTURE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) emblem: Option<PathBuf>,
}
