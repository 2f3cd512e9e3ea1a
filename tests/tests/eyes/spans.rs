//! A span for each request, as a subscriber sees it.

use actionline_tests::{Setup, TestServer};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// Its fields, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

/// The spans that were closed, in that order, and for each event the action within whose span it came.
#[derive(Debug, Clone, Default)]
struct Seen(Arc<Mutex<(Vec<Fields>, Vec<String>)>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Seen {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).expect("it is new");
        let facts = span.metadata();
        assert_eq!(
            (facts.target(), facts.name(), *facts.level()),
            ("actionline::request", "request", Level::DEBUG)
        );
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        span.extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).expect("it is open");
        let mut extensions = span.extensions_mut();
        values.record(extensions.get_mut::<Fields>().expect("kept"));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let span = context.event_span(event);
        let action = span.map(|span| {
            let extensions = span.extensions();
            extensions.get::<Fields>().expect("kept").0["action"].clone()
        });
        self.0.lock().unwrap().1.extend(action);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).expect("it was open");
        let fields = span.extensions().get::<Fields>().cloned();
        self.0.lock().unwrap().0.extend(fields);
    }
}

/// From now on this thread's spans are seen.
fn watch(most: Level) -> (Seen, DefaultGuard) {
    let seen = Seen::default();
    let level = tracing_subscriber::filter::LevelFilter::from_level(most);
    let subscriber = tracing_subscriber::registry().with(seen.clone().with_filter(level));
    (seen, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn each_request_has_one_and_it_tells_how_it_ended() {
    let (seen, _guard) = watch(Level::DEBUG);
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let id = client.id().await;
    for line in [
        "nothing",
        "refuse who=ann",
        "refuse who=ann fatal=true",
        "panicNow",
        "panicSoon",
        "no such thing",
        "{",
        r#"{"action":"roomView","messageId":"a label"}"#,
    ] {
        client.ask(line).await;
    }
    client
        .send(r#"{"action":"gated","params":{"gate":"a"},"messageId":1}"#)
        .await;
    server.gates().come("a").await;
    client.ask("nothing").await;
    server.gates().open("a", 1);
    client.line().await;
    // Held until the other one is answered, and still one request.
    client
        .send(r#"{"action":"gated","params":{"gate":"a"},"messageId":1}"#)
        .await;
    server.gates().come("a").await;
    client.send("quit").await;
    server.gates().open("a", 1);
    client.rest().await;
    let (spans, events) = seen.0.lock().unwrap().clone();
    let told: Vec<_> = spans
        .iter()
        .map(|Fields(fields)| {
            assert_eq!(fields["conn"], id);
            assert_eq!(fields.len(), 4, "{fields:?}");
            (
                fields["action"].as_str(),
                fields["labelled"].as_str(),
                fields["outcome"].as_str(),
            )
        })
        .collect();
    let expected = [
        ("detailsView", "false", "ok"),
        ("nothing", "false", "ok"),
        ("refuse", "false", "declared"),
        ("refuse", "false", "internal"),
        ("panicNow", "false", "panic"),
        ("panicSoon", "false", "panic"),
        ("-", "false", "invalid"),
        ("-", "false", "invalid"),
        ("roomView", "true", "ok"),
        ("nothing", "false", "ok"),
        ("gated", "true", "ok"),
        ("gated", "true", "ok"),
        ("quit", "false", "ok"),
    ];
    assert_eq!(told, expected);
    // What is logged on the way belongs to it.
    assert!(events.contains(&"refuse".to_owned()), "{events:?}");
    let all = format!("{spans:?}");
    for word in ["ann", "such", "label\"", "a label"] {
        assert!(!all.contains(&format!("\"{word}")), "{word} in {all}");
    }
}

#[tokio::test]
async fn at_info_there_is_none() {
    let (seen, _guard) = watch(Level::INFO);
    let server = Setup::lab().start().await;
    server.client().await.ask("nothing").await;
    assert!(seen.0.lock().unwrap().0.is_empty());
}
