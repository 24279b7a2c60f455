// Interviews: rounds by theme with their clock and their history, the whiteboard below a prompt, links into the
// glossary, and a recording that stays in the tab. What a single prompt shows is in learn.test.mjs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { tabTo, visit } from "./browser.mjs";

const built = (name) => JSON.parse(readFileSync(new URL(`../../dist/lessons/built/${name}.json`, import.meta.url), "utf8"));
const PROMPTS = built("interview");
const PROMPT = PROMPTS.find(({ id }) => built(`interview/${id}`).proofs.length > 0);

const open = (page, fragment) => page.evaluate((fragment) => { location.hash = fragment; }, fragment);
const hash = (page, pattern) => page.waitForFunction((pattern) => new RegExp(pattern).test(location.hash), pattern);
const seconds = (clock) => clock.split(":").map(Number).reduce((sum, part) => sum * 60 + part);

/** Moves the beginning of the round that is open back by so many seconds. */
const earlier = (page, by) =>
  page.evaluate((by) => {
    const key = Object.keys(sessionStorage).find((key) => key.includes("left/"));
    const left = JSON.parse(sessionStorage.getItem(key));
    left.clock.started -= by * 1000;
    sessionStorage.setItem(key, JSON.stringify(left));
  }, by);

test("a round is chosen by its theme, survives a reload with its clock, and stands in the history", () =>
  visit({ fragment: "#/learn/interview" }, async (page) => {
    const shown = page.locator(".prompt-list li:not([hidden])");
    await shown.first().waitFor();
    assert.equal(await shown.count(), PROMPTS.length);
    assert.equal(await page.locator(".held-rounds").count(), 0, "no round was taken");
    await page.getByRole("combobox", { name: /^Theme/ }).selectOption("keys");
    assert.equal(await shown.count(), PROMPTS.filter(({ theme }) => theme === "keys").length);
    await page.getByRole("status").getByText(/^A round of \d+ prompts?\.$/).waitFor();
    await page.getByRole("link", { name: /^Start a round/ }).click();
    await hash(page, "^#/learn/interview/round/all/keys/30/\\d+$");
    const place = page.locator(".round-place");
    const clock = page.getByRole("timer", { name: "Time left of the round" });
    const count = Number(/of (\d+)/.exec(await place.innerText())[1]);
    assert.ok(count > 1);
    assert.match(await page.locator(".prompt-head").innerText(), / keys /);
    await page.getByRole("button", { name: /^I have answered/ }).click();
    await page.getByRole("button", { name: "strong", exact: true }).click();
    await page.getByRole("button", { name: /^Next prompt/ }).click();
    await place.getByText(`Prompt 2 of ${count}`).waitFor();
    assert.equal(await page.locator(".prompt-answer").count(), 0, "the next prompt is not answered");
    await page.getByRole("button", { name: /^I have answered/ }).click();
    await page.locator(".prompt-answer").waitFor();
    const address = await page.evaluate(() => location.hash);
    await earlier(page, 300);
    await page.reload();
    await place.getByText(`Prompt 2 of ${count}`).waitFor();
    await page.locator(".prompt-answer").waitFor();
    assert.ok(seconds(await clock.innerText()) <= 1500, "the clock went on");
    await page.getByRole("button", { name: "Pause the round" }).click();
    await page.getByRole("button", { name: "Go on with the round" }).waitFor();
    for (let number = 2; number <= count; number += 1) {
      await place.getByText(`Prompt ${number} of ${count}`).waitFor();
      await page.getByRole("button", { name: number === count ? "Finish the round" : /^Next prompt/ }).click();
    }
    await page.getByRole("heading", { level: 1, name: "The round is over" }).waitFor();
    await page.locator(".result caption").getByText(/Round about keys of 30 minutes.*time \d+:\d\d of 30:00/i).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "The round is over" }).waitFor();
    await page.getByRole("link", { name: "Another round" }).click();
    const row = page.locator(".held-rounds tbody tr");
    await row.first().waitFor();
    assert.equal(await row.count(), 1, "kept once");
    assert.match(await row.innerText(), /\d{4}-\d\d-\d\d/);
    assert.match(await row.locator("td").last().innerText(), new RegExp(`^1 strong, ${count - 1} not graded$`));
    assert.equal(await row.getByRole("link").getAttribute("href"), address);
    await page.reload();
    await row.first().waitFor();
    assert.deepEqual(await violations(page), []);
  }));

