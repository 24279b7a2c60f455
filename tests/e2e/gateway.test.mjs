// A gateway between client and service: both hops, an eavesdropper on either, and who can read what.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violationsInBothThemes } from "./axe.mjs";
import { WIDTHS, settled, still, tabTo, visit } from "./browser.mjs";

// What an eavesdropper on the inner wire finds, by mode.
const MODES = [
  { mode: "terminate", preset: "gateway-terminate", inner: "plain HTTP", readsRequest: ["client", "gateway", "gateway – service", "service"] },
  { mode: "re-encrypt", preset: "gateway-reencrypt", inner: "TLS 1.3", readsRequest: ["client", "gateway", "service"] },
  { mode: "mutual", preset: "gateway-mtls", inner: "TLS 1.3", readsRequest: ["client", "gateway", "service"] },
  { mode: "pass-through", preset: "gateway-passthrough", inner: "TLS 1.3", readsRequest: ["client", "service"] },
];

const wire = (page, hop) => page.locator(".wire-button").nth(hop);
const ladder = (page) => page.locator(".ladder").innerText();

/** The places where a fact can be read, as the table has them. */
async function readers(page, fact) {
  return page.locator(".readings table").evaluate((table, fact) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.replace(/^(inside|on the wire) /, ""));
    const row = [...table.querySelectorAll("tbody tr")].find((row) => row.querySelector("th").textContent === fact);
    return [...row.querySelectorAll("td")].flatMap((cell, place) => (cell.classList.contains("yes") ? [heads[place + 1]] : []));
  }, fact);
}

test("the four modes are walked by keyboard, and each says who reads the request", () =>
  visit({ fragment: "#/lab/gateway-terminate" }, async (page) => {
    await wire(page, 1).waitFor();
    const disclosure = page.getByRole("button", { name: "Who can read and change what" });
    for (const { mode, inner, readsRequest } of MODES) {
      const button = page.getByRole("group", { name: "What the gateway does" }).getByRole("button", { name: mode, exact: true });
      await tabTo(page, button);
      await page.keyboard.press("Enter");
      await page.locator(`.topology .seg button[aria-pressed=true]`, { hasText: mode }).waitFor();
      assert.match(await wire(page, 1).innerText(), new RegExp(inner));
      await tabTo(page, disclosure);
      if ((await disclosure.getAttribute("aria-expanded")) === "false") await page.keyboard.press("Enter");
      await page.locator(".readings table").waitFor();
      assert.deepEqual(await readers(page, "the request"), readsRequest, mode);
    }
  }));

