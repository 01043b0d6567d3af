//! Floor 2: opens URLs, politely and within bounds, and says what came of it. The only module that talks to the
//! network.
//!
//! [`Pool::open`] is the way in. A URL is opened hop by hop: each hop is one exchange (`exchange`), which waits for its
//! domain's turn (`pace`), may connect only to where the outside world could (`guard`), trusts whom browsers trust (`tls`),
//! and ends as an answer or as a classified failure (`classify`). Exchanges can be kept and had again without a network
//! (`archive`).

mod archive;
mod body;
mod challenge;
mod classify;
mod client;
mod contain;
mod exchange;
mod guard;
mod pace;
mod pool;
mod redirect;
mod refresh;
mod request;
mod retry;
mod tls;

pub use archive::{Archive, ArchiveError, Beginning, Ending, Medium, Recorder};
pub use exchange::Source;
pub use pool::{Opened, Pool, PoolError};
pub use tls::{NoRoot, Trust};
