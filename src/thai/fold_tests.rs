//! Tests of folding and of searching phrases.

use super::{Folded, Phrase, SARA_AE, SARA_E, THAI, find_any};
use crate::thai::normalize;

/// What of a text's normal form a phrase is found at.
fn found(text: &str, phrase: &str) -> Option<String> {
    let (text, phrase) = (normalize(text), Phrase::new(phrase));
    let at = find_any(&text, std::slice::from_ref(&phrase));
    assert_eq!(at.is_some(), Folded::new(&text).contains(&phrase));
    at.map(|at| text[at].to_owned())
}

#[test]
fn spaces_and_digits_do_not_matter_in_thai() {
    for text in ["รอบ 6 เดือน", "รอบ๖เดือน", "รอบ  6เดือน", "รอบ\u{200B}๖\n เดือน"]
    {
        assert_eq!(found(&format!("รายงาน{text}แรก"), "รอบ 6 เดือน"), Some(normalize(text)));
    }
    assert_eq!(found("แผน พัฒนา ท้องถิ่น", "แผนพัฒนา"), Some("แผน พัฒนา".to_owned()));
    assert_eq!(found("สขร. 1 เดือนตุลาคม", "สขร.๑"), Some("สขร. 1".to_owned()));
}

#[test]
fn misspellings_do_not_matter() {
    assert_eq!(found("กฏหมายที่เกี่ยวข้อง", "กฎหมาย"), Some("กฏหมาย".to_owned()));
    assert_eq!(found("เเผนดําเนินงาน", "แผนดำเนินงาน"), Some("แผนดำเนินงาน".to_owned()));
    assert_eq!(found("ก เ เผน ข", "แผน"), Some("เ เผน".to_owned()));
    assert_eq!(found("งานนํ้าประปา", "น้ำ"), Some("น้ำ".to_owned()));
    assert_eq!(found("ทีี่่ตั้ง", "ที่ตั้ง"), Some("ที่ตั้ง".to_owned()));
    assert_eq!(found("ดำ เนินการ", "ดำเนิน"), Some("ดำ เนิน".to_owned()));
    assert_eq!(found("ก ำหนด", "กำหนด"), Some("ก ำหนด".to_owned()));
}

#[test]
fn latin_words_stand_on_their_own() {
    assert_eq!(found("digital", "ita"), None);
    assert_eq!(found("digital ITA", "ita"), Some("ITA".to_owned()));
    assert_eq!(found("การประเมินITAของ", "ita"), Some("ITA".to_owned()));
    assert_eq!(found("ITA 2563", "ita"), Some("ITA".to_owned()));
    assert_eq!(found("ITA2563", "ita"), Some("ITA".to_owned()));
    assert_eq!(found("O43", "O4"), None);
    assert_eq!(found("O 4 3", "O4"), Some("O 4".to_owned()));
    assert_eq!(found("หมวด 4 2563", "2563"), Some("2563".to_owned()));
    assert_eq!(found("12563", "2563"), None);
    assert_eq!(found("xa-a-a", "a-a"), Some("a-a".to_owned()));
    assert_eq!(found("éita", "ita"), None);
}

#[test]
fn words_dashes_and_quotes() {
    assert_eq!(found("ระบบE-Serviceของเรา", "e-service"), Some("E-Service".to_owned()));
    assert_eq!(found("ระบบ e – service", "e-service"), Some("e – service".to_owned()));
    assert_eq!(found("Social \u{00A0} Network", "social network"), Some("Social Network".to_owned()));
    assert_eq!(found("socialnetwork", "social network"), None);
    assert_eq!(found("“ถาม” – ตอบ", "\"ถาม\"-ตอบ"), Some("“ถาม” – ตอบ".to_owned()));
    assert_eq!(found("Q & A", "q&a"), Some("Q & A".to_owned()));
    assert_eq!(found("cafe\u{301} x", "café"), Some("café".to_owned()));
}

#[test]
fn nothing_is_found_nowhere() {
    assert_eq!(found("แผน", ""), None);
    assert_eq!(found("แผน", " \u{200B}"), None);
    assert_eq!(found("", "แผน"), None);
    assert_eq!(Folded::new("ก ๑ B").codes, [THAI + 1, b'1', b'b']);
    assert_eq!(Folded::new("เ แ").codes, [SARA_E, SARA_AE]);
}

#[test]
fn the_first_phrase_of_the_list_that_stands_in_the_text_is_told() {
    let phrases = [Phrase::new("ไม่มี"), Phrase::new("ข้อมูล"), Phrase::new("แผน")];
    let text = "แผน ข้อ มูล";
    assert_eq!(find_any(text, &phrases).map(|at| &text[at]), Some("ข้อ มูล"));
    assert!(Folded::new(text).contains(&phrases[2]));
    assert!(Folded::new(text).contains_any(&phrases) && !Folded::new(text).contains_any(&phrases[..1]));
    assert_eq!(phrases[1].as_str(), "ข้อมูล");
}

#[test]
fn every_stretch_of_a_text_is_found_in_it() {
    let text = normalize("เ เผน ก ํา นํ้า ๒๕ a  b é e\u{301} ท่ี\u{200B} – “x” ก\u{0E4C}\u{0E38} 漢字 𝄞\u{10FFFF} a");
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let folded = Folded::new(&text);
    for (index, &start) in places.iter().enumerate() {
        for &end in &places[index + 1..] {
            let phrase = Phrase::new(&text[start..end]);
            let at = find_any(&text, std::slice::from_ref(&phrase));
            assert_eq!(at.is_some(), folded.contains(&phrase), "{start}..{end}");
            if let Some(at) = at {
                let again = Phrase::new(&text[at.clone()]);
                assert_eq!(again.folded.needle(), phrase.folded.needle(), "{start}..{end} at {at:?}");
            }
        }
    }
    // A character that is several codes is not found inside another.
    assert!(Folded::new("漢字").contains(&Phrase::new("漢字")));
    assert!(!Folded::new("漢字").contains(&Phrase::new("字")), "no word ends there");
    assert!(Folded::new("\u{2600}\u{2601}").contains(&Phrase::new("\u{2601}")));
}

#[test]
fn long_texts_take_linear_time() {
    let text = "1".repeat(200_000) + &"เ".repeat(50_000) + &"\u{0E48}".repeat(50_000) + &" a".repeat(50_000);
    assert_eq!(found(&text, "11"), None);
    assert_eq!(found(&text, "b"), None);
}

#[test]
fn a_phrase_inside_a_longer_one_is_not_counted_apart() {
    let phrases = |all: &[&str]| all.iter().map(|one| Phrase::new(one)).collect::<Vec<_>>();
    let count = |text: &str, most| {
        Folded::new(text).count_apart(
            &phrases(&["ผลการดำเนินงาน", "ผลการดำเนิน"]),
            &phrases(&["รายงานผลการดำเนินงาน"]),
            &phrases(&["ไม่มี"]),
            most,
        )
    };
    assert_eq!(count("รายงานผลการ ดำเนินงาน ประจำปี", 9), 0);
    assert_eq!(count("รายงานผลการดำเนินงาน โครงการ ผลการดำเนินงาน", 9), 1);
    assert_eq!(count("ผลการดำเนินงาน ผลการดำเนินการ ผลการดำเนินงาน", 9), 3);
    assert_eq!(count("ผลการดำเนินงาน ผลการดำเนินการ ผลการดำเนินงาน", 2), 2);
    assert_eq!(count("ไม่มี ผลการดำเนินงาน แต่มีผลการดำเนินงาน", 9), 1, "not right after another");
}
