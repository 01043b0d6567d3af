//! Walls that ask for a login, and pages that only have one beside their content.

use super::{MENU, Visit, all_are, dressed, known_menu};

const FORM: &str = "<form method=post action=/login><label>ชื่อผู้ใช้</label><input name=username><label>รหัสผ่าน</label>\
<input type=password name=password><input type=checkbox name=remember><button>เข้าสู่ระบบ</button></form>";

/// Pages that are nothing but a login, without any redirect.
const WALLS: &[&str] = &[
    "<title>เข้าสู่ระบบ</title><form method=post><input name=u><input type=password name=p></form>",
    "<title>เข้าสู่ระบบ ‹ อบต.นางรอง — WordPress</title><form><input name=log><input type=password name=pwd></form><a href=/lost>ลืมรหัสผ่านใช่ไหม?</a>",
    "<title>Login</title><h1>Administrator</h1><form><input name=username><input type=password name=passwd></form>",
    "<title>ลงชื่อเข้าใช้ - ระบบสารบรรณอิเล็กทรอนิกส์</title><form><input name=u><input type=password name=p></form>",
    "<title>Intranet | Sign in</title><p>สำหรับเจ้าหน้าที่เท่านั้น</p><form><input name=u><input type=password name=p></form>",
    "<title>Member Login</title><form><input name=email type=email><input type=password name=p><input name=captcha></form>",
    "<title>Google Drive: Sign-in</title><h1>Sign in</h1><p>to continue to Google Drive</p>",
    "<title>Google ไดรฟ์</title><h1>คุณต้องมีสิทธิ์เข้าถึง</h1><p>ขอสิทธิ์เข้าถึงหรือเปลี่ยนไปใช้บัญชีที่มีสิทธิ์เข้าถึง</p>",
    "<title>Google Drive - Access Denied</title><h1>You need access</h1><p>Ask for access, or switch to an account with access.</p>",
    "<title>Sign in to your account</title><div id=loginform></div>",
    "<title>SharePoint</title><p>You need permission to access this item.</p>",
    "<title>เอกสาร</title><p>ขออภัย คุณไม่มีสิทธิ์เข้าถึงเอกสารนี้ กรุณาติดต่อเจ้าของเอกสาร</p>",
];

