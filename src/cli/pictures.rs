//! `--screenshots`: the pictures of pages, kept in a folder and named in the report.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::check::say;
use super::{files, output};
use crate::audit::Listener;
use crate::model::{Event, LinkResult, Report, digest, page_key};
use crate::report::line;

/// Characters of a page's address that its picture is named by.
const NAME: usize = 80;
/// The largest picture that a report shows, in bytes; a page of text takes some hundred thousand.
const MAX_BYTES: usize = 8 << 20;

/// A folder of pictures, and which page each is of.
pub(super) struct Album {
    folder: PathBuf,
    names: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Album {
    /// An album in a folder that exists.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, names: Arc::default() }
    }

    /// Keeps the pictures that are taken, and tells all else to the listener.
    pub(super) fn listener(&self, listener: Listener) -> Listener {
        let (folder, names) = (self.folder.clone(), Arc::clone(&self.names));
        Arc::new(move |event| match event {
            Event::Pictured(url, picture) => {
                let name = name(&url);
                match output::write(&folder.join(&name), &picture) {
                    Ok(()) => {
                        names.lock().unwrap_or_else(PoisonError::into_inner).insert(page_key(&url), name);
                    }
                    Err(error) => {
                        say(&line::clean(&format!("warning: no picture of {url}: {error:#}")));
                    }
                }
            }
            event => listener(event),
        })
    }

    /// Names the pictures in a report, and gives those that it names.
    pub(super) fn into_report(self, report: &mut Report) -> BTreeMap<String, Vec<u8>> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pictures = BTreeMap::new();
        let links = report.items.iter_mut().flat_map(|item| item.urls.iter_mut().chain(&mut item.documents));
        for link in links {
            let Some(name) = of(link).and_then(|page| names.get(&page)) else { continue };
            link.screenshot = Some(name.clone());
            if !pictures.contains_key(name)
                && let Ok(picture) = files::read(&self.folder.join(name), MAX_BYTES)
                && picture.len() <= MAX_BYTES
            {
                pictures.insert(name.clone(), picture);
            }
        }
        pictures
    }
}

/// The page that a link leads to, as pictures are kept by it.
fn of(link: &LinkResult) -> Option<String> {
    Url::parse(&link.url).ok().map(|url| page_key(&url))
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
