//! Pages that stand in for one that is not there, and pages that only sound like it.

use super::{FOOTER, MENU, Visit, all_are, all_are_but};

/// Pages that say so, default pages, suspended and parked websites, failing programs.
const GONE: &[&str] = &[
    "<title>404 Not Found</title><center><h1>404 Not Found</h1></center><hr><center>nginx/1.14.0</center>",
    "<title>404: ไม่พบหน้า - องค์การบริหารส่วนตำบลนางรอง</title><h1>404</h1><p>ไม่พบหน้า</p>",
    "<title>ไม่พบหน้า – เทศบาลตำบลทุ่งแสงทอง</title><h1>อุ๊ปส์! ไม่พบหน้านั้น</h1><p>ดูเหมือนว่าจะไม่มีอะไรในตำแหน่งนี้ ลองค้นหาดู</p>",
    "<title>Page not found | สำนักงานปลัดกระทรวง</title><p>The requested page could not be found.</p>",
    "<title>อบต.นางรอง</title><h2>ไม่พบหน้าที่คุณต้องการ</h2><p>กรุณากลับไปที่หน้าแรก</p>",
    "<title>อบต.นางรอง</title><p>ขออภัย ไม่พบเนื้อหา</p>",
    "<title>อบต.นางรอง</title><div>ขออภัยค่ะ ไม่พบหน้าที่ท่านต้องการ อาจถูกลบหรือย้ายไปแล้ว</div>",
    "<title>อบต.นางรอง</title><h1>404</h1><p>หน้าที่คุณกำลังมองหาไม่มีอยู่ หรืออาจถูกย้ายไปที่อื่น</p>",
    "<title>Error: 404 Article not found</title><h1>The requested page cannot be found.</h1>\
     <p>An error has occurred while processing your request.</p>",
    "<title>404 - File or directory not found.</title><h2>404 - File or directory not found.</h2>\
     <h3>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</h3>",
    "<title>The resource cannot be found.</title><h1>Server Error in '/' Application.</h1><h2><i>The resource cannot be found.</i></h2>",
    "<title>Not Found</title><div>404</div><div>Not Found</div>",
    "<title>อบต.</title><h1>Not Found</h1><p>The requested URL /ita/o11.html was not found on this server.</p>",
    "<title>เว็บไซต์หน่วยงาน</title><h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location.</p>",
    "<title>Google Drive</title><p>ขออภัย ไม่มีไฟล์ที่คุณขอ</p><p>ตรวจสอบให้แน่ใจว่าคุณใช้ URL ถูกต้องและมีไฟล์นี้อยู่</p>",
    "<title>Apache2 Ubuntu Default Page: It works</title><p>Apache2 Ubuntu Default Page</p><p>This is the default welcome page used to \
     test the correct operation of the Apache2 server after installation on Ubuntu systems.</p>",
    "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed</p>",
    "<title>IIS Windows Server</title><img src=iisstart.png>",
    "<title>AppServ Open Project 2.5.10</title><p>The AppServ Open Project - 2.5.10 for Windows</p>",
    "<h1>It works!</h1>",
    "<title>Apache Tomcat/8.5.5</title><h2>If you're seeing this page via a web browser, it means you've setup Tomcat successfully. Congratulations!</h2>",
    "<title>Account Suspended</title><h1>This Account has been suspended.</h1><p>Contact your hosting provider for more information.</p>",
    "<title>เว็บไซต์</title><h1>เว็บไซต์นี้ถูกระงับการให้บริการชั่วคราว</h1><p>กรุณาติดต่อผู้ให้บริการโฮสติ้ง</p>",
    "<title>nangrong.go.th</title><h1>โดเมนนี้หมดอายุ</h1><p>กรุณาต่ออายุโดเมนภายใน 30 วัน โทร 02-000-0000</p>",
    "<title>nangrong.com</title><p>nangrong.com</p><p>The domain nangrong.com may be for sale. Click here to inquire: Buy this domain.</p>",
    "<title>nangrong.com</title><p>This domain is parked free, courtesy of GoDaddy.com</p>",
    "<title>อบต.</title><iframe src=https://sedoparking.com/frmpark/nangrong.com></iframe>",
    "<b>Fatal error</b>: Uncaught Error: Call to undefined function mysql_connect() in /var/www/html/db.php:12 on line <b>12</b>",
    "<title>Database Error</title><h1>Error establishing a database connection</h1>",
    "<p>SQLSTATE[HY000] [2002] Connection refused</p>",
    "<title>Runtime Error</title><h1>Server Error in '/' Application.</h1><p>An application error occurred on the server.</p>",
    "<title>อบต.</title><h1>มีข้อผิดพลาดร้ายแรงเกิดขึ้นบนเว็บไซต์ของคุณ</h1>",
];

