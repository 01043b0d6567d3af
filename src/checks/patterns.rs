//! Things that a page can show and that have a form of their own: a telephone number, an address, a map.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Page, World, figures, is_file};
use crate::model::PageLink;
use crate::thai;

/// A thing with a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// A postal address: an area, and the house, village, road or postal code in it.
    Address,
    /// A telephone number.
    Phone,
    /// A telephone number that is said to be a fax.
    Fax,
    /// An e-mail address.
    Email,
    /// A map, embedded or linked.
    Map,
    /// A picture that is no icon, button or logo by its address.
    Picture,
    /// A form that a visitor fills in.
    Form,
    /// A link to a social network or messenger.
    SocialLink,
    /// A link to a document file.
    Document,
    /// A person's name with a title before it.
    PersonName,
    /// An amount of money.
    Amount,
    /// A percentage or a mean.
    Percent,
    /// Numbers of something that was counted, other than those of a table's rows.
    Count,
    /// Months or quarters in more than one place: when each thing is done.
    Timetable,
    /// A number of days, months or hours.
    Duration,
    /// Columns or rows of several years.
    Years,
    /// A link to a form on a form service, or one that is embedded.
    FormLink,
}

static PHONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9])(?:0|\+?66-?0?)-{0,3}[1-9](?:-{0,3}[0-9]){6,8}(?:[^0-9]|$)").ok());
static HOTLINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:สายด่วน|call center)[^0-9]{0,20}1[0-9]{3}(?:[^0-9]|$)").ok());
static FAX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:โทรสาร|แฟกซ์|แฟ็กซ์|แฟ๊กซ์|fax)[^0-9+]{0,30}(?:0|\+?66-?0?)-{0,3}[1-9](?:-{0,3}[0-9]){6,8}").ok()
});
static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[a-z0-9._%+-]+\s?(?:@|＠|[\[({]\s?at\s?[\])}]|\sat\s)\s?[a-z0-9-]+(?:\s?(?:\.|[\[({]\s?dot\s?[\])}]|\sdot\s)\s?[a-z0-9-]+)+|\[email.protected\]|สแปมบอท|spambots")
        .ok()
});
static POSTCODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|[^0-9])[1-9][0-9]{4}(?:[^0-9]|$)").ok());

/// What tells one house from others in an address: its number, its village, its road, its postal code.
static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"เลขที่\s*[0-9]|หมู่(?:\s?ที่)?\s*[0-9]|หมู่บ้าน|(?:^|[\s,(])ม\.\s?[0-9]|ถนน|(?:^|[\s,(])ถ\.\s?[ก-ฮเ-ไ]|ซอย|อาคาร|ศูนย์ราชการ|ศาลากลาง|(?:^|\s)[0-9]{1,4}/[0-9]{1,4}(?:\s|$)")
        .ok()
});
/// The areas of an address, each in its spellings.
static AREAS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let areas = [
        r"ตำบล|แขวง|(?:^|[\s,0-9])ต\.\s?(?:[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎])",
        r"อำเภอ|เขต|(?:^|[\s,])อ\.\s?[ก-ฮเ-ไ]",
        r"จังหวัด|กรุงเทพ|กทม|(?:^|[\s,])จ\.\s?[ก-ฮเ-ไ]",
    ];
    areas.iter().filter_map(|area| Regex::new(area).ok()).collect()
});

/// Parts of the URLs of maps.
const MAPS: &[&str] = &[
    "google.com/maps",
    "maps.google.",
    "google.co.th/maps",
    "goo.gl/maps",
    "maps.app.goo.gl",
    "longdo.com",
    "openstreetmap.org",
];

/// Parts of the URLs of social networks and messengers.
const SOCIAL: &[&str] = &[
    "facebook.com/",
    "fb.com/",
    "m.me/",
    "line.me/",
    "lin.ee/",
    "twitter.com/",
    "x.com/",
    "instagram.com/",
    "youtube.com/",
    "tiktok.com/",
];

/// Hours of the day, which look like a telephone's groups of digits.
static HOURS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,2}\s?[.:]\s?[0-9]{2}\s*(?:น\.?)?\s*(?:-|–|—|ถึง|และ)\s*[0-9]{1,2}\s?[.:]\s?[0-9]{2}\s*น?").ok()
});

/// A text with what people put between the digits of a number made one hyphen: "(044) 631 256" is "044-631-256".
fn plain_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | ')' => {}
            ' ' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            _ => out.push(c),
        }
    }
    out
}

fn matches(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

impl Pattern {
    /// Whether a page shows it, outside its site's template.
    pub(super) fn shown_on(self, page: &Page<'_>, world: &World<'_>) -> bool {
        let text = thai::arabic_digits(&page.own.text.text);
        let numbers = || plain_numbers(&without_hours(&text));
        let url_has =
            |parts: &[&str]| page.links().any(|link| parts.iter().any(|part| link.url.as_str().contains(part)));
        match self {
            Self::Phone => {
                let numbers = numbers();
                matches(&PHONE, &without_fax(&numbers))
                    || matches(&HOTLINE, &numbers)
                    || page.links().any(|link| link.url.scheme() == "tel")
            }
            Self::Fax => matches(&FAX, &numbers()),
            Self::Email => {
                let linked =
                    |link: &PageLink| link.url.scheme() == "mailto" || link.url.path().contains("email-protection");
                matches(&EMAIL, &text) || matches(&EMAIL, &page.own.anchors.text) || page.links().any(linked)
            }
            Self::Address => is_address(&text),
            Self::Map => page.embeds(|frame| MAPS.iter().any(|map| frame.url.as_str().contains(map))) || url_has(MAPS),
            Self::Picture => page.shows_picture(),
            Self::Form => page.forms().next().is_some(),
            Self::SocialLink => url_has(SOCIAL),
            Self::Document => page.links().any(|link| is_file(&link.url)),
            Self::PersonName => figures::has_name(&text),
            Self::Amount => figures::has_amount(&text),
            Self::Percent => figures::has_share(&text),
            Self::Count => figures::has_count(&text),
            Self::Duration => figures::has_duration(&text),
            Self::Years => figures::has_years(&text),
            Self::FormLink => page.leads_to_form(),
            Self::Timetable => figures::has_timetable(&page.own.text, world.year.buddhist()),
        }
    }
}

/// An agency's own name has its sub-district, district and province: an address also says where in them.
fn is_address(text: &str) -> bool {
    let areas = AREAS.iter().filter(|area| area.is_match(text)).count();
    let (place, code) = (matches(&PLACE, text), matches(&POSTCODE, text));
    (place || code) && areas + usize::from(place) + usize::from(code) >= 2
}

fn without_hours(text: &str) -> Cow<'_, str> {
    HOURS.as_ref().map_or(Cow::Borrowed(text), |regex| regex.replace_all(text, " / "))
}

