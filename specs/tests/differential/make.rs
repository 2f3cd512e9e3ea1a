//! Specs of every shape, and values that are at home in them or nearly so.

use crate::dice::Dice;
use crate::words::{FORMATS, NUMBERS, OTHERS, PATTERNS, STRINGS};
use serde_json::{Map, Value, json};

/// The names of the shared schemas. Each may refer to the ones before it.
pub const SHARED: [&str; 3] = ["Leaf", "Twig", "Branch"];
const MEMBERS: [&str; 4] = ["a", "b", "cD", "e_f"];

/// A schema that nests `depth` levels at most and may refer to so many shared ones.
pub fn schema(dice: &mut Dice, depth: usize, shared: usize) -> Map<String, Value> {
    if shared > 0 && dice.percent(15) {
        let name = SHARED[dice.below(shared)];
        return Map::from_iter([("$ref".to_owned(), json!(format!("#/schemas/{name}")))]);
    }
    let nested = if depth > 0 { 4 } else { 0 };
    match dice.below(9 + nested) {
        0..=2 => string(dice),
        3 | 4 => integer(dice),
        5 | 6 => number(dice),
        7 => Map::from_iter([("type".to_owned(), json!("boolean"))]),
        8 => match dice.below(3) {
            0 => Map::from_iter([("type".to_owned(), json!("array"))]),
            1 => Map::from_iter([("type".to_owned(), json!("object"))]),
            _ => Map::new(),
        },
        9 | 10 => array(dice, depth, shared),
        _ => object(dice, depth, shared),
    }
}

fn of(kind: &str) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), json!(kind))])
}

fn string(dice: &mut Dice) -> Map<String, Value> {
    let mut schema = of("string");
    match dice.below(6) {
        0 => drop(schema.insert("format".to_owned(), json!(dice.pick(FORMATS).0))),
        1 => {
            let pattern = match dice.percent(50) {
                true => (*dice.pick(PATTERNS)).to_owned(),
                false => pattern(dice, 3),
            };
            schema.insert("pattern".to_owned(), json!(pattern));
        }
        2 => {
            let words = ["low", "high", "😀", "é", "", "a"];
            let from = dice.below(5);
            schema.insert("enum".to_owned(), json!(words[from..=from + 1]));
        }
        _ => {}
    }
    limits(dice, &mut schema, ("minLength", "maxLength"), (0, 5));
    schema
}

/// Maybe a lower limit, maybe an upper one.
fn limits(
    dice: &mut Dice,
    schema: &mut Map<String, Value>,
    (low, high): (&str, &str),
    (from, to): (i64, i64),
) {
    let least = dice.between(from, to);
    let most = dice.between(least, to);
    for (word, limit) in [(low, least), (high, most)] {
        if dice.percent(30) {
            schema.insert(word.to_owned(), json!(limit));
        }
    }
}

fn integer(dice: &mut Dice) -> Map<String, Value> {
    let mut schema = of("integer");
    match dice.below(5) {
        0 => {
            let ends = [
                i64::MIN,
                i64::MIN + 1,
                1 << 53,
                (1 << 53) + 1,
                i64::MAX - 1,
                i64::MAX,
            ];
            let word = *dice.pick(&["minimum", "maximum"]);
            schema.insert(word.to_owned(), json!(dice.pick(&ends)));
        }
        1 => drop(schema.insert("enum".to_owned(), json!([0, 5, 50, 1i64 << 53, i64::MAX]))),
        _ => limits(dice, &mut schema, ("minimum", "maximum"), (-5, 60)),
    }
    if dice.percent(25) {
        let units = [1, 2, 3, 5, 1000, (1i64 << 53) - 1];
        schema.insert("multipleOf".to_owned(), json!(dice.pick(&units)));
    }
    schema
}

fn number(dice: &mut Dice) -> Map<String, Value> {
    let mut schema = of("number");
    match dice.below(4) {
        0 => drop(schema.insert("enum".to_owned(), json!([0.0, 1.5, 0.1, 50]))),
        1 => {
            let ends = [0.1, -0.5, 1e-7, 9_007_199_254_740_991.0];
            let word = *dice.pick(&["minimum", "maximum"]);
            schema.insert(word.to_owned(), json!(dice.pick(&ends)));
        }
        2 => limits(dice, &mut schema, ("minimum", "maximum"), (-5, 60)),
        _ => {}
    }
    if dice.percent(30) {
        let units = [
            json!(0.1),
            json!(0.01),
            json!(0.25),
            json!(2),
            json!(2.0),
            json!(1e-9),
            json!(3),
            json!(12.5),
        ];
        schema.insert("multipleOf".to_owned(), dice.pick(&units).clone());
    }
    schema
}

