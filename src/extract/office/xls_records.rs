//! The records of an old Excel workbook, and the strings in them ([MS-XLS] 2.1.4, 2.5.293 and 2.5.294).

use encoding_rs::{Encoding, WINDOWS_1252};

/// One record: its type, and its data with that of the records that continue it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its type.
    pub(super) kind: u16,
    /// Its data.
    pub(super) data: &'a [u8],
    /// Where the next record begins.
    pub(super) next: usize,
}

/// The record at a place of the stream; nothing at its end or where it is cut off.
pub(super) fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let kind = u16_at(stream, at)?;
    let length = usize::from(u16_at(stream, at + 2)?);
    let data = stream.get(at + 4..(at + 4 + length).min(stream.len()))?;
    Some(Record { kind, data, next: at + 4 + length })
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(f64::from_le_bytes)
}

/// A number in the short form of RK (2.5.217).
pub(super) fn rk(bits: u32) -> f64 {
    let value = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        // Thirty bits with a sign.
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

/// The encoding of a code page (2.4.52). Windows-1252 is what programs write that do not say.
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        _ => WINDOWS_1252,
    }
}

/// Reads strings from a run of records, where a string may go on in the next with another width of characters.
pub(super) struct Strings<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Strings<'a> {
    /// Reads from these records' data.
    pub(super) fn new(parts: Vec<&'a [u8]>, at: usize) -> Self {
        Self { parts, part: 0, at }
    }

    fn rest(&self) -> &'a [u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// Goes on to the next record where this one is used up.
    fn turn(&mut self) -> bool {
        while self.rest().is_empty() {
            if self.part + 1 >= self.parts.len() {
                return false;
            }
            self.part += 1;
            self.at = 0;
        }
        true
    }

    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for place in 0..count {
            if !self.turn() {
                return None;
            }
            value |= u32::from(*self.rest().first()?) << (8 * place);
            self.at += 1;
        }
        Some(value)
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.turn() {
            let step = count.min(self.rest().len());
            self.at += step;
            count -= step;
        }
    }

    /// The next string in UTF-16 with its marks (2.5.293), its length of two bytes or one.
    pub(super) fn unicode(&mut self, short: bool) -> Option<String> {
        let length = self.take(if short { 1 } else { 2 })? as usize;
        let flags = self.take(1)?;
        let runs = if flags & 8 != 0 { self.take(2)? as usize } else { 0 };
        let extra = if flags & 4 != 0 { self.take(4)? as usize } else { 0 };
        let mut units = Vec::with_capacity(length);
        let mut wide = flags & 1 != 0;
        while units.len() < length {
            if self.rest().is_empty() {
                if !self.turn() {
                    break;
                }
                // What goes on in another record says anew how wide its characters are.
                wide = self.take(1)? & 1 != 0;
            }
            let missing = length - units.len();
            let rest = self.rest();
            if wide {
                let whole = (rest.len() / 2).min(missing);
                if whole == 0 {
                    self.at += rest.len();
                    continue;
                }
                units.extend(rest[..whole * 2].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])));
                self.at += whole * 2;
            } else {
                let whole = rest.len().min(missing);
                units.extend(rest[..whole].iter().map(|b| u16::from(*b)));
                self.at += whole;
            }
        }
        self.skip(runs * 4);
        self.skip(extra);
        Some(String::from_utf16_lossy(&units))
    }

    /// The next string in a code page, its length of two bytes or one.
    pub(super) fn bytes(&mut self, short: bool, encoding: &'static Encoding) -> Option<String> {
        let length = self.take(if short { 1 } else { 2 })? as usize;
        let rest = self.rest();
        let text = &rest[..length.min(rest.len())];
        self.at += text.len();
        Some(encoding.decode_without_bom_handling(text).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Strings, rk};

    #[test]
    fn short_numbers_are_read() {
        assert!((rk(0x3FF0_0000) - 1.0).abs() < 1e-12);
        assert!((rk((2563 << 2) | 2) - 2563.0).abs() < 1e-12);
        assert!((rk((256_350 << 2) | 3) - 2563.5).abs() < 1e-12);
        assert!((rk(((-5_i32).cast_unsigned() << 2) | 2) + 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_string_goes_on_in_the_next_record_with_other_characters() {
        let mut first = vec![5, 0, 0, b'a', b'b'];
        let second = [1, 0x1B, 0x0E, 0x35, 0x0E, b'c', 0];
        assert_eq!(Strings::new(vec![&first, &second], 0).unicode(false).unwrap(), "abปีc");
        first.truncate(2);
        assert_eq!(Strings::new(vec![&first], 0).unicode(false), None);
        assert_eq!(Strings::new(vec![&[9, 0, 1, 0x1B]], 0).unicode(false).unwrap(), "");
    }
}
