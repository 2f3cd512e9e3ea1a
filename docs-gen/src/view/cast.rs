//! An exchange with everyone who takes part, line by line: `you> line` was sent, `bob< line` came.

use super::example::{Exchange, OtherView};
use actionline_specs::transcript::YOU;

/// All lines of an exchange in one order that can happen: what others are sent is queued before the sender's own answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cast {
    /// The clients, the example's own first; one without a name when there is no other.
    pub(crate) clients: Vec<String>,
    /// Lines sent first, whose replies are not shown.
    pub(crate) before: Vec<String>,
    /// The request and everything that comes of it.
    pub(crate) then: Vec<String>,
    /// The clients that get nothing.
    pub(crate) silent: Vec<String>,
}

impl Cast {
    pub(crate) fn new(exchange: &Exchange, others: &[OtherView]) -> Self {
        let own = if others.is_empty() { "" } else { YOU };
        let sent = |who: &str, lines: &[String]| -> Vec<String> {
            lines.iter().map(|line| format!("{who}> {line}")).collect()
        };
        let got = |who: &str, text: &str| -> Vec<String> {
            text.lines().map(|line| format!("{who}{line}")).collect()
        };
        let mut before: Vec<String> = others
            .iter()
            .flat_map(|other| sent(&other.name, &other.before))
            .collect();
        before.extend(sent(own, &exchange.before));
        let mut then = got(own, &exchange.text);
        let answers = then.split_off(1.min(then.len()));
        then.extend(others.iter().flat_map(|it| got(&it.name, &it.text)));
        then.extend(answers);
        let names = others.iter().map(|other| other.name.clone());
        let silent = others.iter().filter(|other| other.text.is_empty());
        Self {
            clients: std::iter::once(own.to_owned()).chain(names).collect(),
            before,
            then,
            silent: silent.map(|other| other.name.clone()).collect(),
        }
    }
}
