//! What is a page's own, as against its site's template: the text, links and forms that may be evidence.

use std::sync::OnceLock;

use super::evidence::{Sighting, evidence};
use super::item_names::Naming;
use super::outline::is_stamp;
use super::template::Template;
use super::{ItemNames, Outline, criteria};
use crate::model::{Block, BlockRole, Document, Form, Frame, MediaKind, PageLink};
use crate::thai::{self, Closeness, Folded, Phrase, Role, YearMention};

/// A text, its folded form for finding phrases, and the years in it, which are sought when they are first asked for.
#[derive(Debug, Default)]
pub struct Searchable {
    /// The text in the normal form, a line a block.
    pub text: String,
    folded: OnceLock<Folded>,
    years: OnceLock<Vec<YearMention>>,
}

impl Searchable {
    /// A text in the normal form.
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// The text, folded.
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.text))
    }

    /// The years that it mentions, cited ones included.
    pub fn years(&self) -> &[YearMention] {
        self.years.get_or_init(|| thai::years(&self.text))
    }

    /// How closely any of several phrases occurs, if at least so closely.
    pub fn closest(&self, phrases: &[Phrase], least: Closeness) -> Option<Closeness> {
        if phrases.is_empty() { None } else { self.folded().closest(phrases, least) }
    }

    /// Whether any of several phrases occurs.
    pub fn has(&self, phrases: &[Phrase]) -> bool {
        !phrases.is_empty() && self.folded().contains_any(phrases)
    }
}

/// Own blocks of a web page among which a line of running headlines is looked for.
const OPENING: usize = 4;

/// What parts running headlines.
const TICKER_SIGNS: &[char] =
    &['❖', '◆', '◇', '★', '☆', '✦', '✪', '●', '■', '►', '»', '«', '*', '|', '•', '♦', '◊', '※'];

/// Headlines that make such a line.
const HEADLINES: usize = 3;

/// Characters of the longest headline.
const LONGEST_HEADLINE: usize = 120;

/// Links with a date beside them that make a list of dated links.
const DATED_LINKS: usize = 3;

/// Characters of the longest date, with the hour.
const LONGEST_DATE: usize = 50;

/// Letters that a date has before its year: «วันที่ … พฤศจิกายน พ.ศ.».
const LONGEST_MONTH: usize = 20;

/// The mentions of years that a text is about, without those that it merely cites.
pub(super) fn about(years: &[YearMention]) -> impl Iterator<Item = &YearMention> {
    years.iter().filter(|mention| mention.role == Role::Content)
}

/// A page's own content.
#[derive(Debug)]
pub struct Own {
    /// The document's title, unless the whole site has the same.
    pub title: Searchable,
    /// Its first heading, which says what it is about and is not yet content.
    pub heading: Searchable,
    /// Further headings, running text, cells and pictures' alternative texts.
    pub text: Searchable,
    /// The texts of links.
    pub anchors: Searchable,
    /// Its links, by their place in [`Document::links`].
    pub links: Vec<usize>,
    /// Those of its links that lead to a document, which are sought when they are first asked for.
    pub(super) documents: OnceLock<Vec<usize>>,
    /// The heading above each of its links, by its place in [`Document::blocks`], which are sought when they are first asked for.
    pub(super) headings: OnceLock<Vec<Option<usize>>>,
    /// The years in it, if it is no web page, which are sought when they are first asked for.
    sightings: OnceLock<Vec<Sighting>>,
    /// Its forms, by their place in [`Document::forms`].
    pub forms: Vec<usize>,
    /// Documents embedded in it, by their place in [`Document::frames`].
    pub frames: Vec<usize>,
    /// Its pictures, by their place in [`Document::pictures`].
    pub pictures: Vec<usize>,
    /// Bytes of text in what calls itself navigation and is not the site's template.
    pub in_chrome: usize,
    /// Lines that only repeat what is demanded; they are in none of its texts.
    pub criteria: Vec<String>,
    /// Characters of its text that are more than counters and what a content manager says of an article.
    pub substance: usize,
    /// What it opens with, and its headings.
    pub outline: Outline,
    /// Which of the year's items it names, which are sought when they are first asked for.
    naming: OnceLock<Naming>,
}

