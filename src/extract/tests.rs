//! Bodies as servers send them: kinds are told by content, archives are read with what is in them.

use url::Url;

use super::{Body, read};
use crate::model::{BlockRole, Document, MediaKind, ReadNote, Readability};

fn body(bytes: &[u8], content_type: Option<&str>) -> Document {
    let url = Url::parse("https://www.nangrong.go.th/download.php?id=7").unwrap();
    read(Body { bytes, content_type, url: &url, capped: false })
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn an_archive_with_thai_names_is_read_with_its_members() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/documents/cp874names.zip");
    let document = body(&std::fs::read(path).unwrap(), Some("application/octet-stream"));
    let name = "แผนดำเนินงานประจำปี ๒๕๖๓.docx";
    assert_eq!((document.kind, document.readability), (MediaKind::Zip, Readability::Full));
    assert_eq!(document.notes, [ReadNote::Member { name: name.to_owned(), read: true }]);
    assert_eq!((document.blocks[0].role, document.blocks[0].text.as_str()), (BlockRole::Heading, name));
    assert!(texts(&document).contains(&"ประจำปีงบประมาณ พ.ศ. ๒๕๖๓"));
}

#[test]
fn files_that_are_not_what_they_are_called_are_read_as_what_they_are() {
    let sheet = "<table><tr><td>ปี</td><td>2563</td></tr></table>";
    let page = body(sheet.as_bytes(), Some("application/vnd.ms-excel"));
    assert_eq!((page.kind, texts(&page)), (MediaKind::Html, vec!["ปี", "2563"]));
    let saved = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: \
                 text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E0=B8=9B=E0=B8=B5 2563</p>\r\n--b--";
    let page = body(saved.as_bytes(), Some("application/msword"));
    assert_eq!((page.kind, texts(&page)), (MediaKind::Html, vec!["ปี 2563"]));
    let rtf = body(br"{\rtf1\ansi\ansicpg874 \'bb\'d5 2563\par}", Some("application/msword"));
    assert_eq!((rtf.kind, texts(&rtf)), (MediaKind::Rtf, vec!["ปี 2563"]));
    let csv = encoding_rs::WINDOWS_874.encode("ลำดับ,โครงการ,ปี\r\n1,ถนน,2563\r\n").0.into_owned();
    let csv = body(&csv, Some("application/vnd.ms-excel"));
    assert_eq!((csv.kind, texts(&csv)), (MediaKind::Csv, vec!["ลำดับ โครงการ ปี", "1 ถนน 2563"]));
    let utf16: Vec<u8> = "\u{FEFF}ลำดับ\tปี\n1\t2563\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = body(&utf16, Some("application/vnd.ms-excel"));
    assert_eq!((table.kind, texts(&table)), (MediaKind::Csv, vec!["ลำดับ ปี", "1 2563"]));
    let shell = body(b"<?php system($_GET['c']); ?>", Some("application/pdf"));
    assert_eq!(shell.kind, MediaKind::Text);
}
