//! The content of pages and forms, decompressed as far as a bound: a few kilobytes can unpack to gigabytes.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::dict::keys::{CONTENTS, DECODE_PARMS, DP};
use hayro_syntax::object::{Array, Dict, Stream};

/// Bytes of a page's or a form's content that are read.
const MAX_CONTENT: usize = 48 * 1024 * 1024;
/// How many bytes a packed byte can stand for.
const MOST_PACKED: usize = 1_400;
/// Bytes of a stream that is packed in a way that is not counted here.
const MAX_PACKED: usize = 256 * 1024;

/// What a stream unpacks to.
pub(super) struct Content<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// It ends before its end: broken, or too long.
    pub(super) cut: bool,
}

/// The content of a page: its streams, one after the other. Nothing where it has none.
pub(super) fn of_page<'a>(page: &Dict<'a>) -> Option<Content<'a>> {
    if let Some(stream) = page.get::<Stream<'a>>(CONTENTS) {
        return Some(content(&stream));
    }
    let mut whole = Vec::new();
    let mut cut = false;
    let list = page.get::<Array<'a>>(CONTENTS);
    for stream in list.iter().flat_map(Array::iter::<Stream<'a>>) {
        let part = content(&stream);
        whole.extend_from_slice(&part.bytes);
        whole.push(b'\n');
        cut |= part.cut;
        if whole.len() > MAX_CONTENT {
            cut = true;
            break;
        }
    }
    page.contains_key(CONTENTS).then(|| Content { bytes: Cow::Owned(whole), cut: cut || list.is_none() })
}

/// The content of a stream that is no picture.
pub(super) fn content<'a>(stream: &Stream<'a>) -> Content<'a> {
    let filters = stream.filters();
    let dict = stream.dict();
    let plain = !dict.contains_key(DECODE_PARMS) && !dict.contains_key(DP);
    let packed = stream.raw_data();
    match filters.as_slice() {
        [] => Content { bytes: packed, cut: false },
        [Filter::FlateDecode] if plain => {
            let mut bytes = Vec::with_capacity((packed.len() * 4).min(MAX_CONTENT));
            // What comes before an error is content too.
            let read = ZlibDecoder::new(packed.as_ref()).take(MAX_CONTENT as u64).read_to_end(&mut bytes);
            if bytes.is_empty() && packed.len() < MAX_PACKED {
                return by_library(stream);
            }
            let cut = read.is_err() || bytes.len() >= MAX_CONTENT;
            Content { bytes: Cow::Owned(bytes), cut }
        }
        _ if is_within(stream, MAX_CONTENT) => by_library(stream),
        _ => Content { bytes: Cow::Borrowed(&[]), cut: true },
    }
}

fn by_library<'a>(stream: &Stream<'a>) -> Content<'a> {
    match stream.decoded_data() {
        Ok(bytes) => Content { cut: bytes.is_empty() && stream.raw_data().len() > 16, bytes },
        Err(_) => Content { bytes: Cow::Borrowed(&[]), cut: true },
    }
}

/// Whether a stream unpacks to no more than so many bytes, as far as that can be told without unpacking it. Pictures'
/// own compressions are not counted: what they unpack to is bounded by the picture's size.
pub(super) fn is_within(stream: &Stream<'_>, most: usize) -> bool {
    let filters = stream.filters();
    let packers = || filters.iter().filter(|filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode));
    let packed = stream.raw_data();
    match packers().count() {
        0 => packed.len() <= most,
        // No byte of deflate or LZW stands for more.
        1 if packed.len() <= most / MOST_PACKED => true,
        1 if filters.first() == Some(&Filter::FlateDecode) => {
            let mut out = ZlibDecoder::new(packed.as_ref()).take(most as u64 + 1);
            // What cannot be unpacked ends there.
            let mut count = 0;
            let mut buffer = [0; 8 * 1024];
            while let Ok(read @ 1..) = out.read(&mut buffer) {
                count += read;
            }
            count <= most
        }
        1 => packed.len() <= MAX_PACKED,
        _ => false,
    }
}

/// Whether a page's own streams unpack to no more than is read of them.
pub(super) fn is_modest(page: &Dict<'_>) -> bool {
    let single = page.get::<Stream<'_>>(CONTENTS);
    let list = page.get::<Array<'_>>(CONTENTS);
    single.into_iter().chain(list.iter().flat_map(Array::iter::<Stream<'_>>)).all(|s| is_within(&s, MAX_CONTENT))
}
