//! Kinds by content.

use std::io::{Cursor, Write};

use super::kind;
use crate::model::MediaKind;

/// A ZIP file of these entries.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn content_decides_not_the_header() {
    for (bytes, header, expected) in [
        (&b"%PDF-1.4"[..], Some("text/html"), MediaKind::Pdf),
        (b"\n\n%PDF-1.4", None, MediaKind::Pdf),
        (b"  <!DOCTYPE html>", Some("application/pdf"), MediaKind::Html),
        (b"\xEF\xBB\xBF<html>", None, MediaKind::Html),
        (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", Some("application/vnd.ms-excel"), MediaKind::Html),
        (b"\xFF\xD8\xFF\xE0", Some("text/html"), MediaKind::Image),
        (b"RIFF\0\0\0\0WEBPVP8 ", None, MediaKind::Image),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0", None, MediaKind::Image),
        (b"BMA annual report", None, MediaKind::Text),
        (b"{\\rtf1\\ansi", Some("application/msword"), MediaKind::Rtf),
        (b"Rar!\x1a\x07\0", Some("application/zip"), MediaKind::Archive),
        (b"7z\xBC\xAF\x27\x1C", None, MediaKind::Archive),
        (b"MZ\x90\0\x03\0", Some("application/pdf"), MediaKind::Other),
        (b"\x7FELF\x02\x01", Some("application/pdf"), MediaKind::Other),
        (b"<?php eval($_POST['x']); ?> <html>", Some("application/pdf"), MediaKind::Text),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x", None, MediaKind::Html),
        ("ลำดับ,โครงการ".as_bytes(), Some("application/octet-stream"), MediaKind::Text),
        ("ลำดับ,โครงการ,ปี\n1,ถนน,2563\n".as_bytes(), Some("application/vnd.ms-excel"), MediaKind::Csv),
        ("ลำดับ\tปี\r\n1\t2563\r\n".as_bytes(), Some("application/vnd.ms-excel"), MediaKind::Csv),
        (b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>", None, MediaKind::Docx),
        (b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>", None, MediaKind::Xlsx),
        (
            b"<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">",
            None,
            MediaKind::Odt,
        ),
        (b"\x00\x01\x02", Some("text/html"), MediaKind::Other),
        (b"", Some("text/html; charset=utf-8"), MediaKind::Html),
    ] {
        assert_eq!(kind(bytes, header), expected, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_zip_file_is_what_is_in_it_wherever_it_stands() {
    let long = vec![b'x'; 5000];
    for (entries, expected) in [
        (
            vec![("customXml/item1.xml", &long[..]), ("word/document.xml", b""), ("[Content_Types].xml", b"")],
            MediaKind::Docx,
        ),
        (vec![("docProps/app.xml", &long), ("xl/workbook.xml", b""), ("[Content_Types].xml", b"")], MediaKind::Xlsx),
        (vec![("[Content_Types].xml", &long), ("ppt/presentation.xml", b"")], MediaKind::Pptx),
        (vec![("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")], MediaKind::Odt),
        (vec![("content.xml", &long), ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")], MediaKind::Ods),
        (vec![("mimetype", b"application/vnd.oasis.opendocument.presentation-template")], MediaKind::Odp),
        (vec![("mimetype", b"application/epub+zip"), ("OEBPS/1.xhtml", b"")], MediaKind::Zip),
        (vec![("password/1.pdf", b"%PDF-")], MediaKind::Zip),
        (vec![], MediaKind::Zip),
    ] {
        let bytes = zip(&entries);
        assert_eq!(kind(&bytes, Some("application/octet-stream")), expected);
        if !entries.is_empty() && expected != MediaKind::Zip {
            // The central directory is lost.
            let cut = &bytes[..bytes.len() - 30];
            assert_eq!(kind(cut, Some("application/pdf")), expected, "cut");
        }
    }
}
