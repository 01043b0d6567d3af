//! Plain text and CSV: a block a line.

use crate::model::{Block, BlockRole, Document, MediaKind, Readability};
use crate::thai;

/// Reads text that has been decoded.
pub(super) fn read(text: &str) -> Document {
    let blocks = text
        .lines()
        .map(thai::normalize)
        .filter(|line| !line.is_empty())
        .map(|text| Block::new(text, BlockRole::Text))
        .collect();
    Document { readability: Readability::Full, blocks, ..Document::unread(MediaKind::Text) }
}
