//! What a derive makes of a type that it refuses: the mistake, and implementations that are never called. So whatever
//! uses the type says no more of it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{DeriveInput, Error, parse_quote};

/// For `#[derive(Reply)]`.
pub(crate) fn reply(input: &DeriveInput, error: &Error) -> TokenStream {
    let (p, error) = (quote!(::actionline::__private), error.to_compile_error());
    let (impls, types, wheres) = input.generics.split_for_impl();
    let ident = &input.ident;
    quote! {
        #error
        #[automatically_derived]
        impl #impls #p::serde::Serialize for #ident #types #wheres {
            fn serialize<__S: #p::serde::Serializer>(
                &self,
                _: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                ::core::unreachable!()
            }
        }
        #[automatically_derived]
        impl #impls #p::ReplyValue for #ident #types #wheres {
            const SHAPE: #p::Shape = #p::Shape::Untyped;
        }
        #[automatically_derived]
        impl #impls #p::IntoReply for #ident #types #wheres {
            type Fields = ();
            type Errors = ();
            const SUCCESS: #p::Success = #p::Success::Untyped;
            fn into_reply(
                self,
                _: &'static #p::Declared,
                _: &mut ::std::vec::Vec<u8>,
            ) -> #p::Outcome {
                ::core::unreachable!()
            }
        }
    }
}

/// For `#[derive(Param)]`.
pub(crate) fn param(input: &DeriveInput, error: &Error) -> TokenStream {
    let (p, error) = (quote!(::actionline::__private), error.to_compile_error());
    let types = input.generics.split_for_impl().1.to_token_stream();
    let mut generics = input.generics.clone();
    generics.params.insert(0, parse_quote!('__a));
    let (impls, _, wheres) = generics.split_for_impl();
    let mut with_kind = generics.clone();
    with_kind.params.push(parse_quote!(__K));
    let (of_kind, ..) = with_kind.split_for_impl();
    let ident = &input.ident;
    quote! {
        #error
        #[automatically_derived]
        impl #impls #p::ParamValue<'__a> for #ident #types #wheres {
            const SHAPE: #p::Shape = #p::Shape::Untyped;
            fn from_value(_: #p::Slot<'__a>) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
        #[automatically_derived]
        impl #of_kind #p::FromParam<'__a, __K> for #ident #types #wheres {
            const SHAPE: #p::Shape = #p::Shape::Untyped;
            fn from_slot(_: #p::Slot<'__a>) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    }
}

/// For `#[derive(ActionError)]`.
pub(crate) fn error(input: &DeriveInput, error: &Error) -> TokenStream {
    let (p, error) = (quote!(::actionline::__private), error.to_compile_error());
    let (impls, types, wheres) = input.generics.split_for_impl();
    let ident = &input.ident;
    quote! {
        #error
        #[automatically_derived]
        impl #impls #p::ActionError for #ident #types #wheres {
            type Checked = ();
            const REFUSALS: &'static [#p::Refusal] = &[#p::Refusal::Any];
            fn into_fault(self, _: &'static #p::Declared) -> #p::Fault {
                ::core::unreachable!()
            }
        }
    }
}
