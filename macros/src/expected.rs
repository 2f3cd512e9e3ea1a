//! The spec as constants, for the compiler to compare Rust types with.

use crate::{describe, names, types};
use actionline_specs::{Action, Field, Format, Kind, Returns, Rule, Schema, Source, Spec};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

/// The reply as declared.
pub(crate) fn declared(spec: &Spec, action: &Action) -> TokenStream {
    let (name, at) = (&action.name, spec.source.locate(action.at));
    let file = matches!(action.returns, Returns::File);
    let expects = Expects::sent(spec);
    let fields = action.returns.fields();
    let fields = fields.iter().map(|field| expects.field(field, &field.name));
    let errors = action.errors.iter().map(|error| {
        let (code, at) = (&error.code, spec.source.locate(error.at));
        let template = names::placeholders(&error.message);
        quote!(__p::DeclaredError { code: #code, at: #at, template: #template })
    });
    quote! {
        __p::Declared { name: #name, at: #at, file: #file, fields: &[#(#fields),*], errors: &[#(#errors),*] }
    }
}

/// Writes down what is expected of values.
pub(crate) struct Expects<'s> {
    /// Where places are looked up.
    pub(crate) source: &'s Source,
    /// What a value is called.
    pub(crate) name: fn(&Schema) -> String,
    /// The types to take for a value that is always there, or not.
    pub(crate) take: fn(&Schema, bool) -> String,
}

impl<'s> Expects<'s> {
    /// Of what goes to a client.
    pub(crate) fn sent(spec: &'s Spec) -> Self {
        Self {
            source: &spec.source,
            name: |schema| schema.kind.phrase().to_owned(),
            take: describe::answer,
        }
    }

    /// A named value.
    pub(crate) fn field(&self, field: &Field, path: &str) -> TokenStream {
        let at = self.source.locate(field.at);
        self.value(&field.schema, (&field.name, path, &at), field.required)
    }

    /// A value with its name, the way to it, and its place.
    pub(crate) fn value(
        &self,
        schema: &Schema,
        (name, path, at): (&str, &str, &str),
        required: bool,
    ) -> TokenStream {
        let kind = kind(schema.kind);
        let (is, take) = ((self.name)(schema), (self.take)(schema, required));
        let mut more = TokenStream::new();
        if schema.kind == Kind::Integer {
            let (from, to) = types::range(schema);
            more.extend(quote!(range: (#from, #to),));
        }
        let choices = choices(schema);
        if !choices.is_empty() {
            more.extend(quote!(choices: &[#(#choices),*],));
        }
        if let Some(format) = format(schema) {
            let format = format.word();
            more.extend(quote!(format: #format,));
        }
        if let Some(items) = &schema.items {
            let path = format!("{path}[]");
            let at = self.source.locate(items.kind_at);
            let items = self.value(items, ("", &path, &at), true);
            more.extend(quote!(items: ::core::option::Option::Some(&#items),));
        }
        if let Some(members) = &schema.properties {
            let members = members
                .iter()
                .map(|member| self.field(member, &format!("{path}.{}", member.name)));
            more.extend(quote!(members: ::core::option::Option::Some(&[#(#members),*]),));
        }
        let plain =
            quote!(__p::expected(__p::Kind::#kind, #name, #path, #at, #required, #is, #take));
        match more.is_empty() {
            true => plain,
            false => quote!(__p::Expected { #more ..#plain }),
        }
    }
}

fn kind(kind: Kind) -> proc_macro2::Ident {
    format_ident!("{kind:?}")
}

/// The texts of an `enum`.
pub(crate) fn choices(schema: &Schema) -> Vec<&str> {
    let lists = schema.rules().filter_map(|rule| match rule {
        Rule::Enum(values) => Some(values),
        _ => None,
    });
    lists.flatten().filter_map(Value::as_str).collect()
}

/// The `format` of a text.
pub(crate) fn format(schema: &Schema) -> Option<Format> {
    schema.rules().find_map(|rule| match rule {
        Rule::Format(format) => Some(*format),
        _ => None,
    })
}