impl Own {
    /// What is left of a document, with the keys of what is on it, without its site's template.
    pub(super) fn of(document: &Document, keys: &[u64], template: &Template) -> Self {
        let mut taken = template.takes(document, keys).into_iter();
        // To be asked about each thing in the order of the keys.
        let mut own = |chrome: bool| {
            let of_template = taken.next().unwrap_or_default();
            !chrome && !of_template
        };
        let mut in_chrome = 0;
        let mut kept: Vec<&Block> = Vec::with_capacity(document.blocks.len());
        for block in &document.blocks {
            match own(false) {
                true if block.chrome => in_chrome += block.text.len(),
                true => kept.push(block),
                false => {}
            }
        }
        let Parted { texts, outline, criteria, substance } = Parted::of(&kept, document.kind == MediaKind::Html);
        let links = positions(&document.links, |link: &PageLink| own(link.chrome));
        let forms = positions(&document.forms, |form: &Form| own(form.chrome));
        let frames = positions(&document.frames, |frame: &Frame| own(frame.chrome));
        let pictures = positions(&document.pictures, |_| own(false));
        let [title, heading, text, anchors] = texts.map(Searchable::new);
        let documents = OnceLock::new();
        let headings = OnceLock::new();
        let sightings = OnceLock::new();
        let naming = OnceLock::new();
        Self {
            title,
            heading,
            text,
            anchors,
            links,
            documents,
            headings,
            sightings,
            forms,
            frames,
            pictures,
            in_chrome,
            criteria,
            substance,
            outline,
            naming,
        }
    }

    /// Which of the year's items it names, and where. The names are those of one year in a run.
    pub(super) fn naming(&self, names: &ItemNames) -> &Naming {
        self.naming.get_or_init(|| names.naming(&self.outline, self.text.folded()))
    }

    /// The years that the document whose content this is names, with the whole of it in view.
    pub(super) fn sightings(&self, document: &Document) -> &[Sighting] {
        self.sightings.get_or_init(|| evidence(document))
    }

    /// Whether what says what the page is about, heading and text, has any of several phrases.
    pub fn names(&self, phrases: &[Phrase]) -> bool {
        self.heading.has(phrases) || self.text.has(phrases)
    }

    /// Whether its content, text and the texts of links but not what only names it, has any of several phrases.
    pub fn shows(&self, phrases: &[Phrase]) -> bool {
        self.text.has(phrases) || self.anchors.has(phrases)
    }

    /// How often its content has any of several phrases, up to so many times, outside longer ones that mean something else
    /// and not right after some others.
    pub(super) fn count_apart(
        &self,
        phrases: &[Phrase],
        unless: &[Phrase],
        not_after: &[Phrase],
        most: usize,
    ) -> usize {
        let parts = [&self.text, &self.anchors];
        parts.into_iter().map(|part| part.folded().count_apart(phrases, unless, not_after, most)).sum()
    }
}

/// A page's own text, parted by what it is evidence for.
struct Parted {
    /// Title, heading, text and the texts of links.
    texts: [String; 4],
    outline: Outline,
    criteria: Vec<String>,
    substance: usize,
}

impl Parted {
    fn of(blocks: &[&Block], web: bool) -> Self {
        // A web page's title stands in its tab, another document's on its first page.
        let (tab, blocks): (Vec<&Block>, Vec<&Block>) =
            blocks.iter().partition(|block| web && block.role == BlockRole::Title);
        let news = blocks.iter().take(if web { OPENING } else { 0 }).map(|block| is_ticker(&block.text));
        let mut news: Vec<bool> = news.collect();
        news.resize(blocks.len(), false);
        let blocks: Vec<&Block> =
            blocks.into_iter().zip(news).filter(|(_, news)| !news).map(|(block, _)| block).collect();
        let dates = if web { beside_links(&blocks) } else { vec![false; blocks.len()] };
        let is_line = |at: usize, block: &Block| block.role != BlockRole::Anchor && !dates[at];
        let lines: Vec<(BlockRole, &str)> = blocks
            .iter()
            .enumerate()
            .filter(|(at, block)| is_line(*at, block))
            .map(|(_, block)| (block.role, block.text.as_str()))
            .collect();
        let repeated = criteria::repeated(&lines, web);
        let (demanded, own): (Vec<_>, Vec<_>) = lines.iter().zip(repeated).partition(|(_, repeated)| *repeated);
        let own: Vec<(BlockRole, &str)> = own.into_iter().map(|(line, _)| *line).collect();
        let mut texts = [String::new(), String::new(), String::new(), String::new()];
        for block in tab {
            add(&mut texts[0], &block.text);
        }
        let mut substance = 0;
        for (role, text) in &own {
            let heads = matches!(role, BlockRole::Title | BlockRole::Heading);
            let into = if heads && texts[1].is_empty() && texts[2].is_empty() { 1 } else { 2 };
            add(&mut texts[into], text);
            substance += if into == 2 && !is_stamp(text) { text.chars().count() } else { 0 };
        }
        for (_, block) in blocks.iter().enumerate().filter(|(at, block)| !is_line(*at, block)) {
            add(&mut texts[3], &block.text);
        }
        let criteria = demanded.into_iter().map(|((_, text), _)| (*text).to_owned()).collect();
        Self { texts, outline: Outline::of(&own, web), criteria, substance }
    }
}

