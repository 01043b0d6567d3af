//! Tests of repairing: what each damage loses comes back, and sound text stays as it is.

use super::Repair;
use super::damage::{Dice, am, glyphs, moved, without};
use crate::thai::normalize;

/// Thai texts of this project, a line each; none is damaged.
fn sound() -> Vec<String> {
    let texts = [include_str!("../../../config/catalog/2563.yaml"), include_str!("../../../config/messages.yaml")];
    let lines = texts.into_iter().flat_map(str::lines).map(normalize);
    lines.filter(|line| line.contains(|c| ('ก'..='๛').contains(&c))).collect()
}

fn learned(lines: &[String]) -> Repair {
    Repair::of(lines.iter().map(String::as_str))
}

/// What a document of one line becomes.
fn repaired(line: &str) -> String {
    let line = normalize(line);
    Repair::of([line.as_str()].into_iter()).line(&line).unwrap_or(line)
}

/// A text without its white space: what it is compared by.
fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The share of the damaged lines that come back, of the lines that the damage changed.
fn restored(damage: impl Fn(&str) -> String) -> f64 {
    let sound: Vec<String> = sound().into_iter().step_by(8).collect();
    let damaged: Vec<String> = sound.iter().map(|line| normalize(&damage(line))).collect();
    let repair = learned(&damaged);
    let (mut changed, mut back) = (0_u32, 0_u32);
    for (sound, damaged) in sound.iter().zip(&damaged) {
        let out = repair.line(damaged);
        let line = out.as_deref().unwrap_or(damaged);
        assert_eq!(normalize(line), line, "in the normal form");
        assert_eq!(repair.line(line), None, "{line} needs no second repair; it was {damaged}");
        if sound != damaged {
            changed += 1;
            back += u32::from(plain(sound) == plain(line));
        }
    }
    assert!(changed > 20, "{changed} lines are damaged");
    f64::from(back) / f64::from(changed)
}

#[test]
fn sound_text_stays_as_it_is() {
    let lines = sound();
    let repair = learned(&lines);
    for line in &lines {
        assert_eq!(repair.line(line), None);
    }
    for line in lines.iter().step_by(4) {
        assert_eq!(Repair::of([line.as_str()].into_iter()).line(line), None);
    }
    // One slip of the pen does not make a document damaged.
    let slip = [lines, vec!["แผนการดาเนินงาน".to_owned()]].concat();
    let repair = learned(&slip);
    let changed: Vec<String> = slip.iter().filter_map(|line| repair.line(line)).collect();
    assert!(changed.is_empty() || changed == ["แผนการดำเนินงาน"], "{}", changed.join(" · "));
}

