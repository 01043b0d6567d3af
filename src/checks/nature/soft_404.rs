//! Pages that stand in for one that is not there: «not found» with a status of success, the home page, a server's default
//! page, a suspended or parked website, a failing program, a bare list of files.

use url::Url;

use super::probe::{self, Likeness};
use super::signs::{Line, Says, Signs, StandIn, is_named, is_number};
use super::{Nature, Scene, home, title_says};
use crate::checks::Page;
use crate::model::{BlockRole, MediaKind, ReasonCode, Text};

/// Characters of text of its own that a page may have if its title says what it is.
const TITLE_ROOM: usize = 1500;

/// Bytes of text of its own from which a page is not searched for what stands in for another.
const SEARCHED: usize = 4800;

/// Paragraphs after which one no longer speaks for the page; headings always may.
const FIRST_LINES: usize = 8;

/// What a page stands in for another by, if it does.
pub(super) fn nature(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Option<Nature> {
    if page.document.kind != MediaKind::Html {
        return None;
    }
    said(page, signs).or_else(|| by_address(page, signs)).or_else(|| by_redirect(page, scene, signs)).or_else(|| {
        let likeness = probe::likeness(page, scene, signs)?;
        if likeness == Likeness::SameShell {
            let kind = Text::new("หน้านี้ต้องเปิดด้วยเบราว์เซอร์", "the page is built by a browser");
            let evidence = probe::impossible(&page.answer.final_url).into();
            return Some(Nature { code: ReasonCode::ContentUnreadable, certain: false, kind: Some(kind), evidence });
        }
        let kind = Text::new("แสดงหน้าเดียวกับ link ที่ไม่มีอยู่จริง", "it shows what an address that does not exist shows");
        let evidence = probe::impossible(&page.answer.final_url);
        Some(stand_in(kind, likeness == Likeness::Same, evidence.as_str()))
    })
}

fn stand_in(kind: Text, certain: bool, evidence: &str) -> Nature {
    Nature { code: ReasonCode::LinkSoft404, certain, kind: Some(kind), evidence: evidence.to_owned() }
}

fn of_group(group: &StandIn, certain: bool, evidence: &str) -> Nature {
    stand_in(group.kind.clone(), group.certain && certain, evidence)
}

/// What the page says of itself in its title, or in a heading or paragraph with little else beside it.
fn said(page: &Page<'_>, signs: &Signs) -> Option<Nature> {
    let (own, bare) = (page.own, is_bare(page));
    if let Some((Says::StandIn(at), part)) = title_says(page, signs)
        && let Some(group) = signs.stand_ins.get(at)
        && (!own.title.text.is_empty() || bare)
        && has_room(page, signs, group, group.room.max(TITLE_ROOM), "")
    {
        let text = other_text(page, signs, "");
        let by_number = is_number(part) && (text > SO_FEW || !own.pictures.is_empty());
        let certain = text <= MUCH_TEXT && !by_number && !shows_documents(page) && !is_headed(page, signs);
        return Some(of_group(group, certain && !own.title.text.is_empty(), part));
    }
    if own.text.text.len() > SEARCHED {
        return None;
    }
    let lines = page.document.blocks.iter().filter(|block| !block.chrome);
    let lines = lines.filter(|block| matches!(block.role, BlockRole::Heading | BlockRole::Text | BlockRole::Cell));
    lines.enumerate().find_map(|(number, block)| {
        let is_heading = block.role == BlockRole::Heading;
        // A program that fails does so anywhere on the page, and in English.
        if !is_heading && number >= FIRST_LINES && !block.text.starts_with(|c: char| c.is_ascii()) {
            return None;
        }
        let says = signs.line(&block.text, if is_heading { Line::Heading } else { Line::Text })?;
        let Says::StandIn(at) = says else { return None };
        let group = signs.stand_ins.get(at)?;
        let room = if is_heading { group.room } else { group.room.min(SHORT_ROOM.max(group.room / 2)) };
        let speaks = is_heading || number < FIRST_LINES || group.links_count;
        let is_own = is_own(page, &block.text);
        if !speaks || !(is_own || bare) || !has_room(page, signs, group, room, &block.text) {
            return None;
        }
        let much = other_text(page, signs, &block.text) > MUCH_TEXT;
        let shows = shows_documents(page) || !own.pictures.is_empty() || much;
        let (leads, is_note) = (own.links.len() >= SOME_LINKS, signs.gives_contact(&block.text));
        // Real content stands beside it: a part of the page failed, or a note says whom to ask for more.
        if (shows && group.links_count) || ((shows || leads) && is_note) {
            return None;
        }
        let headed = !is_heading && is_headed(page, signs);
        Some(of_group(group, is_own && !(shows || leads || is_note || headed), &block.text))
    })
}

/// Characters of other text that are few beside any message.
const SHORT_ROOM: usize = 300;

/// Characters of text of its own above which a page may be content, whatever it says of itself.
const MUCH_TEXT: usize = 200;

/// Characters of text up to which a number in the title says that there is nothing.
const SO_FEW: usize = 60;

/// Links of its own from which a page may be a list of them.
const SOME_LINKS: usize = 3;

/// Whether nothing of a page is its own, as where many addresses of a site show the same. What its template says is then
/// all that it says, though a script may add more.
fn is_bare(page: &Page<'_>) -> bool {
    let own = page.own;
    let texts = [&own.heading, &own.text, &own.anchors];
    texts.iter().all(|text| text.text.is_empty())
        && own.links.is_empty()
        && own.frames.is_empty()
        && own.forms.is_empty()
        && own.pictures.is_empty()
}

/// Whether a line speaks for this page rather than for the site's template, in which some box may have failed.
fn is_own(page: &Page<'_>, line: &str) -> bool {
    let mut own = page.own.heading.text.lines().chain(page.own.text.text.lines());
    own.any(|own| own == line)
}

fn shows_documents(page: &Page<'_>) -> bool {
    page.frames().next().is_some() || page.documents().next().is_some()
}

/// Whether a heading names something that the page is about.
fn is_headed(page: &Page<'_>, signs: &Signs) -> bool {
    let heading = page.own.heading.text.as_str();
    page.document.title.as_deref() != Some(heading)
        && !signs.is_apology(heading)
        && [Line::Heading, Line::Title].iter().all(|of| signs.line(heading, *of).is_none())
}

/// Whether a page has no more text than this beside a line.
fn has_room(page: &Page<'_>, signs: &Signs, group: &StandIn, room: usize, line: &str) -> bool {
    let links = if group.links_count { page.own.anchors.text.chars().count() } else { 0 };
    other_text(page, signs, line) + links <= room
}

/// Characters of a page's own text beside a line and other messages.
fn other_text(page: &Page<'_>, signs: &Signs, line: &str) -> usize {
    let is_message = |text: &&str| {
        *text == line
            || text.contains(" on line ")
            || text.starts_with("Stack trace")
            || matches!(signs.line(text, Line::Text), Some(Says::StandIn(_)))
    };
    page.own.text.text.lines().filter(|text| !is_message(text)).map(|text| text.chars().count()).sum()
}

/// An address at which hosting companies keep what they show in place of a website, or a dealer's in domains.
fn by_address(page: &Page<'_>, signs: &Signs) -> Option<Nature> {
    let last = &page.answer.final_url;
    let at_host =
        |host: &str, of: &String| host == of || host.strip_suffix(of.as_str()).is_some_and(|sub| sub.ends_with('.'));
    let frames = page.document.frames.iter().map(|frame| &frame.url);
    for url in std::iter::once(last).chain(frames) {
        let Some(host) = url.host_str() else { continue };
        if let Some(group) = signs.stand_ins.iter().find(|group| group.hosts.iter().any(|of| at_host(host, of))) {
            return Some(of_group(group, true, url.as_str()));
        }
    }
    let kind = || Text::new("เว็บไซต์ถูกระงับหรือยังไม่เปิดใช้งาน", "the website is suspended or not set up");
    signs.stand_in_paths.iter().any(|path| last.path() == path).then(|| stand_in(kind(), true, last.as_str()))
}

fn by_redirect(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Option<Nature> {
    let (asked, last) = (page.url, &page.answer.final_url);
    let is_missing = |url: &Url| url.path().split('/').any(|part| is_named(part, &signs.sent_to));
    let is_numbered = |url: &Url| url.query_pairs().any(|(_, value)| is_named(&value, &signs.sent_to));
    if !page.answer.hops.is_empty() && is_missing(last) && !is_missing(asked) && !is_numbered(asked) {
        let kind = Text::new("link ส่งต่อไปหน้าที่แจ้งว่าไม่พบ", "it leads to a page for what is missing");
        return Some(stand_in(kind, home::names_missing(last, signs), last.as_str()));
    }
    let kind = Text::new("link ส่งต่อไปหน้าแรกของเว็บไซต์แทน", "it leads to the home page instead");
    // A page that sends its visitor on by itself may be read before it does.
    let at_once = page.answer.hops.iter().all(|hop| !(200..300).contains(&hop.status));
    home::stands_in(page, scene, signs).map(|certain| stand_in(kind, certain && at_once, last.as_str()))
}
