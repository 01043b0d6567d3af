//! Recognises an answer that was meant to keep robots out, by its headers and its body. What they look like is data:
//! `config/walls.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use reqwest::header::HeaderMap;
use serde::Deserialize;

const SOURCE: &str = include_str!("../../config/walls.yaml");

/// Bytes that the page of a wall has at most; what is longer is not looked into.
const LONGEST_WALL: usize = 64 * 1024;

/// Links that the page of a wall has at most: to who made it, to help, to the way back.
const LINKS_OF_A_WALL: usize = 10;

static WALLS: LazyLock<Result<Walls, String>> = LazyLock::new(|| Walls::parse(SOURCE));

/// One way in which visitors are turned away, as in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    on: Vec<u16>,
    #[serde(default)]
    headers: Vec<String>,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default = "longest_wall")]
    most: usize,
    source: String,
    status: Knowledge,
}

/// How well an entry is known.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Knowledge {
    /// By who makes it.
    Documented,
    /// From published copies of the answer.
    Observed,
    /// By nobody.
    Unverified,
}

fn longest_wall() -> usize {
    LONGEST_WALL
}

struct Walls {
    entries: Vec<Wall>,
    /// Finds, in lower case, what stands on the page of every wall that is known by its page, and on hardly any other.
    keys: AhoCorasick,
    /// Finds the marks of all entries in one pass.
    marks: AhoCorasick,
}

/// An entry with its marks by number.
struct Wall {
    name: String,
    on: Vec<u16>,
    headers: Vec<(String, String)>,
    all: Vec<usize>,
    any: Vec<usize>,
    most: usize,
}

impl Walls {
    fn parse(yaml: &str) -> Result<Self, String> {
        let entries: Vec<Entry> = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut number = |marks: Vec<String>| -> Vec<usize> {
            marks
                .into_iter()
                .map(|mark| {
                    let next = numbers.len();
                    *numbers.entry(mark).or_insert(next)
                })
                .collect()
        };
        let mut walls = Vec::with_capacity(entries.len());
        let mut keys = Vec::new();
        for Entry { name, on, headers, all, any, most, source, status } in entries {
            if source.is_empty() || (headers.is_empty() && all.is_empty() && any.is_empty()) {
                return Err(format!("{name} says nothing, or not where it is from"));
            }
            if matches!(status, Knowledge::Unverified) && most >= LONGEST_WALL {
                return Err(format!("{name} is not verified and must be limited to short bodies"));
            }
            let headers = headers.iter().map(|header| match header.split_once(':') {
                Some((key, words)) => (key.trim().to_owned(), words.trim().to_ascii_lowercase()),
                None => (header.trim().to_owned(), String::new()),
            });
            let headers = headers.collect();
            keys.extend(telling(&all, &any).into_iter().map(|mark| mark.to_ascii_lowercase()));
            walls.push(Wall { name, on, headers, all: number(all), any: number(any), most });
        }
        let mut marks: Vec<(usize, String)> = numbers.into_iter().map(|(mark, number)| (number, mark)).collect();
        marks.sort_unstable();
        let marks = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(marks.iter().map(|(_, mark)| mark))
            .map_err(|error| error.to_string())?;
        let keys = AhoCorasick::new(keys).map_err(|error| error.to_string())?;
        Ok(Self { entries: walls, keys, marks })
    }

    fn recognise(&self, status: u16, headers: &HeaderMap, body: &[u8]) -> Option<&str> {
        let mut seen = None;
        let wall = self.entries.iter().find(|wall| {
            if !wall.could_be(status, headers) {
                return false;
            }
            if wall.all.is_empty() && wall.any.is_empty() {
                return true;
            }
            if body.len() > wall.most {
                return false;
            }
            let seen: &BTreeSet<usize> = seen.get_or_insert_with(|| self.marks_of(body));
            wall.all.iter().all(|mark| seen.contains(mark))
                && (wall.any.is_empty() || wall.any.iter().any(|mark| seen.contains(mark)))
        })?;
        Some(&wall.name)
    }

    fn marks_of(&self, body: &[u8]) -> BTreeSet<usize> {
        // Nearly every page is no wall, and this finds it out many times quicker.
        if has_links(body) || !self.keys.is_match(&body.to_ascii_lowercase()) {
            return BTreeSet::new();
        }
        self.marks.find_overlapping_iter(body).map(|m| m.pattern().as_usize()).collect()
    }
}

/// Whether a body has as many links as the page of a website and as no wall has.
fn has_links(body: &[u8]) -> bool {
    let opens =
        |at: &usize| matches!(body.get(at + 1..at + 3), Some([b'a' | b'A', after]) if after.is_ascii_whitespace());
    memchr::memchr_iter(b'<', body).filter(opens).nth(LINKS_OF_A_WALL).is_some()
}

/// Of an entry's marks, those of which one stands on each of its pages and which are the least common on others: the
/// longest of `all`, or `any` if the shortest of them is longer.
fn telling<'m>(all: &'m [String], any: &'m [String]) -> Vec<&'m String> {
    let longest = all.iter().max_by_key(|mark| mark.len());
    let shortest = any.iter().map(String::len).min();
    match longest {
        Some(longest) if shortest.is_none_or(|shortest| longest.len() >= shortest) => vec![longest],
        _ => any.iter().collect(),
    }
}

impl Wall {
    fn could_be(&self, status: u16, headers: &HeaderMap) -> bool {
        let has = |(name, words): &(String, String)| {
            headers.get(name).is_some_and(|value| {
                words.is_empty()
                    || value.to_str().is_ok_and(|value| value.to_ascii_lowercase().contains(words.as_str()))
            })
        };
        (self.on.is_empty() || self.on.contains(&status)) && self.headers.iter().all(has)
    }
}

/// Who turned the visitor away by this answer, if somebody did.
pub(super) fn recognise(status: u16, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let walls = WALLS.as_ref().ok()?;
    let body = if body.len() > LONGEST_WALL { &[] } else { body };
    walls.recognise(status, headers, body).map(str::to_owned)
}

#[cfg(test)]
#[path = "challenge_tests.rs"]
mod tests;
