//! What a host answers to an address that cannot exist, beside what it answered to one that should.

use std::collections::BTreeMap;

use url::{Position, Url};

use super::Scene;
use super::home::is_home;
use super::signs::Signs;
use crate::checks::Page;
use crate::model::{Answer, BlockRole, Document, MediaKind, digest};

/// Characters of text below which equality with the answer to an address that cannot exist is for a person: a page that
/// a script fills, or one that shows a picture alone, may look like that.
const SHORT: usize = 200;

/// The least length of an echo in a text.
const ECHO: usize = 4;

/// An address of the host that cannot exist: the same in every run, unlikely in any website.
pub fn impossible(url: &Url) -> Url {
    let mut probe = url.clone();
    let token = digest(0x0404, origin(url));
    probe.set_path(&format!("/oit-audit-no-such-page-{token:016x}"));
    probe.set_query(None);
    probe.set_fragment(None);
    probe
}

/// What comes before the path of a URL: the key of a host's answer to [`impossible`].
pub fn origin(url: &Url) -> &str {
    &url[..Position::BeforePath]
}

/// Whether it is worth asking a page's host for an address that cannot exist: only for a web page other than the home
/// page, which is what many hosts show for every address.
pub fn is_worthwhile(url: &Url, answer: &Answer, document: &Document) -> bool {
    let home = |url| Signs::builtin().is_some_and(|signs| is_home(url, signs));
    document.kind == MediaKind::Html && !home(url) && !home(&answer.final_url)
}

/// How a page compares with the answer to an address that cannot exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same page.
    Same,
    /// Nothing else, but hardly any text, or less than the answer to an address that cannot exist.
    SameInPart,
    /// The same, and a browser would have to build it.
    SameShell,
}

/// Compares a page with what its host answers to an address that cannot exist; `None` where they differ.
pub(super) fn likeness(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Option<Likeness> {
    let probe = scene.probe?;
    let (answer, document) = (probe.fetched.success()?, probe.document.as_ref()?);
    if is_home(page.url, signs) || page.document.kind != MediaKind::Html || document.kind != MediaKind::Html {
        return None;
    }
    let led_away = !page.answer.hops.is_empty() && !answer.hops.is_empty();
    let same_end = led_away && page.answer.final_url == answer.final_url;
    let probed = impossible(&page.answer.final_url);
    if !same_end && !shows_no_more(page.document, page.url, document, &probed) {
        return None;
    }
    let text: usize = page.document.blocks.iter().map(|block| block.text.chars().count()).sum();
    Some(if page.document.needs_script {
        Likeness::SameShell
    } else if text < SHORT || (!same_end && !is_most_of(page.document, document)) {
        Likeness::SameInPart
    } else {
        Likeness::Same
    })
}

/// Whether a page has nearly as many texts as another. A home page that stands for every address also shows what the
/// site's own list of news does.
fn is_most_of(page: &Document, other: &Document) -> bool {
    page.blocks.len() * 10 >= other.blocks.len() * 9
}

/// Whether a page shows nothing that another does not: no text, link, form, picture or embedded document. Echoes of the
/// address, numbers and tokens are disregarded.
fn shows_no_more(page: &Document, at: &Url, other: &Document, other_at: &Url) -> bool {
    let (mine, theirs) = (Echoes::of(at), Echoes::of(other_at));
    let sizes = |document: &Document| (document.forms.len(), document.frames.len());
    if other.blocks.is_empty() || sizes(page) != sizes(other) {
        return false;
    }
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for block in &other.blocks {
        *texts.entry(theirs.masked(&block.text)).or_default() += 1;
    }
    let titles = |document: &Document| document.blocks.iter().filter(|block| block.role == BlockRole::Title).count();
    titles(page) == titles(other)
        && page.blocks.iter().all(|block| {
            let left = texts.get_mut(&mine.masked(&block.text)).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        })
        && page.frames.iter().all(|frame| other.frames.contains(frame))
        && page.pictures.iter().all(|picture| other.pictures.contains(picture))
        && page.links.iter().all(|link| {
            let is_echo = mine.links.iter().any(|echo| link.url.as_str().contains(echo.as_str()));
            is_echo || other.links.iter().any(|theirs| theirs.url == link.url)
        })
}

/// The forms in which a page may repeat its own address, longest first.
struct Echoes {
    /// In links.
    links: Vec<String>,
    /// In texts.
    texts: Vec<String>,
}

impl Echoes {
    fn of(url: &Url) -> Self {
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let escaped = path.replace('/', "%2F").replace('?', "%3F").replace('=', "%3D").replace('&', "%26");
        let last = url.path().rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let forms = [url.as_str(), path, url.path(), last];
        let mut texts: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
        texts.extend(forms.iter().map(|form| decoded(form)));
        texts.retain(|form| form.len() >= ECHO);
        texts.sort_by_key(|form| std::cmp::Reverse(form.len()));
        texts.dedup();
        Self { links: vec![path.to_owned(), escaped], texts }
    }

    /// A text without echoes, numbers and tokens.
    fn masked(&self, text: &str) -> String {
        let mut plain = text.to_owned();
        for echo in &self.texts {
            if plain.contains(echo.as_str()) {
                plain = plain.replace(echo.as_str(), "#");
            }
        }
        let mut out = String::with_capacity(plain.len());
        for word in plain.split(' ') {
            let is_token = word.len() >= 16 && word.is_ascii() && word.bytes().any(|byte| byte.is_ascii_digit());
            out.push(' ');
            if is_token {
                out.push('#');
                continue;
            }
            mask_numbers(word, &mut out);
        }
        out
    }
}

/// Appends a word without its numbers, years apart: a page about another year is another page.
fn mask_numbers(word: &str, out: &mut String) {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '๐'..='๙');
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_run = is_digit(first);
        let (run, after) = rest.split_at(rest.find(|c| is_digit(c) != is_run).unwrap_or(rest.len()));
        rest = after;
        if is_run && is_year(run) {
            out.push_str(run);
        } else if is_run {
            out.push_str(if out.ends_with('#') { "" } else { "#" });
        } else {
            let marks: &[char] = if out.ends_with('#') { &[',', '.', ':'] } else { &[] };
            out.push_str(run.trim_start_matches(marks));
        }
    }
}

