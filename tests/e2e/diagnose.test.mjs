// Mysteries: solved by keyboard, answered wrongly, found again as they were left, and held to the command line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, tabTo, visit } from "./browser.mjs";
import { program } from "./program.mjs";

const SEED = 7;
const onCommandLine = (level, ...more) => JSON.parse(program("diagnose", `${SEED}`, "--level", level, "--json", ...more));
const address = (level) => `#/break/diagnose/${level}/${SEED}`;

const button = (page, name) => page.getByRole("button", { name, exact: true });
const group = (page, name) => page.getByRole("group", { name });
const heading = (page, name) => page.locator("#main").getByRole("heading", { name, exact: true });

/** The levels, as the list has them: by the addresses of the mysteries that it draws. */
const levels = (page) =>
  page.locator(".levels a").evaluateAll((links) => links.map((link) => link.getAttribute("href").match(/diagnose\/([^/]+)\/\d+$/)[1]));

test("a mystery of each level is the same here and on the command line", () =>
  visit({ fragment: "#/break/diagnose" }, async (page) => {
    await page.locator(".levels a").first().waitFor();
    for (const level of await levels(page)) {
      const { host, line, commands, candidates, fixes } = onCommandLine(level);
      await page.evaluate((to) => { location.hash = to; }, address(level));
      await page.locator(".symptom").getByText(`https://${host}/`).waitFor();
      await page.waitForFunction((line) => document.querySelector(".symptom pre")?.innerText === line, line);
      assert.deepEqual(await page.locator(".inspection b").allInnerTexts(), commands.map((one) => one.id));
      assert.deepEqual(await page.locator(".inspection-line").allInnerTexts(), commands.map((one) => `$ ${one.command}`));
      const labels = (name) => group(page, name).locator("label").allInnerTexts();
      assert.deepEqual(await labels("What is it?"), candidates.map((one) => one.title));
      assert.deepEqual(await labels("What to do about it?"), fixes.map((one) => one.text));
    }
  }));

test("a mystery is solved by keyboard, with the fewest commands, for all points", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const key = onCommandLine("one-line", "--answer-key");
    const { title, fix, fewest } = key.answer_key;
    await tabTo(page, page.getByRole("link", { name: "Diagnose", exact: true }));
    await page.keyboard.press("Enter");
    const draw = page.getByRole("link", { name: /^Draw a mystery: / }).first();
    await tabTo(page, draw);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /^#\/break\/diagnose\/one-line\/\d+(\?|$)/.test(location.hash));
    await page.evaluate((to) => { location.hash = to; }, address("one-line"));
    await heading(page, `One line in a log, mystery ${SEED}`).waitFor();
    for (const id of fewest) {
      await tabTo(page, button(page, `Run ${id}`));
      await page.keyboard.press("Enter");
      const [{ output }] = onCommandLine("one-line", "--run", id).answers;
      const pre = page.getByLabel(`What ${id} prints`);
      await pre.waitFor();
      assert.equal((await pre.textContent()).trimEnd(), output.trimEnd());
    }
    await page.getByRole("status").getByText(`${fewest.length} of ${key.commands.length} run.`).waitFor();
    const choose = async (legend, text) => {
      const names = await group(page, legend).locator("label").allInnerTexts();
      await tabTo(page, group(page, legend).getByRole("radio").first());
      for (let at = 0; at < names.indexOf(text); at += 1) await page.keyboard.press("ArrowDown");
      // The first is only reached by Tab, and not yet chosen.
      if (names.indexOf(text) === 0) await page.keyboard.press("Space");
    };
    await choose("What is it?", title);
    await choose("What to do about it?", key.fixes.find((one) => one.letter === fix).text);
    await tabTo(page, button(page, "Answer"));
    await page.keyboard.press("Enter");
    await heading(page, "100 of 100").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.innerText), "100 of 100");
    await heading(page, `What it is: ${title}`).waitFor();
    const telling = key.answer_key.evidence.find((one) => one.id === fewest[0]);
    assert.deepEqual([...new Set((await page.locator(".output mark").allInnerTexts()).map((line) => line.trim()))],
      [...new Set(telling.lines.map((line) => line.trim()))]);
    // What it was is kept, and counts once.
    await page.evaluate(() => { location.hash = "#/break/diagnose"; });
    await page.locator(".levels").getByText("1 answered, 100 points").waitFor();
  }));

