//! `#[derive(Param)]`.

use crate::body::{self, Body, Field, place};
use crate::refused;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{DeriveInput, Error, Lifetime, Type, parse_quote};

/// The whole derive.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    match syn::parse2::<DeriveInput>(input) {
        Ok(input) => whole(&input).unwrap_or_else(|error| refused::param(&input, &error)),
        Err(error) => error.to_compile_error(),
    }
}

fn whole(input: &DeriveInput) -> syn::Result<TokenStream> {
    let body = body::body(input, "param", false)?;
    let mut generics = input.generics.clone();
    if let Some(param) = generics.type_params().next() {
        return Err(Error::new_spanned(
            param,
            "a param's type has no parameters",
        ));
    }
    // What it borrows, it borrows from the request.
    let request: Lifetime = match generics.lifetimes().collect::<Vec<_>>().as_slice() {
        [] => {
            generics.params.push(parse_quote!('__a));
            parse_quote!('__a)
        }
        [one] => one.lifetime.clone(),
        [_, second, ..] => {
            let why = "a param's type borrows from its request alone: one lifetime is enough";
            return Err(Error::new_spanned(second, why));
        }
    };
    let target = Target {
        ident: &input.ident,
        types: input.generics.split_for_impl().1.to_token_stream(),
        generics: generics.params.to_token_stream(),
        request,
    };
    Ok(match body {
        Body::Struct(fields) => target.object(&fields),
        Body::Wrapper(ty) => target.wrapper(&ty),
        Body::Choice(variants) => target.choice(&variants),
    })
}

/// The type that is derived for.
struct Target<'i> {
    ident: &'i Ident,
    types: TokenStream,
    /// What stands behind `impl`, without the brackets.
    generics: TokenStream,
    /// How long the request lives.
    request: Lifetime,
}

impl Target<'_> {
    /// `ParamValue` with this shape and body, and `FromParam` for one kind.
    fn value(&self, shape: &TokenStream, body: &TokenStream, kind: &TokenStream) -> TokenStream {
        let p = quote!(::actionline::__private);
        let Self {
            ident,
            types,
            generics,
            request,
        } = self;
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<#generics> #p::ParamValue<#request> for #ident #types {
                const SHAPE: #p::Shape = #shape;
                fn from_value(__value: #p::Slot<#request>) -> ::core::option::Option<Self> {
                    #body
                }
            }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<#generics> #p::FromParam<#request, #p::kind::#kind> for #ident #types {
                const SHAPE: #p::Shape = <Self as #p::ParamValue<#request>>::SHAPE;
                fn from_slot(__slot: #p::Slot<#request>) -> ::core::option::Option<Self> {
                    <Self as #p::ParamValue<#request>>::from_value(__slot)
                }
            }
        }
    }

    fn object(&self, fields: &[Field]) -> TokenStream {
        let p = quote!(::actionline::__private);
        let request = &self.request;
        let table = body::members(self.ident, fields, |ty| {
            let trait_at =
                quote_spanned!(place(ty)=> ::actionline::__private::ParamValue<#request>);
            (
                quote!(<#ty as #trait_at>::SHAPE),
                quote!(<#ty as #trait_at>::OPTIONAL),
            )
        });
        // What the type of a field lacks is told once, at the table: this compiles with any type.
        let takes = fields.iter().map(|field| {
            let Field {
                ident, ty, wire, ..
            } = field;
            quote!(#ident: (&#p::Taken::<#ty>::NEW).take(&__members, #wire)?)
        });
        self.value(
            &quote!(#p::Shape::Struct(&#table)),
            &quote! {
                #[allow(unused_imports)]
                use #p::{TakeAnything as _, TakeValue as _};
                let __members = #p::Members::of(__value)?;
                ::core::option::Option::Some(Self { #(#takes),* })
            },
            &quote!(Object),
        )
    }

    fn choice(&self, variants: &[(Ident, String)]) -> TokenStream {
        let p = quote!(::actionline::__private);
        let table = body::choice(self.ident, variants);
        let arms = variants
            .iter()
            .map(|(ident, text)| quote!(#text => ::core::option::Option::Some(Self::#ident)));
        self.value(
            &quote!(#p::Shape::Choice(&#table)),
            &quote! {
                match __value {
                    #p::Slot::Text(__text) => match &*__text {
                        #(#arms,)*
                        _ => ::core::option::Option::None,
                    },
                    _ => ::core::option::Option::None,
                }
            },
            &quote!(Text),
        )
    }

    /// It is whatever its value is.
    fn wrapper(&self, ty: &Type) -> TokenStream {
        let p = quote!(::actionline::__private);
        let Self {
            ident,
            types,
            generics,
            request,
        } = self;
        let value = quote_spanned!(place(ty)=> ::actionline::__private::ParamValue<#request>);
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<#generics> #p::ParamValue<#request> for #ident #types {
                const SHAPE: #p::Shape = <#ty as #value>::SHAPE;
                const OPTIONAL: bool = <#ty as #value>::OPTIONAL;
                fn absent() -> ::core::option::Option<Self> {
                    <#ty as #value>::absent().map(Self)
                }
                fn from_value(__value: #p::Slot<#request>) -> ::core::option::Option<Self> {
                    #p::ParamValue::from_value(__value).map(Self)
                }
            }
            #[automatically_derived]
            impl<#generics, __K> #p::FromParam<#request, __K> for #ident #types
            where
                #ty: #p::FromParam<#request, __K>,
            {
                const SHAPE: #p::Shape = <#ty as #p::FromParam<#request, __K>>::SHAPE;
                fn from_slot(__slot: #p::Slot<#request>) -> ::core::option::Option<Self> {
                    <#ty as #p::FromParam<#request, __K>>::from_slot(__slot).map(Self)
                }
            }
        }
    }
}
