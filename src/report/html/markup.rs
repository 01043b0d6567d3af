//! HTML that cannot forget to escape. Every text that enters a page passes `clean` and `escape` here; tags and names of
//! attributes are the program's own, and an address becomes a link only if a browser may safely follow it.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::model::{Lang, Text};
use crate::report::clean::{clean, is_hidden};
use crate::report::view::readable_url;
use crate::report::words::Phrase;

/// The attributes of an element: names and values.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A page that grows from its start to its end.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
}

impl Html {
    /// The page so far.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An element and what is in it.
    pub(super) fn el(&mut self, tag: &'static str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.void(tag, attributes);
        inside(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// The start of an element; alone, an element that has nothing in it. An attribute without a value is left out.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            if value.is_empty() || !is_safe(name, value) {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.escape(&clean(value));
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// A line feed between elements, for whoever reads the source.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// A text. A space at its edges stays one, since what stands beside it is another text.
    pub(super) fn text(&mut self, text: &str) {
        let edge = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
        let clean = clean(text);
        self.out.push_str(edge(text.chars().next()));
        self.escape(&clean);
        if !clean.is_empty() {
            self.out.push_str(edge(text.chars().next_back()));
        }
    }

    /// A text of a page or a file: marked as Thai where it is, since the reader may have chosen English.
    pub(super) fn quoted(&mut self, text: &str) {
        if is_thai(text) {
            self.el("span", &[("lang", "th")], |html| html.text(text));
        } else {
            self.text(text);
        }
    }

    /// A text in both languages, of which the reader's is shown.
    pub(super) fn both(&mut self, th: &str, en: &str) {
        if th == en || en.is_empty() {
            self.quoted(th);
            return;
        }
        self.el("span", &[("class", "t"), ("lang", "th")], |html| html.text(th));
        self.el("span", &[("class", "e"), ("lang", "en")], |html| html.text(en));
    }

    /// The same of a text of the report.
    pub(super) fn both_of(&mut self, text: &Text) {
        self.both(&text.th, &text.en);
    }

    /// The same of a fixed text.
    pub(super) fn say(&mut self, phrase: Phrase) {
        self.both(phrase.get(Lang::Th), phrase.get(Lang::En));
    }

    /// The same of a fixed text with its blank filled.
    pub(super) fn fill(&mut self, phrase: Phrase, value: impl std::fmt::Display) {
        let value = value.to_string();
        self.both(&phrase.fill(Lang::Th, &value), &phrase.fill(Lang::En, &value));
    }

    /// The same of something that each language says for itself.
    pub(super) fn each(&mut self, of: impl Fn(Lang) -> String) {
        self.both(&of(Lang::Th), &of(Lang::En));
    }

    /// An address: a link where a browser may follow it, its text in any case.
    pub(super) fn address(&mut self, url: &str) {
        let shown = readable_url(url);
        if is_web(url) {
            let attributes = [("href", url), ("rel", "noopener noreferrer"), ("referrerpolicy", "no-referrer")];
            self.el("a", &attributes, |html| html.quoted(&shown));
        } else {
            self.el("span", &[("class", "address")], |html| html.quoted(&shown));
        }
    }

    /// A JPEG picture that the page itself holds.
    pub(super) fn picture(&mut self, jpeg: &[u8], attributes: Attributes<'_>) {
        let source = format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg));
        let attributes = [attributes, &[("src", source.as_str())]].concat();
        self.void("img", &attributes);
    }

    /// Data for the script of the page, which ends no element and starts none.
    pub(super) fn data(&mut self, id: &str, value: &serde_json::Value) {
        self.void("script", &[("type", "application/json"), ("id", id)]);
        for c in value.to_string().chars() {
            if matches!(c, '<' | '>' | '&') || is_hidden(c) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(self.out, "\\u{unit:04x}");
                }
            } else {
                self.out.push(c);
            }
        }
        self.out.push_str("</script>");
    }

    /// A part of the page that is the program's own and no markup: its style, its script.
    pub(super) fn own(&mut self, tag: &'static str, text: &'static str) {
        self.el(tag, &[], |html| html.out.push_str(text));
    }

    /// The line before all elements.
    pub(super) fn doctype(&mut self) {
        self.out.push_str("<!doctype html>\n");
    }

    fn escape(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c if c.is_control() => {}
                c => self.out.push(c),
            }
        }
    }
}

