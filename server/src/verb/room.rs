//! `roomChange` and `roomView`.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use crate::hub::bus::{Answer, Reach, Receipt, View};
use crate::hub::id::ConnId;
use crate::protocol::reply::write;
use actionline_specs::{Fault, wire};
use serde_json::json;
use std::sync::Arc;

pub(super) const CHANGE: Verb = Verb {
    name: "roomChange",
    words: Words::Name,
    apply: change,
};

pub(super) const VIEW: Verb = Verb {
    name: "roomView",
    words: Words::Nothing,
    apply: view,
};

fn change(
    conn: &Arc<Connection>,
    [room, _]: Args<'_>,
    fields: &mut Vec<u8>,
) -> Result<Then, Fault> {
    let receipt = conn.change_room(room)?;
    write(fields, &json!({ "status": wire::OK, "room": room }));
    Ok(Then::Reached(receipt))
}

fn view(conn: &Arc<Connection>, _: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    let Some(room) = conn.current_room() else {
        // It was taken out between the check of its rights and now.
        return Err(conn.forbidden("roomView", conn.shared().rights.entry()));
    };
    let limit = conn.shared().limits.members() as usize;
    let (members, count) = room.view(limit);
    let left = limit - members.len();
    let others = match conn.shared().hub.bus.view(room.name(), left) {
        Answer::Ready(others) => Some(others),
        // It borrows what the reply must own: the future below asks anew.
        Answer::Later(_) => None,
    };
    if let Some(others) = others {
        let reach = write_view(fields, room.name(), members, count, others);
        return Ok(Then::Reached(Receipt::Done(reach)));
    }
    let conn = conn.clone();
    Ok(Then::Later(Box::pin(async move {
        let others = conn.shared().hub.bus.view(room.name(), left).await;
        let mut fields = Vec::new();
        let reach = write_view(&mut fields, room.name(), members, count, others);
        (fields, reach)
    })))
}

fn write_view(
    fields: &mut Vec<u8>,
    room: &str,
    mut members: Vec<ConnId>,
    count: usize,
    others: View,
) -> Reach {
    members.extend(others.members);
    let members: Vec<String> = members.iter().map(ConnId::to_string).collect();
    let count = count as u64 + others.count;
    let status = json!({ "members": members, "membersCount": count });
    let reply = json!({ "status": wire::OK, "room": room, "roomStatus": status });
    write(fields, &reply);
    others.reach
}
