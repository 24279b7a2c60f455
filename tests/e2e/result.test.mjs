// The result of a lesson: a sheet of the first answers, and its link.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answer, keyboard } from "./answers.mjs";
import { visit } from "./browser.mjs";
import { LESSON, right, verdict, wrong } from "./lesson.mjs";
import { NARROW, fitsNarrow, onPaper, rows } from "./sheet.mjs";

const CARDS = JSON.parse(readFileSync(new URL("../../dist/lessons/built/cards.json", import.meta.url), "utf8"));

const open = (page, fragment) => page.evaluate((to) => { location.hash = to; }, fragment);

test("what was answered in a lesson is a sheet, whose link opens it anywhere, grades it again, and prints", async () => {
  const [{ questions }] = CARDS;
  let link;
  let said;
  let first;
  let score;
  await visit({ fragment: `${LESSON}/3?seed=7` }, async (page) => {
    const question = page.locator(".question").first();
    await question.getByRole("radio").first().check();
    first = (await question.locator(".option").first().innerText()).trim();
    await question.getByRole("button", { name: "Answer", exact: true }).click();
    await right(question).or(wrong(question)).waitFor();
    const isRight = await right(question).isVisible();
    if (!isRight) {
      await verdict(question).getByRole("button", { name: "Try again" }).click();
      await answer(keyboard(page), question);
    }
    score = `${Number(isRight)} of ${questions.length} questions right.`;
    // What was answered about another run is another sheet.
    await open(page, `${LESSON}/99?seed=8`);
    await page.locator(".score").waitFor();
    await page.reload();
    await page.locator(".lesson-end").getByRole("link", { name: `Sheet with seed 7: 1 of ${questions.length} answered` }).click();
    await page.locator("#main .score").getByText(score).waitFor();
    link = await page.evaluate(() => location.hash);
    assert.match(link, /^#\/learn\/practise\/lesson\/your-first-handshake\/7\/A[\w-]+$/);
    said = await page.locator("#main .sheet").innerText();
  });
  await visit({ fragment: link }, async (page) => {
    await page.locator("#main .score").getByText(score).waitFor();
    assert.equal(await page.locator("#main .sheet").innerText(), said, "as whoever answered saw it");
    assert.equal(await rows(page).count(), questions.length);
    const reached = rows(page).filter({ hasNotText: "not reached" });
    assert.equal(await reached.count(), 1);
    assert.equal((await reached.locator(".yours").innerText()).trim(), first, "the first answer counts");
    assert.equal(await page.locator("#main .sheet-changed").count(), 0);
    assert.ok(!(await page.locator(".sheet-about").innerText()).includes("Time taken"));
    await onPaper(page, 7, ["By page", "Your first handshake", score]);
    await page.emulateMedia({ media: "screen" });
    await reached.getByRole("link").click();
    await page.locator(".page-title").waitFor();
    await page.waitForFunction(() => /^#\/learn\/your-first-handshake\/3\?(.*&)?seed=7(&|$)/.test(location.hash));
    await page.locator(".question").first().waitFor();
    assert.equal(await page.locator(".question.solved").count(), 0, "to look at a result answers nothing");
  });
  await visit({ fragment: link, viewport: NARROW }, fitsNarrow);
});

test("a damaged link to a lesson's result, one of no lesson and one of a lesson that changed since say so", async () => {
  let link;
  await visit({ fragment: `${LESSON}/3?seed=7` }, async (page) => {
    await answer(keyboard(page), page.locator(".question").first());
    await open(page, `${LESSON}/99?seed=7`);
    await page.getByRole("link", { name: /^Sheet with seed 7/ }).click();
    await rows(page).first().waitFor();
    link = await page.evaluate(() => location.hash);
    for (const damaged of [link.slice(0, -1), `${link}x`, link.replace("/7/A", "/8/A")]) {
      await open(page, damaged);
      await page.getByRole("alert").getByText("This link is damaged").waitFor();
      assert.equal(await rows(page).count(), 0);
    }
    await open(page, link.replace("your-first-handshake", "no-such-lesson"));
    await page.getByRole("alert").getByText("no lesson has the name “no-such-lesson”").waitFor();
    await open(page, link.slice(0, -1));
    await page.getByRole("link", { name: "Open the lesson" }).click();
    await page.locator(".page-title").waitFor();
  });
  const added = CARDS.map((card) => ({ ...card, questions: [{ ...card.questions[0], id: "one-more" }, ...card.questions] }));
  await visit({
    fragment: link,
    prepare: (page) => page.route("**/lessons/built/cards.json", (route) => route.fulfill({ json: added })),
  }, async (page) => {
    await page.getByRole("alert").getByText("The lesson has changed since").waitFor();
    assert.equal(await rows(page).count(), 0);
  });
});
