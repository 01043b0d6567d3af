//! What the words before a year say of it, in whatever state the text is.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::thai::letters;

/// The longest title of a law, in letters as [`letters`] counts bytes.
const LAW_TITLE: usize = 420;
/// The same where nothing says that the number is a year of the Buddhist era.
const BARE_LAW: usize = 100;
/// How far a foundation may be from its year.
const HISTORY: usize = 110;
/// How far a plan's name may be from its years.
const PLAN: usize = 150;
/// Between a word and a date that it is about there may be the weekday, a colon and the like.
const NEAR: usize = 24;
/// Between "… นี้เรียกว่า" and the title there is at most a quotation mark.
const QUOTE: usize = 12;
/// How far an assessment's name may be from its year.
const ASSESSMENT: usize = 210;

/// What a year is to its document by the words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A law's or rule's, named by title and year.
    Law {
        /// The title begins a line or a quotation, so that it may be the document's own.
        first: bool,
    },
    /// The law's that the document itself is: "พระราชบัญญัตินี้เรียกว่า …".
    Itself,
    /// The date on which another paper was signed.
    Signed,
    /// Something that was long before, or a date of a meeting.
    Past,
    /// What shall be reached some day.
    Target,
    /// The day of printing.
    Printed,
    /// The plan of somebody greater: the nation, the province.
    Greater,
    /// The date line of an announcement, order or law: "ประกาศ ณ วันที่ …".
    DateLine,
    /// The state of things on a day: "ข้อมูล ณ วันที่ …", "ประจำเดือน …".
    State,
    /// The year of the assessment for which the document is made.
    Assessment,
}

/// What the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Law,
    /// A law only with "ว่าด้วย" or the name of a higher body in its title.
    Rule,
    Itself,
    Signed,
    Since,
    Founded,
    Target,
    Printed,
    Greater,
    DateLine,
    State,
    Assessment,
    /// Ends the reach of all words before it.
    Stop,
}

const WORDS: &[(&str, Word)] = &[
    ("พระราชบัญญัติ", Word::Law),
    ("พ.ร.บ", Word::Law),
    ("พรบ.", Word::Law),
    ("พระราชกฤษฎีกา", Word::Law),
    ("พระราชกำหนด", Word::Law),
    ("พ.ร.ฎ", Word::Law),
    ("พ.ร.ก", Word::Law),
    ("รัฐธรรมนูญ", Word::Law),
    ("ประมวลกฎหมาย", Word::Law),
    ("ประมวลรัษฎากร", Word::Law),
    ("กฎกระทรวง", Word::Law),
    ("กฎก.พ", Word::Law),
    ("กฎ ก.ค.ศ", Word::Law),
    ("กฎหมาย", Word::Rule),
    ("ระเบียบ", Word::Rule),
    ("ข้อบังคับ", Word::Rule),
    ("ข้อกำหนด", Word::Rule),
    ("ประกาศ", Word::Rule),
    ("คำสั่ง", Word::Rule),
    ("ประมวลจริยธรรม", Word::Rule),
    ("หลักเกณฑ์", Word::Rule),
    ("ข้อบัญญัติ", Word::Rule),
    ("เทศบัญญัติ", Word::Rule),
    ("นี้เรียกว่า", Word::Itself),
    ("นี้ให้เรียกว่า", Word::Itself),
    ("นี้ชื่อว่า", Word::Itself),
    ("ลงวันที่", Word::Signed),
    ("ลว.", Word::Signed),
    ("ลงนามเมื่อ", Word::Signed),
    ("เมื่อวันที่", Word::Since),
    ("เมื่อวัน", Word::Since),
    ("เมื่อปี", Word::Since),
    ("เมื่อเดือน", Word::Since),
    ("เมื่อ", Word::Since),
    ("นับตั้งแต่", Word::Since),
    ("ตั้งแต่", Word::Since),
    ("มาจนถึง", Word::Since),
    ("ยกฐานะ", Word::Founded),
    ("ได้รับการจัดตั้ง", Word::Founded),
    ("จัดตั้งเป็น", Word::Founded),
    ("จัดตั้งขึ้น", Word::Founded),
    ("ก่อตั้ง", Word::Founded),
    ("สถาปนา", Word::Founded),
    ("เปิดดำเนินการ", Word::Founded),
    ("ภายในปี", Word::Target),
    ("ภายใน", Word::Target),
    ("เป้าหมายปี", Word::Target),
    ("วันที่พิมพ์", Word::Printed),
    ("พิมพ์เมื่อ", Word::Printed),
    ("พิมพ์วันที่", Word::Printed),
    ("วันที่คู่มือมีผลบังคับใช้", Word::Printed),
    ("แห่งชาติ", Word::Greater),
    ("ยุทธศาสตร์ชาติ", Word::Greater),
    ("แผนแม่บท", Word::Greater),
    ("แผนการปฏิรูป", Word::Greater),
    ("แผนพัฒนาจังหวัด", Word::Greater),
    ("แผนพัฒนากลุ่มจังหวัด", Word::Greater),
    ("ยุทธศาสตร์จังหวัด", Word::Greater),
    ("ยุทธศาสตร์การพัฒนาจังหวัด", Word::Greater),
    ("ประกาศ ณ วันที่", Word::DateLine),
    ("ประกาศ ณ", Word::DateLine),
    ("สั่ง ณ วันที่", Word::DateLine),
    ("ให้ไว้ ณ วันที่", Word::DateLine),
    ("ตราไว้ ณ วันที่", Word::DateLine),
    ("ออกให้ ณ วันที่", Word::DateLine),
    ("ข้อมูล ณ", Word::State),
    ("ณ วันที่", Word::State),
    ("ณ เดือน", Word::State),
    ("ประจำเดือน", Word::State),
    ("การประเมินคุณธรรมและความโปร่งใส", Word::Assessment),
    ("integrity and transparency assessment", Word::Assessment),
    ("มาตรา", Word::Stop),
];

