import { at, axe, desk, expect, looked, open, phone, tooWide, wrong } from "../browser.mjs";

// No rule of accessibility is broken on any page, in both themes, on a desk and on a phone; and nothing is cut off.
export async function accessible() {
  const screens = ["light", "dark"].flatMap((colorScheme) => [desk, phone].map((viewport) => ({ colorScheme, viewport })));
  const look = async ({ colorScheme, viewport }) => {
    // What axe brings must not be kept out by the pages' own policy.
    const { context, tab } = await open({ colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" });
    for (const page of looked) {
      await tab.goto(at(page));
      await tab.evaluate(axe);
      const result = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"] }));
      for (const { id, nodes } of result.violations) wrong.push(`axe on ${page} (${colorScheme}, ${viewport.width}): ${id}: ${nodes[0].html}: ${nodes[0].failureSummary}`);
      const wide = await tooWide(tab);
      expect(wide <= 0, `${page} is ${wide} pixels wider than a screen of ${viewport.width}`);
      const moving = await tab.evaluate(() => {
        const still = (style) => style.transitionDuration === "0s" && style.animationName === "none" && style.scrollBehavior === "auto";
        return [...document.querySelectorAll("*")].filter((node) => !still(getComputedStyle(node))).map((node) => node.tagName);
      });
      expect(!moving.length, `${page} moves for who wants no motion: ${moving}`);
    }
    await context.close();
  };
  await Promise.all(screens.map(look));
}
