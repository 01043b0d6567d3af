//! The annotations of GitHub: workflow commands (`::error file=…,line=…::…`), which a job prints and GitHub shows beside
//! the lines of the agency file. They work everywhere that a job runs; SARIF needs code scanning.

use super::marks::{Mark, marks};
use super::{Beside, Style, view, words};
use crate::model::{Level, Report};

/// Annotations; GitHub shows ten errors and ten warnings of a step, so that more of them are noise in the log.
const EACH: usize = 10;

/// Writes one command a line.
pub(super) fn render(report: &Report, style: &Style, _beside: &Beside) -> String {
    let mut out = String::new();
    let all = marks(report);
    if !report.complete {
        out.push_str(&line("warning", &report.agency.file, None, "OIT", words::INCOMPLETE_WHY.get(style.lang)));
    }
    for (level, command) in [(Level::Fail, "error"), (Level::Review, "warning"), (Level::Advice, "notice")] {
        for mark in all.iter().filter(|mark| mark.level == level).take(EACH) {
            out.push_str(&annotation(report, mark, command, style));
        }
    }
    let score = format!("OIT {}", view::points(report.score.oit.predicted, style.lang));
    out.push_str(&line("notice", &report.agency.file, None, "OIT", &score));
    out
}

fn annotation(report: &Report, mark: &Mark<'_>, command: &str, style: &Style) -> String {
    let mut text = mark.message(style.lang);
    if let Some(url) = mark.reason.and_then(|reason| reason.url.as_ref()) {
        text = format!("{text}\n{}", view::readable_url(url.as_str()));
    }
    if let Some(todo) = mark.todo(report, style.lang) {
        text = format!("{text}\n→ {todo}");
    }
    let place = mark.place.map(|place| (place.line, place.column));
    line(command, &report.agency.file, place, &mark.title(style.lang), &text)
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
    use crate::model::Lang;
    use crate::report::tests::{hostile, render};
    use crate::report::{Format, Style, fixture};

    #[test]
    fn each_fail_is_an_error_on_its_line() {
        let report = fixture::report();
        let text = render(&report, Format::Github, &Style { lang: Lang::En, ..Style::default() });
        let first = text.lines().next().unwrap();
        assert!(first.starts_with("::error file=nang-rong.yaml,line=47,col=7,title=O42 "), "{first}");
        assert!(first.contains("%0A→ Analyse"), "{first}");
        let count = |command| text.lines().filter(|line| line.starts_with(command)).count();
        assert_eq!((count("::error "), count("::warning "), count("::notice ")), (7, 1, 5));
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
