//! An action that takes as long as it is told to.

use actionline::action;
use std::time::Duration;

actionline::actions!(pub WAIT = "src/rival/wait.yaml", handlers = [self]);

/// Answers after a while.
#[action(spec = "src/rival/wait.yaml")]
pub async fn wait(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
