// The first lesson, done to its end as a person would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { WIDTHS, marked, visit } from "./browser.mjs";
import { LESSON, answerOrder, lessonOf, right, selectField, verdict, wrong } from "./lesson.mjs";
import { printed } from "./pdf.mjs";
import { NARROW, fitsNarrow, onPaper, rows } from "./sheet.mjs";

const CARDS = JSON.parse(readFileSync(new URL("../../dist/lessons/built/cards.json", import.meta.url), "utf8"));

/** Which field of the lab's tree answers a question about bytes; a closed record has its own tree. */
const BYTES = { "server-name-bytes": "HostName", "server-random-bytes": "random", "tag-bytes": "authentication tag" };

/** The right order of the steps that the lesson asks about. */
const ORDER = ["SYN", "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate", "CertificateVerify", "Finished", "GET /", "close_notify"];

const heading = (page) => page.locator(".page-title").innerText();

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
  const [number] = (await question.locator(".looked-up .expected").innerText()).split(" ");
  await input.fill(number);
  await input.press("Enter");
}

async function answerChoice(question) {
  await question.getByRole("radio").first().waitFor();
  for (const option of await question.getByRole("radio").all()) {
    await option.check();
    await question.getByRole("button", { name: "Answer", exact: true }).click();
    await right(question).or(wrong(question)).waitFor();
    if (await right(question).isVisible()) return;
    assert.ok((await verdict(question).innerText()).length > 40, "a wrong option is told why");
    // Or what was said of this answer would be taken for what is said of the next.
    await verdict(question).getByRole("button", { name: "Try again" }).click();
    await wrong(question).waitFor({ state: "detached" });
  }
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
    assert.match(await verdict(question).innerText(), /1 of \d are right/);
  }
  await question.getByRole("button", { name: "Show the answer" }).click();
  const pairs = (await question.locator(".looked-up .expected").innerText()).trim().split(/\s*\n\s*/).map((pair) => pair.split(": "));
  for (const [item, choice] of pairs) await question.getByLabel(item, { exact: true }).selectOption({ label: choice });
  await answer.click();
}

async function answerBytes(page, question, id) {
  await selectField(page, BYTES[id]);
  await question.getByRole("button", { name: "This is my answer" }).click();
}

/** Looks at the good answer, and claims all of its points. */
async function answerSaid(question) {
  await question.getByRole("button", { name: "Show a good answer" }).click();
  for (const point of await question.getByRole("checkbox").all()) await point.check();
  await question.getByRole("button", { name: "That is what I said" }).click();
}

/** Answers every question on the page that is open, and gives back how many there were. */
async function answerAll(page) {
  const questions = await page.locator(".question").all();
  for (const question of questions) {
    const id = (await question.getAttribute("aria-labelledby")).replace("question-", "");
    if (await question.getByRole("button", { name: "Show a good answer" }).count()) await answerSaid(question);
    else if (await question.getByRole("radio").count()) await answerChoice(question);
    else if (await question.getByRole("textbox").count()) await answerTyped(question);
    else if (await question.getByRole("combobox").count()) await answerMatch(question);
    else if (await question.locator("ol.order").count()) await answerOrder(question, ORDER);
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

test("a question about bytes has the way to them, and they are chosen there by keyboard", () =>
  visit({ fragment: `${LESSON}/4` }, async (page) => {
    await page.locator(".step [role=treeitem]").first().waitFor();
    const button = page.getByRole("button", { name: "Go to the bytes" });
    await button.focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "treeitem");
    await page.keyboard.press("ArrowDown");
    await page.locator(".octets [role=status]", { hasText: "Selected:" }).waitFor();
  }));

test("the lesson is found in the list, done to its end, remembered and reset", () =>
  visit({ fragment: "#/learn" }, async (page) => {
    const row = page.locator(".lesson-row", { has: page.getByRole("link", { name: "Your first handshake" }) });
    await row.getByText("Not begun yet").waitFor();
    await row.getByRole("link").click();
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
    await page.locator(".lesson-end").getByRole("link", { name: "All lessons" }).click();
    await row.getByText("Not begun yet").waitFor();
  }));

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
      await wrong(question).waitFor({ state: "detached" });
      await answerChoice(question);
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
    await answerChoice(page.locator(".question").first());
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
    const first = await right(question).locator(".expected").innerText();
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

test("each page is about the run of its own scenario, back and forth, with the lesson's seed", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, `## One
{{negotiated.version}} {{scenario.seed}}
## Two
{{negotiated.version}} {{scenario.seed}} {{message.ServerKeyExchange.from}}

\`\`\`lab
scenario = "tls12+cert=rsa-2048"
step = "ServerKeyExchange"
\`\`\`
## Three
{{negotiated.version}} {{scenario.seed}}

\`\`\`lab
scenario = "tls12+seed=3"
step = "SYN"
\`\`\`
`, "/1?seed=5");
    const text = page.locator(".lesson-above");
    await text.getByText("TLS 1.3 5").waitFor();
    await page.locator(".lesson-nav .primary").click();
    await text.getByText("TLS 1.2 5 server").waitFor();
    await page.locator(".step h1").getByText("ServerKeyExchange").waitFor();
    await page.locator(".lesson-nav .primary").click();
    await text.getByText("TLS 1.2 3").waitFor();
    await page.goBack();
    await text.getByText("TLS 1.2 5 server").waitFor();
    await page.locator(".step h1").getByText("ServerKeyExchange").waitFor();
    await page.goBack();
    await text.getByText("TLS 1.3 5").waitFor();
    assert.equal(await page.locator(".notice-bar").count(), 0);
  }));

