//! What a page or document shows: its text in blocks, its links and its forms.

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::ReadNote;

/// The kind of a body, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// Comma- or otherwise separated values.
    Csv,
    /// A PDF.
    Pdf,
    /// A word-processor file of Office Open XML.
    Docx,
    /// A spreadsheet of Office Open XML.
    Xlsx,
    /// A presentation of Office Open XML.
    Pptx,
    /// A word-processor file of Word 97 to 2003.
    Doc,
    /// A spreadsheet of Excel up to 2003.
    Xls,
    /// A presentation of `PowerPoint` 97 to 2003.
    Ppt,
    /// A text of `OpenDocument`.
    Odt,
    /// A spreadsheet of `OpenDocument`.
    Ods,
    /// A presentation of `OpenDocument`.
    Odp,
    /// Rich text.
    Rtf,
    /// A picture.
    Image,
    /// A ZIP archive of files.
    Zip,
    /// An archive of another kind, which is not read.
    Archive,
    /// None of these.
    Other,
}

impl MediaKind {
    /// The name that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Doc => "doc",
            Self::Xls => "xls",
            Self::Ppt => "ppt",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Rtf => "rtf",
            Self::Image => "image",
            Self::Zip => "zip",
            Self::Archive => "archive",
            Self::Other => "other",
        }
    }
}

/// How much of a document could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Readability {
    /// Nothing: a scan, a format that is not read, a page that a browser must build.
    None,
    /// A part: the body was cut off, or content is embedded that was not read.
    Partial,
    /// Everything.
    Full,
}

/// What a block of text is in its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockRole {
    /// The document's title.
    Title,
    /// A heading.
    Heading,
    /// Running text.
    Text,
    /// Text of a table.
    Cell,
    /// The text of a link.
    Anchor,
    /// A picture's alternative text.
    Alt,
}

/// A run of text between two block boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The text: normal form C, white space folded, digits as written.
    pub text: String,
    /// What it is.
    pub role: BlockRole,
    /// A digest of the elements that it stands in: equal on two pages where the same place of a template is meant.
    pub path: u64,
    /// It stands in an element that is navigation by its name: `nav`, `footer`, `aside`, a menu.
    pub chrome: bool,
    /// The page, slide or sheet that it stands on, from 1; 0 where the format has none.
    pub page: u32,
    /// Bytes of the text that are digits read from a picture without certainty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubtful: Option<Box<[Range<u32>]>>,
}

impl Block {
    /// A block of a text in the normal form, on no page.
    pub fn new(text: String, role: BlockRole) -> Self {
        Self { text, role, path: 0, chrome: false, page: 0, doubtful: None }
    }

    /// The same block on a page, slide or sheet.
    #[must_use]
    pub fn on(self, page: u32) -> Self {
        Self { page, ..self }
    }
}

/// A link on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    /// Where it leads, absolute, without fragment.
    pub url: Url,
    /// Its text, or its picture's alternative text, or its `title`.
    pub text: String,
    /// The text of the row, list entry or paragraph that it stands in, where that says more.
    pub around: String,
    /// A digest of the elements that it stands in, as in [`Block::path`].
    pub path: u64,
    /// It stands in navigation, as in [`Block::chrome`].
    pub chrome: bool,
}

/// A field that a visitor fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The field's `name`.
    pub name: String,
    /// The `type` of an input, or `textarea`, or `select`.
    pub kind: String,
    /// A hidden field's value, which may tell one use of a form from another.
    pub value: Option<String>,
}

/// A form on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Where it is sent, absolute.
    pub action: Option<Url>,
    /// Whether it is sent by POST.
    pub post: bool,
    /// Its fields in order, hidden ones included.
    pub fields: Vec<Field>,
    /// It stands in navigation, as in [`Block::chrome`].
    pub chrome: bool,
}

/// A document embedded in a page by `iframe`, `embed` or `object`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Its address, absolute.
    pub url: Url,
    /// It stands in navigation, as in [`Block::chrome`].
    pub chrome: bool,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its address, absolute; none where it is written into the page.
    pub url: Option<Url>,
    /// A digest of its address as written, so that a template's can be told from the page's own.
    pub digest: u64,
}

/// What a page or document shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its kind.
    pub kind: MediaKind,
    /// How much of it could be read.
    pub readability: Readability,
    /// Its title.
    pub title: Option<String>,
    /// What it says of itself to search engines.
    pub description: Option<String>,
    /// Its text, in order.
    pub blocks: Vec<Block>,
    /// Its links, in order.
    pub links: Vec<PageLink>,
    /// Its forms.
    pub forms: Vec<Form>,
    /// Documents embedded in it.
    pub frames: Vec<Frame>,
    /// Its pictures, small ones aside.
    pub pictures: Vec<Picture>,
    /// The texts of elements that hide themselves from a visitor by their own style, as far as a bound.
    pub hidden: Vec<String>,
    /// It has a place that is empty until a script fills it.
    pub needs_script: bool,
    /// How many pages, slides or sheets it has, where the format has any.
    pub pages: Option<u32>,
    /// The day on which it says that it was made.
    pub created: Option<Date>,
    /// The day on which it says that it was last changed.
    #[serde(default)]
    pub modified: Option<Date>,
    /// Pages that are pictures, or whose text in the file is not theirs, and that were not read.
    pub unread_pages: Vec<u32>,
    /// What came to light while it was read.
    pub notes: Vec<ReadNote>,
}

impl Document {
    /// A document of a kind that could not be read.
    pub fn unread(kind: MediaKind) -> Self {
        Self {
            kind,
            readability: Readability::None,
            title: None,
            description: None,
            blocks: Vec::new(),
            links: Vec::new(),
            forms: Vec::new(),
            frames: Vec::new(),
            pictures: Vec::new(),
            hidden: Vec::new(),
            needs_script: false,
            pages: None,
            created: None,
            modified: None,
            unread_pages: Vec::new(),
            notes: Vec::new(),
        }
    }
}
