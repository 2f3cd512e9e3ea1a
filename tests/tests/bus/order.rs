//! What has happened here when the bus is asked.

use super::*;
use actionline::Handle;
use actionline::bus::{Local, RoomName, Totals, View};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

/// One node alone, which writes down how things stand when it is asked.
struct Recorder {
    solo: Solo,
    local: Arc<dyn Local>,
    log: Log,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.log.fmt(f)
    }
}

/// What was written down, and the server.
#[derive(Debug, Clone, Default)]
struct Log(Arc<(Mutex<Vec<String>>, OnceLock<Handle>)>);

impl Log {
    fn write(&self, line: String) {
        self.0.0.lock().expect("a whole log").push(line);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.0.lock().expect("a whole log"))
    }
}

impl Bus for Recorder {
    fn node(&self) -> NodeId {
        self.solo.node()
    }
    fn say(&self, said: Said<'_>) -> Receipt {
        let delivered = self.log.0.1.get().map(|handle| handle.stats().delivered);
        let line = format!("{} after {}", said.message, delivered.unwrap_or_default());
        self.log.write(line);
        self.solo.say(said)
    }
    fn moved(&self, room: &RoomName, id: ConnId) -> Receipt {
        let has = self.local.has(room, id);
        self.log.write(format!("{room} {has}"));
        self.solo.moved(room, id)
    }
    fn send(&self, to: ConnId, json: &str) -> Receipt {
        self.log.write(format!("send {json}"));
        self.solo.send(to, json)
    }
    fn view<'a>(&'a self, room: &'a RoomName, limit: usize) -> Answer<'a, View> {
        self.solo.view(room, limit)
    }
    fn totals(&self) -> Answer<'_, Totals> {
        self.solo.totals()
    }
    fn health(&self) -> Health {
        self.solo.health()
    }
    fn leave(&self) -> Answer<'_, ()> {
        self.log.write("leave".to_owned());
        self.solo.leave()
    }
}

#[tokio::test]
async fn this_node_comes_first() {
    let log = Log::default();
    let (solo, recorded) = (Solo::new(NodeId(7)), log.clone());
    let server = Setup::lab().bus(move |local| {
        let log = recorded;
        Arc::new(Recorder { solo, local, log })
    });
    let server = server.start().await;
    log.0.1.set(server.handle().clone()).expect("once");
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    let came = log.take();
    assert_eq!(came, vec!["defaultRoom true"; 3]);
    // Its members have it queued when the others are told.
    assert_eq!(ann.ask("say one").await, OK);
    for client in [&mut bob, &mut cyd] {
        assert_eq!(client.json().await["message"], "one");
    }
    assert_eq!(bob.ask("say two").await, OK);
    assert_eq!(ann.json().await["message"], "two");
    assert_eq!(log.take(), ["one after 2", "two after 4"]);
    // It has moved when they are told.
    ann.ask("roomChange k").await;
    assert_eq!(log.take(), ["defaultRoom false", "k true"]);
    // Who is here is no concern of theirs.
    let id = ann.id().await;
    assert_eq!(tell(&mut bob, &id, json!({})).await, "everywhere");
    assert_eq!(log.take(), Vec::<String>::new());
    cyd.reset();
    drop((ann, bob));
    server.stop().await;
    let end = log.take();
    assert_eq!(end.last().map(String::as_str), Some("leave"), "{end:?}");
}