/// What follows the title word of a rule that is somebody else's.
const HIGHER: &[&str] = &[
    "กระทรวง",
    "คณะกรรมการ",
    "สำนัก",
    "กรม",
    "ก.",
    "คสช",
    "หัวหน้าคณะ",
    "คณะรักษา",
    "คณะปฏิวัติ",
    "ก.พ",
    "ป.ป.ช",
    "องค์การบริหาร",
    "เทศบาล",
    "ตำบล",
    "เรื่อง",
];

struct Table {
    words: AhoCorasick,
    higher: Vec<String>,
    about: String,
}

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let words = AhoCorasick::new(WORDS.iter().map(|(word, _)| letters(word))).ok()?;
    Some(Table {
        words, higher: HIGHER.iter().map(|word| letters(word)).collect(), about: letters("ว่าด้วย")
    })
});

/// How a year is written.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about how it is written")]
pub(super) struct Written {
    /// With "พ.ศ.".
    pub(super) era: bool,
    /// With a word for fiscal, school or assessment year.
    pub(super) fiscal: bool,
    /// With a month.
    pub(super) dated: bool,
    /// The ends of a range.
    pub(super) range: bool,
}

/// What the words since the year before say of a year; `gap` is their [`letters`], `start` that nothing is before them.
pub(super) fn cue(gap: &str, start: bool, written: Written) -> Option<Cue> {
    let table = TABLE.as_ref()?;
    let plain = !written.dated && !written.fiscal && !written.range;
    let mut found = None;
    // Where the last "… นี้เรียกว่า" ends.
    let mut naming = None;
    for hit in table.words.find_overlapping_iter(gap) {
        let (_, word) = WORDS[hit.pattern().as_usize()];
        let after = &gap[hit.end()..];
        let near = after.trim_matches(|c: char| !c.is_alphabetic()).len() <= NEAR;
        let title = plain && is_title(after, written);
        // The word nearest to the year decides; one that says nothing of it leaves what a word before it said.
        let said = match word {
            Word::Law | Word::Rule if title && (word == Word::Law || is_rule(table, after)) => {
                let itself = naming.is_some_and(|at: usize| hit.start().saturating_sub(at) <= QUOTE);
                // A rule's title may name a law; it is the rule that begins.
                let first = begins(&gap[..hit.start()], start) || matches!(found, Some(Cue::Law { first: true }));
                Some(if itself { Cue::Itself } else { Cue::Law { first } })
            }
            Word::Itself => {
                naming = Some(hit.end());
                (plain && after.len() <= LAW_TITLE).then_some(Cue::Itself)
            }
            Word::Signed if near => Some(Cue::Signed),
            Word::Since if near && !written.fiscal && !written.range => Some(Cue::Past),
            Word::Founded if after.len() <= HISTORY && !written.range && !written.fiscal => Some(Cue::Past),
            Word::Target if near && plain => Some(Cue::Target),
            Word::Printed if near => Some(Cue::Printed),
            Word::Greater if written.range && after.len() <= PLAN => Some(Cue::Greater),
            Word::DateLine if near && !written.range => Some(Cue::DateLine),
            Word::State if near && found != Some(Cue::DateLine) => Some(Cue::State),
            Word::Assessment if found.is_none() && after.len() <= ASSESSMENT => Some(Cue::Assessment),
            Word::Stop => {
                found = found.filter(|cue| !matches!(cue, Cue::Law { .. } | Cue::Itself));
                None
            }
            _ => None,
        };
        found = said.or(found);
    }
    found
}

/// Whether what stands between a law's word and a year is its title.
fn is_title(title: &str, written: Written) -> bool {
    let most = if written.era { LAW_TITLE } else { BARE_LAW };
    title.len() <= most && !["ประจาป", "ณวนท", "\nแผน", "\nรายงาน", "ลงวนท"].iter().any(|end| title.contains(end))
}

fn is_rule(table: &Table, title: &str) -> bool {
    title.contains(&table.about) || table.higher.iter().any(|word| title.starts_with(word.as_str()))
}

/// Whether a title begins a line, and no sentence runs into it from the line before.
fn begins(before: &str, start: bool) -> bool {
    let line = before.trim_end_matches(['“', '"', ' ']);
    if !(line.ends_with('\n') || (line.is_empty() && start)) {
        return false;
    }
    let sentence = line.trim_end_matches('\n');
    !["ความใน", "ตาม", "แหง", "ของ", "กบ", "และ", "ใน"].iter().any(|word| sentence.ends_with(word))
}
