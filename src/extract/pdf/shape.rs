//! Outlines of glyphs, compared: two glyphs of a font that differ only in place and size are forms of one character.

#![expect(clippy::cast_precision_loss, reason = "a number below 20")]

use hayro_font::kurbo::{BezPath, Point, Shape as _};

/// Elements of an outline beyond which it is not compared.
const MAX_ELEMENTS: usize = 200;
/// Points along each side at which outlines are compared.
const SIDE: u32 = 20;

/// An outline, moved and scaled to the unit square.
#[derive(Debug)]
pub(super) struct Shape {
    /// Where it is filled: a row of bits for each of its rows.
    rows: [u32; SIDE as usize],
    /// Its width over its height.
    aspect: f64,
}

impl Shape {
    /// The shape of an outline; nothing where there is none or it is not worth comparing.
    pub(super) fn new(outline: &BezPath) -> Option<Self> {
        let frame = outline.bounding_box();
        let (width, height) = (frame.width(), frame.height());
        if !(width > 1.0 && height > 1.0 && width < 1e5 && height < 1e5) || outline.elements().len() > MAX_ELEMENTS {
            return None;
        }
        let place = |step: usize, size: f64| (step as f64 + 0.5) / f64::from(SIDE) * size;
        let mut rows = [0; SIDE as usize];
        for (y, row) in rows.iter_mut().enumerate() {
            for x in 0..SIDE as usize {
                let point = Point::new(frame.x0 + place(x, width), frame.y0 + place(y, height));
                *row |= u32::from(outline.winding(point) != 0) << x;
            }
        }
        Some(Self { rows, aspect: width / height })
    }

    /// The part of two outlines that is filled in one of them only, from 0 to 1.
    pub(super) fn distance(&self, other: &Self) -> f64 {
        if (self.aspect / other.aspect).ln().abs() > 0.5 {
            return 1.0;
        }
        let count = |both: fn(u32, u32) -> u32| -> u32 {
            self.rows.iter().zip(&other.rows).map(|(a, b)| both(*a, *b).count_ones()).sum()
        };
        f64::from(count(|a, b| a ^ b)) / f64::from(count(|a, b| a | b).max(1))
    }
}

#[cfg(test)]
mod tests {
    use hayro_font::kurbo::{Affine, BezPath};

    use super::Shape;

    #[test]
    fn a_form_moved_and_scaled_is_the_same_shape() {
        let hook = BezPath::from_svg("M0 0 L10 0 L10 4 Q20 10 10 20 L0 20 L6 10 Z").unwrap();
        let stroke = BezPath::from_svg("M0 0 L10 0 L10 20 L0 20 Z").unwrap();
        let [one, other, moved] = [hook.clone(), stroke, Affine::new([30.0, 0.0, 0.0, 27.0, -400.0, 90.0]) * hook]
            .map(|p| Shape::new(&p).unwrap());
        assert!(one.distance(&moved) < 0.05);
        assert!(one.distance(&other) > 0.3);
        assert!(Shape::new(&BezPath::new()).is_none());
    }
}
