//! What was seen at the URLs of an item: the address, what came of it, years, the way to it, and its picture.

use bytesize::ByteSize;

use super::markup::Html;
use super::pictures::Pictures;
use super::words;
use crate::model::{Lang, LinkResult, clicks_in_words};
use crate::report::view;
use crate::report::words as common;

/// A list of links.
pub(super) fn list(html: &mut Html, links: &[LinkResult], pictures: &Pictures<'_>) {
    html.el("ul", &[("class", "links")], |html| {
        for link in links {
            html.line();
            html.el("li", &[], |html| one(html, link, pictures));
        }
    });
}

fn one(html: &mut Html, link: &LinkResult, pictures: &Pictures<'_>) {
    if let Some(title) = link.title.as_deref().filter(|title| !title.trim().is_empty()) {
        html.el("p", &[("class", "title")], |html| html.quoted(title));
    }
    html.el("p", &[("class", "url")], |html| html.address(&link.url));
    if let Some(last) = link.final_url.as_ref().filter(|last| last.as_str() != link.url) {
        html.el("p", &[("class", "url")], |html| {
            html.say(words::LEADS_TO);
            html.text(" ");
            html.address(last.as_str());
        });
    }
    html.el("p", &[("class", "facts")], |html| facts(html, link));
    if let Some(clicks) = &link.path {
        html.el("p", &[("class", "small")], |html| {
            html.say(words::WAY);
            html.text(": ");
            html.each(|lang| clicks_in_words(common::HOME.get(lang), clicks));
        });
    }
    if let Some(small) = link.screenshot.as_deref().and_then(|name| pictures.get(name)) {
        let shown = view::readable_url(&link.url);
        let [th, en] = [Lang::Th, Lang::En].map(|lang| words::PICTURE.fill(lang, &shown));
        let (width, height) = (small.width.to_string(), small.height.to_string());
        let attributes = [
            ("alt", th.as_str()),
            ("data-th", &th),
            ("data-en", &en),
            ("width", &width),
            ("height", &height),
            ("loading", "lazy"),
        ];
        html.picture(&small.jpeg, &attributes);
    }
}

fn facts(html: &mut Html, link: &LinkResult) {
    let class = if link.outcome == "opened" { "" } else { "bad" };
    html.el("span", &[("class", class)], |html| match words::outcome(&link.outcome) {
        Some(phrase) => html.say(phrase),
        None => html.text(&link.outcome),
    });
    // A status that says no more than that it opened is left out.
    if let Some(status) = link.status.filter(|status| *status != 200 || link.outcome != "opened") {
        html.el("span", &[], |html| html.fill(words::STATUS, status));
    }
    if let Some(kind) = &link.kind {
        html.el("span", &[], |html| html.text(&kind.to_uppercase()));
    }
    if link.bytes > 0 {
        html.el("span", &[], |html| html.text(&ByteSize(link.bytes).display().iec().to_string()));
    }
    if link.elapsed_ms >= 100 {
        html.el("span", &[], |html| html.fill(common::SECONDS, view::seconds(link.elapsed_ms)));
    }
    if !link.years.is_empty() {
        let years = link.years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        html.el("span", &[], |html| html.fill(words::YEARS, years));
    } else if link.outcome == "opened" {
        html.el("span", &[], |html| html.say(words::NO_YEARS));
    }
    if let Some(place) = link.place {
        html.el("span", &[], |html| html.fill(words::LINE, place.line));
    }
}
