//! The parts of the agency file's JSON Schema that do not follow from a type.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::raw::{AgencyFile, Amount, At, LongItem};

/// The JSON Schema (draft 2020-12) of the agency file, for editors.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<AgencyFile>().to_value()
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number"]})
    }
}

pub(super) fn urls_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [
        {"type": "null"},
        {"type": "string", "description": "One URL."},
        {"type": "array", "items": {"type": "string"}, "description": "Several URLs."},
    ]})
}

pub(super) fn paths_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [
        {"type": "null"},
        {"type": "string", "minLength": 1, "description": "One path."},
        {"type": "array", "items": {"type": "string", "minLength": 1}, "description": "Several paths."},
    ]})
}

pub(super) fn items_schema(generator: &mut SchemaGenerator) -> Schema {
    let long = generator.subschema_for::<LongItem>();
    json_schema!({
        "type": ["object", "null"],
        "patternProperties": {"^O[0-9]+$": {"anyOf": [
            {"type": "null", "description": "Nothing is published; an item left out means the same."},
            {"type": "string", "description": "One URL."},
            {"type": "array", "items": {"type": "string"}, "description": "Several URLs."},
            long,
        ]}},
        "additionalProperties": false,
        "examples": [{"O1": "https://www.nangrong.go.th/structure", "O17": null}],
    })
}

pub(super) fn resolve_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": ["object", "null"],
        "additionalProperties": {"type": "string", "pattern": "^(http://)?.+:[0-9]{1,5}/?$"},
        "examples": [{"www.nangrong.go.th": "127.0.0.1:8080"}],
    })
}
