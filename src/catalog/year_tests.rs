//! Tests of what each built-in year says: how many items, in what structure, with what grades, and how far verified.

use std::collections::BTreeMap;

use super::{Catalog, builtin, builtin_years};
use crate::checks::{CheckSpec, RuleStatus};
use crate::model::{CatalogStatus, FiscalYear, ItemId, Points};
use crate::score::{self, ItemScore, ItemScores};

fn of(year: u16) -> &'static Catalog {
    builtin(FiscalYear::new(year)).unwrap()
}

fn sizes(catalog: &Catalog) -> Vec<Vec<usize>> {
    catalog.indicators.iter().map(|one| one.sub_indicators.iter().map(|sub| sub.items.len()).collect()).collect()
}

#[test]
fn the_structure_of_each_year() {
    for (year, nine, ten, status) in [
        (2562, [9, 8, 7, 4, 5], [8, 7], CatalogStatus::Partly),
        (2563, [9, 8, 7, 4, 5], [8, 2], CatalogStatus::Verified),
        (2564, [9, 8, 7, 4, 5], [8, 2], CatalogStatus::Verified),
        (2565, [9, 8, 7, 4, 5], [8, 2], CatalogStatus::Partly),
        (2566, [10, 8, 4, 4, 4], [8, 5], CatalogStatus::Partly),
        (2567, [6, 7, 4, 4, 4], [6, 4], CatalogStatus::Partly),
        (2568, [4, 7, 2, 3, 4], [4, 4], CatalogStatus::Partly),
        (2569, [4, 6, 2, 3, 4], [3, 4], CatalogStatus::Partly),
    ] {
        let catalog = of(year);
        assert_eq!(sizes(catalog), [nine.to_vec(), ten.to_vec()], "{year}");
        assert_eq!(catalog.status, status, "{year}");
        let ids: Vec<String> = catalog.items().map(|item| item.id.to_string()).collect();
        let expected: Vec<String> = (1..=ids.len()).map(|number| format!("O{number}")).collect();
        assert_eq!(ids, expected, "{year}");
    }
    assert_eq!(builtin_years(), (2562..=2569).collect::<Vec<u16>>());
}

