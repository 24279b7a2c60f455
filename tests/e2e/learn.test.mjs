// What stands beside the lessons: glossary, interview and practice, by keyboard, on a phone, and from addresses
// that lead nowhere.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { still, tabTo, visit } from "./browser.mjs";

const built = (name) => JSON.parse(readFileSync(new URL(`../../dist/lessons/built/${name}.json`, import.meta.url), "utf8"));
const TERMS = built("glossary");
const PROMPTS = built("interview");

const NARROW = { width: 320, height: 640 };

const open = (page, fragment) => page.evaluate((fragment) => { location.hash = fragment; }, fragment);
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const hash = (page, pattern) => page.waitForFunction((pattern) => new RegExp(pattern).test(location.hash), pattern);

/** Nothing is wider than the window. */
async function fits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${what} is ${over} px wider than the window`);
}

test("what stands beside the lessons is reached from their list by keyboard, and each says what it is", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    for (const name of ["Practise", "Interview", "Glossary", "My progress"]) {
      const tab = page.locator(".views").getByRole("link", { name, exact: true });
      await tabTo(page, tab);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name }).waitFor();
      assert.equal(await tab.getAttribute("aria-current"), "true");
      assert.match(await page.title(), new RegExp(`^${name} · Learn`));
    }
  }));

test("every term is there, is found by its name and its old name, and leads to the step that shows it", () =>
  visit({ fragment: "#/learn/glossary" }, async (page) => {
    const terms = page.locator(".term:not([hidden])");
    await terms.first().waitFor();
    assert.equal(await terms.count(), TERMS.length);
    const field = page.getByRole("searchbox");
    const old = TERMS.find((term) => term.old.length > 0 && term.show);
    await tabTo(page, field);
    await page.keyboard.type(old.old[0]);
    const found = terms.filter({ has: page.locator(`#term-${old.id}`) });
    await found.waitFor();
    assert.ok((await terms.count()) < TERMS.length);
    await page.getByRole("status").getByText(` of ${TERMS.length} terms`).waitFor();
    const show = found.getByRole("link", { name: /^Show me/ });
    await tabTo(page, show);
    await page.keyboard.press("Enter");
    await page.waitForFunction((step) => document.querySelector(".step h1")?.innerText.startsWith(step), old.show.step);
    await page.getByRole("link", { name: "← Glossary" }).click();
    await page.getByRole("heading", { level: 1, name: "Glossary" }).waitFor();
    await field.fill("xyzzy");
    await page.getByText("No term has these words").waitFor();
  }));

test("a term has an address, where it is in sight and has the focus; a wrong one says so", () =>
  visit({}, async (page) => {
    const terms = TERMS.filter((_, at) => at % 70 === 69);
    assert.ok(terms.length > 2);
    for (const { id, name } of terms) {
      await open(page, `#/learn/glossary/${id}`);
      await page.waitForFunction((id) => document.activeElement?.id === `term-${id}`, id);
      assert.equal(await focused(page), name);
      const inSight = await page.locator(`#term-${id}`).evaluate((heading) => {
        const { top, bottom } = heading.getBoundingClientRect();
        return top >= -1 && bottom <= innerHeight;
      });
      assert.ok(inSight, `${name} is in sight`);
    }
    // A word in the text of another leads on, and back leads back.
    const first = TERMS.find((term) => JSON.stringify(term.text).includes("#/learn/glossary/"));
    await open(page, `#/learn/glossary/${first.id}`);
    const link = page.locator(`.term:has(#term-${first.id}) .prose a[href^="#/learn/glossary/"]`).first();
    const to = (await link.getAttribute("href")).split("/").pop();
    await link.click();
    await page.waitForFunction((id) => document.activeElement?.id === `term-${id}`, to);
    const more = TERMS.find((term) => term.page);
    await open(page, `#/learn/glossary/${more.id}`);
    await page.locator(`.term:has(#term-${more.id})`).getByRole("link", { name: `Read on: ${more.page.step} in “${more.page.run}”` }).click();
    await page.locator(".page-title").getByText(more.page.step, { exact: true }).waitFor();
    await open(page, "#/learn/glossary/no-such-word");
    await page.getByRole("alert").getByText("No term is called “no-such-word”").waitFor();
  }));

