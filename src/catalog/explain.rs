//! The checks of a catalogue in plain words, for whoever asks what an item demands.

use super::{Catalog, Item};
use crate::checks::{CheckSpec, Element, IfNot, Pattern, Period};
use crate::model::{FiscalYear, ItemId, RuleStatus, Standing, Text};
use crate::thai::Phrase;

/// What a check demands, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// What is demanded.
    pub what: Text,
    /// Words and things, any of which shows it.
    pub signs: Vec<Text>,
    /// What follows where it is not met though everything was read; none where a person looks or it does not apply.
    pub otherwise: Option<Text>,
    /// How far it is verified, and where it is from; none for what any page must be.
    pub standing: Option<Standing>,
    /// Its parts, each of which is demanded.
    pub parts: Vec<Self>,
}

/// How an item is tied to others of its year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ties {
    /// The items that it builds on.
    pub builds_on: Vec<ItemId>,
    /// The items that build on it.
    pub basis_of: Vec<ItemId>,
    /// The items whose channel it must not be.
    pub apart_from: Vec<ItemId>,
}

impl Demand {
    fn new(th: impl Into<String>, en: impl Into<String>) -> Self {
        Self { what: Text::new(th, en), signs: Vec::new(), otherwise: None, standing: None, parts: Vec::new() }
    }

    fn from(self, status: RuleStatus, source: &str) -> Self {
        Self { standing: Some(Standing { status, source: source.to_owned() }), ..self }
    }

    fn otherwise(self, if_not: IfNot) -> Self {
        Self { otherwise: Some(consequence(if_not)), ..self }
    }

    fn shown_by(self, phrases: &[Phrase]) -> Self {
        Self { signs: phrases.iter().map(plain).collect(), ..self }
    }
}

fn plain(phrase: &Phrase) -> Text {
    Text::new(phrase.as_str(), phrase.as_str())
}

fn consequence(if_not: IfNot) -> Text {
    match if_not {
        IfNot::Fail => Text::new("มิฉะนั้น: ไม่ผ่าน", "otherwise: the item fails"),
        IfNot::Review => Text::new("มิฉะนั้น: ให้คนตรวจ", "otherwise: a person looks"),
        IfNot::Advice => Text::new("มิฉะนั้น: ผ่าน แต่มีข้อแนะนำ", "otherwise: it passes, with advice"),
    }
}

impl Catalog {
    /// How an item is tied to others.
    pub fn ties(&self, id: &ItemId) -> Ties {
        let mut ties = Ties::default();
        for item in self.items() {
            for check in &item.checks {
                match check {
                    CheckSpec::DependsOn(on) if item.id == *id => ties.builds_on.push(on.item.clone()),
                    CheckSpec::DependsOn(on) if on.item == *id => ties.basis_of.push(item.id.clone()),
                    CheckSpec::SameChannel(with) if item.id == *id => ties.apart_from.push(with.other.clone()),
                    CheckSpec::SameChannel(with) if with.other == *id => ties.apart_from.push(item.id.clone()),
                    _ => {}
                }
            }
        }
        ties
    }
}

impl Item {
    /// What an assessor of that fiscal year looks for, in the order in which it is looked for.
    pub fn demands(&self, year: FiscalYear) -> Vec<Demand> {
        self.checks.iter().map(|check| demand(check, year)).collect()
    }

    /// The year or years that its content must be of, in words; none where any will do.
    pub fn period(&self, year: FiscalYear) -> Option<Text> {
        self.checks.iter().find_map(|check| match check {
            CheckSpec::Year(check) => Some(period(check.period, year)),
            _ => None,
        })
    }
}

