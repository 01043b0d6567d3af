//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "tests")]

mod architecture;
mod archive;
mod as_a_browser;
mod backtest;
mod bad_input;
mod baseline;
mod catalogues;
mod certificates;
mod ci;
mod ci_failures;
mod ci_readers;
mod contract;
mod documents;
mod doubt;
mod fetch;
mod fetch_bounds;
mod fetch_chain;
#[cfg(feature = "legacy-tls")]
mod fetch_legacy;
mod fetch_pace;
mod fetch_polite;
mod fetch_redirect;
mod fetch_tls;
mod guidance;
mod hostile;
mod html;
mod httpbin;
mod memo;
mod misbehaviour;
mod nang_rong;
mod natures;
mod network;
mod outputs;
mod patience;
mod read;
mod render;
mod reviewed;
mod sheets;
mod support;
mod terminal;
mod viewers;
mod way;
