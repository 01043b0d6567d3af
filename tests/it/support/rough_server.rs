//! A server on loopback that misbehaves as told: each request is answered by raw bytes, pauses, cuts.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One thing that the server does in answer to a request; after the last one it closes the connection.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Does nothing for a while.
    Wait(Duration),
    /// Sends the same bytes again and again, with pauses, until the client goes away.
    Drip(Vec<u8>, Duration),
    /// Closes the connection by RST.
    Reset,
    /// Closes the TCP connection, and a TLS one without `close_notify`.
    Cut,
}

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// When it had arrived.
    pub(crate) at: Instant,
    /// The request's target: path and query.
    pub(crate) target: String,
    /// The whole head, as it came.
    pub(crate) head: String,
    /// Requests for the same target before this one.
    pub(crate) earlier: usize,
    /// Requests that were being answered when it came, itself included; one is not once its last step begins.
    pub(crate) in_flight: usize,
}

impl Seen {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

type Route = dyn Fn(&Seen) -> Vec<Step> + Send + Sync;

/// The server; it stops when dropped.
pub(crate) struct RoughServer {
    pub(crate) address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    route: Box<Route>,
    seen: Mutex<Vec<Seen>>,
    in_flight: Mutex<usize>,
}

impl RoughServer {
    /// A plain HTTP server.
    pub(crate) async fn start(route: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::listen(None, route).await
    }

    /// An HTTPS server.
    pub(crate) async fn start_tls(
        config: ServerConfig,
        route: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        Self::listen(Some(TlsAcceptor::from(Arc::new(config))), route).await
    }

    async fn listen(tls: Option<TlsAcceptor>, route: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State { route: Box::new(route), seen: Mutex::default(), in_flight: Mutex::default() });
        let for_task = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, tls.clone(), Arc::clone(&for_task)));
            }
        });
        Self { address, state, task }
    }

    /// The URL of a path, by the server's address.
    pub(crate) fn url(&self, path: &str) -> url::Url {
        url::Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().unwrap().clone()
    }
}

impl Drop for RoughServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, state: Arc<State>) {
    let Some(tls) = tls else {
        if let Some((stream, Some(Step::Reset))) = serve(stream, &state).await {
            // Data that were never read make the kernel say RST; zero linger does so in any case.
            let _ = stream.set_zero_linger();
        }
        return;
    };
    let Ok(stream) = tls.accept(stream).await else { return };
    let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    if h2 {
        let _ = serve_h2(stream, &state).await;
    } else if let Some((mut stream, end)) = serve(stream, &state).await
        && end.is_none()
    {
        let _ = stream.shutdown().await;
    }
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Serves one request; hands the stream back with the step that ends it, if one does.
async fn serve<S: Stream>(mut stream: S, state: &State) -> Option<(S, Option<Step>)> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        head.extend_from_slice(&buffer[..read]);
    }
    let mut steps = state.arrived(String::from_utf8_lossy(&head).into_owned());
    // The client may go on as soon as it has the last step's bytes, so by then the request must no longer count.
    let last = steps.pop();
    let mut end = perform(&mut stream, steps).await;
    *state.in_flight.lock().unwrap() -= 1;
    if end.is_none() {
        end = perform(&mut stream, last.into_iter().collect()).await;
    }
    Some((stream, end))
}

async fn perform(stream: &mut impl Stream, steps: Vec<Step>) -> Option<Step> {
    for step in steps {
        match step {
            // The client may have gone away, which is its right.
            Step::Send(bytes) => send(stream, &bytes).await.ok()?,
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Drip(bytes, pause) => loop {
                send(stream, &bytes).await.ok()?;
                tokio::time::sleep(pause).await;
            },
            end @ (Step::Reset | Step::Cut) => return Some(end),
        }
    }
    None
}

async fn send(stream: &mut impl Stream, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

impl State {
    fn arrived(&self, head: String) -> Vec<Step> {
        let in_flight = {
            let mut in_flight = self.in_flight.lock().unwrap();
            *in_flight += 1;
            *in_flight
        };
        let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut seen = self.seen.lock().unwrap();
        let earlier = seen.iter().filter(|before| before.target == target).count();
        let now = Seen { at: Instant::now(), target, head, earlier, in_flight };
        seen.push(now.clone());
        (self.route)(&now)
    }
}

/// As much of HTTP/2 as one GET needs: every request is answered 200 with the body `h2`.
fn serve_h2<'a>(
    mut stream: impl Stream + 'a,
    state: &'a State,
) -> Pin<Box<dyn Future<Output = std::io::Result<()>> + Send + 'a>> {
    const SETTINGS: u8 = 4;
    const HEADERS: u8 = 1;
    fn frame(kind: u8, flags: u8, id: [u8; 4], payload: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, u8::try_from(payload.len()).unwrap(), kind, flags];
        bytes.extend_from_slice(&id);
        bytes.extend_from_slice(payload);
        bytes
    }
    Box::pin(async move {
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).await?;
        send(&mut stream, &frame(SETTINGS, 0, [0; 4], &[])).await?;
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).await?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; usize::try_from(length).unwrap()];
            stream.read_exact(&mut payload).await?;
            let id = [head[5], head[6], head[7], head[8]];
            match (head[3], head[4] & 1) {
                (SETTINGS, 0) => send(&mut stream, &frame(SETTINGS, 1, [0; 4], &[])).await?,
                (HEADERS, _) => {
                    state.arrived("GET (HTTP/2)".to_owned());
                    *state.in_flight.lock().unwrap() -= 1;
                    // 0x88 is `:status: 200` in the static table of HPACK.
                    let mut answer = frame(HEADERS, 4, id, &[0x88]);
                    answer.extend(frame(0, 1, id, b"h2"));
                    send(&mut stream, &answer).await?;
                }
                _ => {}
            }
        }
    })
}

/// The steps that send an answer with a body of known length.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let mut bytes = head(status, &format!("Content-Length: {}\r\n{headers}", body.len()));
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

/// The head of an answer; each header ends in CR LF.
pub(crate) fn head(status: u16, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

/// A redirect to a location given as raw bytes.
pub(crate) fn redirect(status: u16, location: impl AsRef<[u8]>) -> Vec<Step> {
    let mut bytes =
        format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\nContent-Length: 0\r\nLocation: ").into_bytes();
    bytes.extend_from_slice(location.as_ref());
    bytes.extend_from_slice(b"\r\n\r\n");
    vec![Step::Send(bytes)]
}
