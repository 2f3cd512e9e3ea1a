//! The binder and the exported schema against each other, over the whole language: the `jsonschema` crate, which asserts
//! formats here, has to give the same verdict. `PAIRS` says how many pairs of a spec and a value are tried, `SEED` which:
//!
//!     PAIRS=1000000 cargo test --release -p actionline-specs --test differential
//!
//! Left out, because serde_json changes or refuses them before a schema sees them: numbers beyond a double, whole numbers
//! just below −2^63, lone surrogates, doubled keys. `bind.rs` says what the binder does with those.

mod change;
mod dice;
mod make;
mod words;

use actionline_specs::{
    Diagnostics, Given, Kind, Raw, Slot, Source, Spec, bind_object, load, params_schema,
};
use dice::Dice;
use jsonschema::{Draft, EmailOptions, Validator};
use make::{SHARED, schema, value};
use serde_json::{Map, Value, json};

const OBJECTS: usize = 40;
/// How deep schemas nest.
const DEPTH: usize = 3;

/// Some params and the shared schemas they refer to, in the spec's words.
struct Case {
    params: Map<String, Value>,
    shared: Value,
}

impl Case {
    fn new(dice: &mut Dice) -> Self {
        let shared = SHARED.iter().enumerate().map(|(index, name)| {
            let schema = schema(dice, 1, index);
            ((*name).to_owned(), Value::Object(schema))
        });
        let shared = Value::Object(shared.collect());
        let params = (0..=dice.below(3)).map(|index| {
            let mut param = schema(dice, DEPTH, SHARED.len());
            let whole = Value::Object(param.clone());
            if dice.percent(40) {
                param.insert("required".to_owned(), json!(true));
            } else if dice.percent(30) {
                let default = value(dice, &whole, &shared);
                let default = serde_json::from_str(&default).expect("the generator writes JSON");
                param.insert("default".to_owned(), default);
            }
            (format!("p{index}"), Value::Object(param))
        });
        Self {
            params: params.collect(),
            shared,
        }
    }

    fn load(&self) -> Result<Spec, Diagnostics> {
        // JSON is YAML.
        let text = format!(
            "actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{}}\nschemas: {}\ncommon: {}\n",
            self.shared,
            json!(self.params)
        );
        load(Source::new("x", text))
    }

    /// The spec; what the other rules refuse goes.
    fn loaded(&mut self) -> Spec {
        for word in ["default", "enum"] {
            if let Ok(spec) = self.load() {
                return spec;
            }
            self.params
                .values_mut()
                .for_each(|param| remove(param, word));
            remove(&mut self.shared, word);
        }
        // A required param that may only be empty.
        if self.load().is_err() {
            self.params
                .values_mut()
                .for_each(|param| remove(param, "maxLength"));
            remove(&mut self.shared, "maxLength");
        }
        self.load().unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn object(&self, dice: &mut Dice) -> String {
        let mut pairs: Vec<String> = Vec::new();
        for (name, param) in &self.params {
            if dice.percent(90) {
                pairs.push(format!("\"{name}\":{}", value(dice, param, &self.shared)));
            }
        }
        if dice.percent(3) {
            pairs.push((*dice.pick(&[r#""p9":1"#, r#""P0":1"#, r#""":null"#])).to_owned());
        }
        format!("{{{}}}", pairs.join(","))
    }
}

/// Takes a word out of a schema and of all within it.
fn remove(schema: &mut Value, word: &str) {
    match schema {
        Value::Object(map) => {
            map.shift_remove(word);
            map.values_mut().for_each(|value| remove(value, word));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| remove(value, word)),
        _ => {}
    }
}

fn validator(schema: &Value) -> Validator {
    let options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_email_options(EmailOptions::default().without_display_text());
    let built = options.build(schema);
    built.unwrap_or_else(|error| panic!("{error}: {schema}"))
}

#[test]
fn binder_and_schema_agree() {
    let wanted = std::env::var("PAIRS")
        .ok()
        .and_then(|pairs| pairs.parse().ok());
    let wanted = wanted.unwrap_or(20_000);
    let mut dice = Dice::new();
    let (mut accepted, mut all) = (0, 0);
    while all < wanted {
        let mut case = Case::new(&mut dice);
        let spec = case.loaded();
        let schema = params_schema(&spec.common);
        let validator = validator(&schema);
        for _ in 0..OBJECTS {
            let object = case.object(&mut dice);
            let ours = bind_object(&spec.common, &object);
            let value: Value = serde_json::from_str(&object).expect("the generator writes JSON");
            let theirs = validator.is_valid(&value);
            assert_eq!(ours.is_ok(), theirs, "{object} against {schema}: {ours:?}");
            words_agree(&spec, &value);
            all += 1;
            accepted += usize::from(theirs);
        }
    }
    for (count, what) in [(accepted, "accepted"), (all - accepted, "refused")] {
        assert!(count * 100 >= all * 15, "{count} of {all} {what}");
    }
}

/// An array or an object that is given as words is judged as the same one in JSON.
fn words_agree(spec: &Spec, object: &Value) {
    for param in &spec.common {
        let value = &object[&param.name];
        // Other kinds read words in their own way.
        let fits = matches!(param.kind(), Kind::Array | Kind::Object);
        if !fits || !(value.is_array() || value.is_object()) {
            continue;
        }
        let text = value.to_string();
        let judged = [Raw::Json(&text), Raw::Text(&text)].map(|raw| {
            let mut faults = Vec::new();
            let slot = param.bind(Some(Given { raw, saved: false }), &mut faults);
            (matches!(slot, Slot::Absent), faults)
        });
        assert_eq!(judged[0], judged[1], "{text}");
    }
}
