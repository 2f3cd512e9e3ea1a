//! Clients that do not take what waits for them.

use super::*;

/// Sends without letting the server's task run in between: nothing is taken from the queue meanwhile.
fn flood(server: &TestServer, id: ConnId, count: usize) -> usize {
    let message = Tick::padded(8);
    (0..count)
        .filter(|_| {
            let receipt = server.handle().send(id, &message);
            matches!(receipt, Receipt::Done(Reach::Everywhere))
        })
        .count()
}

#[tokio::test]
pub(super) async fn backlog() {
    // A message's bytes up to its number, and 64 for its place in the queue.
    let cost = r#"{"context":"api","padding":"xxxxxxxx""#.len() as u64 + 64;
    for (limit, taken) in [(10 * cost - 1, 9), (10 * cost, 10), (11 * cost - 1, 10)] {
        let (server, mut client) = with(|limits| limits.backlog = limit).await;
        let id = client.id().await.parse().unwrap();
        assert_eq!(flood(&server, id, 10), taken);
        if taken == 10 {
            for _ in 0..10 {
                assert_eq!(client.json().await["padding"], "xxxxxxxx");
            }
            assert_eq!(flood(&server, id, 10), 10, "what was taken makes room");
        } else {
            assert_eq!(client.json().await["reason"], "slow consumer");
            client.closed().await;
        }
    }
}

/// A client that takes its pushes far more slowly than they come.
pub(super) struct Laggard {
    server: TestServer,
    clock: ManualClock,
    client: TestClient,
    other: TestClient,
    id: ConnId,
}

impl Laggard {
    const PUSH: usize = 256 * 1024;

    /// 10 MiB wait for it, some of them in the kernel; `soft` bytes may wait in the server.
    async fn new(soft: u64) -> Self {
        Self::with(|limits| limits.backlog_soft = soft).await
    }

    /// The same with other limits.
    pub(super) async fn with(change: impl FnOnce(&mut Limits)) -> Self {
        let clock = ManualClock::default();
        let server = Setup::lab().clock(&clock).limits(|limits| {
            limits.backlog = 1 << 30;
            limits.backlog_soft = 1 << 30;
            limits.keep_alive = 0;
            change(limits);
        });
        let server = server.start().await;
        let mut client = TestClient::connect_narrow(server.address()).await;
        client.line().await;
        let id = client.id().await.parse().unwrap();
        let mut other = server.client().await;
        let speaker = other.id().await.parse().unwrap();
        let message = "x".repeat(Self::PUSH);
        for _ in 0..40 {
            server.handle().say("defaultRoom", speaker, &message);
        }
        let mut laggard = Self {
            server,
            clock,
            client,
            other,
            id,
        };
        laggard.settle().await;
        laggard
    }

    /// Lets the server write what it can.
    pub(super) async fn settle(&mut self) {
        for _ in 0..20 {
            self.other.ask("nothing").await;
        }
    }

    /// Takes one push and lets a second pass.
    async fn second(&mut self) {
        self.client.line().await;
        self.settle().await;
        self.clock.advance(Duration::from_secs(1));
        self.settle().await;
    }

    /// Bytes that wait in the server.
    pub(super) fn buffered(&self) -> u64 {
        self.server.handle().stats().buffered
    }

    pub(super) fn lives(&self) -> bool {
        let receipt = self.server.handle().send(self.id, &Tick::default());
        matches!(receipt, Receipt::Done(Reach::Everywhere))
    }
}

#[tokio::test]
pub(super) async fn backlog_soft() {
    for (soft, lives) in [(1 << 20, false), (100 << 20, true)] {
        let mut laggard = Laggard::new(soft).await;
        for _ in 0..12 {
            laggard.second().await;
        }
        assert_eq!(laggard.lives(), lives, "{soft}");
    }
}

#[tokio::test]
pub(super) async fn backlog_time() {
    let mut laggard = Laggard::new(1 << 20).await;
    for _ in 0..9 {
        laggard.second().await;
        assert!(laggard.lives());
    }
    laggard.second().await;
    assert!(!laggard.lives(), "ten seconds are over");
    // A client that takes nothing at all has as long, however little it is owed.
    let mut laggard = Laggard::new(1 << 29).await;
    laggard.clock.advance(Duration::from_millis(9_999));
    laggard.settle().await;
    assert!(laggard.lives());
    laggard.clock.advance(Duration::from_millis(1));
    laggard.settle().await;
    assert!(!laggard.lives());
}
