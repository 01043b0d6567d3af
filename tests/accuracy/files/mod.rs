//! Content as the documents that agencies upload.

pub(crate) mod docx;
pub(crate) mod pdf;
