//! Whether an official result fits together: announced scores must follow from announced items.

use indexmap::IndexMap;

use crate::config::Official;
use crate::model::{ItemId, Points, Score, ScoreRules, Text};
use crate::score::{self, ItemScore, ItemScores, SurveyMeans};

/// The scores that the announced items give; unknown where an item is.
pub(super) fn reckoned(rules: &ScoreRules, official: &Official) -> Score {
    let items: ItemScores = official.items.iter().map(|(id, item)| (id.clone(), ItemScore::sure(item.score))).collect();
    score::score(rules, &items, None)
}

/// What does not fit together, in words.
pub(super) fn doubts(rules: &ScoreRules, official: &Official) -> Vec<Text> {
    let (announced, reckoned) = (&official.scores, reckoned(rules, official));
    let mut doubts = Vec::new();
    let mut number = |names: &IndexMap<String, f64>, of: &IndexMap<String, Option<Points>>| {
        for (number, announced) in names {
            match of.get(number) {
                None => doubts
                    .push(Text::new(format!("ปีนี้ไม่มีตัวชี้วัด {number}"), format!("The year has no indicator {number}."))),
                Some(points) => doubts.extend(differs(number, *points, *announced)),
            }
        }
    };
    number(&announced.sub_indicators, &reckoned.sub_indicators);
    number(&announced.indicators, &reckoned.indicators);
    if let Some(oit) = announced.oit {
        doubts.extend(differs("OIT", reckoned.oit.predicted, oit));
    }
    if let (Some(iit), Some(eit), Some(oit), Some(ita)) = (announced.iit, announced.eit, announced.oit, announced.ita) {
        let total = score::ita(rules, SurveyMeans { iit, eit }, oit);
        // Each part was rounded before it was announced.
        if (total - ita).abs() > 0.011 {
            doubts.extend(differs("ITA", Some(Points(total)), ita));
        }
    }
    let instruments = match (announced.iit, announced.eit, announced.oit) {
        (Some(iit), Some(eit), Some(oit)) => Some([iit, eit, oit].map(Points)),
        _ => None,
    };
    if let (Some(ita), Some(announced)) = (announced.ita, announced.grade.as_deref())
        && let Some(grade) =
            rules.band(Points(ita), instruments).map(|band| &band.grade).filter(|grade| *grade != announced)
    {
        doubts.push(Text::new(
            format!("คะแนน ITA {} เป็นระดับ {grade} แต่ที่ประกาศคือ {announced}", Points(ita)),
            format!("An ITA of {} is grade {grade}; announced is {announced}.", Points(ita)),
        ));
    }
    let unknown: Vec<&str> = official.items.keys().filter(|id| !has(rules, id)).map(ItemId::as_str).collect();
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        doubts.push(Text::new(
            format!("เกณฑ์ของรายงานไม่มีข้อ {unknown}"),
            format!("The rules of the report have no item {unknown}."),
        ));
    }
    doubts
}

/// Whether the rules have an item.
pub(super) fn has(rules: &ScoreRules, id: &ItemId) -> bool {
    rules.indicators.iter().flat_map(|indicator| &indicator.sub_indicators).any(|sub| sub.items.contains(id))
}

fn differs(name: &str, reckoned: Option<Points>, announced: f64) -> Option<Text> {
    let reckoned = reckoned?;
    let announced = Points(announced);
    // As printed: scores are announced with two decimals.
    (reckoned.to_string() != announced.to_string()).then(|| {
        Text::new(
            format!("คะแนนรายข้อให้ {name} เท่ากับ {reckoned} แต่ที่ประกาศคือ {announced}"),
            format!("The items give {reckoned} for {name}; announced is {announced}."),
        )
    })
}
