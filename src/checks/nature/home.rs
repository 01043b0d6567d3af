//! The home page under its many addresses.

use url::Url;

use super::Scene;
use super::signs::{Signs, is_named};
use crate::checks::Page;
use crate::model::bare;

/// Whether a URL is that of a home page: the bare host, or a name that home pages go by, whatever the language.
pub(super) fn is_home(url: &Url, signs: &Signs) -> bool {
    let home = &signs.home;
    parts(url).count() <= 3
        && parts(url).all(|part| is_named(part, &home.names))
        && url.query_pairs().all(|(key, _)| home.queries.iter().any(|known| *known == key))
}

/// Whether a page is the home page that a link to something else was sent to, and whether that is certain: another host
/// of the agency may be one service, whose home page is what was meant.
pub(super) fn stands_in(page: &Page<'_>, scene: &Scene<'_>, signs: &Signs) -> Option<bool> {
    let (asked, last) = (page.url, &page.answer.final_url);
    let site = bare(scene.site.home());
    if page.answer.hops.is_empty() || is_home(asked, signs) || bare(asked) == site {
        return None;
    }
    let same_host = host(asked) == host(last);
    let of_site = *last == site || scene.home == Some(last) || (host(last) == host(&site) && is_home(last, signs));
    if of_site && (same_host || scene.site.contains(asked)) {
        return Some(true);
    }
    let is_deep = parts(asked).count() > 1 || asked.query().is_some();
    (same_host && is_home(last, signs)).then_some(is_deep)
}

fn parts(url: &Url) -> impl Iterator<Item = &str> {
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
