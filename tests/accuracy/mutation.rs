//! What goes wrong with an item's page on real sites. Each makes the item one that an assessor does not pass.

use std::fmt;

use crate::agency::Voice;
use crate::items::{ages, half_year, mistaken};

/// One thing gone wrong; numbers choose among several wordings or ways.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mutation {
    Dead(usize),
    Soft404(usize),
    EmptyShell,
    Placeholder(usize),
    OtherItem(u8),
    LastYear,
    Criteria,
    AllCriteria,
    TemplateOnly,
    OffSite,
    Login(usize),
    Hacked(usize),
    SameChannel,
    /// Three months where there should be six.
    Quarter,
    /// Without the lines of a tag.
    Without(String),
}

impl Mutation {
    /// The row of the table that it is counted in.
    pub(crate) fn group(&self) -> &'static str {
        match self {
            Self::Dead(_) => "dead",
            Self::Soft404(_) => "soft 404",
            Self::EmptyShell => "empty shell",
            Self::Placeholder(_) => "placeholder",
            Self::OtherItem(_) => "another item's content",
            Self::LastYear => "last year's content",
            Self::Criteria => "criteria text",
            Self::AllCriteria => "criteria of all items",
            Self::TemplateOnly => "template only",
            Self::OffSite => "off site",
            Self::Login(_) => "login",
            Self::Hacked(_) => "hacked",
            Self::SameChannel => "duplicate channel",
            Self::Quarter => "missing months",
            Self::Without(tag) if is_month(tag) => "missing months",
            Self::Without(_) => "element removed",
        }
    }
}

impl fmt::Display for Mutation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dead(way) => write!(to, "dead {way}"),
            Self::Soft404(way) => write!(to, "soft 404 {way}"),
            Self::Placeholder(way) => write!(to, "placeholder {way}"),
            Self::OtherItem(other) => write!(to, "content of O{other}"),
            Self::Login(way) => write!(to, "login {way}"),
            Self::Hacked(way) => write!(to, "hacked {way}"),
            Self::Quarter => to.write_str("three months only"),
            Self::Without(tag) => write!(to, "without {tag}"),
            other => to.write_str(other.group()),
        }
    }
}

fn is_month(tag: &str) -> bool {
    tag.strip_prefix('m').is_some_and(|month| month.parse::<u8>().is_ok())
}

/// The wordings of each kind.
pub(crate) const DEAD: usize = 3;
pub(crate) const SOFT_404: usize = 3;
pub(crate) const LOGIN: usize = 2;
pub(crate) const HACKED: usize = 2;
pub(crate) const PLACEHOLDERS: [&str; 7] = [
    "อยู่ระหว่างปรับปรุงข้อมูล",
    "ขออภัย หน้านี้กำลังปรับปรุง กรุณากลับมาใหม่ภายหลัง",
    "อยู่ระหว่างดำเนินการจัดทำข้อมูล",
    "Coming Soon...",
    "Under Construction",
    "อยู่ระหว่างจัดเตรียมเอกสาร จะนำขึ้นเว็บไซต์ในลำดับต่อไป",
    "ยังไม่มีข้อมูล",
];

/// All that is tried on an item of an agency; of several ways of one kind, all or the one that `turn` picks.
pub(crate) fn mutations(voice: &Voice, item: u8, turn: usize, all_ways: bool) -> Vec<Mutation> {
    let ways = |many: usize| if all_ways { (0..many).collect() } else { vec![(turn + usize::from(item)) % many] };
    let mut list: Vec<Mutation> = Vec::new();
    list.extend(ways(DEAD).into_iter().map(Mutation::Dead));
    list.extend(ways(SOFT_404).into_iter().map(Mutation::Soft404));
    list.push(Mutation::EmptyShell);
    list.extend(ways(PLACEHOLDERS.len()).into_iter().map(Mutation::Placeholder));
    list.extend(mistaken(item).into_iter().map(Mutation::OtherItem));
    if ages(item) {
        list.push(Mutation::LastYear);
    }
    list.extend([Mutation::Criteria, Mutation::AllCriteria, Mutation::TemplateOnly, Mutation::OffSite]);
    list.extend(ways(LOGIN).into_iter().map(Mutation::Login));
    list.extend(ways(HACKED).into_iter().map(Mutation::Hacked));
    if item == 32 {
        list.push(Mutation::SameChannel);
    }
    if half_year(item) {
        list.push(Mutation::Quarter);
    }
    // Six months are tried as a whole above.
    list.extend(voice.items[&item].tags().into_iter().filter(|tag| tag != "half").map(Mutation::Without));
    list
}
