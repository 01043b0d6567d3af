//! The page has content of its own, and this program can read it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use url::Url;

use super::{Page, PageCheck, World};
use crate::model::{Finding, Readability, Reason, ReasonCode, Text, is_web};
use crate::thai::{self, Phrase};

/// With less content than this, in characters, a page is as good as empty unless it has a form or something to open.
const THIN: usize = 60;

/// Characters of a criterion that are quoted.
const QUOTED: usize = 160;

/// So many links are a list that may be the content itself, such as one of laws.
const LIST: usize = 5;

/// A page that says that its content is yet to come, and holds less than this besides, has none.
const PLACEHOLDER: usize = 400;

/// The page has content of its own. Nothing but the site's template is an empty page; content that this program cannot
/// read, and a page with hardly any, is for a person.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Readable {
    /// Phrases by which a short page says that its content is yet to come, or repeats what is demanded instead of
    /// showing it.
    #[serde(default)]
    pub placeholders: Vec<Phrase>,
}

impl PageCheck for Readable {
    fn gates(&self) -> bool {
        true
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        pages.iter().map(|page| self.one(page, world)).reduce(Finding::or).unwrap_or_else(Finding::met)
    }
}

impl Readable {
    fn one(&self, page: &Page<'_>, world: &World<'_>) -> Finding {
        let own = page.own;
        let unreadable = |why: Text| {
            Finding::unsure(true, Reason::new(ReasonCode::ContentUnreadable).with_text("why", why).at(page.url))
        };
        let partly = page.document.readability == Readability::Partial || page.answer.capped;
        let text = own.text.text.chars().count();
        let content = text + own.anchors.text.chars().count();
        let usable = page.forms().next().is_some() || page.frames().next().is_some();
        // A short page that hands out a document is as good as the document, which is judged by itself if it was read.
        let opens = page.documents().count() < page.links().count();
        let listed = page.links().count() >= LIST || page.links().any(|link| leads_away(page, &link.url));
        if content > 0 && partly {
            let too_large = page.answer.capped.then(|| too_large(page).info());
            return too_large.map_or_else(Finding::met, Finding::met_with);
        }
        if own.substance < THIN
            && !usable
            && let Some(criterion) = own.criteria.first()
        {
            let own = Text::new(
                "ข้อมูลของหน่วยงานเอง (ในหน้ามีเพียงข้อความเกณฑ์การประเมิน)",
                "the agency's own content (the page only repeats the criteria of the assessment)",
            );
            let reason = Reason::new(ReasonCode::ContentMissing).with_text("element", own);
            let quoted = criterion.chars().take(QUOTED).collect::<String>();
            return Finding::unsure(false, reason.at(page.url).seeing(quoted));
        }
        if content < PLACEHOLDER
            && !usable
            && let Some(at) = thai::find_any(&own.text.text, &self.placeholders)
        {
            let quote = thai::snippet(&own.text.text, at, 40);
            return Finding::unsure(false, Reason::new(ReasonCode::ContentEmpty).at(page.url).seeing(quote));
        }
        if own.substance < THIN && !listed && !usable && own.pictures.is_empty() && page.links().next().is_some() {
            // What the links are called is not what they lead to.
            return unreadable(Text::new(
                "เนื้อหาอยู่ใน link ที่ต้องเปิดอ่าน",
                "the content is behind a link that has to be opened",
            ));
        }
        if content >= THIN || (content > 0 && (usable || opens || !own.pictures.is_empty())) || usable {
            return Finding::met();
        }
        match page.unread_itself(world) {
            Some(why) => unreadable(why),
            None if page.documents().next().is_some() => {
                unreadable(Text::new("เนื้อหาอยู่ในเอกสารที่ต้องเปิดอ่าน", "the content is in a document that has to be opened"))
            }
            None if own.in_chrome > THIN => {
                unreadable(Text::new("เนื้อหาอยู่ในส่วนเมนูหรือท้ายหน้า", "the content stands in navigation"))
            }
            None if content > 0 || !own.heading.text.is_empty() => {
                Finding::unsure(false, Reason::new(ReasonCode::ContentEmpty).at(page.url))
            }
            None => Finding::not_met(Reason::new(ReasonCode::ContentEmpty).at(page.url)),
        }
    }
}

