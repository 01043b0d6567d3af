//! What every floor asks of a URL.

use url::Url;

/// The URL without its fragment, which is never sent.
pub fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

/// Whether a URL is one that a browser opens as a page: http or https.
pub fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
