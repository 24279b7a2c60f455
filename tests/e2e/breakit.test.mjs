// Breaking a connection, seeing who notices, and mending it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./browser.mjs";

// Alert descriptions as OpenSSL and the RFCs spell them; what the page shows comes from the run.
const FAULTS = [
  { fault: "cert-expired", alert: /certificate_expired/, noticed: /client/i },
  { fault: "hostname-mismatch", alert: /bad_certificate|certificate_unknown|unrecognized_name/, noticed: /client/i },
  { fault: "client-cert-missing", alert: /certificate_required|handshake_failure/, noticed: /server/i },
];

for (const { fault, alert, noticed } of FAULTS) {
  for (const version of ["1.2", "1.3"]) {
    test(`${fault} in TLS ${version} shows who noticed and how, and its fix mends it`, () =>
      visit({ fragment: `#/lab/tls13+version=${version}+fault=${fault}` }, async (page) => {
        const verdict = page.locator(".finding.broken");
        await verdict.waitFor();
        const text = await verdict.innerText();
        assert.match(text, alert);
        assert.match(text, noticed);
        await verdict.getByRole("button", { name: "How to see it outside" }).click();
        assert.match(await verdict.innerText(), /openssl s_client|curl /);
        await page.getByRole("button", { name: /apply the fix/i }).click();
        await page.waitForFunction(() => !location.hash.includes("fault="));
        await page.keyboard.press("End");
        const ladder = await page.locator(".sequence").innerText();
        assert.match(ladder, /200 OK/);
      }));
  }
}

test("the catalogue opens each fault in the lab", () =>
  visit({ fragment: "#/break" }, async (page) => {
    for (const version of ["TLS 1.2", "TLS 1.3"]) {
      await page.getByRole("button", { name: version, exact: true }).click();
      assert.equal(await page.getByRole("link", { name: `Break it in ${version}` }).count(), FAULTS.length);
    }
    await page.getByRole("link", { name: /Expired certificate/ }).click();
    await page.locator(".finding.broken").waitFor();
  }));

test("the catalogue opens a fault at the step where its run leaves the good one, on a fresh page too", () =>
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
