//! Texts and presentations.

use super::{blocks, package, read, relation, relations};
use crate::model::{BlockRole, Document, MediaKind, ReadNote, Readability};

use BlockRole::{Cell, Heading, Text, Title};

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="หัวข้อ"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="Title"/></w:style></w:styles>"#;

fn docx(body: &str) -> Document {
    let list =
        [relation("rId1", "hyperlink", "https://www.nangrong.go.th/ita#o1"), relation("rId2", "header", "header1.xml")];
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", STYLES),
        ("word/_rels/document.xml.rels", &relations(&list)),
        ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>อบต.นางรอง</w:t></w:r></w:p></w:hdr>"),
        ("word/footnotes.xml", "<w:footnotes><w:p><w:r><w:t>เชิงอรรถ</w:t></w:r></w:p></w:footnotes>"),
        ("word/diagrams/data1.xml", "<dgm:t><a:p><a:r><a:t>นายก </a:t></a:r><a:r><a:t>อบต.</a:t></a:r></a:p></dgm:t>"),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:title>แผน ๒๕๖๓</dc:title><dcterms:created>2019-10-02T03:04:05Z</dcterms:created><dcterms:modified>2020-01-15T03:04:05Z</dcterms:modified></cp:coreProperties>",
        ),
        ("docProps/app.xml", "<Properties><Pages>12</Pages></Properties>"),
    ]);
    read(&bytes, MediaKind::Docx)
}

/// The blocks that a body makes, without those of the other parts.
fn body(xml: &str) -> Vec<(BlockRole, String)> {
    let document = docx(xml);
    let own = document.blocks.iter().filter(|block| !["นายก อบต.", "เชิงอรรถ", "อบต.นางรอง"].contains(&&*block.text));
    own.map(|block| (block.role, block.text.clone())).collect()
}

#[test]
fn runs_of_a_paragraph_are_joined_and_styles_say_what_is_a_heading() {
    let xml = "<w:p><w:pPr><w:pStyle w:val=\"a5\"/></w:pPr><w:r><w:t>แผน</w:t></w:r></w:p>\
               <w:p><w:pPr><w:pStyle w:val=\"own\"/></w:pPr><w:r><w:t>บท</w:t></w:r></w:p>\
               <w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>บทที่ ๒</w:t></w:r></w:p>\
               <w:p><w:r><w:t>ประจำปีงบ</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>ประมาณ</w:t></w:r>\
               <w:r><w:tab/><w:t>๒๕</w:t></w:r><w:r><w:t>๖๓ &amp; &#3585;</w:t></w:r></w:p>";
    let expected = [(Title, "แผน"), (Heading, "บท"), (Heading, "บทที่ ๒"), (Text, "ประจำปีงบประมาณ ๒๕๖๓ & ก")];
    assert_eq!(body(xml), expected.map(|(role, text)| (role, text.to_owned())));
}

#[test]
fn rows_of_tables_are_blocks_in_their_place() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("ใน"), cell("๑"));
    let xml = format!(
        "<w:p><w:r><w:t>ก่อน</w:t></w:r></w:p><w:tbl><w:tr>{}{}</w:tr><w:tr><w:tc><w:p><w:r><w:t>นอก</w:t></w:r></w:p>\
         {inner}<w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>หลัง</w:t></w:r></w:p>",
        cell("พ.ร.บ. ข้อมูลข่าวสาร"),
        cell("พ.ศ. ๒๕๔๐")
    );
    let expected = [(Text, "ก่อน"), (Cell, "พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. ๒๕๔๐"), (Cell, "นอก"), (Cell, "ใน ๑"), (Text, "หลัง")];
    assert_eq!(body(&xml), expected.map(|(role, text)| (role, text.to_owned())));
}

#[test]
fn long_rows_are_the_layout_of_a_page() {
    let long = "ข้อความ ".repeat(100);
    let paragraph = format!("<w:p><w:r><w:t>{long}</w:t></w:r></w:p>");
    let xml = format!("<w:tbl><w:tr><w:tc>{paragraph}{paragraph}</w:tc></w:tr></w:tbl>");
    assert_eq!(body(&xml).len(), 2);
}

