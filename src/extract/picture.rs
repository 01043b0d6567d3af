//! Pictures as grey pixels: what scans, photographs and screenshots are read from.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageReader, Limits};

/// Pixels of the largest picture that is decoded: A3 at 400 dpi has 31 million.
const MAX_PIXELS: u64 = 40_000_000;
/// Bytes that a decoder may take for the pixels.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A picture in shades of grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gray {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The rows from the top, each from the left; 0 is black, 255 white. Their number is `width * height`.
    pub pixels: Vec<u8>,
}

impl Gray {
    /// A picture of these pixels, or nothing where their number is not `width * height` or is zero.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let fits = u64::from(width) * u64::from(height) == pixels.len() as u64;
        (fits && !pixels.is_empty()).then_some(Self { width, height, pixels })
    }

    /// A row of pixels; empty below the last.
    pub(super) fn row(&self, y: u32) -> &[u8] {
        let width = self.width as usize;
        self.pixels.get(y as usize * width..(y as usize + 1) * width).unwrap_or_default()
    }
}

/// The picture of a PNG, JPEG, GIF (its first), BMP, TIFF (its first) or WebP file: upright as its camera meant it, and
/// what is transparent on white. Nothing where it is damaged, of another format, or too large to be worth its memory.
pub fn decode(bytes: &[u8]) -> Option<Gray> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_BYTES {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image = DynamicImage::ImageLuma8(grey(image));
    image.apply_orientation(orientation);
    let image = image.into_luma8();
    Gray::new(image.width(), image.height(), image.into_raw())
}

/// The brightness of each pixel, on white where it is transparent.
fn grey(image: DynamicImage) -> image::GrayImage {
    match image {
        DynamicImage::ImageLuma8(grey) => grey,
        DynamicImage::ImageRgb8(colour) => image::GrayImage::from_fn(colour.width(), colour.height(), |x, y| {
            let [red, green, blue] = colour.get_pixel(x, y).0;
            image::Luma([brightness(red, green, blue)])
        }),
        other => image::GrayImage::from_fn(other.width(), other.height(), |x, y| {
            let [red, green, blue, alpha] = other.get_pixel(x, y).0;
            let ink = u32::from(255 - brightness(red, green, blue)) * u32::from(alpha) / 255;
            image::Luma([u8::try_from(255 - ink).unwrap_or(0)])
        }),
    }
}

/// The luma of ITU-R BT.601.
fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from((sum + 500) / 1000).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};

    use super::decode;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_transparent_is_white() {
        let clear = RgbaImage::from_fn(3, 2, |x, _| image::Rgba([0, 0, 0, if x == 0 { 255 } else { 0 }]));
        let picture = decode(&encoded(&clear.into(), ImageFormat::Png)).unwrap();
        assert_eq!((picture.width, picture.height), (3, 2));
        assert_eq!(picture.pixels, [0, 255, 255, 0, 255, 255]);
    }

    #[test]
    fn a_photograph_is_turned_as_its_camera_was() {
        let upper_dark = RgbImage::from_fn(16, 8, |_, y| image::Rgb(if y < 4 { [0; 3] } else { [255; 3] }));
        let mut jpeg = encoded(&upper_dark.into(), ImageFormat::Jpeg);
        assert_eq!(decode(&jpeg).map(|picture| (picture.width, picture.height)), Some((16, 8)));
        // EXIF with one entry: orientation 6, to be turned to the right.
        let exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        jpeg.splice(2..2, exif.iter().copied());
        let picture = decode(&jpeg).unwrap();
        assert_eq!((picture.width, picture.height), (8, 16));
        assert!(picture.pixels[0] > 128 && picture.pixels[7] < 128);
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_nothing() {
        assert_eq!(decode(b"%PDF-1.7"), None);
        let png = encoded(&DynamicImage::new_luma8(4, 4), ImageFormat::Png);
        assert_eq!(decode(&png[..png.len() / 2]), None);
        // A bitmap whose head promises 60,000 by 60,000 pixels.
        let mut bitmap = encoded(&DynamicImage::new_rgb8(4, 4), ImageFormat::Bmp);
        bitmap[18..26].copy_from_slice(&[0x60, 0xEA, 0, 0, 0x60, 0xEA, 0, 0]);
        assert_eq!(decode(&bitmap), None);
    }
}