/// Pages of content that use the same words.
const CONTENT: &[&str] = &[
    "<title>โครงสร้าง</title><h1>โครงสร้างส่วนราชการ</h1><p>แบ่งส่วนราชการเป็นสำนักปลัด กองคลัง กองช่าง</p>",
    "<title>ข่าว</title><h1>ตำรวจลงพื้นที่ ไม่พบผู้กระทำผิด</h1><p>จากการตรวจสอบไม่พบผู้กระทำผิดแต่อย่างใด</p>",
    "<title>สถิติเรื่องร้องเรียนการทุจริต</title><p>ประจำปี 2563 ไม่พบข้อมูลการทุจริต</p>",
    "<title>สถิติเรื่องร้องเรียน</title><p>ไม่มีเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ปีงบประมาณ พ.ศ. 2563</p>",
    "<title>ค้นหา</title><h1>ค้นหาเอกสาร</h1><table><tr><td>ลำดับ</td><td>ชื่อเรื่อง</td></tr><tr><td>ไม่พบข้อมูล</td></tr></table>",
    "<title>ประกาศ</title><h1>ประกาศจัดซื้อจัดจ้าง</h1><table><tr><td>เลขที่</td><td>จำนวนเงิน</td></tr><tr><td>403</td><td>404</td></tr>\
     <tr><td>404</td><td>500</td></tr></table>",
    "<title>404 Not Found คืออะไร แก้ไขอย่างไร</title><h1>404 Not Found คืออะไร</h1><p>เป็นรหัสที่แสดงเมื่อไม่พบหน้าเว็บที่ต้องการ</p>",
    "<title>คำถามที่พบบ่อย</title><h2>ไม่พบหน้าเว็บที่ต้องการ ต้องทำอย่างไร</h2><p>ให้ติดต่อผู้ดูแลเว็บไซต์</p>",
    "<title>คู่มือ</title><p>หากไม่พบหน้าที่ท่านต้องการ ให้แจ้งสำนักปลัด</p><p>ขั้นตอนการขอข้อมูลข่าวสารมี 3 ขั้นตอน</p>",
    "<title>หน้าที่ความรับผิดชอบ</title><p>ไม่พบหน้าที่ความรับผิดชอบซ้ำซ้อนระหว่างกอง</p>",
    "<title>มาตรา 404</title><h1>ประมวลกฎหมายแพ่ง มาตรา 404</h1><p>การชำระหนี้</p>",
    "<title>ข่าว</title><h1>พบสุนัขพลัดหลง ไม่พบเจ้าของ</h1><p>ผู้ใดเป็นเจ้าของติดต่อเทศบาล</p>",
    "<title>ผลการตรวจสอบ</title><p>ผลการตรวจสอบภายใน ไม่พบข้อผิดพลาดในการเบิกจ่าย</p>",
    "<title>ข้อมูลโควิด</title><h1>ไม่พบผู้ติดเชื้อรายใหม่</h1><p>วันนี้ไม่พบผู้ติดเชื้อรายใหม่ในพื้นที่</p>",
    "<title>อบรมเว็บไซต์</title><h1>อบรมการดูแลเว็บไซต์</h1><p>หัวข้อ: การป้องกันโดเมนหมดอายุ และการแก้ไข Fatal error ใน PHP</p>",
    "<title>แจ้งเปลี่ยนเว็บไซต์</title><p>เนื่องจากโดเมนเดิมจะหมดอายุ อบต.ขอเปลี่ยนชื่อเว็บไซต์เป็น nangrong.go.th ตั้งแต่ 1 ตุลาคม 2563</p>",
    "<title>รายงาน</title><h1>รายงานผลการดำเนินงาน รอบ 6 เดือน</h1><p>โครงการที่ถูกระงับการดำเนินการ จำนวน 2 โครงการ</p>",
    "<title>ดัชนี</title><h1>Index of Transparency</h1><p>ดัชนีความโปร่งใสของหน่วยงาน ปี 2563</p>",
    "<title>หน้าแรกของเครื่องแม่ข่าย</title><h1>คู่มือการติดตั้ง Apache Tomcat</h1><p>สำหรับเจ้าหน้าที่ไอที</p>",
    "<title>ประกาศ</title><p>บัญชีรายชื่อผู้มีสิทธิสอบ ผู้ใดไม่พบชื่อให้ติดต่อสำนักปลัด</p>",
    "<title>การขอใบอนุญาต</title><h1>เอกสารที่ต้องใช้</h1><p>กรณีไม่พบเอกสารที่ท่านต้องการ ให้ขอที่ศูนย์ข้อมูลข่าวสาร</p>",
    "<title>รายงานการประชุม</title><p>ระเบียบวาระที่ 4.04 ไม่มีเรื่องเสนอ</p>",
    "<title>นโยบาย No Gift Policy</title><h1>งดรับ งดให้</h1><p>It works when everybody helps.</p>",
    "<title>แผนที่</title><h1>ที่ตั้ง</h1><p>บ้านเลขที่ 404 หมู่ 4 ตำบลนางรอง</p><h3>ติดต่อ</h3>",
    "<title>ผลการดำเนินงาน</title><p>ยังไม่พบปัญหาอุปสรรค</p><p>ไม่มีหน้าที่ซ้ำซ้อน</p>",
    "<title>ทรัพยากรบุคคล</title><h1>นโยบายการบริหารทรัพยากรบุคคล</h1><p>This page does what the law asks for.</p>",
    "<title>ระบบสารสนเทศ</title><h1>สถานะระบบ</h1><p>ระบบฐานข้อมูลกลาง: เชื่อมต่อได้ปกติ</p>",
];

