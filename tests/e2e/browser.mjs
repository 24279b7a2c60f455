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
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      // A microphone that is none, and that nobody has to allow.
      "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    ],
  });
});

after(async () => {
  await browser?.close();
  site?.close();
});

/**
 * Opens the page at `fragment` and hands it to `visit`; then checks that nothing went wrong unseen.
 * `theme` is light or dark, `viewport` one of WIDTHS; `prepare` is done before the page is opened. Only where it is `asked`
 * does a fault ask for a guess before it shows its run.
 */
export async function visit({ fragment = "", theme = "light", viewport = WIDTHS.desktop, prepare = () => {}, asked = false, ...context } = {}, visitor) {
  const session = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce", acceptDownloads: true, ...context });
  const page = await session.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.url) && !url.startsWith("blob:") && !url.startsWith("data:")) wrong.push(`left the origin: ${url}`);
  });
  page.setDefaultTimeout(30_000);
  try {
    // In every tab of the visit.
    if (!asked) await session.addInitScript(skipGuesses);
    await prepare(page);
    await page.goto(site.url + fragment);
    await page.waitForSelector("html[data-ready]");
    await visitor(page);
    assert.deepEqual(wrong, []);
  } finally {
    await session.close();
  }
}

/** Keeps in the page that nobody wants to guess. */
function skipGuesses() {
  try {
    sessionStorage.setItem("handshake-lab/no-guesses", "1");
  } catch {
    // A frame without storage has no faults either.
  }
}

/** Waits until nothing on screen is still loading, and has not been for a moment: what is asked for may begin a turn later. */
export const settled = (page) =>
  page.waitForFunction(() => new Promise((done) => {
    const loads = () => document.querySelector(".later[role=status]") !== null;
    const before = loads();
    setTimeout(() => done(!before && !loads()), 200);
  }));

/** The step's title, as the page shows it. */
export const title = (page) => page.locator(".step h1").innerText();

/** The address of the served site. */
export const origin = () => site.url;

/** The bytes that the inspector shows, as text. */
export const bytes = (page) => page.locator(".step .hex .b");

/** All bytes that the inspector shows, as one string of hexadecimal digits. */
export async function octets(page) {
  const texts = await bytes(page).allTextContents();
  return texts.join("").replaceAll(/\s/g, "");
}

/** Where each byte is drawn in the window, as the browser lays out the text: of the first bytes shown. */
export const placesOfBytes = (page) =>
  bytes(page).first().evaluate((element) => {
    const text = element.firstChild;
    return [...text.data.matchAll(/[0-9a-f]{2}/g)].map(({ index }) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + 2);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
    });
  });

/** The positions of the first bytes shown that lie under a mark of this class. */
export async function marked(page, mark) {
  const places = await placesOfBytes(page);
  const boxes = await page.locator(".step .hex").first().locator(`.${mark}`).evaluateAll((found) =>
    found.map((box) => box.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })));
  const under = ({ left, right, top, bottom, y }) =>
    boxes.some((box) => box.left <= left && right <= box.right && box.top <= y && y <= box.bottom && bottom > top);
  return places.flatMap((place, position) => (under(place) ? [position] : []));
}

/** Moves the focus by Tab, or back by Shift+Tab, until it is on the element that `locator` finds, or `inside` of it. */
export async function tabTo(page, locator, { inside = false } = {}) {
  await locator.waitFor();
  const back = await locator.evaluate((element) => (element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  for (let presses = 0; presses < 80; presses += 1) {
    if (await locator.evaluate((element, inside) => element === document.activeElement || (inside && element.contains(document.activeElement)), inside)) return;
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  assert.fail(`the keyboard does not reach ${locator}`);
}