test("what is said aloud, several options and a statement are answered too", () =>
  visit({ fragment: "#/break" }, async (page) => {
    await lessonOf(page, `## One
\`\`\`question
id = "aloud"
kind = "say"
prompt = "What is TLS?"
points = ["a *wire*", "a promise"]
answer = "**Three** promises."
\`\`\`

\`\`\`question
id = "several"
kind = "several"
prompt = "Which?"
hint = "h"
explain = "e"
option = [{ text = "a", right = true }, { text = "b", right = true }, { text = "c", why = "Not that." }]
\`\`\`

\`\`\`question
id = "truth"
kind = "truth"
prompt = "One is two."
explain = "One is one."
why = "Count again."
right = false
\`\`\`
`);
    await page.locator(".question").nth(2).waitFor();
    const [aloud, several, truth] = await page.locator(".question").all();
    await aloud.getByRole("button", { name: "Show a good answer" }).click();
    await aloud.locator(".model").getByText("Three promises.").waitFor();
    await page.waitForFunction(() => document.activeElement.matches(".model"));
    await aloud.getByLabel("a promise").check();
    await aloud.getByRole("button", { name: "That is what I said" }).click();
    await verdict(aloud).getByText("1 of 2 points").waitFor();
    assert.equal(await wrong(aloud).count(), 0, "what is missing is no error");
    assert.equal(await page.locator(".lesson-foot.wrong").count(), 0);
    await aloud.getByLabel("a wire").check();
    await aloud.getByRole("button", { name: "That is what I said" }).click();
    await right(aloud).waitFor();
    await several.getByLabel("a", { exact: true }).check();
    await several.getByLabel("c", { exact: true }).check();
    await several.getByRole("button", { name: "Answer", exact: true }).click();
    await verdict(several).getByText("Not that.").waitFor();
    await several.getByLabel("c", { exact: true }).uncheck();
    await several.getByRole("button", { name: "Answer", exact: true }).click();
    await verdict(several).getByText("1 more is missing").waitFor();
    await several.getByLabel("b", { exact: true }).check();
    await several.getByRole("button", { name: "Answer", exact: true }).click();
    await right(several).waitFor();
    await truth.getByLabel("True").check();
    await truth.getByRole("button", { name: "Answer", exact: true }).click();
    await verdict(truth).getByText("Count again.").waitFor();
    await verdict(truth).getByRole("button", { name: "Try again" }).click();
    await truth.getByLabel("False").check();
    await truth.getByRole("button", { name: "Answer", exact: true }).click();
    await right(truth).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Finish");
    await page.reload();
    await right(several).waitFor();
    assert.equal(await page.locator(".question.solved").count(), 3);
    await several.getByRole("button", { name: "Ask me again" }).click();
    await several.getByRole("checkbox").first().waitFor();
    assert.equal(await page.locator(".question.solved").count(), 2);
    assert.match(page.url(), /seed=\d+/);
    await page.locator(".lesson-nav .primary").click();
    await page.locator(".sources").getByText("RFC 9846, section 4").waitFor();
  }));

