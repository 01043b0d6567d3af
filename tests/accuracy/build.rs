//! One agency's website and agency file: all items published, but for what is mutated.

use std::collections::BTreeMap;

use crate::agency::Voice;
use crate::cms::{Frame, Shape};
use crate::criteria::CRITERIA;
use crate::html::{self, escaped};
use crate::items::{ITEMS, ages, name, only_page};
use crate::markup::{Content, Years, thai_digits};
use crate::mutation::{Mutation, PLACEHOLDERS};
use crate::site::{Answer, HTML, Site};

/// What is built.
pub(crate) struct Plan<'a> {
    pub(crate) voice: &'a Voice,
    pub(crate) shape: Shape,
    pub(crate) thai_digits: bool,
    /// Rotates the forms in which items are published.
    pub(crate) turn: usize,
    pub(crate) mutated: BTreeMap<u8, Mutation>,
}

/// How an item is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The submitted page shows it.
    Page,
    /// The submitted page lists pages of several years.
    Index,
}

pub(crate) struct Built {
    pub(crate) site: Site,
    pub(crate) agency_file: String,
    pub(crate) hosts: Vec<String>,
}

/// A host of a company that the agency's website does not link to.
const FOREIGN: &str = "www.siamwebtown.com";

/// The form of an item in a plan.
pub(crate) fn form(plan: &Plan, item: u8) -> Form {
    const FORMS: [Form; 2] = [Form::Page, Form::Index];
    if only_page(item) { Form::Page } else { FORMS[(usize::from(item) + plan.turn) % FORMS.len()] }
}

pub(crate) fn build(plan: &Plan) -> Built {
    let voice = plan.voice;
    let mut submitted: BTreeMap<u8, String> = BTreeMap::new();
    let mut targets = Vec::new();
    for (item, _) in ITEMS {
        let own = plan.shape.path(item, 0);
        let path = match plan.mutated.get(&item) {
            Some(Mutation::SameChannel) => plan.shape.path(30, 0),
            _ => own,
        };
        let elsewhere = match plan.mutated.get(&item) {
            Some(Mutation::OffSite) => Some(format!("http://{FOREIGN}/customer/{}/{item}.html", voice.letter)),
            Some(Mutation::Dead(2)) => Some(format!("http://oit{item}.invalid/index.html")),
            _ => None,
        };
        if elsewhere.is_none() {
            targets.push((item, path.clone()));
        }
        submitted.insert(item, elsewhere.unwrap_or_else(|| format!("http://{}{path}", voice.host)));
    }
    let without_contact =
        matches!(plan.mutated.get(&5), Some(Mutation::Without(tag)) if tag == "address" || tag == "phone");
    let frame =
        Frame { voice, shape: plan.shape, thai_digits: plan.thai_digits, contact_in_footer: !without_contact, targets };
    let mut site = Site::default();
    for (path, answer) in frame.fixed() {
        site.put(voice.host, &path, answer);
    }
    let works = Works { plan, frame: &frame };
    for (item, _) in ITEMS {
        works.publish(item, &mut site);
    }
    let lines: String = submitted.iter().map(|(item, url)| format!("  O{item}: \"{url}\"\n")).collect();
    let agency_file = format!(
        "agency: {}\nwebsite: http://{}/\nfiscal_year: 2563\ncrawl: {{retries: 0, timeout: 10s, render: never, ocr: never}}\nitems:\n{lines}",
        voice.name, voice.host
    );
    Built { site, agency_file, hosts: vec![voice.host.to_owned(), FOREIGN.to_owned()] }
}

struct Works<'a> {
    plan: &'a Plan<'a>,
    frame: &'a Frame<'a>,
}

