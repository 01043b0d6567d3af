//! What a page draws: its glyphs with their places, in the order drawn, and how much of it pictures cover.

#![expect(
    clippy::cast_possible_truncation,
    reason = "places on a page, in points, are far from the limits of their types, and conversions saturate"
)]

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{
    ACTUAL_TEXT, ANNOTS, AP, AS, BBOX, F, FONT, HEIGHT, MATRIX, N, RECT, RESOURCES, SUBTYPE, WIDTH,
};
use hayro_syntax::object::{self, Array, Dict, Name, Object, Stream, dict_or_stream};
use hayro_syntax::page::{Page, Resources};

use super::faces::Faces;
use super::font::Kind;
use super::glyph::{ACTUAL, Drawn, Glyph, place};
use super::stream;

/// Forms inside forms beyond which none is drawn.
const MAX_DEPTH: usize = 12;
/// Operators of a page that are followed.
const MAX_OPERATORS: u32 = 3_000_000;
/// Operators of a page that is still drawn as a picture.
const MAX_DRAWN: u32 = 400_000;
/// Glyphs of a page that are kept.
const MAX_GLYPHS: usize = 200_000;
/// Graphics states that are stacked.
const MAX_STATES: usize = 512;
/// Characters of one replacement text that are kept.
const MAX_ACTUAL: usize = 10_000;
/// Dots of a picture that is unpacked.
const MAX_DOTS: u64 = 120_000_000;
/// Bytes that a picture unpacks to.
const MAX_PICTURE: usize = 200 * 1024 * 1024;
#[derive(Clone)]
struct State {
    ctm: Affine,
    font: Option<u16>,
    size: f64,
    char_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    hidden: bool,
}

struct Reader<'r, 'a> {
    faces: &'r mut Faces<'a>,
    drawn: Drawn,
    states: Vec<State>,
    state: State,
    matrix: Affine,
    line: Affine,
    /// For each open marked content: where the glyphs began and the text that replaces them.
    marked: Vec<(usize, Option<String>)>,
    operators: u32,
    page: Rect,
    weigh: bool,
}

/// Reads what a page draws, and how large its pictures would be if `weigh` is set.
pub(super) fn read<'a>(page: &Page<'a>, faces: &mut Faces<'a>, weigh: bool) -> Drawn {
    let (width, height) = page.render_dimensions();
    let ctm = Affine::new(page.initial_transform(true).as_coeffs());
    let state = State {
        ctm,
        font: None,
        size: 1.0,
        char_space: 0.0,
        word_space: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
        hidden: false,
    };
    let mut reader = Reader {
        faces,
        drawn: Drawn { size: (width, height), ..Drawn::default() },
        states: Vec::new(),
        state,
        matrix: Affine::IDENTITY,
        line: Affine::IDENTITY,
        marked: Vec::new(),
        operators: 0,
        page: Rect::new(0.0, 0.0, width.into(), height.into()),
        weigh,
    };
    if let Some(content) = stream::of_page(page.raw()) {
        reader.drawn.cut = content.cut;
        reader.run(&content.bytes, page.resources(), 0);
    }
    reader.annotations(page);
    // Drawing it all would take too long.
    reader.drawn.heavy |= reader.operators > MAX_DRAWN;
    reader.drawn
}

