//! Tests of the whole memo: what it says of reports of every kind, and that no text of a report breaks it.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Emblem, NoMemo, audited_after, render};
use crate::model::{
    CatalogStatus, GradeBand, Level, Memo, Points, Range, ReasonEntry, Report, Signatory, Text, Verdict,
};
use crate::report::fixture;
use crate::report::tests::hostile;

/// The parts of a package, by name; each must be XML unless it is a picture.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |at| {
        let mut entry = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), content)
    };
    (0..count).map(read).collect()
}

/// The text of XML, a line for each paragraph; fails where it is not well formed.
fn text(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(name) => out.push_str(match name.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("&{other};"),
            }),
            // A stop has attributes, a step to it has none.
            Event::Empty(tag) if tag.name().as_ref() == "w:tab" && tag.attributes().next().is_none() => out.push('\t'),
            Event::Empty(tag) if tag.name().as_ref() == "w:br" => out.push('\n'),
            Event::End(tag) if tag.name().as_ref() == "w:p" => out.push('\n'),
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn written(report: &Report, memo: &Memo) -> String {
    let mut document = None;
    for (name, content) in parts(render(report, memo, None).unwrap()) {
        let content = String::from_utf8(content).unwrap();
        let shown = text(&content);
        if name == "word/document.xml" {
            document = Some(shown);
        }
    }
    document.unwrap()
}

