//! The file of an announced result: an agency's official scores of a year, item by item, with the assessors' comments.

use indexmap::IndexMap;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::problem::{Problem, quoted};
use super::raw::{At, Pairs};
use super::valid::Checker;
use super::{Kind, Read, keys, text};
use crate::model::{FiscalYear, ItemId, Place};

const OFFICIAL: Kind = Kind {
    name: "file of an official result",
    one: "a file of an official result",
    start: "`oit-audit schema official` says what it is to have",
};

/// An agency's announced result.
#[derive(Debug, Clone, PartialEq)]
pub struct Official {
    /// The agency's name.
    pub agency: String,
    /// The fiscal year that was assessed.
    pub fiscal_year: FiscalYear,
    /// Where the result is from.
    pub source: String,
    /// The scores as they were announced.
    pub scores: OfficialScores,
    /// The items, in the order of the file.
    pub items: IndexMap<ItemId, OfficialItem>,
}

/// Announced scores; what is not known is absent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OfficialScores {
    /// OIT.
    pub oit: Option<f64>,
    /// Indicators, by number.
    pub indicators: IndexMap<String, f64>,
    /// Sub-indicators, by number.
    pub sub_indicators: IndexMap<String, f64>,
    /// IIT.
    pub iit: Option<f64>,
    /// EIT.
    pub eit: Option<f64>,
    /// The whole ITA.
    pub ita: Option<f64>,
    /// The grade.
    pub grade: Option<String>,
}

/// What was announced of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialItem {
    /// Where its key stands.
    pub place: Place,
    /// 100 or 0.
    pub score: u8,
    /// The assessors' comment.
    pub comment: Option<String>,
}

/// What came of reading a file of an official result.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedOfficial {
    /// The result, if its agency, year and source are known; not to be used where there are problems.
    pub official: Option<Official>,
    /// The mistakes, in the order of the file; first those of the file as a whole.
    pub problems: Vec<Problem>,
}

/// Reads the bytes of a file of an official result, which are to be UTF-8.
pub fn parse(bytes: &[u8]) -> ParsedOfficial {
    let read = match text(bytes) {
        Ok(source) => super::read(source, &OFFICIAL, official),
        Err(problem) => Read::refused(problem),
    };
    ParsedOfficial { official: read.content, problems: read.problems }
}

/// The JSON Schema (draft 2020-12) of the file of an official result, for editors.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<OfficialFile>().to_value()
}

/// An agency's announced result of a fiscal year (ผลการประเมินที่ประกาศ), to compare a prediction with.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(
    title = "Official result for oit-audit",
    extend("required" = ["agency", "fiscal_year", "source", "items"])
)]
struct OfficialFile {
    /// The agency's name (ชื่อหน่วยงาน), as in its agency file.
    #[schemars(length(min = 1), example = &"องค์การบริหารส่วนตำบลนางรอง")]
    agency: At<String>,
    /// The fiscal year (ปีงบประมาณ) in the Buddhist era.
    #[schemars(range(min = 2500, max = 2600), example = 2563)]
    fiscal_year: At<i64>,
    /// Where the result is from: the address of the announcement, a document and its date.
    #[schemars(length(min = 1))]
    source: At<String>,
    /// The scores as announced; leave out what is not known.
    scores: At<Option<ScoresFile>>,
    /// The score of each O-item (ข้อ O): 100 or 0, or both a score and the assessors' comment.
    #[schemars(schema_with = "items_schema")]
    items: At<Option<Pairs<ItemFile>>>,
}

/// Announced scores.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct ScoresFile {
    /// OIT.
    #[schemars(range(min = 0, max = 100))]
    oit: At<Option<f64>>,
    /// Indicators (ตัวชี้วัด), by number.
    #[schemars(schema_with = "by_number_schema")]
    indicators: At<Option<Pairs<f64>>>,
    /// Sub-indicators (ตัวชี้วัดย่อย), by number.
    #[schemars(schema_with = "by_number_schema")]
    sub_indicators: At<Option<Pairs<f64>>>,
    /// IIT, the mean of its indicators.
    #[schemars(range(min = 0, max = 100))]
    iit: At<Option<f64>>,
    /// EIT, the mean of its indicators.
    #[schemars(range(min = 0, max = 100))]
    eit: At<Option<f64>>,
    /// The whole ITA.
    #[schemars(range(min = 0, max = 100))]
    ita: At<Option<f64>>,
    /// The grade (ระดับ).
    grade: At<Option<String>>,
}

