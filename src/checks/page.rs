//! A page that opened: what it shows, what of that is its own, and what of it could not be read.

use url::Url;

use super::evidence::Sighting;
use super::own::about;
use super::{Own, World, lead, sections, target};
use crate::model::{Answer, Document, Form, Frame, MediaKind, PageLink, ReadNote, Readability, Text};
use crate::thai::{Closeness, Phrase, Role, Span, find_closest, snippet};

/// A page with pictures and less text of its own than this, in characters, shows its content in the pictures.
const PICTURE_PAGE_TEXT: usize = 600;

/// Characters quoted either side of what resembles a phrase.
const QUOTED_AROUND: usize = 20;

/// Pictures of a page that are looked into; with more it is an album.
const TELLING_PICTURES: usize = 5;

/// Embedded things that hold no document: maps, videos, social boxes.
const DECORATION: &[&str] = &[
    "google.com/maps",
    "maps.google.",
    "youtube.com",
    "youtube-nocookie.com",
    "facebook.com/plugins",
    "vimeo.com",
    "/maps/",
];

/// Words in the names of pictures that decorate a page.
const ORNAMENTS: &[&str] = &[
    "icon", "icons", "ico", "logo", "btn", "button", "banner", "bullet", "arrow", "blank", "spacer", "dot", "line",
    "facebook", "fb", "print", "share", "loading", "counter", "new", "hot", "pdf", "doc", "word", "excel", "bg",
    "header", "footer", "menu",
];

/// Names of fields that search a site rather than tell the agency something.
const SEARCH_FIELDS: &[&str] = &["q", "s", "search", "searchword", "keyword", "keywords", "query", "txtsearch"];

