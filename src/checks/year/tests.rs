//! Tests of the year check: on web pages, and on documents that were read from files.

use std::ops::Range;

use super::{Period, Year};
use crate::checks::RuleStatus;
use crate::checks::page_tests::{Site, document_of_kind};
use crate::model::{Block, BlockRole, Document, MediaKind, Outcome, Readability, ReasonCode};

fn check(period: Period) -> Year {
    Year { period, listing: false, status: RuleStatus::Verified, source: String::new() }
}

fn outcome(period: Period, html: &str) -> Outcome {
    Site::with_page(html).check(&check(period)).outcome
}

#[test]
fn the_year_is_that_of_the_period_as_against_2563() {
    use Outcome::{Met, NotMet};
    for (period, text, expected) in [
        (Period::Current, "แผนดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๓", Met),
        (Period::Current, "แผนดำเนินงาน ประจำปี 2562", NotMet),
        (Period::Current, "แผนพัฒนาท้องถิ่น (พ.ศ. 2561 – 2565)", NotMet),
        (Period::Covering, "แผนพัฒนาท้องถิ่น (พ.ศ. 2561 – 2565)", Met),
        (Period::Covering, "แผนพัฒนาสามปี (พ.ศ. 2559 – 2561)", NotMet),
        (Period::Covering, "แผนปฏิบัติการ พ.ศ. 2563", Met),
        (Period::FirstHalf, "รายงานผล รอบ 6 เดือน (ต.ค. 62 – มี.ค. 63)", Met),
        (Period::FirstHalf, "รายงานผล รอบ 6 เดือน (ต.ค. 61 – มี.ค. 62)", NotMet),
        (Period::FirstHalf, "ไตรมาสที่ 1 (ตุลาคม - ธันวาคม 2562)", Met),
        (Period::FirstHalf, "รอบ 6 เดือนหลัง (เม.ย. 63 – ก.ย. 63)", NotMet),
        (Period::FirstHalf, "ลงวันที่ 15 พฤศจิกายน 2562", NotMet),
        (Period::Current, "ประกาศ ณ วันที่ 15 ตุลาคม 2563", NotMet),
        (Period::Current, "ประกาศ ณ วันที่ 2 มกราคม พ.ศ. 2563", Met),
        (Period::Previous, "รายงานผลการดำเนินงาน ประจำปีงบประมาณ 2562", Met),
        (Period::Previous, "รายงานผลการดำเนินงาน ประจำปีงบประมาณ 2563", NotMet),
        (Period::Previous, "ระหว่างวันที่ 1 ตุลาคม 2561 ถึง 30 กันยายน 2562", Met),
    ] {
        assert_eq!(outcome(period, &format!("<p>{text}</p>")), expected, "{period:?} {text}");
    }
}

#[test]
fn a_cited_year_and_a_links_year_do_not_count() {
    let law = "<p>ตามระเบียบกระทรวงมหาดไทยว่าด้วยวิธีการงบประมาณ พ.ศ. 2563</p>";
    assert_eq!(outcome(Period::Current, law), Outcome::NotMet);
    let link = "<h2>รายงาน</h2><p>ปี 2562</p><ul><li><a href=old.html>รายงานปี 2563</a></li></ul>";
    assert_eq!(outcome(Period::Current, link), Outcome::Unsure, "what the link leads to was not opened");
    let listing = Year { listing: true, ..check(Period::Current) };
    assert_eq!(Site::with_page(link).check(&listing).outcome, Outcome::Met);
}

#[test]
fn the_memos_words_with_what_was_found() {
    let finding = Site::with_page("<p>รายงานประจำปี 2562</p>").check(&check(Period::FirstHalf));
    let reason = &finding.reasons[0];
    assert_eq!(reason.code, ReasonCode::YearMissing);
    assert_eq!(reason.args["year"].th, "2563");
    assert_eq!(reason.args["found"].th, "2562");
    assert!(reason.evidence.as_ref().is_some_and(|e| e.contains("2562")));
}

#[test]
fn a_range_without_a_word_that_makes_it_years_is_for_a_person() {
    for heading in ["แผนพัฒนาท้องถิ่น (61–65)", "แผนพัฒนาท้องถิ่น (2018–2022)"]
    {
        let html = format!("<h2>{heading}</h2><p>ประชุมประชาคม ปี 2560</p>");
        assert_eq!(outcome(Period::Covering, &html), Outcome::Unsure, "{heading}");
    }
    assert_eq!(outcome(Period::Covering, "<h2>แผน (64–68)</h2><p>ปี 2564</p>"), Outcome::NotMet);
}

#[test]
fn a_year_in_passing_is_for_a_person() {
    let old = "<h2>รายงานประจำปี 2562</h2><p>ปี 2562</p><p>พ.ศ. 2562</p><p>ต.ค. 61</p><p>ปี 2563</p>";
    assert_eq!(outcome(Period::Current, old), Outcome::Unsure);
    let signed = "<h2>รายงานประจำปี 2562</h2><p>ผลการดำเนินงาน</p><p>ลงวันที่ 8 มกราคม 2563</p>";
    assert_eq!(outcome(Period::Current, signed), Outcome::Unsure);
    let new = "<h2>แผนประจำปี 2563</h2><p>ปี 2562</p><p>พ.ศ. 2562</p><p>ต.ค. 61</p><p>ปี 2561</p>";
    assert_eq!(outcome(Period::Current, new), Outcome::Met);
}

