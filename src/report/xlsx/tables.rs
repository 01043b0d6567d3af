//! The sheets that are tables: items, URLs, documents, reasons, fixes, changes.

use rust_xlsxwriter::XlsxError;

use super::book::{Book, column};
use super::cell::{Cell, Shown};
use super::words as own;
use crate::model::{
    Changes, ItemId, ItemResult, Lang, Level, LinkResult, Report, RuleStatus, Trend, Verdict, clicks_in_words,
};
use crate::report::{view, words};

/// Adds the items.
pub(super) fn items(book: &mut Book, report: &Report, changes: Option<&Changes>, lang: Lang) -> Result<(), XlsxError> {
    let grouped = report.items.iter().any(|item| !item.group.get(lang).is_empty());
    let mut columns = vec![column(own::ID, 7), column(own::NAME, 34), column(own::VERDICT, 13), column(own::SCORE, 8)];
    columns.extend([column(own::LIKELY, 10), column(own::CONFIDENCE, 10), column(own::COMMENT, 44)]);
    columns.extend([column(own::SUB_INDICATOR, if grouped { 9 } else { 26 })]);
    columns.extend(grouped.then(|| column(own::GROUP, 24)));
    columns.extend([column(own::FIRST_URL, 40), column(own::URL_COUNT, 8)]);
    columns.extend(changes.map(|_| column(own::TREND, 14)));
    let groups = view::groups(report, lang);
    let row = |item: &ItemResult| {
        let sub = groups.iter().find(|group| group.id == item.sub_indicator).map_or("", |group| group.name);
        let mut row = vec![id(&item.id), name(item, lang), verdict(item.verdict, lang)];
        row.push(item.score.map_or_else(Cell::empty, |score| Cell::number(score, Shown::Plain)));
        row.push(Cell::number(item.likely_score, Shown::Plain));
        row.push(item.confidence.map_or_else(Cell::empty, |share| Cell::number(share, Shown::Percent)));
        row.push(Cell::lines(messages(item, lang)));
        row.push(if grouped {
            Cell::text(&item.sub_indicator)
        } else {
            Cell::text(&format!("{} {sub}", item.sub_indicator))
        });
        row.extend(grouped.then(|| Cell::text(item.group.get(lang))));
        row.push(item.urls.first().map_or_else(Cell::empty, |link| Cell::address(&link.url)));
        row.push(whole(item.urls.len()));
        row.extend(changes.map(|changes| {
            let change = changes.items.iter().find(|change| change.item == item.id);
            change.map_or_else(Cell::empty, |change| trend(change.trend, lang))
        }));
        row
    };
    let rows: Vec<_> = report.items.iter().map(row).collect();
    book.table(own::ITEMS, &columns, &rows, words::NO_ITEMS)
}

/// Adds the submitted URLs.
pub(super) fn urls(book: &mut Book, report: &Report, lang: Lang) -> Result<(), XlsxError> {
    let pictures = report.items.iter().flat_map(|item| &item.urls).any(|link| link.screenshot.is_some());
    let mut columns = link_columns();
    columns.extend([column(own::CLICKS, 8), column(own::WAY, 36), column(own::LINE, 9)]);
    columns.extend(pictures.then(|| column(own::PICTURE, 24)));
    let row = |item: &ItemResult, link: &LinkResult| {
        let mut row = link_row(item, link, lang);
        row.push(link.path.as_ref().map_or_else(Cell::empty, |path| whole(path.len())));
        let way = link.path.as_ref().map(|path| clicks_in_words(words::HOME.get(lang), path));
        row.push(Cell::text(&way.unwrap_or_default()));
        row.push(link.place.map_or_else(Cell::empty, |place| Cell::number(place.line, Shown::Plain)));
        row.extend(pictures.then(|| Cell::text(link.screenshot.as_deref().unwrap_or_default())));
        row
    };
    let rows: Vec<_> = report.items.iter().flat_map(|item| item.urls.iter().map(move |link| row(item, link))).collect();
    book.table(own::URLS, &columns, &rows, own::NO_URLS)
}

