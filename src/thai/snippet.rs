//! A short excerpt around a place in a text.

use std::ops::Range;

use super::chars::hangs;

/// The part of a text at a range with up to `around` characters either side, white space folded, and "…" where it
/// is cut; a mark is never parted from its base.
pub fn snippet(text: &str, at: Range<usize>, around: usize) -> String {
    let match_start = cluster_start(text, at.start.min(text.len()));
    let match_end = cluster_end(text, at.end.clamp(match_start, text.len()));
    let start = match text[..match_start].char_indices().rev().take(around).last() {
        // From inside a cluster forwards, for no more than `around` characters.
        Some((from, _)) if from > 0 => next_cluster(text, from).min(match_start),
        Some(_) => 0,
        None => match_start,
    };
    let end = match text[match_end..].char_indices().nth(around) {
        Some((length, _)) => cluster_start(text, match_end + length).max(match_end),
        None => text.len(),
    };
    let mut out = String::new();
    if !text[..start].trim_start().is_empty() {
        out.push('…');
    }
    for word in text[start..end].split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() && out != "…" {
            out.push(' ');
        }
        out.push_str(word);
    }
    if !text[end..].trim_end().is_empty() {
        out.push('…');
    }
    out
}

/// The start of the cluster that a place is in; the place itself where a cluster starts.
fn cluster_start(text: &str, mut at: usize) -> usize {
    while at > 0 && (!text.is_char_boundary(at) || text[at..].starts_with(hangs)) {
        at -= 1;
    }
    at
}

/// The end of the cluster that a place is in; the place itself where a cluster ends.
fn cluster_end(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    next_cluster(text, at)
}

/// The first place from `at` on where no mark stands.
fn next_cluster(text: &str, at: usize) -> usize {
    at + text[at..].chars().take_while(|&c| hangs(c)).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::snippet;

    #[test]
    fn the_whole_of_a_short_text_is_not_cut() {
        assert_eq!(snippet("แผน  ปี\n2563", 0..9, 99), "แผน ปี 2563");
        assert_eq!(snippet("  แผน ", 2..11, 0), "แผน");
    }

    #[test]
    fn a_long_text_is_cut_either_side() {
        let text = "รายงานผลการดำเนินงานประจำปี 2563 ขององค์การบริหารส่วนตำบล";
        let at = text.find("2563").unwrap();
        assert_eq!(snippet(text, at..at + 4, 4), "…ปี 2563 ของ…");
        assert_eq!(snippet(text, at..at + 4, 0), "…2563…");
    }

    #[test]
    fn no_mark_loses_its_base() {
        let text = "ที่น้ำที่ปี";
        for start in 0..=text.len() {
            for end in start..=text.len() {
                for around in 0..4 {
                    let cut = snippet(text, start..end, around);
                    let inner = cut.trim_start_matches('…');
                    assert!(!inner.starts_with(super::hangs), "{start} {end} {around}: {cut}");
                    let after = cut.trim_end_matches('…').trim_start_matches('…');
                    let rest = text.split_once(after).map_or("", |(_, rest)| rest);
                    assert!(after.is_empty() || !rest.starts_with(super::hangs), "{start} {end} {around}: {cut}");
                }
            }
        }
    }

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "a careless caller must not bring the program down")]
    fn a_range_outside_the_text_is_brought_inside() {
        assert_eq!(snippet("ปี", 90..99, 2), "ปี");
        assert_eq!(snippet("ปี 63", 9..2, 1), "…3");
        assert_eq!(snippet("", 0..0, 5), "");
    }
}
