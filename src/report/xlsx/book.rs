//! Writes cells into sheets: looks, columns as wide as their content, filters, and how a sheet is printed.

use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use super::cell::{Cell, Shown, Tone, Value};
use crate::model::Lang;
use crate::report::formula::is_formula;
use crate::report::view;
use crate::report::words::Phrase;
use crate::report::wrap::width;

/// On every Windows and with every Excel for the Mac, with Thai letters that are legible at this size; the fonts of
/// official letters are not installed everywhere, and small.
const FONT: &str = "Tahoma";
const FONT_SIZE: u8 = 10;
/// Rows of a table; Excel has 1,048,576 rows in a sheet.
const ROWS: usize = 1_000_000;
/// Links of a sheet; Excel takes 65,530.
const LINKS: usize = 65_000;
/// What a column is wider than its text, since letters are wider than digits, in which Excel measures.
const STRETCH: f64 = 1.1;
/// Points of a line, with room for Thai marks, and of the highest row.
const LINE: f64 = 13.0;
const HIGHEST: f64 = 409.0;
const A4: u8 = 9;

/// A column of a table.
pub(super) struct Column {
    pub(super) head: Phrase,
    /// It is never wider than this many characters.
    pub(super) most: u8,
}

/// A column with a heading.
pub(super) fn column(head: Phrase, most: u8) -> Column {
    Column { head, most }
}

/// A workbook as it grows.
pub(super) struct Book {
    book: Workbook,
    lang: Lang,
}

impl Book {
    pub(super) fn new(lang: Lang) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        book.set_default_format(&base(), 20, 64)?;
        Ok(Self { book, lang })
    }

    /// The library's workbook.
    pub(super) fn inner(&mut self) -> &mut Workbook {
        &mut self.book
    }

    /// Adds a sheet with a table: a header that stays, prints on every page and filters; the first column stays too.
    /// `none` stands in place of rows where there are none.
    pub(super) fn table(
        &mut self,
        name: Phrase,
        columns: &[Column],
        rows: &[Vec<Cell>],
        none: Phrase,
    ) -> Result<(), XlsxError> {
        let lang = self.lang;
        let widths: Vec<usize> = (0..columns.len()).map(|at| fit(&columns[at], at, rows, lang)).collect();
        let sheet = self.book.add_worksheet();
        sheet.set_name(name.get(lang))?;
        let mut pen = Pen { sheet, lang, links: 0 };
        let head: Vec<Cell> = columns.iter().map(|one| Cell::text(one.head.get(lang)).toned(Tone::Head)).collect();
        pen.columns(&widths)?;
        pen.row(0, &head, &widths)?;
        for (at, row) in (1..).zip(rows.iter().take(ROWS)) {
            pen.row(at, row, &widths)?;
        }
        let below = 1 + u32::try_from(rows.len().min(ROWS)).unwrap_or(0);
        if rows.is_empty() {
            pen.put(below, 1, &Cell::text(none.get(lang)).toned(Tone::Dim))?;
        } else if rows.len() > ROWS {
            let more = super::words::MORE_ROWS.fill(lang, rows.len() - ROWS);
            pen.put(below, 1, &Cell::text(&more).toned(Tone::Dim))?;
        }
        let last = u16::try_from(columns.len()).unwrap_or(1) - 1;
        pen.sheet.autofilter(0, 0, below - 1, last)?;
        pen.sheet.set_freeze_panes(1, 1)?;
        pen.sheet.set_repeat_rows(0, 0)?;
        pen.done(below, last)
    }

    /// Adds a sheet of rows as they are, with these widths of columns.
    pub(super) fn page(&mut self, name: Phrase, widths: &[usize], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        let lang = self.lang;
        let sheet = self.book.add_worksheet();
        sheet.set_name(name.get(lang))?;
        let mut pen = Pen { sheet, lang, links: 0 };
        pen.columns(widths)?;
        for (at, row) in (0..).zip(rows.iter().take(ROWS)) {
            pen.row(at, row, widths)?;
            // Lines under rows go from edge to edge.
            for column in row.len()..if row.len() > 1 { widths.len() } else { 0 } {
                pen.put(at, u16::try_from(column).unwrap_or(0), &Cell::empty())?;
            }
        }
        pen.sheet.set_screen_gridlines(false);
        pen.done(u32::try_from(rows.len()).unwrap_or(1), u16::try_from(widths.len()).unwrap_or(1))?;
        pen.sheet.set_portrait();
        Ok(())
    }
}

