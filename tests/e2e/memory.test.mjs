// The page does not grow while it is used.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NAMES, memory, repeat, watchMemory } from "./actions.mjs";
import { visit } from "./browser.mjs";

for (const name of NAMES) {
  test(`the program's memory does not grow from the 100th ${name} to the 300th`, () =>
    visit({ fragment: "#/lab/tls13?step=4", prepare: watchMemory }, async (page) => {
      await repeat(page, name, 0, 100);
      const sizes = [await memory(page)];
      const grew = () => sizes.at(-1) > sizes.at(-2) * 1.05;
      // Memory is never given back, so that a peak that comes late makes it grow, once. What is left behind makes it grow
      // again and again.
      for (const to of [300, 500]) {
        await repeat(page, name, to - 200, to);
        sizes.push(await memory(page));
        if (!grew()) return;
      }
      assert.fail(`${sizes.join(", ")} bytes after 100, 300 and 500`);
    }));
}
