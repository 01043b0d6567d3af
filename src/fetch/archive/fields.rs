//! What a `metadata` record tells of an exchange or of the run, as `application/warc-fields`.

use std::fmt::Write as _;
use std::time::Duration;

use url::Url;

use crate::fetch::classify::Fault;
use crate::fetch::render::{RenderError, Rendered};
use crate::model::{Tally, TlsNote};

use super::{Beginning, Built, Ending, Opening, Turn};

/// What is told of an exchange beside what was sent and received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    pub(super) turn: Turn,
    pub(super) elapsed: Duration,
    /// Why there is no answer, or why its body ended early.
    pub(super) fault: Option<Fault>,
    /// What TLS took, if it was more than usual.
    pub(super) tls: Option<TlsNote>,
}

/// Lines of `name: value`.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, value: impl std::fmt::Display) {
        let _never_fails = write!(self.0, "{name}: {value}\r\n");
    }
}

/// What is told of the run at its beginning.
pub(super) fn beginning(beginning: &Beginning) -> String {
    let mut lines = Lines::default();
    lines.put("software", concat!("oit-audit/", env!("CARGO_PKG_VERSION")));
    lines.put("format", "WARC File Format 1.1");
    lines.put("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/");
    lines.put("agency", beginning.agency.replace(char::is_control, " "));
    lines.put("fiscalYear", beginning.fiscal_year);
    lines.put("started", beginning.started_at);
    lines.0
}

/// What is told of an exchange.
pub(super) fn exchange(about: &About) -> serde_json::Result<String> {
    let mut lines = Lines::default();
    let turn = &about.turn;
    lines.put("fetchTimeMs", about.elapsed.as_millis());
    if let Some(via) = &turn.via {
        lines.put("via", via);
    }
    lines.put("opened", &turn.opening.url);
    lines.put("openedBefore", turn.opening.earlier);
    lines.put("exchangesBefore", turn.earlier);
    if let Some(page) = &turn.opening.page {
        lines.put("openedFor", page);
    }
    if let Some(fault) = &about.fault {
        lines.put("fault", serde_json::to_string(fault)?);
    }
    if let Some(tls) = &about.tls {
        lines.put("tls", serde_json::to_string(tls)?);
    }
    Ok(lines.0)
}

/// What is told of a page that was built in a browser, beside its HTML.
pub(super) fn built(built: &Built) -> serde_json::Result<String> {
    let mut lines = Lines::default();
    lines.put("built", &built.page);
    lines.put("builtBefore", built.earlier);
    match &built.result {
        Ok(page) => {
            lines.put("address", &page.url);
            lines.put("whole", page.whole);
            for url in &page.sent_to {
                lines.put("sentTo", url);
            }
        }
        Err(error) => lines.put("unbuilt", serde_json::to_string(error)?),
    }
    Ok(lines.0)
}

/// What is told of the run at its end.
pub(super) fn ending(ending: &Ending) -> String {
    let mut lines = Lines::default();
    lines.put("started", ending.started_at);
    lines.put("finished", ending.finished_at);
    lines.put("complete", ending.stopped_before.is_empty());
    if ending.out_of_time {
        lines.put("outOfTime", true);
    }
    lines.put("requests", ending.tally.requests);
    lines.put("bytes", ending.tally.bytes);
    for (url, opened) in &ending.stopped_before {
        lines.put("stoppedBefore", format_args!("{opened} {url}"));
    }
    lines.0
}

/// What a metadata record is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    Exchange(Box<About>),
    /// A page that was built, its HTML aside.
    Built(Box<Built>),
    Ending(Ending),
    /// Something of another program's.
    Other,
}

/// Reads what a metadata record tells.
pub(super) fn read(text: &str) -> Result<Told, String> {
    let told = if value(text, "built").is_some() {
        read_built(text).map(|built| Told::Built(Box::new(built)))
    } else if value(text, "finished").is_some() {
        read_ending(text).map(Told::Ending)
    } else if value(text, "opened").is_some() {
        read_exchange(text).map(|about| Told::Exchange(Box::new(about)))
    } else {
        Some(Told::Other)
    };
    told.ok_or_else(|| "the metadata of a record cannot be understood".to_owned())
}

fn read_exchange(text: &str) -> Option<About> {
    let page = value(text, "openedFor").map(Url::parse).transpose().ok()?;
    let opening = Opening { url: parsed(text, "opened")?, earlier: parsed(text, "openedBefore")?, page };
    let via = value(text, "via").map(Url::parse).transpose().ok()?;
    let turn = Turn { opening, earlier: parsed(text, "exchangesBefore")?, via };
    let fault = value(text, "fault").map(serde_json::from_str::<Fault>).transpose().ok()?;
    Some(About {
        turn,
        elapsed: Duration::from_millis(parsed(text, "fetchTimeMs")?),
        fault: fault.map(|fault| Fault::new(fault.cause, fault.detail)),
        tls: value(text, "tls").map(serde_json::from_str).transpose().ok()?,
    })
}

fn read_built(text: &str) -> Option<Built> {
    let result = match value(text, "unbuilt") {
        Some(error) => Err(serde_json::from_str::<RenderError>(error).ok()?),
        None => Ok(Rendered {
            html: String::new(),
            url: parsed(text, "address")?,
            sent_to: values(text, "sentTo").map(Url::parse).collect::<Result<_, _>>().ok()?,
            whole: parsed(text, "whole")?,
            screenshot: None,
        }),
    };
    Some(Built { page: parsed(text, "built")?, earlier: parsed(text, "builtBefore")?, result })
}

fn read_ending(text: &str) -> Option<Ending> {
    let stopped_before = values(text, "stoppedBefore").map(|value| {
        let (opened, url) = value.split_once(' ')?;
        Some((Url::parse(url).ok()?, opened.parse().ok()?))
    });
    Some(Ending {
        started_at: parsed(text, "started")?,
        finished_at: parsed(text, "finished")?,
        tally: Tally { requests: parsed(text, "requests")?, bytes: parsed(text, "bytes")? },
        out_of_time: value(text, "outOfTime").is_some(),
        stopped_before: stopped_before.collect::<Option<_>>()?,
    })
}

fn values<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    text.lines().filter_map(|line| line.split_once(':')).filter(move |(key, _)| *key == name).map(|(_, v)| v.trim())
}

fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    values(text, name).next()
}

fn parsed<T: std::str::FromStr>(text: &str, name: &str) -> Option<T> {
    value(text, name)?.parse().ok()
}
