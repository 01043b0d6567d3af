//! What the agency submitted for an item: links, and a person's verdict where there is one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{ItemId, Verdict};

/// A position in the agency file, both counted from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

/// One URL that the agency submitted for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The item that it was submitted for.
    pub item: ItemId,
    /// The text in the agency file.
    pub raw: String,
    /// The text as an http(s) URL; `None` for a placeholder such as `#` or `javascript:`, which opens nothing.
    pub url: Option<Url>,
    /// Where it stands in the agency file.
    pub place: Place,
}

/// A person's verdict on an item, which wins over the program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The verdict: pass or fail.
    pub verdict: Verdict,
    /// The day on which the person looked.
    pub on: Option<Date>,
    /// Where the day stands in the agency file.
    pub place: Option<Place>,
    /// Who looked.
    pub by: Option<String>,
    /// What the person noted.
    pub note: Option<String>,
}