#[test]
fn what_is_deleted_hidden_or_a_code_is_no_text() {
    let xml = "<w:p><w:del><w:r><w:t>ลบ</w:t><w:delText>ลบ</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>ย้าย</w:t></w:r></w:moveFrom>\
               <w:ins><w:r><w:t>เพิ่ม</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r>\
               <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>เห็น</w:t></w:r></w:p>\
               <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>\
               <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>หน้า ๗</w:t></w:r>\
               <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>\
               <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>ไม่จบ</w:t></w:r></w:p><w:p><w:r><w:t>ต่อ</w:t></w:r></w:p>";
    assert_eq!(body(xml).into_iter().map(|(_, text)| text).collect::<Vec<_>>(), ["เพิ่มเห็น", "หน้า ๗", "ต่อ"]);
}

#[test]
fn text_boxes_and_word_art_are_seen_once() {
    let text_box = |text: &str| format!("<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>");
    let xml = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx>{}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{}\
         </v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>ย่อหน้า</w:t></w:r></w:p>\
         <w:p><w:r><w:pict><v:shape><v:textpath style=\"x\" string=\"คู่มือประชาชน &amp; ปี ๒๕๖๓\"/></v:shape></w:pict></w:r></w:p>",
        text_box("ปก"),
        text_box("ปก")
    );
    let texts: Vec<String> = body(&xml).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["ปก", "ย่อหน้า", "คู่มือประชาชน & ปี ๒๕๖๓"]);
}

#[test]
fn a_document_has_links_properties_notes_and_margins() {
    let document = docx(
        "<w:p><w:hyperlink r:id=\"rId1\"><w:r><w:t>เว็บไซต์</w:t></w:r></w:hyperlink><w:hyperlink w:anchor=\"a\"/>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK \"http://a.go.th\"</w:instrText>\
         <w:fldChar w:fldCharType=\"separate\"/><w:t>ก</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
    );
    let links: Vec<(&str, &str)> = document.links.iter().map(|link| (link.url.as_str(), link.text.as_str())).collect();
    assert_eq!(links, [("https://www.nangrong.go.th/ita", "เว็บไซต์"), ("http://a.go.th/", "ก")]);
    assert_eq!(document.title.as_deref(), Some("แผน ๒๕๖๓"));
    assert_eq!(document.created, Some(jiff::civil::date(2019, 10, 2)));
    assert_eq!(document.modified, Some(jiff::civil::date(2020, 1, 15)));
    assert_eq!((document.pages, document.readability), (Some(12), Readability::Full));
    let texts: Vec<(&str, bool)> = document.blocks.iter().map(|block| (block.text.as_str(), block.chrome)).collect();
    assert_eq!(texts, [("เว็บไซต์ก", false), ("นายก อบต.", false), ("เชิงอรรถ", false), ("อบต.นางรอง", true)]);
}

#[test]
fn a_document_of_pictures_alone_is_a_scan() {
    let bytes = package(&[("word/document.xml", "<w:document><w:p/></w:document>"), ("word/media/image1.png", "x")]);
    let document = read(&bytes, MediaKind::Docx);
    assert_eq!((document.readability, document.notes), (Readability::None, vec![ReadNote::Scan { pages: 1 }]));
}

#[test]
fn word_of_2003_is_read_from_one_file_of_xml() {
    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument><o:DocumentProperties>\
               <o:Title>แผน</o:Title></o:DocumentProperties><w:body><w:p><w:r><w:t>ปี ๒๕๔๘</w:t></w:r></w:p></w:body>\
               </w:wordDocument>";
    assert_eq!(blocks(&read(xml.as_bytes(), MediaKind::Docx)), [(Text, 0, "ปี ๒๕๔๘")]);
}

