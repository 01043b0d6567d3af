//! Pages that open and are not the agency's content: missing ones that say 200, logins, spam. Each through the whole
//! program, beside pages that only look like them.

use serde_json::{Value, json};

use crate::support::program::{item, reasons};
use crate::support::rough_server::{Step, answer, redirect};
use crate::support::website::{HOST, STRUCTURE, Website, page};

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const PROBE: &str = "/oit-audit-no-such-page-";
const FORM: &str =
    "<form method=post action=/in><input name=user><input type=password name=pass><button>ตกลง</button></form>";

fn html(text: &str) -> Vec<Step> {
    answer(200, HTML, text)
}

/// Submits each path for an item of its own, and says what came of each: verdict, first reason and its level, outcome.
fn audited(site: &Website, paths: &[&str], more: &[&str]) -> Vec<(String, String, String, String)> {
    let url = |path: &str| if path.starts_with('/') { format!("http://{HOST}{path}") } else { path.to_owned() };
    let lines = (1..).zip(paths).map(|(number, path)| format!("  O{number}: {}\n", url(path)));
    let ran = site.check(&lines.collect::<String>(), more);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    let told = |number: usize| {
        let item = item(&report, &format!("O{number}"));
        let (code, level) = reasons(item).first().copied().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&item["verdict"]), code.to_owned(), level.to_owned(), text(&item["urls"][0]["outcome"]))
    };
    (1..=paths.len()).map(told).collect()
}

fn all_are(site: &Website, paths: &[&str], more: &[&str], wanted: (&str, &str, &str, &str)) {
    for (path, told) in paths.iter().zip(audited(site, paths, more)) {
        let told = (told.0.as_str(), told.1.as_str(), told.2.as_str(), told.3.as_str());
        assert_eq!(told, wanted, "{path}");
    }
}

