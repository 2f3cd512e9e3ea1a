//! Every refusal of a spec, one after the other on one connection: none of them reaches a handler.

use super::client::Client;
use super::drift::{Difference, compare};
use super::run::Stage;
use super::{Drift, Report};
use crate::{Error, Server};
use actionline_specs::Spec;
use actionline_specs::refusal::{Attempt, attempts};
use actionline_specs::transcript::Book;
use serde_json::{Value, json};

/// Sends every request of a spec that is refused for its params.
pub(super) async fn refused(
    spec: &Spec,
    server: &mut impl AsyncFnMut() -> Server,
    report: &mut Report,
) -> Result<(), Error> {
    let book = Book::new(spec);
    let all: Vec<Attempt> = spec
        .actions
        .iter()
        .flat_map(|action| attempts(&book, action))
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    // What is refused for its params is not to be refused for want of a login.
    let stage = Stage::open(server().await.open()).await?;
    let longest = stage.handle.0.limits.line();
    let mut client = None;
    for attempt in all {
        // A server with a lower limit says so, and nothing of the rule.
        if attempt.send.len() as u64 > longest {
            report.skip(&attempt.id);
            continue;
        }
        let mut ours = match client.take() {
            Some(client) => Ok(client),
            None => Client::connect("", stage.address).await,
        };
        let tried = match &mut ours {
            Ok(client) => ask(client, &attempt).await,
            Err(what) => Err(what.clone().into()),
        };
        let drift = tried.err().map(|Difference { what, diff }| Drift {
            at: spec.source.locate(attempt.at),
            what,
            log: ours
                .as_mut()
                .map_or(Vec::new(), |client| std::mem::take(&mut client.log)),
            diff,
        });
        // Whatever follows an answer that was not foreseen is not waited for.
        client = ours.ok().filter(|_| drift.is_none());
        report.note(attempt.id, drift);
    }
    drop(client);
    stage.close().await
}

async fn ask(client: &mut Client, attempt: &Attempt) -> Result<(), Difference> {
    client.log.clear();
    client.send(&attempt.send).await?;
    let mut expected = attempt.answer.clone();
    expected.insert("messageCount".to_owned(), json!("<int>"));
    compare(&Value::Object(expected), &client.line().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ActionSet;
    use actionline_specs::{Source, load};

    static NONE: ActionSet = ActionSet {
        package: "",
        file: "none.yaml",
        text: "actionline: 1\ninfo: { title: None, version: 1.0.0 }\nactions: {}\n",
        included: &[],
        handlers: &[],
    };

    /// A server that knows nothing of a spec refuses otherwise, and nothing of it counts as passed.
    #[tokio::test]
    async fn a_refusal_that_differs_is_told_with_the_place_of_its_rule() {
        let text = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions:\n  ping:\n    params:\n      \
                    count:\n        type: integer\n        minimum: 1\n";
        let spec = load(Source::new("t.yaml", text)).unwrap();
        let mut report = Report::default();
        let mut server = async || Server::new(&NONE);
        refused(&spec, &mut server, &mut report).await.unwrap();
        report.close(|passed| {
            assert_eq!(passed, [""; 0]);
            actionline_specs::Record::new(&spec, passed)
        });
        assert_eq!(report.drifts().len(), report.tried(), "{report}");
        // Two rules, in two forms each.
        assert_eq!(report.tried(), 4, "{report}");
        let [kind, .., rule] = report.drifts() else {
            panic!("{report}");
        };
        assert_eq!(
            (kind.at.as_str(), rule.at.as_str()),
            ("t.yaml:7:15", "t.yaml:8:9")
        );
        assert_eq!(rule.log.len(), 2, "{report}");
        assert!(rule.diff.contains("count must be at least 1"), "{report}");
    }
}
