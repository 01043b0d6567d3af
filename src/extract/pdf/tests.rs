//! Whole files: small ones written here, and a few that other programs made.

use super::{Pages, read};
use crate::model::{BlockRole, Document, ReadNote, Readability};

/// A PDF of these objects, of which the first is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
    out
}

fn stream(keys: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{keys}/Length {}>>stream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// A page of a file as a picture.
fn picture(bytes: &[u8], page: u32, dpi: u32) -> Option<crate::extract::picture::Gray> {
    Pages::open(bytes)?.picture(page, dpi)
}

/// A page of 600 by 800 points with this content, a font F and a picture or form X.
fn page(content: &str, font: &str, x: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>\
                /XObject<</X 6 0 R>>>>>>";
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        stream("", content.as_bytes()),
        font.into(),
        x,
    ];
    objects.extend(more);
    pdf(&objects)
}

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

fn form() -> Vec<u8> {
    stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", b"")
}

/// A page in a font whose codes are those of Unicode, each half an em wide.
fn thai(content: &str) -> Vec<u8> {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Th/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[\
                <</Type/Font/Subtype/CIDFontType2/BaseFont/Th/DW 500/W[3633[0]3636[0 0 0 0 0 0 0]3655[0 0 0 0 0 0 0]]>>]>>";
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
               2 beginbfrange <0020> <007E> <0020> <0E00> <0E7F> <0E00> endbfrange endcmap end end";
    page(content, font, form(), vec![stream("", map.as_bytes())])
}