/// Whether an attribute may stand: nothing that runs, nothing that is fetched.
fn is_safe(name: &str, value: &str) -> bool {
    match name {
        "href" => value.starts_with('#') || value == "data:," || is_web(value),
        "src" => value.starts_with("data:image/jpeg;base64,"),
        "style" => false,
        _ => !name.starts_with("on"),
    }
}

/// Whether a browser may be sent to an address.
fn is_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    is_http && url[scheme.len()..].starts_with("://") && url == clean(url)
}

fn is_thai(text: &str) -> bool {
    text.chars().any(|c| ('\u{e01}'..='\u{e5b}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::Html;

    fn made(make: impl FnOnce(&mut Html)) -> String {
        let mut html = Html::default();
        make(&mut html);
        html.finish()
    }

    #[test]
    fn text_stays_text() {
        let hostile = "</script><img src=x onerror=\"alert(1)\">'&\u{0}\u{202e}\u{1b}[31m]]>";
        let safe = "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;[31m]]&gt;";
        assert_eq!(made(|html| html.text(hostile)), safe);
        assert_eq!(made(|html| html.both(hostile, hostile)), safe);
        assert_eq!(made(|html| html.text(" · \u{0}")), " ·");
        assert_eq!(made(|html| html.text("\n")), " ");
        let attribute = made(|html| html.void("img", &[("alt", "a\" onerror=\"x\u{0}'>")]));
        assert_eq!(attribute, "<img alt=\"a&quot; onerror=&quot;x&#39;&gt;\">");
    }

    #[test]
    fn only_the_web_is_linked() {
        for (url, linked) in [
            ("https://a.go.th/x?a=1&b=\"2\"", true),
            ("HTTP://a.go.th/", true),
            ("javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("https:\u{0}//a", false),
            (" https://a", false),
            ("data:text/html,x", false),
            ("//a.go.th", false),
            ("file:///etc/passwd", false),
            ("#", false),
            ("", false),
        ] {
            let html = made(|html| html.address(url));
            assert_eq!(html.contains("<a "), linked, "{html}");
            assert!(!html.contains("\"2\""), "{html}");
        }
        for bad in [("href", "javascript:1"), ("src", "https://a/x.png"), ("style", "x"), ("onclick", "x")] {
            assert_eq!(made(|html| html.void("a", &[bad])), "<a>");
        }
    }

    #[test]
    fn data_neither_ends_its_element_nor_starts_one() {
        let value = serde_json::json!({"a": "</script><!--<script>\u{2028}\u{202e}\u{e0041}&\"", "b": 1.5});
        let html = made(|html| html.data("d", &value));
        let inside = html.split_once('>').unwrap().1.strip_suffix("</script>").unwrap();
        assert!(!inside.contains(['<', '>', '&', '\u{2028}', '\u{202e}', '\u{e0041}']), "{inside}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(inside).unwrap(), value);
    }

    #[test]
    fn thai_is_marked_and_both_languages_are_there() {
        assert_eq!(made(|html| html.quoted("แผน")), "<span lang=\"th\">แผน</span>");
        assert_eq!(made(|html| html.quoted("plan")), "plan");
        let both = made(|html| html.both("ผ่าน", "pass"));
        assert_eq!(both, "<span class=\"t\" lang=\"th\">ผ่าน</span><span class=\"e\" lang=\"en\">pass</span>");
        assert_eq!(made(|html| html.both("ผ่าน", "")), "<span lang=\"th\">ผ่าน</span>");
    }
}
