//! ZIP files: office formats are ZIP files of XML, and agencies publish archives of documents.
//!
//! Read from bytes in memory by a reader of our own, because real files arrive truncated and broken: where the central
//! directory is missing or wrong, the entries are found by their own headers. What is inflated is bounded.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use memchr::memmem;

mod archive;

pub(super) use archive::read;

/// Bytes that are inflated of one file, all entries together.
const MAX_TOTAL: u64 = 256 << 20;
/// Bytes that are inflated of one entry. XML of this length holds a million cells.
const MAX_ENTRY: u64 = 64 << 20;
/// Entries of one file that are looked at.
const MAX_ENTRIES: usize = 20_000;
/// Bytes that one read may lose before a broken place.
const BUFFER: usize = 4096;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// One file of a ZIP file.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    /// The name as it is stored.
    pub(super) name: &'a [u8],
    /// The name says that it is in UTF-8.
    pub(super) utf8: bool,
    /// It cannot be read without a password.
    pub(super) encrypted: bool,
    method: u16,
    crc: Option<u32>,
    data: &'a [u8],
}

/// A ZIP file.
#[derive(Debug)]
pub(super) struct Zip<'a> {
    /// Its files, in order.
    pub(super) entries: Vec<Entry<'a>>,
    /// Bytes that may still be inflated.
    room: Cell<u64>,
    /// Something was found broken.
    pub(super) damaged: Cell<bool>,
    /// A bound was met.
    pub(super) cut: Cell<bool>,
}

impl<'a> Zip<'a> {
    /// The ZIP file in these bytes; nothing where they are none.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let (entries, damaged) = match central(bytes) {
            Some(entries) => (entries, false),
            None => (locals(bytes)?, true),
        };
        let cut = entries.len() >= MAX_ENTRIES;
        Some(Self { entries, room: Cell::new(MAX_TOTAL), damaged: Cell::new(damaged), cut: Cell::new(cut) })
    }

    /// The entry of a name. Case and the direction of slashes do not matter, as to the programs that write them.
    pub(super) fn find(&self, name: &str) -> Option<&Entry<'a>> {
        let same = |a: u8, b: u8| a.eq_ignore_ascii_case(&b) || (a == b'\\' && b == b'/');
        self.entries.iter().find(|entry| {
            entry.name.len() == name.len() && entry.name.iter().zip(name.as_bytes()).all(|(a, b)| same(*a, *b))
        })
    }

    /// The content of an entry, inflated as it is read. It ends early at a broken place or a bound, which
    /// [`Zip::damaged`] and [`Zip::cut`] tell.
    pub(super) fn content<'z>(&'z self, entry: &Entry<'a>) -> Content<'z, 'a> {
        let source = match entry.method {
            0 => Source::Stored(entry.data),
            8 => Source::Deflated(DeflateDecoder::new(entry.data)),
            _ => Source::Unknown,
        };
        let source = if entry.encrypted { Source::Unknown } else { source };
        BufReader::with_capacity(
            BUFFER,
            Inflated { zip: self, source, left: MAX_ENTRY, crc: Crc::new(), expected: entry.crc },
        )
    }

    /// The content of an entry, as far as the bound.
    pub(super) fn bytes(&self, entry: &Entry<'a>) -> Vec<u8> {
        let mut out = Vec::new();
        let mut content = self.content(entry);
        while let Ok(chunk) = content.fill_buf() {
            if chunk.is_empty() {
                break;
            }
            out.extend_from_slice(chunk);
            let read = chunk.len();
            content.consume(read);
        }
        out
    }
}

/// The content of an entry.
pub(super) type Content<'z, 'a> = BufReader<Inflated<'z, 'a>>;

enum Source<'a> {
    Stored(&'a [u8]),
    Deflated(DeflateDecoder<&'a [u8]>),
    Unknown,
}

/// Inflates an entry within bounds; never an error, as what was read before a broken place is worth having.
pub(super) struct Inflated<'z, 'a> {
    zip: &'z Zip<'a>,
    source: Source<'a>,
    left: u64,
    crc: Crc,
    expected: Option<u32>,
}

impl Read for Inflated<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.source {
            Source::Stored(data) => data.read(out),
            Source::Deflated(data) => data.read(out),
            Source::Unknown => Err(io::ErrorKind::Unsupported.into()),
        };
        let Ok(read) = read else {
            self.source = Source::Stored(&[]);
            self.expected = None;
            self.zip.damaged.set(true);
            return Ok(0);
        };
        if read == 0 {
            if self.expected.take().is_some_and(|expected| expected != self.crc.sum()) {
                self.zip.damaged.set(true);
            }
            return Ok(0);
        }
        let read = (read as u64).min(self.left).min(self.zip.room.get());
        self.left -= read;
        self.zip.room.set(self.zip.room.get() - read);
        if read == 0 {
            self.source = Source::Stored(&[]);
            self.expected = None;
            self.zip.cut.set(true);
        }
        let read = usize::try_from(read).unwrap_or(0);
        self.crc.update(&out[..read]);
        Ok(read)
    }
}

