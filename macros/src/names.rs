//! Names between the wire (`scoreAdd`) and Rust (`score_add`).

use actionline_specs::snake_case;
use proc_macro2::{Ident, Span};

/// The wire name that a Rust name has unless it says otherwise: `file_name` is `fileName`, `NotFound` is `notFound`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in snake_case(name).split('_').filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if !out.is_empty() => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(chars.as_str());
    }
    out
}

/// The argument that takes a param: `fileName` is `file_name`, `type` is `r#type`.
pub(crate) fn argument(param: &str) -> String {
    let name = snake_case(param);
    match syn::parse_str::<Ident>(&name) {
        Ok(_) => name,
        Err(_) => format!("r#{name}"),
    }
}

/// A message with its `{fileName}`s as the fields that fill them in are called: `{file_name}`.
pub(crate) fn placeholders(message: &str) -> String {
    let mut parts = message.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, fixed) = part.split_once('}').unwrap_or((part, ""));
        out.push_str(&format!("{{{}}}{fixed}", snake_case(name)));
    }
    out
}

/// The handle beside the handler of an action.
pub(crate) fn handle(action: &str, span: Span) -> Ident {
    Ident::new(&format!("__action_{}", snake_case(action)), span)
}

/// Marks that a function was meant for this action and that the mistake has been reported.
pub(crate) fn excuse(action: &str, span: Span) -> Ident {
    Ident::new(&format!("__excuse_{}", snake_case(action)), span)
}

/// The name that a push's type has by default: `scoreChanged` is `ScoreChanged`.
pub(crate) fn pascal(name: &str) -> String {
    let name = camel(name);
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// The constant beside the type of a push.
pub(crate) fn push(push: &str, span: Span) -> Ident {
    Ident::new(&format!("__push_{}", snake_case(push)), span)
}

/// Marks that a type was meant for this push and that the mistake has been reported.
pub(crate) fn push_excuse(push: &str, span: Span) -> Ident {
    Ident::new(&format!("__excused_push_{}", snake_case(push)), span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_names_become_wire_names() {
        for (rust, wire) in [
            ("key", "key"),
            ("file_name", "fileName"),
            ("NotFound", "notFound"),
            ("sha256_sum", "sha256Sum"),
            ("_note", "note"),
            ("a_b_c", "aBC"),
        ] {
            assert_eq!(camel(rust), wire);
        }
    }

    #[test]
    fn an_argument_named_like_a_keyword_is_raw() {
        assert_eq!(argument("fileName"), "file_name");
        assert_eq!(argument("type"), "r#type");
    }

    #[test]
    fn placeholders_are_fields() {
        for (message, rust) in [
            ("gone", "gone"),
            ("{a}", "{a}"),
            (
                "{fileName}: {file_name}, {userID}!",
                "{file_name}: {file_name}, {user_id}!",
            ),
        ] {
            assert_eq!(placeholders(message), rust);
        }
    }

    #[test]
    fn wire_names_become_names_of_types_and_come_back() {
        for (wire, rust) in [
            ("tick", "Tick"),
            ("scoreChanged", "ScoreChanged"),
            ("score_changed", "ScoreChanged"),
            ("a", "A"),
        ] {
            assert_eq!(pascal(wire), rust);
            assert_eq!(snake_case(rust), snake_case(wire));
        }
    }
}
