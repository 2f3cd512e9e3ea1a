//! The site's pages as data: what the templates below `site/` read.

use super::chapters::{self, Chapter};
use super::entry::{EntryView, ParamView};
use super::groups::{self, Group};
use super::html::{self, Author};
use super::links::{Links, Places};
use super::nav::{Nav, NavEntry, NavGroup, NavView, Shown};
use super::{code, forms};
use crate::view::VerifiedView;
use crate::view::entry::Entry;
use crate::{Page, RenderError, Templates};
use actionline_specs::{Action, Record, Spec, verbs};
use serde::Serialize;

/// Everything that the site is made of.
pub(super) struct Site<'s> {
    pub(super) page: Page,
    pub(super) chapters: Vec<Chapter>,
    places: Places,
    guide: String,
    verbs: String,
    common: String,
    spec: &'s Spec,
    nav: Nav,
    templates: &'s Templates,
}

/// One page.
#[derive(Debug, Serialize)]
pub(super) struct PageView<'a> {
    /// Its place below the site's folder.
    pub(super) path: String,
    #[serde(skip)]
    pub(super) template: &'static str,
    /// What leads from its folder to the site's.
    root: &'static str,
    /// What the browser's window is called.
    page_title: String,
    file: &'a str,
    title: &'a str,
    version: &'a str,
    hash: &'a str,
    verified: &'a VerifiedView,
    nav: NavView<'a>,
    #[serde(flatten)]
    content: Content,
}

/// What a page has of its own.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Content {
    Index {
        description: String,
        try_it: Vec<forms::FormView>,
        groups: Shown,
    },
    Guide {
        guide: String,
    },
    List {
        heading: &'static str,
        intro: String,
        groups: Vec<NavGroup>,
        common: Vec<ParamView>,
    },
    Entry(Box<EntryView>),
}

impl<'s> Site<'s> {
    pub(super) fn new(
        spec: &'s Spec,
        templates: &'s Templates,
        record: Option<&Record>,
    ) -> Result<Self, RenderError> {
        let page = Page::with_record(spec, record);
        let guide = templates.markdown("guide", &page)?;
        let verbs_text = templates.markdown("verbs", &page)?;
        let common = templates.markdown("effects", &page)?;
        let chapters = chapters::headings(&guide);
        let mut places = Places::default();
        let folders = [
            ("verbs", &page.verbs, &verbs().actions),
            ("actions", &page.actions, &spec.actions),
        ];
        for (folder, entries, _) in folders {
            for (entry, url) in entries.iter().zip(urls(folder, entries)) {
                let place = format!("{url}#{}", entry.name);
                places.add(&entry.anchor, &place);
                places.add(&entry.name, &place);
                for param in &entry.params {
                    places.add(
                        format!("{}.{}", entry.name, param.name),
                        format!("{place}.{}", param.name),
                    );
                }
            }
            places.add(folder, format!("{folder}.html"));
        }
        for push in &page.pushes {
            places.add(&push.anchor, format!("guide.html#{}", push.anchor));
        }
        for chapter in &chapters {
            places.add(&chapter.anchor, format!("guide.html#{}", chapter.anchor));
        }
        let built_in = &verbs().actions;
        let here = places.from("");
        let nav_groups = |folder: &str, groups: &[Group], entries: &[Entry], actions: &[Action]| {
            NavGroup::all(groups, entries, actions, &urls(folder, entries), &here)
        };
        let nav = Nav {
            chapters: chapters
                .iter()
                .filter(|chapter| !chapter.inner)
                .cloned()
                .collect(),
            pushes: page
                .pushes
                .iter()
                .map(|push| NavEntry {
                    name: push.name.clone(),
                    url: format!("guide.html#{}", push.anchor),
                    summary: html::inline(&push.description, Author::Spec, &here),
                    deprecated: false,
                })
                .collect(),
            verbs: nav_groups("verbs", &groups::verbs(built_in), &page.verbs, built_in),
            actions: nav_groups(
                "actions",
                &groups::actions(spec),
                &page.actions,
                &spec.actions,
            ),
        };
        Ok(Self {
            page,
            chapters,
            places,
            guide,
            verbs: verbs_text,
            common,
            spec,
            nav,
            templates,
        })
    }

    /// Every verb and action with its URL.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&Entry, &Action, String)> {
        let actions = verbs().actions.iter().chain(&self.spec.actions);
        let verbs = urls("verbs", &self.page.verbs);
        let all = self.page.verbs.iter().chain(&self.page.actions);
        let urls = verbs.into_iter().chain(urls("actions", &self.page.actions));
        all.zip(actions)
            .zip(urls)
            .map(|((entry, action), url)| (entry, action, url))
    }

    /// Every page.
    pub(super) fn pages(&self) -> Result<Vec<PageView<'_>>, RenderError> {
        let here = self.places.from("");
        let title = &self.page.title;
        let session = code::block("", &self.page.session);
        let index = Content::Index {
            description: html::blocks(&self.page.description, Author::Spec, &here),
            try_it: forms::of_session(&self.page, &session, self.templates)?,
            groups: self.nav.taste(),
        };
        let guide = Content::Guide {
            guide: chapters::text(&self.guide, &here),
        };
        let verbs_intro = chapters::text(&self.verbs, &here);
        let mut pages = vec![
            self.page("index.html", "index", format!("{title} protocol"), index),
            self.page("guide.html", "guide", format!("Guide · {title}"), guide),
            self.page(
                "verbs.html",
                "list",
                format!("Verbs · {title}"),
                self.list("Verbs", verbs_intro, &here),
            ),
            self.page(
                "actions.html",
                "list",
                format!("Actions · {title}"),
                self.list("Actions", chapters::text(&self.common, &here), &here),
            ),
        ];
        let inside = self.places.from("../");
        for (entry, action, url) in self.entries() {
            let name = format!("{} · {title}", entry.name);
            let view = EntryView::new(entry, action, &self.page, &inside, self.templates)?;
            pages.push(self.page(&url, "entry", name, Content::Entry(Box::new(view))));
        }
        Ok(pages)
    }

    fn list(&self, heading: &'static str, intro: String, links: &Links<'_>) -> Content {
        let (groups, common) = match heading {
            "Verbs" => (&self.nav.verbs, Vec::new()),
            _ => (
                &self.nav.actions,
                ParamView::all(
                    "common",
                    &self.page.common.params,
                    &self.page.common.faults,
                    links,
                ),
            ),
        };
        Content::List {
            heading,
            intro,
            groups: groups.clone(),
            common,
        }
    }

    fn page(
        &self,
        path: &str,
        template: &'static str,
        page_title: String,
        content: Content,
    ) -> PageView<'_> {
        PageView {
            path: path.to_owned(),
            template,
            root: if path.contains('/') { "../" } else { "" },
            page_title,
            file: &self.page.file,
            title: &self.page.title,
            version: &self.page.version,
            hash: &self.page.hash,
            verified: &self.page.verified,
            nav: self.nav.at(path),
            content,
        }
    }
}

/// Where each entry's page is. Names that differ only in case get files that differ in more: not every disk tells them
/// apart.
fn urls(folder: &str, entries: &[Entry]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut urls = Vec::new();
    for entry in entries {
        let low = entry.name.to_lowercase();
        let same = taken.iter().filter(|name| **name == low).count();
        let number = if same == 0 {
            String::new()
        } else {
            format!("-{}", same + 1)
        };
        urls.push(format!("{folder}/{}{number}.html", entry.name));
        taken.push(low);
    }
    urls
}
