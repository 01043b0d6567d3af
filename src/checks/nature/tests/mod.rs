//! Natures of pages as they are met on Thai agencies' websites, each alone and dressed in a site's menu.

mod hacked;
mod login;
mod soft_404;
mod soft_404_doubt;

use url::Url;

use super::{Nature, Scene};
use crate::checks::page_tests::{answer, html_document};
use crate::checks::{Page, Templates};
use crate::model::{Answer, Document, Fetched, Hop, Observation, Site};

const MENU: &str = "<ul><li><a href=/>หน้าแรก</a><li><a href=/about>ประวัติความเป็นมา</a><li><a href=/plan>แผนพัฒนา</a>\
<li><a href=/news>ข่าวประชาสัมพันธ์</a><li><a href=/contact>ติดต่อเรา</a></ul>";
const FOOTER: &str = "<div>องค์การบริหารส่วนตำบลนางรอง อำเภอนางรอง จังหวัดบุรีรัมย์ โทร. 044-631256</div>";

/// A visit: the URL asked for, the redirects, the page.
struct Visit {
    asked: Url,
    answer: Answer,
    document: Document,
    /// Other pages of the site, which give its template away.
    others: Vec<Document>,
    home: Option<Url>,
    probe: Option<Observation>,
}

impl Visit {
    fn new(asked: &str, last: &str, html: &str) -> Self {
        let (asked, last): (Url, Url) = (asked.parse().unwrap(), last.parse().unwrap());
        let mut answer = answer(200, &last);
        if asked != last {
            answer.hops.push(Hop { url: asked.clone(), status: 302 });
        }
        Self { document: html_document(&last, html), asked, answer, others: Vec::new(), home: None, probe: None }
    }

    /// A page of the agency's website without redirects.
    fn page(html: &str) -> Self {
        let url = "http://www.nangrong.go.th/ita/o11.html";
        Self::new(url, url, html)
    }

    /// What the host answers to an address that cannot exist.
    fn with_probe(mut self, last: &str, html: &str) -> Self {
        let probe = Self::new("http://www.nangrong.go.th/no", last, html);
        self.probe = Some(Observation { fetched: Fetched::Answered(probe.answer), document: Some(probe.document) });
        self
    }

    fn nature(&self) -> Option<Nature> {
        let all: Vec<&Document> = std::iter::once(&self.document).chain(&self.others).collect();
        let own = Templates::new(&all).own(&all).swap_remove(0);
        let page = Page { url: &self.asked, answer: &self.answer, document: &self.document, own: &own, via: None };
        let site = Site::new(&"http://www.nangrong.go.th/".parse().unwrap(), &[]);
        Nature::of(&page, &Scene { site: &site, home: self.home.as_ref(), probe: self.probe.as_ref() })
    }

    /// Its code, and whether it is certain.
    fn told(&self) -> Option<(&'static str, bool)> {
        self.nature().map(|nature| (nature.code.as_str(), nature.certain))
    }
}

fn dressed(html: &str) -> String {
    let (head, body) = html.split_once("</title>").map_or(("<title>อบต.นางรอง", html), |parts| parts);
    format!("{head}</title>{MENU}{body}{FOOTER}")
}

/// A page in a menu that is known from other pages.
fn known_menu(html: &str) -> Visit {
    Visit { others: others(dressed), ..Visit::page(&dressed(html)) }
}

/// Looks at each page alone, in its site's menu, and in a menu that is known from other pages.
fn all_are(pages: &[&str], wanted: Option<(&str, bool)>) {
    all_are_but(pages, wanted, false);
}

/// The same; in a menu that may as well be a list of the page's own, doubt is no mistake.
fn all_are_but(pages: &[&str], wanted: Option<(&str, bool)>, unsure_in_a_menu: bool) {
    assert!(pages.len() >= 10);
    let mut wrong = Vec::new();
    for html in pages {
        let mut look = |way: &str, visit: &Visit, unsure: bool| {
            let told = visit.told();
            if told != wanted && !(unsure && told == wanted.map(|(code, _)| (code, false))) {
                let seen = visit.nature().map(|n| format!("{} {} «{}»", n.code, n.certain, n.evidence));
                wrong.push(format!("{way}: {html}\n    {}", seen.unwrap_or_default()));
            }
        };
        look("alone", &Visit::page(html), false);
        look("in a menu", &Visit::page(&dressed(html)), unsure_in_a_menu);
        look("in a known menu", &known_menu(html), false);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Other pages of a site in its template.
fn others(template: impl Fn(&str) -> String) -> Vec<Document> {
    let url = "http://www.nangrong.go.th/news".parse().unwrap();
    let page = |number| html_document(&url, &template(&format!("<p>ข่าวประชาสัมพันธ์ที่ {number} ของหน่วยงาน")));
    ["หนึ่ง", "สอง", "สาม", "สี่"].map(page).into()
}
