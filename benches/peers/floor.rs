//! The floor of the comparison with peers: bare reqwest, and one `scraper` parse of each page. `peers.py` runs it:
//! `floor URLS IN_FLIGHT [--bytes] [--ca FILE]`; with `--bytes` the pages are read but not parsed.

#![allow(clippy::print_stdout, reason = "a benchmark")]

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [urls, in_flight, options @ ..] = args.as_slice() else { return Ok(()) };
    let Ok(in_flight) = in_flight.parse::<usize>() else { return Ok(()) };
    let parse = !options.iter().any(|option| option == "--bytes");
    let ca = options.iter().position(|option| option == "--ca").and_then(|at| options.get(at + 1));
    let roots = ca.map(|file| reqwest::Certificate::from_pem(&std::fs::read(file)?).map_err(Failure::from));
    let _installed = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().tls_certs_only(roots.transpose()?).build()?;
    let text = std::fs::read_to_string(urls)?;
    let urls: Arc<Vec<String>> = Arc::new(text.lines().map(str::to_owned).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..in_flight {
        let (client, urls, next) = (client.clone(), Arc::clone(&urls), Arc::clone(&next));
        tasks.spawn(async move {
            let (mut count, mut bytes) = (0, 0);
            while let Some(url) = urls.get(next.fetch_add(1, Ordering::Relaxed)) {
                let page = client.get(url).send().await?.error_for_status()?.bytes().await?;
                if parse {
                    black_box(scraper::Html::parse_document(&String::from_utf8_lossy(&page)));
                }
                count += 1;
                bytes += page.len();
            }
            Ok::<_, Failure>((count, bytes))
        });
    }
    let (mut count, mut bytes) = (0, 0);
    for done in tasks.join_all().await {
        let (pages, length) = done?;
        count += pages;
        bytes += length;
    }
    println!("{count} pages, {bytes} bytes");
    Ok(())
}
