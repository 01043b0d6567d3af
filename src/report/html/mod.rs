//! The HTML format: one file that opens anywhere, asks no network, and can be forwarded, printed and acted on.
//!
//! `markup` is the only way into the page and escapes whatever comes through it; the other files each draw a part.
//! Without its script the page is a document that can be read; the script switches the language and the colours, filters
//! the items and reckons what fixes would gain.

mod about;
mod chart;
mod data;
mod fixes;
mod items;
mod links;
mod markup;
mod pictures;
mod score;
mod words;

#[cfg(test)]
mod tests;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use self::markup::Html;
use self::pictures::Pictures;
use super::view;
use super::{Beside, Style, words as common};
use crate::model::{CatalogStatus, Lang, Report, Verdict};

const CSS: &str = include_str!("report.css");
const PRINT_CSS: &str = include_str!("print.css");
const SCRIPT: &str = include_str!("report.js");

/// Writes the page.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> String {
    let mut html = Html::default();
    let page = Page { report, beside, pictures: pictures::all(report, beside) };
    html.doctype();
    let lang = match style.lang {
        Lang::Th => "th",
        Lang::En => "en",
    };
    html.el("html", &[("lang", lang)], |html| {
        html.el("head", &[], |html| page.head(html, style.lang));
        html.line();
        html.el("body", &[], |html| page.body(html));
    });
    html.line();
    html.finish()
}

/// What the page is drawn from.
struct Page<'a> {
    report: &'a Report,
    beside: &'a Beside,
    pictures: Pictures<'a>,
}

/// What the page allows itself: its own style and script, known by their digests, and pictures that it holds.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(digest(&SHA256, text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}' 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        hash(CSS),
        hash(PRINT_CSS),
        hash(SCRIPT)
    )
}

impl Page<'_> {
    fn head(&self, html: &mut Html, lang: Lang) {
        let name = &self.report.agency.name;
        let [th, en] = [Lang::Th, Lang::En].map(|lang| words::DOCUMENT.fill(lang, name));
        html.void("meta", &[("charset", "utf-8")]);
        html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy())]);
        for (name, content) in [
            ("viewport", "width=device-width, initial-scale=1"),
            ("color-scheme", "light dark"),
            ("referrer", "no-referrer"),
            ("robots", "noindex"),
            ("generator", "oit-audit"),
        ] {
            html.void("meta", &[("name", name), ("content", content)]);
        }
        html.el("title", &[("data-th", &th), ("data-en", &en)], |html| {
            html.text(match lang {
                Lang::Th => &th,
                Lang::En => &en,
            });
        });
        html.void("link", &[("rel", "icon"), ("href", "data:,")]);
        html.own("style", CSS);
        html.own("style", PRINT_CSS);
    }

    fn body(&self, html: &mut Html) {
        icons(html);
        html.el("a", &[("class", "skip"), ("href", "#content")], |html| html.say(words::SKIP));
        html.el("header", &[("class", "top")], |html| {
            controls(html);
            self.title(html);
            self.contents(html);
        });
        html.line();
        html.el("main", &[("id", "content"), ("tabindex", "-1")], |html| {
            self.warnings(html);
            self.score(html);
            self.changes(html);
            self.indicators(html);
            self.fixes(html);
            self.items(html);
            self.about(html);
        });
        html.line();
        html.data("data", &data::of(self.report));
        html.own("script", SCRIPT);
    }

    fn title(&self, html: &mut Html) {
        let report = self.report;
        html.el("p", &[("class", "kicker")], |html| html.say(common::TITLE));
        html.el("h1", &[], |html| html.quoted(&report.agency.name));
        html.el("p", &[("class", "meta")], |html| {
            html.el("span", &[], |html| {
                html.each(|lang| match lang {
                    Lang::Th => format!("ปีงบประมาณ พ.ศ. {}", report.fiscal_year),
                    Lang::En => format!("Fiscal year {} (B.E. {})", report.fiscal_year.common(), report.fiscal_year),
                });
            });
            html.el("span", &[], |html| html.address(report.agency.website.as_str()));
            html.el("span", &[], |html| {
                html.say(common::WHEN);
                html.text(" ");
                html.each(|lang| view::moment(&report.started_at, lang));
            });
        });
    }

    fn contents(&self, html: &mut Html) {
        html.el("nav", &[("aria-labelledby", "nav-name")], |html| {
            html.el("span", &[("id", "nav-name"), ("class", "unseen")], |html| html.say(words::CONTENTS));
            let parts = [
                ("#score", common::SCORE, true),
                ("#changes", words::SINCE, self.beside.changes.is_some()),
                ("#indicators", common::INDICATOR, !self.report.items.is_empty()),
                ("#fixes", words::ACTION, true),
                ("#items", common::ITEMS, true),
                ("#about", words::ABOUT, true),
            ];
            for (to, name, _) in parts.into_iter().filter(|(.., there)| *there) {
                html.el("a", &[("href", to)], |html| html.say(name));
            }
        });
    }

    /// What the reader must know before the score.
    fn warnings(&self, html: &mut Html) {
        let report = self.report;
        if report.complete && report.notes.is_empty() && report.catalog_status == CatalogStatus::Verified {
            return;
        }
        html.el("div", &[("class", "notes")], |html| {
            if !report.complete {
                html.el("p", &[("class", "note bad")], |html| {
                    html.el("strong", &[], |html| html.say(common::INCOMPLETE));
                    html.text(" ");
                    html.el("span", &[], |html| html.say(common::INCOMPLETE_WHY));
                });
            }
            if let Some(warning) = view::catalog_warning(report) {
                html.el("p", &[("class", "note")], |html| {
                    html.el("strong", &[], |html| html.say(common::CATALOG));
                    html.text(" ");
                    html.el("span", &[], |html| html.say(warning));
                });
            }
            for note in &report.notes {
                html.el("p", &[("class", "note")], |html| html.both_of(note));
            }
        });
    }
}