#[test]
fn what_real_files_show_is_put_right() {
    for (damaged, sound) in [
        ("สังกัด สานักงานสาธารณสุขจังหวัด จานวน 5 อาเภอ", "สังกัด สำนักงานสาธารณสุขจังหวัด จำนวน 5 อำเภอ"),
        ("ส านักงาน ก ำหนด จ ํ านวน", "สำนักงาน กำหนด จำนวน"),
        ("คำสั่งสำนักงำนศึกษำธิกำรจังหวัดฉะเชิงเทรำ", "คำสั่งสำนักงานศึกษาธิการจังหวัดฉะเชิงเทรา"),
        ("สถำนีสูบน้ำด้วยไฟฟ้ำ เก้ำอี้บุนวมสีน้ำตำล", "สถานีสูบน้ำด้วยไฟฟ้า เก้าอี้บุนวมสีน้ำตาล"),
        ("หนา้ ๘ เลม่ ๑๓๘ ตอนพิเศษ", "หน้า ๘ เล่ม ๑๓๘ ตอนพิเศษ"),
        ("ขอ้ มูลเกีย่ วกับผูบ้ ริหาร", "ข้อมูลเกี่ยวกับผู้บริหาร"),
        ("เก้าอี้ มีทพี่ ักแขน วิทยุประจาทีว่ ิทยุมือถือ", "เก้าอี้ มีที่พักแขน วิทยุประจำที่วิทยุมือถือ"),
        ("หนา้ ๘ บรรลุเปา้ หมายและเกิดผลสัมฤทธิต์ ามภารกิจ", "หน้า ๘ บรรลุเป้าหมายและเกิดผลสัมฤทธิ์ตามภารกิจ"),
        ("ทใ่ี ชใ้ นการปฏิบัตงิ าน", "ที่ใช้ในการปฏิบัติงาน"),
        ("แผนพัฒนาประจ\u{FFFD}าปี ของส\u{FFFD}นักงาน", "แผนพัฒนาประจำปี ของสำนักงาน"),
        ("ว\u{F710}นท\u{F702}\u{F70A} ปฏ\u{F701}บ\u{F710}ต\u{F701}", "วันที่ ปฏิบัติ"),
        ("สำานักปลัด องค์การบริหารส่วนตำาบล", "สำนักปลัด องค์การบริหารส่วนตำบล"),
        ("ป ร ะ จ า ปี ง บ ป ร ะ ม า ณ พ.ศ. ๒๕๖๑", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๑"),
        ("บริ ห ารงานบุ ค คลของหน่ ว ยงานของรั ฐ", "บริหารงานบุคคลของหน่วยงานของรัฐ"),
    ] {
        assert_eq!(plain(&repaired(damaged)), plain(sound), "{damaged}");
    }
}

#[test]
fn one_file_may_be_damaged_both_ways() {
    let lines = ["สำรบัญ", "หน้ำ", "รายงานการดาเนินงานประจาปี", "คำนำ", "จัดทาโดย สานักปลัด"];
    let repair = Repair::of(lines.into_iter());
    let out: Vec<String> = lines.into_iter().map(|line| repair.line(line).unwrap_or_else(|| line.to_owned())).collect();
    assert_eq!(out, ["สารบัญ", "หน้า", "รายงานการดำเนินงานประจำปี", "คำนำ", "จัดทำโดย สำนักปลัด"]);
}

#[test]
fn words_that_sara_am_tells_apart_are_told_by_their_company() {
    let line = "การนาเสนอแผน การทานา ค่าจ้าง การลาป่วย คาขอ น้าประปา สานักงานอาเภอ จานวนมาก";
    assert_eq!(repaired(line), "การนำเสนอแผน การทำนา ค่าจ้าง การลาป่วย คำขอ น้ำประปา สำนักงานอำเภอ จำนวนมาก");
}

#[test]
fn abbreviations_are_no_damaged_words() {
    let line = "ตามทีสำนักงาน ป.ป.ช. ไดประกาศ เปนการปองกัน ปงบประมาณ พ.ศ. ๒๕๖๓ ลำดับที ๕๐ ก";
    let out = repaired(line);
    assert!(out.contains("ป.ป.ช.") && out.contains("พ.ศ. ๒๕๖๓") && out.ends_with("๕๐ ก"), "{out}");
}

#[test]
fn each_damage_comes_back() {
    let upper = "ัิีึื";
    for (name, least, share) in [
        ("ring lost", 0.97, restored(|line| am(line, 1, "า"))),
        ("ring lost in half", 0.97, restored(|line| am(line, 2, "า"))),
        ("split", 0.97, restored(|line| am(line, 1, " า"))),
        ("decomposed", 0.99, restored(|line| am(line, 1, " \u{0E4D} า"))),
        ("doubled", 0.99, restored(|line| am(line, 1, "ำา"))),
        ("unread", 0.97, restored(|line| am(line, 1, "\u{FFFD}"))),
        ("ring unread", 0.99, restored(|line| am(line, 1, "\u{FFFD}า"))),
        ("left out", 0.90, restored(|line| am(line, 1, ""))),
        ("ring on sara aa", 0.95, restored(|line| line.replace('า', "ำ"))),
        ("marks moved", 0.95, restored(|line| moved(line, 4, " "))),
        ("marks moved, no space", 0.95, restored(|line| moved(line, 4, ""))),
        ("glyphs", 0.99, restored(|line| glyphs(line, false))),
        ("glyphs of Apple", 0.99, restored(|line| glyphs(line, true))),
        ("marks on marks lost", 0.85, restored(|line| without(line, upper, "่้๊๋์"))),
        ("marks on tall letters lost", 0.85, restored(|line| without(line, "ปฝฟ", "ัิีึื็่้"))),
    ] {
        assert!(share >= least, "{name}: {share:.3}");
    }
}

#[test]
fn nothing_brings_it_down() {
    let few: Vec<char> = "กนปสมเแใไาำะิี่้์ํ๒ 5.\u{FFFD}\u{F70A}\u{200B}é".chars().collect();
    let mut dice = Dice::new(3);
    for _ in 0..200 {
        let lines: Vec<String> = (0..3)
            .map(|_| normalize(&(0..dice.below(40)).map(|_| few[dice.below(few.len())]).collect::<String>()))
            .collect();
        let repair = learned(&lines);
        for line in &lines {
            let Some(out) = repair.line(line) else { continue };
            assert_eq!(normalize(&out), out, "{line}");
            assert_ne!(&out, line);
        }
    }
    for hostile in
        ["า".repeat(20_000), "เ า".repeat(9_000), "ก่".repeat(9_000), "\u{FFFD}".repeat(9_000), "ก ".repeat(9_000)]
    {
        let line = normalize(&format!("สานักงาน{hostile}"));
        let _ = Repair::of([line.as_str()].into_iter()).line(&line);
    }
}
