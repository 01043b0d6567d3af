//! Pages that sound or look like a missing one and show something of their own, which nobody may fail.

use super::{FOOTER, MENU, Visit, dressed, others};

const SURE: Option<(&str, bool)> = Some(("link.soft_404", true));
const UNSURE: Option<(&str, bool)> = Some(("link.soft_404", false));
const SITE: &str = "http://www.nangrong.go.th";

/// A page in its site's template, which has a box at the side and is known from other pages.
fn beside(side: &str, html: &str) -> Visit {
    let template = |html: &str| dressed(&format!("<title>อบต.นางรอง</title><div>{side}</div>{html}"));
    let mut visit = Visit::page(&template(html));
    visit.others = others(template);
    visit
}

#[test]
fn a_box_of_the_template_does_not_speak_for_the_page() {
    let structure = "<h1>โครงสร้าง</h1><img src=/structure.jpg>";
    for side in [
        "<h3>ข่าวล่าสุด</h3><p>ไม่พบบทความ</p>",
        "<h3>ไม่พบหน้าที่คุณต้องการ</h3>",
        "<p>ไม่พบเนื้อหาที่ต้องการ ? สอบถามเราได้ที่ 044-631256</p>",
        "<b>Warning</b>: include(counter.php): failed to open stream in /x on line 12",
        "<p>ไม่สามารถเชื่อมต่อฐานข้อมูลได้</p>",
        "<h4>ผู้เข้าชมวันนี้</h4><h4>404</h4>",
    ] {
        assert_eq!(beside(side, structure).told(), None, "{side}");
        assert_eq!(beside(side, "<p>โครงสร้างส่วนราชการ สำนักปลัด กองคลัง กองช่าง</p>").told(), None, "{side}");
    }
    // A page without anything of its own says nothing else; whether its template does because every page is gone, who knows.
    assert_eq!(beside("<h2>ไม่พบหน้าที่คุณต้องการ</h2>", "").told(), UNSURE);
}

#[test]
fn a_message_beside_something_shown_is_for_a_person() {
    let message = "<h2>ไม่พบหน้าที่คุณต้องการ</h2>";
    assert_eq!(Visit::page(message).told(), SURE);
    let list = "<a href=/s1>สำนักปลัด</a> <a href=/s2>กองคลัง</a> <a href=/s3>กองช่าง</a>";
    let text = format!("<p>{}</p>", "แบ่งส่วนราชการเป็น สำนักปลัด กองคลัง กองช่าง ".repeat(5));
    for shown in ["<img src=/a.jpg>", "<iframe src=/a.pdf></iframe>", "<a href=/a.pdf>แผน</a>", list, &text] {
        assert_eq!(Visit::page(&format!("{message}{shown}")).told(), UNSURE, "{shown}");
    }
    let news = "<h1>ข่าวประชาสัมพันธ์</h1><p>เว็บไซต์หมดอายุการใช้งาน ขอให้ประชาชนใช้ที่อยู่ใหม่แทน</p>";
    assert_eq!(Visit::page(news).told(), UNSURE);
}

#[test]
fn a_program_that_fails_beside_something_shown_is_no_sign() {
    let failures =
        ["<p>SQLSTATE[HY000] [2002] Connection refused</p>", "<b>Warning</b>: include(a.php) on line <b>3</b>"];
    for failure in failures {
        assert_eq!(Visit::page(failure).told(), SURE, "{failure}");
        for shown in ["<img src=/a.jpg>", "<iframe src=/a.pdf></iframe>", "<a href=/a.pdf>แผน</a>"] {
            assert_eq!(Visit::page(&format!("{failure}{shown}")).told(), None, "{failure}{shown}");
        }
    }
    let contact = "<h1>ติดต่อเรา</h1><p>หมู่ 4 ตำบลนางรอง จังหวัดบุรีรัมย์ 31110 โทร 044-631256</p>";
    assert_eq!(Visit::page(&format!("{}{contact}", failures[1])).told(), None);
    let both = "<p>Warning: mysql_connect(): Access denied for user 'root'@'localhost' in /home/ita/conn.php on line 4</p>\
                <p>ไม่สามารถเชื่อมต่อฐานข้อมูลได้</p>";
    assert_eq!(Visit::page(both).told(), SURE);
}

#[test]
fn a_note_that_says_whom_to_ask_is_no_message() {
    let note = "<p>ไม่พบเอกสารที่ท่านต้องการ โปรดติดต่อสำนักปลัด โทร 044-631256</p>";
    assert_eq!(Visit::page(note).told(), UNSURE);
    assert_eq!(Visit::page(&format!("{note}<a href=/a.pdf>คู่มือ</a>")).told(), None);
    for note in ["ไม่พบบทความที่เกี่ยวข้อง", "ไม่พบไฟล์ที่แนบ"]
    {
        assert_eq!(Visit::page(&format!("<h1>โครงสร้าง</h1><h3>{note}</h3>")).told(), None, "{note}");
    }
}

