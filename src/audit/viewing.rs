//! What is seen at a URL that was opened: a viewer's file in place of the viewer, a page as a browser builds it where it is
//! empty without one.

use std::sync::Arc;

use url::Url;

use super::gather::Listener;
use super::opener::Errand;
use super::plan::Plan;
use super::readers::{Readers, Source};
use super::scans::Scans;
use crate::checks::{self, Instead};
use crate::fetch::{Browser, Opened, Pool, RenderError, Rendered, Renderer, Work};
use crate::model::{
    Answer, Crawl, Document, Event, Fetched, Form, Frame, Hop, MediaKind, Observation, ReadNote, Readability, When,
    bare, registrable_domain,
};

/// How the bodies of a run are looked at.
pub(super) struct Viewing {
    /// `None` where no document is asked for.
    pub(super) readers: Option<Readers>,
    pub(super) scans: Scans,
    render: When,
    renderer: Renderer,
    pictures: bool,
}

impl Viewing {
    /// As a plan asks for it.
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let crawl = &plan.agency.crawl;
        let readers = plan.reads().then(|| Readers::new(plan.reader.clone(), plan.around.clone()));
        let renderer = Renderer::new(plan.browser.clone());
        Self { readers, scans: Scans::new(crawl), render: crawl.render, renderer, pictures: plan.pictures }
    }

    /// For a look at one page, outside any audit.
    pub(super) fn alone(readers: Readers, crawl: &Crawl, browser: Option<Browser>) -> Self {
        let renderer = Renderer::new(browser);
        Self { readers: Some(readers), scans: Scans::new(crawl), render: crawl.render, renderer, pictures: false }
    }

    /// Nothing more is to be read.
    pub(super) async fn done(&self) {
        self.renderer.close().await;
    }

    /// Reads what was opened, if it is to be read and opened with success.
    pub(super) async fn read(&self, pool: &Pool, errand: &Errand, opened: Opened, listener: &Listener) -> Observation {
        let Opened { fetched, body, share, .. } = opened;
        let (Some(answer), Some(readers)) = (fetched.success().cloned(), &self.readers) else {
            return Observation { fetched, document: None };
        };
        listener(Event::Reading(errand.url.clone()));
        let body = Arc::new(body);
        let mut document = self.document(readers, errand, &body, &answer).await;
        drop(share);
        if document.kind == MediaKind::Html
            && let Some(instead) = checks::instead(&answer.final_url)
        {
            if let Some((file, shown)) = self.shown(pool, errand, readers, &instead).await {
                return Observation { fetched: Fetched::Answered(of(answer, &file)), document: Some(shown) };
            }
            if instead.certain {
                (document.readability, document.needs_script) = (Readability::None, false);
                return Observation { fetched, document: Some(document) };
            }
        }
        if document.kind == MediaKind::Html && checks::is_book(&answer.final_url) {
            (document.readability, document.needs_script) = (Readability::None, false);
        }
        if !self.wants_browser(&document) {
            return Observation { fetched, document: Some(document) };
        }
        let Errand { purpose, budget, .. } = errand;
        let work = Work { pool, purpose: *purpose, budget, answer: &answer, body: &body, screenshot: self.pictures };
        listener(Event::Building(errand.url.clone()));
        let built = self.renderer.render(work).await;
        match built {
            Ok(mut page) => {
                if let Some(picture) = page.screenshot.take() {
                    listener(Event::Pictured(errand.url.clone(), picture));
                }
                self.built(readers, answer, page).await
            }
            Err(error) => {
                if error != RenderError::NoBrowser {
                    listener(Event::Unbuilt(errand.url.clone(), error.to_string()));
                }
                Observation { fetched, document: Some(unbuilt(document, &error)) }
            }
        }
    }

    /// What a viewer or a store's page shows, if it can be had. Its page opened, so that is what is said of the link; what it
    /// shows is what is judged.
    async fn shown(
        &self,
        pool: &Pool,
        errand: &Errand,
        readers: &Readers,
        instead: &Instead,
    ) -> Option<(Answer, Document)> {
        let mut url = instead.url.clone();
        // The file, or a page that asks whether it is really wanted, and then the file.
        for _ in 0..2 {
            let Opened { fetched, body, .. } = pool.open_within(&url, errand.purpose, &errand.budget).await;
            let answer = fetched.success()?.clone();
            let document = self.document(readers, errand, &Arc::new(body), &answer).await;
            let is_list = instead.list && !document.links.is_empty();
            if document.kind != MediaKind::Html || is_list {
                return Some((answer, document));
            }
            url = confirmed(&document, &answer.final_url)?;
        }
        None
    }

    /// Reads a body. Its pages that are pictures are kept to be recognised, unless it is judged at once.
    async fn document(&self, readers: &Readers, errand: &Errand, body: &Arc<Vec<u8>>, answer: &Answer) -> Document {
        let (bytes, content_type) = (body, answer.content_type.as_deref());
        let source = Source { bytes, content_type, url: &answer.final_url, capped: answer.capped };
        let mut document = readers.read(source).await;
        self.scans.keep(readers, &errand.url, Arc::clone(body), &mut document).await;
        if errand.at_once {
            document = self.scans.read_at_once(readers, &errand.url, document).await;
        }
        document
    }

    fn wants_browser(&self, document: &Document) -> bool {
        document.kind == MediaKind::Html
            && match self.render {
                When::Never => false,
                When::Auto => document.needs_script,
                When::Always => true,
            }
    }

    /// What is seen of a page that was built.
    async fn built(&self, readers: &Readers, mut answer: Answer, page: Rendered) -> Observation {
        let Rendered { html, url, sent_to, whole, .. } = page;
        let (bytes, content_type) = (Arc::new(html.into_bytes()), Some("text/html; charset=utf-8"));
        let mut built = readers.read(Source { bytes: &bytes, content_type, url: &url, capped: false }).await;
        // What a script sends its visitor on to is as good as embedded, as it is where a page does so by itself.
        if !sent_to.is_empty() {
            built.readability = Readability::Full;
        }
        built.frames.extend(sent_to.into_iter().map(|url| Frame { url, chrome: false }));
        // That it has a place for a script to fill says nothing any more, unless that was not filled.
        built.needs_script = built.readability == Readability::None || !whole;
        if !whole {
            built.readability = built.readability.min(Readability::Partial);
        }
        built.notes.push(ReadNote::Rendered);
        if bare(&answer.final_url) != url {
            answer.hops.push(Hop { url: std::mem::replace(&mut answer.final_url, url), status: answer.status });
        }
        Observation { fetched: Fetched::Answered(answer), document: Some(built) }
    }
}

