//! The machine form and its hash: what is in it, and what changes it.

use actionline_specs::{Source, Spec, load, load_from, machine, verbs};
use serde_json::{Value, json};

fn read(text: &str) -> Spec {
    load(Source::new("actions.yaml", text)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn hash(text: &str) -> String {
    machine::hash([&read(text)])
}

const SPEC: &str = r##"actionline: 1
info: { title: Scores, version: 1.2.0, description: A game. }
lints: { allow: [unbounded-string] }
common:
  limit: { type: integer, minimum: 1, default: 10, description: How many. }
schemas:
  Player: { type: object, description: A player., properties: { id: { type: string, required: true } } }
actions:
  scoreAdd:
    description: Adds points.
    effect: idempotent
    connection: required
    timeout: 5
    requires: [login]
    since: 1.1.0
    deprecated: Use `scoreSet`.
    params:
      player: { $ref: "#/schemas/Player", required: true }
      key: { type: string, secret: true, maxLength: 9, since: 1.2.0, deprecated: true, description: The key. }
    returns:
      total: { type: integer, description: Points. }
    errors:
      banned: { message: "{who} is banned", description: Always. }
    examples:
      - title: One
        before: [paramAdd key=a]
        send: 'scoreAdd player={"id":"ann"}'
        reply: { total: "<int>" }
        hears: [{ context: user, message: n, from: <bob>, room: r }]
        others:
          bob: { before: [roomView], hears: [{ context: user, message: m, from: <you>, room: r }] }
          eve: {}
  file:
    returns: file
pushes:
  scored:
    description: Somebody scored.
    fields: { by: { $ref: "#/schemas/Player" } }
    example: { by: { id: ann } }
"##;

#[test]
fn everything_a_client_can_know_is_in_it() {
    let player = json!({
        "type": "object", "description": "A player.",
        "properties": { "id": { "type": "string" } },
        "required": ["id"], "additionalProperties": false,
    });
    let limit = json!({
        "type": ["integer", "null"], "description": "How many.",
        "minimum": 1, "maximum": i64::MAX, "default": 10,
    });
    let mut required = player.clone();
    required["type"] = json!("object");
    let form = machine::form([&read(SPEC)]);
    assert_eq!(form["protocol"], verbs().info.version);
    let names: Vec<&str> = (form["verbs"].as_array().unwrap().iter())
        .map(|verb| verb["name"].as_str().unwrap())
        .collect();
    let declared: Vec<&str> = (verbs().actions.iter())
        .map(|verb| verb.name.as_str())
        .collect();
    assert_eq!(names, declared);
    let wanted = json!([{
        "info": { "title": "Scores", "version": "1.2.0", "description": "A game." },
        "actions": [
            {
                "kind": "action",
                "name": "scoreAdd",
                "description": "Adds points.",
                "effect": "idempotent",
                "timeout": 5,
                "connection": "required",
                "requires": ["login"],
                "since": "1.1.0",
                "deprecated": "Use `scoreSet`.",
                "params": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "player": player,
                            "key": {
                                "type": ["string", "null"], "description": "The key.", "maxLength": 9,
                                "deprecated": true, "writeOnly": true,
                            },
                            "limit": limit,
                        },
                        "required": ["player"],
                        "additionalProperties": false,
                    },
                    "common": ["limit"],
                    "secret": ["key"],
                    "since": { "key": "1.2.0" },
                    "deprecated": { "key": true },
                },
                "returns": {
                    "type": "object",
                    "properties": {
                        "total": { "type": "integer", "description": "Points.", "minimum": i64::MIN, "maximum": i64::MAX },
                    },
                    "required": ["total"],
                    "additionalProperties": false,
                },
                "errors": [{ "code": "banned", "message": "{who} is banned", "description": "Always." }],
                "examples": [{
                    "title": "One",
                    "before": ["paramAdd key=a"],
                    "send": "scoreAdd player={\"id\":\"ann\"}",
                    "reply": { "total": "<int>" },
                    "hears": [{ "context": "user", "message": "n", "from": "<bob>", "room": "r" }],
                    "others": {
                        "bob": {
                            "before": ["roomView"],
                            "hears": [{ "context": "user", "message": "m", "from": "<you>", "room": "r" }],
                        },
                        "eve": {},
                    },
                }],
            },
            {
                "kind": "action",
                "name": "file",
                "effect": "write",
                "params": {
                    "schema": {
                        "type": "object",
                        "properties": { "limit": limit },
                        "additionalProperties": false,
                    },
                    "common": ["limit"],
                },
                "returns": "file",
                "errors": [],
                "examples": [],
            },
        ],
        "pushes": [{
            "name": "scored",
            "description": "Somebody scored.",
            "fields": {
                "type": "object",
                "properties": { "by": { "$ref": "#/$defs/Player" } },
                "required": ["by"],
                "additionalProperties": false,
                "$defs": { "Player": player },
            },
            "example": { "by": { "id": "ann" } },
        }],
        "schemas": { "Player": player },
    }]);
    // As text: the order counts.
    assert_eq!(form["specs"].to_string(), wanted.to_string());
}