/// Content with a login beside it, or about logging in.
fn content() -> Vec<String> {
    let beside = |title: &str, own: &str| {
        format!("<title>{title}</title><div id=left><h3>เข้าสู่ระบบ</h3>{FORM}</div><div id=main>{own}</div>")
    };
    let text = "องค์การบริหารส่วนตำบลนางรองแบ่งส่วนราชการภายในออกเป็น สำนักปลัด กองคลัง กองช่าง กองการศึกษา ศาสนาและวัฒนธรรม \
                กองสาธารณสุขและสิ่งแวดล้อม กองสวัสดิการสังคม และหน่วยตรวจสอบภายใน โดยมีปลัดองค์การบริหารส่วนตำบลเป็นผู้บังคับบัญชา";
    let mut pages = vec![
        beside("โครงสร้าง", &format!("<h1>โครงสร้างส่วนราชการ</h1><p>{text}</p>")),
        beside("แผนดำเนินงาน", "<h1>แผนดำเนินงาน ปี 2563</h1><p><a href=plan.pdf>ดาวน์โหลด</a></p>"),
        beside("อำนาจหน้าที่", &format!("<p>{text}</p>")),
        beside("แผนที่", "<h1>ที่ตั้ง</h1><iframe src=https://www.nangrong.go.th/map.html></iframe>"),
        beside("ข่าว", "<h1>ข่าวประชาสัมพันธ์</h1><h2>ขอเชิญร่วมงาน</h2><p>วันที่ 30 มิถุนายน 2563 ณ ที่ทำการ</p>"),
        beside(
            "ถาม-ตอบ",
            "<h1>กระดานถามตอบ</h1><form action=/ask method=post><input name=topic><input name=name><textarea name=q></textarea></form>",
        ),
        beside("ผู้บริหาร", "<h1>คณะผู้บริหาร</h1><img src=1.jpg><img src=2.jpg><img src=3.jpg><p>นายก อบต.</p>"),
        beside("รายงาน", "<h2>รายงาน</h2><h2>รอบ 6 เดือน</h2><table><tr><td>โครงการ</td><td>ผล</td></tr></table>"),
    ];
    pages.extend(
        [
            "<title>คู่มือการเข้าสู่ระบบ e-GP</title><h1>คู่มือการเข้าสู่ระบบ</h1><p>1. เปิดเว็บไซต์ 2. กรอกชื่อผู้ใช้ 3. กรอกรหัสผ่าน</p>",
            "<title>ประกาศ</title><p>ให้ผู้สมัครเข้าสู่ระบบเพื่อพิมพ์บัตรประจำตัวสอบ ภายในวันที่ 30 มิถุนายน 2563</p>",
            "<title>ข่าว</title><h1>เปิดใช้ระบบลงชื่อเข้าใช้ใหม่</h1><p>เจ้าหน้าที่ทุกคนต้องเปลี่ยนรหัสผ่าน</p>",
            "<title>สมัครสมาชิก</title><h1>สมัครสมาชิก</h1><form method=post><input name=name><input name=email><input name=tel><input name=address>\
             <input type=password name=p><input type=password name=p2></form>",
            "<title>ร้องเรียน</title><h1>แจ้งเรื่องร้องเรียน</h1><form method=post><input name=name><textarea name=detail></textarea>\
             <input type=password name=code></form>",
            "<title>นโยบาย</title><p>การเข้าถึงข้อมูลส่วนบุคคล ท่านมีสิทธิ์เข้าถึงข้อมูลของท่านตามกฎหมาย</p>",
            "<title>สิทธิ</title><h1>สิทธิของเจ้าของข้อมูล</h1><p>หากคุณไม่มีสิทธิ์เข้าถึงข้อมูล สามารถยื่นอุทธรณ์ได้</p>",
            "<title>ขอข้อมูลข่าวสาร</title><h1>ขอสิทธิ์เข้าถึงข้อมูลข่าวสารของราชการ</h1><p>Request access to public information</p>",
            "<title>ระเบียบ</title><h1>การล็อกอินเข้าใช้งานเครือข่าย</h1><p>ระเบียบการใช้งานเครือข่ายคอมพิวเตอร์ พ.ศ. 2563</p>",
        ]
        .map(str::to_owned),
    );
    pages.extend(["แผนพัฒนา", "ข้อบัญญัติ", "งบประมาณ", "รายรับ", "จัดซื้อจัดจ้าง", "ร้องเรียน", "คู่มือ", "กฎหมาย", "สถิติ", "มาตรการ"].map(|name| {
        beside(name, &format!("<h1>{name}</h1><ul><li><a href=/a.pdf>{name} ปี 2563</a><li><a href=/b.pdf>{name} ปี 2562</a></ul>"))
    }));
    pages
}

#[test]
fn a_page_that_is_nothing_but_a_login_is_told() {
    all_are(WALLS, Some(("link.login", true)));
}

#[test]
fn content_with_a_login_beside_it_is_content() {
    let pages = content();
    assert!(pages.len() >= 25);
    all_are(&pages.iter().map(String::as_str).collect::<Vec<_>>(), None);
}

