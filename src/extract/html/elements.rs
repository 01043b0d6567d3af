//! What the elements of HTML mean for reading: which break text, which hide it, which are navigation.

use scraper::node::Element;

use crate::model::digest;

/// Whether text before and after the element belongs to different blocks.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "label"
            | "legend"
            | "li"
            | "main"
            | "marquee"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether a visitor does not see the element's text. The choices of a list are left out too: an archive's list of years
/// is not content.
pub(super) fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "noscript" | "svg" | "select" | "textarea" | "datalist" | "object" | "iframe"
    )
}

/// Whether the element holds one entry of a table or list, so that its texts belong together.
pub(super) fn is_row(name: &str) -> bool {
    matches!(name, "tr" | "li" | "p" | "dd")
}

/// Whether a framework of scripts puts its content into the element.
pub(super) fn is_mount(element: &Element) -> bool {
    matches!(element.id(), Some("root" | "app" | "__next" | "__nuxt" | "q-app")) || element.attr("ng-app").is_some()
}

/// The address in a link that opens it by a script: `javascript:window.open('/plan.pdf')`.
pub(super) fn script_target(href: &str) -> Option<&str> {
    let script = href.get(..11).filter(|start| start.eq_ignore_ascii_case("javascript:")).and(href.get(11..))?;
    let quote = script.find(['\'', '"'])?;
    let rest = script.get(quote + 1..)?;
    let target = rest.split(['\'', '"']).next()?;
    (target.contains('/') || target.contains('.')).then_some(target)
}

/// Whether the element is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether the element says of itself that it is navigation (HTML sections and ARIA landmarks).
pub(super) fn is_chrome(element: &Element) -> bool {
    matches!(element.name(), "nav" | "footer" | "aside")
        || matches!(element.attr("role"), Some("navigation" | "contentinfo" | "complementary" | "search" | "banner"))
}

/// The digest of an element's place: its ancestors' names and ids. Classes are left out, because a template marks the
/// current page's entry of a menu with one.
pub(super) fn path(parent: u64, name: &str, id: Option<&str>) -> u64 {
    let place = digest(parent, name);
    id.map_or(place, |id| digest(place ^ 1, id))
}
