//! What the program sees in one file or page, as `oit-audit read` tells it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{MediaKind, Readability};

/// The version of the JSON that `oit-audit read` writes.
pub const READ_SCHEMA: &str = "oit-audit/read/1";

/// What was seen in one file or page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reading {
    /// The version of this format: `oit-audit/read/1`.
    pub schema: &'static str,
    /// What it is, told by its content and not by its name: `pdf`, `html`, `docx` and so on.
    pub kind: MediaKind,
    /// How much of it could be read.
    pub readability: Readability,
    /// Its title, where it names one.
    pub title: Option<String>,
    /// Pages, slides or sheets, where its format has any.
    pub pages: Option<u32>,
    /// Pages that were not read because they are pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub unread_pages: Vec<u32>,
    /// Its text without menus, a line a paragraph, cell or printed line.
    pub text: String,
    /// Every year that it names, in the order of the text; of a range the first and the last.
    pub years: Vec<YearSeen>,
    /// What came to light while it was read, and what to do about it.
    pub notes: Vec<String>,
    /// The lines of the text, each with its page, or 0.
    #[serde(skip)]
    #[schemars(skip)]
    pub lines: Vec<(u32, String)>,
}

/// A year that a document names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct YearSeen {
    /// The year, Buddhist era.
    pub year: u16,
    /// Whether the document is about it.
    pub role: YearRole,
    /// Where it stands: `title`, `heading`, `table`, `text`, `link`, `picture`, `menu`, `file name` or `link text`, with
    /// the page, slide or sheet; of running text only that, such as `page 1`.
    pub place: YearPlace,
    /// It with the words around it.
    pub snippet: String,
    /// The first and the last year of the range that it is an end of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<[u16; 2]>,
    /// A digit of it was read from a picture without certainty.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub doubtful: bool,
}

/// What a year is to the document that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum YearRole {
    /// The document is about it.
    Content,
    /// It is only named: a law's, another paper's, a menu's.
    Cited,
}

/// What a year stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The document's title.
    Title,
    /// A heading.
    Heading,
    /// A table.
    Table,
    /// Running text.
    Text,
    /// The text of a link on it.
    Link,
    /// The alternative text of a picture.
    Picture,
    /// A menu or the foot of the page.
    Menu,
    /// The name of its file.
    FileName,
    /// The text of the link that led to it.
    LinkText,
}

/// What a format divides a document into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Pages.
    Page,
    /// Slides of a presentation.
    Slide,
    /// Sheets of a spreadsheet.
    Sheet,
}

impl From<MediaKind> for Unit {
    fn from(kind: MediaKind) -> Self {
        match kind {
            MediaKind::Xlsx | MediaKind::Xls | MediaKind::Ods | MediaKind::Csv => Self::Sheet,
            MediaKind::Pptx | MediaKind::Ppt | MediaKind::Odp => Self::Slide,
            _ => Self::Page,
        }
    }
}

/// Where a year stands; in JSON it is one string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearPlace {
    /// What it stands in.
    pub spot: Spot,
    /// The page, slide or sheet, from 1; 0 where there is none.
    pub page: u32,
    /// Which of the three that is.
    pub unit: Unit,
}

impl fmt::Display for YearPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spot = match self.spot {
            Spot::Title => "title",
            Spot::Heading => "heading",
            Spot::Table => "table",
            Spot::Text => "text",
            Spot::Link => "link",
            Spot::Picture => "picture",
            Spot::Menu => "menu",
            Spot::FileName => "file name",
            Spot::LinkText => "link text",
        };
        let unit = match self.unit {
            Unit::Page => "page",
            Unit::Slide => "slide",
            Unit::Sheet => "sheet",
        };
        match (self.spot, self.page) {
            (_, 0) => f.write_str(spot),
            (Spot::Text, page) => write!(f, "{unit} {page}"),
            (_, page) => write!(f, "{spot}, {unit} {page}"),
        }
    }
}

impl Serialize for YearPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for YearPlace {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "YearPlace".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["page 1", "heading, page 2", "table, sheet 1", "file name"]})
    }
}

#[cfg(test)]
mod tests {
    use super::{Spot, Unit, YearPlace};

    #[test]
    fn places_read_as_the_contract_has_them() {
        for (spot, page, unit, shown) in [
            (Spot::Text, 1, Unit::Page, "page 1"),
            (Spot::Text, 0, Unit::Page, "text"),
            (Spot::Heading, 2, Unit::Slide, "heading, slide 2"),
            (Spot::Table, 3, Unit::Sheet, "table, sheet 3"),
            (Spot::FileName, 0, Unit::Page, "file name"),
        ] {
            assert_eq!(YearPlace { spot, page, unit }.to_string(), shown);
        }
    }
}
