//! The home page under its many addresses.

use url::Url;

use super::Scene;
use super::signs::{Signs, is_named};
use crate::checks::Page;
use crate::model::bare;

/// Whether a URL is that of a home page: the bare host, or a name that home pages go by, whatever the language.
pub(super) fn is_home(url: &Url, signs: &Signs) -> bool {
    parts(url).count() <= 3 && parts(url).all(|part| is_named(part, &signs.home.names)) && asks_nothing(url, signs)
}

/// Whether the query of a URL asks for no other page than its path does.
fn asks_nothing(url: &Url, signs: &Signs) -> bool {
    let home = &signs.home;
    url.query_pairs().all(|(key, _)| home.queries.iter().any(|known| known.eq_ignore_ascii_case(&key)))
        || url.query_pairs().any(|(key, value)| home.pages.contains(&format!("{key}={value}")))
}

/// Whether two URLs are the same folder's start, under one name of it or another.
fn are_one(left: &Url, right: &Url, signs: &Signs) -> bool {
    let folder = |url| {
        let mut parts: Vec<&str> = parts(url).collect();
        parts.pop_if(|last| is_named(last, &signs.home.names));
        parts.join("/")
    };
    host(left) == host(right)
        && asks_nothing(left, signs)
        && asks_nothing(right, signs)
        && folder(left).eq_ignore_ascii_case(&folder(right))
}

/// Whether the path of a URL says «missing» in words, or by a number in the place of a page's name; a number further
/// down may be that of an article.
pub(super) fn names_missing(url: &Url, signs: &Signs) -> bool {
    let named = |part: &str| is_named(part, &signs.sent_to);
    let number = |part: &str| part.split('.').next() == Some("404");
    parts(url).any(|part| named(part) && !number(part))
        || parts(url).all(|part| number(part) || is_named(part, &signs.home.names))
}

/// Whether a page is the home page that a link to something else was sent to, and whether that is certain: another host
/// of the agency may be one service, whose home page is what was meant.
pub(super) fn stands_in(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Option<bool> {
    let (asked, last) = (page.url, &page.answer.final_url);
    let site = bare(scene.site.home());
    if page.answer.hops.is_empty() || is_home(asked, signs) || bare(asked) == site {
        return None;
    }
    if are_one(asked, last, signs) || are_one(asked, &site, signs) {
        return None;
    }
    // A folder's start, or a page that may be the home page under its number.
    let is_start =
        parts(asked).next_back().is_some_and(|last| is_named(last, &signs.home.names)) && asks_nothing(asked, signs);
    let is_numbered = asked.query_pairs().count() > 0
        && asked.query_pairs().all(|(key, _)| key == "page_id")
        && parts(asked).all(|part| is_named(part, &signs.home.names));
    let may_be_meant = is_start || is_numbered;
    let same_host = host(asked) == host(last);
    let of_site = *last == site || scene.home == Some(last) || (host(last) == host(&site) && is_home(last, signs));
    if of_site && (same_host || scene.site.contains(asked)) {
        return Some(!may_be_meant);
    }
    let is_deep = parts(asked).count() > 1 || asked.query().is_some();
    (same_host && is_home(last, signs)).then_some(is_deep && !may_be_meant)
}

fn parts(url: &Url) -> impl DoubleEndedIterator<Item = &str> {
    url.path().split('/').filter(|part| !part.is_empty())
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::is_home;
    use crate::checks::nature::signs::Signs;

    #[test]
    fn a_home_page_has_many_addresses() {
        let signs = Signs::builtin().unwrap();
        let home = |url: &str| is_home(&url.parse().unwrap(), signs);
        for url in [
            "http://a.go.th/",
            "https://www.a.go.th/index.php",
            "https://a.go.th/th/",
            "https://a.go.th/th/index.html?lang=th",
            "https://a.go.th/home",
            "https://a.go.th/Default.aspx",
            "https://a.go.th/หน้าแรก",
            "https://a.go.th/main.php?fbclid=x",
            "https://a.go.th/index.php?PHPSESSID=0a1b",
            "https://a.go.th/index.php?option=com_content&view=featured&Itemid=101",
            "https://a.go.th/?r=site/index",
            "https://a.go.th/intro.html",
        ] {
            assert!(home(url), "{url}");
        }
        for url in [
            "http://a.go.th/plan",
            "http://a.go.th/index.php?option=com_content&id=5",
            "http://a.go.th/?page_id=12",
            "http://a.go.th/th/plan",
            "http://a.go.th/index.php/o1",
            "http://a.go.th/homeless",
        ] {
            assert!(!home(url), "{url}");
        }
    }
}
