//! The signs by which a text that may be damaged is told in one quick pass.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// What no sound text has: marks and vowels that follow nothing or what they cannot follow, and what was not to be read.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "\u{FFFD}",
    " ะ", " ั", " า", " ำ", " ิ", " ี", " ึ", " ื", " ุ", " ู", " ็", " ่", " ้", " ๊", " ๋", " ์", " ํ",
    "า่", "า้", "า์", "า็", "าั", "าิ", "าี", "าุ", "าู", "ะ่", "ะ้", "ะ์",
    "เ่", "เ้", "เ็", "เิ", "เี", "เื", "แ่", "แ้", "แ็", "โ่", "โ้", "ใ่", "ใ้", "ไ่", "ไ้", "โ็", "ใ็", "ไ็",
    "ใิ", "ใี", "ใื", "ใั", "ไิ", "ไี", "ไื", "ไั", "โิ", "โี", "โื", "โั", "แิ", "แี", "แื", "แั", "เั", "าำ", "ำา",
];

/// What common words contain where they are damaged and sound text hardly ever does.
const WORDS: &str = include_str!("../../../config/words/signs.txt");

static FORM_FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(FORMS.iter().copied()));
static WORD_FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| finder(WORDS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)));

fn finder(signs: impl Iterator<Item = &'static str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(signs).ok()
}

/// Whether a line in the normal form has characters where no sound text has them.
pub(super) fn misformed(line: &str) -> bool {
    FORM_FINDER.as_ref().is_some_and(|finder| finder.is_match(line)) || has_glyphs(line)
}

/// Whether a line in the normal form has words, or parts of some, that sound text hardly ever has.
pub(super) fn misspelt(line: &str) -> bool {
    WORD_FINDER.as_ref().is_some_and(|finder| finder.is_match(line))
}

/// Whether a text has so much sara am beside its sara aa, or so little, as no sound text has: there it is one in ten.
pub(super) fn misproportioned<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    // The last bytes of the two; other characters with such a byte do no harm.
    let (mut aa, mut am) = (0_usize, 0_usize);
    for line in lines {
        aa += line.bytes().filter(|byte| *byte == 0xB2).count();
        am += line.bytes().filter(|byte| *byte == 0xB3).count();
    }
    (am > 2 && am * 2 > aa) || (aa > 50 && am * 100 < aa)
}

/// Whether a line has private-use characters of the kind that stand for glyphs.
fn has_glyphs(line: &str) -> bool {
    memchr::memmem::find(line.as_bytes(), b"\xEF\x9C").is_some()
        || memchr::memmem::find(line.as_bytes(), b"\xEF\xA2").is_some()
}
