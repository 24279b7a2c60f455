// What axe finds on a page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { turn } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What is wrong with the page as it is shown, each in a line: the rule, and what broke it. Of all rules, or of those about `color` alone. */
export async function violations(page, { color = false } = {}) {
  // Playwright's evaluate is not held by the page's policy, as a script element would be.
  if (await page.evaluate(() => !globalThis.axe)) await page.evaluate(axe);
  return page.evaluate(async (color) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const about = axe.getRules(tags).filter((rule) => rule.tags.includes("cat.color")).map((rule) => rule.ruleId);
    if (about.length === 0) throw new Error("axe has no rule about color");
    // What is right is not asked for: to name its elements takes longer than to judge them.
    const found = await axe.run(document, { runOnly: color ? about : tags, resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }, color);
}

/** The same in both themes, each line with its theme. They have the same elements in other colors. */
export async function violationsInBothThemes(page) {
  const light = await violations(page);
  await turn(page, "dark");
  const dark = await violations(page, { color: true });
  await turn(page, "light");
  return [...light.map((line) => `light: ${line}`), ...dark.map((line) => `dark: ${line}`)];
}
