// Breaking a connection, seeing who notices, and mending it: every fault that the page has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WIDTHS, visit } from "./browser.mjs";

const OBSERVED = JSON.parse(readFileSync(new URL("../../data/observed.json", import.meta.url), "utf8"));
const VERSIONS = { "TLS 1.2": "?run=tls12", "TLS 1.3": "" };

/** The rows of faults that can be broken in the run that is shown. */
const rows = (page) => page.locator("a.fault-row");
const hrefs = (page) => rows(page).evaluateAll((found) => found.map((row) => row.getAttribute("href")));

/** The addresses of all faults that the list shows for a version. */
async function faults(version) {
  let addresses = [];
  await visit({ fragment: `#/break${VERSIONS[version]}` }, async (page) => {
    await rows(page).first().waitFor();
    addresses = await hrefs(page);
  });
  return addresses;
}

for (const version of Object.keys(VERSIONS)) {
  test(`each fault in ${version} shows who noticed and how, and its fix mends it`, async () => {
    const addresses = await faults(version);
    assert.ok(addresses.length >= 3, `${addresses.length} faults`);
    for (const fragment of addresses) {
      assert.match(fragment, /^#\/break\/[a-z]/);
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
        assert.match(await page.title(), /· Break & fix · Handshake Lab$/);
        await verdict.getByRole("button", { name: "How to see it outside" }).click();
        assert.match(await verdict.innerText(), /openssl s_client|curl |tcpdump /, fragment);
        await page.getByRole("button", { name: /apply the fix/i }).click();
        await page.waitForFunction(() => location.hash.startsWith("#/lab/") && !location.hash.includes("fault="));
        await page.keyboard.press("End");
        assert.match(await page.locator(".sequence").innerText(), /200 OK/, fragment);
      });
    }
  });
}

test("a fault opens where its run leaves the working one, whichever way one comes", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const step = async () => {
      await page.locator(".finding.broken").waitFor();
      await page.waitForFunction(() => /step=\d+/.test(location.hash));
      return page.evaluate(() => Number(location.hash.match(/step=(\d+)/)[1]));
    };
    await page.getByRole("link", { name: /^Missing client certificate/ }).click();
    const first = await step();
    assert.ok(first > 1, `step ${first}`);
    await page.goBack();
    await page.getByRole("link", { name: /^Missing client certificate/ }).click();
    assert.equal(await step(), first);
    await page.goto(page.url().replace(/#.*/, "#/break"));
    await page.goto(page.url().replace(/#.*/, "#/break/client-cert-missing"));
    assert.equal(await step(), first);
  }));

test("from where a fault opens, the connection as a whole can be looked at", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    await page.waitForFunction(() => /step=\d+/.test(location.hash));
    await page.locator(".row-whole").click();
    await page.getByRole("heading", { name: "The whole connection", level: 1 }).waitFor();
    await page.locator(".finding.broken").waitFor();
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => location.hash), "#/break/cert-expired");
    await page.reload();
    await page.locator(".finding.broken").waitFor();
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => location.hash), "#/break/cert-expired");
  }));

test("a fault that its list shows says there who notices, and does", () =>
  visit({ fragment: "#/break?who=server" }, async (page) => {
    await rows(page).first().waitFor();
    const told = await page.locator(".fault-who").allInnerTexts();
    assert.ok(told.length > 0);
    for (const who of told) assert.match(who, /^server/);
    await rows(page).first().click();
    await page.getByText(/the server noticed/).first().waitFor();
  }));

test("words of an error find its faults, and stand in the address", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const words = page.getByRole("searchbox", { name: /Paste an error/ });
    await rows(page).first().waitFor();
    const all = (await hrefs(page)).length;
    await words.fill("certificate_expired");
    await page.waitForFunction(() => location.hash.includes("q=certificate_expired"));
    await page.getByText(new RegExp(`^\\d+ of ${all} faults$`)).waitFor();
    const found = await hrefs(page);
    assert.ok(found.includes("#/break/cert-expired") && found.length < all / 2, found.join());
    await words.fill("curl: (60) SSL certificate problem: certificate has expired");
    await page.locator('a[href="#/break/cert-expired"]').waitFor();
    await words.fill("banana");
    await page.getByText("No fault has these words").waitFor();
    await page.reload();
    await page.getByText("No fault has these words").waitFor();
    assert.equal(await words.inputValue(), "banana");
  }));

/** The first thing that each program was seen to say and no other fault's row has. */
const SAID = [...new Set(OBSERVED.map(({ program }) => program))].map((name) =>
  OBSERVED.find(({ program, error, fault }) => program === name && error && OBSERVED.every((other) => other.error !== error || other.fault === fault)));

