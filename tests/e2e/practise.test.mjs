// Practise: sets of questions out of all lessons, and exams, by their addresses.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tabTo, visit } from "./browser.mjs";

const LESSONS = JSON.parse(readFileSync(new URL("../../dist/lessons/built/cards.json", import.meta.url), "utf8"));

const PRACTICE = JSON.parse(readFileSync(new URL("../../dist/lessons/built/practice.json", import.meta.url), "utf8"));

const open = (page, fragment) => page.evaluate((fragment) => { location.hash = fragment; }, fragment);
const place = (page) => page.locator(".page-title").innerText();
const prompt = (page) => page.locator(".question .prompt").innerText();

/** Waits for the question at this place. */
const at = async (page, text) => {
  await page.locator(".page-title").getByText(text, { exact: true }).waitFor();
  await page.locator(".question .prompt").waitFor();
};

/** Says of the present question that the answer is not known. */
async function pass(page) {
  const button = page.getByRole("button", { name: "I do not know" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

test("a set is the same for whoever opens its address; what is missed comes again, and is kept", () =>
  visit({ fragment: "#/learn/practise/all/3/7" }, async (page) => {
    const [asked, lessons] = [[], []];
    for (const number of [1, 2, 3]) {
      await at(page, `Question ${number} of 3`);
      asked.push(await prompt(page));
      lessons.push(await page.getByText(/^From the lesson/).innerText());
      await pass(page);
      await page.locator(".lesson-foot").getByText("Not right. It comes again.").waitFor();
      await page.waitForFunction(() => document.activeElement.innerText === "Next →");
      await page.keyboard.press("Enter");
    }
    for (const number of [1, 2, 3]) {
      await at(page, `Missed before: ${number} of 3`);
      assert.equal(await prompt(page), asked[number - 1]);
      await pass(page);
      await page.getByRole("button", { name: "Next →" }).click();
    }
    await page.getByText("0 of 3 questions right.").waitFor();
    assert.equal(await page.locator("#main .sheet tbody tr").count(), 3);
    await page.reload();
    await at(page, "Question 1 of 3");
    assert.equal(await prompt(page), asked[0]);
    await open(page, "#/learn/practise");
    await page.locator(".standing").waitFor();
    const missed = await page.locator(".standing tbody td:last-child").allInnerTexts();
    assert.equal(missed.map(Number).reduce((sum, each) => sum + each, 0), 3, "kept after loading the page again");
    await page.getByRole("link", { name: "My weakest first" }).click();
    await at(page, "Question 1 of 10");
    // Of another seed's run, so some words differ: the lesson tells whose it is.
    const from = await page.getByText(/^From the lesson/).innerText();
    assert.ok(lessons.includes(from), `what was missed comes first, and not what is ${from}`);
  }));

test("a set is found again where it was left, after a look at the lab and at its lesson", () =>
  visit({ fragment: "#/learn/practise/all/3/7" }, async (page) => {
    await at(page, "Question 1 of 3");
    await pass(page);
    await page.getByRole("button", { name: "Next →" }).click();
    await at(page, "Question 2 of 3");
    await open(page, "#/lab/tls13");
    await page.locator(".step h1").waitFor();
    await page.goBack();
    await at(page, "Question 2 of 3");
    for (const number of [2, 3]) {
      await at(page, `Question ${number} of 3`);
      await pass(page);
      await page.getByRole("button", { name: "Next →" }).click();
    }
    for (const number of [1, 2, 3]) {
      await at(page, `Missed before: ${number} of 3`);
      await pass(page);
      await page.locator(".lesson-foot").getByText(/Not right\.$/).waitFor();
      await page.getByRole("button", { name: "Next →" }).click();
    }
    await page.locator("#main .sheet a").first().click();
    await page.waitForFunction(() => /^#\/learn\/[^/]+\/\d/.test(location.hash));
    await page.goBack();
    await page.getByText("0 of 3 questions right.").waitFor();
    await page.getByRole("button", { name: "The same set again" }).click();
    await at(page, "Question 1 of 3");
  }));

test("a set is of one lesson where its address says so", () =>
  visit({ fragment: "#/learn/practise" }, async (page) => {
    const { title, id } = LESSONS[1].about;
    await page.getByLabel("Questions of").selectOption({ label: title });
    await page.getByRole("button", { name: "5", exact: true }).click();
    await page.getByRole("link", { name: /^Practise →/ }).click();
    await page.waitForFunction((id) => location.hash.startsWith(`#/learn/practise/${id}/5/`), id);
    await at(page, "Question 1 of 5");
    await page.locator(".question, .lesson-page").getByText(`From the lesson “${title}”`).waitFor();
  }));

test("a set is of one skill and of one difficulty where its address says so", () =>
  visit({ fragment: "#/learn/practise" }, async (page) => {
    const [skill] = PRACTICE.skills;
    const asks = LESSONS.flatMap(({ about, questions }) => questions.map((asks) => ({ ...asks, title: about.title })));
    await page.getByLabel("Questions of").selectOption({ label: skill.name });
    await page.getByText(`To be able to ${skill.can}.`).waitFor();
    await page.getByRole("group", { name: "How hard" }).getByRole("button", { name: "easy" }).click();
    await page.getByRole("link", { name: /^Practise →/ }).click();
    await page.waitForFunction((id) => location.hash.startsWith(`#/learn/practise/skill/${id}/easy/10/`), skill.id);
    const easy = asks.filter((one) => one.skill === skill.id && one.difficulty === 1);
    await at(page, `Question 1 of ${easy.length}`);
    const from = await page.getByText(/^From the lesson/).innerText();
    assert.ok(easy.some(({ title }) => from.includes(title)), from);
    await open(page, "#/learn/practise/skill/banana/10/7");
    await page.getByRole("alert").getByText("no skill has the name “banana”").waitFor();
  }));

test("a set that has a name is opened from the choice, and asks its questions in order", () =>
  visit({ fragment: "#/learn/practise" }, async (page) => {
    for (const { id, name, questions } of PRACTICE.sets) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.waitForFunction((id) => location.hash.startsWith(`#/learn/practise/set/${id}/`), id);
      for (const [index, { lesson }] of questions.entries()) {
        await at(page, `Question ${index + 1} of ${questions.length}`);
        const { title } = LESSONS.find(({ about }) => about.id === lesson).about;
        await page.getByText(`From the lesson “${title}”`).waitFor();
        await pass(page);
        await page.getByRole("button", { name: "Next →" }).click();
      }
      await open(page, "#/learn/practise");
      await page.locator(".standing").waitFor();
    }
  }));

test("an exam says nothing before its end, and its address then opens the sheet again", () =>
  visit({ fragment: "#/learn/practise/exam/all/2/5/7" }, async (page) => {
    await page.getByRole("timer").waitFor();
    for (const number of [1, 2]) {
      await at(page, `Question ${number} of 2`);
      assert.equal(await page.locator(".question-hint").count(), 0);
      await pass(page);
    }
    await page.waitForFunction(() => /^#\/learn\/practise\/exam\/all\/2\/5\/7\/00$/.test(location.hash));
    await page.locator("#main .sheet").waitFor();
    const rows = await page.locator("#main .sheet").innerText();
    await page.reload();
    await page.locator("#main .sheet").waitFor();
    assert.equal(await page.locator("#main .sheet").innerText(), rows);
    await page.getByText("0 of 2 questions right.").waitFor();
    await open(page, "#/learn/practise/exam/all/2/5/7/10");
    await page.getByText("1 of 2 questions right.").waitFor();
  }));

test("an address of a set that leads nowhere says what it must hold", () =>
  visit({ fragment: "#/learn/practise/all/many/7" }, async (page) => {
    await page.getByRole("alert").getByText("as in all/10/7").waitFor();
    await open(page, "#/learn/practise/no-such-lesson/10/7");
    await page.getByRole("alert").getByText("no lesson has the name “no-such-lesson”").waitFor();
    await page.getByRole("link", { name: "Choose questions" }).click();
    await page.locator(".standing").waitFor();
  }));
