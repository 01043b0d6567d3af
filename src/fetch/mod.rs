//! Floor 2: opens URLs, politely and within bounds, and says what came of it. The only module that talks to the
//! network.
//!
//! [`Pool::open`] is the way in. A URL is opened hop by hop: each hop asks the site's leave if nobody submitted the URL
//! (`robots`) and is one exchange (`exchange`), which waits for its domain's turn (`pace`) and for as long as the host wants
//! (`host`), may connect only to where the outside world could (`guard`), trusts whom browsers trust (`tls`), and ends as an
//! answer or as a classified failure (`classify`). Exchanges can be kept and had again without a network (`archive`).
//! Pages that are empty without a browser are built in one, which gets everything from here ([`Renderer`]).

mod archive;
mod body;
mod budget;
mod challenge;
mod classify;
mod client;
mod contain;
mod exchange;
mod guard;
mod host;
mod pace;
mod pool;
mod redirect;
mod refresh;
mod render;
mod request;
mod retry;
mod robots;
mod tls;

pub use archive::{Archive, ArchiveError, Beginning, Ending, Medium, Recorder};
pub use body::Share;
pub use budget::Budget;
pub use exchange::Source;
pub use pool::{Opened, Pool, PoolError, Purpose};
pub use render::{Browser, RenderError, Rendered, Renderer, Work};
pub use tls::{NoRoot, Trust};
