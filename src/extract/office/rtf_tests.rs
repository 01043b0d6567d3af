//! Rich text as Word and `WordPad` write it.

use super::read;
use crate::model::{BlockRole, ReadNote, Readability};

fn blocks(rtf: &str) -> Vec<(BlockRole, String)> {
    read(rtf.as_bytes()).blocks.into_iter().map(|block| (block.role, block.text)).collect()
}

fn texts(rtf: &str) -> Vec<String> {
    blocks(rtf).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn thai_is_read_from_code_pages_fonts_and_unicode() {
    // The code page of the document; the character set of a font; numbers of Unicode with what old readers show.
    assert_eq!(texts(r"{\rtf1\ansi\ansicpg874 \'bb\'d5 2563\par}"), ["ปี 2563"]);
    let font = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fnil\fcharset222 Cordia New;}}";
    assert_eq!(texts(&format!(r"{font}\f1\'bb\'d5\f0  caf\'e9\par}}")), ["ปี café"]);
    assert_eq!(texts(r"{\rtf1\ansi\uc1\u3611?\u3637? \uc2\u3650\'3f\'3f\u3651??\par}"), ["ปี โใ"]);
    assert_eq!(texts(r"{\rtf1\uc0 \u-10179 \u-8704 x\par}"), ["😀x"]);
}

#[test]
fn runs_are_joined_and_tables_are_rows() {
    let rtf = r"{\rtf1\ansi\ansicpg874{\stylesheet{\s1 heading 1;}{\s2 Title;}}\pard\s1{\b A}{\i B}\par\pard\plain C\par
\trowd\pard\intbl 1\cell 2563\cell\row\pard D\tab E\line F\par}";
    assert_eq!(
        blocks(rtf),
        [
            (BlockRole::Heading, "AB".to_owned()),
            (BlockRole::Text, "C".to_owned()),
            (BlockRole::Cell, "1 2563".to_owned()),
            (BlockRole::Text, "D E F".to_owned()),
        ]
    );
}

#[test]
fn what_is_no_text_is_left_out() {
    let rtf = r#"{\rtf1{\info{\title T}{\author N}}{\*\generator X;}{\pict\pngblip 0011}A{\v hidden}{\*\unknown z}
{\field{\*\fldinst HYPERLINK "http://a.go.th/b#c"}{\fldrslt link}}{\footer page \chpgn}\par}"#;
    let document = read(rtf.as_bytes());
    let texts: Vec<(&str, bool)> = document.blocks.iter().map(|block| (block.text.as_str(), block.chrome)).collect();
    assert_eq!(texts, [("Alink", false), ("page", true)]);
    assert_eq!(document.title.as_deref(), Some("T"));
    assert_eq!(document.links[0].url.as_str(), "http://a.go.th/b");
    assert_eq!(document.links[0].text, "link");
}

#[test]
fn a_cut_document_is_read_as_far_as_it_goes() {
    let document = read(br"{\rtf1\ansi one\par two");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!((document.readability, document.notes), (Readability::Partial, vec![ReadNote::Damaged]));
}

#[test]
fn no_broken_document_makes_it_panic() {
    let deep = format!("{{\\rtf1{}x{}}}", "{".repeat(100_000), "}".repeat(100_000));
    assert_eq!(texts(&deep), ["x"]);
    let bytes = br"{\rtf1\ansi\ansicpg874{\fonttbl{\f0\fcharset222 A;}}\uc1\u3611?\bin4 xxxx\'bb{\field{\*\fldinst A}}\cell\row}";
    for at in 0..bytes.len() {
        for other in [b'{', b'}', b'\\', b'-', 0xFF, b'9'] {
            let mut broken = bytes.to_vec();
            broken[at] = other;
            read(&broken);
        }
        read(&bytes[..at]);
    }
}
