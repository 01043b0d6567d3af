//! What is seen in one document, for whoever asks why it was judged as it was.

use crate::checks::{self, Sighting};
use crate::model::{
    BlockRole, Document, Lang, MediaKind, READ_SCHEMA, ReadNote, Readability, Reading, Spot, Text, Unit, YearPlace,
    YearRole, YearSeen,
};
use crate::thai::Role;

/// What a document shows; `name` is that of its file or the path of its URL, percent-decoded.
pub fn reading(document: &Document, name: Option<&str>, lang: Lang) -> Reading {
    let web = document.kind == MediaKind::Html;
    // The title of a web page stands in its tab and not on it.
    let shown = document.blocks.iter().filter(|block| !(block.chrome || web && block.role == BlockRole::Title));
    let lines: Vec<(u32, String)> = shown.map(|block| (block.page, block.text.clone())).collect();
    let text = lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
    let mut sightings = checks::evidence(document);
    if let Some(name) = name {
        sightings.extend(checks::in_name(name, Spot::FileName, &sightings));
    }
    let unit = Unit::from(document.kind);
    Reading {
        schema: READ_SCHEMA,
        kind: document.kind,
        readability: document.readability,
        title: title(document),
        pages: document.pages,
        unread_pages: document.unread_pages.clone(),
        text,
        years: sightings.iter().flat_map(|sighting| seen(sighting, unit)).collect(),
        notes: notes(document).iter().map(|note| note.get(lang).to_owned()).collect(),
        lines,
    }
}

fn title(document: &Document) -> Option<String> {
    let named = document.blocks.iter().find(|block| block.role == BlockRole::Title).map(|block| block.text.clone());
    document.title.clone().or(named).filter(|title| !title.is_empty())
}

/// The years of a mention: one, or the two ends of a range.
fn seen(sighting: &Sighting, unit: Unit) -> Vec<YearSeen> {
    let (from, to) = (sighting.span.from.year, sighting.span.to.year);
    let year = |year: u16| YearSeen {
        year,
        role: if sighting.role == Role::Content { YearRole::Content } else { YearRole::Cited },
        place: YearPlace { spot: sighting.spot, page: sighting.page, unit },
        snippet: sighting.snippet.clone(),
        range: (from != to).then_some([from, to]),
        doubtful: sighting.doubtful,
    };
    if from == to { vec![year(from)] } else { vec![year(from), year(to)] }
}

/// What came to light, and why nothing was read where nothing says so.
fn notes(document: &Document) -> Vec<Text> {
    let mut notes: Vec<Text> = document.notes.iter().map(ReadNote::text).collect();
    let browser = [ReadNote::NeedsBrowser, ReadNote::NotBuilt, ReadNote::Rendered];
    if document.needs_script && !document.notes.iter().any(|note| browser.contains(note)) {
        notes.push(ReadNote::NeedsBrowser.text());
    }
    if notes.is_empty() && document.readability < Readability::Full {
        notes.push(unread(document));
    }
    notes
}

/// Why a document about which nothing else is known was not read in full.
fn unread(document: &Document) -> Text {
    match (document.kind, document.readability) {
        (_, Readability::Partial) => Text::new(
            "อ่านได้เพียงบางส่วน เพราะไฟล์ใหญ่เกินไปหรือมีส่วนที่อ่านไม่ได้",
            "only a part was read: the file is too large, or has parts that cannot be read",
        ),
        (MediaKind::Image, _) => {
            Text::new("เป็นไฟล์ภาพ ยังไม่ได้แปลงเป็นข้อความ (OCR)", "a picture; its text was not recognised (OCR)")
        }
        (MediaKind::Archive | MediaKind::Other, _) => Text::new(
            "โปรแกรมนี้อ่านไฟล์ชนิดนี้ไม่ได้ ควรเผยแพร่เป็น PDF หรือหน้าเว็บ",
            "this program does not read files of this kind; publish a PDF or a web page",
        ),
        _ => Text::new("ไม่พบข้อความที่อ่านได้ในไฟล์", "no text could be read in it"),
    }
}
