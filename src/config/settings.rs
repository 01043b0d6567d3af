//! The `crawl` part of the agency file, checked, on top of the defaults.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bytesize::ByteSize;
use jiff::SignedDuration;

use super::address;
use super::keys;
use super::problem::{Problem, quoted};
use super::raw::{Amount, At, CrawlFile, Pairs, PathText, Paths, WhenText};
use super::valid::CaFile;
use crate::model::{Connect, Crawl, When};

/// A range of time, as it is and in words.
type Range = (Duration, Duration, &'static str);

/// The least and the most time for one request, for one item, for recognising one document and for an audit.
const TIMEOUT: Range = (Duration::from_secs(1), Duration::from_mins(10), "1s to 10m");
const ITEM_TIMEOUT: Range = (Duration::from_secs(1), Duration::from_hours(1), "1s to 1h");
const OCR_TIMEOUT: Range = (Duration::from_secs(1), Duration::from_hours(1), "1s to 1h");
const AUDIT_TIMEOUT: Range = (Duration::from_secs(1), Duration::from_hours(24), "1s to 24h");

/// The most time for name resolution, TCP and TLS.
const CONNECT: Duration = Duration::from_secs(10);

/// The least and the most bytes of a body.
const BODY: (u64, u64) = (1 << 10, 1 << 30);

/// The settings that the file asks for; a wrong one keeps its default.
pub(super) fn crawl(file: &CrawlFile, problems: &mut Vec<Problem>) -> Crawl {
    let mut to = Crawl::default();
    let mut checker = Checker { problems };
    if let Some(rate) = checker.rate(&file.requests_per_second) {
        to.requests_per_second = rate;
    }
    checker.whole("concurrency", &file.concurrency, 1, 256, &mut to.concurrency);
    checker.whole("retries", &file.retries, 0, 10, &mut to.retries);
    checker.whole("follow", &file.follow, 0, 5, &mut to.follow);
    checker.whole("max_documents", &file.max_documents, 0, 1000, &mut to.max_documents);
    checker.whole("explore", &file.explore, 0, 1000, &mut to.explore);
    checker.time("timeout", &file.timeout, TIMEOUT, &mut to.timeout);
    checker.time("item_timeout", &file.item_timeout, ITEM_TIMEOUT, &mut to.item_timeout);
    checker.time("ocr_timeout", &file.ocr_timeout, OCR_TIMEOUT, &mut to.ocr_timeout);
    checker.time("audit_timeout", &file.audit_timeout, AUDIT_TIMEOUT, &mut to.audit_timeout);
    to.connect_timeout = CONNECT.min(to.timeout / 3);
    if let Some(bytes) = checker.body(&file.max_body) {
        to.max_body = bytes;
    }
    if let Some(agent) = checker.user_agent(&file.user_agent) {
        to.user_agent = agent;
    }
    to.render = file.render.get().map_or(to.render, |when| (*when).into());
    to.ocr = file.ocr.get().map_or(to.ocr, |when| (*when).into());
    to.allow_private = file.allow_private.get().copied().unwrap_or(to.allow_private);
    if let Some(pairs) = file.resolve.get() {
        checker.resolve(pairs, &mut to);
    }
    to
}

/// The files with further root certificates.
pub(super) fn extra_ca(file: &CrawlFile, problems: &mut Vec<Problem>) -> Vec<CaFile> {
    let paths = match &file.extra_ca.value {
        None | Some(Paths::Nothing | Paths::Map(_)) => &[][..],
        Some(Paths::Scalar(path)) => std::slice::from_ref(path),
        Some(Paths::List(paths)) => paths,
    };
    let mut files = Vec::new();
    for at in paths {
        let (Some(PathText(path)), Some(place)) = (&at.value, at.place) else { continue };
        if path.trim().is_empty() {
            let help = "write the path of a file with root certificates, or leave the key out".to_owned();
            problems.push(at.problem("an empty path", Some(help)));
            continue;
        }
        files.push(CaFile { path: path.trim().to_owned(), place, length: at.length });
    }
    files
}

impl From<WhenText> for When {
    fn from(text: WhenText) -> Self {
        match text {
            WhenText::Auto => Self::Auto,
            WhenText::Never => Self::Never,
            WhenText::Always => Self::Always,
        }
    }
}

struct Checker<'a> {
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn push<T>(&mut self, at: &At<T>, message: impl Into<String>, help: impl Into<Option<String>>) {
        self.problems.push(at.problem(message, help.into()));
    }

    fn rate(&mut self, at: &At<Option<f64>>) -> Option<f64> {
        let rate = *at.get()?;
        if rate > 0.0 && rate <= 100.0 {
            return Some(rate);
        }
        let message = format!("`requests_per_second` is more than 0 and at most 100, not {rate}");
        self.push(at, message, "2 is kind to a small server; 0.5 is one request every two seconds".to_owned());
        None
    }

    fn whole<T: TryFrom<i64>>(&mut self, key: &str, at: &At<Option<i64>>, least: i64, most: i64, to: &mut T) {
        let Some(&number) = at.get() else { return };
        match T::try_from(number) {
            Ok(number_of_it) if (least..=most).contains(&number) => *to = number_of_it,
            _ => self.push(at, format!("`{key}` is from {least} to {most}, not {number}"), None),
        }
    }

    fn time(&mut self, key: &str, at: &At<Option<Amount>>, (least, most, range): Range, to: &mut Duration) {
        const HELP: &str = "write `30s`, `500ms`, `1m` or a number of seconds";
        let Some(amount) = at.get() else { return };
        let read = match amount {
            Amount::Number(seconds) => Duration::try_from_secs_f64(*seconds).ok(),
            Amount::Text(text) => duration(text),
        };
        match read {
            None => self.push(at, format!("`{}` is not a length of time", shown(amount)), HELP.to_owned()),
            Some(time) if time < least || time > most => {
                self.push(at, format!("`{key}` is from {range}, not {}", shown(amount)), HELP.to_owned());
            }
            Some(time) => *to = time,
        }
    }

    fn body(&mut self, at: &At<Option<Amount>>) -> Option<u64> {
        const HELP: &str = "write `32MiB`, `500kB` or a number of bytes";
        let amount = at.get()?;
        let read = match amount {
            Amount::Number(bytes) => format!("{bytes}").parse::<u64>().ok(),
            Amount::Text(text) => keys::latin_digits(text.trim()).parse::<ByteSize>().ok().map(|size| size.as_u64()),
        };
        let Some(bytes) = read else {
            self.push(at, format!("`{}` is not a size", shown(amount)), HELP.to_owned());
            return None;
        };
        if bytes < BODY.0 || bytes > BODY.1 {
            self.push(at, format!("`max_body` is from 1KiB to 1GiB, not {}", shown(amount)), HELP.to_owned());
            return None;
        }
        Some(bytes)
    }

    fn user_agent(&mut self, at: &At<Option<String>>) -> Option<String> {
        let agent = at.get()?.trim();
        if agent.is_empty() || !agent.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            let help = "write Latin letters, digits and signs, or leave the key out for the default";
            self.push(at, "not a `User-Agent` that can be sent", help.to_owned());
            return None;
        }
        Some(agent.to_owned())
    }

    fn resolve(&mut self, pairs: &Pairs<String>, crawl: &mut Crawl) {
        for (key, value) in &pairs.0 {
            let host = match key.value.as_deref().map(address::host) {
                Some(Ok(host)) => Some(host),
                Some(Err(wrong)) => {
                    self.push(key, wrong.message, wrong.help);
                    None
                }
                None => None,
            };
            let Some(text) = value.value.as_deref() else { continue };
            match socket(text.trim()) {
                Ok(connect) => {
                    if let Some(host) = host
                        && crawl.resolve.insert(host, connect).is_some()
                    {
                        self.push(key, "this host is here twice", "keep one of the two".to_owned());
                    }
                }
                Err(help) => {
                    self.push(value, format!("`{}` is not an address with a port", quoted(text)), help);
                }
            }
        }
    }
}

fn duration(text: &str) -> Option<Duration> {
    let text = keys::latin_digits(text.trim());
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    Duration::try_from(text.parse::<SignedDuration>().ok()?).ok()
}

fn socket(text: &str) -> Result<Connect, String> {
    let plain = text.strip_prefix("http://").map(|rest| rest.trim_end_matches('/'));
    let (text, plain) = (plain.unwrap_or(text), plain.is_some());
    if let Ok(to) = text.parse::<SocketAddr>() {
        return if to.port() == 0 { Err("a port is from 1 to 65535".to_owned()) } else { Ok(Connect { to, plain }) };
    }
    Err(match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => format!("add the port: \"{address}:443\""),
        Ok(IpAddr::V6(address)) => format!("add the port: \"[{address}]:443\""),
        Err(_) => match text.strip_prefix("localhost:") {
            Some(port) => format!("write the number of the address: \"127.0.0.1:{port}\""),
            None => "write an IP address and a port: \"127.0.0.1:8080\" or \"[::1]:8080\"".to_owned(),
        },
    })
}

fn shown(amount: &Amount) -> String {
    match amount {
        Amount::Number(number) => number.to_string(),
        Amount::Text(text) => quoted(text),
    }
}
