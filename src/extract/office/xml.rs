//! A stream of XML, read leniently and without recursion: names without prefixes, and only the five entities of XML.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What comes next in a stream.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element begins. One without content is ended by the next node.
    Start(Tag<'a>),
    /// An element of this local name ends.
    End(&'a str),
    /// Text, or one character that was written as a reference.
    Text(&'a str),
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        let name = self.0.name().0;
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The value of the first attribute of a local name.
    pub(super) fn attr(&self, local: &str) -> Option<String> {
        let attribute = self.0.attributes().with_checks(false).filter_map(Result::ok).find(|attribute| {
            let key = attribute.key.0;
            key.rsplit_once(':').map_or(key, |(_, name)| name) == local
        })?;
        Some(value(&attribute))
    }

    /// The value of an attribute by its full name, where two differ only by their prefix.
    pub(super) fn attr_exact(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attribute = attributes.with_checks(false).filter_map(Result::ok).find(|found| found.key.0 == name)?;
        Some(value(&attribute))
    }

    /// Whether a property is switched on, as `w:val` and its like say: being there means yes.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attr("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The value of an attribute. One with an entity that the document declares for itself is left as it is written.
fn value(attribute: &Attribute<'_>) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
}

/// A stream of XML.
pub(super) struct Xml<R> {
    /// Nothing after the end.
    reader: Option<Reader<R>>,
    buffer: Vec<u8>,
    text: String,
    /// The stream ended at something that is no XML, or before its elements did.
    pub(super) broken: bool,
    depth: usize,
    errors: u32,
}

/// Broken places of one stream that are passed over.
const MAX_ERRORS: u32 = 1000;

impl<R: BufRead> Xml<R> {
    /// Reads a stream.
    pub(super) fn new(source: R) -> Self {
        let reader = Some(lenient(source));
        Self { reader, buffer: Vec::new(), text: String::new(), broken: false, depth: 0, errors: 0 }
    }

    /// The next node; nothing at the end or where the stream is broken.
    pub(super) fn next(&mut self) -> Option<Node<'_>> {
        loop {
            self.buffer.clear();
            // The loop must not hold the borrow of what it returns, so only the kind is looked at here.
            let Ok(event) = self.reader.as_mut()?.read_event_into(&mut self.buffer) else {
                // Behind a broken tag others may be whole.
                self.broken = true;
                self.errors += 1;
                let rest = self.reader.take().filter(|_| self.errors < MAX_ERRORS);
                self.reader = rest.map(|reader| lenient(reader.into_inner()));
                continue;
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    // Kept apart from the buffer, whose borrow would last too long.
                    let name_length = start.name().0.len();
                    self.text.clear();
                    self.text.push_str(start.name().0);
                    self.text.push_str(start.attributes_raw());
                    return Some(Node::Start(Tag(BytesStart::from_content(&self.text, name_length))));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.text.clear();
                    self.text.push_str(end.local_name().as_ref());
                    return Some(Node::End(&self.text));
                }
                Event::Text(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    return Some(Node::Text(&self.text));
                }
                Event::CData(text) => {
                    self.text.clear();
                    self.text.push_str(&text);
                    return Some(Node::Text(&self.text));
                }
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        _ => predefined(&reference),
                    };
                    if let Some(c) = resolved {
                        self.text.clear();
                        self.text.push(c);
                        return Some(Node::Text(&self.text));
                    }
                }
                Event::Eof => {
                    self.broken |= self.depth > 0;
                    return None;
                }
                _ => {}
            }
        }
    }

    /// Passes over what is left of the element that has just begun.
    pub(super) fn skip(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next() {
                Some(Node::Start(_)) => depth += 1,
                Some(Node::End(_)) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
    }
}

fn lenient<R: BufRead>(source: R) -> Reader<R> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The entities that XML itself has; a document's own are not looked at, so they cannot grow.
fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
