//! A report for tests: the agency, the year and the zeros of a real result, with one item that is left to a person.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::model::{
    AgencyInfo, CatalogInfo, CatalogStatus, FiscalYear, Fix, GradeBand, IndicatorInfo, ItaScore, ItemId, ItemResult,
    Level, LinkResult, PathToTarget, Place, Points, REPORT_SCHEMA, Range, ReasonCode, ReasonEntry, Report, RuleStatus,
    Score, ScoreRules, Standing, Stats, SubIndicatorInfo, SurveyInfo, SurveyScores, Text, Verdict, Weights,
};

const ITEMS: &str = include_str!("../../tests/data/report_items.tsv");
const SURVEYS: f64 = 0.3 * 83.934 + 0.3 * 87.293;

/// The indicators of the surveys, with their scores.
const IIT: [(&str, f64); 5] = [
    ("การปฏิบัติหน้าที่", 89.69),
    ("การใช้งบประมาณ", 82.09),
    ("การใช้อำนาจ", 80.42),
    ("การใช้ทรัพย์สินของราชการ", 82.17),
    ("การแก้ไขปัญหาการทุจริต", 85.30),
];
const EIT: [(&str, f64); 3] = [("คุณภาพการดำเนินงาน", 88.62), ("ประสิทธิภาพการสื่อสาร", 90.46), ("การปรับปรุงการทำงาน", 82.80)];

/// Numbers and names of indicators and their parts.
const STRUCTURE: [(&str, &str, &str); 9] = [
    ("9", "การเปิดเผยข้อมูล", "Disclosure of data"),
    ("9.1", "ข้อมูลพื้นฐาน", "Basic data"),
    ("9.2", "การบริหารงาน", "Administration"),
    ("9.3", "การบริหารเงินงบประมาณ", "Budget"),
    ("9.4", "การบริหารและพัฒนาทรัพยากรบุคคล", "Human resources"),
    ("9.5", "การส่งเสริมความโปร่งใส", "Transparency"),
    ("10", "การป้องกันการทุจริต", "Prevention of corruption"),
    ("10.1", "การดำเนินการเพื่อป้องกันการทุจริต", "Action against corruption"),
    ("10.2", "มาตรการภายในเพื่อป้องกันการทุจริต", "Internal measures against corruption"),
];

/// The report.
pub(super) fn report() -> Report {
    let items: Vec<ItemResult> = ITEMS.lines().skip(1).map(item).collect();
    let indicators = structure(&items);
    let oit = |review: fn(&ItemResult) -> f64| average(&indicators, &items, review).0;
    let (likely, low, high) = (oit(|item| f64::from(item.likely_score)), oit(|_| 0.0), oit(|_| 100.0));
    let (_, by_indicator, by_sub) = average(&indicators, &items, |item| f64::from(item.likely_score));
    let ita = |oit: f64| Some(Points(SURVEYS + 0.4 * oit));
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        tool_version: "0.1.0".to_owned(),
        agency: AgencyInfo {
            name: "องค์การบริหารส่วนตำบลนางรอง".to_owned(),
            website: "https://www.nangrong.go.th/".parse().unwrap(),
            file: "nang-rong.yaml".to_owned(),
        },
        fiscal_year: FiscalYear::new(2563),
        catalog_status: CatalogStatus::Verified,
        catalog: CatalogInfo::default(),
        started_at: "2020-07-01T09:00:00+07:00[Asia/Bangkok]".parse().unwrap(),
        finished_at: "2020-07-01T09:00:41+07:00[Asia/Bangkok]".parse().unwrap(),
        complete: true,
        notes: Vec::new(),
        score: Score {
            oit: Range { predicted: Some(Points(likely)), low: Some(Points(low)), high: Some(Points(high)) },
            indicators: by_indicator,
            sub_indicators: by_sub,
            ita: Some(ItaScore {
                predicted: ita(likely),
                low: ita(low),
                high: ita(high),
                grade: Some("B".to_owned()),
                grade_low: None,
                grade_high: None,
            }),
            grade_conditions: Vec::new(),
        },
        survey: Some(SurveyScores {
            iit: IIT.map(|(_, score)| Points(score)).to_vec(),
            eit: EIT.map(|(_, score)| Points(score)).to_vec(),
        }),
        fixes: fixes(&indicators),
        path: Some(PathToTarget {
            target: Points(85.0),
            items: vec![id("O42"), id("O43")],
            oit: Points(likely + 25.0),
        }),
        rules: ScoreRules {
            indicators,
            survey: SurveyInfo {
                iit: IIT.map(|(name, _)| Text::new(name, name)).to_vec(),
                eit: EIT.map(|(name, _)| Text::new(name, name)).to_vec(),
            },
            weights: Weights { iit: 0.3, eit: 0.3, oit: 0.4 },
            grades: [("AA", 95.0), ("A", 85.0), ("B", 75.0), ("C", 65.0), ("D", 55.0), ("E", 50.0), ("F", 0.0)]
                .map(|(grade, from)| GradeBand { grade: grade.to_owned(), grade_en: None, from, each_from: None })
                .to_vec(),
            target: 85.0,
        },
        items,
        memo: None,
        stats: Stats { requests: 97, bytes: 13_002_342, elapsed_ms: 41_049, hosts: 3 },
    }
}