/// The operator that shows a text in that font.
fn show(text: &str) -> String {
    let codes: String = text.encode_utf16().flat_map(|unit| hex(unit, 4)).collect();
    format!("<{codes}> Tj")
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

/// The hexadecimal digits of a number, so many at least.
fn hex(number: u16, digits: usize) -> Vec<char> {
    format!("{number:0digits$X}").chars().collect()
}

#[test]
fn gaps_are_spaces_and_lines_of_a_paragraph_are_one() {
    let content = "BT /F 10 Tf 50 700 Td [(Plan)-600(of)] TJ 100 0 Td (2563) Tj 0 -40 Td (End) Tj ET";
    let document = read(&page(content, HELVETICA, form(), vec![]));
    assert_eq!(texts(&document), ["Plan of 2563", "End"]);
    assert_eq!((document.readability, document.pages), (Readability::Full, Some(1)));
    assert!(document.blocks.iter().all(|block| block.page == 1));

    let line = "aaaa ".repeat(20);
    let content = format!("BT /F 10 Tf 50 700 Td ({line}) Tj 0 -12 Td ({line}) Tj 0 -12 Td (last) Tj ET");
    let document = read(&page(&content, HELVETICA, form(), vec![]));
    assert_eq!(document.blocks.len(), 1, "{}", texts(&document).join("|"));
}

#[test]
fn letter_spacing_is_no_space_and_the_largest_line_is_the_title() {
    let content = format!(
        "BT /F 24 Tf 150 700 Td {} ET BT /F 12 Tf 4 Tc 50 600 Td {} ET BT /F 12 Tf 50 500 Td {} ET",
        show("แผนพัฒนาท้องถิ่น"),
        show("หน่วยงานภาครัฐ"),
        show("พ.ศ. ๒๕๖๓ และปีถัดไป"),
    );
    let document = read(&thai(&content));
    assert_eq!(texts(&document), ["แผนพัฒนาท้องถิ่น", "หน่วยงานภาครัฐ", "พ.ศ. ๒๕๖๓ และปีถัดไป"]);
    let roles: Vec<_> = document.blocks.iter().map(|block| block.role).collect();
    assert_eq!(roles, [BlockRole::Title, BlockRole::Text, BlockRole::Text]);
}

#[test]
fn pieces_drawn_apart_are_joined_and_what_is_drawn_twice_is_read_once() {
    // The second half first, as programs do that draw font by font.
    let content = format!(
        "BT /F 10 Tf 1 0 0 1 70 700 Tm {0} 1 0 0 1 50 700 Tm {1} 1 0 0 1 50.3 700 Tm {1} ET",
        show("๒๕๖๓"),
        show("พ.ศ.")
    );
    assert_eq!(texts(&read(&thai(&content))), ["พ.ศ.๒๕๖๓"]);
}

#[test]
fn replacement_texts_replace_and_turned_text_is_read() {
    let content = format!(
        "/Span <</ActualText <FEFF0E170E33>>> BDC BT /F 10 Tf 50 700 Td {} ET EMC BT /F 10 Tf 0 1 -1 0 300 300 Tm {} ET",
        show("xx"),
        show("ตารางแนวตั้ง")
    );
    assert_eq!(texts(&read(&thai(&content))), ["ทำ", "ตารางแนวตั้ง"]);
}

#[test]
fn thai_in_eight_bits_is_told_from_accents() {
    let text = |text: &str| {
        let bytes: String = text.bytes().flat_map(|byte| hex(byte.into(), 2)).collect();
        texts(&read(&page(&format!("BT /F 12 Tf 50 700 Td <{bytes}> Tj ET"), HELVETICA, form(), vec![]))).join("|")
    };
    let latin = |text: &str| text.chars().flat_map(|c| hex(u16::try_from(c as u32).unwrap(), 2)).collect::<String>();
    let read_hex = |hex: &str| {
        let document = read(&page(&format!("BT /F 12 Tf 50 700 Td <{hex}> Tj ET"), HELVETICA, form(), vec![]));
        texts(&document).join("|")
    };
    assert_eq!(text("plain"), "plain");
    assert_eq!(read_hex(&latin("¡ÒÃ´Óà¹Ô¹§Ò¹")), "การดำเนินงาน");
    assert_eq!(read_hex(&latin("un café à la crème")), "un café à la crème");
}

#[test]
fn a_page_that_is_a_picture_is_a_scan_in_its_own_resolution() {
    let (width, height) = (600_u32, 800_u32);
    let pixels: Vec<u8> = (0..width * height).map(|at| if at % 7 == 0 { 0 } else { 255 }).collect();
    let keys = "/Type/XObject/Subtype/Image/Width 600/Height 800/BitsPerComponent 8/ColorSpace/DeviceGray";
    let content = "q 600 0 0 800 0 0 cm /X Do Q BT /F 8 Tf 9 9 Td (1) Tj ET";
    let bytes = page(content, HELVETICA, stream(keys, &pixels), vec![]);
    let document = read(&bytes);
    assert_eq!((document.readability, document.unread_pages.as_slice()), (Readability::None, [1].as_slice()));
    assert_eq!(document.notes, [ReadNote::Scan { pages: 1 }]);
    let drawn = picture(&bytes, 1, 300).unwrap();
    assert_eq!((drawn.width, drawn.height), (width, height));
    assert!(drawn.pixels == pixels);
    assert_eq!(picture(&bytes, 2, 300), None);
    assert_eq!(picture(&bytes, 0, 300), None);
}

#[test]
fn an_english_layer_under_a_scan_is_not_its_text() {
    let keys = "/Type/XObject/Subtype/Image/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceGray";
    let scanned = |content: &str| {
        let content = format!("q 600 0 0 800 0 0 cm /X Do Q BT 3 Tr /F 10 Tf 50 700 Td {content} ET");
        content
    };
    let wrong = scanned(&format!("({}) Tj", "niitinn1sui5yn u~un "));
    let document = read(&page(&wrong, HELVETICA, stream(keys, &[255; 400]), vec![]));
    assert_eq!(document.notes, [ReadNote::ForeignText { pages: 1 }]);
    assert!(document.blocks.is_empty());
}

#[test]
fn signs_in_place_of_thai_are_foreign_and_english_and_figures_are_not() {
    let read_text = |text: &str| read(&page(&format!("BT /F 9 Tf 9 700 Td ({text}) Tj ET"), HELVETICA, form(), vec![]));
    let garbage = read_text("'1>@01>#1/2@$@12B &?&#?P bd_ .0. `cdf //!@/@/Q%1>1@&??!>/@@1 .0. `c``");
    assert_eq!(garbage.notes, [ReadNote::ForeignText { pages: 1 }]);
    for text in [
        "The Integrity and Transparency Assessment of public agencies in Thailand",
        "1,250.00 2563 99.5% - 12/2563 4,100 77",
    ] {
        let document = read_text(text);
        assert_eq!((document.readability, document.notes.len()), (Readability::Full, 0), "{text}");
    }
}

#[test]
fn a_picture_of_text_is_drawn_within_bounds() {
    let bytes = page("BT /F 90 Tf 50 400 Td (TEXT) Tj ET", HELVETICA, form(), vec![]);
    let drawn = picture(&bytes, 1, 72).unwrap();
    assert_eq!((drawn.width, drawn.height), (600, 800));
    assert!(drawn.pixels.iter().filter(|&&pixel| pixel < 80).count() > 1000);
    let large = picture(&bytes, 1, 9999).unwrap();
    assert!(large.pixels.len() <= 20_100_000);
}

/// A file that another program made.
macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/data/documents/", $name))
    };
}

fn has(document: &Document, phrase: &str) -> bool {
    let text: String =
        document.blocks.iter().flat_map(|block| block.text.chars()).filter(|c| !c.is_whitespace()).collect();
    text.contains(&phrase.replace(' ', ""))
}

