// The first lesson, done to its end as a person would.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, visit } from "./browser.mjs";

const LESSON = "#/learn/your-first-handshake";

/** Which field of the lab's tree answers a question about bytes; a closed record has its own tree. */
const BYTES = { "server-name-bytes": "HostName", "server-random-bytes": "random", "tag-bytes": "authentication tag" };

/** The right order of the steps that the lesson asks about. */
const ORDER = ["SYN", "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate", "CertificateVerify", "Finished", "GET /", "close_notify"];

const right = (question) => question.locator(".verdict").getByText("Right.");
const wrong = (question) => question.locator(".verdict").getByText("Not yet.");
const heading = (page) => page.locator(".page-title").innerText();

/** Opens the closed branches of the field tree until `name` is there, and selects it. */
async function selectField(page, name) {
  const row = page.locator(".step [role=treeitem]", { has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) }).first();
  for (let closed = 0; closed < 40 && !(await row.isVisible()); closed++) {
    const branch = page.locator(".step [role=treeitem][aria-expanded=false]").first();
    await branch.click();
    await page.keyboard.press("ArrowRight");
  }
  await row.click();
}

/** Gives two wrong answers, looks up the right one, and types it. */
async function answerTyped(question) {
  const input = question.getByRole("textbox");
  const answer = question.getByRole("button", { name: "Answer", exact: true });
  for (const text of ["no", "nonsense"]) {
    await input.fill(text);
    await answer.click();
    await wrong(question).waitFor();
  }
  await question.getByRole("button", { name: "Show the answer" }).click();
  const [number] = (await question.locator(".expected").innerText()).split(" ");
  await input.fill(number);
  await input.press("Enter");
}

async function answerChoice(question) {
  for (const option of await question.getByRole("radio").all()) {
    await option.check();
    await question.getByRole("button", { name: "Answer", exact: true }).click();
    await right(question).or(wrong(question)).waitFor();
    if (await right(question).isVisible()) return;
    assert.ok((await question.locator(".verdict").innerText()).length > 40, "a wrong option is told why");
  }
}

/** Sorts the lines with their buttons, by keyboard alone. */
async function answerOrder(page, question) {
  const names = async () => (await question.locator("ol.order li > span:first-child").allInnerTexts()).map((line) => line.split(" (")[0]);
  for (let sorted = false; !sorted; ) {
    sorted = true;
    const lines = await names();
    for (let at = 0; at + 1 < lines.length; at++) {
      if (ORDER.indexOf(lines[at]) <= ORDER.indexOf(lines[at + 1])) continue;
      await question.getByRole("button", { name: `Move down: ${lines[at]} (` }).focus();
      await page.keyboard.press("Enter");
      // The page puts the focus on the moved line in the next frame; a person sees that before going on.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      [lines[at], lines[at + 1]] = [lines[at + 1], lines[at]];
      assert.deepEqual(await names(), lines);
      sorted = false;
    }
  }
  await question.getByRole("button", { name: "Answer", exact: true }).click();
}

/** Chooses wrongly twice, looks up what belongs to each line, and chooses that. */
async function answerMatch(question) {
  const answer = question.getByRole("button", { name: "Answer", exact: true });
  const lists = await question.getByRole("combobox").all();
  assert.ok(await answer.isDisabled(), "an unfinished answer cannot be given");
  for (let tries = 0; tries < 2; tries += 1) {
    for (const list of lists) await list.selectOption({ index: 1 });
    await answer.click();
    await wrong(question).waitFor();
    assert.match(await question.locator(".verdict").innerText(), /1 of \d are right/);
  }
  await question.getByRole("button", { name: "Show the answer" }).click();
  const pairs = (await question.locator(".expected").innerText()).split("; ").map((pair) => pair.split(": "));
  for (const [item, choice] of pairs) await question.getByLabel(item, { exact: true }).selectOption({ label: choice });
  await answer.click();
}

async function answerBytes(page, question, id) {
  await selectField(page, BYTES[id]);
  await question.getByRole("button", { name: "This is my answer" }).click();
}

/** Answers every question on the page that is open, and gives back how many there were. */
async function answerAll(page) {
  const questions = await page.locator(".question").all();
  for (const question of questions) {
    const id = (await question.getAttribute("aria-labelledby")).replace("question-", "");
    if (await question.getByRole("radio").count()) await answerChoice(question);
    else if (await question.getByRole("textbox").count()) await answerTyped(question);
    else if (await question.getByRole("combobox").count()) await answerMatch(question);
    else if (await question.locator("ol.order").count()) await answerOrder(page, question);
    else await answerBytes(page, question, id);
    await right(question).waitFor();
  }
  return questions.length;
}

async function toTheEnd(page) {
  let questions = 0;
  while (await page.locator(".lesson-nav .primary").isVisible()) {
    questions += await answerAll(page);
    const before = await heading(page);
    await page.locator(".lesson-nav .primary").click();
    await page.waitForFunction((before) => document.querySelector(".page-title").innerText !== before, before);
    assert.equal(await page.evaluate(() => document.activeElement.className), "page-title");
  }
  return questions;
}

