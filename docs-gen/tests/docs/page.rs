//! What is on the page, for any spec.

use crate::{ROOT, specs};
use actionline_docs_gen::{Docs, page};
use actionline_specs::{
    Code, ParamCode, ParamFault, REQUIRED, Schema, Source, Spec, limits, load, verbs, wire,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The page in the repository is the one that the spec makes.
#[test]
fn the_page_is_up_to_date() {
    Docs::default().in_dir(ROOT).check().unwrap();
}

/// The words of every value inside another.
fn inside(schema: &Schema, has: &impl Fn(&str)) {
    let items = schema.items.as_deref().into_iter();
    for member in schema.properties() {
        has(&member.name);
    }
    for schema in items.chain(schema.properties().iter().map(|member| &member.schema)) {
        has(&schema.description);
        schema.rules().for_each(|rule| has(&rule.phrase()));
        inside(schema, has);
    }
}

/// What a reader sees: text and code, the marks of Markdown gone.
fn seen(page: &str) -> String {
    let mut out = String::new();
    let mut html_code = false;
    for event in events(page) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::InlineHtml(tag) => html_code = &*tag == "<code>",
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push('\t'),
            Event::End(_) if !html_code => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn events(page: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(page, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

fn rendered(spec: &Spec) -> String {
    page(spec).unwrap_or_else(|error| panic!("{}: {error}", spec.source.name))
}

#[test]
fn what_a_client_needs_is_on_the_page() {
    let text = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nrequires: [login]\nactions:\n  \
                enter: { requires: [] }\n  play: {}\n  reset: { requires: [login, head] }\n";
    let spec = load(Source::new("t.yaml", text)).unwrap();
    let seen = seen(&rendered(&spec));
    let section = |entry: &str| {
        let (_, rest) = seen.split_once(&format!("\n{entry}\n")).expect(entry);
        let end = rest.find("\nVerb ").or(rest.find("\nAction "));
        &rest[..end.unwrap_or(rest.len())]
    };
    assert!(section("Verb say").contains("Requires: login."), "{seen}");
    assert!(!section("Verb quit").contains("Requires:"), "{seen}");
    assert!(!section("Action enter").contains("Requires:"), "{seen}");
    assert!(
        section("Action play").contains("Requires: login."),
        "{seen}"
    );
    assert!(
        section("Action reset").contains("Requires: login, head."),
        "{seen}"
    );
    assert!(
        seen.contains("starts in once it has login: until then it is in no room"),
        "{seen}"
    );
    assert!(
        seen.contains("It has 5 seconds and 4 KiB to get there."),
        "{seen}"
    );
}

#[test]
fn every_word_of_the_spec_is_on_the_page() {
    for spec in specs() {
        let seen = seen(&rendered(&spec));
        let name = &spec.source.name;
        let has = |text: &str| assert!(seen.contains(text), "{name}: no {text:?} in\n{seen}");
        for action in &spec.actions {
            has(&format!("Effect: {}.", action.effect.word()));
            let of_params = action.params.iter().filter_map(|p| p.deprecated.as_ref());
            for said in action.deprecated.iter().chain(of_params) {
                has(&format!("Deprecated. {}", said.text.replace('`', "")));
            }
            action
                .since
                .iter()
                .for_each(|since| has(&format!("Since {since}.")));
        }
        for push in &spec.pushes {
            has(&push.name);
            has(&push.description);
            push.fields.iter().for_each(|field| has(&field.name));
        }
        for shared in &spec.schemas {
            has(&shared.name);
            inside(&shared.schema, &has);
        }
        for action in spec.actions.iter().chain(&verbs().actions) {
            has(&action.name);
            for param in &action.params {
                has(&param.name);
                for rule in param.rules() {
                    has(&rule.phrase());
                    has(&ParamFault::new(&param.name, rule.code(), &rule.phrase(), false).message);
                }
                inside(&param.schema, &has);
                if param.required {
                    has(
                        &ParamFault::new(&param.name, ParamCode::Required, REQUIRED, false).message,
                    );
                }
                if let Some(default) = &param.default {
                    has(&default.value.to_string());
                }
            }
            for field in action.returns.fields() {
                has(&field.name);
                inside(&field.schema, &has);
            }
            for error in &action.errors {
                has(&error.code);
                has(&error.message);
            }
            for example in &action.examples {
                has(&example.send);
                example.before.iter().for_each(|line| has(line));
            }
        }
    }
}

#[test]
fn every_table_is_printed_whole() {
    for spec in specs() {
        let seen = seen(&rendered(&spec));
        let has = |text: &str| assert!(seen.contains(text), "{}: no {text:?}", spec.source.name);
        limits::ALL.iter().for_each(|limit| has(limit.name));
        Code::ALL.iter().for_each(|code| has(code.template()));
        ParamCode::ALL.iter().for_each(|code| has(code.word()));
        wire::Reason::ALL
            .iter()
            .for_each(|reason| has(reason.word()));
        wire::Gap::ALL.iter().for_each(|gap| has(gap.word()));
        wire::MESSAGES.iter().for_each(|message| has(message.name));
        wire::RESERVED.iter().for_each(|name| has(name));
    }
}

/// No text of a spec adds a heading, a cell or raw HTML.
#[test]
fn the_outline_is_the_page_s_own() {
    for spec in specs() {
        let page = rendered(&spec);
        let name = &spec.source.name;
        let mut headings = Vec::new();
        let (mut in_heading, mut columns, mut cells) = (false, 0, 0);
        for event in events(&page) {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    in_heading = true;
                    headings.push(String::new());
                }
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                Event::Text(text) | Event::Code(text) if in_heading => {
                    headings.last_mut().unwrap().push_str(&text)
                }
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => cells = 0,
                Event::Start(Tag::TableCell) => cells += 1,
                Event::End(TagEnd::TableRow) => assert_eq!(cells, columns, "{name}"),
                Event::Html(html) => assert!(html.starts_with("<!-- Generated"), "{name}: {html}"),
                Event::InlineHtml(html) => {
                    assert!(matches!(&*html, "<code>" | "</code>"), "{name}: {html}")
                }
                _ => {}
            }
        }
        let actions = spec
            .actions
            .iter()
            .map(|action| format!("Action {}", action.name));
        let pushes = spec.pushes.iter();
        let entries = pushes
            .map(|push| format!("Push {}", push.name))
            .chain(
                verbs()
                    .actions
                    .iter()
                    .map(|verb| format!("Verb {}", verb.name)),
            )
            .chain(actions);
        let own: Vec<String> = headings
            .iter()
            .filter(|heading| {
                ["Push ", "Verb ", "Action "]
                    .iter()
                    .any(|what| heading.starts_with(what))
            })
            .cloned()
            .collect();
        assert_eq!(own, entries.collect::<Vec<_>>(), "{name}");
        assert_eq!(headings.len() - own.len(), 22, "{name}: {headings:?}");
    }
}

/// Links within the page lead somewhere.
#[test]
fn every_anchor_is_a_heading() {
    for spec in specs() {
        let page = rendered(&spec);
        let anchors: Vec<String> = page
            .lines()
            .filter_map(|line| anchor(line.trim_start_matches('#'), line))
            .collect();
        for event in events(&page) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event
                && let Some(anchor) = dest_url.strip_prefix('#')
            {
                assert!(
                    anchors.iter().any(|known| known == anchor),
                    "{}: #{anchor}",
                    spec.source.name
                );
            }
        }
    }
}

/// The anchor that GitHub gives a heading.
fn anchor(words: &str, line: &str) -> Option<String> {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let text: String = words
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| kept(*c))
        .collect();
    line.starts_with("## ")
        .then_some(())
        .or(line.starts_with("### ").then_some(()))?;
    Some(text.replace(' ', "-"))
}

