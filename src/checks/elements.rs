//! The required elements are shown.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{IfNot, Page, PageCheck, Pattern, RuleStatus, World};
use crate::model::{Finding, MediaKind, Reason, ReasonCode, Text};
use crate::thai::{Folded, Phrase, is_mark};

/// An element that the content must show: one of several phrases, or a thing with a form of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// What it is called.
    pub name: Text,
    /// Phrases, any of which shows it.
    #[serde(default)]
    pub phrases: Vec<Phrase>,
    /// Phrases that show it as the name of a column, a section or a field: in a short line, or at the beginning of a longer one
    /// before its content. In running text they may mean anything.
    #[serde(default)]
    pub labels: Vec<Phrase>,
    /// Longer phrases, inside which one of those means something else: «รายงานผลการดำเนินงาน», a title, for «ผลการดำเนินงาน».
    #[serde(default)]
    pub unless: Vec<Phrase>,
    /// It is something that was done: a phrase does not show it right after a word for what is still to come or was left
    /// undone, such as «จะ» and «ยังไม่ได้».
    #[serde(default)]
    pub done: bool,
    /// The page's first heading shows it too, as on a page that is a form and says nothing else.
    #[serde(default)]
    pub heading: bool,
    /// How often the phrases must stand on a page, all together; once where it is left out.
    #[serde(default = "once")]
    pub times: usize,
    /// Things, any of which shows it.
    #[serde(default)]
    pub patterns: Vec<Pattern>,
    /// Things, one of which must be shown as well: a word for a budget is no budget without a number.
    #[serde(default)]
    pub with: Vec<Pattern>,
    /// Phrases that hint at it without showing it, such as a label whose value is a picture: a person has to look then.
    #[serde(default)]
    pub hints: Vec<Phrase>,
    /// What follows where it is absent though everything was read.
    #[serde(default)]
    pub if_absent: IfNot,
    /// The assessors' own words where it is absent.
    #[serde(default)]
    pub wording: Option<Text>,
    /// How far the demand is verified.
    pub status: RuleStatus,
    /// Where the demand is from.
    pub source: String,
}

/// Every element is shown by the pages together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Elements {
    /// The elements.
    pub all: Vec<Element>,
}

/// Letters of the longest line that is a label.
const LABEL: usize = 60;

/// Letters of the longest beginning of a line that names what follows.
const OPENING: usize = 24;

/// Letters of the longest line that is a part of a broken label.
const BROKEN_LABEL: usize = 24;

/// Lines over which a label may be broken.
const BROKEN: usize = 3;

/// Words of the shortest row of a table, and letters of the longest word in one.
const ROW: (usize, usize) = (4, 32);

/// Whether a line is a row of a table as documents give it: short words with gaps between them. Thai has none in a sentence.
fn is_row(line: &str) -> bool {
    let length = |word: &str| word.chars().filter(|c| !is_mark(*c)).count();
    line.split(' ').count() >= ROW.0 && line.split(' ').all(|word| length(word) <= ROW.1)
}

/// The columns' names that a document's line ends with: a table's first row is read into the sentence above where nothing
/// but a little room parts them. Columns have short names without figures, and a table has several.
fn last_columns(line: &str) -> Vec<&str> {
    let is_name =
        |word: &&str| word.chars().filter(|c| !is_mark(*c)).count() <= BROKEN_LABEL && !word.contains(char::is_numeric);
    let names: Vec<&str> = line.rsplit(' ').take_while(is_name).collect();
    if names.len() < ROW.0 { Vec::new() } else { names }
}

/// Letters of the shortest title that is told from a label where it stands again on the page.
const TITLE: usize = 20;

/// What a page calls itself, where that has any of several phrases: it may say so again and has shown nothing by it.
fn titles(page: &Page<'_>, phrases: &[&[Phrase]]) -> Vec<Phrase> {
    let names =
        [&page.own.heading, &page.own.title].into_iter().filter(|name| phrases.iter().any(|phrases| name.has(phrases)));
    let lines = names.flat_map(|name| name.text.split(['\n', '|', '»']));
    let whole = |line: &&str| line.chars().filter(|c| c.is_alphanumeric()).count() >= TITLE;
    lines.map(str::trim).filter(whole).map(Phrase::new).collect()
}

/// The beginning of a longer line, in which it may name what follows: up to a colon, or one short word before a gap.
fn beginning(line: &str) -> &str {
    let (word, _) = line.split_once(' ').unwrap_or((line, ""));
    let named = line.split_once([':', '：']).map_or(word, |(label, _)| label);
    let letters = named.chars().filter(|c| !is_mark(*c)).count();
    if letters <= OPENING { named } else { "" }
}

