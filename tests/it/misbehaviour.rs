//! Whole audits of websites that misbehave: for each way in which a link does not open, the verdict, the reason's code and
//! words, and the time that it took.

use std::net::{SocketAddr, TcpListener};
use std::ops::Range;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::fetch::gzip_of_zeros;
use crate::support::program::{Desk, command, item, oit, reasons};
use crate::support::rough_server::{Step, answer, head, redirect};
use crate::support::website::{HEAD, HOST, Website, page};

/// Milliseconds of what is decided at once, on a machine that is busy.
const AT_ONCE: Range<u64> = 0..1_900;
/// Milliseconds of what goes on until the time limit of two seconds.
const TO_THE_LIMIT: Range<u64> = 1_900..15_000;
/// Milliseconds of connecting, which has a third of that time.
const TO_CONNECT: Range<u64> = 500..15_000;

/// A link that misbehaves, and what is to be said of it.
struct Case {
    url: String,
    steps: Vec<Step>,
    verdict: &'static str,
    code: &'static str,
    /// Words of the Thai message and of the English one.
    says: [&'static str; 2],
    took: Range<u64>,
}

/// A link of the agency's website that fails.
fn fails(path: &str, steps: Vec<Step>, code: &'static str, says: [&'static str; 2], took: Range<u64>) -> Case {
    Case { url: format!("http://{HOST}{path}"), steps, verdict: "fail", code, says, took }
}

/// A link of the agency's website that only a person can judge.
fn blocked(path: &str, steps: Vec<Step>) -> Case {
    let says = ["ไม่อนุญาตให้โปรแกรมอัตโนมัติ", "turns programs away"];
    Case { url: format!("http://{HOST}{path}"), steps, verdict: "review", code: "link.blocked", says, took: AT_ONCE }
}

fn path(url: &str) -> &str {
    url.strip_prefix("http://").and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or("/")
}

