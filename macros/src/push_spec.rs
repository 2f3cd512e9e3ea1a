//! A push's struct against the spec: which push it is, and what its fields are called.

use crate::body::Field;
use crate::{describe, names};
use actionline_specs::{Push, Spec, snake_case, suggest};
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Error, LitStr};

/// The push that a struct is. The error comes with the one that was probably meant.
pub(crate) fn declared<'s>(
    spec: &'s Spec,
    name: Option<&LitStr>,
    ident: &Ident,
) -> Result<&'s Push, (Error, Option<String>)> {
    let rust = ident.unraw().to_string();
    let (wanted, span) = match name {
        Some(name) => (name.value(), name.span()),
        None => (names::camel(&rust), ident.span()),
    };
    let is_it = |push: &&Push| match name {
        Some(_) => push.name == wanted,
        None => snake_case(&push.name) == snake_case(&rust),
    };
    spec.pushes.iter().find(is_it).ok_or_else(|| {
        let names = || spec.pushes.iter().map(|push| push.name.as_str());
        let near = suggest::nearest(&wanted, names());
        let near = spec.pushes.iter().find(|push| Some(&*push.name) == near);
        let file = &spec.source.name;
        let text = match (near, spec.pushes.first()) {
            (Some(near), _) => {
                let meant = match name {
                    Some(_) => near.name.clone(),
                    None => format!("struct {}", names::pascal(&near.name)),
                };
                let at = spec.source.locate(near.at);
                format!("{file} has no push `{wanted}`: did you mean `{meant}`? ({at})")
            }
            (None, Some(first)) => {
                let (at, names) = (spec.source.locate(first.at), names().collect::<Vec<_>>());
                let names = names.join(", ");
                format!("{file} has no push `{wanted}` ({at} declares: {names}): declare it there, under `pushes`")
            }
            (None, None) => format!(
                "{file} has no push `{wanted}`: add `pushes` beside `actions`, and declare it there with its `fields`"
            ),
        };
        (Error::new(span, text), near.map(|near| near.name.clone()))
    })
}

/// The names of the fields against those declared. A push, like a reply, may leave out what is not always there.
pub(crate) fn mistakes(spec: &Spec, push: &Push, owner: &Ident, fields: &[Field]) -> Vec<Error> {
    let names = || push.fields.iter().map(|field| field.name.as_str());
    let mut mistakes = Vec::new();
    // A field that is not declared may well be meant for one that is missing.
    let (mut blamed, mut excused) = (false, Vec::new());
    for field in fields {
        if names().any(|name| name == field.wire) {
            continue;
        }
        let rust = field.ident.unraw().to_string();
        let own = names().find(|name| snake_case(name) == snake_case(&rust));
        let near = own.or_else(|| suggest::nearest(&field.wire, names()));
        let near = push.fields.iter().find(|one| Some(&*one.name) == near);
        let (at, more) = match near {
            Some(near) if own.is_some() => {
                let write = format!("write `#[push(rename = \"{}\")]` at the field", near.name);
                (near.at, write)
            }
            Some(near) => (near.at, format!("did you mean `{}`?", near.name)),
            None => {
                let names: Vec<&str> = names().collect();
                let names = names.join(", ");
                (push.at, format!("its `fields` declares: {names}"))
            }
        };
        blamed |= near.is_none();
        excused.extend(near.map(|near| &near.name));
        let text = format!(
            "{}: push `{}` has no field `{}`: {more}",
            spec.source.locate(at),
            push.name,
            field.wire
        );
        mistakes.push(Error::new(field.ident.span(), text));
    }
    let missing = push.fields.iter().filter(|declared| {
        declared.required
            && !blamed
            && !excused.contains(&&declared.name)
            && fields.iter().all(|field| field.wire != declared.name)
    });
    mistakes.extend(missing.map(|declared| {
        let text = format!(
            "{}: push `{}` carries `{}`, but `{}` has no field for it: add `{}`; its type is {}",
            spec.source.locate(declared.at),
            push.name,
            declared.name,
            owner.unraw(),
            snake_case(&declared.name),
            describe::answer(&declared.schema, true),
        );
        Error::new(owner.span(), text)
    }));
    mistakes
}