#[test]
fn a_redirect_to_a_login_is_told() {
    let asked = "http://www.nangrong.go.th/ita/o11.html";
    let form = format!("<title>อบต.นางรอง</title>{MENU}{FORM}");
    for last in [
        "http://www.nangrong.go.th/login",
        "http://www.nangrong.go.th/wp-login.php?redirect_to=%2Fita%2Fo11.html",
        "http://www.nangrong.go.th/Account/Login.aspx?ReturnUrl=%2fita",
        "http://www.nangrong.go.th/index.php?option=com_users&view=login",
        "http://www.nangrong.go.th/user/login",
        "http://office.nangrong.go.th/signin.php",
        "http://www.nangrong.go.th/_layouts/15/Authenticate.aspx?Source=%2F",
        "http://www.nangrong.go.th/main.php?page=login",
    ] {
        assert_eq!(Visit::new(asked, last, &form).told(), Some(("link.login", true)), "{last}");
    }
    let drive = "https://drive.google.com/file/d/1abc/view";
    for (asked, last) in [
        (drive, "https://accounts.google.com/v3/signin/identifier?continue=https://drive.google.com"),
        (
            "https://nangrong-my.sharepoint.com/x",
            "https://login.microsoftonline.com/common/oauth2/authorize?client_id=0",
        ),
        ("https://onedrive.live.com/x", "https://login.live.com/login.srf"),
    ] {
        let shell = "<title>ลงชื่อเข้าใช้</title><div id=root></div><script src=a.js></script>";
        assert_eq!(Visit::new(asked, last, shell).told(), Some(("link.login", true)), "{last}");
    }
}

#[test]
fn what_members_see_and_what_citizens_can_join_is_for_a_person() {
    let wall = "<title>เข้าสู่ระบบ Facebook</title><form><input name=email><input type=password name=pass></form>";
    let facebook = |last: &str| Visit::new("https://www.facebook.com/nangrong", last, wall).told();
    assert_eq!(facebook("https://www.facebook.com/login/?next=nangrong"), Some(("link.login", false)));
    assert_eq!(facebook("https://www.facebook.com/nangrong"), Some(("link.login", false)));
    let shown = "<title>อบต.นางรอง | Facebook</title><p>องค์กรรัฐบาล</p>";
    let url = "https://www.facebook.com/nangrong";
    assert_eq!(Visit::new(url, url, shown).told(), None);
    for more in [
        "<p>ยังไม่มีบัญชี? <a href=/register>สมัครสมาชิก</a></p>",
        "<p>ระบบบริการออนไลน์สำหรับประชาชน ยื่นคำขอได้ตลอด 24 ชั่วโมง</p>",
        "<p>เข้าสู่ระบบด้วย ThaiD</p>",
    ] {
        let html = format!("<title>เข้าสู่ระบบ</title>{FORM}{more}");
        assert_eq!(Visit::page(&html).told(), Some(("link.login", false)), "{more}");
    }
    let described = "ระบบจองห้องประชุมขององค์การบริหารส่วนตำบล เปิดให้กลุ่มต่าง ๆ ใช้ห้องประชุมได้ฟรี ".repeat(12);
    let html = format!("<title>เข้าสู่ระบบ</title><p>{described}</p>{FORM}");
    assert_eq!(Visit::page(&html).told(), Some(("link.login", false)));
    let built = "<title>เข้าสู่ระบบ</title><p>กำลังโหลด</p>";
    assert_eq!(Visit::page(built).told(), Some(("link.login", false)));
}

#[test]
fn a_heading_alone_tells_a_login_only_where_there_is_nothing_else() {
    for html in [
        "<title>อบต.นางรอง</title><h2>กรุณาเข้าสู่ระบบ</h2><form><input name=u><input type=password name=p></form>",
        "<title>ระบบ e-Office</title><h3>ลงชื่อเข้าใช้งาน</h3><form><input name=u><input type=password name=p></form><p>Version 2.1</p>",
    ] {
        assert_eq!(Visit::page(html).told(), Some(("link.login", true)), "{html}");
        assert_eq!(known_menu(html).told(), Some(("link.login", true)), "{html}");
        assert_eq!(Visit::page(&dressed(html)).told(), Some(("link.login", false)), "{html}");
    }
}

