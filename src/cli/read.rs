//! `oit-audit read`: what the program sees in one file or page.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use percent_encoding::percent_decode_str;
use url::Url;

use super::args::{KindArg, ReadArgs, ReadFormat};
use super::{Exit, browser, check, files, interrupt, output, reader, roots, terminal};
use crate::audit::{self, Looked, ReadSource, Readers, Stop};
use crate::extract;
use crate::model::{Crawl, Document, Fetched, Reading, is_web};
use crate::report::{Style, line, reading};

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// A document that was read, and what names it.
struct Read {
    document: Document,
    /// The name of its file, or the path of its URL.
    name: Option<String>,
}

pub(super) fn run(args: &ReadArgs) -> anyhow::Result<Exit> {
    let mut crawl = Crawl { render: args.render.into(), ocr: args.ocr.into(), ..Crawl::default() };
    check::apply(&args.network, &mut crawl);
    let read = match page(&args.source) {
        Some(url) => match open(&url, args, &crawl)? {
            Ok(read) => read,
            Err(exit) => return Ok(exit),
        },
        None => from_here(args, &crawl)?,
    };
    let lang = args.lang.into();
    let seen = audit::reading(&read.document, read.name.as_deref(), lang);
    output::print(shown(&seen, args))?;
    Ok(Exit::Met)
}

fn shown(seen: &Reading, args: &ReadArgs) -> String {
    match args.format {
        ReadFormat::Json => reading::to_json(seen),
        ReadFormat::Terminal => {
            let (lang, width, colour) = (args.lang.into(), terminal::width(), terminal::colour_out());
            let style = Style { lang, width, colour, ..Style::default() };
            reading::to_terminal(seen, &args.source, &style)
        }
    }
}

/// The URL that an argument is, unless a file has that name.
fn page(source: &str) -> Option<Url> {
    source.parse().ok().filter(is_web).filter(|_| !Path::new(source).exists())
}

/// Reads a file or standard input.
fn from_here(args: &ReadArgs, crawl: &Crawl) -> anyhow::Result<Read> {
    let limit = usize::try_from(crawl.max_body).unwrap_or(usize::MAX);
    let (mut bytes, name) = if args.source == STANDARD_INPUT {
        let mut bytes = Vec::new();
        let input = std::io::stdin().lock().take(crawl.max_body.saturating_add(1)).read_to_end(&mut bytes);
        input.context("cannot read standard input")?;
        (bytes, None)
    } else {
        let path = Path::new(&args.source);
        let bytes = files::read(path, limit).map_err(|error| match hint(&args.source) {
            Some(hint) => error.context(hint),
            None => error,
        })?;
        (bytes, path.file_name().map(|name| name.to_string_lossy().into_owned()))
    };
    let capped = bytes.len() > limit;
    bytes.truncate(limit);
    let document = match args.kind {
        KindArg::Text => extract::plain_text(&bytes),
        KindArg::Auto => {
            let (readers, bytes) = (readers(), Arc::new(bytes));
            let source = ReadSource { bytes: &bytes, content_type: None, url: &nowhere()?, capped };
            runtime()?.block_on(audit::read_whole(&readers, source, crawl))
        }
    };
    Ok(Read { document, name })
}

/// What is wrong with an address that is no file's name.
fn hint(source: &str) -> Option<String> {
    let host = source.split('/').next().unwrap_or_default();
    if source.contains("://") {
        Some("only http and https addresses are opened".to_owned())
    } else if host.starts_with("www.") || host.rsplit('.').next() == Some("th") {
        Some(format!("of a page give the whole address: https://{source}"))
    } else {
        None
    }
}

/// An address for what is not from the web, against which a saved page's links are resolved, so that they are known as
/// links. It is nobody's, and nothing is opened there.
fn nowhere() -> anyhow::Result<Url> {
    "http://saved-page.invalid/".parse().context("no address for a saved page")
}

fn readers() -> Readers {
    Readers::new(reader::program(), reader::surroundings())
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")
}

/// Opens a page; where it does not open, that is said, and how to exit.
fn open(url: &Url, args: &ReadArgs, crawl: &Crawl) -> anyhow::Result<Result<Read, Exit>> {
    let trust = roots::named(&args.network.extra_ca)?;
    let runtime = runtime()?;
    let browser = browser::find(args.network.browser.as_deref())?;
    let stop = Stop::default();
    let watcher = runtime.spawn(interrupt::watch(stop.clone()));
    let looked = runtime.block_on(audit::look(url, crawl, &trust, &readers(), browser, &stop));
    watcher.abort();
    // A name that is still being looked up must not keep the program waiting.
    runtime.shutdown_background();
    let fetched = match looked? {
        Looked::Read(document, from) => {
            let name = percent_decode_str(from.path()).decode_utf8_lossy().into_owned();
            return Ok(Ok(Read { document: *document, name: Some(name) }));
        }
        Looked::Stopped => return Ok(Err(Exit::NotJudged)),
        Looked::NotOpened(fetched) => fetched,
    };
    let (why, exit) = match &fetched {
        Fetched::Answered(answer) => match &answer.challenge {
            Some(wall) => (format!("the server turns programs away ({wall}); open it in a browser"), Exit::Usage),
            None => (
                format!("the server answered with status {}; check the address in a browser", answer.status),
                Exit::Usage,
            ),
        },
        // A machine without a network would see the same.
        Fetched::Failed(failure) if failure.cause.may_be_ours() => {
            (format!("{}; is this machine online?", failure.detail), Exit::NotJudged)
        }
        Fetched::Failed(failure) => (failure.detail.clone(), Exit::Usage),
    };
    check::say(&line::clean(&format!("error: cannot open {url}: {why}")));
    Ok(Err(exit))
}

#[cfg(test)]
mod tests {
    use super::{hint, page};

    #[test]
    fn addresses_are_told_from_files() {
        assert!(page("https://www.example.go.th/แผน").is_some());
        for file in ["plan.pdf", "-", "C:\\plan.pdf", "file:///plan.pdf", "www.example.go.th/plan"] {
            assert!(page(file).is_none(), "{file}");
        }
        assert!(hint("www.example.go.th/plan").is_some_and(|hint| hint.ends_with(" https://www.example.go.th/plan")));
        assert!(hint("ftp://www.example.go.th/").is_some());
        assert_eq!(hint("plan.pdf"), None);
    }
}
