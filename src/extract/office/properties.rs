//! What a document's properties say of it: its title, and the days on which it was created and last changed.

use jiff::civil::Date;

use super::package::Package;
use super::xml::{Node, Xml};

/// Titles that templates and programs give: they say nothing of the document. Compared without case.
const JUNK: &[&str] = &[
    "powerpoint presentation",
    "งานนำเสนอ powerpoint",
    "การนำเสนอ powerpoint",
    "ภาพนิ่ง 1",
    "slide 1",
    "untitled",
    "document",
    "document1",
    "workbook",
    "presentation",
    "word document",
    "microsoft word document",
    "normal",
    "title",
    "ชื่อเรื่อง",
    "ไม่มีชื่อเรื่อง",
];

/// A document's properties.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// Its title, in the normal form.
    pub(super) title: Option<String>,
    /// The day on which it was created.
    pub(super) created: Option<Date>,
    /// The day on which it was last changed.
    pub(super) modified: Option<Date>,
}

impl Properties {
    /// Properties as they are stored.
    pub(super) fn new(title: Option<&str>, created: Option<&str>) -> Self {
        Self { title: title.and_then(self::title), created: created.and_then(day), modified: None }
    }
}

/// The properties of a file: `docProps/core.xml` or `meta.xml`.
pub(super) fn of(package: &Package<'_>) -> Properties {
    match ["docProps/core.xml", "meta.xml"].into_iter().find_map(|name| package.xml(name)) {
        Some(mut xml) => read(&mut xml),
        None => Properties::default(),
    }
}

/// The properties in a stream.
pub(super) fn read<R: std::io::BufRead>(xml: &mut Xml<R>) -> Properties {
    let [mut title, mut created, mut modified] = [const { String::new() }; 3];
    let mut inside = None;
    while let Some(node) = xml.next() {
        match node {
            Node::Start(tag) => {
                inside = match tag.name() {
                    "title" => Some(Part::Title),
                    "created" | "creation-date" => Some(Part::Created),
                    "modified" | "date" => Some(Part::Modified),
                    _ => None,
                }
            }
            Node::End("meta" | "coreProperties") => break,
            Node::End(_) => inside = None,
            Node::Text(text) => match inside {
                Some(Part::Title) if title.len() < 2000 => title.push_str(text),
                Some(Part::Created) if created.len() < 100 => created.push_str(text),
                Some(Part::Modified) if modified.len() < 100 => modified.push_str(text),
                _ => {}
            },
        }
    }
    Properties { modified: day(&modified), ..Properties::new(Some(&title), Some(&created)) }
}

/// What of the properties is read.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Created,
    Modified,
}

/// A title that says something.
fn title(stored: &str) -> Option<String> {
    let title = crate::thai::normalize(stored);
    let lower = title.to_lowercase();
    let junk = title.is_empty() || JUNK.contains(&lower.as_str()) || lower.starts_with("microsoft word - document");
    (!junk).then_some(title)
}

/// The day of `2020-10-01T02:03:04Z`. Before 1990 there was no such program: clocks that were not set say so.
fn day(stored: &str) -> Option<Date> {
    let date: Date = stored.trim().get(..10)?.parse().ok()?;
    (date.year() >= 1990).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::Properties;

    #[test]
    fn what_programs_fill_in_is_no_title() {
        let of = |title| Properties::new(Some(title), Some("2020-10-01T02:03:04Z"));
        assert_eq!(of(" แผน  ปี ๒๕๖๓ ").title.as_deref(), Some("แผน ปี ๒๕๖๓"));
        for junk in ["", "PowerPoint Presentation", "งานนำเสนอ PowerPoint"] {
            assert_eq!(of(junk).title, None, "{junk}");
        }
        assert_eq!(of("").created, Some(jiff::civil::date(2020, 10, 1)));
        assert_eq!(Properties::new(None, Some("1601-01-01T00:00:00Z")).created, None);
        assert_eq!(Properties::new(None, Some("เมื่อวาน")).created, None);
    }
}
