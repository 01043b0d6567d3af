//! Fills the types of [`super::raw`] from the tree and goes on after a mistake, so that all are found in one go.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::keys;
use super::node::{Kind, Node, Value};
use super::problem::{Problem, quoted};

/// The name under which [`super::raw::At`] asks for a value together with its place.
pub(super) const AT: &str = "$at";

/// The name under which an enum asks to be chosen by what the value is: `nothing`, `scalar`, `list` or `map`.
pub(super) const SHAPE: &str = "$shape";

/// Where mistakes are collected.
pub(super) type Sink = RefCell<Vec<Problem>>;

/// One value of the tree, to be read as some type.
#[derive(Clone, Copy)]
pub(super) struct De<'a> {
    pub(super) node: &'a Node,
    pub(super) sink: &'a Sink,
}

/// Why a value cannot be read as a type; the place is that of the value.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something else was expected, named with its article.
    Expected(String, Option<String>),
    /// Anything else.
    Custom(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(what, _) => write!(f, "expected {what}"),
            Self::Custom(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}

impl serde::de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Expected(expected.to_string(), None)
    }
}

impl<'a> De<'a> {
    /// A reading of the same kind of another value.
    fn of(self, node: &'a Node) -> Self {
        Self { node, sink: self.sink }
    }

    /// Records why this value could not be read.
    pub(super) fn record(self, failure: Failure) {
        let problem = match failure {
            Failure::Expected(what, help) => {
                self.node.problem(format!("expected {what}, found {}", self.node.found()), help)
            }
            Failure::Custom(message) => self.node.problem(message, None),
        };
        self.sink.borrow_mut().push(problem);
    }

    /// A number was expected; helps with one that is written as no program reads it.
    fn not_a_number<T>(self, what: &str) -> Result<T, Failure> {
        let help = self.node.text().and_then(|text| {
            let plain = keys::latin_digits(text.trim().trim_end_matches('%').trim_end());
            let plain = if plain.matches(',').count() == 1 { plain.replace(',', ".") } else { plain };
            let fits = if what == "a number" { plain.parse::<f64>().is_ok() } else { plain.parse::<i64>().is_ok() };
            fits.then(|| if plain == text { format!("remove the quotes: {plain}") } else { format!("write {plain}") })
        });
        Err(Failure::Expected(what.to_owned(), help))
    }

