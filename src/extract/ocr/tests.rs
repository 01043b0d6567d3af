//! Recognition without tesseract, from its output as it would be; and with it, where it is installed.

use std::fmt::Write as _;
use std::time::Duration;

use super::hocr::Bounds;
use super::*;
use crate::extract::picture::{Gray, decode};

/// Numbers in Trirong, a font that the classifier was not trained on, blurred and with noise.
const THAI: &[u8] = include_bytes!("../../../tests/data/documents/digits_thai.png");
const MIXED: &[u8] = include_bytes!("../../../tests/data/documents/digits_mixed.png");
const PAGE: &[u8] = include_bytes!("../../../tests/data/documents/digits_page.png");

/// What tesseract would say of a line between two columns: these characters, each as wide as the others.
fn said(text: &str, picture: &Gray, left: u32, right: u32) -> String {
    let count = u32::try_from(text.chars().count()).unwrap();
    let bottom = picture.height;
    let mut hocr = format!("<p class='ocr_par'><span class='ocr_line' title=\"bbox {left} 0 {right} {bottom}\">");
    for (c, at) in text.chars().zip(0..) {
        let edge = |at: u32| left + (right - left) * at / count;
        let (from, to) = (edge(at), edge(at + 1));
        write!(hocr, "<span class='ocrx_word' title='bbox {from} 0 {to} {bottom}; x_wconf 91'>").unwrap();
        write!(hocr, "<span class='ocrx_cinfo' title='x_bboxes {from} 0 {to} {bottom}; x_conf 97.5'>{c}</span></span>")
            .unwrap();
    }
    hocr + "</span></p>"
}

/// The digits of a text that are not doubtful, as Arabic ones.
fn sure_digits(block: &Block) -> String {
    let doubtful = block.doubtful.clone().unwrap_or_default();
    let is_sure = |at: &usize| !doubtful.iter().any(|range| range.contains(&u32::try_from(*at).unwrap()));
    let sure: String = block.text.char_indices().filter(|(at, _)| is_sure(at)).map(|(_, c)| c).collect();
    crate::thai::arabic_digits(&sure).chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn thai_digits_are_read_from_the_picture_whatever_tesseract_says() {
    let picture = decode(THAI).unwrap();
    let found = blocks(&picture, &said("๐๑๒๓๕๕๐๓๕๙", &picture, 20, 257));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "๐๑๒๓๔๕๖๗๘๙");
    assert!(sure_digits(&found[0]).len() >= 9, "doubts {:?}", found[0].doubtful);
}

#[test]
fn a_number_of_both_kinds_of_digits_stays_as_printed_and_takes_the_place_of_letters() {
    let picture = decode(MIXED).unwrap();
    let found = blocks(&picture, &said("lo5m - 2509", &picture, 20, 219));
    assert_eq!(crate::thai::arabic_digits(&found[0].text).replace(' ', ""), "2561-2569");
}

#[test]
fn digits_that_cannot_be_seen_again_are_doubtful() {
    let blank = Gray::new(200, 60, vec![255; 12_000]).unwrap();
    let found = blocks(&blank, &said("2563", &blank, 20, 120));
    assert_eq!(found[0].text.replace(' ', ""), "2563");
    assert_eq!(sure_digits(&found[0]), "");
}

#[test]
fn a_picture_of_noise_blackness_or_one_pixel_is_bounded_and_empty() {
    let mut seed = 2563_u32;
    let mut random = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if seed >> 31 == 0 { 0 } else { 255 }
    };
    let noise = Gray::new(900, 900, (0..810_000).map(|_| random()).collect()).unwrap();
    let black = Gray::new(700, 500, vec![0; 350_000]).unwrap();
    let dot = Gray::new(1, 1, vec![0]).unwrap();
    let thin = Gray::new(100_000, 1, vec![128; 100_000]).unwrap();
    for picture in [noise, black, dot, thin] {
        let ready = page::ready(&picture);
        assert_eq!(ready.pixels.len(), ready.width as usize * ready.height as usize);
        let all = Bounds { left: -50, top: -50, right: 1 << 20, bottom: 1 << 20 };
        assert!(glyph::Ink::of(&ready, all, 1_000).is_none_or(|ink| ink.pieces.len() <= 1_000));
        assert!(blocks(&ready, &said("2563", &ready, 0, ready.width)).len() <= 1);
    }
}

#[test]
fn hocr_of_another_form_is_passed_over() {
    for hocr in
        ["", "<", "<span class='ocrx_cinfo' title='x_bboxes 1 2'>", "<p class='ocr_par'><span class='ocr_line'>"]
    {
        assert_eq!(hocr::parse(hocr), [], "{hocr}");
    }
    let odd =
        "<span class='ocr_line' title='bbox 9 9 1 1'><span class='ocrx_cinfo' title='x_bboxes 1 2 3 99999999'>&amp;";
    let lines = hocr::parse(odd);
    assert_eq!(lines[0].symbols[0].text, "&");
    assert_eq!(lines[0].symbols[0].bounds.bottom, 1 << 20);
}

#[test]
fn without_a_search_path_there_is_no_engine() {
    assert_eq!(Engine::find(None), Err(Missing::Program));
    assert_eq!(Engine::find(Some("/nowhere/at/all".as_ref())), Err(Missing::Program));
    assert!(Missing::Thai.to_string().contains("tha"));
}

/// The engine of this machine. Where there is none the test says so and passes, but never in continuous integration.
fn engine() -> Option<Engine> {
    let found = Engine::find(std::env::var_os("PATH").as_deref());
    match found {
        Ok(engine) => Some(engine),
        Err(missing) => {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{missing}");
            #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
            {
                println!("skipped: {missing}");
            }
            None
        }
    }
}

#[test]
fn tesseract_and_the_classifier_read_a_line() {
    let Some(engine) = engine() else { return };
    let found = engine.recognise(&decode(PAGE).unwrap(), Duration::from_mins(1)).unwrap();
    let text: String = found.iter().map(|block| block.text.replace(' ', "")).collect();
    assert!(text.contains("ปีงบประมาณ"), "{text}");
    assert!(text.contains("๒๕๖๓"), "{text}");
}

#[test]
fn recognition_ends_with_its_time() {
    let Some(engine) = engine() else { return };
    let page = decode(PAGE).unwrap();
    assert_eq!(engine.recognise(&page, Duration::ZERO), Err(OcrError::Time));
}
