//! Pages that send their visitor on by themselves: the `Refresh` header and `<meta http-equiv=refresh>`, as browsers
//! read them (WHATWG HTML, "shared declarative refresh steps").

use std::cell::{Cell, RefCell};
use std::sync::LazyLock;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use regex::bytes::Regex;

/// How much of a page is searched. It stands in the head, by custom and by sense.
const SEARCHED: usize = 16 * 1024;
/// A page that stays for longer is one that its visitor reads.
const SOON: u32 = 5;
/// What a page that nobody can read in that time waits.
const AT_ONCE: u32 = 1;

static MENTION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i-u)http-equiv\s*=\s*["']?\s*refresh"#).ok());

/// Where a page sends its visitor on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refresh {
    /// Seconds until then.
    pub(super) after: u32,
    /// The target as it stands, relative perhaps to `base`.
    pub(super) target: Vec<u8>,
    /// What the page says its own address is.
    pub(super) base: Option<Vec<u8>>,
}

impl Refresh {
    /// Whether nobody could read the page before.
    pub(super) fn at_once(&self) -> bool {
        self.after <= AT_ONCE
    }
}

/// The refresh of an answer, by its header or its page, that comes soon and leads somewhere.
pub(super) fn of(header: Option<&[u8]>, page: Option<&[u8]>) -> Option<Refresh> {
    let by_header = || parse(&latin1(header?));
    by_header().or_else(|| in_page(page?)).filter(|refresh| refresh.after <= SOON)
}

/// Bytes as characters of the same number: what is ASCII can be read so, and the rest comes back by [`bytes`].
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte) => out.push(byte),
            // From a character reference.
            Err(_) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out
}

fn in_page(page: &[u8]) -> Option<Refresh> {
    let head = &page[..page.len().min(SEARCHED)];
    if !MENTION.as_ref().is_some_and(|mention| mention.is_match(head)) {
        return None;
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(latin1(head)));
    let tokenizer = Tokenizer::new(Finder::default(), html5ever::tokenizer::TokenizerOpts::default());
    // A script's end makes it pause.
    while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    let Finder { found, base, .. } = tokenizer.sink;
    let refresh = found.into_inner()?;
    Some(Refresh { base: base.into_inner(), ..refresh })
}

/// Looks through the tags of a page.
#[derive(Default)]
struct Finder {
    found: RefCell<Option<Refresh>>,
    base: RefCell<Option<Vec<u8>>>,
    /// Templates that are open; what is in them is not there yet.
    templates: Cell<u32>,
}

