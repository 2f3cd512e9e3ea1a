//! What the compiler has to find out about types that the macro knows only by name, and what it says if they do not fit.

use crate::expected::Expects;
use crate::{body, describe, types};
use actionline_specs::{Action, Kind, Param, Spec};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

/// The type that names a param's kind.
pub(crate) fn kind(param: &Param) -> TokenStream {
    let kind = match param.kind() {
        Kind::Any => quote!(Any),
        Kind::String => quote!(Text),
        Kind::Integer => quote!(Integer),
        Kind::Number => quote!(Number),
        Kind::Boolean => quote!(Boolean),
        Kind::Array => quote!(Array),
        Kind::Object => quote!(Object),
    };
    let kind = quote!(__p::kind::#kind);
    match param.always_present() {
        true => kind,
        false => quote!(__p::kind::Maybe<#kind>),
    }
}

/// A trait of this argument alone, so that the compiler's error is ours word by word.
pub(crate) fn param_obligation(name: &Ident, param: &Param, text: &str) -> TokenStream {
    let kind = kind(param);
    quote! {
        #[diagnostic::on_unimplemented(message = #text, label = "does not fit the param")]
        trait #name<'a>: ::core::marker::Sized {
            const SHAPE: __p::Shape;
            fn take(slots: impl __p::Bound<'a>, index: usize) -> Self;
        }
        #[diagnostic::do_not_recommend]
        impl<'a, T: __p::FromParam<'a, #kind>> #name<'a> for T {
            const SHAPE: __p::Shape = <T as __p::FromParam<'a, #kind>>::SHAPE;
            fn take(slots: impl __p::Bound<'a>, index: usize) -> Self {
                __p::take::<#kind, T>(slots, index)
            }
        }
    }
}

/// What only the type's own constant tells: the range of an integer, the texts of an enum, what is in an object.
pub(crate) fn fits(
    spec: &Spec,
    param: &Param,
    written: &Type,
    ty: &TokenStream,
    obligation: &Ident,
) -> TokenStream {
    let text = describe::misfit(spec, param, &types::shown(written));
    let at = spec.source.locate(param.at);
    let expects = Expects {
        source: &spec.source,
        name: describe::with_article,
        take: describe::taken,
    };
    let place = (param.name.as_str(), param.name.as_str(), at.as_str());
    let want = expects.value(&param.schema, place, param.always_present());
    quote_spanned! {body::place(written)=>
        const _: () = __p::fits_argument(&#want, <#ty as #obligation>::SHAPE, #text);
    }
}

pub(crate) fn context_obligation(name: &Ident, text: &str) -> TokenStream {
    quote! {
        #[diagnostic::on_unimplemented(
            message = #text,
            label = "neither a param nor a context argument",
            note = "context arguments are `&Connection`, `Option<&Connection>`, `Handle`, `State<'_, T>` and what implements `actionline::FromContext`"
        )]
        trait #name<'a>: ::core::marker::Sized {
            const NEEDS_CONNECTION: bool;
            fn make(cx: __p::Cx<'a>) -> Self;
            fn needs(states: &__p::States) -> ::core::result::Result<(), &'static str>;
        }
        #[diagnostic::do_not_recommend]
        impl<'a, T: __p::FromContext<'a>> #name<'a> for T {
            const NEEDS_CONNECTION: bool = <T as __p::FromContext<'a>>::NEEDS_CONNECTION;
            fn make(cx: __p::Cx<'a>) -> Self {
                <T as __p::FromContext<'a>>::from_context(cx)
            }
            fn needs(states: &__p::States) -> ::core::result::Result<(), &'static str> {
                <T as __p::FromContext<'a>>::needs(states)
            }
        }
    }
}

/// An argument that needs a connection is declared by the action.
pub(crate) fn connection_check(
    spec: &Spec,
    action: &Action,
    written: &Type,
    ty: &TokenStream,
    obligation: &Ident,
) -> TokenStream {
    let text = describe::no_connection(spec, action, &types::shown(written));
    quote_spanned! {body::place(written)=>
        const _: () = __p::needs_none(<#ty as #obligation>::NEEDS_CONNECTION, #text);
    }
}
