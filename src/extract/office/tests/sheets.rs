//! Spreadsheets.

use std::io::{Cursor, Write};

use super::{blocks, file, package, read, relation, relations};
use crate::model::{BlockRole, Document, MediaKind, ReadNote, Readability};

use BlockRole::{Cell, Heading, Text};

fn xlsx(sheet: &str) -> Document {
    let list = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "worksheet", "/xl/worksheets/sheet2.xml"),
    ];
    let own = [relation("h", "hyperlink", "https://a.go.th/x"), relation("d", "drawing", "../drawings/drawing1.xml")];
    read(
        &package(&[
            ("[Content_Types].xml", "<Types/>"),
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name=\"แผน ๒๕๖๓\" r:id=\"r1\"/><sheet name=\"ลับ\" state=\"hidden\" \
                 r:id=\"r2\"/></sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", &relations(&list)),
            (
                "xl/worksheets/sheet1.xml",
                &format!(
                    "<worksheet><sheetData>{sheet}</sheetData><hyperlinks><hyperlink \
              ref=\"A1\" r:id=\"h\" display=\"เว็บ\"/></hyperlinks></worksheet>"
                ),
            ),
            ("xl/worksheets/sheet2.xml", "<worksheet><row><c><v>1</v></c></row></worksheet>"),
            ("xl/worksheets/_rels/sheet1.xml.rels", &relations(&own)),
            ("xl/drawings/drawing1.xml", "<xdr:txBody><a:p><a:r><a:t>กล่องข้อความ</a:t></a:r></a:p></xdr:txBody>"),
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>ลำดับ</t></si><si><r><t>ปีงบ</t></r><r><t>ประมาณ</t></r><rPh><t>x</t></rPh></si></sst>",
            ),
            (
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-107041E]d\\ mmmm\\ yyyy;@\"/></numFmts>\
                 <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>\
                 <xf numFmtId=\"4\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
            ),
        ]),
        MediaKind::Xlsx,
    )
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let document = xlsx(
        "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>99</v></c></row>\
         <row><c><v>1</v></c><c s=\"1\"><v>44105</v></c><c s=\"2\"><v>2563</v></c><c s=\"3\"><v>44105.5</v></c>\
         <c><f>A1*2563</f><v>2563.0000000000001</v></c></row>\
         <row><c t=\"inlineStr\"><is><t>ใน</t></is></c><c t=\"str\"><f>X</f><v>สูตร</v></c><c t=\"b\"><v>1</v></c><c t=\"e\">\
         <v>#REF!</v></c></row>",
    );
    let expected = [
        (Heading, 1, "แผน ๒๕๖๓"),
        (Cell, 1, "ลำดับ ปีงบประมาณ"),
        (Cell, 1, "1 1 ตุลาคม 2563 2,563.00 2020-10-01 2563"),
        (Cell, 1, "ใน สูตร"),
        (Text, 1, "กล่องข้อความ"),
    ];
    assert_eq!(blocks(&document), expected);
    assert_eq!(document.links[0].url.as_str(), "https://a.go.th/x");
    assert_eq!((document.pages, document.readability), (Some(1), Readability::Full));
}

#[test]
fn a_text_that_is_said_again_and_again_is_cut() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "ก".repeat(33_000));
    let sheet = format!("<worksheet>{}</worksheet>", "<row><c t=\"s\"><v>0</v></c></row>".repeat(1000));
    let bytes = package(&[("xl/worksheets/sheet1.xml", &sheet), ("xl/sharedStrings.xml", &strings)]);
    let document = read(&bytes, MediaKind::Xlsx);
    assert_eq!((document.readability, document.notes), (Readability::Partial, vec![ReadNote::TooCostly]));
    let kept: usize = document.blocks.iter().map(|block| block.text.len()).sum();
    assert!((10 << 20..20 << 20).contains(&kept), "{kept}");
}