#[test]
fn slides_are_read_in_the_order_of_the_presentation() {
    let slide = |title: &str, text: &str| {
        format!(
            "<p:sld><p:sp><p:nvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{title}\
             </a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r><a:br/><a:r><a:t>๒๕๖๓\
             </a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:nvPr><p:ph type=\"sldNum\"/></p:nvPr><a:p><a:fld \
             type=\"slidenum\"><a:t>9</a:t></a:fld></a:p></p:sp><a:tbl><a:tr><a:tc><a:p><a:r><a:t>ก</a:t></a:r></a:p>\
             </a:tc><a:tc><a:p><a:r><a:t>ข</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:sld>"
        )
    };
    let order =
        relations(&[relation("r1", "slide", "slides/slide1.xml"), relation("r2", "slide", "slides/slide2.xml")]);
    let bytes = package(&[
        (
            "ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId r:id=\"r2\"/><p:sldId r:id=\"r1\"/></p:sldIdLst></p:presentation>",
        ),
        ("ppt/_rels/presentation.xml.rels", &order),
        ("ppt/slides/slide1.xml", &slide("สอง", "เนื้อหา")),
        ("ppt/slides/slide2.xml", &slide("หนึ่ง", "แผน")),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            &relations(&[relation("n", "notesSlide", "../notesSlides/notesSlide1.xml")]),
        ),
        ("ppt/notesSlides/notesSlide1.xml", "<p:notes><p:sp><a:p><a:r><a:t>บันทึก</a:t></a:r></a:p></p:sp></p:notes>"),
        ("docProps/core.xml", "<c><dc:title>PowerPoint Presentation</dc:title></c>"),
    ]);
    let document = read(&bytes, MediaKind::Pptx);
    let expected = [
        (Heading, 1, "หนึ่ง"),
        (Text, 1, "แผน ๒๕๖๓"),
        (Cell, 1, "ก ข"),
        (Text, 1, "บันทึก"),
        (Heading, 2, "สอง"),
        (Text, 2, "เนื้อหา ๒๕๖๓"),
        (Cell, 2, "ก ข"),
    ];
    assert_eq!(blocks(&document), expected);
    assert_eq!((document.pages, document.title), (Some(2), None));
}

#[test]
fn open_documents_keep_order_headings_and_notes() {
    let content = "<office:document-content><office:automatic-styles><style:style style:name=\"P1\" \
                   style:parent-style-name=\"Title\"/><style:style style:name=\"T9\"><style:text-properties \
                   text:display=\"none\"/></style:style></office:automatic-styles><office:body><office:text>\
                   <text:tracked-changes><text:p>ลบ</text:p></text:tracked-changes>\
                   <text:p text:style-name=\"P1\">แผน</text:p><text:h text:outline-level=\"1\">บทที่<text:s/>๑</text:h>\
                   <text:p>ประจำ<text:span>ปี</text:span><text:span text:style-name=\"T9\">ซ่อน</text:span> ๒๕๖๓<text:note>\
                   <text:note-citation>1</text:note-citation><text:note-body><text:p>เชิงอรรถ</text:p></text:note-body>\
                   </text:note><text:a xlink:href=\"http://a.go.th/\">ลิงก์</text:a></text:p><table:table \
                   table:name=\"ตาราง1\"><table:table-row><table:table-cell><text:p>ก</text:p></table:table-cell>\
                   <table:table-cell><text:p>ข</text:p></table:table-cell></table:table-row></table:table></office:text>\
                   </office:body></office:document-content>";
    let styles = "<office:document-styles><style:style style:name=\"Title\"/><style:master-page><style:header><text:p>อบต.</text:p></style:header>\
                  </style:master-page></office:document-styles>";
    let meta = "<office:document-meta><office:meta><dc:title>คู่มือ</dc:title></office:meta></office:document-meta>";
    let document =
        read(&package(&[("content.xml", content), ("styles.xml", styles), ("meta.xml", meta)]), MediaKind::Odt);
    let expected = [
        (Text, 0, "อบต."),
        (Title, 0, "แผน"),
        (Heading, 0, "บทที่ ๑"),
        (Text, 0, "เชิงอรรถ"),
        (Text, 0, "ประจำปี ๒๕๖๓ลิงก์"),
        (Cell, 0, "ก ข"),
    ];
    assert_eq!(blocks(&document), expected);
    assert!(document.blocks[0].chrome);
    assert_eq!(document.title.as_deref(), Some("คู่มือ"));
    assert_eq!(document.links[0].text, "ลิงก์");
}

#[test]
fn passwords_are_told() {
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let odt = package(&[("META-INF/manifest.xml", manifest), ("content.xml", "x")]);
    let mut compound = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    compound.create_stream("/EncryptedPackage").unwrap();
    let docx = compound.into_inner().into_inner();
    assert_eq!(crate::extract::sniff::kind(&docx, None), MediaKind::Docx);
    for (bytes, kind) in [(odt, MediaKind::Odt), (docx, MediaKind::Docx)] {
        let document = read(&bytes, kind);
        assert_eq!((document.readability, document.notes), (Readability::None, vec![ReadNote::Password]));
    }
}
