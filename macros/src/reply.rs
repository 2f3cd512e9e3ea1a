//! `#[derive(Reply)]`.

use crate::body::{self, Body, Field, place};
use crate::refused;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{DeriveInput, Generics, Type, parse_quote};

/// The whole derive.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let mut input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let body = body::body(&input, "reply", true);
    bound(&mut input.generics);
    match body {
        Ok(Body::Struct(fields)) => object(&input, &fields),
        Ok(Body::Wrapper(ty)) => wrapper(&input, &ty),
        Ok(Body::Choice(variants)) => choice(&input, &variants),
        Err(error) => refused::reply(&input, &error),
    }
}

/// Each type parameter has to be a value of a reply, too.
fn bound(generics: &mut Generics) {
    let params: Vec<Ident> = generics
        .type_params()
        .map(|param| param.ident.clone())
        .collect();
    let wheres = generics.make_where_clause();
    for param in params {
        let bound = parse_quote!(#param: ::actionline::__private::ReplyValue);
        wheres.predicates.push(bound);
    }
}

/// `Serialize` with this body, and `ReplyValue` with this shape.
fn value(input: &DeriveInput, serialize: &TokenStream, shape: &TokenStream) -> TokenStream {
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
                #serialize
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impls #p::ReplyValue for #ident #types #wheres {
            #shape
        }
    }
}

fn wrapper(input: &DeriveInput, ty: &Type) -> TokenStream {
    let trait_at = quote_spanned!(place(ty)=> ::actionline::__private::ReplyValue);
    value(
        input,
        &quote!(::actionline::__private::serde::Serialize::serialize(
            &self.0, __to
        )),
        &quote! {
            const SHAPE: ::actionline::__private::Shape = <#ty as #trait_at>::SHAPE;
            const OPTIONAL: bool = <#ty as #trait_at>::OPTIONAL;
            fn is_absent(&self) -> bool {
                ::actionline::__private::ReplyValue::is_absent(&self.0)
            }
            fn append(
                &self,
                __out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), ::actionline::__private::Error> {
                ::actionline::__private::ReplyValue::append(&self.0, __out)
            }
        },
    )
}

fn choice(input: &DeriveInput, variants: &[(Ident, String)]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let arms = variants
        .iter()
        .map(|(ident, text)| quote!(Self::#ident => #text));
    let table = body::choice(&input.ident, variants);
    value(
        input,
        &quote!(__to.serialize_str(match self { #(#arms),* })),
        &quote!(const SHAPE: #p::Shape = #p::Shape::Choice(&#table);),
    )
}

/// A struct with named fields: a value, and a reply.
pub(crate) fn object(input: &DeriveInput, fields: &[Field]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let ident = &input.ident;
    let writes = fields.iter().map(write);
    let value = value(
        input,
        &quote!(#p::serialize_struct(self, __to)),
        &quote! {
            const SHAPE: #p::Shape = #p::Shape::Struct(&<Self as #p::ReplyStruct>::STRUCT);
            fn append(
                &self,
                __out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), #p::Error> {
                #p::append_struct(self, __out)
            }
        },
    );
    let table = body::members(ident, fields, |ty| {
        let trait_at = quote_spanned!(place(ty)=> ::actionline::__private::ReplyValue);
        (
            quote!(<#ty as #trait_at>::SHAPE),
            quote!(<#ty as #trait_at>::OPTIONAL),
        )
    });
    let (impls, types, wheres) = input.generics.split_for_impl();
    let checks = checks(input, fields);
    quote! {
        #value
        #[automatically_derived]
        impl #impls #p::ReplyStruct for #ident #types #wheres {
            const STRUCT: #p::Struct = #table;
            #[allow(unused_variables)]
            fn write_fields<__F: #p::Fields>(
                &self,
                __to: &mut __F,
            ) -> ::core::result::Result<(), __F::Error> {
                #[allow(unused_imports)]
                use #p::{WriteAnything as _, WriteValue as _};
                #(#writes)*
                ::core::result::Result::Ok(())
            }
        }
        #checks
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impls #p::IntoReply for #ident #types #wheres {
            type Fields = Self;
            type Errors = ();
            const SUCCESS: #p::Success = #p::Success::Fields(&<Self as #p::ReplyStruct>::STRUCT);
            fn into_reply(
                self,
                __declared: &'static #p::Declared,
                __out: &mut ::std::vec::Vec<u8>,
            ) -> #p::Outcome {
                #p::append_fields(&self, __declared, __out)
            }
        }
    }
}

/// What the type of a field lacks is told once, at the table of the fields: this compiles with any type.
fn write(field: &Field) -> TokenStream {
    let Field {
        ident,
        ty,
        wire,
        untyped,
    } = field;
    let p = quote!(::actionline::__private);
    let json = format!(",{}:", serde_json::Value::from(wire.as_str()));
    let name = quote!(#p::Name { plain: #wire, json: #json });
    match untyped {
        false => quote!((&#p::Written(&self.#ident)).write(__to, #name)?;),
        true => {
            let write = quote_spanned!(place(ty)=> ::actionline::__private::write_untyped(__to, #name, &self.#ident)?;);
            match crate::types::is_option(ty) {
                true => quote!(if self.#ident.is_some() { #write }),
                false => write,
            }
        }
    }
}

/// The comparison with `returns`, each difference at the field that has it.
fn checks(input: &DeriveInput, fields: &[Field]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let ident = &input.ident;
    let (_, types, _) = input.generics.split_for_impl();
    let types = types.to_token_stream();
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(__D: #p::Declares));
    let (impls, _, wheres) = generics.split_for_impl();
    let checks = fields.iter().enumerate().map(|(index, field)| {
        let member = quote!(&<Self as #p::ReplyStruct>::STRUCT.members[#index]);
        let (name, ty) = (place(&field.ident), place(&field.ty));
        let declares =
            quote_spanned!(name=> ::actionline::__private::declares_field(__D::DECLARED, #member));
        let fits = quote_spanned!(ty=> ::actionline::__private::fits_field(__D::DECLARED, #member));
        quote!(#declares; #fits;)
    });
    quote! {
        #[automatically_derived]
        impl #impls #p::Checks<__D> for #ident #types #wheres {
            const OK: () = { #(#checks)* };
        }
    }
}
