//! Actions that look at their connection and change it.

use actionline::bus::Reach;
use actionline::{ActionError, ConnId, Connection, Failure, Push, Reply, action};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;

/// What an action sees of its connection.
#[derive(Debug, Reply)]
pub struct WhoAmI {
    id: String,
    connected_at: i64,
    peer: Option<String>,
    room: String,
    params: Map<String, Value>,
    details: Map<String, Value>,
}

/// Shows its connection.
#[action("whoAmI", spec = "src/lab.yaml")]
pub fn who_am_i(conn: &Connection) -> WhoAmI {
    WhoAmI {
        id: conn.id().to_string(),
        connected_at: conn.connected_at(),
        peer: conn.peer().map(|peer| peer.to_string()),
        room: conn.room().unwrap_or_default().to_string(),
        params: conn.params(),
        details: conn.details(),
    }
}

/// Saves a param.
#[action(spec = "src/lab.yaml")]
pub fn keep(name: &str, value: Value, conn: &Connection) -> Result<(), Failure> {
    Ok(conn.set_param(name, value).map_err(|fault| fault.message)?)
}

/// A saved param.
#[derive(Debug, Reply)]
pub struct Recall {
    value: Option<Value>,
}

/// Shows a saved param.
#[action(spec = "src/lab.yaml")]
pub fn recall(name: &str, conn: &Connection) -> Recall {
    Recall {
        value: conn.param(name),
    }
}

/// A param that was forgotten.
#[derive(Debug, Reply)]
pub struct Forget {
    was: Option<Value>,
}

/// Forgets a param, or all.
#[action(spec = "src/lab.yaml")]
pub fn forget(name: Option<&str>, conn: &Connection) -> Forget {
    let was = match name {
        Some(name) => conn.remove_param(name),
        None => {
            conn.clear_params();
            None
        }
    };
    Forget { was }
}

/// Notes a detail.
#[action(spec = "src/lab.yaml")]
pub fn note(name: &str, value: Value, conn: &Connection) {
    conn.set_detail(name, value);
}

/// Moves to another room.
#[action(spec = "src/lab.yaml")]
pub async fn move_to(room: &str, conn: &Connection) -> Result<(), Failure> {
    conn.change_room(room).map_err(|fault| fault.message)?.await;
    Ok(())
}

/// What somebody tells.
#[derive(Debug, Push)]
#[push(spec = "src/lab.yaml")]
pub struct Told<'a> {
    message: &'a Value,
    from: String,
}

/// How far a message came.
#[derive(Debug, Reply)]
pub struct Reached {
    reach: &'static str,
}

/// Why it was not sent.
#[derive(Debug, ActionError)]
pub enum TellError {
    /// Not an id.
    NoId {
        /// What it is.
        to: String,
    },
}

/// Sends a direct message.
#[action(spec = "src/lab.yaml")]
pub async fn tell(to: &str, message: Value, conn: &Connection) -> Result<Reached, TellError> {
    let id: ConnId = to
        .parse()
        .map_err(|_| TellError::NoId { to: to.to_owned() })?;
    let told = Told {
        message: &message,
        from: conn.id().to_string(),
    };
    let receipt = conn.send(id, &told);
    Ok(Reached {
        reach: match receipt.await {
            Reach::Everywhere => "everywhere",
            Reach::Here(_) => "here",
            Reach::Nobody => "nobody",
        },
    })
}

/// Leaves a task behind that sends a direct message.
#[action(spec = "src/lab.yaml")]
pub fn tell_later(conn: &Arc<Connection>) {
    let conn = conn.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let told = Told {
            message: &Value::from("later"),
            from: conn.id().to_string(),
        };
        conn.send(conn.id(), &told);
    });
}

/// Says something in its room.
#[action(spec = "src/lab.yaml")]
pub async fn say_here(message: &str, conn: &Connection) {
    conn.say(message).await;
}

/// Says something in another room.
#[action(spec = "src/lab.yaml")]
pub async fn say_in(room: &str, message: &str, conn: &Connection) {
    conn.say_in(room, message).await;
}

/// Closes its connection.
#[action(spec = "src/lab.yaml")]
pub fn hang_up(conn: &Connection) {
    conn.close();
}

/// Who a client is by its certificate.
#[derive(Debug, Reply)]
pub struct Shown {
    subject: Option<String>,
    fingerprint: Option<String>,
}

/// Shows who its client is.
#[action(spec = "src/lab.yaml")]
pub fn identity(conn: &Connection) -> Shown {
    let identity = conn.identity();
    Shown {
        subject: identity.map(|identity| identity.subject.clone()),
        fingerprint: identity.map(|identity| identity.fingerprint.clone()),
    }
}
