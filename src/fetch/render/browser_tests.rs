//! Which browsers are found, and what becomes of those that are none.

use super::{Browser, OsString, RenderError, Running};
use std::os::unix::fs::PermissionsExt as _;

#[test]
fn the_first_program_that_can_be_run_is_found_by_its_name() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let put = |folder: &tempfile::TempDir, name: &str, mode| {
        let file = folder.path().join(name);
        std::fs::write(&file, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        file
    };
    let path = OsString::from(format!("relative::{}:{}", one.path().display(), two.path().display()));
    assert_eq!(Browser::find(&path), None);
    put(&one, "chromium", 0o644);
    put(&one, "firefox", 0o755);
    assert_eq!(Browser::find(&path), None, "neither can be run");
    let chrome = put(&two, "google-chrome", 0o755);
    assert_eq!(Browser::find(&path).unwrap().program, chrome);
    let chromium = put(&two, "chromium", 0o755);
    assert_eq!(Browser::find(&path).unwrap().program, chromium);
    assert_eq!(Browser::find(&OsString::new()), None);
}

#[tokio::test]
async fn what_is_no_browser_does_not_start_and_leaves_nothing() {
    let renderer = crate::fetch::Renderer::new(None);
    for (program, said) in [("/bin/false", ""), ("/nonexistent/chromium", "not found"), ("/bin/echo", "")] {
        let browser = Browser::at(program.into(), &OsString::from("/usr/bin:/bin"));
        let (running, pipes) = Running::start(&browser).unwrap();
        let profile = running.profile.as_ref().unwrap().path().to_owned();
        drop((running, pipes));
        assert!(!profile.exists(), "{program}");
        let error = crate::fetch::render::start(&browser).await.err().unwrap();
        assert!(matches!(&error, RenderError::Start(why) if why.contains(said)), "{program}: {error}");
    }
    renderer.close().await;
}
