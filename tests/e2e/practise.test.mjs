// Practise: sets of questions out of all lessons, and exams, by their addresses.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tabTo, visit } from "./browser.mjs";
import { NARROW, fitsNarrow, onPaper, rows as sheet } from "./sheet.mjs";

const LESSONS = JSON.parse(readFileSync(new URL("../../dist/lessons/built/cards.json", import.meta.url), "utf8"));

const PRACTICE = JSON.parse(readFileSync(new URL("../../dist/lessons/built/practice.json", import.meta.url), "utf8"));

/** Three questions, in twenty minutes. */
const TIMED = "#/learn/practise/timed/all/3/20/7";

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

/** Moves the beginning of the open set back by so many seconds, for when the page is loaded again. */
const earlier = (page, seconds) =>
  page.evaluate((seconds) => {
    const key = Object.keys(sessionStorage).find((key) => key.includes("left/"));
    const kept = JSON.parse(sessionStorage.getItem(key));
    kept.began -= seconds * 1000;
    sessionStorage.setItem(key, JSON.stringify(kept));
  }, seconds);

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
    await page.getByText("0 of 3 questions right.").waitFor();
    await page.getByRole("button", { name: "The same set again" }).click();
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

test("a set goes on where it was left, after the page is loaded again and from elsewhere, with its clock", () =>
  visit({ fragment: TIMED }, async (page) => {
    const foot = page.locator(".lesson-foot");
    await at(page, "Question 1 of 3");
    await pass(page);
    await foot.getByText("Not right. It comes again.").waitFor();
    // What was said stays as well, until one goes on.
    const said = await foot.innerText();
    await earlier(page, 300);
    await page.reload();
    await foot.getByText("Not right. It comes again.").waitFor();
    assert.equal(await foot.innerText(), said);
    assert.equal(await page.getByRole("button", { name: "I do not know" }).count(), 0, "it was answered");
    const [minutes] = (await page.getByRole("timer").innerText()).split(":");
    assert.ok(Number(minutes) <= 15, "the clock went on");
    await page.getByRole("button", { name: "Next →" }).click();
    await at(page, "Question 2 of 3");
    const asked = await prompt(page);
    await page.reload();
    await at(page, "Question 2 of 3");
    assert.equal(await prompt(page), asked);
    await open(page, "#/lab/tls13");
    await page.locator(".step h1").waitFor();
    await page.goBack();
    await at(page, "Question 2 of 3");
    await page.getByRole("link", { name: "Choose other questions" }).click();
    await page.getByText("A set is not finished").waitFor();
    await page.getByRole("link", { name: "Go on with the set →" }).click();
    for (const place of ["Question 2 of 3", "Question 3 of 3", "Missed before: 1 of 3", "Missed before: 2 of 3", "Missed before: 3 of 3"]) {
      await at(page, place);
      await pass(page);
      await foot.getByText(/Not right\./).waitFor();
      await page.getByRole("button", { name: "Next →" }).click();
    }
    await page.locator("#main .sheet td:last-child a").first().click();
    await page.waitForFunction(() => /^#\/learn\/[^/]+\/\d/.test(location.hash));
    await page.goBack();
    await page.getByText("0 of 3 questions right.").waitFor();
    await page.getByRole("link", { name: "Choose questions" }).click();
    await page.locator(".standing").waitFor();
    assert.equal(await page.getByText("A set is not finished").count(), 0);
  }));

test("a set whose time was over meanwhile ends with what was answered", () =>
  visit({ fragment: TIMED }, async (page) => {
    await at(page, "Question 1 of 3");
    await pass(page);
    await page.getByRole("button", { name: "Next →" }).click();
    await at(page, "Question 2 of 3");
    await earlier(page, 1201);
    await page.reload();
    await page.getByText("0 of 1 questions right.").waitFor();
    await page.getByText("2 questions were not answered. Time is up.").waitFor();
  }));

test("what is opened while a question is loading stays open, and keeps the focus", () =>
  visit({ fragment: "#/learn/practise/all/3/7" }, async (page) => {
    await at(page, "Question 1 of 3");
    await pass(page);
    const share = page.getByRole("button", { name: "Share", exact: true });
    let go;
    const gone = new Promise((done) => { go = done; });
    await page.route("**/lessons/built/*.json", async (route) => {
      await gone;
      await route.continue();
    });
    await page.getByRole("button", { name: "Next →" }).click();
    await share.click();
    go();
    await at(page, "Question 2 of 3");
    // The heading asked for the focus when it was drawn.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await share.getAttribute("aria-expanded"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Share");
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
    await page.getByRole("group", { name: "Difficulty" }).getByRole("button", { name: "easy" }).click();
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

const EXAM = "#/learn/practise/exam/all/5/10/4";
const handedIn = (page) => page.waitForFunction((exam) => location.hash.startsWith(`${exam}/A`), EXAM);

/** Presses the button that starts the clock. */
const start = (page) => page.getByRole("button", { name: "Start the exam" }).click();

/** Gives the right answer where it can be told from its line, and passes where it cannot. Whether it was given. */
async function answer(page, expected) {
  const question = page.locator(".question");
  const options = question.locator(".option");
  const field = question.locator("input[type=text]");
  const wanted = (await options.count()) && (await options.first().locator("input").getAttribute("type")) === "radio" ? [expected] : expected.split(/\s*\n\s*/);
  const texts = (await options.allInnerTexts()).map((text) => text.trim());
  const found = texts.flatMap((text, at) => (wanted.includes(text) ? [at] : []));
  if (expected && (await field.count())) await field.fill(expected);
  else if (expected && found.length === wanted.length) for (const at of found) await options.nth(at).locator("input").check();
  else {
    await pass(page);
    return false;
  }
  await question.getByRole("button", { name: "Answer", exact: true }).click();
  return true;
}

/** Passes on every question of the exam. Gives what its sheet says is right. */
async function takenWithoutKnowing(page) {
  await start(page);
  for (let number = 1; number <= 5; number += 1) {
    await at(page, `Question ${number} of 5`);
    assert.equal(await page.locator(".question-hint").count(), 0);
    await pass(page);
  }
  await handedIn(page);
  await sheet(page).first().waitFor();
  assert.equal(await sheet(page).count(), 5);
  const expected = [];
  for (const row of await sheet(page).all()) {
    assert.match(await row.locator(".yours").innerText(), /I do not know/);
    const line = row.locator(".expected");
    expected.push((await line.count()) ? (await line.innerText()).trim() : "");
  }
  return expected;
}

test("an exam says nothing before its end; its link opens the sheet anywhere, grades again, and prints", async () => {
  let link;
  let said;
  let right = 0;
  await visit({ fragment: EXAM }, async (page) => {
    const rules = page.locator("#main dl");
    for (const rule of ["5, one after the other", "all lessons", "10 minutes", "counts the same", "your score", "come back"]) {
      await rules.getByText(rule).waitFor();
    }
    assert.equal(await page.getByRole("timer").count(), 0, "no clock runs yet");
    // Nothing began that loading the page again would go on with.
    assert.equal(await page.evaluate(() => sessionStorage.getItem("handshake-lab/open-exam")), null);
    const expected = await takenWithoutKnowing(page);
    await page.locator("#main .score").getByText("0 of 5 questions right.").waitFor();
    await open(page, EXAM);
    await tabTo(page, page.getByRole("button", { name: "Start the exam" }));
    await page.keyboard.press("Enter");
    await page.getByRole("timer").waitFor();
    for (const [number, line] of expected.entries()) {
      await at(page, `Question ${number + 1} of 5`);
      assert.equal(await page.locator(".lesson-foot .said").count(), 0, "nothing is said before the end");
      if (await answer(page, line)) right += 1;
    }
    assert.ok(right >= 2, "some of the answers can be told from a line");
    await handedIn(page);
    await page.locator("#main .score").getByText(`${right} of 5 questions right.`).waitFor();
    link = await page.evaluate(() => location.hash);
    said = await page.locator("#main .sheet").innerText();
  });
  await visit({ fragment: link }, async (page) => {
    await page.locator("#main .score").getByText(`${right} of 5 questions right.`).waitFor();
    assert.equal(await page.locator("#main .sheet").innerText(), said, "as whoever took it saw it");
    for (const row of await sheet(page).all()) {
      const is = (await row.locator("td").first().innerText()).trim();
      assert.match(is, /right|wrong/);
      if (is.includes("right")) assert.doesNotMatch(await row.locator(".yours").innerText(), /I do not know/);
      assert.equal(await row.locator(".sheet-changed").count(), 0);
      assert.ok((await row.locator(".prose").last().innerText()).length > 10, "says why");
    }
    await onPaper(page, 4, ["By lesson", `${right} of 5 questions right.`]);
  });
  await visit({ fragment: link, viewport: NARROW }, fitsNarrow);
});

test("an exam goes on after the page is loaded again, with its clock, and ends when its time is over", () =>
  visit({ fragment: EXAM }, async (page) => {
    await start(page);
    await at(page, "Question 1 of 5");
    await page.waitForFunction(() => document.activeElement.className === "page-title");
    await pass(page);
    await at(page, "Question 2 of 5");
    const asked = await prompt(page);
    await earlier(page, 300);
    await page.reload();
    await at(page, "Question 2 of 5");
    assert.equal(await prompt(page), asked);
    const [minutes] = (await page.getByRole("timer").innerText()).split(":");
    assert.ok(Number(minutes) <= 5, "the clock went on");
    // Also after a look at the lab.
    await open(page, "#/lab/tls13");
    await page.locator(".step h1").waitFor();
    await page.goBack();
    await at(page, "Question 2 of 5");
    await page.getByRole("link", { name: "Choose other questions" }).click();
    await page.getByRole("link", { name: "Go on with the exam →" }).click();
    await at(page, "Question 2 of 5");
    await earlier(page, 600);
    await page.reload();
    await handedIn(page);
    await page.locator("#main .score").getByText("0 of 5 questions right.").waitFor();
    assert.deepEqual(
      (await page.locator("#main .yours").allInnerTexts()).map((text) => text.trim()),
      ["“I do not know.”", ...Array(4).fill("Not reached.")],
    );
    await page.locator("#main").getByText("Time is up.").waitFor();
    const marks = await page.locator("#main .sheet td:first-child").allInnerTexts();
    assert.deepEqual(marks.map((text) => text.trim()), ["1. ✗ wrong", ...[2, 3, 4, 5].map((number) => `${number}. – not reached`)]);
    // What is over is not found again: the address begins anew.
    await open(page, EXAM);
    await page.getByRole("button", { name: "Start the exam" }).waitFor();
  }));

test("a link of before, a damaged one and one of other lessons say what they are", async () => {
  let link;
  await visit({ fragment: EXAM }, async (page) => {
    await takenWithoutKnowing(page);
    link = await page.evaluate(() => location.hash);
  });
  await visit({ fragment: `${EXAM}/10110` }, async (page) => {
    await page.getByRole("alert").getByText("It holds marks only (3 of 5 right) and no answers").waitFor();
    for (const damaged of [link.slice(0, -1), `${link}x`, link.replace("/4/A", "/8/A"), `${link.slice(0, -4)}....`]) {
      await open(page, damaged);
      await page.getByRole("alert").getByText("This link is damaged").waitFor();
      assert.equal(await page.locator("#main .sheet").count(), 0);
    }
    await page.getByRole("link", { name: "Take this exam" }).click();
    await page.getByRole("button", { name: "Start the exam" }).waitFor();
  });
  // A lesson with a question more: other questions are drawn.
  const added = LESSONS.map((card) => ({ ...card, questions: [{ ...card.questions[0], id: "one-more" }, ...card.questions] }));
  await visit({
    fragment: link,
    prepare: (page) => page.route("**/lessons/built/cards.json", (route) => route.fulfill({ json: added })),
  }, async (page) => {
    await page.getByRole("alert").getByText("The lessons have changed since").waitFor();
    assert.equal(await page.locator("#main .sheet").count(), 0);
  });
});

test("an address of a set that leads nowhere says what it must hold", () =>
  visit({ fragment: "#/learn/practise/all/many/7" }, async (page) => {
    await page.getByRole("alert").getByText("as in all/10/7").waitFor();
    await open(page, "#/learn/practise/no-such-lesson/10/7");
    await page.getByRole("alert").getByText("no lesson has the name “no-such-lesson”").waitFor();
    await page.getByRole("link", { name: "Choose questions" }).click();
    await page.locator(".standing").waitFor();
  }));
