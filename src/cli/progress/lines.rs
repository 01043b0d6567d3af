//! The lines of progress on a terminal. indicatif fills each line with spaces up to the edge and lets the terminal go on in the
//! next one; that leaves litter where a terminal takes Thai for wider or narrower than it is thought to be, and where it shows
//! `^C` behind the last line. Here a line ends where its text does.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::TermLike;

use crate::cli::terminal;

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    text: String,
    /// A line has ended, and another may follow.
    ended: bool,
}

impl Lines {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn control(&self, count: usize, letter: char) {
        let mut waiting = self.waiting();
        waiting.ended = false;
        if count > 0 {
            let _written = write!(waiting.text, "\u{1b}[{count}{letter}");
        }
    }
}

impl TermLike for Lines {
    fn width(&self) -> u16 {
        u16::try_from(terminal::width_err()).unwrap_or(u16::MAX)
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.control(n, 'A');
        Ok(())
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.control(n, 'B');
        Ok(())
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.control(n, 'C');
        Ok(())
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.control(n, 'D');
        Ok(())
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.write_str(text)?;
        let mut waiting = self.waiting();
        waiting.ended = false;
        waiting.text.push_str("\r\n");
        Ok(())
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        let mut waiting = self.waiting();
        if !text.is_empty() && text.trim_matches(' ').is_empty() {
            waiting.ended = true;
        } else if !text.is_empty() {
            if std::mem::take(&mut waiting.ended) {
                waiting.text.push_str("\r\n");
            }
            waiting.text.push_str(text);
        }
        Ok(())
    }

    fn clear_line(&self) -> io::Result<()> {
        let mut waiting = self.waiting();
        waiting.ended = false;
        waiting.text.push_str("\r\u{1b}[2K");
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        let text = {
            let mut waiting = self.waiting();
            waiting.ended = false;
            std::mem::take(&mut waiting.text)
        };
        let mut out = io::stderr().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }
}
