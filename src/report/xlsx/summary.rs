//! The first sheet: whose report it is, the scores against the target, and what to know before relying on them.

use super::cell::{Cell, Shown, Tone};
use super::words as own;
use crate::model::{Changes, Lang, Points, Range, Report, Text, Trend};
use crate::report::words::Phrase;
use crate::report::{view, words};

/// The widths of its columns: a label, a text, numbers.
pub(super) const WIDTHS: [usize; 6] = [22, 48, 10, 10, 10, 10];

/// Its rows.
pub(super) fn rows(report: &Report, changes: Option<&Changes>, lang: Lang) -> Vec<Vec<Cell>> {
    let mut page = Page { report, lang, rows: Vec::new() };
    page.rows.push(vec![Cell::text(words::TITLE.get(lang)).toned(Tone::Title)]);
    page.head();
    page.scores();
    page.verdicts();
    page.path();
    page.indicators();
    page.survey();
    if let Some(changes) = changes {
        page.changes(changes);
    }
    page.run();
    page.rows
}

struct Page<'a> {
    report: &'a Report,
    lang: Lang,
    rows: Vec<Vec<Cell>>,
}

impl Page<'_> {
    fn fact(&mut self, label: Phrase, value: Cell) {
        self.rows.push(vec![Cell::text(label.get(self.lang)).toned(Tone::Dim), value]);
    }

    /// A heading of a part, after a blank row.
    fn heading(&mut self, label: Phrase, columns: &[Phrase]) {
        let mut row = [Cell::text(label.get(self.lang)), Cell::empty()].map(|cell| cell.toned(Tone::Section)).to_vec();
        row.extend(columns.iter().map(|column| Cell::text(column.get(self.lang)).toned(Tone::OverNumbers)));
        row.resize_with(WIDTHS.len(), || Cell::empty().toned(Tone::Section));
        self.rows.extend([Vec::new(), row]);
    }

    fn head(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let year = match lang {
            Lang::Th => format!("พ.ศ. {}", report.fiscal_year),
            Lang::En => format!("{} (B.E. {})", report.fiscal_year.common(), report.fiscal_year),
        };
        self.fact(words::AGENCY, Cell::text(&report.agency.name).toned(Tone::Strong));
        self.fact(words::FISCAL_YEAR, Cell::text(&year));
        self.fact(words::WEBSITE, Cell::address(report.agency.website.as_str()));
        self.fact(words::FILE, Cell::text(&report.agency.file));
        self.fact(words::WHEN, Cell::moment(&report.started_at));
        if let Some(warning) = view::catalog_warning(report) {
            self.fact(words::CATALOG, Cell::text(warning.get(lang)).toned(Tone::Doubt));
        }
        for note in &report.notes {
            self.fact(words::NOTE, Cell::text(note.get(lang)));
        }
        if !report.complete {
            self.fact(words::INCOMPLETE, Cell::text(words::INCOMPLETE_WHY.get(lang)).toned(Tone::Bad));
        }
    }

    fn scores(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let target = report.rules.target;
        self.heading(words::SCORE, &[own::PREDICTED, own::LOW, own::HIGH, own::TARGET]);
        let short = view::short(target);
        let (tone, meaning) = match report.score.oit.predicted.map(Points::rounded) {
            None => (Tone::Doubt, words::UNKNOWN.get(lang).to_owned()),
            Some(score) if score >= target => (Tone::Good, words::REACHED.fill(lang, short)),
            Some(score) => {
                let missing = words::SHORT_BY.fill(lang, Points(target - score));
                (Tone::Bad, format!("{} · {missing}", words::BELOW.fill(lang, short)))
            }
        };
        let mut row = score_row("OIT", Cell::text(&meaning).toned(tone), &report.score.oit, lang);
        row.push(Cell::points(Some(Points(target))));
        self.rows.push(row);
        let grade_named = |grade: &str| view::grade(&report.rules, grade, lang).to_owned();
        if let Some(ita) = &report.score.ita {
            let grade = ita.grade.as_deref().map(|grade| words::GRADE.fill(lang, grade_named(grade)));
            let bound = |bound: &Option<String>| bound.as_ref().or(ita.grade.as_ref()).map(|grade| grade_named(grade));
            let span = bound(&ita.grade_low).zip(bound(&ita.grade_high)).filter(|(low, high)| low != high);
            let span = span.map(|(low, high)| format!("({low}–{high})"));
            let grades: Vec<String> = grade.into_iter().chain(span).collect();
            let range = Range { predicted: ita.predicted, low: ita.low, high: ita.high };
            self.rows.push(score_row("ITA", Cell::text(&grades.join(" ")).toned(Tone::Strong), &range, lang));
            return;
        }
        for condition in &report.score.grade_conditions {
            let met = match condition.met {
                Some(true) => words::CONDITION_MET,
                Some(false) => words::CONDITION_NOT_MET,
                None => words::UNKNOWN,
            };
            let demand = words::GRADE.fill(lang, grade_named(&condition.grade));
            let least = view::short(condition.oit_from.0);
            self.rows.push(vec![Cell::empty(), Cell::text(&format!("OIT ≥ {least} ({demand}): {}", met.get(lang)))]);
        }
        if !report.score.grade_conditions.is_empty() {
            self.rows.push(vec![Cell::empty(), Cell::text(words::GRADE_NEEDS_MORE.get(lang)).toned(Tone::Dim)]);
        }
    }

    fn verdicts(&mut self) {
        let lang = self.lang;
        self.heading(words::ITEMS, &[own::ITEM_COUNT]);
        for verdict in view::VERDICTS {
            let word = Cell::text(words::verdict(verdict, lang)).toned(verdict);
            self.rows.push(vec![word, Cell::empty(), count(view::count(self.report, verdict))]);
        }
    }

    fn path(&mut self) {
        let lang = self.lang;
        let Some(path) = self.report.path.as_ref().filter(|path| !path.items.is_empty()) else { return };
        let fix = words::FIX.fill(lang, view::list(&path.items));
        let row = vec![
            Cell::text(words::PATH.get(lang)).toned(Tone::Strong),
            Cell::text(&format!("{fix} → OIT {}", path.oit)),
            Cell::points(Some(path.oit)),
        ];
        self.rows.extend([Vec::new(), row]);
    }

    fn indicators(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let groups = view::groups(report, lang);
        if groups.is_empty() {
            return;
        }
        self.heading(words::INDICATORS, &[words::SCORE, words::PASSED, own::ITEM_COUNT]);
        for indicator in &report.rules.indicators {
            let inside: Vec<_> =
                groups.iter().filter(|group| indicator.sub_indicators.iter().any(|sub| sub.id == group.id)).collect();
            if inside.is_empty() {
                continue;
            }
            let score = report.score.indicators.get(&indicator.id).copied().flatten();
            let passed = inside.iter().map(|group| group.passed()).sum();
            let all = inside.iter().map(|group| group.items.len()).sum();
            let row = part(&indicator.id, indicator.name.get(lang), score, (passed, all), lang);
            self.rows.push(row.into_iter().map(|cell| cell.toned(Tone::Strong)).collect());
            for group in inside {
                let score = report.score.sub_indicators.get(group.id).copied().flatten();
                self.rows.push(part(group.id, group.name, score, (group.passed(), group.items.len()), lang));
            }
        }
    }

    fn survey(&mut self) {
        let (lang, report) = (self.lang, self.report);
        let Some(survey) = &report.survey else { return };
        self.heading(own::SURVEY, &[words::SCORE]);
        let names = &report.rules.survey;
        for (instrument, scores, names) in [("IIT", &survey.iit, &names.iit), ("EIT", &survey.eit, &names.eit)] {
            for (at, score) in scores.iter().enumerate() {
                let name = Cell::text(names.get(at).map_or("", |name: &Text| name.get(lang)));
                self.rows.push(vec![Cell::text(instrument), name, Cell::points(Some(*score))]);
            }
        }
    }

    fn changes(&mut self, changes: &Changes) {
        let lang = self.lang;
        self.heading(own::CHANGES, &[own::BEFORE, own::NOW]);
        self.fact(own::SINCE, Cell::moment(&changes.since));
        let [before, now] = [changes.oit, self.report.score.oit.predicted].map(|score| known(score, lang));
        self.rows.push(vec![Cell::text("OIT"), Cell::empty(), before, now]);
        for trend in [Trend::Worse, Trend::Doubtful, Trend::New, Trend::Better] {
            let number = changes.items.iter().filter(|change| change.trend == trend).count();
            self.rows.push(vec![Cell::text(own::trend(trend, lang)), Cell::empty(), Cell::empty(), count(number)]);
        }
    }

    fn run(&mut self) {
        let (lang, stats) = (self.lang, self.report.stats);
        self.heading(own::RUN, &[]);
        let cost = [
            words::REQUESTS.fill(lang, stats.requests),
            bytesize::ByteSize(stats.bytes).display().iec().to_string(),
            words::SECONDS.fill(lang, view::seconds(stats.elapsed_ms)),
            words::HOSTS.fill(lang, stats.hosts),
        ];
        let version = Cell::text(&format!("oit-audit {}", self.report.tool_version)).toned(Tone::Dim);
        self.rows.push(vec![version, Cell::text(&cost.join(" · ")).toned(Tone::Dim)]);
        self.rows.push(vec![Cell::empty(), Cell::text(words::DISCLAIMER.get(lang)).toned(Tone::Dim)]);
    }
}

fn count(count: usize) -> Cell {
    Cell::count(count as u64)
}

/// A score, or that it is unknown.
fn known(score: Option<Points>, lang: Lang) -> Cell {
    score.map_or_else(|| Cell::text(words::UNKNOWN.get(lang)), |score| Cell::points(Some(score)))
}

fn score_row(name: &str, meaning: Cell, range: &Range, lang: Lang) -> Vec<Cell> {
    let mut row = vec![Cell::text(name).toned(Tone::Strong), meaning];
    row.extend([known(range.predicted, lang).toned(Tone::Strong), known(range.low, lang), known(range.high, lang)]);
    row
}

fn part(id: &str, name: &str, score: Option<Points>, (passed, all): (usize, usize), lang: Lang) -> Vec<Cell> {
    let passed = Cell::number(u32::try_from(passed).unwrap_or(u32::MAX), Shown::Thousands);
    vec![Cell::text(id), Cell::text(name), known(score, lang), passed, count(all)]
}
