//! A document's text as one flow, with the block that each place of it is from.

use std::ops::Range;

use crate::model::{Block, BlockRole, Document, Unit};

/// Blocks joined by line feeds.
#[derive(Debug, Default)]
pub(super) struct Flow<'a> {
    pub(super) text: String,
    /// It is divided into pages, of which the first say what it is about; sheets and slides say no less one than another.
    pub(super) paged: bool,
    /// Where each block starts, in order.
    starts: Vec<(usize, &'a Block)>,
}

impl<'a> Flow<'a> {
    /// The blocks of a document that a rule keeps.
    pub(super) fn of(document: &'a Document, keep: impl Fn(&Block) -> bool) -> Self {
        let mut flow = Self { paged: Unit::from(document.kind) == Unit::Page, ..Self::default() };
        for block in document.blocks.iter().filter(|block| keep(block)) {
            if !flow.text.is_empty() {
                flow.text.push('\n');
            }
            flow.starts.push((flow.text.len(), block));
            flow.text.push_str(&block.text);
        }
        flow
    }

    /// The blocks in order, each with its place in the text.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (Range<usize>, &'a Block)> {
        self.starts.iter().map(|(start, block)| (*start..start + block.text.len(), *block))
    }

    /// The block at a place.
    pub(super) fn block(&self, at: usize) -> Option<&'a Block> {
        let after = self.starts.partition_point(|(start, _)| *start <= at);
        self.starts.get(after.checked_sub(1)?).map(|(_, block)| *block)
    }

    /// Whether a digit between two places was read without certainty.
    pub(super) fn is_doubtful(&self, at: &Range<usize>) -> bool {
        let first = self.starts.partition_point(|(start, _)| *start <= at.start).saturating_sub(1);
        let touched = self.starts[first..].iter().take_while(|(start, _)| *start < at.end);
        touched.into_iter().any(|(start, block)| {
            let doubtful = block.doubtful.as_deref().unwrap_or_default();
            doubtful
                .iter()
                .any(|range| start + (range.start as usize) < at.end && at.start < start + range.end as usize)
        })
    }
}

/// Whether a block is text of the document and neither a link nor a part of navigation.
pub(super) fn is_text(block: &Block) -> bool {
    !block.chrome && block.role != BlockRole::Anchor
}
