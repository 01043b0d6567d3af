//! A ZIP archive in memory. The same parts give the same bytes: it has no times but the format's own beginning.
//!
//! `zip` writes into a `Write + Seek`, which is a door to the outside world that reports do without; the format needs little.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// The first moment that the format can name: 1 January 1980.
const DATE: u16 = (1 << 5) | 1;
/// What a reader needs to know: version 2.0, deflate.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const DEFLATE: u16 = 8;

/// Packs parts, each a name and its content, in that order.
pub(super) fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in parts {
        let start = size(out.len());
        let packed = deflate(content);
        let mut crc = Crc::new();
        crc.update(content);
        let mut fields = Vec::new();
        for short in [VERSION, FLAGS, DEFLATE, 0, DATE] {
            fields.extend(short.to_le_bytes());
        }
        for long in [crc.sum(), size(packed.len()), size(content.len())] {
            fields.extend(long.to_le_bytes());
        }
        fields.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        // No extra field.
        fields.extend(0_u16.to_le_bytes());

        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(packed);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&fields);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = size(out.len());
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend(size(directory.len()).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// A size; a report's texts are bounded, so that none comes near the format's 4 GiB.
fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() / 4 + 1024);
    let mut deflater = Compress::new(Compression::default(), false);
    loop {
        let done = usize::try_from(deflater.total_in()).unwrap_or(content.len()).min(content.len());
        // It fails only where it was finished before.
        match deflater.compress_vec(&content[done..], &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return out,
            Ok(_) => out.reserve(content.len() / 4 + 1024),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::pack;

    #[test]
    fn another_program_reads_what_was_packed() {
        let large: Vec<u8> = (0..300_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let parts: [(&str, &[u8]); 4] = [("a.xml", b"<a/>"), ("empty", b""), ("word/ไทย.bin", &large), ("z", b"z")];
        let bytes = pack(&parts);
        assert_eq!(bytes, pack(&parts));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), parts.len());
        for (at, (name, content)) in parts.iter().enumerate() {
            let mut entry = archive.by_index(at).unwrap();
            assert_eq!(entry.name().unwrap(), *name);
            let mut read = Vec::new();
            entry.read_to_end(&mut read).unwrap();
            assert_eq!(read, *content, "{name}");
        }
    }
}
