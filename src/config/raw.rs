//! The agency file as it is written, with the place of every value; its schema is made of these types.

use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::de::AT;
use super::memo::MemoFile;
use super::problem::Problem;
use super::schema::{items_schema, paths_schema, resolve_schema, urls_schema};
use crate::model::Place;

/// A value and where it stands; no value if the key is absent or what stands there is wrong.
#[derive(Debug)]
pub(super) struct At<T> {
    pub(super) value: Option<T>,
    pub(super) place: Option<Place>,
    pub(super) length: usize,
}

impl<T> Default for At<T> {
    fn default() -> Self {
        Self { value: None, place: None, length: 0 }
    }
}

impl<T> At<T> {
    /// A problem with this value.
    pub(super) fn problem(&self, message: impl Into<String>, help: Option<String>) -> Problem {
        Problem { place: self.place, length: self.length, message: message.into(), help }
    }
}

impl<T> At<Option<T>> {
    /// The value, if there is one.
    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref()?.as_ref()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AtVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for AtVisitor<T> {
            type Value = At<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with its place")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<At<T>, A::Error> {
                let line = seq.next_element()?.unwrap_or(1);
                let column = seq.next_element()?.unwrap_or(1);
                let length: u64 = seq.next_element()?.unwrap_or(1);
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                Ok(At { value: seq.next_element()?, place: Some(Place { line, column }), length })
            }
        }

        deserializer.deserialize_newtype_struct(AT, AtVisitor(PhantomData))
    }
}

/// What a Thai public agency submits for the OIT part (การเปิดเผยข้อมูลสาธารณะ) of a year's ITA, and how to open it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "Agency file of oit-audit", extend("required" = ["agency", "website", "fiscal_year", "items"]))]
pub(super) struct AgencyFile {
    /// The agency's name (ชื่อหน่วยงาน), shown in reports.
    #[schemars(length(min = 1), example = &"องค์การบริหารส่วนตำบลนางรอง")]
    pub(super) agency: At<String>,
    /// The agency's main website (เว็บไซต์หลัก).
    #[schemars(extend("format" = "uri"), example = &"https://www.nangrong.go.th/")]
    pub(super) website: At<UrlText>,
    /// The fiscal year (ปีงบประมาณ) in the Buddhist era; it picks the built-in catalogue of that year.
    #[schemars(range(min = 2500, max = 2600), example = 2563)]
    pub(super) fiscal_year: At<i64>,
    /// Further hosts that count as the main website; by default it is the website's domain with all subdomains.
    pub(super) sites: At<Option<Vec<At<HostText>>>>,
    /// What the agency submits, by O-item (ข้อ O): a URL, a list of URLs, or nothing.
    #[schemars(schema_with = "items_schema")]
    pub(super) items: At<Option<Pairs<Item>>>,
    /// Known or expected scores of the surveys, for a forecast of the whole ITA.
    pub(super) survey: At<Option<SurveyFile>>,
    /// How to open the links; every key has a default.
    pub(super) crawl: At<Option<CrawlFile>>,
    /// The official memo (บันทึกข้อความ) that `oit-audit memo` writes: what only the agency knows; every key is optional.
    pub(super) memo: At<Option<MemoFile>>,
    /// The predicted OIT score below which the exit code is 1; by default there is no threshold.
    #[schemars(range(min = 0, max = 100), example = 85)]
    pub(super) fail_under: At<Option<f64>>,
}

/// A URL as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "a URL")]
#[schemars(inline)]
pub(super) struct UrlText(pub(super) String);

/// A host name as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "a host name")]
#[schemars(inline)]
pub(super) struct HostText(pub(super) String);

/// What is submitted for one item, in each of the forms it may be written in.
#[derive(Debug, Deserialize)]
#[serde(rename = "$shape", rename_all = "lowercase")]
pub(super) enum Item {
    /// Nothing is published.
    Nothing,
    /// One URL.
    Scalar(At<UrlText>),
    /// Several URLs.
    List(Vec<At<UrlText>>),
    /// The long form.
    Map(Box<LongItem>),
}

/// The URLs of an item's long form.
#[derive(Debug, Deserialize)]
#[serde(rename = "$shape", rename_all = "lowercase")]
pub(super) enum Urls {
    /// None.
    Nothing,
    /// One.
    Scalar(At<UrlText>),
    /// Several.
    List(Vec<At<UrlText>>),
    /// Not URLs.
    Map(NoUrls),
}

/// A map where URLs are expected.
#[derive(Debug)]
pub(super) struct NoUrls;

impl<'de> Deserialize<'de> for NoUrls {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        let words = "a list of URLs or one URL";
        Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &words))
    }
}

/// An item with an explanation, or with a person's verdict.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LongItem {
    /// The URLs submitted.
    #[schemars(schema_with = "urls_schema")]
    pub(super) urls: At<Urls>,
    /// The explanation submitted with the answer (คำอธิบาย).
    pub(super) note: At<Option<String>>,
    /// A person's verdict, which wins over the program's.
    pub(super) reviewed: At<Option<ReviewedFile>>,
}

/// A person's verdict on an item.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["verdict"]))]
pub(super) struct ReviewedFile {
    /// The verdict.
    pub(super) verdict: At<VerdictText>,
    /// The day on which the person looked, year-month-day in the common era. Content that is newer outdates the verdict;
    /// without a day that cannot be known, and the verdict stands.
    #[schemars(extend("format" = "date"), example = &"2020-06-30")]
    pub(super) on: At<Option<String>>,
    /// Who looked.
    pub(super) by: At<Option<String>>,
    /// What the person noted.
    pub(super) note: At<Option<String>>,
}

