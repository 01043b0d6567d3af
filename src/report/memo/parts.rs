//! The parts of the package beside the document itself: styles, fonts, settings, the page number, properties.
//!
//! They are written by hand: docx-rs writes a font table of its own without alternative names, and neither rows that are
//! repeated on each page nor the language of complex scripts.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::emblem::Emblem;
use super::markup::escape;
use super::package::pack;
use crate::model::Report;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The font of government documents (cabinet resolution of 7 September 2553), and those that look like it.
const FONT: &str = "TH SarabunPSK";
const LIKE_IT: &str = "TH Sarabun New,TH SarabunIT๙,Sarabun,Laksaman";

/// The relationship of the emblem.
pub(super) const EMBLEM: &str = "rId5";
/// That of the header with the page number.
const HEADER: &str = "rId4";

/// A paragraph style: its identifier, its name in Word, properties of the paragraph, of its text.
const STYLES: &[(&str, &str, &str, &str)] = &[
    ("Title", "Title", r#"<w:keepNext/><w:spacing w:line="850" w:lineRule="atLeast"/>"#, ""),
    ("Field", "Memo Field", "", ""),
    ("To", "Memo To", r#"<w:spacing w:before="120"/>"#, ""),
    (
        "Body",
        "Body Text",
        r#"<w:spacing w:before="120" w:after="60"/><w:ind w:firstLine="1418"/><w:jc w:val="thaiDistribute"/>"#,
        "",
    ),
    (
        "Heading1",
        "heading 1",
        r#"<w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="0"/>"#,
        BOLD,
    ),
    (
        "Heading2",
        "heading 2",
        r#"<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="1"/>"#,
        BOLD,
    ),
    // Lines of the same height in all fonts: some that look like that of the form have a third more.
    ("Cell", "Memo Cell", r#"<w:spacing w:line="360" w:lineRule="exact"/>"#, SMALL),
    ("CellNumber", "Memo Cell Number", r#"<w:spacing w:line="360" w:lineRule="exact"/><w:jc w:val="center"/>"#, SMALL),
    (
        "CellHead",
        "Memo Cell Head",
        r#"<w:spacing w:line="360" w:lineRule="exact"/><w:jc w:val="center"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/>"#,
    ),
    (
        "AfterTable",
        "Memo After Table",
        r#"<w:spacing w:line="120" w:lineRule="exact"/>"#,
        r#"<w:sz w:val="8"/><w:szCs w:val="8"/>"#,
    ),
    ("Note", "Memo Note", r#"<w:spacing w:before="60"/><w:ind w:left="284" w:hanging="284"/>"#, SMALL),
    ("Dots", "Memo Dots", r"<w:keepNext/>", ""),
    ("Signature", "Signature", r#"<w:keepNext/><w:ind w:left="3969"/><w:jc w:val="center"/>"#, ""),
    ("SignatureEnd", "Memo Signature End", r#"<w:ind w:left="3969"/><w:jc w:val="center"/>"#, ""),
    ("Header", "header", r#"<w:spacing w:after="120"/><w:jc w:val="center"/>"#, ""),
];
const BOLD: &str = "<w:b/><w:bCs/>";
const SMALL: &str = r#"<w:sz w:val="28"/><w:szCs w:val="28"/>"#;

/// The whole package around the content of the document.
pub(super) fn package(report: &Report, title: &str, content: &str, emblem: Option<&Emblem>) -> Vec<u8> {
    let picture = emblem.map(|emblem| format!("media/emblem.{}", emblem.extension()));
    let media = picture.as_ref().map(|name| format!("word/{name}"));
    let parts = [
        ("[Content_Types].xml", content_types(emblem)),
        ("_rels/.rels", package_relationships()),
        ("docProps/core.xml", core(report, title)),
        ("docProps/app.xml", app()),
        ("word/document.xml", document(content)),
        ("word/_rels/document.xml.rels", relationships(picture.as_deref())),
        ("word/styles.xml", styles()),
        ("word/fontTable.xml", fonts()),
        ("word/settings.xml", settings()),
        ("word/header1.xml", header()),
    ];
    let mut parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (*name, part.as_bytes())).collect();
    if let (Some(name), Some(emblem)) = (&media, emblem) {
        parts.push((name, emblem.bytes()));
    }
    pack(&parts)
}

fn document(content: &str) -> String {
    let first = !content.contains("<w:sectPr>");
    format!(
        "{HEAD}<w:document {MAIN} xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{content}{}</w:body></w:document>",
        section(true, first)
    )
}

/// A section's pages: A4, 3 cm on the left and 2 cm on the right and below. The first line is 1.5 cm from the edge; the number
/// of the page stands there, and pushes the text down.
fn section(upright: bool, first: bool) -> String {
    let size =
        if upright { "w:w=\"11906\" w:h=\"16838\"" } else { "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"" };
    // The page with the head of the form has no number.
    let title = if first { "<w:titlePg/>" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{HEADER}\"/><w:pgSz {size}/>\
         <w:pgMar w:top=\"850\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"850\" w:footer=\"567\" \
         w:gutter=\"0\"/><w:pgNumType w:fmt=\"thaiNumbers\"/><w:cols w:space=\"708\"/>{title}</w:sectPr>"
    )
}

/// The end of the memo's first section, which is upright, or of the one across that comes after it.
pub(super) fn end_of_section(first: bool) -> String {
    // Hardly a line: below a full page, a whole one would fill an empty page.
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{}</w:pPr></w:p>",
        section(first, first)
    )
}

fn header() -> String {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{HEAD}<w:hdr {MAIN}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t xml:space=\"preserve\">- </w:t></w:r>\
         {}<w:r><w:instrText xml:space=\"preserve\"> PAGE \\* THAIARABIC </w:instrText></w:r>{}<w:r><w:t>๒</w:t></w:r>{}\
         <w:r><w:t xml:space=\"preserve\"> -</w:t></w:r></w:p></w:hdr>",
        field("begin"),
        field("separate"),
        field("end")
    )
}

fn styles() -> String {
    let face = format!("w:ascii=\"{FONT}\" w:hAnsi=\"{FONT}\" w:eastAsia=\"{FONT}\" w:cs=\"{FONT}\"");
    let mut out = format!(
        "{HEAD}<w:styles {MAIN}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {face}/><w:sz w:val=\"32\"/>\
         <w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"en-US\" w:bidi=\"th-TH\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
         </w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/></w:style>"
    );
    for (id, name, paragraph, text) in STYLES {
        let paragraph = if paragraph.is_empty() { String::new() } else { format!("<w:pPr>{paragraph}</w:pPr>") };
        let text = if text.is_empty() { String::new() } else { format!("<w:rPr>{text}</w:rPr>") };
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:customStyle=\"{}\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:qFormat/>{paragraph}{text}</w:style>",
            u8::from(name.starts_with("Memo"))
        );
    }
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let _ = write!(
        out,
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"20\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"MemoTable\"><w:name w:val=\"Memo Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    );
    out
}

fn fonts() -> String {
    // DE is the character set of Thai in font tables.
    format!(
        "{HEAD}<w:fonts {MAIN}><w:font w:name=\"{FONT}\"><w:altName w:val=\"{LIKE_IT}\"/><w:charset w:val=\"DE\"/>\
         <w:family w:val=\"swiss\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    )
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings {MAIN}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:compat>\
         <w:applyBreakingRules/><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:bidi=\"th-TH\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/>\
         </w:settings>"
    )
}

fn content_types(emblem: Option<&Emblem>) -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    if let Some(emblem) = emblem {
        let _ = write!(out, "<Default Extension=\"{}\" ContentType=\"{}\"/>", emblem.extension(), emblem.media_type());
    }
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("fontTable", "fontTable"),
        ("settings", "settings"),
        ("header1", "header"),
    ] {
        let _ = write!(out, "<Override PartName=\"/word/{part}.xml\" ContentType=\"{word}.{kind}+xml\"/>");
    }
    out.push_str(
        "<Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
    );
    out
}

fn package_relationships() -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}

fn relationships(picture: Option<&str>) -> String {
    let mut out = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    let parts = [
        ("rId1", "styles", Some("styles.xml")),
        ("rId2", "fontTable", Some("fontTable.xml")),
        ("rId3", "settings", Some("settings.xml")),
        (HEADER, "header", Some("header1.xml")),
        (EMBLEM, "image", picture),
    ];
    for (id, kind, target) in parts {
        if let Some(target) = target {
            let _ = write!(out, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
        }
    }
    out.push_str("</Relationships>");
    out
}

fn core(report: &Report, title: &str) -> String {
    let at = report.finished_at.with_time_zone(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified><dc:language>th-TH</dc:language>\
         </cp:coreProperties>",
        escape(title),
        escape(&report.agency.name)
    )
}

fn app() -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>oit-audit</Application></Properties>"
    )
}