/// Words for what is still to come, or was left undone, right before it.
const BEFORE_UNDONE: &[&str] = &[
    "จะ",
    "จะได้",
    "จะมีการ",
    "จะต้อง",
    "จะดำเนินการ",
    "จะจัดให้มี",
    "กำหนดจัด",
    "กำหนดการ",
    "เตรียม",
    "ไม่ได้",
    "ยังไม่",
    "ยังไม่มี",
    "ยังไม่มีการ",
    "ไม่มีการ",
    "มิได้",
    "ไม่สามารถ",
    "ยังไม่ได้มีการ",
    "ไม่ได้มีการ",
];

static UNDONE: LazyLock<Vec<Phrase>> = LazyLock::new(|| BEFORE_UNDONE.iter().map(|word| Phrase::new(word)).collect());

fn once() -> usize {
    1
}

impl Element {
    fn shown_on(&self, page: &Page<'_>, world: &World<'_>) -> bool {
        let shown = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.shown_on(page, world));
        let titles = titles(page, &[&self.phrases[..], &self.labels[..]]);
        let unless: Vec<Phrase>;
        let unless = if titles.is_empty() {
            &self.unless
        } else {
            unless = self.unless.iter().cloned().chain(titles).collect();
            &unless
        };
        let said = page.own.count_apart(&self.phrases, unless, self.not_after(), self.times) >= self.times.max(1);
        let headed = self.heading && page.own.heading.has(&self.phrases);
        (said || headed || self.is_labelled(page, unless) || shown(&self.patterns))
            && (self.with.is_empty() || shown(&self.with))
    }

    fn not_after(&self) -> &'static [Phrase] {
        if self.done { &UNDONE } else { &[] }
    }

    fn is_labelled(&self, page: &Page<'_>, unless: &[Phrase]) -> bool {
        // Most pages have none of them anywhere.
        if self.labels.is_empty() || !page.own.shows(&self.labels) {
            return false;
        }
        let web = page.document.kind == MediaKind::Html;
        let labels = |line: &str| Folded::new(line).count_apart(&self.labels, unless, &[], 1) > 0;
        let letters = |line: &str| line.chars().filter(|c| !is_mark(*c)).count();
        let lines: Vec<&str> = page.own.text.text.lines().chain(page.own.anchors.text.lines()).collect();
        lines.iter().enumerate().any(|(at, line)| {
            let length = letters(line);
            if length > LABEL {
                return if is_row(line) {
                    line.split(' ').any(&labels) || labels(line)
                } else {
                    let columns = if web { Vec::new() } else { last_columns(line) };
                    labels(beginning(line)) || columns.into_iter().any(&labels)
                };
            }
            // A column's name may be broken over lines.
            let parts = lines[at..].iter().take(BROKEN).take_while(|line| letters(line) <= BROKEN_LABEL);
            labels(line) || (length <= BROKEN_LABEL && labels(&parts.copied().collect::<String>()))
        })
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        if pages.iter().any(|page| self.shown_on(page, world)) {
            return Finding::met();
        }
        let mut reason = Reason::new(ReasonCode::ContentMissing)
            .with_text("element", self.name.clone())
            .worded(self.wording.as_ref());
        if let Some(page) = pages.first() {
            reason = reason.at(page.url);
        }
        if self.if_absent != IfNot::Advice
            && let Some((page, quoted)) = pages.iter().find_map(|page| Some((page, page.resembling(&self.phrases)?)))
        {
            return Finding::unsure(true, reason.at(page.url).seeing(quoted));
        }
        let hinted = pages.iter().any(|page| page.own.shows(&self.hints));
        let doubt = hinted || pages.iter().any(|page| page.unread(world).is_some() && !page.is_recognised_whole());
        if doubt && self.if_absent != IfNot::Advice {
            return Finding::unsure(true, reason);
        }
        // What recognition of characters does not give may be there all the same.
        if self.if_absent == IfNot::Fail && pages.iter().copied().any(Page::is_recognised) {
            return Finding::unsure(false, reason);
        }
        self.if_absent.finding(reason)
    }
}

