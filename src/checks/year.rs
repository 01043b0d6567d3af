//! The content is of the year that the item needs.

use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::{Claim, Sighting};
use super::own::about;
use super::{Page, PageCheck, RuleStatus, Searchable, World};
use crate::model::{Finding, FiscalYear, Reason, ReasonCode, is_web};
use crate::thai::{self, Point, Role, Span, YearMention};

/// The year that an item's content must be of, as against the assessed year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// The assessed year.
    Current,
    /// The first six months of the assessed year (October to March), or more of it.
    FirstHalf,
    /// The year before, whole.
    Previous,
    /// Several years, the assessed one among them; the assessed one alone will do.
    Covering,
}

/// A year is named in passing where fewer than one in so many of the page's years is it, and the first is another.
const IN_PASSING: usize = 4;

/// The same where the heading names another year.
const IN_PASSING_UNDER_ANOTHER_HEADING: usize = 2;

/// Years that a plan covers at the most; agencies write plans for three to five, and for twenty.
const LONGEST_PLAN: u16 = 20;

/// The page's own content names the year. A year that it merely cites, such as a law's, does not count, nor does one in
/// the site's template, nor one in the text of a link: what the link leads to must show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Which year.
    pub period: Period,
    /// The page is a list of dated entries, whose link texts count.
    #[serde(default)]
    pub listing: bool,
    /// How far the rule is verified.
    pub status: RuleStatus,
    /// Where the rule is from.
    pub source: String,
}

impl Year {
    /// The fiscal year that the content must be of.
    pub fn demanded(&self, assessed: FiscalYear) -> FiscalYear {
        match self.period {
            Period::Previous => assessed.previous(),
            Period::Current | Period::FirstHalf | Period::Covering => assessed,
        }
    }

    /// Whether any of a text's years is the one, and not merely cited.
    pub fn named_in(&self, years: &[YearMention], assessed: FiscalYear) -> bool {
        let year = self.demanded(assessed);
        about(years).any(|mention| self.covers(mention.span, year))
    }

    fn covers(&self, span: Span, year: FiscalYear) -> bool {
        let dated = span.from.month.is_some() && span.to.month.is_some();
        if span.from == span.to {
            return match span.from {
                // The entries of a list are of the fiscal year also where they bear the number of the year before.
                Point { year: y, month: Some(month) } if y == year.buddhist() || self.listing => {
                    year.contains_month(y, month)
                }
                Point { year: y, .. } => y == year.buddhist(),
            };
        }
        if self.period == Period::Covering {
            return span.contains_year(year.buddhist());
        }
        if dated {
            let months = if self.period == Period::FirstHalf { 6 } else { 12 };
            return overlaps(span, year, months) && span.to.year - span.from.year <= 1;
        }
        // A plan of many years is not one of this year; two neighbouring years are a fiscal or school year.
        span.contains_year(year.buddhist()) && span.to.year - span.from.year <= 1
    }
}

/// Whether a period with months and the first months of a fiscal year share one.
fn overlaps(span: Span, year: FiscalYear, months: i32) -> bool {
    let month = |point: Point, default: u8| i32::from(point.year) * 12 + i32::from(point.month.unwrap_or(default));
    let first = i32::from(year.buddhist() - 1) * 12 + 10;
    month(span.from, 1) < first + months && month(span.to, 12) >= first
}

impl PageCheck for Year {
    fn selects(&self) -> bool {
        true
    }

    fn run(&self, pages: &[&Page<'_>], world: &World<'_>) -> Finding {
        let year = self.demanded(world.year);
        let mut found: Vec<u16> = pages.iter().flat_map(|page| page.content_years()).collect();
        found.sort_unstable();
        found.dedup();
        let found = found.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        let mut reason = Reason::new(ReasonCode::YearMissing).with("year", year).with("found", dash_if_empty(&found));
        if let Some(page) = pages.first() {
            reason = reason.at(page.url).seeing(quote(page));
        }
        match pages.iter().map(|page| self.naming(page, world.year)).max() {
            Some(Naming::Clear) => return Finding::met(),
            Some(Naming::InPassing) => return Finding::unsure(false, reason),
            Some(Naming::Absent) | None => {}
        }
        // An address or a link may promise a year that the content then contradicts; only silence leaves that open.
        let silent = found.is_empty();
        let hinted = pages.iter().any(|page| {
            self.named_in(page.own.title.years(), world.year)
                || self.titled(page, world.year)
                || self.short_range(page, year)
                || (silent && (self.hinted(page, world.year) || Self::short(page, year)))
        });
        let doubt = pages
            .iter()
            .any(|page| page.unread(world).is_some() || is_partly_read(page) || self.leads_unread(page, world));
        if doubt || hinted {
            return Finding::unsure(hinted || found.is_empty(), reason);
        }
        // That the item demands this year is not verified: no item fails by a rule that may not exist.
        if self.status == RuleStatus::Unverified {
            return Finding::unsure(false, reason);
        }
        Finding::not_met(reason)
    }
}

/// How a page names a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Naming {
    Absent,
    /// Among many mentions of other years, the first of which says what the page is of.
    InPassing,
    Clear,
}

