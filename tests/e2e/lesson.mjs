// What the tests of lessons share: a lesson of their own, ways to answer, and what is said of an answer.

import assert from "node:assert/strict";

export const LESSON = "#/learn/your-first-handshake";

/** What stands in the place of a question that is answered. */
export const right = (question) => question.locator(".solved-answer");
/** What is said of the last answer stands in the foot of the lesson, for one question at a time. */
export const verdict = (question) => question.page().locator(".lesson-foot .verdict");
export const wrong = (question) => verdict(question).getByText("Not yet.");

/** A lesson with these pages, in place of the first one's Markdown, where nothing is built. */
export async function lessonOf(page, body, open = "/1") {
  const text = `+++
id = "your-first-handshake"
title = "Mine"
minutes = 1
level = "beginner"
summary = "Mine."
scenario = "tls13"
objectives = ["say hello"]
sources = ["RFC 9846, section 4"]
+++
${body}`;
  await page.route("**/lessons/built/*.json", (route) => route.fulfill({ body: "{}" }));
  await page.route("**/lessons/01-*.md", (route) => route.fulfill({ body: text }));
  await page.goto(page.url().replace(/#.*/, `${LESSON}${open}`));
}

/** Opens the closed branches of the field tree until `name` is there, and selects it. */
export async function selectField(page, name) {
  const row = page.locator(".step [role=treeitem]", { has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) }).first();
  for (let closed = 0; closed < 40 && !(await row.isVisible()); closed++) {
    const branch = page.locator(".step [role=treeitem][aria-expanded=false]").first();
    await branch.click();
    await page.keyboard.press("ArrowRight");
  }
  await row.click();
}

/** Puts the lines into this order with their buttons, by keyboard alone, and gives the answer. */
export async function answerOrder(question, order) {
  const page = question.page();
  const names = async () => (await question.locator("ol.order .item").allInnerTexts()).map((line) => line.split(" (")[0]);
  for (let sorted = false; !sorted; ) {
    sorted = true;
    const lines = await names();
    for (let at = 0; at + 1 < lines.length; at++) {
      if (order.indexOf(lines[at]) <= order.indexOf(lines[at + 1])) continue;
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