impl PageCheck for Elements {
    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        self.all.iter().map(|element| element.run(pages, world)).fold(Finding::met(), Finding::and)
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Elements};
    use crate::checks::page_tests::{Site, document_of_kind, document_of_text};
    use crate::checks::{IfNot, Pattern, RuleStatus};
    use crate::model::{MediaKind, Outcome, ReadNote, ReasonCode, Text};
    use crate::thai::Phrase;

    fn element(if_absent: IfNot) -> Element {
        Element {
            name: Text::new("หมายเลขโทรศัพท์", "telephone number"),
            phrases: vec![Phrase::new("สายด่วน")],
            labels: Vec::new(),
            unless: vec![Phrase::new("สายด่วนรัฐบาล")],
            done: false,
            heading: false,
            times: 1,
            with: Vec::new(),
            patterns: vec![Pattern::Phone],
            hints: vec![Phrase::new("หมายเลขติดต่อ")],
            if_absent,
            wording: None,
            status: RuleStatus::Verified,
            source: String::new(),
        }
    }

    fn outcome(if_absent: IfNot, html: &str) -> Outcome {
        Site::with_page(html).check(&Elements { all: vec![element(if_absent)] }).outcome
    }

    #[test]
    fn a_phrase_or_a_pattern_shows_it() {
        assert_eq!(outcome(IfNot::Fail, "<p>สายด่วน 1567</p>"), Outcome::Met);
        assert_eq!(outcome(IfNot::Fail, "<p>โทร ๐๔๔-๖๓๑๒๕๖</p>"), Outcome::Met);
    }

    #[test]
    fn a_phrase_in_a_longer_one_or_too_seldom_or_without_its_figure_does_not_show_it() {
        assert_eq!(outcome(IfNot::Fail, "<p>สายด่วนรัฐบาล</p>"), Outcome::NotMet);
        assert_eq!(outcome(IfNot::Fail, "<p>สายด่วนรัฐบาล</p><p>สายด่วน อบต.</p>"), Outcome::Met);
        let budget = |times, with: &[Pattern], html: &str| {
            let phrases = vec![Phrase::new("งบประมาณ")];
            let element = Element { phrases, times, with: with.to_vec(), patterns: Vec::new(), ..element(IfNot::Fail) };
            Site::with_page(html).check(&Elements { all: vec![element] }).outcome
        };
        assert_eq!(budget(2, &[], "<p>งบประมาณ</p>"), Outcome::NotMet);
        assert_eq!(budget(2, &[], "<p>งบประมาณ</p><p>งบประมาณ</p>"), Outcome::Met);
        assert_eq!(budget(1, &[Pattern::Amount], "<p>งบประมาณที่ใช้</p>"), Outcome::NotMet);
        assert_eq!(budget(1, &[Pattern::Amount], "<p>งบประมาณ ๓๐,๐๐๐ บาท</p>"), Outcome::Met);
    }

    #[test]
    fn a_label_names_a_column_or_a_section_and_running_text_does_not() {
        let labels = vec![Phrase::new("ผู้รับผิดชอบ")];
        let element = Element { labels, phrases: Vec::new(), patterns: Vec::new(), ..element(IfNot::Fail) };
        let check = Elements { all: vec![element] };
        let outcome = |html: &str| Site::with_page(html).check(&check).outcome;
        for html in [
            "<table><tr><th>มาตรการ</th><th>ผู้รับผิดชอบ</th></tr></table>",
            "<p>ผู้รับผิดชอบ : หัวหน้าสำนักปลัดองค์การบริหารส่วนตำบลและผู้อำนวยการกองคลังองค์การบริหารส่วนตำบล</p>",
            "<table><tr><th>ผู้รับ</th></tr><tr><th>ผิดชอบ</th></tr></table>",
            "<p>ที่ มาตรการ วิธีการดำเนินการ ผู้รับผิดชอบ ระยะเวลา การติดตามและรายงานผล หมายเหตุ</p>",
        ] {
            assert_eq!(outcome(html), Outcome::Met, "{html}");
        }
        let prose = "<p>องค์การบริหารส่วนตำบลได้แต่งตั้งคณะทำงานและผู้รับผิดชอบเพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย</p>";
        assert_eq!(outcome(prose), Outcome::NotMet);
        let in_file = |text: &str| Site::with_document(document_of_text(text, vec![])).check(&check).outcome;
        let above = "เทศบาลกำหนดมาตรการภายในเพื่อส่งเสริมคุณธรรมและความโปร่งใสในปีงบประมาณ พ.ศ. 2563";
        assert_eq!(in_file(&format!("{above} มาตรการ วิธีการ ผู้รับผิดชอบ ระยะเวลา")), Outcome::Met);
        assert_eq!(in_file(&format!("{above} ผู้รับผิดชอบ ให้ดำเนินการ")), Outcome::NotMet);
    }

    #[test]
    fn what_a_page_calls_itself_shows_nothing_by_being_said_twice() {
        let title = "สายด่วนรับเรื่องราวร้องทุกข์ของเทศบาลตำบลหนองแวง";
        assert_eq!(outcome(IfNot::Fail, &format!("<h2>{title}</h2><p>{title}</p><p>ติดต่อเรา</p>")), Outcome::NotMet);
        assert_eq!(outcome(IfNot::Fail, &format!("<h2>{title}</h2><p>{title}</p><p>สายด่วน 1567</p>")), Outcome::Met);
    }

    #[test]
    fn what_is_still_to_come_or_was_left_undone_is_not_done() {
        let done = Element {
            phrases: vec![Phrase::new("ดำเนินการ"), Phrase::new("จัดอบรม")],
            patterns: Vec::new(),
            done: true,
            ..element(IfNot::Fail)
        };
        let check = Elements { all: vec![done] };
        for (text, outcome) in [
            ("<p>ได้ดำเนินการจัดอบรมพนักงานแล้ว</p>", Outcome::Met),
            ("<p>ยังไม่ได้ดำเนินการ เนื่องจากสถานการณ์โควิด-19</p>", Outcome::NotMet),
            ("<p>กองคลังจะดำเนินการในไตรมาสที่ 3</p>", Outcome::NotMet),
            ("<p>จะจัดอบรมในเดือนสิงหาคม</p>", Outcome::NotMet),
            ("<p>ยังไม่ได้ดำเนินการ</p><p>ดำเนินการแล้ว</p>", Outcome::Met),
        ] {
            assert_eq!(Site::with_page(text).check(&check).outcome, outcome, "{text}");
        }
    }

    #[test]
    fn a_heading_shows_it_only_where_the_rule_says_so() {
        let shown = |heading: bool| {
            let element = Element { phrases: vec![Phrase::new("ทุจริต")], heading, ..element(IfNot::Fail) };
            let site = Site::with_page("<h2>แจ้งเรื่องร้องเรียนการทุจริต</h2><form><textarea name=q></textarea></form>");
            site.check(&Elements { all: vec![element] }).outcome
        };
        assert_eq!((shown(true), shown(false)), (Outcome::Met, Outcome::NotMet));
    }

    #[test]
    fn what_follows_its_absence_is_the_rules() {
        let html = "<p>ติดต่อเรา</p>";
        assert_eq!(outcome(IfNot::Fail, html), Outcome::NotMet);
        assert_eq!(outcome(IfNot::Review, html), Outcome::Unsure);
        assert_eq!(outcome(IfNot::Advice, html), Outcome::Met);
        let finding = Site::with_page(html).check(&Elements { all: vec![element(IfNot::Fail)] });
        assert_eq!(finding.reasons[0].code, ReasonCode::ContentMissing);
        assert_eq!(finding.reasons[0].args["element"].th, "หมายเลขโทรศัพท์");
    }

    #[test]
    fn a_label_without_its_value_is_for_a_person() {
        assert_eq!(outcome(IfNot::Fail, "<p>หมายเลขติดต่อ <img src=tel.png></p>"), Outcome::Unsure);
    }

    #[test]
    fn what_was_misread_is_neither_shown_nor_absent() {
        let element = |notes| {
            let document = document_of_text("ผู้อานวยการกองคลัง ศูนย์บริกาธประซาชน", notes);
            let mut element = element(IfNot::Fail);
            element.phrases = vec![Phrase::new("ผู้อำนวยการกอง"), Phrase::new("ที่ทำการ")];
            Site::with_document(document).check(&Elements { all: vec![element] })
        };
        assert_eq!(element(vec![]).outcome, Outcome::NotMet);
        let repaired = element(vec![ReadNote::Repaired]);
        assert_eq!((repaired.outcome, repaired.likely), (Outcome::Unsure, true));
        let quoted = repaired.reasons[0].evidence.as_deref();
        assert!(quoted.unwrap().ends_with(" ≈ ผู้อำนวยการกอง (ำ/า)"));
    }

    #[test]
    fn what_recognition_does_not_give_may_be_there() {
        let check = |notes| {
            let document = document_of_text("ศูนย์บริการประชาชน", notes);
            Site::with_document(document).check(&Elements { all: vec![element(IfNot::Fail)] })
        };
        assert_eq!(check(vec![ReadNote::Repaired]).outcome, Outcome::NotMet);
        let recognised = check(vec![ReadNote::Recognised { pages: 1 }]);
        assert_eq!((recognised.outcome, recognised.likely), (Outcome::Unsure, false));
    }

    #[test]
    fn nothing_is_absent_from_what_was_not_read() {
        let site = Site::with_document(document_of_kind(MediaKind::Pdf));
        assert_eq!(site.check(&Elements { all: vec![element(IfNot::Fail)] }).outcome, Outcome::Unsure);
    }
}
