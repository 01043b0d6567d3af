//! What a page is given, and what it is not.

use serde_json::{Value, json};
use url::Url;

use super::{Asked, Given, MOST_REQUESTS, Order, Supply};
use crate::fetch::Opened;
use crate::model::{Answer, Cause, Failure, Fetched};

const PAGE: &str = "https://www.a.go.th/plan";
const SITE: &str = "a.go.th";

fn asked(method: &str, url: &str, kind: &str) -> Asked {
    let headers = json!({ "Origin": "https://www.a.go.th", "Access-Control-Request-Headers": "x-token" });
    let request = json!({ "url": url, "method": method, "headers": headers });
    Asked::new(&json!({ "requestId": "7", "request": request, "resourceType": kind, "frameId": "top" })).unwrap()
}

fn supply() -> Supply {
    Supply::new(&PAGE.parse().unwrap(), Given::page(None, b"<p>x".to_vec()), false)
}

fn answered(final_url: &str, status: u16, content_type: &str) -> Opened {
    let answer = Answer {
        final_url: final_url.parse().unwrap(),
        status,
        hops: Vec::new(),
        content_type: Some(content_type.to_owned()),
        challenge: None,
        bytes: 2,
        capped: false,
        tls: None,
        elapsed_ms: 1,
        failed_tries: 0,
        retry_after: None,
        last_modified: None,
    };
    let body = b"{}".to_vec();
    Opened { fetched: Fetched::Answered(answer), body, share: None, shared_with: Some("*".to_owned()) }
}

/// The method and parameters of an order that answers.
fn answer(order: Order) -> (&'static str, Value) {
    match order {
        Order::Answer(method, params) => (method, params),
        Order::Fetch(url) => panic!("{url} is to be fetched"),
    }
}

fn is_fetched(order: &Order) -> bool {
    matches!(order, Order::Fetch(_))
}

#[test]
fn the_page_itself_is_not_fetched_a_second_time() {
    let (method, params) = answer(supply().order(&asked("GET", PAGE, "Document"), SITE, "top"));
    assert_eq!((method, params["responseCode"].as_u64()), ("Fetch.fulfillRequest", Some(200)));
    assert_eq!(params["body"], "PHA+eA==");
}

#[test]
fn only_what_builds_a_page_is_fetched() {
    for kind in ["Document", "Script", "Stylesheet", "XHR", "Fetch"] {
        assert!(is_fetched(&supply().order(&asked("GET", "https://cdn.net/x", kind), SITE, "top")), "{kind}");
    }
    for kind in ["Image", "Font", "Media", "Ping", "Prefetch", "Manifest", "WebSocket", "EventSource", "Other", ""] {
        let (method, _) = answer(supply().order(&asked("GET", "https://cdn.net/x", kind), SITE, "top"));
        assert_eq!(method, "Fetch.failRequest", "{kind}");
    }
    for url in ["file:///etc/passwd", "ftp://a.go.th/x", "chrome://settings/", "filesystem:http://a/x", "no url"] {
        let (method, _) = answer(supply().order(&asked("GET", url, "Document"), SITE, "top"));
        assert_eq!(method, "Fetch.failRequest", "{url}");
    }
    assert!(is_fetched(&Supply { pictures: true, ..supply() }.order(
        &asked("GET", "https://a.go.th/x.png", "Image"),
        SITE,
        ""
    )));
}

#[test]
fn a_page_whose_own_question_was_not_asked_is_not_whole() {
    let whole = |method: &str, url: &str, kind: &str| {
        let mut supply = supply();
        assert_eq!(answer(supply.order(&asked(method, url, kind), SITE, "top")).0, "Fetch.failRequest");
        supply.whole
    };
    assert!(!whole("POST", "https://api.a.go.th/list", "XHR"));
    assert!(!whole("POST", "https://www.a.go.th/list", "Fetch"));
    assert!(whole("POST", "https://www.counter.net/hit", "XHR"), "a counter's");
    assert!(whole("POST", "https://www.a.go.th/hit", "Ping"), "what nobody waits for");
}

