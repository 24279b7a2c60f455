// What people's browsers, networks and other pages do to the page while it is in use.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { altered } from "./altered.mjs";
import { drawn, visit } from "./browser.mjs";

const LESSON = "#/learn/your-first-handshake";
const KEY = "handshake-lab/progress";
const stored = (page, key = KEY) => page.evaluate((key) => localStorage.getItem(key), key);
const notice = (page) => page.locator(".notice-bar");

test("a part and its style that were blocked come with the second try", () =>
  altered({}, async (page) => {
    await page.waitForSelector("html[data-ready]");
    const blocked = /(faults-|later-).*\.(wasm|css)/;
    await page.route(blocked, (route) => route.abort());
    await page.getByRole("link", { name: "Break & fix" }).click();
    const alert = page.locator(".later[role=alert]");
    await alert.waitFor();
    await page.unroute(blocked);
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Break & fix", level: 1 }).waitFor();
    assert.equal(await page.evaluate(() => [...document.styleSheets].filter((sheet) => /later-/.test(sheet.href)).length), 1);
    assert.equal(await page.locator(".fault-row").first().evaluate((row) => getComputedStyle(row).display), "grid");
  }));

test("after a new deployment under an open tab, loading the page again is offered and helps", () =>
  altered({}, async (page) => {
    await page.waitForSelector("html[data-ready]");
    const gone = /faults-.*\.wasm/;
    await page.route(gone, (route) => route.fulfill({ status: 404, body: "not found" }));
    await page.getByRole("link", { name: "Break & fix" }).click();
    const alert = page.locator(".later[role=alert]");
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.getByText("new version").waitFor();
    await page.unroute(gone);
    await alert.getByRole("button", { name: "Load the page again" }).click();
    await page.getByRole("heading", { name: "Break & fix", level: 1 }).waitFor();
  }));

/** Does as Chrome's translation does: puts <font> elements in the place of texts; `wrap` keeps the node. */
const translate = (page, wrap) =>
  page.evaluate((wrap) => {
    const texts = [];
    const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode);
    let count = 0;
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement.closest("[translate=no], font, script, svg")) continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      outer.append(inner);
      text.replaceWith(outer);
      inner.append(wrap ? text : `«${text.data}»`);
      count += 1;
    }
    return count;
  }, wrap);

/** All that a person reads in the page; where elements wrap texts, spaces at the ends of lines are others. */
const read = async (page) => (await page.locator("#app").innerText()).replaceAll(/[ \t]*\n[ \t]*/g, "\n");

/** The same, once the page stands still: parts of it may still be loaded or drawn. */
async function readStill(page) {
  await drawn(page);
  for (let before = null, now = await read(page); ; [before, now] = [now, await read(page)]) {
    if (before === now) return now;
    await page.waitForTimeout(100);
  }
}

for (const wrap of [false, true]) {
  test(`a translated page goes on telling the present step${wrap ? ", where texts are wrapped" : ""}`, () =>
    visit({ fragment: "#/lab/tls13?step=1" }, async (page) => {
      const plain = [];
      for (let step = 0; step < 6; step += 1) {
        plain.push(await readStill(page));
        await page.keyboard.press("ArrowRight");
      }
      await page.keyboard.press("Home");
      await page.waitForFunction(() => document.querySelector(".step h1").innerText === "SYN");
      for (const before of plain) {
        assert.equal((await readStill(page)).replaceAll(/[«»]/g, "").replaceAll(/\n +/g, "\n"), before);
        assert.ok((await translate(page, wrap)) > 5);
        await page.keyboard.press("ArrowRight");
      }
      await translate(page, wrap);
      await page.getByRole("link", { name: "Break & fix" }).click();
      await page.getByRole("heading", { name: "Break & fix", level: 1 }).waitFor();
      assert.doesNotMatch(await read(page), /TCP segment|Sequence/);
    }));
}

test("a translation that is taken back leaves the page's own words", () =>
  visit({ fragment: "#/lab/tls13?step=4" }, async (page) => {
    const before = await read(page);
    await translate(page, false);
    assert.notEqual(await read(page), before);
    await page.evaluate(() => {
      for (const font of document.querySelectorAll("#app font:has(> font)")) font.replaceWith(font.textContent.replaceAll(/[«»]/g, ""));
    });
    await page.waitForTimeout(50);
    assert.equal(await read(page), before);
  }));

test("bytes, names of fields, keys and commands are not for translation", () =>
  visit({ fragment: "#/lab/tls13?step=4&sel=0.0&panel=keys&key=early_secret" }, async (page) => {
    const open = (selector) => page.evaluate((selector) => [...document.querySelectorAll(selector)].filter((element) => !element.closest("[translate=no]")).map((element) => element.outerHTML.slice(0, 80)), selector);
    await page.locator(".key-tree").waitFor();
    for (const selector of [".hex .b", ".hex .a", ".field .name", ".field .v", ".key-tree", "#app code", "#app pre", ".hex-text"]) {
      assert.ok((await page.locator(selector).count()) > 0 || /code|pre|hex/.test(selector), selector);
      assert.deepEqual(await open(selector), [], selector);
    }
  }));