/// A verdict as written.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(super) enum VerdictText {
    /// The item is fulfilled.
    Pass,
    /// It is not.
    Fail,
}

/// Scores of the two surveys, indicator by indicator.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["iit", "eit"]))]
pub(super) struct SurveyFile {
    /// Indicators of the internal survey (IIT, ผู้มีส่วนได้ส่วนเสียภายใน).
    #[schemars(length(min = 1), inner(range(min = 0, max = 100)), example = [89.69, 82.09, 80.42, 82.17, 85.30])]
    pub(super) iit: At<Vec<At<f64>>>,
    /// Indicators of the external survey (EIT, ผู้มีส่วนได้ส่วนเสียภายนอก).
    #[schemars(length(min = 1), inner(range(min = 0, max = 100)), example = [88.62, 90.46, 82.80])]
    pub(super) eit: At<Vec<At<f64>>>,
}

/// Pace, patience and bounds of opening the links.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CrawlFile {
    /// Requests per second and domain.
    #[schemars(extend("exclusiveMinimum" = 0, "maximum" = 100, "default" = 2))]
    pub(super) requests_per_second: At<Option<f64>>,
    /// Requests in flight, all hosts together.
    #[schemars(range(min = 1, max = 256), extend("default" = 16))]
    pub(super) concurrency: At<Option<i64>>,
    /// One request, from its start to its last byte: `30s`, `500ms`, `1m`, or a number of seconds.
    #[schemars(extend("default" = "30s"))]
    pub(super) timeout: At<Option<Amount>>,
    /// The requests for one item, all together; waiting in line aside. What is not opened by then is for a person.
    #[schemars(extend("default" = "5m"))]
    pub(super) item_timeout: At<Option<Amount>>,
    /// The whole audit; what was not judged by then leaves it without a score.
    #[schemars(extend("default" = "1h"))]
    pub(super) audit_timeout: At<Option<Amount>>,
    /// Further tries after a failure that may pass.
    #[schemars(range(min = 0, max = 10), extend("default" = 2))]
    pub(super) retries: At<Option<i64>>,
    /// Levels of links followed from an item's page to find its documents.
    #[schemars(range(min = 0, max = 5), extend("default" = 1))]
    pub(super) follow: At<Option<i64>>,
    /// Documents opened per item beyond its submitted links.
    #[schemars(range(min = 0, max = 1000), extend("default" = 20))]
    pub(super) max_documents: At<Option<i64>>,
    /// Pages of the main website opened to find the ways from its home page to the submitted links; 0 for none.
    #[schemars(range(min = 0, max = 1000), extend("default" = 60))]
    pub(super) explore: At<Option<i64>>,
    /// The part of a body that is read: `32MiB`, `500kB`, or a number of bytes.
    #[schemars(extend("default" = "32MiB"))]
    pub(super) max_body: At<Option<Amount>>,
    /// The `User-Agent` header.
    pub(super) user_agent: At<Option<String>>,
    /// A headless browser, for pages that are empty without one.
    #[schemars(extend("default" = "auto"))]
    pub(super) render: At<Option<WhenText>>,
    /// Character recognition, for scans.
    #[schemars(extend("default" = "auto"))]
    pub(super) ocr: At<Option<WhenText>>,
    /// Character recognition in one document, on the clock; pages that are not read by then are for a person.
    #[schemars(extend("default" = "1m"))]
    pub(super) ocr_timeout: At<Option<Amount>>,
    /// Open loopback, private and link-local addresses too.
    #[schemars(extend("default" = false))]
    pub(super) allow_private: At<Option<bool>>,
    /// Addresses to connect to instead, by host: `"127.0.0.1:8080"`.
    #[schemars(schema_with = "resolve_schema")]
    pub(super) resolve: At<Option<Pairs<String>>>,
    /// Files with further root certificates to trust (PEM, DER or PKCS #7), relative to this file.
    #[schemars(schema_with = "paths_schema")]
    pub(super) extra_ca: At<Paths>,
}

/// A path as written.
#[derive(Debug, Deserialize)]
#[serde(rename = "a path")]
pub(super) struct PathText(pub(super) String);

/// Paths of files.
#[derive(Debug, Deserialize)]
#[serde(rename = "$shape", rename_all = "lowercase")]
pub(super) enum Paths {
    /// None.
    Nothing,
    /// One.
    Scalar(At<PathText>),
    /// Several.
    List(Vec<At<PathText>>),
    /// Not paths.
    Map(NoPaths),
}

/// A map where paths are expected.
#[derive(Debug)]
pub(super) struct NoPaths;

impl<'de> Deserialize<'de> for NoPaths {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        let words = "a list of paths or one path";
        Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &words))
    }
}

/// When to use an aid, as written.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(super) enum WhenText {
    /// Where a page or document cannot be read without it.
    Auto,
    /// Not at all.
    Never,
    /// Wherever it can be used.
    Always,
}

/// A number with or without a unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Amount {
    /// A bare number.
    Number(f64),
    /// A text with a unit.
    Text(String),
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AmountVisitor;

        impl Visitor<'_> for AmountVisitor {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, with a unit or without")
            }

            #[allow(clippy::cast_precision_loss, reason = "beyond 2^53 everything is out of range anyway")]
            fn visit_i64<E>(self, value: i64) -> Result<Amount, E> {
                Ok(Amount::Number(value as f64))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Amount, E> {
                Ok(Amount::Number(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Amount, E> {
                Ok(Amount::Text(value.to_owned()))
            }
        }

        deserializer.deserialize_any(AmountVisitor)
    }
}

/// The entries of a map in order, with the places of their keys.
#[derive(Debug)]
pub(super) struct Pairs<T>(pub(super) Vec<(At<String>, At<T>)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<T>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}