/// The lines of the seed's transcript, built from the spec.
#[test]
fn the_session_is_the_seed_s() {
    let page = Docs::default().in_dir(ROOT).print().unwrap();
    let lines = [
        r#"{"welcome":"Hello! Welcome to the actionHero api","room":"defaultRoom","context":"api","messageCount":0}"#,
        "detailsView",
        r#"{"context":"response","status":"OK","details":{"params":{},"public":{"id":"86b43f5a32e6addb08d7cacd8773325e","connectedAt":1346909099674}},"messageCount":1}"#,
        "randomNumber",
        r#"{"context":"response","randomNumber":0.6138995781075209,"messageCount":2}"#,
        "cacheTest",
        r#"{"context":"response","error":"key is a required parameter for this action","messageCount":3}"#,
        "paramAdd key=myKey",
        r#"{"status":"OK","context":"response","messageCount":4}"#,
        "paramAdd value=myValue",
        r#"{"status":"OK","context":"response","messageCount":5}"#,
        "paramsView",
        r#"{"context":"response","params":{"action":"cacheTest","limit":100,"offset":0,"key":"myKey","value":"myValue"},"messageCount":6}"#,
        "cacheTest",
        r#"{"context":"response","cacheTestResults":{"key":"myKey","value":"myValue","saveResp":"new record","loadResp":"myValue","deleteResp":true},"messageCount":7}"#,
        "say hooray!",
        r#"{"context":"response","status":"OK","messageCount":8}"#,
        r#"{"context":"api","status":"keep-alive","serverTime":"2012-01-03T19:48:40.136Z","messageCount":9}"#,
    ];
    assert!(page.contains(&lines.join("\n")), "{page}");
}

#[test]
fn examples_are_shown_in_both_forms() {
    let full = specs()
        .into_iter()
        .find(|spec| spec.info.title == "Full")
        .unwrap();
    let page = rendered(&full);
    for text in [
        // Words become typed values.
        r#"> {"action":"everything","params":{"name":"ann","count":3,"ratio":1.5,"flag":true,"list":[1],"map":{"a":1},"free":"5"},"messageId":"1"}"#,
        r#""id":"86b43f5a32e6addb08d7cacd8773325e","createdAt":1346909099674,"items":[…],"rest":{…},"messageCount":1}"#,
        // What was saved is in the request itself; what else was sent before stays.
        "After `paramAdd name=bob`, `paramAdd other=1`, `roomChange kitchen`:",
        "After `roomChange kitchen`:\n\n```\n> {\"action\":\"everything\",\"params\":{\"name\":\"bob\",\"count\":4},\"messageId\":\"1\"}",
        // Errors have their code, params every fault.
        r#""error":"eve is banned","code":"banned","messageCount":1}"#,
        r#""errors":[{"param":"name","code":"pattern","message":"name must match ^[a-z] for this action"},{"param":"count","code":"maximum","message":"count must be at most 10 for this action"}],"messageCount":1}"#,
        // What was written in JSON form is shown in it alone.
        "**Example** *(not verified)*\n\n```\n> {\"action\":\"quiet\",\"messageId\":7}\n< {\"context\":\"response\",\"messageId\":7,\"status\":\"OK\",\"messageCount\":1}",
        // Actions without examples show their shape.
        r#"{"context":"response","total":1,"list":[…],"lines":[{"day":"2012-01-03"}],"messageCount":1}"#,
        // Bytes with a fence in them.
        "The answer is these 12 bytes, as they are:\n\n````\none\n\n```\ntwo\n````",
    ] {
        assert!(page.contains(text), "no {text}\nin\n{page}");
    }
}
