//! What the integration tests share.

pub(crate) mod authority;
pub(crate) mod program;
pub(crate) mod rough_server;
pub(crate) mod tools;
pub(crate) mod website;

/// Whether a character is one of a word.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a text holds a word, or words joined by other characters, not as a part of a longer one.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}
