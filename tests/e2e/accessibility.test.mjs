// Every screen, in both themes, at three widths: axe finds nothing, and nothing is wider than the screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { violationsInBothThemes } from "./axe.mjs";
import { WIDTHS, still, visit } from "./browser.mjs";
import { SCREENS } from "./screens.mjs";

/** Second windows of the page. */
const WINDOWS = { "speaker notes": "?notes=1#/learn" };

/** Dialogs over the lab, and the key that opens each. */
const DIALOGS = { search: "/", help: "?" };

test("every kind of address is among the screens", () => {
  const route = readFileSync(fileURLToPath(new URL("../../src/route.rs", import.meta.url)), "utf8");
  const names = [...route.match(/const SCREENS: [^=]*=\s*\[([^\]]*)\]/)[1].matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const shown = Object.values(SCREENS).map((fragment) => fragment.split(/[/?]/)[1]);
  assert.deepEqual(names.filter((name) => !shown.includes(name)), []);
});

for (const [width, viewport] of Object.entries(WIDTHS)) {
  test(`axe finds no violation on any screen, in both themes, ${width}`, async () => {
    const wrong = [];
    const dialogs = Object.entries(DIALOGS).map(([name, key]) => [name, "#/lab/tls13", key]);
    for (const [name, fragment, key] of [...Object.entries({ ...SCREENS, ...WINDOWS }), ...dialogs]) {
      // Tall enough that the bar at the bottom covers nothing: axe counts what a person would scroll
      // into view as too small to hit.
      await visit({ fragment, asked: /, asked$/.test(name), viewport: width === "desktop" ? viewport : { ...viewport, height: 9000 } }, async (page) => {
        await still(page);
        if (key) {
          await page.keyboard.press(key);
          await page.locator("dialog[open]").waitFor();
        }
        wrong.push(...(await violationsInBothThemes(page)).map((violation) => `${name}, ${violation}`));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wrong.push(`${name} is ${over} px wider than the screen`);
      });
    }
    assert.deepEqual(wrong, []);
  });
}
