//! Paragraphs, runs and tables as `WordprocessingML`, and the one place where text becomes XML.

use std::fmt::Write as _;

use super::numerals::number_in;
use crate::report::clean::{clean, is_mark};

/// The width of the text in twentieths of a point: A4 less 3 cm on the left and 2 cm on the right.
pub(super) const WIDTH: u32 = 9071;

/// The same on a page that lies on its side.
pub(super) const WIDTH_ACROSS: u32 = 14003;

/// The width of a letter of 14 points in a cell, and what a cell keeps free of its own; generous, for fonts wider than that
/// of the form.
const LETTER: u32 = 140;
const CELL_MARGINS: u32 = 170;

/// A row of more lines may be split between pages, upright and across: it would hardly fit on one.
const WHOLE_ROW: [usize; 2] = [32, 20];

/// Text in XML: on one line, without what steers, hides or is no character of XML.
pub(super) fn escape(text: &str) -> String {
    escape_clean(&clean(text))
}

fn escape_clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ => out.push(c),
        }
    }
    out
}

/// At most so many characters of a text on one line, with a sign where it goes on.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let text = clean(text);
    let Some((cut, _)) = text.char_indices().nth(most) else { return text };
    let mut end = cut;
    // A letter keeps its marks or goes with them.
    while text[end..].starts_with(is_mark) && end > 0 {
        end = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    }
    format!("{}…", text[..end].trim_end())
}

/// How a run of text looks where it differs from its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// As its paragraph.
    Plain,
    /// Bold.
    Bold,
    /// Bold in 29 points: the form's name.
    Name,
    /// Bold in 20 points: the labels of the form's lines.
    Label,
    /// On the dotted line of the form.
    Dotted,
}

impl Face {
    /// Its properties, with further ones that come after them in the order of the schema.
    fn with(self, more: &str) -> String {
        match (self.properties().strip_suffix("</w:rPr>"), more) {
            (face, "") => face.map_or_else(String::new, |face| format!("{face}</w:rPr>")),
            (face, more) => format!("{}{more}</w:rPr>", face.unwrap_or("<w:rPr>")),
        }
    }

    fn properties(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "<w:rPr><w:b/><w:bCs/></w:rPr>",
            Self::Name => "<w:rPr><w:b/><w:bCs/><w:sz w:val=\"58\"/><w:szCs w:val=\"58\"/></w:rPr>",
            Self::Label => "<w:rPr><w:b/><w:bCs/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/></w:rPr>",
            Self::Dotted => "<w:rPr><w:u w:val=\"dotted\"/></w:rPr>",
        }
    }
}

/// A tabulator stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Text begins there.
    Left(u32),
    /// Text is centred there.
    Centre(u32),
    /// Text ends there.
    Right(u32),
    /// Text ends there, after a line of dots.
    Dots(u32),
}

/// A paragraph that is being written.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    style: &'static str,
    keep: bool,
    whole: bool,
    stops: Vec<Stop>,
    runs: String,
    letters: usize,
}

impl Paragraph {
    /// An empty paragraph of a style.
    pub(super) fn new(style: &'static str) -> Self {
        Self { style, keep: false, whole: false, stops: Vec::new(), runs: String::new(), letters: 0 }
    }

    /// A paragraph of a style with a text.
    pub(super) fn of(style: &'static str, text: &str) -> Self {
        Self::new(style).text(text)
    }

    /// Adds text.
    pub(super) fn text(self, text: &str) -> Self {
        self.run(text, Face::Plain)
    }

    /// Adds bold text.
    pub(super) fn bold(self, text: &str) -> Self {
        self.run(text, Face::Bold)
    }

