//! The reports for builds, read by programs that nobody here wrote; with text of pages that would be more than text.

use std::path::Path;

use serde_json::Value;

use crate::support::program::{Desk, oit};
use crate::support::tools;
use crate::support::website::{HEAD, HOST, Website, page};

/// What programs that nobody here wrote understand of the reports of `agency.yaml` in a folder.
pub(crate) fn read_by_others(folder: &Path) -> Option<Value> {
    let needed = ["cmarkgfm", "junitparser", "sarif", "lxml"];
    let python = needed.iter().map(|module| tools::python(module)).collect::<Option<Vec<_>>>()?;
    let files =
        ["md", "junit.xml", "sarif"].map(|extension| folder.join(format!("agency.{extension}")).display().to_string());
    let read = tools::script(&python[0], "ci_reports.py", &files.each_ref().map(String::as_str));
    Some(serde_json::from_str(&read).unwrap())
}

/// A rendered page has no elements but ours, whole tables, and links only where it says so.
pub(crate) fn is_what_we_meant(markdown: &Value) {
    let known = [
        "a",
        "br",
        "details",
        "div",
        "h2",
        "h3",
        "li",
        "p",
        "strong",
        "sub",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "blockquote",
    ];
    let elements: Vec<&str> =
        markdown["elements"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    assert!(elements.iter().all(|tag| known.contains(tag)), "{elements:?}");
    for table in markdown["tables"].as_array().unwrap() {
        let columns = table.as_array().unwrap();
        assert!(columns.len() > 1 && columns.iter().all(|count| *count == columns[0]), "{table}");
    }
    for link in markdown["links"].as_array().unwrap() {
        let (to, shown) = (link[0].as_str().unwrap(), link[1].as_str().unwrap());
        assert!(to.starts_with("http") && shown.contains("//"), "{link}");
        assert!(!shown.contains('\u{200b}'), "a copy of it would not open: {link}");
    }
    assert_eq!(markdown["mentions"], serde_json::json!([]));
}

#[test]
fn hostile_pages_and_files_stay_text_where_others_render_them() {
    let nasty = "<img src=//evil.example/p.png>![x](//evil.example/q) @nacc #1 GH-2 |a|b| `c` www.evil.example https://evil.example \
                 a@evil.example [d](javascript:1) --><script>1</script> ]]></failure><testcase/> $x$ :bomb:";
    let title = nasty.replace('<', "&lt;");
    let answer = Website::new([
        ("/", page("หน้าแรก", "อบต.ตัวอย่าง")),
        ("/o1", page(&title, &format!("<h1>{title}</h1><p>ไม่พบหน้าที่คุณต้องการ 404 {title}</p>"))),
    ]);
    let desk = Desk::new();
    let head = HEAD.replacen("อบต.ตัวอย่าง", &format!("'{nasty}'"), 1);
    let items = format!(
        "  O1: http://{HOST}/o1\n  O2: 'javascript:<b>@nacc|#1'\n  O3: \"http://{HOST}/o1?a=`b`|<i>@nacc&c=#1\"\n"
    );
    let file = desk.put("agency.yaml", format!("{head}{items}"));
    let folder = desk.path("out");
    let ran = oit(answer.words(&file, &["--only=O1,O2,O3", "--output-dir", folder.to_str().unwrap()]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.err);
    let Some(read) = read_by_others(&folder) else { return };
    is_what_we_meant(&read["markdown"]);
    assert!(read["markdown"]["text"].as_str().unwrap().contains("<img src=//evil.example/p.png>"), "{read}");
    assert_eq!(read["junit"].as_array().unwrap().len(), 3, "{read}");
    assert!(!read["sarif"].as_array().unwrap().is_empty());
}