impl Works<'_> {
    fn publish(&self, item: u8, site: &mut Site) {
        let plan = self.plan;
        let source = &plan.voice.items[&item];
        match plan.mutated.get(&item) {
            None => self.content(item, &source.content(Years::RIGHT), true, site),
            Some(Mutation::LastYear) => self.content(item, &source.content(Years::STALE), true, site),
            Some(Mutation::Quarter) => self.content(item, &source.quarter_only(), false, site),
            Some(Mutation::Without(tag)) => self.content(item, &source.without(tag), false, site),
            Some(Mutation::OtherItem(other)) => {
                self.content(item, &plan.voice.items[other].content(Years::RIGHT), false, site);
            }
            Some(Mutation::OffSite) => {
                let content = self.digits(source.content(Years::RIGHT));
                let body = html::body(&content, html::MODERN);
                let title = escaped(&content.title);
                let page = format!(
                    "<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
                );
                site.put(
                    FOREIGN,
                    &format!("/customer/{}/{item}.html", plan.voice.letter),
                    Answer::new(200, HTML, page),
                );
            }
            Some(Mutation::SameChannel | Mutation::Dead(2)) => {}
            Some(broken) => {
                // At the end of the way: the page itself, or what the list of years leads to.
                let part = match form(plan, item) {
                    Form::Page => 0,
                    Form::Index => {
                        let title = source.content(Years::RIGHT).title;
                        self.index(item, &[(title, plan.shape.path(item, 1))], site);
                        1
                    }
                };
                let answer = self.broken(item, broken, site);
                site.put(plan.voice.host, &plan.shape.path(item, part), answer);
            }
        }
    }

    fn digits(&self, content: Content) -> Content {
        if self.plan.thai_digits { content.map(&thai_digits) } else { content }
    }

    /// Publishes content for an item, in the form that the plan gives it; `older` also what it was a year before.
    fn content(&self, item: u8, content: &Content, older: bool, site: &mut Site) {
        let plan = self.plan;
        let content = self.digits(content.clone());
        let page = |part: usize, content: &Content| {
            let body = html::body(content, plan.shape.manner());
            let number = usize::from(item) * 10 + part;
            // Either the entry of the menu or the document's own title heads a page.
            if (number + plan.turn).is_multiple_of(2) {
                let title = format!("<p><b>{}</b></p>\n", escaped(&content.title));
                self.frame.page(number, name(item), name(item), &format!("{title}{body}"))
            } else {
                self.frame.page(number, &content.title, &content.title, &body)
            }
        };
        match form(plan, item) {
            Form::Page => site.put(plan.voice.host, &plan.shape.path(item, 0), page(0, &content)),
            Form::Index => {
                let mut entries = vec![(content.title.clone(), plan.shape.path(item, 1))];
                site.put(plan.voice.host, &plan.shape.path(item, 1), page(1, &content));
                let before = self.digits(plan.voice.items[&item].content(Years::STALE));
                if older && ages(item) && before.title != content.title {
                    site.put(plan.voice.host, &plan.shape.path(item, 2), page(2, &before));
                    entries.push((before.title, plan.shape.path(item, 2)));
                }
                self.index(item, &entries, site);
            }
        }
    }

    fn index(&self, item: u8, entries: &[(String, String)], site: &mut Site) {
        let rows: String = entries
            .iter()
            .map(|(title, to)| format!("<li><a href=\"{}\">{}</a></li>\n", escaped(to), escaped(title)))
            .collect();
        let page = self.frame.page(usize::from(item) * 10, name(item), name(item), &format!("<ul>{rows}</ul>"));
        site.put(self.plan.voice.host, &self.plan.shape.path(item, 0), page);
    }

    /// What stands in the place of an item's content.
    fn broken(&self, item: u8, mutation: &Mutation, site: &mut Site) -> Answer {
        let number = usize::from(item) * 10;
        let own = |main: &str| self.frame.page(number, name(item), name(item), main);
        match mutation {
            Mutation::Dead(way) => Answer::new([404, 500][*way % 2], HTML, "<html><body><h1>Error</h1></body></html>"),
            Mutation::Soft404(0) => {
                let main = "<p>ไม่พบหน้าที่ท่านต้องการ หรือข้อมูลนี้ถูกลบไปแล้ว</p><p><a href=\"/\">กลับหน้าหลัก</a></p>";
                self.frame.page(number, "ไม่พบหน้า", "ไม่พบหน้า", main)
            }
            Mutation::Soft404(1) => site.pages[&format!("{}/", self.plan.voice.host)].clone(),
            Mutation::Soft404(_) => Answer::new(
                200,
                HTML,
                "<html><head><title>404 - Page not found</title></head><body><h1>404</h1><p>The page you requested was not found.</p></body></html>",
            ),
            Mutation::EmptyShell => Answer::new(
                200,
                HTML,
                format!(
                    "<!doctype html><html><head><title>{}</title><script defer src=\"/static/js/main.3f1c.js\"></script></head><body>\
                     <noscript>You need to enable JavaScript to run this app.</noscript><div id=\"root\"></div></body></html>",
                    self.plan.voice.name
                ),
            ),
            Mutation::Placeholder(way) => own(&format!("<p>{}</p>", PLACEHOLDERS[*way])),
            Mutation::Criteria => own(&format!("<p>{}</p>", escaped(CRITERIA[usize::from(item) - 1]))),
            Mutation::AllCriteria => {
                let rows: String = ITEMS
                    .iter()
                    .map(|(item, name)| {
                        format!(
                            "<tr><td>O{item}</td><td>{}</td><td>{}</td></tr>\n",
                            escaped(name),
                            escaped(CRITERIA[usize::from(*item) - 1])
                        )
                    })
                    .collect();
                let table = format!(
                    "<table border=\"1\"><tr><th>ข้อ</th><th>ข้อมูล</th><th>องค์ประกอบด้านข้อมูล</th></tr>{rows}</table>"
                );
                self.frame.page(number, "OIT 2563", "แบบตรวจการเปิดเผยข้อมูลสาธารณะ ปี 2563", &table)
            }
            Mutation::Login(0) => {
                site.put(self.plan.voice.host, "/administrator/login.php", Answer::new(200, HTML, LOGIN_PAGE));
                Answer::moved("/administrator/login.php")
            }
            Mutation::Login(_) => own(
                "<form method=\"post\" action=\"/login\"><p>กรุณาเข้าสู่ระบบเพื่อดูข้อมูล</p><p>ชื่อผู้ใช้ <input type=\"text\" name=\"user\"></p>\
                 <p>รหัสผ่าน <input type=\"password\" name=\"pass\"></p><input type=\"submit\" value=\"เข้าสู่ระบบ\"></form>",
            ),
            Mutation::Hacked(0) => Answer::new(200, HTML, SPAM_PAGE),
            Mutation::Hacked(_) => {
                let content = self.digits(self.plan.voice.items[&item].content(Years::RIGHT));
                let body = html::body(&content, self.plan.shape.manner());
                self.frame.page(number, &content.title, &content.title, &format!("{body}{SPAM_LINKS}"))
            }
            // The heading with the item's name, and nothing below it.
            _ => own(""),
        }
    }
}