/// Adds what was followed from the pages.
pub(super) fn documents(book: &mut Book, report: &Report, lang: Lang) -> Result<(), XlsxError> {
    let of = |item| move |link| link_row(item, link, lang);
    let rows: Vec<_> = report.items.iter().flat_map(|item| item.documents.iter().map(of(item))).collect();
    book.table(own::DOCUMENTS, &link_columns(), &rows, own::NO_DOCUMENTS)
}

/// Adds every reason with its evidence.
pub(super) fn reasons(book: &mut Book, report: &Report, lang: Lang) -> Result<(), XlsxError> {
    let columns = [
        column(own::ID, 7),
        column(own::LEVEL, 14),
        column(own::MESSAGE, 50),
        column(own::EVIDENCE, 46),
        column(own::URL, 60),
        column(own::CODE, 24),
    ];
    let mut rows = Vec::new();
    for item in &report.items {
        for reason in &item.reasons {
            let level = Cell::text(own::level(reason.level, lang));
            rows.push(vec![
                id(&item.id),
                match reason.level {
                    Level::Fail => level.toned(Verdict::Fail),
                    Level::Review => level.toned(Verdict::Review),
                    Level::Advice => level.toned(Verdict::Advice),
                    Level::Info => level,
                },
                Cell::text(view::message(reason, lang)),
                Cell::text(reason.evidence.as_deref().unwrap_or_default()),
                reason.url.as_ref().map_or_else(Cell::empty, |url| Cell::address(url.as_str())),
                Cell::text(reason.code.as_str()),
            ]);
        }
    }
    book.table(own::REASONS, &columns, &rows, own::NO_REASONS)
}

/// Adds what to fix, best first.
pub(super) fn fixes(book: &mut Book, report: &Report, lang: Lang) -> Result<(), XlsxError> {
    // Where nothing gains or loses points of ITA there is no survey to reckon with.
    let ita = report.fixes.iter().any(|fix| fix.ita_gain.rounded() > 0.0 || fix.ita_loss.rounded() > 0.0);
    let mut columns = vec![column(own::ID, 7), column(own::RANK, 8), column(own::NAME, 34), column(own::VERDICT, 14)];
    columns.extend([column(own::OIT_GAIN, 10), column(own::OIT_LOSS, 10)]);
    columns.extend(ita.then(|| [column(own::ITA_GAIN, 10), column(own::ITA_LOSS, 10)]).into_iter().flatten());
    columns.extend([column(own::TO_DO, 50), column(own::NEXT_STEP, 44), column(own::AFTER, 12)]);
    columns.push(column(own::ON_PATH, 12));
    let path = report.path.as_ref().map_or(&[][..], |path| &path.items);
    let mut rows = Vec::new();
    for (rank, fix) in (1_u32..).zip(&report.fixes) {
        let of = view::item(report, &fix.item);
        let mut row = vec![id(&fix.item), Cell::number(rank, Shown::Plain)];
        row.push(of.map_or_else(Cell::empty, |item| name(item, lang)));
        row.push(of.map_or_else(Cell::empty, |item| verdict(item.verdict, lang)));
        row.extend([Cell::points(Some(fix.oit_gain)), Cell::points(Some(fix.oit_loss))]);
        row.extend(
            ita.then(|| [fix.ita_gain, fix.ita_loss].map(|points| Cell::points(Some(points)))).into_iter().flatten(),
        );
        row.extend([&fix.todo, &fix.next_step].map(|text| Cell::text(&view::readable_url(text.get(lang)))));
        row.push(Cell::text(&view::list(&fix.after)));
        let step = (1_u32..).zip(path).find(|(_, item)| **item == fix.item);
        row.push(step.map_or_else(Cell::empty, |(step, _)| Cell::number(step, Shown::Plain)));
        rows.push(row);
    }
    let none = if report.complete { words::NOTHING_TO_FIX } else { words::NOT_RECKONED };
    book.table(own::FIXES, &columns, &rows, none)
}

