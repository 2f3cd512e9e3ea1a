//! Random conversations, cut anywhere, against a plain model of one connection.

use actionline_tests::{Setup, TestClient, TestServer};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

/// One line of a client.
#[derive(Debug, Clone)]
enum Step {
    Empty(String),
    Nothing,
    Slow,
    Note(String),
    Json {
        note: Option<String>,
        label: Option<u32>,
    },
    Add(String, String),
    View(String),
    Delete(String),
    ViewAll,
    DeleteAll,
    Room(String),
    Unknown(String),
    Panic,
    NotUtf8(u8),
    TooLong(usize),
    NotJson,
}

fn steps() -> impl Strategy<Value = Vec<(Step, bool)>> {
    // `note` is also what `maybe` takes, saved or not.
    let key = prop_oneof![
        Just("note".to_owned()),
        "[a-z]{1,3}",
        Just("limit".to_owned())
    ];
    let text = "[^\\x00-\\x1f\\x7f-\\x9f\"\\\\ ]{1,8}";
    let value = "[^\\n]{0,12}";
    let step = prop_oneof![
        "[ \\t]{0,3}".prop_map(Step::Empty),
        Just(Step::Nothing),
        Just(Step::Slow),
        text.prop_map(Step::Note),
        (
            proptest::option::of(value),
            proptest::option::of(0..1000u32)
        )
            .prop_map(|(note, label)| Step::Json { note, label }),
        (key.clone(), value).prop_map(|(key, value)| Step::Add(key, value)),
        key.clone().prop_map(Step::View),
        key.prop_map(Step::Delete),
        Just(Step::ViewAll),
        Just(Step::DeleteAll),
        text.prop_map(Step::Room),
        "[A-Z]{1,80}".prop_map(Step::Unknown),
        Just(Step::Panic),
        (0x80..=0xfe_u8).prop_map(Step::NotUtf8),
        (201..600usize).prop_map(Step::TooLong),
        Just(Step::NotJson),
    ];
    proptest::collection::vec((step, any::<bool>()), 0..40)
}

impl Step {
    fn line(&self) -> Vec<u8> {
        match self {
            Step::Empty(spaces) => spaces.clone(),
            Step::Nothing => "nothing".to_owned(),
            Step::Slow => "gated gate=open".to_owned(),
            Step::Note(note) => format!("maybe note={note}"),
            Step::Json { note, label } => {
                let mut line = json!({ "action": "maybe", "params": { "note": note } });
                if let Some(label) = label {
                    line["messageId"] = json!(label);
                }
                line.to_string()
            }
            Step::Add(key, value) => format!("paramAdd {key}={value}"),
            Step::View(key) => format!("paramView {key}"),
            Step::Delete(key) => format!("paramDelete {key}"),
            Step::ViewAll => "paramsView".to_owned(),
            Step::DeleteAll => "paramsDelete".to_owned(),
            Step::Room(room) => format!("roomChange {room}"),
            Step::Unknown(name) => name.clone(),
            Step::Panic => "panicSoon".to_owned(),
            Step::NotUtf8(byte) => return vec![b'x', *byte, b'x'],
            Step::TooLong(length) => "x".repeat(*length),
            Step::NotJson => "{\"action\"".to_owned(),
        }
        .into_bytes()
    }
}

/// What the server is to remember of the connection.
#[derive(Default)]
struct Model {
    params: Map<String, Value>,
}

impl Model {
    /// The word form keeps the action and the common params.
    fn acts(&mut self, name: &str) {
        self.params.insert("action".to_owned(), name.into());
        for (common, default) in [("limit", 100), ("offset", 0)] {
            let entry = self.params.entry(common);
            entry.or_insert_with(|| default.into());
        }
    }

    /// The fault of a saved `limit` that is no whole number from 0 on.
    fn bad_limit(&self) -> Option<Value> {
        let text = self.params.get("limit")?.as_str()?;
        let whole = text
            .parse::<i64>()
            .ok()
            .filter(|number| number.to_string() == text || text == "-0");
        let what = match whole {
            None => "must be an integer",
            Some(..0) => "must be at least 0",
            Some(_) => return None,
        };
        Some(json!({ "error": format!("limit {what} for this action (saved by paramAdd)") }))
    }

