//! What the pages of a site have in common. A menu that names every item and a footer with this year's number stand on
//! every page, so they are evidence for none.

use std::collections::BTreeMap;

use super::Own;
use crate::model::{Block, BlockRole, Document, Form, Frame, PageLink, digest};

/// Pages that share at least this share of the smaller one's blocks, in percent, have the same template.
const ALIKE: usize = 30;

/// What stands on at least this share of the pages, in percent, is template. It is high because an honest heading such as
/// «ประจำปีงบประมาณ พ.ศ. 2563» may stand at the same place of every other page.
const COMMON: usize = 60;

/// With so few pages or fewer, only what stands on all of them is template.
const FEW: usize = 3;

/// What the pages of a site have in common, and how many times each page has it.
#[derive(Debug, Default)]
pub struct Template {
    times: BTreeMap<u64, u32>,
}

impl Template {
    /// Starts taking the template out of one page.
    pub(super) fn taker(&self) -> Taker<'_> {
        Taker { template: self, taken: BTreeMap::new() }
    }
}

/// Takes a template out of a page: as many of each thing as every page has. What a page has once more, such as a link in
/// its text that the menu has too, is its own.
pub(super) struct Taker<'a> {
    template: &'a Template,
    taken: BTreeMap<u64, u32>,
}

impl Taker<'_> {
    /// Whether something, by its key, is part of the template.
    pub(super) fn takes(&mut self, key: u64) -> bool {
        let Some(times) = self.template.times.get(&key) else { return false };
        let taken = self.taken.entry(key).or_default();
        *taken += 1;
        *taken <= *times
    }
}

pub(super) fn block_key(block: &Block) -> u64 {
    digest(block.path ^ 0x1, &masked(&block.text))
}

pub(super) fn link_key(link: &PageLink) -> u64 {
    digest(digest(link.path ^ 0x2, link.url.as_str()), &link.text)
}

pub(super) fn form_key(form: &Form) -> u64 {
    let action = form.action.as_ref().map_or("", |url| url.as_str());
    form.fields.iter().fold(digest(0x3, action), |key, field| digest(key, &field.name))
}

pub(super) fn frame_key(frame: &Frame) -> u64 {
    digest(0x4, frame.url.as_str())
}

pub(super) fn picture_key(source: u64) -> u64 {
    source ^ 0x5
}

/// A text with clocks and counters masked, which differ from page to page of the same template. Years are kept.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() || (!run.is_empty() && matches!(c, ':' | ',')) {
            run.push(c);
            continue;
        }
        if run.bytes().filter(u8::is_ascii_digit).count() >= 5 || run.contains(':') {
            out.push('#');
        } else {
            out.push_str(&run);
        }
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// Blocks at one place of the pages are a box of the template that shows a choice of the same entries, such as the latest
/// news, where at least this share of them, in percent, stands on other pages too.
const POOLED: usize = 80;

/// A page as templates see it.
#[derive(Debug)]
struct Sketch {
    /// Everything on it, by key, with how many times it is there.
    contents: BTreeMap<u64, u32>,
    /// Its blocks' keys by their place; titles aside, which have one place on every page.
    places: BTreeMap<u64, Vec<u64>>,
}

impl Sketch {
    fn of(document: &Document) -> Self {
        let mut sketch = Self { contents: BTreeMap::new(), places: BTreeMap::new() };
        for block in &document.blocks {
            let key = block_key(block);
            *sketch.contents.entry(key).or_default() += 1;
            if block.role != BlockRole::Title {
                sketch.places.entry(block.path).or_default().push(key);
            }
        }
        let links = document.links.iter().map(link_key);
        let forms = document.forms.iter().map(form_key);
        let frames = document.frames.iter().map(frame_key);
        let pictures = document.pictures.iter().copied().map(picture_key);
        for key in links.chain(forms).chain(frames).chain(pictures) {
            *sketch.contents.entry(key).or_default() += 1;
        }
        sketch
    }
}

/// The keys of the blocks in boxes that show another choice of the same entries on each page. Such a box has more than one
/// entry, as many on one page as on most others, and stands on most pages; a page's content has none of these in common.
fn pooled(pages: &[&Sketch], needed: usize) -> Vec<u64> {
    let mut places: BTreeMap<u64, Vec<&Vec<u64>>> = BTreeMap::new();
    for (place, keys) in pages.iter().flat_map(|page| &page.places) {
        places.entry(*place).or_default().push(keys);
    }
    let is_box = |visits: &&Vec<&Vec<u64>>| {
        let size = visits[0].len();
        let alike = visits.iter().filter(|keys| keys.len() == size).count();
        let mut on: BTreeMap<u64, usize> = BTreeMap::new();
        for key in visits.iter().copied().flatten() {
            *on.entry(*key).or_default() += 1;
        }
        let all: usize = visits.iter().map(|keys| keys.len()).sum();
        let shared =
            visits.iter().copied().flatten().filter(|key| on.get(*key).is_some_and(|times| *times > 1)).count();
        size > 1 && visits.len() >= needed && alike * 100 >= visits.len() * COMMON && shared * 100 >= all * POOLED
    };
    places.values().filter(is_box).flatten().copied().flatten().copied().collect()
}

