//! The parts of an office file that is a ZIP file, and how they refer to each other.

use std::collections::BTreeMap;

use super::xml::{Node, Xml};
use crate::extract::zip::{Content, Zip};

/// References of one part that are kept.
const MAX_RELATIONS: usize = 50_000;

/// Where a part refers to.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// The last word of its type: `hyperlink`, `header`, `slide`.
    pub(super) kind: String,
    /// The part's name, or an address where it is external.
    pub(super) target: String,
    /// It leads out of the file.
    pub(super) external: bool,
}

/// An office file.
pub(super) struct Package<'a> {
    /// The ZIP file that it is.
    pub(super) zip: Zip<'a>,
}

impl<'a> Package<'a> {
    /// The file in these bytes; nothing where they are no ZIP file.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        Zip::open(bytes).map(|zip| Self { zip })
    }

    /// A part as a stream of XML.
    pub(super) fn xml(&self, name: &str) -> Option<Xml<Content<'_, 'a>>> {
        self.zip.find(name).map(|entry| Xml::new(self.zip.content(entry)))
    }

    /// Notes that a stream which has been read was broken, unless it was we who stopped.
    pub(super) fn check<R>(&self, xml: &Xml<R>) {
        if xml.broken && !self.zip.cut.get() {
            self.zip.damaged.set(true);
        }
    }

    /// The names of the parts in a folder, in order of their numbers.
    pub(super) fn parts(&self, folder: &str, start: &str) -> Vec<String> {
        let prefix = format!("{folder}/{start}");
        let names = self.zip.entries.iter().filter_map(|entry| std::str::from_utf8(entry.name).ok());
        let mut names: Vec<String> = names
            .filter(|name| name.strip_prefix(&*prefix).is_some_and(|rest| rest.strip_suffix(".xml").is_some()))
            .map(ToOwned::to_owned)
            .collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        names
    }

    /// How many parts a folder has.
    pub(super) fn count(&self, folder: &str) -> u32 {
        let inside = self.zip.entries.iter().filter(|entry| entry.name.starts_with(folder.as_bytes()));
        u32::try_from(inside.count()).unwrap_or(u32::MAX)
    }

    /// What a part refers to, by the names that it uses for it.
    pub(super) fn relations(&self, part: &str) -> BTreeMap<String, Relation> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = BTreeMap::new();
        let Some(mut xml) = self.xml(&join(folder, &format!("_rels/{file}.rels"))) else {
            return relations;
        };
        while let Some(node) = xml.next()
            && relations.len() < MAX_RELATIONS
        {
            if let Node::Start(tag) = node
                && tag.name() == "Relationship"
                && let (Some(id), Some(target)) = (tag.attr("Id"), tag.attr("Target"))
            {
                let kind = tag.attr("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let external = tag.attr("TargetMode").is_some_and(|mode| mode == "External");
                let target = if external { target } else { join(folder, &target) };
                relations.insert(id, Relation { kind, target, external });
            }
        }
        self.check(&xml);
        relations
    }
}

/// The name of a part that another part's folder names: `../media/a.png`, `/word/document.xml`.
fn join(folder: &str, target: &str) -> String {
    let base = if target.starts_with('/') { "" } else { folder };
    let mut segments: Vec<&str> = Vec::new();
    for segment in base.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn parts_are_named_from_where_they_are_used() {
        assert_eq!(join("ppt/slides", "../charts/chart1.xml"), "ppt/charts/chart1.xml");
        assert_eq!(join("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(join("", "word/document.xml"), "word/document.xml");
        assert_eq!(join("a", "../../../b"), "b");
    }
}