test("the search in the header finds terms and prompts", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    for (const [words, kind, leads] of [
      [TERMS[40].name, "term", `#/learn/glossary/${TERMS[40].id}`],
      [PROMPTS[3].ask, "interview", `#/learn/interview/${PROMPTS[3].id}`],
    ]) {
      await page.getByRole("button", { name: "Search" }).first().click();
      await page.getByRole("combobox", { name: "Search" }).fill(words);
      // What is fetched for the search comes in pieces, and the list is another with each.
      await still(page);
      const title = words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
      await page.getByRole("option").filter({ has: page.locator(".found-kind", { hasText: kind }) }).filter({ has: page.locator("b", { hasText: new RegExp(`^${title}$`) }) }).first().click();
      await page.waitForFunction((leads) => location.hash === leads, leads);
    }
  }));

test("a prompt shows hints, follow-ups, rubric, model answer and proofs one after the other, and the grade is kept", () =>
  visit({ fragment: `#/learn/interview/${PROMPTS[0].id}` }, async (page) => {
    const prompt = built(`interview/${PROMPTS[0].id}`);
    await page.getByRole("heading", { level: 1, name: PROMPTS[0].ask }).waitFor();
    const more = async (name, lines) => {
      const button = page.getByRole("button", { name });
      for (const line of lines) {
        assert.equal(await page.getByText(line, { exact: true }).count(), 0);
        await tabTo(page, button);
        await page.keyboard.press("Enter");
        await page.getByText(line, { exact: true }).waitFor();
      }
      assert.equal(await button.getAttribute("aria-disabled"), "true");
    };
    await more(/^Show a hint/, prompt.hints);
    await more(/^Ask a follow-up/, prompt.follow_ups);
    const clock = page.getByRole("timer");
    assert.equal(await clock.innerText(), `${PROMPTS[0].minutes}:00`);
    await page.getByRole("button", { name: "Start the clock" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    assert.equal(await page.locator(".rubric").count(), 0, "nothing of the answer is there before");
    await tabTo(page, page.getByRole("button", { name: /^I have answered/ }));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.textContent === "What a good answer contains");
    for (const line of prompt.rubric.flat()) await page.locator(".rubric").getByText(line, { exact: true }).waitFor();
    assert.equal(await page.locator(".prompt-answer .prompt-list li").count(), prompt.proofs.length);
    await tabTo(page, page.getByRole("button", { name: "fair", exact: true }));
    await page.keyboard.press("Enter");
    await page.getByText("Noted: fair.").waitFor();
    await page.reload();
    await page.getByRole("button", { name: /^I have answered/ }).click();
    await page.getByText(/^Before: fair on \d{4}-\d\d-\d\d$/).waitFor();
    await page.locator(".prompt-answer .prompt-list a").first().click();
    await hash(page, "^#/lab/");
    await page.getByRole("link", { name: "← Interview" }).waitFor();
    await open(page, "#/learn/interview");
    await page.locator("li", { hasText: PROMPTS[0].ask }).getByText("last time: fair").waitFor();
  }));

test("a round is chosen, has the same prompts for whoever opens its address, and ends with its grades", () =>
  visit({ fragment: "#/learn/interview" }, async (page) => {
    await page.getByRole("button", { name: "Senior" }).click();
    await page.getByRole("button", { name: "15 min" }).click();
    await page.getByRole("link", { name: /^Start a round/ }).click();
    await hash(page, "^#/learn/interview/round/senior/15/\\d+$");
    const first = await page.getByRole("heading", { level: 1 }).innerText();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    const place = page.locator(".round-place");
    const count = Number(/of (\d+)/.exec(await place.innerText())[1]);
    for (let number = 1; number <= count; number += 1) {
      await place.getByText(`Prompt ${number} of ${count}`).waitFor();
      if (number === 1) {
        await page.getByRole("button", { name: /^I have answered/ }).click();
        await page.getByRole("button", { name: "strong", exact: true }).click();
      }
      await page.getByRole("button", { name: number === count ? "Finish the round" : /^Next prompt/ }).click();
    }
    await page.getByRole("heading", { level: 1, name: "The round is over" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === "The round is over");
    const cells = await page.locator(".result td").allInnerTexts();
    assert.deepEqual(cells, ["strong", ...Array(count - 1).fill("not graded")]);
  }));

test("a round is found again at its prompt and with its grades after a proof was looked at, and can begin again", () =>
  visit({ fragment: "#/learn/interview/round/mid/30/7" }, async (page) => {
    const place = page.locator(".round-place");
    await place.getByText(/^Prompt 1 of/).waitFor();
    await page.getByRole("button", { name: /^Next prompt/ }).click();
    await place.getByText(/^Prompt 2 of/).waitFor();
    await page.getByRole("button", { name: /^I have answered/ }).click();
    await page.getByRole("button", { name: "fair", exact: true }).click();
    await page.locator(".prompt-answer .prompt-list a").first().click();
    await hash(page, "^#/(lab|break)/");
    await page.goBack();
    await place.getByText(/^Prompt 2 of/).waitFor();
    await page.locator(".prompt-answer").getByText("Noted: fair.").waitFor();
    assert.equal(await page.getByRole("button", { name: "fair", exact: true }).getAttribute("aria-pressed"), "true");
  }));

test("the focus goes along from one thing beside the lessons to the next", () =>
  visit({ fragment: "#/learn/practise" }, async (page) => {
    await page.locator(".standing").waitFor();
    await tabTo(page, page.locator(".views").getByRole("link", { name: "Interview", exact: true }));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.tagName === "H1" && document.activeElement.textContent === "Interview");
  }));

test("an address of the interviews that leads nowhere says what it must hold", () =>
  visit({ fragment: "#/learn/interview/round/king/30/7" }, async (page) => {
    await page.getByRole("alert").getByText("its level (junior, mid, senior, staff, or all)").waitFor();
    await page.getByRole("link", { name: "All prompts" }).click();
    await page.locator(".prompt-list").first().waitFor();
    await open(page, "#/learn/interview/no-such-prompt");
    await page.getByRole("alert").getByText("No prompt is called “no-such-prompt”").waitFor();
  }));

test("grades of a newer version of the page are left as they are", () =>
  visit({
    fragment: `#/learn/interview/${PROMPTS[0].id}`,
    prepare: (page) => page.addInitScript(() => localStorage.setItem("handshake-lab/practice", '{"format":"handshake-lab-practice/9"}')),
  }, async (page) => {
    await page.getByText("was stored by another version of this page").waitFor();
    await page.getByRole("button", { name: /^I have answered/ }).click();
    await page.getByRole("button", { name: "weak", exact: true }).click();
    await page.getByText("Noted: weak.").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("handshake-lab/practice")), '{"format":"handshake-lab-practice/9"}');
  }));

test("nothing beside the lessons is wider than a narrow phone", () =>
  visit({ viewport: NARROW }, async (page) => {
    for (const [fragment, there] of [
      ["#/learn/glossary", ".term"],
      [`#/learn/interview`, ".prompt-list"],
      [`#/learn/interview/${PROMPTS.at(-1).id}`, ".one-by-one"],
      ["#/learn/interview/round/mid/30/7", ".one-by-one"],
      ["#/learn/practise", ".standing"],
      ["#/learn/practise/all/5/7", ".question"],
      ["#/learn/practise/exam/all/5/10/7", ".sheet-about"],
      ["#/learn/practise/exam/all/5/10/7/10101", ".lesson-failed"],
      ["#/learn/progress", ".keep"],
    ]) {
      await open(page, fragment);
      await page.locator(there).first().waitFor();
      const answered = page.getByRole("button", { name: /^I have answered/ });
      if (await answered.count()) await answered.click();
      await fits(page, fragment);
    }
  }));
