//! The identifier of an assessed item: letters and a number, ordered by the number.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An item's identifier as the NACC writes it, a letter and a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct ItemId {
    text: String,
    letters: usize,
    number: u32,
}

/// The text is not letters followed by a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an item: write a letter and a number")]
pub struct NotAnItem;

impl ItemId {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number in it.
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl FromStr for ItemId {
    type Err = NotAnItem;

    /// Takes ASCII letters in either case; keeps them as capitals.
    fn from_str(s: &str) -> Result<Self, NotAnItem> {
        let letters = s.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = &s[letters..];
        if letters == 0 || digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnItem);
        }
        let number: u32 = digits.parse().map_err(|_| NotAnItem)?;
        let text = format!("{}{number}", s[..letters].to_ascii_uppercase());
        Ok(Self { text, letters, number })
    }
}

impl TryFrom<String> for ItemId {
    type Error = NotAnItem;

    fn try_from(s: String) -> Result<Self, NotAnItem> {
        s.parse()
    }
}

impl From<ItemId> for String {
    fn from(id: ItemId) -> Self {
        id.text
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Ord for ItemId {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.text[..self.letters], self.number).cmp(&(&other.text[..other.letters], other.number))
    }
}

impl PartialOrd for ItemId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::ItemId;

    #[test]
    fn items_are_ordered_by_number_not_by_text() {
        let id = |s: &str| s.parse::<ItemId>().unwrap();
        assert!(id("O2") < id("O10"));
        assert_eq!(id("o07"), id("O7"));
        for wrong in ["", "O", "7", "O7a", "O-7", "โอ7", "O99999999999"] {
            assert!(wrong.parse::<ItemId>().is_err(), "{wrong}");
        }
    }
}
