//! The part of the page that lists the items by sub-indicator; each opens to all that is known of it.

use super::markup::Html;
use super::{Page, links, section, verdict, words};
use crate::model::{ItemResult, Level, ReasonEntry, RuleStatus, Text, Verdict};
use crate::report::comments::likelihood;
use crate::report::view;
use crate::report::words as common;

impl Page<'_> {
    pub(super) fn items(&self, html: &mut Html) {
        let report = self.report;
        section(html, "items", common::ITEMS, |html| {
            if report.items.is_empty() {
                html.el("p", &[], |html| html.say(common::NO_ITEMS));
                return;
            }
            self.filters(html);
            for group in view::groups(report, crate::model::Lang::Th) {
                html.line();
                html.el("div", &[("class", "sub-indicator")], |html| {
                    html.el("h3", &[], |html| {
                        html.fill(common::SUB_INDICATOR, group.id);
                        html.text(" ");
                        self.sub_name(html, group.id);
                        html.text(" ");
                        html.el("span", &[("class", "score")], |html| {
                            let points = report.score.sub_indicators.get(group.id).copied().flatten();
                            html.say(words::SCORED);
                            html.text(" ");
                            html.each(|lang| view::points(points, lang));
                        });
                    });
                    self.headed(html, &group.items);
                });
            }
        });
    }

    fn sub_name(&self, html: &mut Html, id: &str) {
        let mut subs = self.report.rules.indicators.iter().flat_map(|indicator| &indicator.sub_indicators);
        if let Some(sub) = subs.find(|sub| sub.id == id) {
            html.both_of(&sub.name);
        }
    }

    /// The items of a sub-indicator under the headings that the NACC prints.
    fn headed(&self, html: &mut Html, items: &[&ItemResult]) {
        for under in items.chunk_by(|a, b| a.group == b.group) {
            html.el("div", &[("class", "group")], |html| {
                if let Some(Text { th, en }) = under.first().map(|item| &item.group).filter(|text| !text.th.is_empty())
                {
                    html.el("h4", &[], |html| html.both(th, en));
                }
                for item in under {
                    self.item(html, item);
                }
            });
        }
    }

    fn filters(&self, html: &mut Html) {
        html.el("div", &[("class", "filters script")], |html| {
            html.el("div", &[("role", "group"), ("aria-labelledby", "filter-name"), ("class", "choices")], |html| {
                html.el("span", &[("id", "filter-name"), ("class", "unseen")], |html| html.say(words::FILTER));
                let button = |html: &mut Html, filter: &str, count: usize, name: &dyn Fn(&mut Html)| {
                    let pressed = if filter == "all" { "true" } else { "false" };
                    let attributes = [("type", "button"), ("data-filter", filter), ("aria-pressed", pressed)];
                    html.el("button", &attributes, |html| {
                        name(html);
                        html.text(" ");
                        html.el("span", &[("class", "count")], |html| html.text(&count.to_string()));
                    });
                };
                button(html, "all", self.report.items.len(), &|html| html.say(words::ALL));
                for one in [Verdict::Fail, Verdict::Review, Verdict::Advice, Verdict::Pass] {
                    let count = view::count(self.report, one);
                    button(html, one.as_str(), count, &|html| html.each(|lang| common::verdict(one, lang).to_owned()));
                }
            });
            html.el("p", &[("class", "search")], |html| {
                html.el("label", &[("for", "search")], |html| html.say(words::SEARCH));
                html.void("input", &[("type", "search"), ("id", "search"), ("autocomplete", "off")]);
            });
            html.el("p", &[("class", "found")], |html| {
                html.el("span", &[("role", "status")], |html| {
                    html.say(words::SHOWN);
                    html.text(" ");
                    html.el("span", &[("id", "shown")], |html| html.text(&self.report.items.len().to_string()));
                    html.text(" ");
                    html.fill(words::OF_ALL, self.report.items.len());
                });
                html.el("button", &[("type", "button"), ("id", "open-all")], |html| html.say(words::OPEN_ALL));
            });
            html.el("p", &[("id", "none"), ("hidden", "hidden")], |html| html.say(words::NONE_SHOWN));
        });
    }

    fn item(&self, html: &mut Html, item: &ItemResult) {
        let verdict_name = item.verdict.as_str();
        html.line();
        let attributes = [("class", "item"), ("id", item.id.as_str()), ("data-verdict", verdict_name)];
        html.el("details", &attributes, |html| {
            html.el("summary", &[], |html| {
                html.el("span", &[("class", "id")], |html| html.text(item.id.as_str()));
                html.text(" ");
                html.el("span", &[("class", "name")], |html| {
                    html.both(&item.name, &item.name_en);
                    if item.standing.status == RuleStatus::Unverified && !item.standing.source.is_empty() {
                        html.text(" ");
                        html.el("span", &[("class", "small")], |html| html.say(common::UNVERIFIED));
                    }
                });
                html.text(" ");
                verdict(html, item.verdict);
                html.text(" ");
                html.el("span", &[("class", "points")], |html| {
                    html.el("span", &[("class", "unseen")], |html| html.say(words::SCORED));
                    html.text(" ");
                    match item.score {
                        Some(score) => html.text(&score.to_string()),
                        None => html.text("–"),
                    }
                });
            });
            html.el("div", &[("class", "inside")], |html| self.inside(html, item));
        });
    }

    fn inside(&self, html: &mut Html, item: &ItemResult) {
        html.el("p", &[("class", "facts")], |html| {
            if item.verdict == Verdict::Review {
                html.el("span", &[], |html| html.each(|lang| likelihood(item, lang)));
            } else if let Some(confidence) = item.confidence {
                html.el("span", &[], |html| html.fill(words::SURE, format!("{:.0}", confidence * 100.0)));
            }
            if let Some(place) = item.place {
                // Its folder is the officer's own affair, and long.
                let file = self.report.agency.file.rsplit(['/', '\\']).next().unwrap_or_default();
                html.el("span", &[], |html| {
                    html.fill(words::IN_FILE, file);
                    html.text(" ");
                    html.fill(words::LINE, place.line);
                });
            }
            if !item.standing.source.is_empty() {
                html.el("span", &[], |html| {
                    html.say(words::RULE);
                    html.text(" ");
                    html.quoted(&item.standing.source);
                });
            }
        });
        label(html, words::REASONS);
        if item.reasons.is_empty() {
            html.el("p", &[], |html| html.say(words::NO_REASONS));
        } else {
            html.el("ul", &[("class", "reasons")], |html| reasons(html, item));
        }
        if let Some(fix) =
            self.report.fixes.iter().find(|fix| fix.item == item.id).filter(|fix| !fix.todo.th.is_empty())
        {
            label(html, words::ACTION);
            Self::todo(html, fix);
        }
        label(html, words::SUBMITTED);
        if item.urls.is_empty() {
            html.el("p", &[], |html| html.say(words::NO_LINK));
        } else {
            links::list(html, &item.urls, &self.pictures);
        }
        if !item.documents.is_empty() {
            html.el("details", &[("class", "documents")], |html| {
                html.el("summary", &[], |html| {
                    html.say(words::FOLLOWED);
                    html.text(&format!(" ({})", item.documents.len()));
                });
                links::list(html, &item.documents, &self.pictures);
            });
        }
    }
}