/// With fewer pages than this, what a site's pages have in common is not known well enough to tell it of further pages.
const SAMPLE: usize = 6;

/// The templates of a site. It may have several: pages are grouped by likeness first. Pages that are the same throughout
/// count once, so that one page under two addresses is not taken for a template.
#[derive(Debug, Default)]
pub struct Templates {
    groups: Vec<(Sketch, Template)>,
    /// The group of each page that they were found from.
    of: Vec<usize>,
}

impl Templates {
    /// The templates of a site's pages.
    pub fn new(pages: &[&Document]) -> Self {
        let mut groups: Vec<Vec<Sketch>> = Vec::new();
        let mut of = Vec::with_capacity(pages.len());
        for sketch in pages.iter().map(|page| Sketch::of(page)) {
            let alike = |group: &Vec<Sketch>| alike(&group[0].contents, &sketch.contents);
            let at = groups.iter().position(alike).unwrap_or(groups.len());
            if at == groups.len() {
                groups.push(Vec::new());
            }
            of.push(at);
            groups[at].push(sketch);
        }
        let groups = groups.into_iter().map(|mut group| {
            let distinct: BTreeMap<_, &Sketch> = group.iter().map(|sketch| (&sketch.contents, sketch)).collect();
            let template = common(&distinct.into_values().collect::<Vec<_>>());
            (group.swap_remove(0), template)
        });
        Self { groups: groups.collect(), of }
    }

    /// What is each page's own, of the pages that they were found from.
    pub fn own(&self, pages: &[&Document]) -> Vec<Own> {
        pages.iter().zip(&self.of).map(|(page, group)| Own::of(page, &self.groups[*group].1)).collect()
    }

    /// What is the own of another page of the site.
    pub fn own_of(&self, page: &Document) -> Own {
        let sketch = Sketch::of(page);
        let group = self.groups.iter().find(|(first, _)| alike(&first.contents, &sketch.contents));
        Own::of(page, group.map_or(&Template::default(), |(_, template)| template))
    }

    /// Whether they were found from enough pages to tell the template of another one.
    pub fn is_known_well(&self) -> bool {
        self.of.len() >= SAMPLE
    }
}

fn alike(a: &BTreeMap<u64, u32>, b: &BTreeMap<u64, u32>) -> bool {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = small.keys().filter(|key| large.contains_key(key)).count();
    !small.is_empty() && shared * 100 >= small.len() * ALIKE
}

fn common(pages: &[&Sketch]) -> Template {
    let count = pages.len();
    if count < 2 {
        return Template::default();
    }
    let needed = if count <= FEW { count } else { (count * COMMON).div_ceil(100).max(FEW) };
    // For each thing: on how many pages, and how many times on the page that has it least.
    let mut seen: BTreeMap<u64, (usize, u32)> = BTreeMap::new();
    for (key, times) in pages.iter().flat_map(|page| &page.contents) {
        let (on, least) = seen.entry(*key).or_insert((0, *times));
        *on += 1;
        *least = (*least).min(*times);
    }
    let mut times: BTreeMap<u64, u32> =
        seen.into_iter().filter(|(_, (on, _))| *on >= needed).map(|(key, (_, least))| (key, least)).collect();
    if count > FEW {
        for key in pooled(pages, needed) {
            times.entry(key).or_insert(1);
        }
    }
    Template { times }
}

#[cfg(test)]
mod tests {
    use super::{Templates, masked};
    use crate::model::{Block, BlockRole, Document, MediaKind, Readability};

    fn page(blocks: &[&str]) -> Document {
        let block = |text: &&str| Block { text: (*text).to_owned(), role: BlockRole::Text, path: 7, chrome: false };
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
                    page.blocks.push(Block { text, role: BlockRole::Anchor, path: 9, chrome: false });
                }
                page
            })
            .collect();
        let all: Vec<&Document> = pages.iter().collect();
        let own = &Templates::new(&all).own(&all)[0];
        assert_eq!((own.text.text.as_str(), own.anchors.text.as_str()), ("เนื้อหาของหน้าที่ 0 ปี 2562", ""));
    }

    #[test]
    fn a_single_page_has_no_template() {
        assert_eq!(own(&[page(&["เนื้อหา 2563"])])[0], "เนื้อหา 2563");
    }

    #[test]
    fn clocks_and_counters_are_masked_and_years_are_not() {
        assert_eq!(masked("ผู้เข้าชม 123,456 คน เวลา 10:05:59 ปี 2563"), "ผู้เข้าชม # คน เวลา # ปี 2563");
    }
}