#[test]
fn a_page_that_stands_in_for_another_is_told() {
    all_are_but(GONE, Some(("link.soft_404", true)), true);
}

#[test]
fn a_page_of_content_is_not_taken_for_a_missing_one() {
    all_are(CONTENT, None);
}

#[test]
fn lists_of_files_and_empty_categories_are_for_a_person() {
    for html in [
        "<title>Index of /ita/2563</title><h1>Index of /ita/2563</h1><pre><a href=..>Parent Directory</a> <a href=o11.pdf>o11.pdf</a></pre>",
        "<title>www.nangrong.go.th - /ita/</title><h1>www.nangrong.go.th - /ita/</h1><pre><a href=/>[To Parent Directory]</a><br>\
         6/1/2563 <a href=a.pdf>a.pdf</a></pre><p>[To Parent Directory]</p>",
        "<title>แผนพัฒนา – อบต.</title><h1>Nothing Found</h1><p>It seems we can’t find what you’re looking for.</p>",
        "<title>Facebook</title><h2>เนื้อหานี้ไม่พร้อมใช้งานในขณะนี้</h2>",
    ] {
        assert_eq!(Visit::page(html).told(), Some(("link.soft_404", false)), "{html}");
    }
}

#[test]
fn what_php_complains_of_above_real_content_is_no_failure() {
    let warning =
        "<b>Warning</b>: mysql_connect(): The mysql extension is deprecated in /var/www/a.php on line <b>3</b><br>";
    let content = "แผนดำเนินงานประจำปีงบประมาณ พ.ศ. 2563 ขององค์การบริหารส่วนตำบลนางรอง ".repeat(6);
    assert_eq!(Visit::page(&format!("{warning}<h1>แผนดำเนินงาน</h1><p>{content}</p>")).told(), None);
    assert_eq!(Visit::page(&format!("{warning}<p>ว่าง</p>")).told(), Some(("link.soft_404", true)));
}

#[test]
fn a_long_article_about_missing_pages_is_content() {
    let article = "เมื่อเข้าเว็บไซต์แล้วไม่พบหน้าที่ต้องการ เจ้าหน้าที่ต้องตรวจสอบลิงก์ทุกเดือน ".repeat(30);
    for html in [format!("<title>ไม่พบหน้า</title><p>{article}</p>"), format!("<h2>ไม่พบหน้าเว็บ</h2><p>{article}</p>")]
    {
        assert_eq!(Visit::page(&html).told(), None);
    }
}

