//! Whether a text is about a year that it mentions, or merely cites it.

use super::Hit;
use crate::thai::chars::{is_dash, is_gap, is_thai_letter};

/// The longest title of a law, in bytes.
const LAW_TITLE: usize = 480;
/// How far a law's year may be when nothing says that it is a year of the Buddhist era.
const BARE_LAW: usize = 130;
/// How far a date may be from the word that makes it the date of an update.
const STAMP_GAP: usize = 90;
/// A span of so many years is an outlook or a history, not what a document is about.
const OUTLOOK: u16 = 10;
/// From here on "ภายในปี …" is a far target; before it may well be the year of the work.
const FAR_TARGET: u16 = 2570;

/// What a word says about the year after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Law,
    /// A law only together with "ว่าด้วย".
    Rules,
    Copyright,
    Stamp,
    Birth,
    Target,
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    kind: Kind,
    start: usize,
    end: usize,
}

/// The role of each mention of a text.
pub(super) fn roles(text: &str, hits: &[Hit]) -> Vec<super::Role> {
    let Some(last) = hits.last() else { return Vec::new() };
    let cues = cues(&text[..last.at.start]);
    let mut next = 0;
    let mut out = Vec::with_capacity(hits.len());
    let mut law = false;
    for (index, hit) in hits.iter().enumerate() {
        while cues.get(next).is_some_and(|cue| cue.end <= hit.at.start) {
            next += 1;
        }
        let previous = index.checked_sub(1).and_then(|index| hits.get(index));
        let since = previous.map_or(0, |previous| previous.at.end);
        law = is_law(text, hit, since, &cues[..next]) || (law && is_amendment(text, hit, since));
        let cited = law || is_far(hit) || is_marked(text, hit, since, &cues[..next]) || is_owned(text, hit);
        out.push(if cited { super::Role::Cited } else { super::Role::Content });
    }
    out
}

/// Whether a mention is the year of a law whose title stands before it.
fn is_law(text: &str, hit: &Hit, since: usize, cues: &[Cue]) -> bool {
    if hit.dated || hit.fiscal || !hit.span.is_single_year() {
        return false;
    }
    let near = cues.iter().rev().take(12).take_while(|cue| cue.start >= since && hit.at.start - cue.end <= LAW_TITLE);
    for cue in near {
        let Some(title) = text.get(cue.end..hit.at.start) else { continue };
        let is_law = match cue.kind {
            Kind::Law => true,
            Kind::Rules => title.contains("ว่าด้วย"),
            _ => continue,
        };
        if is_law && (hit.era || title.len() <= BARE_LAW) {
            // The title ends where something else begins.
            let ends = ["\n", "ประจำปี", "ณ วันที่", "ลงวันที่", "มาตรา"].iter().any(|end| title.contains(end));
            // An earlier year in the title, too early to be a mention, is the law's; what follows it may amend it.
            let earlier = title.contains("พ.ศ.") && !amends(title);
            return !ends && !earlier;
        }
    }
    false
}

/// Whether a mention is the year of an amendment to the law just before it.
fn is_amendment(text: &str, hit: &Hit, since: usize) -> bool {
    let Some(gap) = text.get(since..hit.at.start) else { return false };
    let plain = gap.trim_matches(|c: char| is_gap(c) || "(),".contains(c));
    hit.era
        && !hit.dated
        && !hit.fiscal
        && hit.span.is_single_year()
        && gap.len() <= STAMP_GAP * 3
        && (amends(gap) || plain == "และ")
}

fn amends(text: &str) -> bool {
    ["ฉบับที่", "แก้ไข"].iter().any(|word| text.contains(word))
}

/// Whether a mention is a span that no document is about.
fn is_far(hit: &Hit) -> bool {
    hit.span.to.year - hit.span.from.year >= OUTLOOK
}