/// An identifier.
pub(super) fn id(text: &str) -> ItemId {
    text.parse().unwrap()
}

fn item(line: &str) -> ItemResult {
    let fields: Vec<&str> = line.split('\t').collect();
    let [item, sub, name, name_en, verdict, code, message, message_en, url, evidence] = fields[..] else {
        panic!("{line}")
    };
    let (verdict, level) = match verdict {
        "pass" => (Verdict::Pass, Level::Info),
        "advice" => (Verdict::Advice, Level::Advice),
        "review" => (Verdict::Review, Level::Review),
        _ => (Verdict::Fail, Level::Fail),
    };
    let reasons = ReasonCode::ALL.iter().find(|known| known.as_str() == code).map(|&code| ReasonEntry {
        code,
        level,
        message: message.to_owned(),
        message_en: message_en.to_owned(),
        url: url.parse().ok(),
        evidence: (!evidence.is_empty()).then(|| evidence.to_owned()),
    });
    let submitted = if url.is_empty() { format!("https://www.nangrong.go.th/{item}") } else { url.to_owned() };
    ItemResult {
        id: id(item),
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        sub_indicator: sub.to_owned(),
        group: Text::new("", ""),
        place: Some(Place { line: 5 + u32::from(item[1..].parse::<u16>().unwrap()), column: 3 }),
        standing: Standing { status: RuleStatus::Verified, source: "itas.nacc.go.th".to_owned() },
        verdict,
        score: match verdict {
            Verdict::Pass | Verdict::Advice => Some(100),
            Verdict::Fail => Some(0),
            Verdict::Review => None,
        },
        likely_score: if verdict == Verdict::Fail { 0 } else { 100 },
        confidence: Some(if verdict == Verdict::Review { 0.8 } else { 0.97 }),
        reasons: reasons.into_iter().collect(),
        urls: vec![LinkResult {
            url: submitted,
            final_url: None,
            status: Some(200),
            kind: Some("html".to_owned()),
            bytes: 1234,
            elapsed_ms: 87,
            title: None,
            outcome: "opened".to_owned(),
            years: vec![2563],
            place: Some(Place { line: 5 + u32::from(item[1..].parse::<u16>().unwrap()), column: 7 }),
            path: None,
            screenshot: None,
        }],
        documents: Vec::new(),
    }
}

fn structure(items: &[ItemResult]) -> Vec<IndicatorInfo> {
    let (subs, tops): (Vec<_>, Vec<_>) = STRUCTURE.iter().partition(|(number, ..)| number.contains('.'));
    let sub = |&&(number, th, en): &&(&str, &str, &str)| SubIndicatorInfo {
        id: number.to_owned(),
        name: Text::new(th, en),
        items: items.iter().filter(|item| item.sub_indicator == number).map(|item| item.id.clone()).collect(),
    };
    tops.iter()
        .map(|&&(number, th, en)| IndicatorInfo {
            id: number.to_owned(),
            name: Text::new(th, en),
            sub_indicators: subs.iter().filter(|(sub, ..)| sub.split('.').next() == Some(number)).map(sub).collect(),
        })
        .collect()
}

