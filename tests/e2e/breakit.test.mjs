// Breaking a connection, seeing who notices, and mending it: every fault that the page has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./browser.mjs";

const VERSIONS = ["TLS 1.2", "TLS 1.3"];

/** The addresses in the lab of all faults that the catalogue shows for a version. */
async function faults(version) {
  let addresses = [];
  await visit({ fragment: "#/break" }, async (page) => {
    await page.getByRole("button", { name: version, exact: true }).click();
    const links = page.getByRole("link", { name: `Break it in ${version}` });
    addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
  });
  return addresses;
}

for (const version of VERSIONS) {
  test(`each fault in ${version} shows who noticed and how, and its fix mends it`, async () => {
    const addresses = await faults(version);
    assert.ok(addresses.length >= 3, `${addresses.length} faults`);
    for (const fragment of addresses) {
      assert.match(fragment, /fault=/);
      await visit({ fragment }, async (page) => {
        const verdict = page.locator(".finding.broken");
        await verdict.waitFor();
        const text = await verdict.innerText();
        // Some faults succeed, and of some nobody says a word.
        assert.match(
          text,
          /the (client|server|gateway) noticed and sent [a-z_]+|nobody noticed an error|takes the same steps/i,
          fragment,
        );
        await verdict.getByRole("button", { name: "How to see it outside" }).click();
        assert.match(await verdict.innerText(), /openssl s_client|curl |tcpdump /, fragment);
        await page.getByRole("button", { name: /apply the fix/i }).click();
        await page.waitForFunction(() => !location.hash.includes("fault="));
        await page.keyboard.press("End");
        assert.match(await page.locator(".sequence").innerText(), /200 OK/, fragment);
      });
    }
  });
}

test("the catalogue opens each fault, most of them where they leave the good run", async () => {
  const newer = await faults("TLS 1.3");
  let apart = 0;
  for (let place = 0; place < newer.length; place++) {
    await visit({ fragment: "#/break" }, async (page) => {
      await page.getByRole("link", { name: "Break it in TLS 1.3" }).nth(place).click();
      await page.locator(".finding.broken").waitFor();
      const hash = await page.evaluate(() => location.hash);
      assert.match(hash, /fault=/, newer[place]);
      apart += Number(/step=\d+/.test(hash));
    });
  }
  assert.ok(apart > newer.length / 2, `${apart} of ${newer.length}`);
});

test("a fault is found by words, and one that a version does not have is shown in the other", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await page.getByRole("searchbox", { name: "Find a fault" }).fill("serverkeyexchange TAMPERED");
    const links = page.getByRole("link", { name: /Break it in/ });
    assert.match(await links.first().innerText(), /Break it in TLS 1\.2/);
    const shown = await links.count();
    assert.match(await page.locator(".breakit-bar [role=status]").innerText(), new RegExp(`^${shown} of \\d+ faults$`));
    assert.ok(shown > 0 && shown < 5, `${shown} faults`);
  }));

test("going back and opening a fault again leads to the same step", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const step = async () => {
      await page.getByRole("link", { name: /Missing client certificate/ }).click();
      await page.locator(".finding.broken").waitFor();
      return page.evaluate(() => location.hash.match(/step=(\d+)/)?.[1]);
    };
    const first = await step();
    assert.ok(Number(first) > 0, `step ${first}`);
    await page.goBack();
    assert.equal(await step(), first);
  }));
