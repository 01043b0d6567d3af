//! The agency file as the program uses it: every value checked, each mistake with what to do about it.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use jiff::civil::Date;
use url::Url;

use super::address::{self, Address};
use super::keys;
use super::problem::{Problem, quoted};
use super::raw::{AgencyFile, At, Item, Pairs, ReviewedFile, SurveyFile, UrlText, Urls, VerdictText};
use super::settings;
use crate::model::{Crawl, FiscalYear, ItemId, Link, Memo, Place, Reviewed, Verdict};

/// Years between the Buddhist and the common era.
const ERA_OFFSET: i64 = 543;

/// The content of an agency file.
#[derive(Debug, Clone, PartialEq)]
pub struct Agency {
    /// The agency's name.
    pub name: String,
    /// Its main website.
    pub website: Url,
    /// The fiscal year that is assessed.
    pub fiscal_year: FiscalYear,
    /// Where the fiscal year stands, for whoever has no catalogue of it.
    pub fiscal_year_place: Place,
    /// Further hosts that count as the main website, in lower case and as the DNS writes them.
    pub sites: Vec<String>,
    /// What is submitted, by item.
    pub items: BTreeMap<ItemId, Submission>,
    /// Scores of the surveys.
    pub survey: Option<Survey>,
    /// How to open the links.
    pub crawl: Crawl,
    /// Files with further root certificates.
    pub extra_ca: Vec<CaFile>,
    /// What the official memo says that no audit can know.
    pub memo: Option<Memo>,
    /// The predicted score below which the audit is not met.
    pub fail_under: Option<f64>,
}

/// A file with root certificates, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaFile {
    /// Its path, relative to the agency file.
    pub path: String,
    /// Where the path stands.
    pub place: Place,
    /// The characters of it there.
    pub length: usize,
}

/// What is submitted for one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// Where the item's key stands.
    pub place: Place,
    /// The URLs, each once.
    pub links: Vec<Link>,
    /// The explanation submitted with the answer.
    pub note: Option<String>,
    /// A person's verdict.
    pub reviewed: Option<Reviewed>,
}

/// Scores of the two surveys, indicator by indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Where its content begins.
    pub place: Place,
    /// Indicators of the internal survey.
    pub iit: Vec<f64>,
    /// Indicators of the external survey.
    pub eit: Vec<f64>,
}

/// Checks the file; an agency comes of it if its name, website and year are known.
pub(super) fn agency(file: &AgencyFile, problems: &mut Vec<Problem>) -> Option<Agency> {
    let mut checker = Checker { problems };
    for (key, absent) in [
        ("agency", file.agency.place.is_none()),
        ("website", file.website.place.is_none()),
        ("fiscal_year", file.fiscal_year.place.is_none()),
        ("items", file.items.place.is_none()),
    ] {
        if absent {
            checker.missing(key);
        }
    }
    let name = checker.name(&file.agency);
    let website = checker.website(&file.website);
    let year = checker.fiscal_year(&file.fiscal_year);
    let sites = file.sites.get().map(|sites| checker.sites(sites)).unwrap_or_default();
    let items = file.items.get().map(|items| checker.items(items, website.as_ref())).unwrap_or_default();
    let survey = file.survey.get().and_then(|survey| checker.survey(survey, &file.survey));
    let crawl = file.crawl.get().map(|crawl| settings::crawl(crawl, checker.problems)).unwrap_or_default();
    let crawl_file = file.crawl.get();
    let extra_ca = crawl_file.map(|crawl| settings::extra_ca(crawl, checker.problems)).unwrap_or_default();
    let memo = file.memo.get().map(|memo| checker.memo(memo));
    let fail_under = checker.score("fail_under", file.fail_under.get().copied(), &file.fail_under);
    let (fiscal_year, fiscal_year_place) = year?;
    Some(Agency {
        name: name?,
        website: website?,
        fiscal_year,
        fiscal_year_place,
        sites,
        items,
        survey,
        crawl,
        extra_ca,
        memo,
        fail_under,
    })
}

