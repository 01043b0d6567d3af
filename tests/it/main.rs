//! All integration tests, in one binary.

mod fetch;
mod fetch_pace;
mod fetch_redirect;
mod fetch_tls;
mod support;
