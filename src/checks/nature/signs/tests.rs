//! The built-in signs are sound, and a phrase speaks from its place only.

use super::{BUILTIN, Line, Says};

#[test]
fn the_built_in_signs_are_sound() {
    let signs = BUILTIN.as_ref().unwrap();
    assert!(signs.stand_ins.len() >= 5 && signs.words.kinds.len() >= 2);
    assert_eq!(signs.says.len(), signs.lines.patterns_len());
}

#[test]
fn a_phrase_speaks_from_its_place_only() {
    let signs = BUILTIN.as_ref().unwrap();
    let says = |line, of| matches!(signs.line(line, of), Some(Says::StandIn(0)));
    assert!(says("404", Line::Part) && !says("404", Line::Heading) && !says("404", Line::Text));
    assert!(says("ขออภัยค่ะ ไม่พบหน้าที่ท่านต้องการ", Line::Text));
    assert!(says("Oops! Error 404: Page not found.", Line::Heading));
    assert!(!says("มาตรา 404", Line::Heading));
    assert!(!says("ตำรวจไม่พบหน้าที่คุณแม่ทำหาย", Line::Text));
    assert!(!says("404 Not Found คืออะไร", Line::Part));
    assert!(!says("ไม่พบหน้าเว็บที่ต้องการ ต้องทำอย่างไร", Line::Heading));
}

#[test]
fn latin_words_are_found_whole() {
    let signs = BUILTIN.as_ref().unwrap();
    assert_eq!(signs.words.of("specialist casinos slotted").count(), 0);
    assert_eq!(signs.words.of("CIALIS และ casino99").count(), 2);
}
