//! Spam on agencies' pages, and pages that warn of it.

use super::{Visit, all_are};

const PLAN: &str = "<h1>แผนดำเนินงาน</h1><p>แผนดำเนินงานประจำปีงบประมาณ พ.ศ. 2563</p>";

/// Pages that carry spam.
fn spam() -> Vec<String> {
    let titled = |title: &str| format!("<title>{title}</title>{PLAN}");
    let hidden = |style: &str, text: &str| format!("<title>แผน</title>{PLAN}<div style='{style}'>{text}</div>");
    let linked = |links: &str| format!("<title>แผน</title>{PLAN}<p>{links}</p>");
    let mut pages: Vec<String> = [
        "สล็อตเว็บตรง แตกง่าย ฝากถอนไม่มีขั้นต่ำ - อบต.นางรอง",
        "UFABET เว็บแทงบอลออนไลน์ อันดับ 1",
        "บาคาร่าออนไลน์ เครดิตฟรี 2024 | องค์การบริหารส่วนตำบลนางรอง",
        "PG SLOT เว็บตรง ไม่ผ่านเอเย่นต์ แตกหนัก",
        "เว็บสล็อต อันดับ 1 ฝากถอน วอเลท",
        "คาสิโนออนไลน์ เว็บตรง ทดลองเล่น",
        "Slot Gacor Hari Ini - Situs Slot Online Terpercaya",
        "Judi Bola Online Resmi | อบต.",
        "Bandar Togel Online Terpercaya",
        "Mahjong Ways 2 Gacor Maxwin Hari Ini",
        "Slot Dana Gacor Terpercaya",
        "Situs Toto 4D Terpercaya",
        "AMBBET 918KISS สมัครเล่นคาสิโน",
        "คาสิโน เว็บตรง ฝากถอน",
        "หวยฮานอย หวยลาว จ่ายบาทละ 1000",
        "สล็อตเว็บตรง ปลอดภัย ไม่มีปัญหาการเงิน ไม่ต้องเป็นหนี้ ฝากถอนไม่อั้น",
        "บาคาร่า เครดิตฟรี ปภ. ป้องกันและบรรเทาสาธารณภัย",
        "หวยออนไลน์ ฝาก-ถอน ระบบออโต้",
        "สล็อต บาคาร่า คาสิโนสด แทงบอล",
        "สล็อตเว็บตรง ปลอดภัย ถูกกฎหมาย แตกง่าย",
        "Buy Viagra Online Without Prescription",
        "Cheap Cialis 20mg - Canadian Pharmacy",
        "ขายไซโตเทค ยาทำแท้ง ส่งฟรี เก็บเงินปลายทาง",
        "激安 ブランド 通販 正規品 送料無料",
    ]
    .map(titled)
    .into();
    pages.extend([
        hidden("display:none", "สล็อตเว็บตรง สมัครวันนี้รับเครดิตฟรี"),
        hidden(
            "position:absolute; left: -9999px",
            "<a href=https://a.example/>สล็อต</a> <a href=https://b.example>เว็บตรง</a>",
        ),
        hidden("font-size:0px", "slot gacor maxwin judi online"),
        hidden("overflow:hidden;height:1px", "ufabet บาคาร่า แทงบอล เครดิตฟรี"),
        hidden("TEXT-INDENT: -5000PX", "viagra online cheap cialis"),
        hidden("visibility: hidden !important", "คาสิโนออนไลน์ ฝากถอน ไม่มีขั้นต่ำ"),
        format!("<title>แผน</title>{PLAN}<a style=display:none href=https://a.example>สล็อต เครดิตฟรี</a>"),
        linked("<a href=https://pgslot.example/>สล็อต</a>"),
        linked("<a href=https://x.example/a>สล็อตเว็บตรง</a> <a href=https://y.example/b>บาคาร่า</a>"),
        linked("<a href=https://x.example>UFABET</a><a href=https://y.example>สล็อต</a>"),
        linked("<a href=https://rx.example/viagra>buy viagra</a> <a href=https://rx.example/c>cialis</a>"),
        format!("<title>อบต.</title><meta name=description content='สล็อตเว็บตรง เครดิตฟรี แตกง่าย'>{PLAN}"),
        "<title>อบต.นางรอง</title><h1>ยูฟ่าเบท สล็อตออนไลน์ ฝากถอนออโต้</h1><p>สมัครเลย</p>".to_owned(),
    ]);
    pages
}

