//! Errors in words, with what to do next.

use std::io::{self, ErrorKind};

/// An error with all that led to it, on one line; where the system refused something, with what to do about that.
pub(super) fn said(error: &anyhow::Error) -> String {
    let cause = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    match cause.and_then(|cause| advice(cause.kind())) {
        Some(advice) => format!("{error:#}; {advice}"),
        None => format!("{error:#}"),
    }
}

fn advice(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "check the name, and that its folder exists",
        ErrorKind::PermissionDenied => "have its rights changed, or name another place",
        ErrorKind::AlreadyExists => "name another file, or move that one away",
        ErrorKind::IsADirectory => "that is a folder; name a file in it",
        ErrorKind::NotADirectory => "a part of that path is a file and not a folder; check the path",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk, or name a place on another",
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there; name another place",
        ErrorKind::InvalidFilename => "the name is too long or not allowed; name it otherwise",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use anyhow::Context;

    use super::said;

    #[test]
    fn what_the_system_refuses_comes_with_what_to_do() {
        let refused =
            |kind: ErrorKind| Err::<(), _>(Error::from(kind)).context("cannot write report.json").unwrap_err();
        for (kind, to_do) in [
            (ErrorKind::NotFound, "check the name"),
            (ErrorKind::PermissionDenied, "another place"),
            (ErrorKind::StorageFull, "make room"),
        ] {
            let text = said(&refused(kind));
            assert!(text.starts_with("cannot write report.json: ") && text.contains(to_do), "{text}");
        }
        assert_eq!(said(&anyhow::anyhow!("plain")), "plain");
    }
}