/// Whether a number may be a year of the Buddhist era.
fn is_year(number: &str) -> bool {
    let digits = ["24", "25", "26", "๒๔", "๒๕", "๒๖"];
    number.chars().count() == 4 && digits.iter().any(|century| number.starts_with(century))
}

#[cfg(test)]
mod tests {
    use super::{impossible, shows_no_more};
    use crate::checks::page_tests::html_document;
    use crate::model::Document;

    const MENU: &str = "<ul><li><a href=/>หน้าแรก</a><li><a href=/a>ติดต่อเรา</a></ul><p>ผู้เข้าชม 12 คน เวลา 10:05</p>";

    fn page(path: &str, html: &str) -> (Document, url::Url) {
        let url = format!("http://www.nangrong.go.th{path}").parse().unwrap();
        (html_document(&url, html), url)
    }

    fn same(mine: &str, theirs: &str) -> bool {
        let ((mine, at), (theirs, other)) = (page("/plan2563.php", mine), page("/oit-audit-no-such-page-0a", theirs));
        shows_no_more(&mine, &at, &theirs, &other)
    }

    #[test]
    fn an_impossible_address_is_the_same_in_every_run() {
        let of = |url: &str| impossible(&url.parse().unwrap()).to_string();
        assert_eq!(of("http://a.go.th/x?y#z"), of("http://a.go.th/"));
        assert_ne!(of("http://a.go.th/"), of("http://b.go.th/"));
        assert!(of("http://a.go.th:81/x").starts_with("http://a.go.th:81/oit-audit-no-such-page-"));
    }

    #[test]
    fn clocks_counters_tokens_and_echoes_do_not_tell_pages_apart() {
        assert!(same(MENU, MENU));
        assert!(same(MENU, &MENU.replace("12 คน", "3,456 คน").replace("10:05", "10:07")));
        for (mine, theirs) in [("ปี 2562", "ปี 2563"), ("ปี๒๕๖๒", "ปี๒๕๖๓")] {
            let year = |year: &str| MENU.replace("เวลา", year);
            assert!(!same(&year(mine), &year(theirs)), "{mine}");
        }
        let echo = |path: &str| {
            format!("{MENU}<p>ไม่รู้จัก {path} รหัส a8f5f167f44f4964e6c998dee827110c</p><a href='/login?next={path}'>x</a>")
        };
        assert!(same(&echo("/plan2563.php"), &echo("/oit-audit-no-such-page-0a").replace("a8f5", "b9e6")));
    }

    #[test]
    fn a_page_that_shows_anything_more_is_another() {
        for more in [
            "<p>แผนดำเนินงาน</p>",
            "<a href=/files/plan.pdf>หน้าแรก</a>",
            "<iframe src=/plan.pdf></iframe>",
            "<img src=/scan/1.jpg>",
            "<form action=/q><input name=a><input name=b></form>",
        ] {
            assert!(!same(&format!("{MENU}{more}"), MENU), "{more}");
        }
        assert!(!same(MENU, ""));
    }
}
