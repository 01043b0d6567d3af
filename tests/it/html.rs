//! The HTML report in a real browser: `tests/tools/html.py` opens pages made here, and looks at what a reader would see.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use image::{DynamicImage, ImageFormat, Rgba};
use oit_audit::model::{
    Change, Changes, Click, GradeBand, ItemId, ItemResult, Lang, Level, LinkResult, Points, ReasonCode, ReasonEntry,
    Report, Text, Trend, Verdict,
};
use oit_audit::report::{self, Beside, Format, Style};
use oit_audit::score::{self, ItemScore, ItemScores, SurveyMeans};
use serde_json::{Value, json};

use crate::nang_rong::site;
use crate::support::program::oit;
use crate::support::tools;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/nang-rong");

/// What a run of the program wrote: its JSON, its page, and the page of a few items alone.
struct Written {
    report: Report,
    page: String,
    few: String,
}

static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
    let site = Arc::new(site::Site::read(&Path::new(FOLDER).join("site")).unwrap());
    let resolve = format!("www.nangrong.go.th={}", site::serve(site).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let [json, page, few] = ["a.json", "a.html", "few.html"].map(|name| folder.path().join(name));
    let run = |words: &[&str]| {
        let file = format!("{FOLDER}/agency.yaml");
        let ran = oit(["check", &file, "--resolve", &resolve, "--rate", "500", "-q"].iter().chain(words));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    };
    let to = |format: &str, path: &Path| format!("{format}={}", path.display());
    run(&["--format", &to("json", &json), "--format", &to("html", &page)]);
    run(&["--format", &to("html", &few), "--only", "O5,O9"]);
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap();
    Written { report: report::read(&fs::read(&json).unwrap()).unwrap(), page: read(&page), few: read(&few) }
});

fn id(text: &str) -> ItemId {
    text.parse().unwrap()
}

/// The page of a report.
fn page(report: &Report, lang: Lang, beside: &Beside) -> String {
    let style = Style { lang, ..Style::default() };
    String::from_utf8(report::render(report, Format::Html, &style, beside)).unwrap()
}

fn item_mut<'r>(report: &'r mut Report, item: &str) -> &'r mut ItemResult {
    report.items.iter_mut().find(|one| one.id.as_str() == item).unwrap()
}

fn scores(report: &Report) -> ItemScores {
    let of = |item: &ItemResult| match item.verdict {
        Verdict::Review => ItemScore::review(item.likely_score == 100),
        _ => ItemScore::sure(item.likely_score),
    };
    report.items.iter().map(|item| (item.id.clone(), of(item))).collect()
}

fn survey(report: &Report) -> Option<SurveyMeans> {
    let survey = report.survey.as_ref()?;
    let mean = |scores: &[Points]| score::mean(scores.iter().map(|points| points.0));
    Some(SurveyMeans { iit: mean(&survey.iit)?, eit: mean(&survey.eit)? })
}

/// A report with everything that a page may have to show: reviews that lean either way, headings, documents, pictures,
/// changes.
fn rich() -> (Report, Beside) {
    let mut report = WRITTEN.report.clone();
    for (item, likely, code) in [("O8", 100, ReasonCode::LinkBlocked), ("O25", 0, ReasonCode::ContentUnreadable)] {
        let one = item_mut(&mut report, item);
        (one.verdict, one.score, one.likely_score, one.confidence) = (Verdict::Review, None, likely, Some(0.8));
        one.reasons = vec![ReasonEntry {
            code,
            level: Level::Review,
            message: "เซิร์ฟเวอร์ไม่ให้โปรแกรมเข้า (403) โปรดเปิดด้วยเบราว์เซอร์".to_owned(),
            message_en: "The server turns robots away (403); open it in a browser".to_owned(),
            url: "https://www.nangrong.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99".parse().ok(),
            evidence: Some("ตรวจสอบว่าท่านไม่ใช่โปรแกรมอัตโนมัติ กรุณารอสักครู่ ระบบกำลังตรวจสอบความปลอดภัยของการเชื่อมต่อ".to_owned()),
        }];
    }
    for item in &mut report.items {
        if item.sub_indicator == "9.1" {
            item.group = Text::new("ข้อมูลพื้นฐานของหน่วยงาน", "The agency's basic data");
        }
        let Some(link) = item.urls.first_mut() else { continue };
        let click =
            |text: &str| Click { text: text.to_owned(), url: "https://www.nangrong.go.th/ita".parse().unwrap() };
        link.path = Some(vec![click("การประเมินคุณธรรมและความโปร่งใส"), click("ข้อมูลการติดต่อ")]);
        link.screenshot = Some("one.png".to_owned());
        link.title = Some("องค์การบริหารส่วนตำบลนางรอง - ข้อมูลการติดต่อ".to_owned());
        let document = |n: usize| LinkResult {
            url: format!("https://www.nangrong.go.th/files/{}-{n}.pdf", "%E0%B9%81%E0%B8%9C%E0%B8%99".repeat(3)),
            kind: Some("pdf".to_owned()),
            title: Some(format!("แผนดำเนินงานประจำปีงบประมาณ พ.ศ. 2563 ฉบับที่ {n}")),
            years: vec![2562, 2563],
            bytes: 123_456,
            screenshot: None,
            path: None,
            place: None,
            ..link.clone()
        };
        item.documents = (1..=2).map(document).collect();
    }
    rescore(&mut report);
    let mut picture = DynamicImage::new_rgba8(800, 1200);
    for (x, y, pixel) in picture.as_mut_rgba8().unwrap().enumerate_pixels_mut() {
        *pixel = if y < 200 { Rgba([20, 80, 110, 255]) } else { Rgba([240, 240, u8::try_from(x / 8).unwrap(), 255]) };
    }
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).unwrap();
    let change = |item: &str, trend, before, now| Change { item: id(item), trend, before, now };
    let changes = Changes {
        since: "2020-06-01T09:00:00+07:00[+07:00]".parse().unwrap(),
        oit: Some(Points(82.5)),
        items: vec![
            change("O5", Trend::Worse, Some(Verdict::Pass), Verdict::Fail),
            change("O8", Trend::Doubtful, Some(Verdict::Pass), Verdict::Review),
            change("O6", Trend::New, None, Verdict::Pass),
            change("O1", Trend::Better, Some(Verdict::Fail), Verdict::Advice),
        ],
    };
    let pictures = BTreeMap::from([("one.png".to_owned(), png.into_inner())]);
    (report, Beside { pictures, changes: Some(changes) })
}

