//! What stands in one cell: text made harmless and as long as Excel takes it, numbers as numbers, and addresses that open.

use jiff::Zoned;
use url::Url;

use crate::model::{Points, Verdict};
use crate::report::clean::clean;
use crate::report::view;
use crate::report::wrap::width;

/// UTF-16 units of a cell's text; Excel takes 32,767.
const LONGEST: usize = 32_000;
/// Lines of a cell; Excel takes 253 line feeds, and shows rows up to 409 points high.
const LINES: usize = 40;
/// UTF-16 units of an address that opens. Excel takes 2,079; versions before 2016 find a file broken where one has more
/// than 255.
const ADDRESS: usize = 255;

/// How a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Dim,
    Title,
    /// Over a column of a table.
    Head,
    /// Over a part of a page; it may go on over the cells beside it.
    Section,
    /// Over a column of numbers of a page.
    OverNumbers,
    Good,
    Advice,
    Bad,
    Doubt,
}

impl From<Verdict> for Tone {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Good,
            Verdict::Advice => Self::Advice,
            Verdict::Fail => Self::Bad,
            Verdict::Review => Self::Doubt,
        }
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// With two decimals.
    Points,
    /// Whole, as it is: a status, a line, a rank.
    Plain,
    /// Whole, in thousands.
    Thousands,
    /// A share of 1 in hundredths.
    Percent,
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing, which is what an unknown number is.
    Empty,
    /// A harmless text.
    Text(String),
    /// A text, and the address that it opens.
    Link(String, String),
    Number(f64, Shown),
    Moment(Zoned),
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) value: Value,
    pub(super) tone: Tone,
}

impl Cell {
    fn new(value: Value) -> Self {
        Self { value, tone: Tone::Plain }
    }

    pub(super) fn empty() -> Self {
        Self::new(Value::Empty)
    }

    /// A text on one line.
    pub(super) fn text(text: &str) -> Self {
        Self::lines([text])
    }

    /// Texts, each on a line of its own.
    pub(super) fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Self {
        let text = harmless(lines);
        Self::new(if text.is_empty() { Value::Empty } else { Value::Text(text) })
    }

    /// An address: one that opens if a browser would open it, else its text.
    pub(super) fn address(url: &str) -> Self {
        let text = harmless([view::readable_url(url)]);
        match target(url) {
            _ if text.is_empty() => Self::empty(),
            Some(target) => Self::new(Value::Link(text, target)),
            None => Self::new(Value::Text(text)),
        }
    }

    pub(super) fn number(number: impl Into<f64>, shown: Shown) -> Self {
        Self::new(Value::Number(number.into(), shown))
    }

    /// A count; where it is beyond what a number in a sheet tells exactly, the nearest that is not.
    pub(super) fn count(count: u64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets have no other numbers")]
        Self::number(count as f64, Shown::Thousands)
    }

    /// As it is printed, so that what is reckoned with it agrees; nothing where it is unknown.
    pub(super) fn points(points: Option<Points>) -> Self {
        points.map_or_else(Self::empty, |points| Self::number(points.rounded(), Shown::Points))
    }

    pub(super) fn moment(at: &Zoned) -> Self {
        Self::new(Value::Moment(at.clone()))
    }

    #[must_use]
    pub(super) fn toned(mut self, tone: impl Into<Tone>) -> Self {
        self.tone = tone.into();
        self
    }

    /// The columns that it takes on one line; Thai marks take none.
    pub(super) fn width(&self) -> usize {
        match &self.value {
            Value::Empty => 0,
            Value::Text(text) | Value::Link(text, _) => text.lines().map(width).max().unwrap_or(0),
            Value::Number(..) => 8,
            Value::Moment(_) => 22,
        }
    }

