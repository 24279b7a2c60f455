// My progress, what is to be reviewed, and what is kept: as a file, in two tabs, under names of before.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tabTo, visit, WIDTHS } from "./browser.mjs";

const CARDS = JSON.parse(readFileSync(new URL("../../dist/lessons/built/cards.json", import.meta.url), "utf8"));
const [FIRST, SECOND] = CARDS;
const ID = FIRST.about.id;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Today as the page counts it, where the browser is. */
const day = (page) => page.evaluate((ms) => Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / ms), DAY_MS);

const store = (page, name, record) => page.evaluate(([name, text]) => localStorage.setItem(`handshake-lab/${name}`, text), [name, JSON.stringify(record)]);
const stored = (page, name) => page.evaluate((name) => JSON.parse(localStorage.getItem(`handshake-lab/${name}`)), name);
const heading = (page) => page.getByRole("heading", { level: 1, name: "My progress" });
const said = (page) => page.locator(".said-last");

/** A record of what was practised: the first questions of the first lesson, in boxes as `places` says. */
const practice = (places) => ({
  format: "handshake-lab-practice/2",
  boxes: Object.fromEntries(places.map((place, at) => [`${ID}/${FIRST.questions[at].id}`, { answers: 1, ...place }])),
  grades: {},
  exams: [{ day: "2026-11-29", sheet: "exam/all/2/5/7/01" }],
});

const progress = () => ({
  format: "handshake-lab-progress/3",
  lessons: { [ID]: { pages: FIRST.pages.slice(0, 3), questions: { [FIRST.questions[0].id]: { right: true, attempts: 1 } } } },
});

/** Opens the screen with these records there. */
const withRecords = async (page, records) => {
  for (const [name, record] of Object.entries(records)) await store(page, name, record);
  await page.reload();
  await heading(page).waitFor();
};

test("where nothing is kept, the screen leads to the first lesson, and asks to forget nothing", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    const tab = page.locator(".views").getByRole("link", { name: "My progress", exact: true });
    await tabTo(page, tab);
    await page.keyboard.press("Enter");
    await heading(page).waitFor();
    assert.equal(await tab.getAttribute("aria-current"), "true");
    assert.match(await page.title(), /^My progress · Learn/);
    await page.getByText("There is nothing here yet").waitFor();
    assert.ok(!(await page.getByRole("button", { name: "Forget everything…" }).isVisible()));
    assert.ok(!(await page.getByRole("button", { name: "Save as a file" }).isVisible()));
    await page.getByRole("link", { name: `Start: ${FIRST.about.title} →` }).click();
    await page.waitForFunction((id) => location.hash.startsWith(`#/learn/${id}/1`), ID);
  }));

test("what is kept is told in numbers that stand beside each bar", () =>
  visit({ fragment: "#/learn/progress" }, async (page) => {
    const today = await day(page);
    await withRecords(page, {
      progress: progress(),
      practice: practice([{ number: 1, day: today - 1 }, { number: 5, day: today }, { number: 2, day: today }]),
      solved: { format: "handshake-lab-solved/1", points: { "one-line": { 7: 60 } } },
    });
    await page.getByText("1 to review today").waitFor();
    const boxes = page.getByRole("table", { name: "The boxes of spaced review" });
    const rows = await boxes.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.innerText)));
    assert.deepEqual(rows, [["1 day", "1", "1"], ["3 days", "1", "0"], ["7 days", "0", "0"], ["16 days", "0", "0"], ["35 days", "1", "0"]]);
    const skills = page.getByRole("table", { name: /^Questions by skill/ });
    // Those that nothing was asked of are folded away.
    await page.getByText(/^Not practised yet: \d+ skills?$/).waitFor();
    const cells = await page.locator(".by-skill tbody td").allTextContents();
    const sums = [0, 1, 2, 3].map((column) => cells.filter((_, at) => at % 4 === column).reduce((sum, each) => sum + Number(each), 0));
    const all = CARDS.flatMap((card) => card.questions).filter((asks) => asks.skill).length;
    assert.deepEqual(sums, [1, 1, 1, all - 3], "sure, right, missed, new");
    assert.equal(await skills.locator("tbody tr svg[aria-hidden=true]").count(), await skills.locator("tbody tr").count());
    await page.getByRole("link", { name: "Exam: all lessons, 5 minutes, seed 7" }).waitFor();
    await page.getByRole("table", { name: "Mysteries that you answered" }).getByRole("cell", { name: "60" }).waitFor();
    await page.locator(".figures").getByText(`0 of ${CARDS.length}`).waitFor();
  }));

