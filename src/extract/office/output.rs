//! What the readers of office formats write to: blocks and links, bounded.

use url::Url;

use crate::model::{Block, BlockRole, Document, MediaKind, PageLink, ReadNote, Readability};
use crate::thai;

/// Bytes of text that are kept of one document: some 5000 pages.
const MAX_TEXT: usize = 16 << 20;
/// Blocks that are kept of one document.
const MAX_BLOCKS: usize = 300_000;
/// Links that are kept of one document.
const MAX_LINKS: usize = 10_000;
/// A row of a table is one block as far as this many bytes, so that a law's year stands beside the law's name. Longer
/// rows are the layout of a page, and each paragraph is a block.
const MAX_ROW: usize = 1500;

/// A document being read.
#[derive(Debug)]
pub(super) struct Output {
    blocks: Vec<Block>,
    links: Vec<PageLink>,
    room: usize,
    /// The slide or sheet that blocks belong to.
    pub(super) page: u32,
    /// Blocks belong to headers and footers.
    pub(super) chrome: bool,
    /// Something was left out.
    pub(super) cut: bool,
    /// Something was broken.
    pub(super) damaged: bool,
}

impl Output {
    pub(super) fn new() -> Self {
        Self {
            blocks: Vec::new(),
            links: Vec::new(),
            room: MAX_TEXT,
            page: 0,
            chrome: false,
            cut: false,
            damaged: false,
        }
    }

    /// No more can be taken.
    pub(super) fn is_full(&self) -> bool {
        self.cut
    }

    /// No block was written.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Writes a block; white space alone is none.
    pub(super) fn block(&mut self, role: BlockRole, text: &str) {
        if text.len() > self.room || self.blocks.len() >= MAX_BLOCKS {
            self.cut = true;
            return;
        }
        let text = thai::normalize(text);
        if text.is_empty() {
            return;
        }
        self.room -= text.len();
        self.blocks.push(Block { page: self.page, chrome: self.chrome, ..Block::new(text, role) });
    }

    /// Writes a row of a table: its paragraphs, cell by cell.
    pub(super) fn row(&mut self, paragraphs: &[String]) {
        if paragraphs.iter().map(String::len).sum::<usize>() > MAX_ROW {
            for paragraph in paragraphs {
                self.block(BlockRole::Cell, paragraph);
            }
        } else {
            self.block(BlockRole::Cell, &paragraphs.join("  "));
        }
    }

    /// Writes a link, where it leads to the web.
    pub(super) fn link(&mut self, address: &str, text: &str) {
        let Ok(mut url) = Url::parse(address.trim()) else {
            return;
        };
        if !matches!(url.scheme(), "http" | "https") || self.links.len() >= MAX_LINKS || address.len() > self.room {
            return;
        }
        self.room -= address.len();
        url.set_fragment(None);
        let text = if text.len() > MAX_ROW { String::new() } else { thai::normalize(text) };
        self.links.push(PageLink { url, text, around: String::new(), path: 0, chrome: self.chrome });
    }

    /// Headers and footers are often the same of every section.
    fn drop_repeated_chrome(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        self.blocks.retain(|block| !block.chrome || seen.insert((block.page, block.text.clone())));
    }

    /// The document. One of which nothing was read is not readable, unless it is whole and empty.
    pub(super) fn finish(mut self, kind: MediaKind) -> Document {
        self.drop_repeated_chrome();
        let mut document = Document::unread(kind);
        document.readability = match (self.damaged || self.cut, self.blocks.is_empty()) {
            (true, true) => Readability::None,
            (true, false) => Readability::Partial,
            (false, _) => Readability::Full,
        };
        if self.damaged {
            document.notes.push(ReadNote::Damaged);
        }
        if self.cut {
            document.notes.push(ReadNote::TooCostly);
        }
        document.blocks = self.blocks;
        document.links = self.links;
        document
    }
}
