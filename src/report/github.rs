//! The annotations of GitHub: workflow commands (`::error file=…,line=…::…`), which a job prints and GitHub shows beside
//! the lines of the agency file. They work everywhere that a job runs; SARIF needs code scanning.

use std::collections::BTreeMap;

use super::marks::{Mark, marks};
use super::words::Phrase;
use super::{Beside, Style, view, words};
use crate::model::{Change, ItemId, Level, Report, Trend, Verdict};

/// GitHub shows ten of a kind for a step, so that more of them are noise in the log; one is left to what runs the program, to
/// say why the job fails.
const EACH: usize = 9;
/// The kinds, the gravest first.
const KINDS: [&str; 3] = ["error", "warning", "notice"];

const GOT_WORSE: Phrase = Phrase("แย่ลงจากครั้งก่อน {} ข้อ: {}", "{} got worse since the baseline: {}");
const BEFORE: Phrase = Phrase("(ครั้งก่อน: {}) {}", "(before: {}) {}");

/// Writes one command a line: first what decides over the job, then what each item asks for.
pub(super) fn render(report: &Report, style: &Style, beside: &Beside) -> String {
    let mut out = Annotations { report, style, left: [EACH; 3], text: String::new() };
    let changes: Option<BTreeMap<&ItemId, &Change>> =
        beside.changes.as_ref().map(|changes| changes.items.iter().map(|change| (&change.item, change)).collect());
    if !report.complete {
        out.whole(1, words::INCOMPLETE_WHY.get(style.lang));
    }
    if let Some(changes) = &beside.changes {
        let worse: Vec<ItemId> = changes.worse().map(|change| change.item.clone()).collect();
        if !worse.is_empty() {
            out.whole(0, &two(GOT_WORSE.get(style.lang), &worse.len().to_string(), &view::list(&worse)));
        }
    }
    out.score(changes.is_some());

    let mut all: Vec<(Mark<'_>, Option<&Change>)> = marks(report)
        .into_iter()
        .map(|mark| {
            let change = changes.as_ref().and_then(|changes| changes.get(&mark.item.id).copied());
            (mark, change)
        })
        .collect();
    // Stable: of what fares alike, what gains most stays first.
    all.sort_by_key(|(_, change)| match change.map(|change| change.trend) {
        Some(Trend::Worse) => 0,
        Some(Trend::Doubtful) => 1,
        _ => 2,
    });
    for kind in 0..KINDS.len() {
        for (mark, change) in all.iter().filter(|(mark, change)| kind_of(mark, *change, changes.is_some()) == kind) {
            out.mark(kind, mark, *change);
        }
    }
    out.text
}

/// How grave a mark is for the job. Against a baseline only what got worse fails it.
fn kind_of(mark: &Mark<'_>, change: Option<&Change>, has_baseline: bool) -> usize {
    let kind = match mark.level {
        Level::Fail => 0,
        Level::Review => 1,
        Level::Advice | Level::Info => 2,
    };
    let is_verdict =
        matches!((mark.item.verdict, mark.level), (Verdict::Fail, Level::Fail) | (Verdict::Review, Level::Review));
    match change.map(|change| change.trend) {
        Some(Trend::Worse) if is_verdict => 0,
        Some(Trend::Worse | Trend::Doubtful) => kind,
        _ if has_baseline => (kind + 1).min(KINDS.len() - 1),
        _ => kind,
    }
}

/// A phrase with two gaps; neither text fills the gap of the other.
fn two(phrase: &str, first: &str, second: &str) -> String {
    let mut parts = phrase.splitn(3, "{}");
    let mut next = || parts.next().unwrap_or_default();
    format!("{}{first}{}{second}{}", next(), next(), next())
}

struct Annotations<'a> {
    report: &'a Report,
    style: &'a Style,
    /// How many more of each kind are shown.
    left: [usize; 3],
    text: String,
}

impl Annotations<'_> {
    fn put(&mut self, kind: usize, place: Option<(u32, u32)>, title: &str, text: &str) {
        if self.left[kind] > 0 {
            self.left[kind] -= 1;
            self.text.push_str(&line(KINDS[kind], &self.report.agency.file, place, title, text));
        }
    }

    /// What is said of the whole report.
    fn whole(&mut self, kind: usize, text: &str) {
        self.put(kind, None, "OIT", text);
    }

    /// The score, and whether it reaches the threshold of the agency file, or else the national target.
    fn score(&mut self, has_baseline: bool) {
        let (lang, report) = (self.style.lang, self.report);
        let oit = report.score.oit.predicted;
        let target = report.path.as_ref().map_or(report.rules.target, |path| path.target.0);
        let mut text = format!("OIT {}", view::points(oit, lang));
        let mut kind = 2;
        if let Some(score) = oit {
            let is_below = score.rounded() < target;
            let said = if is_below { words::BELOW } else { words::REACHED };
            text = format!("{text} {}", said.fill(lang, view::short(target)));
            if is_below && !has_baseline {
                kind = 1;
            }
        }
        self.whole(kind, &text);
    }

    fn mark(&mut self, kind: usize, mark: &Mark<'_>, change: Option<&Change>) {
        let lang = self.style.lang;
        let mut text = mark.message(lang);
        let before = change.filter(|change| matches!(change.trend, Trend::Worse | Trend::Doubtful));
        if let Some(before) = before.and_then(|change| change.before) {
            text = two(BEFORE.get(lang), words::verdict(before, lang), &text);
        }
        if let Some(url) = mark.reason.and_then(|reason| reason.url.as_ref()) {
            text = format!("{text}\n{}", view::readable_url(url.as_str()));
        }
        if let Some(todo) = mark.todo(self.report, lang) {
            text = format!("{text}\n→ {todo}");
        }
        let place = mark.place.map(|place| (place.line, place.column));
        self.put(kind, place, &mark.title(lang), &text);
    }
}

