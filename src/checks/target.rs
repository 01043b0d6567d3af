//! What an address tells of what is behind it: a viewer that shows a file, a store's page, a social network, e-GP. The
//! addresses are data: `config/targets.yaml`.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

use super::lead::has_ending;
use crate::model::is_web;

const SOURCE: &str = include_str!("../../config/targets.yaml");

static BUILTIN: LazyLock<Targets> = LazyLock::new(|| Targets::parse(SOURCE).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Targets {
    viewers: Vec<Viewer>,
    files: Vec<Store>,
    published: Vec<String>,
    folders: Vec<Store>,
    books: Owners,
    forms: Places,
    stores: Places,
    social: Owners,
    egp: Owners,
}

/// A page that shows a file which a parameter of its address names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Viewer {
    #[serde(rename = "name")]
    _name: String,
    #[serde(default)]
    at: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    parameters: Vec<String>,
    #[serde(rename = "status")]
    _status: String,
    #[serde(rename = "source")]
    _source: String,
}

/// A page of a store, and where what it shows is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Store {
    at: String,
    #[serde(default)]
    query: Option<String>,
    get: String,
    #[serde(rename = "status")]
    _status: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Owners {
    hosts: Vec<String>,
    #[serde(rename = "status")]
    _status: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    at: Vec<String>,
    #[serde(rename = "status")]
    _status: String,
    #[serde(rename = "source")]
    _source: String,
}

/// What a page shows in place of content of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// Where that is.
    pub url: Url,
    /// It is a list of links, so a page too.
    pub list: bool,
    /// The address is known to be of such a page; otherwise it is only likely, for a file's name that stands in it.
    pub certain: bool,
}

/// What the page at an address shows in place of content of its own, if it does.
pub fn instead(url: &Url) -> Option<Instead> {
    BUILTIN.instead(url)
}

/// Whether an address is of a page that shows one file and has no content of its own.
pub fn is_viewer(url: &Url) -> bool {
    BUILTIN.instead(url).is_some_and(|instead| !instead.list)
}

/// Whether an address is of a book to leaf through, of which there is nothing but pictures.
pub fn is_book(url: &Url) -> bool {
    BUILTIN.books.have(url)
}

/// Whether an address is of a host that keeps documents.
pub(super) fn is_stored(url: &Url) -> bool {
    BUILTIN.books.have(url) || BUILTIN.stores.at.iter().any(|place| is_in_store(url, place))
}

/// Whether an address is of a service on which anybody makes a form.
pub(super) fn is_form(url: &Url) -> bool {
    BUILTIN.forms.at.iter().any(|place| is_in_store(url, place))
}

/// Whether an address is of the government's procurement system, whose pages are bound to a session.
pub(super) fn is_egp(url: &Url) -> bool {
    BUILTIN.egp.have(url)
}

/// The hosts of social networks and messengers.
pub(super) fn social() -> Vec<String> {
    BUILTIN.social.hosts.clone()
}

impl Targets {
    fn parse(source: &str) -> Result<Self, String> {
        serde_yaml::from_str(source).map_err(|error| error.to_string())
    }

    fn instead(&self, url: &Url) -> Option<Instead> {
        let found = |url: Url, list, certain| is_web(&url).then_some(Instead { url, list, certain });
        let parameter =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        for (store, list) in self.files.iter().map(|store| (store, false)).chain(self.folders.iter().map(|s| (s, true)))
        {
            let Some(rest) = within(url, &store.at) else { continue };
            let id = match &store.query {
                Some(query) => parameter(query).filter(|id| is_id(id)),
                None => Some(rest.id).filter(|_| !self.published.contains(&rest.next)),
            };
            if let Some(id) = id.filter(|id| is_id(id)) {
                return found(url.join(&store.get.replace("{id}", &id)).ok()?, list, true);
            }
        }
        for viewer in &self.viewers {
            let last = url.path().rsplit('/').next().unwrap_or_default();
            let here = viewer.at.iter().any(|at| within(url, at).is_some())
                || viewer.ends.iter().any(|end| last.eq_ignore_ascii_case(end));
            if here && let Some(file) = viewer.parameters.iter().find_map(|name| parameter(name)) {
                return found(named(url, &file)?, false, true);
            }
        }
        let file = url.query_pairs().map(|(_, value)| value).find(|value| has_ending(value))?;
        found(named(url, &file)?, false, false)
    }
}

/// The file of a name that stands in a viewer's address.
fn named(viewer: &Url, file: &str) -> Option<Url> {
    let mut file = viewer.join(file.trim()).ok()?;
    file.set_fragment(None);
    (file != *viewer).then_some(file)
}

fn is_id(id: &str) -> bool {
    id.len() >= 4 && id.len() <= 200 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// What stands in an address after a place: the name that `{id}` is, and the part after it.
struct Rest {
    id: String,
    next: String,
}

fn within(url: &Url, place: &str) -> Option<Rest> {
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    if url.host_str()? != host {
        return None;
    }
    let mut parts = url.path_segments()?.filter(|part| !part.is_empty()).peekable();
    let mut rest = Rest { id: String::new(), next: String::new() };
    for wanted in path.split('/').filter(|part| !part.is_empty()) {
        let mut part = parts.next()?;
        // Which account, or whose domain.
        while matches!(part, "u" | "a") && wanted != part && host.ends_with("google.com") {
            parts.next()?;
            part = parts.next()?;
        }
        if wanted == "{id}" {
            part.clone_into(&mut rest.id);
        } else if wanted != part {
            return None;
        }
    }
    parts.next().unwrap_or_default().clone_into(&mut rest.next);
    Some(rest)
}

fn is_in_store(url: &Url, place: &str) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    match place.split_once('/') {
        Some((store, path)) => host == store && url.path().strip_prefix('/').is_some_and(|rest| rest.starts_with(path)),
        None => host == place,
    }
}

impl Owners {
    /// Whether a URL is of one of the hosts, or of a subdomain.
    fn have(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        self.hosts
            .iter()
            .any(|own| host == own || host.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.')))
    }
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