/// What was announced of one item, in each of the forms it may be written in.
#[derive(Debug, Deserialize)]
#[serde(rename = "$shape", rename_all = "lowercase")]
enum ItemFile {
    /// Nothing is known of it.
    Nothing,
    /// The score alone.
    Scalar(At<f64>),
    /// Not a score.
    List(NoScore),
    /// Score and comment.
    Map(Box<LongItem>),
}

/// A list where a score is expected.
#[derive(Debug)]
struct NoScore;

impl<'de> Deserialize<'de> for NoScore {
    fn deserialize<D: serde::de::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &"100, 0 or {score: …, comment: …}"))
    }
}

/// An item's score with the comment on it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["score"]))]
struct LongItem {
    /// 100 or 0.
    #[schemars(extend("enum" = [0, 100]))]
    score: At<f64>,
    /// The assessors' comment (ความคิดเห็น), in their words.
    comment: At<Option<String>>,
}

fn items_schema(generator: &mut SchemaGenerator) -> Schema {
    let long = generator.subschema_for::<LongItem>();
    json_schema!({
        "type": "object",
        "patternProperties": {"^O[0-9]+$": {"anyOf": [
            {"type": "null", "description": "Nothing is known of it."},
            {"enum": [0, 100], "description": "The score."},
            long,
        ]}},
        "additionalProperties": false,
    })
}

fn by_number_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": ["object", "null"],
        "patternProperties": {"^[0-9]+(\\.[0-9]+)?$": {"type": "number", "minimum": 0, "maximum": 100}},
        "additionalProperties": false,
    })
}

fn official(file: &OfficialFile, problems: &mut Vec<Problem>) -> Option<Official> {
    let mut reader = Reader(Checker { problems });
    for (key, absent, help) in [
        ("agency", file.agency.place.is_none(), "add the agency's name (ชื่อหน่วยงาน): `agency: …`"),
        ("fiscal_year", file.fiscal_year.place.is_none(), "add the year of the Buddhist era: `fiscal_year: 2563`"),
        ("source", file.source.place.is_none(), "say where the result is from: `source: …`"),
        (
            "items",
            file.items.place.is_none(),
            "add `items:` and under it, indented, each item with its score, 100 or 0",
        ),
    ] {
        if absent {
            reader.0.problems.push(Problem::of_file(format!("`{key}` is missing"), Some(help.to_owned())));
        }
    }
    let agency = reader.0.name(&file.agency);
    let year = reader.0.fiscal_year(&file.fiscal_year);
    let source = file.source.value.as_deref().map(str::trim);
    if source == Some("") {
        let help = "write the address of the announcement, or the document and its date".to_owned();
        reader.0.push(&file.source, "the source is empty", help);
    }
    let scores = file.scores.get().map(|scores| reader.scores(scores)).unwrap_or_default();
    let items = file.items.get().map(|items| reader.items(items)).unwrap_or_default();
    Some(Official { agency: agency?, fiscal_year: year?.0, source: source?.to_owned(), scores, items })
}

struct Reader<'a>(Checker<'a>);

