//! `#[derive(Reply)]`.

use crate::names::camel;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Type, parse_quote};

/// One field of the struct.
struct Field {
    ident: Ident,
    ty: Type,
    wire: String,
    optional: bool,
}

/// The whole derive. On a mistake, the traits are implemented all the same, without fields.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    match fields(&input) {
        Ok(fields) => implement(input, &fields),
        Err(error) => error.to_compile_error(),
    }
}

fn fields(input: &DeriveInput) -> syn::Result<Vec<Field>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => fields,
            _ => {
                return Err(Error::new_spanned(
                    &input.ident,
                    "a reply has named fields: `struct Name { field: Type }`",
                ));
            }
        },
        _ => {
            return Err(Error::new_spanned(
                &input.ident,
                "a reply is a struct with named fields",
            ));
        }
    };
    named
        .named
        .iter()
        .filter_map(|field| field.ident.as_ref().map(|ident| (field, ident)))
        .map(|(field, ident)| {
            let wire = match wire_name(&field.attrs, "reply", "rename")? {
                Some(name) => name.value(),
                None => camel(&ident.unraw().to_string()),
            };
            Ok(Field {
                ident: ident.clone(),
                ty: field.ty.clone(),
                wire,
                optional: matches!(crate::types::form(&field.ty), crate::types::Form::Option(_)),
            })
        })
        .collect()
}

/// The name in `#[reply(rename = "name")]`.
pub(crate) fn wire_name(attrs: &[Attribute], attr: &str, key: &str) -> syn::Result<Option<LitStr>> {
    let mut name = None;
    for attribute in attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident(attr))
    {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident(key) {
                return Err(meta.error(format!("write `#[{attr}({key} = \"name\")]`")));
            }
            name = Some(meta.value()?.parse()?);
            Ok(())
        })?;
    }
    Ok(name)
}

fn implement(mut input: DeriveInput, fields: &[Field]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let params: Vec<Ident> = input
        .generics
        .type_params()
        .map(|param| param.ident.clone())
        .collect();
    let where_clause = input.generics.make_where_clause();
    for param in params {
        where_clause
            .predicates
            .push(parse_quote!(#param: ::actionline::__private::serde::Serialize));
    }
    let (impls, types, wheres) = input.generics.split_for_impl();
    let ident = &input.ident;
    let count = fields.len();
    let table = fields.iter().map(
        |Field { wire, optional, .. }| quote!(#p::ReplyField { name: #wire, optional: #optional }),
    );
    let writes = fields.iter().map(|Field { ident, ty, wire, optional }| {
        let span = syn::spanned::Spanned::span(ty).resolved_at(proc_macro2::Span::call_site());
        // At the type, where the compiler says that it cannot be serialised.
        let write = quote::quote_spanned!(span=> ::actionline::__private::write_field(&mut __object, #wire, &self.#ident)?);
        match optional {
            true => quote!(if self.#ident.is_some() { #write; }),
            false => quote!(#write;),
        }
    });
    quote! {
        #[automatically_derived]
        impl #impls #p::serde::Serialize for #ident #types #wheres {
            fn serialize<__S: #p::serde::Serializer>(
                &self,
                __to: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut __object = #p::serde::Serializer::serialize_struct(__to, ::core::stringify!(#ident), #count)?;
                #(#writes)*
                #p::serde::ser::SerializeStruct::end(__object)
            }
        }
        #[automatically_derived]
        impl #impls #p::IntoReply for #ident #types #wheres {
            const SUCCESS: #p::Success = #p::Success::Fields(&[#(#table),*]);
            fn into_reply(
                self,
                __declared: &'static #p::Declared,
                __out: &mut ::std::vec::Vec<u8>,
            ) -> #p::Outcome {
                #p::write_fields(&self, __declared, __out)
            }
        }
    }
}
