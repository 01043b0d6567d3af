//! Breaks a line of Thai, English or a URL at sensible points; Thai puts no spaces between words.
//!
//! There is no dictionary here. The script itself says much: a vowel written before its consonant begins a syllable,
//! some signs end one, and others cannot do without the letter that follows.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::clean::is_mark;

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
    /// Between two Thai clusters: likely the middle of a word.
    Weak,
    /// Where a word or at least a syllable begins.
    Strong,
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
const OPENING: &str = "([{«“‘\"";
const CLOSING: &str = ")]}»”’,.;:!?%…\"";
/// Words so common in official titles that a line had better begin with them than cut them.
const WORDS: &[&str] = &[
    "การ", "ความ", "ข้อมูล", "ราย", "หน่วย", "ประ", "ผู้", "และ", "หรือ", "ของ", "ตาม", "ดำเนิน", "ป้องกัน", "ทุจริต",
    "มาตร", "ส่ง", "ภาย", "บริ", "ทรัพยากร", "บุคคล", "สำหรับ", "คุณธรรม", "ปฏิบัติ", "งบ", "กำกับ", "ติดตาม", "จัด",
    "ร้อง", "รับ", "ช่อง", "ครบ", "ต้อง", "ขึ้น", "หน้า", "นั้น", "จาก", "คน", "ว่า", "ได้", "อยู่", "ปี", "พัฒนา",
];
/// The widest cluster; longer ones are malformed and would not fit a narrow column.
const CLUSTER: usize = 4;

/// The display columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The lines of a clean text, none wider than `limit`.
pub(super) fn wrap(text: &str, limit: usize, mode: Mode) -> Vec<String> {
    let limit = limit.max(CLUSTER);
    let starts = clusters(text);
    let mut lines = Vec::new();
    let mut from = 0;
    while from < starts.len() {
        let (end, next) = line_end(text, &starts, from, limit, mode);
        lines.push(text[starts[from]..end].trim_end().to_owned());
        from = next;
    }
    lines
}

/// The text cut in the middle to at most `limit` columns; the start and the end of a URL say most.
pub(super) fn shorten_middle(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let starts = clusters(text);
    let tail_room = limit / 3;
    let head_room = limit.saturating_sub(tail_room + 1);
    let head = starts.iter().copied().take_while(|&at| width(&text[..at]) <= head_room).last().unwrap_or(0);
    let tail = starts.iter().copied().find(|&at| width(&text[at..]) <= tail_room).unwrap_or(text.len());
    format!("{}…{}", &text[..head], &text[tail..])
}

/// The text cut at the end to at most `limit` columns.
pub(super) fn shorten_end(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(1);
    let end = clusters(text).into_iter().take_while(|&at| width(&text[..at]) <= room).last().unwrap_or(0);
    format!("{}…", text[..end].trim_end())
}

/// Where the clusters begin: what is between two of these is never cut.
fn clusters(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut before = ' ';
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        let joined = (FOLLOWING.contains(c) && before != ' ') || LEADING.contains(before);
        let wide = c.width().unwrap_or(0);
        if starts.is_empty() || !(is_mark(c) || (joined && c != ' ' && columns + wide <= CLUSTER)) {
            starts.push(at);
            columns = 0;
        }
        columns += wide;
        before = c;
    }
    starts
}

/// The byte where a line ends that starts at cluster `from`, and the cluster where the next one starts.
fn line_end(text: &str, starts: &[usize], from: usize, limit: usize, mode: Mode) -> (usize, usize) {
    let line = &text[starts[from]..];
    if width(line) <= limit {
        return (text.len(), starts.len());
    }
    // The best place so far, by tier: good places in the second half of the line, then any place at all.
    let mut best: [Option<usize>; 5] = [None; 5];
    for next in from + 1..starts.len() {
        let at = starts[next];
        let columns = width(text[starts[from]..at].trim_end());
        if columns > limit {
            break;
        }
        let quality = quality(&text[starts[next - 1]..at], &text[at..], mode);
        let late = 2 * columns >= limit;
        let tier = match quality {
            Break::Space if 3 * columns >= 2 * limit => 0,
            Break::Space | Break::Strong if late => 1,
            Break::Weak if late => 2,
            Break::Space | Break::Strong | Break::Weak => 3,
            Break::Forced => 4,
        };
        best[tier] = Some(next);
    }
    let next = best.into_iter().flatten().next().unwrap_or(from + 1);
    starts.get(next).map_or((text.len(), next), |&at| (at, next))
}