test("a page can lead to every other screen, with its run", () =>
  visit({ fragment: "#/break" }, async (page) => {
    const screens = { race: "tls13", compare: "tls13", stolen: "tls12-rsa", gateway: "gateway-terminate", break: "tls13" };
    const pages = Object.entries(screens).map(([screen, scenario]) => `## ${screen}
\`\`\`lab
screen = "${screen}"
scenario = "${scenario}"
with = "tls12"
\`\`\`
`);
    await lessonOf(page, pages.join(""), "/1?seed=5");
    for (const [at, screen] of Object.keys(screens).entries()) {
      await page.locator(".page-title").getByText(screen).waitFor();
      await page.locator(".scene-card a").click();
      await page.locator(".lesson").waitFor({ state: "detached" });
      assert.match(page.url(), screen === "break" ? /#\/break$/ : new RegExp(`${screens[screen]}.*seed=5`));
      assert.equal(await page.locator(".notice-bar").count(), 0);
      await page.goBack();
      await page.locator(".scene-card a").waitFor();
      if (at + 1 < Object.keys(screens).length) await page.locator(".lesson-nav .primary").click();
    }
  }));

for (const [width, viewport] of Object.entries(WIDTHS)) {
  test(`every page of the lesson stays in its window (${width})`, () =>
    visit({ fragment: `${LESSON}/1`, viewport }, async (page) => {
      for (;;) {
        await page.locator(".lesson-page, .lesson-end").first().waitFor();
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const sizes = await page.evaluate(() => [document.documentElement, document.body].map((of) => [of.scrollHeight, of.scrollWidth]));
        assert.deepEqual(sizes, sizes.map(() => [viewport.height, viewport.width]), await heading(page));
        const next = page.locator(".lesson-nav .primary");
        if (!(await next.isVisible())) break;
        const before = await heading(page);
        await next.click();
        await page.waitForFunction((before) => document.querySelector(".page-title").innerText !== before, before);
      }
    }));
}

test("whoever looked around is led back to the page's step", () =>
  visit({ fragment: `${LESSON}/5` }, async (page) => {
    const step = page.locator(".step h1");
    await step.getByText("ServerHello").waitFor();
    const back = page.getByRole("button", { name: "Back to ServerHello" });
    assert.equal(await back.count(), 0);
    await page.getByRole("button", { name: "Sequence", exact: true }).click();
    await page.locator(".ladder a", { hasText: "GET /" }).first().click();
    await back.click();
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await step.getByText("ServerHello").waitFor();
    await page.getByRole("button", { name: "Whole lab" }).click();
    await page.locator(".side .tabs").waitFor();
    assert.ok(await page.locator(".ladder").isVisible() && !(await page.locator(".page-title").isVisible()));
    await page.getByRole("button", { name: "Whole lab" }).click();
    await page.locator(".page-title").waitFor();
  }));

test("the list of pages says what is answered and leads to each", () =>
  visit({ fragment: `${LESSON}/3` }, async (page) => {
    const question = page.locator(".question");
    await answerChoice(question);
    const summary = page.locator(".contents summary");
    const list = page.locator(".contents ol");
    await summary.click();
    await list.waitFor();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    assert.ok(await summary.evaluate((one) => one === document.activeElement), "the focus goes back");
    await summary.click();
    await list.waitFor();
    await page.locator(".page-title").click();
    await list.waitFor({ state: "detached" });
    await summary.click();
    const here = page.locator(".contents [aria-current=page]");
    await here.getByText("✓ answered").waitFor();
    await page.locator(".contents a").nth(4).click();
    await page.waitForFunction(() => /^ServerHello/.test(document.querySelector(".page-title").innerText));
    assert.equal(await page.locator(".contents ol").count(), 0);
  }));

test("what happens at a step is told once the question about it is answered, or when it is asked for", () =>
  visit({ fragment: `${LESSON}/5` }, async (page) => {
    await page.locator(".step h1").getByText("ServerHello").waitFor();
    const story = page.locator(".step .story");
    const tell = page.getByRole("button", { name: "Tell it now" });
    await tell.waitFor();
    assert.equal(await story.isVisible(), false);
    await answerAll(page);
    await story.waitFor();
    assert.equal(await tell.count(), 0);
    await page.locator(".question").first().getByRole("button", { name: "Ask me again" }).click();
    await tell.click();
    await story.waitFor();
  }));

test("the name of a field in a lesson's text lights its bytes, unless they are what is asked for", () =>
  visit({ fragment: `${LESSON}/5` }, async (page) => {
    const named = (name) => page.locator(".lesson-above code", { hasText: new RegExp(`^${name}$`) }).first();
    const share = page.locator(".lesson-above code.field-link", { hasText: "key_share" }).first();
    await share.waitFor();
    // The second question asks for the bytes of this one.
    assert.equal(await named("random").getAttribute("role"), null);
    await share.hover();
    const lit = await marked(page, "lit");
    assert.ok(lit.length > 30, `${lit}`);
    await share.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /sel=/.test(location.hash));
    assert.match(await page.locator(".tree [aria-selected=true]").innerText(), /key_share/);
    await answerAll(page);
    await page.locator(".lesson-above code.field-link", { hasText: "random" }).waitFor();
  }));

test("a word of a lesson leads to the glossary, and from there back to its page", () =>
  visit({ fragment: `${LESSON}/8` }, async (page) => {
    await page.locator(".lesson-above").getByRole("link", { name: "records", exact: true }).click();
    await page.waitForFunction(() => location.hash === "#/learn/glossary/record");
    await page.locator("#term-record").waitFor();
    await page.getByRole("link", { name: /Your first handshake, page 8/ }).click();
    await page.waitForFunction((to) => location.hash.startsWith(`${to}/8`), LESSON);
  }));

