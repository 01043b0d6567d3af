//! Breaks a line of Thai, English or a URL at sensible points; Thai puts no spaces between words.
//!
//! Where words begin is known from the lists of words by which damaged text is told from sound text. Only a word that is
//! longer than the line is cut, where the script itself says that a syllable may begin.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::clean::is_mark;
use crate::thai::word_starts;

/// What is being wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Words.
    Prose,
    /// A URL, which has no spaces but has parts.
    Address,
}

/// How good it is to end a line at some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// Only where the line would be too long otherwise.
    Forced,
    /// Within a word, where a syllable may begin.
    Syllable,
    /// Between a word and a sign, or at a small part of an address.
    Weak,
    /// After a word that belongs to the next one, before a number, or at a part of an address.
    Fair,
    /// Where a word begins.
    Word,
    /// At a space.
    Space,
}

/// Written before the consonant that they follow in speech.
const LEADING: &str = "เแโใไ";
/// Never parted from what is before.
const FOLLOWING: &str = "ะาำๅๆฯ";
/// A syllable ends with them.
const ENDING: &str = "ะำๆฯ";
/// Signs that want a further letter in their syllable.
const OPEN: &str = "\u{e31}\u{e36}\u{e37}\u{e47}";
/// Silences its letter, which thus cannot begin anything.
const SILENT: char = '\u{e4c}';
/// After these a line may end without a space; a full stop or a comma may stand inside "พ.ศ." or "1,234.50".
const ENCLOSING: &str = ")]}»”;!?…";
const OPENING: &str = "([{«“‘\"";
const CLOSING: &str = ")]}»”’,.;:!?%…\"";
/// Words that lead to the next one, with which they had better stay.
const LEADS: &[&str] = &[
    "การ",
    "ความ",
    "ผู้",
    "ไม่",
    "ที่",
    "ซึ่ง",
    "ของ",
    "และ",
    "หรือ",
    "ใน",
    "โดย",
    "เพื่อ",
    "จะ",
    "ว่า",
    "จาก",
    "ตาม",
    "กับ",
    "แก่",
    "ข้อ",
    "ปี",
    "ถ้า",
    "หาก",
    "ให้",
    "ได้",
    "เป็น",
    "มี",
    "แล้ว",
    "ต่อ",
    "ด้วย",
];
/// The widest cluster; longer ones are malformed and would not fit a narrow column.
const CLUSTER: usize = 4;

/// The display columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A piece of text that is never cut.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    /// The byte where it starts.
    start: usize,
    /// The columns of all that is before it.
    before: usize,
}

/// The lines of a clean text, none wider than `limit`.
pub(super) fn wrap(text: &str, limit: usize, mode: Mode) -> Vec<String> {
    let limit = limit.max(CLUSTER);
    let clusters = clusters(text);
    let words = match clusters.last() {
        Some(end) if mode == Mode::Prose && end.before > limit => word_starts(text),
        _ => Vec::new(),
    };
    let laid = Laid { text, clusters, words, mode };
    let mut lines = Vec::new();
    let mut from = 0;
    // The last one is the end of the text.
    while from + 1 < laid.clusters.len() {
        let next = laid.line_end(from, limit);
        lines.push(text[laid.clusters[from].start..laid.clusters[next].start].trim_end().to_owned());
        from = next;
    }
    lines
}

/// The text cut in the middle to at most `limit` columns; the start and the end of a URL say most.
pub(super) fn shorten_middle(text: &str, limit: usize) -> String {
    let clusters = clusters(text);
    let all = clusters.last().map_or(0, |end| end.before);
    if all <= limit {
        return text.to_owned();
    }
    let tail_room = limit / 3;
    let head_room = limit.saturating_sub(tail_room + 1);
    let tail = clusters.iter().find(|c| all - c.before <= tail_room).map_or(text.len(), |c| c.start);
    format!("{}…{}", &text[..cut(&clusters, head_room)], &text[tail..])
}

/// The text cut at the end to at most `limit` columns.
pub(super) fn shorten_end(text: &str, limit: usize) -> String {
    let clusters = clusters(text);
    if clusters.last().is_none_or(|end| end.before <= limit) {
        return text.to_owned();
    }
    format!("{}…", text[..cut(&clusters, limit.saturating_sub(1))].trim_end())
}

/// The last byte up to which the text takes no more than so many columns.
fn cut(clusters: &[Cluster], room: usize) -> usize {
    clusters.iter().take_while(|c| c.before <= room).last().map_or(0, |c| c.start)
}

