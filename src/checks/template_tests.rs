//! Tests of what a site's pages have in common.

use super::{Templates, masked};
use crate::model::{Block, BlockRole, Document, MediaKind, Readability};

fn page(blocks: &[&str]) -> Document {
    let block = |text: &&str| Block { path: 7, ..Block::new((*text).to_owned(), BlockRole::Text) };
    Document {
        readability: Readability::Full,
        blocks: blocks.iter().map(block).collect(),
        ..Document::unread(MediaKind::Html)
    }
}

fn own(pages: &[Document]) -> Vec<String> {
    let all: Vec<&Document> = pages.iter().collect();
    Templates::new(&all).own(&all).into_iter().map(|own| own.text.text).collect()
}

#[test]
fn what_stands_on_every_page_is_not_a_pages_own() {
    let footer = "© 2563 องค์การบริหารส่วนตำบลนางรอง";
    let pages: Vec<_> = ["รายงานปี 2562", "แผนปี 2563", "ข้อมูลการติดต่อ", "โครงสร้าง", "ข่าว"]
        .map(|text| page(&["เมนูหลัก", text, footer]))
        .into();
    assert_eq!(own(&pages)[0], "รายงานปี 2562");
}

#[test]
fn an_honest_heading_on_half_of_the_pages_stays() {
    let year = "ประจำปีงบประมาณ พ.ศ. 2563";
    let pages: Vec<_> = (0..10)
        .map(|n| {
            let own = format!("เนื้อหาที่ {n}");
            if n % 2 == 0 {
                page(&["เมนู", "หน้าแรก", &own, year])
            } else {
                page(&["เมนู", "หน้าแรก", &own])
            }
        })
        .collect();
    assert!(own(&pages)[0].contains(year));
    assert!(!own(&pages)[0].contains("หน้าแรก"));
}

#[test]
fn two_templates_on_one_site_are_told_apart() {
    let old = (0..6).map(|n| page(&["เว็บเก่า", "© 2563 เก่า", "เมนูเก่า", &format!("เก่า {n}")]));
    let new = (0..20).map(|n| page(&["เว็บใหม่", "© 2563 ใหม่", "เมนูใหม่", &format!("ใหม่ {n}")]));
    let pages: Vec<_> = old.chain(new).collect();
    assert_eq!(own(&pages)[0], "เก่า 0");
    assert_eq!(own(&pages)[6], "ใหม่ 0");
}

#[test]
fn the_same_page_under_two_addresses_keeps_its_content() {
    let form = &["เมนู", "แบบฟอร์มร้องเรียน"];
    let pages = [page(form), page(form), page(&["เมนู", "อื่น"])];
    assert_eq!(own(&pages)[0], "แบบฟอร์มร้องเรียน");
}

#[test]
fn what_a_page_repeats_of_the_menu_is_its_own() {
    let mut pages: Vec<_> = (0..6).map(|n| page(&["อำนาจหน้าที่", "เมนู", &format!("เนื้อหา {n}")])).collect();
    pages.push(page(&["อำนาจหน้าที่", "เมนู", "หมวดข้อมูลทั่วไป", "อำนาจหน้าที่"]));
    assert_eq!(own(&pages)[6], "หมวดข้อมูลทั่วไป\nอำนาจหน้าที่");
}

#[test]
fn a_box_that_shows_another_choice_of_the_news_on_each_page_is_template() {
    let news = ["ข่าว 30 มิ.ย. 2563", "ข่าว 12 พ.ค. 2563", "ข่าว 3 มี.ค. 2562", "ข่าว 9 ม.ค. 2562"];
    let pages: Vec<_> = (0..8)
        .map(|n| {
            let mut page = page(&["เมนู", "หน้าแรก", &format!("เนื้อหาของหน้าที่ {n} ปี 2562")]);
            for at in 0..3 {
                let text = news[(n + at) % news.len()].to_owned();
                page.blocks.push(Block { path: 9, ..Block::new(text, BlockRole::Anchor) });
            }
            page
        })
        .collect();
    let all: Vec<&Document> = pages.iter().collect();
    let own = &Templates::new(&all).own(&all)[0];
    assert_eq!((own.text.text.as_str(), own.anchors.text.as_str()), ("เนื้อหาของหน้าที่ 0 ปี 2562", ""));
}