/// Pages that speak of gambling and of medicine as agencies do, and others that hide things.
const HONEST: &[&str] = &[
    "<title>รณรงค์ไม่เล่นการพนันออนไลน์</title><h1>รณรงค์ไม่เล่นการพนันออนไลน์</h1><p>บาคาร่า สล็อต ล้วนทำให้เป็นหนี้</p>",
    "<title>เตือนภัยเว็บพนัน</title><h1>เตือนภัยเว็บพนัน</h1><p>มิจฉาชีพแจกเครดิตฟรีหลอกให้เล่นสล็อต</p>",
    "<title>สถิติคดีการพนัน ประจำปี 2563</title><h1>สถิติคดีการพนัน</h1><table><tr><td>จับกุมบาคาร่า</td><td>12 ราย</td></tr></table>",
    "<title>พระราชบัญญัติการพนัน พ.ศ. 2478</title><h1>พ.ร.บ. การพนัน พุทธศักราช 2478</h1><p>บัญชี ก. บาคารา รูเล็ต</p>",
    "<title>สำนักงานสลากกินแบ่งรัฐบาล</title><h1>ผลสลากกินแบ่งรัฐบาล</h1><p>งวดวันที่ 16 มิถุนายน 2563</p>",
    "<title>ข่าว: ตำรวจทลายเว็บพนันออนไลน์ บาคาร่า สล็อต เงินหมุนเวียน 100 ล้าน</title><h1>ทลายเว็บพนัน</h1><p>รวบผู้ต้องหา 5 ราย</p>",
    "<title>พนันบอลภัยใกล้ตัวเยาวชน</title><h1>พนันบอล</h1><p>ช่วงบอลโลกมีการแทงบอล</p>",
    "<title>ห้ามเล่นการพนันทุกชนิดในสถานที่ราชการ</title><p>ห้ามเล่นสล็อต บาคาร่า แทงบอล</p>",
    "<title>พนันออนไลน์</title><h1>พนันออนไลน์</h1><p>โทษของการพนันออนไลน์ต่อครอบครัว</p>",
    "<title>ข่าว</title><h1>ปิดกั้นเว็บพนันออนไลน์กว่า 1,000 เว็บ</h1><p>กระทรวงดิจิทัลฯ ปิดเว็บแล้ว</p>",
    "<title>ข่าว</title><h1>อย. เตือนผลิตภัณฑ์เสริมอาหารปลอมปนไซบูทรามีนและซิลเดนาฟิล</h1><p>ตรวจพบ sildenafil และ viagra ปลอม</p>",
    "<title>ยาแผนปัจจุบัน</title><h1>ความรู้เรื่องยา</h1><p>sildenafil ใช้รักษาความดันในปอด</p>",
    "<title>Specialist Clinic</title><h1>คลินิกเฉพาะทาง (Specialist)</h1><p>เปิดวันจันทร์</p>",
    "<title>ตารางเวลา</title><h1>จองคิวแบบ time slot</h1><p>เลือก slot ที่ว่าง</p>",
    "<title>ประกาศโบนัสประจำปี</title><h1>เงินรางวัลประจำปี (โบนัส)</h1><p>รับโบนัสตามผลการปฏิบัติงาน</p>",
    "<title>ทางเข้าอาคาร</title><h1>ทางเข้า-ออกอาคารสำนักงาน</h1><p>ระบบออโต้เปิดไม้กั้น</p>",
    "<title>เมนู</title><p>เนื้อหา</p><div style='display:none'><a href=/a>หน้าแรก</a><a href=/b>ร้องเรียน</a></div>",
    "<title>ข่าว</title><p>ข่าว</p><div style='display:none'>ขอเชิญอบรมป้องกันภัยพนันออนไลน์ เว็บพนันแจกเครดิตฟรีเป็นกลลวง</div>",
    "<title>ลิงก์</title><p><a href=https://www.dsi.go.th/>แจ้งเบาะแสเว็บพนัน</a> <a href=https://www.glo.or.th/>ตรวจสลาก</a></p>",
    "<title>สื่อ</title><p><a href=https://www.thaipost.example/1>ตร.รวบแก๊งเปิดเว็บพนัน บาคาร่า สล็อต</a></p>",
    "<title>การฝากถอนเงินธนาคาร</title><h1>สหกรณ์ออมทรัพย์ ฝากถอนไม่มีขั้นต่ำ</h1><p>ยินดีให้บริการ</p>",
    "<title>ปล่อยพันธุ์ปลา</title><h1>โครงการปล่อยพันธุ์ปลา</h1><p>เสือ มังกร หงส์</p>",
    "<title>日本大使館 タイ王国</title><h1>ในหลวง</h1><p>在タイ日本国大使館 公式</p>",
    "<title>อบรมความรู้เท่าทันพนันออนไลน์ (สล็อต บาคาร่า) ในโรงเรียน</title><p>นักเรียน 100 คน</p>",
    "<title>ร่าง พ.ร.บ. สถานบันเทิงครบวงจร คาสิโนออนไลน์</title><p>รับฟังความคิดเห็น</p>",
    "<title>รายงานวิจัยพฤติกรรมการแทงบอลออนไลน์และบาคาร่า</title><p>กลุ่มตัวอย่าง 400 คน</p>",
    "<title>จัดหายา Sildenafil, Tadalafil และ Vardenafil</title><h1>โรงพยาบาลนางรอง</h1><p>ประกาศราคากลาง</p>",
    "<title>คดียาเสียสาว</title><h1>จับกุมผู้ขายยาสลบและไซโตเทค</h1><p>ลักลอบขายทางออนไลน์ เก็บเงินปลายทาง</p>",
    "<title>แผน</title><div style='display:none'>กล้องโทรทัศน์วงจรปิด มีช่อง MicroSD card slot ติดตั้งบริเวณทางเข้าหมู่บ้าน</div>",
    "<title>จัดซื้อระบบแสดง Parking Slot ทางเข้าอาคาร 2563</title><h1>แผน</h1><p>ระบบจอดรถ</p>",
    "<title>ประกาศ</title><h1>ประกาศซื้อเครื่องคอมพิวเตอร์ มี PCI slot 2 ช่อง และเกียร์ออโต้ 2563</h1><p>ราคากลาง</p>",
    "<title>แผน</title><div hidden>ประกวดคลิปสั้น รู้ทันพนันออนไลน์</div><div hidden>ติดตั้งไฟส่องสว่างทางเข้าหมู่บ้าน</div>",
    "<title>แผน</title><div hidden>เสวนา พนันออนไลน์กับสังคมไทย</div><div hidden><a href=/e>ทางเข้าระบบ e-Office</a></div>",
    "<title>แผน</title><div hidden>ละครสั้น พนันบอล คว้ารางวัลอันดับ 1</div>",
    "<title>Booking</title><meta name=description content='Choose time slot, deposit required, bonus points'><p>Hall</p>",
    "<title>ใบสั่งซื้อยา Sildenafil 50 mg โรงพยาบาลนางรอง</title><h1>สั่งซื้อยา Tramadol 50 mg cap</h1><p>ราคากลาง</p>",
    "<title>ข่าว</title><h1>กิจกรรมร้านยาคุณภาพ: ไวอากร้าของแท้ดูอย่างไร</h1><p>ข่าวประชาสัมพันธ์</p>",
    "<title>รับฟังความคิดเห็นร่างกฎกระทรวงสถานบันเทิงครบวงจร (Casino, Slots, Baccarat)</title><p>ข่าว</p>",
    "<title>ข่าว</title><h1>ร่างกฎกระทรวงกำหนดการเล่นในสถานบันเทิงครบวงจร: บาคารา รูเล็ต สล็อต</h1><p>ข่าว</p>",
    "<title>ตั้งจุดสกัดโต๊ะพนันบอลบริเวณทางเข้าสนามกีฬา 2563</title><h1>ข่าว</h1><p>ตั้งจุดตรวจ</p>",
    "<title>ข่าว</title><p>ข่าว</p><a href=https://judicialtraining.example/>Slot machine law</a><a href=https://x.example/>Casino economics</a>",
    "<title>ข่าว</title><p>ข่าว</p><a href=https://qr.example/>ทางเข้าจอง slot ฉีดวัคซีน</a>",
    "<title>人気 限定 新品 観光</title><h1>観光案内</h1><p>中古</p>",
    "<title>ข่าว</title><h1>ข่าว</h1><p>ตำรวจทลายเว็บ UFABET และ SBOBET จับกุมผู้ต้องหา 5 ราย แจกเครดิตฟรี</p>",
    "<title>จองวัคซีน</title><h1>จองวัคซีน</h1><p>เลือกเวลาจาก slot online แล้วยืนยัน</p>",
    "<title>ความปลอดภัย</title><h1>ความปลอดภัยไซเบอร์</h1><p>เว็บไซต์ที่ขึ้นข้อความ Hacked by ต้องแจ้งผู้ดูแล</p>",
];

