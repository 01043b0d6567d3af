//! The published results of fiscal years 2563 and 2564, reproduced.

use std::collections::BTreeMap;

use super::{ItemScore, ItemScores, SurveyMeans, gains, grade, ita, mean, oit, path_to, score};
use crate::model::{GradeBand, IndicatorInfo, ItemId, Points, ScoreRules, SubIndicatorInfo, SurveyInfo, Text, Weights};

const SIZES: [(&str, &[usize]); 2] = [("9", &[9, 8, 7, 4, 5]), ("10", &[8, 2])];

fn rules() -> ScoreRules {
    let mut number = 0;
    let mut sub = |indicator: &str, at: usize, size: usize| SubIndicatorInfo {
        id: format!("{indicator}.{}", at + 1),
        name: Text::default(),
        items: (0..size)
            .map(|_| {
                number += 1;
                id(number)
            })
            .collect(),
    };
    let indicators = SIZES
        .iter()
        .map(|(indicator, sizes)| IndicatorInfo {
            id: (*indicator).to_owned(),
            name: Text::default(),
            sub_indicators: sizes.iter().enumerate().map(|(at, size)| sub(indicator, at, *size)).collect(),
        })
        .collect();
    let bands = [("AA", 95.0), ("A", 85.0), ("B", 75.0), ("C", 65.0), ("D", 55.0), ("E", 50.0), ("F", 0.0)];
    ScoreRules {
        survey: SurveyInfo::default(),
        indicators,
        weights: Weights { iit: 0.3, eit: 0.3, oit: 0.4 },
        grades: bands
            .map(|(grade, from)| GradeBand { grade: grade.to_owned(), grade_en: None, from, each_from: None })
            .to_vec(),
        target: 85.0,
    }
}

fn id(number: usize) -> ItemId {
    format!("X{number}").parse().unwrap()
}

fn with_zeros(zeros: &[usize]) -> ItemScores {
    (1..=43).map(|n| (id(n), ItemScore::sure(if zeros.contains(&n) { 0 } else { 100 }))).collect()
}

/// The first items of each sub-indicator missed, as many as a row of the official table needs.
fn with_misses(misses: [usize; 7]) -> ItemScores {
    let sizes = SIZES.iter().flat_map(|(_, sizes)| *sizes);
    let mut zeros = Vec::new();
    let mut first = 1;
    for (size, missed) in sizes.zip(misses) {
        zeros.extend(first..first + missed);
        first += size;
    }
    with_zeros(&zeros)
}

fn survey() -> SurveyMeans {
    SurveyMeans { iit: mean([89.69, 82.09, 80.42, 82.17, 85.30]).unwrap(), eit: mean([88.62, 90.46, 82.80]).unwrap() }
}

const SEED_ZEROS: &[usize] = &[5, 9, 11, 17, 32, 42, 43];

#[test]
fn the_published_result_of_2563() {
    let score = score(&rules(), &with_zeros(SEED_ZEROS), Some(survey()));
    let printed = |map: &indexmap::IndexMap<String, Option<Points>>| -> Vec<String> {
        map.iter().map(|(id, points)| format!("{id} {}", points.unwrap())).collect()
    };
    assert_eq!(
        printed(&score.sub_indicators),
        ["9.1 77.78", "9.2 75.00", "9.3 100.00", "9.4 100.00", "9.5 80.00", "10.1 100.00", "10.2 0.00"]
    );
    assert_eq!(printed(&score.indicators), ["9 86.56", "10 50.00"]);
    assert_eq!(score.oit.predicted.unwrap().to_string(), "68.28");
    assert_eq!(Points(survey().iit).to_string(), "83.93");
    assert_eq!(Points(survey().eit).to_string(), "87.29");
    let ita = score.ita.unwrap();
    assert_eq!(ita.predicted.unwrap().to_string(), "78.68");
    assert_eq!(ita.grade.as_deref(), Some("B"));
}