/// Audits all links as items of one agency and compares.
fn audit(cases: &[Case], more: &[String]) {
    let pages: Vec<(String, Vec<Step>)> =
        cases.iter().map(|case| (path(&case.url).to_owned(), case.steps.clone())).collect();
    let site = Website::by(move |seen| match seen.target.as_str() {
        "/" => page("หน้าแรก", "<p>ยินดีต้อนรับ</p>"),
        // A row of redirects without an end.
        hop if hop.starts_with("/hop/") => redirect(302, format!("{hop}x")),
        // Two pages that send their visitor to each other.
        "/to-and-fro" => refresh("0;url=/fro-and-to"),
        "/fro-and-to" => refresh("0;url=/to-and-fro"),
        asked => {
            pages.iter().find(|(path, _)| path == asked).map_or_else(|| answer(404, "", ""), |(_, steps)| steps.clone())
        }
    });
    let item_of = |(number, case): (usize, &Case)| format!("  O{number}: \"{}\"\n", case.url);
    let items: String = (1..).zip(cases).map(item_of).collect();
    let desk = Desk::new();
    let file = desk.put("agency.yaml", format!("{HEAD}{items}").replace("timeout: 5s", "timeout: 2s"));
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let ran = oit(site.words(&file, &more));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.report();
    let mut wrong = Vec::new();
    for (number, case) in (1..).zip(cases) {
        let item = item(&report, &format!("O{number}"));
        let reason = &item["reasons"][0];
        let level = if case.verdict == "review" { "review" } else { "fail" };
        let (th, en) = (reason["message"].as_str().unwrap(), reason["message_en"].as_str().unwrap());
        let took = item["urls"][0]["elapsed_ms"].as_u64().unwrap_or_default();
        if item["verdict"] != case.verdict
            || reasons(item) != [(case.code, level)]
            || !th.contains(case.says[0])
            || !en.contains(case.says[1])
            || !case.took.contains(&took)
        {
            wrong.push(format!("{}: {} after {took} ms", case.url, item["reasons"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn refresh(content: &str) -> Vec<Step> {
    let html = format!("<!doctype html><title>กำลังไป</title><meta http-equiv=\"refresh\" content=\"{content}\">");
    answer(200, "Content-Type: text/html\r\n", html)
}

#[test]
fn statuses_say_what_they_mean() {
    let case = |status: u16, th, en| {
        fails(&format!("/{status}"), answer(status, "", "oops"), "link.http_status", [th, en], AT_ONCE)
    };
    audit(
        &[
            case(404, "ไม่สามารถเปิด link ได้ (404)", "The link cannot be opened (404)"),
            case(400, "(400 เครื่องแม่ข่ายไม่เข้าใจคำขอ)", "(400 the server does not understand"),
            case(402, "(402 เครื่องแม่ข่ายไม่ให้เปิดหน้านี้)", "(402 the server does not show"),
            case(405, "(405 หน้านี้เปิดจาก link โดยตรงไม่ได้)", "(405 the page cannot be opened by a link)"),
            case(410, "(410 หน้านี้ถูกลบ", "(410 the page was deleted"),
            case(302, "(302 เครื่องแม่ข่ายส่งต่อโดยไม่ระบุปลายทาง)", "(302 a redirect that names no target)"),
            case(500, "(500 เครื่องแม่ข่ายทำงานผิดพลาด)", "(500 the server failed)"),
            case(502, "(502 เครื่องแม่ข่ายด้านหน้า", "(502 the server in front"),
            case(503, "(503 เว็บไซต์ปิดปรับปรุง", "(503 the website is under maintenance"),
            case(504, "(504 เครื่องแม่ข่ายด้านหน้า", "(504 the server in front"),
            case(509, "(509 เว็บไซต์ใช้ทรัพยากรเกินโควตา", "(509 the website has used up"),
            case(522, "(522 บริการหน้าเว็บไซต์ (CDN)", "(522 the service in front"),
            fails("/401", answer(401, "", ""), "link.login", ["ต้องเข้าสู่ระบบ", "a login"], AT_ONCE),
            // Its page sends on to another; the error stays one.
            fails(
                "/404-refresh",
                answer(404, "Refresh: 0; url=/\r\n", ""),
                "link.http_status",
                ["(404)", "(404)"],
                AT_ONCE,
            ),
        ],
        &[],
    );
}

#[test]
fn connections_and_answers_that_break() {
    let cut_after =
        |headers: &str, body: &[u8]| vec![Step::Send(head(200, headers)), Step::Send(body.to_vec()), Step::Cut];
    let reset = ["ตัดการเชื่อมต่อก่อนส่งหน้าเว็บ", "cut the connection before"];
    let garbage = ["ไม่ได้ตอบเป็นหน้าเว็บ", "is not a web page"];
    let flood = ["ส่วนหัวของคำตอบยาวผิดปกติ", "does not end"];
    let truncated = ["ได้รับข้อมูลไม่ครบ", "cut before the page was complete"];
    let silent = ["ไม่ตอบสนองภายในเวลา", "no answer in time"];
    let slow = ["ส่งข้อมูลไม่ครบภายในเวลา", "not complete in time"];
    let wait = Step::Wait(Duration::from_secs(30));
    let tenth = Duration::from_millis(100);
    let gzip: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xb3Q\x0cqv\x0e";
    let many_headers = "X-Header: y\r\n".repeat(5_000);
    let endless_header = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
        Step::Drip(vec![b'y'; 64 * 1024], Duration::from_millis(1)),
    ];
    audit(
        &[
            fails("/cut", vec![Step::Cut], "link.refused", reset, AT_ONCE),
            fails("/reset", vec![Step::Reset], "link.refused", reset, AT_ONCE),
            fails("/half-a-head", vec![Step::Send(b"HTTP/1.1 200 O".to_vec())], "link.refused", reset, AT_ONCE),
            fails("/ssh", vec![Step::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())], "link.protocol", garbage, AT_ONCE),
            fails("/noise", vec![Step::Send(vec![0xff; 400])], "link.protocol", garbage, AT_ONCE),
            fails("/no-gzip", answer(200, "Content-Encoding: gzip\r\n", "plain"), "link.protocol", garbage, AT_ONCE),
            fails("/headers", vec![Step::Send(head(200, &many_headers))], "link.protocol", flood, AT_ONCE),
            fails("/header", endless_header, "link.protocol", flood, 0..15_000),
            fails("/length", cut_after("Content-Length: 900\r\n", b"<p>half"), "link.truncated", truncated, AT_ONCE),
            fails(
                "/chunked",
                cut_after("Transfer-Encoding: chunked\r\n", b"5\r\nshort\r\n"),
                "link.truncated",
                truncated,
                AT_ONCE,
            ),
            fails("/gzip", cut_after("Content-Encoding: gzip\r\n", gzip), "link.truncated", truncated, AT_ONCE),
            fails("/silent", vec![wait.clone()], "link.timeout", silent, TO_THE_LIMIT),
            fails(
                "/drip-head",
                vec![Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Drip(b"X: y\r\n".to_vec(), tenth)],
                "link.timeout",
                silent,
                TO_THE_LIMIT,
            ),
            fails(
                "/drip",
                vec![Step::Send(head(200, "")), Step::Drip(b"<p>x".to_vec(), tenth)],
                "link.timeout",
                slow,
                TO_THE_LIMIT,
            ),
            fails(
                "/stuck",
                vec![Step::Send(head(200, "Content-Length: 9\r\n")), wait],
                "link.timeout",
                slow,
                TO_THE_LIMIT,
            ),
        ],
        &[],
    );
}

#[test]
fn redirects_that_lead_nowhere() {
    let circle = ["ส่งต่อวนกลับมาที่เดิม", "go in a circle"];
    let many = ["ส่งต่อหลายทอด", "more redirects than browsers follow"];
    let scheme = ["ที่อยู่ที่ไม่ใช่หน้าเว็บ", "not a web address"];
    let inside = ["ถูกส่งต่อไปยังที่อยู่ภายในเครือข่าย", "a redirect leads to an address inside"];
    let code = "link.redirect_loop";
    let stuck = "<!doctype html><meta http-equiv=refresh content='0'><meta http-equiv=refresh content='0;url=/stuck'>";
    let mut cases = vec![
        fails("/circle", redirect(302, "/circle"), code, circle, AT_ONCE),
        fails("/hop/x", Vec::new(), code, many, 0..15_000),
        fails("/ftp", redirect(302, "ftp://www.example.go.th/x"), code, scheme, AT_ONCE),
        fails("/javascript", redirect(302, "javascript:alert(1)"), code, scheme, AT_ONCE),
        fails("/private", redirect(302, "http://169.254.169.254/latest"), "link.invalid", inside, AT_ONCE),
        fails("/name", redirect(302, "http://localhost/secret"), "link.invalid", inside, AT_ONCE),
        fails("/refresh-private", refresh("0;url=http://0x7f.1/secret"), "link.invalid", inside, AT_ONCE),
        fails("/refresh-header", answer(200, "Refresh: 1; url=http://[::1]/\r\n", ""), "link.invalid", inside, AT_ONCE),
        fails("/to-and-fro", Vec::new(), code, circle, AT_ONCE),
        fails("/refresh-gone", refresh("2; URL='/gone'"), "link.http_status", ["(404)", "(404)"], AT_ONCE),
        // A script that does not run here may set the cookie that lets a browser in.
        blocked("/stuck", answer(200, "Content-Type: text/html\r\n", stuck)),
    ];
    let own = ["(เป็นที่อยู่ภายในเครือข่าย)", "(an address inside a private network)"];
    let elsewhere =
        Case { url: "http://192.168.1.10/o3".to_owned(), ..fails("", Vec::new(), "link.invalid", own, AT_ONCE) };
    cases.push(elsewhere);
    audit(&cases, &[]);
}

#[test]
fn hosts_that_cannot_be_reached() {
    let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listen().local_addr().unwrap();
    let silent = listen();
    let at = |url: &str, code, says, took| Case { url: url.to_owned(), ..fails("", Vec::new(), code, says, took) };
    let resolve = |host: &str, to: SocketAddr| format!("--resolve={host}={to}");
    let mut cases = vec![
        at("http://closed.example.go.th/", "link.refused", ["เครื่องแม่ข่ายไม่รับการเชื่อมต่อ", "refuses connections"], AT_ONCE),
        at(
            "https://silent.example.go.th/",
            "link.timeout",
            ["เชื่อมต่อเครื่องแม่ข่ายไม่ได้ภายในเวลา", "no connection in time"],
            TO_CONNECT,
        ),
    ];
    let mut more =
        vec![resolve("closed.example.go.th", closed), resolve("silent.example.go.th", silent.local_addr().unwrap())];
    // Linux itself refuses to connect to this one.
    if cfg!(target_os = "linux") {
        let says = ["ไม่มีเส้นทางเครือข่ายไปถึงเครื่องแม่ข่าย", "no route to the server"];
        cases.push(at("http://lost.example.go.th/", "link.refused", says, AT_ONCE));
        more.push(resolve("lost.example.go.th", "255.255.255.255:80".parse().unwrap()));
    }
    audit(&cases, &more);
}

#[test]
fn a_name_that_does_not_exist_is_told_from_a_resolver_that_is_down() {
    let site = Website::new([("/", page("หน้าแรก", ""))]);
    let started = Instant::now();
    let report = site.check("  O1: http://nosuchname.invalid/\n", &[]).report();
    assert!(started.elapsed() < Duration::from_secs(30));
    let item = item(&report, "O1");
    // Which of the two it is depends on the machine.
    let (verdict, says) = match reasons(item)[..] {
        [("link.dns", "fail")] => ("fail", "ไม่พบชื่อเว็บไซต์"),
        [("link.dns", "review")] => ("review", "ไม่สามารถค้นหาชื่อเว็บไซต์ได้ในขณะนี้"),
        _ => panic!("{}", item["reasons"]),
    };
    assert_eq!(item["verdict"], verdict);
    assert!(item["reasons"][0]["message"].as_str().unwrap().contains(says));
}

#[test]
fn walls_against_robots_are_for_a_person() {
    let html = |status, body: &str| answer(status, "Content-Type: text/html; charset=utf-8\r\n", body);
    let f5 = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with \
              your administrator.<br><br>Your support ID is: 4045204596866416688</body></html>";
    let imperva = "<html><head><META NAME=\"robots\" CONTENT=\"noindex,nofollow\"><script \
                   src=\"/_Incapsula_Resource?SWJIYLWA=7\"></script></head><body></body></html>";
    let cloudflare =
        "<title>Just a moment...</title><script>window._cf_chl_opt={};x.src='/cdn-cgi/challenge-platform/h/b'</script>";
    let captcha = "<meta http-equiv=\"refresh\" content=\"0;/.well-known/sgcaptcha/?r=%2F&y=pow:1\">";
    audit(
        &[
            blocked("/403", answer(403, "", "Forbidden")),
            blocked("/406", html(406, "<h1>Not Acceptable!</h1>")),
            blocked("/418", answer(418, "", "")),
            blocked("/429", answer(429, "", "")),
            blocked("/451", answer(451, "", "")),
            blocked("/999", answer(999, "", "")),
            blocked("/cf-403", answer(403, "Server: cloudflare\r\nCF-RAY: 1-BKK\r\n", "")),
            blocked("/cf-503", html(503, cloudflare)),
            blocked("/cf-200", html(200, cloudflare)),
            blocked("/cf-mitigated", answer(200, "cf-mitigated: challenge\r\n", "<h1>โครงสร้าง</h1>")),
            blocked("/aws", answer(202, "x-amzn-waf-action: challenge\r\n", "")),
            blocked("/aws-captcha", answer(405, "x-amzn-waf-action: captcha\r\n", "")),
            blocked("/sucuri", answer(503, "Server: Sucuri/Cloudproxy\r\n", "")),
            blocked("/f5", html(200, f5)),
            blocked("/imperva", html(200, imperva)),
            blocked("/wordfence", html(503, "Your access to this site has been limited<p>Generated by Wordfence")),
            blocked("/mod-security", html(501, "<p>This error was generated by Mod_Security.</p>")),
            blocked("/fortiweb", html(500, "<h1>Web Page Blocked!</h1>Attack ID: 20000008")),
            blocked(
                "/ddos-guard",
                html(200, "<title>DDoS-Guard</title><script src=/.well-known/ddos-guard/x.js></script>"),
            ),
            blocked("/captcha", html(202, captcha)),
            blocked("/thai", html(200, "<title>การเข้าถึงถูกปฏิเสธ</title><h1>การเข้าถึงถูกปฏิเสธ</h1>หมายเลขอ้างอิง 12")),
        ],
        &[],
    );
}

/// The most memory that a process has had so far, in bytes, as Linux counts it.
fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

#[test]
fn a_bomb_of_two_gigabytes_costs_no_more_memory_than_a_long_page() {
    let bomb = gzip_of_zeros(2 * 1024 * 1024);
    assert!(bomb.len() < 14_000_000);
    let long = vec![b'x'; 1024 * 1024];
    let site = Website::new([
        ("/", page("หน้าแรก", "")),
        ("/bomb", answer(200, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &bomb)),
        ("/long", answer(200, "Content-Type: text/html\r\n", &long)),
    ]);
    let desk = Desk::new();
    let run = |path: &str| {
        let text = format!("{HEAD}  O1: http://{HOST}{path}\n").replace("timeout: 5s", "timeout: 30s, max_body: 1MiB");
        let file = desk.put("agency.yaml", text);
        // A pipe that nobody empties would stop it.
        let out = desk.path("report.json");
        let stdout = std::fs::File::create(&out).unwrap();
        let mut child = command().args(site.words(&file, &[])).stdout(stdout).spawn().unwrap();
        let (mut most, started) = (0, Instant::now());
        while child.try_wait().unwrap().is_none() {
            most = most.max(peak_memory(child.id()).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(2));
            assert!(started.elapsed() < Duration::from_mins(1), "{path} is stuck");
        }
        let report: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
        (item(&report, "O1")["urls"][0].clone(), most)
    };
    let (long, usual) = run("/long");
    let (bomb, most) = run("/bomb");
    assert_eq!((&long["bytes"], &bomb["bytes"]), (&Value::from(1 << 20), &Value::from(1 << 20)));
    assert_eq!(bomb["outcome"], "opened");
    assert!(bomb["elapsed_ms"].as_u64().unwrap() < 15_000);
    if cfg!(target_os = "linux") {
        assert!(usual > 0 && most < usual + (32 << 20), "{most} rather than {usual} bytes");
    }
}

#[test]
fn a_captcha_in_a_form_is_no_wall() {
    let form = "<h1>ช่องทางติดต่อ</h1><form method=post action=/send><textarea name=message></textarea><label>ยืนยันว่าคุณไม่ใช่หุ่นยนต์</label>\
                <div class=g-recaptcha data-sitekey=x></div><div class=cf-turnstile></div></form>\
                <script src=https://www.google.com/recaptcha/api.js></script>";
    let site = Website::new([("/", page("หน้าแรก", "")), ("/form", page("ติดต่อเรา", form))]);
    let report: Value = site.check(&format!("  O1: http://{HOST}/form\n"), &[]).report();
    assert_eq!(item(&report, "O1")["urls"][0]["outcome"], "opened");
}
