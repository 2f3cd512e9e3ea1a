//! `actions!`: one handler for each declared action and one type for each declared push, found by the compiler.

use crate::locate::Located;
use crate::search::{Search, Sought};
use crate::{names, spec};
use actionline_specs::{Spec, snake_case};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, LitStr, Path, Token, Visibility, bracketed};

/// `pub ACTIONS = "actions.yaml", handlers = [crate::actions]`
pub(crate) struct Input {
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    pub(crate) path: LitStr,
    pub(crate) modules: Vec<Path>,
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
            let why = format!("`{key}` is not `handlers`");
            return Err(Error::new(key.span(), why));
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
                quote!(#p::ActionSet { package: "", file: "", text: "", included: &[], handlers: &[] }),
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

/// The stand-ins and what is found in the modules, for the handlers and for the types of pushes.
fn set(input: &Input, located: &Located, spec: &Spec) -> TokenStream {
    let actions = spec.actions.iter().map(|action| {
        let (name, cfg) = (&action.name, feature(action));
        let write = format!("#[action] fn {}(…)", function(name));
        Sought {
            name,
            cfg,
            wanted: wanted(spec, quote!(Action), (name, action.at), &write),
        }
    });
    let actions = Search {
        input,
        all: actions.collect(),
        names: (names::handle, names::excuse),
        lists: ("__FOUND", "__EXCUSED"),
        ty: quote!(__p::Registered),
        missing: |name| quote!(__p::Registered::missing(#name)),
        variant: quote!(Handlers),
    };
    let pushes = spec.pushes.iter().map(|push| {
        let name = &push.name;
        let write = format!(
            "#[derive(actionline::Push)] struct {} {{ … }}",
            names::pascal(name)
        );
        Sought {
            name,
            cfg: None,
            wanted: wanted(spec, quote!(Push), (name, push.at), &write),
        }
    });
    let pushes = Search {
        input,
        all: pushes.collect(),
        names: (names::push, names::push_excuse),
        lists: ("__TYPES", "__EXCUSED_TYPES"),
        ty: quote!(__p::Found),
        missing: |_| quote!(__p::Found::NOTHING),
        variant: quote!(Types),
    };
    let (handlers, types) = (actions.tokens(), pushes.tokens());
    let found = actions.lists().0;
    let picks = actions.all.iter().enumerate().map(|(number, action)| {
        let Sought { name, cfg, .. } = action;
        quote!(#cfg __p::pick(#name, #found, #number))
    });
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let (file, path) = (&located.shown, located.path.display().to_string());
    let included = spec::included(located, spec);
    let included = included
        .iter()
        .map(|(path, file)| quote!((#path, ::core::include_str!(#file))));
    let modules = modules(input);
    let shown = &*spec.source.name;
    quote! {{
        use ::actionline::__private as __p;
        const __MODULES: &str = #modules;
        const __SPEC: &str = #shown;
        #handlers
        #types
        // The texts are included so that a change of one is seen by cargo.
        __p::ActionSet {
            package: #package,
            file: #file,
            text: ::core::include_str!(#path),
            included: &[#(#included),*],
            handlers: &[#(#picks),*],
        }
    }}
}

/// What the action depends on, if its spec says `feature`: the compiler looks at the features of the crate that calls
/// `actions!`.
fn feature(action: &actionline_specs::Action) -> Option<TokenStream> {
    let feature = action.feature.as_ref()?;
    Some(quote!(#[cfg(feature = #feature)]))
}

fn wanted(
    spec: &Spec,
    thing: TokenStream,
    (name, at): (&str, actionline_specs::Span),
    write: &str,
) -> TokenStream {
    let at = spec.source.locate(at);
    quote! {
        __p::Wanted {
            thing: __p::Thing::#thing,
            name: #name,
            at: #at,
            write: #write,
            modules: __MODULES,
            spec: __SPEC,
        }
    }
}

/// The modules, as messages name them.
fn modules(input: &Input) -> String {
    let modules: Vec<String> = input
        .modules
        .iter()
        .map(|module| format!("`{}`", shown(module)))
        .collect();
    match modules.as_slice() {
        [] => "a module and list it in `handlers`".to_owned(),
        [one] => one.clone(),
        many => format!("one of {}", many.join(", ")),
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
