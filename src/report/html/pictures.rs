//! Pictures of pages, small enough that a report with one for every item can still be sent by mail.

use std::collections::BTreeMap;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, load_from_memory_with_format};

use crate::model::Report;
use crate::report::Beside;

/// The width of a picture in the report, in pixels: the headings of a page can still be read.
const WIDTH: u32 = 640;
/// The most of its height that is kept: what an assessor sees first.
const HEIGHT: u32 = 800;
/// The quality of the JPEG: text keeps its edges.
const QUALITY: u8 = 62;
/// The most pixels of a picture that is opened; a few bytes may claim more than there is memory for.
const LARGEST: u64 = 64 << 20;

/// A small picture, as JPEG.
#[derive(Debug)]
pub(super) struct Small {
    pub(super) jpeg: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The small pictures, by their names in the report.
pub(super) type Pictures<'a> = BTreeMap<&'a str, Small>;

/// The pictures that a report names: each once, though several items may show it.
pub(super) fn all<'a>(report: &'a Report, beside: &Beside) -> Pictures<'a> {
    let links = report.items.iter().flat_map(|item| item.urls.iter().chain(&item.documents));
    let mut pictures = Pictures::new();
    for name in links.filter_map(|link| link.screenshot.as_deref()) {
        if !pictures.contains_key(name)
            && let Some(small) = beside.pictures.get(name).and_then(|png| small(png))
        {
            pictures.insert(name, small);
        }
    }
    pictures
}

/// The upper part of a picture of a page, made small; nothing if it is no picture that can be read.
fn small(png: &[u8]) -> Option<Small> {
    // Width and height stand at these places of every PNG.
    let side = |at: usize| Some(u64::from(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?)));
    if side(16)? * side(20)? > LARGEST {
        return None;
    }
    let mut whole = load_from_memory_with_format(png, ImageFormat::Png).ok()?;
    let width = u64::from(whole.width().max(1));
    let seen = (u64::from(HEIGHT) * width).div_ceil(width.min(u64::from(WIDTH)));
    let seen = u32::try_from(seen).unwrap_or(u32::MAX).min(whole.height());
    let upper = whole.crop(0, 0, whole.width(), seen);
    let shrunk = if upper.width() > WIDTH { upper.resize(WIDTH, HEIGHT, FilterType::Triangle) } else { upper };
    let picture = DynamicImage::ImageRgb8(shrunk.to_rgb8());
    let mut jpeg = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).ok()?;
    Some(Small { jpeg, width: picture.width(), height: picture.height() })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};

    use super::{HEIGHT, WIDTH, small};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn pictures_become_small_and_keep_their_shape() {
        let of = |width, height| small(&png(width, height)).map(|small| (small.width, small.height)).unwrap();
        assert_eq!(of(1280, 800), (WIDTH, 400));
        assert_eq!(of(1280, 9000), (WIDTH, HEIGHT));
        assert_eq!(of(300, 200), (300, 200));
        assert_eq!(of(1, 2000), (1, HEIGHT));
    }

    #[test]
    fn what_is_no_picture_is_left_out() {
        assert!(small(b"").is_none());
        assert!(small(b"\x89PNG\r\n\x1a\nbroken").is_none());
        let mut huge = png(8, 8);
        huge[16..24].fill(0xff);
        assert!(small(&huge).is_none());
        assert!(small(b"<svg onload=alert(1)>").is_none());
    }
}
