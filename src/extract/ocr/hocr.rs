//! What tesseract says: lines, words and characters with their places, from its hOCR output.

/// A rectangle of pixels; `right` and `bottom` are the first pixels outside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bounds {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Bounds {
    pub(super) fn width(self) -> i32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> i32 {
        self.bottom - self.top
    }

    /// The column half-way between left and right.
    pub(super) fn centre(self) -> i32 {
        i32::midpoint(self.left, self.right)
    }

    /// The row half-way between top and bottom.
    pub(super) fn middle(self) -> i32 {
        i32::midpoint(self.top, self.bottom)
    }

    /// The smallest rectangle that holds both.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A character as tesseract read it: now and then two that it took for one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Symbol {
    pub(super) text: String,
    pub(super) bounds: Bounds,
    /// How sure tesseract is of the word that it stands in, 0 to 100.
    pub(super) sure: f32,
    /// It is the first of a word.
    pub(super) starts: bool,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) bounds: Bounds,
    pub(super) symbols: Vec<Symbol>,
    /// The number of its paragraph on the page.
    pub(super) paragraph: usize,
}

/// Lines and characters that are read of one page; a page of print has some 60 and 4,000.
const MAX_LINES: usize = 2_000;
const MAX_SYMBOLS: usize = 40_000;

/// The lines of a page, in tesseract's order. What is not of the expected form is passed over.
pub(super) fn parse(hocr: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut sure, mut starts, mut symbols, mut paragraph) = (0.0, false, 0, 0);
    // A tag with its attributes up to `>`, and the text behind it.
    for part in hocr.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let Some(class) = attribute(tag, "class") else { continue };
        let title = attribute(tag, "title").unwrap_or_default();
        match class {
            "ocr_par" => paragraph += 1,
            "ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat" if lines.len() < MAX_LINES => {
                lines.push(Line { bounds: bounds(title, "bbox").unwrap_or_default(), symbols: Vec::new(), paragraph });
            }
            "ocrx_word" => (sure, starts) = (number(title, "x_wconf").unwrap_or(0.0), true),
            "ocrx_cinfo" if symbols < MAX_SYMBOLS => {
                if let (Some(line), Some(bounds)) = (lines.last_mut(), bounds(title, "x_bboxes")) {
                    line.symbols.push(Symbol { text: unescape(text.trim()), bounds, sure, starts });
                    (starts, symbols) = (false, symbols + 1);
                }
            }
            _ => {}
        }
    }
    lines.retain(|line| !line.symbols.is_empty());
    lines
}

/// The value of an attribute in either kind of quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let after = tag.split_once(&format!(" {name}="))?.1;
    let quote = after.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    after[1..].split(quote).next()
}

/// The words after a property's name in a title such as `bbox 10 20 30 40; x_wconf 93`.
fn property<'a>(title: &'a str, name: &str) -> Option<impl Iterator<Item = &'a str>> {
    title.split(';').find_map(|part| {
        let mut words = part.split_whitespace();
        (words.next() == Some(name)).then_some(words)
    })
}

fn number(title: &str, name: &str) -> Option<f32> {
    property(title, name)?.next()?.parse().ok()
}

fn bounds(title: &str, name: &str) -> Option<Bounds> {
    let mut numbers = property(title, name)?.map_while(|word| word.parse::<i32>().ok().map(|n| n.clamp(0, 1 << 20)));
    let mut next = || numbers.next();
    let bounds = Bounds { left: next()?, top: next()?, right: next()?, bottom: next()? };
    (bounds.left <= bounds.right && bounds.top <= bounds.bottom).then_some(bounds)
}

/// The five entities that tesseract writes.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    plain.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}