    /// Adds text of a face.
    pub(super) fn run(mut self, text: &str, face: Face) -> Self {
        let text = clean_keeping_ends(text);
        self.letters += text.chars().filter(|c| !is_mark(*c)).count();
        // Where LibreOffice looks for Thai words, it breaks lines between digits; as another language a number stays whole.
        let (plain, number) = (face.with(""), face.with("<w:lang w:bidi=\"en-US\"/>"));
        let mut run = |properties: &str, text: &str| {
            if !text.is_empty() {
                let text = escape_clean(text);
                let _ = write!(self.runs, "<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
            }
        };
        let mut rest = text.as_str();
        while let Some((start, end)) = number_in(rest) {
            run(&plain, &rest[..start]);
            run(&number, &rest[start..end].replace(' ', "\u{a0}"));
            rest = &rest[end..];
        }
        run(&plain, rest);
        self
    }

    /// Goes to the next tabulator stop.
    pub(super) fn tab(mut self, face: Face) -> Self {
        let _ = write!(self.runs, "<w:r>{}<w:tab/></w:r>", face.properties());
        self
    }

    /// Goes to the next line.
    pub(super) fn line(self) -> Self {
        self.raw("<w:r><w:br/></w:r>")
    }

    /// Adds markup of its own: a drawing, a field.
    pub(super) fn raw(mut self, runs: &str) -> Self {
        self.runs.push_str(runs);
        self
    }

    /// Sets the tabulator stops, from left to right.
    pub(super) fn stops(mut self, stops: &[Stop]) -> Self {
        self.stops = stops.to_vec();
        self
    }

    /// Keeps it on the page of the next one.
    pub(super) fn keep(mut self) -> Self {
        self.keep = true;
        self
    }

    /// Keeps its own lines on one page.
    pub(super) fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Lines that it takes in a cell, about.
    fn lines(&self, width: u32) -> usize {
        let room = usize::try_from(width.saturating_sub(CELL_MARGINS) / LETTER).unwrap_or(usize::MAX);
        self.letters.div_ceil(room.max(1)).max(1)
    }

    /// Its markup.
    pub(super) fn xml(&self) -> String {
        let mut properties = format!("<w:pStyle w:val=\"{}\"/>", self.style);
        if self.keep {
            properties.push_str("<w:keepNext/>");
        }
        if self.whole {
            properties.push_str("<w:keepLines/>");
        }
        if !self.stops.is_empty() {
            properties.push_str("<w:tabs>");
            for stop in &self.stops {
                let (kind, leader, at) = match stop {
                    Stop::Left(at) => ("left", "", at),
                    Stop::Centre(at) => ("center", "", at),
                    Stop::Right(at) => ("right", "", at),
                    Stop::Dots(at) => ("right", " w:leader=\"dot\"", at),
                };
                let _ = write!(properties, "<w:tab w:val=\"{kind}\"{leader} w:pos=\"{at}\"/>");
            }
            properties.push_str("</w:tabs>");
        }
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", self.runs)
    }
}

/// Cleans a text that may begin or end with the space before or after another run.
fn clean_keeping_ends(text: &str) -> String {
    let inner = clean(text);
    let before = if text.starts_with(' ') { " " } else { "" };
    let after = if text.ends_with(' ') && !inner.is_empty() { " " } else { "" };
    format!("{before}{inner}{after}")
}

/// A cell: its paragraphs.
pub(super) type Cell = Vec<Paragraph>;

/// A table of fixed columns, whose first row stands on every page.
#[derive(Debug)]
pub(super) struct Table<'a> {
    widths: &'a [u32],
    rows: String,
    together: bool,
}

impl<'a> Table<'a> {
    /// A table with columns of these widths and a row of their names; each line of a name is a line there.
    pub(super) fn new(widths: &'a [u32], heads: &[&str]) -> Self {
        let mut table = Self { widths, rows: String::new(), together: false };
        let lines = |head: &&str| head.lines().map(|line| Paragraph::of("CellHead", line).keep()).collect();
        let cells: Vec<Cell> = heads.iter().map(lines).collect();
        table.push("<w:cantSplit/><w:tblHeader/>", cells.iter().zip(widths), Some("F2F2F2"));
        table
    }

    /// Keeps all that is added on the page of what follows the table; for one of a few rows.
    pub(super) fn together(mut self) -> Self {
        self.together = true;
        self
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: &[Cell]) {
        let lines = |(cell, width): (&Cell, &u32)| cell.iter().map(|one| one.lines(*width)).sum::<usize>();
        let most = cells.iter().zip(self.widths).map(lines).max().unwrap_or(0);
        let across = self.widths.iter().sum::<u32>() > WIDTH;
        let whole = if most > WHOLE_ROW[usize::from(across)] { "" } else { "<w:cantSplit/>" };
        self.push(whole, cells.iter().zip(self.widths), None);
    }

    /// Adds a heading over all columns, which stays with the row below it.
    pub(super) fn heading(&mut self, text: &str) {
        let cell = vec![Paragraph::new("Cell").bold(text).keep()];
        let all: u32 = self.widths.iter().sum();
        let cell = cell_xml(&cell, all, self.widths.len(), None);
        let _ = write!(self.rows, "<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>");
    }