/// A section with its heading.
fn section(html: &mut Html, id: &'static str, heading: super::words::Phrase, inside: impl FnOnce(&mut Html)) {
    let name = format!("{id}-name");
    html.line();
    html.el("section", &[("id", id), ("aria-labelledby", &name)], |html| {
        html.el("h2", &[("id", &name)], |html| html.say(heading));
        inside(html);
    });
}

fn controls(html: &mut Html) {
    html.el("div", &[("class", "controls script")], |html| {
        html.el("div", &[("role", "group"), ("class", "pair"), ("aria-labelledby", "lang-name")], |html| {
            html.el("span", &[("id", "lang-name"), ("class", "unseen")], |html| html.say(words::LANGUAGE));
            for (lang, name) in [("th", "ไทย"), ("en", "English")] {
                let attributes = [("type", "button"), ("data-lang", lang), ("lang", lang), ("aria-pressed", "false")];
                html.el("button", &attributes, |html| html.text(name));
            }
        });
        html.el("button", &[("type", "button"), ("id", "dark"), ("aria-pressed", "false")], |html| {
            html.say(words::DARK);
        });
        html.el("button", &[("type", "button"), ("id", "print")], |html| html.say(words::PRINT));
    });
}

/// The signs of verdicts, drawn once: their shapes differ, so that colour is never alone.
fn icons(html: &mut Html) {
    html.el("svg", &[("class", "icons"), ("aria-hidden", "true"), ("width", "0"), ("height", "0")], |html| {
        for (id, path) in [
            ("pass", "M3.5 8.5l3 3 6-7"),
            ("advice", "M8 3.5v6M8 12.2v.3"),
            ("fail", "M4 4l8 8M12 4l-8 8"),
            ("review", "M5.5 6a2.5 2.5 0 1 1 3.8 2.1c-.8.5-1.3 1-1.3 1.9M8 12.4v.2"),
        ] {
            let name = format!("s-{id}");
            html.el("symbol", &[("id", &name), ("viewBox", "0 0 16 16")], |html| {
                html.el("path", &[("d", path)], |_| {});
            });
        }
        chart::pattern(html);
    });
}

/// A verdict as a sign and a word.
fn verdict(html: &mut Html, verdict: Verdict) {
    let class = format!("verdict {}", verdict.as_str());
    html.el("span", &[("class", &class)], |html| {
        let sign = format!("#s-{}", verdict.as_str());
        html.el("svg", &[("aria-hidden", "true")], |html| html.el("use", &[("href", &sign)], |_| {}));
        html.each(|lang| common::verdict(verdict, lang).to_owned());
    });
}