/// How good a break is between a cluster and the text that follows it.
fn quality(before: &str, after: &str, mode: Mode) -> Break {
    let (Some(last), Some(first)) = (before.chars().last(), after.chars().next()) else { return Break::Forced };
    if first == ' ' || (last == ' ' && FOLLOWING.contains(first)) {
        return Break::Forced;
    }
    if last == ' ' {
        return Break::Space;
    }
    if mode == Mode::Address && last.is_ascii_punctuation() {
        return match last {
            '/' | '?' | '&' | '#' | '=' if last != first => Break::Strong,
            '-' | '_' | '.' | '+' => Break::Weak,
            _ => Break::Forced,
        };
    }
    if CLOSING.contains(first) || OPENING.contains(last) {
        return Break::Forced;
    }
    match (is_thai(before), is_thai(after)) {
        (true, true) => thai_quality(before, after),
        (false, false) if is_word(last) && is_word(first) => Break::Forced,
        _ if OPENING.contains(first) || CLOSING.contains(last) => Break::Strong,
        (false, false) => Break::Forced,
        // Between Thai and other writing a word ends, but "/" and "-" belong to both sides.
        _ if is_word(last) && is_word(first) => Break::Strong,
        _ => Break::Weak,
    }
}

fn thai_quality(before: &str, after: &str) -> Break {
    let first = after.chars().next().unwrap_or(' ');
    let silent = after.chars().skip(1).take_while(|&c| is_mark(c)).any(|c| c == SILENT);
    if before.contains(|c| OPEN.contains(c)) || silent || (before.ends_with('ร') && first == 'ร') {
        Break::Forced
    } else if LEADING.contains(first)
        || before.ends_with(|c| ENDING.contains(c))
        || WORDS.iter().any(|word| after.starts_with(word) && !after[word.len()..].starts_with(is_mark))
    {
        Break::Strong
    } else {
        Break::Weak
    }
}

fn is_thai(text: &str) -> bool {
    text.starts_with(|c| ('\u{e01}'..='\u{e5b}').contains(&c))
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
        for (text, columns) in [("กรม", 3), ("ข้อมูล", 4), ("ที่ทำการ", 6), ("กำลัง", 4), ("น้ำ", 2), ("ผู้ว่าฯ", 4)] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn thai_breaks_where_words_begin() {
        assert_eq!(
            prose("รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน", 24),
            ["รายงานการกำกับติดตาม", "การดำเนินงานประจำปี", "รอบ 6 เดือน"]
        );
        assert_eq!(prose("แผนปฏิบัติการเสริมสร้าง", 12), ["แผนปฏิบัติการ", "เสริมสร้าง"].map(str::to_owned));
        assert_eq!(prose("ประกาศต่าง ๆ เกี่ยวกับ", 9), ["ประกาศ", "ต่าง ๆ", "เกี่ยวกับ"]);
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
        assert_eq!(shorten_middle("https://example.go.th/a/very/long/path/file.pdf", 24), "https://example.…ile.pdf");
        assert_eq!(shorten_end("ข้อมูลการติดต่อ", 6), "ข้อมูลก…");
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
                    if !text.starts_with('เ') {
                        assert!(!line.starts_with(|c| FOLLOWING.contains(c)), "{limit}: {line}");
                        assert!(!line.ends_with(|c| LEADING.contains(c)), "{limit}: {line}");
                    }
                }
            }
        }
    }
}