impl<'a> Reader<'_, 'a> {
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize) {
        let states = self.states.len();
        let marked = self.marked.len();
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS || self.drawn.glyphs.len() > MAX_GLYPHS {
                self.drawn.cut = true;
                break;
            }
            match operator {
                TypedInstruction::SaveState(_) if self.states.len() < MAX_STATES => {
                    self.states.push(self.state.clone());
                }
                TypedInstruction::RestoreState(_) if self.states.len() > states => {
                    if let Some(state) = self.states.pop() {
                        self.state = state;
                    }
                }
                TypedInstruction::Transform(t) => {
                    let by = [t.0, t.1, t.2, t.3, t.4, t.5].map(|number| number.as_f64());
                    self.state.ctm *= Affine::new(by);
                }
                TypedInstruction::BeginText(_) => (self.matrix, self.line) = (Affine::IDENTITY, Affine::IDENTITY),
                TypedInstruction::SetTextMatrix(m) => {
                    self.matrix = Affine::new([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64()));
                    self.line = self.matrix;
                }
                TypedInstruction::NextLine(n) => self.next_line(n.0.as_f64(), n.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(n) => {
                    self.state.leading = -n.1.as_f64();
                    self.next_line(n.0.as_f64(), n.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
                TypedInstruction::TextFont(f) => {
                    self.state.size = f.1.as_f64();
                    self.state.font = resources.get_font(f.0).and_then(|dict| self.faces.number(&dict));
                }
                TypedInstruction::SetGraphicsState(name) => self.graphics_state(resources, name.0),
                TypedInstruction::CharacterSpacing(c) => self.state.char_space = c.0.as_f64(),
                TypedInstruction::WordSpacing(w) => self.state.word_space = w.0.as_f64(),
                TypedInstruction::HorizontalScaling(h) => self.state.scale = h.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(l) => self.state.leading = l.0.as_f64(),
                TypedInstruction::TextRise(r) => self.state.rise = r.0.as_f64(),
                TypedInstruction::TextRenderingMode(m) => self.state.hidden = m.0.as_i64() == 3,
                TypedInstruction::ShowText(s) => self.show(s.0.as_bytes()),
                TypedInstruction::NextLineAndShowText(s) => {
                    self.next_line(0.0, -self.state.leading);
                    self.show(s.0.as_bytes());
                }
                TypedInstruction::ShowTextWithParameters(s) => {
                    (self.state.word_space, self.state.char_space) = (s.0.as_f64(), s.1.as_f64());
                    self.next_line(0.0, -self.state.leading);
                    self.show(s.2.as_bytes());
                }
                TypedInstruction::ShowTexts(s) => {
                    for object in s.0.iter::<Object<'_>>() {
                        match object {
                            Object::Number(number) => self.adjust(number.as_f64()),
                            Object::String(text) => self.show(text.as_bytes()),
                            _ => {}
                        }
                    }
                }
                TypedInstruction::BeginMarkedContent(_) => self.marked.push((self.drawn.glyphs.len(), None)),
                TypedInstruction::BeginMarkedContentWithProperties(b) => {
                    let named = b.1.clone().into_name().and_then(|name| resources.properties.get::<Dict<'_>>(name));
                    let text = match &named {
                        Some(properties) => actual_text(properties),
                        None => dict_or_stream(b.1).and_then(|(properties, _)| actual_text(properties)),
                    };
                    self.marked.push((self.drawn.glyphs.len(), text));
                }
                TypedInstruction::EndMarkedContent(_) if self.marked.len() > marked => self.end_marked(),
                TypedInstruction::XObject(x) => {
                    if let Some(stream) = resources.get_x_object(x.0) {
                        self.object(&stream, resources, depth);
                    }
                }
                TypedInstruction::InlineImage(_) => self.picture(0),
                TypedInstruction::CubicTo(_) | TypedInstruction::CubicStartTo(_) | TypedInstruction::CubicEndTo(_) => {
                    self.drawn.curves = self.drawn.curves.saturating_add(1);
                }
                _ => {}
            }
        }
        while self.marked.len() > marked {
            self.end_marked();
        }
        if self.states.len() > states {
            self.state = self.states[states].clone();
            self.states.truncate(states);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.matrix = self.line;
    }

    fn graphics_state(&mut self, resources: &Resources<'a>, name: &Name<'_>) {
        let font = resources.get_ext_g_state(name).and_then(|state| state.get::<Array<'a>>(FONT));
        if let Some(font) = font {
            let mut items = font.flex_iter();
            if let Some(dict) = items.next::<Dict<'a>>() {
                self.state.font = self.faces.number(&dict);
                self.state.size = items.next::<f64>().unwrap_or(self.state.size);
            }
        }
    }

    fn adjust(&mut self, by: f64) {
        let along = -by / 1000.0 * self.state.size;
        let down = self.state.font.is_some_and(|font| !self.faces.all[font as usize].is_horizontal());
        let (x, y) = if down { (0.0, along) } else { (along * self.state.scale, 0.0) };
        self.matrix *= Affine::translate((x, y));
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(number) = self.state.font else {
            self.drawn.cut = true;
            return;
        };
        let state = &self.state;
        let placed = Affine::new([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]);
        let face = &mut self.faces.all[number as usize];
        let horizontal = face.is_horizontal();
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = face.next_code(bytes, at);
            at += length.max(1);
            let number_of = face.show(code);
            let entry = &face.entries[number_of as usize];
            let whole = state.ctm * self.matrix * placed;
            let advance = f64::from(entry.advance);
            if let Some(glyph) = place(whole, advance, self.page) {
                let (font, hidden) = (number, state.hidden);
                self.drawn.glyphs.push(Glyph { font, entry: number_of, kind: entry.kind, hidden, ..glyph });
            }
            let word = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let space = state.char_space + word;
            let by = if horizontal {
                ((advance * state.size + space) * state.scale, 0.0)
            } else {
                (0.0, f64::from(face.advance_down(code)) * state.size + space)
            };
            self.matrix *= Affine::translate(by);
        }
    }

    fn end_marked(&mut self) {
        let Some((start, Some(text))) = self.marked.pop() else { return };
        let drawn = &mut self.drawn;
        let Some(first) = drawn.glyphs.get(start).copied() else { return };
        let last = drawn.glyphs[start..].iter().rfind(|glyph| (glyph.y - first.y).abs() < first.size);
        let end = last.map_or(first.end, |last| last.end.max(first.end));
        drawn.glyphs.truncate(start);
        if text.is_empty() {
            return;
        }
        let kind = if text.chars().all(char::is_whitespace) { Kind::Blank } else { Kind::Base };
        let entry = u32::try_from(drawn.actual.len()).unwrap_or(0);
        drawn.actual.push(text);
        drawn.glyphs.push(Glyph { font: ACTUAL, entry, kind, end, ..first });
    }

    fn object(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        let dict = stream.dict();
        match dict.get::<Name<'_>>(SUBTYPE).as_deref() {
            Some(b"Image") => {
                // A dot or a line is no picture.
                let (width, height) = (dict.get::<u32>(WIDTH).unwrap_or(0), dict.get::<u32>(HEIGHT).unwrap_or(0));
                if width > 16 && height > 16 {
                    self.picture(width);
                }
                if self.weigh {
                    let dots = u64::from(width) * u64::from(height);
                    self.drawn.heavy |= dots > MAX_DOTS || !stream::is_within(stream, MAX_PICTURE);
                }
            }
            Some(b"Form") if depth < MAX_DEPTH => {
                let content = stream::content(stream);
                self.drawn.cut |= content.cut;
                let own = dict.get::<Dict<'a>>(RESOURCES).map(Resources::new);
                let state = self.state.clone();
                self.state.ctm *= Affine::new(dict.get::<[f64; 6]>(MATRIX).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
                let text = (self.matrix, self.line);
                self.run(&content.bytes, own.as_ref().unwrap_or(resources), depth + 1);
                (self.matrix, self.line) = text;
                self.state = state;
            }
            _ => {}
        }
    }

    /// Counts the unit square, in which a picture of so many dots a row is drawn.
    fn picture(&mut self, width: u32) {
        let shown = self.state.ctm.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)).intersect(self.page);
        let part = (shown.area() / self.page.area().max(1.0)) as f32;
        if !part.is_finite() {
            return;
        }
        self.drawn.pictures = self.drawn.pictures.saturating_add(1);
        self.drawn.covered += part;
        if part >= self.drawn.largest {
            let [a, b, ..] = self.state.ctm.as_coeffs();
            let dots = (f64::from(width) / a.hypot(b)) as f32;
            (self.drawn.largest, self.drawn.dots) = (part, if dots.is_finite() { dots } else { 0.0 });
        }
    }

    /// The texts of form fields and of notes written on the page.
    fn annotations(&mut self, page: &Page<'a>) {
        let annotations = page.raw().get::<Array<'a>>(ANNOTS);
        for annotation in annotations.iter().flat_map(Array::iter::<Dict<'a>>).take(2_000) {
            // Hidden, or not to be seen.
            if annotation.get::<u32>(F).unwrap_or(0) & 0x22 != 0 {
                continue;
            }
            let look = annotation.get::<Dict<'a>>(AP).and_then(|looks| looks.get::<Object<'a>>(N));
            let stream = match look {
                Some(Object::Stream(stream)) => Some(stream),
                Some(Object::Dict(states)) => annotation.get::<Name<'_>>(AS).and_then(|s| states.get::<Stream<'a>>(s)),
                _ => None,
            };
            let (Some(stream), Some(rect)) = (stream, annotation.get::<object::Rect>(RECT)) else { continue };
            let dict = stream.dict();
            let Some(shape) = dict.get::<object::Rect>(BBOX) else { continue };
            let matrix = Affine::new(dict.get::<[f64; 6]>(MATRIX).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
            let shape = matrix.transform_rect_bbox(Rect::new(shape.x0, shape.y0, shape.x1, shape.y1));
            let (x, y) = ((rect.x1 - rect.x0) / shape.width(), (rect.y1 - rect.y0) / shape.height());
            if !(x.is_finite() && y.is_finite()) {
                continue;
            }
            let state = self.state.clone();
            self.state.ctm *= Affine::new([x, 0.0, 0.0, y, rect.x0 - x * shape.x0, rect.y0 - y * shape.y0]);
            self.object(&stream, page.resources(), 1);
            self.state = state;
        }
    }
}

fn actual_text(properties: &Dict<'_>) -> Option<String> {
    let text = properties.get::<object::String<'_>>(ACTUAL_TEXT)?;
    let text = super::info::text(text.as_bytes());
    (text.chars().count() <= MAX_ACTUAL && !text.contains('\u{FFFD}'))
        .then(|| text.chars().map(super::names::plain).filter(|&c| !super::names::is_void(c)).collect())
}
