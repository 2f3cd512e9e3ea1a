//! Clients of an example by name: `<bob>` stands for the public id of `bob`.

use crate::{Example, ExampleReply};
use serde_json::{Map, Value};

/// What an example calls its own client.
pub const YOU: &str = "you";

/// What stands for the public id of a client.
pub fn placeholder(name: &str) -> String {
    format!("<{name}>")
}

/// A public id to show for a client: always the same, and another for every name.
pub fn sample_id(name: &str) -> String {
    if name == YOU {
        return "86b43f5a32e6addb08d7cacd8773325e".to_owned();
    }
    // FNV-1a. The first eight digits name the server, which is the same.
    let mix = |seed: u64| {
        let bytes = name.bytes();
        bytes.fold(seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let (low, high) = (mix(0xcbf2_9ce4_8422_2325), mix(0x8422_2325_cbf2_9ce4));
    format!("86b43f5a{:08x}{low:016x}", high >> 32)
}

/// A line with the public id of each client in place of its name; `ids` are names and ids.
pub fn with_ids_in_line(line: &str, ids: &[(String, String)]) -> String {
    let mut line = line.to_owned();
    for (name, id) in ids {
        line = line.replace(&placeholder(name), id);
    }
    line
}

/// An example with the public id of each client in place of its name.
pub fn with_ids(example: &Example, ids: &[(String, String)]) -> Example {
    let mut example = example.clone();
    let lines = example.before.iter_mut().chain([&mut example.send]);
    let lines = lines.chain(
        example
            .others
            .iter_mut()
            .flat_map(|other| &mut other.before),
    );
    for line in lines {
        *line = with_ids_in_line(line, ids);
    }
    match &mut example.reply {
        ExampleReply::Fields(fields) => in_fields(fields, ids),
        ExampleReply::Error(text) => *text = with_ids_in_line(text, ids),
        ExampleReply::Bytes(_) => {}
    }
    let heard = example.others.iter_mut().flat_map(|other| &mut other.hears);
    for heard in example.hears.iter_mut().chain(heard) {
        in_fields(&mut heard.line, ids);
    }
    example
}

/// An example with a sample in place of each client's public id.
pub fn with_samples(example: &Example) -> Example {
    let others = example.others.iter().map(|other| other.name.as_str());
    let pair = |name: &str| (name.to_owned(), sample_id(name));
    let ids: Vec<_> = others.chain([YOU]).map(pair).collect();
    with_ids(example, &ids)
}

fn in_fields(fields: &mut Map<String, Value>, ids: &[(String, String)]) {
    fields.values_mut().for_each(|value| in_value(value, ids));
}

fn in_value(value: &mut Value, ids: &[(String, String)]) {
    match value {
        Value::String(text) => *text = with_ids_in_line(text, ids),
        Value::Array(items) => items.iter_mut().for_each(|item| in_value(item, ids)),
        Value::Object(fields) => in_fields(fields, ids),
        _ => {}
    }
}
