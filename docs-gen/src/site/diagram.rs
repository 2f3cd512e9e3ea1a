//! A sequence diagram of an exchange, as SVG that stands in the page.

use super::code::LANES;
use super::html::escape;
use super::transcript::{Side, Step};
use serde_json::{Map, Value};
use std::fmt::Write as _;

const LANE: usize = 200;
const STEP: usize = 46;
const TOP: usize = 56;
const EDGE: usize = 75;
/// Characters that stand above an arrow between neighbours.
const FITS: usize = 25;

/// The diagram behind a line that closes it. The lines themselves stand in the page, so it is told in a sentence only.
pub(super) fn figure(steps: &[Step], clients: &[String]) -> String {
    format!(
        "<details class=\"sequence\" open><summary>Sequence diagram</summary><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Sequence diagram\">{}</div></details>\n",
        svg(steps, clients)
    )
}

fn svg(steps: &[Step], clients: &[String]) -> String {
    // The first client left of the server, the others right of it.
    let lane = |client: &str| match clients.iter().position(|name| name == client) {
        Some(0) | None => 0,
        Some(index) => index + 1,
    };
    let x = |lane: usize| EDGE + lane * LANE;
    let width = x(clients.len()) + EDGE;
    let height = TOP + steps.len() * STEP + 24;
    let mut out = format!(
        "<svg class=\"diagram\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(&told(steps, clients))
    );
    let peers = clients.iter().enumerate().map(|(index, name)| {
        let name = if name.is_empty() { "client" } else { name };
        (
            lane(&clients[index]),
            format!("who-{}", index % LANES),
            name,
        )
    });
    for (lane, class, name) in peers.chain([(1, "server".to_owned(), "server")]) {
        let x = x(lane);
        let _ = write!(
            out,
            "<g class=\"{class}\"><line class=\"life\" x1=\"{x}\" y1=\"40\" x2=\"{x}\" y2=\"{height}\"/><rect class=\"peer\" x=\"{}\" y=\"10\" width=\"110\" height=\"30\" rx=\"15\"/><text class=\"name\" x=\"{x}\" y=\"30\" text-anchor=\"middle\">{}</text></g>",
            x - 55,
            escape(&short(name, 13))
        );
    }
    for (index, step) in steps.iter().enumerate() {
        let y = TOP + index * STEP + 26;
        let (client, server) = (x(lane(&step.client)), x(1));
        let (from, to, class) = match step.side {
            Side::Sent => (client, server, "arrow sent"),
            Side::Received => (server, client, "arrow got"),
        };
        let (tip, back) = match from < to {
            true => (to - 2, to - 10),
            false => (to + 2, to + 10),
        };
        // Above the part of the arrow that touches the client, where no other lane crosses it.
        let middle = if client < server {
            client + LANE / 2
        } else {
            client - LANE / 2
        };
        let _ = write!(
            out,
            "<g class=\"{class}\"><title>{}</title><line x1=\"{from}\" y1=\"{y}\" x2=\"{tip}\" y2=\"{y}\"/><path d=\"M{tip} {y} L{back} {} L{back} {} Z\"/><text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text></g>",
            escape(&step.text),
            y - 4,
            y + 4,
            y - 8,
            escape(&short(&gist(&step.text), FITS))
        );
    }
    out + "</svg>"
}

/// What a line says, without what every line has. The whole stands in the transcript, and under the pointer.
fn gist(text: &str) -> String {
    let Ok(line) = serde_json::from_str::<Map<String, Value>>(text) else {
        return text.to_owned();
    };
    let every = ["context", "messageId", "messageCount"];
    let own = line
        .iter()
        .filter(|(name, _)| !every.contains(&name.as_str()));
    let said = own.map(|(name, value)| match value {
        Value::String(text) => format!("{name}: {text}"),
        value => format!("{name}: {value}"),
    });
    said.collect::<Vec<_>>().join(", ")
}

fn told(steps: &[Step], clients: &[String]) -> String {
    let sent = steps.iter().filter(|step| step.side == Side::Sent).count();
    let lines = |count: usize| {
        if count == 1 {
            "1 line".to_owned()
        } else {
            format!("{count} lines")
        }
    };
    let who = match clients {
        [] | [_] => "A client".to_owned(),
        [first, others @ ..] => format!("{first}, {}", others.join(", ")),
    };
    format!(
        "{who} and the server: {} sent, {} received. Each stands in the transcript.",
        lines(sent),
        lines(steps.len() - sent)
    )
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::super::transcript::{clients, steps};
    use super::*;

    #[test]
    fn every_line_is_an_arrow_and_nothing_gets_out_of_it() {
        let steps = steps("ann> say <b>\"x");
        assert_eq!(steps.len(), 1);
        let svg = svg(&steps, &clients(&steps));
        assert!(svg.contains("say &lt;b&gt;&quot;x"), "{svg}");
        assert!(!svg.contains("<b>"), "{svg}");
    }

    #[test]
    fn each_client_has_a_lane_also_one_that_gets_nothing() {
        let steps = steps("ann> a\nbob< b\ncid< b\nann< c");
        let clients = [&clients(&steps)[..], &["eve".to_owned()]].concat();
        let svg = svg(&steps, &clients);
        assert_eq!(svg.matches("class=\"life\"").count(), 5);
        assert_eq!(svg.matches("class=\"arrow").count(), 4);
    }

    #[test]
    fn a_line_is_told_by_what_is_its_own() {
        let line = r#"{"context":"user","message":"hi","room":"a","messageCount":3}"#;
        assert_eq!(gist(line), "message: hi, room: a");
        assert_eq!(gist("say {x}"), "say {x}");
    }
}
