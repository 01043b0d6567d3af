//! tesseract, found on the machine and run as a process of its own, within a time and a size.

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::extract::picture::Gray;

/// The program's names: on the search path, and where its Windows installer puts it without adding that to the path.
const PROGRAMS: &[&str] = &["tesseract", r"C:\Program Files\Tesseract-OCR\tesseract.exe"];

/// How long the program may take to say which languages it has.
const ASKING: Duration = Duration::from_secs(10);

/// The resolution that tesseract is told: pages are scaled to letters of the height that print has at this one or more.
const DPI: &str = "300";

/// Bytes of output that are read; a page of 4,000 characters has some 400 KB.
const MAX_OUTPUT: u64 = 16 * 1024 * 1024;

/// An OCR engine that is ready for use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine {
    program: &'static str,
    path: OsString,
    /// As its option `-l` wants them, such as `tha+eng`.
    languages: &'static str,
}

/// Why there is no OCR engine on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// There is no tesseract on the search path, or it does not run.
    #[error("tesseract is not installed; {}", how_to_install())]
    Program,
    /// tesseract runs, but has no data for Thai.
    #[error("tesseract is installed without its data for Thai (tha.traineddata); {}", how_to_install())]
    Thai,
}

/// How tesseract and its Thai data are installed on the usual systems, in a few words for whoever runs the program.
pub fn how_to_install() -> &'static str {
    if cfg!(windows) {
        "install it from https://github.com/UB-Mannheim/tesseract/wiki with the additional language data for Thai"
    } else if cfg!(target_os = "macos") {
        "install both with: brew install tesseract tesseract-lang"
    } else {
        "install both with: apt-get install tesseract-ocr tesseract-ocr-tha"
    }
}

/// Why a picture was not recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OcrError {
    /// The time was up; the process was stopped.
    #[error("the time for recognition was up")]
    Time,
    /// tesseract could not be started, failed, or said something that is no hOCR.
    #[error("tesseract failed")]
    Failed,
}

impl Engine {
    /// The engine of this machine. `path` is the value of the environment variable `PATH`; the process gets it too.
    pub fn find(path: Option<&OsStr>) -> Result<Self, Missing> {
        let path = path.ok_or(Missing::Program)?;
        let mut missing = Missing::Program;
        for &program in PROGRAMS.iter().take(if cfg!(windows) { 2 } else { 1 }) {
            let mut ask = Command::new(program);
            ask.arg("--list-langs").env("PATH", path);
            // Releases before 5 write the list to the other stream, so a success without a list is asked no further.
            let Ok(said) = run(ask, Vec::new(), ASKING) else { continue };
            let has = |language: &str| said.lines().any(|line| line.trim() == language);
            if has("tha") {
                let languages = if has("eng") { "tha+eng" } else { "tha" };
                return Ok(Self { program, path: path.to_owned(), languages });
            }
            missing = Missing::Thai;
        }
        Err(missing)
    }

    /// What tesseract sees in a picture, as hOCR with a place for every character.
    pub(super) fn hocr(&self, picture: &Gray, limit: Duration) -> Result<String, OcrError> {
        let mut command = Command::new(self.program);
        command
            .args(["stdin", "stdout", "-l", self.languages, "--dpi", DPI])
            .args(["-c", "tessedit_create_hocr=1", "-c", "hocr_char_boxes=1"])
            .env("PATH", &self.path)
            // Pages are read side by side; threads within a page cost more than they bring.
            .env("OMP_THREAD_LIMIT", "1");
        let mut input = format!("P5 {} {} 255\n", picture.width, picture.height).into_bytes();
        input.extend_from_slice(&picture.pixels);
        run(command, input, limit)
    }
}

/// Kills the process that it holds, and waits for its end, when it goes out of scope.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a command writes to its standard output when it is given this input.
fn run(mut command: Command, input: Vec<u8>, limit: Duration) -> Result<String, OcrError> {
    let until = Instant::now() + limit;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running(command.spawn().map_err(|_| OcrError::Failed)?);
    let (stdin, stdout) = (running.0.stdin.take(), running.0.stdout.take());
    let (mut stdin, stdout) = stdin.zip(stdout).ok_or(OcrError::Failed)?;
    // The pipes are worked by threads of their own: each ends when the process does.
    thread::spawn(move || stdin.write_all(&input));
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut output = Vec::new();
        let read = stdout.take(MAX_OUTPUT).read_to_end(&mut output);
        // Nobody listens any more when the time is up.
        let _ = sender.send(read.map(|_| output));
    });
    let output = receiver.recv_timeout(limit).map_err(|_| OcrError::Time)?.map_err(|_| OcrError::Failed)?;
    if output.len() as u64 == MAX_OUTPUT {
        return Err(OcrError::Failed);
    }
    // Its output is closed; it ends soon or never.
    loop {
        match running.0.try_wait() {
            Ok(Some(status)) if status.success() => break,
            Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(2)),
            Ok(None) => return Err(OcrError::Time),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            _ => return Err(OcrError::Failed),
        }
    }
    String::from_utf8(output).map_err(|_| OcrError::Failed)
}
