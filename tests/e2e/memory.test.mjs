// The page does not grow while it is used.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NAMES, held, repeat, watchMemory } from "./actions.mjs";
import { visit } from "./browser.mjs";

for (const name of NAMES) {
  test(`after the 300th ${name} the program holds what it held after the 100th, within 5 %`, () =>
    visit({ fragment: "#/lab/tls13?step=4", prepare: watchMemory }, async (page) => {
      await repeat(page, name, 0, 100);
      const before = await held(page);
      await repeat(page, name, 100, 300);
      const after = await held(page);
      assert.ok(after <= before * 1.05, `${before} bytes after 100, ${after} after 300`);
    }));
}
