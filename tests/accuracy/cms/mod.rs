//! The shapes of agencies' websites (reference, section 5): what stands around an item's content on every page.

mod shells;

use crate::agency::Voice;
use crate::html::{MODERN, Manner, OLD, escaped};
use crate::items::ITEMS;
use crate::markup::thai_digits;
use crate::site::{Answer, HTML};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Joomla,
    WordPress,
    Wmsi,
    CodeIgniter,
    Dreamweaver,
    OneTable,
    Yii,
}

impl Shape {
    pub(crate) const ALL: [Self; 7] =
        [Self::Joomla, Self::WordPress, Self::Wmsi, Self::CodeIgniter, Self::Dreamweaver, Self::OneTable, Self::Yii];

    pub(crate) fn manner(self) -> Manner {
        if matches!(self, Self::Dreamweaver | Self::Wmsi) { OLD } else { MODERN }
    }

    /// Where page `part` of an item is; the first is what the menu leads to.
    pub(crate) fn path(self, item: u8, part: usize) -> String {
        let n = usize::from(item) * 10 + part;
        match self {
            Self::Joomla => format!("/index.php/th/{}-{:02}/{n}-{part}", ["2015-06-10", "2018-11-02"][n % 2], n % 30),
            Self::WordPress => format!("/?page_id={}", 1200 + n * 3),
            Self::Wmsi => format!("/index.php?_mod={}&no={}", base64(&format!("files{item}")), base64(&n.to_string())),
            Self::CodeIgniter => format!("/Pages/p_{}/{n}", ["content", "detail", "data"][n % 3]),
            Self::Dreamweaver => format!("/data/page{n:03}.htm"),
            Self::OneTable => format!("/ita63/{n}.html"),
            Self::Yii => format!("/index.php?r=menum/spage&idp={n}"),
        }
    }

    /// Where an uploaded file is: what it is called says nothing, as most content management systems rename it.
    pub(crate) fn file(self, item: u8, part: usize, extension: &str) -> String {
        let n = usize::from(item) * 10 + part;
        match self {
            Self::Joomla => format!("/images/stories/pdf/{:08x}.{extension}", n * 7_654_321 % 4_294_967_291),
            Self::WordPress => format!("/wp-content/uploads/2020/06/doc{n:04}.{extension}"),
            Self::Wmsi => format!("/fileupload/1583829{n:04}.{extension}"),
            Self::CodeIgniter => format!("/docs/file/{:x}.{extension}", n * 48_611),
            Self::Dreamweaver => format!("/data/Scan{n:04}.{extension}"),
            Self::OneTable => format!("/download/{n}/document.{extension}"),
            Self::Yii => format!("/uploads/{:06}.{extension}", n * 977 % 1_000_000),
        }
    }

    /// Whether the menu of every page names every item, or a page of its own lists them.
    fn menu_names_all(self) -> bool {
        matches!(self, Self::Joomla | Self::WordPress | Self::CodeIgniter | Self::Dreamweaver)
    }
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// A website's looks.
pub(crate) struct Frame<'a> {
    pub(crate) voice: &'a Voice,
    pub(crate) shape: Shape,
    pub(crate) thai_digits: bool,
    /// Whether footers show the address and the telephone number. Not where the page of contacts is tried without them: an
    /// assessor would see them there.
    pub(crate) contact_in_footer: bool,
    /// Where the menu leads for each item.
    pub(crate) targets: Vec<(u8, String)>,
}

/// What stands around a page's own content.
struct Parts {
    title: String,
    heading: String,
    main: String,
    menu: Vec<(String, String)>,
    news: Vec<String>,
    agency: String,
    footer: String,
    /// Something that differs from page to page, as counters do.
    number: usize,
}

impl Frame<'_> {
    /// A page of the site.
    pub(crate) fn page(&self, number: usize, title: &str, heading: &str, main: &str) -> Answer {
        let digits = |text: &str| if self.thai_digits { thai_digits(text) } else { text.to_owned() };
        let mut news: Vec<String> = self.voice.news.iter().map(|text| escaped(&digits(text))).collect();
        let turn = number % news.len();
        news.rotate_left(turn);
        let contact =
            if self.contact_in_footer { format!("{} {}", self.voice.address, self.voice.phone) } else { String::new() };
        let parts = Parts {
            title: escaped(title),
            heading: escaped(heading),
            main: main.to_owned(),
            menu: self.menu(),
            news,
            agency: self.voice.name.to_owned(),
            footer: escaped(&digits(&format!("สงวนลิขสิทธิ์ © พ.ศ. 2563 {} {contact}", self.voice.name))),
            number,
        };
        let html = shells::shell(self.shape, &parts);
        if self.shape == Shape::Dreamweaver {
            let (bytes, _, _) = encoding_rs::WINDOWS_874.encode(&html);
            // As old servers do: no charset in the header, the page says it.
            return Answer::new(200, "text/html", bytes.into_owned());
        }
        if self.shape == Shape::OneTable && number.is_multiple_of(2) {
            // UTF-8, though the page says otherwise.
            return Answer::new(200, "text/html", html.replacen("charset=\"utf-8\"", "charset=\"tis-620\"", 1));
        }
        Answer::new(200, HTML, html)
    }

    fn menu(&self) -> Vec<(String, String)> {
        let mut menu = vec![("หน้าแรก".to_owned(), "/".to_owned())];
        if self.shape.menu_names_all() {
            menu.extend(
                self.targets.iter().map(|(item, target)| (escaped(ITEMS[usize::from(*item) - 1].1), target.clone())),
            );
        } else {
            menu.push(("ประวัติตำบล".to_owned(), "/about".to_owned()));
            menu.push(("ITA ประจำปี 2563".to_owned(), "/ita".to_owned()));
            menu.push(("ภาพกิจกรรม".to_owned(), "/gallery".to_owned()));
        }
        menu
    }

    /// The pages that belong to no item: by path.
    pub(crate) fn fixed(&self) -> Vec<(String, Answer)> {
        let welcome = format!("<p>{}</p><p>{}</p>", escaped(self.voice.welcome), "ดูข้อมูลข่าวสารตามเมนูของเว็บไซต์");
        let mut pages = vec![("/".to_owned(), self.page(1, self.voice.name, "ยินดีต้อนรับ", &welcome))];
        if !self.shape.menu_names_all() {
            pages.push((
                "/ita".to_owned(),
                self.page(2, "ITA 2563", "การเปิดเผยข้อมูลสาธารณะ (OIT) ปี 2563", &shells::ita(self)),
            ));
            let history = "<p>เดิมเป็นสภาตำบล ยกฐานะเมื่อปี พ.ศ. 2539 ตั้งชื่อตามหมู่บ้านแรกที่ชาวบ้านอพยพมาตั้งถิ่นฐาน</p>";
            pages.push(("/about".to_owned(), self.page(3, "ประวัติ", "ประวัติความเป็นมา", history)));
            pages.push((
                "/gallery".to_owned(),
                self.page(4, "ภาพกิจกรรม", "ภาพกิจกรรม", "<p><img src=\"/g/1.jpg\" alt=\"\"></p>"),
            ));
        }
        pages
    }
}
