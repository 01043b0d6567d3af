//! Any agency file is one, or has mistakes that can be shown.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let parsed = oit_audit::config::parse_bytes(bytes);
    assert!(parsed.agency.is_some() || !parsed.problems.is_empty());
    let _shown = oit_audit::config::render(&parsed.problems, "agency.yaml", &String::from_utf8_lossy(bytes), false);
});