/// Whether a link leads from a page to another host, as to a service or a law does.
fn leads_away(page: &Page<'_>, url: &Url) -> bool {
    is_web(url) && url.host() != page.answer.final_url.host()
}

fn too_large(page: &Page<'_>) -> Reason {
    let mebibytes = page.answer.bytes.div_ceil(1024 * 1024);
    Reason::new(ReasonCode::LinkTooLarge).with("limit", format_args!("{mebibytes} MiB")).at(page.url)
}

#[cfg(test)]
mod tests {
    use super::Readable;
    use crate::checks::PageCheck;
    use crate::checks::page_tests::{Site, document_of_kind};
    use crate::model::{MediaKind, Outcome, ReasonCode};
    use crate::thai::Phrase;

    fn found(html: &str) -> (Outcome, Option<ReasonCode>) {
        let check =
            Readable { placeholders: vec![Phrase::new("อยู่ระหว่างปรับปรุง")] };
        let finding = Site::with_page(html).check(&check);
        (finding.outcome, finding.reasons.first().map(|reason| reason.code))
    }

    #[test]
    fn a_page_with_nothing_but_the_template_is_empty() {
        assert_eq!(found(""), (Outcome::NotMet, Some(ReasonCode::ContentEmpty)));
        let text = "<h2>โครงสร้าง</h2><p>องค์การบริหารส่วนตำบลแบ่งส่วนราชการภายในเป็นสำนักปลัด กองคลัง กองช่าง และกองการศึกษา</p>";
        assert_eq!(found(text), (Outcome::Met, None));
    }

    #[test]
    fn a_heading_or_a_promise_alone_is_for_a_person() {
        for html in [
            "<h2>แผนดำเนินงาน ปี 2563</h2>",
            "<h2>แผน</h2><p>ปี 2563</p>",
            "<h2>แผน</h2><p>ขออภัย ขณะนี้ข้อมูลอยู่ระหว่างปรับปรุง โปรดกลับมาใหม่ภายหลัง ขอบคุณที่ติดตามข่าวสารของเรา</p>",
        ] {
            assert_eq!(found(html), (Outcome::Unsure, Some(ReasonCode::ContentEmpty)), "{html}");
        }
    }

    #[test]
    fn criteria_and_names_of_links_are_not_content() {
        let criterion = "แสดงแผนการดำเนินภารกิจของหน่วยงานที่มีระยะ 1 ปี มีข้อมูลรายละเอียดของแผน เช่น โครงการ งบประมาณ เป็นต้น";
        let criteria = format!("<h2>แผนดำเนินงาน ปี 2563</h2><p>{criterion}</p>");
        assert_eq!(found(&criteria), (Outcome::Unsure, Some(ReasonCode::ContentMissing)));
        let own = "<p>ก่อสร้างถนนคอนกรีตเสริมเหล็ก หมู่ที่ 4 งบประมาณ 498,000 บาท ตุลาคม 2562 ถึงมีนาคม 2563</p>";
        assert_eq!(found(&format!("{criteria}{own}")), (Outcome::Met, None));
        let links = "<h2>เจตจำนงสุจริต</h2><ul><li><a href=a1>ประกาศเจตจำนงสุจริตของผู้บริหาร ด้วยความซื่อสัตย์สุจริต โปร่งใส ตรวจสอบได้</a></ul>";
        assert_eq!(found(links), (Outcome::Unsure, Some(ReasonCode::ContentUnreadable)));
    }

    #[test]
    fn content_in_pictures_files_or_scripts_is_for_a_person() {
        for html in [
            "<img src=scan1.jpg>",
            "<div id=root></div><script src=a.js></script>",
            "<nav><p>เนื้อหาทั้งหมดของหน้านี้ยังอยู่ในเมนูที่ไม่ได้ปิด จึงไม่รู้ว่าเป็นเมนูหรือเนื้อหา</p>",
        ] {
            assert_eq!(found(html), (Outcome::Unsure, Some(ReasonCode::ContentUnreadable)), "{html}");
        }
        let site = Site::with_document(document_of_kind(MediaKind::Pdf));
        assert_eq!(site.check(&Readable::default()).outcome, Outcome::Unsure);
        assert!(!Readable::default().selects());
    }
}