impl Reader<'_> {
    fn scores(&mut self, file: &ScoresFile) -> OfficialScores {
        let mut one = |key: &str, at: &At<Option<f64>>| self.0.score(key, at.get().copied(), at);
        let (oit, iit, eit, ita) =
            (one("oit", &file.oit), one("iit", &file.iit), one("eit", &file.eit), one("ita", &file.ita));
        let grade = file.grade.get().map(|grade| grade.trim().to_owned()).filter(|grade| !grade.is_empty());
        OfficialScores {
            oit,
            indicators: self.by_number(&file.indicators),
            sub_indicators: self.by_number(&file.sub_indicators),
            iit,
            eit,
            ita,
            grade,
        }
    }

    fn by_number(&mut self, at: &At<Option<Pairs<f64>>>) -> IndexMap<String, f64> {
        let mut scores = IndexMap::new();
        for (key, score) in at.get().map(|pairs| pairs.0.as_slice()).unwrap_or_default() {
            let Some(number) = &key.value else { continue };
            if let Some(score) = self.0.score(&quoted(number), score.value, score) {
                scores.insert(number.clone(), score);
            }
        }
        scores
    }

    fn items(&mut self, items: &Pairs<ItemFile>) -> IndexMap<ItemId, OfficialItem> {
        let mut read: IndexMap<ItemId, OfficialItem> = IndexMap::new();
        for (key, item) in &items.0 {
            let (Some(text), Some(place)) = (&key.value, key.place) else { continue };
            let Some(id) = keys::item(text) else {
                let help = match keys::likely_item(text) {
                    Some(id) => format!("write {id}"),
                    None => "write the letter O and the item's number".to_owned(),
                };
                self.0.push(key, format!("`{}` is not an item", quoted(text)), help);
                continue;
            };
            if let Some(first) = read.get(&id) {
                let message = format!("duplicate item {id}, first on line {}", first.place.line);
                self.0.push(key, message, "keep one of the two".to_owned());
                continue;
            }
            let (score, comment) = match &item.value {
                Some(ItemFile::Scalar(score)) => (self.points(score), None),
                Some(ItemFile::Map(long)) => {
                    if long.score.place.is_none() {
                        self.0.push(item, "`score` is missing", "add `score: 100` or `score: 0`".to_owned());
                    }
                    (self.points(&long.score), long.comment.get())
                }
                None | Some(ItemFile::Nothing | ItemFile::List(_)) => (None, None),
            };
            if let Some(score) = score {
                let comment = comment.map(|comment| comment.trim().to_owned()).filter(|comment| !comment.is_empty());
                read.insert(id, OfficialItem { place, score, comment });
            }
        }
        read
    }

    fn points(&mut self, at: &At<f64>) -> Option<u8> {
        let score = at.value?;
        // Both are exact in binary.
        #[allow(clippy::float_cmp, reason = "100 and 0 are written as such")]
        if score == 100.0 {
            return Some(100);
        } else if score == 0.0 {
            return Some(0);
        }
        self.0.push(at, format!("an item's score is 100 or 0, not {score}"), None);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{ParsedOfficial, parse, schema};

    const HEAD: &str = "agency: อบต.ตัวอย่าง\nfiscal_year: 2563\nsource: ประกาศ 28 กันยายน 2563\n";

    fn read(rest: &str) -> ParsedOfficial {
        parse(format!("{HEAD}{rest}").as_bytes())
    }

    #[test]
    fn scores_and_comments_are_read_in_each_form() {
        let text = "scores:\n  oit: 68.28\n  indicators: {9: 86.56, 10: 50}\n  sub_indicators: {9.1: 77.78, 10.2: 0}\n  \
                    grade: B\nitems:\n  O1: {score: 100, comment: ' แนะนำแนบ link ที่ถูกต้อง '}\n  o๒: 0\n  O3: null\n";
        let parsed = read(text);
        assert_eq!(parsed.problems, []);
        let official = parsed.official.unwrap();
        assert_eq!((official.agency.as_str(), official.fiscal_year.buddhist()), ("อบต.ตัวอย่าง", 2563));
        assert_eq!(official.scores.oit, Some(68.28));
        assert_eq!(official.scores.indicators.keys().collect::<Vec<_>>(), ["9", "10"]);
        assert_eq!(official.scores.sub_indicators.get("9.1"), Some(&77.78));
        let items: Vec<_> =
            official.items.iter().map(|(id, item)| (id.as_str(), item.score, item.comment.as_deref())).collect();
        assert_eq!(items, [("O1", 100, Some("แนะนำแนบ link ที่ถูกต้อง")), ("O2", 0, None)]);
    }

    #[test]
    fn each_mistake_has_its_place() {
        let parsed = read(
            "scors: 1\nscores: {oit: 168, iit: many}\nitems:\n  O1: 50\n  ข้อ 5: 100\n  O2: {comment: x}\n  O3: [100]\n  O2: 0\n",
        );
        let found: Vec<(u32, &str)> =
            parsed.problems.iter().map(|p| (p.place.unwrap().line, p.message.as_str())).collect();
        let expected = [
            (4, "unknown key `scors`"),
            (5, "`oit` is a score from 0 to 100, not 168"),
            (5, "expected a number, found the text \"many\""),
            (7, "an item's score is 100 or 0, not 50"),
            (8, "`ข้อ 5` is not an item"),
            (9, "`score` is missing"),
            (10, "expected 100, 0 or {score: …, comment: …}, found a list"),
            (11, "duplicate key `O2`, first on line 9"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_such_file_is_refused_in_words() {
        for (text, message) in [
            (&b""[..], "there is nothing in the file"),
            (b"[1]", "a file of an official result is a map (`key: value` lines), found a list"),
            (b"\xff\xfea\0", "the file is UTF-16, not UTF-8"),
            (b"agency: x\nfiscal_year: 2563\nitems: {}\n", "`source` is missing"),
        ] {
            assert_eq!(parse(text).problems[0].message, message);
        }
        assert!(schema()["required"].as_array().unwrap().len() == 4);
    }
}
