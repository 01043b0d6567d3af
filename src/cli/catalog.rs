//! `oit-audit catalog`: what a year's items demand, and what each check looks for.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;

use super::args::CatalogArgs;
use super::{Exit, files, output};
use crate::catalog::{Catalog, Item, Messages, builtin_years};
use crate::checks::{CheckSpec, Element, Period, RuleStatus};
use crate::model::{FiscalYear, Lang, ReasonCode, Text};
use crate::thai::Phrase;

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
    let lang = args.lang.into();
    if args.reasons {
        output::print(&reasons(lang))?;
        return Ok(Exit::Met);
    }
    let own = args.catalog.as_deref().map(from_file).transpose()?;
    let catalog = match &own {
        Some(catalog) => catalog,
        None => builtin(args.year)?,
    };
    let text = match &args.item {
        None => list(catalog, lang),
        Some(id) => {
            let item =
                catalog.item(id).with_context(|| format!("fiscal year {} has no item {id}", catalog.fiscal_year))?;
            explain(item, lang)
        }
    };
    output::print(&text)?;
    Ok(Exit::Met)
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

fn list(catalog: &Catalog, lang: Lang) -> String {
    let mut out = String::new();
    let count = catalog.items().count();
    let heading = Text::new(
        format!("OIT ปีงบประมาณ พ.ศ. {}: {count} ข้อ", catalog.fiscal_year),
        format!("OIT of fiscal year {}: {count} items", catalog.fiscal_year),
    );
    let _ = writeln!(out, "{}\n({})", heading.get(lang), catalog.source);
    for indicator in &catalog.indicators {
        let _ = writeln!(out, "\n{} {}", indicator.id, indicator.name.get(lang));
        for sub in &indicator.sub_indicators {
            let _ = writeln!(out, "  {} {}", sub.id, sub.name.get(lang));
            for item in &sub.items {
                let year = item.checks.iter().find_map(|check| match check {
                    CheckSpec::Year(year) => Some(period(year.period).get(lang).to_owned()),
                    _ => None,
                });
                let year = year.map(|year| format!(" ({year})")).unwrap_or_default();
                let _ = writeln!(out, "    {:<4} {}{year}", item.id, item.name.get(lang));
            }
        }
    }
    out
}

fn period(period: Period) -> Text {
    match period {
        Period::Current => Text::new("ปีที่ประเมิน", "the assessed year"),
        Period::FirstHalf => Text::new("6 เดือนแรกของปีที่ประเมิน", "first six months of the assessed year"),
        Period::Previous => Text::new("ปีก่อนหน้า", "the year before"),
        Period::Covering => Text::new("หลายปีที่ครอบคลุมปีที่ประเมิน", "years that cover the assessed one"),
    }
}

fn status(status: RuleStatus) -> Text {
    match status {
        RuleStatus::Verified => Text::new("ยืนยันแล้ว", "verified"),
        RuleStatus::Agency => Text::new("จากหน้าเว็บของหน่วยงาน", "from agencies' pages"),
        RuleStatus::Derived => Text::new("อนุมานจากปีอื่น", "derived from another year"),
        RuleStatus::Unverified => Text::new("ยังไม่ยืนยัน", "not verified"),
    }
}

fn explain(item: &Item, lang: Lang) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {}\n{}", item.id, item.name.get(lang), item.group.get(lang));
    let _ = writeln!(out, "[{}] {}", status(item.status).get(lang), item.source);
    for check in &item.checks {
        let (what, rule) = describe(check);
        let _ = writeln!(out, "\n- {}", what.get(lang));
        if let Some((rule_status, source)) = rule {
            let _ = writeln!(out, "  [{}] {source}", status(rule_status).get(lang));
        }
        if let CheckSpec::Elements(elements) = check {
            for element in &elements.all {
                let _ = writeln!(out, "  * {}: {}", element.name.get(lang), looked_for(element));
                let _ = writeln!(out, "    [{}] {}", status(element.status).get(lang), element.source);
            }
        }
    }
    out
}

fn looked_for(element: &Element) -> String {
    let patterns = element.patterns.iter().map(|pattern| serde_json::to_value(pattern).unwrap_or_default());
    let patterns = patterns.map(|pattern| format!("<{}>", pattern.as_str().unwrap_or_default()));
    element.phrases.iter().map(|phrase| phrase.as_str().to_owned()).chain(patterns).collect::<Vec<_>>().join(" | ")
}

fn joined(phrases: &[Phrase]) -> String {
    phrases.iter().map(Phrase::as_str).collect::<Vec<_>>().join(" | ")
}

/// What a check looks for, and where the rule is from.
fn describe(check: &CheckSpec) -> (Text, Option<(RuleStatus, &str)>) {
    match check {
        CheckSpec::Opens(_) => (Text::new("link เปิดได้", "the link opens"), None),
        CheckSpec::MainDomain(_) => {
            (Text::new("อยู่บนเว็บไซต์หลัก หรือเว็บไซต์หลักเชื่อมโยงไป", "on the main website, or linked from it"), None)
        }
        CheckSpec::ClickPath(check) => {
            let most = check.most;
            let text = Text::new(
                format!("เข้าถึงได้จากหน้าแรกไม่เกิน {most} คลิก"),
                format!("reached from the home page in at most {most} clicks"),
            );
            (text, Some((check.status, &check.source)))
        }
        CheckSpec::Readable(_) => (Text::new("มีเนื้อหาที่อ่านได้", "has content that can be read"), None),
        CheckSpec::WrongTarget(_) => {
            (Text::new("link ตรงไปยังเนื้อหา ไม่ต้องคลิกต่อ", "the link is the content's own page, not one on the way"), None)
        }
        CheckSpec::SocialNetwork(check) => (
            Text::new(
                "เป็นหน้าบนเว็บไซต์ที่มี link ไป social network",
                "a page of the website that leads to its social network",
            ),
            Some((check.status, &check.source)),
        ),
        CheckSpec::Topic(check) => {
            let any = joined(&check.any);
            let text = Text::new(format!("เป็นเรื่องของข้อนี้: {any}"), format!("is about the item: {any}"));
            (text, Some((check.status, &check.source)))
        }
        CheckSpec::Year(check) => {
            let of = period(check.period);
            let text = Text::new(format!("เป็นข้อมูลของ {}", of.th), format!("is of {}", of.en));
            (text, Some((check.status, &check.source)))
        }
        CheckSpec::Elements(_) => (Text::new("มีองค์ประกอบ", "shows the elements"), None),
        CheckSpec::OnlineService(check) => {
            (Text::new("ใช้บริการออนไลน์ได้จริง", "a citizen can use it online"), Some((check.status, &check.source)))
        }
        CheckSpec::SameChannel(check) => {
            let text =
                Text::new(format!("ไม่ใช่ช่องทางเดียวกับ {}", check.other), format!("not the channel of {}", check.other));
            (text, Some((check.status, &check.source)))
        }
        CheckSpec::DependsOn(check) => {
            let text = Text::new(format!("{} ผ่าน", check.item), format!("{} is met", check.item));
            (text, Some((check.status, &check.source)))
        }
    }
}