fn label(html: &mut Html, words: common::Phrase) {
    html.el("p", &[("class", "label")], |html| html.say(words));
}

/// The reasons, each message once with all that it was seen at.
fn reasons(html: &mut Html, item: &ItemResult) {
    let mut said: Vec<&str> = Vec::new();
    for reason in &item.reasons {
        if said.contains(&reason.message.as_str()) {
            continue;
        }
        said.push(&reason.message);
        let same = item.reasons.iter().filter(|other| other.message == reason.message);
        html.el("li", &[], |html| {
            let class = match reason.level {
                Level::Fail => "level bad",
                Level::Review => "level doubt",
                Level::Advice => "level advice",
                Level::Info => "level",
            };
            html.el("span", &[("class", class)], |html| html.say(words::level(reason.level)));
            html.text(" ");
            html.both(&reason.message, &reason.message_en);
            html.text(" ");
            html.el("code", &[], |html| html.text(reason.code.as_str()));
            for one in same {
                seen(html, one);
            }
        });
    }
}

/// Where it was seen, and what.
fn seen(html: &mut Html, reason: &ReasonEntry) {
    if let Some(url) = &reason.url {
        html.el("p", &[("class", "url")], |html| html.address(url.as_str()));
    }
    if let Some(evidence) = reason.evidence.as_deref().filter(|evidence| !evidence.trim().is_empty()) {
        html.el("blockquote", &[], |html| {
            html.el("span", &[("class", "unseen")], |html| {
                html.say(words::SEEN);
                html.text(": ");
            });
            html.quoted(evidence);
        });
    }
}