#[test]
fn what_was_not_read_is_never_failed() {
    let site = Site::with_document(document_of_kind(MediaKind::Pdf));
    assert_eq!(site.check(&check(Period::Current)).outcome, Outcome::Unsure);
}

/// A PDF with these lines, each with its page.
fn pdf(lines: &[(u32, &str)]) -> Document {
    let blocks = lines.iter().map(|(page, line)| Block::new((*line).to_owned(), BlockRole::Text).on(*page)).collect();
    Document { readability: Readability::Full, blocks, ..document_of_kind(MediaKind::Pdf) }
}

fn outcome_of(document: Document) -> Outcome {
    Site::with_document(document).check(&check(Period::Current)).outcome
}

#[test]
fn a_document_is_of_the_year_that_it_is_about() {
    use Outcome::{Met, NotMet, Unsure};
    let law = "ด้วยพระราชบัญญัติวินัยการเงินการคลังของรัฐ";
    for (lines, expected) in [
        (&[(1, "แผนดำเนินงาน"), (1, "ประจำปีงบประมาณ พ.ศ. ๒๕๖๓"), (1, law), (1, "พ.ศ. ๒๕๖๑ มาตรา ๕")][..], Met),
        (&[(1, "แผนดำเนินงาน ประจำปี ๒๕๖๒"), (1, law), (1, "พ.ศ. ๒๕๖๓ มาตรา ๕")], NotMet),
        (&[(1, "รายงานประจำปี ๒๕๖๒"), (2, "ด้วยได้ตรวจรับแล้วในเดือน มกราคม ๒๕๖๓")], Unsure),
        (&[(1, "ประกาศ เรื่อง มาตรการ"), (1, "ด้วยเทศบาลเห็นควร"), (1, "ประกาศ ณ วันที่ ๒ มกราคม ๒๕๖๓")], Met),
        (&[(1, "แผนดำเนินงาน"), (1, "ประจำปีงบประมาณ ๒๕๖๒"), (1, "ประกาศ ณ วันที่ ๕ มกราคม ๒๕๖๓")], Unsure),
        (&[(1, "คู่มือการปฏิบัติงาน"), (57, "ตัวอย่าง แผนประจำปีงบประมาณ ๒๕๖๓")], Unsure),
        (&[(1, "ข้อมูลทั่วไป"), (1, "ด้วยในปีงบประมาณ ๒๕๖๓ มีโครงการ")], Met),
    ] {
        let shown: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
        assert_eq!(outcome_of(pdf(lines)), expected, "{}", shown.join(" / "));
    }
}

#[test]
fn a_digit_that_is_not_certain_decides_nothing() {
    let doubtful = |line: &str, at: Range<u32>| {
        let mut document = pdf(&[(1, line)]);
        document.blocks[0].doubtful = Some(Box::new([at]));
        document
    };
    let line = "แผนประจำปี 2563";
    let end = u32::try_from(line.len()).unwrap();
    assert_eq!(outcome_of(doubtful(line, end - 1..end)), Outcome::Unsure);
    assert_eq!(outcome_of(doubtful("แผนประจำปี 2562", end - 1..end)), Outcome::Unsure);
    assert_eq!(outcome_of(doubtful("ห้อง 5 แผนประจำปี 2563", 13..14)), Outcome::Met, "another digit");
}

#[test]
fn what_stands_on_a_page_that_was_not_read_is_not_absent() {
    let document = Document { unread_pages: vec![2], ..pdf(&[(1, "แผนประจำปี ๒๕๖๒")]) };
    assert_eq!(outcome_of(document), Outcome::Unsure);
    let titled = Document {
        title: Some("แผนประจำปี 2563".to_owned()), ..pdf(&[(1, "แผนประจำปี ๒๕๖๒")])
    };
    assert_eq!(outcome_of(titled), Outcome::Unsure, "the file's properties say otherwise");
}

#[test]
fn the_first_months_of_the_fiscal_year_bear_the_number_of_the_year_before() {
    let outcome = |html: &str| Site::with_page(html).check(&check(Period::Current)).outcome;
    assert_eq!(outcome("<h2>กิจกรรมวันต่อต้านคอร์รัปชัน</h2><p>เมื่อวันที่ 9 ธันวาคม 2562 นายกเป็นประธาน</p>"), Outcome::Met);
    assert_eq!(outcome("<h2>กิจกรรม</h2><p>เมื่อวันที่ 9 กันยายน 2562</p>"), Outcome::NotMet);
    assert_ne!(outcome("<h2>แผนดำเนินงาน ปี 2562</h2><p>ประกาศ ณ วันที่ 9 ธันวาคม 2562</p>"), Outcome::Met);
}
