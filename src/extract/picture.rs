//! Pictures as they are recognised: grey.

/// A grey picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gray {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its pixels, row by row from the top; 0 is black.
    pub pixels: Vec<u8>,
}

impl Gray {
    /// A picture of these pixels, or nothing where their number is not `width * height` or is zero.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let fits = u64::from(width) * u64::from(height) == pixels.len() as u64;
        (fits && !pixels.is_empty()).then_some(Self { width, height, pixels })
    }
}