/// Whether the bytes begin as a ZIP file does, or are one without entries.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL) || bytes.starts_with(END) || bytes.starts_with(b"PK00PK\x03\x04")
}

/// The names of the entries, as they are stored.
pub(super) fn names(bytes: &[u8]) -> Vec<&[u8]> {
    Zip::open(bytes).map(|zip| zip.entries.iter().map(|entry| entry.name).collect()).unwrap_or_default()
}

/// Whether a file that does not begin as a ZIP file does is one all the same: its beginning is lost or overwritten.
pub(super) fn is_cut_zip(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(22 + 0xFFFF)..];
    memmem::rfind(tail, END).is_some() && memmem::find(bytes, CENTRAL).is_some()
}

/// The MIME type that a package declares in its entry `mimetype`.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let zip = Zip::open(bytes)?;
    let mut declared = String::new();
    let entry = zip.find("mimetype")?;
    zip.content(entry).take(200).read_to_string(&mut declared).ok()?;
    Some(declared)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 4)?.try_into().ok().map(|four| u32::from_le_bytes(four) as usize)
}

/// The entries by the central directory; nothing where it is missing or a single entry of it is wrong. Sizes beyond
/// 4 GB (ZIP64) cannot occur in a body that was fetched, but their marks can.
fn central(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    // The record at the end may be followed by a comment of 64 KB.
    let tail = bytes.len().saturating_sub(22 + 0xFFFF);
    let end = tail + memmem::rfind(&bytes[tail..], END)?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let size = u32_at(bytes, end + 12)?;
    // Bytes before the first entry, as of a self-extracting file, shift every offset.
    let start = end.checked_sub(size)?;
    let shift = start.checked_sub(u32_at(bytes, end + 16)?)?;
    let mut entries = Vec::new();
    let mut at = start;
    for _ in 0..count.min(MAX_ENTRIES) {
        if !bytes.get(at..)?.starts_with(CENTRAL) {
            return None;
        }
        let lengths = [u16_at(bytes, at + 28)?, u16_at(bytes, at + 30)?, u16_at(bytes, at + 32)?].map(usize::from);
        let flags = u16_at(bytes, at + 8)?;
        let local = shift.checked_add(u32_at(bytes, at + 42)?)?;
        if !bytes.get(local..)?.starts_with(LOCAL) {
            return None;
        }
        let data = local + 30 + usize::from(u16_at(bytes, local + 26)?) + usize::from(u16_at(bytes, local + 28)?);
        entries.push(Entry {
            name: bytes.get(at + 46..at + 46 + lengths[0])?,
            utf8: flags & 0x0800 != 0,
            encrypted: flags & 1 != 0,
            method: u16_at(bytes, at + 10)?,
            crc: u32::try_from(u32_at(bytes, at + 16)?).ok(),
            data: bytes.get(data..data.checked_add(u32_at(bytes, at + 20)?)?)?,
        });
        at += 46 + lengths.iter().sum::<usize>();
    }
    Some(entries)
}

/// The entries by their own headers; nothing where there is none.
fn locals(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(found) = memmem::find(bytes.get(at..)?, LOCAL)
        && entries.len() < MAX_ENTRIES
    {
        at += found;
        if let Some(entry) = local(bytes, at) {
            at += 30 + entry.name.len() + entry.data.len();
            entries.push(entry);
        } else {
            at += LOCAL.len();
        }
    }
    (!entries.is_empty()).then_some(entries)
}

fn local(bytes: &[u8], at: usize) -> Option<Entry<'_>> {
    let (flags, method) = (u16_at(bytes, at + 6)?, u16_at(bytes, at + 8)?);
    let (crc, packed) = (u32_at(bytes, at + 14)?, u32_at(bytes, at + 18)?);
    let name = at + 30;
    let extra = name + usize::from(u16_at(bytes, at + 26)?);
    let data = extra + usize::from(u16_at(bytes, at + 28)?);
    let rest = bytes.get(data..)?;
    // With flag 3 the sizes stand behind the data, which ends where the next signature is.
    let described = flags & 0x0008 != 0;
    let data = match rest.get(..packed) {
        Some(data) if !described || packed > 0 => data,
        _ => {
            let next = [LOCAL, CENTRAL, b"PK\x07\x08"].into_iter().filter_map(|mark| memmem::find(rest, mark)).min();
            &rest[..next.unwrap_or(rest.len())]
        }
    };
    Some(Entry {
        name: bytes.get(name..extra)?,
        utf8: flags & 0x0800 != 0,
        encrypted: flags & 1 != 0,
        method,
        crc: if described { None } else { u32::try_from(crc).ok() },
        data,
    })
}

#[cfg(test)]
mod tests;
