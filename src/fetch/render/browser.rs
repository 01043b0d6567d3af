//! Finds a browser of the Chromium family and runs one, so that it leaves nothing behind however this program ends.
//!
//! The browser is spoken to over a pair of pipes (`--remote-debugging-pipe`) rather than over a port: nobody else on the
//! machine can steer it, and it ends by itself when this program does, even by a kill that cannot be caught. A shell
//! stands between the two: it puts the pipes where the browser wants them, limits its memory, and removes its profile
//! when it has ended.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};

use super::RenderError;

/// What browsers of the Chromium family are called, the smallest first.
#[cfg(unix)]
const NAMES: &[&str] = &[
    "headless_shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "microsoft-edge-stable",
];

/// KiB of memory that one process of the browser may allocate (`RLIMIT_DATA`): a page of 10 GB costs its own tab.
const MOST_MEMORY: &str = "2097152";

/// How long the browser may take to end before it is killed.
const FAREWELL: Duration = Duration::from_secs(3);

/// Puts the pipes where the browser looks for them, limits each of its processes and removes its profile afterwards, even
/// where this program was killed. Without `exec`, so that there is somebody left to do the last.
const SHELL: &str = "profile=$1; shift; ulimit -c 0; ulimit -d \"$1\"; shift; \
                     \"$@\" 3<&0 4>&1 </dev/null >/dev/null; rm -rf -- \"$profile\"";

/// No network of its own, nothing in the background, nothing kept, nothing installed. All that a page asks for is
/// intercepted; what should slip through finds no name and no way out.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://0.0.0.0:1",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-notifications",
    "--block-new-web-contents",
    "--deny-permission-prompts",
    "--disable-hang-monitor",
    "--disable-prompt-on-repost",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // One process for all frames of a page, so that all their requests are intercepted in one place. The browser holds
    // nothing that one site could steal from another.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,\
     HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,InterestFeedContentSuggestions,AutofillServerCommunication,\
     LocalNetworkAccessChecks,BackForwardCache,Prerender2,SpareRendererForSitePerProcess",
    "--js-flags=--max-old-space-size=512",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--no-service-autorun",
    "--mute-audio",
    "--hide-scrollbars",
    "--password-store=basic",
    "--use-mock-keychain",
    "--lang=th",
    "--window-size=1280,1024",
];

/// A browser that is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    program: PathBuf,
    path: OsString,
}

impl Browser {
    /// The browser at a path of the user's.
    pub fn at(program: PathBuf, path: &OsStr) -> Self {
        Self { program, path: path.to_owned() }
    }

    /// The first browser of the Chromium family in the folders of `path`, which is written as the environment's `PATH`
    /// is. None is ever found on systems other than Unix's: the pipes that it is steered by cannot be had there.
    #[cfg(unix)]
    pub fn find(path: &OsStr) -> Option<Self> {
        use std::os::unix::ffi::OsStrExt as _;
        let folders = || path.as_bytes().split(|byte| *byte == b':').filter(|folder| folder.starts_with(b"/"));
        let programs =
            NAMES.iter().flat_map(|name| folders().map(move |at| Path::new(OsStr::from_bytes(at)).join(name)));
        programs.into_iter().find(|program| is_executable(program)).map(|program| Self::at(program, path))
    }

    #[cfg(not(unix))]
    pub fn find(_path: &OsStr) -> Option<Self> {
        None
    }
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    program.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

/// A browser that runs. Dropping it kills it and removes its profile.
pub(super) struct Running {
    shell: Child,
    /// Removed when it is dropped; `None` only then.
    profile: Option<TempDir>,
}

/// The two ends of its pipes.
pub(super) struct Pipes {
    pub(super) to: ChildStdin,
    pub(super) from: ChildStdout,
    pub(super) said: ChildStderr,
}

impl Running {
    pub(super) fn start(browser: &Browser) -> Result<(Self, Pipes), RenderError> {
        let failed = |what: std::io::Error| RenderError::Start(what.to_string());
        let profile = tempfile::Builder::new().prefix("oit-audit-browser-").tempdir().map_err(failed)?;
        let at = profile.path();
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(SHELL).arg("sh").arg(at).arg(MOST_MEMORY).arg(&browser.program).args(ARGUMENTS);
        command.arg(user_data(at)).args(unsandboxed()).arg("about:blank");
        // Nothing of the user's: no proxy, no session bus, no home. What it leaves lying about goes with its profile.
        command.env_clear().env("PATH", &browser.path).env("LANG", "C.UTF-8");
        for folder in ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"] {
            command.env(folder, at);
        }
        command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A group of its own: Ctrl-C is for this program, and all of the browser's processes can be killed at once.
        #[cfg(unix)]
        command.process_group(0);
        let mut shell = command.spawn().map_err(failed)?;
        let pipes = match (shell.stdin.take(), shell.stdout.take(), shell.stderr.take()) {
            (Some(to), Some(from), Some(said)) => Ok(Pipes { to, from, said }),
            _ => Err(RenderError::Start("its pipes are missing".to_owned())),
        };
        Ok((Self { shell, profile: Some(profile) }, pipes?))
    }

    /// Waits for it to end, which it was asked to or which it does when its pipes are closed; kills it where it does not.
    pub(super) async fn ended(mut self) {
        drop(tokio::time::timeout(FAREWELL, self.shell.wait()).await);
    }

    fn kill(&mut self) {
        #[cfg(unix)]
        if let Some(group) =
            self.shell.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
        {
            // It fails where nobody is left in the group.
            let _none_left = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            // The leader is waited for below; its group is gone when no other is left in it.
            for _ in 0..100 {
                let leader_gone = self.shell.try_wait().is_ok_and(|status| status.is_some());
                if leader_gone && rustix::process::test_kill_process_group(group).is_err() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        let _already_dead = self.shell.start_kill();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
        drop(self.profile.take());
    }
}

fn user_data(profile: &Path) -> OsString {
    let mut argument = OsString::from("--user-data-dir=");
    argument.push(profile);
    argument
}

/// Chromium refuses to run as root with its sandbox, and containers run as root. Everybody else keeps the sandbox.
fn unsandboxed() -> Option<&'static str> {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root().then_some("--no-sandbox");
    #[cfg(not(unix))]
    None
}

#[cfg(all(test, unix))]
#[path = "browser_tests.rs"]
mod tests;
