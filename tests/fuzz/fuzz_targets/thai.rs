//! Any text has a normal form, years within it and places of phrases.
#![no_main]

use oit_audit::thai::{self, Folded, Phrase};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let normal = thai::normalize(text);
    assert_eq!(thai::normalize(&normal), normal);
    for mention in thai::years(&normal) {
        assert!(normal.get(mention.at.clone()).is_some(), "on the bounds of characters");
        let _quoted = thai::snippet(&normal, mention.at, 40);
    }
    let phrase = Phrase::new("รายงานผลการดำเนินงานประจำปี");
    if Folded::new(&normal).contains(&phrase) {
        assert!(thai::find_any(&normal, &[phrase]).is_some());
    }
});
