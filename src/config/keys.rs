//! Spellings: the key that was likely meant, and an item's identifier however it is typed.

use crate::model::ItemId;

/// The keys under `crawl`, for a user who wrote one at the top of the file.
pub(super) const OF_CRAWL: &[&str] = &[
    "requests_per_second",
    "concurrency",
    "timeout",
    "item_timeout",
    "audit_timeout",
    "retries",
    "follow",
    "max_documents",
    "explore",
    "max_body",
    "user_agent",
    "render",
    "ocr",
    "ocr_timeout",
    "allow_private",
    "resolve",
    "extra_ca",
];

/// What to do about an item that is there twice.
pub(super) const KEEP_ONE_ITEM: &str = "keep one of the two; several URLs of one item are written as a list";

/// The known key that an unknown one was most likely meant to be.
pub(super) fn nearest<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    // The longest key has 19 letters; a distance to a whole paragraph would only cost time.
    if key.chars().nth(40).is_some() {
        return None;
    }
    let plain = key.trim().to_lowercase().replace(['-', ' '], "_");
    let letters = plain.chars().count();
    let close = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&plain, known), *known))
        .filter(|(distance, known)| {
            *distance <= (known.len() / 3).max(2).min(letters.saturating_sub(1))
                || (letters > 3 && strsim::jaro_winkler(&plain, known) > 0.88)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known);
    close.or_else(|| {
        let mut part_of = known.iter().filter(|known| plain.len() >= 4 && known.contains(&plain));
        part_of.next().filter(|_| part_of.next().is_none()).copied()
    })
}

/// What to do with a key that belongs in another part of the file.
pub(super) fn elsewhere(key: &str, known: &[&str]) -> Option<String> {
    if known.contains(&"items") {
        if item(key).is_some() {
            return Some("items stand under `items:`, indented".to_owned());
        }
        if known.contains(&"crawl")
            && let Some(key) = OF_CRAWL.iter().find(|of_crawl| **of_crawl == key)
        {
            return Some(format!("`{key}` stands under `crawl:`, indented"));
        }
        if ["iit", "eit"].contains(&key) {
            let under = if known.contains(&"survey") { "survey" } else { "scores" };
            return Some(format!("`{key}` stands under `{under}:`, indented"));
        }
    }
    None
}

/// Names as a message lists them.
pub(super) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The text with Thai and full-width digits as 0 to 9.
pub(super) fn latin_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

fn digit(character: char) -> Option<char> {
    let value = match character {
        '๐'..='๙' => character as u32 - '๐' as u32,
        '０'..='９' => character as u32 - '０' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// An item's identifier in any spelling that can mean only one: `o5`, `O05`, `O๕`, full-width letters.
pub(super) fn item(key: &str) -> Option<ItemId> {
    let latin: String = latin_digits(key.trim())
        .chars()
        .map(|c| match c {
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect();
    latin.parse().ok()
}

/// The identifier that a key which is none most likely stands for.
pub(super) fn likely_item(key: &str) -> Option<ItemId> {
    let latin = latin_digits(key.trim());
    let number = latin.trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = latin[..latin.len() - number.len()].trim_end_matches([' ', '-', '.', '_', '#', '(', '[']);
    let number = number.trim_end_matches([' ', '.', ')', ']']);
    // The Cyrillic, Greek and Thai letters that look like an O, and the Thai word for it.
    let is_o = matches!(before, "" | "O" | "o" | "О" | "о" | "Ο" | "ο" | "๐" | "โอ" | "OIT" | "oit" | "ข้อ" | "ข้อ O");
    is_o.then(|| format!("O{number}").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{item, likely_item, nearest};

    #[test]
    fn the_likely_key_is_found_by_letters_case_and_parts() {
        let known = ["agency", "website", "fiscal_year", "sites", "items", "survey", "crawl", "fail_under"];
        for (typed, meant) in [
            ("webiste", Some("website")),
            ("Website", Some("website")),
            ("fiscal-year", Some("fiscal_year")),
            ("FiscalYear", Some("fiscal_year")),
            ("year", Some("fiscal_year")),
            ("itmes", Some("items")),
            ("agencies", Some("agency")),
            ("site", Some("sites")),
            ("x", None),
            ("หน่วยงาน", None),
            ("colour", None),
        ] {
            assert_eq!(nearest(typed, &known), meant, "{typed}");
        }
    }

    #[test]
    fn an_item_is_read_where_it_can_mean_only_one() {
        for key in ["O5", "o5", "O05", "O๕", "Ｏ５", " O5 "] {
            assert_eq!(item(key).map(|id| id.to_string()).as_deref(), Some("O5"), "{key}");
        }
        for key in ["5", "О5", "O-5", "โอ5", "O 5", "O5.", "ข้อ 5"] {
            assert!(item(key).is_none(), "{key}");
            assert_eq!(likely_item(key).map(|id| id.to_string()).as_deref(), Some("O5"), "{key}");
        }
        for key in ["", "O", "urls", "O5a", "XO5", "O5-O7", "99999999999"] {
            assert!(likely_item(key).is_none() || item(key).is_some(), "{key}");
        }
    }
}
