import { at, expect, looked, open, wrong } from "../browser.mjs";

// How bright a colour is, from 0 to 1.
const bright = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + part / 765, 0);

// Printed from a dark screen: dark on white, the form that was chosen, nothing that wants a click, nothing cut off.
export async function paper() {
  // What is left of A4 between the margins, in the pixels of a style sheet.
  const { context, tab } = await open({ colorScheme: "dark", viewport: { width: 672, height: 1000 } });
  await tab.goto(at("index.html"));
  await tab.locator("[role=tab][data-form=python]").first().click();
  await tab.locator("#theme").click();
  await tab.locator("#theme").click();
  for (const page of looked) {
    await tab.goto(at(page));
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    const seen = await tab.evaluate(() => {
      const shown = (node) => node.checkVisibility();
      const all = (choice) => [...document.querySelectorAll(choice)];
      const style = (node) => getComputedStyle(node);
      return {
        theme: document.documentElement.dataset.theme,
        buttons: all("header, nav, button, input, summary, .skip, .anchor").filter(shown).map((node) => node.outerHTML.slice(0, 80)),
        paper: style(document.body).backgroundColor,
        inks: [...new Set(all("main :is(p, li, td, th, h1, h2, h3, a, code, pre, span, summary)").filter((node) => shown(node) && !node.closest("svg")).map((node) => style(node).color))],
        dark: [...new Set(all("main *").filter((node) => shown(node) && !node.closest("svg")).map((node) => style(node).backgroundColor))].filter((color) => !/, 0\)$/.test(color)),
        forms: all(".forms").map((box) => [...box.querySelectorAll(".panel")].filter(shown).map((panel) => panel.dataset.form).join()),
        names: all(".panel").filter(shown).every((panel) => shown(panel.querySelector(".form-name"))),
        bare: all("main p a[href], main li a[href]").filter((node) => shown(node) && !node.querySelector("code") && !node.closest(".crumb, .card, .badges") && !style(node).textDecorationLine.includes("underline")).map((node) => node.outerHTML),
        cut: all("main :is(pre, .table, .scroll, svg, td, p)").filter((node) => shown(node) && (node.scrollWidth > node.clientWidth + 1 && node.clientWidth && style(node).display !== "inline" || node.getBoundingClientRect().right > innerWidth + 1)).map((node) => node.outerHTML.slice(0, 80)),
        unbroken: all("main pre code").filter((node) => shown(node) && style(node).whiteSpace !== "pre-wrap").length,
        wide: document.documentElement.scrollWidth - innerWidth,
      };
    });
    expect(seen.theme === "dark", `${page} is not printed from the dark theme`);
    for (const node of seen.buttons) wrong.push(`${page} prints ${node}`);
    for (const color of [seen.paper, ...seen.dark]) expect(bright(color) > 0.85, `${page} prints on ${color}`);
    for (const color of seen.inks) expect(bright(color) < 0.5, `${page} prints in ${color}`);
    expect(seen.forms.every((form) => form === "python"), `${page} prints the forms ${seen.forms}`);
    expect(seen.names, `${page} prints a form without its name`);
    for (const link of seen.bare) wrong.push(`${page} prints a link that is none to see: ${link}`);
    for (const node of seen.cut) wrong.push(`${page} prints only a part of ${node}`);
    expect(!seen.unbroken, `${page} prints ${seen.unbroken} blocks of code whose lines are not broken`);
    expect(seen.wide <= 0, `${page} is ${seen.wide} pixels wider than the paper`);
    await tab.emulateMedia({ media: null });
  }
  await tab.goto(at("guide.html"));
  const pdf = await tab.pdf({ format: "A4" });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(sheets > 3, `the guide is printed on ${sheets} sheets`);
  await context.close();
}
