//! The demonstration: a small agency's website is served on loopback and audited by the ordinary program. The agency is
//! the one whose official result of fiscal year 2563 was published; the site has the faults that the result records.

#![allow(clippy::print_stderr, reason = "an example speaks to whoever runs it")]

mod site;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    // The program starts itself to read documents.
    let asked: Vec<String> = std::env::args().collect();
    if oit_audit::cli::is_reader(&asked[1..]) {
        return oit_audit::cli::run(asked).into();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/nang-rong");
    let address = match site::Site::read(&folder.join("site")).and_then(|site| site::serve(Arc::new(site))) {
        Ok(address) => address,
        Err(error) => {
            eprintln!("the example site in {} cannot be served: {error}", folder.display());
            return ExitCode::FAILURE;
        }
    };
    let agency_file = folder.join("agency.yaml").display().to_string();
    let resolve = format!("--resolve=www.nangrong.go.th={address}");
    let mut words = vec!["oit-audit".to_owned(), "check".to_owned(), agency_file, resolve, "--rate=500".to_owned()];
    words.extend(std::env::args().skip(1));
    oit_audit::cli::run(words).into()
}
