//! What stands beside the text of a Word document: styles, the number of pages, the codes of fields.

use std::collections::BTreeMap;

use super::package::Package;
use super::xml::Node;
use crate::model::BlockRole;

/// Styles of one document that are kept.
const MAX_STYLES: usize = 10_000;
/// Styles that one style is based on, through others.
const MAX_BASES: usize = 12;

/// What a document's paragraph styles mean.
#[derive(Debug, Default)]
pub(super) struct Styles {
    roles: BTreeMap<String, BlockRole>,
    bases: BTreeMap<String, String>,
}

impl Styles {
    /// The role of a paragraph in a style; nothing for running text.
    pub(super) fn role(&self, id: &str) -> Option<BlockRole> {
        let mut id = id;
        for _ in 0..MAX_BASES {
            if let Some(role) = self.roles.get(id) {
                return Some(*role);
            }
            id = self.bases.get(id)?;
        }
        None
    }

    /// Notes a style. Word stores its own styles' names in English, whatever language it speaks.
    pub(super) fn insert(&mut self, id: &str, name: &str, base: Option<String>, outlined: bool) {
        if self.bases.len() + self.roles.len() > MAX_STYLES {
            return;
        }
        let name = name.to_lowercase();
        if name == "title" {
            self.roles.insert(id.to_owned(), BlockRole::Title);
        } else if outlined || name.starts_with("heading") || name == "subtitle" {
            self.roles.insert(id.to_owned(), BlockRole::Heading);
        } else if let Some(base) = base {
            self.bases.insert(id.to_owned(), base);
        }
    }
}

/// The paragraph styles that a part defines.
pub(super) fn styles(package: &Package<'_>, part: &str) -> Styles {
    let mut styles = Styles::default();
    let Some(mut xml) = package.xml(part) else {
        return styles;
    };
    let (mut id, mut name, mut base, mut outlined) = (None, String::new(), None, false);
    while let Some(node) = xml.next() {
        match node {
            Node::Start(tag) => match tag.name() {
                "style" => {
                    id = tag.attr("styleId").filter(|_| tag.attr("type").is_none_or(|kind| kind == "paragraph"));
                    (name, base, outlined) = (String::new(), None, false);
                }
                "name" => name = tag.attr("val").unwrap_or_default(),
                "basedOn" => base = tag.attr("val"),
                "outlineLvl" => outlined = tag.attr("val").and_then(|l| l.parse::<u8>().ok()).is_some_and(|l| l < 9),
                _ => {}
            },
            Node::End("style") => {
                if let Some(id) = id.take() {
                    styles.insert(&id, &name, base.take(), outlined);
                }
            }
            _ => {}
        }
    }
    styles
}

/// The number of pages that Word counted when it last saved the document.
pub(super) fn pages(package: &Package<'_>) -> Option<u32> {
    let mut xml = package.xml("docProps/app.xml")?;
    let mut inside = false;
    while let Some(node) = xml.next() {
        match node {
            Node::Start(tag) => inside = tag.name() == "Pages",
            Node::End(_) => inside = false,
            Node::Text(text) if inside => return text.trim().parse().ok().filter(|pages| *pages > 0),
            Node::Text(_) => {}
        }
    }
    None
}

/// The address that the code of a field leads to: `HYPERLINK "https://..." \o "tip"`.
pub(super) fn hyperlink(code: &str) -> Option<&str> {
    let code = code.trim_start();
    let rest = code.get(..9).filter(|start| start.eq_ignore_ascii_case("hyperlink")).and(code.get(9..))?.trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next().filter(|word| !word.starts_with('\\')),
    }
}

#[cfg(test)]
mod tests {
    use super::{Styles, hyperlink};
    use crate::model::BlockRole;

    #[test]
    fn addresses_are_taken_from_fields() {
        assert_eq!(hyperlink(r#" HYPERLINK "http://a.go.th/x" \o "tip" "#), Some("http://a.go.th/x"));
        assert_eq!(hyperlink("HYPERLINK http://a.go.th"), Some("http://a.go.th"));
        assert_eq!(hyperlink(r#"HYPERLINK \l "บท1""#), None);
        assert_eq!(hyperlink("PAGE"), None);
        assert_eq!(hyperlink("แผนการ"), None);
    }

    #[test]
    fn a_style_is_what_it_is_based_on() {
        let mut styles = Styles::default();
        styles.insert("1", "heading 1", Some("a".to_owned()), false);
        styles.insert("x", "หัวข้อ", Some("1".to_owned()), false);
        styles.insert("loop", "loop", Some("loop".to_owned()), false);
        assert_eq!(styles.role("x"), Some(BlockRole::Heading));
        assert_eq!(styles.role("loop"), None);
    }
}