test("what a program says finds its fault, in the list and in the header", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const words = page.getByRole("searchbox", { name: /Paste an error/ });
    await page.locator(".fault-said").first().waitFor();
    assert.ok(SAID.length > 5, `${SAID.length} programs`);
    for (const { program, fault, error } of SAID) {
      await words.fill(`2026-11-29 12:00:00 worker-7: ${error}`);
      await page.getByText(/^Programs were seen to say this/).waitFor();
      // Where only the host differs, another may come before it: hosts are everybody's own.
      const first = (await hrefs(page)).slice(0, 3);
      assert.ok(first.includes(`#/break/${fault}`), `${program}: ${error}: ${first}`);
      assert.match(await rows(page).first().locator(".fault-said").innerText(), /^.+: ./);
      await page.getByRole("button", { name: "Search" }).first().click();
      await page.getByRole("combobox", { name: "Search" }).fill(error);
      await page.getByRole("option").first().filter({ hasText: program }).waitFor();
      // Escape would empty the field first.
      await page.getByRole("dialog", { name: "Search" }).getByRole("button", { name: "Close" }).click();
    }
    for (const [unknown, open] of [["xyzzy plugh frobnicate", true], ["segmentation fault at address zero", false]]) {
      await words.fill(unknown);
      const first = page.locator("details", { hasText: "Run these first" });
      await first.waitFor();
      assert.equal(await first.evaluate((details) => details.open), open, unknown);
      assert.equal(await first.locator(".command").count(), 4);
    }
  }));

test("a fault shows what each program says of it, and of one that cannot be served that nobody was asked", () =>
  visit({ fragment: "#/break/cert-expired" }, async (page) => {
    const said = page.getByRole("button", { name: "What programs say" });
    await said.click();
    const own = OBSERVED.filter(({ fault }) => fault === "cert-expired");
    await page.locator(".said dt").first().waitFor();
    assert.deepEqual(await page.locator(".said dt").allInnerTexts(), own.map(({ program, version }) => `${program} ${version}`));
    assert.deepEqual(await page.locator(".said dd").allInnerTexts(), own.map(({ error }) => error));
    await page.goto(page.url().replace(/#.*/, "#/break/upstream-cert-expired"));
    await said.click();
    await page.getByText(/cannot be served to other programs/).waitFor();
  }));

test("from fault to fault of a group, and back to the list as it was", () =>
  visit({ fragment: "#/break?q=certificate" }, async (page) => {
    await rows(page).first().click();
    const nav = page.getByRole("navigation", { name: "The fault and its run" });
    await nav.getByText(/^1 of \d+, Server certificate$/).waitFor();
    await nav.getByRole("link", { name: /^Next/ }).click();
    await nav.getByText(/^2 of \d+, Server certificate$/).waitFor();
    await nav.getByRole("link", { name: /^Previous/ }).click();
    await nav.getByText(/^1 of \d+/).waitFor();
    await nav.getByRole("link", { name: "All faults" }).click();
    await page.waitForFunction(() => location.hash === "#/break?q=certificate");
  }));

test("the run of the lab can be broken, and goes along to the fault", () =>
  visit({ fragment: "#/lab/tls13+group=secp256r1+seed=7" }, async (page) => {
    await page.getByRole("navigation", { name: "Views of the run" }).getByRole("link", { name: "Break this" }).click();
    await page.getByRole("button", { name: /your run: TLS 1\.3/ }).waitFor();
    await page.locator('a[href^="#/break/cert-expired"]').click();
    await page.waitForFunction(() => location.hash.startsWith("#/break/cert-expired/tls13+group=secp256r1+seed=7"));
    await page.getByRole("navigation", { name: "The fault and its run" }).getByRole("link", { name: "Compare" }).click();
    await page.waitForFunction(() => location.hash.startsWith("#/compare/tls13+group=secp256r1+fault=cert-expired+seed=7"));
    await page.getByRole("link", { name: "← Expired certificate" }).click();
    await page.locator(".finding.broken").waitFor();
  }));

for (const [name, viewport] of Object.entries(WIDTHS)) test(`every row is readable, and nothing of it is cut: ${name}`, () =>
  visit({ fragment: "#/break", viewport }, async (page) => {
    await rows(page).first().waitFor();
    const wrong = await rows(page).evaluateAll((all) => all.flatMap((row) => {
      const cut = [...row.children].filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline");
      return cut.length || row.getBoundingClientRect().height < 44 ? [row.innerText] : [];
    }));
    assert.deepEqual(wrong, []);
  }));
