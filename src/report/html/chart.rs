//! Bars and scales from 0 to 100, as SVG that is as wide as there is room. What they show stands beside them as text.

use super::markup::Html;
use crate::model::{Lang, Points, Range};
use crate::report::{view, words};

/// The pattern of what is possible and not certain.
pub(super) fn pattern(html: &mut Html) {
    let attributes = [
        ("id", "possible"),
        ("width", "6"),
        ("height", "6"),
        ("patternUnits", "userSpaceOnUse"),
        ("patternTransform", "rotate(45)"),
    ];
    html.el("pattern", &attributes, |html| {
        html.el("rect", &[("width", "3"), ("height", "6"), ("class", "hatch")], |_| {});
    });
}

/// A number as a share of the width.
fn percent(number: f64) -> String {
    format!("{}%", Points(number.clamp(0.0, 100.0)))
}

fn rect(html: &mut Html, class: &str, from: f64, to: f64) {
    let width = (to - from).max(0.0);
    let attributes = [("class", class), ("x", &percent(from)), ("width", &percent(width)), ("height", "100%")];
    html.el("rect", &attributes, |_| {});
}

/// A bar of one score, with the target; `key` is what the script moves it by.
pub(super) fn bar(html: &mut Html, key: &str, score: Option<Points>, target: f64) {
    html.el("svg", &[("class", "bar"), ("aria-hidden", "true"), ("data-bar", key)], |html| {
        rect(html, "track", 0.0, 100.0);
        let score = score.map_or(0.0, |score| score.0);
        rect(html, "now", 0.0, score);
        rect(html, "plus", score, score);
        mark(html, target);
    });
}

fn mark(html: &mut Html, target: f64) {
    let at = percent(target);
    // The edge keeps it visible on a bar that passes it.
    for class in ["mark-edge", "mark"] {
        html.el("line", &[("class", class), ("x1", &at), ("x2", &at), ("y1", "0"), ("y2", "100%")], |_| {});
    }
}

/// The scale of the whole score: certain, possible, missing, the likely score, and the targets with their names.
pub(super) fn scale(html: &mut Html, range: &Range, targets: &[f64]) {
    let Some(predicted) = range.predicted else { return };
    let (low, high) = view::bounds(range).unwrap_or((predicted, predicted));
    html.el("svg", &[("class", "scale"), ("aria-hidden", "true"), ("height", "76")], |html| {
        let part = |html: &mut Html, class: &str, from: f64, to: f64| {
            let (x, width) = (percent(from), percent((to - from).max(0.0)));
            let attributes = [("class", class), ("x", x.as_str()), ("y", "28"), ("width", &width), ("height", "22")];
            html.el("rect", &attributes, |_| {});
        };
        part(html, "track", 0.0, 100.0);
        part(html, "now", 0.0, low.0.min(predicted.0));
        part(html, "likely", low.0.min(predicted.0), predicted.0);
        part(html, "possible", predicted.0, high.0);
        let line = |html: &mut Html, class: &str, at: f64, from: &str, to: &str| {
            let at = percent(at);
            let attributes = [("class", class), ("x1", at.as_str()), ("x2", &at), ("y1", from), ("y2", to)];
            html.el("line", &attributes, |_| {});
        };
        line(html, "likely-mark", predicted.0, "25", "53");
        for target in targets {
            line(html, "mark-edge", *target, "28", "50");
            line(html, "mark", *target, "18", "56");
            label(html, "mark-name t", *target, "13", &words::TARGET.fill(Lang::Th, view::short(*target)));
            label(html, "mark-name e", *target, "13", &words::TARGET.fill(Lang::En, view::short(*target)));
        }
        for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
            label(html, "tick", tick, "70", &view::short(tick));
        }
    });
}

/// A number at a place of the scale, kept inside it.
fn label(html: &mut Html, class: &str, at: f64, y: &str, text: &str) {
    let anchor = if at < 10.0 {
        "start"
    } else if at > 90.0 {
        "end"
    } else {
        "middle"
    };
    let attributes = [("class", class), ("x", &percent(at)), ("y", y), ("text-anchor", anchor)];
    html.el("text", &attributes, |html| html.text(text));
}