fn has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[test]
fn it_says_what_the_report_knows_in_thai_digits() {
    let text = written(&fixture::report(), &Memo::default());
    has(
        &text,
        &[
            "\tบันทึกข้อความ\n",
            "ส่วนราชการ \t\nที่ \tวันที่ \t\nเรื่อง รายงานผลการประเมินเบื้องต้นด้านการเปิดเผยข้อมูลสาธารณะ",
            "ประจำปีงบประมาณ พ.ศ. ๒๕๖๓\t\nเรียน\t……………………………\n",
            "ตรวจประเมินตนเองเป็นการภายใน",
            "เมื่อวันที่ ๑ กรกฎาคม ๒๕๖๓",
            "คาดว่าได้คะแนนรวม ๗๘.๖๘ คะแนน (อยู่ระหว่าง ๗๘.๒๓ ถึง ๗๘.๖๘ คะแนน ตามผลของข้อที่ให้เจ้าหน้าที่ตรวจ) ระดับผลการประเมิน B",
            "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต (ประกอบด้วย ๒ ตัวชี้วัดย่อย ได้แก่ การดำเนินการเพื่อป้องกันการทุจริต และมาตรการภายใน",
            "จากประเด็นการตรวจทั้งหมด ๔๓ ข้อ คาดว่าผ่าน ๓๕ ข้อ (มีข้อแนะนำ ๔ ข้อ) ไม่ผ่าน ๗ ข้อ และให้เจ้าหน้าที่ตรวจ ๑ ข้อ",
            "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)\n๔๐\n๖๘.๒๘\nต่ำกว่าค่าเป้าหมาย\n",
            "ตัวชี้วัดย่อยที่ ๑๐.๒ มาตรการภายในเพื่อป้องกันการทุจริต (๐.๐๐ คะแนน)\nชื่อ\nประเด็นการตรวจ\nความคิดเห็น\nคะแนน\nO42\n",
            "O11\nรายงานการกำกับติดตามการดำเนินงานประจำปี รอบ ๖ เดือน\nไม่พบข้อมูลปี ๒๕๖๓",
            "ให้เจ้าหน้าที่ตรวจ (น่าจะผ่าน ๘๐ %)",
            "๓. การใช้อำนาจ ๘๐.๔๒ คะแนน\n",
            "จากผลคะแนน IIT พบว่าประเด็นที่ได้คะแนนต่ำสุด คือ การใช้อำนาจ (๘๐.๔๒ คะแนน)\nข้อคำถามที่ได้คะแนนต่ำสุด คือ ………",
            "๖. คุณภาพการดำเนินงาน ๘๘.๖๒ คะแนน\n",
            "ปรับปรุงในเรื่องการป้องกันการทุจริต ซึ่งได้คะแนนต่ำสุด คือ ๕๐.๐๐ คะแนน โดยพบว่า\nตัวชี้วัดย่อยที่ ๑๐.๒ ",
            "แบบวัดที่มีคะแนนถึงค่าเป้าหมาย คือ แบบวัด EIT (๘๗.๒๙ คะแนน) ส่วนแบบวัดที่มีคะแนนต่ำกว่าค่าเป้าหมาย คือ แบบวัด IIT",
            "หากแก้ไขข้อ O42 และข้อ O43 จำนวน ๒ ข้อ ให้ครบถ้วน คาดว่าคะแนน OIT จะเพิ่มเป็น ๙๓.๒๘ คะแนน",
            "๒. แก้ไขข้อ O43 การดำเนินการตามมาตรการ",
            "(คาดว่าคะแนน OIT เพิ่มขึ้น ๑๒.๕๐ คะแนน)\nเปิดหน้าของข้อ O42\n…………\n…………\n…………\n",
            "ให้เจ้าหน้าที่ตรวจข้อ O8 Q&A\nเปิดช่องทางถาม-ตอบ\n(หากตรวจแล้วไม่ผ่าน คะแนน OIT ลดลง ๑.๑๑ คะแนน)",
            "จึงเรียนมาเพื่อโปรดทราบและพิจารณา\n",
            "ความเห็นของผู้บังคับบัญชา\n\t\n\t\n\t\n\n\n(……………………………)\nตำแหน่ง……………………………\n",
        ],
    );
    assert!(!text.contains("ได้ประกาศผล") && !text.contains("หมายเหตุ"), "{text}");
    let digits = text.split(|c: char| c.is_whitespace() || "(),".contains(c)).filter(|word| {
        word.bytes().any(|byte| byte.is_ascii_digit()) && !word.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    assert_eq!(digits.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn it_says_what_the_agency_file_knows() {
    let some = |text: &str| Some(text.to_owned());
    let who = |name: &str, position: &str| Signatory { name: some(name), position: some(position) };
    let memo = Memo {
        office: some("สำนักปลัด"),
        number: some("พร 82601/2563"),
        date: "2020-10-15".parse().ok(),
        subject: some("รายงานผล"),
        to: some("นายก อบต."),
        announced: "2020-09-28".parse().ok(),
        officer: Some(who("นางสาวก", "นักวิชาการ")),
        superiors: vec![who("นางข", "ปลัด"), Signatory { name: some("นายค"), position: None }],
        responsible: some("กองคลัง"),
        start: "2021-01-01".parse().ok(),
        end: "2021-03-31".parse().ok(),
        follow_up: some("รายงานในที่ประชุม"),
    };
    let mut report = fixture::report();
    report.finished_at = "2020-10-01T09:00:00+07:00[Asia/Bangkok]".parse().unwrap();
    let text = written(&report, &memo);
    has(
        &text,
        &[
            "ส่วนราชการ สำนักปลัด\t\nที่ พร ๘๒๖๐๑/๒๕๖๓\tวันที่ ๑๕ ตุลาคม ๒๕๖๓\t\nเรื่อง รายงานผล\t\nเรียน\tนายก อบต.\n",
            "สำนักงาน ป.ป.ช. ได้ประกาศผลการประเมิน",
            "ณ วันที่ ๒๘ กันยายน ๒๕๖๓ แล้ว",
            "ซึ่งโปรแกรมเป็นผู้คาดการณ์",
            "ข้อเสนอแนะในการพัฒนาคุณธรรมและความโปร่งใสในปีงบประมาณ พ.ศ. ๒๕๖๔\n",
            "\nกองคลัง\n๑ มกราคม ๒๕๖๔ ถึง ๓๑ มีนาคม ๒๕๖๔\nรายงานในที่ประชุม\n",
            "พิจารณา\n\n\n(นางสาวก)\nนักวิชาการ\nความเห็นของปลัด\n",
            "(นางข)\nปลัด\nความเห็นของนายค\n\t\n\t\n\t\n\n\n(นายค)\nตำแหน่ง……………………………\n",
        ],
    );
    for (start, end, period) in [(memo.start, None, "ตั้งแต่ ๑ มกราคม ๒๕๖๔"), (None, memo.end, "ภายใน ๓๑ มีนาคม ๒๕๖๔")]
    {
        has(&written(&fixture::report(), &Memo { start, end, ..memo.clone() }), &[period]);
    }
}

#[test]
fn what_is_unknown_is_a_blank_and_never_a_zero() {
    let mut report = fixture::report();
    report.survey = None;
    report.score.ita = None;
    report.catalog_status = CatalogStatus::Partly;
    report.notes = vec![Text::new("ข้อสังเกต 1", "note")];
    let text = written(&report, &Memo::default());
    has(
        &text,
        &[
            "ยังคาดการณ์คะแนนรวมไม่ได้",
            "(IIT)\n๓๐\n…………\n…………\n",
            "คะแนนรวม ITA\n๑๐๐\n…………\n…………\n",
            "๑. การปฏิบัติหน้าที่ ………… คะแนน\n",
            "ส่วนแบบวัด IIT และ EIT ยังไม่มีคะแนน",
            "หมายเหตุ\n- เกณฑ์ของปีงบประมาณ พ.ศ. ๒๕๖๓ ยืนยันกับเอกสารทางการได้เพียงบางส่วน",
            "- ข้อสังเกต ๑\n",
        ],
    );
    assert!(!text.contains("หน่วยงานทราบหรือคาดไว้"), "{text}");
}

#[test]
fn days_that_contradict_one_another_tell_of_no_order() {
    let day = |day: &str| day.parse().ok();
    let mut report = fixture::report();
    // Half past eleven at night in London, the next day in Thailand.
    report.finished_at = "2020-09-30T23:30:00+00:00[UTC]".parse().unwrap();
    let memo = Memo { date: day("2020-10-01"), announced: day("2020-09-28"), ..Memo::default() };
    assert_eq!(audited_after(&report, &memo), None);
    has(&written(&report, &memo), &["ณ วันที่ ๒๘ กันยายน ๒๕๖๓ แล้ว", "จึงได้ตรวจสอบ", "เมื่อวันที่ ๑ ตุลาคม ๒๕๖๓"]);
    let early = Memo { date: day("2020-09-30"), ..memo.clone() };
    assert_eq!(audited_after(&report, &early), day("2020-10-01").zip(early.date));
    let announced_later = Memo { date: None, announced: day("2020-10-02"), ..Memo::default() };
    for memo in [early, announced_later] {
        let text = written(&report, &memo);
        has(&text, &["จากการตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ของ", "เมื่อวันที่ ๑ ตุลาคม ๒๕๖๓"]);
        assert!(!text.contains("บัดนี้") && !text.contains("จึงได้ตรวจ"), "{text}");
    }
    let unannounced = Memo { date: day("2020-09-30"), ..Memo::default() };
    let text = written(&report, &unannounced);
    has(&text, &["จากการตรวจประเมินตนเองเป็นการภายใน"]);
    assert!(!text.contains("จึงได้ตรวจ"), "{text}");
}

#[test]
fn a_year_that_is_not_verified_is_said_so_at_once() {
    let clause = "ยืนยันกับเอกสารทางการได้เพียงบางส่วน (ดูหมายเหตุท้ายบันทึก)";
    let mut report = fixture::report();
    assert!(!written(&report, &Memo::default()).contains(clause));
    report.catalog_status = CatalogStatus::Partly;
    report.notes = vec![Text::new("ปี 2568 (ที่มา: no source found; the shape of 2567)", "note")];
    let text = written(&report, &Memo::default());
    has(&text, &["- ปี ๒๕๖๘ (ที่มา: no source found; the shape of 2567)\n"]);
    assert!(text.find(clause).unwrap() < text.find("ผลการประเมินเบื้องต้น\n").unwrap(), "{text}");
}

#[test]
fn the_analysis_gives_all_that_made_an_item_fail() {
    let mut report = fixture::report();
    let item = report.items.iter_mut().find(|item| item.verdict == Verdict::Fail).unwrap();
    let (id, first) = (item.id.clone(), item.reasons[0].clone());
    let reason = |level, message: &str| ReasonEntry { level, message: message.to_owned(), ..first.clone() };
    item.reasons = vec![reason(Level::Fail, "ก"), reason(Level::Advice, "ข้อแนะนำ"), reason(Level::Fail, "ข 2563")];
    let text = written(&report, &Memo::default());
    assert!(
        text.lines().any(|line| line.starts_with(&format!("- ข้อ {id} ")) && line.ends_with("เนื่องจากก และข ๒๕๖๓")),
        "{text}"
    );
    let item = report.items.iter_mut().find(|item| item.id == id).unwrap();
    item.reasons = (0..9).map(|n| reason(Level::Fail, &format!("เหตุ {n}"))).collect();
    has(&written(&report, &Memo::default()), &["เนื่องจากเหตุ ๐ และเหตุ ๑ และเหตุ ๒ และเหตุ ๓ และเหตุ ๔ และอีก ๔ ประเด็น\n"]);
}

#[test]
fn whoever_looks_has_one_name() {
    let mut report = fixture::report();
    for item in &mut report.items {
        item.reasons.iter_mut().for_each(|reason| reason.message = "อ่านไม่ได้ ต้องให้คนตรวจ".to_owned());
    }
    let text = written(&report, &Memo::default());
    has(&text, &["อ่านไม่ได้ ต้องให้เจ้าหน้าที่ตรวจ\n"]);
    assert!(!text.contains("คนตรวจ"), "{text}");
}

#[test]
fn a_year_whose_grades_need_each_instrument_says_so() {
    let mut report = fixture::report();
    report.score.ita = None;
    let good = GradeBand { grade: "ผ่านดี".to_owned(), grade_en: None, from: 85.0, each_from: Some(85.0) };
    report.rules.grades = vec![good];
    report.score.grade_conditions = report.rules.grade_conditions(Some(Points(68.28)));
    has(&written(&report, &Memo::default()), &["ระดับ ผ่านดี ต้องได้คะแนน OIT ตั้งแต่ ๘๕ คะแนน (ยังไม่ถึง)"]);
    let mut report = fixture::report();
    let ita = report.score.ita.as_mut().unwrap();
    (ita.low, ita.grade_low) = (Some(Points(74.0)), Some("C".to_owned()));
    has(&written(&report, &Memo::default()), &["ระดับผลการประเมิน B (ระหว่างระดับ C ถึงระดับ B)"]);
}

#[test]
fn nothing_to_put_right_is_said_too() {
    let mut report = fixture::report();
    report.fixes.clear();
    report.path = None;
    for item in &mut report.items {
        (item.verdict, item.score) = (Verdict::Pass, Some(100));
        item.reasons.clear();
    }
    report.score.indicators.values_mut().for_each(|score| *score = Some(Points(100.0)));
    let text = written(&report, &Memo::default());
    has(&text, &["ไม่พบประเด็นที่ต้องแก้ไข", "ไม่มีข้อที่ต้องแก้ไขจากผลการประเมินเบื้องต้น"]);
    assert!(!text.contains("มาตรการ/แนวทาง\n"), "{text}");
}

#[test]
fn measures_stand_after_those_that_they_need() {
    let mut report = fixture::report();
    let ids: Vec<_> = report.fixes.iter().map(|fix| fix.item.clone()).collect();
    assert_eq!((ids[0].as_str(), ids[1].as_str()), ("O42", "O43"));
    report.fixes.swap(0, 1);
    let text = written(&report, &Memo::default());
    has(&text, &["๑. แก้ไขข้อ O42 ", "๒. แก้ไขข้อ O43 ", "(ดำเนินการต่อจากข้อ O42)"]);
    // A report that was changed by hand may need things in a circle.
    report.fixes[1].after = vec![ids[1].clone(), ids[0].clone()];
    has(&written(&report, &Memo::default()), &["๑. แก้ไขข้อ O42 ", "๒. แก้ไขข้อ O43 "]);
}

#[test]
fn a_report_without_a_score_has_no_memo() {
    let mut report = fixture::report();
    report.score.oit = Range::default();
    assert_eq!(render(&report, &Memo::default(), None), Err(NoMemo::NoScore));
    report.complete = false;
    assert_eq!(render(&report, &Memo::default(), None), Err(NoMemo::Incomplete));
}

#[test]
fn no_text_of_a_report_breaks_the_document() {
    let mut report = hostile();
    report.complete = true;
    let nasty = "]]></w:t></w:r></w:p><w:p/>&#0;&lt;\u{0}\u{1}\u{fffe}\u{ffff}\u{1b}[31m\u{202e}".to_owned();
    let reason = report.items.iter().find_map(|item| item.reasons.first()).unwrap().clone();
    let item = &mut report.items[0];
    item.group = Text::new(nasty.clone(), nasty.clone());
    item.reasons = (0..500)
        .map(|n| ReasonEntry { message: format!("{n}{nasty}{}", "ก".repeat(50_000)), ..reason.clone() })
        .collect();
    for indicator in &mut report.rules.indicators {
        indicator.name = Text::new(nasty.repeat(99), nasty.clone());
    }
    for fix in &mut report.fixes {
        fix.next_step = Text::new(format!("ไฟล์หน่วยงาน{}", nasty.repeat(5000)), nasty.clone());
        fix.todo = Text::new("x".repeat(100_000), nasty.clone());
    }
    let hostile = || Some(nasty.repeat(500));
    let who = || Signatory { name: hostile(), position: hostile() };
    let memo = Memo {
        office: hostile(),
        number: hostile(),
        subject: hostile(),
        to: hostile(),
        officer: Some(who()),
        superiors: vec![who(), who()],
        responsible: hostile(),
        follow_up: hostile(),
        ..Memo::default()
    };
    let bytes = render(&report, &memo, None).unwrap();
    for (name, content) in parts(bytes) {
        assert!(content.len() < 600_000, "{name}: {}", content.len());
        let xml = String::from_utf8(content).unwrap();
        let shown = text(&xml);
        let bad = |c: char| (c.is_control() && !"\n\t".contains(c)) || "\u{202e}\u{200b}\u{fffe}\u{ffff}".contains(c);
        assert!(!shown.contains(bad), "{name}");
        if name == "word/document.xml" {
            has(&shown, &["]]></w:t></w:r></w:p><w:p/>&#๐;&lt;[31m", "และอีก ๔๙๕ ประเด็น"]);
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes_with_the_emblem_in_its_place() {
    let mut picture = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 44).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    let picture = picture.into_inner();
    let emblem = Emblem::new(picture.clone()).unwrap();
    let once = || render(&fixture::report(), &Memo::default(), Some(&emblem)).unwrap();
    assert_eq!(once(), once());
    let parts = parts(once());
    let of = |name: &str| &parts.iter().find(|(part, _)| part == name).unwrap().1;
    assert_eq!(*of("word/media/emblem.png"), picture);
    let document = String::from_utf8(of("word/document.xml").clone()).unwrap();
    assert!(document.contains("<a:blip r:embed=\"rId5\"/>"));
    let related = String::from_utf8(of("word/_rels/document.xml.rels").clone()).unwrap();
    assert!(related.contains("Id=\"rId5\"") && related.contains("Target=\"media/emblem.png\""), "{related}");
    let core = String::from_utf8(of("docProps/core.xml").clone()).unwrap();
    assert!(core.contains("2020-07-01T02:00:41Z"), "{core}");
}
