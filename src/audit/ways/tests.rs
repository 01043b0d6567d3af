//! For tests: small websites as graphs, and what is opened of them in which order.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use url::Url;

use super::{Sought, Ways, folders, key, shape};
use crate::extract::{Body, read};
use crate::model::{Answer, Site};
use crate::thai::Phrase;

const HOME: &str = "http://www.a.go.th/";

fn url(path: &str) -> Url {
    Url::parse(HOME).unwrap().join(path).unwrap()
}

fn answer(last: &Url) -> Answer {
    Answer {
        final_url: last.clone(),
        status: 200,
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

fn sought(path: &str, names: Vec<&'static Phrase>) -> Sought<'static> {
    Sought { url: url(path), last: None, names, most: Some(4) }
}

/// A website of pages: the path of each, where it ends, and its markup.
struct Web {
    site: Site,
    pages: BTreeMap<String, (Url, String)>,
}

impl Web {
    fn new(pages: &[(&str, &str)]) -> Self {
        let page = |(path, html): &(&str, &str)| (url(path).to_string(), (url(path), (*html).to_owned()));
        Self { site: Site::new(&url("/"), &[]), pages: pages.iter().map(page).collect() }
    }

    /// The ways when these pages were read, in this order.
    fn ways(&self, sought: &Sought<'_>, read_paths: &[&str]) -> Ways<'_> {
        let mut ways = Ways::new(&self.site, std::iter::once(sought));
        for path in read_paths {
            self.read(&mut ways, &url(path));
        }
        ways
    }

    fn read(&self, ways: &mut Ways<'_>, asked: &Url) {
        match self.pages.get(asked.as_str()) {
            Some((last, html)) => {
                let document = read(Body {
                    bytes: html.as_bytes(),
                    content_type: Some("text/html; charset=utf-8"),
                    url: last,
                    capped: false,
                });
                ways.seen(asked, &answer(last), Some(&document));
            }
            None => ways.failed(asked, true),
        }
    }

    /// Opens what the ways propose until there is nothing more, and says what was opened.
    fn explore(&self, ways: &mut Ways<'_>, sought: &Sought<'_>, most: usize) -> Vec<String> {
        let mut opened = Vec::new();
        while opened.len() < most {
            let reach = ways.reach();
            let missing: Vec<&Sought<'_>> = [sought].into_iter().filter(|one| !ways.is_reached(&reach, one)).collect();
            let Some(next) = (!missing.is_empty()).then(|| ways.next(&reach, &missing, 1)).and_then(|mut n| n.pop())
            else {
                break;
            };
            self.read(ways, &next);
            opened.push(next.path().to_owned());
        }
        opened
    }
}

fn words(ways: &Ways<'_>, sought: &Sought<'_>) -> Option<Vec<String>> {
    let clicks = ways.way(&ways.reach(), sought)?;
    Some(clicks.iter().map(|click| format!("{} {}", click.text, click.url.path())).collect())
}

#[test]
fn the_shortest_way_is_told_click_by_click() {
    let web = Web::new(&[
        ("/", "<a href=/a>แผน</a> <a href=/ita>ITA</a>"),
        ("/a", "<a href=/b>ถัดไป</a>"),
        ("/b", "<a href=/o11>O11</a>"),
        ("/ita", "<iframe src=/ita/list></iframe>"),
        ("/ita/list", "<a href='https://a.go.th/o11/index.php#top'>รายงาน</a>"),
    ]);
    let o11 = sought("/o11", vec![]);
    let ways = web.ways(&o11, &["/", "/a", "/b"]);
    assert_eq!(words(&ways, &o11).unwrap(), ["แผน /a", "ถัดไป /b", "O11 /o11"]);
    let ways = web.ways(&o11, &["/", "/a", "/b", "/ita", "/ita/list"]);
    assert_eq!(words(&ways, &o11).unwrap(), ["ITA /ita", "รายงาน /o11"], "a frame takes no click");
    assert_eq!(words(&ways, &sought("/", vec![])).unwrap(), Vec::<String>::new());
    assert_eq!(words(&ways, &sought("/none", vec![])), None);
}

#[test]
fn where_a_link_ends_is_the_same_page() {
    let mut web = Web::new(&[("/", "<a href=/old>รายงาน</a>"), ("/old", "<p>รายงาน</p>")]);
    let moved = Sought { last: Some(url("/new")), ..sought("/other", vec![]) };
    web.pages.insert(url("/old").to_string(), (url("/new"), "<p>รายงาน</p>".to_owned()));
    let ways = web.ways(&moved, &["/", "/old"]);
    assert_eq!(words(&ways, &moved).unwrap(), ["รายงาน /old"]);
}

#[test]
fn what_likely_leads_there_is_opened_first() {
    static NAME: std::sync::LazyLock<Phrase> = std::sync::LazyLock::new(|| Phrase::new("แผนดำเนินงานประจำปี"));
    let mut home = String::new();
    for n in 1..=30 {
        let _written = write!(home, "<a href=/news/{n}>ข่าวที่ {n}</a>");
    }
    home.push_str("<a href=/about>เกี่ยวกับเรา</a><a href=/data>การเปิดเผยข้อมูลสาธารณะ (OIT)</a>");
    let mut pages = vec![("/", home.as_str()), ("/data", "<a href=/plan>แผนดำเนินงาน ประจำปี</a><a href=/x>อื่น ๆ</a>")];
    pages.extend([("/plan", "<a href=/files/plan>เปิดแผน</a>"), ("/about", "ประวัติ"), ("/x", "อื่น")]);
    let news: Vec<String> = (1..=30).map(|n| format!("/news/{n}")).collect();
    pages.extend(news.iter().map(|path| (path.as_str(), "ข่าว")));
    let web = Web::new(&pages);
    let plan = sought("/files/plan", vec![&*NAME]);
    let mut ways = web.ways(&plan, &["/"]);
    assert_eq!(web.explore(&mut ways, &plan, 60), ["/data", "/plan"]);
    assert_eq!(words(&ways, &plan).unwrap().len(), 3);
    let nowhere = sought("/nowhere", vec![]);
    let mut ways = web.ways(&nowhere, &["/"]);
    let opened = web.explore(&mut ways, &nowhere, 5);
    assert!(opened.iter().any(|path| path == "/about"), "thirty news items are not all opened before: {opened:?}");
    assert!(!ways.is_whole(&ways.reach()));
    assert_eq!(web.explore(&mut ways, &nowhere, 60).len(), 35 - opened.len());
    assert!(ways.is_whole(&ways.reach()), "every page was opened");
}

#[test]
fn what_was_not_read_leaves_a_gap() {
    let web = Web::new(&[("/", "<a href=/gone>หาย</a><a href=/plan.pdf>แผน</a><a href=https://other.example/>อื่น</a>")]);
    let plan = sought("/plan.pdf", vec![]);
    let mut ways = web.ways(&plan, &["/", "/gone"]);
    assert!(ways.is_whole(&ways.reach()), "a dead link, a file and a foreign page hide nothing");
    assert_eq!(words(&ways, &plan).unwrap(), ["แผน /plan.pdf"]);
    ways.failed(&url("/slow"), false);
    assert!(!ways.is_whole(&ways.reach()));
}

#[test]
fn a_file_of_a_store_is_one_by_all_its_addresses() {
    let view = key(&url("https://drive.google.com/file/d/1AbC/view?usp=sharing"));
    assert_eq!(view, key(&url("https://drive.google.com/open?id=1AbC")));
    assert_ne!(view, key(&url("https://drive.google.com/file/d/2AbC/view")));
}

#[test]
fn articles_and_days_have_one_shape() {
    let [a, b, c] =
        ["/news/view-12.html?p=1", "/news/view-7.html?p=2", "/plan/view-7.html?p=2"].map(|path| shape(&url(path)));
    assert_eq!(a, b);
    assert_ne!(b, c);
    assert_eq!(folders(&url("/ita/2563/o1")), ["a.go.th/ita", "a.go.th/ita/2563", "a.go.th/ita/2563/o1"]);
}
