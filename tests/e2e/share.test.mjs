// Sharing: on every screen, a link, a QR code, a frame for another page, and print.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import jsQR from "jsqr";
import { altered } from "./altered.mjs";
import { WIDTHS, go, origin, settled, visit } from "./browser.mjs";
import { SCREENS } from "./screens.mjs";

const sheet = (page) => page.locator("#share-sheet");
const link = (page) => sheet(page).locator("input[readonly]");

/** Goes to an address and opens the sheet there. */
async function share(page, fragment) {
  await go(page, fragment);
  await settled(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await link(page).waitFor();
}

const unfold = (page, name) => sheet(page).locator("summary", { hasText: name }).click();

/** The list that is called so; its choices are a part of the label's text. */
const chooser = (page, label) => sheet(page).locator("label", { hasText: new RegExp(`^${label}`) }).locator("select");

/** The frame that the sheet offers to other pages, as a browser reads it. */
async function frame(page) {
  const snippet = await sheet(page).locator("pre").innerText();
  return page.evaluate((html) => {
    const frame = new DOMParser().parseFromString(html, "text/html").querySelector("iframe");
    return Object.fromEntries(["src", "width", "height", "title"].map((name) => [name, frame.getAttribute(name)]));
  }, snippet);
}

/** What the drawn code says, as a reader that is not ours takes it. */
async function readCode(page) {
  const { data, width, height } = await page.locator(".qr").evaluate((svg) => {
    const SCALE = 3;
    const { x, y, width, height } = svg.viewBox.baseVal;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
    const pen = canvas.getContext("2d");
    pen.scale(SCALE, SCALE);
    pen.translate(-x, -y);
    for (const part of svg.children) {
      pen.fillStyle = part.getAttribute("fill");
      const d = part.getAttribute("d");
      if (d) pen.fill(new Path2D(d));
      else pen.fillRect(x, y, width, height);
    }
    const drawn = pen.getImageData(0, 0, canvas.width, canvas.height);
    // Black and white: one of its colors says all.
    return { data: [...drawn.data.filter((_, at) => at % 4 === 0)], width: drawn.width, height: drawn.height };
  });
  return jsQR(Uint8ClampedArray.from({ length: 4 * data.length }, (_, at) => data[at >> 2]), width, height)?.data;
}

test("every screen can be shared, and its link and its frame open what was on screen", () =>
  visit({}, async (page) => {
    const kinds = new Map();
    for (const [name, fragment] of Object.entries(SCREENS)) {
      await share(page, fragment);
      const address = await link(page).inputValue();
      assert.ok(address.startsWith(`${origin()}#/`) && !address.includes("embed"), `${name}: ${address}`);
      await unfold(page, "Embed");
      const { src, width, height, title } = await frame(page);
      assert.ok(src.startsWith(address) && /[?&]embed$/.test(src), `${name}: ${src}`);
      assert.ok(Number(width) > 0 && Number(height) > 0 && title.includes("Handshake Lab"), name);
      const kind = fragment.match(/^#\/[a-z-]*(\/[a-z-]+(?=\/|$))?/)[0];
      if (!kinds.has(kind)) kinds.set(kind, { name, address, src, heading: await page.locator("#main h1").first().textContent() });
      await page.keyboard.press("Escape");
      await sheet(page).waitFor({ state: "hidden" });
    }
    assert.ok(kinds.size >= 10, [...kinds.keys()].join());
    const other = await page.context().newPage();
    for (const { name, address, src, heading } of kinds.values()) {
      for (const [to, headers] of [[address, 1], [src, 0]]) {
        // Another fragment alone would not load the page anew.
        await other.goto("about:blank");
        await other.goto(to);
        await other.waitForSelector("html[data-ready]");
        await settled(other);
        assert.equal(await other.locator("#main h1").first().textContent(), heading, `${name}: ${to}`);
        assert.equal(await other.locator(".top").count(), headers, `${name}: ${to}`);
      }
    }
  }));

test("the QR code holds the link, for a reader that is not ours, in both themes", async () => {
  for (const theme of ["light", "dark"]) {
    await visit({ theme }, async (page) => {
      for (const fragment of ["#/", "#/lab/tls13+seed=7?step=5&sel=0.1&panel=keys", "#/race"]) {
        await share(page, fragment);
        await unfold(page, "QR code");
        assert.equal(await readCode(page), await link(page).inputValue(), fragment);
        await page.keyboard.press("Escape");
      }
    });
  }
});

test("a link can open the step, or the connection as a whole; a screen without steps asks for neither", () =>
  visit({ viewport: WIDTHS.phone }, async (page) => {
    await share(page, "#/lab/tls13+seed=7?step=5&panel=keys");
    assert.equal(await link(page).inputValue(), `${origin()}#/lab/tls13+seed=7?step=5&panel=keys`);
    await sheet(page).getByRole("button", { name: "The connection as a whole" }).click();
    assert.equal(await link(page).inputValue(), `${origin()}#/lab/tls13+seed=7`);
    await unfold(page, "Embed");
    assert.equal((await frame(page)).src, `${origin()}#/lab/tls13+seed=7?embed`);
    const box = await sheet(page).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= WIDTHS.phone.width && box.y + box.height <= WIDTHS.phone.height, JSON.stringify(box));
    await share(page, "#/compare");
    assert.equal(await sheet(page).getByRole("button", { name: "This step" }).count(), 0);
  }));

test("a frame shows what was chosen for it", () =>
  visit({}, async (page) => {
    await share(page, "#/lab/tls12?step=6");
    await unfold(page, "Embed");
    const choose = (label, word) => chooser(page, label).selectOption({ label: word });
    await choose("Size", "640 × 360");
    await choose("Sequence of", "records");
    await choose("Bytes of the", "record");
    await choose("Panel", "Checks");
    const { src, width, height } = await frame(page);
    assert.deepEqual([src, width, height], [`${origin()}#/lab/tls12?step=6&zoom=records&layer=record&panel=checks&embed`, "640", "360"]);
    await choose("Panel", "as it is now");
    assert.ok(!(await frame(page)).src.includes("panel"));
    await choose("Show", "the bytes alone");
    await sheet(page).getByLabel("Start playing").check();
    assert.match((await frame(page)).src, /[?&]embed&show=bytes&play$/);
  }));

// Of each part: what of the lab is then on screen, of all that `PARTS` can name.
const PARTS = [".sequence", ".step .story", ".step .inspect", ".side"];
const ALONE = { ladder: [".sequence"], story: [".step .story"], bytes: [".step .inspect"], panel: [".side"] };

const onScreen = (page) =>
  page.evaluate((parts) => parts.filter((part) => document.querySelector(part)?.checkVisibility()), PARTS);

test("a frame shows the part alone that it asks for, with player and name, and every part that the sheet offers does", () =>
  visit({}, async (page) => {
    await share(page, "#/lab/tls13?step=5");
    await unfold(page, "Embed");
    await chooser(page, "Show").waitFor();
    const offered = await chooser(page, "Show").locator("option").allInnerTexts();
    assert.deepEqual(offered, ["the whole lab", ...Object.keys(ALONE).map((part) => `the ${part} alone`)]);
    const other = await page.context().newPage();
    for (const viewport of [{ width: 1200, height: 800 }, { width: 640, height: 360 }, { width: 400, height: 600 }]) {
      await other.setViewportSize(viewport);
      for (const [part, alone] of [["", PARTS], ...Object.entries(ALONE)]) {
        const name = `${part} at ${viewport.width}`;
        // Another fragment alone would not be another frame.
        await other.goto("about:blank");
        await other.goto(`${origin()}#/lab/tls13?step=5&embed${part && `&show=${part}`}`);
        await other.waitForSelector("html[data-ready]");
        await settled(other);
        assert.deepEqual(await onScreen(other), alone, name);
        const seen = await other.evaluate(([first]) => {
          const box = (one) => one.getBoundingClientRect();
          const part = document.querySelector(first);
          const { top } = box(part);
          const over = document.documentElement.scrollWidth - innerWidth;
          return { top, player: box(document.querySelector(".scrubber")).top, wide: box(part.closest(".stage > section")).width, over };
        }, alone);
        assert.ok(seen.top >= 0 && seen.top < seen.player && seen.over <= 0, `${name}: ${JSON.stringify(seen)}`);
        if (part) assert.ok(seen.wide > viewport.width * 0.9, `${name}: ${JSON.stringify(seen)}`);
        for (const around of [".scrubber", ".embed-name"]) assert.ok(await other.locator(around).isVisible(), name);
        // It stays so from step to step.
        await other.locator(".scrubber .primary").click();
        await other.waitForFunction((end) => location.hash.includes("step=6") && location.hash.endsWith(end), part ? `&embed&show=${part}` : "&embed");
      }
    }
  }));

test("a part of the lab that there is not is told, and the frame shows the whole lab", () =>
  visit({ fragment: "#/lab/tls13?step=5&embed&show=sounds" }, async (page) => {
    await settled(page);
    assert.match(await page.locator(".notice-bar").innerText(), /show=sounds.*ladder, story, bytes, panel/s);
    assert.deepEqual(await onScreen(page), PARTS);
  }));

test("a frame that is to play does so once it comes into view, and not for those who want nothing to move", async () => {
  const step = (frame) => frame.evaluate(() => Number(new URLSearchParams(location.hash.split("?")[1]).get("step")));
  for (const reducedMotion of ["no-preference", "reduce"]) {
    await altered({
      change: (dir) => writeFileSync(join(dir, "host.html"), '<!doctype html><style>body{margin:0}p{height:3000px}</style><p>Above</p><iframe src="./#/lab/tls13?embed&play" width="800" height="450"></iframe>'),
      address: (url) => `${url}host.html`,
      context: { reducedMotion, viewport: { width: 1000, height: 700 } },
    }, async (page) => {
      const frame = page.frames()[1];
      await frame.waitForSelector("html[data-ready]");
      const button = frame.locator(".scrubber .play");
      assert.equal((await button.innerText()).trim(), "Play");
      assert.equal(await step(frame), 0);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      if (reducedMotion === "reduce") {
        assert.equal(await frame.locator("html[data-play]").count(), 0);
        return;
      }
      await frame.waitForFunction(() => /[?&]step=([2-9]|1\d)&embed&play$/.test(location.hash));
      await button.click();
      assert.equal((await button.innerText()).trim(), "Play");
    });
  }
});

test("the sheet is opened, used and left by keyboard alone", () =>
  visit({ fragment: "#/learn/your-first-handshake/5" }, async (page) => {
    await settled(page);
    await page.getByRole("button", { name: "Share", exact: true }).focus();
    await page.keyboard.press("Enter");
    await link(page).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => getSelection().toString() || document.activeElement.value), await link(page).inputValue());
    await page.keyboard.press("Escape");
    await sheet(page).waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Share");
  }));
