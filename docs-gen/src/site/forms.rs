//! An example in every form that a reader can choose.

use super::code::{self, Part, boxed, note, sent, transcript};
use super::diagram;
use super::html::escape;
use super::snippet::{KINDS, Task};
use super::transcript::{Step, steps};
use crate::view::cast::Cast;
use crate::view::example::{ExampleView, Exchange, OtherView};
use crate::{Page, RenderError, Templates};
use actionline_specs::transcript::sample_id;
use serde::Serialize;

/// One form of an example, as HTML.
#[derive(Debug, Serialize)]
pub(super) struct FormView {
    /// What the reader's choice is kept under.
    word: &'static str,
    label: &'static str,
    shown: String,
}

/// An example in all its forms, with its diagram.
#[derive(Debug, Serialize)]
pub(super) struct ExampleForms {
    id: String,
    title: String,
    verified: bool,
    forms: Vec<FormView>,
    diagram: String,
}

/// Everything that the clients of an example send and get.
struct Scene {
    clients: Vec<String>,
    before: Vec<Step>,
    then: Vec<Step>,
    silent: Vec<String>,
}

/// The forms of an example.
pub(super) fn of_example(
    id: String,
    example: &ExampleView,
    page: &Page,
    templates: &Templates,
) -> Result<ExampleForms, RenderError> {
    let (words, json) = (example.words.as_ref(), example.json.as_ref());
    let scene = |exchange| Scene::new(exchange, &example.others);
    let mut forms = Vec::new();
    for (word, label, exchange) in [("words", "Words", words), ("json", "JSON", json)] {
        if let Some(exchange) = exchange {
            forms.push(FormView {
                word,
                label,
                shown: shown(exchange, &scene(exchange)),
            });
        }
    }
    // People type words, programs send JSON.
    let by_hand = words.or(json).map(|exchange| (exchange, scene(exchange)));
    let by_program = json.or(words).map(|exchange| (exchange, scene(exchange)));
    for kind in KINDS {
        let chosen = if kind.word == "nc" {
            &by_hand
        } else {
            &by_program
        };
        let Some((exchange, scene)) = chosen else {
            continue;
        };
        let task = Task {
            host: &page.host,
            port: &page.port,
            lines: scene.typed().collect(),
            file: exchange.bytes.is_some(),
        };
        forms.push(FormView::program(kind, &task, templates)?);
    }
    Ok(ExampleForms {
        id,
        title: example.title.clone(),
        verified: example.verified,
        forms,
        // A request and its answer need no picture.
        diagram: match &by_hand {
            Some((_, scene)) if scene.clients.len() > 1 => {
                diagram::figure(&scene.steps(), &scene.clients)
            }
            _ => String::new(),
        },
    })
}

/// The forms of the whole session, `words` being the terminal's.
pub(super) fn of_session(
    page: &Page,
    words: &str,
    templates: &Templates,
) -> Result<Vec<FormView>, RenderError> {
    let typed = code::parts(&page.session).filter(|(_, part)| *part == Part::Typed);
    let mut lines: Vec<&str> = typed.map(|(line, _)| line).collect();
    let steps = steps(&page.session_json);
    let program = format!("nc {} {}", page.host, page.port);
    let sent: Vec<&str> = std::iter::once(program.as_str())
        .chain(sent(&steps, ""))
        .collect();
    let json = note(&format!("$ {program}")) + &transcript(&steps, &[]);
    let mut forms = vec![
        FormView {
            word: "words",
            label: "Words",
            shown: words.to_owned(),
        },
        FormView {
            word: "json",
            label: "JSON",
            shown: boxed(&json, &sent.join("\n")),
        },
    ];
    for kind in KINDS {
        if kind.word == "nc" {
            // Its line ends with one.
            lines.retain(|line| *line != "quit");
        }
        let task = Task {
            host: &page.host,
            port: &page.port,
            lines: lines.clone(),
            file: false,
        };
        forms.push(FormView::program(kind, &task, templates)?);
    }
    Ok(forms)
}

impl FormView {
    fn program(
        kind: super::snippet::Kind,
        task: &Task<'_>,
        templates: &Templates,
    ) -> Result<Self, RenderError> {
        let text = kind.text(task, templates)?;
        Ok(Self {
            word: kind.word,
            label: kind.label,
            shown: boxed(&kind.shown(&text), &text),
        })
    }
}

impl Scene {
    fn new(exchange: &Exchange, others: &[OtherView]) -> Self {
        let cast = Cast::new(exchange, others);
        Self {
            before: steps(&cast.before.join("\n")),
            then: steps(&cast.then.join("\n")),
            clients: cast.clients,
            silent: cast.silent,
        }
    }

    fn steps(&self) -> Vec<Step> {
        [&self.before[..], &self.then].concat()
    }

    /// The clients whose public ids are in the lines, where there are several.
    fn ids(&self) -> impl Iterator<Item = (&str, String)> {
        let several = self.clients.iter().filter(|_| self.clients.len() > 1);
        let ids = several.map(|name| (name.as_str(), sample_id(name)));
        ids.filter(|(_, id)| self.then.iter().any(|step| step.text.contains(id)))
    }

    /// What the example's own client sends.
    fn typed(&self) -> impl Iterator<Item = &str> {
        let own = &self.clients[0];
        sent(&self.before, own).chain(sent(&self.then, own))
    }
}

fn shown(exchange: &Exchange, scene: &Scene) -> String {
    let mut lines = transcript(&scene.before, &scene.clients);
    if !scene.before.is_empty() {
        lines += &note("… answered, and then:");
    }
    lines += &transcript(&scene.then, &scene.clients);
    if !scene.silent.is_empty() {
        lines += &note(&format!("Nothing comes to {}.", scene.silent.join(", ")));
    }
    for (name, id) in scene.ids() {
        lines += &note(&format!("{id} is {name}."));
    }
    let copy: Vec<&str> = scene.typed().collect();
    let block = boxed(&lines, &copy.join("\n"));
    match &exchange.bytes {
        None => block,
        Some(bytes) => format!(
            "{block}<p class=\"bytes\">The answer is these {}, as they are:</p>{}",
            escape(&bytes.size),
            boxed(&code::plain(&bytes.text), &bytes.text)
        ),
    }
}
