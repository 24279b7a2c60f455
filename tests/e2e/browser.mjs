// One browser and one server of dist/ for a file of tests. Every page is watched: an error on the
// console, an uncaught error or a request that leaves the origin fails the test that opened it.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { hashIn } from "../../scripts/files.mjs";
import { serve } from "../../scripts/serve.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** The widths the page is held to, in pixels. */
export const WIDTHS = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1100 }, desktop: { width: 1440, height: 900 } };

/** A browser context without anything of before. */
export const newContext = (options) => browser.newContext(options);

/** Turns a page to this theme, as its button does. */
export const turn = (page, theme) => page.evaluate((theme) => { document.documentElement.dataset.theme = theme; }, theme);

/** A file with its content's hash in its name is kept, and with it what the browser compiled of it. */
const kept = (path) => (hashIn(path) ? { "cache-control": "max-age=31536000, immutable" } : {});

/** All that a page may store, but for what lasts as long as its tab, and the cache of what was fetched. */
const STORED = "cookies,local_storage,indexeddb,file_systems,cache_storage,service_workers";

let browser;
let site;

/** Tabs that no visit is in, by the options of their contexts: to open one takes three times as long as to load the page in it. */
const idle = new Map();

before(async () => {
  site = await serve(DIST, 0, kept);
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

/** What each tab is fetching. */
const open = new WeakMap();

/** A tab that is idle, for this visit alone. */
function take(key) {
  const page = idle.get(key);
  idle.delete(key);
  return page;
}

/** A tab in a context of its own with these options; where it is `asked`, faults ask for a guess. */
async function opened(options, asked) {
  const session = await newContext(options);
  if (!asked) await session.addInitScript(skipGuesses);
  return session.newPage();
}

/** Makes of a tab what a new one is: alone, and nothing in it is listened to, routed, stored, gone back to or pointed at. */
async function renew(page, { colorScheme, reducedMotion }) {
  await Promise.all(page.context().pages().map((other) => other !== page && other.close()));
  for (const event of ["console", "pageerror", "request", "requestfinished", "requestfailed"]) page.removeAllListeners(event);
  await page.unrouteAll();
  // Of the same origin, and without the program. It and its icon are there: of what is not, the console's error may come
  // so late that the next visit is blamed for it.
  const empty = `${site.url}nothing`;
  await page.route(empty, (route) => route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,">' }));
  await page.goto(empty);
  await page.unroute(empty);
  await page.evaluate(() => sessionStorage.clear());
  await page.emulateMedia({ media: null, colorScheme, reducedMotion });
  await page.mouse.move(-1, -1);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(site.url).origin, storageTypes: STORED });
  await devtools.send("Page.resetNavigationHistory");
  await devtools.detach();
}

/**
 * Opens the page at `fragment` and hands it to `visit`; then checks that nothing went wrong unseen.
 * `theme` is light or dark, `viewport` one of WIDTHS; `prepare` is done before the page is opened. Only where it is `asked`
 * does a fault ask for a guess before it shows its run. The tab may be that of a visit before, with nothing of it but what the
 * browser's cache has, unless this is to be the `first`.
 */
export async function visit({ fragment = "", theme = "light", viewport = WIDTHS.desktop, prepare, asked = false, first = false, ...context } = {}, visitor) {
  const options = { viewport: WIDTHS.desktop, colorScheme: theme, reducedMotion: "reduce", acceptDownloads: true, ...context };
  // What was prepared cannot be undone.
  const key = first || prepare ? undefined : JSON.stringify([asked, options]);
  const page = take(key) ?? (await opened(options, asked));
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
  const fetching = new Set();
  open.set(page, fetching);
  page.on("requestfinished", (request) => fetching.delete(request));
  page.on("requestfailed", (request) => fetching.delete(request));
  page.on("request", (request) => {
    fetching.add(request);
    const url = request.url();
    if (!url.startsWith(site.url) && !url.startsWith("blob:") && !url.startsWith("data:")) wrong.push(`left the origin: ${url}`);
  });
  page.setDefaultTimeout(30_000);
  try {
    if (page.viewportSize().width !== viewport.width || page.viewportSize().height !== viewport.height) await page.setViewportSize(viewport);
    await prepare?.(page);
    await page.goto(site.url + fragment);
    await page.waitForSelector("html[data-ready]");
    await visitor(page);
    assert.deepEqual(wrong, []);
  } catch (error) {
    await page.context().close();
    throw error;
  }
  if (key && !idle.has(key)) {
    await renew(page, options);
    idle.set(key, page);
  } else {
    await page.context().close();
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

/** Goes to an address inside the page, and waits until the page has followed and was drawn. */
export const go = (page, fragment) =>
  page.evaluate((to) => new Promise((done) => {
    const before = location.href;
    location.hash = to;
    // No event tells of where one is already.
    if (location.href === before) done();
    else addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(done)), { once: true });
  }), fragment);

/** Waits until nothing on screen is still loading, and has not been for a moment: what is asked for may begin a turn later. */
export const settled = (page) =>
  // Not with waitForFunction, which does not ask a promise again.
  page.evaluate(() => new Promise((done, fail) => {
    const start = performance.now();
    let still = start;
    const look = () => {
      const now = performance.now();
      if (document.querySelector(".later[role=status], .lesson-loading")) still = now;
      if (now - still >= 100) done();
      else if (now - start > 30_000) fail(new Error(`still loading at ${location.hash}`));
      else setTimeout(look, 20);
    };
    look();
  }));

/** Waits until nothing is fetched any more, and has not been for a moment, and nothing on screen is still loading. */
export async function still(page) {
  for (let quiet = 0; quiet < 4; ) {
    await page.waitForTimeout(40);
    quiet = open.get(page).size === 0 ? quiet + 1 : 0;
  }
  await settled(page);
}

/** The step's title, as the page shows it. */
export const title = (page) => page.locator(".step h1").innerText();

/** Brings a part of the lab to the front, where the window shows one at a time. */
export async function turnTo(page, part) {
  await page.locator(".step h1").waitFor();
  const tab = page.getByRole("tablist", { name: "Parts of the lab" }).getByRole("tab", { name: part, exact: true });
  if (!(await tab.isVisible())) return;
  await tab.click();
  // The page is at its top then.
  await drawn(page);
}

/** The address of the served site. */
export const origin = () => site.url;

/** The paths that the site was asked for and has not. */
export const missing = () => site.missing;

/** The bytes that the inspector shows, as text. */
export const bytes = (page) => page.locator(".step .hex .b");

/** Waits until the browser has drawn, and what waits for that is done, as what stands beside a step does. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 20))));

/** All bytes that the inspector shows, as one string of hexadecimal digits. */
export async function octets(page) {
  await drawn(page);
  const texts = await bytes(page).allTextContents();
  return texts.join("").replaceAll(/\s/g, "");
}

/** Where each byte is drawn in the window, as the browser lays out the text: of the first bytes shown. */
export async function placesOfBytes(page) {
  await drawn(page);
  return bytes(page).first().evaluate((element) => {
    const text = element.firstChild;
    return [...text.data.matchAll(/[0-9a-f]{2}/g)].map(({ index }) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + 2);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
    });
  });
}

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
  for (let presses = 0; presses < 150; presses += 1) {
    // Asked each time: the page may move the focus itself meanwhile, as a screen does that has just come.
    const key = await locator.evaluate((element, inside) => {
      const at = document.activeElement;
      if (element === at || (inside && element.contains(at))) return null;
      return element.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING ? "Shift+Tab" : "Tab";
    }, inside);
    if (!key) return;
    await page.keyboard.press(key);
  }
  assert.fail(`the keyboard does not reach ${locator}`);
}
