//! The part of the page that tells the scores: OIT with its range and the target, ITA with the grade, what changed since a
//! baseline, and the indicators as a chart.

use super::markup::Html;
use super::{Page, chart, section, verdict, words};
use crate::model::{Change, ItaScore, ItemResult, Lang, Points, Range, Trend, Verdict};
use crate::report::view::{self, Group, VERDICTS};
use crate::report::words as common;

impl Page<'_> {
    pub(super) fn score(&self, html: &mut Html) {
        section(html, "score", common::SCORE, |html| {
            html.el("div", &[("class", "scores")], |html| {
                self.oit(html);
                self.ita(html);
            });
            if !self.report.items.is_empty() {
                self.counts(html);
            }
            html.el("p", &[("class", "disclaimer")], |html| html.say(common::DISCLAIMER));
        });
    }

    /// The targets: the year's, and the agency's own where it set another.
    fn targets(&self) -> Vec<f64> {
        let target = self.report.rules.target;
        let own = self.report.path.as_ref().map(|path| path.target.0).filter(|own| Points(*own) != Points(target));
        [target].into_iter().chain(own).collect()
    }

    fn oit(&self, html: &mut Html) {
        let (oit, targets) = (&self.report.score.oit, self.targets());
        html.el("div", &[("class", "card oit")], |html| {
            html.el("h3", &[], |html| html.say(words::PREDICTED));
            let Some(predicted) = oit.predicted else {
                html.el("p", &[("class", "number unknown")], |html| html.say(words::NO_SCORE));
                html.el("p", &[("class", "beside")], |html| html.fill(common::TARGET, view::short(targets[0])));
                return;
            };
            html.el("p", &[("class", "number")], |html| {
                html.el("strong", &[], |html| html.text(&predicted.to_string()));
                html.text(" ");
                html.el("span", &[("class", "small")], |html| html.say(words::OUT_OF));
            });
            html.el("p", &[("class", "beside")], |html| {
                let (class, phrase) =
                    if predicted.rounded() >= targets[0] { ("good", common::REACHED) } else { ("bad", common::BELOW) };
                html.el("span", &[("class", class)], |html| html.fill(phrase, view::short(targets[0])));
                if predicted.rounded() < targets[0] {
                    html.text(" · ");
                    html.fill(common::SHORT_BY, Points(targets[0] - predicted.rounded()));
                }
                for own in &targets[1..] {
                    html.text(" · ");
                    html.fill(words::OWN_THRESHOLD, view::short(*own));
                }
            });
            chart::scale(html, oit, &targets);
            if let Some((low, high)) = view::bounds(oit) {
                html.el("p", &[("class", "small")], |html| html.fill(words::REVIEW_RANGE, format!("{low}–{high}")));
            }
        });
    }

    fn ita(&self, html: &mut Html) {
        let score = &self.report.score;
        if let Some(ita) = &score.ita {
            html.el("div", &[("class", "card ita")], |html| {
                html.el("h3", &[], |html| html.say(words::ITA));
                match ita.predicted {
                    None => html.el("p", &[("class", "number unknown")], |html| html.say(words::NO_SCORE)),
                    Some(predicted) => {
                        html.el("p", &[("class", "number")], |html| {
                            html.el("strong", &[], |html| html.text(&predicted.to_string()));
                            html.text(" ");
                            html.el("span", &[("class", "grade")], |html| self.grade(html, ita));
                        });
                    }
                }
                self.ita_range(html, ita);
                self.composed(html);
            });
        } else if !score.grade_conditions.is_empty() {
            html.el("div", &[("class", "card ita")], |html| {
                html.el("h3", &[], |html| html.say(words::DEMANDS));
                html.el("ul", &[("class", "plain")], |html| {
                    for condition in &score.grade_conditions {
                        html.el("li", &[], |html| {
                            html.each(|lang| {
                                let grade = view::grade(&self.report.rules, &condition.grade, lang);
                                let least = view::short(condition.oit_from.0);
                                format!("OIT ≥ {least} ({})", common::GRADE.fill(lang, grade))
                            });
                            html.text(": ");
                            html.el("strong", &[], |html| {
                                html.say(match condition.met {
                                    Some(true) => common::CONDITION_MET,
                                    Some(false) => common::CONDITION_NOT_MET,
                                    None => common::UNKNOWN,
                                });
                            });
                        });
                    }
                });
                html.el("p", &[("class", "small")], |html| html.say(common::GRADE_NEEDS_MORE));
            });
        }
    }

    fn grade(&self, html: &mut Html, ita: &ItaScore) {
        match &ita.grade {
            Some(grade) => {
                html.each(|lang| common::GRADE.fill(lang, view::grade(&self.report.rules, grade, lang)));
            }
            None => html.say(words::NO_GRADE),
        }
    }

    fn ita_range(&self, html: &mut Html, ita: &ItaScore) {
        let range = Range { predicted: ita.predicted, low: ita.low, high: ita.high };
        let Some((low, high)) = view::bounds(&range) else { return };
        let bound = |bound: &Option<String>| bound.as_ref().or(ita.grade.as_ref()).cloned();
        let grades = bound(&ita.grade_low).zip(bound(&ita.grade_high)).filter(|(low, high)| low != high);
        html.el("p", &[("class", "small")], |html| {
            html.each(|lang| {
                let mut between = format!("{low}–{high}");
                if let Some((worst, best)) = &grades {
                    let [worst, best] = [worst, best].map(|grade| view::grade(&self.report.rules, grade, lang));
                    let grades = words::GRADE_RANGE.fill(lang, format!("{worst}–{best}"));
                    between = format!("{between} ({grades})");
                }
                words::REVIEW_RANGE.fill(lang, between)
            });
        });
    }

    /// What ITA is made of.
    fn composed(&self, html: &mut Html) {
        let Some(survey) = &self.report.survey else { return };
        let weights = self.report.rules.weights;
        let mean = |scores: &[Points]| {
            let count = u32::try_from(scores.len()).ok().filter(|count| *count > 0)?;
            Some(Points(scores.iter().map(|score| score.0).sum::<f64>() / f64::from(count)))
        };
        let parts = [
            ("IIT", mean(&survey.iit), weights.iit),
            ("EIT", mean(&survey.eit), weights.eit),
            ("OIT", self.report.score.oit.predicted, weights.oit),
        ];
        html.el("table", &[("class", "composed")], |html| {
            html.el("caption", &[], |html| html.say(words::COMPOSED));
            html.el("tbody", &[], |html| {
                for (name, score, weight) in parts {
                    html.el("tr", &[], |html| {
                        html.el("th", &[("scope", "row")], |html| html.text(name));
                        html.el("td", &[], |html| html.each(|lang| view::points(score, lang)));
                        html.el("td", &[], |html| html.text(&format!("× {} %", view::short(weight * 100.0))));
                    });
                }
            });
        });
    }

    fn counts(&self, html: &mut Html) {
        html.el("h3", &[("class", "unseen")], |html| html.say(words::COUNTS));
        html.el("ul", &[("class", "counts")], |html| {
            for one in VERDICTS {
                let count = view::count(self.report, one);
                html.el("li", &[], |html| {
                    html.el("strong", &[], |html| html.text(&count.to_string()));
                    html.text(" ");
                    verdict(html, one);
                });
            }
        });
    }

    /// What changed since a baseline: what got worse first.
    pub(super) fn changes(&self, html: &mut Html) {
        let Some(changes) = &self.beside.changes else { return };
        section(html, "changes", words::SINCE, |html| {
            html.el("p", &[], |html| {
                html.each(|lang| words::SINCE_WHEN.fill(lang, view::moment(&changes.since, lang)));
                if let Some(before) = changes.oit {
                    html.text(" · ");
                    html.fill(words::OIT_BEFORE, before);
                    if let Some(now) = self.report.score.oit.predicted {
                        let change = signed(Points(now.rounded() - before.rounded()));
                        html.text(&format!(" → {now} ({change})"));
                    }
                }
            });
            if changes.items.is_empty() {
                html.el("p", &[], |html| html.say(words::NO_CHANGE));
                return;
            }
            html.el("div", &[("class", "card")], |html| {
                html.el("table", &[("class", "changes")], |html| {
                    html.el("thead", &[], |html| {
                        html.el("tr", &[], |html| {
                            for head in [words::CHANGE, common::ITEM_NAME, words::BEFORE, words::NOW] {
                                html.el("th", &[("scope", "col")], |html| html.say(head));
                            }
                        });
                    });
                    html.el("tbody", &[], |html| {
                        for change in &changes.items {
                            self.change(html, change);
                        }
                    });
                });
            });
        });
    }

    fn change(&self, html: &mut Html, change: &Change) {
        let class = match change.trend {
            Trend::Worse => "bad",
            Trend::Doubtful => "doubt",
            Trend::New => "",
            Trend::Better => "good",
        };
        html.el("tr", &[], |html| {
            html.el("td", &[], |html| {
                html.el("strong", &[("class", class)], |html| html.say(words::trend(change.trend)));
            });
            html.el("th", &[("scope", "row")], |html| {
                html.el("a", &[("href", &format!("#{}", change.item))], |html| html.text(change.item.as_str()));
                html.text(" ");
                html.each(|lang| view::name_of(self.report, &change.item, lang).to_owned());
            });
            html.el("td", &[], |html| {
                html.el("span", &[("class", "before")], |html| html.say(words::BEFORE));
                match change.before {
                    Some(before) => verdict(html, before),
                    None => html.say(words::NOT_JUDGED),
                }
            });
            html.el("td", &[], |html| {
                html.el("span", &[("class", "before")], |html| html.say(words::NOW));
                verdict(html, change.now);
            });
        });
    }

    pub(super) fn indicators(&self, html: &mut Html) {
        if self.report.items.is_empty() {
            return;
        }
        let (score, target) = (&self.report.score, self.report.rules.target);
        let groups = view::groups(self.report, Lang::Th);
        section(html, "indicators", common::INDICATORS, |html| {
            html.el("div", &[("class", "card")], |html| {
                html.el("p", &[("id", "after-arrow"), ("class", "small"), ("hidden", "hidden")], |html| {
                    html.say(words::AFTER_ARROW);
                });
                html.el("table", &[("class", "indicators")], |html| {
                    html.el("thead", &[], |html| {
                        html.el("tr", &[], |html| {
                            html.el("th", &[("scope", "col")], |html| html.say(common::INDICATOR));
                            html.el("th", &[("scope", "col"), ("class", "chart")], |html| {
                                html.fill(words::MARK, view::short(target));
                            });
                            html.el("th", &[("scope", "col"), ("class", "end")], |html| html.say(common::PASSED));
                            html.el("th", &[("scope", "col"), ("class", "end")], |html| html.say(common::SCORE));
                        });
                    });
                    html.el("tbody", &[], |html| {
                        for indicator in &self.report.rules.indicators {
                            let inside: Vec<&Group<'_>> = groups
                                .iter()
                                .filter(|group| indicator.sub_indicators.iter().any(|sub| sub.id == group.id))
                                .collect();
                            if inside.is_empty() {
                                continue;
                            }
                            let passed = inside.iter().map(|group| group.passed()).sum();
                            let all = inside.iter().map(|group| group.items.len()).sum();
                            let points = score.indicators.get(&indicator.id).copied().flatten();
                            let row = Row { class: "top", id: &indicator.id, points, passed, all };
                            row.draw(html, target, |html| html.both_of(&indicator.name));
                            for sub in &indicator.sub_indicators {
                                let Some(group) = inside.iter().find(|group| group.id == sub.id) else { continue };
                                let points = score.sub_indicators.get(&sub.id).copied().flatten();
                                let (passed, all) = (group.passed(), group.items.len());
                                let row = Row { class: "sub", id: &sub.id, points, passed, all };
                                row.draw(html, target, |html| html.both_of(&sub.name));
                            }
                        }
                    });
                });
                if self.counts_likely() {
                    html.el("p", &[("class", "small")], |html| html.say(words::LIKELY_COUNTED));
                }
            });
        });
    }

    /// Whether a score in the table counts an item that is not among the passed ones: a review that leans to a pass.
    fn counts_likely(&self) -> bool {
        let scored = |sub: &str| self.report.score.sub_indicators.get(sub).is_some_and(Option::is_some);
        let likely = |item: &ItemResult| item.verdict == Verdict::Review && item.likely_score > 0;
        self.report.items.iter().any(|item| likely(item) && scored(&item.sub_indicator))
    }
}