    /// The lines that its text takes in a column of so many characters; numbers and addresses are never broken.
    pub(super) fn lines_in(&self, columns: usize) -> usize {
        let columns = columns.max(1);
        match &self.value {
            Value::Text(text) if !matches!(self.tone, Tone::Title | Tone::Section) => {
                // What is broken loses room at the end of each line; what just fits loses none.
                let lines = |line: &str| match width(line) {
                    width if width * 10 <= columns * 11 => 1,
                    width => width.div_ceil(columns),
                };
                text.lines().map(lines).sum()
            }
            _ => 1,
        }
    }
}

/// The lines, made harmless and cut to what a cell takes.
fn harmless<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    let mut units = 0;
    let lines = lines.into_iter().map(|line| clean(line.as_ref())).filter(|line| !line.is_empty());
    for (n, line) in lines.enumerate() {
        if n == LINES {
            out.push_str("\n…");
            break;
        }
        if n > 0 {
            out.push('\n');
        }
        for c in line.chars() {
            units += c.len_utf16();
            if units > LONGEST {
                out.push('…');
                return out;
            }
            out.push(c);
        }
    }
    // The library would write such a text into the file as it is.
    if out.starts_with("<r>") && out.ends_with("</r>") {
        out.push(' ');
    }
    out
}

/// An http(s) address as it can be written, if it can. Thai letters stand as letters: a third of the length. The library
/// escapes the `%` of an address again unless one of the escapes that Excel itself makes is in it; such an address stays text.
fn target(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let kept = |address: &String| {
        let before = address.split('#').next().unwrap_or_default().to_ascii_lowercase();
        let own = ["%20", "%22", "%25", "%3c", "%3e", "%5b", "%5d", "%5e", "%60", "%7b", "%7d"];
        let as_it_is = !before.contains('%') || own.iter().any(|escape| before.contains(escape));
        as_it_is && address.encode_utf16().count() <= ADDRESS
    };
    [view::readable_url(url.as_str()), url.into()].into_iter().find(kept)
}

#[cfg(test)]
mod tests {
    use super::{Cell, Value};

    fn text(cell: Cell) -> String {
        match cell.value {
            Value::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn addresses_that_open_are_web_addresses_that_the_file_can_hold() {
        let opens = |url: &str| match Cell::address(url).value {
            Value::Link(_, target) => Some(target),
            _ => None,
        };
        for (url, target) in [
            ("https://a.go.th/x?a=1&b=2#c", Some("https://a.go.th/x?a=1&b=2#c")),
            ("https://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99", Some("https://a.go.th/แผน")),
            ("https://a.go.th/a%20b%2Fc", Some("https://a.go.th/a%20b%2Fc")),
            ("https://a.go.th/a%2Fc", None),
            ("https://a.go.th/%a1%d2", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("internal:Sheet1!A1", None),
            ("mailto:a@b.go.th", None),
            ("=HYPERLINK(\"http://evil/\")", None),
        ] {
            assert_eq!(opens(url).as_deref(), target, "{url}");
        }
        assert_eq!(opens(&format!("https://a.go.th/{}", "a".repeat(239))).unwrap().len(), 255);
        assert_eq!(opens(&format!("https://a.go.th/{}", "a".repeat(240))), None);
    }

    #[test]
    fn texts_fit_and_hold_nothing_that_steers() {
        let long = text(Cell::text(&"𝄞".repeat(40_000)));
        assert_eq!(long.encode_utf16().count(), 32_001);
        assert!(long.ends_with('…'));
        let lines = text(Cell::lines((0..900).map(|n| n.to_string())));
        assert_eq!(lines.lines().count(), 41);
        assert_eq!(text(Cell::lines(["ก\u{0}\u{b}\r\nข", " ", "\u{feff}=1\u{ffff}"])), "ก ข\n=1");
        assert_eq!(text(Cell::text("<r><t>x</t></r>")), "<r><t>x</t></r> ");
        assert_eq!(Cell::text("\u{202e}\u{7}").value, Value::Empty);
    }
}