fn line(command: &str, file: &str, place: Option<(u32, u32)>, title: &str, text: &str) -> String {
    // An annotation without a line would stand nowhere.
    let (line, column) = place.unwrap_or((1, 1));
    let file = file.replace('\\', "/");
    let file = property(file.strip_prefix("./").unwrap_or(&file));
    format!("::{command} file={file},line={line},col={column},title={}::{}\n", property(title), message(text))
}

/// A text as the message of a command: all of it on one line, as the runner unescapes it.
fn message(text: &str) -> String {
    // What is left of other controls would end the line for some readers of the log.
    let text: String = text.chars().filter(|c| *c == '\n' || !super::clean::is_hidden(*c)).collect();
    text.replace('%', "%25").replace('\n', "%0A")
}

/// A text as the value of a property.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::model::{Change, Changes, Lang, Trend, Verdict};
    use crate::report::tests::{hostile, render};
    use crate::report::{Beside, Format, Style, fixture};

    #[test]
    fn each_fail_is_an_error_on_its_line() {
        let report = fixture::report();
        let text = render(&report, Format::Github, &Style { lang: Lang::En, ..Style::default() });
        let first = text.lines().next().unwrap();
        assert!(first.starts_with("::warning ") && first.ends_with("::OIT 68.28 below the target of 85"), "{first}");
        let first = text.lines().nth(1).unwrap();
        assert!(first.starts_with("::error file=nang-rong.yaml,line=47,col=7,title=O42 "), "{first}");
        assert!(first.contains("%0A→ Analyse"), "{first}");
        let count = |command| text.lines().filter(|line| line.starts_with(command)).count();
        assert_eq!((count("::error "), count("::warning "), count("::notice ")), (7, 2, 4));
    }

    #[test]
    fn against_a_baseline_the_errors_are_what_got_worse() {
        let mut report = fixture::report();
        for item in report.items.iter_mut().take(20) {
            item.verdict = Verdict::Fail;
        }
        // The one that gains least would be beyond those that are shown.
        let last = crate::report::said::by_gain(&report, Verdict::Fail).last().unwrap().id.clone();
        let worse = Change { item: last.clone(), trend: Trend::Worse, before: Some(Verdict::Pass), now: Verdict::Fail };
        let changes = Changes { since: report.started_at.clone(), oit: None, items: vec![worse] };
        let beside = Beside { changes: Some(changes), ..Beside::default() };
        let style = Style { lang: Lang::En, ..Style::default() };
        let text = super::render(&report, &style, &beside);
        let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("::error ")).collect();
        assert!(
            text.starts_with(errors[0]) && errors[0].ends_with(&format!("::1 got worse since the baseline: {last}"))
        );
        assert!(errors[1].contains(&format!("title={last} ")) && errors[1].contains("::(before: pass) "), "{errors:?}");
        assert!(errors[1..].iter().all(|line| line.contains(&format!("title={last} "))), "{errors:?}");
        assert_eq!(text.lines().filter(|line| line.starts_with("::warning ")).count(), super::EACH);
        let without = super::render(&report, &style, &Beside::default());
        assert!(!without.lines().any(|line| line.starts_with("::error ") && line.contains(&format!("title={last} "))));
    }

    #[test]
    fn hostile_text_starts_no_command_of_its_own() {
        let mut report = hostile();
        report.agency.file = "x,line=9::y\n::stop-commands::z\r::error::.yaml".to_owned();
        for item in &mut report.items {
            item.name = "a\n::set-output name=exit-code::0\r\n::add-mask::x%0A::error::,b".to_owned();
        }
        let text = render(&report, Format::Github, &Style::default());
        for line in text.split(['\n', '\r']).filter(|line| !line.is_empty()) {
            let rest = line.strip_prefix("::").unwrap();
            let (head, message) = rest.split_once("::").unwrap();
            let (command, properties) = head.split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&command), "{line}");
            assert_eq!(properties.matches(',').count(), 3, "{line}");
            assert!(!message.contains('\u{1b}') && !properties.contains("%0A::"), "{line}");
        }
    }
}
