// A site in a browser: opens tabs, and keeps what is found wrong.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [executablePath, folder, which] = process.argv.slice(2);
export const wrong = [];
export const root = folder;
export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const site = pathToFileURL(folder + "/").href;
export const at = (path) => new URL(path, site).href;
export const pages = readdirSync(folder, { recursive: true })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".html"))
  .sort();
// The pages that are looked at closely: all of them, or with `few` the lists, one verb and the first actions.
const actions = pages.filter((page) => page.startsWith("actions/")).slice(0, 6);
const close = [...pages.filter((page) => !page.includes("/")), "verbs/say.html", ...actions];
export const looked = which === "few" ? close : pages;
export const desk = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export function expect(holds, what) {
  if (!holds) wrong.push(what);
}

export const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

// A window of its own, with one tab; whatever goes wrong in any of its tabs is kept.
export async function open(options) {
  const context = await browser.newContext(options);
  context.on("page", (tab) => {
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
  });
  return { context, tab: await context.newPage() };
}

// How far a page is wider than its window.
export const tooWide = (tab) => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// The rows of the search, which come when it is used.
export async function searchRows(tab) {
  await tab.locator("#search").focus();
  await tab.waitForFunction(() => window.searchRows);
  const rows = await tab.evaluate(() => window.searchRows);
  await tab.locator("#search").blur();
  return rows;
}
