//! A sequence diagram of an exchange, as SVG that stands in the page.

use super::html::escape;
use super::transcript::{Side, Step};
use std::fmt::Write as _;

const LANE: usize = 195;
const STEP: usize = 46;
const TOP: usize = 56;
const EDGE: usize = 75;
/// Characters of a line that stand above an arrow between neighbours.
const FITS: usize = 24;

/// The clients of an exchange, in the order in which they appear.
pub(super) fn clients(steps: &[Step]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for step in steps {
        if !names.contains(&step.client.as_str()) {
            names.push(&step.client);
        }
    }
    names
}

/// The diagram behind a line that opens it. The lines themselves stand in the page, so it is told in a sentence only.
pub(super) fn figure(steps: &[Step], open: bool) -> String {
    let open = if open { " open" } else { "" };
    format!(
        "<details class=\"sequence\"{open}><summary>Sequence diagram</summary><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Sequence diagram\">{}</div></details>\n",
        svg(steps)
    )
}

fn svg(steps: &[Step]) -> String {
    let clients = clients(steps);
    // The first client left of the server, the others right of it.
    let lane = |client: &str| match clients.iter().position(|name| *name == client) {
        Some(0) | None => 0,
        Some(index) => index + 1,
    };
    let x = |lane: usize| EDGE + lane * LANE;
    let width = x(clients.len()) + EDGE;
    let height = TOP + steps.len() * STEP + 24;
    let mut out = format!(
        "<svg class=\"diagram\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(&told(steps, &clients))
    );
    let names = clients
        .iter()
        .map(|name| (lane(name), if name.is_empty() { "client" } else { name }));
    for (lane, name) in names.chain([(1, "server")]) {
        let x = x(lane);
        let class = if name == "server" {
            "peer server"
        } else {
            "peer"
        };
        let _ = write!(
            out,
            "<line class=\"life\" x1=\"{x}\" y1=\"40\" x2=\"{x}\" y2=\"{height}\"/><rect class=\"{class}\" x=\"{}\" y=\"10\" width=\"120\" height=\"30\" rx=\"15\"/><text class=\"name\" x=\"{x}\" y=\"30\" text-anchor=\"middle\">{}</text>",
            x - 60,
            escape(&short(name, 14))
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
        let gap = from.abs_diff(to);
        let label = short(&step.text, FITS * gap / LANE);
        let _ = write!(
            out,
            "<g class=\"{class}\"><title>{}</title><line x1=\"{from}\" y1=\"{y}\" x2=\"{tip}\" y2=\"{y}\"/><path d=\"M{tip} {y} L{back} {} L{back} {} Z\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text></g>",
            escape(&step.text),
            y - 4,
            y + 4,
            usize::midpoint(from, to),
            y - 8,
            escape(&label)
        );
    }
    out + "</svg>"
}

fn told(steps: &[Step], clients: &[&str]) -> String {
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
        [first, others @ ..] => format!("{first} and {}", others.join(", ")),
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
    use super::super::transcript::steps;
    use super::*;

    #[test]
    fn every_line_is_an_arrow_and_nothing_gets_out_of_it() {
        let steps = steps(
            "ann> say <b>\"x\n bob"
                .split('\n')
                .next()
                .unwrap_or_default(),
        );
        assert_eq!(steps.len(), 1);
        let svg = svg(&steps);
        assert!(svg.contains("say &lt;b&gt;&quot;x"), "{svg}");
        assert!(!svg.contains("<b>"), "{svg}");
    }

    #[test]
    fn each_client_has_a_lane() {
        let svg = svg(&steps("ann> a\nbob< b\ncid< b\nann< c"));
        assert_eq!(svg.matches("class=\"life\"").count(), 4);
        assert_eq!(svg.matches("class=\"arrow").count(), 4);
    }
}