fn demand(check: &CheckSpec, year: FiscalYear) -> Demand {
    match check {
        CheckSpec::Opens(_) => {
            Demand::new("link เปิดได้ และเป็นหน้าของหน่วยงาน", "The link opens, and shows the agency's page")
        }
        CheckSpec::MainDomain(_) => Demand::new(
            "อยู่บนเว็บไซต์หลัก หรือเว็บไซต์หลักเชื่อมโยงไป",
            "It is on the main website, or the main website links to it",
        ),
        CheckSpec::ClickPath(check) => Demand::new(
            format!("เข้าถึงได้จากหน้าแรกไม่เกิน {} คลิก ถ้าเกินหรือไม่พบทางเข้าจะได้ข้อแนะนำ", check.most),
            format!("The home page leads to it in at most {} clicks; else there is advice", check.most),
        )
        .from(check.status, &check.source),
        CheckSpec::Readable(_) => {
            Demand::new("มีเนื้อหา ไม่ใช่หน้าว่างหรืออยู่ระหว่างจัดทำ", "It has content, and is not still being prepared")
        }
        CheckSpec::WrongTarget(_) => Demand::new(
            "link ตรงไปยังเนื้อหา ถ้าต้องคลิกต่อจะได้ข้อแนะนำ",
            "The link is the content's own page; one on the way to it gets advice",
        ),
        CheckSpec::SocialNetwork(check) => Demand::new(
            "เป็นหน้าบนเว็บไซต์ของหน่วยงานที่มี link ไป social network ของหน่วยงาน",
            "It is a page of the agency's website that leads to its social network",
        )
        .from(check.status, &check.source),
        CheckSpec::Topic(check) => {
            Demand::new("เป็นเรื่องของข้อนี้ โดยมีคำใดคำหนึ่ง", "It is about the item, by one of these words")
                .shown_by(&check.any)
                .from(check.status, &check.source)
        }
        CheckSpec::Year(check) => {
            let of = period(check.period, year);
            Demand::new(format!("เป็นข้อมูลของ {}", of.th), format!("It is of {}", of.en))
                .from(check.status, &check.source)
        }
        CheckSpec::Elements(check) => Demand {
            parts: check.all.iter().map(element).collect(),
            ..Demand::new("มีองค์ประกอบครบทุกข้อ", "It shows every one of these elements")
        },
        CheckSpec::Months(check) => Demand::new(
            format!("{}: ครบทั้ง {} เดือนแรกของปีงบประมาณ", check.name.th, check.first),
            format!("{}: for each of the first {} months of the fiscal year", check.name.en, check.first),
        )
        .otherwise(check.if_absent)
        .from(check.status, &check.source),
        CheckSpec::OnlineService(check) => Demand::new(
            "ใช้ทางออนไลน์ได้จริง: มีแบบฟอร์มหรือ link ไปยังระบบ",
            "It can be used online: there is a form, or a link to a system",
        )
        .shown_by(&check.phrases)
        .otherwise(check.if_absent)
        .from(check.status, &check.source),
        CheckSpec::SameChannel(check) => Demand::new(
            format!("ไม่ใช่ช่องทางเดียวกับ {}", check.other),
            format!("It is not the channel of {}", check.other),
        )
        .otherwise(check.if_same)
        .from(check.status, &check.source),
        CheckSpec::DependsOn(check) => {
            Demand::new(format!("{} ต้องผ่านก่อน", check.item), format!("{} must be met", check.item))
                .otherwise(check.if_unmet)
                .from(check.status, &check.source)
        }
    }
}

fn element(element: &Element) -> Demand {
    let mut demand = Demand::new(element.name.th.clone(), element.name.en.clone()).shown_by(&element.phrases);
    demand.signs.extend(element.labels.iter().map(plain));
    demand.signs.extend(element.patterns.iter().map(|pattern| thing(*pattern)));
    if !element.with.is_empty() {
        let with: Vec<Text> = element.with.iter().map(|pattern| thing(*pattern)).collect();
        let (th, en) = (Text::join(&with, " หรือ ").th, Text::join(&with, " or ").en);
        demand.signs.push(Text::new(format!("ต้องมี{th}ด้วย"), format!("and with it {en}")));
    }
    demand.otherwise(element.if_absent).from(element.status, &element.source)
}

fn thing(pattern: Pattern) -> Text {
    match pattern {
        Pattern::Address => Text::new("ที่อยู่ทางไปรษณีย์", "a postal address"),
        Pattern::Phone => Text::new("หมายเลขโทรศัพท์", "a telephone number"),
        Pattern::Fax => Text::new("หมายเลขโทรสาร", "a fax number"),
        Pattern::Email => Text::new("ที่อยู่อีเมล", "an e-mail address"),
        Pattern::Map => Text::new("แผนที่", "a map"),
        Pattern::Picture => Text::new("รูปภาพ", "a picture"),
        Pattern::Form => Text::new("แบบฟอร์มออนไลน์", "an online form"),
        Pattern::SocialLink => Text::new("link ไป social network", "a link to a social network"),
        Pattern::Document => Text::new("link ไปยังเอกสาร", "a link to a document"),
        Pattern::PersonName => Text::new("ชื่อบุคคลพร้อมคำนำหน้า", "a person's name with a title"),
        Pattern::Amount => Text::new("จำนวนเงิน", "an amount of money"),
        Pattern::Percent => Text::new("ร้อยละหรือค่าเฉลี่ย", "a percentage or a mean"),
        Pattern::Count => Text::new("จำนวนที่นับได้", "numbers of what was counted"),
        Pattern::Duration => Text::new("จำนวนวัน เดือน หรือชั่วโมง", "a number of days, months or hours"),
        Pattern::Years => Text::new("คอลัมน์หรือแถวของหลายปี", "columns or rows of several years"),
        Pattern::FormLink => Text::new("link ไปยังแบบฟอร์มออนไลน์", "a link to an online form"),
        Pattern::Timetable => Text::new("เดือนหรือไตรมาสของแต่ละรายการ", "months or quarters of what is to be done"),
    }
}

fn period(period: Period, year: FiscalYear) -> Text {
    let before = year.previous();
    match period {
        Period::Current => Text::new(format!("ปี {year}"), format!("{year}")),
        Period::FirstHalf => {
            Text::new(format!("ต.ค. {before} – มี.ค. {year}"), format!("October {before} – March {year}"))
        }
        Period::Previous => Text::new(format!("ปี {before}"), format!("{before}")),
        Period::Covering => Text::new(format!("ช่วงปีที่ครอบคลุม {year}"), format!("years that cover {year}")),
    }
}
