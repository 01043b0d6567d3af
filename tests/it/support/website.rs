//! A small agency's website on loopback, for runs of the whole program.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::net::SocketAddr;

use tokio::runtime::Runtime;

use super::program::{Desk, Ran, oit};
use super::rough_server::{RoughServer, Seen, Step, answer};

/// The host of the agency's website.
pub(crate) const HOST: &str = "www.example.go.th";

/// What an agency file begins with, up to and including `items:`. How pages are reached from the home page is left to the
/// tests that are about that.
pub(crate) const HEAD: &str = "agency: อบต.ตัวอย่าง
website: http://www.example.go.th/
fiscal_year: 2563
crawl: {retries: 0, timeout: 5s, explore: 0}
items:
";

/// A website; it is gone when dropped.
pub(crate) struct Website {
    server: RoughServer,
    runtime: Runtime,
}

impl Website {
    /// Serves these paths; every other is answered with 404.
    pub(crate) fn new(pages: impl IntoIterator<Item = (&'static str, Vec<Step>)>) -> Self {
        Self::with_rest(pages, answer(404, "", "none"))
    }

    /// Serves these paths, and the same for every other.
    pub(crate) fn with_rest(pages: impl IntoIterator<Item = (&'static str, Vec<Step>)>, rest: Vec<Step>) -> Self {
        let pages: BTreeMap<&str, Vec<Step>> = pages.into_iter().collect();
        Self::by(move |seen| pages.get(seen.target.as_str()).cloned().unwrap_or_else(|| rest.clone()))
    }

    /// Answers each request as a rule says.
    pub(crate) fn by(rule: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(RoughServer::start(rule));
        Self { server, runtime }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// What it was asked for, in the order of asking.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.server.seen().into_iter().map(|seen| seen.target).collect()
    }

    /// Lets a task run beside the server.
    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The words of `check` for an agency file, with the website at its address and no waiting.
    pub(crate) fn words(&self, file: &str, more: &[&str]) -> Vec<String> {
        let resolve = format!("--resolve={HOST}={}", self.address());
        let words = ["check", file, &resolve, "--rate=1000", "--format=json"];
        words.iter().chain(more).map(|word| (*word).to_owned()).collect()
    }

    /// Checks an agency file with these lines under `items:`.
    pub(crate) fn check(&self, items: &str, more: &[&str]) -> Ran {
        let desk = Desk::new();
        let file = desk.put("agency.yaml", format!("{HEAD}{items}"));
        oit(self.words(&file, more))
    }
}

/// A page with a menu that all pages share and content of its own.
pub(crate) fn page(title: &str, own: &str) -> Vec<Step> {
    answer(200, "Content-Type: text/html; charset=utf-8\r\n", html(title, own))
}

/// The markup of such a page.
pub(crate) fn html(title: &str, own: &str) -> String {
    format!(
        "<!doctype html><html lang=th><head><title>{title}</title></head><body>\
         <ul><li><a href=/>หน้าแรก</a></li><li><a href=/o1>โครงสร้าง</a></li><li><a href=/o5>ติดต่อเรา</a></li></ul>\
         <div>{own}</div><div>อบต.ตัวอย่าง พ.ศ. 2563 โทร. 0 4400 0000</div></body></html>"
    )
}

/// The content of a page that shows all that the structure of an agency must.
pub(crate) const STRUCTURE: &str = "<h1>โครงสร้างส่วนราชการ</h1><p>นายกองค์การบริหารส่วนตำบล เป็นผู้บริหารสูงสุด \
ปลัดองค์การบริหารส่วนตำบล บังคับบัญชา สำนักปลัด กองคลัง กองช่าง และกองการศึกษา ตามแผนภูมิการแบ่งส่วนราชการ</p>";