#[test]
fn a_verb_has_its_aliases_and_its_usage() {
    let quit = machine::entry(&verbs().actions[0]);
    let keys: Vec<&str> = quit
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let wanted = "kind name aliases usage description params returns errors examples";
    assert_eq!(keys, wanted.split(' ').collect::<Vec<_>>());
    assert_eq!(quit["kind"], "verb");
    assert_eq!(quit["aliases"], json!(["exit", "close"]));
}

/// The hash of a fixed value: another language's must be the same.
#[test]
fn the_hash_is_sha_256_of_the_compact_text() {
    let value: Value = serde_json::from_str(
        r#"{ "b": [1, -5, 0.5, 1e300, 9223372036854775807], "a": "é \"q\" \\ / \u0007 \n \u007f" }"#,
    )
    .unwrap();
    let text = "{\"b\":[1,-5,0.5,1e+300,9223372036854775807],\"a\":\"é \\\"q\\\" \\\\ / \\u0007 \\n \u{7f}\"}";
    assert_eq!(value.to_string(), text);
    assert_eq!(
        machine::digest(&value),
        "b07da97ee5825a6d217f8d0587ed09b8ff3f73e80687101329db564c8d4e9903"
    );
}

#[test]
fn layout_does_not_change_the_hash() {
    let base = hash(SPEC);
    assert_eq!(base.len(), 64);
    let comments: String = SPEC
        .lines()
        .map(|line| format!("{line}   # said\n\n"))
        .collect();
    assert_eq!(hash(&comments), base);
    let quoted = SPEC.replace(
        "description: Adds points.",
        "description: >-\n      Adds\n      points.",
    );
    assert_eq!(hash(&quoted), base);
    let silent = SPEC.replace("lints: { allow: [unbounded-string] }\n", "");
    assert_eq!(hash(&silent), base);
    let (before, actions) = SPEC.split_once("actions:\n").unwrap();
    let (actions, pushes) = actions.split_once("pushes:\n").unwrap();
    let root = format!("{before}include: [more.yaml]\npushes:\n{pushes}");
    let split = load_from(Source::new("elsewhere/api.yaml", root), |_| {
        Ok(format!("actionline: 1\nactions:\n{actions}"))
    });
    let split = split.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(machine::hash([&split]), base);
}

#[test]
fn each_change_of_what_is_said_changes_the_hash() {
    let mut seen = vec![hash(SPEC)];
    for (old, new) in [
        ("title: Scores", "title: Score"),
        ("1.2.0, description", "1.2.1, description"),
        ("A game.", "The game."),
        ("minimum: 1", "minimum: 2"),
        ("default: 10", "default: 11"),
        ("Adds points.", "Adds a point."),
        ("effect: idempotent", "effect: write"),
        ("    connection: required\n", ""),
        ("timeout: 5", "timeout: 6"),
        ("requires: [login]", "requires: [admin]"),
        ("actions:\n", "requires: [login]\nactions:\n"),
        ("since: 1.1.0", "since: 1.1.1"),
        ("Use `scoreSet`.", "true"),
        (
            "required: true }\n      key",
            "description: Who., required: true }\n      key",
        ),
        ("secret: true, ", ""),
        ("maxLength: 9", "maxLength: 8"),
        ("since: 1.2.0, ", ""),
        ("Points.", "All points."),
        ("{who} is banned", "{who} was banned"),
        ("Always.", "Sometimes."),
        ("title: One", "title: Two"),
        ("key=a", "key=b"),
        ("\"<int>\"", "5"),
        ("  file:\n    returns: file\n", ""),
        ("returns: file", "description: It."),
        ("Somebody", "Someone"),
        (
            "example: { by: { id: ann } }",
            "example: { by: { id: bob } }",
        ),
        ("A player.", "Some player."),
        ("fields: { by: {", "fields: { of: {"),
    ] {
        let mut text = SPEC.replacen(old, new, 1);
        assert_ne!(text, SPEC, "{old}");
        if old.starts_with("fields") {
            text = text.replace("example: { by:", "example: { of:");
        }
        seen.push(hash(&text));
    }
    // Two actions in the other order.
    let (before, file) = SPEC.split_once("  file:\n    returns: file\n").unwrap();
    let turned = before.replace("actions:\n", "actions:\n  file:\n    returns: file\n") + file;
    seen.push(hash(&turned));
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all);
}

#[test]
fn mounted_specs_are_hashed_in_their_order() {
    let other = "actionline: 1\ninfo: { title: Other, version: 1.0.0 }\nactions: { ping: {} }\n";
    let (one, two) = (read(SPEC), read(other));
    let hashes = [
        machine::hash([&one]),
        machine::hash([&two]),
        machine::hash([&one, &two]),
        machine::hash([&two, &one]),
    ];
    for (at, hash) in hashes.iter().enumerate() {
        assert!(!hashes[..at].contains(hash));
    }
}