/// Scores, fixes and the way to the target anew, after verdicts were changed.
fn rescore(report: &mut Report) {
    let (scores, survey) = (scores(report), survey(report));
    report.score = score::score(&report.rules, &scores, survey);
    let gains = score::gains(&report.rules, &scores);
    let needs: BTreeMap<ItemId, Vec<ItemId>> = report
        .fixes
        .iter()
        .filter(|fix| !fix.after.is_empty())
        .map(|fix| (fix.item.clone(), fix.after.clone()))
        .collect();
    let path = score::path_to(&report.rules, &scores, &gains, &needs, report.rules.target);
    report.path = path.map(|(items, oit)| oit_audit::model::PathToTarget {
        target: Points(report.rules.target),
        items,
        oit: Points(oit),
    });
    let model = report.fixes[0].clone();
    let old = std::mem::take(&mut report.fixes);
    report.fixes = gains
        .into_iter()
        .map(|gain| {
            let known = old.iter().find(|fix| fix.item == gain.item).unwrap_or(&model).clone();
            oit_audit::model::Fix {
                after: needs.get(&gain.item).cloned().unwrap_or_default(),
                item: gain.item,
                oit_gain: Points(gain.oit),
                ita_gain: Points(gain.ita),
                oit_loss: Points(gain.oit_loss),
                ita_loss: Points(gain.ita_loss),
                ..known
            }
        })
        .collect();
}

/// A report of a year whose grades demand a least score of each instrument.
fn with_least_scores(mut report: Report, surveyed: bool) -> Report {
    let band = |grade: &str, english: &str, from: f64, each_from: Option<f64>| GradeBand {
        grade: grade.to_owned(),
        grade_en: Some(english.to_owned()),
        from,
        each_from,
    };
    report.rules.grades = vec![
        band("ผ่านดีเยี่ยม", "pass, excellent", 95.0, Some(95.0)),
        band("ผ่านดี", "pass, good", 85.0, Some(83.5)),
        band("ผ่าน", "pass", 85.0, None),
        band("ต้องปรับปรุง", "to improve", 70.0, None),
    ];
    if !surveyed {
        report.survey = None;
    }
    rescore(&mut report);
    report
}

/// What ticking boxes must lead to, as `score` reckons it: boxes clicked in turn, then what is shown.
fn expected(report: &Report, clicked: &[&str]) -> Value {
    let mut right: BTreeSet<ItemId> = BTreeSet::new();
    for item in clicked {
        right.insert(id(item));
        let fix = report.fixes.iter().find(|fix| fix.item.as_str() == *item).unwrap();
        right.extend(fix.after.iter().cloned());
    }
    let mut scores = scores(report);
    for item in &right {
        scores.insert(item.clone(), ItemScore::sure(100));
    }
    let would = score::score(&report.rules, &scores, survey(report));
    let print = |points: Option<Points>| points.unwrap().to_string();
    let gained = would.oit.predicted.unwrap().rounded() - report.score.oit.predicted.unwrap().rounded();
    let ita = would.ita.as_ref().map(|ita| {
        let band = report.rules.grades.iter().find(|band| Some(&band.grade) == ita.grade.as_ref());
        json!({
            "ita": print(ita.predicted),
            "th": band.map_or("ไม่ทราบ", |band| band.name(Lang::Th)),
            "en": band.map_or("unknown", |band| band.name(Lang::En)),
        })
    });
    json!({
        "click": clicked,
        "ticked": right,
        "oit": print(would.oit.predicted),
        "plus": format!("+{}", Points(gained)),
        "low": print(would.oit.low),
        "high": print(would.oit.high),
        "ita": ita,
        "subs": would.sub_indicators.iter().map(|(id, points)| (id, print(*points))).collect::<BTreeMap<_, _>>(),
        "conditions": would.grade_conditions.iter().map(|one| one.met).collect::<Vec<_>>(),
        "tops": would.indicators.iter().map(|(id, points)| (id, print(*points))).collect::<BTreeMap<_, _>>(),
    })
}

