//! Every kind of param, with every type it fits into; context arguments; lifetimes; visibility.

use actionline::{ActionError, Connection, Cx, Failure, FileReply, FromContext, Push, Reply, State, action, actions};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;

struct Scores;
type Hook = Box<dyn for<'t> Fn(&'t str) -> &'t str + Send + Sync>;
struct Asker<'a>(#[allow(dead_code)] &'a Connection);

impl<'a> FromContext<'a> for Asker<'a> {
    fn from_context(cx: Cx<'a>) -> Self {
        Asker(cx.conn)
    }
}

#[derive(Reply)]
pub(crate) struct Added<'a> {
    #[reply(rename = "total")]
    sum: i64,
    rank: Option<&'a i64>,
}

#[derive(ActionError)]
pub(crate) enum AddError {
    Banned { player: String },
    Other(Failure),
}

type Points = u16;

/// One's own rustdoc stays.
#[action("scoreAdd")]
pub(crate) async fn add<'a>(
    _conn: Option<&'a Connection>,
    player: &'a str,
    points: Points,
    _note: Option<Cow<'a, str>>,
    limit: usize,
    scores: State<'a, Scores>,
    asker: Asker<'_>,
    hook: State<'a, Box<dyn for<'t> Fn(&'t str) -> &'t str + Send + Sync>>,
) -> Result<Added<'static>, AddError> {
    let _: (&Scores, Asker<'_>, usize, &Hook) = (&scores, asker, limit, &hook);
    std::future::ready(()).await;
    let sum = player.parse::<i64>().map_err(Failure::from)?;
    if points > 500 {
        return Err(AddError::Banned { player: player.to_owned() });
    }
    Ok(Added { sum, rank: None })
}

mod boards {
    #[derive(actionline::Push)]
    pub(super) struct BoardClosed {
        pub(super) at: String,
    }

    pub(super) mod keep {
        use crate::*;

        #[action]
        #[allow(clippy::too_many_arguments)]
        fn board_keep(
            board: Map<String, Value>,
            extra: Option<&RawValue>,
            mut rows: Option<Vec<Value>>,
            weight: f64,
            r#final: bool,
            seed: Option<i64>,
        ) {
            rows.as_mut().map(Vec::pop);
            let _ = (board, extra, rows, weight, r#final, seed);
        }
    }

    pub(super) use keep::*;
}

#[derive(Debug, Push)]
#[push(name = "scoreChanged")]
struct Changed<'a, 'b> {
    player: &'a str,
    #[push(rename = "total")]
    sum: Points,
    note: Option<Cow<'b, str>>,
}

/// A push is a reply, too.
fn _answer() -> impl actionline::IntoReply {
    boards::BoardClosed { at: String::new() }
}

fn _send(conn: &Connection, server: &actionline::Handle) {
    let changed = Changed { player: "ann", sum: 1, note: None };
    let _ = (conn.send(conn.id(), &changed), server.send(conn.id(), &changed));
}

#[action]
pub async fn board_file() -> Result<FileReply, Failure> {
    Err(Failure::from("there is no board"))
}

// `boards` is seen twice: as a module of its own and through the crate.
use boards::*;

actions!(
    /// All of them.
    pub(crate) ACTIONS = "actions.yaml", handlers = [crate, crate::boards],
);

fn main() {
    assert_eq!((Changed::NAME, boards::BoardClosed::NAME), ("scoreChanged", "boardClosed"));
    let changed = Changed { player: "ann", sum: 1, note: Some("hi".into()) };
    let changed = serde_json::to_string(&changed).expect("JSON");
    assert_eq!(changed, r#"{"player":"ann","total":1,"note":"hi"}"#);
    let names: Vec<&str> = ACTIONS.handlers.iter().map(|handler| handler.name).collect();
    assert_eq!(names, ["scoreAdd", "boardKeep", "boardFile"]);
    assert!(ACTIONS.text.starts_with("# Shared"));
    assert_eq!(ACTIONS.file, "tests/ui/actions.yaml");
}
