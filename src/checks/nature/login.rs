//! Walls that ask for a login before they show anything.

use url::Url;

use super::signs::{Line, Says, Signs, is_named};
use super::{Nature, title_says};
use crate::checks::Page;
use crate::model::{BlockRole, Form, MediaKind, ReasonCode};

/// Characters of text of its own from which a page with a login has content too.
const CONTENT: usize = 600;

/// Characters of text of its own below which a page is hardly more than its form or message.
const BARE: usize = 200;

/// Links of its own below which a page leads nowhere in particular.
const FEW_LINKS: usize = 10;

/// Pictures of its own that may be a logo and a decoration.
const LOGOS: usize = 2;

/// What a page asks for a login by, if it does.
pub(super) fn nature(page: &Page<'_>, signs: &Signs) -> Option<Nature> {
    if page.document.kind != MediaKind::Html {
        return None;
    }
    let last = &page.answer.final_url;
    if is_at(last, &signs.login.hosts) {
        return Some(wall(true, last.as_str()));
    }
    let title = title_says(page, signs);
    let text = page.own.text.text.chars().count();
    if let Some((Says::Access, part)) = title
        && text < CONTENT
    {
        return Some(wall(true, part));
    }
    let bare = text < BARE;
    if text < BARE * 2
        && let Some(line) = lines(page).find(|line| signs.line(line, Line::Text) == Some(Says::Access))
    {
        return Some(wall(true, line));
    }
    let titled = matches!(title, Some((Says::Login, _)));
    let at_login = is_login_path(last, signs);
    let led_there = at_login && !page.answer.hops.is_empty() && !is_login_path(page.url, signs);
    let password = page.document.forms.iter().any(asks_password);
    let evidence = if at_login { last.as_str() } else { page.document.title.as_deref().unwrap_or(last.as_str()) };
    if is_at(last, &signs.login.members_only) {
        return (titled || at_login || (password && bare)).then(|| wall(false, evidence));
    }
    if password {
        let shows = page.frames().next().is_some()
            || page.documents().next().is_some()
            || page.forms().any(|form| !asks_password(form));
        let headings = headings(page, signs);
        let headed =
            headings == Headings::Login && bare && page.own.links.len() < FEW_LINKS && page.own.pictures <= LOGOS;
        if led_there || (!shows && (titled || at_login || headed)) {
            return Some(wall(text < CONTENT && !for_citizens(page, signs), evidence));
        }
        let own_form =
            page.own.forms.iter().any(|at| page.document.forms.get(*at).is_some_and(|f| !f.chrome && asks_password(f)));
        let leads_on = page.own.links.len() > FEW_LINKS / 2 || page.own.pictures > LOGOS;
        let untold = headings == Headings::None && text < BARE / 2;
        return (own_form && untold && !shows && !leads_on).then(|| wall(false, evidence));
    }
    // Without a field for a password the form may be made by a script, or stand on another page.
    let (built, leads) = (page.document.needs_script, page.own.links.len() > FEW_LINKS);
    ((led_there || titled) && (bare || built) && !leads && page.documents().next().is_none())
        .then(|| wall(false, evidence))
}

fn wall(certain: bool, evidence: &str) -> Nature {
    Nature { code: ReasonCode::LinkLogin, certain, kind: None, evidence: evidence.to_owned() }
}

/// The page's headings and paragraphs, navigation aside.
fn lines<'p>(page: &Page<'p>) -> impl Iterator<Item = &'p str> + use<'p> {
    let blocks = page.document.blocks.iter().filter(|block| !block.chrome);
    blocks.filter(|block| matches!(block.role, BlockRole::Heading | BlockRole::Text)).map(|block| block.text.as_str())
}

/// What the headings of a page say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Headings {
    /// There are none.
    None,
    /// The only one says that it is a login.
    Login,
    /// Something else. A box for a login beside real content has a heading too.
    More,
}

fn headings(page: &Page<'_>, signs: &Signs) -> Headings {
    let mut headings = page.document.blocks.iter().filter(|block| block.role == BlockRole::Heading && !block.chrome);
    match (headings.next(), headings.next()) {
        (None, _) => Headings::None,
        (Some(one), None) if signs.line(&one.text, Line::Heading) == Some(Says::Login) => Headings::Login,
        _ => Headings::More,
    }
}

/// Whether a page says that citizens can join the service behind the login.
fn for_citizens(page: &Page<'_>, signs: &Signs) -> bool {
    let title = page.document.title.as_deref().unwrap_or_default();
    let own = [&page.own.heading.text, &page.own.text.text, &page.own.anchors.text];
    signs.names_service(title) || own.iter().any(|text| signs.names_service(text))
}

/// Whether a form asks for one password and hardly anything else: to register or to write, a visitor fills in more.
fn asks_password(form: &Form) -> bool {
    let count = |kinds: &[&str]| form.fields.iter().filter(|field| kinds.contains(&field.kind.as_str())).count();
    count(&["password"]) == 1 && count(&["text", "email", "tel", "number"]) <= 3 && count(&["textarea", "file"]) == 0
}

fn is_at(url: &Url, hosts: &[String]) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    hosts.iter().any(|known| known == host)
}

/// Whether a part of an address's path, or of its query's values, says that it is a login.
fn is_login_path(url: &Url, signs: &Signs) -> bool {
    let named = |part: &str| is_named(part, &signs.login.paths);
    let asked = ["view", "page", "mod", "module", "action", "do", "p", "name", "task"];
    url.path().split('/').any(named)
        || url.query_pairs().any(|(key, value)| asked.contains(&key.as_ref()) && named(&value))
}
