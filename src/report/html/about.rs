//! The end of the page: how the audit was made, what it rests on, what it took.

use bytesize::ByteSize;

use super::markup::Html;
use super::{Page, section, words};
use crate::report::view;
use crate::report::words as common;

impl Page<'_> {
    pub(super) fn about(&self, html: &mut Html) {
        let (report, stats) = (self.report, self.report.stats);
        section(html, "about", words::ABOUT, |html| {
            html.el("dl", &[], |html| {
                let row = |html: &mut Html, name: common::Phrase, value: &dyn Fn(&mut Html)| {
                    html.el("div", &[], |html| {
                        html.el("dt", &[], |html| html.say(name));
                        html.el("dd", &[], |html| value(html));
                    });
                };
                row(html, common::WHEN, &|html| html.each(|lang| view::moment(&report.started_at, lang)));
                row(html, words::ENDED, &|html| html.each(|lang| view::moment(&report.finished_at, lang)));
                row(html, common::FILE, &|html| html.quoted(&report.agency.file));
                if !report.catalog.source.is_empty() {
                    row(html, words::SOURCE, &|html| html.quoted(&report.catalog.source));
                }
                row(html, words::COST, &|html| {
                    html.each(|lang| {
                        let cost = [
                            common::REQUESTS.fill(lang, stats.requests),
                            ByteSize(stats.bytes).display().iec().to_string(),
                            common::SECONDS.fill(lang, view::seconds(stats.elapsed_ms)),
                            common::HOSTS.fill(lang, stats.hosts),
                        ];
                        cost.join(" · ")
                    });
                });
                row(html, words::PROGRAM, &|html| html.text(&format!("oit-audit {}", report.tool_version)));
            });
            html.el("p", &[("class", "disclaimer")], |html| html.say(common::DISCLAIMER));
        });
    }
}