/// Items that say what an item of a number is in each year: the number alone means nothing.
#[test]
fn items_are_those_of_their_year() {
    for (year, id, name) in [
        (2562, "O46", "มาตรการป้องกันการรับสินบน"),
        (2564, "O31", "ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบประจำปี"),
        (2564, "O34", "เจตจำนงสุจริตของผู้บริหาร"),
        (2565, "O29", "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
        (2565, "O34", "นโยบายไม่รับของขวัญ (No Gift Policy)"),
        (2566, "O5", "ข้อมูลการติดต่อ"),
        (2566, "O10", "นโยบายคุ้มครองข้อมูลส่วนบุคคล"),
        (2566, "O30", "การเปิดโอกาสให้เกิดการมีส่วนร่วม"),
        (2566, "O39", "ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ"),
        (2567, "O5", "ข่าวประชาสัมพันธ์"),
        (2567, "O29", "รายงานการรับทรัพย์สินหรือประโยชน์อื่นใดโดยธรรมจรรยา"),
        (2568, "O9", "คู่มือหรือแนวทางการขอรับบริการสำหรับผู้รับบริการหรือผู้มาติดต่อ"),
        (2569, "O5", "แผนยุทธศาสตร์"),
        (2569, "O25", "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"),
    ] {
        assert_eq!(of(year).item(&id.parse().unwrap()).unwrap().name.th, name, "{year} {id}");
    }
}

#[test]
fn what_is_not_known_of_a_year_is_marked() {
    let unverified = |year: u16| -> Vec<&str> {
        of(year).items().filter(|item| item.status == RuleStatus::Unverified).map(|item| item.id.as_str()).collect()
    };
    assert_eq!(unverified(2562), ["O48"]);
    assert_eq!(unverified(2566), [""; 0]);
    assert_eq!(unverified(2567).len(), 35 - 6, "only O1 to O4, O10 and O25 are known");
    assert_eq!(unverified(2568), ["O2", "O6", "O7", "O27", "O28"]);
    assert_eq!(unverified(2569), ["O6", "O7"]);
    for year in [2562, 2567, 2568, 2569] {
        assert_eq!(of(year).structure.status, RuleStatus::Unverified, "{year}");
    }
    assert_eq!([2563, 2564].map(|year| of(year).structure.status), [RuleStatus::Verified; 2]);
    for catalog in builtin_years().into_iter().map(of) {
        let sources = catalog.items().map(|item| item.source.as_str());
        assert!(sources.chain([catalog.structure.source.as_str()]).all(|source| source.len() > 10));
    }
}

/// Marginal values: points of OIT and ITA that one item carries.
#[test]
fn the_worth_of_an_item() {
    for (year, id, oit, ita) in [
        (2564, "O1", "1.11", "0.44"),
        (2564, "O43", "12.50", "5.00"),
        (2565, "O18", "1.43", "0.57"),
        (2566, "O10", "1.00", "0.40"),
        (2566, "O11", "1.25", "0.50"),
        (2566, "O19", "2.50", "1.00"),
        (2566, "O31", "3.13", "1.25"),
        (2566, "O43", "5.00", "2.00"),
    ] {
        let worth = of(year).worth(&id.parse().unwrap()).unwrap();
        assert_eq!((worth.oit.to_string(), worth.ita.to_string()), (oit.to_owned(), ita.to_owned()), "{year} {id}");
    }
}

/// Province of Phichit, official table 4.26 of fiscal year 2564: indicators 9 and 10, and OIT out of 40.
#[test]
fn the_official_table_of_2564_is_reproduced() {
    let catalog = of(2564);
    for (misses, nine, ten, of_forty) in [
        ([0, 0, 0, 0, 0, 0, 0], "100.00", "100.00", "40.00"),
        ([0, 1, 0, 0, 1, 0, 0], "93.50", "100.00", "38.70"),
        ([0, 1, 0, 0, 0, 0, 0], "97.50", "100.00", "39.50"),
        ([1, 0, 0, 0, 0, 1, 0], "97.78", "93.75", "38.31"),
        ([0, 0, 1, 0, 0, 0, 0], "97.14", "100.00", "39.43"),
        ([0, 1, 0, 0, 0, 2, 0], "97.50", "87.50", "37.00"),
        ([1, 0, 0, 0, 1, 0, 0], "93.78", "100.00", "38.76"),
        ([0, 0, 0, 0, 1, 0, 0], "96.00", "100.00", "39.20"),
        ([0, 1, 0, 1, 0, 1, 0], "92.50", "93.75", "37.25"),
        ([0, 1, 1, 0, 0, 0, 0], "94.64", "100.00", "38.93"),
    ] {
        let subs = catalog.indicators.iter().flat_map(|one| &one.sub_indicators);
        let mut items = ItemScores::new();
        for (sub, missed) in subs.zip(misses) {
            let points = |at| ItemScore::sure(if at < missed { 0 } else { 100 });
            items.extend(sub.items.iter().enumerate().map(|(at, item)| (item.id.clone(), points(at))));
        }
        let score = score::score(&catalog.rules(), &items, None);
        let printed = |id: &str| score.indicators[id].unwrap().to_string();
        assert_eq!((printed("9").as_str(), printed("10").as_str()), (nine, ten));
        let Points(oit) = score.oit.predicted.unwrap();
        assert_eq!(Points(oit * catalog.weights.oit).to_string(), of_forty);
    }
}

/// A published result of fiscal year 2566 (sakonarea1.go.th): 90.00 and 87.50.
#[test]
fn a_published_result_of_2566_fits_its_structure() {
    let catalog = of(2566);
    let missed = ["O19", "O23", "O31", "O32"].map(|id| id.parse::<ItemId>().unwrap());
    let items = catalog.items().map(|item| &item.id);
    let scores = items.map(|id| (id.clone(), ItemScore::sure(if missed.contains(id) { 0 } else { 100 }))).collect();
    let score = score::score(&catalog.rules(), &scores, None);
    assert_eq!(score.indicators["9"].unwrap().to_string(), "90.00");
    assert_eq!(score.indicators["10"].unwrap().to_string(), "87.50");
}

#[test]
fn grades_are_by_total_to_2565_and_by_instruments_from_2566_on() {
    for year in builtin_years() {
        let grades: Vec<(&str, f64, Option<f64>)> =
            of(year).grades.iter().map(|band| (band.grade.as_str(), band.from, band.each_from)).collect();
        if year < 2566 {
            assert_eq!((grades[0], grades.len()), (("AA", 95.0, None), 7), "{year}");
        } else {
            let (each, plain) = (|grade, from| (grade, from, Some(from)), |grade, from| (grade, from, None));
            let expected = [
                each("ผ่านดีเยี่ยม", 95.0),
                each("ผ่านดี", 85.0),
                plain("ผ่าน", 85.0),
                plain("ต้องปรับปรุง", 70.0),
                plain("ต้องปรับปรุงโดยด่วน", 0.0),
            ];
            assert_eq!(grades, expected, "{year}");
        }
    }
}

/// Which item builds on which, by year.
#[test]
fn dependencies_have_the_numbers_of_their_year() {
    let depends = |year: u16| -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for item in of(year).items() {
            for check in &item.checks {
                if let CheckSpec::DependsOn(on) = check {
                    found.insert(item.id.to_string(), on.item.to_string());
                }
            }
        }
        found
    };
    let of_pairs = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(item, on)| ((*item).to_owned(), (*on).to_owned())).collect()
    };
    let then =
        of_pairs(&[("O11", "O10"), ("O19", "O18"), ("O26", "O25"), ("O37", "O36"), ("O40", "O39"), ("O43", "O42")]);
    for year in [2563, 2564, 2565] {
        assert_eq!(depends(year), then, "{year}");
    }
    let now = of_pairs(&[("O12", "O11"), ("O24", "O23"), ("O35", "O34"), ("O37", "O36"), ("O43", "O42")]);
    assert_eq!(depends(2566), now);
}

/// Every item says what to publish, what passes and what does not; no year but the blanks' stands in it.
#[test]
fn every_item_has_its_example_without_a_year() {
    for year in builtin_years() {
        for item in of(year).items() {
            let publish = item.publish.as_ref().unwrap_or_else(|| panic!("{year} {}: no `publish`", item.id));
            let examples = item.examples.as_ref().unwrap_or_else(|| panic!("{year} {}: no `examples`", item.id));
            let texts = [&examples.passes, &examples.fails, publish].map(|text| [&text.th, &text.en]);
            for text in texts.as_flattened() {
                assert!(text.chars().count() >= 8 && !text.ends_with('.'), "{year} {}: {text}", item.id);
            }
            for text in [&examples.passes, &examples.fails].map(|text| [&text.th, &text.en]).as_flattened() {
                assert!(!text.contains("256") && !text.contains("O1"), "{year} {}: {text}", item.id);
            }
            let filled = examples.filled(FiscalYear::new(year));
            assert!(!format!("{} {}", filled.passes.th, filled.fails.en).contains('{'), "{year} {}", item.id);
        }
    }
}
