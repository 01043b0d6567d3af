//! Runs the program on a plan, as a user does.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;
use tokio::runtime::Runtime;

use crate::build::{Plan, build};
use crate::site::serve;

/// What the report says of an item.
pub(crate) struct Judged {
    pub(crate) verdict: String,
    /// Codes, messages and evidence, as one line.
    pub(crate) reasons: Vec<String>,
    /// The code of the first reason at the verdict's level.
    pub(crate) deciding: String,
    pub(crate) likely: u64,
}

impl Judged {
    pub(crate) fn passed(&self) -> bool {
        matches!(self.verdict.as_str(), "pass" | "advice")
    }
}

/// Builds, serves and audits a plan: the items by number.
pub(crate) fn run(runtime: &Runtime, plan: &Plan) -> BTreeMap<u8, Judged> {
    let built = build(plan);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agency.yaml");
    fs::write(&file, built.agency_file).unwrap();
    let (address, server) = serve(runtime, built.site);
    let mut command = Command::new(env!("CARGO_BIN_EXE_oit-audit"));
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.arg("check").arg(&file).args(["--rate=1000", "--format=json", "-q"]);
    for host in &built.hosts {
        command.arg(format!("--resolve={host}={address}"));
    }
    let output = command.output().unwrap();
    server.abort();
    let text = String::from_utf8_lossy(&output.stdout);
    let report: Value = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}: {:?}\n{}", plan.shape, String::from_utf8_lossy(&output.stderr)));
    let items = report["items"].as_array().unwrap();
    items.iter().map(|item| (number(item), judged(item))).collect()
}

fn number(item: &Value) -> u8 {
    item["id"].as_str().unwrap().trim_start_matches('O').parse().unwrap()
}

fn judged(item: &Value) -> Judged {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let verdict = text(&item["verdict"]);
    let all = item["reasons"].as_array().unwrap();
    let reasons = all.iter().map(|reason| {
        let evidence: String = text(&reason["evidence"]).chars().take(160).collect();
        format!("{} {}: {} «{evidence}»", text(&reason["level"]), text(&reason["code"]), text(&reason["message"]))
    });
    let deciding = all
        .iter()
        .find(|reason| text(&reason["level"]) == verdict)
        .map_or_else(|| "-".to_owned(), |reason| text(&reason["code"]));
    Judged { reasons: reasons.collect(), deciding, likely: item["likely_score"].as_u64().unwrap_or_default(), verdict }
}