test("the lesson is found in the list, done to its end, remembered and reset", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    await page.getByText("Not begun yet").waitFor();
    await page.getByRole("link", { name: "Your first handshake" }).click();
    await page.locator(".page-title").waitFor();
    const questions = await toTheEnd(page);
    assert.ok(questions >= 7, `${questions} questions`);
    assert.match(await page.locator(".score").innerText(), new RegExp(`^All ${questions} questions right`));
    await page.reload();
    assert.match(await page.locator(".score").innerText(), /^All/);
    await page.getByRole("button", { name: "Reset my progress" }).click();
    await page.getByRole("button", { name: "Keep them" }).click();
    assert.match(await page.locator(".score").innerText(), /^All/);
    await page.getByRole("button", { name: "Reset my progress" }).click();
    await page.getByRole("button", { name: "Forget them" }).click();
    assert.match(await page.locator(".score").innerText(), /^0 of/);
    await page.getByRole("link", { name: "All lessons" }).click();
    await page.getByText("Not begun yet").waitFor();
  }));

test("the lesson can be done on a phone", () =>
  visit({ fragment: `${LESSON}/4`, viewport: WIDTHS.phone }, async (page) => {
    await page.locator(".question").first().waitFor();
    assert.equal(await answerAll(page), 1);
  }));

test("another seed asks anew and has another answer", () =>
  visit({ fragment: `${LESSON}/2` }, async (page) => {
    const question = page.locator(".question");
    await answerTyped(question);
    await right(question).waitFor();
    const first = await question.locator(".verdict .expected").innerText();
    await page.getByRole("button", { name: "New seed" }).click();
    await right(question).waitFor({ state: "detached" });
    const input = question.getByRole("textbox");
    await input.fill(first);
    await input.press("Enter");
    await wrong(question).waitFor();
  }));

test("a page moves the lab to its step, and back leads to the page before", () =>
  visit({ fragment: `${LESSON}/4` }, async (page) => {
    const step = page.locator(".step h1");
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ClientHello");
    await page.locator(".lesson-nav .primary").click();
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ServerHello");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector(".step h1")?.innerText === "ClientHello");
    assert.equal(await step.innerText(), "ClientHello");
    assert.match(await heading(page), /^ClientHello/);
  }));

test("a lesson that cannot be loaded says what, where and what to do", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    // What another version built is no lesson: the Markdown is read in its place.
    await page.route("**/lessons/built/0*.json", (route) => route.fulfill({ body: "{}" }));
    await page.route("**/lessons/*.md", (route) => route.fulfill({ body: "+++\nid = 5\n+++\n" }));
    await page.goto(page.url().replace(/#.*/, `${LESSON}/1`));
    const alert = page.getByRole("alert");
    await alert.getByText("lessons/01-your-first-handshake.md:2:").waitFor();
    await page.unroute("**/lessons/*.md");
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.locator(".page-title").waitFor();
    await page.goto(page.url().replace(/#.*/, "#/learn/no-such-lesson/1"));
    await page.getByText("no lesson is called “no-such-lesson”").waitFor();
  }));

/** The files that the page asks for while `visitor` looks around. */
async function fetched(page, visitor) {
  const names = [];
  page.on("request", (request) => names.push(new URL(request.url()).pathname.split("/").pop()));
  await visitor();
  return names;
}

test("a built lesson is opened without its Markdown and without a parser", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const names = await fetched(page, async () => {
      await page.goto(page.url().replace(/#.*/, `${LESSON}/1`));
      await page.locator(".lesson-page p").first().waitFor();
    });
    assert.ok(names.includes("01-your-first-handshake.json"), names.join(" "));
    assert.deepEqual(names.filter((name) => /\.md$|source/.test(name)), []);
  }));

test("a lesson that was added to a built page is read in the page", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const mine = `+++
id = "mine"
title = "My own"
minutes = 1
level = "beginner"
summary = "Mine."
scenario = "tls13"
objectives = ["say hello"]
+++
## Hello

The server chose **{{message.ServerHello.cipher_suite}}** <b>here</b>.
`;
    await page.route("**/lessons/index.toml", (route) => route.fulfill({ body: 'lessons = ["01-your-first-handshake.md", "02-mine.md"]\n' }));
    await page.route("**/lessons/02-mine.md", (route) => route.fulfill({ body: mine }));
    await page.goto(page.url().replace(/#.*/, "#/learn"));
    await page.getByRole("link", { name: "Your first handshake" }).waitFor();
    await page.getByRole("link", { name: "My own" }).click();
    const text = page.locator(".lesson-page");
    await text.getByText("The server chose").waitFor();
    assert.match(await text.innerText(), /The server chose TLS_\w+ \(0x[0-9a-f]{4}\) <b>here<\/b>\./);
    assert.match(await text.locator("strong").innerText(), /^TLS_/);
  }));

test("progress that cannot be read is told and kept aside", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await page.evaluate(() => localStorage.setItem("handshake-lab/progress", "{broken"));
    await page.goto(page.url().replace(/#.*/, "#/learn"));
    await page.getByText("could not be read").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("handshake-lab/progress-unreadable")), "{broken");
    await page.getByText("Not begun yet").waitFor();
  }));
