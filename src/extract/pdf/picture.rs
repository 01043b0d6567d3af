//! A page as a picture, for recognising its text.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a share of 255, or of a bounded number of dots"
)]

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, SoftMask, interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::content;
use super::faces::Faces;
use super::stream;
use crate::extract::picture::Gray;

/// Pixels of a picture, at most; a larger page is drawn at a lower resolution.
const MAX_PIXELS: f32 = 20_000_000.0;
/// Pixels of a scan that is taken as it is.
const MAX_SCAN: u64 = 20_000_000;
/// Glyphs of a page that is drawn.
const MAX_GLYPHS: usize = 60_000;
/// Pixels along a side.
const MAX_SIDE: f32 = 16_000.0;
/// The part of a page that a scan covers.
const SCAN: f32 = 0.5;
/// Points in an inch.
const INCH: f32 = 72.0;

/// A file whose pages can be drawn.
pub struct Pages(Pdf);

impl Pages {
    /// Opens a file; nothing for one that cannot be read.
    pub fn open(bytes: &[u8]) -> Option<Self> {
        Pdf::new(bytes.to_vec()).ok().map(Self)
    }

    /// A page, counted from 1, as a grey picture of `dpi` dots an inch; fewer where it would have more than 20 million.
    ///
    /// A page that is one scanned picture is that picture, in its own resolution: scaling it would blur it. Nothing for a
    /// page that does not exist.
    pub fn picture(&self, page: u32, dpi: u32) -> Option<Gray> {
        let page = self.0.pages().get(usize::try_from(page).ok()?.checked_sub(1)?)?;
        let mut faces = Faces::new();
        let drawn = content::read(page, &mut faces, true);
        // The library would take it all.
        if drawn.glyphs.len() > MAX_GLYPHS || drawn.heavy || faces.unsound || !stream::is_modest(page.raw()) {
            return None;
        }
        let glyphs = drawn.glyphs.iter().filter(|glyph| !glyph.hidden).count();
        if drawn.pictures == 1
            && drawn.largest >= SCAN
            && glyphs < 100
            && let Some(scan) = scan(page)
        {
            return Some(scan);
        }
        // A scan in strips is drawn dot by dot.
        let wanted = if drawn.covered >= SCAN && drawn.dots > 0.0 { drawn.dots * INCH } else { dpi as f32 };
        let (width, height) = page.render_dimensions();
        let (width, height) = (width.max(1.0), height.max(1.0));
        let bound = (MAX_PIXELS / (width * height)).sqrt().min(MAX_SIDE / width.max(height));
        let scale = (wanted.clamp(50.0, 600.0) / INCH).min(bound);
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let cache = RenderCache::new();
        let drawn = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
        let pixels = drawn.data().iter().map(|pixel| luma(pixel.r, pixel.g, pixel.b)).collect();
        Gray::new(drawn.width().into(), drawn.height().into(), pixels)
    }
}

/// The brightness of a colour, by the weights of ITU-R BT.601.
fn luma(r: u8, g: u8, b: u8) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000) as u8
}

/// The picture that a page consists of, where it stands upright on it.
fn scan(page: &Page<'_>) -> Option<Gray> {
    let cache = InterpreterCache::new();
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(transform, area, &cache, page.xref(), InterpreterSettings::default());
    let mut catch = Catch { area: area.area(), found: None };
    interpret_page(page, &mut context, &mut catch);
    catch.found
}

/// Takes the picture that covers the page.
struct Catch {
    area: f64,
    found: Option<Gray>,
}

impl Device<'_> for Catch {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let (width, height) = (image.width(), image.height());
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let shown = a * f64::from(width) * d * f64::from(height);
        // Neither turned nor mirrored nor squeezed.
        let upright = a > 0.0 && d > 0.0 && b.abs() < 0.001 * a && c.abs() < 0.001 * d && (a / d - 1.0).abs() < 0.05;
        let pixels = u64::from(width) * u64::from(height);
        let small = pixels <= MAX_SCAN;
        if !upright || shown < f64::from(SCAN) * self.area || !small || width < 300 {
            return;
        }
        let found = &mut self.found;
        match image {
            Image::Raster(image) => image.with_rgba(|image, alpha| *found = gray(image, alpha), None),
            // Where it is not painted, the page shows.
            Image::Stencil(image) => image.with_stencil(
                |mask, _| {
                    let pixels = mask.data.iter().map(|ink| 255 - ink).collect();
                    *found = Gray::new(mask.width, mask.height, pixels);
                },
                None,
            ),
        }
    }
}

fn gray(image: ImageData, alpha: Option<LumaData>) -> Option<Gray> {
    let (width, height) = (image.width(), image.height());
    let mut pixels = match image {
        ImageData::Luma(image) => image.data,
        ImageData::Rgb(image) => image.data.as_chunks::<3>().0.iter().map(|[r, g, b]| luma(*r, *g, *b)).collect(),
    };
    if let Some(alpha) = alpha {
        if (alpha.width, alpha.height) != (width, height) {
            return None;
        }
        for (pixel, alpha) in pixels.iter_mut().zip(alpha.data) {
            let (ink, alpha) = (u32::from(255 - *pixel), u32::from(alpha));
            *pixel = 255 - (ink * alpha / 255) as u8;
        }
    }
    Gray::new(width, height, pixels)
}
