//! Tests of reading years, against labelled lines and case by case.

use std::collections::BTreeSet;

use super::{Point, Role, years};

/// The lines of a labelled file that do not come out as labelled.
fn failures(file: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (text, label) = line.rsplit_once('\t').unwrap_or((line, ""));
        let expected: Vec<u16> = label.split(',').filter_map(|year| year.trim().parse().ok()).collect();
        let found: BTreeSet<u16> = years(text).iter().flat_map(|mention| mention.span.years()).collect();
        let found: Vec<u16> = found.into_iter().filter(|year| (2500..=2600).contains(year)).collect();
        if found != expected {
            let list = |years: &[u16]| years.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
            wrong.push(format!("{text}: found {}, expected {}", list(&found), list(&expected)));
        }
    }
    wrong
}

#[test]
fn every_labelled_line_comes_out_as_labelled() {
    let wrong = failures(include_str!("../../../tests/data/years_labelled.tsv"));
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_further_line_comes_out_as_labelled() {
    let wrong = failures(include_str!("../../../tests/data/years_more.tsv"));
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// "10/2562-3/2563" of a span.
fn shown(text: &str) -> Vec<String> {
    let point = |p: Point| p.month.map_or(p.year.to_string(), |month| format!("{month}/{}", p.year));
    let span = |from: Point, to: Point| if from == to { point(from) } else { format!("{}-{}", point(from), point(to)) };
    years(text).iter().map(|mention| span(mention.span.from, mention.span.to)).collect()
}

#[test]
fn months_are_known_and_ranges_are_one_mention() {
    let cases: &[(&str, &[&str])] = &[
        ("ต.ค. 62 – มี.ค. 63", &["10/2562-3/2563"]),
        ("ตุลาคม 2562 ถึง มีนาคม 2563", &["10/2562-3/2563"]),
        ("ตุลาคม - ธันวาคม 2562", &["10/2562-12/2562"]),
        ("ตุลาคม – มีนาคม 2563", &["10/2562-3/2563"]),
        ("1 ต.ค. 2562 – 31 มี.ค. 2563", &["10/2562-3/2563"]),
        ("30/09/2562 - 30/09/2563", &["9/2562-9/2563"]),
        ("(พ.ศ. 2561 – 2564)", &["2561-2564"]),
        ("2561-65", &["2561-2565"]),
        ("ปีการศึกษา 2563/2564", &["2563-2564"]),
        ("ไตรมาส 2/2563", &["2563"]),
        ("2020-03-31", &["3/2563"]),
        ("15 March 2020", &["3/2563"]),
        ("March 15, 2020", &["3/2563"]),
        ("ประกาศ ณ วันที่ ๒ มกราคม พ.ศ. ๒๕๖๓", &["1/2563"]),
        ("2564 - 2563", &["2564", "2563"]),
        ("ปี 2562 และ 2563", &["2562", "2563"]),
        ("ทุจริต พ.ศ. ๒๕๖\n๑\nพระราชกฤษฎีกา", &["2561"]),
        ("ทุจริต พ.ศ. ๒๕๖\n๑. พระราชกฤษฎีกา", &[]),
        ("ลำดับ ๒๕๖\n๑\n", &[]),
        ("2561 2562 2563", &["2561", "2562", "2563"]),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "{text}");
    }
}

#[test]
fn a_mention_is_at_its_words() {
    for (text, written) in [
        ("ประกาศ ณ วันที่ 2 มกราคม พ.ศ. 2563 โดย", "2 มกราคม พ.ศ. 2563"),
        ("แผน ปี 2563 นี้", "ปี 2563"),
        ("วันที่ 28 เดือน กันยายน พ.ศ. 2563", "28 เดือน กันยายน พ.ศ. 2563"),
        ("รอบ ต.ค. 62 – มี.ค. 63 ครับ", "ต.ค. 62 – มี.ค. 63"),
        ("ก 2561-2565 ข", "2561-2565"),
        ("ระหว่าง ตุลาคม - ธันวาคม 2562 นี้", "ตุลาคม - ธันวาคม 2562"),
    ] {
        let found = years(text);
        assert_eq!(found.first().map(|mention| &text[mention.at.clone()]), Some(written), "{text}");
    }
}

/// The role of the last mention.
fn role(text: &str) -> Option<Role> {
    years(text).last().map(|mention| mention.role)
}

#[test]
fn laws_copyrights_updates_births_and_far_targets_are_cited() {
    for text in [
        "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560",
        "พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐",
        "พรบ.คอมพิวเตอร์ 2560",
        "ตามพระราชกฤษฎีกาว่าด้วยหลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี พ.ศ. 2546",
        "พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. ๒๕๓๗ และที่แก้ไขเพิ่มเติม (ฉบับที่ ๗) พ.ศ. ๒๕๖๒",
        "พระราชบัญญัติเทศบาล พ.ศ. 2496 และที่แก้ไขเพิ่มเติมถึง (ฉบับที่ 14) พ.ศ. 2562",
        "รัฐธรรมนูญแห่งราชอาณาจักรไทย พุทธศักราช 2560",
        "รัฐธรรมนูญแห่งราชอาณาจักรไทย พ.ศ. 2560",
        "ระเบียบกระทรวงมหาดไทยว่าด้วยการจัดทำแผนพัฒนาขององค์กรปกครองส่วนท้องถิ่น พ.ศ. 2548",
        "ระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้าง พ.ศ. ๒๕๖๐",
        "กฎกระทรวงกำหนดวงเงินการจัดซื้อจัดจ้าง พ.ศ. 2560",
        "ประมวลกฎหมายวิธีพิจารณาความอาญา (ฉบับที่ 33) พ.ศ. 2562",
        "© 2020 อบต.นางรอง",
        "Copyright 2019-2024",
        "2020 © เทศบาล",
        "สงวนลิขสิทธิ์ พ.ศ. 2563 เทศบาลตำบล",
        "Copyright © อบต.นางรอง All Rights Reserved 2563",
        "ปรับปรุงล่าสุด 12 มกราคม 2563",
        "ปรับปรุงข้อมูลล่าสุด : วันจันทร์ที่ 12 มกราคม พ.ศ. 2563",
        "อัพเดทเมื่อ 5/3/2563",
        "อัปเดต: 5 มี.ค. 63",
        "Updated: 15 March 2020",
        "Last modified 2020-03-31",
        "Posted on 15 มีนาคม 2563",
        "Posted by admin 15 มีนาคม 2563",
        "แก้ไขล่าสุด 31/03/2563",
        "เผยแพร่เมื่อ วันที่ 3 ก.พ. 2563",
        "โพสต์เมื่อ 3 ก.พ. 2563",
        "วันที่ลงข่าว 3 ก.พ. 2563",
        "เกิดวันที่ 4 พฤษภาคม พ.ศ. 2510",
        "เกิด พ.ศ. 2510",
        "วันเดือนปีเกิด 4 พ.ค. 2510",
        "ภายในปี 2580",
        "ภายใน พ.ศ. 2580",
        "ยุทธศาสตร์ชาติ 20 ปี (พ.ศ. 2561 - 2580)",
    ] {
        assert_eq!(role(text), Some(Role::Cited), "{text}");
    }
}

#[test]
fn everything_else_is_content() {
    for text in [
        "แผนดำเนินงานประจำปี 2563",
        "รายงานผลตาม พ.ร.บ.การอำนวยความสะดวก ประจำปีงบประมาณ พ.ศ. 2563",
        "พระราชบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. 2563",
        "พ.ร.บ.ข้อมูลข่าวสารของราชการ พ.ศ. 2540 รายงานปี 2563",
        "พระราชบัญญัติเทศบาล พ.ศ. 2496 จัดทำแผนพัฒนา พ.ศ. 2561",
        "ตามระเบียบกระทรวงมหาดไทย แผนพัฒนาท้องถิ่น (พ.ศ. 2561-2565)",
        "ระเบียบวาระการประชุมสภา ปี 2563",
        "ข้อบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2563",
        "ประกาศ ณ วันที่ 2 มกราคม พ.ศ. 2563",
        "ข้อมูล ณ วันที่ 31 มีนาคม 2563",
        "พระราชบัญญัติการจัดซื้อจัดจ้าง\nแผนจัดซื้อ พ.ศ. 2563",
        "พ.ร.บ.การจัดซื้อจัดจ้างฯ ประกาศ ณ วันที่ 2 มกราคม 2563",
        "อัพเดทข้อมูลแผนปี 2563",
        "อัปเดตแผนปฏิบัติการ พ.ศ. 2563",
        "เพื่อให้เกิดประโยชน์สูงสุด ปี 2563",
        "ปัญหาที่เกิดขึ้นในปี 2563",
        "ให้แล้วเสร็จภายในปี 2563",
        "ภายในปีงบประมาณ 2570",
        "ยุทธศาสตร์ชาติ แผนปฏิบัติการ พ.ศ. 2563",
        "ขับเคลื่อนตามยุทธศาสตร์ชาติ 20 ปี (พ.ศ. 2561 - 2580) ประจำปี 2563",
        "FY2020",
        "ITA 2020",
        "(ต.ค. 62 - มี.ค. 63)",
        "สขร.1 เดือน ธันวาคม พ.ศ. 2562",
        "คำสั่งที่ 12/2563",
        "ปรับปรุงล่าสุด 12 มกราคม 2563 แผนดำเนินงาน 2564",
        "แผนพัฒนาเศรษฐกิจ ฉบับที่ 12 (พ.ศ. 2560-2564)",
        "ปรับปรุงแผนพัฒนาท้องถิ่น พ.ศ. 2563",
        "คู่มือการปฏิบัติงาน พ.ศ. 2563",
        "นโยบายผู้บริหาร 2563",
    ] {
        assert_eq!(role(text), Some(Role::Content), "{text}");
    }
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    let size = 40_000;
    for unit in [
        "9",
        "๒",
        "2563-",
        "2563/",
        "2 5 ",
        "ปี ",
        "12/",
        "พ.ศ.",
        "2563 ",
        "1.",
        "ก.พ.",
        "พระราชบัญญัติ2563",
        "©",
        "a2563@",
    ] {
        let text = unit.repeat(size / unit.len());
        let started = std::time::Instant::now();
        for mention in years(&text) {
            assert!(text.get(mention.at.clone()).is_some_and(|written| !written.is_empty()));
            assert!(
                mention.span.from <= mention.span.to
                    || !mention.span.is_single_year()
                    || mention.span.to.month.is_none()
            );
        }
        assert!(started.elapsed().as_secs() < 5, "{unit}");
    }
}

#[test]
fn no_text_makes_it_panic() {
    let parts = [
        "2563",
        "๖๓",
        "-",
        "/",
        " ",
        "พ.ศ.",
        "ปี",
        "ต.ค.",
        "31",
        "1",
        ".",
        ",",
        "é",
        "\u{0E4D}",
        "ถึง",
        "Mar",
        "©",
        "@",
        "\n",
    ];
    let count = parts.len();
    for number in 0..count.pow(4) {
        let text: String = (0..4).map(|place: u32| parts[number / count.pow(place) % count]).collect();
        for mention in years(&text) {
            assert!(text.get(mention.at).is_some());
            assert!(mention.span.from.year <= mention.span.to.year);
        }
        super::years_in_name(&text);
    }
}
