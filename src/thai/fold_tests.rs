//! Tests of folding and of searching phrases.

use super::{Folded, Phrase};

fn found<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    Folded::new(text).find(&Phrase::new(phrase)).map(|at| &text[at])
}

#[test]
fn spaces_and_digits_do_not_matter_in_thai() {
    for text in ["รอบ 6 เดือน", "รอบ๖เดือน", "รอบ  6เดือน", "รอบ\u{200B}๖\n เดือน"]
    {
        assert_eq!(found(&format!("รายงาน{text}แรก"), "รอบ 6 เดือน"), Some(text));
    }
    assert_eq!(found("แผน พัฒนา ท้องถิ่น", "แผนพัฒนา"), Some("แผน พัฒนา"));
    assert_eq!(found("สขร. 1 เดือนตุลาคม", "สขร.๑"), Some("สขร. 1"));
}

#[test]
fn misspellings_do_not_matter() {
    assert_eq!(found("กฏหมายที่เกี่ยวข้อง", "กฎหมาย"), Some("กฏหมาย"));
    assert_eq!(found("เเผนดําเนินงาน", "แผนดำเนินงาน"), Some("เเผนดําเนินงาน"));
    assert_eq!(found("ก เ เผน ข", "แผน"), Some("เ เผน"));
    assert_eq!(found("งานนํ้าประปา", "น้ำ"), Some("นํ้า"));
    assert_eq!(found("ทีี่่ตั้ง", "ที่ตั้ง"), Some("ทีี่่ตั้ง"));
    assert_eq!(found("ดำ เนินการ", "ดำเนิน"), Some("ดำ เนิน"));
    assert_eq!(found("ก ำหนด", "กำหนด"), Some("ก ำหนด"));
}

#[test]
fn latin_words_stand_on_their_own() {
    assert_eq!(found("digital", "ita"), None);
    assert_eq!(found("digital ITA", "ita"), Some("ITA"));
    assert_eq!(found("การประเมินITAของ", "ita"), Some("ITA"));
    assert_eq!(found("ITA 2563", "ita"), Some("ITA"));
    assert_eq!(found("ITA2563", "ita"), Some("ITA"));
    assert_eq!(found("O43", "O4"), None);
    assert_eq!(found("O 4 3", "O4"), Some("O 4"));
    assert_eq!(found("หมวด 4 2563", "2563"), Some("2563"));
    assert_eq!(found("12563", "2563"), None);
    assert_eq!(found("xa-a-a", "a-a"), Some("a-a"));
    assert_eq!(found("éita", "ita"), None);
}

#[test]
fn words_dashes_and_quotes() {
    assert_eq!(found("ระบบE-Serviceของเรา", "e-service"), Some("E-Service"));
    assert_eq!(found("ระบบ e – service", "e-service"), Some("e – service"));
    assert_eq!(found("Social \u{00A0} Network", "social network"), Some("Social \u{00A0} Network"));
    assert_eq!(found("socialnetwork", "social network"), None);
    assert_eq!(found("“ถาม” – ตอบ", "\"ถาม\"-ตอบ"), Some("“ถาม” – ตอบ"));
    assert_eq!(found("Q & A", "q&a"), Some("Q & A"));
    assert_eq!(found("cafe\u{301} x", "café"), Some("cafe\u{301}"));
}

#[test]
fn nothing_is_found_nowhere() {
    assert_eq!(found("แผน", ""), None);
    assert_eq!(found("แผน", " \u{200B}"), None);
    assert_eq!(found("", "แผน"), None);
    assert_eq!(Folded::new("ก ๑ B").text(), "ก1b");
}

#[test]
fn the_first_phrase_of_the_list_that_stands_in_the_text_is_told() {
    let phrases = [Phrase::new("ไม่มี"), Phrase::new("ข้อมูล"), Phrase::new("แผน")];
    let text = "แผน ข้อ มูล";
    let (index, at) = Folded::new(text).find_any(&phrases).unwrap();
    assert_eq!((index, &text[at]), (1, "ข้อ มูล"));
    assert!(Folded::new(text).contains(&phrases[2]));
    assert_eq!(phrases[1].as_str(), "ข้อมูล");
}

#[test]
fn every_character_leads_back_to_its_place() {
    let text = "เ เผน ก ํา นํ้า ๒๕ a  b é e\u{301} ท่ี\u{200B} – “x” ก\u{0E4C}\u{0E38} \u{0E48}\u{0E48}a";
    let folded = Folded::new(text);
    let places: Vec<usize> = folded.text().char_indices().map(|(at, _)| at).chain([folded.text().len()]).collect();
    for (index, &start) in places.iter().enumerate() {
        for &end in &places[index + 1..] {
            let (from, to) = (folded.original_start(start), folded.original_end(end));
            assert!(text.is_char_boundary(from) && text.is_char_boundary(to) && from < to, "{start}..{end}");
        }
    }
}

#[test]
fn long_texts_take_linear_time() {
    let text = "1".repeat(200_000) + &"เ".repeat(50_000) + &"\u{0E48}".repeat(50_000) + &" a".repeat(50_000);
    assert_eq!(found(&text, "11"), None);
    assert_eq!(found(&text, "b"), None);
}
