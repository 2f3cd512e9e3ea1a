//! What is measured, over HTTP for Prometheus, at an address of its own: `/metrics`, `/healthz` and `/readyz`.
//!
//! There is no login: the address is for the operator's network alone.

use crate::handle::Handle;
use crate::hub::bus::Health;
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{sleep, timeout};

/// So many clients at once, each for one request; the next one takes the place of the oldest, who may never ask.
const CLIENTS: usize = 16;
/// Longest time for one of them.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait when the operating system has no file descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(100);
/// Longest head of a request.
const HEAD: usize = 8 * 1024;

const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Answers on `listener` what the server behind `handle` has counted, until it is dropped.
///
/// Spawn it beside [`Bound::serve`](crate::Bound::serve), and drop it only afterwards: `/readyz` answers 503 while the
/// server drains. By action there is something only when [`Config::measure`](crate::Config::measure) is set.
pub async fn serve(listener: TcpListener, handle: Handle) -> Infallible {
    // Not measured themselves: whoever asks is no client of the server.
    let mut tasks = JoinSet::new();
    let mut open = VecDeque::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                while tasks.try_join_next().is_some() {}
                open.retain(|task: &AbortHandle| !task.is_finished());
                if open.len() >= CLIENTS
                    && let Some(oldest) = open.pop_front()
                {
                    oldest.abort();
                }
                let handle = handle.clone();
                open.push_back(tasks.spawn(async move {
                    // Who is slow or speaks no HTTP is nobody to tell.
                    let _ = timeout(PATIENCE, answer(stream, &handle)).await;
                }));
            }
            Err(error) => {
                tracing::debug!(%error, "cannot accept a client of the metrics");
                sleep(EXHAUSTED).await;
            }
        }
    }
}

async fn answer(stream: TcpStream, handle: &Handle) -> hyper::Result<()> {
    let service = service_fn(async |request| Ok::<_, Infallible>(respond(&request, handle)));
    http1::Builder::new()
        .keep_alive(false)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await
}

fn respond(request: &Request<Incoming>, handle: &Handle) -> Response<String> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET\n");
        let allowed = HeaderValue::from_static("GET, HEAD");
        refused.headers_mut().insert(ALLOW, allowed);
        return refused;
    }
    match request.uri().path() {
        "/metrics" => plain(StatusCode::OK, handle.metrics()),
        "/healthz" => plain(StatusCode::OK, "ok\n"),
        "/readyz" if handle.is_draining() => plain(StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
        "/readyz" => plain(StatusCode::OK, ready(handle.link())),
        _ => plain(
            StatusCode::NOT_FOUND,
            "there are /metrics, /healthz and /readyz\n",
        ),
    }
}

/// A node whose link is down serves its own clients, so it is ready.
fn ready(link: Health) -> String {
    match link {
        Health::Solo => "ready\n".to_owned(),
        Health::Up { nodes: 1, .. } => "ready; linked to 1 other node\n".to_owned(),
        Health::Up { nodes, .. } => format!("ready; linked to {nodes} other nodes\n"),
        Health::Down { since, .. } => {
            let since = jiff::Timestamp::try_from(since).unwrap_or_default();
            format!("ready; no link to the other nodes since {since:.3}\n")
        }
    }
}

fn plain(status: StatusCode, body: impl Into<String>) -> Response<String> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let format = HeaderValue::from_static(FORMAT);
    response.headers_mut().insert(CONTENT_TYPE, format);
    response
}
