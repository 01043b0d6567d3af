//! The part of the page that says what to do: fixes by gain, each with a box to tick, and what the ticked ones would make of
//! the score.

use super::markup::Html;
use super::score::signed;
use super::{Page, chart, section, verdict, words};
use crate::model::{Fix, Lang, Points};
use crate::report::comments::likelihood;
use crate::report::view;
use crate::report::words as common;

impl Page<'_> {
    /// Whether what-if can be reckoned: a score, and something that would move it.
    fn has_what_if(&self) -> bool {
        self.report.score.oit.predicted.is_some() && !self.report.fixes.is_empty()
    }

    pub(super) fn fixes(&self, html: &mut Html) {
        let report = self.report;
        section(html, "fixes", common::FIXES, |html| {
            if report.fixes.is_empty() {
                let said = if report.complete { common::NOTHING_TO_FIX } else { common::NOT_RECKONED };
                html.el("p", &[], |html| html.say(said));
            }
            self.path(html);
            let (certain, to_confirm): (Vec<&Fix>, Vec<&Fix>) =
                report.fixes.iter().partition(|fix| fix.oit_loss.rounded() <= 0.0);
            let class = if self.has_what_if() { "plan" } else { "" };
            html.el("div", &[("class", class)], |html| {
                html.el("div", &[], |html| {
                    if !certain.is_empty() {
                        html.el("ol", &[("class", "fixes")], |html| {
                            for fix in &certain {
                                self.fix(html, fix);
                            }
                        });
                    }
                    if !to_confirm.is_empty() {
                        html.el("h3", &[], |html| html.say(words::TO_CONFIRM));
                        html.el("p", &[("class", "small")], |html| html.say(words::TO_CONFIRM_WHY));
                        html.el("ul", &[("class", "fixes")], |html| {
                            for fix in &to_confirm {
                                self.fix(html, fix);
                            }
                        });
                    }
                });
                if self.has_what_if() {
                    self.what_if(html);
                }
            });
        });
    }

    fn path(&self, html: &mut Html) {
        let Some(path) = &self.report.path else { return };
        let sign = if path.oit.rounded() >= path.target.rounded() { "≥" } else { "<" };
        html.el("p", &[("class", "path")], |html| {
            if path.items.is_empty() {
                html.fill(common::REACHED, view::short(path.target.0));
            } else {
                html.el("strong", &[], |html| html.say(common::PATH));
                html.text(": ");
                html.fill(common::FIX, view::list(&path.items));
                html.text(" →");
            }
            html.text(&format!(" OIT {} {sign} {}", path.oit, view::short(path.target.0)));
        });
    }

    fn fix(&self, html: &mut Html, fix: &Fix) {
        let item = view::item(self.report, &fix.item);
        let id = format!("fix-{}", fix.item);
        html.line();
        html.el("li", &[], |html| {
            html.el("div", &[("class", "fix-head")], |html| {
                if self.has_what_if() {
                    let item = fix.item.as_str();
                    html.void("input", &[("type", "checkbox"), ("id", &id), ("class", "script"), ("data-item", item)]);
                }
                let (tag, class) = if self.has_what_if() { ("label", "") } else { ("p", "fix-name") };
                html.el(tag, &[("for", if tag == "label" { &id } else { "" }), ("class", class)], |html| {
                    html.el("span", &[("class", "id")], |html| html.text(fix.item.as_str()));
                    html.text(" ");
                    html.each(|lang| view::name_of(self.report, &fix.item, lang).to_owned());
                });
                html.el("p", &[("class", "gain")], |html| Self::gain(html, fix));
            });
            html.el("div", &[("class", "fix-body")], |html| {
                html.el("p", &[("class", "states")], |html| {
                    if let Some(item) = item {
                        verdict(html, item.verdict);
                        if item.verdict == crate::model::Verdict::Review {
                            html.text(" ");
                            html.el("span", &[("class", "small")], |html| html.each(|lang| likelihood(item, lang)));
                        }
                    }
                    if !fix.after.is_empty() {
                        html.text(" ");
                        html.el("span", &[("class", "needs")], |html| html.fill(words::NEEDS, view::list(&fix.after)));
                    }
                });
                Self::todo(html, fix);
                html.el("p", &[("class", "small")], |html| {
                    html.el("a", &[("href", &format!("#{}", fix.item))], |html| html.fill(words::SEE_ITEM, &fix.item));
                });
            });
        });
    }

    /// What to do, and the very next action.
    pub(super) fn todo(html: &mut Html, fix: &Fix) {
        let readable = |text: &str| view::readable_url(text);
        if !fix.todo.th.is_empty() {
            html.el("p", &[], |html| html.both(&readable(&fix.todo.th), &readable(&fix.todo.en)));
        }
        if !fix.next_step.th.is_empty() {
            html.el("p", &[("class", "small")], |html| {
                html.each(|lang| common::NEXT.fill(lang, readable(fix.next_step.get(lang))));
            });
        }
    }

    fn gain(html: &mut Html, fix: &Fix) {
        let loses = fix.oit_loss.rounded() > 0.0;
        let (oit, ita) =
            if loses { (Points(-fix.oit_loss.0), Points(-fix.ita_loss.0)) } else { (fix.oit_gain, fix.ita_gain) };
        html.el("strong", &[], |html| html.text(&signed(oit)));
        html.text(" OIT");
        if ita.rounded() != 0.0 {
            html.text(&format!(" · {} ITA", signed(ita)));
        }
        if loses {
            html.text(" ");
            html.say(words::IF_NOT);
        }
    }

    /// The panel that the script keeps up to date. What stands in it before is the prediction.
    fn what_if(&self, html: &mut Html) {
        let score = &self.report.score;
        let Some(oit) = score.oit.predicted else { return };
        let target = self.report.path.as_ref().map_or(self.report.rules.target, |path| path.target.0);
        let out = |html: &mut Html, tag: &'static str, key: &str, text: &str| {
            html.el(tag, &[("data-out", key)], |html| html.text(text));
        };
        html.el(
            "div",
            &[("class", "what-if script"), ("role", "group"), ("aria-labelledby", "what-if-name")],
            |html| {
                html.el("h3", &[("id", "what-if-name")], |html| html.say(words::WHAT_IF));
                html.el("p", &[("class", "small hint")], |html| html.say(words::TICK));
                html.el("p", &[("class", "would")], |html| {
                    html.text("OIT ");
                    out(html, "strong", "oit", &oit.to_string());
                    html.text(" ");
                    out(html, "span", "plus", "+0.00");
                });
                chart::bar(html, "oit", Some(oit), target);
                html.el("p", &[("class", "small"), ("data-if", "reached")], |html| {
                    html.fill(common::REACHED, view::short(target));
                });
                html.el("p", &[("class", "small"), ("data-if", "below")], |html| {
                    html.fill(common::BELOW, view::short(target));
                });
                html.el("p", &[("class", "small"), ("data-if", "range")], |html| {
                    html.say(words::RANGE);
                    html.text(" ");
                    let (low, high) = (view::points(score.oit.low, Lang::Th), view::points(score.oit.high, Lang::Th));
                    out(html, "span", "low", &low);
                    html.text("–");
                    out(html, "span", "high", &high);
                });
                if let Some(ita) = score.ita.as_ref().filter(|ita| ita.predicted.is_some()) {
                    html.el("p", &[("class", "would-ita")], |html| {
                        html.text("ITA ");
                        out(html, "strong", "ita", &view::points(ita.predicted, Lang::Th));
                        html.text(" ");
                        html.say(words::GRADE);
                        html.text(" ");
                        html.el("strong", &[("class", "t"), ("lang", "th"), ("data-out", "grade-th")], |_| {});
                        html.el("strong", &[("class", "e"), ("lang", "en"), ("data-out", "grade-en")], |_| {});
                    });
                }
                for condition in &score.grade_conditions {
                    let from = condition.oit_from.0.to_string();
                    html.el("p", &[("class", "small condition"), ("data-from", &from)], |html| {
                        html.each(|lang| view::grade(&self.report.rules, &condition.grade, lang).to_owned());
                        html.text(&format!(" OIT ≥ {}: ", view::short(condition.oit_from.0)));
                        html.el("strong", &[("data-met", "true")], |html| html.say(common::CONDITION_MET));
                        html.el("strong", &[("data-met", "false")], |html| html.say(common::CONDITION_NOT_MET));
                    });
                }
                html.el("p", &[("class", "buttons")], |html| {
                    if self.report.path.as_ref().is_some_and(|path| !path.items.is_empty()) {
                        html.el("button", &[("type", "button"), ("id", "shortest")], |html| html.say(words::SHORTEST));
                    }
                    html.el("button", &[("type", "button"), ("id", "reset")], |html| html.say(words::RESET));
                });
                html.el("p", &[("class", "unseen"), ("role", "status"), ("id", "what-if-said")], |_| {});
            },
        );
    }
}