/// The characters that a column is wide: as its content, up to what it may.
fn fit(column: &Column, at: usize, rows: &[Vec<Cell>], lang: Lang) -> usize {
    // The button of the filter stands beside the heading.
    let head = width(column.head.get(lang)) + 3;
    let widest = rows.iter().filter_map(|row| row.get(at)).map(Cell::width).max().unwrap_or(0);
    widest.max(head).min(usize::from(column.most))
}

/// Writes into one sheet.
struct Pen<'a> {
    sheet: &'a mut Worksheet,
    lang: Lang,
    links: usize,
}

impl Pen<'_> {
    fn columns(&mut self, widths: &[usize]) -> Result<(), XlsxError> {
        (0..).zip(widths).try_for_each(|(at, &width)| {
            let width = u8::try_from(width).unwrap_or(u8::MAX / 2);
            self.sheet.set_column_width(at, f64::from(width) * STRETCH + 1.0).map(|_| ())
        })
    }

    /// Writes a row, as high as its texts need: not every program finds that out by itself.
    fn row(&mut self, row: u32, cells: &[Cell], widths: &[usize]) -> Result<(), XlsxError> {
        (0..).zip(cells).try_for_each(|(column, cell)| self.put(row, column, cell))?;
        let lines = cells.iter().zip(widths).map(|(cell, width)| cell.lines_in(*width)).max().unwrap_or(1);
        if lines > 1 {
            let lines = u8::try_from(lines).unwrap_or(u8::MAX);
            self.sheet.set_row_height(row, (f64::from(lines) * LINE + 3.0).min(HIGHEST))?;
        }
        Ok(())
    }

    /// Says how the sheet is printed, A4 across, as wide as the page, with the sheet's name and the page's number; and that
    /// identifiers such as 9.1 are no numbers.
    fn done(&mut self, rows: u32, columns: u16) -> Result<(), XlsxError> {
        self.sheet.ignore_error_range(0, 0, rows, columns, IgnoreError::NumberStoredAsText)?;
        self.sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        self.sheet.set_footer("&L&A&R&P / &N");
        Ok(())
    }

    fn put(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let format = look(cell.tone);
        match &cell.value {
            Value::Empty => {
                self.sheet.write_blank(row, column, &format)?;
            }
            Value::Link(text, target) if self.links < LINKS => {
                self.links += 1;
                let format = format
                    .set_font_color(Color::RGB(0x05_63C1))
                    .set_underline(FormatUnderline::Single)
                    .unset_text_wrap();
                self.sheet.write_url_with_options(row, column, target.as_str(), text, "", Some(&format))?;
            }
            Value::Text(text) | Value::Link(text, _) => self.text(row, column, text, format)?,
            Value::Number(number, shown) => {
                let format = format.set_num_format(number_format(*shown));
                let format = match shown {
                    Shown::Points | Shown::Thousands => format,
                    Shown::Plain | Shown::Percent => format.set_align(FormatAlign::Center),
                };
                self.sheet.write_number_with_format(row, column, *number, &format)?;
            }
            Value::Moment(at) => match moment(at) {
                Some(moment) => {
                    let format = format.set_num_format(moment_format(self.lang)).set_align(FormatAlign::Left);
                    self.sheet.write_datetime_with_format(row, column, moment, &format)?;
                }
                None => self.text(row, column, &view::moment(at, self.lang), format)?,
            },
        }
        Ok(())
    }

    /// A string is never evaluated. What looks like a formula stays a string also when the cell is edited, as if it had
    /// been typed behind an apostrophe.
    fn text(&mut self, row: u32, column: u16, text: &str, format: Format) -> Result<(), XlsxError> {
        let format = if is_formula(text) { format.set_quote_prefix() } else { format };
        self.sheet.write_string_with_format(row, column, text, &format)?;
        Ok(())
    }
}

