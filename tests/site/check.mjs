// Drives a site in a browser: node check.mjs BROWSER SITE. Prints what is wrong, one line each; nothing when all is well.
import { chromium } from "playwright-core";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [executablePath, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wrong = [];
const site = pathToFileURL(folder + "/").href;
const at = (path) => new URL(path, site).href;
const pages = readdirSync(folder, { recursive: true })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".html"))
  .sort();

function expect(holds, what) {
  if (!holds) wrong.push(what);
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(options) {
  const context = await browser.newContext(options);
  // What axe brings must not be kept out by the pages' own policy.
  const tab = await context.newPage();
  tab.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") wrong.push(`console of ${tab.url()}: ${message.text()}`);
  });
  tab.on("pageerror", (error) => wrong.push(`error on ${tab.url()}: ${error.message}`));
  tab.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site) && !url.startsWith("data:")) wrong.push(`${tab.url()} asks for ${url}`);
  });
  tab.on("dialog", (dialog) => {
    wrong.push(`a dialog on ${tab.url()}: ${dialog.message()}`);
    dialog.dismiss();
  });
  return { context, tab };
}

// Every link within the site leads to a page and to a place on it; others lead to the web, and none does anything else.
async function links() {
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
    }));
    expect(new Set(seen.ids).size === seen.ids.length, `${page} has an id twice: ${seen.ids.filter((id, index) => seen.ids.indexOf(id) !== index)}`);
    for (const node of [...seen.foreign, ...seen.handlers]) wrong.push(`${page} has ${node}`);
    ids.set(page, new Set(seen.ids));
    for (const link of seen.links) found.push([page, link]);
  }
  const rows = await tab.evaluate(() => window.searchRows);
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
    const path = relative(folder, fileURLToPath(url));
    expect(ids.has(path), `${page} has a link to ${link}: there is no such page`);
    if (id && ids.has(path)) expect(ids.get(path).has(id), `${page} has a link to ${link}: there is no such place`);
  }
  await context.close();
}

// No rule of accessibility is broken, in both themes, on a desk and on a phone.
async function accessible() {
  const sizes = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
  const every = pages.filter((page) => !page.includes("/"));
  const some = [...every, ...pages.filter((page) => page.includes("/")).slice(-4)];
  for (const [colorScheme, viewport] of [["light", sizes[0]], ["dark", sizes[1]]]) {
    {
      const { context, tab } = await open({ colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" });
      for (const page of some) {
        await tab.goto(at(page));
        await tab.evaluate(axe);
        const result = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"] }));
        for (const { id, nodes } of result.violations) wrong.push(`axe on ${page} (${colorScheme}, ${viewport.width}): ${id}: ${nodes[0].html}: ${nodes[0].failureSummary}`);
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide <= 0, `${page} is ${wide} pixels wider than a screen of ${viewport.width}`);
      }
      await context.close();
    }
  }
}

// The form that was chosen on one page is shown on the next, and so is the theme.
async function choices() {
  const { context, tab } = await open({ colorScheme: "light" });
  const [first, second] = pages.filter((page) => page.startsWith("verbs/"));
  await tab.goto(at(first));
  const panel = () => tab.locator(".panel:visible").first().getAttribute("data-form");
  expect((await panel()) === "words", "the first form is that of words");
  await tab.locator("[role=tab][data-form=python]").first().click();
  await tab.locator("#theme").click();
  await tab.goto(at(second));
  expect((await panel()) === "python", "the form that was chosen is not kept");
  expect((await tab.locator("html").getAttribute("data-theme")) === "dark", "the theme that was chosen is not kept");
  const shown = await tab.locator(".panel:visible").evaluateAll((panels) => panels.map((panel) => panel.dataset.form));
  expect(shown.every((form) => form === "python"), `not all examples are in the form that was chosen: ${shown}`);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const button = tab.locator(".panel:visible .copy").first();
  await button.click();
  await tab.locator(".copy", { hasText: "Copied" }).first().waitFor();
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  expect(copied === (await button.getAttribute("data-copy")), `copied ${copied}`);
  await context.close();
}

// All that can be done with a mouse can be done with keys.
async function keys() {
  const { context, tab } = await open();
  const focused = () => tab.evaluate(() => document.activeElement.id || document.activeElement.className);
  await tab.goto(at("index.html"));
  await tab.keyboard.press("Tab");
  expect((await focused()) === "skip", "the first stop leads past the index");
  await tab.keyboard.press("Enter");
  expect((await focused()) === "content", "the link past the index leads to the content");
  const row = await tab.evaluate(() => window.searchRows.find((row) => row[1].startsWith("param of")));
  await tab.keyboard.press("/");
  expect((await focused()) === "search", "/ goes to the search");
  await tab.keyboard.type("zzzz");
  await tab.keyboard.press("Escape");
  expect((await tab.locator("#search").inputValue()) === "", "Esc empties the search");
  expect(await tab.locator("#found").isHidden(), "Esc closes the search");
  await tab.keyboard.type(row[0]);
  const options = () => tab.locator("#found [role=option]");
  const titles = await options().evaluateAll((list) => list.map((option) => `${option.children[0].textContent}/${option.children[1].textContent}`));
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `the results are ${wide} pixels beyond the screen`);
  const index = titles.indexOf(`${row[0]}/${row[1]}`);
  expect(index >= 0, `the search for ${row[0]} finds ${titles}`);
  for (let step = 0; step < index; step += 1) await tab.keyboard.press("ArrowDown");
  const active = await tab.locator("#search").getAttribute("aria-activedescendant");
  expect(active === `found-${index}`, `the arrows lead to ${active}`);
  await tab.keyboard.press("Enter");
  await tab.waitForURL(at(row[2]));
  const marked = await tab.evaluate(() => document.querySelector(":target")?.id);
  expect(at(row[2]).endsWith(`#${marked}`), `the search leads to ${marked}`);

  const tabs = tab.locator("[role=tab]").first();
  await tabs.focus();
  await tab.keyboard.press("ArrowRight");
  const chosen = await tab.evaluate(() => [document.activeElement.role, document.activeElement.ariaSelected]);
  expect(chosen.join() === "tab,true", `an arrow on the forms leads to ${chosen}`);
  await tab.locator("#theme").focus();
  await tab.keyboard.press("Enter");
  expect(await tab.locator("html[data-theme]").count(), "Enter switches the theme");
  await context.close();
}

// A phone has the index behind a button; without scripts all forms are there.
async function elsewhere() {
  const phone = await open({ viewport: { width: 390, height: 844 } });
  await phone.tab.goto(at("index.html"));
  expect(await phone.tab.locator("#index").isHidden(), "the index covers a phone");
  await phone.tab.locator("#menu").click();
  expect(await phone.tab.locator("#index").isVisible(), "the button shows the index");
  await phone.tab.keyboard.press("Escape");
  expect(await phone.tab.locator("#index").isHidden(), "Esc closes the index");
  await phone.context.close();
  const plain = await open({ javaScriptEnabled: false });
  await plain.tab.goto(at(pages.find((page) => page.startsWith("verbs/"))));
  expect(await plain.tab.locator(".panel[data-form=python]").first().isVisible(), "without scripts a form is hidden");
  await plain.context.close();
}

for (const check of [links, accessible, choices, keys, elsewhere]) {
  try {
    await check();
  } catch (error) {
    wrong.push(`${check.name}: ${error.stack}`);
  }
}
await browser.close();
for (const line of new Set(wrong)) console.log(line);
process.exitCode = wrong.length ? 1 : 0;
