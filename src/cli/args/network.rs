//! The words of commands that reach the network.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, ValueHint};

use super::number_in;
use crate::model::Connect;

/// How to reach the network; each wins over `crawl` in the agency file.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Network")]
pub(in crate::cli) struct NetworkArgs {
    /// Connect there for HOST instead, such as a preview server; allowed even if the address is private; with http:// before
    /// ADDR, links that say https are opened there without TLS; repeatable
    #[arg(long, value_name = "HOST=[http://]ADDR:PORT")]
    pub(in crate::cli) resolve: Vec<ResolveArg>,
    /// Open loopback, private and link-local addresses too
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
    /// Trust the root certificates in FILE too (PEM, DER or PKCS #7), beside those that browsers trust; repeatable
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) extra_ca: Vec<PathBuf>,
    /// Requests per second to one domain (for a server of your own: 1000000 is as good as no limit)
    #[arg(long, value_name = "N", value_parser = rate)]
    pub(in crate::cli) rate: Option<f64>,
    /// Requests in flight, all hosts together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(in crate::cli) concurrency: Option<u16>,
    /// The browser (of the Chromium family) for pages that are empty without one [default: the first on PATH]
    #[arg(long, value_name = "PROGRAM", value_hint = ValueHint::CommandName)]
    pub(in crate::cli) browser: Option<PathBuf>,
    /// Open the submitted links only, neither what they lead to nor the ways to them
    #[arg(long)]
    pub(in crate::cli) no_follow: bool,
}

/// A host and where to connect for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct ResolveArg {
    pub(in crate::cli) host: String,
    pub(in crate::cli) to: Connect,
}

impl FromStr for ResolveArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (host, address) =
            text.split_once('=').ok_or("write HOST=ADDR:PORT, such as www.example.go.th=127.0.0.1:8080")?;
        let bare = address.strip_prefix("http://").map(|rest| rest.trim_end_matches('/'));
        let to: SocketAddr = bare
            .unwrap_or(address)
            .parse()
            .map_err(|_| format!("`{address}` is not ADDR:PORT, such as 127.0.0.1:8080"))?;
        let to = Connect { to, plain: bare.is_some() };
        let host = url::Host::parse(host).map_err(|_| format!("`{host}` is not a host name"))?;
        Ok(Self { host: host.to_string(), to })
    }
}

fn rate(text: &str) -> Result<f64, String> {
    number_in(text, 0.01, 1e9)
}

#[cfg(test)]
mod tests {
    use super::ResolveArg;

    #[test]
    fn resolves() {
        assert_eq!("WWW.กรม.ไทย=[::1]:80".parse::<ResolveArg>().unwrap().host, "www.xn--12c8df.xn--o3cw4h");
        let plain = |text: &str| text.parse::<ResolveArg>().unwrap().to;
        assert!(plain("a.go.th=http://127.0.0.1:80/").plain && !plain("a.go.th=127.0.0.1:80").plain);
        for wrong in [
            "x.go.th=https://127.0.0.1:80",
            "www.x.go.th",
            "www.x.go.th=127.0.0.1",
            "a/b=127.0.0.1:80",
            "x:80=127.0.0.1:80",
        ] {
            assert!(wrong.parse::<ResolveArg>().is_err(), "{wrong}");
        }
    }
}
