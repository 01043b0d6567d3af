//! Records of WARC 1.1 (ISO 28500:2017), each a gzip member of its own.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

use aws_lc_rs::digest::{Context, SHA256};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;

const VERSION: &str = "WARC/1.1";
/// Bytes of a record's header; a URL that HTTP can carry has less than half of them.
const LONGEST_HEAD: u64 = 160 * 1024;
/// Bytes of a record's block: the largest body that a crawl may allow, and its headers.
const LONGEST_BLOCK: u64 = (1 << 30) + (1 << 20);

/// Why an archive cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("at byte {at}: {what}; copy the archive again, or make a new one with --archive")]
pub struct ArchiveError {
    /// Where the record begins that is at fault.
    pub at: u64,
    /// What is wrong with it.
    pub what: String,
}

/// The header of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    /// The header of a new record.
    pub(super) fn new(kind: &str, id: &str, date: Timestamp) -> Self {
        let head = Self { fields: Vec::new() };
        head.with("WARC-Type", kind).with("WARC-Record-ID", id).with("WARC-Date", date.to_string())
    }

    /// One more field. A value never ends its line: what came from outside is a URL or was made one line before.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// One more field, if there is a value for it.
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// A field's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// An identifier for a record that no other has.
pub(super) fn new_id() -> io::Result<String> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| io::Error::other("no random numbers"))?;
    // A UUID of version 4 (RFC 9562).
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = hex(&bytes);
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    Ok(format!("<urn:uuid:{text}>"))
}

/// The labelled digest of a text in parts.
pub(super) fn digest(parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    labelled(context)
}

fn labelled(context: Context) -> String {
    format!("sha256:{}", hex(context.finish().as_ref()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _never_fails = write!(text, "{byte:02x}");
        text
    })
}

/// A record as it stands in the file.
pub(super) fn member(head: Head, block: &[&[u8]]) -> io::Result<Vec<u8>> {
    let length: usize = block.iter().map(|part| part.len()).sum();
    let head = head.with("WARC-Block-Digest", digest(block)).with("Content-Length", length.to_string());
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    write!(out, "{VERSION}\r\n")?;
    for (name, value) in &head.fields {
        write!(out, "{name}: {value}\r\n")?;
    }
    out.write_all(b"\r\n")?;
    for part in block {
        out.write_all(part)?;
    }
    out.write_all(b"\r\n\r\n")?;
    out.finish()
}

/// Reads records one after the other, or the one at a place.
pub(super) struct Reader<R> {
    input: BufReader<R>,
}

impl<R: Read + Seek> Reader<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input: BufReader::new(input) }
    }

    /// Where the next record begins.
    pub(super) fn position(&mut self) -> Result<u64, ArchiveError> {
        self.input.stream_position().map_err(|error| ArchiveError { at: 0, what: error.to_string() })
    }

    /// Goes to where a record begins.
    pub(super) fn go_to(&mut self, at: u64) -> Result<(), ArchiveError> {
        self.input.seek(SeekFrom::Start(at)).map_err(|error| ArchiveError { at, what: error.to_string() })?;
        Ok(())
    }

    /// Reads a record, of its block as much as `take` wants; nothing at the end of the file. The whole block is checked
    /// by its digest in any case, and so is the member by its checksum.
    pub(super) fn next<T>(
        &mut self,
        take: impl FnOnce(&Head, &mut Block<'_>) -> Result<T, String>,
    ) -> Result<Option<T>, ArchiveError> {
        let at = self.position()?;
        let broken = |what: String| ArchiveError { at, what };
        if self.input.fill_buf().map_err(|error| broken(error.to_string()))?.is_empty() {
            return Ok(None);
        }
        let mut member = BufReader::new(GzDecoder::new(&mut self.input));
        one(&mut member, take).map(Some).map_err(broken)
    }
}

fn one<T>(
    member: &mut impl BufRead,
    take: impl FnOnce(&Head, &mut Block<'_>) -> Result<T, String>,
) -> Result<T, String> {
    let head = head(member)?;
    let length = head.get("Content-Length").and_then(|length| length.parse().ok());
    let length: u64 =
        length.filter(|length| *length <= LONGEST_BLOCK).ok_or("the record's Content-Length is absurd")?;
    let mut block = Block { rest: (member as &mut dyn BufRead).take(length), digest: Context::new(&SHA256) };
    let taken = take(&head, &mut block)?;
    io::copy(&mut block, &mut io::sink()).map_err(unreadable)?;
    if block.rest.limit() > 0 {
        return Err("the record is shorter than its Content-Length".to_owned());
    }
    let digest = labelled(block.digest);
    let mut end = Vec::new();
    member.take(5).read_to_end(&mut end).map_err(unreadable)?;
    if end != b"\r\n\r\n" {
        return Err("the record does not end with its Content-Length".to_owned());
    }
    match head.get("WARC-Block-Digest") {
        Some(said) if said.starts_with("sha256:") && said != digest => {
            Err("the record's content was changed: it does not have the digest that it had".to_owned())
        }
        _ => Ok(taken),
    }
}

fn head(member: &mut impl BufRead) -> Result<Head, String> {
    let text = lines(member, LONGEST_HEAD)?;
    let text = String::from_utf8(text).map_err(|_| "the record's header is not UTF-8")?;
    let mut lines = text.split_terminator("\r\n");
    if !lines.next().is_some_and(|version| version.starts_with("WARC/1.")) {
        return Err("this is not a WARC record".to_owned());
    }
    let fields = lines.map(|line| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned())));
    Ok(Head { fields: fields.collect::<Option<_>>().ok_or("a line of the record's header is not a field")? })
}

/// The lines up to an empty one, which is read and left out.
pub(super) fn lines(from: &mut (impl BufRead + ?Sized), most: u64) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let mut from = from.take(most);
    loop {
        let before = text.len();
        from.read_until(b'\n', &mut text).map_err(unreadable)?;
        if text[before..] == *b"\r\n" {
            text.truncate(before);
            return Ok(text);
        }
        if !text[before..].ends_with(b"\n") {
            return Err("a header does not end".to_owned());
        }
    }
}

/// What a failure to read a member means.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` calls")]
pub(super) fn unreadable(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends in the middle of a record".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("the gzip data are damaged ({error})"),
        _ => error.to_string(),
    }
}

/// The block of a record.
pub(super) struct Block<'a> {
    rest: io::Take<&'a mut dyn BufRead>,
    digest: Context,
}

impl Read for Block<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.rest.read(into)?;
        self.digest.update(&into[..count]);
        Ok(count)
    }
}

impl BufRead for Block<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.rest.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(bytes) = self.rest.fill_buf() {
            self.digest.update(&bytes[..amount.min(bytes.len())]);
        }
        self.rest.consume(amount);
    }
}