/// The clusters of a text, and its end.
fn clusters(text: &str) -> Vec<Cluster> {
    let mut out: Vec<Cluster> = Vec::new();
    let mut last = ' ';
    let mut columns = 0;
    for (start, c) in text.char_indices() {
        let joined = (FOLLOWING.contains(c) && last != ' ') || (LEADING.contains(last) && c != ' ');
        let wide = c.width().unwrap_or(0);
        let within = out.last().map_or(usize::MAX, |cluster| columns + wide - cluster.before);
        if out.is_empty() || !(is_mark(c) || (joined && within <= CLUSTER)) {
            out.push(Cluster { start, before: columns });
        }
        columns += wide;
        last = c;
    }
    out.push(Cluster { start: text.len(), before: columns });
    out
}

/// A text that is being wrapped.
struct Laid<'t> {
    text: &'t str,
    clusters: Vec<Cluster>,
    /// The bytes at which a Thai word begins.
    words: Vec<usize>,
    mode: Mode,
}

impl Laid<'_> {
    /// The cluster after a line that starts at cluster `from`.
    fn line_end(&self, from: usize, limit: usize) -> usize {
        let clusters = &self.clusters;
        let columns_to = |next: usize| {
            let hanging = usize::from(self.text[..clusters[next].start].ends_with(' '));
            clusters[next].before - clusters[from].before - hanging
        };
        let end = clusters.len() - 1;
        if columns_to(end) <= limit {
            return end;
        }
        // The best place so far, by tier: good places late in the line, then good places, then any place at all.
        let mut best: [Option<usize>; 7] = [None; 7];
        for next in from + 1..end {
            let columns = columns_to(next);
            if columns > limit {
                break;
            }
            let late = 2 * columns >= limit;
            let tier = match self.quality(clusters[next - 1].start, clusters[next].start) {
                Break::Space if 3 * columns >= 2 * limit => 0,
                Break::Space | Break::Word if late => 1,
                Break::Fair if late => 2,
                Break::Weak if late => 3,
                Break::Space | Break::Word | Break::Fair | Break::Weak => 4,
                Break::Syllable => 5,
                Break::Forced => 6,
            };
            best[tier] = Some(next);
        }
        best.into_iter().flatten().next().unwrap_or(from + 1)
    }

    /// How good a break is at byte `at`; the cluster before it starts at `start`.
    fn quality(&self, start: usize, at: usize) -> Break {
        let (before, after) = (&self.text[start..at], &self.text[at..]);
        let (Some(last), Some(first)) = (before.chars().last(), after.chars().next()) else { return Break::Forced };
        if first == ' ' || (last == ' ' && FOLLOWING.contains(first)) {
            return Break::Forced;
        }
        if last == ' ' {
            // A number and its unit or noun belong together: "รอบ 6 เดือน".
            let number = first.is_ascii_digit() || self.text[..start].ends_with(|c: char| c.is_ascii_digit());
            return if number { Break::Fair } else { Break::Space };
        }
        if self.mode == Mode::Address && last.is_ascii_punctuation() {
            return match last {
                '/' | '?' | '&' | '#' if last != first => Break::Fair,
                '-' | '_' | '.' | '+' | '=' => Break::Weak,
                _ => Break::Forced,
            };
        }
        if CLOSING.contains(first) || OPENING.contains(last) || ".,:".contains(last) {
            return Break::Forced;
        }
        match (is_thai(before), is_thai(after)) {
            (true, true) => self.thai_quality(start, at),
            (false, false) if is_word(last) && is_word(first) => Break::Forced,
            _ if OPENING.contains(first) || ENCLOSING.contains(last) => Break::Word,
            (false, false) => Break::Forced,
            // Between Thai and other writing a word ends, but "/" and "-" belong to both sides.
            _ if is_word(last) && is_word(first) => Break::Word,
            _ => Break::Weak,
        }
    }

    /// How good a break is between two Thai clusters.
    fn thai_quality(&self, start: usize, at: usize) -> Break {
        let (before, after) = (&self.text[start..at], &self.text[at..]);
        if let Ok(word) = self.words.binary_search(&at) {
            let previous = word.checked_sub(1).map_or("", |previous| &self.text[self.words[previous]..at]);
            return if LEADS.contains(&previous) { Break::Fair } else { Break::Word };
        }
        let first = after.chars().next().unwrap_or(' ');
        // A letter alone at the end of a word can only close the syllable before.
        let alone = !after[first.len_utf8()..].starts_with(|c| is_mark(c) || is_thai_letter(c));
        let silent = after.chars().skip(1).take_while(|&c| is_mark(c)).any(|c| c == SILENT);
        if before.contains(|c| OPEN.contains(c)) || alone || silent {
            Break::Forced
        } else if LEADING.contains(first) || before.ends_with(|c| ENDING.contains(c)) {
            Break::Syllable
        } else {
            Break::Forced
        }
    }
}