/// Whether a word just before a mention says that it is a copyright, an update, a birth or a far target.
fn is_marked(text: &str, hit: &Hit, since: usize, cues: &[Cue]) -> bool {
    let near = cues.iter().rev().take(6).take_while(|cue| cue.start >= since && hit.at.start - cue.end <= STAMP_GAP);
    for cue in near {
        let Some(gap) = text.get(cue.end..hit.at.start) else { continue };
        let marked = match cue.kind {
            Kind::Law | Kind::Rules => false,
            Kind::Copyright => !gap.contains('\n') && !hit.fiscal && !hit.dated,
            Kind::Stamp => (hit.day && gap.trim_start().len() <= STAMP_GAP) || is_filler(gap),
            Kind::Birth => is_filler(gap),
            Kind::Target => !hit.fiscal_year(text) && hit.span.from.year >= FAR_TARGET && is_filler(gap),
        };
        if marked {
            return true;
        }
    }
    false
}

/// Whether a copyright sign follows: "2020 © อบต.".
fn is_owned(text: &str, hit: &Hit) -> bool {
    !hit.dated && text.get(hit.at.end..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with('©'))
}

impl Hit {
    /// Whether it is written as a fiscal year, in which work is due rather than hoped for.
    fn fiscal_year(&self, text: &str) -> bool {
        text.get(self.at.clone()).is_some_and(|written| written.contains("งบ"))
    }
}

/// Whether there are only words between that belong to a date.
fn is_filler(gap: &str) -> bool {
    const WORDS: &[&str] = &[
        "เมื่อ",
        "วันที่",
        "ล่าสุด",
        "วันจันทร์",
        "วันอังคาร",
        "วันพุธ",
        "วันพฤหัสบดี",
        "วันศุกร์",
        "วันเสาร์",
        "วันอาทิตย์",
        "ที่",
        "ปี",
        "พ.ศ.",
        "ณ",
        "on",
        "at",
        "date",
    ];
    let mut rest = gap;
    loop {
        rest = rest.trim_start_matches(|c: char| is_gap(c) || is_dash(c) || c == '/' || ":.,()|".contains(c));
        if rest.is_empty() {
            return true;
        }
        let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
        rest = after;
    }
}

/// Every cue of a text, in order, found in one pass.
fn cues(text: &str) -> Vec<Cue> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let words: &[(&str, Kind)] = match byte {
            // Thai characters are E0 B8 xx and E0 B9 xx.
            0xE0 => match (bytes.get(at + 1), bytes.get(at + 2)) {
                (Some(&second), Some(&third)) => thai_words(second, third),
                _ => &[],
            },
            0xC2 => &[("©", Kind::Copyright)],
            _ => latin_words(byte),
        };
        let cue = words.iter().find(|(word, kind)| starts_with(bytes, at, word) && stands(text, at, word, *kind));
        if let Some(&(word, kind)) = cue {
            found.push(Cue { kind, start: at, end: at + word.len() });
            at += word.len();
        } else {
            at += match byte {
                0xE0 => 3,
                0xC2 => 2,
                _ => 1,
            };
        }
    }
    found
}