/// Province of Phichit, official table 4.26 of fiscal year 2564: indicators 9 and 10, and OIT out of 40.
#[test]
fn the_published_results_of_2564() {
    let rows: &[([usize; 7], &str, &str, &str)] = &[
        ([0, 0, 0, 0, 0, 0, 0], "100.00", "100.00", "40.00"),
        ([0, 1, 0, 0, 1, 0, 0], "93.50", "100.00", "38.70"),
        ([0, 1, 0, 0, 0, 0, 0], "97.50", "100.00", "39.50"),
        ([1, 0, 0, 0, 0, 1, 0], "97.78", "93.75", "38.31"),
        ([0, 0, 1, 0, 0, 0, 0], "97.14", "100.00", "39.43"),
        ([0, 1, 0, 0, 0, 2, 0], "97.50", "87.50", "37.00"),
        ([1, 0, 0, 0, 1, 0, 0], "93.78", "100.00", "38.76"),
        ([0, 0, 0, 0, 1, 0, 0], "96.00", "100.00", "39.20"),
        ([0, 1, 0, 1, 0, 1, 0], "92.50", "93.75", "37.25"),
        ([0, 3, 0, 0, 0, 1, 0], "92.50", "93.75", "37.25"),
        ([0, 1, 1, 0, 0, 0, 0], "94.64", "100.00", "38.93"),
    ];
    for (misses, nine, ten, of_forty) in rows {
        let score = score(&rules(), &with_misses(*misses), None);
        assert_eq!(score.indicators["9"].unwrap().to_string(), *nine, "{misses:?}");
        assert_eq!(score.indicators["10"].unwrap().to_string(), *ten, "{misses:?}");
        let Points(oit) = score.oit.predicted.unwrap();
        assert_eq!(Points(oit * 0.4).to_string(), *of_forty, "{misses:?}");
        assert!(score.ita.is_none());
    }
}

#[test]
fn grades_are_of_the_printed_score() {
    let rules = rules();
    for (total, expected) in [
        (78.68, "B"),
        (94.73, "A"),
        (95.0, "AA"),
        (94.994, "A"),
        (94.995, "AA"),
        (84.99, "B"),
        (85.0, "A"),
        (74.99, "C"),
        (64.99, "D"),
        (54.99, "E"),
        (49.99, "F"),
        (0.0, "F"),
    ] {
        let band = rules.band(Points(total), None).unwrap();
        assert_eq!(band.grade, expected, "{total}");
    }
}

/// The bands from fiscal year 2566 on.
fn rules_of_2566() -> ScoreRules {
    let band = |grade: &str, from: f64, each_from: Option<f64>| GradeBand {
        grade: grade.to_owned(),
        grade_en: None,
        from,
        each_from,
    };
    ScoreRules {
        survey: SurveyInfo::default(),
        grades: vec![
            band("ผ่านดีเยี่ยม", 95.0, Some(95.0)),
            band("ผ่านดี", 85.0, Some(85.0)),
            band("ผ่าน", 85.0, None),
            band("ต้องปรับปรุง", 70.0, None),
            band("ต้องปรับปรุงโดยด่วน", 0.0, None),
        ],
        ..rules()
    }
}

#[test]
fn a_grade_may_demand_a_least_score_of_each_instrument() {
    let rules = rules_of_2566();
    let of = |iit: f64, eit: f64, oit: f64| grade(&rules, SurveyMeans { iit, eit }, oit).unwrap();
    // Totals 95.81 (Thai PBS, 2566) and 94.64 (State Audit Office, 2568) as announced, with instruments that give them.
    assert_eq!(Points(ita(&rules, SurveyMeans { iit: 90.0, eit: 96.0333 }, 100.0)).to_string(), "95.81");
    assert_eq!(of(90.0, 96.0333, 100.0), "ผ่านดี");
    assert_eq!(Points(ita(&rules, SurveyMeans { iit: 98.0, eit: 84.1333 }, 100.0)).to_string(), "94.64");
    assert_eq!(of(98.0, 84.1333, 100.0), "ผ่าน");
    assert_eq!(of(95.0, 95.0, 95.0), "ผ่านดีเยี่ยม");
    assert_eq!(of(94.994, 100.0, 100.0), "ผ่านดี");
    assert_eq!(of(94.995, 100.0, 100.0), "ผ่านดีเยี่ยม", "scores count as printed");
    assert_eq!(of(100.0, 100.0, 84.99), "ผ่าน");
    assert_eq!(of(84.0, 84.0, 84.0), "ต้องปรับปรุง");
    assert_eq!(of(60.0, 60.0, 60.0), "ต้องปรับปรุงโดยด่วน");
    let by_total = |total: f64| rules.band(Points(total), None).map(|band| band.grade.as_str());
    assert_eq!((by_total(90.0), by_total(80.0)), (None, Some("ต้องปรับปรุง")), "unknown where it hangs on more");
}

