import { at, expect, open, pages, phone } from "../browser.mjs";

// A phone has the index behind a button; without scripts all forms are there.
export async function elsewhere() {
  const small = await open({ viewport: phone });
  await small.tab.goto(at("index.html"));
  expect(await small.tab.locator("#index").isHidden(), "the index covers a phone");
  await small.tab.locator("#menu").click();
  expect(await small.tab.locator("#index").isVisible(), "the button shows the index");
  await small.tab.keyboard.press("Escape");
  expect(await small.tab.locator("#index").isHidden(), "Esc closes the index");
  await small.context.close();
  const plain = await open({ javaScriptEnabled: false });
  await plain.tab.goto(at(pages.find((page) => page.startsWith("verbs/"))));
  expect(await plain.tab.locator(".panel[data-form=python]").first().isVisible(), "without scripts a form is hidden");
  expect(await plain.tab.locator("#index a[href$='actions.html']").first().isVisible(), "without scripts nothing leads to the actions");
  await plain.context.close();
}