    /// The reply's own fields; nothing when there is no reply.
    fn reply(&mut self, step: &Step, crlf: bool) -> Option<Value> {
        let ok = json!({ "status": "OK" });
        let error = |text: String| json!({ "error": text });
        let acted = |model: &mut Self, name: &str, fine: Value| {
            model.acts(name);
            model.bad_limit().unwrap_or(fine)
        };
        Some(match step {
            Step::Empty(_) => return None,
            Step::Nothing => acted(self, "nothing", ok),
            Step::Slow => acted(self, "gated", json!({ "gate": "open" })),
            Step::Panic => acted(self, "panicSoon", error("internal error".to_owned())),
            Step::Note(note) => acted(self, "maybe", json!({ "always": true, "note": note })),
            Step::Json {
                note: Some(note), ..
            } => json!({ "always": true, "note": note }),
            Step::Json { .. } => json!({ "always": true }),
            Step::Add(key, value) => {
                // One CR before LF belongs to the line's end.
                let kept = if crlf {
                    value
                } else {
                    value.strip_suffix('\r').unwrap_or(value)
                };
                self.params.insert(key.clone(), kept.into());
                ok
            }
            Step::View(key) => {
                let shown: Map<_, _> = self
                    .params
                    .get_key_value(key)
                    .into_iter()
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect();
                json!({ "params": shown })
            }
            Step::Delete(key) => {
                self.params.shift_remove(key);
                ok
            }
            Step::ViewAll => json!({ "params": self.params }),
            Step::DeleteAll => {
                self.params.clear();
                ok
            }
            Step::Room(room) => json!({ "status": "OK", "room": room }),
            Step::Unknown(name) => {
                let cut: String = name.chars().take(64).collect();
                error(format!("{cut} is not a known action."))
            }
            Step::NotUtf8(_) => error("the line is not valid UTF-8 and was not run".to_owned()),
            Step::TooLong(_) => {
                error("the line is longer than 200 bytes and was not run".to_owned())
            }
            Step::NotJson => json!("anything"),
        })
    }
}

/// The lines that come, in order; those with a label apart.
async fn converse(
    server: &TestServer,
    steps: &[(Step, bool)],
    cuts: &[usize],
) -> (Vec<Value>, Vec<Value>) {
    let mut sent = Vec::new();
    for (step, crlf) in steps {
        sent.extend(step.line());
        sent.extend_from_slice(if *crlf { b"\r\n" } else { b"\n" });
    }
    sent.extend_from_slice(b"quit\n");
    let mut client = server.client().await;
    let mut rest = sent.as_slice();
    for cut in cuts {
        let (now, later) = rest.split_at((*cut).min(rest.len()));
        client.send_raw(now).await;
        tokio::task::yield_now().await;
        rest = later;
    }
    client.send_raw(rest).await;
    read(&mut client).await
}

async fn read(client: &mut TestClient) -> (Vec<Value>, Vec<Value>) {
    let (mut plain, mut labelled) = (Vec::new(), Vec::new());
    loop {
        // The client checks that the numbers have no gap.
        let mut line = client.json().await;
        let fields = line.as_object_mut().expect("an object");
        fields.shift_remove("messageCount");
        assert_eq!(
            fields.shift_remove("context").expect("a context"),
            "response"
        );
        if fields.get("status").is_some_and(|status| status == "Bye!") {
            client.closed().await;
            return (plain, labelled);
        }
        if fields.contains_key("messageId") {
            labelled.push(line);
        } else {
            plain.push(line);
        }
    }
}

#[test]
fn any_conversation_however_cut_is_answered_as_the_model_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(Setup::lab().limits(|limits| limits.line = 200).start());
    server.gates().open("open", 1_000_000);
    let cuts = proptest::collection::vec(1..80usize, 0..30);
    let config = Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&(steps(), cuts), |(steps, cuts)| {
        let (plain, labelled) = runtime.block_on(converse(&server, &steps, &cuts));
        let mut model = Model::default();
        let (mut expected, mut labels) = (Vec::new(), Vec::new());
        for (step, crlf) in &steps {
            let Some(reply) = model.reply(step, *crlf) else {
                continue;
            };
            match step {
                Step::Json {
                    label: Some(label), ..
                } => labels.push((label, reply)),
                _ => expected.push(reply),
            }
        }
        prop_assert_eq!(plain.len(), expected.len());
        for (found, expected) in plain.iter().zip(&expected) {
            if expected == "anything" {
                prop_assert_eq!(&found["code"], "invalidJson");
            } else {
                prop_assert_eq!(found.to_string(), expected.to_string());
            }
        }
        let mut found: Vec<String> = labelled.iter().map(Value::to_string).collect();
        let mut wanted: Vec<String> = labels
            .iter()
            .map(|(label, reply)| {
                let start = json!({ "messageId": label }).to_string();
                format!("{},{}", &start[..start.len() - 1], &reply.to_string()[1..])
            })
            .collect();
        found.sort_unstable();
        wanted.sort_unstable();
        prop_assert_eq!(found, wanted);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