pub(super) struct Checker<'a> {
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn missing(&mut self, key: &str) {
        let help = match key {
            "agency" => "add the agency's name (ชื่อหน่วยงาน): `agency: …`",
            "website" => "add the main website: `website: https://…`",
            "fiscal_year" => "add the year of the Buddhist era (ปีงบประมาณ): `fiscal_year: 2563`",
            _ => "add `items:` and under it, indented, what is submitted: `O1: https://…`",
        };
        self.problems.push(Problem::of_file(format!("`{key}` is missing"), Some(help.to_owned())));
    }

    pub(super) fn push<T>(&mut self, at: &At<T>, message: impl Into<String>, help: impl Into<Option<String>>) {
        self.problems.push(at.problem(message, help.into()));
    }

    pub(super) fn name(&mut self, at: &At<String>) -> Option<String> {
        let name = at.value.as_deref()?.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            self.push(at, "the agency's name is empty", "write its name (ชื่อหน่วยงาน) after `agency:`".to_owned());
            return None;
        }
        Some(name)
    }

    fn website(&mut self, at: &At<UrlText>) -> Option<Url> {
        let text = &at.value.as_ref()?.0;
        match address::of(text, None) {
            Ok(Address::Http(url)) => return Some(url),
            Ok(Address::Placeholder) => {
                let message = format!("`{}` is not a website", quoted(text));
                self.push(at, message, "write the address of the home page: https://…".to_owned());
            }
            Err(wrong) => self.push(at, wrong.message, wrong.help),
        }
        None
    }

    pub(super) fn fiscal_year(&mut self, at: &At<i64>) -> Option<(FiscalYear, Place)> {
        let year = at.value?;
        match year {
            2500..=2600 => return Some((FiscalYear::new(u16::try_from(year).ok()?), at.place?)),
            1900..=2100 => {
                let buddhist = year + ERA_OFFSET;
                let message =
                    format!("{year} is a Common Era year; the fiscal year is written in the Buddhist era: {buddhist}");
                self.push(at, message, format!("write fiscal_year: {buddhist}"));
                // What is meant is plain, so that the year's rules can still show the file's other mistakes.
                return Some((FiscalYear::new(u16::try_from(buddhist).ok()?), at.place?));
            }
            _ => {
                let message = format!("{year} is not a fiscal year (ปีงบประมาณ) from 2500 to 2600");
                self.push(at, message, "write the year of the Buddhist era, such as 2563".to_owned());
            }
        }
        None
    }

    fn sites(&mut self, sites: &[At<super::raw::HostText>]) -> Vec<String> {
        let mut hosts = BTreeSet::new();
        for site in sites {
            let Some(text) = &site.value else { continue };
            match address::site(&text.0) {
                Ok(host) => {
                    hosts.insert(host);
                }
                Err(wrong) => self.push(site, wrong.message, wrong.help),
            }
        }
        hosts.into_iter().collect()
    }

    fn items(&mut self, items: &Pairs<Item>, website: Option<&Url>) -> BTreeMap<ItemId, Submission> {
        let mut submissions: BTreeMap<ItemId, Submission> = BTreeMap::new();
        for (key, item) in &items.0 {
            let (Some(text), Some(place)) = (&key.value, key.place) else { continue };
            let Some(id) = keys::item(text) else {
                let help = match keys::likely_item(text) {
                    Some(id) => format!("write {id}"),
                    None => "write the letter O and the item's number, such as O5".to_owned(),
                };
                self.push(key, format!("`{}` is not an item", quoted(text)), help);
                continue;
            };
            if let Some(first) = submissions.get(&id) {
                let message = format!("duplicate item {id}, first on line {}", first.place.line);
                self.push(key, message, keys::KEEP_ONE_ITEM.to_owned());
                continue;
            }
            let submission = self.submission(&id, place, item, website);
            submissions.insert(id, submission);
        }
        submissions
    }

    fn submission(&mut self, id: &ItemId, place: Place, item: &At<Item>, website: Option<&Url>) -> Submission {
        let mut submission = Submission { place, links: Vec::new(), note: None, reviewed: None };
        match &item.value {
            None | Some(Item::Nothing) => {}
            Some(Item::Scalar(url)) => submission.links = self.links(id, slice::from_ref(url), website),
            Some(Item::List(urls)) => submission.links = self.links(id, urls, website),
            Some(Item::Map(long)) => {
                submission.links = match &long.urls.value {
                    None | Some(Urls::Nothing | Urls::Map(_)) => Vec::new(),
                    Some(Urls::Scalar(url)) => self.links(id, slice::from_ref(url), website),
                    Some(Urls::List(urls)) => self.links(id, urls, website),
                };
                submission.note = long.note.get().map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
                submission.reviewed = long.reviewed.get().and_then(|reviewed| self.reviewed(reviewed, &long.reviewed));
            }
        }
        submission
    }

    /// The links of an item; one that is written twice is one.
    fn links(&mut self, id: &ItemId, urls: &[At<UrlText>], website: Option<&Url>) -> Vec<Link> {
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        for at in urls {
            let (Some(text), Some(place)) = (&at.value, at.place) else { continue };
            let url = match address::of(&text.0, website) {
                Ok(Address::Http(url)) => Some(url),
                Ok(Address::Placeholder) => None,
                Err(wrong) => {
                    self.push(at, wrong.message, wrong.help);
                    continue;
                }
            };
            let raw = address::bare(&text.0).to_owned();
            if seen.insert(url.as_ref().map_or_else(|| raw.clone(), Url::to_string)) {
                links.push(Link { item: id.clone(), raw, url, place });
            }
        }
        links
    }

    fn reviewed(&mut self, reviewed: &ReviewedFile, at: &At<Option<ReviewedFile>>) -> Option<Reviewed> {
        let on = reviewed.on.get().and_then(|text| self.date(text, &reviewed.on));
        if reviewed.verdict.place.is_none() {
            self.push(at, "`verdict` is missing", "add `verdict: pass` or `verdict: fail`".to_owned());
        }
        let verdict = match reviewed.verdict.value? {
            VerdictText::Pass => Verdict::Pass,
            VerdictText::Fail => Verdict::Fail,
        };
        Some(Reviewed {
            verdict,
            on,
            place: reviewed.on.place.filter(|_| on.is_some()),
            by: reviewed.by.get().cloned(),
            note: reviewed.note.get().cloned(),
        })
    }

    pub(super) fn date(&mut self, text: &str, at: &At<Option<String>>) -> Option<Date> {
        let latin = keys::latin_digits(text.trim());
        let date = latin.parse::<Date>().ok().filter(|_| latin.len() == 10);
        let Some(date) = date else {
            let message = format!("`{}` is not a day", quoted(text));
            self.push(at, message, "write it as year-month-day, such as 2020-06-30".to_owned());
            return None;
        };
        // No one has audited in the Common Era year 2400 yet.
        if date.year() >= 2400 {
            let common = i64::from(date.year()) - ERA_OFFSET;
            let message = "the year of a day is written in the Common Era".to_owned();
            self.push(at, message, format!("write {common}-{:02}-{:02}", date.month(), date.day()));
            return None;
        }
        Some(date)
    }

    fn survey(&mut self, survey: &SurveyFile, at: &At<Option<SurveyFile>>) -> Option<Survey> {
        let iit = self.scores("iit", &survey.iit, at);
        let eit = self.scores("eit", &survey.eit, at);
        Some(Survey { place: at.place.unwrap_or_default(), iit: iit?, eit: eit? })
    }

    fn scores(&mut self, key: &str, at: &At<Vec<At<f64>>>, survey: &At<Option<SurveyFile>>) -> Option<Vec<f64>> {
        let help = || format!("write the score of each {} indicator, such as [89.69, 82.09]", key.to_uppercase());
        if at.place.is_none() {
            self.push(survey, format!("`survey` has no `{key}`"), help());
        }
        let scores = at.value.as_ref()?;
        if scores.is_empty() {
            self.push(at, format!("`{key}` has no scores"), help());
            return None;
        }
        let mut checked = Vec::new();
        for score in scores {
            checked.push(self.score(key, score.value, score));
        }
        checked.into_iter().collect()
    }

    pub(super) fn score<T>(&mut self, key: &str, score: Option<f64>, at: &At<T>) -> Option<f64> {
        let score = score?;
        if (0.0..=100.0).contains(&score) {
            return Some(score);
        }
        self.push(at, format!("`{key}` is a score from 0 to 100, not {score}"), None);
        None
    }
}