#[test]
fn a_bare_number_is_a_count_more_often_than_a_status() {
    for html in [
        "<title>สถิติ</title><h1>สถิติเรื่องร้องเรียน</h1><h3>404</h3><p>เรื่องร้องเรียนทั่วไป</p>",
        "<title>ติดต่อเรา</title><h2>044-631256 ต่อ</h2><h2>404</h2><p>กองคลัง</p>",
        "<title>ติดต่อ ห้อง - 404</title><p>ศูนย์ข้อมูลข่าวสาร</p>",
    ] {
        assert_eq!(Visit::page(html).told(), None, "{html}");
    }
    let units = "แบ่งส่วนราชการเป็น สำนักปลัด กองคลัง กองช่าง กองการศึกษา โดยมีนายกเป็นผู้บังคับบัญชา";
    assert_eq!(Visit::page(&format!("<title>404</title><p>{units}</p>")).told(), UNSURE);
    assert_eq!(Visit::page("<title>404</title><img src=/structure.jpg>").told(), UNSURE);
    assert_eq!(Visit::page("<title>404 - อบต.นางรอง</title><p>กลับหน้าแรก</p>").told(), SURE);
}

#[test]
fn a_title_that_a_vendor_left_does_not_undo_the_page() {
    let text = "แบ่งส่วนราชการเป็น สำนักปลัด กองคลัง กองช่าง ".repeat(5);
    for shown in [format!("<p>{text}</p>"), "<iframe src=/a.pdf></iframe>".into(), "<a href=/a.pdf>แผน</a>".into()]
    {
        assert_eq!(Visit::page(&format!("<title>Not Found</title>{shown}")).told(), UNSURE, "{shown}");
    }
    assert_eq!(Visit::page("<title>Welcome to nginx!</title><h1>โครงสร้าง</h1><p>สำนักปลัด</p>").told(), UNSURE);
    assert_eq!(Visit::page("<title>IIS Windows คู่มือการให้บริการ</title><p>การติดตั้ง</p>").told(), None);
    let template = |html: &str| format!("<title>IIS7</title>{MENU}{html}{FOOTER}");
    let mut wide = Visit::page(&template("<h1>โครงสร้าง</h1><img src=/structure.jpg>"));
    wide.others = others(template);
    assert_eq!(wide.told(), None, "the whole site is called that");
}

#[test]
fn what_a_page_may_say_of_one_box_is_for_a_person() {
    for message in [
        "ไม่พบข้อมูลที่ท่านต้องการ",
        "เพจที่คุณค้นหาไม่พบ",
        "ไม่มีข้อมูลในหน้านี้",
        "ลิงก์นี้ไม่สามารถใช้งานได้",
        "เว็บไซต์นี้ปิดให้บริการแล้ว",
        "This page isn't available right now",
        "The page you requested has not been found",
    ] {
        assert_eq!(Visit::page(&format!("<p>{message}</p>")).told(), UNSURE, "{message}");
    }
}

#[test]
fn the_home_page_under_another_of_its_addresses_stands_for_nothing() {
    let html = format!("<title>อบต.นางรอง</title>{MENU}<p>ยินดีต้อนรับสู่เว็บไซต์</p>{FOOTER}");
    let visit = |asked: &str, last: &str| Visit::new(&format!("{SITE}{asked}"), &format!("{SITE}{last}"), &html);
    for (asked, last) in [
        ("/newweb", "/newweb/"),
        ("/newweb/index.php", "/newweb/"),
        ("/view/x/home?authuser=0", "/view/x/home"),
        ("/view/x", "/view/x/home"),
        ("/index.php?option=com_content&view=featured&Itemid=101", "/"),
        ("/?r=site/index", "/"),
        ("/intro.html", "/"),
    ] {
        let mut visit = visit(asked, last);
        visit.home = Some(visit.answer.final_url.clone());
        assert_eq!(visit.told(), None, "{asked}");
    }
    for (asked, last) in [("/?page_id=2", "/"), ("/2563/index.php", "/home")] {
        assert_eq!(visit(asked, last).told(), UNSURE, "{asked}");
    }
    assert_eq!(visit("/newweb/o5", "/").told(), SURE);
}

#[test]
fn a_page_that_sent_its_visitor_home_by_itself_may_be_read_before() {
    let html = format!("<title>อบต.นางรอง</title>{MENU}<p>ยินดีต้อนรับสู่เว็บไซต์</p>{FOOTER}");
    let mut visit = Visit::new(&format!("{SITE}/o5.html"), &format!("{SITE}/"), &html);
    assert_eq!(visit.told(), SURE);
    visit.answer.hops[0].status = 200;
    assert_eq!(visit.told(), UNSURE);
}

#[test]
fn an_article_may_have_the_number_404() {
    let told = |asked: &str, last: &str| {
        Visit::new(&format!("{SITE}{asked}"), &format!("{SITE}{last}"), "<title>โครงสร้าง</title><p>สำนักปลัด</p>").told()
    };
    assert_eq!(told("/?p=404", "/archives/404"), None);
    assert_eq!(told("/structure", "/node/404"), UNSURE);
    for last in ["/404", "/th/404.html", "/404.php?from=structure", "/error/not-found"] {
        assert_eq!(told("/structure", last), SURE, "{last}");
    }
}

#[test]
fn a_part_of_what_the_host_shows_for_every_address_is_for_a_person() {
    let welcome = "ยินดีต้อนรับสู่เว็บไซต์องค์การบริหารส่วนตำบลนางรอง ศูนย์กลางข้อมูลข่าวสารเพื่อประชาชนในพื้นที่ ".repeat(3);
    let news = format!("<title>อบต.นางรอง</title>{MENU}<p>{welcome}</p>");
    let home = format!("{news}<p>ประกาศจัดซื้อจัดจ้าง</p><p>แผนพัฒนาท้องถิ่น</p><p>ติดต่อหน่วยงาน</p>");
    let told = |html: &str| Visit::page(html).with_probe(&format!("{SITE}/no"), &home).told();
    assert_eq!(told(&home), SURE);
    assert_eq!(told(&news), UNSURE);
}
