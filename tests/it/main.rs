//! All integration tests, in one binary.

mod fetch;
mod fetch_tls;
mod support;
