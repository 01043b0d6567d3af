//! `oit-audit catalog`: what a year's items demand, and what each check looks for.

mod explain;
mod list;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;

use super::args::CatalogArgs;
use super::{Exit, files, output, terminal};
use crate::catalog::{Catalog, Messages, builtin_years};
use crate::model::{FiscalYear, Lang, ReasonCode, RuleStatus, Text};
use crate::report::Style;
use crate::report::sheet::{Part, Tone};

/// The largest catalogue of a user's own.
const MAX_BYTES: usize = 4 << 20;

/// The built-in catalogue of a year, or of the latest.
pub(super) fn builtin(year: Option<u16>) -> anyhow::Result<&'static Catalog> {
    let years = builtin_years();
    let year = year.or(years.last().copied()).unwrap_or_default();
    crate::catalog::builtin(FiscalYear::new(year)).with_context(|| {
        let years = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        format!("there is no built-in catalogue for {year}; built in: {years}")
    })
}

/// A catalogue of the user's own.
pub(super) fn from_file(path: &Path) -> anyhow::Result<Catalog> {
    let text = files::read_text(path, MAX_BYTES)?;
    Catalog::parse(&text).with_context(|| format!("{} is not a sound catalogue", path.display()))
}

pub(super) fn run(args: &CatalogArgs) -> anyhow::Result<Exit> {
    let style =
        Style { lang: args.lang.into(), width: terminal::width(), colour: terminal::colour_out(), paths: false };
    let text = if args.reasons { reasons(style.lang) } else { catalog(args, &style)? };
    output::print(&text)?;
    Ok(Exit::Met)
}

fn catalog(args: &CatalogArgs, style: &Style) -> anyhow::Result<String> {
    let own = args.catalog.as_deref().map(from_file).transpose()?;
    if own.is_none() && args.year.is_none() && args.item.is_none() {
        let years: Vec<&Catalog> =
            builtin_years().into_iter().filter_map(|year| crate::catalog::builtin(FiscalYear::new(year))).collect();
        return Ok(list::years(&years, style));
    }
    let catalog = match &own {
        Some(catalog) => catalog,
        None => builtin(args.year)?,
    };
    let Some(id) = &args.item else { return Ok(list::items(catalog, style)) };
    let item = catalog.item(id).with_context(|| {
        let mut ids = catalog.items().map(|item| item.id.as_str());
        let first = ids.next().unwrap_or_default();
        let last = ids.last().unwrap_or(first);
        format!(
            "fiscal year {} has no item {id}: its items are {first} to {last}; `--year` takes another year",
            catalog.fiscal_year
        )
    })?;
    Ok(explain::item(catalog, item, style))
}

fn reasons(lang: Lang) -> String {
    let mut out = String::new();
    for code in ReasonCode::ALL {
        if let Some(message) = Messages::builtin().get(*code) {
            let level = serde_json::to_value(message.level).unwrap_or_default();
            let _ = writeln!(out, "{code}  [{}]", level.as_str().unwrap_or_default());
            let _ = writeln!(out, "    {}", message.message.get(lang));
            let _ = writeln!(out, "    -> {}", message.fix.get(lang));
        }
    }
    out
}

/// A status in words.
fn status(status: RuleStatus) -> Text {
    match status {
        RuleStatus::Verified => Text::new("ยืนยันแล้ว", "verified"),
        RuleStatus::Agency => Text::new("จากหน่วยงาน", "from agencies"),
        RuleStatus::Derived => Text::new("จากปีอื่น", "from another year"),
        RuleStatus::Unverified => Text::new("ยังไม่ยืนยัน", "not verified"),
    }
}

/// A status in words that stand out as it deserves.
fn mark(of: RuleStatus, lang: Lang) -> Part {
    let tone = match of {
        RuleStatus::Verified => Tone::Good,
        RuleStatus::Agency => Tone::Plain,
        RuleStatus::Derived => Tone::Dim,
        RuleStatus::Unverified => Tone::Doubt,
    };
    Part::new(status(of).get(lang), tone)
}
