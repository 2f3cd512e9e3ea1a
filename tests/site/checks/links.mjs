import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { at, expect, open, pages, root, searchRows, site, wrong } from "../browser.mjs";

// Every link within the site leads to a page and to a place on it; others lead to the web, and none does anything else.
export async function links() {
  const { context, tab } = await open();
  const ids = new Map();
  const found = [];
  for (const page of pages) {
    await tab.goto(at(page));
    const seen = await tab.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map((node) => node.id),
      links: [...document.querySelectorAll("a")].map((link) => link.href),
      foreign: [...document.querySelectorAll("img, iframe, object, embed, form, style, [style], script:not([src])")].map((node) => node.outerHTML),
      handlers: [...document.querySelectorAll("*")].flatMap((node) => [...node.attributes]).filter((it) => it.name.startsWith("on")).map((it) => it.name),
      searches: "searchRows" in window,
    }));
    expect(new Set(seen.ids).size === seen.ids.length, `${page} has an id twice: ${seen.ids.filter((id, index) => seen.ids.indexOf(id) !== index)}`);
    for (const node of [...seen.foreign, ...seen.handlers]) wrong.push(`${page} has ${node}`);
    expect(!seen.searches, `${page} loads the rows of the search before anybody searches`);
    ids.set(page, new Set(seen.ids));
    for (const link of seen.links) found.push([page, link]);
  }
  const rows = await searchRows(tab);
  expect(rows.length > pages.length, "the search knows nothing");
  for (const row of rows) found.push(["search.js", new URL(row[2], site).href]);
  for (const [page, link] of found) {
    const url = new URL(link);
    if (["http:", "https:", "mailto:"].includes(url.protocol)) continue;
    if (url.protocol !== "file:") {
      wrong.push(`${page} has a link to ${link}`);
      continue;
    }
    const id = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    const path = relative(root, fileURLToPath(url));
    expect(ids.has(path), `${page} has a link to ${link}: there is no such page`);
    if (id && ids.has(path)) expect(ids.get(path).has(id), `${page} has a link to ${link}: there is no such place`);
  }
  await context.close();
}