fn array(dice: &mut Dice, depth: usize, shared: usize) -> Map<String, Value> {
    let mut array = of("array");
    limits(dice, &mut array, ("minItems", "maxItems"), (0, 4));
    if dice.percent(30) {
        array.insert("uniqueItems".to_owned(), json!(true));
    }
    if dice.percent(80) {
        let items = schema(dice, depth - 1, shared);
        array.insert("items".to_owned(), Value::Object(items));
    }
    array
}

fn object(dice: &mut Dice, depth: usize, shared: usize) -> Map<String, Value> {
    let mut object = of("object");
    if dice.percent(90) {
        let count = dice.below(MEMBERS.len() + 1);
        let members = MEMBERS[..count].iter().map(|name| {
            let mut member = schema(dice, depth - 1, shared);
            if dice.percent(40) {
                member.insert("required".to_owned(), json!(true));
            }
            ((*name).to_owned(), Value::Object(member))
        });
        let members: Map<String, Value> = members.collect();
        object.insert("properties".to_owned(), Value::Object(members));
    }
    object
}

/// The JSON text of a value for a schema; sometimes of one for another.
pub fn value(dice: &mut Dice, schema: &Value, shared: &Value) -> String {
    if dice.percent(6) {
        let all = [NUMBERS, STRINGS, OTHERS];
        let list = *dice.pick(&all);
        return (*dice.pick(list)).to_owned();
    }
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or_default();
        return value(dice, &shared[name], shared);
    }
    if let Some(choices) = schema["enum"].as_array().filter(|_| dice.percent(60)) {
        return dice.pick(choices).to_string();
    }
    match schema["type"].as_str() {
        Some("string") => text(dice, schema),
        Some("integer" | "number") => near(dice, schema),
        Some("boolean") => (*dice.pick(&["true", "false"])).to_owned(),
        Some("array") => items(dice, schema, shared),
        Some("object") => members(dice, schema, shared),
        _ => {
            let all = [NUMBERS, STRINGS, OTHERS];
            let list = *dice.pick(&all);
            (*dice.pick(list)).to_owned()
        }
    }
}

fn text(dice: &mut Dice, schema: &Value) -> String {
    let format = FORMATS.iter().find(|(word, _)| schema["format"] == *word);
    match format {
        Some((_, texts)) if dice.percent(95) => {
            let mut text = (*dice.pick(texts)).to_owned();
            // Which characters a name in Punycode may have is not looked at.
            let slips = if text.contains("xn--") { 1 } else { 3 };
            for _ in 0..dice.below(slips) {
                text = slip(dice, &text);
            }
            json!(text).to_string()
        }
        _ => (*dice.pick(STRINGS)).to_owned(),
    }
}

/// The text with one character more, less or other, or with a part of it twice.
fn slip(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = dice.below(letters.len() + 1);
    let letter = *dice.pick(&LETTERS);
    match dice.below(5) {
        0 => letters.insert(at, letter),
        1 if at < letters.len() => drop(letters.remove(at)),
        2 => {
            let part: Vec<char> = letters[at..].iter().copied().take(4).collect();
            letters.splice(at..at, part);
        }
        _ if at < letters.len() => letters[at] = letter,
        _ => letters.push(letter),
    }
    letters.into_iter().collect()
}

/// What formats are made of, and what looks like it.
const LETTERS: [char; 40] = [
    '0', '1', '2', '3', '5', '6', '9', 'a', 'b', 'f', 'g', 'A', 'F', 'Z', 'z', 'T', 't', ' ', '-',
    '+', '.', ':', '/', '@', '%', '=', '_', '[', ']', '"', '\\', '\'', '#', '?', '~', ',', 'é',
    '٣', '\u{2d}', '\n',
];