#[test]
fn a_login_box_of_the_template_is_no_wall() {
    let address = "<p>ที่ทำการองค์การบริหารส่วนตำบลนางรอง หมู่ 4 ต.นางรอง อ.นางรอง จ.บุรีรัมย์ 31110 โทร 044-631256 อีเมล a@nangrong.go.th</p>";
    let links = "<p>โครงสร้างส่วนราชการ</p><ul><li><a href=/s1>สำนักปลัด</a><li><a href=/s2>กองคลัง</a><li><a href=/s3>กองช่าง</a></ul>";
    let boxes = [
        format!("<div id=side><h3>เข้าสู่ระบบ</h3>{FORM}</div>"),
        format!("<div class='modal fade'><h4 class=modal-title>เข้าสู่ระบบ</h4>{FORM}</div>"),
    ];
    for own in ["<img src=/structure.jpg width=900>", address, links] {
        for one in &boxes {
            let page = |own: &str| format!("<title>โครงสร้าง</title>{MENU}{one}<div id=main>{own}</div>");
            let mut visit = Visit::page(&page(own));
            // Alone, nothing tells that the box is of the template.
            assert_ne!(visit.told(), Some(("link.login", true)), "{own}");
            visit.others = Vec::from(["หนึ่ง", "สอง", "สาม", "สี่"].map(|number| {
                crate::checks::page_tests::html_document(&visit.asked, &page(&format!("<p>ข่าวที่ {number} ของหน่วยงาน")))
            }));
            assert_eq!(visit.told(), None, "{own}");
        }
    }
}

#[test]
fn what_a_box_says_of_access_is_no_word_on_the_content_beside_it() {
    let modal = "<div class=modal style='display:none'><p>คุณไม่มีสิทธิ์เข้าถึงส่วนนี้ กรุณาเข้าสู่ระบบก่อน</p></div>";
    let page = |own: &str| format!("<title>โครงสร้าง</title><h1>โครงสร้าง</h1>{own}{modal}");
    assert_eq!(Visit::page(&page("<a href=/s.pdf>แผนผังโครงสร้าง</a>")).told(), None);
    assert_eq!(Visit::page(&page("<iframe src=/s.html></iframe>")).told(), None);
    assert_eq!(Visit::page(&page("<img src=1.jpg><img src=2.jpg><img src=3.jpg>")).told(), None);
    assert_eq!(Visit::page(&page("<img src=/s.jpg>")).told(), Some(("link.login", false)));
}

#[test]
fn services_for_citizens_are_for_a_person() {
    for (title, own) in [
        ("เข้าสู่ระบบ - ระบบชำระค่าน้ำประปา", "<h2>ระบบชำระค่าน้ำประปา</h2>"),
        ("ลงชื่อเข้าใช้ - ระบบแจ้งซ่อมไฟฟ้าสาธารณะออนไลน์", "<p>แจ้งซ่อมไฟฟ้าสาธารณะ</p>"),
        ("เข้าสู่ระบบ", "<h2>ศูนย์ดำรงธรรม รับเรื่องร้องทุกข์</h2>"),
        ("Login", "<p>ตรวจสอบสถานะการขออนุญาตก่อสร้าง</p>"),
    ] {
        let html = format!("<title>{title}</title>{own}<form><input name=u><input type=password name=p></form>");
        assert_eq!(Visit::page(&html).told(), Some(("link.login", false)), "{title}");
    }
}

#[test]
fn a_folder_that_is_named_like_a_login_is_none() {
    let html = format!("<title>โครงสร้าง</title><h1>โครงสร้าง</h1><p>สำนักปลัด กองคลัง กองช่าง</p>{FORM}");
    let told = |url: &str| Visit::new(url, url, &html).told();
    assert_eq!(told("http://www.nangrong.go.th/login/structure.php"), None);
    for login in ["login/", "login/index.php", "user/login.php?from=o1"] {
        assert_eq!(told(&format!("http://www.nangrong.go.th/{login}")), Some(("link.login", true)), "{login}");
    }
}

#[test]
fn a_servers_refusal_may_be_meant_for_robots() {
    let html = "<title>403 Forbidden</title><h1>Forbidden</h1><p>You don't have permission to access /o11.html on this server.</p>";
    assert_eq!(Visit::page(html).told(), Some(("link.login", false)));
    let other = html.replace("403 Forbidden", "อบต.").replace("<h1>Forbidden</h1>", "");
    assert_eq!(Visit::page(&other).told(), Some(("link.login", false)));
}