/// A page or document that opened with success.
#[derive(Debug)]
pub struct Page<'a> {
    /// The URL asked for.
    pub url: &'a Url,
    /// The answer.
    pub answer: &'a Answer,
    /// What it shows.
    pub document: &'a Document,
    /// What of that is its own.
    pub own: &'a Own,
    /// The text of the link that led to it; `None` for a submitted page.
    pub via: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// Its own links.
    pub fn links(&self) -> impl Iterator<Item = &'a PageLink> {
        let document = self.document;
        self.own.links.iter().map(move |at| &document.links[*at])
    }

    /// Its own links, each with the heading above it; empty where there is none.
    pub fn links_in_sections(&self) -> impl Iterator<Item = (&'a PageLink, &'a str)> {
        let (document, own) = (self.document, self.own);
        let above = own.headings.get_or_init(|| sections::headings_above(document, self.links()));
        let heading = move |at: &Option<usize>| at.map_or("", |at| document.blocks[at].text.as_str());
        self.links().zip(above.iter().map(heading))
    }

    /// Its own forms that ask a visitor for something, searching and logging in aside.
    pub fn forms(&self) -> impl Iterator<Item = &'a Form> {
        let document = self.document;
        self.own.forms.iter().map(move |at| &document.forms[*at]).filter(|form| is_interactive(form))
    }

    /// Documents embedded in it.
    pub fn frames(&self) -> impl Iterator<Item = &'a Frame> {
        let document = self.document;
        self.own.frames.iter().map(move |at| &document.frames[*at]).filter(|frame| !is_decoration(&frame.url))
    }

    /// The addresses of its own pictures; none for one that is written into the page.
    fn pictures(&self) -> impl Iterator<Item = Option<&'a Url>> {
        let document = self.document;
        self.own.pictures.iter().map(move |at| document.pictures[*at].url.as_ref())
    }

    /// Whether it embeds such a thing of its own, decoration included.
    pub(super) fn embeds(&self, is_it: impl Fn(&Frame) -> bool) -> bool {
        self.own.frames.iter().any(|at| is_it(&self.document.frames[*at]))
    }

    /// Whether it links to a form on a form service, or embeds one.
    pub(super) fn leads_to_form(&self) -> bool {
        self.links().any(|link| target::is_form(&link.url)) || self.embeds(|frame| target::is_form(&frame.url))
    }

    /// Whether one of its own pictures is no icon, button or logo by its address.
    pub(super) fn shows_picture(&self) -> bool {
        self.pictures().any(|url| url.is_none_or(|url| !is_decorative(url)))
    }

    /// Whether its content may be in its pictures.
    fn shows_pictures(&self) -> bool {
        !self.own.pictures.is_empty() && self.own.text.text.chars().count() < PICTURE_PAGE_TEXT
    }

    /// The pictures in which its content may be, the first ones of many.
    pub fn telling_pictures(&self) -> impl Iterator<Item = &'a Url> {
        let many = if self.shows_pictures() { TELLING_PICTURES } else { 0 };
        self.pictures().flatten().take(many)
    }

    /// Its own links that lead to a document by their address or wording, so that what they show may be what is sought.
    pub fn documents(&self) -> impl Iterator<Item = &'a PageLink> {
        let document = self.document;
        let is_document = |at: &usize| lead::is_document(&document.links[*at]);
        let own = self.own;
        let found = own.documents.get_or_init(|| own.links.iter().copied().filter(is_document).collect());
        found.iter().map(move |at| &document.links[*at])
    }

    /// What of the page itself could not be read, in words; documents that it links to aside.
    pub fn unread_itself(&self, world: &World<'_>) -> Option<Text> {
        if self.document.needs_script {
            let plain = Text::new("หน้านี้ต้องเปิดด้วยเบราว์เซอร์", "the page is built by a browser");
            let known = [ReadNote::NeedsBrowser, ReadNote::NotBuilt];
            return Some(known.iter().find(|note| self.document.notes.contains(note)).map_or(plain, ReadNote::text));
        }
        if let Some(loss) = self.loss() {
            return Some(loss);
        }
        if self.document.readability == Readability::None {
            return Some(self.kind());
        }
        if self.answer.capped || self.document.readability == Readability::Partial {
            return Some(Text::new("อ่านได้เพียงบางส่วน", "only a part was read"));
        }
        if let Some(recognised) = self.document.notes.iter().find(|note| matches!(note, ReadNote::Recognised { .. })) {
            return Some(recognised.text());
        }
        if self.frames().any(|frame| !(world.known)(&frame.url)) {
            return Some(Text::new("มีเอกสารฝังอยู่ในหน้าซึ่งอ่านไม่ได้", "a document is embedded in the page and was not read"));
        }
        if self.shows_pictures() && self.pictures().any(|url| url.is_none_or(|url| !(world.known)(url))) {
            return Some(Text::new("เนื้อหาเป็นภาพ", "the content is in pictures"));
        }
        None
    }

    /// Why a part of its document could not be read, where that is known.
    pub fn loss(&self) -> Option<Text> {
        let losses: Vec<Text> = self.document.notes.iter().filter(|note| note.is_loss()).map(ReadNote::text).collect();
        (self.document.readability < Readability::Full && !losses.is_empty()).then(|| Text::join(&losses, "; "))
    }

    /// What kind of thing it is, in words.
    fn kind(&self) -> Text {
        match self.document.kind {
            MediaKind::Pdf => Text::new("ไฟล์ PDF", "a PDF file"),
            MediaKind::Docx | MediaKind::Doc | MediaKind::Odt | MediaKind::Rtf => {
                Text::new("ไฟล์เอกสาร Word", "a word-processor file")
            }
            MediaKind::Xlsx | MediaKind::Xls | MediaKind::Ods | MediaKind::Csv => {
                Text::new("ไฟล์ตารางคำนวณ", "a spreadsheet")
            }
            MediaKind::Pptx | MediaKind::Ppt | MediaKind::Odp => Text::new("ไฟล์นำเสนอ", "a presentation"),
            MediaKind::Image => Text::new("ไฟล์ภาพ", "a picture"),
            MediaKind::Zip | MediaKind::Archive => Text::new("ไฟล์บีบอัด", "an archive"),
            MediaKind::Html if target::is_book(&self.answer.final_url) => Text::new(
                "หนังสืออิเล็กทรอนิกส์แบบพลิกหน้า ซึ่งเป็นภาพทั้งเล่ม",
                "a book to leaf through, which is pictures of its pages",
            ),
            MediaKind::Html if target::instead(&self.answer.final_url).is_some() => Text::new(
                "ตัวแสดงเอกสาร (viewer) ซึ่งเปิดไฟล์เอกสารมาอ่านไม่ได้",
                "a viewer whose document could not be fetched",
            ),
            MediaKind::Html | MediaKind::Text | MediaKind::Other => {
                Text::new("ไฟล์ชนิดที่ไม่รู้จัก", "a file of an unknown kind")
            }
        }
    }

    /// What of the page and the documents that it links to could not be read, in words; `None` if all of it was, so that
    /// what is absent is absent.
    pub fn unread(&self, world: &World<'_>) -> Option<Text> {
        self.unread_itself(world).or_else(|| {
            let unknown = self.documents().any(|link| !(world.known)(&link.url));
            unknown.then(|| Text::new("มี link ไปยังเอกสารที่อ่านไม่ได้", "it links to a document that was not read"))
        })
    }

    /// How far its text may be from what it shows, if it may: some was read from pictures, or was damaged in the file.
    pub fn misread(&self) -> Option<Closeness> {
        let far = |note: &ReadNote| match note {
            ReadNote::Recognised { .. } | ReadNote::ForeignText { .. } => Some(Closeness::Near),
            ReadNote::Repaired => Some(Closeness::Marks),
            _ => None,
        };
        self.document.notes.iter().filter_map(far).max()
    }

    /// Whether some of its text was read from pictures, so that what is absent may only have been misread.
    pub fn is_recognised(&self) -> bool {
        self.misread() == Some(Closeness::Near)
    }

    /// Whether all of it was read, some of it from pictures.
    pub fn is_recognised_whole(&self) -> bool {
        self.is_recognised() && self.document.readability == Readability::Full
    }

    /// What of its own looks like one of several phrases though it is not quite one, where its text may be misread: the
    /// place quoted, and the phrase.
    pub fn resembling(&self, phrases: &[Phrase]) -> Option<String> {
        let least = self.misread()?;
        let parts = [&self.own.heading, &self.own.text, &self.own.anchors];
        let part = parts
            .into_iter()
            .filter(|part| part.closest(phrases, least).is_some())
            .min_by_key(|part| part.closest(phrases, least))?;
        let found = find_closest(&part.text, phrases, least)?;
        let differs = match found.closeness {
            Closeness::Exact => return None,
            Closeness::SaraAm => " (ำ/า)",
            Closeness::Marks => " (สระ/วรรณยุกต์)",
            Closeness::Near => "",
        };
        let quoted = snippet(&part.text, found.at, QUOTED_AROUND);
        Some(format!("{quoted} ≈ {}{differs}", found.phrase.as_str()))
    }

    /// The years in it with the whole document in view; `None` for a web page, of whose years the words around each decide.
    pub(super) fn sightings(&self) -> Option<&'a [Sighting]> {
        (self.document.kind != MediaKind::Html).then(|| self.own.sightings(self.document))
    }

    /// Buddhist-era years that its content, not something that it cites, names; ranges are not expanded.
    pub fn content_years(&self) -> Vec<u16> {
        let ends = |span: Span| [span.from.year, span.to.year];
        let mut years: Vec<u16> = if let Some(sightings) = self.sightings() {
            sightings.iter().filter(|one| one.role == Role::Content).flat_map(|one| ends(one.span)).collect()
        } else {
            let mentions = [&self.own.heading, &self.own.text].into_iter().flat_map(|part| about(part.years()));
            mentions.flat_map(|mention| ends(mention.span)).collect()
        };
        years.sort_unstable();
        years.dedup();
        years
    }
}