/// A moment as the sheet's numbers have it, in its own time zone; Excel's calendar begins in 1900.
fn moment(at: &jiff::Zoned) -> Option<ExcelDateTime> {
    let part = |number: i8| u8::try_from(number).ok();
    let day = ExcelDateTime::from_ymd(u16::try_from(at.year()).ok()?, part(at.month())?, part(at.day())?).ok()?;
    day.and_hms(u16::from(part(at.hour())?), part(at.minute())?, f64::from(at.second())).ok()
}

/// In Thai by the Buddhist calendar.
fn moment_format(lang: Lang) -> &'static str {
    match lang {
        Lang::Th => "[$-107041E]d mmmm yyyy hh:mm",
        Lang::En => "[$-409]d mmmm yyyy hh:mm",
    }
}

fn number_format(shown: Shown) -> &'static str {
    match shown {
        Shown::Points => "0.00_0",
        Shown::Plain => "0",
        Shown::Thousands => "#,##0_0",
        Shown::Percent => "0%",
    }
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_SIZE)
}

fn look(tone: Tone) -> Format {
    let cell = base().set_align(FormatAlign::Top).set_text_wrap();
    let filled = |fill: u32, ink: u32| {
        cell.clone().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink)).set_bold()
    };
    let lined =
        |format: Format| format.set_border_bottom(FormatBorder::Hair).set_border_bottom_color(Color::RGB(0xA6_A6A6));
    match tone {
        Tone::Plain => lined(cell),
        Tone::Strong => lined(cell.set_bold()),
        Tone::Dim => lined(cell.set_font_color(Color::RGB(0x59_5959))),
        Tone::Title => base().set_bold().set_font_size(14),
        Tone::Head => filled(0x1F_3864, 0xFF_FFFF).set_align(FormatAlign::VerticalCenter),
        Tone::Section => filled(0x1F_3864, 0xFF_FFFF).unset_text_wrap(),
        Tone::OverNumbers => filled(0x1F_3864, 0xFF_FFFF).set_align(FormatAlign::Right),
        Tone::Good => lined(filled(0xDD_F2E3, 0x14_532D)),
        Tone::Advice => lined(filled(0xE3_EEFA, 0x1E_3A5F)),
        Tone::Bad => lined(filled(0xFB_E0DF, 0x8B_1A1A)),
        Tone::Doubt => lined(filled(0xFF_F1CC, 0x6B_4E00)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use rust_xlsxwriter::Workbook;

    use super::{Cell, LINKS, Lang, Pen};

    /// A part of a workbook with one sheet, as the file has it.
    fn part(name: &str, write: impl FnOnce(&mut Pen<'_>)) -> String {
        let mut book = Workbook::new();
        write(&mut Pen { sheet: book.add_worksheet(), lang: Lang::Th, links: LINKS - 1 });
        let mut file = zip::ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
        let mut text = String::new();
        file.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_sheet_has_no_more_links_than_it_may() {
        let links = |pen: &mut Pen<'_>| {
            (0..3).for_each(|row| pen.put(row, 0, &Cell::address("https://a.go.th/")).unwrap());
        };
        let sheet = part("xl/worksheets/sheet1.xml", links);
        assert_eq!((sheet.matches("<hyperlink ").count(), sheet.matches("t=\"s\"").count()), (1, 3));
    }

    #[test]
    fn text_that_looks_like_a_formula_is_marked_as_text() {
        let put = |text: &'static str| move |pen: &mut Pen<'_>| pen.put(0, 0, &Cell::text(text)).unwrap();
        assert!(part("xl/styles.xml", put("=1+1")).contains("quotePrefix=\"1\""));
        assert!(!part("xl/styles.xml", put("1+1")).contains("quotePrefix"));
        assert!(!part("xl/worksheets/sheet1.xml", put("=1+1")).contains("<f>"));
        assert!(part("xl/sharedStrings.xml", put("<r><t>&x</t></r>")).contains("&lt;r&gt;&lt;t&gt;&amp;x"));
    }
}
