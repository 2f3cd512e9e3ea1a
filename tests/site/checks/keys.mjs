import { at, expect, open, pages, searchRows, tooWide, wrong } from "../browser.mjs";

// All that can be done with a mouse can be done with keys.
export async function keys() {
  const { context, tab } = await open();
  const focused = () => tab.evaluate(() => document.activeElement.id || document.activeElement.className);
  await tab.goto(at("index.html"));
  const rows = await searchRows(tab);
  await tab.reload();
  await tab.keyboard.press("Tab");
  expect((await focused()) === "skip", "the first stop leads past the index");
  await tab.keyboard.press("Enter");
  expect((await focused()) === "content", "the link past the index leads to the content");
  await tab.keyboard.press("/");
  expect((await focused()) === "search", "/ goes to the search");
  await tab.keyboard.type("zzzz");
  await tab.locator("#found-none").waitFor();
  await tab.keyboard.press("Escape");
  expect((await tab.locator("#search").inputValue()) === "", "Esc empties the search");
  expect(await tab.locator("#found").isHidden(), "Esc closes the search");
  // One of each kind: a param, a direct message and its field, an error, a limit, whatever there is.
  const kinds = new Map(rows.map((row) => [row[1].replace(/ of .*/, ""), row]));
  for (const row of kinds.values()) {
    await tab.goto(at("index.html"));
    await tab.keyboard.press("/");
    await tab.keyboard.type(`${row[0]} ${row[1]}`);
    await tab.locator("#found [role=option]").first().waitFor();
    const options = tab.locator("#found [role=option]");
    const urls = await options.evaluateAll((list) => list.map((option) => option.dataset.url));
    const wide = await tooWide(tab);
    expect(wide <= 0, `the results are ${wide} pixels beyond the screen`);
    const index = urls.indexOf(row[2]);
    expect(index >= 0, `the search for ${row[0]}, ${row[1]}, finds ${urls}`);
    if (index < 0) continue;
    const old = await options.nth(index).evaluate((option) => getComputedStyle(option.children[0]).textDecorationLine);
    expect((old === "line-through") === (row[4] === 1), `${row[0]} is shown as ${old}`);
    for (let step = 0; step < index; step += 1) await tab.keyboard.press("ArrowDown");
    const active = await tab.locator("#search").getAttribute("aria-activedescendant");
    expect(active === `found-${index}`, `the arrows lead to ${active}`);
    await tab.keyboard.press("Enter");
    await tab.waitForURL(at(row[2]));
    const marked = await tab.evaluate(() => document.querySelector(":target")?.id);
    expect(at(row[2]).endsWith(`#${marked}`), `the search leads to ${marked}`);
  }
  await tab.locator("#theme").focus();
  await tab.keyboard.press("Enter");
  expect(await tab.locator("html[data-theme]").count(), "Enter switches the theme");
  await context.close();
}

// The forms of an example are one stop; arrows, Home and End go through them.
export async function tabs() {
  const { context, tab } = await open();
  await tab.goto(at(pages.find((page) => page.startsWith("verbs/"))));
  const list = tab.locator("[role=tablist]").first();
  const forms = await list.locator("[role=tab]").evaluateAll((tabs) => tabs.map((tab) => tab.dataset.form));
  expect((await list.locator("[role=tab][tabindex='0']").count()) === 1, "the forms are more than one stop");
  await list.locator("[aria-selected=true]").focus();
  const last = forms.length - 1;
  for (const [key, wanted] of [["ArrowRight", 1], ["ArrowLeft", 0], ["ArrowLeft", last], ["Home", 0], ["End", last], ["ArrowRight", 0]]) {
    await tab.keyboard.press(key);
    const chosen = await tab.evaluate(() => [document.activeElement.dataset.form, document.activeElement.ariaSelected]);
    expect(chosen.join() === `${forms[wanted]},true`, `${key} on the forms leads to ${chosen}`);
    const shown = await tab.locator(".forms").first().locator(".panel:visible").evaluateAll((panels) => panels.map((panel) => panel.dataset.form));
    expect(shown.join() === forms[wanted], `${key} on the forms shows ${shown}`);
  }
  await context.close();
}

// Wherever the focus is, it is seen, in both themes.
export async function focus() {
  const page = pages.find((page) => page.startsWith("actions/")) ?? pages[0];
  for (const colorScheme of ["light", "dark"]) {
    const { context, tab } = await open({ colorScheme });
    await tab.goto(at(page));
    const seen = new Set();
    for (let stop = 0; stop < 400; stop += 1) {
      await tab.keyboard.press("Tab");
      const found = await tab.evaluate(() => {
        const node = document.activeElement;
        const style = getComputedStyle(node);
        const box = node.getBoundingClientRect();
        const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        return { body: node === document.body, html: node.outerHTML.slice(0, 120), drawn: style.outlineStyle !== "none" && style.outlineWidth !== "0px", inside };
      });
      if (found.body) break;
      seen.add(found.html);
      if (!found.drawn || !found.inside) wrong.push(`the focus on ${page} (${colorScheme}) is not seen: ${found.html}`);
    }
    expect(seen.size > 20, `the focus on ${page} has ${seen.size} stops`);
    await context.close();
  }
}