    /// The entries of a map that a struct knows; all others are problems. A key that is only misspelt is taken for
    /// the one that was meant, so that what stands under it is looked at too.
    fn known(self, entries: &'a [(Node, Node)], fields: &'static [&'static str]) -> Vec<(Key<'a>, &'a Node)> {
        let mut present: BTreeSet<&str> =
            entries.iter().filter_map(|(key, _)| key.text()).filter(|text| fields.contains(text)).collect();
        let mut known: Vec<(Key<'a>, &'a Node)> = Vec::new();
        for (key, value) in entries {
            let text = key.text().unwrap_or_default();
            if let Some(field) = fields.iter().find(|field| **field == text) {
                known.push((Key::Field(field), value));
                continue;
            }
            let meant = keys::nearest(text, fields);
            let help = meant
                .map(|meant| format!("did you mean `{meant}`?"))
                .or_else(|| keys::elsewhere(text, fields))
                .unwrap_or_else(|| format!("the keys known here are {}", keys::listed(fields)));
            self.sink.borrow_mut().push(key.problem(format!("unknown key `{}`", quoted(text)), Some(help)));
            if let Some(meant) = meant
                && present.insert(meant)
            {
                known.push((Key::Field(meant), value));
            }
        }
        known
    }
}

impl<'de> Deserializer<'de> for De<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Scalar { kind: Kind::Bool(value), .. } => visitor.visit_bool(*value),
            Value::Scalar { kind: Kind::Float(value), .. } => visitor.visit_f64(*value),
            Value::Scalar { kind: Kind::Integer(value), .. } => match i64::try_from(*value) {
                Ok(value) => visitor.visit_i64(value),
                Err(_) => Err(Failure::Custom("this number is too large".to_owned())),
            },
            Value::Scalar { text, kind: Kind::Text } => visitor.visit_str(text),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Value::Scalar { kind: Kind::Bool(value), .. } => visitor.visit_bool(value),
            _ => expected("`true` or `false`"),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Value::Scalar { kind: Kind::Integer(_), .. } => self.deserialize_any(visitor),
            _ => self.not_a_number("a whole number"),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "scores and rates are small")]
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Value::Scalar { kind: Kind::Integer(value), .. } => visitor.visit_f64(value as f64),
            Value::Scalar { kind: Kind::Float(value), .. } => visitor.visit_f64(value),
            _ => self.not_a_number("a number"),
        }
    }

    /// A name or a note may look like a number or a truth value.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.text() {
            Some(text) => visitor.visit_str(text),
            None => expected("a text"),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.node.value == Value::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::List(values) => visitor.visit_seq(Elements { de: self, rest: values.iter() }),
            _ => expected("a list"),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Map(entries) => {
                let entries: Vec<_> = entries.iter().map(|(key, value)| (Key::Any(key), value)).collect();
                visitor.visit_map(Entries { de: self, rest: entries.into_iter(), value: None })
            }
            _ => Err(Failure::Expected(
                "a map (`key: value` lines)".to_owned(),
                Some("write each on a line of its own: key, colon, space, value".to_owned()),
            )),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Map(entries) => {
                let entries = self.known(entries, fields);
                visitor.visit_map(Entries { de: self, rest: entries.into_iter(), value: None })
            }
            _ => Err(Failure::Expected(
                "a map (`key: value` lines)".to_owned(),
                Some(format!("the keys known here are {}", keys::listed(fields))),
            )),
        }
    }

    /// A newtype is named in the user's words, which replace those of what is in it.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        if name == AT {
            return visitor.visit_seq(Placed { de: self, step: 0 });
        }
        visitor.visit_newtype_struct(self).map_err(|failure| match failure {
            Failure::Expected(_, help) => Failure::Expected(name.to_owned(), help),
            other @ Failure::Custom(_) => other,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == SHAPE {
            return visitor.visit_enum(Shape(self));
        }
        if let Some(variant) = variants.iter().find(|variant| self.node.text() == Some(**variant)) {
            return visitor.visit_enum(StrDeserializer::<Failure>::new(variant));
        }
        let meant = self.node.text().and_then(|text| keys::nearest(text, variants));
        let switch = match self.node.value {
            Value::Scalar { kind: Kind::Bool(true), .. } => Some("always"),
            Value::Scalar { kind: Kind::Bool(false), .. } => Some("never"),
            _ => None,
        };
        let help = match switch.filter(|switch| variants.contains(switch)) {
            Some(switch) => Some(format!("write `{switch}`")),
            None => meant.map(|meant| format!("did you mean `{meant}`?")),
        };
        Err(Failure::Expected(format!("one of {}", keys::listed(variants)), help))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

fn expected<T>(what: &str) -> Result<T, Failure> {
    Err(Failure::Expected(what.to_owned(), None))
}

/// The steps by which [`super::raw::At`] is filled: line, column, length, then the value, or none if it is wrong.
struct Placed<'a> {
    de: De<'a>,
    step: u8,
}

impl<'de> SeqAccess<'de> for Placed<'_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        let node = self.de.node;
        self.step += 1;
        match self.step {
            1 => seed.deserialize(node.place.line.into_deserializer()).map(Some),
            2 => seed.deserialize(node.place.column.into_deserializer()).map(Some),
            3 => seed.deserialize((node.length as u64).into_deserializer()).map(Some),
            _ => Ok(seed.deserialize(self.de).map_err(|failure| self.de.record(failure)).ok()),
        }
    }
}

struct Elements<'a> {
    de: De<'a>,
    rest: std::slice::Iter<'a, Node>,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.rest.next().map(|node| seed.deserialize(self.de.of(node))).transpose()
    }
}

/// A key of a map: of a struct by its name, of any other map as it is.
enum Key<'a> {
    Field(&'static str),
    Any(&'a Node),
}

struct Entries<'a> {
    de: De<'a>,
    rest: std::vec::IntoIter<(Key<'a>, &'a Node)>,
    value: Option<&'a Node>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        match key {
            Key::Field(name) => seed.deserialize(StrDeserializer::new(name)).map(Some),
            Key::Any(node) => seed.deserialize(self.de.of(node)).map(Some),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.value.take() {
            Some(node) => seed.deserialize(self.de.of(node)),
            None => Err(Failure::Custom("a value without its key".to_owned())),
        }
    }
}

/// A value as an enum that is chosen by what the value is.
struct Shape<'a>(De<'a>);

impl<'de> EnumAccess<'de> for Shape<'_> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        let shape = match self.0.node.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "scalar",
            Value::List(_) => "list",
            Value::Map(_) => "map",
        };
        Ok((seed.deserialize(StrDeserializer::<Failure>::new(shape))?, self))
    }
}

impl<'de> VariantAccess<'de> for Shape<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        self.0.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        self.0.deserialize_struct("", fields, visitor)
    }
}