/// A regular expression that every reader takes alike.
fn pattern(dice: &mut Dice, depth: usize) -> String {
    let nested = if depth > 0 { 5 } else { 0 };
    match dice.below(8 + nested) {
        0..=3 => (*dice.pick(&["a", "b", "l", "é", "😀", "1", " ", "-", ",", "w"])).to_owned(),
        4 => ".".to_owned(),
        5 => (*dice.pick(&[
            "[a-c]",
            "[^a]",
            r"[\]\-é]",
            "[0-9]",
            r"[^\n]",
            "[ -~]",
            "[a^]",
        ]))
        .to_owned(),
        6 => (*dice.pick(&["^", "$"])).to_owned(),
        7 => (*dice.pick(&[
            r"\n",
            r"\.",
            r"\\",
            r"\u{1F600}",
            r"\x41",
            r"\r",
            r"\/",
            r"\|",
        ]))
        .to_owned(),
        8 | 9 => format!("{}{}", pattern(dice, depth - 1), pattern(dice, depth - 1)),
        10 => format!(
            "(?:{}|{})",
            pattern(dice, depth - 1),
            pattern(dice, depth - 1)
        ),
        11 => format!("({})", pattern(dice, depth - 1)),
        _ => {
            let times = *dice.pick(&[
                "*", "+", "?", "{2}", "{1,2}", "{0}", "{1,}", "*?", "+?", "??",
            ]);
            format!("(?:{}){times}", pattern(dice, depth - 1))
        }
    }
}

/// A number at or around a limit, a multiple, or any.
fn near(dice: &mut Dice, schema: &Value) -> String {
    let word = *dice.pick(&["minimum", "maximum", "multipleOf", "multipleOf", "type"]);
    let limit = &schema[word];
    if word == "multipleOf" && limit.is_number() {
        let times = dice.between(-20, 20) as f64;
        let value = limit.as_f64().unwrap_or_default() * times;
        return match value.fract() == 0.0 && value.abs() < 1e15 && dice.percent(70) {
            true => (value as i64).to_string(),
            false => json!(value).to_string(),
        };
    }
    match (limit.as_i64(), limit.as_f64()) {
        (Some(limit), _) => {
            let value = limit.saturating_add(dice.between(-1, 1));
            // What serde_json reads as exactly −2^63 is left out, see main.rs.
            format!("{value}{}", dice.pick(&["", "", ".0"]))
        }
        (None, Some(limit)) => json!(limit + *dice.pick(&[0.0, 0.25, -0.25])).to_string(),
        _ => (*dice.pick(NUMBERS)).to_owned(),
    }
}

fn items(dice: &mut Dice, schema: &Value, shared: &Value) -> String {
    let count = dice.below(5);
    let mut items: Vec<String> = (0..count)
        .map(|_| value(dice, &schema["items"], shared))
        .collect();
    if count > 0 && dice.percent(15) {
        let again = dice.pick(&items).clone();
        items.push(another_way(dice, again));
    }
    let space = *dice.pick(&["", "", " "]);
    format!("[{space}{}{space}]", items.join(&format!("{space},")))
}

/// The same value, written another way where there is one.
fn another_way(dice: &mut Dice, text: String) -> String {
    if dice.percent(50) {
        return text;
    }
    match serde_json::from_str(&text) {
        Ok(Value::Number(number)) if number.is_i64() => format!("{number}.0"),
        Ok(Value::Object(map)) => {
            let reversed: Map<String, Value> = map.into_iter().rev().collect();
            Value::Object(reversed).to_string()
        }
        Ok(Value::Array(items)) => {
            let items: Vec<String> = items
                .into_iter()
                .map(|item| another_way(dice, item.to_string()))
                .collect();
            format!("[{}]", items.join(", "))
        }
        _ => text,
    }
}

fn members(dice: &mut Dice, schema: &Value, shared: &Value) -> String {
    let mut members = Vec::new();
    if let Some(declared) = schema["properties"].as_object() {
        for (name, member) in declared {
            if dice.percent(if member["required"] == true { 95 } else { 60 }) {
                let key = match dice.percent(5) {
                    true => format!(r#""\u{:04x}{}""#, name.as_bytes()[0], &name[1..]),
                    false => format!("\"{name}\""),
                };
                members.push(format!("{key}: {}", value(dice, member, shared)));
            }
        }
    }
    if dice.percent(5) {
        members.push(r#""stranger":[1,{}]"#.to_owned());
    }
    if dice.percent(20) {
        members.reverse();
    }
    format!("{{{}}}", members.join(","))
}
