//! What was seen in one file or page, for a terminal and as JSON.

use super::canvas::{Canvas, GAP, Para, Tone, cell, left};
use super::wrap::width;
use super::{Style, json, words};
use crate::model::{Lang, MediaKind, Readability, Reading, Spot, Text, Unit, YearPlace, YearRole, YearSeen};

/// Narrower terminals are served as if they had this many columns.
const NARROWEST: usize = 40;
/// Lines longer than this are hard to follow from end to start.
const WIDEST: usize = 144;
/// Rows of years; further ones are in the JSON.
const ROWS: usize = 60;
/// Columns of a year.
const YEAR: usize = 9;
/// Lines of a snippet.
const SNIPPET: usize = 3;

/// The JSON Schema of what `oit-audit read` writes as JSON.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Reading).to_value()
}

/// Writes it as JSON; the text ends with a line feed.
pub fn to_json(reading: &Reading) -> String {
    json::harmless(reading)
}

/// Draws it for a terminal; the text ends with a line feed. `source` is what was read, in the user's words.
pub fn to_terminal(reading: &Reading, source: &str, style: &Style) -> String {
    let lang = style.lang;
    let mut canvas = Canvas::new(style.width.clamp(NARROWEST, WIDEST), style.colour);
    head(&mut canvas, reading, source, lang);
    years(&mut canvas, reading, lang);
    text(&mut canvas, reading, lang);
    canvas.finish()
}

fn head(canvas: &mut Canvas, reading: &Reading, source: &str, lang: Lang) {
    let (read, tone) = match reading.readability {
        Readability::Full => (words::READ_FULL, Tone::Good),
        Readability::Partial => (words::READ_PARTLY, Tone::Doubt),
        Readability::None => (words::READ_NOT, Tone::Bad),
    };
    let mut rows = vec![
        (words::SOURCE, vec![Para::address(source)]),
        (words::KIND, cell(kind(reading.kind).get(lang), Tone::Plain)),
        (words::READABILITY, cell(read.get(lang), tone)),
    ];
    if let Some(title) = &reading.title {
        rows.push((words::DOCUMENT_TITLE, vec![Para::new(title, Tone::Strong).at_most(3)]));
    }
    if let Some(pages) = reading.pages {
        let mut shown = format!("{pages}");
        if !reading.unread_pages.is_empty() {
            let unread = pages_in_words(&reading.unread_pages);
            shown = format!("{shown} ({})", words::UNREAD_PAGES.fill(lang, unread));
        }
        let label = match Unit::from(reading.kind) {
            Unit::Page => words::PAGES,
            Unit::Slide => words::SLIDES,
            Unit::Sheet => words::SHEETS,
        };
        rows.push((label, cell(shown, Tone::Plain)));
    }
    rows.extend(reading.notes.iter().map(|note| (words::NOTE, cell(note, Tone::Plain))));
    let label = rows.iter().map(|(label, _)| width(label.get(lang))).max().unwrap_or(0);
    let columns = [left(label), left(canvas.width() - label - GAP)];
    for (label, value) in rows {
        canvas.row(&columns, &[cell(label.get(lang), Tone::Dim), value]);
    }
}

/// "2-5, 9".
fn pages_in_words(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let run = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

fn years(canvas: &mut Canvas, reading: &Reading, lang: Lang) {
    canvas.heading(words::YEARS.get(lang));
    let rows = rows(&reading.years);
    if rows.is_empty() {
        canvas.span(0, &cell(words::NO_YEARS.get(lang), Tone::Plain));
        return;
    }
    let roles = [words::CONTENT_YEAR.get(lang), words::CITED_YEAR.get(lang)];
    let role_width = roles.iter().map(|role| width(role)).max().unwrap_or(0);
    let places: Vec<String> = rows.iter().map(|row| place(row.seen.place, lang)).collect();
    let most = canvas.width() / 4;
    let place_width = places.iter().map(|place| width(place)).max().unwrap_or(0).min(most);
    let room = canvas.width().saturating_sub(YEAR + role_width + place_width + 3 * GAP);
    let columns = [left(YEAR), left(role_width), left(place_width), left(room)];
    for (row, place) in rows.iter().zip(places).take(ROWS) {
        let (role, tone) = match row.seen.role {
            YearRole::Content => (roles[0], Tone::Good),
            YearRole::Cited => (roles[1], Tone::Dim),
        };
        let year = row.seen.range.map_or(row.seen.year.to_string(), |[from, to]| format!("{from}-{to}"));
        let mut snippet = vec![Para::new(&row.seen.snippet, Tone::Plain).at_most(SNIPPET)];
        if row.more > 0 {
            snippet.push(Para::new(words::MORE.fill(lang, row.more), Tone::Dim));
        }
        if row.seen.doubtful {
            snippet.push(Para::new(words::DOUBTFUL_YEAR.get(lang), Tone::Doubt));
        }
        canvas.row(&columns, &[cell(year, tone), cell(role, tone), cell(place, Tone::Plain), snippet]);
    }
    if rows.len() > ROWS {
        canvas.span(0, &cell(words::MORE.fill(lang, rows.len() - ROWS), Tone::Dim));
    }
}

/// A year as it is shown: once for each role and place, the first of its mentions there.
struct Row<'a> {
    seen: &'a YearSeen,
    more: usize,
}

