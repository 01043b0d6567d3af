//! Addresses as agencies link to them, and what they are of.

use url::Url;

use super::{BUILTIN, SOURCE, Targets, instead, is_book, is_egp, is_stored, is_viewer};

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

/// Where what a page shows is, and whether that is certain.
fn shown(text: &str) -> Option<(String, bool)> {
    instead(&url(text)).map(|instead| (instead.url.to_string(), instead.certain))
}

#[test]
fn the_data_are_sound() {
    let parsed = Targets::parse(SOURCE).unwrap();
    assert!(!parsed.viewers.is_empty() && !BUILTIN.files.is_empty());
    for store in parsed.files.iter().chain(&parsed.folders) {
        assert!(store.get.starts_with("//") && store.get.contains("{id}"), "{}", store.get);
        assert!(store.at.contains("{id}") != store.query.is_some(), "{}", store.at);
    }
}

#[test]
fn viewers_show_the_file_that_their_address_names() {
    for (viewer, file) in [
        ("http://a.go.th/pdfjs/web/viewer.html?file=../../files/plan2563.pdf", "http://a.go.th/files/plan2563.pdf"),
        (
            "http://a.go.th/web/viewer.html?file=%2Ffiles%2F%E0%B9%81%E0%B8%9C%E0%B8%99.pdf#page=2",
            "http://a.go.th/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf",
        ),
        ("http://a.go.th/web/viewer.html?file=/download.php?id=7", "http://a.go.th/download.php?id=7"),
        ("https://docs.google.com/viewer?url=http%3A%2F%2Fa.go.th%2Fx.doc&embedded=true", "http://a.go.th/x.doc"),
        ("https://docs.google.com/gview?embedded=true&url=http://a.go.th/x", "http://a.go.th/x"),
        ("https://view.officeapps.live.com/op/view.aspx?src=http://a.go.th/x.xlsx", "http://a.go.th/x.xlsx"),
        ("http://a.go.th/flowpaper/simple_document.php?doc=plan.pdf", "http://a.go.th/flowpaper/plan.pdf"),
    ] {
        assert_eq!(shown(viewer), Some((file.to_owned(), true)), "{viewer}");
        assert!(is_viewer(&url(viewer)));
    }
    assert_eq!(shown("http://a.go.th/show.php?f=files/x.pdf"), Some(("http://a.go.th/files/x.pdf".to_owned(), false)));
    for page in [
        "http://a.go.th/viewer.html",
        "http://a.go.th/viewer.html?page=2",
        "http://a.go.th/viewer.html?file=javascript:alert(1)",
        "http://a.go.th/viewer.html?file=file:///etc/passwd",
        "http://a.go.th/index.php?page=plan",
        "http://a.go.th/files/plan.pdf",
    ] {
        assert_eq!(shown(page), None, "{page}");
    }
}

#[test]
fn stores_give_the_file_behind_their_page() {
    let file = "https://drive.google.com/uc?export=download&id=1aB_c-9";
    for page in [
        "https://drive.google.com/file/d/1aB_c-9/view?usp=sharing",
        "https://drive.google.com/file/d/1aB_c-9/preview",
        "https://drive.google.com/file/u/0/d/1aB_c-9/view",
        "https://drive.google.com/a/nangrong.go.th/file/d/1aB_c-9/view",
        "https://drive.google.com/open?id=1aB_c-9",
        "https://docs.google.com/file/d/1aB_c-9/edit",
    ] {
        assert_eq!(shown(page), Some((file.to_owned(), true)), "{page}");
    }
    for (page, file) in [
        (
            "https://docs.google.com/document/d/1aB_c-9/edit#heading=x",
            "https://docs.google.com/document/d/1aB_c-9/export?format=docx",
        ),
        (
            "https://docs.google.com/spreadsheets/u/1/d/1aB_c-9/edit?gid=0",
            "https://docs.google.com/spreadsheets/d/1aB_c-9/export?format=xlsx",
        ),
        (
            "https://docs.google.com/presentation/d/1aB_c-9/edit",
            "https://docs.google.com/presentation/d/1aB_c-9/export/pptx",
        ),
    ] {
        assert_eq!(shown(page), Some((file.to_owned(), true)), "{page}");
    }
    for page in [
        "https://docs.google.com/document/d/e/2PACX-1vQ/pub",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml",
        "https://docs.google.com/document/d/1aB_c-9/pub",
        "https://docs.google.com/forms/d/1aB_c-9/viewform",
        "https://drive.google.com/uc?export=download&id=1aB_c-9",
        "https://drive.google.com/open?id=../../etc",
        "https://drive.google.com.evil.net/file/d/1aB_c-9/view",
        "https://sites.google.com/view/a-school/home",
    ] {
        assert_eq!(shown(page), None, "{page}");
    }
}

#[test]
fn a_folder_is_a_list_of_links() {
    for page in [
        "https://drive.google.com/drive/folders/1aB_c-9?usp=sharing",
        "https://drive.google.com/drive/u/0/folders/1aB_c-9",
        "https://drive.google.com/folderview?id=1aB_c-9",
    ] {
        let instead = instead(&url(page)).unwrap();
        assert!(instead.list && instead.certain && !is_viewer(&url(page)), "{page}");
        assert_eq!(instead.url.as_str(), "https://drive.google.com/embeddedfolderview?id=1aB_c-9");
    }
}

#[test]
fn hosts_are_told_with_their_subdomains() {
    assert!(is_book(&url("https://online.anyflip.com/abcd/efgh/mobile/index.html")));
    assert!(is_book(&url("https://issuu.com/obt/docs/plan")));
    assert!(!is_book(&url("https://notissuu.com/")));
    for link in [
        "http://process3.gprocurement.go.th/egp2procmainWeb/jsp/x.jsp",
        "https://www.gprocurement.go.th/",
        "https://process5.gprocurement.go.th/x",
    ] {
        assert!(is_egp(&url(link)), "{link}");
    }
    assert!(!is_egp(&url("http://egp.example.com/")));
    assert!(is_stored(&url("https://www.dropbox.com/s/1/x")));
    assert!(!is_stored(&url("https://docs.google.com/forms/d/1/viewform")));
}