/// Whether a picture's file is named for what decorates a page.
fn is_decorative(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    // A picture that a program hands out has no name to go by.
    let words = name.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let mut words = words.filter(|word| ORNAMENTS.contains(word));
    words.next().is_some()
}

/// Whether an embedded thing holds no document.
fn is_decoration(url: &Url) -> bool {
    DECORATION.iter().any(|part| url.as_str().contains(part))
}

/// Whether a form asks a visitor for something: at least two fields, or one for a long text.
fn is_interactive(form: &Form) -> bool {
    let has_password = form.fields.iter().any(|field| field.kind == "password");
    let asked: Vec<&str> = form
        .fields
        .iter()
        .filter(|field| {
            // Nobody searches with a long text.
            field.kind == "textarea" || !SEARCH_FIELDS.contains(&field.name.to_ascii_lowercase().as_str())
        })
        .map(|field| field.kind.as_str())
        .filter(|kind| !matches!(*kind, "hidden" | "submit" | "button" | "reset" | "image" | "password"))
        .collect();
    !(has_password && asked.len() < 2) && (asked.len() >= 2 || asked.contains(&"textarea"))
}

/// Whether a form is a log-in.
pub(super) fn is_login(form: &Form) -> bool {
    form.fields.iter().any(|field| field.kind == "password") && !is_interactive(form)
}
