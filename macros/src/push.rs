//! `#[derive(Push)]`: a struct like a reply's, and the push of the spec that it is.

use crate::body::{self, Body, Field, place};
use crate::expected::Expects;
use crate::handle::found;
use crate::locate::{self, Located};
use crate::push_spec::{declared, mistakes};
use crate::spec::{self, Loaded};
use crate::{names, reply};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Error, Fields, GenericParam, LitStr};

/// The whole derive.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let own = names::camel(&input.ident.unraw().to_string());
    match read(&input) {
        Ok((words, fields)) => {
            let object = reply::object(&input, &fields);
            let (name, rest) = against_spec(&input, &fields, &words)
                .unwrap_or_else(|(error, near)| refused(&error, &near.unwrap_or(own)));
            let push = push(&input, &name);
            quote!(#object #push #rest)
        }
        Err(error) => {
            // So that nobody says that it is no push.
            let (push, serialize) = (push(&input, &own), unit(&input));
            let (_, rest) = refused(&error, &own);
            quote!(#push #serialize #rest)
        }
    }
}

/// What stands in `#[push(…)]` at the struct.
#[derive(Default)]
struct Words {
    name: Option<LitStr>,
    spec: Option<LitStr>,
}

const FORM: &str =
    "a push is a struct with named fields: those that the spec declares under its `fields`";
const GENERIC: &str =
    "a push has no parameters but lifetimes: the spec declares the type of each field";
const USE: &str = "write `#[push(name = \"pushName\")]` or `#[push(spec = \"path/to.yaml\")]`";

fn read(input: &DeriveInput) -> syn::Result<(Words, Vec<Field>)> {
    let named =
        matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Named(_)));
    let generic = input.generics.params.iter();
    let mut generic = generic.filter(|param| !matches!(param, GenericParam::Lifetime(_)));
    if let Some(param) = generic.next().filter(|_| named) {
        return Err(Error::new_spanned(param, GENERIC));
    }
    match body::body(input, "push", true) {
        _ if !named => Err(Error::new(input.ident.span(), FORM)),
        Ok(Body::Struct(fields)) => Ok((words(&input.attrs)?, fields)),
        Ok(_) => Err(Error::new(input.ident.span(), FORM)),
        Err(error) => Err(error),
    }
}

fn words(attrs: &[Attribute]) -> syn::Result<Words> {
    let mut words = Words::default();
    for attribute in attrs.iter().filter(|attr| attr.path().is_ident("push")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                words.name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("spec") {
                words.spec = Some(meta.value()?.parse()?);
            } else {
                return Err(meta.error(USE));
            }
            Ok(())
        })?;
    }
    Ok(words)
}

/// The push's name, and all that stands beside the struct. The error comes with the push that was probably meant.
fn against_spec(
    input: &DeriveInput,
    fields: &[Field],
    words: &Words,
) -> Result<(String, TokenStream), (Error, Option<String>)> {
    let wanted = words.spec.as_ref().map(LitStr::value);
    let wanted = wanted.as_deref().unwrap_or(locate::DEFAULT);
    let spec_at = words.spec.as_ref().map_or(input.ident.span(), LitStr::span);
    let (located, loaded) = spec::find(wanted, spec_at).map_err(|why| {
        let help = match words.spec {
            Some(_) => "",
            None => "; `#[push(spec = \"path/to.yaml\")]` names another file",
        };
        (Error::new(spec_at, format!("{why}{help}")), None)
    })?;
    let files = files(&located, &loaded);
    let Ok(spec) = &*loaded else {
        // `actions!` tells what is wrong with it.
        return Ok((names::camel(&input.ident.to_string()), files));
    };
    let push = declared(spec, words.name.as_ref(), &input.ident)?;
    let mistakes = mistakes(spec, push, &input.ident, fields);
    let mistakes = mistakes.iter().map(Error::to_compile_error);
    let fits = fields.iter().enumerate().filter_map(|(index, field)| {
        let want = push.fields.iter().find(|one| one.name == field.wire)?;
        let want = Expects::sent(spec).field(want, &want.name);
        let (ident, lifetimes) = (&input.ident, lifetimes(input));
        Some(quote_spanned! {place(&field.ty)=>
            const _: () = {
                use ::actionline::__private as __p;
                __p::fits_sent(
                    &#want,
                    &<#ident #lifetimes as __p::ReplyStruct>::STRUCT.members[#index],
                )
            };
        })
    });
    let span = place(&input.ident);
    let handle = names::push(&push.name, span);
    let found = found(&input.ident.unraw().to_string(), &spec.source.name);
    let handle = quote_spanned!(span=> pub const #handle: ::actionline::__private::Found = #found;);
    let rest = quote! {
        #files
        #[doc(hidden)]
        #[allow(non_upper_case_globals, dead_code, unreachable_pub)]
        #handle
        #(#fits)*
        #(#mistakes)*
    };
    Ok((push.name.clone(), rest))
}

/// The texts of the spec are included so that a change of one is seen by cargo: there may be no `actions!` in this crate.
fn files(located: &Located, loaded: &Loaded) -> TokenStream {
    let included = loaded.as_ref().as_ref();
    let included = included.map_or_else(|_| Vec::new(), |spec| spec::included(located, spec));
    let files = included.into_iter().map(|(_, file)| file);
    let files = std::iter::once(located.path.display().to_string()).chain(files);
    quote!(const _: &[&str] = &[#(::core::include_str!(#files)),*];)
}

/// As many `'_` as the struct has lifetimes.
fn lifetimes(input: &DeriveInput) -> Option<TokenStream> {
    let each = input.generics.lifetimes().map(|_| quote!('_));
    (input.generics.lifetimes().count() > 0).then(|| quote!(<#(#each),*>))
}

/// What the compiler needs where the struct is sent.
fn push(input: &DeriveInput, name: &str) -> TokenStream {
    let (impls, types, wheres) = input.generics.split_for_impl();
    let ident = &input.ident;
    quote! {
        #[automatically_derived]
        impl #impls ::actionline::__private::Push for #ident #types #wheres {
            const NAME: &'static str = #name;
        }
    }
}

/// A mistake that leaves nothing to compare: `actions!` does not say that the push has no type.
fn refused(error: &Error, push: &str) -> (String, TokenStream) {
    let (error, excuse) = (
        error.to_compile_error(),
        names::push_excuse(push, Span::call_site()),
    );
    let rest = quote! {
        #[doc(hidden)]
        #[allow(non_upper_case_globals, dead_code, unreachable_pub)]
        pub const #excuse: bool = true;
        #error
    };
    (push.to_owned(), rest)
}

/// Stands in for the `Serialize` of what could not be read.
fn unit(input: &DeriveInput) -> TokenStream {
    let p = quote!(::actionline::__private);
    let (impls, types, wheres) = input.generics.split_for_impl();
    let ident = &input.ident;
    quote! {
        #[automatically_derived]
        impl #impls #p::serde::Serialize for #ident #types #wheres {
            fn serialize<__S: #p::serde::Serializer>(
                &self,
                __to: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                __to.serialize_unit()
            }
        }
    }
}
