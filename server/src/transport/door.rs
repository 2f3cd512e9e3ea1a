//! How a client gets in, or is sent away.

use super::accept::Listener;
use super::admission::Place;
use super::farewell::turn_away;
use super::stream;
use crate::access::{self, Client};
use crate::app::App;
use crate::connection::{Connection, Identity};
use crate::hub::handshake::Failed;
use crate::hub::stopping;
use crate::rights::Bits;
use crate::session::Session;
use actionline_specs::limits;
use actionline_specs::wire::Reason;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// Opens a connection, with the rights that it was granted.
pub(super) fn open(
    peer: Option<SocketAddr>,
    identity: Option<Identity>,
    granted: Bits,
    app: &App,
) -> Session {
    let rights = app.shared.initial | granted;
    let conn = Connection::open(&app.shared, peer, identity, rights);
    tracing::debug!(conn = %conn.id(), peer = peer.map(tracing::field::display), "connected");
    Session::new(conn, app.access.clone())
}

/// The rights with which the application lets a client in; none: it does not.
async fn admitted(client: Client<'_>, app: &App) -> Option<Bits> {
    let Some(hook) = &app.access else {
        return Some(0);
    };
    let shared = &app.shared;
    let patience = Duration::from_secs(shared.limits.access_time());
    let late = shared.clock.sleep_until(shared.clock.now() + patience);
    let names = tokio::select! {
        names = hook.connect(&client) => names?,
        () = late => {
            access::tell_late();
            shared.hub.local.stats.limited(limits::ACCESS_TIME.name);
            return None;
        }
    };
    let mut rights = 0;
    for name in names {
        match shared.rights.bit(&name) {
            Some(bit) => rights |= bit,
            None => {
                tracing::error!(
                    right = name,
                    "denied, for no spec names a right that the access hook gives"
                );
                return None;
            }
        }
    }
    Some(rights)
}

/// Greets a client, then serves it.
pub(super) async fn greet<L: Listener>(
    mut io: L::Io,
    peer: Option<SocketAddr>,
    place: Place,
    app: &App,
) {
    let shared = &app.shared;
    let patience = Duration::from_secs(shared.limits.login_time());
    let late = shared.clock.sleep_until(shared.clock.now() + patience);
    let greeted = tokio::select! {
        greeted = L::greet(&mut io) => greeted,
        () = late => Err(io::ErrorKind::TimedOut.into()),
        () = shared.stopping.cancelled() => return,
    };
    let identity = match greeted {
        Ok(identity) => identity,
        Err(error) => {
            let failed = Failed::of(&error);
            shared.hub.local.stats.handshake_failed(failed);
            let (peer, why) = (peer.map(tracing::field::display), failed.word());
            match failed {
                // Who only looks whether somebody listens, as balancers do, is nothing to tell.
                Failed::Left => tracing::debug!(peer, why, %error, "a handshake failed"),
                _ => tracing::info!(peer, why, %error, "a handshake failed"),
            }
            return;
        }
    };
    let client = Client {
        peer,
        identity: identity.as_ref(),
    };
    let admitted = tokio::select! {
        admitted = admitted(client, app) => admitted.ok_or(Reason::Denied),
        () = shared.stopping.cancelled() => Err(Reason::ShuttingDown),
    };
    let granted = match admitted {
        Ok(granted) => granted,
        Err(reason) => {
            tracing::debug!(
                peer = peer.map(tracing::field::display),
                reason = reason.word(),
                "turned away"
            );
            shared.hub.local.stats.refused(reason);
            return turn_away(io, peer, reason, &*shared.clock).await;
        }
    };
    let session = open(peer, identity, granted, app);
    if shared.stopping.is_cancelled() {
        // Whoever says goodbye to everybody may have been by already.
        let id = session.conn().id();
        session.conn().outbox().end(stopping(id));
    }
    // How a connection ends concerns nobody else.
    let _ = stream::drive(io, app, session, place).await;
}
