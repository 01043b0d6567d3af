//! What the integration tests share.

pub(crate) mod rough_server;