#[test]
fn repeated_rows_of_open_documents_are_read_once() {
    let content = "<office:body><office:spreadsheet><table:table table:name=\"แผ่น1\"><table:table-row \
                   table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>\
                   ๑ ต.ค. ๖๓</text:p></table:table-cell></table:table-row></table:table><table:table table:name=\"แผ่น2\">\
                   <table:table-row><table:table-cell><text:p>ก</text:p></table:table-cell></table:table-row></table:table>\
                   </office:spreadsheet></office:body>";
    let document = read(&package(&[("content.xml", content)]), MediaKind::Ods);
    let expected = [(Heading, 1, "แผ่น1"), (Cell, 1, "๑ ต.ค. ๖๓"), (Heading, 2, "แผ่น2"), (Cell, 2, "ก")];
    assert_eq!(blocks(&document), expected);
    assert_eq!(document.pages, Some(2));
}

#[test]
fn excel_of_2003_is_read_from_one_file_of_xml() {
    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook><Worksheet ss:Name=\"แผน\"><Table>\
               <Row><Cell><Data ss:Type=\"String\">ปี</Data></Cell><Cell><Data ss:Type=\"Number\">2563</Data></Cell><Cell>\
               <Data ss:Type=\"DateTime\">2020-10-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>";
    assert_eq!(blocks(&read(xml.as_bytes(), MediaKind::Xlsx)), [(Heading, 1, "แผน"), (Cell, 1, "ปี 2563 2020-10-01")]);
}

/// A workbook of old from its records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, data) in records {
        stream.extend(kind.to_le_bytes());
        stream.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        stream.extend(data);
    }
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    compound.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    compound.into_inner().into_inner()
}

#[test]
fn old_workbooks_show_dates_of_the_thai_calendar() {
    let bof = |kind: u8| (0x0809, vec![0, 6, kind, 0, 0, 0, 0, 0]);
    let format: Vec<u8> = [164, 0, 18, 0, 0].into_iter().chain(*b"[$-107041E]d mmmm yyyy").collect();
    let format = (0x041E, format.into_iter().enumerate().map(|(at, b)| if at == 2 { 22 } else { b }).collect());
    let xf = |format: u8| (0x00E0, vec![0, 0, format, 0]);
    let globals = [bof(5), format, xf(0), xf(164)];
    let length: usize = globals.iter().map(|(_, data)| data.len() + 4).sum::<usize>() + 14 + 4;
    let sheet = (0x0085, [&u32::try_from(length).unwrap().to_le_bytes()[..], &[0, 0, 2, 0, b'P', b'1']].concat());
    let day = (0x0203, [&[0, 0, 1, 0, 1, 0][..], &44105_f64.to_le_bytes()].concat());
    let year = (0x027E, [&[0, 0, 0, 0, 0, 0][..], &((2563_u32 << 2) | 2).to_le_bytes()].concat());
    let records = [&globals[..], &[sheet, (0x000A, vec![]), bof(0x10), day, year, (0x000A, vec![])]].concat();
    let document = read(&xls(&records), MediaKind::Xls);
    assert_eq!(blocks(&document), [(Heading, 1, "P1"), (Cell, 1, "2563 1 ตุลาคม 2563")]);
    assert_eq!(document.readability, Readability::Full);
    let locked = read(&xls(&[bof(5), (0x002F, vec![1, 0])]), MediaKind::Xls);
    assert_eq!((locked.readability, locked.notes), (Readability::None, vec![ReadNote::Password]));
}

#[test]
fn the_text_of_a_workbook_without_its_directory_is_salvaged() {
    let mut bytes = file("plan.xls");
    bytes[0x30..0x34].copy_from_slice(&[0xFF; 4]);
    let document = read(&bytes, MediaKind::Xls);
    assert_eq!((document.readability, &document.notes[..]), (Readability::Partial, &[ReadNote::Damaged][..]));
    assert!(document.blocks.iter().any(|block| block.text.contains("แผนดำเนินงานประจำปี")));
}
