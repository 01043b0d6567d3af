//! For tests: pages made of HTML, on a site with a template, and the subjects that checks look at.

use url::Url;

use super::{
    DependsOn, ItemCheck, ItemNames, ItemSubject, LinkSubject, Own, Page, PageCheck, Referral, SameChannel, Templates,
    WrongTarget,
};
use crate::extract::{Body, read};
use crate::model::{
    self, Answer, Block, BlockRole, Cause, Document, Failure, Fetched, Finding, FiscalYear, ItemId, Link, MediaKind,
    Observation, Outcome, Place, ReadNote, Readability, Way,
};

const HOME: &str = "http://www.nangrong.go.th/";

pub(super) struct World {
    pub(super) site: model::Site,
    pub(super) referral: Referral,
    pub(super) way: Way,
    /// What the year's items are called, and the one that is judged.
    pub(super) names: ItemNames,
    pub(super) item: ItemId,
}

impl Default for World {
    fn default() -> Self {
        Self {
            site: model::Site::new(&HOME.parse().unwrap(), &[]),
            referral: Referral::NotSeen,
            way: Way::Unknown,
            names: ItemNames::new([]),
            item: "X1".parse().unwrap(),
        }
    }
}

impl World {
    fn with<T>(&self, f: impl FnOnce(&super::World<'_>) -> T) -> T {
        let referral = |_: &Url| self.referral.clone();
        let way = |_: &Url| self.way.clone();
        f(&super::World {
            year: FiscalYear::new(2563),
            site: &self.site,
            offline: false,
            known: &|_| false,
            names: &self.names,
            item: &self.item,
            referral: &referral,
            way: &way,
        })
    }
}

pub(super) fn answer(status: u16, url: &Url) -> Answer {
    Answer {
        final_url: url.clone(),
        status,
        hops: Vec::new(),
        content_type: None,
        challenge: None,
        bytes: 0,
        capped: false,
        tls: None,
        elapsed_ms: 0,
        failed_tries: 0,
        retry_after: None,
        last_modified: None,
    }
}

pub(super) fn answered(status: u16) -> Observation {
    let url: Url = format!("{HOME}x").parse().unwrap();
    let url = if status == 200 { "https://elsewhere.example/".parse().unwrap() } else { url };
    Observation { fetched: Fetched::Answered(answer(status, &url)), document: None }
}

pub(super) fn failed(cause: Cause) -> Observation {
    let failure = Failure { cause, detail: String::new(), at: None, elapsed_ms: 0 };
    Observation { fetched: Fetched::Failed(failure), document: None }
}

pub(super) fn page_at(url: &str, html: &str) -> Observation {
    let url: Url = url.parse().unwrap();
    let document = html_document(&url, html);
    Observation { fetched: Fetched::Answered(answer(200, &url)), document: Some(document) }
}

pub(super) fn html_document(url: &Url, html: &str) -> Document {
    read(Body { bytes: html.as_bytes(), content_type: Some("text/html; charset=utf-8"), url, capped: false })
}

pub(super) fn document_of_kind(kind: MediaKind) -> Document {
    Document::unread(kind)
}

/// A PDF of one block of text, and what came to light while it was read.
pub(super) fn document_of_text(text: &str, notes: Vec<ReadNote>) -> Document {
    let blocks = vec![Block::new(text.to_owned(), BlockRole::Text)];
    Document { readability: Readability::Full, blocks, notes, ..Document::unread(MediaKind::Pdf) }
}

pub(super) fn link_finding(
    url: &str,
    seen: Option<&Observation>,
    run: impl FnOnce(&LinkSubject<'_>) -> Finding,
) -> Finding {
    link_finding_in(&World::default(), url, seen, run)
}

pub(super) fn link_finding_in(
    world: &World,
    url: &str,
    seen: Option<&Observation>,
    run: impl FnOnce(&LinkSubject<'_>) -> Finding,
) -> Finding {
    let link =
        Link { item: "X1".parse().unwrap(), raw: url.to_owned(), url: url.parse().ok(), place: Place::default() };
    world.with(|world| run(&LinkSubject { link: &link, seen, nature: None, world }))
}

/// Pages of one site: the first ones under test, then others that give the template away.
pub(super) struct Site {
    pages: Vec<(Url, Answer, Document, Own)>,
}

impl Site {
    fn new(mut documents: Vec<Document>, tested: usize) -> Self {
        let url = |at: usize| format!("{HOME}p{at}").parse::<Url>().unwrap();
        for at in 0..5 {
            documents.push(html_document(&url(9), &dressed(&format!("<p>หน้าอื่นที่ {at}</p>"))));
        }
        let all: Vec<&Document> = documents.iter().collect();
        let own = Templates::new(&all).own(&all);
        let pages = documents.into_iter().zip(own).take(tested).enumerate();
        Self { pages: pages.map(|(at, (document, own))| (url(at), answer(200, &url(at)), document, own)).collect() }
    }

    pub(super) fn with_page(content: &str) -> Self {
        Self::new(vec![html_document(&HOME.parse().unwrap(), &dressed(content))], 1)
    }

    pub(super) fn with_document(document: Document) -> Self {
        Self::new(vec![document], 1)
    }

    pub(super) fn page_in<T>(&self, f: impl FnOnce(&Page<'_>, &super::World<'_>) -> T) -> T {
        World::default().with(|world| f(&self.view(0, None), world))
    }

    fn view<'a>(&'a self, at: usize, via: Option<&'a str>) -> Page<'a> {
        let (url, answer, document, own) = &self.pages[at];
        Page { url, answer, document, own, via }
    }

    pub(super) fn check(&self, check: &dyn PageCheck) -> Finding {
        World::default().with(|world| check.run(&[&self.view(0, None)], world))
    }

    /// What a check finds in a world, on the page as some link led to it.
    pub(super) fn check_in(&self, world: &World, via: Option<&str>, check: &dyn PageCheck) -> Finding {
        world.with(|world| check.run(&[&self.view(0, via)], world))
    }
}

/// A page in the template of a typical site, with every trap in it.
fn dressed(content: &str) -> String {
    format!(
        "<title>องค์การบริหารส่วนตำบลนางรอง</title><div><a href=/>หน้าแรก</a><a href=/o2>ข้อมูลผู้บริหาร</a></div>\
         <div>{content}</div><div>© 2563 องค์การบริหารส่วนตำบลนางรอง โทร 044-631256</div>"
    )
}

pub(super) fn two_pages(first: &str, second: &str) -> Site {
    let home: Url = HOME.parse().unwrap();
    Site::new(vec![html_document(&home, &dressed(first)), html_document(&home, &dressed(second))], 2)
}

pub(super) fn same_channel_of(check: &SameChannel, site: &Site) -> Finding {
    let (mine, other) = (site.view(0, None), site.view(1, None));
    check.run(&ItemSubject {
        submitted: &[&mine],
        deciding: &[&mine],
        from_home: false,
        submitted_on_topic: true,
        outcome_of: &|_| None,
        pages_of: &|_| vec![&other],
    })
}

pub(super) fn depends_with(check: &DependsOn, outcome: Option<Outcome>) -> Finding {
    let outcome_of = |_: &ItemId| outcome.map(|outcome| (outcome, false));
    check.run(&ItemSubject {
        submitted: &[],
        deciding: &[],
        from_home: false,
        submitted_on_topic: true,
        outcome_of: &outcome_of,
        pages_of: &|_| Vec::new(),
    })
}

pub(super) fn wrong_target_with(check: WrongTarget, followed: bool, on_topic: bool) -> Finding {
    let site = Site::with_page("<h2>โครงสร้าง</h2>");
    let page = site.view(0, followed.then_some("โครงสร้าง"));
    check.run(&ItemSubject {
        submitted: &[],
        deciding: &[&page],
        from_home: false,
        submitted_on_topic: on_topic,
        outcome_of: &|_| None,
        pages_of: &|_| Vec::new(),
    })
}
