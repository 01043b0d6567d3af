//! Pages in, documents out.

use super::read;
use crate::model::{BlockRole, Document, Readability};
use url::Url;

fn page(html: &str) -> Document {
    read(html, &Url::parse("http://www.nangrong.go.th/ita/o11.html").unwrap())
}

fn texts(document: &Document, role: BlockRole) -> Vec<&str> {
    document.blocks.iter().filter(|b| b.role == role).map(|b| b.text.as_str()).collect()
}

#[test]
fn text_comes_in_blocks_with_their_roles() {
    let document = page(
        "<title> แผนดำเนินงาน \n 2563</title><h2>แผน<b>ดำเนินงาน</b></h2><p>ปีงบประมาณ <i>พ.ศ.</i> ๒๕๖๓<br>บรรทัดใหม่</p>\
         <table><tr><td>ลำดับ</td><td>โครงการ</td></tr></table><ul><li><a href=a.pdf>ดาวน์โหลด 2563</a></li></ul>",
    );
    assert_eq!(document.title.as_deref(), Some("แผนดำเนินงาน 2563"));
    assert_eq!(texts(&document, BlockRole::Heading), ["แผนดำเนินงาน"]);
    assert_eq!(texts(&document, BlockRole::Text), ["ปีงบประมาณ พ.ศ. ๒๕๖๓", "บรรทัดใหม่"]);
    assert_eq!(texts(&document, BlockRole::Cell), ["ลำดับ", "โครงการ"]);
    assert_eq!(texts(&document, BlockRole::Anchor), ["ดาวน์โหลด 2563"]);
    assert_eq!(document.readability, Readability::Full);
}

#[test]
fn what_a_visitor_does_not_see_is_left_out() {
    let document = page(
        "<script>var y='2563'</script><style>.y2563{}</style><!-- 2563 --><noscript>2563</noscript>\
         <select><option>2563</option></select><textarea>2563</textarea><p>ไม่มีปี</p>",
    );
    assert_eq!(texts(&document, BlockRole::Text), ["ไม่มีปี"]);
}

#[test]
fn links_are_absolute_and_lead_somewhere() {
    let document = page(
        "<a href='../plan/แผน.pdf#p2'>แผน</a><a href='#top'>บน</a><a href='javascript:void(0)'>x</a>\
         <a href='//files.nangrong.go.th/a'><img src=b.png alt='ประกาศ'></a><a href='mailto:a@b.go.th'>เมล</a>",
    );
    let urls: Vec<_> = document.links.iter().map(|l| (l.url.as_str(), l.text.as_str())).collect();
    assert_eq!(
        urls,
        [
            ("http://www.nangrong.go.th/plan/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf", "แผน"),
            ("http://files.nangrong.go.th/a", "ประกาศ"),
            ("mailto:a@b.go.th", "เมล"),
        ]
    );
}

#[test]
fn a_link_inside_a_sentence_is_text_and_a_link_alone_is_not() {
    let document =
        page("<p>ดูรายละเอียดตามประกาศขององค์การบริหารส่วนตำบล <a href=a>ที่นี่</a></p><p><a href=b>รายงาน 2563</a> (PDF)</p>");
    assert_eq!(texts(&document, BlockRole::Text).len(), 1);
    assert_eq!(texts(&document, BlockRole::Anchor), ["รายงาน 2563 (PDF)"]);
}

#[test]
fn navigation_by_its_own_word_is_marked() {
    let document = page("<nav><a href=a>โครงสร้าง</a></nav><div role=contentinfo>2563</div><main><p>เนื้อหา</p></main>");
    let chrome: Vec<_> = document.blocks.iter().map(|b| b.chrome).collect();
    assert_eq!(chrome, [true, true, false]);
    assert!(document.links[0].chrome);
}

#[test]
fn forms_have_fields_and_a_target() {
    let document = page(
        "<form action=/send method=POST><input name=topic><textarea name=text></textarea><input type=hidden name=kind value=complaint>\
         <button>ส่ง</button></form><input name=loose>",
    );
    let form = &document.forms[0];
    assert_eq!(form.action.as_ref().map(Url::as_str), Some("http://www.nangrong.go.th/send"));
    assert!(form.post);
    assert_eq!(
        form.fields.iter().map(|f| f.kind.as_str()).collect::<Vec<_>>(),
        ["text", "textarea", "hidden", "button"]
    );
    assert_eq!(form.fields[2].value.as_deref(), Some("complaint"));
    assert_eq!(document.forms[1].fields[0].name, "loose");
}

#[test]
fn a_shell_that_a_script_fills_cannot_be_read() {
    let document = page("<title>อบต.</title><div id=root></div><script src=app.js></script>");
    assert!(document.needs_script);
    assert_eq!(document.readability, Readability::None);
}

#[test]
fn hostile_nesting_ends_quickly_and_is_partly_read() {
    let document = page(&format!("<p>ต้น</p>{}", "<div><b>".repeat(200_000)));
    assert_eq!(document.readability, Readability::Partial);
    assert_eq!(texts(&document, BlockRole::Text), ["ต้น"]);
}

#[test]
fn what_hides_itself_and_what_search_engines_are_told_is_kept_apart() {
    let document = page(
        "<meta name=Description content=' แผน  2563 '><p>เห็น</p><div style='Display : none !important'>ซ่อน<b>หนึ่ง</b></div>\
         <p hidden>สอง</p><i style='position:absolute;left:-999px'>สาม</i><i style='overflow:hidden;height:1px'>สี่</i>\
         <i style='font-size:0'>ห้า</i><i style='left:-5px;color:red;opacity:0.5;height:1px'>ไม่ซ่อน</i><script hidden>x</script>",
    );
    assert_eq!(document.description.as_deref(), Some("แผน 2563"));
    assert_eq!(document.hidden, ["ซ่อน หนึ่ง", "สอง", "สาม", "สี่", "ห้า"]);
}

#[test]
fn hostile_hiding_is_bounded() {
    let document = page(&"<b hidden>ซ่อน</b>".repeat(100_000));
    assert!(document.hidden.iter().map(String::len).sum::<usize>() <= 16 * 1024);
    assert!(document.hidden.len() < 2_000);
}

#[test]
fn news_that_run_across_a_page_are_as_many_texts() {
    let page = page("<div>ข่าวที่ 1 ปี 2563 &nbsp; ❖ &nbsp; ข่าวที่ 2 ❖ ข่าวที่ 3</div><p>ก * ข</p><marquee>ด่วน</marquee>");
    let texts: Vec<(&str, bool)> = page.blocks.iter().map(|block| (block.text.as_str(), block.chrome)).collect();
    assert_eq!(
        texts,
        [("ข่าวที่ 1 ปี 2563", false), ("ข่าวที่ 2", false), ("ข่าวที่ 3", false), ("ก * ข", false), ("ด่วน", true)]
    );
}