#[test]
fn what_grades_demand_of_oit_is_told_without_surveys() {
    let result = score(&rules_of_2566(), &with_zeros(&[42]), None);
    let conditions: Vec<(f64, Option<bool>)> =
        result.grade_conditions.iter().map(|one| (one.oit_from.0, one.met)).collect();
    assert_eq!((conditions, result.ita), (vec![(95.0, Some(false)), (85.0, Some(true))], None));
    assert!(score(&rules(), &with_zeros(&[42]), None).grade_conditions.is_empty());
    let unknown = score(&rules_of_2566(), &ItemScores::new(), None);
    assert!(unknown.grade_conditions.iter().all(|one| one.met.is_none()));
}

#[test]
fn the_worth_of_an_item_is_that_of_its_sub_indicator() {
    let rules = rules();
    let zeros: Vec<usize> = (1..=43).collect();
    let gains = gains(&rules, &with_zeros(&zeros));
    let of = |n: usize| {
        let gain = gains.iter().find(|g| g.item == id(n)).unwrap();
        (Points(gain.oit).to_string(), Points(gain.ita).to_string())
    };
    for (n, oit, ita) in [
        (1, "1.11", "0.44"),
        (10, "1.25", "0.50"),
        (18, "1.43", "0.57"),
        (25, "2.50", "1.00"),
        (29, "2.00", "0.80"),
        (34, "3.13", "1.25"),
        (42, "12.50", "5.00"),
    ] {
        assert_eq!(of(n), (oit.to_owned(), ita.to_owned()), "item {n}");
    }
    assert_eq!(gains[0].item, id(42));
}

#[test]
fn what_if_of_the_published_result() {
    let rules = rules();
    let with = |fixed: &[usize]| {
        let zeros: Vec<usize> = SEED_ZEROS.iter().copied().filter(|n| !fixed.contains(n)).collect();
        let items = with_zeros(&zeros);
        let oit = oit(&rules, |id| items.get(id).map(|s| s.likely)).unwrap();
        (Points(oit).to_string(), Points(ita(&rules, survey(), oit)).to_string())
    };
    assert_eq!(with(&[42, 43]), ("93.28".to_owned(), "88.68".to_owned()));
    assert_eq!(with(&[5, 9, 11, 17, 32]), ("75.00".to_owned(), "81.37".to_owned()));
}

#[test]
fn the_way_to_the_target_goes_by_gain_and_keeps_the_order_of_dependencies() {
    let rules = rules();
    let items = with_zeros(SEED_ZEROS);
    let after = BTreeMap::from([(id(43), vec![id(42)])]);
    let gains = gains(&rules, &items);
    let (path, score) = path_to(&rules, &items, &gains, &after, 85.0).unwrap();
    assert_eq!(path, [id(42), id(43)]);
    assert_eq!(Points(score).to_string(), "93.28");
    let (path, _) = path_to(&rules, &items, &gains, &after, 60.0).unwrap();
    assert!(path.is_empty());
}

#[test]
fn reviews_open_a_range_and_the_unknown_stays_unknown() {
    let rules = rules();
    let mut items = with_zeros(&[]);
    items.insert(id(42), ItemScore::review(false));
    items.insert(id(43), ItemScore::review(true));
    let result = score(&rules, &items, None);
    let print = |p: Option<Points>| p.unwrap().to_string();
    assert_eq!(print(result.oit.low), "75.00");
    assert_eq!(print(result.oit.predicted), "87.50");
    assert_eq!(print(result.oit.high), "100.00");
    items.remove(&id(1));
    let result = score(&rules, &items, Some(survey()));
    assert_eq!(result.oit.predicted, None);
    assert_eq!(result.sub_indicators["9.1"], None);
    assert_eq!(result.indicators["9"], None);
    assert_eq!(print(result.indicators["10"]), "75.00");
    assert_eq!(result.ita.unwrap().grade, None);
}
