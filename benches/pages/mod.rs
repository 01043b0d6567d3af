//! Distinct Thai pages of about 8 KB of one agency's website, a list of them for every item.

use std::fmt::Write as _;

/// How long a page is, in bytes, give or take a row of its table.
const LENGTH: usize = 8_000;

const SITE: &str = "http://www.nangrong.go.th";

/// Sections of the menu, which stands on every page.
const MENU: &[(&str, &str)] = &[
    ("general", "ข้อมูลพื้นฐาน"),
    ("personnel", "คณะผู้บริหาร"),
    ("plan", "แผนพัฒนาท้องถิ่น"),
    ("budget", "ข้อบัญญัติงบประมาณรายจ่าย"),
    ("procurement", "การจัดซื้อจัดจ้าง"),
    ("law", "กฎหมายที่เกี่ยวข้อง"),
    ("news", "ข่าวประชาสัมพันธ์"),
    ("service", "E-Service"),
    ("webboard", "กระดานถามตอบ Q&amp;A"),
    ("complain", "แจ้งเรื่องร้องเรียน"),
    ("integrity", "การป้องกันการทุจริต"),
    ("contact", "ติดต่อเรา"),
];

/// What agencies write about any of their work.
const SENTENCES: &[&str] = &[
    "องค์การบริหารส่วนตำบลนางรองได้ดำเนินการตามแผนดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2563 เพื่อแก้ไขปัญหาความเดือดร้อนของประชาชนในพื้นที่",
    "คณะกรรมการติดตามและประเมินผลได้ประชุมเมื่อวันที่ 15 มกราคม 2563 และมีมติเห็นชอบให้ทุกกองรายงานผลภายในสามสิบวัน",
    "งบประมาณที่ได้รับจัดสรรเป็นไปตามพระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. 2561 และระเบียบกระทรวงมหาดไทยที่เกี่ยวข้อง",
    "ประชาชนสามารถสอบถามรายละเอียดเพิ่มเติมได้ที่สำนักปลัด โทรศัพท์ 0-4463-1256 ต่อ 12 ในวันและเวลาราชการ",
    "ผลการดำเนินงานเป็นไปตามเป้าหมายร้อยละ 85.50 ของตัวชี้วัด ทั้งนี้ปัญหาและอุปสรรคที่พบ คือ ฝนตกหนักในช่วงฤดูฝน",
    "ผู้บริหารให้ความสำคัญกับการมีส่วนร่วมของประชาชน จึงได้จัดประชุมประชาคมหมู่บ้านครบทั้ง 14 หมู่บ้านแล้ว",
    "กองช่างได้สำรวจและออกแบบโครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านหนองยายพิมพ์ – บ้านโคกว่าน หมู่ที่ ๓",
];

const WORK: &[&str] = &[
    "จัดซื้อวัสดุสำนักงาน",
    "จ้างเหมาซ่อมแซมถนนลูกรัง",
    "จัดซื้ออาหารเสริม (นม) โรงเรียน",
    "จ้างเหมาบริการรถรับ-ส่งเด็กเล็ก",
    "โครงการฝึกอบรมคุณธรรมและจริยธรรม",
    "ก่อสร้างรางระบายน้ำ คสล.",
];

const MONTHS: &[&str] = &["ต.ค. 62", "พ.ย. 62", "ธ.ค. 62", "มกราคม 2563", "กุมภาพันธ์ 2563", "มี.ค. 2563"];

/// The address of an item's page.
pub(crate) fn url(item: &str, number: usize) -> String {
    format!("{SITE}/{}/{number}.html", item.to_lowercase())
}

/// One page, of the given number among its item's.
pub(crate) fn page(item: &str, name: &str, number: usize) -> String {
    let mut html = String::with_capacity(LENGTH + 1_000);
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n<title>{name} | องค์การบริหารส่วนตำบลนางรอง</title>\n\
         <link rel=\"stylesheet\" href=\"/css/style.css\">\n</head>\n<body>\n<div id=\"menu\" class=\"menu\"><ul>\n"
    );
    for (section, text) in MENU {
        let _ = writeln!(html, "<li class=\"item\"><a href=\"/{section}/index.html\">{text}</a></li>");
    }
    let _ = write!(
        html,
        "</ul></div>\n<div id=\"content\" class=\"content\">\n<h2>{name} ประจำปีงบประมาณ พ.ศ. 2563</h2>\n<p>ส่วนที่ {number}</p>\n"
    );
    for paragraph in 0..4 {
        let sentence = |at: usize| SENTENCES[(number * 3 + paragraph + at * 2) % SENTENCES.len()];
        let _ = writeln!(html, "<p>{} {}</p>", sentence(0), sentence(1));
    }
    html.push_str(
        "<table class=\"list\" border=\"1\">\n<tr><th>ที่</th><th>รายการ</th><th>วงเงิน (บาท)</th><th>เดือน</th></tr>\n",
    );
    for row in 1.. {
        let (work, month) = (WORK[(number + row) % WORK.len()], MONTHS[(number + row) % MONTHS.len()]);
        let sum = (number * 7_919 + row * 104_729) % 900_000 + 1_000;
        let _ = writeln!(
            html,
            "<tr><td>{row}</td><td>{work} เลขที่ {number}/{row}</td><td class=\"sum\">{},{:03}.00</td><td>{month}</td></tr>",
            sum / 1_000,
            sum % 1_000
        );
        if html.len() > LENGTH - 600 {
            break;
        }
    }
    let _ = write!(
        html,
        "</table>\n<p><a href=\"{}\">หน้าถัดไป</a> <a href=\"/files/{}-{number}.pdf\">ดาวน์โหลดเอกสาร</a></p>\n</div>\n\
         <div class=\"footer\">© 2563 องค์การบริหารส่วนตำบลนางรอง อำเภอนางรอง จังหวัดบุรีรัมย์ 31110 โทร 0-4463-1256</div>\n\
         </body>\n</html>\n",
        url(item, number + 1),
        item.to_lowercase()
    );
    html
}