test("what is due is reviewed from each place that tells of it, and is then due no more", () =>
  visit({ fragment: "#/learn/progress" }, async (page) => {
    const today = await day(page);
    await withRecords(page, { practice: practice([{ number: 1, day: today - 1 }, { number: 3, day: today - 7 }, { number: 3, day: today - 4 }]) });
    for (const fragment of ["#/learn", "#/learn/practise", "#/learn/progress"]) {
      await page.evaluate((fragment) => { location.hash = fragment; }, fragment);
      await page.getByText("2 to review today").waitFor();
    }
    await page.getByRole("link", { name: "Review →" }).click();
    await page.waitForFunction(() => /^#\/learn\/practise\/due\/2\/\d+(\?|$)/.test(location.hash));
    for (const number of [1, 2]) {
      await page.locator(".page-title").getByText(`Question ${number} of 2`, { exact: true }).waitFor();
      await page.getByRole("button", { name: "I do not know" }).click();
      await page.getByRole("button", { name: "Next →" }).click();
    }
    // The set goes on with its questions, though none of them is due any more.
    await page.evaluate(() => { location.hash = "#/learn"; });
    await page.getByText("Nothing to review today. The next question comes again tomorrow.").waitFor();
    await page.goBack();
    await page.locator(".page-title").getByText("Missed before: 1 of 2", { exact: true }).waitFor();
    await page.evaluate(() => { location.hash = "#/learn/practise/due/5/1"; });
    await page.getByRole("alert").getByText("Nothing is to be reviewed today.").waitFor();
  }));

test("a wrong answer in a lesson is to be reviewed the next day", () =>
  visit({ fragment: `#/learn/${ID}/2` }, async (page) => {
    const question = page.locator(".question").first();
    // A sequence number is never this small by chance: it is drawn from 32 bits.
    await question.getByRole("textbox").fill("1");
    await page.keyboard.press("Enter");
    await page.locator(".lesson-foot.wrong").waitFor();
    const { boxes } = await stored(page, "practice");
    const id = `${ID}/syn-acknowledged`;
    assert.deepEqual(Object.keys(boxes), [id]);
    assert.deepEqual([boxes[id].number, boxes[id].day], [1, await day(page)]);
  }));

test("a file takes everything to another device, and adds nothing the second time", async () => {
  let file;
  await visit({ fragment: "#/learn/progress" }, async (page) => {
    await withRecords(page, { progress: progress(), practice: practice([{ number: 2, day: await day(page) }]) });
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
    assert.match(download.suggestedFilename(), /^handshake-lab-progress-\d{4}-\d\d-\d\d\.json$/);
    file = readFileSync(await download.path());
    await said(page).getByText(/^Saved as handshake-lab-progress/).waitFor();
  });
  await visit({ fragment: "#/learn/progress" }, async (page) => {
    const give = (name, buffer) => page.getByLabel("Open a file…").setInputFiles({ name, mimeType: "application/json", buffer });
    await page.getByText("There is nothing here yet").waitFor();
    await give("progress.json", file);
    await said(page).getByText("Added: 3 pages read, 1 right answer, 1 practised question, 1 exam.").waitFor();
    await page.locator(".figures").waitFor();
    const kept = [await stored(page, "progress"), await stored(page, "practice")];
    await give("progress.json", file);
    await said(page).getByText("Nothing was added: all of it is here already.").waitFor();
    const newer = Buffer.from(file.toString().replace("handshake-lab-kept/1", "handshake-lab-kept/2"));
    for (const [name, buffer, told] of [
      ["capture.json", Buffer.from('{"format":"pcap"}'), "This is not a progress file saved by this page. Nothing was changed."],
      ["newer.json", newer, "Another version of this page saved this file (“handshake-lab-kept/2”)"],
      ["text.json", Buffer.from("Hello"), "This is not a progress file saved by this page."],
    ]) {
      await give(name, buffer);
      await said(page).getByText(told).waitFor();
    }
    assert.deepEqual([await stored(page, "progress"), await stored(page, "practice")], kept);
  });
});

test("what is forgotten stays so, though another tab still has it and goes on", () =>
  visit({ fragment: "#/learn/progress" }, async (page) => {
    await withRecords(page, { progress: progress(), practice: practice([{ number: 2, day: 1 }]) });
    const other = await page.context().newPage();
    await other.goto(page.url().replace(/#.*/, `#/learn/${ID}/1`));
    await other.locator(".page-title").waitFor();
    const forget = page.getByRole("button", { name: "Forget everything…" });
    await tabTo(page, forget);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.textContent === "Keep them");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.textContent === "Forget everything…");
    assert.ok((await stored(page, "progress")).lessons[ID].pages.length > 2, "asked first");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Forget them" }).click();
    await said(page).getByText("All of it is forgotten.").waitFor();
    await page.waitForFunction(() => document.activeElement?.className.includes("said-last"));
    await page.getByText("There is nothing here yet").waitFor();
    // The other tab goes on: what it does now counts, and nothing of before.
    await other.getByRole("button", { name: "Next →" }).click();
    await other.locator(".page-title").getByText(/./).waitFor();
    await other.waitForFunction((id) => location.hash.startsWith(`#/learn/${id}/2`), ID);
    await page.waitForFunction((id) => JSON.parse(localStorage.getItem("handshake-lab/progress")).lessons[id]?.pages.length === 1, ID);
    assert.deepEqual((await stored(page, "practice")).boxes, {});
    await page.reload();
    await page.locator(".figures").waitFor();
    assert.deepEqual((await stored(page, "progress")).lessons[ID].questions, {});
  }));

test("a lesson that is forgotten in one tab does not come back from another", () =>
  visit({ fragment: `#/learn/${ID}/1` }, async (page) => {
    await store(page, "progress", progress());
    await page.reload();
    await page.locator(".page-title").waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url().replace(/#.*/, `#/learn/${ID}/2`));
    await other.locator(".page-title").waitFor();
    await page.evaluate(([id, end]) => { location.hash = `#/learn/${id}/${end}`; }, [ID, FIRST.pages.length + 1]);
    await page.getByRole("button", { name: "Reset my progress" }).click();
    await page.getByRole("button", { name: "Forget them" }).click();
    await other.getByRole("button", { name: "Next →" }).click();
    await other.waitForFunction((id) => location.hash.startsWith(`#/learn/${id}/3`), ID);
    await page.waitForFunction((id) => JSON.parse(localStorage.getItem("handshake-lab/progress")).lessons[id].pages.length === 1, ID);
    assert.deepEqual((await stored(page, "progress")).lessons[ID].questions, {});
  }));

test("records of the version before are read, and go on under that of today", () =>
  visit({ fragment: "#/learn/progress" }, async (page) => {
    const before = progress();
    before.format = "handshake-lab-progress/1";
    const boxed = `${ID}/${FIRST.questions[0].id}`;
    await withRecords(page, {
      progress: before,
      practice: { format: "handshake-lab-practice/1", boxes: { [boxed]: { number: 3, answers: 4 } }, grades: {} },
    });
    await page.getByText("1 to review today").waitFor();
    await page.evaluate((hash) => { location.hash = hash; }, `#/learn/${SECOND.about.id}/1`);
    await page.locator(".page-title").waitFor();
    await page.waitForFunction(() => localStorage.getItem("handshake-lab/progress").includes("handshake-lab-progress/3"));
    assert.equal((await stored(page, "progress")).lessons[ID].pages.length, 3);
  }));

test("a set with a clock ends when its time is over, with what was not answered", () =>
  visit({ fragment: "#/learn/practise" }, async (page) => {
    await page.getByRole("button", { name: "5", exact: true }).click();
    await page.getByRole("button", { name: "1 min each" }).click();
    await page.getByRole("link", { name: "Practise →" }).click();
    await page.waitForFunction(() => /^#\/learn\/practise\/timed\/all\/5\/5\/\d+(\?|$)/.test(location.hash));
    await page.getByRole("timer").waitFor();
    await page.locator(".page-title").getByText("Question 1 of 5").waitFor();
    await page.getByRole("button", { name: "I do not know" }).click();
    await page.getByText("It comes again.").waitFor();
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 301_000;
    });
    await page.getByText("0 of 1 questions right.").waitFor();
    await page.getByText("4 questions were not answered. Time is up. It took 5:00 of 5:00 minutes.").waitFor();
    await page.getByRole("button", { name: "The same set again" }).click();
    await page.locator(".page-title").getByText("Question 1 of 5").waitFor();
    assert.match(await page.getByRole("timer").innerText(), /^(5:00|4:5\d)$/);
  }));

test("the screen fits a narrow phone, by day and by night", async () => {
  for (const [viewport, theme] of [[{ width: 320, height: 640 }, "dark"], [WIDTHS.phone, "light"], [WIDTHS.desktop, "dark"]]) {
    await visit({ fragment: "#/learn/progress", viewport, theme }, async (page) => {
      await withRecords(page, { progress: progress(), practice: practice([{ number: 1, day: 1 }, { number: 5, day: 1 }]) });
      await page.locator(".standing").first().waitFor();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${over} px wider than ${viewport.width}`);
    });
  }
});