    fn push<'c>(&mut self, properties: &str, cells: impl Iterator<Item = (&'c Cell, &'c u32)>, fill: Option<&str>) {
        self.rows.push_str("<w:tr>");
        if !properties.is_empty() {
            let _ = write!(self.rows, "<w:trPr>{properties}</w:trPr>");
        }
        for (cell, width) in cells {
            let kept: Cell =
                cell.iter().map(|one| if self.together { one.clone().keep() } else { one.clone() }).collect();
            let cell = &kept;
            self.rows.push_str(&cell_xml(cell, *width, 1, fill));
        }
        self.rows.push_str("</w:tr>");
    }

    /// Its markup, with the empty line after it without which two tables would become one.
    pub(super) fn xml(&self) -> String {
        format!("{}{}", self.bare(), Paragraph::new("AfterTable").xml())
    }

    /// Its markup alone, for a table that something else follows.
    pub(super) fn bare(&self) -> String {
        let all: u32 = self.widths.iter().sum();
        let columns = self.widths.iter().fold(String::new(), |mut columns, width| {
            let _ = write!(columns, "<w:gridCol w:w=\"{width}\"/>");
            columns
        });
        format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"MemoTable\"/><w:tblW w:w=\"{all}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" \
             w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr>\
             <w:tblGrid>{columns}</w:tblGrid>{}</w:tbl>",
            self.rows
        )
    }
}

fn cell_xml(cell: &[Paragraph], width: u32, columns: usize, fill: Option<&str>) -> String {
    let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
    let fill = fill.map(|fill| format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"));
    let mut content: String = cell.iter().map(Paragraph::xml).collect();
    if content.is_empty() {
        // A cell must not be without a paragraph.
        content = Paragraph::new("Cell").xml();
    }
    let fill = fill.unwrap_or_default();
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{fill}</w:tcPr>{content}</w:tc>")
}

#[cfg(test)]
mod tests {
    use super::{Face, Paragraph, Table, WIDTH, escape, shorten};

    #[test]
    fn no_text_steers_the_xml() {
        for (hostile, harmless) in [
            ("]]></w:t><w:p/>&amp;", "]]&gt;&lt;/w:t&gt;&lt;w:p/&gt;&amp;amp;"),
            ("a\u{0}\u{8}\u{b}\u{1b}b\u{202e}c\u{fffe}\u{ffff}", "a bc"),
            ("\"'\n\r\t\u{2028}ก", "&quot;' ก"),
        ] {
            assert_eq!(escape(hostile), harmless);
        }
        let xml = Paragraph::of("Body", " ก < ข ").xml();
        assert!(xml.ends_with("<w:t xml:space=\"preserve\"> ก &lt; ข </w:t></w:r></w:p>"), "{xml}");
    }

    #[test]
    fn a_number_is_no_thai_word_that_may_be_broken() {
        let xml = Paragraph::new("Cell").run("โทร. ๐ ๔๒๑๒ ", Face::Label).text("(๔๐๔)").xml();
        for run in [
            "<w:szCs w:val=\"40\"/></w:rPr><w:t xml:space=\"preserve\">โทร. </w:t></w:r>",
            "<w:szCs w:val=\"40\"/><w:lang w:bidi=\"en-US\"/></w:rPr><w:t xml:space=\"preserve\">๐\u{a0}๔๒๑๒</w:t></w:r>",
            "<w:r><w:rPr><w:lang w:bidi=\"en-US\"/></w:rPr><w:t xml:space=\"preserve\">(๔๐๔)</w:t></w:r></w:p>",
        ] {
            assert!(xml.contains(run), "{run}\n{xml}");
        }
    }

    #[test]
    fn a_row_that_fits_on_a_page_is_not_split() {
        let widths = [WIDTH / 2, WIDTH / 2];
        for (lines, whole) in [(1, 2), (20, 2), (60, 1)] {
            let mut table = Table::new(&widths, &["ก\nข", "ค"]);
            table.row(&[vec![Paragraph::of("Cell", "ก")], vec![Paragraph::of("Cell", "ข"); lines]]);
            let xml = table.xml();
            assert_eq!(xml.matches("<w:cantSplit/>").count(), whole, "{lines}");
            assert_eq!(xml.matches("\"CellHead\"").count(), 3);
        }
    }

    #[test]
    fn a_text_is_cut_between_letters() {
        assert_eq!(shorten("ก้าวหน้า", 20), "ก้าวหน้า");
        assert_eq!(shorten("ก้าวหน้า", 1), "…");
        assert_eq!(shorten("ก้าวหน้า", 2), "ก้…");
        assert_eq!(shorten(&"เ".repeat(900), 300).chars().count(), 301);
    }
}