/// A row of the chart.
struct Row<'a> {
    class: &'static str,
    id: &'a str,
    points: Option<Points>,
    passed: usize,
    all: usize,
}

impl Row<'_> {
    fn draw(&self, html: &mut Html, target: f64, name: impl FnOnce(&mut Html)) {
        let key = format!("{}-{}", self.class, self.id);
        html.el("tr", &[("class", self.class)], |html| {
            html.el("th", &[("scope", "row")], |html| {
                html.el("span", &[("class", "id")], |html| html.text(self.id));
                html.text(" ");
                name(html);
            });
            html.el("td", &[("class", "chart")], |html| chart::bar(html, &key, self.points, target));
            html.el("td", &[("class", "end")], |html| html.text(&format!("{}/{}", self.passed, self.all)));
            html.el("td", &[("class", "end")], |html| {
                html.el("strong", &[("data-score", &key)], |html| html.each(|lang| view::points(self.points, lang)));
                // What the ticked fixes would make of it. The audited score stays.
                html.el("span", &[("class", "would-be"), ("data-would", &key), ("hidden", "hidden")], |html| {
                    html.text(" ");
                    html.el("span", &[("class", "unseen")], |html| html.say(words::IF_FIXED));
                    html.el("span", &[("aria-hidden", "true")], |html| html.text("→"));
                    html.text(" ");
                    html.el("strong", &[], |_| {});
                });
            });
        });
    }
}

/// A difference with its sign.
pub(super) fn signed(points: Points) -> String {
    if points.rounded() < 0.0 { format!("−{}", Points(-points.0)) } else { format!("+{points}") }
}