#[test]
fn spam_is_told_and_quoted() {
    let pages = spam();
    assert!(pages.len() >= 25);
    all_are(&pages.iter().map(String::as_str).collect::<Vec<_>>(), Some(("link.hacked", true)));
    let nature = Visit::page("<title>อบต. | สล็อตเว็บตรง แตกง่าย</title><p>แผน</p>").nature().unwrap();
    assert_eq!(nature.evidence, "สล็อตเว็บตรง แตกง่าย");
    assert_eq!(nature.kind.unwrap().th, "โฆษณาเว็บพนันในชื่อหน้า");
}

#[test]
fn agencies_that_warn_of_gambling_are_not_hacked() {
    assert!(HONEST.len() >= 25);
    all_are(HONEST, None);
}

#[test]
fn hints_of_spam_are_for_a_person() {
    for html in [
        "<title>ยูฟ่าเบท</title><p>แผน</p>",
        "<title>สล็อต บาคาร่า</title><p>แผน</p>",
        "<title>แผน</title><p>แผน</p><a href=https://x.example/>สล็อตออนไลน์</a>",
        "<title>เตือน: สล็อตเว็บตรง เครดิตฟรี แตกง่าย ฝากถอน</title><p>แผน</p>",
        "<title>สล็อตเว็บตรง สำนักงานเขตพื้นที่การศึกษาประถมศึกษา</title><p>แผน</p>",
        "<title>ตารางแยกประเภท พนันบอล หวยออนไลน์ บาคาร่า 2563</title><p>แผน</p>",
        "<title>เปิดโปง UFABET เครดิตฟรี</title><p>แผน</p>",
        "<title>สล็อต ทางเข้า อันดับ 1</title><p>แผน</p>",
        "<title>แผน</title><p>แผน</p><a style=display:none href=/a>สล็อต</a><a style=display:none href=/b>เครดิตฟรี</a>",
        "<title>Hacked by xxTEAM</title><p>Security is low</p>",
        "<title>อบต.นางรอง</title><h1>~ Hacked By Anonymous ~</h1>",
    ] {
        assert_eq!(Visit::page(html).told(), Some(("link.hacked", false)), "{html}");
    }
}

