//! `actions!`: one handler for each declared action, found by the compiler.

use crate::locate::Located;
use crate::{names, spec};
use actionline_specs::{Spec, snake_case};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
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

/// A stand-in for each handle, and for each module a block whose glob import shadows them with the real ones.
fn set(input: &Input, located: &Located, spec: &Spec) -> TokenStream {
    let p = quote!(::actionline::__private);
    let wire: Vec<&str> = spec
        .actions
        .iter()
        .map(|action| action.name.as_str())
        .collect();
    let count = wire.len();
    let (handles, excuses) = names_at(spec, Span::call_site());
    let list = |prefix: &str| -> Vec<Ident> {
        (0..input.modules.len())
            .map(|number| format_ident!("{prefix}{number}"))
            .collect()
    };
    let (found, excused) = (list("__FOUND_"), list("__EXCUSED_"));
    let searches =
        input
            .modules
            .iter()
            .zip(found.iter().zip(&excused))
            .map(|(module, (found, excused))| {
                // At the module, where the compiler shows that it has a name twice.
                let (handles, excuses) =
                    names_at(spec, module.span().resolved_at(Span::call_site()));
                quote! {
                    const #found: [#p::Registered; #count] = {
                        #[allow(unused_imports)]
                        use #module::*;
                        [#(#handles),*]
                    };
                    const #excused: [bool; #count] = {
                        #[allow(unused_imports)]
                        use #module::*;
                        [#(#excuses),*]
                    };
                }
            });
    let checks = spec.actions.iter().enumerate().map(|(number, action)| {
        let wanted = wanted(input, spec, action);
        let cfg = feature(action);
        quote_spanned! {input.path.span().resolved_at(Span::call_site())=>
            #cfg
            const _: () = ::actionline::__private::settle(
                &#wanted,
                &[#(#found[#number]),*],
                &[#(#excused[#number]),*],
            );
        }
    });
    let picks = handles.iter().zip(&spec.actions).enumerate();
    let picks = picks.map(|(number, (stand_in, action))| {
        let cfg = feature(action);
        quote!(#cfg #p::pick(#stand_in, &[#(#found[#number]),*]))
    });
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let (file, path) = (&located.shown, located.path.display().to_string());
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let included = spec.source.included.iter().map(|source| {
        let path = source.name.strip_prefix(folder).unwrap_or(&source.name);
        let path = path.trim_start_matches('/');
        let file = spec::beside(located, path).display().to_string();
        quote!((#path, ::core::include_str!(#file)))
    });
    quote! {{
        #(
            #[allow(non_upper_case_globals, dead_code)]
            const #handles: #p::Registered = #p::Registered::missing(#wire);
            #[allow(non_upper_case_globals, dead_code)]
            const #excuses: bool = false;
        )*
        #(#searches)*
        #(#checks)*
        // The texts are included so that a change of one is seen by cargo.
        #p::ActionSet {
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

/// The names of all handles and excuses.
fn names_at(spec: &Spec, span: Span) -> (Vec<Ident>, Vec<Ident>) {
    let names = || spec.actions.iter().map(|action| action.name.as_str());
    (
        names().map(|action| names::handle(action, span)).collect(),
        names().map(|action| names::excuse(action, span)).collect(),
    )
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
