//! The page is about the item.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::item_names::{ANYWHERE, Claim};
use super::{ItemNames, Page, PageCheck, RuleStatus, World};
use crate::model::{Finding, Reason, ReasonCode, Text};
use crate::thai::Phrase;

/// Items listed on one page that make it a list of items.
const LISTED_ITEMS: usize = 8;

/// Codes of the shortest phrase that says for certain that a heading is about another item; shorter ones, such as
/// «contact», stand in many headings.
const TELLING: usize = 9;

/// Another item is named so many times for each time that this one is, where the text is about the other.
const OUTNUMBERED: usize = 4;

/// The page is about the item, and not about another one of the year. What it opens with says so, by its first words and by
/// what begins anew after a space or an «and»; else the link that led to it; else its text. Since agencies word things in
/// ways that no list exhausts, a page that names none is for a person, never failed for it. Where text was misread, what
/// looks like a name makes it likely, no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Phrases, any of which tells that the page is about the item.
    pub any: Vec<Phrase>,
    /// Phrases that make a heading or line with them be about another thing, such as «report» for a plan: in it none of
    /// `any` counts.
    #[serde(default)]
    pub unless: Vec<Phrase>,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

/// What a page is about, as against an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stance {
    /// The item.
    Item,
    /// Another item, by its place; and whether this one may be meant all the same.
    Other(usize, bool),
    /// Many items, which it lists.
    List,
    /// Nothing that is known.
    Unknown,
}

impl Stance {
    fn of(item: usize, page: &Page<'_>, names: &ItemNames) -> Self {
        let naming = page.own.naming(names);
        let times = |item: usize| naming.text.get(&item).copied().unwrap_or_default();
        let is_label = |claim: Option<&Claim>| claim.is_some_and(|claim| claim.heads);
        if let Some(label) = naming.label.get(&item).filter(|label| label.heads) {
            // A page may be headed by the name of a section in which another paper was put. A line below that says less than
            // the heading, such as who is responsible, is none.
            let below = other(item, &naming.title).filter(|_| !naming.title.contains_key(&item));
            let says_more = |other: usize| naming.title.get(&other).is_some_and(|claim| claim.length > label.length);
            return match below {
                Some(other) if times(other) >= times(item) && (says_more(other) || times(other) > 2 * times(item)) => {
                    Self::Other(other, times(item) > 0)
                }
                _ => Self::Item,
            };
        }
        if naming.listed >= LISTED_ITEMS {
            return Self::List;
        }
        let led = page.via.is_some_and(|via| is_label(names.claims(via, ANYWHERE).get(&item)));
        let own = times(item);
        if let Some(other) = other(item, &naming.label) {
            if naming.sections.contains_key(&item) {
                return Self::Item;
            }
            return Self::Other(other, naming.label.contains_key(&item) || (led && own > 0));
        }
        if led || naming.sections.contains_key(&item) || naming.label.contains_key(&item) {
            return Self::Item;
        }
        let rival = naming.text.iter().filter(|(other, _)| **other != item).max_by_key(|(_, times)| **times);
        match rival {
            _ if own == 0 => Self::Unknown,
            Some((other, times)) if *times >= own * OUTNUMBERED => Self::Other(*other, true),
            _ => Self::Item,
        }
    }
}

/// The other item that a title is about for certain.
fn other(item: usize, claims: &BTreeMap<usize, Claim>) -> Option<usize> {
    let telling = |(other, claim): &(&usize, &Claim)| **other != item && claim.heads && claim.length >= TELLING;
    claims.iter().filter(telling).max_by_key(|(_, claim)| claim.length).map(|(other, _)| *other)
}