/// A text, with plain numbers, without the numbers that are said to be a fax and nothing else.
fn without_fax(numbers: &str) -> String {
    let Some(regex) = FAX.as_ref() else { return numbers.to_owned() };
    let mut out = String::with_capacity(numbers.len());
    let mut from = 0;
    for found in regex.find_iter(numbers) {
        // "โทรศัพท์/โทรสาร 0-4463-1256" is both.
        let before = numbers[from..found.start()].trim_end_matches(|c: char| !c.is_alphanumeric() && !thai::is_mark(c));
        let both = SPOKEN.iter().any(|word| before.to_lowercase().ends_with(word));
        out.push_str(&numbers[from..if both { found.end() } else { found.start() }]);
        from = found.end();
    }
    out.push_str(&numbers[from..]);
    out
}

/// How a label for a telephone ends.
const SPOKEN: &[&str] = &["โทรศัพท์", "โทร", "หมายเลขโทรศัพท์", "tel", "telephone", "phone", "และ"];

#[cfg(test)]
mod tests {
    use super::{EMAIL, FAX, PHONE, Pattern, is_address, matches, plain_numbers, without_fax, without_hours};
    use crate::checks::page_tests::Site;

    #[test]
    fn numbers_of_thai_telephones() {
        for text in [
            "โทร. 0-4463-1256 ต่อ 12",
            "044-631256",
            "มือถือ 08 1234 5678",
            "โทรศัพท์0446312560",
            "+66 44 631 256",
            "(044) 631 256",
            "(0)44-631256",
            "0.4463.1256",
            "+66(0)4463 1256",
            "0 – 4463 – 1256",
            "0\u{2011}4463\u{2011}1256",
            "66-44-631256",
        ] {
            assert!(matches(&PHONE, &plain_numbers(text)), "{text}");
        }
        for text in ["งบประมาณ 0.50 ล้านบาท", "เลขที่ 256/3", "31110", "พ.ศ. 2563", "1234567890123"]
        {
            assert!(!matches(&PHONE, &plain_numbers(text)), "{text}");
        }
        assert!(matches(&FAX, &plain_numbers("โทรสาร : 044-632020")));
        assert!(!matches(&FAX, "โทรศัพท์ 044-632020"));
    }

    #[test]
    fn addresses_and_mail() {
        assert!(matches(&EMAIL, "อีเมล saraban@nangrong.go.th"));
        for text in [
            "saraban[at]nangrong.go.th",
            "saraban AT nangrong DOT go DOT th",
            "saraban＠nangrong.go.th",
            "[email\u{a0}protected]",
        ] {
            assert!(matches(&EMAIL, text), "{text}");
        }
        assert!(!matches(&EMAIL, "ราคา @ 20 บาท"));
        assert!(is_address("เลขที่ 256/3 หมู่ที่ 7 ตำบลนางรอง อำเภอนางรอง จังหวัดบุรีรัมย์ 31110"));
        assert!(is_address("99 ม.4 ต.หนองแวง อ.เมือง"));
        assert!(!is_address("ตำบลนางรอง"));
        assert!(!is_address("องค์การบริหารส่วนตำบลนางรอง อำเภอนางรอง จังหวัดบุรีรัมย์"));
        assert!(!is_address("ปรับปรุงเมื่อ 5 ต.ค. 2562 อ.ส.ม."));
    }

    #[test]
    fn a_fax_is_no_telephone_unless_it_is_said_to_be_both() {
        let phone = |text: &str| matches(&PHONE, &without_fax(&plain_numbers(&without_hours(text))));
        assert!(!phone("เปิดทำการเวลา 08.30 - 16.30 น."));
        assert!(!phone("08.30 น. – 16.30 น."));
        assert!(!phone("โทรสาร 0-4463-1257"));
        assert!(phone("โทรศัพท์/โทรสาร 0-4463-1256"));
        assert!(phone("โทร. 0-4463-1256 โทรสาร 0-4463-1257"));
        assert!(phone("Tel & Fax: 044-631256"));
    }

    #[test]
    fn links_forms_and_pictures() {
        let site = Site::with_page(
            "<p>ติดต่อ</p><iframe src='https://www.google.com/maps/embed?pb=1'></iframe><img src=n.jpg>\
             <a href=plan.PDF>แผน</a><form action=/a><input name=a><textarea name=b></textarea></form>",
        );
        site.page_in(|page, world| {
            for pattern in [Pattern::Map, Pattern::Picture, Pattern::Document, Pattern::Form] {
                assert!(pattern.shown_on(page, world), "{pattern:?}");
            }
            assert!(!Pattern::SocialLink.shown_on(page, world));
        });
    }
}
