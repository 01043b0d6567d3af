//! The classifier of digits: a small convolutional network, its weights trained by `config/digits/train.py`.

use std::sync::LazyLock;

use super::glyph::{Glyph, SIDE};

/// The weights as `train.py` writes them: `DIG1`, the temperature, then of each of the four layers the number of inputs
/// and of outputs, a scale and a bias for each output, and the weights in 8 bits, those of an output together.
static WEIGHTS: &[u8] = include_bytes!("../../../config/digits/weights.bin");

/// ๐–๙, 0–9, and all that is no digit.
const CLASSES: usize = 21;
/// The sides of the maps after the first and the second halving.
const HALF: usize = SIDE / 2;
const QUARTER: usize = SIDE / 4;

/// What the classifier makes of a glyph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// How likely it is a digit of this value, Thai or Arabic.
    pub(super) values: [f32; 10],
    /// How likely it is a Thai digit, and how likely an Arabic one.
    pub(super) thai: f32,
    pub(super) arabic: f32,
    /// How likely it is anything else.
    pub(super) other: f32,
}

impl Reading {
    /// The most likely value, and how likely it is.
    pub(super) fn best(&self) -> (usize, f32) {
        let mut best = (0, self.values[0]);
        for (value, &likely) in self.values.iter().enumerate() {
            if likely > best.1 {
                best = (value, likely);
            }
        }
        best
    }
}

/// A layer: `rows` inputs to `columns` outputs.
#[derive(Debug)]
struct Layer {
    columns: usize,
    /// The weights of an input to every output, input after input.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

impl Layer {
    /// Takes a layer off the front of the bytes.
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let (rows, columns) = (take_u32(bytes)? as usize, take_u32(bytes)? as usize);
        let scales = take_floats(bytes, columns)?;
        let biases = take_floats(bytes, columns)?;
        let (packed, rest) = bytes.split_at_checked(rows * columns)?;
        *bytes = rest;
        let mut weights = vec![0.0; rows * columns];
        for (column, of_output) in packed.chunks_exact(rows).enumerate() {
            for (row, &byte) in of_output.iter().enumerate() {
                weights[row * columns + column] = f32::from(byte.cast_signed()) * scales[column];
            }
        }
        Some(Self { columns, weights, biases })
    }

    /// Adds what one input contributes to the outputs.
    #[inline]
    fn add(&self, row: usize, input: f32, outputs: &mut [f32]) {
        let weights = &self.weights[row * self.columns..(row + 1) * self.columns];
        for (output, weight) in outputs.iter_mut().zip(weights) {
            *output += input * weight;
        }
    }

    /// The layer as a 3×3 convolution of `side`×`side` maps, negative values cut off, and of each 2×2 the greatest.
    fn convolve(&self, maps: &[f32], side: usize) -> Vec<f32> {
        let (inputs, outputs) = (maps.len() / (side * side), self.columns);
        let mut halved = vec![0.0_f32; side * side / 4 * outputs];
        let mut sums = vec![0.0; outputs];
        for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
            sums.copy_from_slice(&self.biases);
            for (down, right) in (0..3).flat_map(|down| (0..3).map(move |right| (down, right))) {
                // One more than the place, so that it never falls below zero.
                let (at_y, at_x) = (y + down, x + right);
                if at_y == 0 || at_x == 0 || at_y > side || at_x > side {
                    continue;
                }
                let from = ((at_y - 1) * side + at_x - 1) * inputs;
                let row = (down * 3 + right) * inputs;
                for (input, &value) in maps[from..from + inputs].iter().enumerate() {
                    // Most of a glyph's picture is white.
                    if value > 0.0 {
                        self.add(row + input, value, &mut sums);
                    }
                }
            }
            let to = (y / 2 * (side / 2) + x / 2) * outputs;
            for (greatest, &sum) in halved[to..to + outputs].iter_mut().zip(&sums) {
                *greatest = greatest.max(sum);
            }
        }
        halved
    }

    /// The layer with every input connected to every output.
    fn connect(&self, inputs: &[f32]) -> Vec<f32> {
        let mut sums = self.biases.clone();
        for (row, &input) in inputs.iter().enumerate() {
            if input > 0.0 {
                self.add(row, input, &mut sums);
            }
        }
        sums
    }
}

/// The network.
#[derive(Debug)]
struct Net {
    /// What the outputs are divided by, so that likelihoods are what they say (temperature scaling, Guo et al. 2017).
    temperature: f32,
    layers: [Layer; 4],
}

static NET: LazyLock<Option<Net>> = LazyLock::new(|| Net::load(WEIGHTS));

impl Net {
    /// The network of these bytes, or nothing where they are not of this program's shape.
    fn load(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"DIG1")?;
        let temperature = take_floats(&mut rest, 1)?[0];
        let mut next = || Layer::take(&mut rest);
        let layers = [next()?, next()?, next()?, next()?];
        let rows = layers.each_ref().map(|layer| layer.weights.len() / layer.columns.max(1));
        let columns = layers.each_ref().map(|layer| layer.columns);
        let fits = rows == [9, 9 * columns[0], QUARTER * QUARTER * columns[1], columns[2]] && columns[3] == CLASSES;
        (fits && rest.is_empty() && temperature > 0.0).then_some(Self { temperature, layers })
    }

    /// How likely a glyph is each class.
    fn classify(&self, glyph: &Glyph) -> [f32; CLASSES] {
        let [first, second, third, fourth] = &self.layers;
        let picture: Vec<f32> = glyph.iter().map(|&ink| f32::from(ink) / 255.0).collect();
        let maps = second.convolve(&first.convolve(&picture, SIDE), HALF);
        let outputs = fourth.connect(&third.connect(&maps));
        let mut likely = [0.0; CLASSES];
        let greatest = outputs.iter().copied().fold(f32::MIN, f32::max);
        for (likely, output) in likely.iter_mut().zip(&outputs) {
            *likely = ((output - greatest) / self.temperature).exp();
        }
        let sum: f32 = likely.iter().sum();
        likely.map(|part| part / sum)
    }
}

/// Reads a glyph.
pub(super) fn read(glyph: &Glyph) -> Reading {
    // The weights are part of the program and a test loads them; without them nothing is a digit.
    let Some(net) = NET.as_ref() else {
        return Reading { values: [0.0; 10], thai: 0.0, arabic: 0.0, other: 1.0 };
    };
    let likely = net.classify(glyph);
    let mut values = [0.0; 10];
    for (value, sum) in values.iter_mut().enumerate() {
        *sum = likely[value] + likely[value + 10];
    }
    Reading { values, thai: likely[..10].iter().sum(), arabic: likely[10..20].iter().sum(), other: likely[20] }
}

fn take_u32(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*first))
}

fn take_floats(bytes: &mut &[u8], count: usize) -> Option<Vec<f32>> {
    (0..count).map(|_| take_u32(bytes).map(f32::from_bits)).collect()
}
