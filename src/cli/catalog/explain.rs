//! One item: what it is, what is looked for, what passes and what does not, what hangs on it and what it is worth.

use super::{mark, status};
use crate::catalog::{Catalog, Demand, Item};
use crate::model::{ItemId, Lang, Text};
use crate::report::Style;
use crate::report::sheet::{Fit, Part, Sheet, Tone};
use crate::thai::Phrase;

/// Words and things that are named of those by which a demand is shown; the file has all.
const SIGNS: usize = 12;

pub(super) fn item(catalog: &Catalog, item: &Item, style: &Style) -> String {
    let lang = style.lang;
    let mut sheet = Sheet::new(style);
    sheet.title(&format!("{} {}", item.id, item.name.get(lang)));
    facts(&mut sheet, catalog, item, lang);
    sheet.heading(Text::new("สิ่งที่ตรวจ", "What is looked for").get(lang));
    for demand in item.demands(catalog.fiscal_year) {
        say(&mut sheet, &demand, 0, "•", lang);
        for part in &demand.parts {
            say(&mut sheet, part, 2, "–", lang);
        }
    }
    if let Some(examples) = &item.examples {
        let examples = examples.filled(catalog.fiscal_year);
        sheet.heading(Text::new("ตัวอย่าง", "Examples").get(lang));
        let passes = Text::new("ผ่าน", "passes");
        let fails = Text::new("ไม่ผ่าน", "does not");
        let rows = vec![
            vec![Part::new(passes.get(lang), Tone::Good), Part::new(examples.passes.get(lang), Tone::Plain)],
            vec![Part::new(fails.get(lang), Tone::Bad), Part::new(examples.fails.get(lang), Tone::Plain)],
        ];
        sheet.table(&[Fit::Text, Fit::Rest], &rows);
    }
    sheet.finish()
}

/// Rows of what is known of the item.
fn facts(sheet: &mut Sheet, catalog: &Catalog, item: &Item, lang: Lang) {
    let mut rows: Vec<(Text, Part)> = Vec::new();
    let plain = |text: &str| Part::new(text, Tone::Plain);
    let year = catalog.fiscal_year;
    rows.push((Text::new("ปีงบประมาณ", "Fiscal year"), plain(&year.to_string())));
    if let Some(sub) = catalog.places().get(&item.id) {
        let place = format!("{} {} · {}", sub.id, sub.name.get(lang), item.group.get(lang));
        rows.push((Text::new("ตัวชี้วัดย่อย", "Sub-indicator"), plain(&place)));
    }
    rows.push((Text::new("สิ่งที่ต้องเผยแพร่", "To publish"), plain(item.publish.as_ref().unwrap_or(&item.name).get(lang))));
    if let Some(period) = item.period(year) {
        rows.push((Text::new("ข้อมูลของ", "Content of"), plain(period.get(lang))));
    }
    if !item.also.is_empty() {
        let also: Vec<&str> = item.also.iter().map(Phrase::as_str).collect();
        rows.push((Text::new("ชื่อที่หน่วยงานใช้", "Also called"), plain(&also.join(", "))));
    }
    if let Some(worth) = catalog.worth(&item.id) {
        let points = Text::new(
            format!("{} คะแนน OIT, {} คะแนน ITA", worth.oit, worth.ita),
            format!("{} points of OIT, {} of ITA", worth.oit, worth.ita),
        );
        rows.push((Text::new("ค่าของข้อนี้", "Worth"), Part::new(points.get(lang), Tone::Strong)));
    }
    let ties = catalog.ties(&item.id);
    for (name, ids) in [
        (Text::new("ต่อเนื่องจาก", "Builds on"), &ties.builds_on),
        (Text::new("ข้อที่ต่อเนื่อง", "Basis of"), &ties.basis_of),
        (Text::new("ต้องแยกจาก", "Apart from"), &ties.apart_from),
    ] {
        if !ids.is_empty() {
            rows.push((name, plain(&names(catalog, ids, lang))));
        }
    }
    rows.push((Text::new("สถานะของข้อ", "Status"), mark(item.status, lang)));
    rows.push((Text::new("ที่มา", "Source"), Part::new(&item.source, Tone::Dim)));
    let rows: Vec<Vec<Part>> =
        rows.into_iter().map(|(name, part)| vec![Part::new(name.get(lang), Tone::Dim), part]).collect();
    sheet.table(&[Fit::Text, Fit::Rest], &rows);
}

fn names(catalog: &Catalog, ids: &[ItemId], lang: Lang) -> String {
    let name = |id: &ItemId| format!("{id} {}", catalog.item(id).map_or("", |item| item.name.get(lang)));
    let mut seen: Vec<String> = Vec::new();
    for name in ids.iter().map(name) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen.join("; ")
}

/// A demand, by what it is shown, what follows without it, and how far it is verified.
fn say(sheet: &mut Sheet, demand: &Demand, from: usize, bullet: &str, lang: Lang) {
    let end = if demand.parts.is_empty() && demand.signs.is_empty() { "" } else { ":" };
    sheet.point(
        from,
        &Part::new(bullet, Tone::Plain),
        &Part::new(format!("{}{end}", demand.what.get(lang)), Tone::Plain),
    );
    let under = from + 3;
    if !demand.signs.is_empty() {
        let mut signs: Vec<String> = demand.signs.iter().take(SIGNS).map(|sign| sign.get(lang).to_owned()).collect();
        let more = demand.signs.len().saturating_sub(SIGNS);
        if more > 0 {
            signs.push(Text::new(format!("และอีก {more} คำ"), format!("and {more} more")).get(lang).to_owned());
        }
        sheet.text(under, &signs.join(", "), Tone::Dim);
    }
    if let Some(standing) = &demand.standing {
        let mut line = format!("[{}] {}", status(standing.status).get(lang), standing.source);
        if let Some(otherwise) = &demand.otherwise {
            line = format!("{} {line}", otherwise.get(lang));
        }
        sheet.text(under, &line, Tone::Dim);
    }
}
