//! Tests of readers that break: shell scripts take their place.
#![cfg(unix)]

use std::sync::Arc;

use super::{Program, Readers, Source};
use crate::extract::Surroundings;
use crate::model::{MediaKind, ReadNote, Readability};

/// A reader that does what a shell script says.
fn script(script: &str) -> Readers {
    let arguments = vec!["-c".into(), script.into()];
    Readers::new(Some(Program { path: "/bin/sh".into(), arguments }), Surroundings::default())
}

async fn read(readers: &Readers, bytes: &[u8]) -> crate::model::Document {
    let (bytes, url) = (Arc::new(bytes.to_vec()), "http://www.x.go.th/a".parse().unwrap());
    readers.read(Source { bytes: &bytes, content_type: None, url: &url, capped: false }).await
}

#[tokio::test]
async fn a_reader_that_breaks_costs_its_document() {
    for broken in
        ["kill -SEGV $$", "exit 0", "cat >/dev/null & printf 'not an answer'", "printf '\\3\\0\\0\\0\\0\\0\\0\\0{}}'"]
    {
        let readers = script(broken);
        for _ in 0..3 {
            let document = read(&readers, b"%PDF-1.4").await;
            assert_eq!((document.kind, document.readability), (MediaKind::Pdf, Readability::None), "{broken}");
            assert_eq!(document.notes, [ReadNote::TooCostly], "{broken}");
        }
    }
    let missing = Program { path: "/nonexistent/oit-audit".into(), arguments: Vec::new() };
    let readers = Readers::new(Some(missing), Surroundings::default());
    assert_eq!(read(&readers, b"%PDF-1.4").await.notes, [ReadNote::TooCostly]);
}

#[tokio::test]
async fn a_web_page_needs_no_other_process() {
    let document = read(&script("exit 1"), "<html><p>แผนดำเนินงาน</p>".as_bytes()).await;
    assert_eq!(document.blocks[0].text, "แผนดำเนินงาน");
}

#[tokio::test]
async fn a_reader_is_ended_with_all_that_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("mark");
    let readers = script(&format!("sleep 1000 & echo $! > {}; wait", mark.display()));
    let reading = read(&readers, b"%PDF-1.4");
    let started = async {
        loop {
            match std::fs::read_to_string(&mark) {
                Ok(text) if text.ends_with('\n') => break text.trim().parse::<i32>().unwrap(),
                _ => tokio::time::sleep(std::time::Duration::from_millis(5)).await,
            }
        }
    };
    // The reading is given up, as on Ctrl-C.
    let sleeper = tokio::select! { _ = reading => unreachable!("it waits"), sleeper = started => sleeper };
    let sleeper = rustix::process::Pid::from_raw(sleeper).unwrap();
    while rustix::process::test_kill_process(sleeper).is_ok() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}
