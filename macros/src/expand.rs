//! What `#[action]` becomes: the function as it was, and a handle beside it.

use crate::attr::Args;
use crate::handle::{excuse, feature_check, stub, whole};
use crate::resolve::resolve;
use crate::signature::Function;
use crate::spec::{self, Loaded};
use crate::{describe, locate, names};
use actionline_specs::{Action, Spec, snake_case, suggest};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Error;

/// The whole attribute. Whatever is wrong, the user's function stays, so that one mistake is one error.
pub(crate) fn action(args: TokenStream, item: TokenStream) -> TokenStream {
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    let mut mistakes = Vec::new();
    let (doc, handle) = match syn::parse2::<Args>(args) {
        Ok(args) => checked(&args, &function, &mut mistakes),
        Err(error) => {
            mistakes.push(error);
            (None, excuse(&function.name, &function))
        }
    };
    let mistakes = mistakes.iter().map(Error::to_compile_error);
    let Function { attrs, rest, .. } = &function;
    let doc = doc.map(|doc| quote!(#[doc = #doc]));
    quote! {
        #(#attrs)* #doc #rest
        #handle
        #(#mistakes)*
    }
}

/// The function's rustdoc and its handle.
fn checked(
    args: &Args,
    function: &Function,
    mistakes: &mut Vec<Error>,
) -> (Option<String>, TokenStream) {
    let own = args.spec.as_ref().map(|path| path.value());
    let wanted = own.as_deref().unwrap_or(locate::DEFAULT);
    match (spec::find(wanted, function.ident.span()), &args.spec) {
        (Ok(loaded), _) => with_spec(&loaded.1, args, function, mistakes),
        (Err(why), Some(path)) => {
            mistakes.push(Error::new(path.span(), why));
            (None, excuse(&function.name, function))
        }
        (Err(_), None) => {
            // `actions!` says that it has another spec, or none either.
            mistakes.extend(function.mistakes.iter().cloned());
            let name = args.name.as_ref().map(|name| name.value());
            let name = name.unwrap_or_else(|| function.name.clone());
            (None, stub(&name, "", function))
        }
    }
}

fn with_spec(
    loaded: &Loaded,
    args: &Args,
    function: &Function,
    mistakes: &mut Vec<Error>,
) -> (Option<String>, TokenStream) {
    let Ok(spec) = &**loaded else {
        // `actions!` tells what is wrong with it.
        return (None, TokenStream::new());
    };
    let action = match find(spec, args, function) {
        Ok(action) => action,
        Err((error, near)) => {
            mistakes.push(error);
            return (
                None,
                near.map(|near| excuse(&near.name, function))
                    .unwrap_or_default(),
            );
        }
    };
    let roles = resolve(spec, action, function, mistakes);
    mistakes.extend(function.mistakes.iter().cloned());
    let handle = match mistakes.is_empty() {
        true => whole(spec, action, function, &roles),
        false => stub(&action.name, &spec.source.name, function),
    };
    let feature = feature_check(spec, action, function);
    (
        Some(describe::rustdoc(spec, action)),
        quote!(#handle #feature),
    )
}

/// The action that a function handles. The error comes with the one that was probably meant.
fn find<'s>(
    spec: &'s Spec,
    args: &Args,
    function: &Function,
) -> Result<&'s Action, (Error, Option<&'s Action>)> {
    let (found, wanted, span) = match &args.name {
        Some(name) => {
            let found = spec
                .actions
                .iter()
                .find(|action| action.name == name.value());
            (found, name.value(), name.span())
        }
        None => {
            let found = spec::by_rust_name(spec, &function.name);
            (found, names::camel(&function.name), function.ident.span())
        }
    };
    found.ok_or_else(|| {
        let names = spec.actions.iter().map(|action| action.name.as_str());
        let near = suggest::nearest(&wanted, names);
        let near = near.and_then(|near| spec.actions.iter().find(|action| action.name == near));
        let more = match near {
            Some(near) => {
                let at = spec.source.locate(near.at);
                match args.name {
                    Some(_) => format!(": did you mean `{}`? ({at})", near.name),
                    None => format!(": did you mean `fn {}`? ({at})", snake_case(&near.name)),
                }
            }
            None => ": declare it there, under `actions`".to_owned(),
        };
        (
            Error::new(
                span,
                format!("{} has no action `{wanted}`{more}", spec.source.name),
            ),
            near,
        )
    })
}