/// A website with a home page, a page that is as it should be, and these.
fn website(more: impl IntoIterator<Item = (&'static str, Vec<Step>)>) -> Website {
    let good = [("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/o1", page("โครงสร้าง", STRUCTURE))];
    Website::new(good.into_iter().chain(more))
}

#[test]
fn what_stands_in_for_a_page_does_not_open() {
    let site = website([
        ("/text", page("อบต.ตัวอย่าง", "<h2>ไม่พบหน้าที่คุณต้องการ</h2>")),
        ("/title", page("404 Not Found", "<p>โปรดกลับไปหน้าแรก</p>")),
        ("/home", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")),
        ("/moved", redirect(302, "/")),
        ("/default", html("<title>Apache2 Debian Default Page: It works</title><p>It works!</p>")),
        ("/parked", html("<title>example.com</title><p>This domain is for sale. Buy this domain now.</p>")),
        ("/suspended", html("<title>Account Suspended</title><h1>This Account has been suspended.</h1>")),
        ("/database", html("<title>อบต.</title><h1>Error establishing a database connection</h1>")),
        ("/fatal", html("<b>Fatal error</b>: Call to undefined function x() in /var/www/a.php on line <b>3</b>")),
    ]);
    let paths = ["/text", "/title", "/moved", "/default", "/parked", "/suspended", "/database", "/fatal"];
    all_are(&site, &paths, &[], ("fail", "link.soft_404", "fail", "soft_404"));
}

#[test]
fn the_words_say_which_and_quote_it() {
    let site = website([("/text", page("อบต.ตัวอย่าง", "<p>ขออภัย ไม่พบเนื้อหา</p>"))]);
    let report = site.check("  O1: http://www.example.go.th/text\n", &[]).report();
    let item = item(&report, "O1");
    assert_eq!(item["score"], json!(0));
    let reason = &item["reasons"][0];
    assert_eq!(reason["message"], "ไม่สามารถเปิด link ได้ (หน้าเว็บแจ้งว่าไม่พบหน้าที่ต้องการ)");
    assert_eq!(reason["message_en"], "The link cannot be opened (the page says that it does not exist)");
    assert_eq!(reason["evidence"], "ขออภัย ไม่พบเนื้อหา");
    // Its menu leads to the page that was sought; a link that shows nothing is not saved by that.
    assert_eq!(item["documents"], json!([]));
}

#[test]
fn a_bare_list_of_files_is_for_a_person() {
    let list = "<title>Index of /ita</title><h1>Index of /ita</h1><pre><a href=/>Parent Directory</a> <a href=o1.pdf>o1.pdf</a></pre>";
    let site = website([("/ita/", html(list))]);
    all_are(&site, &["/ita/"], &[], ("review", "link.soft_404", "review", "soft_404"));
}

#[test]
fn what_a_host_shows_for_every_address_is_no_page() {
    let welcome = "ยินดีต้อนรับสู่เว็บไซต์องค์การบริหารส่วนตำบลตัวอย่าง ศูนย์กลางข้อมูลข่าวสารเพื่อประชาชน ".repeat(4);
    let everywhere = page("อบต.ตัวอย่าง", &format!("<p>{welcome}</p>"));
    let site = Website::with_rest([("/o1", page("โครงสร้าง", STRUCTURE))], everywhere);
    let told = audited(&site, &["/o1", "/o2", "/", "/deep/o4.html"], &[]);
    assert_eq!((told[0].0.as_str(), told[0].3.as_str()), ("pass", "opened"));
    for at in [1, 3] {
        assert_eq!((told[at].0.as_str(), told[at].1.as_str()), ("fail", "link.soft_404"));
    }
    assert_eq!(told[2].3, "opened", "the home page was asked for");
    assert_eq!(site.asked().iter().filter(|path| path.starts_with(PROBE)).count(), 1);
}

#[test]
fn a_shell_that_a_script_fills_for_every_address_is_for_a_person() {
    let shell = "<!doctype html><title>อบต.ตัวอย่าง</title><header>อบต.ตัวอย่าง บริการประชาชนด้วยใจ โทร. 0 4400 0000 ทุกวันทำการ</header>\
                 <div id=app></div><script src=/app.js></script>";
    let site = Website::with_rest([], html(shell));
    all_are(&site, &["/o1", "/o2"], &[], ("review", "content.unreadable", "review", "unreadable"));
}

#[test]
fn hosts_are_asked_for_what_cannot_exist_only_where_that_tells_something() {
    let probes = |site: &Website| site.asked().iter().filter(|path| path.starts_with(PROBE)).count();
    let honest = website([("/o2", page("ผู้บริหาร", "<p>คณะผู้บริหาร</p>"))]);
    let report = honest.check("  O1: http://www.example.go.th/o1\n  O2: http://www.example.go.th/o2\n", &[]).report();
    assert_eq!((probes(&honest), item(&report, "O1")["verdict"].as_str()), (1, Some("pass")));
    assert!(!report.to_string().contains(PROBE), "no page of the site");
    let home_only = website([]);
    home_only.check("  O1: http://www.example.go.th/\n", &["--no-follow"]);
    let dead = website([]);
    dead.check("  O1: http://www.example.go.th/gone\n", &[]);
    assert_eq!((probes(&home_only), probes(&dead)), (0, 0));
}

#[test]
fn a_login_is_no_content() {
    let site = website([
        ("/redirected", redirect(302, "/login")),
        ("/login", page("เข้าสู่ระบบ", FORM)),
        ("/form", page("เข้าสู่ระบบ", FORM)),
        ("/drive", redirect(302, "http://accounts.google.com/v3/signin?continue=drive")),
        (
            "/v3/signin?continue=drive",
            html("<title>ลงชื่อเข้าใช้ - บัญชี Google</title><div id=root></div><script></script>"),
        ),
        ("/access", html("<title>Google ไดรฟ์</title><h1>คุณต้องมีสิทธิ์เข้าถึง</h1><p>ขอสิทธิ์เข้าถึง</p>")),
    ]);
    let google = format!("--resolve=accounts.google.com={}", site.address());
    let paths = ["/redirected", "/form", "/drive", "/access"];
    all_are(&site, &paths, &[&google], ("fail", "link.login", "fail", "login"));
}

#[test]
fn content_beside_a_login_and_services_that_one_can_join_are_no_walls() {
    let beside = format!("<div id=left><h3>เข้าสู่ระบบ</h3>{FORM}</div>{STRUCTURE}");
    let service = format!("<p>ระบบบริการออนไลน์</p>{FORM}<p>ยังไม่มีบัญชี? สมัครสมาชิก</p>");
    let site = website([("/beside", page("โครงสร้าง", &beside)), ("/service", page("เข้าสู่ระบบ", &service))]);
    let told = audited(&site, &["/beside", "/service"], &[]);
    assert_eq!((told[0].0.as_str(), told[0].3.as_str()), ("pass", "opened"));
    assert_eq!((told[1].0.as_str(), told[1].1.as_str()), ("review", "link.login"));
}

#[test]
fn spam_on_a_page_fails_it_and_is_quoted() {
    let hidden = format!("{STRUCTURE}<div style='display:none'>สล็อตเว็บตรง เครดิตฟรี ฝากถอนออโต้</div>");
    let linked =
        format!("{STRUCTURE}<p><a href=https://pgslot.example/>สล็อต</a> <a href=https://b.example/>บาคาร่า</a></p>");
    let site = website([
        ("/title", page("สล็อตเว็บตรง แตกง่าย ฝากถอนไม่มีขั้นต่ำ", STRUCTURE)),
        ("/hidden", page("โครงสร้าง", &hidden)),
        ("/linked", page("โครงสร้าง", &linked)),
    ]);
    all_are(&site, &["/title", "/hidden", "/linked"], &[], ("fail", "link.hacked", "fail", "hacked"));
    let report = site.check("  O1: http://www.example.go.th/hidden\n", &[]).report();
    let reason = &item(&report, "O1")["reasons"][0];
    assert_eq!(reason["message"], "พบโฆษณาเว็บพนันในส่วนที่ซ่อนไว้ เว็บไซต์อาจถูกเจาะระบบ");
    assert!(reason["evidence"].as_str().unwrap().starts_with("สล็อตเว็บตรง"));
}

#[test]
fn a_page_that_warns_of_gambling_is_content() {
    let warning = "<p>เตือนภัยเว็บพนันออนไลน์ สล็อต บาคาร่า แทงบอล ผิด พ.ร.บ. การพนัน พ.ศ. 2478</p>";
    let site = website([("/warning", page("รณรงค์ไม่เล่นการพนันออนไลน์", &format!("{STRUCTURE}{warning}")))]);
    let told = audited(&site, &["/warning"], &[]);
    assert_eq!((told[0].0.as_str(), told[0].3.as_str()), ("pass", "opened"));
}

#[test]
fn a_followed_page_that_is_not_there_is_no_evidence() {
    let gone = page("โครงสร้าง", "<h2>ไม่พบหน้าที่คุณต้องการ</h2><p>โครงสร้าง สำนักปลัด กองคลัง นายก อบต.</p>");
    let index = page("ข้อมูลหน่วยงาน", "<p>รวมเอกสารของหน่วยงาน</p><p><a href=/gone>โครงสร้างส่วนราชการ</a></p>");
    let site = Website::new([("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/index-of-o1", index), ("/gone", gone)]);
    let report = site.check("  O1: http://www.example.go.th/index-of-o1\n", &[]).report();
    let item = item(&report, "O1");
    assert!(["fail", "review"].contains(&item["verdict"].as_str().unwrap()), "{}", item["reasons"]);
    let followed = item["documents"].as_array().unwrap();
    let gone = followed.iter().find(|one| one["url"].as_str().unwrap().ends_with("/gone")).unwrap();
    assert_eq!((gone["outcome"].as_str(), gone["status"].as_u64()), (Some("soft_404"), Some(200)));
}

#[test]
fn one_missing_page_of_two_is_for_a_person() {
    let site = website([("/text", page("อบต.ตัวอย่าง", "<h2>ไม่พบหน้านี้</h2>"))]);
    let items = "  O1: [http://www.example.go.th/o1, http://www.example.go.th/text]\n";
    let report = site.check(items, &[]).report();
    assert_eq!(item(&report, "O1")["verdict"], "review");
    assert_eq!(reasons(item(&report, "O1")), [("link.soft_404", "review")]);
}

#[test]
fn a_wall_is_a_wall_whatever_else_it_looks_like() {
    let wall = |text: &str| {
        html(&format!("<title>สล็อตเว็บตรง</title>{text}<script>_cf_chl_opt='/cdn-cgi/challenge-platform/'</script>"))
    };
    let good = [("/", page("หน้าแรก", "<p>ยินดีต้อนรับ</p>")), ("/o1", page("โครงสร้าง", STRUCTURE))];
    let more = [("/missing", wall("<h2>ไม่พบหน้าที่คุณต้องการ</h2>")), ("/login", wall(FORM))];
    let site = Website::with_rest(good.into_iter().chain(more), wall("<h1>เข้าสู่ระบบ</h1>"));
    all_are(&site, &["/missing", "/login", "/any"], &[], ("review", "link.blocked", "review", "blocked"));
    assert_eq!(audited(&site, &["/o1"], &[])[0].0, "pass", "its host answers the impossible with a wall");
}
