// One browser and one server of dist/ for a file of tests. Every page is watched: an error on the
// console, an uncaught error or a request that leaves the origin fails the test that opened it.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** The widths the page is held to, in pixels. */
export const WIDTHS = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1100 }, desktop: { width: 1440, height: 900 } };

let browser;
let site;

before(async () => {
  site = await serve(DIST);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  site?.close();
});

/**
 * Opens the page at `fragment` and hands it to `visit`; then checks that nothing went wrong unseen.
 * `theme` is light or dark, `viewport` one of WIDTHS.
 */
export async function visit({ fragment = "", theme = "light", viewport = WIDTHS.desktop, ...context } = {}, visitor) {
  const session = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce", acceptDownloads: true, ...context });
  const page = await session.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.url) && !url.startsWith("blob:") && !url.startsWith("data:")) wrong.push(`left the origin: ${url}`);
  });
  page.setDefaultTimeout(15_000);
  try {
    await page.goto(site.url + fragment);
    await page.waitForSelector("html[data-ready]");
    await visitor(page);
    assert.deepEqual(wrong, []);
  } finally {
    await session.close();
  }
}

/** The step's title, as the page shows it. */
export const title = (page) => page.locator(".step h1").innerText();

/** The address of the served site. */
export const origin = () => site.url;

/** All octets that the inspector shows, as one string of hexadecimal digits. */
export async function octets(page) {
  const bytes = await page.locator(".step [role=grid] [data-offset]").allInnerTexts();
  return bytes.join("");
}

/** Moves the focus by Tab, or back by Shift+Tab, until it is on the element that `locator` finds. */
export async function tabTo(page, locator) {
  await locator.waitFor();
  const back = await locator.evaluate((element) => (element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  for (let presses = 0; presses < 80; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  assert.fail(`the keyboard does not reach ${locator}`);
}