fn add(to: &mut String, text: &str) {
    if !to.is_empty() {
        to.push('\n');
    }
    to.push_str(text);
}

/// Which of a web page's blocks are nothing but the date of the link beside them, as in a list of news. They are the links',
/// as is what the links are called; of a single one that is not so certain.
fn beside_links(blocks: &[&Block]) -> Vec<bool> {
    let is_link = |at: usize| blocks.get(at).is_some_and(|block| block.role == BlockRole::Anchor);
    let is_beside = |at: usize| is_link(at + 1) || at.checked_sub(1).is_some_and(is_link);
    let is_own = |block: &Block| matches!(block.role, BlockRole::Text | BlockRole::Cell) && is_date(&block.text);
    let dates: Vec<bool> = blocks.iter().enumerate().map(|(at, block)| is_own(block) && is_beside(at)).collect();
    if dates.iter().filter(|date| **date).count() < DATED_LINKS { vec![false; blocks.len()] } else { dates }
}

/// Whether a line is headlines one after another, as they run across the top of a page.
fn is_ticker(text: &str) -> bool {
    let mut parts = 0;
    let mut longest = 0;
    for part in text.split(TICKER_SIGNS) {
        longest = longest.max(part.chars().count());
        parts += usize::from(part.chars().any(char::is_alphabetic));
    }
    parts >= HEADLINES && longest <= LONGEST_HEADLINE
}

/// Whether a text is a date and nothing else.
fn is_date(text: &str) -> bool {
    if text.chars().nth(LONGEST_DATE).is_some() {
        return false;
    }
    let years = thai::years(text);
    let [mention] = years.as_slice() else { return false };
    let signs = |c: char| c.is_numeric() || c.is_whitespace() || ":.()|-–/,น[]".contains(c);
    let months_and_days = text[..mention.at.start].chars().filter(|c| !signs(*c)).count();
    months_and_days <= LONGEST_MONTH && text[mention.at.end..].replace("เวลา", "").chars().all(signs)
}

fn positions<T>(all: &[T], mut keep: impl FnMut(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| keep(one)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_ticker};
    use crate::checks::page_tests::Site;

    #[test]
    fn headlines_that_run_across_a_page_are_told_by_what_parts_them() {
        assert!(is_ticker("ขอเชิญตอบแบบวัด ITA ปี 2563 ❖ ชำระภาษีภายในสิงหาคม 2563 ❖ รับสมัครงาน"));
        assert!(!is_ticker("แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2563 | อบต.นางรอง"));
    }

    #[test]
    fn dates_beside_links_are_the_links_and_a_single_one_is_the_pages() {
        assert!(is_date("12 พ.ค. 2563") && is_date("วันที่ 12 พฤษภาคม พ.ศ. 2563 เวลา 09.30 น."));
        assert!(!is_date("ประกาศ ณ วันที่ 12 ตุลาคม 2562 เรื่องแผนการจัดซื้อจัดจ้าง") && !is_date("ปี 2562 และ 2563"));
        let rows = |count: usize| "<li><a href=n>ข่าว</a> <p>12 พ.ค. 2563</p>".repeat(count);
        let named = |html: &str| Site::with_page(html).page_in(|page, _| page.content_years().contains(&2563));
        assert!(named(&rows(1)) && !named(&rows(3)));
    }
}
