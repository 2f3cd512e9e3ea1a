import { at, expect, open, pages } from "../browser.mjs";

// The form that was chosen on one page is shown on the next, and so is the theme.
export async function choices() {
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
  const paper = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(paper !== "rgb(255, 255, 255)", `the dark theme is ${paper}`);
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
