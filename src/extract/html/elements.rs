//! What the elements of HTML mean for reading: which break text, which hide it, which are navigation.

use scraper::node::Element;

use crate::model::digest;

/// What an element is to its text, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about an element")]
pub(super) struct Kind {
    /// Text before and after it belongs to different blocks.
    pub(super) block: bool,
    /// It holds one entry of a table or list, so that its texts belong together.
    pub(super) row: bool,
    /// It is a cell of a table.
    pub(super) cell: bool,
    pub(super) heading: bool,
    /// It is one of the sections of HTML that are navigation, or a line of running news.
    pub(super) chrome: bool,
    /// A visitor does not see its text. The choices of a list are left out too: an archive's list of years is not
    /// content.
    pub(super) skipped: bool,
}

/// The kind of an element. It is asked of every one, so the names that pages have most of stand first.
#[expect(clippy::match_same_arms, reason = "names are compared in this order")]
pub(super) fn kind(name: &str) -> Kind {
    const INLINE: Kind = Kind { block: false, row: false, cell: false, heading: false, chrome: false, skipped: false };
    const BLOCK: Kind = Kind { block: true, ..INLINE };
    match name {
        "a" | "span" | "img" | "br" | "b" | "strong" | "font" | "i" => INLINE,
        "td" | "th" => Kind { cell: true, ..BLOCK },
        "div" | "ul" | "table" | "tbody" => BLOCK,
        "tr" | "li" | "p" | "dd" => Kind { row: true, ..BLOCK },
        "script" | "style" | "template" | "noscript" | "svg" | "textarea" | "datalist" | "object" | "iframe" => {
            Kind { skipped: true, ..INLINE }
        }
        "select" => Kind { skipped: true, ..BLOCK },
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind { heading: true, ..BLOCK },
        // What runs across every page is its news, not its content.
        "nav" | "footer" | "aside" | "marquee" => Kind { chrome: true, ..BLOCK },
        "address" | "article" | "blockquote" | "body" | "button" | "caption" | "center" | "details" | "dialog"
        | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "form" | "header" | "label" | "legend" | "main"
        | "ol" | "option" | "pre" | "section" | "summary" | "tfoot" | "thead" => BLOCK,
        _ => INLINE,
    }
}

/// The value of an element's attribute. Elements have few, so looking at each is quicker than [`Element::attr`], which
/// makes an atom of the name first.
pub(super) fn attr<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs.iter().find(|(key, _)| &*key.local == name && key.ns.is_empty()).map(|(_, value)| &**value)
}

/// Whether the element hides itself and all that is in it by its own style: what is loaded for a visitor to see later, and
/// what is meant for search engines alone.
pub(super) fn hides_itself(element: &Element) -> bool {
    element.attrs.iter().any(|(name, value)| match &*name.local {
        "hidden" => true,
        "style" => hides(value),
        _ => false,
    })
}

fn hides(style: &str) -> bool {
    let (mut small, mut clipped) = (false, false);
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let (property, value) = (property.trim(), value.split('!').next().unwrap_or_default().trim());
        let named = |names: &[&str]| names.iter().any(|name| property.eq_ignore_ascii_case(name));
        let is = |values: &[&str]| values.iter().any(|one| value.eq_ignore_ascii_case(one));
        small |= named(&["height", "width", "max-height"]) && is(&["0", "0px", "1px"]);
        clipped |= named(&["overflow"]) && is(&["hidden"]);
        if (named(&["display"]) && is(&["none"]))
            || (named(&["visibility"]) && is(&["hidden"]))
            || (named(&["opacity"]) && is(&["0"]))
            || (named(&["font-size"]) && is(&["0", "0px", "1px"]))
            || (named(&["left", "right", "top", "text-indent", "margin-left"]) && is_far_off(value))
        {
            return true;
        }
    }
    small && clipped
}

/// Whether a length is negative and of at least three digits.
fn is_far_off(length: &str) -> bool {
    length.strip_prefix('-').is_some_and(|digits| digits.bytes().take_while(u8::is_ascii_digit).count() >= 3)
}

/// Whether a framework of scripts puts its content into the element.
pub(super) fn is_mount(element: &Element) -> bool {
    matches!(attr(element, "id"), Some("root" | "app" | "__next" | "__nuxt" | "q-app"))
        || element.name() == "app-root"
        || ["ng-app", "ng-version", "data-v-app"].iter().any(|mark| attr(element, mark).is_some())
}

/// The address in a link that opens it by a script: `javascript:window.open('/plan.pdf')`.
pub(super) fn script_target(href: &str) -> Option<&str> {
    let script = href.get(..11).filter(|start| start.eq_ignore_ascii_case("javascript:")).and(href.get(11..))?;
    let quote = script.find(['\'', '"'])?;
    let rest = script.get(quote + 1..)?;
    let target = rest.split(['\'', '"']).next()?;
    (target.contains('/') || target.contains('.')).then_some(target)
}

/// Whether the element says of itself by its role that it is navigation (ARIA landmarks).
pub(super) fn is_landmark(element: &Element) -> bool {
    matches!(attr(element, "role"), Some("navigation" | "contentinfo" | "complementary" | "search" | "banner"))
}

/// The digest of an element's place: its ancestors' names and ids. Classes are left out, because a template marks the
/// current page's entry of a menu with one.
pub(super) fn path(parent: u64, name: &str, id: Option<&str>) -> u64 {
    let place = digest(parent, name);
    id.map_or(place, |id| digest(place ^ 1, id))
}

/// Ornaments that part the texts of a row from one another.
const ORNAMENTS: &[char] = &['❖', '◆', '◇', '★', '☆', '●', '■', '□', '♦', '•', '✦', '✿', '►', '»', '*', '|'];

/// A text in the parts that ornaments make of it: news that run across a page are as many texts, of which each page shows
/// others. One ornament alone parts nothing.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let is_ornament = |word: &str| word.chars().all(|c| ORNAMENTS.contains(&c)) && !word.is_empty();
    if text.split(' ').filter(|word| is_ornament(word)).count() < 2 {
        return vec![text];
    }
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in text.split(' ') {
        if is_ornament(word) {
            parts.push(text[start..at].trim());
            start = at + word.len();
        }
        at += word.len() + 1;
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts.retain(|part| !part.is_empty());
    parts
}
