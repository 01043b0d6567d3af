//! What the official memo says that no audit can know: whose it is, its number and date, who signs, who does what by when.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Signatory {
    /// The name, with its title.
    pub name: Option<String>,
    /// The position.
    pub position: Option<String>,
}

/// The agency file's `memo` section. What is unknown is left as a dotted blank.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Memo {
    /// The office that writes (ส่วนราชการ).
    pub office: Option<String>,
    /// The memo's number (ที่).
    pub number: Option<String>,
    /// Its day (วันที่), in the common era.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// Its subject (เรื่อง); the program has one of its own.
    pub subject: Option<String>,
    /// Whom it is for (เรียน).
    pub to: Option<String>,
    /// The day on which the NACC announced the year's results; unknown before that.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub announced: Option<Date>,
    /// The officer who wrote it.
    pub officer: Option<Signatory>,
    /// The superiors who give their opinion, in that order.
    pub superiors: Vec<Signatory>,
    /// Who is responsible for the measures (ผู้รับผิดชอบ).
    pub responsible: Option<String>,
    /// The day on which the measures begin.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub start: Option<Date>,
    /// The day by which they are done.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub end: Option<Date>,
    /// How they are followed up (การติดตามผล).
    pub follow_up: Option<String>,
}