/// The report with text that tries to run, to load and to break out, wherever a page has a say.
fn hostile((mut report, beside): (Report, Beside)) -> (Report, Beside) {
    let nasty = "</script><script>window.ran=1</script><img src=https://evil.example/x onerror=window.ran=2>\"'>]]>\
                 <svg onload=window.ran=3>\u{202e}\u{2028}\u{0}<style>*{display:none}</style>{{7*7}}";
    report.agency.name = format!("{nasty} หน่วยงาน");
    report.agency.file = nasty.into();
    report.tool_version = nasty.into();
    report.notes = vec![Text::new(nasty, nasty)];
    report.complete = false;
    for band in &mut report.rules.grades {
        band.grade_en = Some(nasty.to_owned());
    }
    for item in &mut report.items {
        item.name = format!("{} {nasty}", item.name);
        item.name_en = nasty.into();
        item.group = Text::new(nasty, nasty);
        item.standing.source = nasty.into();
        for reason in &mut item.reasons {
            (reason.message, reason.message_en) = (nasty.to_owned(), format!("{nasty} x"));
            reason.evidence = Some(nasty.to_owned());
        }
        for (n, link) in item.urls.iter_mut().chain(&mut item.documents).enumerate() {
            link.title = Some(nasty.to_owned());
            link.outcome = nasty.into();
            link.kind = Some(nasty.to_owned());
            link.url = match n % 3 {
                0 => format!("javascript:window.ran=4//{nasty}"),
                1 => format!("https://evil.example/\" onmouseover=\"window.ran=5\" x=\"{nasty}"),
                _ => format!("data:text/html,{nasty}"),
            };
        }
    }
    for fix in &mut report.fixes {
        (fix.todo, fix.next_step) = (Text::new(nasty, nasty), Text::new(nasty, format!("{nasty} x")));
    }
    (report, beside)
}

#[test]
fn the_page_in_a_browser() {
    let Some(python) = tools::python("axe_playwright_python") else { return };
    let Some(chromium) = tools::program(&["chromium", "chromium-browser", "google-chrome"], "a Chromium browser")
    else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("html");
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, page: &str| fs::write(folder.join(name), page).unwrap();
    let (rich, beside) = rich();
    let least = with_least_scores(rich.clone(), true);
    let no_survey = with_least_scores(rich.clone(), false);
    write("real.html", &WRITTEN.page);
    write("few.html", &WRITTEN.few);
    write("rich.html", &page(&rich, Lang::Th, &beside));
    write("least.html", &page(&least, Lang::En, &Beside::default()));
    write("no_survey.html", &page(&no_survey, Lang::Th, &Beside::default()));
    let (nasty, nasty_beside) = hostile((least.clone(), beside));
    write("hostile.html", &page(&nasty, Lang::Th, &nasty_beside));
    let all: Vec<&str> = rich.fixes.iter().map(|fix| fix.item.as_str()).collect();
    let sets: [&[&str]; 7] = [&[], &["O43"], &["O42"], &["O5", "O9", "O11"], &["O8"], &["O25", "O8", "O17"], &all];
    let what_if = |report: &Report| -> Vec<Value> {
        let known = |item: &&str| report.fixes.iter().any(|fix| fix.item.as_str() == *item);
        sets.iter().map(|set| expected(report, &set.iter().copied().filter(known).collect::<Vec<_>>())).collect()
    };
    let count = |verdict: Verdict| rich.items.iter().filter(|item| item.verdict == verdict).count();
    let cases = json!({
        "what_if": {
            "real": what_if(&WRITTEN.report), "rich": what_if(&rich), "least": what_if(&least), "no_survey": what_if(&no_survey),
        },
        // Searches that find the same: what the page holds, and what a reader may type.
        "alike": [
            ["2563", "๒๕๖๓"], ["social network", "Social NETWORK"], ["อำนาจ", "อ\u{e4d}านาจ"], ["แผน", "เเผน"],
        ],
        "path": rich.path.as_ref().map(|path| &path.items),
        "counts": {
            "all": rich.items.len(), "fail": count(Verdict::Fail), "review": count(Verdict::Review),
            "advice": count(Verdict::Advice), "pass": count(Verdict::Pass),
        },
    });
    write("cases.json", &cases.to_string());
    let said = tools::script(&python, "html.py", &[folder.to_str().unwrap(), chromium.to_str().unwrap()]);
    assert!(said.trim_end().ends_with("looked at everything"), "{said}");
}

#[test]
fn a_page_is_small_enough_to_send_by_mail() {
    let (report, beside) = rich();
    assert!(WRITTEN.page.len() < 400_000, "{}", WRITTEN.page.len());
    // Every item with a picture.
    let page = page(&report, Lang::Th, &beside);
    assert!(page.len() < 2_000_000, "{}", page.len());
}