/// The words that start with a Thai character, told by its last two bytes.
fn thai_words(second: u8, third: u8) -> &'static [(&'static str, Kind)] {
    match (second, third) {
        // พ
        (0xB8, 0x9E) => &[
            ("พระราชบัญญัติ", Kind::Law),
            ("พ.ร.บ", Kind::Law),
            ("พรบ", Kind::Law),
            ("พระราชกฤษฎีกา", Kind::Law),
            ("พระราชกฤษฏีกา", Kind::Law),
            ("พระราชกำหนด", Kind::Law),
            ("พ.ร.ฎ", Kind::Law),
            ("พ.ร.ก", Kind::Law),
        ],
        // ร
        (0xB8, 0xA3) => &[("รัฐธรรมนูญ", Kind::Law), ("ระเบียบ", Kind::Rules)],
        // ป
        (0xB8, 0x9B) => &[
            ("ประมวลกฎหมาย", Kind::Law),
            ("ประมวลกฏหมาย", Kind::Law),
            ("ปรับปรุงล่าสุด", Kind::Stamp),
            ("ปรับปรุงข้อมูลล่าสุด", Kind::Stamp),
            ("ปรับปรุงครั้งล่าสุด", Kind::Stamp),
            ("ปรับปรุงเมื่อ", Kind::Stamp),
            ("ปรับปรุงข้อมูลเมื่อ", Kind::Stamp),
            ("ประกาศเมื่อ", Kind::Stamp),
            ("ประกาศข่าวเมื่อ", Kind::Stamp),
        ],
        // ก
        (0xB8, 0x81) => &[("กฎกระทรวง", Kind::Law), ("กฏกระทรวง", Kind::Law)],
        // ข
        (0xB8, 0x82) => &[("ข้อบังคับ", Kind::Rules)],
        // ค
        (0xB8, 0x84) => &[("คสช. ที่", Kind::Law), ("คณะรักษาความสงบแห่งชาติ", Kind::Law)],
        // อ
        (0xB8, 0xAD) => {
            &[("อัปเดต", Kind::Stamp), ("อัพเดท", Kind::Stamp), ("อัพเดต", Kind::Stamp), ("อัปเดท", Kind::Stamp)]
        }
        // แ
        (0xB9, 0x81) => &[("แก้ไขล่าสุด", Kind::Stamp), ("แก้ไขครั้งล่าสุด", Kind::Stamp), ("แก้ไขเมื่อ", Kind::Stamp)],
        // เ
        (0xB9, 0x80) => {
            &[("เกิด", Kind::Birth), ("เผยแพร่เมื่อ", Kind::Stamp), ("เผยแพร่วันที่", Kind::Stamp), ("เขียนเมื่อ", Kind::Stamp)]
        }
        // โ
        (0xB9, 0x82) => &[("โพสต์เมื่อ", Kind::Stamp), ("โพสเมื่อ", Kind::Stamp), ("โพสต์วันที่", Kind::Stamp)],
        // ว
        (0xB8, 0xA7) => &[
            ("วันที่ลงข่าว", Kind::Stamp),
            ("วันที่เผยแพร่", Kind::Stamp),
            ("วันที่โพสต์", Kind::Stamp),
            ("วันที่ลงประกาศ", Kind::Stamp),
        ],
        // ล
        (0xB8, 0xA5) => &[("ลงข่าวเมื่อ", Kind::Stamp), ("ลิขสิทธิ์", Kind::Copyright)],
        // ส
        (0xB8, 0xAA) => &[("สงวนลิขสิทธิ์", Kind::Copyright), ("สร้างเมื่อ", Kind::Stamp)],
        // ภ
        (0xB8, 0xA0) => &[("ภายใน", Kind::Target)],
        _ => &[],
    }
}

/// The words that start with a Latin letter, in small letters.
fn latin_words(first: u8) -> &'static [(&'static str, Kind)] {
    match first {
        b'u' | b'U' => &[("updated", Kind::Stamp), ("update", Kind::Stamp)],
        b'l' | b'L' => &[("last modified", Kind::Stamp), ("last update", Kind::Stamp)],
        b'p' | b'P' => &[("posted", Kind::Stamp), ("published", Kind::Stamp)],
        b'c' | b'C' => &[("copyright", Kind::Copyright)],
        b'm' | b'M' => &[("modified", Kind::Stamp)],
        b'(' => &[("(c)", Kind::Copyright)],
        _ => &[],
    }
}

fn starts_with(bytes: &[u8], at: usize, word: &str) -> bool {
    let word = word.as_bytes();
    // The byte that tells two Thai words with one first letter apart soonest.
    if word.len() > 5 && bytes.get(at + 5).is_some_and(|byte| !byte.eq_ignore_ascii_case(&word[5])) {
        return false;
    }
    bytes.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
}

/// Whether what starts like a cue is one and not a part of a longer word.
fn stands(text: &str, at: usize, word: &str, kind: Kind) -> bool {
    let rest = text.get(at + word.len()..).unwrap_or_default();
    match kind {
        // "เกิดขึ้น", "เกิดประโยชน์" are no births.
        Kind::Birth => {
            !rest.starts_with(is_thai_letter) || ["เมื่อ", "วัน", "ปี", "พ.ศ"].iter().any(|w| rest.starts_with(w))
        }
        Kind::Stamp if word.is_ascii() => !rest.starts_with(|c: char| c.is_ascii_alphanumeric()),
        _ => true,
    }
}
