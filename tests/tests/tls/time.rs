//! TLS and time: certificates that end, and a server that stops amid handshakes.

use super::*;
use rcgen::date_time_ymd;
use tokio::sync::watch;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

/// Every line that is logged, as it comes.
#[derive(Clone)]
struct Lines(Arc<watch::Sender<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = String::new();
        event.record(
            &mut |_: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                text.push_str(&format!("{value:?} "));
            },
        );
        self.0.send_modify(|lines| lines.push(text));
    }
}

impl Lines {
    async fn until(&self, text: &str) {
        let mut lines = self.0.subscribe();
        let came = lines.wait_for(|lines| lines.iter().any(|line| line.contains(text)));
        soon(text, came).await.unwrap();
    }
}

#[tokio::test]
async fn a_certificate_is_looked_at_each_day() {
    let lines = Lines(Arc::new(watch::Sender::new(Vec::new())));
    let subscriber = tracing_subscriber::registry().with(lines.clone());
    let _guard = tracing::subscriber::set_default(subscriber);
    let root = Root::new();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_after = date_time_ymd(3999, 12, 31);
    let certificate = params.signed_by(&key, &root.issuer).unwrap();
    let keys = (certificate.pem(), key.serialize_pem());
    // At noon, 32 days before; a day later it is 30 days and a half.
    let clock = ManualClock::at("3999-11-29T12:00:00Z");
    let stage = Stage::of(root, &keys, Clients::Off, clock.clone(), |server| server).await;
    stage.enter(PLAIN).await.unwrap();
    let day = Duration::from_secs(24 * 60 * 60);
    clock.advance(day);
    stage.enter(PLAIN).await.unwrap();
    clock.advance(day);
    lines.until("the TLS certificate expires in 29 days").await;
    clock.advance(day * 10);
    lines.until("the TLS certificate expires in 19 days").await;
    clock.advance(day * 18);
    lines.until("the TLS certificate expires in 1 day").await;
    clock.advance(day);
    lines
        .until("the TLS certificate expires within a day")
        .await;
    clock.advance(day * 11);
    lines.until("the TLS certificate has expired").await;
    let warned = lines.0.borrow().clone();
    let count = warned.iter().filter(|line| line.contains("expire")).count();
    assert_eq!(count, 5, "none before its time: {warned:?}");
}

#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_handshakes() {
    // Time stands still: no handshake ends by `login-time`.
    let mut stage = Stage::new(Clients::Off).await;
    let half = stage.half(20).await;
    // Accepted after them, and in.
    let mut whole = stage.enter(PLAIN).await.unwrap();
    stage.stop.notify_one();
    let reason = line(&mut whole).await.unwrap()["reason"].clone();
    assert_eq!(reason, "server is shutting down");
    ended(half).await;
    drop(whole);
    let stopped = soon("the end of the server", &mut stage.task).await;
    stopped.unwrap().unwrap();
}