#[test]
fn owners_passwords_do_not_matter_and_users_do() {
    let owner = read(file!("pdf_owner_password.pdf"));
    assert!(owner.readability == Readability::Full && has(&owner, "บันทึกข้อความ"));
    let user = read(file!("pdf_user_password.pdf"));
    assert_eq!((user.readability, user.notes), (Readability::None, vec![ReadNote::Password]));
}

#[test]
fn what_word_makes_of_sara_am_is_undone_by_the_font() {
    let document = read(file!("pdf_word_sara_am.pdf"));
    for phrase in ["องค์การบริหารส่วนตำบลนางรอง", "อำนาจหน้าที่", "ตำแหน่ง"]
    {
        assert!(has(&document, phrase), "{phrase}");
    }
}

#[test]
fn forms_of_marks_that_no_map_names_are_known_by_their_outline() {
    let document = read(file!("pdf_mark_forms.pdf"));
    for phrase in ["การป้องกันการทุจริต", "ปีงบประมาณ", "ตัวชี้วัดที่ ๙", "วันที่ ๑๕ ตุลาคม ๒๕๖๓"]
    {
        assert!(has(&document, phrase), "{phrase}");
    }
}

#[test]
fn eight_bit_thai_of_old_fonts_is_read() {
    let document = read(file!("pdf_tis620.pdf"));
    assert!(has(&document, "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐"));
}

#[test]
fn the_gazette_is_read_by_the_order_of_its_fonts_glyphs() {
    let document = read(file!("pdf_gazette_2568.pdf"));
    assert_eq!((document.readability, document.pages), (Readability::Full, Some(7)));
    for phrase in ["ประกาศกระทรวงสาธารณสุข", "(ฉบับที่ ๔๖๑) พ.ศ. ๒๕๖๘", "๒ กันยายน ๒๕๖๘"]
    {
        assert!(has(&document, phrase), "{phrase}");
    }
    assert_eq!(document.created, Some(jiff::civil::date(2025, 9, 2)));
    assert_eq!(document.blocks[0].role, BlockRole::Title);
}

/// Random enough, and the same every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

#[test]
fn damaged_files_are_read_or_not_and_nothing_worse() {
    let whole = thai(&format!("BT /F 24 Tf 150 700 Td {} ET q 1 0 0 1 5 5 cm /X Do Q", show("แผนพัฒนาท้องถิ่น")));
    let files: [&[u8]; 3] = [&whole, file!("pdf_tis620.pdf"), file!("pdf_owner_password.pdf")];
    let mut dice = Dice(2563);
    for file in files {
        for turn in 0..60 {
            let mut bytes = file.to_vec();
            for _ in 0..=dice.next(8) {
                let at = dice.next(bytes.len());
                bytes[at] ^= 1 << dice.next(8);
            }
            if turn % 3 == 0 {
                bytes.truncate(dice.next(bytes.len()));
            }
            let document = read(&bytes);
            let size: usize = document.blocks.iter().map(|block| block.text.len()).sum();
            assert!(size < 100_000);
            assert!(document.readability != Readability::None || document.blocks.is_empty());
        }
    }
}

#[test]
fn a_font_that_cannot_be_loaded_still_has_its_map() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/None-Such/ToUnicode 7 0 R/DescendantFonts[\
                <</Type/Font/Subtype/CIDFontType2/BaseFont/X>>]>>";
    let map = "begincmap 1 beginbfrange <0E00> <0E7F> <0E00> endbfrange endcmap";
    let content = format!("BT /F 10 Tf 50 700 Td {} ET", show("งบประมาณ"));
    assert_eq!(texts(&read(&page(&content, font, form(), vec![stream("", map.as_bytes())]))), ["งบประมาณ"]);
}

#[test]
fn nothing_is_followed_for_ever() {
    let own = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>";
    let cyclic = page("/X Do", HELVETICA, stream(own, b"/X Do /X Do"), vec![]);
    assert_eq!(read(&cyclic).readability, Readability::None);
    let nested = format!("BT /F 9 Tf 9 9 Td {}(x){} TJ ET", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read(&page(&nested, HELVETICA, form(), vec![])).blocks.len() <= 1);
    let states = format!("{} BT /F 9 Tf 9 9 Td (end) Tj ET", "q ".repeat(10_000));
    assert_eq!(texts(&read(&page(&states, HELVETICA, form(), vec![]))), ["end"]);
    // Widths for four thousand million codes.
    let wide = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font\
                /Subtype/CIDFontType2/BaseFont/X/W[0 4294967290 500]>>]>>";
    assert_eq!(read(&page("BT /F 9 Tf 9 9 Td <00410042> Tj ET", wide, form(), vec![])).readability, Readability::None);
}