test("a level and a theme that no prompt has say so, and a round of them leads on", () =>
  visit({ fragment: "#/learn/interview/round/king/keys/30/7" }, async (page) => {
    await page.getByRole("alert").getByText("before the minutes it may have a theme (promises, tcp").waitFor();
    await open(page, "#/learn/interview");
    await page.locator(".prompt-list").first().waitFor();
    const has = (level, theme) => PROMPTS.some((card) => card.level === level && card.theme === theme);
    const themes = [...new Set(PROMPTS.map(({ theme }) => theme))];
    const levels = [...new Set(PROMPTS.map(({ level }) => level))];
    const none = levels.flatMap((level) => themes.map((theme) => [level, theme])).find(([level, theme]) => !has(level, theme));
    if (!none) return;
    await page.getByRole("combobox", { name: /^Theme/ }).selectOption(none[1]);
    await page.locator("[aria-label=Level]").getByRole("button", { name: new RegExp(`^${none[0]}$`, "i") }).click();
    await page.getByRole("status").getByText("No prompt is of this level and theme.").waitFor();
    assert.equal(await page.getByRole("link", { name: /^Start a round/ }).isVisible(), false);
    await open(page, `#/learn/interview/round/${none[0]}/${none[1]}/30/7`);
    await page.getByRole("alert").getByText("No prompt fits this round").waitFor();
  }));

test("the whiteboard steps the ladder by keys and buttons, and shows names one by one where they are hidden", () =>
  visit({ fragment: `#/learn/interview/${PROMPT.id}` }, async (page) => {
    await tabTo(page, page.getByRole("button", { name: /^Whiteboard/ }));
    await page.keyboard.press("Enter");
    const told = page.locator(".board-told");
    const rows = page.locator(".board .row");
    await rows.first().waitFor();
    const name = built(`interview/${PROMPT.id}`).proofs[0][1].run;
    await page.locator(".whiteboard").getByText(`Of the run “${name}”.`).waitFor();
    await told.getByText(/^Before the first of \d+ steps\.$/).waitFor();
    await page.keyboard.press("ArrowRight");
    await told.getByText(/^Step 1 of \d+: \S.*, \S+ to \S+$/).waitFor();
    await hash(page, `^#/learn/interview/${PROMPT.id}\\?.*step=1`);
    await page.keyboard.press("ArrowLeft");
    await told.getByText(/^Before the first/).waitFor();
    const named = () => page.locator(".board .row .label").evaluateAll((all) => all.filter((label) => getComputedStyle(label).visibility === "visible").length);
    assert.equal(await named(), await rows.count());
    const hide = page.getByRole("button", { name: "Hide the names ahead" });
    await hide.click();
    assert.equal(await hide.getAttribute("aria-pressed"), "true");
    assert.equal(await named(), 0);
    // What is hidden is not said either.
    assert.match(await rows.first().ariaSnapshot(), /link ".*client to server/);
    const first = (await rows.first().locator(".label").textContent()).trim();
    assert.ok(!(await rows.first().ariaSnapshot()).includes(first));
    await page.getByRole("button", { name: "Next step →" }).click();
    await told.getByText(/^Step 1 of/).waitFor();
    assert.equal(await named(), 1);
    await page.keyboard.press("ArrowRight");
    await told.getByText(/^Step 2 of/).waitFor();
    assert.equal(await named(), 2);
    assert.deepEqual(await violations(page), []);
    await hide.click();
    assert.equal(await named(), await rows.count());
    // An address with a step has it open.
    await page.reload();
    await told.getByText(/^Step 2 of/).waitFor();
    await page.getByRole("button", { name: "Close the whiteboard" }).click();
    await hash(page, `^#/learn/interview/${PROMPT.id}$`);
    assert.equal(await page.locator(".board").count(), 0);
  }));

test("the next prompt of a round begins without the whiteboard of the one before", () =>
  visit({ fragment: "#/learn/interview/round/mid/60/7" }, async (page) => {
    await page.getByRole("button", { name: /^Whiteboard/ }).click();
    await page.locator(".board .row").first().waitFor();
    await page.keyboard.press("ArrowRight");
    await hash(page, "step=1");
    await page.getByRole("button", { name: /^Next prompt/ }).click();
    await page.locator(".round-place").getByText(/^Prompt 2 of/).waitFor();
    await hash(page, "^#/learn/interview/round/mid/60/7$");
    await page.getByRole("button", { name: /^Whiteboard/ }).waitFor();
    assert.equal(await page.locator(".board").count(), 0);
  }));

test("terms of a model answer lead to the glossary, and Back leads to the prompt", () =>
  visit({ fragment: "#/learn/interview/round/mid/60/7" }, async (page) => {
    await page.getByRole("button", { name: /^I have answered/ }).click();
    const link = page.locator(".model a[href^='#/learn/glossary/']").first();
    const to = (await link.getAttribute("href")).split("/").pop();
    await tabTo(page, link);
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => document.activeElement?.id === `term-${id}`, to);
    await page.goBack();
    await page.locator(".round-place").getByText(/^Prompt 1 of/).waitFor();
    await link.waitFor();
  }));

