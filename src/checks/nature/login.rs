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

/// Characters of text of its own that the labels of a form have.
const LABELS: usize = 100;

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
        return Some(wall(!is_refusal(page, part, signs), part));
    }
    let bare = text < BARE;
    // What a box of the template says of itself is no word on the page that it stands on.
    let shows_more =
        page.documents().next().is_some() || page.frames().next().is_some() || page.own.pictures.len() > LOGOS;
    if text < BARE * 2
        && !shows_more
        && let Some(line) = own_lines(page).find(|line| signs.line(line, Line::Text) == Some(Says::Access))
    {
        return Some(wall(page.own.pictures.is_empty() && !is_refusal(page, line, signs), line));
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
        let own_form =
            page.own.forms.iter().any(|at| page.document.forms.get(*at).is_some_and(|f| !f.chrome && asks_password(f)));
        let few = bare && page.own.links.len() < FEW_LINKS && page.own.pictures.len() <= LOGOS;
        let headed = headings == Headings::Login && few && (own_form || has_nothing(page));
        if led_there || (!shows && (titled || at_login)) {
            return Some(wall(text < CONTENT && !for_citizens(page, signs), evidence));
        }
        if headed && !shows {
            // The heading may be that of a box beside the content, where no other page tells the template.
            let alone = page.own.pictures.is_empty() && page.own.links.len() < FEW_LINKS / 2 && text < LABELS;
            return Some(wall(alone && !for_citizens(page, signs), evidence));
        }
        let leads_on = page.own.links.len() > FEW_LINKS / 2 || page.own.pictures.len() > LOGOS;
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

/// Whether all that is on a page is its site's template.
fn has_nothing(page: &Page<'_>) -> bool {
    let own = page.own;
    own.text.text.is_empty() && own.links.is_empty() && own.pictures.is_empty() && own.frames.is_empty()
}

/// The headings and paragraphs of a page's own, or all of them on a page that has nothing of its own.
fn own_lines<'p>(page: &Page<'p>) -> impl Iterator<Item = &'p str> + use<'p> {
    let nothing = has_nothing(page) && page.own.heading.text.is_empty();
    let blocks = page.document.blocks.iter().filter(move |block| nothing && !block.chrome);
    let all = blocks.filter(|block| matches!(block.role, BlockRole::Heading | BlockRole::Text | BlockRole::Cell));
    let own = page.own.heading.text.lines().chain(page.own.text.text.lines());
    own.chain(all.map(|block| block.text.as_str()))
}

/// Whether a page is a server's refusal, which may be meant for robots rather than for those without an account.
fn is_refusal(page: &Page<'_>, line: &str, signs: &Signs) -> bool {
    let refuses = |text: &str| {
        let text = text.to_ascii_lowercase();
        signs.login.refusals.iter().any(|phrase| text.contains(phrase.as_str()))
    };
    refuses(line) || page.document.title.as_deref().is_some_and(refuses)
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

/// Whether the end of an address's path, or one of its query's values, says that it is a login. A folder of that name
/// may hold anything.
fn is_login_path(url: &Url, signs: &Signs) -> bool {
    let named = |part: &str| is_named(part, &signs.login.paths);
    let asked = ["view", "page", "mod", "module", "action", "do", "p", "name", "task"];
    let mut parts = url.path().rsplit('/').filter(|part| !part.is_empty());
    let last = parts.next().unwrap_or_default();
    let in_folder = is_named(last, &signs.home.names) && parts.next().is_some_and(named);
    named(last) || in_folder || url.query_pairs().any(|(key, value)| asked.contains(&key.as_ref()) && named(&value))
}
