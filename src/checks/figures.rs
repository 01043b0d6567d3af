//! People's names and figures in a text: what tells a filled table from a blank one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Searchable;
use crate::thai::{self, Named};

/// Titles before a name, the longer first where one begins another.
const TITLES: &str = r"นางสาว|นาง|นาย|น\.\s?ส\.|เด็กชาย|เด็กหญิง|คุณหญิง|ว่าที่\s?(?:ร้อย|พัน|ร\.|พ\.)[ก-๙.]*\s?(?:หญิง)?|พล\.?\s?(?:ต\.?)?(?:อ|ท|ต|จ)\.|(?:พ|ร|จ|ส|ด)\.\s?(?:ต\.\s?)?(?:อ|ท|ต|ส)\.(?:อ\.|ท\.|ต\.)?|ด\.ต\.|พัน(?:เอก|โท|ตรี|ตำรวจ[ก-๙]{3})|ร้อย(?:เอก|โท|ตรี|ตำรวจ[ก-๙]{3})|จ่าสิบ(?:เอก|โท|ตรี)|สิบ(?:เอก|โท|ตรี)|ดาบตำรวจ|ผศ\.|รศ\.|ศ\.|ดร\.|ผู้ช่วยศาสตราจารย์|รองศาสตราจารย์|ศาสตราจารย์|นพ\.|พญ\.|ทพ\.|ทพญ\.|นายแพทย์|แพทย์หญิง|ม\.ร\.ว\.|ม\.ล\.|หม่อม(?:ราชวงศ์|หลวง)|พระ(?:ครู|มหา)|mr\.|mrs\.|ms\.|miss";

/// What may follow "นาย" and is an office, not a name.
const OFFICES: &[&str] = &[
    "กองค์การ",
    "กเทศ",
    "กเมือง",
    "กอบ",
    "ก อบ",
    "กฯ",
    "กรัฐ",
    "กสมาคม",
    "กสภา",
    "กเหล่า",
    "อำเภอ",
    "ทะเบียน",
    "ช่าง",
    "ตรวจ",
    "ทหาร",
    "ตำรวจ",
    "จ้าง",
    "หน้า",
    "ทุน",
    "แพทย์",
];

static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let given = r"[ก-ฮเ-ไ][ก-ฺเ-๎]{1,30}";
    Regex::new(&format!(r"(?i)(?P<title>{TITLES})\s{{0,3}}(?P<name>{given}(?:\s{{1,4}}{given}|\s{{1,3}}(?:ณ|ฯ)\s)|[a-z]{{2,20}}\s+[a-z]{{2,30}})")).ok()
});
/// Names that stand in a column of their own, without a title: a label and two words.
static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"ชื่อ\s?(?:-|–|และ|/|,)?\s?(?:นาม)?สกุล\s*:?\s*[ก-ฮเ-ไ][ก-ฺเ-๎]{1,30}\s{1,3}[ก-ฮเ-ไ][ก-ฺเ-๎]{2,30}").ok()
});
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:[.,]?-\s*)?(?:แสน|พัน|หมื่น|ล้าน|หมื่น)?\s*บาท|(?:^|[^0-9,.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?(?:[^0-9,]|$)|(?:^|[^0-9,.])[0-9]{3,}\.[0-9]{2}(?:[^0-9]|$)").ok()
});
static PERCENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:ร้อยละ|เปอร์เซ็น[ตท]์?)\s*(?:ที่|เท่ากับ|:|=)?\s*[0-9]|[0-9]\s*(?:%|เปอร์เซ็น)").ok());
/// A decimal, as means and percentages are written in tables.
static DECIMAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9.,])[0-9]{1,3}\.[0-9]{1,2}(?:[^0-9.]|$)").ok());
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"[0-9]\s*(?:ราย|คน|ครั้ง|เรื่อง|คำขอ|คำร้อง|ฉบับ|ครัวเรือน|ครอบครัว|หลัง|แห่ง|คู่|คัน|แปลง|เที่ยว|ชุด|ใบ|กรณี|ข้อร้องเรียน|หมู่บ้าน|กิจกรรม|โครงการ|หลักสูตร|ท่าน|อัตรา)",
    )
    .ok()
});

static DURATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:[0-9]|หนึ่ง|สอง|สาม|ห้า|เจ็ด|สิบ|สิบห้า|สามสิบ)\s*(?:วัน|เดือน|ชั่วโมง|ชม\.|นาที|สัปดาห์)").ok());
static YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:ปี|งบประมาณ|พ\.?\s?ศ\.?|\s|\(บาท\))*(25[0-9]{2})(?:\s|\(บาท\)|บาท)*$").ok());

fn matches(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// Whether a text, with Arabic digits, has a person's name.
pub(super) fn has_name(text: &str) -> bool {
    let Some(regex) = NAME.as_ref() else { return false };
    let mut at = 0;
    while let Some(captures) = regex.captures_at(text, at) {
        let (Some(title), Some(name)) = (captures.name("title"), captures.name("name")) else { break };
        // Places are called so too, after the word for a sub-district or a district.
        let in_a_place =
            title.as_str() == "นาง" && text[..title.start()].ends_with(|c: char| c.is_alphabetic() || c == '.');
        if !in_a_place && !OFFICES.iter().any(|office| name.as_str().starts_with(office)) {
            return true;
        }
        at = name.start();
    }
    matches(&LABELLED, text)
}

/// Whether a text, with Arabic digits, has an amount of money.
pub(super) fn has_amount(text: &str) -> bool {
    matches(&AMOUNT, text)
}

/// Whether a text, with Arabic digits, has a percentage or a mean.
pub(super) fn has_share(text: &str) -> bool {
    matches(&PERCENT, text) || matches(&DECIMAL, text)
}

/// Whether a text, with Arabic digits, has numbers of something: with a word for what is counted, or alone in cells and in
/// the rows of a table. Numbers that only number the rows are none.
pub(super) fn has_count(text: &str) -> bool {
    if matches(&COUNTED, text) {
        return true;
    }
    let mut ordinal = 0;
    let mut figures = 0_usize;
    for line in text.lines() {
        let alone = line.trim().trim_end_matches('.');
        let is_number = !alone.is_empty() && alone.chars().all(|c| c.is_ascii_digit() || c == ',');
        if is_number && alone.parse() == Ok(ordinal + 1) {
            ordinal += 1;
        } else if is_number && !(alone.len() == 4 && alone.starts_with("25")) {
            figures += 1;
        } else if !is_number {
            // A row of a table as a PDF gives it: at least three numbers behind its name.
            let numbers = line
                .split_whitespace()
                .rev()
                .take_while(|word| word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-')));
            figures += usize::from(numbers.count() >= 3) * 2;
        }
    }
    figures >= 2
}

/// Whether a text, with Arabic digits, says how long something takes.
pub(super) fn has_duration(text: &str) -> bool {
    matches(&DURATION, text)
}

/// Whether a text, with Arabic digits, has columns or rows of at least two years.
pub(super) fn has_years(text: &str) -> bool {
    let Some(regex) = YEAR.as_ref() else { return false };
    let years = text.lines().filter_map(|line| Some(regex.captures(line.trim())?.get(1)?.as_str()));
    years.collect::<BTreeSet<_>>().len() >= 2
}

/// Whether a text says when things are done, in at least two places or for several months at once: a plan's timetable.
pub(super) fn has_timetable(text: &Searchable, year: u16) -> bool {
    let times = text.text.lines().map(|line| {
        let months = [year, year + 1, year + 2].into_iter().map(|year| thai::months(line, year)).max_by_key(Vec::len);
        let months = months.unwrap_or_default();
        match months.iter().filter(|one| one.named != Named::Date).count() {
            0 => 0,
            few @ 1..=3 => few.min(1),
            // The heading of a table with a column a month.
            _ => 2,
        }
    });
    times.sum::<usize>() >= 2
}

#[cfg(test)]
mod tests {
    use super::{has_amount, has_count, has_duration, has_name, has_share, has_timetable, has_years};
    use crate::checks::Searchable;

    #[test]
    fn names_of_people_are_told_from_offices() {
        for text in [
            "นายสมชาย ใจดี",
            "นายกฤษณะ ศรีสวัสดิ์",
            "นางสาวสุดา แก้วคำ",
            "น.ส. มาลี วงศ์ทอง",
            "ว่าที่ร้อยตรี วิชัย สุขสันต์",
            "ว่าที่ ร.ต.หญิงอรทัย บุญมา",
            "ดร.ประภาส ทองคำ",
            "พ.ต.อ.สมบัติ รักชาติ",
            "จ.ส.อ.บุญยืน แสนดี",
            "นาง\nวิไล พรหมมา",
            "ชื่อ-สกุล สมศักดิ์ มั่นคง",
            "Mr. Somchai Jaidee",
            "ผศ.ดร.กนก ศิริกุล",
            "นายกองค์การบริหารส่วนตำบล\nนายวิเชียร พรมแก้ว",
        ] {
            assert!(has_name(text), "{text}");
        }
        for text in [
            "นายกองค์การบริหารส่วนตำบล รองนายก",
            "นายกเทศมนตรีตำบล โทร 044",
            "นายก อบต. หนองแวง",
            "เรียน นายอำเภอ เมือง",
            "ผู้บริหารระดับสูง ปลัดเทศบาล",
            "นายทะเบียน ท้องถิ่น",
            "ตำบลนางรอง อำเภอนางรอง",
            "อบต.นางรอง จังหวัดบุรีรัมย์",
        ] {
            assert!(!has_name(text), "{text}");
        }
    }

    #[test]
    fn amounts_and_shares() {
        for text in ["งบประมาณ 30,000 บาท", "250,000", "5 ล้านบาท", "จำนวน 500.-บาท", "9000.00"]
        {
            assert!(has_amount(text), "{text}");
        }
        for text in ["งบประมาณ (บาท)", "ปี 2563", "หมู่ที่ 4", "0-4463-1256"] {
            assert!(!has_amount(text), "{text}");
        }
        for text in ["ร้อยละ 95.20", "95%", "ค่าเฉลี่ย 4.52", "4.75\n95.00"] {
            assert!(has_share(text), "{text}");
        }
        for text in ["ร้อยละความพึงพอใจ", "5 = มากที่สุด 4 = มาก", "1.2.3"]
        {
            assert!(!has_share(text), "{text}");
        }
    }

    #[test]
    fn counts_are_not_the_numbers_of_rows() {
        for text in [
            "ผู้รับบริการ 120 ราย",
            "เดือน\nจำนวน\nต.ค. 62\n74\nพ.ย. 62\n66",
            "ต.ค. 62 74 38 12 190",
            "1\nภาษี\n0\n0\n2\nขยะ\n0",
        ] {
            assert!(has_count(text), "{text}");
        }
        for text in
            ["ที่\nงาน\nจำนวน\n1\nงานทะเบียน\n2\nงานภาษี\n3\nงานโยธา", "จำนวนผู้รับบริการ ........ ราย", "ปีงบประมาณ พ.ศ.\n2563"]
        {
            assert!(!has_count(text), "{text}");
        }
    }

    #[test]
    fn durations_and_columns_of_years() {
        assert!(has_duration("ภายใน 15 วันทำการ") && has_duration("ภายในเจ็ดวัน"));
        assert!(!has_duration("ตรวจสอบภายใน วันที่รับเรื่อง"));
        assert!(has_years("ปี 2561\nปี 2562\nปี 2563") && has_years("2561 (บาท)\n2562 (บาท)"));
        assert!(!has_years("ประจำปีงบประมาณ พ.ศ. 2563\nแผน (พ.ศ. 2561–2564)"));
    }

    #[test]
    fn a_timetable_names_months_in_more_than_one_place() {
        let has = |text: &str| has_timetable(&Searchable::new(text.to_owned()), 2563);
        assert!(has("ถนน\nม.ค. 63 – มี.ค. 63\nประปา\nก.พ. 63 – เม.ย. 63"));
        assert!(has("โครงการ ต.ค. พ.ย. ธ.ค. ม.ค. ก.พ. มี.ค."));
        assert!(has("ก่อสร้างถนน ไตรมาสที่ 2\nอบรม ไตรมาส 3"));
        assert!(!has("ประกาศ ณ วันที่ 28 ตุลาคม 2562\nแผนประจำปี (ต.ค. 62 – ก.ย. 63)"));
    }
}