test("an answer must be whole; a wrong one says what tells that it is another cause", () =>
  visit({ fragment: address("one-line"), viewport: WIDTHS.phone }, async (page) => {
    const key = onCommandLine("one-line", "--answer-key");
    const wrong = key.candidates.find((one) => one.id !== key.answer_key.cause);
    await button(page, "Answer").click();
    await page.getByRole("alert").getByText("Choose what it is first.").waitFor();
    await group(page, "What is it?").getByText(wrong.title, { exact: true }).click();
    await button(page, "Answer").click();
    await page.getByRole("alert").getByText("Choose what to do about it as well.").waitFor();
    await group(page, "What to do about it?").locator("label").first().click();
    await button(page, "Answer").click();
    const judged = page.getByRole("region", { name: "What came of it" });
    await judged.getByText(`You said: ${wrong.title}.`).waitFor();
    const telling = key.answer_key.evidence.filter((one) => one.rules_out.includes(wrong.id)).map((one) => one.id);
    await judged.getByText(telling.join(", "), { exact: true }).waitFor();
    // What is run from now on shows its answer, and counts no more.
    await button(page, `Run ${telling[0]}`).click();
    await page.getByLabel(`What ${telling[0]} prints`).waitFor();
    await page.getByRole("status").getByText("0 of ").waitFor();
  }));

test("a mystery is found again as it was left, and whoever wants to be told is told without points", () =>
  visit({ fragment: address("misleading") }, async (page) => {
    const key = onCommandLine("misleading", "--answer-key");
    await button(page, "Run date").click();
    await group(page, "What is it?").locator("label").nth(1).click();
    await page.getByRole("link", { name: "Faults", exact: true }).click();
    await heading(page, "Break & fix").waitFor();
    await page.getByRole("link", { name: "Diagnose", exact: true }).click();
    await page.getByLabel("What date prints").waitFor();
    assert.ok(await group(page, "What is it?").getByRole("radio").nth(1).isChecked());
    await button(page, "Tell me").click();
    await heading(page, "The answer").waitFor();
    await heading(page, `What it is: ${key.answer_key.title}`).waitFor();
    assert.equal(await page.getByRole("table").count(), 0);
    await page.getByRole("link", { name: "See its run in the lab" }).click();
    await page.locator(".step h1").waitFor();
    await page.getByRole("link", { name: "← Diagnose" }).click();
    await heading(page, "The answer").waitFor();
    await page.getByRole("link", { name: "Another one →" }).click();
    await button(page, "Answer").waitFor();
    assert.match(await page.evaluate(() => location.hash), /^#\/break\/diagnose\/misleading\/\d+$/);
  }));

test("an address that leads to no mystery says what it must hold", () =>
  visit({ fragment: "#/break/diagnose/king/7" }, async (page) => {
    await page.getByRole("alert").getByText("holds its level (one-line, ").waitFor();
    await page.getByRole("link", { name: "Choose a level" }).click();
    await page.locator(".levels").waitFor();
  }));

test("what is observed cannot be had: it is told, and can be tried again", () =>
  visit({ fragment: "#/break/diagnose", prepare: (page) => page.route("**/data/observed.json", (route) => route.fulfill({ status: 200, body: "[" }), { times: 1 }) }, async (page) => {
    await page.locator(".levels a").first().click();
    await page.getByRole("alert").getByText("load the page again").waitFor();
    await button(page, "Try again").click();
    await page.locator(".symptom").waitFor();
  }));