test("the card of a key stands beside the tree that the page tells of, and not over it", () =>
  visit({ fragment: `${LESSON}/7`, viewport: { width: 1280, height: 720 } }, async (page) => {
    const [tree, card] = [page.locator(".key-tree"), page.locator(".key-card")];
    await card.waitFor();
    const [a, b] = [await tree.boundingBox(), await card.boundingBox()];
    assert.ok(a.x + a.width <= b.x && b.x + b.width <= 1280 && b.y < 720, JSON.stringify([a, b]));
    // What is pressed in the tree stays where it is.
    const key = page.locator(".key-tree .key").last();
    await key.scrollIntoViewIfNeeded();
    const before = await key.boundingBox();
    await key.click();
    await page.waitForTimeout(200);
    assert.equal((await key.boundingBox()).y, before.y);
  }));

test("a page of a lesson is printed with its step in full, without controls, and with the seed in the foot", () =>
  visit({ fragment: `${LESSON}/5`, theme: "dark" }, async (page) => {
    await page.locator(".step .tree").waitFor();
    const pages = await printed(page);
    const all = pages.join(" ");
    for (const text of ["Your first handshake", "Which cipher suite did the server choose", "supported_versions", "TLS 1.2 (0x0303)"]) assert.ok(all.includes(text), `${text} in ${all}`);
    for (const control of ["New seed", "Open in the lab", "Whole lab", "Next →", "This is my answer", "Nothing is selected", "Tell it now"]) assert.ok(!all.includes(control), `${control} is printed`);
    for (const text of pages) assert.match(text, /Your first handshake · page 5 · seed 42/);
    // As wide as A4 between its margins.
    await page.setViewportSize({ width: 688, height: 980 });
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".question .btn").first().isVisible(), false);
    const widths = await page.evaluate(() => ["main", ".lesson-scene .stage"].map((one) => document.querySelector(one).getBoundingClientRect().width));
    assert.ok(widths[1] > widths[0] * 0.9, `${widths}`);
    const cut = await page.locator(".tree .v").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText));
    assert.deepEqual(cut, []);
  }));

test("a worksheet has all pages of the lesson, its questions with room for answers, and the answers on a last sheet", () =>
  visit({ fragment: `${LESSON}/3?seed=7` }, async (page) => {
    await page.locator(".contents summary").click();
    const titles = (await page.locator(".contents a > span:first-child").allInnerTexts()).slice(0, -1);
    await page.getByRole("button", { name: "Worksheet, to print" }).click();
    await page.locator(".worksheet-answers li").first().waitFor();
    const questions = await page.locator(".worksheet .question").count();
    assert.equal(await page.locator(".worksheet-answers > ol > li").count(), questions);
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Worksheet");
    await page.evaluate(() => { window.print = () => { window.wasPrinted = true; }; });
    await page.getByRole("button", { name: "Print", exact: true }).click();
    await page.waitForFunction(() => window.wasPrinted);
    const pages = await printed(page);
    const squeezed = (text) => text.replace(/\s+/g, "");
    for (const text of pages) assert.match(text, /Your first handshake · worksheet · seed 7/);
    const file = readFileSync(fileURLToPath(new URL("../../lessons/01-your-first-handshake.md", import.meta.url)), "utf8");
    const why = [...file.matchAll(/^explain = "([^"{`*\[]+)"$/gm)].map(([, text]) => squeezed(text));
    assert.ok(why.length > 3);
    const last = pages.findIndex((text) => why.some((one) => squeezed(text).includes(one.slice(0, 40))));
    const [asked, answers] = [pages.slice(0, last), pages.slice(last)].map((some) => squeezed(some.join("")));
    for (const text of [...titles, "Question 1", `Question ${questions}`, "Name", "TLS_AES_128_GCM_SHA256", "cipher_suite"]) assert.ok(asked.includes(squeezed(text)), `${text} in ${asked}`);
    for (const one of why) assert.ok(answers.includes(one.slice(0, 40)) && !asked.includes(one.slice(0, 40)), one);
    for (const control of ["Next→", "Wholelab", "Backtothelesson", "Newseed"]) assert.ok(!asked.includes(control), `${control} is printed`);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Back to the lesson" }).click();
    assert.match(await heading(page), /^SYN, ACK/);
    assert.equal(await page.evaluate(() => document.activeElement.className), "page-title");
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
    const list = page.locator(".lesson-list");
    await list.getByRole("link", { name: "Your first handshake" }).waitFor();
    await list.getByRole("link", { name: "My own" }).click();
    const text = page.locator(".lesson-page").first();
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
    await page.getByText("Not begun yet").first().waitFor();
  }));
