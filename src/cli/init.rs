//! `oit-audit init`: an agency file for a fiscal year, with every item in it.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;

use anyhow::Context;

use super::args::InitArgs;
use super::{Exit, catalog, output};
use crate::catalog::Catalog;
use crate::config;

pub(super) fn run(args: &InitArgs) -> anyhow::Result<Exit> {
    let catalog = catalog::builtin(args.year)?;
    let text = agency_file(catalog, &args.agency, &args.website);
    let parsed = config::parse(&text);
    if !parsed.problems.is_empty() {
        let shown = config::render(&parsed.problems, "the file that would be written", &text, false);
        anyhow::bail!("these values cannot be written:\n{shown}");
    }
    match &args.output {
        None => output::print(&text)?,
        Some(path) => {
            let file = OpenOptions::new().write(true).create_new(true).open(path);
            let mut file = file
                .with_context(|| format!("cannot make {} (a file that exists is not overwritten)", path.display()))?;
            file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(Exit::Met)
}

fn agency_file(catalog: &Catalog, agency: &str, website: &str) -> String {
    let mut text = String::new();
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let _ = writeln!(
        text,
        "# link ที่หน่วยงานจะส่งสำหรับการประเมิน OIT ปีงบประมาณ พ.ศ. {year}\n\
         # ใส่ URL แทนคำว่า null ของแต่ละข้อ (หลาย URL ใช้ [url1, url2]) ข้อที่เป็น null คือยังไม่ได้เผยแพร่\n\
         # ตรวจด้วย: oit-audit check ชื่อไฟล์นี้\n\
         agency: {agency}\n\
         website: {website}\n\
         fiscal_year: {year}\n\
         items:",
        year = catalog.fiscal_year,
        agency = quoted(agency),
        website = quoted(website),
    );
    for indicator in &catalog.indicators {
        for sub in &indicator.sub_indicators {
            let _ = writeln!(text, "  # {} {}", sub.id, sub.name.th);
            for item in &sub.items {
                let _ = writeln!(text, "  {}: null  # {}", item.id, item.name.th);
            }
        }
    }
    let count = |names: &[crate::model::Text]| names.iter().map(|name| name.th.clone()).collect::<Vec<_>>().join(", ");
    let _ = writeln!(
        text,
        "# คะแนนแบบวัด IIT และ EIT ถ้าทราบหรือคาดไว้ เพื่อคาดการณ์คะแนน ITA ทั้งหมด\n\
         # survey:\n\
         #   iit: []  # {}\n\
         #   eit: []  # {}\n\
         # ข้อมูลสำหรับบันทึกข้อความรายงานผล (oit-audit memo) ที่ไม่ระบุจะเว้นเป็นจุดไข่ปลาให้กรอก\n\
         # memo:\n\
         #   office: ชื่อส่วนราชการเจ้าของเรื่อง\n\
         #   to: ตำแหน่งผู้รับบันทึก\n\
         #   officer: {{name: ชื่อผู้จัดทำ, position: ตำแหน่ง}}\n\
         #   superiors: [{{name: ชื่อผู้บังคับบัญชา, position: ตำแหน่ง}}]\n\
         #   responsible: ผู้รับผิดชอบมาตรการ\n\
         # เกณฑ์ที่ใช้เตือนเมื่อคะแนน OIT ที่คาดการณ์ต่ำกว่า\n\
         # fail_under: {}",
        count(&catalog.survey.iit),
        count(&catalog.survey.eit),
        catalog.target
    );
    text
}

#[cfg(test)]
mod tests {
    use super::agency_file;
    use crate::catalog::builtin;
    use crate::config;
    use crate::model::FiscalYear;

    #[test]
    fn what_it_writes_can_be_read() {
        let catalog = builtin(FiscalYear::new(2563)).unwrap();
        let text = agency_file(catalog, "อบต. \"นางรอง\": ทดสอบ", "https://www.nangrong.go.th/");
        let parsed = config::parse(&text);
        assert!(parsed.problems.is_empty(), "{}", config::render(&parsed.problems, "f", &text, false));
        let agency = parsed.agency.unwrap();
        assert_eq!(agency.name, "อบต. \"นางรอง\": ทดสอบ");
        assert_eq!(agency.items.len(), catalog.items().count());
    }
}