const LOGIN_PAGE: &str = "<html><head><title>Login</title></head><body><form method=\"post\"><p>Username <input type=\"text\" name=\"u\"></p>\
<p>Password <input type=\"password\" name=\"p\"></p><button>Login</button></form></body></html>";

const SPAM_PAGE: &str = "<html lang=\"th\"><head><title>สล็อตเว็บตรง แตกง่าย ไม่ผ่านเอเย่นต์ สมัครฟรี</title></head><body>\
<h1>สล็อตเว็บตรง อันดับ 1</h1><p>สล็อต บาคาร่า คาสิโนออนไลน์ ฝากถอนไม่มีขั้นต่ำ รับโบนัส 100% แทงบอลออนไลน์ หวยออนไลน์ จ่ายจริง \
ทดลองเล่นสล็อต PG JOKER ฟรีเครดิตไม่ต้องฝาก</p><a href=\"https://pgslot.example.net/register\">สมัครสมาชิก สล็อต</a></body></html>";

const SPAM_LINKS: &str = "<div style=\"position:absolute;left:-9999px\"><a href=\"https://slot88.example.net/\">สล็อตเว็บตรง</a> \
<a href=\"https://pgslot.example.net/\">บาคาร่าออนไลน์</a> <a href=\"https://ufa.example.net/\">แทงบอลออนไลน์</a> \
<a href=\"https://casino.example.net/\">คาสิโนออนไลน์ ฟรีเครดิต</a> <a href=\"https://slot.example.org/\">slot gacor</a></div>";