/** Notes which addresses of things in memory are given up. */
const watchRevoked = (page) =>
  page.addInitScript(() => {
    globalThis.revoked = [];
    const revoke = URL.revokeObjectURL;
    URL.revokeObjectURL = (url) => {
      globalThis.revoked.push(url);
      revoke.call(URL, url);
    };
  });

test("an answer is recorded, played and deleted, and is kept nowhere", () =>
  visit({ fragment: `#/learn/interview/${PROMPT.id}`, prepare: watchRevoked }, async (page) => {
    const voice = page.locator(".voice");
    await voice.getByText("It is never stored and never sent").waitFor();
    const player = voice.locator("audio");
    await tabTo(page, voice.getByRole("button", { name: "Record your answer" }));
    await page.keyboard.press("Enter");
    await voice.getByRole("status").getByText("Recording…").waitFor();
    // The fake microphone beeps once a second, once the browser has started it; some of it must have come.
    await page.waitForTimeout(3000);
    await voice.getByRole("button", { name: "Stop recording" }).click();
    await voice.getByRole("status").getByText("Recorded.").waitFor();
    assert.match(await player.getAttribute("src"), /^blob:/);
    await player.evaluate((audio) => audio.play());
    assert.equal(await player.evaluate((audio) => audio.error), null);
    assert.deepEqual(await violations(page), []);
    const url = await player.getAttribute("src");
    const kept = await page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()]));
    assert.ok(!/blob:|audio|webm/.test(kept), kept);
    await voice.getByRole("button", { name: "Delete the recording" }).click();
    assert.equal(await player.count(), 0);
    assert.deepEqual(await page.evaluate(() => globalThis.revoked), [url], "its memory is given back");
  }));

test("without a recorder nothing is shown of it, and a microphone that is refused is told", async () => {
  const fragment = `#/learn/interview/${PROMPT.id}`;
  await visit({ fragment, prepare: (page) => page.addInitScript(() => { delete globalThis.MediaRecorder; }) }, async (page) => {
    await page.locator(".one-by-one").first().waitFor();
    assert.equal(await page.locator(".voice").count(), 0);
  });
  const refused = () => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  };
  await visit({ fragment, prepare: (page) => page.addInitScript(refused) }, async (page) => {
    await page.getByRole("button", { name: "Record your answer" }).click();
    await page.locator(".voice").getByText("The browser gave no microphone.").waitFor();
    await page.getByRole("button", { name: "Record your answer" }).waitFor();
  });
});
