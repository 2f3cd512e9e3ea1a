//! Rust types as the macro can know them by their name alone, and which of them a param fits into.

use crate::expected::format;
use actionline_specs::{Format, Kind, Param, Rule, Schema};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

/// What a type is, as far as its text tells.
pub(crate) enum Form<'t> {
    /// `Option<T>`.
    Option(&'t Type),
    /// A type of the language itself; no alias can hide behind it.
    Plain(Plain),
    /// Any other: the compiler finds out.
    Unknown,
}

/// A type of the language itself.
#[derive(Clone, Copy)]
pub(crate) enum Plain {
    /// `&str` or `String`.
    Text,
    /// `i8` to `u128`.
    Integer(Int),
    /// `f64`.
    Number,
    /// `bool`.
    Boolean,
    /// `char`, `f32`, a tuple, an array …: nothing a param fits into.
    Other,
}

/// An integer type: its name, the smallest and the greatest value. The greatest `u128` is beyond any param anyway.
pub(crate) type Int = (&'static str, i128, i128);

/// Every integer type of one width everywhere, the useful ones first.
const INTS: [Int; 10] = [
    ("u8", 0, u8::MAX as i128),
    ("i8", i8::MIN as i128, i8::MAX as i128),
    ("u16", 0, u16::MAX as i128),
    ("i16", i16::MIN as i128, i16::MAX as i128),
    ("u32", 0, u32::MAX as i128),
    ("i32", i32::MIN as i128, i32::MAX as i128),
    ("u64", 0, u64::MAX as i128),
    ("i64", i64::MIN as i128, i64::MAX as i128),
    ("u128", 0, i128::MAX),
    ("i128", i128::MIN, i128::MAX),
];

/// Looks at a type.
pub(crate) fn form(ty: &Type) -> Form<'_> {
    match ty {
        Type::Group(group) => form(&group.elem),
        Type::Paren(paren) => form(&paren.elem),
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") && reference.mutability.is_none() => {
                Form::Plain(Plain::Text)
            }
            // A reference to a type with a name may be a context argument.
            Type::Path(path) if !is_primitive(path) => Form::Unknown,
            _ => Form::Plain(Plain::Other),
        },
        Type::Path(path) => path_form(path),
        Type::Tuple(_) | Type::Array(_) | Type::Slice(_) | Type::Never(_) | Type::Ptr(_) => {
            Form::Plain(Plain::Other)
        }
        _ => Form::Unknown,
    }
}

fn path_form(path: &syn::TypePath) -> Form<'_> {
    if let Some(ident) = path.path.get_ident() {
        let name = ident.to_string();
        if let Some(int) = INTS.into_iter().find(|int| int.0 == name) {
            return Form::Plain(Plain::Integer(int));
        }
        match name.as_str() {
            // Not of the language, but nobody else's type is called so.
            "String" => return Form::Plain(Plain::Text),
            "f64" => return Form::Plain(Plain::Number),
            "bool" => return Form::Plain(Plain::Boolean),
            "f32" | "char" | "str" => return Form::Plain(Plain::Other),
            _ => {}
        }
    }
    let Some(last) = path.path.segments.last() else {
        return Form::Unknown;
    };
    if let PathArguments::AngleBracketed(args) = &last.arguments
        && last.ident == "Option"
        && let Some(GenericArgument::Type(inner)) = args.args.first()
    {
        return Form::Option(inner);
    }
    Form::Unknown
}

fn is_primitive(path: &syn::TypePath) -> bool {
    matches!(path_form(path), Form::Plain(_))
        || path.path.is_ident("usize")
        || path.path.is_ident("isize")
}

/// `Option<T>`.
pub(crate) fn is_option(ty: &Type) -> bool {
    matches!(form(ty), Form::Option(_))
}

/// `&'static T`.
pub(crate) fn is_static(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else {
        return false;
    };
    let lifetime = reference.lifetime.as_ref();
    lifetime.is_some_and(|lifetime| lifetime.ident == "static")
}

/// Says whether a plain type holds every value of a param, which may not be absent.
pub(crate) fn holds(plain: Plain, param: &Param) -> bool {
    match (plain, param.kind()) {
        (Plain::Text, Kind::String)
        | (Plain::Number, Kind::Number)
        | (Plain::Boolean, Kind::Boolean) => true,
        (Plain::Integer(int), Kind::Integer) => wide_enough(int, range(&param.schema)),
        _ => false,
    }
}

fn wide_enough((_, min, max): Int, (from, to): (i128, i128)) -> bool {
    min <= from && to <= max
}

/// The smallest and the greatest value that an integer can have.
pub(crate) fn range(schema: &Schema) -> (i128, i128) {
    let (mut from, mut to) = (i64::MIN as i128, i64::MAX as i128);
    for rule in schema.rules() {
        match rule {
            Rule::Minimum(limit) => from = from.max(whole(limit, f64::ceil)),
            Rule::Maximum(limit) => to = to.min(whole(limit, f64::floor)),
            Rule::Enum(values) => {
                let numbers = || values.iter().filter_map(serde_number);
                from = from.max(numbers().min().unwrap_or(from));
                to = to.min(numbers().max().unwrap_or(to));
            }
            _ => {}
        }
    }
    (from, to)
}

fn serde_number(value: &serde_json::Value) -> Option<i128> {
    value.as_number().map(|number| whole(number, f64::trunc))
}

fn whole(number: &serde_json::Number, round: fn(f64) -> f64) -> i128 {
    match number.as_i128() {
        Some(whole) => whole,
        None => round(number.as_f64().unwrap_or_default()) as i128,
    }
}

/// The types that hold every value of a param, without the `Option` of one that may be absent.
pub(crate) fn fitting(schema: &Schema) -> Vec<String> {
    let own = |list: &[&str]| list.iter().map(|ty| (*ty).to_owned()).collect();
    match schema.kind {
        Kind::String => {
            let mut list: Vec<String> = own(&["&str", "String", "Cow<'_, str>"]);
            list.extend(format(schema).and_then(format_type).map(str::to_owned));
            list
        }
        Kind::Integer => {
            let range = range(schema);
            INTS.into_iter()
                .filter(|int| wide_enough(*int, range) && !int.0.ends_with("128"))
                .map(|int| int.0.to_owned())
                .collect()
        }
        Kind::Number => own(&["f64"]),
        Kind::Boolean => own(&["bool"]),
        Kind::Any => own(&["&RawValue", "serde_json::Value"]),
        Kind::Array => {
            let item = schema.items.as_deref().map(|items| {
                let mut types = fitting(items).into_iter();
                // What is within JSON cannot be borrowed where it has escapes.
                types.find(|ty| ty != "&str").unwrap_or_default()
            });
            let item = item.unwrap_or_else(|| "Value".to_owned());
            vec![
                "&RawValue".to_owned(),
                "serde_json::Value".to_owned(),
                format!("Vec<{item}>"),
            ]
        }
        Kind::Object => own(&["&RawValue", "serde_json::Value", "Map<String, Value>"]),
    }
}

/// The type for texts of the format `uuid`, which not every build of actionline knows.
pub(crate) const UUID: &str = "uuid::Uuid";

/// The type made for texts of a format.
fn format_type(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::DateTime => "jiff::Timestamp",
        Format::Date => "jiff::civil::Date",
        Format::Uuid => UUID,
        Format::Ipv4 => "Ipv4Addr",
        Format::Ipv6 => "Ipv6Addr",
        _ => return None,
    })
}

/// A type as a person writes it.
pub(crate) fn shown(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for (spaced, tight) in [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" :: ", "::"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (" ;", ";"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
