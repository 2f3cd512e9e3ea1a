// Drives a site in a browser: node check.mjs BROWSER SITE [few]. Prints what is wrong, one line each; nothing when all is well.
import { browser, wrong } from "./browser.mjs";
import { accessible } from "./checks/accessible.mjs";
import { choices } from "./checks/choices.mjs";
import { elsewhere } from "./checks/elsewhere.mjs";
import { focus, keys, tabs } from "./checks/keys.mjs";
import { links } from "./checks/links.mjs";
import { paper } from "./checks/paper.mjs";

for (const check of [links, accessible, choices, keys, tabs, focus, elsewhere, paper]) {
  const began = Date.now();
  try {
    await check();
  } catch (error) {
    wrong.push(`${check.name}: ${error.stack}`);
  }
  if (process.env.TIMES) console.log(`${check.name}: ${Date.now() - began} ms`);
}
await browser.close();
for (const line of new Set(wrong)) console.log(line);
process.exitCode = wrong.length ? 1 : 0;
