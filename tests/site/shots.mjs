// Pictures of a site, for a person to look at: node shots.mjs SITE FOLDER [PAGE…]
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [site, folder, ...pages] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const sizes = { desktop: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme });
    for (const page of pages.length ? pages : ["index.html", "guide.html", "actions/cacheTest.html"]) {
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(resolve(site, page)).href);
      const name = page.replaceAll("/", "-").replace(".html", "");
      await tab.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png`, fullPage: !page.startsWith("guide.html") });
      await tab.close();
    }
    await context.close();
  }
}
await browser.close();