#[test]
fn the_home_page_in_place_of_another_is_told() {
    let html = format!("<title>อบต.นางรอง</title>{MENU}<p>ยินดีต้อนรับสู่เว็บไซต์</p>{FOOTER}");
    let told = |asked: &str, last: &str| Visit::new(asked, last, &html).told();
    for (asked, last) in [
        ("http://www.nangrong.go.th/ita/o5", "http://www.nangrong.go.th/404.html"),
        ("http://www.nangrong.go.th/ita/o5", "http://www.nangrong.go.th/th/page-not-found"),
        ("http://www.nangrong.go.th/ita", "http://www.nangrong.go.th/"),
        ("http://www.nangrong.go.th/ita/o5", "http://www.nangrong.go.th/"),
        ("http://www.nangrong.go.th/ita/o5", "https://nangrong.go.th/index.php"),
        ("http://www.nangrong.go.th/index.php?option=com_content&id=7", "http://www.nangrong.go.th/th/"),
        ("http://old.nangrong.go.th/o5.html", "http://www.nangrong.go.th/"),
        ("https://vendor.example/nangrong/o5", "https://vendor.example/home"),
    ] {
        assert_eq!(told(asked, last), Some(("link.soft_404", true)), "{asked}");
    }
    let service = ("https://eservice.nangrong.go.th/start", "https://eservice.nangrong.go.th/");
    assert_eq!(told(service.0, service.1), Some(("link.soft_404", false)), "the service may be what was meant");
    for (asked, last) in [
        ("http://www.nangrong.go.th/", "https://www.nangrong.go.th/index.php"),
        ("http://www.nangrong.go.th/index.php", "https://nangrong.go.th/th"),
        ("http://www.nangrong.go.th/home", "http://www.nangrong.go.th/"),
        ("http://www.nangrong.go.th/o5", "https://www.nangrong.go.th/o5/"),
        ("http://www.nangrong.go.th/o5", "http://www.nangrong.go.th/th/o5"),
        ("http://www.nangrong.go.th/board", "https://board.nangrong.go.th/"),
        ("https://bit.ly/3abc", "http://www.nangrong.go.th/"),
        ("http://www.nangrong.go.th/o5", "http://www.nangrong.go.th/o5"),
    ] {
        assert_eq!(told(asked, last), None, "{asked}");
    }
    let mut elsewhere =
        Visit::new("http://www.nangrong.go.th/o5", "http://www.nangrong.go.th/portal/start.aspx", &html);
    assert_eq!(elsewhere.told(), None);
    elsewhere.home = Some("http://www.nangrong.go.th/portal/start.aspx".parse().unwrap());
    assert_eq!(elsewhere.told(), Some(("link.soft_404", true)));
}

#[test]
fn what_the_host_shows_for_every_address_is_told() {
    let url = "http://www.nangrong.go.th/ita/o11.html";
    let no = "http://www.nangrong.go.th/no";
    let welcome = "ยินดีต้อนรับสู่เว็บไซต์องค์การบริหารส่วนตำบลนางรอง ศูนย์กลางข้อมูลข่าวสารเพื่อประชาชนในพื้นที่ ".repeat(3);
    let home = format!("<title>อบต.นางรอง</title>{MENU}<p>{welcome}</p><p>ผู้เข้าชม 1,234 คน</p>{FOOTER}");
    let later = home.replace("1,234", "1,240");
    let told = |html: &str, probe: &str| Visit::page(html).with_probe(no, probe).told();
    assert_eq!(told(&home, &later), Some(("link.soft_404", true)));
    assert_eq!(told(&home.replace("ผู้เข้าชม", "แผนดำเนินงาน ปี 2563 ผู้เข้าชม"), &later), None);
    // Asked for itself, the home page is what it should be.
    let asked_home = "http://www.nangrong.go.th/index.php";
    assert_eq!(Visit::new(asked_home, asked_home, &home).with_probe(no, &later).told(), None);
    let short = "<title>อบต.</title><p>โปรดรอสักครู่</p>";
    assert_eq!(told(short, short), Some(("link.soft_404", false)));
    let shell = format!("<title>อบต.</title>{MENU}<div id=app></div><script src=/app.js></script>{FOOTER}");
    assert_eq!(told(&shell, &shell), Some(("content.unreadable", false)));
    let lost = "http://www.nangrong.go.th/lost?from=";
    let visit = |from: &str, html: &str| Visit::new(url, &format!("{lost}{from}"), html);
    assert_eq!(visit("", &home).with_probe(lost, &later).told(), Some(("link.soft_404", true)));
    // A 404 for what does not exist says nothing against what does.
    let mut honest = Visit::page(&home).with_probe(no, &home);
    if let Some(crate::model::Fetched::Answered(answer)) = honest.probe.as_mut().map(|probe| &mut probe.fetched) {
        answer.status = 404;
    }
    assert_eq!(honest.told(), None);
}
