//! The picture in place of the emblem: a PNG or JPEG that the user names, looked at with distrust.

use image::ImageFormat;

/// The largest file; an emblem is printed 1.5 cm high.
pub const MAX_BYTES: usize = 5 << 20;
/// The most pixels on a side.
const MOST_PIXELS: u32 = 4000;
/// The height in print in English Metric Units, 360 000 a centimetre: 1.5 cm, as the form has it.
const HEIGHT: u64 = 540_000;
/// The most width: 4 cm.
const MOST_WIDTH: u64 = 1_440_000;

/// Why a file cannot be the emblem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEmblem {
    /// It is larger than [`MAX_BYTES`].
    #[error("it is larger than {} MiB; save the picture smaller: it is printed 1.5 cm high", MAX_BYTES >> 20)]
    TooLarge,
    /// It is no PNG and no JPEG.
    #[error("it is neither PNG nor JPEG; save the picture as one of them")]
    OtherKind,
    /// It has too many pixels.
    #[error("it is {0} x {1} pixels; save it with at most {MOST_PIXELS} on a side: it is printed 1.5 cm high")]
    TooManyPixels(u32, u32),
    /// It cannot be decoded.
    #[error("the picture is broken; open it in a program for pictures and save it again")]
    Broken,
}

/// A picture that is sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emblem {
    bytes: Vec<u8>,
    format: ImageFormat,
    width: u32,
    height: u32,
}

impl Emblem {
    /// Looks whether a file is a picture that Word shows, and how large it is.
    pub fn new(bytes: Vec<u8>) -> Result<Self, NotAnEmblem> {
        if bytes.len() > MAX_BYTES {
            return Err(NotAnEmblem::TooLarge);
        }
        let format = image::guess_format(&bytes).ok();
        let size = match format {
            Some(ImageFormat::Png) => png_size(&bytes),
            Some(ImageFormat::Jpeg) => jpeg_size(&bytes),
            _ => return Err(NotAnEmblem::OtherKind),
        };
        // The size is looked at before the picture is unpacked, which a small file may make very large.
        let (width, height) = size.filter(|(width, height)| *width > 0 && *height > 0).ok_or(NotAnEmblem::Broken)?;
        if width > MOST_PIXELS || height > MOST_PIXELS {
            return Err(NotAnEmblem::TooManyPixels(width, height));
        }
        let format = format.ok_or(NotAnEmblem::OtherKind)?;
        image::load_from_memory_with_format(&bytes, format).map_err(|_| NotAnEmblem::Broken)?;
        Ok(Self { bytes, format, width, height })
    }

    /// The file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The extension of its name in the package.
    pub(super) fn extension(&self) -> &'static str {
        if self.format == ImageFormat::Png { "png" } else { "jpeg" }
    }

    /// Its media type.
    pub(super) fn media_type(&self) -> &'static str {
        if self.format == ImageFormat::Png { "image/png" } else { "image/jpeg" }
    }

    /// The picture in the line of text, 1.5 cm high or as wide as may be.
    pub(super) fn drawing(&self, relationship: &str) -> String {
        let (wide, high) = (u64::from(self.width), u64::from(self.height));
        let (mut width, mut height) = ((HEIGHT * wide / high).max(1), HEIGHT);
        if width > MOST_WIDTH {
            (width, height) = (MOST_WIDTH, (MOST_WIDTH * high / wide).max(1));
        }
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" \
             cy=\"{height}\"/><wp:docPr id=\"1\" name=\"Emblem\" descr=\"ตราของหน่วยงาน\"/><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"1\" name=\"emblem.{}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"{relationship}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
             <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\">\
             <a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            self.extension()
        )
    }
}

/// The size in the header of a PNG.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((side(16)?, side(20)?))
}

/// The size in the frame header of a JPEG.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let short = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        let marker = short(at)?;
        match marker {
            // Fill bytes before a marker.
            0xffff => at += 1,
            // Start of frame; C4, C8 and CC are tables.
            0xffc0..=0xffcf if !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc) => {
                return Some((short(at + 7)?.into(), short(at + 5)?.into()));
            }
            0xff01..=0xfffe => at += 2 + usize::from(short(at + 2)?),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};

    use super::{Emblem, MAX_BYTES, NotAnEmblem};

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn sound_pictures_are_taken_and_keep_their_shape() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let emblem = Emblem::new(picture(100, 200, format)).unwrap();
            assert_eq!((emblem.width, emblem.height), (100, 200));
            assert!(emblem.drawing("r").contains("cx=\"270000\" cy=\"540000\""));
            let wide = Emblem::new(picture(2000, 10, format)).unwrap().drawing("r");
            assert!(wide.contains("cx=\"1440000\" cy=\"7200\""), "{wide}");
        }
    }

    #[test]
    fn what_is_no_picture_is_refused_with_what_to_do() {
        let png = picture(10, 10, ImageFormat::Png);
        let mut bomb = png.clone();
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        let cut = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
        for (bytes, why) in [
            (Vec::new(), NotAnEmblem::OtherKind),
            (b"<svg/>".to_vec(), NotAnEmblem::OtherKind),
            (picture(9, 9, ImageFormat::Gif), NotAnEmblem::OtherKind),
            (cut(&png), NotAnEmblem::Broken),
            (cut(&picture(99, 99, ImageFormat::Jpeg)), NotAnEmblem::Broken),
            (png[..10].to_vec(), NotAnEmblem::Broken),
            (b"\xff\xd8\xff\xff".to_vec(), NotAnEmblem::Broken),
            (bomb, NotAnEmblem::TooManyPixels(60_000, 10)),
            (vec![0; MAX_BYTES + 1], NotAnEmblem::TooLarge),
        ] {
            assert_eq!(Emblem::new(bytes).unwrap_err(), why);
        }
    }
}