fn rows(years: &[YearSeen]) -> Vec<Row<'_>> {
    let mut places = std::collections::BTreeMap::new();
    let mut rows: Vec<Row<'_>> = Vec::new();
    // The two ends of a range are one row.
    for seen in years.iter().filter(|seen| seen.range.is_none_or(|[from, _]| from == seen.year)) {
        let key = (seen.role, seen.year, seen.range, seen.place, seen.doubtful);
        let at = *places.entry(key).or_insert(rows.len());
        match rows.get_mut(at) {
            Some(row) => row.more += 1,
            None => rows.push(Row { seen, more: 0 }),
        }
    }
    // What it is about comes first; within that the order of the text.
    rows.sort_by_key(|row| row.seen.role);
    rows
}

fn text(canvas: &mut Canvas, reading: &Reading, lang: Lang) {
    canvas.heading(words::TEXT.get(lang));
    if reading.lines.is_empty() {
        canvas.span(0, &cell(words::NO_TEXT.get(lang), Tone::Plain));
    }
    let unit = Unit::from(reading.kind);
    let mut page = 0;
    for (on, line) in &reading.lines {
        if *on != page {
            page = *on;
            let place = place(YearPlace { spot: Spot::Text, page, unit }, lang);
            canvas.span(0, &cell(format!("— {place} —"), Tone::Dim));
        }
        canvas.span(0, &cell(line, Tone::Plain));
    }
}

fn place(place: YearPlace, lang: Lang) -> String {
    if lang == Lang::En {
        return place.to_string();
    }
    let spot = match place.spot {
        Spot::Title => "ชื่อเอกสาร",
        Spot::Heading => "หัวข้อ",
        Spot::Table => "ตาราง",
        Spot::Text => "ข้อความ",
        Spot::Link => "ลิงก์ในหน้า",
        Spot::Picture => "คำอธิบายภาพ",
        Spot::Menu => "เมนูหรือท้ายหน้า",
        Spot::FileName => "ชื่อไฟล์",
        Spot::LinkText => "ข้อความของลิงก์",
    };
    let unit = match place.unit {
        Unit::Page => "หน้า",
        Unit::Slide => "สไลด์",
        Unit::Sheet => "ชีต",
    };
    match (place.spot, place.page) {
        (_, 0) => spot.to_owned(),
        (Spot::Text, page) => format!("{unit} {page}"),
        (_, page) => format!("{spot} {unit} {page}"),
    }
}

fn kind(kind: MediaKind) -> Text {
    let (th, en) = match kind {
        MediaKind::Html => ("หน้าเว็บ", "a web page"),
        MediaKind::Text => ("ข้อความ", "plain text"),
        MediaKind::Csv => ("ตาราง CSV", "a CSV table"),
        MediaKind::Pdf => ("PDF", "a PDF"),
        MediaKind::Docx | MediaKind::Doc | MediaKind::Odt | MediaKind::Rtf => ("เอกสาร", "a word-processor file"),
        MediaKind::Xlsx | MediaKind::Xls | MediaKind::Ods => ("ตารางคำนวณ", "a spreadsheet"),
        MediaKind::Pptx | MediaKind::Ppt | MediaKind::Odp => ("งานนำเสนอ", "a presentation"),
        MediaKind::Image => ("ภาพ", "a picture"),
        MediaKind::Zip | MediaKind::Archive => ("ไฟล์บีบอัด", "an archive"),
        MediaKind::Other => ("ไฟล์ชนิดที่ไม่รู้จัก", "a file of an unknown kind"),
    };
    let name = kind.as_str();
    if kind == MediaKind::Pdf {
        Text::new(th, en)
    } else {
        Text::new(format!("{th} ({name})"), format!("{en} ({name})"))
    }
}
