//! A ZIP archive in memory. The same parts give the same bytes: it has no times but the format's own beginning.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs parts, each a name and its content, in that order.
pub(super) fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    write(parts).expect("there is no writing to memory that fails, and the parts are few and small")
}

fn write(parts: &[(&str, &[u8])]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
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
