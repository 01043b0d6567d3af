//! Any body of any format becomes a document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let url = url::Url::parse("https://www.example.go.th/download.php?id=7").expect("it is one");
    let document = oit_audit::extract::read(oit_audit::extract::Body {
        bytes,
        content_type: None,
        url: &url,
        capped: false,
    });
    for block in &document.blocks {
        assert_eq!(oit_audit::thai::normalize(&block.text), block.text, "text in the normal form");
    }
});