impl Year {
    fn naming(&self, page: &Page<'_>, assessed: FiscalYear) -> Naming {
        if let Some(sightings) = page.sightings() {
            return self.naming_of_document(sightings, self.demanded(assessed));
        }
        if self.listing && self.named_in(page.own.anchors.years(), assessed) {
            return Naming::Clear;
        }
        let year = self.demanded(assessed);
        let of = |part: &Searchable| -> Vec<bool> {
            about(part.years()).map(|mention| self.covers(mention.span, year)).collect()
        };
        let (heading, text) = (of(&page.own.heading), of(&page.own.text));
        let contradicted = !heading.is_empty() && !heading.contains(&true);
        let all: Vec<bool> = heading.into_iter().chain(text).collect();
        let parts = [&page.own.heading, &page.own.text];
        if self.is_of_first_months(parts.into_iter().flat_map(|part| about(part.years())).map(|one| one.span), year) {
            return Naming::Clear;
        }
        let hits = all.iter().filter(|hit| **hit).count();
        let share = if contradicted { IN_PASSING_UNDER_ANOTHER_HEADING } else { IN_PASSING };
        match hits {
            0 => Naming::Absent,
            _ if all[0] || self.listing || hits * share > all.len() => Naming::Clear,
            _ => Naming::InPassing,
        }
    }

    /// Whether all that is dated lies in the first months of the fiscal year, which have the number of the year before. One
    /// mention of another time, such as that year's own number, leaves it open what these dates are of.
    fn is_of_first_months(&self, spans: impl Iterator<Item = Span>, year: FiscalYear) -> bool {
        let within = |point: Point| {
            point.year < year.buddhist() && point.month.is_some_and(|month| year.contains_month(point.year, month))
        };
        let mut spans = spans.peekable();
        self.period == Period::Current
            && spans.peek().is_some()
            && spans.all(|span| within(span.from) && within(span.to))
    }

    /// How a document that is no web page names a year: clearly where it is about it by its opening, its date line or its
    /// first pages; in passing where it is about another year, far into it, or where a digit is not certain.
    fn naming_of_document(&self, sightings: &[Sighting], year: FiscalYear) -> Naming {
        let content = sightings.iter().filter(|one| one.role == Role::Content);
        if self.is_of_first_months(content.map(|one| one.span), year) {
            return Naming::Clear;
        }
        let meant = sightings.iter().filter(|one| one.claim > Claim::Cited && self.covers(one.span, year));
        // What is named for another year was only signed or printed in this one.
        let named = |one: &&Sighting| one.claim == Claim::Named && one.role == Role::Content;
        let contradicted = sightings.iter().any(|one| named(&one))
            && !sightings.iter().filter(named).any(|one| self.covers(one.span, year));
        let clear = |one: &Sighting| {
            let placed = one.early || self.listing || one.claim >= Claim::DateLine;
            one.role == Role::Content && !one.doubtful && placed && !contradicted
        };
        meant.map(|one| if clear(one) { Naming::Clear } else { Naming::InPassing }).max().unwrap_or(Naming::Absent)
    }

    /// Whether the title in a file's properties, which nobody sees and many forget to change, names the year.
    fn titled(&self, page: &Page<'_>, assessed: FiscalYear) -> bool {
        let title = page.document.title.as_deref().filter(|_| page.sightings().is_some());
        title.is_some_and(|title| self.named_in(&thai::years(&thai::normalize(title)), assessed))
    }

    /// Whether a link that names the year leads to something that was not read.
    fn leads_unread(&self, page: &Page<'_>, world: &World<'_>) -> bool {
        page.links().any(|link| {
            is_web(&link.url) && !(world.known)(&link.url) && self.named_in(&thai::years(&link.text), world.year)
        })
    }

    /// Whether the page has the year's last two digits or its common-era number, without a word that makes it a year.
    fn short(page: &Page<'_>, year: FiscalYear) -> bool {
        let both = [&page.own.heading, &page.own.text];
        both.into_iter().flat_map(numbers).any(|number| number == year.buddhist() % 100 || number == year.common())
    }

    /// Whether the heading has a range that may be of years, such as «(61–65)», with the year in it.
    fn short_range(&self, page: &Page<'_>, year: FiscalYear) -> bool {
        let (two, common) = (year.buddhist() % 100, year.common());
        let holds = |pair: &[u16]| {
            let range = pair[0]..=pair[1];
            pair[1].saturating_sub(pair[0]) <= LONGEST_PLAN && (range.contains(&two) || range.contains(&common))
        };
        self.period == Period::Covering && numbers(&page.own.heading).windows(2).any(holds)
    }

    /// Whether the link that led to the page or its address names the year.
    fn hinted(&self, page: &Page<'_>, assessed: FiscalYear) -> bool {
        let via = page.via.is_some_and(|via| self.named_in(&thai::years(via), assessed));
        let path = percent_decode_str(page.url.path()).decode_utf8_lossy();
        via || path.split('/').any(|name| thai::years_in_name(name).contains(&self.demanded(assessed).buddhist()))
    }
}

/// Whether a page of a document, or a digit on one, was not read, so that a year may be there all the same.
fn is_partly_read(page: &Page<'_>) -> bool {
    !page.document.unread_pages.is_empty() || page.document.blocks.iter().any(|block| block.doubtful.is_some())
}

/// The numbers in a text, in order.
fn numbers(text: &Searchable) -> Vec<u16> {
    let text = thai::arabic_digits(&text.text);
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

fn dash_if_empty(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

/// The first year that the page names, with its surroundings: what an assessor would have read.
fn quote(page: &Page<'_>) -> String {
    if let Some(sightings) = page.sightings() {
        let first = sightings.iter().find(|one| one.role == Role::Content);
        return first.map(|one| one.snippet.clone()).unwrap_or_default();
    }
    let quoted = |part: &Searchable| {
        let mention = about(part.years()).next()?;
        Some(thai::snippet(&part.text, mention.at.clone(), 40))
    };
    quoted(&page.own.heading).or_else(|| quoted(&page.own.text)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
