//! One agency's website and agency file: all items published, but for what is mutated.

use std::collections::BTreeMap;

use crate::agency::Voice;
use crate::cms::{Frame, Shape};
use crate::criteria::CRITERIA;
use crate::files::docx::docx;
use crate::files::pdf::pdf;
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
    /// The submitted page lists PDF files of several years.
    Pdfs,
    /// The submitted page lists DOCX files of several years.
    Docxs,
    /// The submitted address is a PDF file.
    Pdf,
    /// The submitted address is a DOCX file.
    Docx,
}

impl Form {
    fn file(self) -> Option<Kind> {
        match self {
            Self::Page | Self::Index => None,
            Self::Pdfs | Self::Pdf => Some(Kind::Pdf),
            Self::Docxs | Self::Docx => Some(Kind::Docx),
        }
    }

    /// Whether the content is one click behind the submitted page.
    fn is_behind(self) -> bool {
        matches!(self, Self::Index | Self::Pdfs | Self::Docxs)
    }
}

/// What is uploaded.
#[derive(Clone, Copy)]
enum Kind {
    Pdf,
    Docx,
}

pub(crate) struct Built {
    pub(crate) site: Site,
    pub(crate) agency_file: String,
    pub(crate) hosts: Vec<String>,
}

impl Kind {
    fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
}

/// A host of a company that the agency's website does not link to.
const FOREIGN: &str = "www.siamwebtown.com";

/// The form of an item in a plan.
pub(crate) fn form(plan: &Plan, item: u8) -> Form {
    const FORMS: [Form; 6] = [Form::Page, Form::Pdfs, Form::Index, Form::Docx, Form::Pdf, Form::Docxs];
    if only_page(item) { Form::Page } else { FORMS[(usize::from(item) + plan.turn) % FORMS.len()] }
}

/// Where part `part` of an item is, by the form that it is published in.
fn path(plan: &Plan, item: u8, part: usize) -> String {
    match form(plan, item).file() {
        Some(kind) if part > 0 || !form(plan, item).is_behind() => plan.shape.file(item, part, kind.extension()),
        _ => plan.shape.path(item, part),
    }
}

/// Whether what is mutated about an item is its page, whatever form it had: nobody uploads an empty file or a login.
fn whole_page(plan: &Plan, item: u8) -> bool {
    matches!(
        plan.mutated.get(&item),
        Some(
            Mutation::EmptyShell
                | Mutation::Placeholder(_)
                | Mutation::Criteria
                | Mutation::AllCriteria
                | Mutation::TemplateOnly
                | Mutation::Login(1)
                | Mutation::Hacked(1)
        )
    ) && form(plan, item) != Form::Index
}

pub(crate) fn build(plan: &Plan) -> Built {
    let voice = plan.voice;
    let mut submitted: BTreeMap<u8, String> = BTreeMap::new();
    let mut targets = Vec::new();
    for (item, _) in ITEMS {
        let own = if whole_page(plan, item) { plan.shape.path(item, 0) } else { path(plan, item, 0) };
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
                let answer = self.broken(item, broken, site);
                let place = if whole_page(plan, item) {
                    plan.shape.path(item, 0)
                } else if form(plan, item).is_behind() {
                    let title = self.digits(source.content(Years::RIGHT)).title;
                    self.index(item, &[(title, path(plan, item, 1))], site);
                    path(plan, item, 1)
                } else {
                    path(plan, item, 0)
                };
                site.put(plan.voice.host, &place, answer);
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
        let form = form(plan, item);
        let mut publish = |part: usize, content: &Content| {
            let answer = match form.file() {
                Some(Kind::Pdf) => Answer::new(200, "application/pdf", pdf(content, plan.voice.name)),
                // As many servers do, which know no better.
                Some(Kind::Docx) => Answer::new(200, "application/octet-stream", docx(content, plan.voice.name)),
                None => self.page(item, part, content),
            };
            site.put(plan.voice.host, &path(plan, item, part), answer);
            (content.title.clone(), path(plan, item, part))
        };
        if !form.is_behind() {
            publish(0, &content);
            return;
        }
        let mut entries = vec![publish(1, &content)];
        let before = self.digits(plan.voice.items[&item].content(Years::STALE));
        if older && ages(item) && before.title != content.title {
            entries.push(publish(2, &before));
        }
        self.index(item, &entries, site);
    }

    fn page(&self, item: u8, part: usize, content: &Content) -> Answer {
        let body = html::body(content, self.plan.shape.manner());
        let number = usize::from(item) * 10 + part;
        // Either the entry of the menu or the document's own title heads a page.
        if (number + self.plan.turn).is_multiple_of(2) {
            let title = format!("<p><b>{}</b></p>\n", escaped(&content.title));
            self.frame.page(number, name(item), name(item), &format!("{title}{body}"))
        } else {
            self.frame.page(number, &content.title, &content.title, &body)
        }
    }

    fn index(&self, item: u8, entries: &[(String, String)], site: &mut Site) {
        // Some systems link the title, some a word beside it.
        let beside = matches!(self.plan.shape, Shape::CodeIgniter | Shape::Yii);
        let row = |(title, to): &(String, String)| {
            let (title, to) = (escaped(title), escaped(to));
            if beside {
                format!("<tr><td>{title}</td><td><a href=\"{to}\">ดาวน์โหลด</a></td></tr>\n")
            } else {
                format!("<tr><td><a href=\"{to}\">{title}</a></td></tr>\n")
            }
        };
        let rows: String = entries.iter().map(row).collect();
        let page = self.frame.page(usize::from(item) * 10, name(item), name(item), &format!("<table>{rows}</table>"));
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