for (const { mode, preset, inner } of MODES) {
  test(`an eavesdropper on either wire of ${mode}`, () =>
    visit({ fragment: `#/lab/${preset}?as=eavesdropper` }, async (page) => {
      await wire(page, 1).waitFor();
      assert.equal(await wire(page, 0).getAttribute("aria-pressed"), "true");
      assert.doesNotMatch(await ladder(page), /GET \//);
      assert.match(await page.locator(".ends").innerText(), /client\s+gateway/);
      await tabTo(page, wire(page, 1));
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => location.hash.includes("conn=2"));
      assert.match(await page.locator(".ends").innerText(), /gateway\s+service/);
      if (inner === "plain HTTP") {
        assert.match(await ladder(page), /GET \//);
        await page.locator(".ladder a", { hasText: "GET /" }).click();
        await settled(page);
        const fields = await page.locator(".step").innerText();
        assert.match(fields, /X-Forwarded-For: 192\.0\.2\.1/);
        assert.match(fields, /All of it/);
      } else {
        assert.doesNotMatch(await ladder(page), /GET \//);
      }
    }));
}

// Who stands in between with a certificate of their own, and who reads what of the response then.
const BETWEEN = [
  { who: "proxy", fragment: "#/lab/gateway-intercept", reads: { "the response": ["client", "proxy", "server"] } },
  ...["tls13", "tls12"].map((version) => ({
    who: "attacker",
    fragment: `#/lab/${version}+gateway=intercept+fault=mitm-verification-off`,
    reads: { "the response, as sent": ["attacker", "server"], "the response, as passed on": ["client", "attacker"] },
  })),
];

for (const { who, fragment, reads } of BETWEEN) {
  test(`the place of the ${who} has its name, sees both connections, and says who reads and changes the response (${fragment})`, () =>
    visit({ fragment }, async (page) => {
      await page.getByRole("region", { name: `The ${who}'s place` }).waitFor();
      assert.match(await page.locator(".ends").innerText(), new RegExp(`client\\s+${who}`));
      await page.getByRole("group", { name: "See as" }).getByRole("button", { name: who }).click();
      assert.match(await ladder(page), /GET \//);
      await wire(page, 1).click();
      await page.waitForFunction(() => location.hash.includes("conn=2"));
      await page.getByRole("group", { name: "See as" }).getByRole("button", { name: who }).click();
      assert.match(await ladder(page), /GET \//);
      await page.getByRole("button", { name: "Who can read and change what" }).click();
      await page.locator(".readings table").waitFor();
      assert.deepEqual(await readers(page, "the request"), ["client", who, "server"]);
      for (const [fact, places] of Object.entries(reads)) assert.deepEqual(await readers(page, fact), places, fact);
      const changing = await page.locator(".readings td", { hasText: "can change it" }).evaluateAll((cells) => cells.map((cell) => cell.cellIndex));
      const own = await page.locator(".readings thead th").evaluateAll((heads, who) => heads.findIndex((head) => head.textContent === `inside ${who}`), who);
      assert.ok(changing.length >= 2 && changing.every((index) => index === own), `${changing} of ${own}`);
      const passedOn = page.getByRole("row", { name: /as passed on/ });
      if (who === "attacker") assert.match(await passedOn.innerText(), /send your password/);
    }));
}

test("another kind of gateway gives up an attack that needs this one", () =>
  visit({ fragment: "#/lab/mitm-verification-off" }, async (page) => {
    const modes = page.getByRole("group", { name: "What stands in between" });
    await modes.getByRole("button", { name: "re-encrypt" }).click();
    await page.getByRole("region", { name: "Gateway" }).waitFor();
    assert.doesNotMatch(await page.evaluate(() => location.hash), /fault=|mitm/);
    assert.equal(await page.locator(".finding.broken").count(), 0);
    assert.match(await page.locator(".ends").innerText(), /client\s+gateway/);
  }));

test("a gateway that passes through sees what an eavesdropper sees", () =>
  visit({ fragment: "#/lab/gateway-passthrough?as=server" }, async (page) => {
    await wire(page, 0).waitFor();
    assert.doesNotMatch(await ladder(page), /GET \//);
    await page.getByRole("group", { name: "See as" }).getByRole("button", { name: "client" }).click();
    assert.match(await ladder(page), /GET \//);
  }));

test("the gateway's part of the page is not loaded before there is a gateway", () =>
  visit({}, async (page) => {
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    await still(page);
    assert.equal(await page.locator(".topology").count(), 0);
    await page.evaluate(() => (location.hash = "#/lab/gateway-mtls"));
    await wire(page, 1).waitFor();
    assert.ok(loaded.length > 0, "the part is fetched with the first gateway");
  }));

for (const [width, viewport] of Object.entries(WIDTHS)) {
  test(`axe finds nothing about a gateway, in both themes, ${width}`, () =>
    visit({ fragment: "#/lab/gateway-terminate?conn=2&step=4", viewport: width === "desktop" ? viewport : { ...viewport, height: 6000 } }, async (page) => {
      await page.getByRole("button", { name: "Who can read and change what" }).click();
      await page.locator(".readings table").waitFor();
      assert.deepEqual(await violationsInBothThemes(page), []);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${over} px wider than the screen`);
    }));
}
