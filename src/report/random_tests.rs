//! Random hostile text through every format: none panics, and nothing that steers a device comes out.

use serde_json::Value;

use super::{Beside, Format, FormatKind, Style, fixture, render};
use crate::model::{Change, Changes, Lang, Points, Report, Trend, Verdict};

/// What texts are put together from, besides random characters.
const PIECES: &[&str] = &[
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "@SUM(A1)",
    "-",
    ";=1",
    "<script>alert(1)</script>",
    "]]>",
    "<!--",
    "-->",
    "&#0;",
    "<r>",
    "</r>",
    "_x0000_",
    "{{7*7}}",
    "{% if %}",
    "\u{1b}]8;;http://evil/\u{7}",
    "\u{9b}31m",
    "\u{202e}",
    "\u{2066}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{0}",
    "\r\n",
    "\t",
    "\u{2028}",
    "\u{e48}\u{e49}\u{e4d}",
    "เ",
    "น้ำ",
    "กรรมการผู้ทรงคุณวุฒิ",
    "[x](javascript:1)",
    "`",
    "|",
    "@user",
    "::error::",
    "%0A",
    "%E0%B9%81",
    "%",
    "https://a.go.th/%2F",
    "https://a.go.th/x",
    "\"",
    "'",
    "\\",
    "𝄞",
    "\u{1f1f9}\u{1f1ed}",
    " ",
];

/// Keys of what is no free text.
const FIXED: &[&str] = &[
    "schema",
    "id",
    "item",
    "items",
    "code",
    "level",
    "verdict",
    "status",
    "started_at",
    "finished_at",
    "website",
    "final_url",
    "catalog_status",
    "after",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(6) {
            match self.below(4) {
                0 => text.extend(char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap())),
                1 => text.push_str(&PIECES[self.below(PIECES.len())].repeat(1 + self.below(30))),
                _ => text.push_str(PIECES[self.below(PIECES.len())]),
            }
        }
        text
    }

    /// Puts random texts in the place of some, wherever a page, a file or a hand could have.
    fn disturb(&mut self, value: &mut Value) {
        match value {
            Value::String(text) if self.below(3) > 0 => *text = self.text(),
            Value::Array(values) => values.iter_mut().for_each(|value| self.disturb(value)),
            Value::Object(fields) => {
                // A reason's URL is one; a link's is whatever was submitted.
                let of_reason = fields.contains_key("code");
                for (key, value) in fields {
                    if !(FIXED.contains(&key.as_str()) || of_reason && key == "url") {
                        self.disturb(value);
                    }
                }
            }
            _ => {}
        }
    }
}

fn report(dice: &mut Dice) -> Report {
    let mut report = fixture::report();
    report.items.retain(|item| !matches!(item.verdict, Verdict::Pass) || item.id.number() < 3);
    report.items[0].documents = report.items[0].urls.clone();
    let mut json = serde_json::to_value(&report).unwrap();
    dice.disturb(&mut json);
    serde_json::from_value(json).unwrap()
}

#[test]
fn no_format_breaks_on_random_text_or_lets_it_steer() {
    let mut dice = Dice(0x2563_0085);
    for round in 0..12 {
        let report = report(&mut dice);
        let change = |(item, trend): (&crate::model::ItemResult, Trend)| Change {
            item: item.id.clone(),
            trend,
            before: None,
            now: item.verdict,
        };
        let trends = [Trend::Worse, Trend::Doubtful, Trend::New, Trend::Better];
        let items = report.items.iter().zip(trends).map(change).collect();
        let changes = Changes { since: report.started_at.clone(), oit: Some(Points(1.0)), items };
        let beside = Beside { changes: (round % 2 == 0).then_some(changes), ..Beside::default() };
        for &format in Format::ALL {
            for lang in [Lang::Th, Lang::En] {
                let style = Style { lang, width: 40 + round * 10, colour: false, paths: true };
                let bytes = render(&report, format, &style, &beside);
                assert!(!bytes.is_empty(), "{format}");
                if format.kind() == FormatKind::Binary {
                    continue;
                }
                let text = String::from_utf8(bytes).unwrap();
                let bad = |c: char| {
                    (c.is_control() && !"\r\n\t".contains(c))
                        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
                };
                let at = text.find(bad);
                assert_eq!(at, None, "{format}, round {round}: {:?}", &text[at.unwrap_or(0)..].chars().next());
            }
        }
    }
}
