//! What a report says of its rules: how much of the year's catalogue is not verified, and what hangs on it.

use super::plan::Plan;
use crate::model::{CatalogInfo, CatalogStatus, RuleStatus, Standing, Text};

/// Notes on the catalogue; none for a built-in one that is verified.
pub(super) fn notes(plan: &Plan<'_>) -> Vec<Text> {
    let info = plan.catalog.info(plan.own_catalog);
    let mut notes = Vec::new();
    if info.own {
        notes.push(Text::new(
            "ตรวจตามเกณฑ์ของผู้ใช้เอง (--catalog) ไม่ใช่เกณฑ์ที่มากับโปรแกรม",
            "The rules are a user's own (`--catalog`), not those that come with this program.",
        ));
    }
    if plan.catalog.status == CatalogStatus::Partly {
        notes.push(items(plan, &info));
        notes.extend(scoring(&info));
    }
    notes
}

/// How many of the items are not verified.
fn items(plan: &Plan<'_>, info: &CatalogInfo) -> Text {
    let (year, counts, all) = (plan.year(), info.items, info.items.all());
    let mut parts = Vec::new();
    for (count, what) in [
        (counts.agency, Text::new("จากหน้าเว็บของหน่วยงาน", "from agencies' pages")),
        (counts.derived, Text::new("อนุมานจากปีอื่น", "derived from another year")),
        (counts.unverified, Text::new("ยังไม่พบที่มา", "without a source")),
    ] {
        if count > 0 {
            parts.push(Text::new(format!("{} {count} ข้อ", what.th), format!("{count} {}", what.en)));
        }
    }
    if parts.is_empty() {
        return Text::new(
            format!("รายการข้อของปี {year} ยืนยันแล้วทั้ง {all} ข้อ แต่เกณฑ์บางส่วนยังไม่ได้เทียบกับเอกสารทางการ"),
            format!("All {all} items of {year} are verified, but not all of their rules."),
        );
    }
    let parts = Text::join(&parts, ", ");
    let open = all - counts.verified;
    Text::new(
        format!("รายการข้อของปี {year} ยังไม่ได้เทียบกับเอกสารทางการ {open} จาก {all} ข้อ ({})", parts.th),
        format!(
            "Of the {all} items of {year}, {open} have not been compared with an official document ({}).",
            parts.en
        ),
    )
}

/// Which parts of the scoring are not verified, and where the structure is from: the predicted score hangs on them.
fn scoring(info: &CatalogInfo) -> Option<Text> {
    let parts: Vec<(Text, &Standing)> = [
        (Text::new("โครงสร้างตัวชี้วัดย่อย", "the structure of sub-indicators"), &info.structure),
        (Text::new("น้ำหนัก", "the weights"), &info.weights),
        (Text::new("ระดับผล", "the grades"), &info.grades),
    ]
    .into_iter()
    .filter(|(_, standing)| standing.status != RuleStatus::Verified)
    .collect();
    let names: Vec<Text> = parts.iter().map(|(name, _)| name.clone()).collect();
    if names.is_empty() {
        return None;
    }
    let names = Text::join(&names, ", ");
    // Where nothing was found, the items without a source say so already.
    let from = if matches!(info.structure.status, RuleStatus::Verified | RuleStatus::Unverified) {
        Text::default()
    } else {
        let source = &info.structure.source;
        Text::new(format!(" (ที่มาของโครงสร้าง: {source})"), format!(" (the structure is from: {source})"))
    };
    Some(Text::new(
        format!("ยังไม่ได้เทียบกับเอกสารทางการ: {} ดังนั้นคะแนนที่คาดการณ์อาจคลาดเคลื่อน{}", names.th, from.th),
        format!("Not compared with an official document: {}; the predicted score hangs on it{}.", names.en, from.en),
    ))
}
