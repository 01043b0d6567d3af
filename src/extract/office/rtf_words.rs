//! What RTF is made of: groups and fields, which groups hold no text, which words are characters, which numbers are encodings.

use encoding_rs::{Encoding, WINDOWS_874, WINDOWS_1252};

use super::xls_records::code_page;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    Body,
    Chrome,
    Nowhere,
    Fonts,
    Styles,
    Title,
    Code,
}

/// What a group has and gives up at its end.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) place: Place,
    pub(super) font: i32,
    pub(super) hidden: bool,
    /// Characters to pass over after a number of Unicode, for readers that do not know it.
    pub(super) fallback: usize,
}

/// A field: its code, whether its result has begun and where in the paragraph.
pub(super) struct Field {
    pub(super) code: String,
    pub(super) start: usize,
    /// How many groups were open when it began.
    pub(super) depth: usize,
}

/// Whether a group that begins with this word holds no text of the document (RTF 1.9.1, destinations).
pub(super) fn is_without_text(word: &str) -> bool {
    matches!(
        word,
        "info"
            | "colortbl"
            | "pict"
            | "object"
            | "filetbl"
            | "listtable"
            | "listoverridetable"
            | "rsidtbl"
            | "generator"
            | "xmlnstbl"
            | "themedata"
            | "colorschememapping"
            | "datastore"
            | "latentstyles"
            | "sp"
            | "nonshppict"
            | "shprslt"
            | "nonesttables"
            | "listtext"
            | "pntext"
            | "revtbl"
            | "xe"
            | "tc"
            | "bkmkstart"
            | "bkmkend"
            | "mmathPr"
            | "atnid"
            | "atnauthor"
            | "falt"
            | "panose"
            | "fontemb"
            | "objdata"
            | "pgptbl"
            | "userprops"
            | "xmlopen"
    )
}

/// The character that a word stands for.
pub(super) fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "line" | "tab" | "emspace" | "enspace" | "qmspace" => " ",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        _ => return None,
    })
}

/// The encoding of a code page; nothing for one that says nothing.
pub(super) fn page(number: i32) -> Option<&'static Encoding> {
    match u16::try_from(number).ok()? {
        0 => None,
        65001 => Some(encoding_rs::UTF_8),
        number => Some(code_page(number)),
    }
}

/// The encoding of a font's character set; nothing for those that name none.
pub(super) fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        222 => Some(WINDOWS_874),
        128 => Some(encoding_rs::SHIFT_JIS),
        129 => Some(encoding_rs::EUC_KR),
        134 => Some(encoding_rs::GBK),
        136 => Some(encoding_rs::BIG5),
        204 => Some(encoding_rs::WINDOWS_1251),
        238 => Some(encoding_rs::WINDOWS_1250),
        0 => Some(WINDOWS_1252),
        _ => None,
    }
}
