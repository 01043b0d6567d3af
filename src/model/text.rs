//! The two languages that the program speaks, and a text in both.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Thai, the default.
    #[default]
    Th,
    /// English.
    En,
}

/// One text in Thai and in English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The Thai text, which is the authoritative one.
    pub th: String,
    /// The English text.
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Self {
        Self { th: th.into(), en: en.into() }
    }

    /// Several texts as one.
    pub fn join(texts: &[Self], between: &str) -> Self {
        let of = |lang| texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between);
        Self::new(of(Lang::Th), of(Lang::En))
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Th => &self.th,
            Lang::En => &self.en,
        }
    }
}