impl PageCheck for Topic {
    fn selects(&self) -> bool {
        true
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        let stances = || {
            let item = world.names.place(world.item);
            pages
                .iter()
                .map(move |page| (page, item.map_or(Stance::Unknown, |item| Stance::of(item, page, world.names))))
        };
        if stances().any(|(_, stance)| stance == Stance::Item) {
            return Finding::met();
        }
        let first = pages.first();
        let leads = pages.iter().any(|page| page.own.anchors.has(&self.any));
        let element = Text::new("เนื้อหาของหัวข้อนี้", "content about this item");
        let reason = Reason::new(ReasonCode::ContentMissing)
            .with_text("element", element)
            .seeing(first.and_then(|page| page.document.title.clone()).unwrap_or_default());
        if let Some((page, quoted)) = pages.iter().find_map(|page| Some((page, page.resembling(&self.any)?))) {
            return Finding::unsure(true, reason.seeing(quoted).at(page.url));
        }
        let another = stances().find_map(|(page, stance)| match stance {
            Stance::Other(other, perhaps) => Some((page, world.names.at(other)?, perhaps)),
            _ => None,
        });
        if let Some((page, other, perhaps)) = another {
            let reason = Reason::new(ReasonCode::ContentOtherItem)
                .with("other", &other.id)
                .with_text("name", other.name.clone())
                .seeing(page.own.outline.says())
                .at(page.url);
            return Finding::unsure(perhaps || leads, reason);
        }
        // A title alone is set by the menu as often as by the content.
        let titled = pages.iter().any(|page| page.own.title.has(&self.any));
        Finding::unsure(leads || titled, first.map_or(reason.clone(), |page| reason.at(page.url)))
    }
}

#[cfg(test)]
mod tests {
    use super::Topic;
    use crate::checks::page_tests::{Site, World, document_of_text};
    use crate::checks::{ItemNames, PageCheck, RuleStatus};
    use crate::model::{Finding, Outcome, ReadNote, ReasonCode, Text};
    use crate::thai::Phrase;

    /// A small year: each item's name, what it is called, and what makes a heading be about something else.
    const YEAR: &[(&str, &[&str], &[&str])] = &[
        ("ข้อมูลผู้บริหาร", &["ข้อมูลผู้บริหาร", "คณะผู้บริหาร"], &[]),
        ("แผนดำเนินงานประจำปี", &["แผนการดำเนินงาน", "แผนดำเนินงาน"], &["รายงาน", "ติดตาม"]),
        ("รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน", &["ติดตามการดำเนินงาน", "รายงานผลการดำเนินงาน"], &[]),
        ("แผนปฏิบัติการป้องกันการทุจริต", &["แผนปฏิบัติการป้องกัน"], &["รายงาน"]),
        ("รายงานผลการดำเนินการป้องกันการทุจริต", &["ตามแผนปฏิบัติการป้องกัน", "การดำเนินการป้องกันการทุจริต"], &[]),
        ("มาตรการส่งเสริมคุณธรรม", &["มาตรการส่งเสริมคุณธรรม"], &[]),
        ("การดำเนินการตามมาตรการส่งเสริมคุณธรรม", &["ตามมาตรการ"], &[]),
    ];

    fn topic(any: &[&str], unless: &[&str]) -> Topic {
        let phrases = |all: &[&str]| all.iter().map(|phrase| Phrase::new(phrase)).collect();
        Topic { any: phrases(any), unless: phrases(unless), status: RuleStatus::Verified, source: String::new() }
    }

    /// What is found where a page is submitted for an item of the small year, by its place from 1.
    fn found(item: usize, site: &Site, via: Option<&str>) -> Finding {
        let topics: Vec<Topic> = YEAR.iter().map(|(_, any, unless)| topic(any, unless)).collect();
        let ids: Vec<_> = (1..=YEAR.len()).map(|at| format!("X{at}").parse().unwrap()).collect();
        let names: Vec<Text> = YEAR.iter().map(|(name, ..)| Text::new(*name, *name)).collect();
        let year = ids.iter().zip(&names).zip(&topics).map(|((id, name), topic)| (id, name, Some(topic)));
        let world = World { names: ItemNames::new(year), item: ids[item - 1].clone(), ..World::default() };
        site.check_in(&world, via, &topics[item - 1])
    }

    fn outcome(item: usize, html: &str) -> Outcome {
        found(item, &Site::with_page(html), None).outcome
    }

    #[test]
    fn headings_and_text_name_a_topic_and_menus_do_not() {
        assert_eq!(outcome(1, "<h2>ข้อมูล ผู้บริหาร</h2><p>นายก</p>"), Outcome::Met);
        assert_eq!(outcome(1, "<h2>บุคลากร</h2><p>รายชื่อคณะผู้บริหารมีดังนี้</p>"), Outcome::Met);
        let elsewhere = found(1, &Site::with_page("<h2>กฎหมายที่เกี่ยวข้อง</h2><p>พระราชบัญญัติ</p>"), None);
        assert_eq!((elsewhere.outcome, elsewhere.likely), (Outcome::Unsure, false));
        let index = found(1, &Site::with_page("<ul><li><a href=x>ข้อมูลผู้บริหาร</a></ul>"), None);
        assert_eq!((index.outcome, index.likely), (Outcome::Unsure, true));
        assert!(topic(&[], &[]).selects());
    }