#[test]
fn links_within_the_agencys_own_site_are_no_injection() {
    let html = "<title>กระดาน</title><p><a href=http://board.nangrong.go.th/1>สล็อตเว็บตรง</a></p>";
    assert_eq!(Visit::page(html).told(), None);
}

#[test]
fn spam_that_a_visitor_sees_is_told() {
    let told = |text: &str| Visit::page(&format!("<title>แผน</title>{PLAN}{text}")).told();
    let plain = "<p>UFABET สล็อตเว็บตรง SBOBET บาคาร่าออนไลน์ JOKER123 เครดิตฟรี ฝากถอน</p>";
    assert_eq!(told(plain), Some(("link.hacked", true)));
    let essay = "<p>สมัครสล็อตเว็บตรง ฝากถอนไม่มีขั้นต่ำ รับเครดิตฟรี 100 ยูฟ่าเบท แทงบอลออนไลน์</p>";
    assert_eq!(told(essay), Some(("link.hacked", true)));
    assert_eq!(told("<h2>สล็อตเว็บตรง แตกง่าย เครดิตฟรี</h2>"), Some(("link.hacked", false)));
    // A report that warns in another paragraph.
    let report = format!("<p>ตำรวจทลายเครือข่ายพนัน จับกุมผู้ต้องหา 5 ราย</p>{plain}");
    assert_eq!(told(&report), Some(("link.hacked", false)));
}