fn is_thai(text: &str) -> bool {
    text.starts_with(is_thai_letter)
}

fn is_thai_letter(c: char) -> bool {
    ('\u{e01}'..='\u{e5b}').contains(&c)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || FOLLOWING.contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::clean::is_mark;
    use super::{FOLLOWING, LEADING, Mode, shorten_end, shorten_middle, width, wrap};

    fn prose(text: &str, limit: usize) -> Vec<String> {
        wrap(text, limit, Mode::Prose)
    }

    #[test]
    fn widths_are_those_of_a_terminal() {
        for (text, columns) in [("กรม", 3), ("ข้อมูล", 4), ("ที่ทำการ", 6), ("กำลัง", 4), ("น้ำ", 2), ("ผู้ว่าฯ", 4)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn thai_breaks_where_words_begin() {
        assert_eq!(
            prose("รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน", 24),
            ["รายงานการกำกับติดตาม", "การดำเนินงานประจำปี", "รอบ 6 เดือน"]
        );
        assert_eq!(prose("แผนปฏิบัติการเสริมสร้าง", 12), ["แผนปฏิบัติการ", "เสริมสร้าง"]);
        assert_eq!(prose("ประกาศต่าง ๆ เกี่ยวกับ", 9), ["ประกาศ", "ต่าง ๆ", "เกี่ยวกับ"]);
    }

    #[test]
    fn no_common_word_is_cut() {
        let text = "ประกาศคณะกรรมการขององค์การบริหารส่วนตำบลระหว่างวันที่ดำเนินโครงการตามมาตรการจัดซื้อจัดจ้างหรือให้บริการ\
                    ผ่านอินเทอร์เน็ตของส่วนราชการและอันตรายต่อสุขภาพจนกว่าเจ้าของเรื่องจะปรับปรุงข้อความที่อ่านได้";
        let words = [
            "คณะกรรมการ",
            "องค์การ",
            "บริหาร",
            "ตำบล",
            "ระหว่าง",
            "โครงการ",
            "มาตรการ",
            "จัดจ้าง",
            "บริการ",
            "อินเทอร์เน็ต",
            "ส่วนราชการ",
            "อันตราย",
            "เจ้าของ",
            "ปรับปรุง",
            "ข้อความ",
        ];
        for limit in 12..=80 {
            let lines = prose(text, limit);
            for word in words {
                assert!(lines.iter().any(|line| line.contains(word)), "{word} is cut at {limit}: {}", lines.join("|"));
            }
        }
    }

    #[test]
    fn english_breaks_at_spaces_only() {
        assert_eq!(prose("The link cannot be opened (404)", 12), ["The link", "cannot be", "opened (404)"]);
        assert_eq!(prose("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(prose("ปี 2563 (1,234.50 บาท)", 9), ["ปี 2563", "(1,234.50", "บาท)"]);
    }

    #[test]
    fn addresses_break_at_their_parts() {
        assert_eq!(
            wrap("https://www.nangrong.go.th/files/plan-2563.pdf", 30, Mode::Address),
            ["https://www.nangrong.go.th/", "files/plan-2563.pdf"]
        );
        assert_eq!(shorten_middle("https://example.go.th/a/very/long/path/file.pdf", 24), "https://example…file.pdf");
        assert_eq!(shorten_end("ข้อมูลการติดต่อ", 6), "ข้อมูล…");
    }

    #[test]
    fn no_width_cuts_a_cluster_or_loses_a_letter() {
        let texts = [
            "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานในข้อ O42",
            "น้ำผึ้งเดือนห้า ซื้อเป็ด ผู้ว่าฯ ต่าง ๆ พ.ศ. 2563 (ข้อมูล) ลิงก์ศูนย์ กรรมการ",
            "เเเเเเเเเเเเะะะะะะะะะะะะะ ((((((((((((((((((((",
            "漢字の行政 ประกาศ 漢字漢字",
        ];
        for text in texts {
            for limit in 4..60 {
                let lines = prose(text, limit);
                let kept: String = lines.concat().split(' ').collect();
                assert_eq!(kept, text.split(' ').collect::<String>());
                for line in &lines {
                    assert!(width(line) <= limit, "{limit}: {line}");
                    assert!(!line.starts_with(is_mark), "{line}");
                    // Below that "ต่าง ๆ" does not fit.
                    if !text.starts_with('เ') && limit >= 6 {
                        assert!(!line.starts_with(|c| FOLLOWING.contains(c)), "{limit}: {line}");
                        assert!(!line.ends_with(|c| LEADING.contains(c)), "{limit}: {line}");
                    }
                }
            }
        }
    }
}
