//! What the compiler has to find out about types that the macro knows only by name, and what it says if they do not fit.

use crate::{describe, types};
use actionline_specs::{Action, Kind, Param, Returns, Spec};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

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
    let kind = quote!(::actionline::__private::kind::#kind);
    match param.always_present() {
        true => kind,
        false => quote!(::actionline::__private::kind::Maybe<#kind>),
    }
}

/// A trait of this argument alone, so that the compiler's error is ours word by word.
pub(crate) fn param_obligation(name: &Ident, param: &Param, text: &str) -> TokenStream {
    let p = quote!(::actionline::__private);
    let kind = kind(param);
    quote! {
        #[diagnostic::on_unimplemented(message = #text, label = "does not fit the param")]
        trait #name<'a>: ::core::marker::Sized {
            const HOLDS: (i128, i128);
            fn take(slots: &'a [#p::Slot<'a>], index: usize) -> Self;
        }
        #[diagnostic::do_not_recommend]
        impl<'a, T: #p::FromParam<'a, #kind>> #name<'a> for T {
            const HOLDS: (i128, i128) = <T as #p::FromParam<'a, #kind>>::HOLDS;
            fn take(slots: &'a [#p::Slot<'a>], index: usize) -> Self {
                #p::take::<#kind, T>(slots, index)
            }
        }
    }
}

/// An integer behind an alias must hold the range, too.
pub(crate) fn range_check(
    spec: &Spec,
    param: &Param,
    written: &Type,
    ty: &TokenStream,
    obligation: &Ident,
) -> TokenStream {
    let (from, to) = types::range(param);
    let text = describe::misfit(spec, param, &types::shown(written));
    quote_spanned! {written.span().resolved_at(Span::call_site())=>
        const _: () = ::core::assert!(
            <#ty as #obligation>::HOLDS.0 <= #from && #to <= <#ty as #obligation>::HOLDS.1,
            #text
        );
    }
}

pub(crate) fn context_obligation(name: &Ident, text: &str) -> TokenStream {
    let p = quote!(::actionline::__private);
    quote! {
        #[diagnostic::on_unimplemented(
            message = #text,
            label = "neither a param nor a context argument",
            note = "context arguments are `&Connection`, `Option<&Connection>`, `Handle`, `State<'_, T>` and what implements `actionline::FromContext`"
        )]
        trait #name<'a>: ::core::marker::Sized {
            const NEEDS_CONNECTION: bool;
            fn make(cx: #p::Cx<'a>) -> Self;
            fn needs(states: &#p::States) -> ::core::result::Result<(), &'static str>;
        }
        #[diagnostic::do_not_recommend]
        impl<'a, T: #p::FromContext<'a>> #name<'a> for T {
            const NEEDS_CONNECTION: bool = <T as #p::FromContext<'a>>::NEEDS_CONNECTION;
            fn make(cx: #p::Cx<'a>) -> Self {
                <T as #p::FromContext<'a>>::from_context(cx)
            }
            fn needs(states: &#p::States) -> ::core::result::Result<(), &'static str> {
                <T as #p::FromContext<'a>>::needs(states)
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
    quote_spanned! {written.span().resolved_at(Span::call_site())=>
        const _: () = ::core::assert!(!<#ty as #obligation>::NEEDS_CONNECTION, #text);
    }
}

/// The reply as declared.
pub(crate) fn declared(spec: &Spec, action: &Action) -> TokenStream {
    let p = quote!(::actionline::__private);
    let (name, at) = (&action.name, spec.source.locate(action.at));
    let file = matches!(action.returns, Returns::File);
    let fields = action.returns.fields().iter().map(|field| {
        let (name, at, required) = (&field.name, spec.source.locate(field.at), field.required);
        quote!(#p::DeclaredField { name: #name, at: #at, required: #required })
    });
    let errors = action.errors.iter().map(|error| {
        let (code, at, template) = (&error.code, spec.source.locate(error.at), &error.message);
        quote!(#p::DeclaredError { code: #code, at: #at, template: #template })
    });
    quote! {
        #p::Declared { name: #name, at: #at, file: #file, fields: &[#(#fields),*], errors: &[#(#errors),*] }
    }
}
