// Presenting: the lab large, and a second window with notes that follows the first and moves it; the same for screens that
// are pages; the notes of a lesson, and the words that lead to the glossary.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, title, visit } from "./browser.mjs";

/** Opens the second window by what `press` does, and waits until it shows something. */
async function second(page, press) {
  const [notes] = await Promise.all([page.waitForEvent("popup"), press()]);
  await notes.getByRole("heading", { name: "Speaker notes" }).waitFor();
  await notes.locator(".speaker-notes h2").waitFor();
  return notes;
}

const shown = (notes) => notes.locator(".speaker-notes h2");
const next = (notes) => notes.locator(".speaker-next");

test("while presenting, a second window tells the step whole, follows the first and moves it", () =>
  visit({ fragment: "#/lab/tls13?step=5" }, async (page) => {
    await page.locator(".step h1").waitFor();
    await page.keyboard.press("p");
    await page.getByRole("button", { name: "End presenting" }).waitFor();
    assert.equal(await page.locator(".top").isVisible(), false);
    const notes = await second(page, () => page.keyboard.press("n"));
    assert.equal(await shown(notes).innerText(), await title(page));
    const [, following] = /^Next: (.+)/.exec(await next(notes).innerText());
    assert.ok((await notes.locator(".speaker-notes .story").innerText()).length > 200);
    assert.match(await notes.getByRole("timer").innerText(), /^\d+:\d\d$/);
    assert.match(await notes.title(), /^Speaker notes/);

    await page.keyboard.press("ArrowRight");
    await shown(notes).filter({ hasText: following }).waitFor();
    assert.equal(await title(page), following);
    await notes.bringToFront();
    await notes.keyboard.press("ArrowLeft");
    await page.locator(".step h1", { hasText: "ServerHello" }).waitFor();
    await notes.getByRole("button", { name: "← Back" }).click();
    await shown(notes).filter({ hasText: "ClientHello" }).waitFor();
    await page.locator(".step h1", { hasText: "ClientHello" }).waitFor();

    // Another run, as an eavesdropper sees it: the notes still tell what happened.
    await page.evaluate(() => { location.hash = "#/lab/tls12?step=6&as=eavesdropper"; });
    await shown(notes).filter({ hasText: "Certificate" }).waitFor();

    await page.getByRole("button", { name: "End presenting" }).click();
    await page.locator(".top").waitFor();
    assert.equal(await page.getByRole("button", { name: "Notes in a second window" }).count(), 0);
  }));

test("in a lesson the notes of the page are folded away, and the second window turns its pages", () =>
  visit({ fragment: "#/learn/your-first-handshake/2?seed=7" }, async (page) => {
    const fold = page.locator(".page-notes");
    await fold.waitFor();
    assert.equal(await fold.locator(".prose").count(), 0, "notes are not in the page before somebody asks");
    await page.keyboard.press("n");
    await fold.locator(".prose").waitFor();
    const text = (await fold.locator(".prose").innerText()).trim();
    assert.ok(text.length > 60);
    const notes = await second(page, () => fold.getByRole("button", { name: "Notes in a second window" }).click());
    assert.match(await shown(notes).innerText(), /^SYN: may I talk/);
    assert.equal((await notes.locator(".speaker-notes .prose").innerText()).trim(), text);
    assert.match(await next(notes).innerText(), /^Next: SYN, ACK/);

    await notes.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.hash.startsWith("#/learn/your-first-handshake/3"));
    await shown(notes).filter({ hasText: "SYN, ACK" }).waitFor();
    assert.match(await page.evaluate(() => location.hash), /seed=7/);

    // The first window is loaded again, and the two still talk.
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    await page.locator(".page-notes > summary").click();
    await page.getByRole("button", { name: "Notes in a second window" }).waitFor();
    await notes.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.hash.startsWith("#/learn/your-first-handshake/4"));
  }));

test("where the browser opens no window, a link does", () =>
  visit({ fragment: "#/lab/tls13?step=1", prepare: (page) => page.addInitScript(() => { window.open = () => null; }) }, async (page) => {
    await page.keyboard.press("p");
    await page.getByRole("button", { name: "Notes in a second window" }).click();
    const link = page.getByRole("link", { name: "Open the notes" });
    await link.waitFor();
    assert.match(await link.getAttribute("href"), /^\?notes=\d+#\/learn$/);
  }));

test("a second window without a first one waits, and has nothing else", () =>
  visit({ fragment: "?notes=1#/learn", viewport: WIDTHS.phone }, async (page) => {
    await page.getByText("Waiting for the first window").waitFor();
    assert.equal(await page.locator(".top").isVisible(), false);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
  }));

for (const [name, fragment] of [["Compare", "#/compare"], ["Race", "#/race"]]) {
  test(`${name} is presented by p, and Escape ends it`, () =>
    visit({ fragment }, async (page) => {
      const button = page.getByRole("button", { name: "Present", exact: true });
      await button.waitFor();
      await page.keyboard.press("p");
      await page.getByRole("button", { name: "End presenting" }).waitFor();
      assert.equal(await page.locator(".top").isVisible(), false);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await page.keyboard.press("Escape");
      await page.locator(".top").waitFor();
      await button.click();
      await page.locator(".top").waitFor({ state: "hidden" });
    }));
}

test("words of the story and of a field's note lead to the glossary, each once", () =>
  visit({ fragment: "#/lab/tls13?step=5&sel=0" }, async (page) => {
    const links = page.locator(".step .story .term-link");
    await links.first().waitFor();
    const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    assert.equal(new Set(addresses).size, addresses.length);
    for (const address of addresses) assert.match(address, /^#\/learn\/glossary\/[a-z0-9-]+$/);
    await links.first().click();
    await page.locator(".term.current").waitFor();
  }));

test("a term that a recipe shows leads to it", () =>
  visit({ fragment: "#/learn/glossary/csr" }, async (page) => {
    const link = page.locator(".term.current").getByRole("link", { name: /^Show me: request/ });
    await link.click();
    await page.waitForFunction(() => location.hash.startsWith("#/certificates/make/private-ca"));
    await page.getByText("request").first().waitFor();
  }));
