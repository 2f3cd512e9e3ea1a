//! `actions!`: one handler for each declared action, found by the compiler.

use crate::locate::Located;
use crate::{names, spec};
use actionline_specs::{Spec, snake_case};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, LitStr, Path, Token, Visibility, bracketed};

/// `pub ACTIONS = "actions.yaml", handlers = [crate::actions]`
struct Input {
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    path: LitStr,
    modules: Vec<Path>,
}

const USE: &str = "write `actions!(pub ACTIONS = \"actions.yaml\", handlers = [crate::actions]);`";

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let path = input.parse()?;
        input.parse::<Token![,]>()?;
        let key: Ident = input.parse()?;
        if key != "handlers" {
            return Err(Error::new(key.span(), USE));
        }
        input.parse::<Token![=]>()?;
        let list;
        bracketed!(list in input);
        let modules = Punctuated::<Path, Token![,]>::parse_terminated(&list)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Self {
            attrs,
            vis,
            name,
            path,
            modules: modules.into_iter().collect(),
        })
    }
}

/// The whole macro.
pub(crate) fn actions(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<Input>(input) {
        Ok(input) => input,
        Err(error) => {
            let text = format!("{error}: {USE}");
            return Error::new(error.span(), text).to_compile_error();
        }
    };
    let set = spec::find(&input.path.value(), input.path.span()).and_then(|(located, loaded)| {
        match &*loaded {
            Ok(spec) => Ok(set(&input, &located, spec)),
            Err(texts) => Err(texts.join("\n")),
        }
    });
    let p = quote!(::actionline::__private);
    let (set, mistake) = match set {
        Ok(set) => (set, None),
        Err(text) => {
            let error = Error::new(input.path.span(), text).to_compile_error();
            (
                quote!(#p::ActionSet { file: "", text: "", handlers: &[] }),
                Some(error),
            )
        }
    };
    let Input {
        attrs, vis, name, ..
    } = &input;
    let doc = format!(
        "The actions of `{}` with their handlers.",
        input.path.value()
    );
    quote! {
        #(#attrs)*
        #[doc = #doc]
        #vis static #name: #p::ActionSet = #set;
        #mistake
    }
}

/// A stand-in for each handle, and for each module a block whose glob import shadows them with the real ones.
fn set(input: &Input, located: &Located, spec: &Spec) -> TokenStream {
    let p = quote!(::actionline::__private);
    let handles: Vec<Ident> = each(spec, names::handle);
    let excuses: Vec<Ident> = each(spec, names::excuse);
    let wire: Vec<&str> = spec
        .actions
        .iter()
        .map(|action| action.name.as_str())
        .collect();
    let count = spec.actions.len();
    let found: Vec<Ident> = (0..input.modules.len())
        .map(|number| format_ident!("__FOUND_{}", number))
        .collect();
    let modules = &input.modules;
    let index: Vec<usize> = (0..count).collect();

    // Each use of this in the block below names the handles that the module shows.
    let all = quote!([#(#p::Found::of::<#handles>(#excuses)),*]);
    let searches = modules.iter().zip(&found).map(|(module, found)| {
        quote! {
            const #found: [#p::Found; #count] = {
                #[allow(unused_imports)]
                use #module::*;
                #all
            };
        }
    });
    let checks = spec.actions.iter().enumerate().map(|(number, action)| {
        let wanted = wanted(input, spec, action);
        quote_spanned! {input.path.span().resolved_at(Span::call_site())=>
            const _: () = ::actionline::__private::settle(&#wanted, &[#(#found[#number]),*]);
        }
    });
    let picks = index.iter().map(|number| match found.is_empty() {
        true => {
            let name = wire[*number];
            quote!(#p::Handler::missing(#name))
        }
        false => quote!(#p::pick(&[#(#found[#number]),*])),
    });
    let (file, path) = (&located.shown, located.path.display().to_string());
    quote! {{
        #(
            #[allow(non_camel_case_types, dead_code)]
            struct #handles;
            impl #p::Action for #handles {
                const PLACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
                const SPEC: &'static str = "";
                const HANDLER: #p::Handler = #p::Handler::missing(#wire);
            }
            #[allow(non_upper_case_globals, dead_code)]
            const #excuses: bool = false;
        )*
        #(#searches)*
        #(#checks)*
        // The text is included so that a change of it is seen by cargo.
        #p::ActionSet { file: #file, text: ::core::include_str!(#path), handlers: &[#(#picks),*] }
    }}
}

fn each(spec: &Spec, name: fn(&str, Span) -> Ident) -> Vec<Ident> {
    let names = spec.actions.iter().map(|action| action.name.as_str());
    names
        .map(|action| name(action, Span::call_site()))
        .collect()
}

fn wanted(input: &Input, spec: &Spec, action: &actionline_specs::Action) -> TokenStream {
    let (name, at) = (&action.name, spec.source.locate(action.at));
    let function = function(&action.name);
    let modules: Vec<String> = input
        .modules
        .iter()
        .map(|module| format!("`{}`", shown(module)))
        .collect();
    let modules = match modules.as_slice() {
        [] => "a module and list it in `handlers`".to_owned(),
        [one] => one.clone(),
        many => format!("one of {}", many.join(", ")),
    };
    let file = &*spec.source.name;
    quote! {
        ::actionline::__private::Wanted { name: #name, at: #at, function: #function, modules: #modules, spec: #file }
    }
}

/// The name of a handler's function; a keyword needs `r#`.
fn function(action: &str) -> String {
    let name = snake_case(action);
    match syn::parse_str::<Ident>(&name) {
        Ok(_) => name,
        Err(_) => format!("r#{name}"),
    }
}

fn shown(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
