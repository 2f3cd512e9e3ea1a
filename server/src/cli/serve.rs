//! A server with these settings: binds it, tells where it listens, and serves until it is stopped.

use super::args::Serve;
use super::backplane::backplane;
use super::reload::Reload;
use super::run::Built;
use super::settings::Settings;
use super::start::Start;
use super::value::plain;
use crate::{ActionSet, Bound, Clients, Config, Handle, Listener, Server, Tls, TlsFiles};
use crate::{metrics, shutdown};
use actionline_specs::wire::ADDRESS;
use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

/// Serves what was asked for; `start` is what that came to.
pub(super) async fn serve<R: Built>(
    set: &'static ActionSet,
    asked: Serve,
    start: &Start,
    build: impl AsyncFnOnce(Server, &Config) -> R,
) -> Result<(), String> {
    let settings = &start.resolved.settings;
    // Whoever asks it to read its files anew while it starts must not end it.
    let hangups = shutdown::Hangups::listen();
    let hangups = hangups.map_err(|error| format!("cannot start: {}", plain(&error)))?;
    let mut server = Server::new(set).config(settings.config.clone());
    if let Some(backplane) = backplane(&settings.link, &start.login)? {
        server = server.backplane(backplane);
    }
    let server = build(server, &settings.config).await.built();
    let server = server.map_err(|error| format!("cannot start: {}", chain(&*error)))?;
    let Some(tls) = tls(&settings.tls)? else {
        let bound = server.bind(&settings.bind).await;
        let bound = bound.map_err(|error| cannot_listen(&settings.bind, &error))?;
        let address = bound.local_addr();
        return serve_bound(bound, address, asked, settings, None, hangups).await;
    };
    let bound = server.bind_tls(&settings.bind, tls.clone()).await;
    let bound = bound.map_err(|error| cannot_listen(&settings.bind, &error))?;
    let address = bound.local_addr();
    serve_bound(bound, address, asked, settings, Some(tls), hangups).await
}

/// The keys, if clients are to speak TLS.
fn tls(files: &TlsFiles) -> Result<Option<Tls>, String> {
    let (cert, key) = (&files.cert, &files.key);
    match (cert.as_os_str().is_empty(), key.as_os_str().is_empty()) {
        (true, true) if files.client_ca.is_none() && files.clients == Clients::Off => Ok(None),
        (false, false) => {
            let tls = Tls::from_files(files.clone());
            tls.map(Some)
                .map_err(|error| format!("cannot start: {error}"))
        }
        _ => Err("cannot start: TLS needs both tls-cert and tls-key".to_owned()),
    }
}

async fn serve_bound<L: Listener>(
    bound: Bound<L>,
    address: SocketAddr,
    asked: Serve,
    settings: &Settings,
    tls: Option<Tls>,
    hangups: shutdown::Hangups,
) -> Result<(), String> {
    // Dropped last: it tells that the server drains.
    let _metrics = match &settings.metrics {
        Some(address) => Some(measured(address, bound.handle()).await?),
        None => None,
    };
    // Whoever reads that it listens may stop it at once.
    let signals = shutdown::signals();
    let (stop, hurry) = signals.map_err(|error| format!("cannot start: {}", plain(&error)))?;
    if tls.is_some() {
        let clients = match settings.tls.clients {
            Clients::Off => "are not asked for",
            Clients::Optional => "may be shown",
            Clients::Required => "must be shown",
        };
        tracing::info!("TLS is on; certificates of clients {clients}");
    }
    let mut reload = Reload::new(asked, settings.clone(), bound.handle(), tls);
    let hung_up = hangups.each(|| reload.run());
    tracing::info!(%address, "listening on {address}");
    let served = tokio::select! {
        served = bound.serve_with(stop, hurry) => served,
        () = hung_up => return Ok(()),
    };
    served.map_err(|error| format!("the server failed: {}", chain(&error)))?;
    tracing::info!("stopped");
    Ok(())
}

/// Answers what is measured, until the handle is dropped.
async fn measured(bind: &str, handle: Handle) -> Result<AbortOnDropHandle<Infallible>, String> {
    let listener = TcpListener::bind(bind).await.and_then(|listener| {
        let address = listener.local_addr()?;
        tracing::info!(%address, "metrics on http://{address}/metrics");
        if !address.ip().to_canonical().is_loopback() {
            tracing::warn!(%address, "anyone who reaches {address} can read the metrics: there is no login and no TLS, so keep it from strangers");
        }
        Ok(listener)
    });
    let listener = listener.map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "the address is in use (another server? choose another --metrics)".to_owned()
            }
            _ => plain(&error),
        };
        format!("cannot answer metrics on {bind}: {why}")
    })?;
    Ok(AbortOnDropHandle::new(tokio::spawn(metrics::serve(
        listener, handle,
    ))))
}

/// Why there is no server at this address, and what to do about it.
fn cannot_listen(bind: &str, error: &crate::Error) -> String {
    let crate::Error::Listen { source, .. } = error else {
        return format!("cannot start: {}", chain(error));
    };
    let why = match source.kind() {
        io::ErrorKind::AddrInUse => format!(
            "the address is in use (another server? try --bind {})",
            next_port(bind)
        ),
        io::ErrorKind::AddrNotAvailable => format!(
            "this machine does not have the address (try --bind {ADDRESS}, or 0.0.0.0:5000 for all it has)"
        ),
        io::ErrorKind::PermissionDenied => {
            format!("not permitted (ports below 1024 often need privileges; try --bind {ADDRESS})")
        }
        _ => plain(source),
    };
    format!("cannot listen on {bind}: {why}")
}

fn next_port(bind: &str) -> String {
    let next = bind.rsplit_once(':').and_then(|(host, port)| {
        let port = port.parse::<u16>().ok()?.checked_add(1)?;
        Some(format!("{host}:{port}"))
    });
    next.unwrap_or_else(|| ADDRESS.to_owned())
}

/// The error and its causes on one line, each told once.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut line = String::new();
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        let text = error.to_string();
        if !line.contains(&text) {
            let colon = if line.is_empty() { "" } else { ": " };
            line.push_str(colon);
            line.push_str(&text);
        }
    }
    line.lines().map(str::trim).collect::<Vec<_>>().join("; ")
}