/// The answer of a page that shows a file, with what there is to say of the file.
fn of(page: Answer, file: &Answer) -> Answer {
    Answer {
        content_type: file.content_type.clone(),
        bytes: file.bytes,
        capped: file.capped,
        last_modified: file.last_modified.max(page.last_modified),
        elapsed_ms: page.elapsed_ms.max(file.elapsed_ms),
        ..page
    }
}

/// Where the form leads by which Google Drive asks whether a file is wanted though it is too large to be looked through for
/// viruses. Known from programs that download from there; where it is otherwise by now, the file stays unread.
fn confirmed(page: &Document, at: &Url) -> Option<Url> {
    let asks = |form: &&Form| !form.post && form.fields.iter().any(|field| field.name == "confirm");
    let form = page.forms.iter().find(asks)?;
    let mut url = form.action.clone()?;
    let google = |url: &Url| url.host_str().is_some_and(|host| host.ends_with("google.com"));
    if registrable_domain(&url) != registrable_domain(at) && !(google(&url) && google(at)) {
        return None;
    }
    let fields = form.fields.iter().filter_map(|field| Some((field.name.as_str(), field.value.as_deref()?)));
    url.query_pairs_mut().clear().extend_pairs(fields);
    Some(url)
}

/// What is left of a page that could not be built.
fn unbuilt(mut document: Document, error: &RenderError) -> Document {
    if document.needs_script {
        document.notes.push(match error {
            RenderError::NoBrowser | RenderError::Start(_) => ReadNote::NeedsBrowser,
            _ => ReadNote::NotBuilt,
        });
    }
    document
}