/// Adds what changed since an earlier report.
pub(super) fn changes(book: &mut Book, report: &Report, changes: &Changes, lang: Lang) -> Result<(), XlsxError> {
    let columns = [
        column(own::ID, 7),
        column(own::NAME, 50),
        column(own::TREND, 20),
        column(own::BEFORE, 16),
        column(own::NOW, 16),
    ];
    let rows: Vec<_> = changes
        .items
        .iter()
        .map(|change| {
            let of = view::item(report, &change.item);
            vec![
                id(&change.item),
                of.map_or_else(Cell::empty, |item| name(item, lang)),
                trend(change.trend, lang),
                change.before.map_or_else(Cell::empty, |before| verdict(before, lang)),
                verdict(change.now, lang),
            ]
        })
        .collect();
    book.table(own::CHANGES, &columns, &rows, own::NO_CHANGES)
}

fn link_columns() -> Vec<super::book::Column> {
    vec![
        column(own::ID, 7),
        column(own::URL, 60),
        column(own::OUTCOME, 20),
        column(own::STATUS, 8),
        column(own::KIND, 8),
        column(own::TITLE, 34),
        column(own::YEARS, 14),
        column(own::BYTES, 10),
        column(own::MILLISECONDS, 10),
        column(own::FINAL_URL, 40),
    ]
}

fn link_row(item: &ItemResult, link: &LinkResult, lang: Lang) -> Vec<Cell> {
    let answered = link.status.is_some();
    let years: Vec<String> = link.years.iter().map(u16::to_string).collect();
    let elsewhere = link.final_url.as_ref().filter(|last| last.as_str() != link.url);
    vec![
        id(&item.id),
        Cell::address(&link.url),
        Cell::text(own::outcome(&link.outcome, lang)),
        link.status.map_or_else(Cell::empty, |status| Cell::number(status, Shown::Plain)),
        Cell::text(link.kind.as_deref().unwrap_or_default()),
        Cell::text(link.title.as_deref().unwrap_or_default()),
        Cell::text(&years.join(", ")),
        if answered { Cell::count(link.bytes) } else { Cell::empty() },
        if answered || link.elapsed_ms > 0 { Cell::count(link.elapsed_ms) } else { Cell::empty() },
        elsewhere.map_or_else(Cell::empty, |url| Cell::address(url.as_str())),
    ]
}

fn whole(count: usize) -> Cell {
    Cell::number(u32::try_from(count).unwrap_or(u32::MAX), Shown::Plain)
}

fn id(id: &ItemId) -> Cell {
    Cell::text(id.as_str())
}

/// An item's name, and whether the year has it for sure.
fn name(item: &ItemResult, lang: Lang) -> Cell {
    let unverified = item.standing.status == RuleStatus::Unverified && !item.standing.source.is_empty();
    Cell::lines([view::item_name(item, lang), if unverified { words::UNVERIFIED.get(lang) } else { "" }])
}

fn verdict(verdict: Verdict, lang: Lang) -> Cell {
    Cell::text(words::verdict(verdict, lang)).toned(verdict)
}

fn trend(trend: Trend, lang: Lang) -> Cell {
    let cell = Cell::text(own::trend(trend, lang));
    match trend {
        Trend::Worse => cell.toned(Verdict::Fail),
        Trend::Doubtful => cell.toned(Verdict::Review),
        Trend::Better => cell.toned(Verdict::Pass),
        Trend::New => cell,
    }
}

/// Each message once, the weightiest first.
fn messages(item: &ItemResult, lang: Lang) -> Vec<&str> {
    let mut seen = Vec::new();
    for message in item.reasons.iter().map(|reason| view::message(reason, lang)) {
        if !seen.contains(&message) {
            seen.push(message);
        }
    }
    seen
}
