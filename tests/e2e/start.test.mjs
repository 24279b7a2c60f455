// However the start is kept from happening, the page says within seconds that it did not start, where it
// can tell what was in the way, and what to do.

import assert from "node:assert/strict";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { altered, fileOf } from "./altered.mjs";
import { WIDTHS, visit } from "./browser.mjs";

/** The scripts that a start needs; any may be missing or altered on its way. */
const SCRIPTS = { start: /^start-.*\.js$/, initializer: /^initializer-.*\.js$/, loader: /^chunks-.*\.js$/, bindings: /^lab-.*\.js$/ };

/** What the page says about its start, once it does. */
async function said(frame) {
  const alert = frame.locator("#boot-failed");
  await alert.waitFor();
  const text = await alert.innerText();
  assert.match(text, /has not started/);
  assert.match(text, /Load the page again/);
  return text;
}

/** Waits until the page names this file: a script that imports it may have failed an instant before. */
const names = (page, file) => page.locator("#boot-failed", { hasText: file.split("/").pop() }).waitFor();

for (const [name, pattern] of Object.entries(SCRIPTS)) {
  test(`a ${name} script with a byte more is named`, () =>
    altered({ change: (dir) => appendFileSync(fileOf(dir, pattern), " ") }, async (page, dir) => {
      await said(page);
      await names(page, fileOf(dir, pattern));
    }));

  test(`a ${name} script that is missing is named`, () => {
    let file;
    return altered({ change: (dir) => rmSync((file = fileOf(dir, pattern))) }, async (page) => {
      await said(page);
      await names(page, file);
    });
  });
}

for (const nosniff of [false, true]) {
  test(`scripts that come as plain text are told${nosniff ? ", even where the first is refused as well" : ""}`, () => {
    const type = { "content-type": "text/plain", ...(nosniff && { "x-content-type-options": "nosniff" }) };
    return altered({ more: (path) => (path.endsWith(".js") ? type : {}) }, said);
  });
}

test("a program that was changed does not run, and this is told", () =>
  // An empty section with a name of its own: valid, and not what was published.
  altered({ change: (dir) => appendFileSync(fileOf(dir, /^lab-.*\.wasm$/), Buffer.from([0, 3, 1, 0x78, 0x78])) }, async (page) => {
    assert.match(await said(page), /could not be loaded/);
  }));

test("a part that was changed is refused, and this is told", () =>
  altered({ change: (dir) => appendFileSync(fileOf(dir, /^faults-.*\.wasm$/), Buffer.from([0, 3, 1, 0x78, 0x78])) }, async (page) => {
    await page.waitForSelector("html[data-ready]");
    await page.getByRole("link", { name: "Break & fix" }).click();
    await page.locator(".later[role=alert]").getByText("could not be loaded").waitFor();
    assert.equal(await page.locator("#crashed").isVisible(), false);
  }));

test("a browser without WebAssembly is told so", () =>
  altered({ init: () => delete globalThis.WebAssembly }, async (page) => {
    assert.match(await said(page), /no WebAssembly/);
  }));

test("a host whose policy forbids WebAssembly is told so", () =>
  altered({ more: () => ({ "content-security-policy": "script-src 'self'" }) }, async (page) => {
    assert.match(await said(page), /policy of this site .*wasm-unsafe-eval/);
  }));

test("a host whose policy forbids scripts is told so without any", () =>
  altered({ more: () => ({ "content-security-policy": "script-src 'none'" }) }, said));

test("a frame without an origin says so", () =>
  altered({
    change: (dir) => writeFileSync(join(dir, "frame.html"), '<!doctype html><iframe sandbox="allow-scripts" src="./" width="900" height="700"></iframe>'),
    address: (url) => `${url}frame.html`,
  }, async (page) => {
    assert.match(await said(page.frameLocator("iframe")), /allow-same-origin/);
  }));

test("opened from a disk the page says that it must come from a server", () =>
  altered({ address: (_, dir) => pathToFileURL(join(dir, "index.html")).href }, async (page) => {
    assert.match(await said(page), /web server/);
  }));

test("a program that never arrives is told without any error", () =>
  altered({ more: (path) => (path.endsWith(".wasm") ? { "content-length": "99999999" } : {}) }, said));

test("people who want no motion are told as well", () =>
  altered({ more: () => ({ "content-security-policy": "script-src 'none'" }), context: { reducedMotion: "reduce" } }, said));

test("a start that only takes its time says nothing", () =>
  altered({}, async (page) => {
    await page.waitForSelector("html[data-ready]");
    assert.equal(await page.locator("#boot-failed").count(), 0);
  }));

test("loading again keeps what the address says", () =>
  altered({ change: (dir) => rmSync(fileOf(dir, SCRIPTS.loader)), address: (url) => `${url}#/lab/tls12?step=3` }, async (page) => {
    await said(page);
    const loaded = page.waitForEvent("load");
    await page.getByRole("link", { name: "Load the page again" }).click();
    await loaded;
    assert.match(page.url(), /#\/lab\/tls12\?step=3$/);
  }));

test("Trusted Types do not stop the page", () =>
  altered({ more: () => ({ "content-security-policy": "require-trusted-types-for 'script'" }), address: (url) => `${url}#/lab/tls13` }, async (page) => {
    await page.waitForSelector("html[data-ready]");
    await page.keyboard.press("ArrowRight");
    await page.locator(".step h1", { hasText: "SYN" }).first().waitFor();
    await page.getByRole("link", { name: "Learn" }).click();
    await page.getByRole("link", { name: "Your first handshake" }).click();
    await page.locator(".lesson-page p").first().waitFor();
    assert.equal(await page.locator("#crashed").isVisible(), false);
  }));

/** Where the parts of the lab's frame are: left, top, width and height of each, in whole pixels. */
const frame = (page) =>
  page.evaluate(() => Object.fromEntries([".top", ".views", ".run-bar", ".sequence", ".step", ".side", ".scrubber"].map((name) => {
    const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
    return [name, [x, y, width, height].map(Math.round)];
  })));

for (const [name, viewport] of Object.entries(WIDTHS)) {
  test(`the frame that waits for the program stands where the lab will stand: ${name}`, async () => {
    let waiting;
    const without = (dir) => rmSync(fileOf(dir, /^lab-.*\.wasm$/));
    const address = (url) => `${url}#/lab/tls13`;
    await altered({ change: without, address, context: { viewport } }, async (page) => (waiting = await frame(page)));
    await altered({ address, context: { viewport } }, async (page) => {
      await page.waitForSelector("html[data-ready]");
      const ready = await frame(page);
      // On a phone the parts stand below each other, and what the step shows decides where the others are.
      for (const part of viewport.width > 900 ? Object.keys(ready) : [".top", ".views"]) assert.deepEqual(waiting[part], ready[part], part);
    });
  });

  for (const [screen, fragment] of [["the home page", ""], ["the lab", "#/lab/tls13"]]) test(`nothing moves while ${screen} is built: ${name}`, () =>
    visit({ viewport, fragment, first: true }, async (page) => {
      await page.waitForLoadState("networkidle");
      const shifts = await page.evaluate(() => new Promise((done) => {
        new PerformanceObserver((list) => done(list.getEntries().map((entry) => entry.value))).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done([]), 500);
      }));
      assert.deepEqual(shifts, []);
    }));
}
