// The page does not grow while it is used.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NAMES, memory, repeat, watchMemory } from "./actions.mjs";
import { visit } from "./browser.mjs";

for (const name of NAMES) {
  test(`the program's memory does not grow from the 100th ${name} to the 300th`, () =>
    visit({ fragment: "#/lab/tls13?step=4", prepare: watchMemory }, async (page) => {
      await repeat(page, name, 0, 100);
      const before = await memory(page);
      await repeat(page, name, 100, 300);
      const after = await memory(page);
      assert.ok(after <= before * 1.05, `${before} octets after 100, ${after} after 300`);
    }));
}