#[test]
fn what_fails_of_the_page_s_own_data_is_missed() {
    let whole = |url: &str, kind: &str, opened: Opened| {
        let mut supply = supply();
        supply.serve(&asked("GET", url, kind), opened, SITE, "top");
        supply.whole
    };
    let failure = || {
        let failure = Failure { cause: Cause::Reset, detail: String::new(), at: None, elapsed_ms: 0 };
        Opened { fetched: Fetched::Failed(failure), body: Vec::new(), share: None, shared_with: None }
    };
    assert!(whole("https://api.a.go.th/1", "XHR", answered("https://api.a.go.th/1", 200, "application/json")));
    assert!(!whole("https://api.a.go.th/1", "XHR", answered("https://api.a.go.th/1", 500, "application/json")));
    assert!(!whole("https://www.a.go.th/app.js", "Script", failure()));
    assert!(whole("https://www.counter.net/a.js", "Script", failure()));
}

#[test]
fn a_page_has_bounds() {
    let mut supply = supply();
    let mut order =
        |number: usize| supply.order(&asked("GET", &format!("https://a.go.th/{number}"), "XHR"), SITE, "top");
    assert!((0..MOST_REQUESTS).all(|number| is_fetched(&order(number))));
    assert!(!is_fetched(&order(MOST_REQUESTS)));
    assert!(!supply.whole);
}

#[test]
fn redirects_are_seen_by_the_page_and_not_fetched_again() {
    let mut supply = supply();
    let request = asked("GET", "https://www.a.go.th/app", "Script");
    let (_, params) =
        answer(supply.serve(&request, answered("https://cdn.a.go.th/v2/app.js", 200, "text/javascript"), SITE, ""));
    assert_eq!(params["responseCode"], 302);
    let headers = params["responseHeaders"].to_string();
    assert!(headers.contains("https://cdn.a.go.th/v2/app.js"), "{headers}");
    let (_, params) = answer(supply.order(&asked("GET", "https://cdn.a.go.th/v2/app.js", "Script"), SITE, ""));
    assert_eq!((params["responseCode"].as_u64(), params["body"].as_str()), (Some(200), Some("e30=")));
}

#[test]
fn a_page_reads_its_own_domain_s_answers_and_what_others_share() {
    let shared = |url: &str, shared_with: Option<&str>| {
        let opened = Opened { shared_with: shared_with.map(str::to_owned), ..answered(url, 200, "application/json") };
        let (_, params) = answer(supply().serve(&asked("GET", url, "XHR"), opened, SITE, "top"));
        let headers = params["responseHeaders"].as_array().unwrap().clone();
        let header = headers.iter().find(|header| header["name"] == "Access-Control-Allow-Origin");
        header.map(|header| header["value"].as_str().unwrap().to_owned())
    };
    assert_eq!(shared("https://api.a.go.th/1", None).as_deref(), Some("https://www.a.go.th"));
    assert_eq!(shared("https://open.net/1", Some("*")).as_deref(), Some("*"));
    assert_eq!(shared("http://10.0.0.1/1", None), None, "an intranet does not share");
    let (_, params) = answer(supply().order(&asked("OPTIONS", "https://api.a.go.th/1", "Preflight"), SITE, "top"));
    assert!(params["responseHeaders"].to_string().contains("x-token"));
}

#[test]
fn a_file_that_a_page_goes_on_to_is_noted_and_a_framed_one_is_not() {
    let mut supply = supply();
    let file = || answered("https://www.a.go.th/plan.pdf", 200, "application/pdf");
    let request = asked("GET", "https://www.a.go.th/plan.pdf", "Document");
    assert_eq!(answer(supply.serve(&request, file(), SITE, "another frame")).0, "Fetch.failRequest");
    assert_eq!(supply.sent_to, Vec::<Url>::new());
    supply.serve(&request, file(), SITE, "top");
    assert_eq!(supply.sent_to, ["https://www.a.go.th/plan.pdf".parse::<Url>().unwrap()]);
}