type ByNumber = IndexMap<String, Option<Points>>;

/// OIT, indicators and sub-indicators: averages of averages.
fn average(
    indicators: &[IndicatorInfo],
    items: &[ItemResult],
    review: fn(&ItemResult) -> f64,
) -> (f64, ByNumber, ByNumber) {
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / f64::from(u32::try_from(scores.len()).unwrap());
    let (mut tops, mut subs) = (IndexMap::new(), IndexMap::new());
    let mut all = Vec::new();
    for indicator in indicators {
        let mut inside = Vec::new();
        for sub in &indicator.sub_indicators {
            let scores: Vec<f64> = items
                .iter()
                .filter(|item| item.sub_indicator == sub.id)
                .map(|item| item.score.map_or_else(|| review(item), f64::from))
                .collect();
            inside.push(mean(&scores));
            subs.insert(sub.id.clone(), Some(Points(mean(&scores))));
        }
        all.push(mean(&inside));
        tops.insert(indicator.id.clone(), Some(Points(mean(&inside))));
    }
    (mean(&all), tops, subs)
}

fn fixes(indicators: &[IndicatorInfo]) -> Vec<Fix> {
    let todo = BTreeMap::from([
        (
            "O42",
            (
                "วิเคราะห์ผลการประเมิน ITA ปี 2562 ของหน่วยงาน แล้วประกาศมาตรการที่มีผู้รับผิดชอบและกำหนดเวลา",
                "Analyse the agency's ITA result of 2562 and publish measures with those responsible and dates",
            ),
        ),
        ("O43", ("เผยแพร่รายงานผลการดำเนินการตามมาตรการในข้อ O42", "Publish a report on what was done under O42")),
        ("O32", ("เปิดช่องทางรับฟังความคิดเห็นที่แยกจากช่องทางร้องเรียน", "Open a channel for opinions of its own")),
        ("O11", ("เผยแพร่รายงานรอบ 6 เดือน ของปี 2563", "Publish the six-month report of 2563")),
        ("O17", ("เปิดบริการที่ประชาชนยื่นคำขอออนไลน์ได้", "Offer a service that citizens can use online")),
        ("O5", ("แก้ link ให้เปิดได้", "Make the link open")),
        ("O8", ("เปิดช่องทางถาม-ตอบ", "Open a way to ask and be answered")),
        ("O9", ("แนบหน้าเว็บไซต์ของหน่วยงานที่มี link ไป social network", "Submit the page of the website that links to it")),
    ]);
    let mut fixes: Vec<Fix> = todo
        .into_iter()
        .map(|(item, (th, en))| {
            let (top, sub) = indicators
                .iter()
                .flat_map(|top| top.sub_indicators.iter().map(move |sub| (top, sub)))
                .find(|(_, sub)| sub.items.contains(&id(item)))
                .unwrap();
            let parts = indicators.len() * top.sub_indicators.len() * sub.items.len();
            let gain = 100.0 / f64::from(u32::try_from(parts).unwrap());
            // The one that is left to a person leans to a pass, so that it can only lose.
            let (gain, loss) = if item == "O8" { (0.0, gain) } else { (gain, 0.0) };
            Fix {
                item: id(item),
                oit_gain: Points(gain),
                ita_gain: Points(gain * 0.4),
                oit_loss: Points(loss),
                ita_loss: Points(loss * 0.4),
                next_step: Text::new(format!("เปิดหน้าของข้อ {item}"), format!("Open the page of {item}")),
                after: if item == "O43" { vec![id("O42")] } else { Vec::new() },
                todo: Text::new(th, en),
            }
        })
        .collect();
    fixes.sort_by(|a, b| b.oit_gain.0.total_cmp(&a.oit_gain.0).then_with(|| a.item.cmp(&b.item)));
    fixes
}