impl TokenSink for Finder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let start = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "template" if start => self.templates.set(self.templates.get() + 1),
            "template" => self.templates.set(self.templates.get().saturating_sub(1)),
            "meta" if start && self.templates.get() == 0 => self.meta(&tag),
            "base" if start && self.base.borrow().is_none() => {
                *self.base.borrow_mut() = attribute(&tag, "href").map(bytes);
            }
            "script" if start => return TokenSinkResult::RawData(RawKind::ScriptData),
            // A browser runs scripts, so what is for others is text to it.
            "noscript" | "style" | "xmp" | "iframe" | "noembed" | "noframes" if start => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "title" | "textarea" if start => return TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" if start => return TokenSinkResult::Plaintext,
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Finder {
    fn meta(&self, tag: &Tag) {
        if self.found.borrow().is_some()
            || !attribute(tag, "http-equiv").is_some_and(|is| is.eq_ignore_ascii_case("refresh"))
        {
            return;
        }
        *self.found.borrow_mut() = attribute(tag, "content").and_then(parse);
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// What `5; url=page.html` means; nothing where it only loads the same page again.
fn parse(input: &str) -> Option<Refresh> {
    let space = |c: char| c.is_ascii_whitespace();
    let input = input.trim_start_matches(space);
    let digits = input.len() - input.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = match &input[..digits] {
        "" if input.starts_with('.') => 0,
        "" => return None,
        // More digits than that are a time that nobody waits for.
        seconds => seconds.parse().unwrap_or(u32::MAX),
    };
    let rest = input[digits..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if !rest.starts_with(|c: char| c == ';' || c == ',' || space(c)) {
        return None;
    }
    let rest = rest.trim_start_matches(space);
    let rest = rest.strip_prefix([';', ',']).unwrap_or(rest).trim_start_matches(space);
    let target = without_url_sign(rest).unwrap_or(rest);
    let target = match target.chars().next() {
        Some(quote @ ('"' | '\'')) => target[1..].split(quote).next().unwrap_or_default(),
        _ => target,
    };
    let target = target.trim_matches(space);
    (!target.is_empty()).then(|| Refresh { after, target: bytes(target), base: None })
}

/// What follows `url =`.
fn without_url_sign(text: &str) -> Option<&str> {
    let (sign, rest) = (text.get(..3)?, text.get(3..)?);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let value = sign.eq_ignore_ascii_case("url").then(|| rest.strip_prefix('='))??;
    Some(value.trim_start_matches(|c: char| c.is_ascii_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::{Refresh, of};

    fn refresh(after: u32, target: &str) -> Refresh {
        Refresh { after, target: target.as_bytes().to_vec(), base: None }
    }

    #[test]
    fn a_value_is_read_as_browsers_read_it() {
        for (value, wanted) in [
            ("0; url=/b", Some(refresh(0, "/b"))),
            ("0;URL='/b c' x", Some(refresh(0, "/b c"))),
            (" 5 , Url = \"b\"", Some(refresh(5, "b"))),
            ("3;/b", Some(refresh(3, "/b"))),
            ("1 /b", Some(refresh(1, "/b"))),
            ("0.9;url=b", Some(refresh(0, "b"))),
            (".5;url=b", Some(refresh(0, "b"))),
            ("0;url/b", Some(refresh(0, "url/b"))),
            ("0;url=/แผน", Some(refresh(0, "/แผน"))),
            ("5", None),
            ("0;", None),
            ("0;url=", None),
            ("6;url=b", None),
            ("99999999999999;url=b", None),
            ("x;url=b", None),
            ("0x;url=b", None),
            ("url=b", None),
            ("", None),
        ] {
            assert_eq!(of(Some(value.as_bytes()), None), wanted, "{value}");
        }
    }

    #[test]
    fn the_page_says_it_where_a_browser_would_see_it() {
        let meta = "<meta http-equiv=refresh content='0;url=/b'>";
        for page in [
            format!("<html><head>{meta}"),
            "<META CONTENT=\"0; URL=/b\" HTTP-EQUIV=\"Refresh\">".to_owned(),
            format!("<!-- x --><title>&lt;</title><script>if (a<b) {{}}</script>{meta}"),
            format!("<body><p>กำลังไปยังหน้าใหม่</p>{meta}"),
        ] {
            assert_eq!(of(None, Some(page.as_bytes())), Some(refresh(0, "/b")), "{page}");
        }
        for page in [
            format!("<!-- {meta} -->"),
            format!("<noscript>{meta}</noscript>"),
            format!("<script>document.write(\"{meta}\")</script>"),
            format!("<textarea>{meta}</textarea>"),
            format!("<template>{meta}</template>"),
            format!("<title>{meta}</title>"),
            format!("{}{meta}", " ".repeat(super::SEARCHED)),
            meta.replace("refresh", "content-type"),
            meta.replace("http-equiv", "name"),
            "<p>http-equiv=refresh</p>".to_owned(),
        ] {
            assert_eq!(of(None, Some(page.as_bytes())), None, "{page}");
        }
    }

    #[test]
    fn bytes_and_the_base_are_kept() {
        let page = b"<base href=/x/><meta http-equiv=refresh content='0;url=\xe1\xbc\xb9.htm?a=1&amp;b=2'>";
        let got = of(None, Some(page)).unwrap();
        assert_eq!((got.target.as_slice(), got.base.as_deref()), (&b"\xe1\xbc\xb9.htm?a=1&b=2"[..], Some(&b"/x/"[..])));
        let header = of(Some(b"1;url=/h"), Some(page)).unwrap();
        assert_eq!((header.target.as_slice(), header.at_once()), (&b"/h"[..], true));
    }
}
