//! The years, and the items of one.

use super::{mark, status};
use crate::catalog::{Catalog, SubIndicator};
use crate::model::{CatalogStatus, Lang, RuleStatus, Standing, Text};
use crate::report::Style;
use crate::report::sheet::{Fit, Part, Sheet, Tone};

/// The years that have a built-in catalogue.
pub(super) fn years(catalogs: &[&Catalog], style: &Style) -> String {
    let lang = style.lang;
    let mut sheet = Sheet::new(style);
    sheet.title(Text::new("เกณฑ์ OIT ที่มากับโปรแกรม", "Built-in OIT catalogues").get(lang));
    let head =
        [Text::new("ปี", "Year"), Text::new("ข้อ", "Items"), Text::new("สถานะ", "Status"), Text::new("ที่มา", "Source")];
    let mut rows = vec![head.iter().map(|text| Part::new(text.get(lang), Tone::Dim)).collect()];
    for catalog in catalogs {
        let (status, tone) = match catalog.status {
            CatalogStatus::Verified => (Text::new("ยืนยันแล้ว", "verified"), Tone::Good),
            CatalogStatus::Partly => (Text::new("บางส่วน", "partly"), Tone::Doubt),
        };
        rows.push(vec![
            Part::new(catalog.fiscal_year.to_string(), Tone::Strong),
            Part::new(catalog.items().count().to_string(), Tone::Plain),
            Part::new(status.get(lang), tone),
            Part::new(&catalog.source, Tone::Dim),
        ]);
    }
    sheet.table(&[Fit::Text, Fit::Number, Fit::Text, Fit::Rest], &rows);
    sheet.blank();
    let more = Text::new(
        "ดูรายข้อของปีหนึ่ง: oit-audit catalog --year ปี  ·  ดูข้อเดียว: oit-audit catalog ข้อ --year ปี",
        "The items of a year: oit-audit catalog --year YEAR  ·  one item: oit-audit catalog ITEM --year YEAR",
    );
    sheet.text(0, more.get(lang), Tone::Plain);
    sheet.finish()
}

/// The items of a year by sub-indicator, with what each is worth and how far it is verified.
pub(super) fn items(catalog: &Catalog, style: &Style) -> String {
    let lang = style.lang;
    let mut sheet = Sheet::new(style);
    let (year, count) = (catalog.fiscal_year, catalog.items().count());
    let title = Text::new(
        format!("OIT ปีงบประมาณ พ.ศ. {year}: {count} ข้อ"),
        format!("OIT of fiscal year {year}: {count} items"),
    );
    sheet.title(title.get(lang));
    standings(&mut sheet, catalog, lang);
    for indicator in &catalog.indicators {
        sheet.heading(&format!("{} {}", indicator.id, indicator.name.get(lang)));
        for (at, sub) in indicator.sub_indicators.iter().enumerate() {
            if at > 0 {
                sheet.blank();
            }
            sub_indicator(&mut sheet, catalog, sub, lang);
        }
    }
    sheet.blank();
    for line in legend() {
        sheet.text(0, line.get(lang), Tone::Dim);
    }
    sheet.finish()
}

fn sub_indicator(sheet: &mut Sheet, catalog: &Catalog, sub: &SubIndicator, lang: Lang) {
    let worth = sub.items.first().and_then(|item| catalog.worth(&item.id));
    let worth = worth.map(|worth| {
        Text::new(
            format!(" (ข้อละ {} คะแนน OIT, {} คะแนน ITA)", worth.oit, worth.ita),
            format!(" (each item: {} points of OIT, {} of ITA)", worth.oit, worth.ita),
        )
    });
    let worth = worth.unwrap_or_default();
    sheet.text(0, &format!("{} {}{}", sub.id, sub.name.get(lang), worth.get(lang)), Tone::Strong);
    let rows: Vec<Vec<Part>> = sub
        .items
        .iter()
        .map(|item| {
            let period = item.period(catalog.fiscal_year).unwrap_or_default();
            vec![
                Part::new(format!("{:<4}", item.id), Tone::Plain),
                Part::new(item.name.get(lang), Tone::Plain),
                Part::new(period.get(lang), Tone::Dim),
                mark(item.status, lang),
            ]
        })
        .collect();
    sheet.table(&[Fit::Text, Fit::Rest, Fit::Text, Fit::Text], &rows);
}

/// How far the parts are verified that the score hangs on.
fn standings(sheet: &mut Sheet, catalog: &Catalog, lang: Lang) {
    let weights = catalog.weights;
    let shares =
        format!("IIT {:.0} · EIT {:.0} · OIT {:.0}", weights.iit * 100.0, weights.eit * 100.0, weights.oit * 100.0);
    let grades: Vec<String> = catalog
        .grades
        .iter()
        .map(|band| {
            let each = band.each_from.map(|least| match lang {
                Lang::Th => format!(" และทุกแบบวัด ≥ {least:.0}"),
                Lang::En => format!(", each instrument ≥ {least:.0}"),
            });
            format!("{} ≥ {:.0}{}", band.name(lang), band.from, each.unwrap_or_default())
        })
        .collect();
    let own = Standing { status: RuleStatus::Unverified, source: catalog.source.clone() };
    let part = |th: &str, en: &str, text: String, standing: &Standing, marked: bool| {
        let name = Text::new(th, en);
        let status = if marked { mark(standing.status, lang) } else { Part::new("", Tone::Plain) };
        let text = if text.is_empty() { standing.source.clone() } else { format!("{text} ({})", standing.source) };
        vec![Part::new(name.get(lang), Tone::Dim), status, Part::new(text, Tone::Plain)]
    };
    let rows = vec![
        part("รายการข้อ", "Items", String::new(), &own, false),
        part("โครงสร้าง", "Structure", String::new(), &catalog.structure, true),
        part("น้ำหนัก", "Weights", shares, &catalog.weights_standing, true),
        part("ระดับผล", "Grades", grades.join("; "), &catalog.grades_standing, true),
        part("เป้าหมาย", "Target", format!("{:.0}", catalog.target), &catalog.target_standing, true),
    ];
    sheet.table(&[Fit::Text, Fit::Text, Fit::Rest], &rows);
}

/// What the words of status mean.
fn legend() -> Vec<Text> {
    [
        (RuleStatus::Verified, "พบในผลหรือเอกสารทางการ", "seen in an official result or document"),
        (
            RuleStatus::Agency,
            "พบในหน้าเว็บของหน่วยงานที่คัดลอกเกณฑ์ของปีนั้น",
            "seen on an agency's page that repeats the year's criteria",
        ),
        (RuleStatus::Derived, "เกณฑ์ของข้อเดียวกันในปีอื่น", "the rule of the same item in another year"),
        (RuleStatus::Unverified, "ยังไม่พบที่มา ไม่ทำให้ข้อใดไม่ผ่าน", "no source was found; it never fails an item"),
    ]
    .map(|(of, th, en)| {
        let name = status(of);
        Text::new(format!("{} = {th}", name.th), format!("{} = {en}", name.en))
    })
    .to_vec()
}