test("an old tab does not write over what a newer version stored", () =>
  visit({ fragment: `${LESSON}/1` }, async (page) => {
    await page.locator(".page-title").waitFor();
    const newer = '{"format":"handshake-lab-progress/99","courses":["x"]}';
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, newer]);
    await page.locator(".lesson-nav .primary").click();
    await notice(page).getByText("another version of this page").waitFor();
    assert.equal(await stored(page), newer);
  }));

test("a large record that cannot be read is not lost, and what is said of it is true", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const size = 3_000_000;
    await page.evaluate(([key, size]) => localStorage.setItem(key, `{${"x".repeat(size)}`), [KEY, size]);
    await page.goto(page.url().replace(/#.*/, "#/learn"));
    await notice(page).getByText("could not be read").waitFor();
    assert.match(await notice(page).innerText(), /stays where it is/);
    assert.equal((await stored(page)).length, size + 1);
    await page.goto(page.url().replace(/#.*/, `${LESSON}/1`));
    await page.locator(".page-title").waitFor();
    assert.equal((await stored(page)).length, size + 1);
  }));

test("a second record that cannot be read does not replace the first", () =>
  visit({ fragment: "#/break" }, async (page) => {
    for (const [number, text] of ["{first", "{second"].entries()) {
      await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, text]);
      await page.goto(page.url().replace(/#.*/, "#/learn"));
      await notice(page).getByText("could not be read").waitFor();
      assert.equal(await stored(page, `${KEY}-unreadable${number ? "-2" : ""}`), text);
      await notice(page).getByRole("button", { name: "Dismiss" }).click();
      await page.goto(page.url().replace(/#.*/, "#/break"));
      await page.getByRole("heading", { name: "Break & fix", level: 1 }).waitFor();
    }
  }));

test("storage that is full is told", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await page.evaluate(() => {
      for (let size = 5_000_000, n = 0; size >= 1; ) {
        try {
          localStorage.setItem(`filler-${n++}`, "x".repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
    });
    await page.goto(page.url().replace(/#.*/, `${LESSON}/1`));
    await notice(page).getByText("cannot be kept on this device").waitFor();
  }));

test("inside another page, steps add nothing to its history", () =>
  altered({
    change: (dir) => writeFileSync(join(dir, "host.html"), '<!doctype html><iframe src="./#/lab/tls13?embed" width="1200" height="800"></iframe>'),
    address: (url) => `${url}host.html`,
  }, async (page) => {
    const frame = page.frameLocator("iframe");
    await frame.locator(".step h1").waitFor();
    const before = await page.evaluate(() => history.length);
    await frame.locator(".ladder a").nth(2).click();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
    await frame.locator(".eyebrow", { hasText: "Step 8 of" }).waitFor();
    assert.equal(await page.evaluate(() => history.length), before);
  }));

test("a file that was handed over can still be read after the click", () =>
  visit({ fragment: "#/lab/tls13" }, async (page) => {
    await page.evaluate(() => {
      globalThis.revoked = 0;
      const revoke = URL.revokeObjectURL;
      URL.revokeObjectURL = (url) => ((globalThis.revoked += 1), revoke.call(URL, url));
    });
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /Key log/ }).click();
    assert.equal((await download).suggestedFilename(), "tls13.keylog.txt");
    await page.waitForTimeout(500);
    assert.equal(await page.evaluate(() => globalThis.revoked), 0);
  }));

test("a file's name is one that file systems take", () =>
  visit({ fragment: `#/lab/tls13+alpn=${Array.from({ length: 15 }, (_, n) => `some-protocol-${n}`).join(",")},http/1.1` }, async (page) => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /Key log/ }).click();
    assert.match((await download).suggestedFilename(), /^tls13-[\w.-]{1,94}\.keylog\.txt$/);
  }));

test("another seed of a lesson stands in the address, and comes back with it", () =>
  visit({ fragment: `${LESSON}/2` }, async (page) => {
    const seed = page.locator(".lesson-seed [role=status]");
    const number = async () => Number((await seed.innerText()).replace("seed ", ""));
    await seed.getByText("seed").waitFor();
    const first = await number();
    await page.getByRole("button", { name: "New seed" }).click();
    await page.waitForFunction((first) => document.querySelector(".lesson-seed [role=status]").innerText !== `seed ${first}`, first);
    const second = await number();
    assert.match(page.url(), new RegExp(`/2\\?(.*&)?seed=${second}`));
    await page.reload();
    await seed.getByText(`seed ${second}`).waitFor();
    await page.locator(".lesson-nav .primary").click();
    await page.waitForURL(/\/3\?/);
    await seed.getByText(`seed ${second}`).waitFor();
    await page.goBack();
    await page.goBack();
    await seed.getByText(`seed ${first}`).waitFor();
  }));
