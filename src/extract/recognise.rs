//! Reads pages that are pictures, one after the other, as long as there is time.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::ocr::{Engine, OcrError};
use super::picture::{self, Gray};
use super::{mend, pdf, sniff};
use crate::model::{Block, MediaKind};

/// Dots per inch at which a page is drawn.
const RESOLUTION: u32 = 300;

/// What was recognised of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recognition {
    /// The pages that were read, also those that show no text.
    pub pages: Vec<u32>,
    /// Their text, page by page.
    pub blocks: Vec<Block>,
    /// The time was used up before all pages were read.
    pub out_of_time: bool,
    /// The time that it took, on the clock.
    pub took: Duration,
}

/// Reads pages of a body in the order that they are given in. A page that cannot be drawn shows no text.
pub(super) fn pages(engine: &Engine, body: &[u8], pages: &[u32], time: Duration) -> Recognition {
    let begun = Instant::now();
    let drawer = Drawer::of(body);
    let mut recognition = Recognition::default();
    for &page in pages {
        let left = time.saturating_sub(begun.elapsed());
        if left.is_zero() {
            recognition.out_of_time = true;
            break;
        }
        match drawer.page(page).map(|picture| engine.recognise(&picture, left)) {
            Some(Ok(mut blocks)) => {
                // tesseract loses marks as a broken file does.
                mend::blocks(&mut blocks);
                recognition.blocks.extend(blocks.into_iter().map(|block| block.on(page)));
            }
            Some(Err(OcrError::Time)) => {
                recognition.out_of_time = true;
                break;
            }
            Some(Err(OcrError::Failed)) | None => {}
        }
        recognition.pages.push(page);
    }
    recognition.took = begun.elapsed();
    recognition
}

/// A body whose pages can be drawn.
enum Drawer<'b> {
    Pdf(pdf::Pages),
    /// The page of a picture is itself.
    Image(&'b [u8]),
    Nothing,
}

impl<'b> Drawer<'b> {
    fn of(body: &'b [u8]) -> Self {
        match sniff::kind(body, None) {
            MediaKind::Pdf => pdf::Pages::open(body).map_or(Self::Nothing, Self::Pdf),
            MediaKind::Image => Self::Image(body),
            _ => Self::Nothing,
        }
    }

    fn page(&self, page: u32) -> Option<Gray> {
        match self {
            Self::Pdf(pages) => pages.picture(page, RESOLUTION),
            Self::Image(body) => picture::decode(body),
            Self::Nothing => None,
        }
    }
}