#[test]
fn a_pages_own_list_is_not_taken_for_the_box_beside_it() {
    let news: Vec<String> = (0..6).map(|n| format!("ข่าวที่ {n} ปี 2563")).collect();
    let entry = |text: &str| Block { path: 9, ..Block::new(text.to_owned(), BlockRole::Text) };
    let mut pages: Vec<_> = (0..12)
        .map(|n| {
            let mut page = page(&["เมนู", "หน้าแรก", &format!("เนื้อหาของหน้าที่ {n}")]);
            page.blocks.extend((0..3).map(|at| entry(&news[(n + at) % news.len()])));
            page
        })
        .collect();
    // A list of the page's own, one with what the box shows elsewhere, one with what it shows there too, and one that
    // stands on both sides of it.
    let own_list: Vec<Block> = (0..5).map(|n| entry(&format!("กฎหมายที่ {n} พ.ศ. 2562"))).collect();
    pages[0].blocks.splice(3..3, own_list.clone());
    pages[1].blocks.splice(3..3, [entry(&news[4]), entry("ข่าวเก่า"), entry(&news[5])]);
    pages[2].blocks.splice(3..3, [entry(&news[2]), entry(&news[3])]);
    pages[3].blocks.splice(4..4, own_list);
    let own = own(&pages);
    let laws =
        "กฎหมายที่ 0 พ.ศ. 2562\nกฎหมายที่ 1 พ.ศ. 2562\nกฎหมายที่ 2 พ.ศ. 2562\nกฎหมายที่ 3 พ.ศ. 2562\nกฎหมายที่ 4 พ.ศ. 2562";
    assert_eq!(own[0], format!("เนื้อหาของหน้าที่ 0\n{laws}"));
    assert_eq!(own[1], "เนื้อหาของหน้าที่ 1\nข่าวที่ 4 ปี 2563\nข่าวเก่า\nข่าวที่ 5 ปี 2563");
    assert_eq!(own[2], "เนื้อหาของหน้าที่ 2\nข่าวที่ 2 ปี 2563\nข่าวที่ 3 ปี 2563");
    assert_eq!(own[3], format!("เนื้อหาของหน้าที่ 3\n{laws}"));
    assert_eq!(own[4], "เนื้อหาของหน้าที่ 4");
}

#[test]
fn a_single_page_has_no_template() {
    assert_eq!(own(&[page(&["เนื้อหา 2563"])])[0], "เนื้อหา 2563");
}

#[test]
fn clocks_and_counters_are_masked_and_years_are_not() {
    assert_eq!(masked("ผู้เข้าชม 123,456 คน เวลา 10:05:59 ปี 2563"), "ผู้เข้าชม # คน เวลา # ปี 2563");
    assert_eq!(masked(&format!("{}10:05", "ก".repeat(40))), format!("{}#", "ก".repeat(40)));
    assert_eq!(masked("12,345"), "#");
    assert_eq!(masked("1,234 ๑๒๓๔๕ 10"), "1,234 ๑๒๓๔๕ 10");
}

#[test]
fn what_files_have_in_common_is_each_ones_own() {
    let lines = ["โครงการก่อสร้างถนน", "งบประมาณ 500,000 บาท", "กองช่าง"];
    let file = |kind| {
        let blocks = lines.iter().map(|line| Block::new((*line).to_owned(), BlockRole::Text)).collect();
        Document { blocks, ..Document::unread(kind) }
    };
    let files = [file(MediaKind::Pdf), file(MediaKind::Docx), file(MediaKind::Pdf)];
    let files: Vec<&Document> = files.iter().collect();
    let templates = Templates::new(&files);
    assert!(templates.own(&files).iter().all(|own| own.text.text.contains("กองช่าง")));
    assert!(templates.own_of(files[0]).text.text.contains("โครงการก่อสร้างถนน"));
    assert!(!templates.is_known_well());
}
