//! The browser that builds pages which are empty without one, and the pictures of them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use super::output;
use crate::audit::Listener;
use crate::fetch::Browser;
use crate::model::{Event, digest};

/// Characters of a page's address that its picture is named by.
const NAME: usize = 80;

/// The browser at a path that the user gave, or else the first one that is installed.
pub(super) fn find(given: Option<&Path>) -> Option<Browser> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    match given {
        Some(program) => Some(Browser::at(program.to_owned(), &path)),
        None => Browser::find(&path),
    }
}

/// Keeps the pictures of pages in a folder, and tells all else to the listener.
pub(super) fn picturing(folder: Option<PathBuf>, listener: Listener) -> Listener {
    let Some(folder) = folder else { return listener };
    Arc::new(move |event| match event {
        Event::Pictured(url, picture) => {
            if let Err(error) = output::write(&folder.join(name(&url)), &picture) {
                let _printed = writeln!(anstream::stderr(), "warning: no picture of {url}: {error:#}");
            }
        }
        event => listener(event),
    })
}

/// The name of the file that shows a page: its address, as far as file names go, and what tells it from others.
fn name(url: &Url) -> String {
    let address = url.as_str().split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let plain: String = address.chars().take(NAME).map(plain).collect();
    format!("{}-{:08x}.png", plain.trim_matches(['-', '.']), digest(0, url.as_str()) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_picture_is_named_by_the_page_s_address_and_by_no_path() {
        let name = |text: &str| name(&text.parse().unwrap());
        assert!(name("https://www.a.go.th/plan?id=7").starts_with("www.a.go.th-plan-id-7-"));
        assert_ne!(name("http://a.go.th/?a"), name("http://a.go.th/-a"));
        let long = name(&format!("http://a.go.th/../..%2F..%5C{}", "ก".repeat(5000)));
        assert!(long.len() < 100 && !long.contains(['/', '\\', '%']), "{long}");
    }
}