    #[test]
    fn a_page_about_another_item_is_not_about_this_one() {
        let plan = "<h2>แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2563</h2><p>ให้ทุกกองรายงานผลการดำเนินงานต่อปลัดทุกไตรมาส</p>";
        assert_eq!(outcome(2, plan), Outcome::Met);
        let sibling = found(3, &Site::with_page(plan), None);
        assert_eq!((sibling.outcome, sibling.likely), (Outcome::Unsure, false));
        assert_eq!(sibling.reasons[0].code, ReasonCode::ContentOtherItem);
        assert_eq!(sibling.reasons[0].args["other"].th, "X2");
        let report = "<h2>รายงานผลการดำเนินงานตามแผนการดำเนินงาน รอบ 6 เดือน</h2><p>แผนการดำเนินงานมี 40 โครงการ</p>";
        assert_eq!((outcome(3, report), outcome(2, report)), (Outcome::Met, Outcome::Unsure));
    }

    #[test]
    fn a_name_inside_the_name_of_another_item_is_not_its_own() {
        let report = "<h2>ผลการปฏิบัติตามแผนปฏิบัติการป้องกันการทุจริต</h2><p>อบรมแล้ว 68 คน</p>";
        assert_eq!((outcome(5, report), outcome(4, report)), (Outcome::Met, Outcome::Unsure));
        let action = "<h2>การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส</h2><p>ประชุมพนักงาน</p>";
        assert_eq!((outcome(7, action), outcome(6, action)), (Outcome::Met, Outcome::Unsure));
    }

    #[test]
    fn a_page_may_serve_two_items() {
        for page in [
            "<h2>แผนการดำเนินงาน และมาตรการส่งเสริมคุณธรรม</h2><p>โครงการ</p>",
            "<h2>แผนการดำเนินงาน</h2><p>โครงการ 40 โครงการที่จะดำเนินการในปีนี้</p><h3>มาตรการส่งเสริมคุณธรรม</h3><p>งดรับของขวัญ</p>",
        ] {
            assert_eq!((outcome(2, page), outcome(6, page)), (Outcome::Met, Outcome::Met), "{page}");
        }
    }

    #[test]
    fn the_link_that_led_to_a_silent_page_says_what_it_is() {
        let site = Site::with_page("<h2>เอกสารแนบ</h2><p>โครงการก่อสร้างถนน 498,000 บาท</p>");
        assert_eq!(found(2, &site, None).outcome, Outcome::Unsure);
        assert_eq!(found(2, &site, Some("แผนการดำเนินงาน ปี 2563")).outcome, Outcome::Met);
    }

    #[test]
    fn a_list_of_the_items_is_about_none() {
        let rows: Vec<String> = YEAR.iter().map(|(name, ..)| format!("<tr><td>{name}<td>มี")).collect();
        let rows = rows.concat();
        let list = format!("<h2>การเปิดเผยข้อมูลสาธารณะ</h2><table>{rows}<tr><td>รายงานผลการดำเนินงาน</table>");
        assert_eq!(outcome(1, &list), Outcome::Met, "seven are not yet a list");
        assert_eq!(super::LISTED_ITEMS, YEAR.len() + 1);
    }

    #[test]
    fn what_looks_like_a_name_in_misread_text_makes_it_likely() {
        let text = "ข้อมูสผู้บริหาร นายกเทศมนตรี";
        let finding = |notes| found(1, &Site::with_document(document_of_text(text, notes)), None);
        assert!(!finding(vec![]).likely && !finding(vec![ReadNote::Repaired]).likely);
        let recognised = finding(vec![ReadNote::Recognised { pages: 1 }]);
        assert_eq!((recognised.outcome, recognised.likely), (Outcome::Unsure, true));
        assert_eq!(recognised.reasons[0].evidence.as_deref(), Some("ข้อมูสผู้บริหาร นายกเทศมนตรี ≈ ข้อมูลผู้บริหาร"));
    }
}
