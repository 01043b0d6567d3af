//! The YAML text as a tree in which every key and value knows its line and column.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy, Spanned};

use super::keys;
use super::problem::{Problem, quoted};
use super::syntax;
use crate::model::Place;

/// Events that aliases may replay; honest files replay a few.
const MOST_REPLAYED: usize = 20_000;

/// Keys, values, lists and maps; 16 MiB of honest URLs are fewer.
const MOST_VALUES: usize = 250_000;

/// Levels of nesting; an honest file has five.
const DEEPEST: usize = 16;

/// A value of the file and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
    /// The characters to underline when something is wrong with it.
    pub(super) length: usize,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Scalar { text: String, kind: Kind },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// What YAML takes a scalar for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Text,
    Bool(bool),
    Integer(i128),
    Float(f64),
}

impl Node {
    /// The text of a scalar as it is written.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What it is, for a message: «the text "many"», «a map».
    pub(super) fn found(&self) -> String {
        match &self.value {
            Value::Null => "nothing".to_owned(),
            Value::Scalar { text, kind: Kind::Text } => format!("the text \"{}\"", quoted(text)),
            Value::Scalar { text, kind: Kind::Bool(_) } => format!("`{}`", quoted(text)),
            Value::Scalar { text, .. } => format!("the number {}", quoted(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        }
    }

    /// A problem with this value.
    pub(super) fn problem(&self, message: impl Into<String>, help: Option<String>) -> Problem {
        Problem::at(self.place, self.length, message, help)
    }
}

/// Reads the text as a tree; a key that stands twice is a problem and its first value is kept.
pub(super) fn read(source: &str, problems: &mut Vec<Problem>) -> Option<Node> {
    let options = serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        budget: serde_yaml::budget! { max_depth: DEEPEST, max_nodes: MOST_VALUES },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: MOST_REPLAYED,
            max_replay_stack_depth: DEEPEST,
        },
        with_snippet: false,
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(source, options) {
        Ok(raw) => Some(Builder { source, problems }.node(raw)),
        Err(error) => {
            problems.push(syntax::refusal(&error, source));
            None
        }
    }
}

/// A value as the parser gives it, not yet with its text.
enum Raw {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;

        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
                Ok(Raw::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
                Ok(Raw::Integer(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
                Ok(Raw::Integer(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
                Ok(Raw::Float(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
                Ok(Raw::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = seq.next_element()? {
                    list.push(value);
                }
                Ok(Raw::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw::Map(entries))
            }
        }

        deserializer.deserialize_any(RawVisitor)
    }
}

struct Builder<'a> {
    source: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Builder<'_> {
    fn node(&mut self, raw: Spanned<Raw>) -> Node {
        let at = raw.defined;
        let place = Place {
            line: u32::try_from(at.line()).unwrap_or(u32::MAX).max(1),
            column: u32::try_from(at.column()).unwrap_or(u32::MAX).max(1),
        };
        let written = self.written(&at);
        let scalar = |kind: Kind, value: String| Value::Scalar { text: written.map_or(value, str::to_owned), kind };
        let mut length = usize::try_from(at.span().len()).unwrap_or(usize::MAX);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Bool(value) => scalar(Kind::Bool(value), value.to_string()),
            Raw::Integer(value) => scalar(Kind::Integer(value), value.to_string()),
            Raw::Float(value) => scalar(Kind::Float(value), value.to_string()),
            Raw::Text(text) => Value::Scalar { text, kind: Kind::Text },
            Raw::List(list) => {
                length = 1;
                Value::List(list.into_iter().map(|value| self.node(value)).collect())
            }
            Raw::Map(entries) => {
                length = 1;
                Value::Map(self.map(entries))
            }
        };
        Node { value, place, length }
    }

    /// The text of a plain scalar; a tagged or quoted one has none that could be taken from the source.
    fn written(&self, at: &serde_yaml::Location) -> Option<&str> {
        let start = usize::try_from(at.span().byte_offset()?).ok()?;
        let length = usize::try_from(at.span().byte_len()?).ok()?;
        let text = self.source.get(start..start.checked_add(length)?)?.trim();
        let plain = !text.is_empty() && !text.starts_with(['"', '\'', '!', '&', '*', '|', '>']);
        plain.then_some(text)
    }

    fn map(&mut self, entries: Vec<(Spanned<Raw>, Spanned<Raw>)>) -> Vec<(Node, Node)> {
        let mut first: BTreeMap<String, Place> = BTreeMap::new();
        let mut map = Vec::new();
        let mut merged = Vec::new();
        for (key, value) in entries {
            let key = self.node(key);
            let value = self.node(value);
            let Some(text) = key.text() else {
                let help = Some("write a word, a colon, a space and the value".to_owned());
                self.problems.push(key.problem(format!("a key is a text, found {}", key.found()), help));
                continue;
            };
            if let Some(place) = first.get(text) {
                let message = format!("duplicate key `{}`, first on line {}", quoted(text), place.line);
                let item = keys::item(text).is_some();
                let help = if item { keys::KEEP_ONE_ITEM } else { "keep one of the two" };
                let help = Some(help.to_owned());
                self.problems.push(key.problem(message, help));
                continue;
            }
            first.insert(text.to_owned(), key.place);
            if text == "<<" {
                merged.push(value);
            } else {
                map.push((key, value));
            }
        }
        for value in merged {
            self.merge(value, &mut first, &mut map);
        }
        map
    }

    /// Adds the entries of a merge key `<<` that the map itself does not have.
    fn merge(&mut self, value: Node, first: &mut BTreeMap<String, Place>, map: &mut Vec<(Node, Node)>) {
        match value.value {
            Value::Map(entries) => {
                for (key, value) in entries {
                    let text = key.text().unwrap_or_default();
                    if !first.contains_key(text) {
                        first.insert(text.to_owned(), key.place);
                        map.push((key, value));
                    }
                }
            }
            Value::List(values) => values.into_iter().for_each(|value| self.merge(value, first, map)),
            _ => self.problems.push(value.problem(
                format!("`<<` takes a map or a list of maps, found {}", value.found()),
                Some("name one by an anchor: `<<: *name`".to_owned()),
            )),
        }
    }
}
